package linebody

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSamplesAreClean checks a sample of each type of message, with everything it may have.
func TestSamplesAreClean(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/samples/*.json")
	if err != nil {
		t.Fatal(err)
	}
	missing := slices.Clone(lineRules().messages.of)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := listProblems(Validate(content)); len(got) > 0 {
			t.Errorf("%s: %q", file, got)
		}
		var body struct{ Messages []struct{ Type string } }
		if err := json.Unmarshal(content, &body); err != nil {
			t.Fatal(err)
		}
		for _, message := range body.Messages {
			missing = slices.DeleteFunc(missing, func(name string) bool { return name == message.Type })
		}
	}
	if len(missing) > 0 {
		t.Errorf("no sample of %q", missing)
	}
}

// TestTables fails when a table has no title or source.
func TestTables(t *testing.T) {
	t.Parallel()
	for name, s := range lineRules().tables {
		if s.title == "" || s.anchor == "" {
			t.Errorf("%s has the title %q and the anchor %q", name, s.title, s.anchor)
		}
	}
}

func TestAllProblemsInDocumentOrder(t *testing.T) {
	t.Parallel()
	body := bodyTo(user,
		`{"type":"text","text":"","txet":1}`,
		`{"type":"template","altText":"a","template":{"type":"buttons","title":"`+strings.Repeat("a", 41)+
			`","actions":[{"type":"uri","uri":"http"}],"Text":"a"}}`,
		`{"type":"flex","contents":{"type":"bubble","footer":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"a"},`+
			`{"type":"button","action":{"type":"uri","label":"{{ Profile.Name | default: 'a' | truncate: 9 }}{{ Profile.B }}","uri":"ftp://a"}}]}}}`,
	)
	want := []string{
		"error empty-text messages[0].text",
		"warning unknown-property messages[0].txet",
		"error text-length messages[1].template.title",
		"error missing-property messages[1].template.actions[0].label",
		"error url-scheme messages[1].template.actions[0].uri",
		"error property-case messages[1].template.Text",
		"error missing-property messages[2].altText",
		"warning text-length messages[2].contents.footer.contents[1].action.label",
		"warning liquid-default messages[2].contents.footer.contents[1].action.label",
		"warning url-scheme messages[2].contents.footer.contents[1].action.uri",
	}
	got := Validate([]byte(body))
	if !slices.Equal(listProblems(got), want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(listProblems(got), "\n"), strings.Join(want, "\n"))
	}
	for _, p := range got {
		if p.Source == "" {
			t.Errorf("%s at %s has no source", p.Rule, p.Path)
		}
	}
	if at := got[8].Offset; !strings.HasPrefix(body[at:], "Profile.B") {
		t.Errorf("the Liquid problem points at %q", body[at:at+10])
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("k", 60)
	inText := func(text string) string { return bodyTo(user, `{"type":"text","text":`+quoted(text)+`}`) }
	for body, want := range map[string]string{
		inText(strings.Repeat("😀", 2501)): "has 5002 of at most 5000 UTF-16 code units",
		bodyTo(user, template("buttons",
			`"text":"a","actions":[{"type":"uri","uri":"tel:1","label":"`+strings.Repeat("👨‍👩‍👧‍👦",
				21)+`"}]`)): "has 21 of at most 20 grapheme clusters",
		bodyTo(user, template("buttons", `"text":"`+strings.Repeat("a",
			61)+`","title":"a","actions":[`+oneAction+`]`)): "has 61 of at most 60 grapheme clusters beside an image or a title",
		bodyTo(user, inBox("vertical", `{"type":"text","text":"`+strings.Repeat("a", 31_000)+`"}`)): "has 31098 of at most 30720 bytes (30 KB) of JSON",
		bodyTo(user, inBox("vertical", `{"type":"text","text":"`+strings.Repeat("a", 30_000)+`"}`)): "has 30098 bytes of JSON; LINE takes 30 KB, which may be 30000 bytes",
		bodyTo(user, imagemap(1040, `"x":2,"y":0,"width":1039,"height":1`)):                         "reaches to 1041 px, beyond the image's width of 1040 px",
		bodyTo(user, inBox("vertical", `{"type":"text","text":"a","lineSpacing":"md"}`)):            `is "md", but must be pixels such as 10px`,
		bodyTo(user, `{"type":"text","text":"a","`+key+`":1}`):                                      `a text message has no property "` + key + `" in LINE's reference of 2026-08-07`,
		bodyTo(user, `{"type":"text","text":"a","`+key+`k":1}`):                                     `a text message has no property "` + key + `…" in LINE's reference of 2026-08-07`,

		bodyTo(user, times(6, oneText)):               "has 6 messages, but must have 1 to 5",
		bodyTo(user, `{"type":"text","textt":"a"}`):   `a text message has no property "textt" in LINE's reference of 2026-08-07; did you mean "text"?`,
		bodyTo(user, `{"type":"flexx"}`):              `is "flexx", which is no type of a message in LINE's reference of 2026-08-07: text, textV2, sticker, image, video, audio, location, coupon, imagemap, template, flex; did you mean "flex"?`,
		bodyTo(user, `{"type":"text","text":5}`):      "must be a string, but is a number; write it in double quotes",
		bodyTo(user, `{"type":"text"}`):               `a text message needs "text", which is missing`,
		inText("{{ Profile.A | default: \"x\" }}"):    `a double quote in a tag becomes \" in JSON, which CleverTap cannot read; write single quotes`,
		inText("@Profile - A | default: \"x\""):       "this is a token of CleverTap's picker, which works only where its editor put it; write {{ Profile.A | default: 'x' }}",
		bodyTo(user, `{"type":"text","text":"a",}`):   `a comma stands before the closing }, and JSON allows none there; take it out`,
		bodyTo(user, `{"type":"text","text":{{ a }}`): `personalisation must stand inside a text's double quotes, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`,
	} {
		problems := Validate([]byte(body))
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Message == want }) {
			t.Errorf("%s: got %v, want %q", shorten(body, 120), problems, want)
		}
	}
}

func TestUnknownMessageType(t *testing.T) {
	t.Parallel()
	body := bodyTo(user, `{"type":"hologram","shape":{"x":1}}`)
	if got := listProblems(Validate([]byte(body))); !slices.Equal(got,
		[]string{"warning unknown-type messages[0].type"}) {
		t.Errorf("got %q", got)
	}
	if got := listProblems(ValidateWith([]byte(body), Options{Strict: true})); !slices.Equal(got,
		[]string{"error unknown-type messages[0].type"}) {
		t.Errorf("strict: got %q", got)
	}
}

// imagemap is a message with an image of some height and one area.
func imagemap(height int, area string) string {
	return fmt.Sprintf(`{"type":"imagemap","baseUrl":"https://a.example","altText":"a","baseSize":{"width":1040,"height":%d},`+
		`"actions":[{"type":"message","text":"a","area":{%s}}]}`, height, area)
}

// TestPathsTellKeysApart: a plain key follows a point, any other stands in brackets, and a long one is cut.
func TestPathsTellKeysApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("k", 60)
	for key, step := range map[string]string{
		"a0": ".a0", "z9": ".z9", "A_Z-": ".A_Z-", "a/": `["a/"]`, "a:": `["a:"]`, "a@": `["a@"]`, "a[": `["a["]`, "a`": "[\"a`\"]", "a{": `["a{"]`,
		long: "." + long, long + "k": "." + long + "…", long + ".": `["` + long + `…"]`,
	} {
		got := listProblems(Validate([]byte(bodyTo(user, `{"type":"text","text":"a",`+quoted(key)+`:1}`))))
		if want := []string{"warning unknown-property messages[0]" + step}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}

func TestProblemsAreCapped(t *testing.T) {
	t.Parallel()
	const warned, wrong = `{"type":"text","text":"a","nonsense":1}`, `{"type":"text"}`
	for components, want := range map[string]string{
		times(100, warned):                         "warning unknown-property",
		times(101, warned):                         "warning too-many-problems: 1 more problems are not shown, 0 of them errors; put these right first",
		times(100, wrong) + "," + warned:           "warning too-many-problems: 1 more problems are not shown, 0 of them errors; put these right first",
		times(100, warned) + "," + wrong:           "error too-many-problems: 1 more problems are not shown, 1 of them errors; put these right first",
		times(150, warned) + "," + wrong:           "error too-many-problems: 51 more problems are not shown, 1 of them errors; put these right first",
		times(90, warned) + "," + times(30, wrong): "error too-many-problems: 20 more problems are not shown, 20 of them errors; put these right first",
	} {
		message := inBox("vertical", components)
		got := Validate([]byte(bodyTo(user, message)))
		last := got[len(got)-1]
		if count := min(maxProblems+1, strings.Count(components, "type")); len(got) != count ||
			!strings.HasPrefix(fmt.Sprintf("%s %s: %s", last.Severity, last.Rule, last.Message), want) {
			t.Errorf("%s: got %d problems, the last %+v", want, len(got), last)
		}
		parts := ValidateMessages(user, ParseMessages(message), Options{})
		lastPart := parts[len(parts)-1]
		if len(parts) != len(got) || lastPart.Severity != last.Severity || lastPart.Message != last.Message ||
			(lastPart.Index == -1) != (last.Rule == ruleTooMany) {
			t.Errorf("%s: as parts got %d problems, the last %+v", want, len(parts), lastPart)
		}
	}
}

func TestDuplicatesAreFoundEverywhere(t *testing.T) {
	t.Parallel()
	var keys []string
	for i := range 40 {
		keys = append(keys, `"k`+strings.Repeat("a", i)+`":1`)
	}
	large := "{" + strings.Join(keys, ",") + `,"kaa":2,"\u006b":3}`
	body := strings.Replace(bodyTo(user, oneText), `"text":"a"`, `"text":"a","sender":{"x":`+large+`}`, 1)
	want := []string{"warning unknown-property messages[0].sender.x", "error json-duplicate-key messages[0].sender.x.kaa",
		"error json-duplicate-key messages[0].sender.x.k"}
	if got := listProblems(Validate([]byte(body))); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrittenEscapesInTags(t *testing.T) {
	t.Parallel()
	message := `{"type":"text","text":"{% if Event.N \u003e 1 %}a{% endif %}b"}`
	if got := listProblems(Validate([]byte(bodyTo(user, message)))); !slices.Equal(got,
		[]string{"error liquid-json-escape messages[0].text"}) {
		t.Errorf("pasted as it is: got %q", got)
	}
	if got := ValidateMessages(user, ParseMessages(message), Options{}); len(got) > 0 {
		t.Errorf("Build writes the tag anew, but got %v", got)
	}
	// The tag that has the backslash is quoted, wherever it stands, and cut when it is long.
	for length, end := range map[int]string{60: "%}", 61: "%…"} {
		tag := `{% if Event.N \u003e 1` + strings.Repeat(" ", length-len(`{% if Event.N \u003e 1%}`))
		got := Validate([]byte(bodyTo(user, `{"type":"text","text":"{{ Profile.A | default: 'a' }}`+tag+`%}a{% endif %}"}`)))
		want := "the tag " + tag + end + " has a backslash, and CleverTap reads tags before JSON is decoded; write the character itself"
		if len(got) != 1 || got[0].Message != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

func TestValidateMessagesPlacesProblems(t *testing.T) {
	t.Parallel()
	texts := []string{
		`{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":` + oneAction + `}]}}`,
		"{\n  \"type\": \"image\",\n  \"originalContentUrl\": \"https://a.example\",\n  \"あ\": 1, \"previewImageUrl\": \"http://a.example\"\n}",
		"{\"type\":\"text\",\n\"text\":\"a\\n{{ Profile.X }}\"}",
		"{\"a\":1",
		`[]`,
		`{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":` + oneAction + `}]}}`, // the last one's is shown
	}
	type place struct {
		what         string
		index        int
		line, column int
	}
	want := []place{
		{"error recipient-form to", -1, 1, 1},
		{"error item-count messages", -1, 1, 1},
		{"warning quick-reply-not-last messages[0].quickReply", 0, 1, 40},
		{"warning unknown-property messages[1][\"あ\"]", 1, 4, 3},
		{"error url-scheme messages[1].previewImageUrl", 1, 4, 30},
		{"warning liquid-default messages[2].text", 2, 2, 15},
		{"error json-syntax messages[3]", 3, 1, 7},
		{"error wrong-json-type messages[4]", 4, 1, 1},
	}
	var got []place
	for _, p := range ValidateMessages("U123", ParseMessages(texts...), Options{}) {
		got = append(got, place{listProblems([]Problem{p.Problem})[0], p.Index, p.Line, p.Column})
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestValidateMessagesMeasuresTheBuiltBody(t *testing.T) {
	t.Parallel()
	spaces := strings.Repeat(" ", 2_200_000)
	if got := ValidateMessages(user, ParseMessages("{"+spaces+oneText[1:]), Options{}); len(got) > 0 {
		t.Errorf("white space that Build drops counts: %v", got)
	}
	large := `{"type":"text","text":"a","x":"` + spaces + `"}`
	got := ValidateMessages(user, ParseMessages(large), Options{})
	if len(got) != 1 || got[0].Rule != ruleBodySize || got[0].Severity != Error || got[0].Index != -1 {
		t.Errorf("got %v", got)
	}
	padded := func(padding int) string {
		return `{"type":"text","text":"a","sender":{"name":"` + strings.Repeat(" ", padding) + `"}}`
	}
	for count := range 3 {
		texts := slices.Repeat([]string{oneText}, count)
		built, err := Build(Body{To: user, Messages: ParseMessages(append(texts, padded(0))...)})
		if err != nil {
			t.Fatal(err)
		}
		for size, want := range map[int]string{
			2_000_000: "",
			2_000_001: "warning the body has 2000001 bytes; LINE takes 2 MB, which may be 2000000 bytes",
			2_097_152: "warning the body has 2097152 bytes; LINE takes 2 MB, which may be 2000000 bytes",
			2_097_153: "error the body has 2097153 of at most 2097152 bytes (2 MB)",
		} {
			first := ValidateMessages(user, ParseMessages(append(texts, padded(size-len(built)))...), Options{})[0]
			if got := fmt.Sprintf("%s %s", first.Severity, first.Message); (first.Rule == ruleBodySize) != (want != "") || want != "" && got != want {
				t.Errorf("%d messages: got %s, want %q", count+1, got, want)
			}
		}
	}
}

func TestRecipientIsChecked(t *testing.T) {
	t.Parallel()
	for to, want := range map[string][]string{
		"{{ Profile.LineID | default: 'N.A' }}": nil,
		user:                                    nil,
		"":                                      {"error empty-text to"},
		"\xff":                                  {"error json-utf8 to"},
		`{{ Profile.LineID | default: "N.A" }}`: {"error liquid-escape to"},
		"{{ Profile.LineID":                     {"error liquid-unbalanced to"},
		`@Profile - LineID | default: "N.A"`:    {"warning recipient-form to", "warning picker-token to"},
	} {
		var got []string
		for _, p := range ValidateMessages(to, ParseMessages(oneText), Options{}) {
			got = append(got, listProblems([]Problem{p.Problem})...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", to, got, want)
		}
	}
}

// TestOnceAndNotTwice shows faults that one value has, and what is not a second fault.
func TestOnceAndNotTwice(t *testing.T) {
	t.Parallel()
	animated := func(count int) string {
		return inBox("vertical", times(count, `{"type":"image","url":"https://a.example","animated":true}`))
	}
	for body, want := range map[string][]string{
		// What is in the wrong place is looked into all the same.
		bodyTo(user, inBox("vertical", `{"type":"span","text":"a","color":"red"}`)): {
			"error wrong-place messages[0].contents.body.contents[0].type",
			"error value-form messages[0].contents.body.contents[0].color"},
		bodyTo(user, inBox("vertical", `{"type":"video","url":"https://a.example","previewUrl":"https://a.example","altContent":{"type":"box"}}`)): {
			"error wrong-place messages[0].contents.body.contents[0].type",
			"error missing-property messages[0].contents.body.contents[0].altContent.layout",
			"error missing-property messages[0].contents.body.contents[0].altContent.contents"},
		// A second value of a key is a duplicate and nothing else.
		bodyTo(user, `{"type":"text","text":"a","text":5}`): {"error json-duplicate-key messages[0].text"},
		// A needed property in wrong case is an error, but not beside the right one.
		bodyTo(user, `{"type":"text","Text":"a"}`):            {"error property-case messages[0].Text"},
		bodyTo(user, `{"type":"text","text":"a","Text":"a"}`): {"warning property-case messages[0].Text"},
		bodyTo(user, `{"type":"text","Text":"a","text":"a"}`): {"warning property-case messages[0].Text"},
		bodyTo(user, `{"type":"text","Text":"a","TEXT":"a"}`): {
			"error property-case messages[0].Text", "warning property-case messages[0].TEXT"},
		// A message takes ten animated images, and so does the next one.
		bodyTo(user, animated(10), animated(10)): nil,
		bodyTo(user, animated(11), animated(10)): {"error animated-image-count messages[0].contents.body.contents[10].animated"},
		bodyTo(user, animated(9), animated(12)):  {"error animated-image-count messages[1].contents.body.contents[10].animated"},
		// An area that begins outside the image is wrong enough.
		bodyTo(user, imagemap(1040, `"x":-10,"y":0,"width":1100,"height":1`)): {"error number-range messages[0].actions[0].area.x"},
		bodyTo(user, imagemap(1040, `"x":0,"y":0,"width":1041,"height":1`)):   {"warning area-outside-image messages[0].actions[0].area"},
		// An image without height has nothing that an area could reach beyond.
		bodyTo(user, imagemap(0, `"x":0,"y":0,"width":1,"height":1`)): {"error number-range messages[0].baseSize.height"},
	} {
		if got := listProblems(Validate([]byte(body))); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", shorten(body, 200), got, want)
		}
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long", 10)
	for word, want := range map[string]string{
		long[:39] + "x":                        long,
		long + "x":                             "", // more letters than any name
		"textx":                                "text",
		"ty":                                   "to",
		"tx":                                   "to", // the first of two equally near
		"quickReplies":                         "quickReply",
		"qukReply":                             "quickReply",
		"qkReply":                              "quickReply", // three letters are missing
		"quickRepliesx":                        "",           // four letters differ
		"qReply":                               "",           // four
		"tex":                                  "text",
		"txt":                                  "text",
		"xy":                                   "",
		"t":                                    "",
		"quickReply" + strings.Repeat("y", 3):  "quickReply",
		"quickReply" + strings.Repeat("y", 40): "",
	} {
		if want != "" {
			want = fmt.Sprintf("; did you mean %q?", want)
		}
		if got := nearest(word, []string{"text", "quickReply", long, "to", "ti"}); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
