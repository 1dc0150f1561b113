package linebody

import (
	"fmt"
	"strings"
	"testing"
)

// The values here are what the first release hashed, stored and reported. A change is a change for every user: of each
// hash and so of each receipt, or of what a message says.

// goldenNumbers are numbers as they are written and in their one canonical form.
var goldenNumbers = map[string]string{
	`0`:                                `0`,
	`-0`:                               `0`,
	`-0.0`:                             `0`,
	`0e9`:                              `0`,
	`1`:                                `1`,
	`-1`:                               `-1`,
	`1.0`:                              `1`,
	`1.10`:                             `1.1`,
	`1e2`:                              `100`,
	`1E2`:                              `100`,
	`1e+2`:                             `100`,
	`1E-2`:                             `0.01`,
	`100`:                              `100`,
	`0.1`:                              `0.1`,
	`0.10`:                             `0.1`,
	`1.5e1`:                            `15`,
	`-2.50e-1`:                         `-0.25`,
	`1e20`:                             `100000000000000000000`,
	`1e21`:                             `1e21`,
	`-1e400`:                           `-1e400`,
	`1e400`:                            `1e400`,
	`12e20`:                            `1200000000000000000000`,
	`12e21`:                            `12e21`,
	`0.1e-30`:                          `1e-31`,
	`0.1e-18`:                          `0.0000000000000000001`,
	`0.1e-19`:                          `0.00000000000000000001`,
	`1e-19`:                            `0.0000000000000000001`,
	`1e-20`:                            `0.00000000000000000001`,
	`1e-21`:                            `1e-21`,
	`123e-22`:                          `0.0000000000000000000123`,
	`123e-23`:                          `123e-23`,
	`12345678901234567890`:             `12345678901234567890`,
	`123456789012345678901234567890`:   `123456789012345678901234567890`,
	`100000000000000000000`:            `100000000000000000000`,
	`1000000000000000000000`:           `1e21`,
	`0.00000000000000000000123`:        `123e-23`,
	`9007199254740993`:                 `9007199254740993`,
	`3.141592653589793238462643383279`: `3.141592653589793238462643383279`,
	`1e999999999`:                      `1e999999999`,
	`1e-999999999`:                     `1e-999999999`,
	`1e0000000000001`:                  `10`,
	`0.1e999999999`:                    `1e999999998`,
	`1234.5678e2`:                      `123456.78`,
	`-1234.5678e6`:                     `-1234567800`,
}

