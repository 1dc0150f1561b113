package browsertest_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

// What follows builds Flex Messages; more is properties as JSON, such as `"flex":2`.

func component(kind string, more ...string) string {
	return `{` + strings.Join(append([]string{`"type":"` + kind + `"`}, more...), ",") + `}`
}

func text(written string, more ...string) string {
	return component("text", append(more, fmt.Sprintf(`"text":%q`, written))...)
}

func box(layout, more string, contents ...string) string {
	properties := []string{`"layout":"` + layout + `"`, `"contents":[` + strings.Join(contents, ",") + `]`}
	if more != "" {
		properties = append(properties, more)
	}
	return component("box", properties...)
}

// empty is a box with nothing in it. An id is a text that a test finds it by: it takes no room.
func empty(id, more string) string {
	return box("vertical", more, text(id, `"position":"absolute"`, `"size":"1px"`))
}

// bubble is one of 260 pixels, whose body is without padding.
func bubble(more string, contents ...string) string {
	properties := []string{`"size":"kilo"`, `"body":` + box("vertical", `"paddingAll":"none"`, contents...)}
	if more != "" {
		properties = append(properties, more)
	}
	return component("bubble", properties...)
}

const bubbleWidth = 260

// find is how expressions name elements: at is the component with a text, within the box that it is in.
const find = `
	const at = text => [...document.querySelectorAll(".phone *")].filter(e => e.textContent === text).pop().closest(".c");
	const within = text => at(text).parentElement;
	const rect = e => { const {left, top, right, bottom, width, height} = e.getBoundingClientRect(); return {left, top, right, bottom, width, height} };
	const all = selector => [...document.querySelectorAll(".phone " + selector)];
	const one = selector => { const found = all(selector); if (found.length !== 1) { throw new Error(found.length + " are " + selector) } return found[0] };`

// on evaluates an expression with the words of find.
func on[T any](p *browsertest.Page, expression string) T {
	return browsertest.Eval[T](p, "(() => {"+find+"\nreturn "+expression+"\n})()")
}

// rect is where an element is. Where something exactly is, is where it is to a sixty-fourth of a pixel, which is all Chrome knows.
type rect struct{ Left, Top, Right, Bottom, Width, Height float64 }

func rectOf(p *browsertest.Page, expression string) rect { return on[rect](p, "rect("+expression+")") }

// lettersOf is where the letters of a text component are.
func lettersOf(p *browsertest.Page, expression string) rect {
	return on[rect](p, `(r => { r.selectNodeContents(`+expression+`.querySelector("p")); return rect(r) })(document.createRange())`)
}

// want compares lengths.
func want(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1./16 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// preview opens a page of the messages, each as a set of its own.
func preview(t *testing.T, options browsertest.Options, messages ...string) *browsertest.Page {
	t.Helper()
	var sets []linepreview.Set
	for _, message := range messages {
		sets = append(sets, linepreview.Set{Text: message})
	}
	page := linepreview.Page("Preview", sets, linepreview.Options{Images: options.Image != nil})
	return browsertest.Open(t, page, options)
}

// picture is a PNG of 40 by 20 pixels.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRow(t *testing.T) {
	t.Parallel()
	for _, direction := range []string{"ltr", "rtl"} {
		p := preview(t, browsertest.Options{}, bubble(`"direction":"`+direction+`"`,
			box("horizontal", "", text("a"), text("b", `"flex":2`, `"wrap":true`, `"size":"4xl"`), text("none of it", `"flex":0`)),
			text("below")))
		a, b, c := rectOf(p, `at("a")`), rectOf(p, `at("b")`), rectOf(p, `at("none of it")`)
		want(t, "the second share", b.Width, 2*a.Width)
		want(t, "all", a.Width+b.Width+c.Width, bubbleWidth)
		want(t, "the height of all", a.Height, b.Height)
		want(t, "what shares nothing", c.Width, lettersOf(p, `at("none of it")`).Width)
		if direction == "ltr" {
			want(t, "the end of the first", a.Right, b.Left)
			want(t, "the end of the second", b.Right, c.Left)
		} else {
			want(t, "the end of the first, from right to left", a.Left, b.Right)
			want(t, "the end of the second, from right to left", b.Left, c.Right)
		}
		below := rectOf(p, `at("below")`)
		want(t, "the top of what is below", below.Top, a.Bottom)
		want(t, "the width of what is below", below.Width, bubbleWidth)
	}
}

