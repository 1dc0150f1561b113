package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	source "github.com/yuin/goldmark/text"
)

// mark is around all that comes from a plan, so that it is found wherever it gets to.
const mark = "zqx"

func marked(text string) string { return mark + text + mark }

// hostilePlan has a text wherever a plan can have one.
func hostilePlan(t testing.TB, name, words, key string) string {
	t.Helper()
	message := encoded(t, value{"type": "text", "text": words, key: words, "altText": name})
	other := encoded(t, value{"type": key, "label": words, "contents": value{key: []string{name}}})
	of := func(words string) value {
		return value{"name": name, "linked_content": key, "messages": []string{message, words}, "headers": value{key: words}, "to": value{"id": name},
			"entered_sha256": "1", "entered_by": name, "entered_at": words}
	}
	address := "clevertap_line_campaign_body.many[" + encoded(t, key) + "]"
	return planOf(t, value{"resource_drift": []value{resource(address, updating, of(other), of(message))}},
		resource(address, updating, of(other), of(words), value{"previous_address": name, "action_reason": words, "deposed": key}),
		resource("clevertap_line_linked_messages.x", []string{words}, nil, of(other)),
		resource("clevertap_webhook_template.x", replacing, of(name), of(other)),
		resource("clevertap_line_profiles.x["+words+"]", []string{words}, nil, value{}),
		resource("clevertap_line_campaign_body.z", nothing, of(words), of(words)),
	)
}

// ours is all that the report says itself outside of code.
var ours = regexp.MustCompile(`^[A-Za-z0-9 .,:()'-]*$`)

// wantSafe wants nothing in a Markdown text but the report's own structure: what is not the report's is in code, on lines of
// which none begins like a command.
func wantSafe(t *testing.T, report, link string) {
	t.Helper()
	if !utf8.ValidString(report) {
		t.Fatalf("this is no UTF-8: %q", report)
	}
	if visible(report) != report {
		t.Errorf("something is hidden in %q", report)
	}
	for line := range strings.Lines(report) {
		if !strings.HasSuffix(line, "\n") || strings.HasPrefix(line, "/") {
			t.Errorf("the line %q", line)
		}
	}
	written := []byte(report)
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()
	err := ast.Walk(parser.Parse(source.NewReader(written)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.ListItem, *ast.Emphasis:
		case *ast.Heading:
			if n.Level < 3 || n.Level > 4 {
				t.Errorf("a heading of level %d", n.Level)
			}
		case *ast.List:
			if n.Marker != '-' {
				t.Errorf("a list with %q", n.Marker)
			}
		case *ast.Link:
			if string(n.Destination) != link {
				t.Errorf("a link to %s", n.Destination)
			}
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock:
			info := string(n.Language(written))
			if info != "diff" && info != "text" {
				t.Errorf("a block of %q", info)
			}
			for i := range n.Lines().Len() {
				segment := n.Lines().At(i)
				if line := string(segment.Value(written)); !strings.ContainsAny(line[:1], " +-@") {
					t.Errorf("in a block, the line %q", line)
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if said := string(n.Value(written)); !ours.MatchString(said) || strings.Contains(said, mark) {
				t.Errorf("outside of code is %q", said)
			}
		default:
			t.Errorf("the report has %s", n.Kind())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Error(err)
	}
	if t.Failed() {
		t.Logf("the report is\n%s", report)
	}
}

var hostile = []string{
	"@all @user", "/merge\n/close", "```\n/approve\n````suggestion", "`", "`` ` ``", "\n\n# a\n\n- [ ] b\n\n> c\n\n| a | b |\n|---|---|\n| c | d |\n",
	"https://evil.example.com www.evil.example.com a@evil.example.com", "#123 !1 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
	"<img src=x><!--<script>", "![x](y) [x](y) [^1]\n\n[^1]: a\n[x]: y", "~~~\n```mermaid", "\\", "|", ":smile:", "$`x`$", "---\n===\n***", "\u202ea\u2066\u200b\x00\r\t\u0085",
	"", " ", "  a  ", "    indented", "&lt;&#64;", "{{ x }} {% y %}", "\u2800\u3164\ufe0f\u200d", "a\n: b", "%s %d", "**", "1. a\n2) b",
}

func FuzzMarkdown(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, hostile[(i+1)%len(hostile)], hostile[(i+2)%len(hostile)])
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, name, words, key string) {
		plan := hostilePlan(t, marked(name), marked(words), marked(key))
		log := []string{diagnosticLine(t, "error", marked(name), marked(words), marked(key)), diagnosticLine(t, "warning", marked(key), marked(words), ""),
			diagnosticLine(t, "warning", "", marked(words), marked(name))}
		facts := factsOf(t, plan, log...)
		whole, err := facts.markdown(1<<30, "")
		if err != nil {
			t.Fatal(err)
		}
		wantSafe(t, whole, "")
		const link = "https://ci.example.com/a_(b)*c?x=y&amp=1"
		for limit := len(whole) - 1; limit > 200; limit /= 2 {
			cut, err := facts.markdown(limit, link)
			if err != nil || len(cut) > limit {
				if err == nil || !strings.Contains(err.Error(), "does not fit") {
					t.Fatalf("of %d bytes: %d, %v", limit, len(cut), err)
				}
				break
			}
			wantSafe(t, cut, link)
		}
		if _, err := facts.html(); err != nil {
			t.Error(err)
		}
	})
}