// goldenTexts are messages as they are written, as Build writes them and in their canonical form.
var goldenTexts = []struct{ text, normal, canonical string }{
	{
		" {\r\n\t\"z\" : 1 , \"a\" : [ 1 , { } , [ ] ] } \n",
		`{"z":1,"a":[1,{},[]]}`,
		`{"a":[1,{},[]],"z":1}`,
	},
	{
		`{"b":1,"a":2,"B":3,"A":4,"":5,"aa":6,"a.b":7,"é":8,"😀":9,"～":10,"\u007f":11," ":12}`,
		"{\"b\":1,\"a\":2,\"B\":3,\"A\":4,\"\":5,\"aa\":6,\"a.b\":7,\"é\":8,\"😀\":9,\"～\":10,\"\x7f\":11,\" \":12}",
		"{\"\":5,\" \":12,\"A\":4,\"B\":3,\"a\":2,\"a.b\":7,\"aa\":6,\"b\":1,\"\x7f\":11,\"é\":8,\"～\":10,\"😀\":9}",
	},
	{
		`{"\ud83d\ude00":1,"\uff5e":2,"\u0000":3,"k\u0022":4,"k\\":5,"\/":6}`,
		`{"😀":1,"～":2,"\u0000":3,"k\"":4,"k\\":5,"/":6}`,
		`{"\u0000":3,"/":6,"k\"":4,"k\\":5,"～":2,"😀":1}`,
	},
	{
		`{"t":"\u003c\u003e\u0026'\u2028\u2029\u007f\uFEFF\/"}`,
		"{\"t\":\"<>&'\u2028\u2029\x7f\ufeff/\"}",
		"{\"t\":\"<>&'\u2028\u2029\x7f\ufeff/\"}",
	},
	{
		`{"t":"\"\\\b\f\n\r\t\u0000\u001F\u0008\u000a"}`,
		`{"t":"\"\\\b\f\n\r\t\u0000\u001f\b\n"}`,
		`{"t":"\"\\\b\f\n\r\t\u0000\u001f\b\n"}`,
	},
	{
		`{"t":"あ😀\uD83D\ude00é\u00e9"}`,
		`{"t":"あ😀😀éé"}`,
		`{"t":"あ😀😀éé"}`,
	},
	{
		`{"t":"{{ Profile.Name | default: 'x' }} {% if a \u003e 1 %}b{% endif %}"}`,
		`{"t":"{{ Profile.Name | default: 'x' }} {% if a > 1 %}b{% endif %}"}`,
		`{"t":"{{ Profile.Name | default: 'x' }} {% if a > 1 %}b{% endif %}"}`,
	},
	{
		`{"x":{"d":{"f":null,"e":false},"c":true},"a":[[],[{"z":1,"y":[2.0]}],""]}`,
		`{"x":{"d":{"f":null,"e":false},"c":true},"a":[[],[{"z":1,"y":[2.0]}],""]}`,
		`{"a":[[],[{"y":[2],"z":1}],""],"x":{"c":true,"d":{"e":false,"f":null}}}`,
	},
	{
		`{}`,
		`{}`,
		`{}`,
	},
}

