package linepreview

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write what is drawn into the golden files")

var (
	element  = regexp.MustCompile(`<[^>]*>`)
	loads    = regexp.MustCompile(` (?:src|srcset|href|poster|data|action|background)="([^"]*)"`)
	sheet    = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	known    = regexp.MustCompile(`^<(?:!doctype html|/?(?:html|head|meta|title|style|body|header|h1|h2|p|main|section|div|figure|figcaption|span|b|img|ul|li|details|summary)(?: [a-z-]+="[^"<>]*")*)>$`)
	property = regexp.MustCompile(`^(?:[a-z-]+:[a-z0-9#%.,/ ()+-]+;?)+$`)
)

// wantSafe checks what holds for every page, whatever its messages say.
func wantSafe(t *testing.T, page []byte, images bool) {
	t.Helper()
	text := string(page)
	if !utf8.ValidString(text) {
		t.Error("the page is not UTF-8")
	}
	styles := sheet.FindAllStringSubmatch(text, -1)
	if len(styles) != 1 {
		t.Fatalf("the page has %d style sheets", len(styles))
	}
	hash := sha256.Sum256([]byte(styles[0][1]))
	policy := "style-src &#39;sha256-" + html.EscapeString(base64.StdEncoding.EncodeToString(hash[:])) + "&#39;"
	if !strings.Contains(text, policy) {
		t.Error("the policy does not name the style sheet")
	}
	generated, ok := strings.CutPrefix(styles[0][1], "\n"+baseCSS)
	if !ok || strings.Contains(baseCSS, "url(") {
		t.Error("the style sheet does not begin as all do")
	}
	for _, rule := range strings.Split(strings.TrimSpace(generated), "\n") {
		_, declarations, _ := strings.Cut(strings.TrimSuffix(rule, "}"), "{")
		if rule != "" && !property.MatchString(declarations) || strings.Contains(rule, "url(") {
			t.Errorf("the style sheet has %q", rule)
		}
	}
	depth := 0
	for _, tag := range element.FindAllString(strings.Replace(text, styles[0][1], "", 1), -1) {
		if !known.MatchString(tag) || strings.Contains(tag, ` style="`) || strings.Contains(tag, "javascript:") && strings.Contains(tag, "src=") {
			t.Errorf("the page has the tag %.200s", tag)
		}
		for _, load := range loads.FindAllStringSubmatch(tag, -1) {
			if !images || !strings.HasPrefix(load[1], "https://") || strings.Contains(load[1], "{") || !strings.Contains(tag, `referrerpolicy="no-referrer"`) {
				t.Errorf("the page loads %.200q", load[1])
			}
		}
		switch {
		case strings.HasPrefix(tag, "</"):
			depth--
		case !strings.HasPrefix(tag, "<meta") && !strings.HasPrefix(tag, "<img") && !strings.HasPrefix(tag, "<!"):
			depth++
		}
	}
	if depth != 0 {
		t.Errorf("%d elements are not closed", depth)
	}
}

// body is the part of a page that messages decide: its generated style and its main element.
func body(t *testing.T, page []byte) string {
	t.Helper()
	_, rest, _ := strings.Cut(string(page), baseCSS)
	rules, rest, _ := strings.Cut(rest, "</style>")
	_, rest, found := strings.Cut(rest, "<main>")
	main, _, closed := strings.Cut(rest, "</main>")
	if !found || !closed {
		t.Fatalf("the page is %s", page)
	}
	return rules + regexp.MustCompile(`<(div|p|h2|ul|li|section|details|figure)\b`).ReplaceAllString(main, "\n$0") + "\n"
}

// TestGolden pins what samples look like in HTML. A browser shows what that looks like to people.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			options := Options{Samples: map[string]string{"Profile.Name": "Aya <b>"}, Images: strings.HasPrefix(name, "images")}
			page := Page("Sample", []Set{{name, string(text)}}, options)
			wantSafe(t, page, options.Images)
			if again := Page("Sample", []Set{{name, string(text)}}, options); !bytes.Equal(page, again) {
				t.Error("the same messages give another page")
			}
			golden := strings.TrimSuffix(file, "json") + "html"
			got := body(t, page)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || string(want) != got {
				t.Errorf("%s is now (%v)\n%s", golden, err, got)
			}
		})
	}
}

func TestPageHead(t *testing.T) {
	t.Parallel()
	page := string(Page("A <title> \xff", nil, Options{Language: "ja"}))
	wantSafe(t, []byte(page), false)
	for _, want := range []string{`<html lang="ja">`, "<title>A &lt;title&gt; \ufffd</title>", "近似", "default-src &#39;none&#39;", `content="no-referrer"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "img-src") {
		t.Error("images are allowed without having been asked for")
	}
	if page = string(Page("", nil, Options{Images: true, Language: "xx"})); !strings.Contains(page, "img-src https:&#34;") && !strings.Contains(page, `img-src https:"`) {
		t.Errorf("images are not allowed: %.500s", page)
	}
}

