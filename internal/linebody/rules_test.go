package linebody

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// ruleSample shows one rule from both sides. Each value takes the place of § in the frame, which is a message or, with
// "messages" in it, a whole body.
type ruleSample struct {
	row    string   // "object property" of testdata/rules.json
	frame  string   // JSON with §
	path   string   // of the problem, from the message
	inside []string // values without a problem
	// outside are values with exactly one problem, "severity rule", perhaps followed by another path than the case's.
	outside map[string]string
}

const (
	user  = "U0123456789abcdef0123456789abcdef"
	group = "C0123456789abcdef0123456789abcdef"
)

// body puts a value into a case's frame.
func (r ruleSample) body(value string) string {
	filled := strings.ReplaceAll(r.frame, "§", value)
	if r.isBody() {
		return filled
	}
	return bodyTo(user, filled)
}

func (r ruleSample) isBody() bool {
	return r.frame == "§" || strings.Contains(r.frame, `"messages"`) || strings.Contains(r.frame, `"to"`)
}

func bodyTo(to string, messages ...string) string {
	return `{"to":"` + to + `","messages":[` + strings.Join(messages, ",") + `]}`
}

func (r ruleSample) fullPath(expectation string) (severityAndRule, path string) {
	words := strings.Fields(expectation)
	path = r.path
	if len(words) > 2 {
		path = words[2]
	}
	if !r.isBody() {
		path = strings.TrimSuffix("messages[0]."+path, ".")
	}
	return words[0] + " " + words[1], path
}

func allRuleSamples() []ruleSample {
	return slices.Concat(bodyCases(), messageCases(), imagemapCases(), templateCases(), actionCases(),
		containerCases(), boxCases(), componentCases())
}

func TestRules(t *testing.T) {
	t.Parallel()
	for i, r := range allRuleSamples() {
		t.Run(fmt.Sprintf("%s %d", r.row, i), func(t *testing.T) {
			t.Parallel()
			for _, value := range r.inside {
				if got := listProblems(Validate([]byte(r.body(value)))); len(got) > 0 {
					t.Errorf("%s: unexpected %q", shorten(value, 80), got)
				}
			}
			for _, value := range slices.Sorted(maps.Keys(r.outside)) {
				rule, path := r.fullPath(r.outside[value])
				want := []string{strings.TrimSpace(rule + " " + path)}
				if got := listProblems(Validate([]byte(r.body(value)))); !slices.Equal(got, want) {
					t.Errorf("%s: got %q, want %q", shorten(value, 80), got, want)
				}
			}
		})
	}
}

// listProblems is what the tests compare.
func listProblems(problems []Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Severity, p.Rule, p.Path)))
	}
	return list
}

// TestRulesAreAllShown fails when a row of the rules has no case that shows both sides of it.
func TestRulesAreAllShown(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Object, Property, Severity string }
	if err := json.Unmarshal(content, &rows); err != nil {
		t.Fatal(err)
	}
	inside, outside := map[string]bool{}, map[string]map[string]bool{}
	for _, r := range allRuleSamples() {
		inside[r.row] = inside[r.row] || len(r.inside) > 0
		for _, expectation := range r.outside {
			if outside[r.row] == nil {
				outside[r.row] = map[string]bool{}
			}
			severity, _, _ := strings.Cut(expectation, " ")
			outside[r.row][severity] = true
		}
	}
	for _, row := range rows {
		name := row.Object + " " + row.Property
		if !inside[name] {
			t.Errorf("%s: no case inside the rule", name)
		}
		wants := []string{"error"}
		switch row.Severity {
		case "W":
			wants = []string{"warning"}
		case "E/W", "E len, W other schemes":
			wants = []string{"error", "warning"}
		case "E or W":
			wants = []string{"warning"}
		case "none":
			wants = nil
		}
		if name == "action.richmenuswitch (ctx)" {
			wants = []string{"error"} // LINE's reference leaves no place in a message open
		}
		for _, severity := range wants {
			if !outside[name][severity] {
				t.Errorf("%s: no case outside the rule with severity %s", name, severity)
			}
		}
		delete(inside, name)
	}
	for name := range inside {
		t.Errorf("%s: a case of a row that the rules lack", name)
	}
}

// quoted is a text as a JSON string.
func quoted(text string) string { return string(exactjson.AppendString(nil, text)) }

// Characters whose length differs by unit: one grapheme cluster each, of 1, 2, 2 and 11 UTF-16 code units.
var characters = map[string]int{"a": 1, "😀": 2, "e\u0301": 2, "👨‍👩‍👧‍👦": 11}

// lengths are the cases of a string with a longest length.
func lengths(row, frame, path string, in unit, most int, severity string) ruleSample {
	r := ruleSample{row: row, frame: frame, path: path, outside: map[string]string{}}
	for character, codeUnitsOfIt := range characters {
		fits := most
		if in == codeUnits {
			fits = most / codeUnitsOfIt
		}
		r.inside = append(r.inside, quoted(strings.Repeat(character, fits)))
		r.outside[quoted(strings.Repeat(character, fits+1))] = severity + " text-length"
	}
	return r
}