// goldenFaults are texts that are no JSON, with the place and the words of the one problem that each has.
var goldenFaults = []struct {
	text, rule           string
	offset, line, column int
	message              string
}{
	{``, "json-syntax", 0, 1, 1,
		`the text is empty; a value is expected`},
	{" \n ", "json-syntax", 3, 2, 2,
		`the text is empty; a value is expected`},
	{`{`, "json-syntax", 1, 1, 2,
		`the text ends, but the { of line 1, column 1 is not closed by }; expected a key in double quotes`},
	{`{"`, "json-syntax", 1, 1, 2,
		`a text begins here and is not closed by a double quote`},
	{`{"a`, "json-syntax", 1, 1, 2,
		`a text begins here and is not closed by a double quote`},
	{`{"a"`, "json-syntax", 4, 1, 5,
		`the text ends, but the { of line 1, column 1 is not closed by }; expected ':'`},
	{`{"a":`, "json-syntax", 5, 1, 6,
		`the text ends, but the { of line 1, column 1 is not closed by }; expected a value`},
	{`{"a":1`, "json-syntax", 6, 1, 7,
		`the text ends, but the { of line 1, column 1 is not closed by }; expected ',' or '}'`},
	{`{"a":1,`, "json-syntax", 7, 1, 8,
		`the text ends, but the { of line 1, column 1 is not closed by }; expected a key in double quotes`},
	{`{"a":1,}`, "json-syntax", 6, 1, 7,
		`a comma stands before the closing }, and JSON allows none there; take it out`},
	{`{a:1}`, "json-syntax", 1, 1, 2,
		`the key a stands without quotes; write "a"`},
	{`{'a':1}`, "json-syntax", 1, 1, 2,
		`JSON has no quotes like '; write keys and texts in double quotes, "…"`},
	{`{"a" 1}`, "json-syntax", 5, 1, 6,
		`the : between the key "a" and its value is missing`},
	{`{"a":1 "b":2}`, "json-syntax", 6, 1, 7,
		`a comma is missing here, between two values`},
	{`{"a":[1 2]}`, "json-syntax", 7, 1, 8,
		`a comma is missing here, between two values`},
	{`{"a":[1,]}`, "json-syntax", 7, 1, 8,
		`a comma stands before the closing ], and JSON allows none there; take it out`},
	{`{"a":[1}`, "json-syntax", 7, 1, 8,
		`} does not close the [ of line 1, column 6`},
	{`{"a":]`, "json-syntax", 5, 1, 6,
		`a value is missing before the ]`},
	{`{"a":1]`, "json-syntax", 6, 1, 7,
		`] does not close the { of line 1, column 1`},
	{`{"a":nil}`, "json-syntax", 5, 1, 6,
		`JSON does not know nil; write null`},
	{`{"a":nul}`, "json-syntax", 5, 1, 6,
		`a text must stand in double quotes`},
	{`{"a":True}`, "json-syntax", 5, 1, 6,
		`JSON does not know True; write true`},
	{`{"a":NaN}`, "json-syntax", 5, 1, 6,
		`NaN is no number in JSON; write one, or leave the property out`},
	{`{"a":+1}`, "json-syntax", 5, 1, 6,
		`a number begins with a digit or -, such as 0.5, and not with +`},
	{`{"a":-}`, "json-syntax", 6, 1, 7,
		`expected a digit, found '}'`},
	{`{"a":01}`, "json-syntax", 5, 1, 6,
		`a number does not begin with a zero; write it without, or in double quotes if it is a text`},
	{`{"a":1.}`, "json-syntax", 7, 1, 8,
		`expected a digit, found '}'`},
	{`{"a":.5}`, "json-syntax", 5, 1, 6,
		`a number begins with a digit or -, such as 0.5, and not with .`},
	{`{"a":1e}`, "json-syntax", 7, 1, 8,
		`expected a digit, found '}'`},
	{`{"a":1e+}`, "json-syntax", 8, 1, 9,
		`expected a digit, found '}'`},
	{`{"a":1.e2}`, "json-syntax", 7, 1, 8,
		`expected a digit, found 'e'`},
	{`{"a":0x1}`, "json-syntax", 5, 1, 6,
		`JSON has no hexadecimal numbers; write 1`},
	{`{"a":1e1234567890}`, "json-syntax", 5, 1, 6,
		`the number's exponent has more than 9 digits`},
	{`{"a":1e-0000001234567890}`, "json-syntax", 5, 1, 6,
		`the number's exponent has more than 9 digits`},
	{"{\"a\":\"b\nc\"}", "json-syntax", 7, 1, 8,
		`the text does not end on its line: close it with ", or write \n for a line break in it`},
	{`{"a":"b	c"}`, "json-syntax", 7, 1, 8,
		`a tab stands inside a text; write \t or spaces`},
	{"{\"あ\":\n \"\x00\"}", "json-syntax", 10, 2, 3,
		`the control character U+0000 must be written as an escape inside a string`},
	{`{"a":"\q"}`, "json-syntax", 6, 1, 7,
		`a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX; for the backslash itself write \\`},
	{`{"a":"\u12g4"}`, "json-syntax", 6, 1, 7,
		`a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX; for the backslash itself write \\`},
	{`{"a":"\u12"}`, "json-syntax", 6, 1, 7,
		`a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX; for the backslash itself write \\`},
	{`{"a":"\`, "json-syntax", 6, 1, 7,
		`a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX`},
	{`{"a":"\ud800"}`, "json-lone-surrogate", 6, 1, 7,
		`the escape \ud800 is half of a surrogate pair and stands for no character`},
	{`{"a":"\udc00x"}`, "json-lone-surrogate", 6, 1, 7,
		`the escape \udc00 is half of a surrogate pair and stands for no character`},
	{`{"a":"\ud800\u0041"}`, "json-lone-surrogate", 6, 1, 7,
		`the escape \ud800 is half of a surrogate pair and stands for no character`},
	{`{"a":"\ud83dx\ude00"}`, "json-lone-surrogate", 6, 1, 7,
		`the escape \ud83d is half of a surrogate pair and stands for no character`},
	{`{"\ud800":1}`, "json-lone-surrogate", 2, 1, 3,
		`the escape \ud800 is half of a surrogate pair and stands for no character`},
	{"{\"a\":\"あ\xff\"}", "json-utf8", 9, 1, 8,
		`byte 0xFF is not valid UTF-8; save the text as UTF-8`},
	{"\xfe", "json-utf8", 0, 1, 1,
		`byte 0xFE is not valid UTF-8; save the text as UTF-8`},
	{"{\"a\":\"\xed\xa0\x80\"}", "json-utf8", 6, 1, 7,
		`byte 0xED is not valid UTF-8; save the text as UTF-8`},
	{"{\"a\":\"\xc0\xaf\"}", "json-utf8", 6, 1, 7,
		`byte 0xC0 is not valid UTF-8; save the text as UTF-8`},
	{"\ufeff{}", "json-syntax", 0, 1, 1,
		`the text begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one`},
	{"{}\ufeff", "json-trailing-data", 2, 1, 3,
		`the invisible character U+FEFF stands here, which often comes along when text is copied; take it out`},
	{`{} {}`, "json-trailing-data", 3, 1, 4,
		`a second JSON value follows the first; several belong into one array, [ … , … ]`},
	{`{"a":1}x`, "json-trailing-data", 7, 1, 8,
		`something follows the end of the JSON value: 'x'`},
	{`{}}`, "json-trailing-data", 2, 1, 3,
		`this } is one too many: the value has ended before it`},
	{`<html>`, "json-syntax", 0, 1, 1,
		`this is HTML or XML, not JSON`},
	{`{"a":{{ Profile.X }}}`, "json-syntax", 5, 1, 6,
		`personalisation must stand inside a text's double quotes, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`},
	{`{{ Profile.X }}`, "json-syntax", 0, 1, 1,
		`personalisation must stand inside a text's double quotes, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`},
	{`{% if a %}{}{% endif %}`, "json-syntax", 0, 1, 1,
		`personalisation must stand inside a text's double quotes; a condition around a part of a message is not possible here: write one campaign body for each audience`},
	{`{"a":[{% for x in y %}]}`, "json-syntax", 6, 1, 7,
		`personalisation must stand inside a text's double quotes; a condition around a part of a message is not possible here: write one campaign body for each audience`},
	{`{"a":1}{{ x }}`, "json-trailing-data", 7, 1, 8,
		`personalisation must stand inside a text's double quotes, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`},
	{`// c`, "json-syntax", 0, 1, 1,
		`a comment begins here, and JSON has none; take it out`},
	{`{"a":1 /* c */}`, "json-syntax", 7, 1, 8,
		`a comment begins here, and JSON has none; take it out`},
	{nested(256), "json-depth", 260, 1, 261,
		`arrays and objects are nested more than 256 deep`},
	{nested(300), "json-depth", 260, 1, 261,
		`arrays and objects are nested more than 256 deep`},
	{strings.Repeat(`{"a":`, 257), "json-depth", 1280, 1, 1281,
		`arrays and objects are nested more than 256 deep`},
}

