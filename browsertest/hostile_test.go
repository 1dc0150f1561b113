package browsertest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

// hostile are texts that would set window.ran, ask something, request something or change how all looks if they got out of
// their place.
var hostile = []string{
	`<script>ran = 1</script>`,
	`</style></title></textarea><script>ran = 1; alert(1)</script><style>`,
	`<img src="https://evil.example.com/a" onerror="ran = 1">`,
	`"><svg onload="ran = 1"><a xlink:href="javascript:ran = 1">`,
	`' onmouseover='ran = 1' autofocus onfocus='ran = 1`,
	`" style="position:fixed;inset:0" onclick="ran = 1`,
	`javascript:ran=1//https://evil.example.com/`,
	`data:text/html,<script>parent.ran=1</script>`,
	`https://evil.example.com/" onload="ran=1`,
	`https://evil"onclick="ran=1"title="`,
	`http://evil.example.com/g`,
	`javascript://evil.example.com/%0aran=1`,
	`red;background:url(https://evil.example.com/b)`,
	`#ffffff;}*{background:url("https://evil.example.com/c")`,
	`10px;width:expression(ran=1)`,
	`1px}</style><script>ran=1</script>`,
	`--><!--><script>ran = 1</script><![CDATA[<script>ran = 1</script>]]>`,
	"<scr\u0000ipt>ran = 1</script>\u2028<iframe srcdoc='<script>parent.ran=1</script>'>",
	`&lt;script&gt;ran = 1&lt;/script&gt;&#60;script&#62;`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example.com/d"><base href="https://evil.example.com/">`,
	`<link rel="stylesheet" href="https://evil.example.com/e"><object data="https://evil.example.com/f"></object>`,
	`{{ Profile.Evil }}`,
	`{{ Profile.None | default: '<script>ran = 1</script>' }}`,
	`{{ Profile.None | default: '" onclick="ran = 1' }}{{ Profile.None | default: "' onclick='ran = 1" }}`,
	`{% assign a = '<script>ran = 1</script>' %}{{ a }}{% raw %}<script>ran = 1</script>{% endraw %}`,
}

// spoil is a value with each text in it replaced, and of lists no more than the first two elements; but for types, without
// which nothing would be drawn.
func spoil(value any, with string) any {
	switch value := value.(type) {
	case string:
		return with
	case []any:
		spoiled := []any{}
		for _, element := range value[:min(len(value), 2)] {
			spoiled = append(spoiled, spoil(element, with))
		}
		return spoiled
	case map[string]any:
		spoiled := map[string]any{}
		for name, member := range value {
			if name == "type" || name == "layout" {
				spoiled[name] = member
			} else {
				spoiled[name] = spoil(member, with)
			}
		}
		return spoiled
	}
	return value
}

// hostileSets are all samples with each hostile text in all places, and each text by itself.
func hostileSets(t *testing.T) []linepreview.Set {
	t.Helper()
	var sets []linepreview.Set
	kinds := samples(t)
	for _, text := range hostile {
		sets = append(sets, linepreview.Set{Title: text, Text: text})
		for _, sample := range kinds {
			var value any
			if err := json.Unmarshal([]byte(sample.Text), &value); err != nil {
				t.Fatal(err)
			}
			spoiled, err := json.Marshal(spoil(value, text))
			if err != nil {
				t.Fatal(err)
			}
			sets = append(sets, linepreview.Set{Title: text, Text: string(spoiled)})
		}
	}
	return sets
}

// wantInert checks that nothing on a page can do anything; that nothing did, it is closed with.
func wantInert(t *testing.T, p *browsertest.Page) {
	t.Helper()
	const active = `[...document.querySelectorAll("script, iframe, frame, object, embed, link, base, form, input, textarea, a, svg, math, template, style:not(head > style), meta[http-equiv=refresh]")]`
	if found := browsertest.Eval[[]string](p, active+`.map(e => e.outerHTML.slice(0, 200))`); len(found) > 0 {
		t.Errorf("the page has %q", found)
	}
	const allowed = `["class", "dir", "tabindex", "title", "alt", "src", "referrerpolicy", "loading", "aria-label", "role"]`
	if found := browsertest.Eval[[]string](p, `[...new Set([...document.body.querySelectorAll("*")].flatMap(e => e.getAttributeNames()))].filter(name => !`+allowed+`.includes(name))`); len(found) > 0 {
		t.Errorf("elements have the attributes %q", found)
	}
	if sheets := browsertest.Eval[int](p, `document.styleSheets.length`); sheets != 1 {
		t.Errorf("the page has %d style sheets", sheets)
	}
	if urls := browsertest.Eval[int](p, `[...document.styleSheets[0].cssRules].filter(rule => /url\(|expression|@import/.test(rule.cssText)).length`); urls > 0 {
		t.Errorf("%d rules of the style sheet load something", urls)
	}
	browsertest.Eval[bool](p, `[...document.body.querySelectorAll("summary, .chip, .act, .button, .area, .say, .c")].slice(0, 3000).every(e => (e.click(), e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})), true))`)
	if ran := browsertest.Eval[string](p, `typeof window.ran`); ran != "undefined" {
		t.Error("a script ran")
	}
}

