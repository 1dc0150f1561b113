package exactjson

import (
	"strings"
	"testing"
)

// TestCauses: a text that people write by mistake is told what it is, and where. The place is marked by §.
func TestCauses(t *testing.T) {
	t.Parallel()
	const escapes = `a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX`
	const (
		fence      = "the text has the ``` of a page or chat that it was copied from; keep only what is between them"
		yaml       = "this is YAML, not JSON; in Terraform jsonencode(yamldecode(…)) makes JSON of it"
		javaScript = "this is JavaScript, not JSON; keep the object alone, from { to }, with its keys and texts in double quotes"
		terraform  = "this is Terraform's language, not JSON; there jsonencode({ … }) makes JSON of it"
	)
	for _, c := range []struct{ text, want string }{
		{"§", "the text is empty; a value is expected"},
		{" \n§", "the text is empty; a value is expected"},
		{"§\ufeff{}", "the text begins with a byte order mark, which JSON does not allow"},
		// The end is missing.
		{"{§", "the text ends, but the { of line 1, column 1 is not closed by }; expected a key in double quotes"},
		{"{\n\"a\":[{\"b\":1},\n§", "the text ends, but the [ of line 2, column 5 is not closed by ]; expected a value"},
		{`{"a":{"b":1}§`, "the text ends, but the { of line 1, column 1 is not closed by }; expected ',' or '}'"},
		{`{"a"§`, "the text ends, but the { of line 1, column 1 is not closed by }; expected ':'"},
		{`{"a":1E-§`, "the text ends, but the { of line 1, column 1 is not closed by }; expected a digit"},
		{`[§"a`, "a text begins here and is not closed by a double quote"},
		{"{\"a\":\"b§\n}", `the text does not end on its line: close it with ", or write \n for a line break in it`},
		{"{\"a\":\"b§\tc\"}", `a tab stands inside a text; write \t or spaces`},
		{"[\"a§\x01\"]", "the control character U+0001 must be written as an escape inside a string"},
		// Commas.
		{`[1§,]`, "a comma stands before the closing ], and JSON allows none there; take it out"},
		{"{\"a\":1§,\n}", "a comma stands before the closing }, and JSON allows none there; take it out"},
		{`[1,§,2]`, "two commas stand beside each other; take one out"},
		{`{"a":1,§,"b":2}`, "two commas stand beside each other; take one out"},
		{`[§,1]`, "a value is missing before the ,"},
		{`{§,"a":1}`, "a key in double quotes is missing before the ,"},
		{`{"a":§}`, "a value is missing before the }"},
		{`{"a":§]`, "a value is missing before the ]"},
		{`[1§ 2]`, "a comma is missing here, between two values"},
		{"{\"a\":1§\n\"b\":2}", "a comma is missing here, between two values"},
		{"{\"a\":\"x\"§\n\"b\":2}", "a comma is missing here, between two values"},
		{`{"a":"x"§ "b":2}`, "a comma is missing here, between two values"},
		{`[{}§{}]`, "a comma is missing here, between two values"},
		{`[true§ false]`, "a comma is missing here, between two values"},
		{`{"a":1§;"b":2}`, "; stands where JSON has a comma"},
		// Quotes.
		{`{§'a':1}`, "JSON has no quotes like '; write keys and texts in double quotes, \"…\""},
		{`{"a":§'b'}`, "JSON has no quotes like '; write keys and texts in double quotes, \"…\""},
		{"[§`b`]", "JSON has no quotes like `; write keys and texts in double quotes, \"…\""},
		{`{§“a”:1}`, "“ is a typographic quote, which word processors and chats make of straight ones; write \" instead"},
		{`{"a":§「b」}`, "「 is a typographic quote, which word processors and chats make of straight ones; write \" instead"},
		{`{"a§”:1}`, "a text begins here and is not closed by a double quote"},
		{`{"a":"b"§”}`, "” is a typographic quote, which word processors and chats make of straight ones; write \" instead"},
		{`{"a":"say §"hi" to"}`, `a double quote ends the text here, and more of it follows; inside a text write \" for it`},
		{`{"a":"say§" hi"}`, `a double quote ends the text here, and more of it follows; inside a text write \" for it`},
		{`["§""]`, `a double quote ends the text here, and more of it follows; inside a text write \" for it`},
		{`["a" §+ "b"]`, "JSON joins no texts with +; write one text"},
		// Words, keys and numbers.
		{`{"a":§True}`, "JSON does not know True; write true"},
		{`[§FALSE]`, "JSON does not know FALSE; write false"},
		{`[§None]`, "JSON does not know None; write null"},
		{`[§undefined]`, "JSON does not know undefined; write null"},
		{`[§NaN]`, "NaN is no number in JSON; write one, or leave the property out"},
		{`[§hello]`, "a text must stand in double quotes"},
		{`[12§px]`, "a text must stand in double quotes"},
		{`{§type: "text"}`, `the key type stands without quotes; write "type"`},
		{`{§1:2}`, "a key is a number; write it in double quotes"},
		{`{"a" §= 1}`, "= stands between a key and its value; JSON writes : there (in Terraform, jsonencode({ … }) makes JSON)"},
		{`{"a"§}`, `the key "a" has no value; write : and one`},
		{`{"b\"a"§, "c":1}`, `the key "b\"a" has no value; write : and one`},
		{`{"a" §1}`, `the : between the key "a" and its value is missing`},
		{`{"` + strings.Repeat("a", 60) + `" §1}`, `the : between the key before it and its value is missing`},
		{`["a"§:1]`, "a key and its value stand in an array; they belong into braces, { … }"},
		{`[§+1]`, "a number begins with a digit or -, such as 0.5, and not with +"},
		{`[§.5]`, "a number begins with a digit or -, such as 0.5, and not with ."},
		{`[§01]`, "a number does not begin with a zero; write it without, or in double quotes if it is a text"},
		{`[§00]`, "a number does not begin with a zero; write it without, or in double quotes if it is a text"},
		{`{"a":1.§}`, "expected a digit, found '}'"},
		{`[-§]`, "expected a digit, found ']'"},
		{`{"a":1e§}`, "expected a digit, found '}'"},
		// What is no JSON at all.
		{"{ §// text\n}", "a comment begins here, and JSON has none; take it out"},
		{`[1 §/* a */]`, "a comment begins here, and JSON has none; take it out"},
		{"{\"a\":\"b\" §# c\n}", "a comment begins here, and JSON has none; take it out"},
		{`§<html>`, "this is HTML or XML, not JSON"},
		{`[1, §...]`, "... stands for something that was left out; JSON must be complete"},
		{"§```json\n{}", fence},
		{`{"a":[1§}`, "} does not close the [ of line 1, column 6"},
		{`[{"a":1§]`, "] does not close the { of line 1, column 2"},
		// After the end.
		{`{}§}`, "this } is one too many: the value has ended before it"},
		{`{} §{}`, "a second JSON value follows the first; several belong into one array, [ … , … ]"},
		{`{}§,{}`, "a second JSON value follows the first; several belong into one array, [ … , … ]"},
		{`{}§,`, "a , follows the end of the JSON value; take it out"},
		{`{}§;`, "a ; follows the end of the JSON value; take it out"},
		{`{} §// sent`, "a comment follows the end of the JSON value, and JSON has none; take it out"},
		{"{}\n§```", "``` follows the end of the JSON value; it belongs to the page that the JSON was copied from"},
		{`1 §2`, "something follows the end of the JSON value: '2'"},
		// Backslashes.
		{`{"§\`, escapes},
		{`["§\u000g"]`, escapes + `; for the backslash itself write \\`},
		{`["C:§\x"]`, escapes + `; for the backslash itself write \\`},
		// What is not JSON at all, and what looks like it.
		{"§\xff\xfe{\x00}\x00", "the text begins with the byte order mark of UTF-16"},
		{"§\xfe\xff\x00{\x00}", "the text begins with the byte order mark of UTF-16"},
		{"{§\x00\"\x00a\x00", "the invisible character U+0000 stands here; if there are many, the text is UTF-16: save it as UTF-8"},
		{"{\"a\":1,§\x00\"b\":2}", "the invisible character U+0000 stands here; if there are many, the text is UTF-16: save it as UTF-8"},
		{"Here it is:\n§```json\n{}\n```", fence},
		{"§~~~\n{}\n~~~", fence},
		{"{}\n§```", "``` follows the end of the JSON value; it belongs to the page that the JSON was copied from"},
		{"{§\u00a0\"a\":1}", "U+00A0 stands here, which looks like a space and is none to JSON; write a plain one"},
		{"{\"a\"§\u3000:1}", "U+3000 stands here, which looks like a space and is none to JSON; write a plain one"},
		{"{\"a\":1,§\u200b\"b\":2}", "the invisible character U+200B stands here, which often comes along when text is copied; take it out"},
		{"{}§\ufeff", "the invisible character U+FEFF stands here, which often comes along when text is copied; take it out"},
		{"{}§\u00a0", "U+00A0 stands here, which looks like a space and is none to JSON; write a plain one"},
		{`{"a"§：1}`, "： is a character of full width or a look-alike; write : instead"},
		{`§｛"a":1}`, "｛ is a character of full width or a look-alike; write { instead"},
		{`{"a":§−1}`, "− is a character of full width or a look-alike; write - instead"},
		{`{"a":35§,6812,"b":1}`, "a number has no comma inside: write its fraction with a point, 35.6812, and thousands without a mark"},
		{`{"a":35, §6812:1}`, "a key is a number; write it in double quotes"},
		{`{"a":§0x1F}`, "JSON has no hexadecimal numbers; write 31"},
		{`{"a":0§x}`, "a text must stand in double quotes"},
		{`{"a":0§xFFFFFFFFFFFFFFFFF}`, "a text must stand in double quotes"},
		{`{"a":1§_000}`, "a number has no _ between its digits; write 1000"},
		{`{"a":1§'000}`, "a number has no ' between its digits; write 1000"},
		{`{"a":-§Infinity}`, "Infinity is no number in JSON; write one, or leave the property out"},
		{"§type: text\ntext: Hello", yaml},
		{"§'type': text", yaml},
		{"§- type: text\n  text: Hello", yaml},
		{"§---\ntype: text", yaml},
		{"§const m = {};", javaScript},
		{"§module.exports = {}", javaScript},
		{"§({})", javaScript},
		{"§message = {}", terraform},
		{`{ §type = "text" }`, terraform},
		{`{ §type => "text" }`, `the key type stands without quotes; write "type"`},
		{`"type"§:"text"`, "a key and its value stand alone; an object has braces around them, { … }"},
		{`["it§\'s"]`, escapes + `; a single quote needs none`},
	} {
		offset := strings.Index(c.text, "§")
		text := strings.Replace(c.text, "§", "", 1)
		if c.text == `{"a§”:1}` { // its end is what is missing
			offset = 1
		}
		if _, fault := Parse(text); fault == nil || fault.Message != c.want || fault.Offset != offset {
			t.Errorf("%s:\ngot  %+v\nwant %d %s", text, fault, offset, c.want)
		}
	}
}