func TestSizedBoxSharesNothing(t *testing.T) {
	t.Parallel()
	p := preview(t, browsertest.Options{}, bubble("",
		box("horizontal", "", empty("w", `"width":"50px","flex":3`), text("beside w")),
		box("horizontal", "", empty("p", `"width":"25%"`), text("beside p")),
		box("horizontal", "", box("vertical", `"height":"30px","flex":3`, text("h")), text("beside h")),
		box("horizontal", "", empty("m", `"maxWidth":"40px","flex":1`), text("beside m")),
		box("vertical", "", empty("v", `"height":"30px","width":"70px"`)),
	))
	want(t, "a width", rectOf(p, `within("w")`).Width, 50)
	want(t, "what is beside it", rectOf(p, `at("beside w")`).Width, bubbleWidth-50)
	want(t, "a width in percent", rectOf(p, `within("p")`).Width, bubbleWidth/4)
	letters := lettersOf(p, `at("h")`).Width
	want(t, "the width of a box with a height", rectOf(p, `within("h")`).Width, letters)
	want(t, "a height", rectOf(p, `within("h")`).Height, 30)
	want(t, "a greatest width", rectOf(p, `within("m")`).Width, 40)
	want(t, "what is beside it", rectOf(p, `at("beside m")`).Width, bubbleWidth-40)
	want(t, "a height in a vertical box", rectOf(p, `within("v")`).Height, 30)
	want(t, "a width in a vertical box", rectOf(p, `within("v")`).Width, 70)
}

func TestJustifyContent(t *testing.T) {
	t.Parallel()
	const rest = bubbleWidth - 2*50
	for how, at := range map[string][2]float64{
		"flex-start":    {0, 50},
		"center":        {rest / 2, rest/2 + 50},
		"flex-end":      {rest, rest + 50},
		"space-between": {0, rest + 50},
		"space-around":  {rest / 4, rest*3/4 + 50},
		"space-evenly":  {rest / 3., rest*2/3. + 50},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			justify := `"justifyContent":"` + how + `"`
			p := preview(t, browsertest.Options{}, bubble("",
				box("horizontal", justify, empty("a", `"width":"50px"`), empty("b", `"width":"50px"`)),
				box("vertical", justify+`,"height":"260px"`, empty("c", `"height":"50px"`), empty("d", `"height":"50px"`))))
			row, column := rectOf(p, `within("a").parentElement`), rectOf(p, `within("c").parentElement`)
			want(t, "the first of a row", rectOf(p, `within("a")`).Left-row.Left, at[0])
			want(t, "the second of a row", rectOf(p, `within("b")`).Left-row.Left, at[1])
			want(t, "the first of a column", rectOf(p, `within("c")`).Top-column.Top, at[0])
			want(t, "the second of a column", rectOf(p, `within("d")`).Top-column.Top, at[1])
		})
	}
}

func TestAlignItemsAndGravity(t *testing.T) {
	t.Parallel()
	high := empty("high", `"width":"10px","height":"100px"`)
	p := preview(t, browsertest.Options{}, bubble("",
		box("horizontal", `"alignItems":"center"`, high, empty("center", `"width":"10px","height":"20px"`)),
		box("horizontal", `"alignItems":"flex-end"`, high, empty("end", `"width":"10px","height":"20px"`)),
		box("vertical", `"alignItems":"center"`, empty("column", `"width":"60px","height":"20px"`)),
		box("horizontal", "", high, text("top"), text("middle", `"gravity":"center"`), text("bottom", `"gravity":"bottom"`))))
	row := rectOf(p, `within("center").parentElement`)
	want(t, "the middle one", rectOf(p, `within("center")`).Top-row.Top, 40)
	row = rectOf(p, `within("end").parentElement`)
	want(t, "the one at the end", rectOf(p, `within("end")`).Top-row.Top, 80)
	row = rectOf(p, `within("column").parentElement`)
	want(t, "the one in a column", rectOf(p, `within("column")`).Left-row.Left, (bubbleWidth-60)/2)
	row = rectOf(p, `within("top")`)
	line := rectOf(p, `at("top").firstChild`)
	want(t, "a line at the top", line.Top, row.Top)
	want(t, "a line in the middle", rectOf(p, `at("middle").firstChild`).Top, row.Top+(100-line.Height)/2)
	want(t, "a line at the bottom", rectOf(p, `at("bottom").firstChild`).Bottom, row.Bottom)
}

