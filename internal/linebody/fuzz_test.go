package linebody

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// sampleBodies are the bodies of testdata/samples.
func sampleBodies(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("testdata/samples/*.json")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no samples: %v", err)
	}
	var bodies []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		bodies = append(bodies, string(content))
	}
	return bodies
}

func FuzzValidate(f *testing.F) {
	for _, body := range sampleBodies(f) {
		f.Add([]byte(body))
	}
	for _, r := range allRuleSamples() {
		for value := range r.outside {
			if len(value) < 500 {
				f.Add([]byte(r.body(value)))
			}
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		problems := Validate(body)
		if len(problems) > maxProblems+1 {
			t.Errorf("%d problems", len(problems))
		}
		seen := map[Problem]bool{}
		for _, p := range problems {
			if p.Rule == "" || p.Message == "" || p.Offset < 0 || p.Offset > len(body) || !utf8.ValidString(p.Path+p.Message) {
				t.Errorf("a problem that says too little: %+v", p)
			}
			if seen[p] {
				t.Errorf("a problem is reported twice: %+v", p)
			}
			seen[p] = true
		}
		if !json.Valid(body) && !slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error }) {
			t.Error("a text that is not JSON has no error")
		}
	})
}

// FuzzBuild checks that a built body has the problems that its parts had, and that building loses nothing.
func FuzzBuild(f *testing.F) {
	for _, body := range sampleBodies(f) {
		var parts struct {
			To       string
			Messages []json.RawMessage
		}
		if err := json.Unmarshal([]byte(body), &parts); err != nil {
			f.Fatal(err)
		}
		f.Add(parts.To, string(parts.Messages[0]), oneText)
	}
	for _, r := range allRuleSamples() {
		for value := range r.outside {
			if len(value) < 500 && !r.isBody() {
				f.Add(user, strings.ReplaceAll(r.frame, "§", value), oneText)
			}
		}
	}
	f.Add(group, `{"type":"text","text":"{% if a \u003e 1 %}\ud83d\ude00\/"}`, `{"a":[1e2,-0.0,{"b":{}}]}`)
	f.Fuzz(func(t *testing.T, to, first, second string) {
		parts := []string{first, second}
		messages := ParseMessages(parts...)
		built, err := Build(Body{To: to, Messages: messages})
		asParts := ValidateMessages(to, messages, Options{})
		if err != nil {
			if !slices.ContainsFunc(asParts, func(p MessageProblem) bool { return p.Severity == Error }) {
				t.Errorf("parts that cannot be built have no error: %v", err)
			}
			return
		}
		again, err := Build(Body{To: to, Messages: messages})
		if err != nil || again != built {
			t.Errorf("building again gives %s, %v", again, err)
		}
		for i, part := range parts {
			normal, err := messages[i].Normal()
			if err != nil || !messages[i].Equal(ParseMessage(normal)) {
				t.Errorf("message %d lost its value: %s, %v", i, normal, err)
			}
			canonical, err := canonicalMessage(part)
			if err != nil || !ParseMessage(canonical).Equal(ParseMessage(normal)) {
				t.Errorf("message %d has another canonical value: %s, %v", i, canonical, err)
			}
		}
		whole := Validate([]byte(built))
		if len(whole) > maxProblems {
			return // which of them are left out depends on the order of the search
		}
		var fromParts, fromWhole []string
		for _, p := range asParts {
			fromParts = append(fromParts, listProblems([]Problem{p.Problem})[0]+" "+p.Message)
		}
		for _, p := range whole {
			fromWhole = append(fromWhole, listProblems([]Problem{p})[0]+" "+p.Message)
		}
		slices.Sort(fromParts)
		slices.Sort(fromWhole)
		if !slices.Equal(fromParts, fromWhole) {
			t.Errorf("as parts\n%q\nas a whole\n%q", fromParts, fromWhole)
		}
	})
}