// drawn is the body of a page of one set.
func drawn(t *testing.T, text string, options Options) string {
	t.Helper()
	page := Page("", []Set{{"", text}}, options)
	wantSafe(t, page, options.Images)
	return body(t, page)
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                              "line 1, column 1",
		"[\n{]":                         "line 2, column 2",
		`{% if Linked.a.name %}{`:       "Linked Content",
		`"text"`:                        "but this is a string",
		`[]`:                            "There are no messages.",
		`{"to":"x"}`:                    "There are no messages.",
		`{"messages":{}}`:               "There are no messages.",
		`{"type":"hologram"}`:           "type &#34;hologram&#34; cannot be drawn",
		`{}`:                            "This has no type, and cannot be drawn.",
		`{"type":1}`:                    "This has no type, and cannot be drawn.",
		`[[]]`:                          "This is no object, but an array, and cannot be drawn.",
		`[1,{}]`:                        "This is no object, but a number, and cannot be drawn.",
		`{"type":""}`:                   "The type &#34;&#34; cannot be drawn.",
		`{"type":"flex","altText":"a"}`: "This has no type, and cannot be drawn.",
		`{"type":"bubble","body":{"type":"box","layout":"vertical","contents":["x",null]}}`: "This is no object, but a string, and cannot be drawn.",
		`{"type":"template","altText":"a","template":{"type":"x"}}`:                         "The type &#34;x&#34; cannot be drawn.",
		strings.Repeat("[", 9999): "nested more than",
		"\"\xff\"":                "not valid UTF-8",
	} {
		if got := drawn(t, text, Options{}); !strings.Contains(got, want) || !strings.Contains(got, `<p class="fault">`) {
			t.Errorf("%.40s is drawn as %s", text, got)
		}
	}
}

func TestImages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		address string
		host    string
		loaded  bool
	}{
		{"https://cdn.example.com/a.png?b=1&c=2", "cdn.example.com", true},
		{"http://cdn.example.com/a.png", "cdn.example.com", false},
		{"https://cdn.example.com/{{ Profile.ID | default: 'x' }}.png", "cdn.example.com", false},
		{"https://{{ Profile.Host }}/a", "", false},
		{"https://cdn.example.com/{{Profile.ID}}.png", "cdn.example.com", false},
		{"https://user:pass@cdn.example.com/a", "cdn.example.com", false},
		{"javascript:alert(1)", "?", false},
		{"data:image/png;base64,AAAA", "?", false},
		{"//cdn.example.com/a", "?", false},
		{`https://x/\" onerror=\"alert(1)`, "x", false},
		{"https://exämple.com/", "exämple.com", false},
		{"https:///a", "", false},
		{" https://x/", "x", false},
		{"", "?", false},
	} {
		for _, images := range []bool{false, true} {
			got := drawn(t, `{"type":"image","previewImageUrl":"`+test.address+`"}`, Options{Images: images})
			if loads := strings.Contains(got, " src="); loads != (images && test.loaded) {
				t.Errorf("with images %v, %s is drawn as %s", images, test.address, got)
			} else if !loads && !strings.Contains(got, ">"+test.host+"</span>") {
				t.Errorf("of %s no host is shown: %s", test.address, got)
			}
		}
	}
}

func TestFindingsEnd(t *testing.T) {
	t.Parallel()
	var boxes []string
	for i := range 300 {
		boxes = append(boxes, fmt.Sprintf(`{"type":"action","action":{"type":"uri","label":"%d","uri":"https://example.com/%d"}}`, i, i))
	}
	got := drawn(t, `{"type":"text","text":"a","quickReply":{"items":[`+strings.Join(boxes, ",")+`]}}`, Options{})
	if count := strings.Count(got, "<li>"); count != mostFindings+1 {
		t.Errorf("%d taps are listed", count)
	}
	huge := strings.Repeat(`{"type":"text","text":"`+strings.Repeat("x'", 20)+`"},`, 40000)
	page := Page("", []Set{{"", "[" + huge + "{}]"}}, Options{})
	if len(page) > 2*mostDrawn || !bytes.Contains(page, []byte(english.tooLarge)) {
		t.Errorf("the page has %d bytes", len(page))
	}
}

func TestWordsAreThere(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%.`)
	en, ja := fmt.Sprintf("%#v", english), fmt.Sprintf("%#v", japanese)
	if strings.Contains(en+ja, `:""`) {
		t.Errorf("a text is missing: %s %s", en, ja)
	}
	if !slices.Equal(verbs.FindAllString(en, -1), verbs.FindAllString(ja, -1)) {
		t.Error("the two languages want other values")
	}
}

// A fragment is what a page has of the same set, and its style sheet serves all of them.
func TestFragments(t *testing.T) {
	t.Parallel()
	sets := []Set{{"", `{"type":"bubble","size":"giga","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"<a>","margin":"7px"}]}}`}, {"Two", `[]`}}
	fragments, sheet := Fragments(sets, Options{Language: "ja"})
	page := string(Page("", sets, Options{Language: "ja"}))
	if len(fragments) != 2 || !strings.Contains(page, "<main>"+fragments[0]+fragments[1]+"</main>") || !strings.Contains(page, "<style>"+sheet+"</style>") {
		t.Errorf("the fragments are %q, the style sheet ends with %q", fragments, sheet[max(0, len(sheet)-100):])
	}
	if !strings.Contains(page, About("ja")) {
		t.Error("the page says nothing about itself")
	}
}

// What is of another kind than LINE wants is said, where nothing is drawn of it.
func TestOtherKindsAreNotDrawn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"type":"bubble","body":5}`:                                 `body: &#34;a number&#34; is not drawn`,
		`{"type":"carousel","contents":{}}`:                          `contents: &#34;an object&#34; is not drawn`,
		`{"type":"text","text":["a"]}`:                               `text: &#34;an array&#34; is not drawn`,
		`{"type":"text","text":"a","sender":7,"quickReply":"x"}`:     `sender: &#34;a number&#34; is not drawn`,
		`{"type":"bubble","body":{"type":"box","contents":"hello"}}`: `contents: &#34;a string&#34; is not drawn`,
	} {
		if page := string(Page("a", []Set{{Text: text}}, Options{})); !strings.Contains(page, want) {
			t.Errorf("%s: %q is not in %s", text, want, page)
		}
	}
}
