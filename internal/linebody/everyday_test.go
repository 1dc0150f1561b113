package linebody

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestEveryday holds what is said of messages as people write them: under each message of testdata/everyday its problems.
// UPDATE_GOLDEN=1 writes the files anew; look at the difference then.
func TestEveryday(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"valid", "liquid", "faulty"} {
		file := "testdata/everyday/" + name + ".txt"
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		count := 0
		for line := range strings.Lines(string(content)) {
			if strings.HasPrefix(line, "  ") {
				continue
			}
			count++
			got.WriteString(line)
			problems := ValidateMessages("{{ Profile.LineID | default: 'N.A' }}", ParseMessages(strings.TrimSuffix(line, "\n")), Options{})
			for _, p := range problems {
				fmt.Fprintf(&got, "  %s %s %s: %s\n", p.Severity, p.Rule, p.Path, p.Message)
			}
			if name == "valid" && len(problems) > 0 && strings.Count(line, "{{") == 0 || name == "faulty" && len(problems) == 0 {
				t.Errorf("%s: %v", line, problems)
			}
		}
		if count < 60 {
			t.Errorf("%s has %d messages", file, count)
		}
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile(file, []byte(got.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		} else if got.String() != string(content) {
			t.Errorf("%s differs: run UPDATE_GOLDEN=1 go test and look at the difference", file)
		}
	}
}

// TestIgnore: a warning that is not wanted is not told, and an error is.
func TestIgnore(t *testing.T) {
	t.Parallel()
	ignore := Options{Ignore: []string{ruleRawValue, ruleScheme, ruleRecipient, ruleUnknown}}
	body := bodyTo("me", `{"type":"image","originalContentUrl":"https://a.example/{{ Profile.A | default: 'a' }}","previewImageUrl":"http://a.example","x":1}`,
		template("buttons", `"text":"a","actions":[{"type":"uri","label":"a","uri":"myapp://a"}]`))
	want := "error url-scheme messages[0].previewImageUrl"
	if got := listProblems(ValidateWith([]byte(body), ignore)); len(got) != 1 || got[0] != want {
		t.Errorf("got %q", got)
	}
	if got := listProblems(Validate([]byte(body))); len(got) != 5 {
		t.Errorf("not ignored: %q", got)
	}
	parts := ValidateMessages("me", ParseMessages(oneText), ignore)
	if len(parts) != 0 {
		t.Errorf("got %v", parts)
	}
}

// TestRawValueIsSaidOnce: in all messages of a check together.
func TestRawValueIsSaidOnce(t *testing.T) {
	t.Parallel()
	image := `{"type":"image","originalContentUrl":"https://a.example/{{ Profile.A | default: 'a' }}","previewImageUrl":"https://a.example/{{ Profile.A | default: 'a' }}"}`
	want := "warning liquid-raw-value messages[0].originalContentUrl"
	if got := listProblems(Validate([]byte(bodyTo(user, image, image)))); len(got) != 1 || got[0] != want {
		t.Errorf("got %q", got)
	}
	if got := ValidateMessages(user, ParseMessages(image, image), Options{}); len(got) != 1 || got[0].Index != 0 {
		t.Errorf("got %v", got)
	}
}

// TestMisspeltTypes: a type that is a known one in another spelling is an error, and one that LINE may have added a warning.
func TestMisspeltTypes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Text": "error", "txt": "error", "IMAGE": "error", "imgae": "error", "templete": "error", "textv2": "error",
		"textV3": "warning", "text2": "warning", "stickerV2": "warning", "flexV2": "warning", "poll": "warning",
	} {
		got := listProblems(Validate([]byte(bodyTo(user, `{"type":"`+name+`"}`))))
		if len(got) != 1 || got[0] != want+" unknown-type messages[0].type" {
			t.Errorf("%s: got %q, want %s", name, got, want)
		}
	}
}

// TestNearBodies: what is nearly a body is told in one line what to write.
func TestNearBodies(t *testing.T) {
	t.Parallel()
	const written = `"messages":[{"type":"text","text":"a"}]`
	for body, want := range map[string]string{
		`{"type":"text","text":"a"}`:                `error wrong-place : is a message where a whole body belongs; wrap it: {"to":"…","messages":[{…}]}`,
		`[{"type":"text","text":"a"}]`:              `error wrong-json-type : must be an object, but is an array; write a whole body, {"to":"…","messages":[{…}]}`,
		quoted(`{"to":"` + user + `"}`):             `error wrong-json-type : must be an object, but is a string; it holds JSON as a text: write it without`,
		`{"To":"` + user + `",` + written + `}`:     `error property-case To: a push body has no property "To"; upper and lower case matter: write "to"`,
		`{"userId":"` + user + `",` + written + `}`: `error unknown-property userId: a push body has no property "userId" in LINE's reference of ` + RulesDate + `; write "to"`,
		`{"to":"` + user + `","Messages":[]}`:       `error property-case Messages: a push body has no property "Messages"; upper and lower case matter: write "messages"`,
		`{"to":"` + user + `","message":[]}`:        `error unknown-property message: a push body has no property "message" in LINE's reference of ` + RulesDate + `; did you mean "messages"?`,
		`{"to":"` + user + `","messages":"[]"}`:     `error wrong-json-type messages: must be an array, but is a string; it holds JSON as a text: write it without`,
		`{"to":"` + user + `","messages":["Hi"]}`:   `error wrong-json-type messages[0]: must be an object, but is a string; write {"type":"text","text":"…"}`,
		`{"to":"` + user + `","messages":{}}`:       `error wrong-json-type messages: must be an array, but is an object; put it into an array, [ … ]`,
	} {
		problems := Validate([]byte(body))
		if len(problems) != 1 {
			t.Errorf("%s: %v", body, problems)
			continue
		}
		p := problems[0]
		if got := fmt.Sprintf("%s %s %s: %s", p.Severity, p.Rule, p.Path, p.Message); !strings.HasPrefix(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", body, got, want)
		}
	}
}

// TestPickersStart: a picker's first value lies between its others, unless they depend on the user or are wrong already.
func TestPickersStart(t *testing.T) {
	t.Parallel()
	for values, want := range map[string]string{
		`"initial":"2024-02-01","min":"2024-02-01","max":"2024-03-01"`:                             "",
		`"initial":"2024-01-31","min":"2024-02-01"`:                                                "warning datetime-range",
		`"initial":"2024-03-02","max":"2024-03-01"`:                                                "warning datetime-range",
		`"initial":"2024-03-02","max":"{{ Event.Day | default: '2024-03-01' }}"`:                   "",
		`"initial":"{% if Event.A %}2024-03-02{% else %}2024-03-03{% endif %}","max":"2024-03-01"`: "",
		`"initial":"2024-03-02","max":"2024"`:                                                      "error value-form",
		`"initial":"{% if Event.A %}2024-03-02{% else %}soon{% endif %}"`:                          "warning value-form",
	} {
		got := strings.Join(listProblems(Validate([]byte(bodyTo(user, template("buttons",
			`"text":"a","actions":[{"type":"datetimepicker","label":"a","data":"d","mode":"date",`+values+`}]`))))), "|")
		if !strings.HasPrefix(got, want) || (got == "") != (want == "") || strings.Contains(got, "|") {
			t.Errorf("%s: got %q, want %q", values, got, want)
		}
	}
}