// needed shows that a property may not be missing, null, of another type or in wrong case. The frame has § in place of
// the property and the comma after it.
func needed(row, frame, path, value string) ruleSample {
	name := path[strings.LastIndex(path, ".")+1:]
	member := func(value string) string { return `"` + name + `":` + value + `,` }
	wrong := "[]"
	if strings.HasPrefix(value, "[") {
		wrong = "{}"
	}
	return ruleSample{row, frame, path, []string{member(value)}, map[string]string{
		"":             "error missing-property",
		member("null"): "error missing-property",
		member(wrong):  "error wrong-json-type",
		`"` + strings.ToUpper(name) + `":` + value + `,`: "error property-case " +
			strings.TrimSuffix(path, name) + strings.ToUpper(name),
	}}
}

// webAddress is an address of some length.
func webAddress(length int) string {
	const start = "https://example.com/"
	return quoted(start + strings.Repeat("a", length-len(start)))
}

// media are the cases of an address of an image, a video or a sound.
func media(row, frame, path string) ruleSample {
	return ruleSample{row, frame, path,
		[]string{webAddress(2000), `"https://example.com/a?b=c%20d"`, `"HTTPS://example.com"`,
			`"https://example.com/{{ Profile.Picture | default: 'a' | url_encode }}.png"`,
			`"https://{{ Profile.Host | default: 'a.example' }}/b"`, `"https:{{ Profile.P | default: '//a.example' }}"`,
			`"https{% if Profile.A %}://a.example{% else %}://b.example{% endif %}"`, `"https://example.com:443/a"`, `"https://[2001:db8::1]:8443/a"`,
			`"{{ Profile.Picture | default: 'https://a.example/b' }}"`},
		map[string]string{
			webAddress(2001):            "error text-length",
			`""`:                        "error empty-text",
			`"http://example.com/a"`:    "error url-scheme",
			`"example.com/a"`:           "error url-scheme",
			`"https:///a"`:              "error url-scheme",
			`"mailto:a@example.com"`:    "error url-scheme",
			`"https://example.com/あ"`:   "warning url-encoding",
			`"https://example.com/a b"`: "warning url-encoding",
			`"http://a.example/{{ Profile.P | default: 'a' | url_encode }}"`: "error url-scheme",
			`"javascript:a({{ Profile.P | default: 'a' | url_encode }})"`:    "error url-scheme",
			`"a.example/{{ Profile.P | default: 'a' | url_encode }}"`:        "error url-scheme",
			`"https:///{{ Profile.P | default: 'a' | url_encode }}"`:         "error url-scheme",
			`"https://a b/{{ Profile.P | default: 'a' | url_encode }}"`:      "error url-scheme",
			`"https:a"`:                   "error url-scheme",
			`"https://:443/a"`:            "error url-scheme",
			`"https://user@/a"`:           "error url-scheme",
			`"https://a b.example"`:       "error url-scheme",
			`"https:// a.example"`:        "error url-scheme",
			`"https://a.example/\u007f"`:  "warning url-encoding",
			`"https://u:p@example.com/a"`: "warning url-host",
			`"{your image}"`:              "warning url-scheme",
			`5`:                           "error wrong-json-type",
		}}
}

// links are the cases of an address that a tap opens.
func links(row, frame, path, otherSchemes string) ruleSample {
	return ruleSample{row, frame, path,
		[]string{webAddress(1000), `"http://example.com"`, `"tel:+81312345678"`,
			`"https://line.me/R/nv/chat"`},
		map[string]string{
			webAddress(1001):        "error text-length",
			`""`:                    "error empty-text",
			`"example.com"`:         "error url-scheme",
			`"/a?b=c:d"`:            "error url-scheme",
			`"javascript:alert(1)"`: "error url-scheme",
			`"javascript:a('{{ Profile.P | default: 'a' }}')"`: "error url-scheme",
			`"myapp://{{ Profile.P | default: 'a' }}"`:         otherSchemes + " url-scheme",
			`"http://a\tb/c"`:          "error url-scheme",
			`"line://app/1"`:           "warning url-scheme",
			`"tel:"`:                   "warning url-scheme",
			`"https://localhost/a"`:    "warning url-host",
			`"https://a.example:0/b"`:  "warning url-host",
			`"https://a.example/100%"`: "warning url-encoding",
			`"https://a.example/a|b"`:  "warning url-encoding",
			`"mailto:a@example.com"`:   "warning url-scheme",
			`"myapp://open"`:           otherSchemes + " url-scheme",
			`"https://example.com/あ"`:  "warning url-encoding",
			`{}`:                       "error wrong-json-type",
		}}
}

// words are the cases of a property that is one of some words.
func words(row, frame, path, severity string, allowed ...string) ruleSample {
	r := ruleSample{row: row, frame: frame, path: path, outside: map[string]string{
		`"nonsense"`: severity + " unknown-word", `""`: severity + " unknown-word", `1`: "error wrong-json-type",
		quoted(strings.ToUpper(allowed[0])):                                          severity + " unknown-word",
		`"{{ Profile.A | default: 'a' }}"`:                                           "warning unknown-word",
		`"{% if Profile.A %}{{ Profile.A }}{% else %}` + allowed[0] + `{% endif %}"`: "warning personalised-value",
	}}
	for _, word := range allowed {
		r.inside = append(r.inside, quoted(word))
	}
	return r
}

// forms are the cases of a property with a form of its own.
func forms(row, frame, path string, right, wrong []string) ruleSample {
	r := ruleSample{row: row, frame: frame, path: path, outside: map[string]string{`true`: "error wrong-json-type"}}
	for _, value := range right {
		r.inside = append(r.inside, quoted(value))
	}
	for _, value := range wrong {
		r.outside[quoted(value)] = "error value-form"
	}
	return r
}