// nested is an object with an array in arrays in it.
func nested(arrays int) string {
	return `{"a":` + strings.Repeat("[", arrays) + strings.Repeat("]", arrays) + `}`
}

func TestGoldenNumbers(t *testing.T) {
	t.Parallel()
	for written, want := range goldenNumbers {
		got, err := canonicalMessage(`{"n":` + written + `}`)
		if want = `{"n":` + want + `}`; got != want || err != nil {
			t.Errorf("%s: got %s, %v, want %s", written, got, err, want)
		}
		if got, err := ParseMessage(`{"n":` + written + `}`).Normal(); got != `{"n":`+written+`}` || err != nil {
			t.Errorf("%s: the spelling became %s, %v", written, got, err)
		}
	}
}

func TestGoldenTexts(t *testing.T) {
	t.Parallel()
	for _, golden := range goldenTexts {
		if got, err := ParseMessage(golden.text).Normal(); got != golden.normal || err != nil {
			t.Errorf("%s: got %q, %v, want %q", golden.text, got, err, golden.normal)
		}
		if got, err := canonicalMessage(golden.text); got != golden.canonical || err != nil {
			t.Errorf("%s: got the canonical %q, %v, want %q", golden.text, got, err, golden.canonical)
		}
	}
}

func TestGoldenBody(t *testing.T) {
	t.Parallel()
	body := Body{
		To:                     "{{ Profile.LineID | default: 'N.A' }}",
		NotificationDisabled:   new(false),
		CustomAggregationUnits: []string{"spring_\u3042"},
	}
	for _, golden := range goldenTexts[:3] {
		body.Messages = append(body.Messages, ParseMessage(golden.text))
	}
	const (
		wantText = `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"z":1,"a":[1,{},[]]},` +
			`{"b":1,"a":2,"B":3,"A":4,"":5,"aa":6,"a.b":7,"é":8,"😀":9,"～":10,"␡":11," ":12},` +
			`{"😀":1,"～":2,"\u0000":3,"k\"":4,"k\\":5,"/":6}],"notificationDisabled":false,"customAggregationUnits":["spring_あ"]}`
		wantCanonical = `{"customAggregationUnits":["spring_あ"],"messages":[{"a":[1,{},[]],"z":1},` +
			`{"":5," ":12,"A":4,"B":3,"a":2,"a.b":7,"aa":6,"b":1,"␡":11,"é":8,"～":10,"😀":9},` +
			`{"\u0000":3,"/":6,"k\"":4,"k\\":5,"～":2,"😀":1}],"notificationDisabled":false,"to":"{{ Profile.LineID | default: 'N.A' }}"}`
	)
	text, err := Build(body)
	if text != strings.ReplaceAll(wantText, "␡", "\x7f") || err != nil {
		t.Errorf("got %s, %v", text, err)
	}
	canonical, err := Canonical(body)
	if canonical != strings.ReplaceAll(wantCanonical, "␡", "\x7f") || err != nil {
		t.Errorf("got the canonical %s, %v", canonical, err)
	}
}

