package linebody

import "testing"

func TestWithoutEditorSchema(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"$schema":"a.json","type":"text","text":"é"}`: `{                   "type":"text","text":"é"}`,
		"{ \"type\" : 1 ,\n\"$schema\":\"あ\" }":         "{ \"type\" : 1  \n                }",
		`{"a":1,"$schema":"x","b":2}`:                   `{"a":1,              "b":2}`,
		`{"$schema":"x"}`:                               `{             }`,
		`{"\u0024schema":"$schema"}`:                    `{                        }`,
		`[{"$schema":"x","a":1},{"b":2,"$schema":"y"}]`: `[{              "a":1},{"b":2              }]`,
		`[["$schema"],"$schema",{"$schema":1}]`:         `[["$schema"],"$schema",{"$schema":1}]`,
		`{"$schema":{"$schema":"x"}}`:                   `{"$schema":{"$schema":"x"}}`,
		`{"contents":{"$schema":"x"}}`:                  `{"contents":{"$schema":"x"}}`,
		`{"$schema":"x","$schema":"y"}`:                 `{"$schema":"x","$schema":"y"}`,
		`{"$schema":"x",}`:                              `{"$schema":"x",}`,
		`"$schema"`:                                     `"$schema"`,
	} {
		if got := WithoutEditorSchema(text); got != want {
			t.Errorf("%s is\n%q, not\n%q", text, got, want)
		}
	}
}

// TestEditorSchemaOfMessages: a body, its hash and the sample for LINE do not know it; the message's own text does.
func TestEditorSchemaOfMessages(t *testing.T) {
	t.Parallel()
	const with, without = `{"$schema": "../line.json", "type": "text", "text": ""}`, `{"type":"text","text":""}`
	one, other := ParseMessage(with), ParseMessage(without)
	if one.Text() != with || !one.Equal(other) || !other.Equal(one) {
		t.Errorf("%s and %s differ", with, without)
	}
	normal, err := one.Normal()
	sample, _ := one.Sample()
	list, canonical, _ := List([]Message{one})
	_, wantCanonical, _ := List([]Message{other})
	if err != nil || normal != without || sample != without || list != "["+without+"]" || canonical != wantCanonical {
		t.Errorf("got %s, %s, %s and %s, %v", normal, sample, list, canonical, err)
	}
	problems := ValidateMessages(user, []Message{one}, Options{})
	if len(problems) != 1 || problems[0].Rule != ruleEmpty || problems[0].Column != 53 {
		t.Errorf("got %+v", problems)
	}
	if got := listProblems(Validate([]byte(bodyTo(user, with)))); len(got) != 2 {
		t.Errorf("what stands in a pasted body is sent: got %q", got)
	}
}

// TestEnds: a problem marks the key, the value or the tag that it is about.
func TestEnds(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		`{"type":"text","text":""}`:            `""`,
		`{"type":"text","text":"a","Text2":1}`: `"Text2"`,
		`{"type":"text"}`:                      `{`,
		`{"type":"text","text":[1]}`:           `[`,
		`{"type":"audio","duration":0.5,"originalContentUrl":"https://a.example"}`:           `0.5`,
		`{"type":"text","text":"a {{ Profile.A | nope }} b {{ Profile.B | default: 'b' }}"}`: `Profile.A | nope }}`,
		`{"type":"text","text":"a\n{% nope %} b"}`:                                           `{% nope %}`,
		`{"type":"text","text":"a {{ Profile"}`:                                              `{{ Profile`,
		`{"type":"text"`:                                                                     ``,
	} {
		problems := ValidateMessages(user, ParseMessages(message), Options{})
		if len(problems) == 0 {
			t.Errorf("%s has no problem", message)
			continue
		}
		if got := message[problems[0].Offset:problems[0].End]; got != want {
			t.Errorf("%s: marked is %q, not %q", message, got, want)
		}
	}
}

// TestLocate: what a problem's path names is found in another text of the same shape.
func TestLocate(t *testing.T) {
	t.Parallel()
	const text = `{"a":1,"ab":{"x y":[true,"z"]},"abc":{}}`
	for path, want := range map[string]string{
		"a": "1", "ab": "{", `ab["x y"]`: "[", `ab["x y"][1]`: `"z"`, `ab["x y"][2]`: "[", "abc.d": "{", "abcd": "{", "": "{",
	} {
		offset, end := Locate(text, path)
		if got := text[offset:end]; got != want {
			t.Errorf("%s is %s, not %s", path, got, want)
		}
	}
	if offset, _ := Locate(text, "abc.d"); offset != 37 {
		t.Errorf("what is missing is at %d", offset)
	}
	if offset, _ := Locate(text, "abcd"); offset != 0 {
		t.Errorf("what is missing is at %d", offset)
	}
	if offset, end := Locate("{", "a"); offset != 0 || end != 0 {
		t.Errorf("got %d to %d", offset, end)
	}
}