func TestSpace(t *testing.T) {
	t.Parallel()
	p := preview(t, browsertest.Options{}, bubble("",
		box("vertical", `"spacing":"md"`, text("a"), text("hidden", `"position":"absolute"`), text("b"), text("c", `"margin":"xxl"`), text("d", `"margin":"none"`),
			component("separator", `"margin":"15px"`), text("e")),
		box("horizontal", `"spacing":"10px"`, text("f"), component("filler", `"flex":2`), text("g"), component("separator"), text("h"))))
	gap := func(from, to string) float64 {
		return rectOf(p, `at("`+to+`")`).Top - rectOf(p, `at("`+from+`")`).Bottom
	}
	want(t, "the spacing", gap("a", "b"), 8)
	want(t, "a margin", gap("b", "c"), 20)
	want(t, "no margin", gap("c", "d"), 0)
	separators := on[[]rect](p, `all(".sep").map(rect)`)
	want(t, "a separator's margin", separators[0].Top-rectOf(p, `at("d")`).Bottom, 15)
	want(t, "a separator's height", separators[0].Height, 1)
	want(t, "a separator's width", separators[0].Width, bubbleWidth)
	want(t, "what is after a separator", rectOf(p, `at("e")`).Top-separators[0].Bottom, 8)
	f, g, h := rectOf(p, `at("f")`), rectOf(p, `at("g")`), rectOf(p, `at("h")`)
	want(t, "a share of five", f.Width, (bubbleWidth-4*10-1)/5.)
	want(t, "what a filler leaves", g.Left-f.Right, 2*f.Width+20)
	want(t, "an upright separator's width", separators[1].Width, 1)
	want(t, "an upright separator's height", separators[1].Height, f.Height)
	want(t, "the spacing around it", h.Left-g.Right, 21)
}

func TestPadding(t *testing.T) {
	t.Parallel()
	p := preview(t, browsertest.Options{}, component("bubble", `"size":"kilo"`, `"body":`+box("vertical", `"paddingAll":"10%","paddingStart":"20px","paddingBottom":"0px"`,
		box("vertical", `"paddingAll":"10%","paddingEnd":"0px","height":"100px"`, text("a")))))
	inner, outer, a := rectOf(p, `within("a")`), rectOf(p, `within("a").parentElement`), rectOf(p, `at("a")`)
	want(t, "a body", outer.Width, bubbleWidth)
	want(t, "at the start, in pixels", inner.Left-outer.Left, 20)
	want(t, "at the end, of the parent's width", outer.Right-inner.Right, 26)
	want(t, "at the top, of the parent's width too", inner.Top-outer.Top, 26)
	want(t, "at the bottom", outer.Bottom-inner.Bottom, 0)
	width := bubbleWidth - 20. - 26
	want(t, "within, at the start", a.Left-inner.Left, width/10)
	want(t, "within, at the top", a.Top-inner.Top, width/10)
	want(t, "within, at the end", inner.Right-a.Right, 0)
	want(t, "a height holds its padding", inner.Height, 100)
}

func TestHeights(t *testing.T) {
	t.Parallel()
	p := preview(t, browsertest.Options{}, bubble("",
		box("vertical", `"height":"200px"`, empty("half", `"height":"50%"`), empty("rest", `"flex":1`)),
		box("horizontal", `"height":"200px"`, empty("part", `"width":"10px","height":"30%"`), text("beside")),
		empty("most", `"height":"90px","maxHeight":"40px"`),
		box("vertical", `"height":"10px"`, text("higher", `"size":"5xl"`)), text("next")))
	want(t, "a height in percent", rectOf(p, `within("half")`).Height, 100)
	want(t, "the rest", rectOf(p, `within("rest")`).Height, 100)
	want(t, "a height in percent of a row", rectOf(p, `within("part")`).Height, 60)
	want(t, "a greatest height", rectOf(p, `within("most")`).Height, 40)
	want(t, "what is too high", rectOf(p, `within("higher")`).Height, 10)
	want(t, "what comes after it", rectOf(p, `at("next")`).Top, rectOf(p, `within("higher")`).Bottom)
}