func TestGoldenFaults(t *testing.T) {
	t.Parallel()
	for _, golden := range goldenFaults {
		want := MessageProblem{
			Problem{Path: "messages[1]", Rule: golden.rule, Message: golden.message, Offset: golden.offset, End: golden.offset}, 1, golden.line, golden.column,
		}
		if got := ValidateMessages(user, ParseMessages(oneText, golden.text), Options{}); len(got) != 1 || got[0] != want {
			t.Errorf("%.80q: got %+v, want %+v", golden.text, got, want)
		}
		wantError := fmt.Sprintf("messages[1]: line %d, column %d: %s", golden.line, golden.column, golden.message)
		if _, err := Build(Body{Messages: ParseMessages(oneText, golden.text)}); err == nil || err.Error() != wantError {
			t.Errorf("%.80q: got %v, want %s", golden.text, err, wantError)
		}
	}
}

// TestGoldenErrors shows the errors of what is JSON, but no message.
func TestGoldenErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a":1, "a":2}`:              `messages[0]: line 1, column 9: the key "a" is in the object already`,
		"{\n\"a\":1, \"\\u0061\":2}":  `messages[0]: line 2, column 8: the key "a" is in the object already`,
		`{"x":[{"b":1,"b":1}],"x":2}`: `messages[0]: line 1, column 14: the key "b" is in the object already`,
		`{"あ":1,"` + strings.Repeat("あ", 61) + `":1,"` + strings.Repeat("あ", 61) + `":1}`: `messages[0]: line 1, column 74: the key "` +
			strings.Repeat("あ", 60) + `…" is in the object already`,
		`[]`:    "messages[0]: a message is one JSON object, but this is an array",
		`"a"`:   "messages[0]: a message is one JSON object, but this is a string",
		`1`:     "messages[0]: a message is one JSON object, but this is a number",
		`null`:  "messages[0]: a message is one JSON object, but this is null",
		`true`:  "messages[0]: a message is one JSON object, but this is a boolean",
		`false`: "messages[0]: a message is one JSON object, but this is a boolean",
	} {
		if _, err := Build(Body{Messages: ParseMessages(text)}); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