func TestHostileMessages(t *testing.T) {
	t.Parallel()
	sets := hostileSets(t)
	for _, images := range []bool{false, true} {
		options := linepreview.Options{Images: images, Samples: map[string]string{"Profile.Evil": hostile[1], "Profile.Name": hostile[3]}}
		shown := browsertest.Options{}
		if images {
			shown.Image = picture(t)
		}
		p := browsertest.Open(t, linepreview.Page(hostile[1], sets, options), shown)
		wantInert(t, p)
		if titles := browsertest.Eval[int](p, `[...document.querySelectorAll("h2")].filter(e => e.textContent.includes("<script>")).length`); titles == 0 {
			t.Error("the markup is not shown as what it is")
		}
		if got := browsertest.Eval[string](p, `document.title`); got != hostile[1] {
			t.Errorf("the title is %q", got)
		}
	}
}

// TestPolicy shows that a script, a style or an address that got out of its place would not be of use.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for _, images := range []bool{false, true} {
		page := linepreview.Page("", nil, linepreview.Options{Images: images})
		attack := `<script>ran = 1</script><img src="data:," onerror="ran = 1"><p style="color:red">a</p><style>p{color:red}</style>
			<link rel="stylesheet" href="https://evil.example.com/a"><iframe src="https://evil.example.com/b"></iframe>
			<img src="https://evil.example.com/c"><img src="http://evil.example.com/d"><form action="https://evil.example.com/e"><button>Send</button></form>
			<base href="https://evil.example.com/">`
		attacked := strings.Replace(string(page), "<main>", "<main>"+attack, 1)
		p := browsertest.Open(t, []byte(attacked), browsertest.Options{Image: picture(t)})
		browsertest.Eval[bool](p, `(document.querySelector("button").click(), true)`)
		if got := browsertest.Eval[string](p, `typeof window.ran + getComputedStyle(document.querySelector("main p")).color`); got != "undefined"+browsertest.Eval[string](p, `getComputedStyle(document.body).color`) {
			t.Errorf("images %v: the page is changed: %s", images, got)
		}
		if got := browsertest.Eval[string](p, `document.baseURI`); !strings.HasPrefix(got, "file:") {
			t.Errorf("images %v: the base is %s", images, got)
		}
		seen := p.Seen()
		var want []browsertest.Request
		if images {
			want = []browsertest.Request{{URL: "https://evil.example.com/c"}}
		}
		if !slices.Equal(seen.Requests, want) {
			t.Errorf("images %v: the requests are %q, want %q", images, seen.Requests, want)
		}
		for _, said := range seen.Console {
			if !strings.Contains(said, "Content Security Policy") {
				t.Errorf("images %v: the console has %q", images, said)
			}
		}
		if len(seen.Console) < 7 {
			t.Errorf("images %v: not all was refused: %q", images, seen.Console)
		}
	}
}

// TestHugeMessages shows that what a file can be at most is drawn, too.
func TestHugeMessages(t *testing.T) {
	t.Parallel()
	const most = 2 << 20
	deep := func(open, end string, times int) string {
		return strings.Repeat(open, times) + text("deep") + strings.Repeat(end, times)
	}
	for name, message := range map[string]string{
		"text":  fmt.Sprintf(`{"type":"text","text":%q}`, strings.Repeat("<b>あ'", most/8)),
		"many":  `[` + strings.Repeat(`{"type":"text","text":"<b>a'"},`, most/32) + `{}]`,
		"flex":  bubble("", strings.Repeat(text("<i>a", `"size":"sm"`)+",", most/50)+text("z")),
		"deep":  bubble("", deep(`{"type":"box","layout":"vertical","paddingAll":"1px","contents":[`, `]}`, 120)),
		"lists": strings.Repeat("[", most),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := preview(t, browsertest.Options{}, message)
			wantInert(t, p)
			if name != "lists" && browsertest.Eval[int](p, `document.querySelectorAll(".phone .said").length`) == 0 {
				t.Error("nothing is drawn")
			}
		})
	}
}