func TestLimit(t *testing.T) {
	t.Parallel()
	var resources []value
	for i := range 20 {
		resources = append(resources, resource(fmt.Sprintf("clevertap_line_linked_messages.m[%02d]", i), updating,
			linked("m", "あ"+strings.Repeat("い", 100)), linked("m", strings.Repeat("`", i)+"う")))
	}
	f := factsOf(t, planOf(t, nil, resources...))
	whole, err := f.markdown(1<<20, "https://ci.example.com/r")
	if err != nil || strings.Contains(whole, "Left out") || strings.Contains(whole, "ci.example.com") {
		t.Fatalf("%v, the whole report is\n%s", err, whole)
	}
	if exact, err := f.markdown(len(whole), ""); err != nil || exact != whole {
		t.Errorf("in as many bytes as it has it is another: %v", err)
	}
	last := len(whole)
	for limit := len(whole) - 1; ; limit -= 53 {
		cut, err := f.markdown(limit, "https://ci.example.com/r")
		if err != nil {
			if limit > 450 || !strings.HasPrefix(err.Error(), fmt.Sprintf("the report does not fit into %d bytes: ", limit)) {
				t.Errorf("in %d bytes: %v", limit, err)
			}
			break
		}
		if len(cut) > limit || !strings.Contains(cut, "[The whole report](<https://ci.example.com/r>)") {
			t.Fatalf("in %d bytes it has %d:\n%s", limit, len(cut), cut)
		}
		kept := strings.Count(cut, "#### ") + strings.Count(cut, "- Linked messages `m`: changed\n")
		if count := regexp.MustCompile(`(?m)^- (\d+) more$`).FindStringSubmatch(cut); count != nil {
			var more int
			if _, err := fmt.Sscan(count[1], &more); err != nil {
				t.Fatal(err)
			}
			kept += more
		}
		if kept != 20 {
			t.Fatalf("in %d bytes there are %d of 20:\n%s", limit, kept, cut)
		}
		if details := strings.Count(cut, "```diff"); details > 0 && !strings.Contains(cut, "m[00]`\n\nTexts:") {
			t.Fatalf("the first loses its details before others:\n%s", cut)
		}
		last = len(cut)
	}
	if last > 450 {
		t.Errorf("the least has %d bytes", last)
	}
}

func TestLimitLeavesRoomToOthers(t *testing.T) {
	t.Parallel()
	var resources []value
	for i, text := range []string{strings.Repeat("あ", 5000), "い", "う"} {
		b := body("b", "", "")
		b["messages"] = []string{encoded(t, value{"type": "text", "text": text, "foo": 1})}
		resources = append(resources, resource(fmt.Sprintf("clevertap_line_campaign_body.b[%d]", i), creating, nil, b))
	}
	f := factsOf(t, planOf(t, nil, resources...))
	whole, err := f.markdown(1<<20, "")
	if err != nil || strings.Count(whole, "\nProblems:\n") != 3 || strings.Count(whole, "\nTexts:\n") != 3 {
		t.Fatalf("%v, the whole report is\n%s", err, whole)
	}
	for limit, want := range map[int]struct{ problems, texts int }{10_000: {3, 2}, 1_420: {3, 0}, 1_200: {1, 0}, 1_000: {0, 0}} {
		cut, err := f.markdown(limit, "")
		if problems, texts := strings.Count(cut, "\nProblems:\n"), strings.Count(cut, "\nTexts:\n"); err != nil || len(cut) > limit ||
			problems != want.problems || texts != want.texts || strings.Count(cut, "\n#### ") != 3 {
			t.Errorf("%v, in %d bytes of %d are the problems of %d and the texts of %d:\n%s", err, len(cut), limit, problems, texts, cut)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a": "`a`", "": "(empty)", "`": "`` ` ``", "a``b": "```a``b```", " a ": "`  a  `", " a": "` a`", "a\nb\t": "`a<U+000A>b<U+0009>`",
	} {
		if got := code(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\n\tb":     "a\n\tb",
		"日本　語":       "日本　語",
		"a\u202eb":   "a<U+202E>b",
		"a\u00a0b":   "a<U+00A0>b",
		"a\r\x00":    "a<U+000D><U+0000>",
		"☀\ufe0f":    "☀\ufe0f",
		"a\ufe0f":    "a<U+FE0F>",
		"\u200d":     "<U+200D>",
		"a\u200db":   "a<U+200D>b",
		"👨\u200d👩":   "👨\u200d👩",
		"👨\u200da":   "👨<U+200D>a",
		"\u3164":     "<U+3164>",
		"\u2800":     "<U+2800>",
		"\U000e0041": "<U+E0041>",
		"สวัสดี":     "สวัสดี",
	} {
		if got := visible(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
