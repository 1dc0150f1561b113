package browsertest_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
)

func TestOffsets(t *testing.T) {
	t.Parallel()
	for _, direction := range []string{"ltr", "rtl"} {
		p := preview(t, browsertest.Options{}, bubble(`"direction":"`+direction+`"`,
			box("vertical", `"height":"200px","paddingAll":"30px"`,
				text("a"),
				box("vertical", `"position":"absolute","width":"50px","height":"40px","offsetTop":"10px","offsetStart":"20px"`, text("b")),
				box("vertical", `"position":"absolute","width":"50px","height":"40px","offsetBottom":"10%","offsetEnd":"10%"`, text("c")),
				box("vertical", `"position":"absolute","width":"50px","height":"40px","offsetTop":"-15px","offsetStart":"-25px"`, text("d")),
				box("vertical", `"offsetTop":"-6px","offsetStart":"12px"`, text("e")),
				text("f"))))
		around := rectOf(p, `within("a")`)
		start := func(r rect) float64 { return r.Left - around.Left }
		end := func(r rect) float64 { return around.Right - r.Right }
		if direction == "rtl" {
			start, end = end, start
		}
		a, b, c, d, e, f := rectOf(p, `at("a")`), rectOf(p, `within("b")`), rectOf(p, `within("c")`), rectOf(p, `within("d")`), rectOf(p, `within("e")`), rectOf(p, `at("f")`)
		want(t, "an absolute top", b.Top-around.Top, 10)
		want(t, "an absolute start", start(b), 20)
		want(t, "an absolute width", b.Width, 50)
		want(t, "an absolute bottom in percent", around.Bottom-c.Bottom, 20)
		want(t, "an absolute end in percent", end(c), 26)
		want(t, "a negative top", d.Top-around.Top, -15)
		want(t, "a negative start", start(d), -25)
		want(t, "a top from where it would be", e.Top-a.Bottom, -6)
		want(t, "a start from where it would be", start(e), 30+12)
		want(t, "that what follows stays", f.Top-a.Bottom, a.Height)
		if shown := on[bool](p, `(r => document.elementFromPoint(r.left + 2, r.top + 2))(rect(within("d"))) === within("d")`); shown {
			t.Error("what stands over the edge of its box is seen")
		}
	}
}

func TestMaxLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("これは長い text. ", 30)
	p := preview(t, browsertest.Options{}, bubble("",
		text("one line"),
		text(long, `"wrap":true`, `"maxLines":2`),
		box("baseline", "", text("left", `"flex":0`, `"size":"xxl"`), text(long+"!", `"wrap":true`, `"maxLines":3`), text("right", `"flex":0`)),
		text(long+"?", `"wrap":true`, `"maxLines":2`, `"lineSpacing":"10px"`),
		text(long+".", `"maxLines":2`), // LINE counts lines where it wraps
		text(long+":", `"wrap":true`)))
	line := rectOf(p, `at("one line")`).Height
	height := func(end string) float64 {
		return rectOf(p, `all("p").find(e => e.textContent.endsWith(" `+end+`"))`).Height
	}
	want(t, "two lines", height(""), 2*line)
	want(t, "three lines beside others", height("!"), 3*line)
	want(t, "two lines with space", height("?"), 2*(line+10))
	want(t, "what does not wrap", height("."), line)
	if all := height(":"); all < 10*line {
		t.Errorf("a text without end has the height %v", all)
	}
	left, right := baseline(p, `at("left").firstChild`), baseline(p, `at("right").firstChild`)
	want(t, "the baseline of what is small", right, left)
	want(t, "the baseline of the first of three lines", baseline(p, `all("p").find(e => e.textContent.endsWith(" !"))`), left)
}

// baseline is where a line of text stands: where a box without anything in it does.
func baseline(p *browsertest.Page, element string) float64 {
	return on[float64](p, `(e => { const mark = document.createElement("span"); mark.style.display = "inline-block"; e.prepend(mark);
		const {bottom} = mark.getBoundingClientRect(); mark.remove(); return bottom })(`+element+`)`)
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string][]byte{"without images": nil, "with images": picture(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := preview(t, browsertest.Options{Image: answer}, bubble("", box("baseline", `"spacing":"sm"`,
				component("icon", `"url":"https://cdn.example.com/a.png"`, `"size":"sm"`),
				component("icon", `"url":"https://cdn.example.com/b.png"`, `"size":"3xl"`, `"aspectRatio":"2:1"`),
				text("a", `"size":"xxl"`), text("b", `"size":"xs"`, `"gravity":"bottom"`))))
			if requests := p.Seen().Requests; len(requests) != 2*min(len(answer), 1) {
				t.Errorf("the requests are %q", requests)
			}
			at := baseline(p, `at("a").firstChild`)
			want(t, "the baseline of what is small", baseline(p, `at("b").firstChild`), at)
			icons := on[[]rect](p, `[...within("a").children].slice(0, 2).map(rect)`)
			want(t, "an icon's bottom", icons[0].Bottom, at)
			want(t, "an icon's height", icons[0].Height, 14)
			want(t, "an icon's width", icons[0].Width, 14)
			want(t, "a wide icon's bottom", icons[1].Bottom, at)
			want(t, "a wide icon's height", icons[1].Height, 35)
			want(t, "a wide icon's width", icons[1].Width, 70)
			want(t, "the space between", icons[1].Left-icons[0].Right, 4)
			want(t, "the share of a text", rectOf(p, `at("a")`).Width, (bubbleWidth-14-70-3*4)/2.)
		})
	}
}

func TestImages(t *testing.T) {
	t.Parallel()
	const of = `"url":"https://cdn.example.com/a.png"`
	for name, answer := range map[string][]byte{"without images": nil, "with images": picture(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := preview(t, browsertest.Options{Image: answer, Height: 4000},
				component("bubble", `"size":"kilo"`, `"hero":`+component("image", of, `"size":"full"`, `"aspectRatio":"20:13"`, `"aspectMode":"cover"`),
					`"body":`+box("vertical", `"paddingAll":"none"`,
						component("image", of),
						component("image", of, `"size":"sm"`, `"align":"end"`, `"aspectRatio":"1:3"`),
						component("image", of, `"size":"50%"`, `"align":"start"`, `"aspectRatio":"1.91:1"`),
						component("image", of, `"size":"30px"`),
						box("horizontal", `"height":"150px"`, component("image", of, `"size":"full"`, `"aspectRatio":"2:1"`), component("image", of, `"size":"40px"`, `"gravity":"bottom"`)),
						component("image", of, `"size":"1000px"`, `"aspectRatio":"4:1"`))))
			p.Seen()
			frames := on[[]rect](p, `all(".frame").map(rect)`)
			parents := on[[]rect](p, `all(".frame").map(e => rect(e.parentElement))`)
			for i, size := range [][2]float64{{260, 169}, {100, 100}, {80, 240}, {130, 130 / 1.91}, {30, 30}, {130, 65}, {40, 40}, {260, 65}} {
				want(t, "an image's width", frames[i].Width, size[0])
				want(t, "an image's height", frames[i].Height, size[1])
			}
			want(t, "an image in the middle", frames[1].Left-parents[1].Left, 80)
			want(t, "an image at the end", frames[2].Right, parents[2].Right)
			want(t, "an image at the start", frames[3].Left, parents[3].Left)
			want(t, "an image at the top", frames[5].Top, parents[5].Top)
			want(t, "an image at the bottom", frames[6].Bottom, parents[6].Bottom)
			for i, shown := range on[[]rect](p, `all(".frame > *").map(rect)`) {
				want(t, "the width of what is shown", shown.Width, frames[i].Width)
				want(t, "the height of what is shown", shown.Height, frames[i].Height)
			}
			if answer != nil {
				if fits := on[[]string](p, `all(".frame > *").map(e => getComputedStyle(e).objectFit)`); fits[0] != "cover" || fits[1] != "contain" {
					t.Errorf("the images fit by %q", fits)
				}
			}
		})
	}
}

func TestOtherRatios(t *testing.T) {
	t.Parallel()
	p := preview(t, browsertest.Options{Height: 4000},
		`{"type":"imagemap","baseUrl":"https://cdn.example.com/m","altText":"m","baseSize":{"width":1040,"height":520},"actions":[
			{"type":"message","label":"a","text":"a","area":{"x":260,"y":130,"width":520,"height":260}}]}`,
		`{"type":"template","altText":"b","template":{"type":"buttons","thumbnailImageUrl":"https://cdn.example.com/b.png","text":"b","actions":[]}}`,
		`{"type":"template","altText":"c","template":{"type":"image_carousel","columns":[{"imageUrl":"https://cdn.example.com/c.png","action":{"type":"message","label":"c","text":"c"}}]}}`,
		component("bubble", `"size":"kilo"`, `"hero":`+component("video", `"previewUrl":"https://cdn.example.com/v.png"`, `"aspectRatio":"16:9"`)))
	imagemap, area := rectOf(p, `one(".imagemap")`), rectOf(p, `one(".area")`)
	want(t, "an imagemap's ratio", imagemap.Height, imagemap.Width/2)
	want(t, "an area's left", area.Left-imagemap.Left, imagemap.Width/4)
	want(t, "an area's top", area.Top-imagemap.Top, imagemap.Height/4)
	want(t, "an area's width", area.Width, imagemap.Width/2)
	want(t, "an area's height", area.Height, imagemap.Height/2)
	thumb, tile, video := rectOf(p, `one(".thumb")`), rectOf(p, `one(".tile")`), rectOf(p, `one(".video")`)
	want(t, "a button template's image", thumb.Height, thumb.Width/1.51)
	want(t, "an image of a carousel", tile.Height, tile.Width)
	want(t, "a video's width", video.Width, bubbleWidth)
	want(t, "a video's height", video.Height, bubbleWidth*9/16.)
	play, host := rectOf(p, `one(".play")`), on[rect](p, `(r => { r.selectNodeContents(one(".video .ph")); return rect(r) })(document.createRange())`)
	want(t, "the sign to play, from the left", play.Left-video.Left, (video.Width-play.Width)/2)
	if host.Top < play.Bottom {
		t.Errorf("the sign to play, down to %v, covers the host at %v", play.Bottom, host.Top)
	}
}

func TestCarousel(t *testing.T) {
	t.Parallel()
	footer := `"footer":` + box("vertical", "", text("f"))
	p := preview(t, browsertest.Options{}, component("carousel", `"contents":[`+strings.Join([]string{
		bubble(footer, text("a")), bubble(footer, text("b", `"size":"5xl"`), text("c", `"size":"5xl"`)), bubble("", text("d"))}, ",")+`]`))
	bubbles, footers := on[[]rect](p, `all(".slide > .bubble").map(rect)`), on[[]rect](p, `all(".bubble > .block:not(.grow)").map(rect)`)
	if len(bubbles) != 3 || len(footers) != 2 {
		t.Fatalf("there are %d bubbles, %d footers", len(bubbles), len(footers))
	}
	want(t, "the height of the second", bubbles[1].Height, bubbles[0].Height)
	want(t, "the height of the third", bubbles[2].Height, bubbles[0].Height)
	want(t, "the width of each", bubbles[0].Width, bubbleWidth)
	want(t, "the top of each", bubbles[2].Top, bubbles[0].Top)
	want(t, "where the second begins", bubbles[1].Left-bubbles[0].Right, 8)
	want(t, "a footer at the bottom", footers[0].Bottom, bubbles[0].Bottom)
	want(t, "a footer like the others", footers[0].Top, footers[1].Top)
	want(t, "a body up to the footer", rectOf(p, `within("a")`).Bottom, footers[0].Top)
}

func TestLooks(t *testing.T) {
	t.Parallel()
	const looks = `"background":{"type":"linearGradient","angle":"23.5deg","startColor":"#ff0000","centerColor":"#00ff0080","endColor":"#0000ff","centerPosition":"10%"}`
	for _, dark := range []bool{false, true} {
		p := preview(t, browsertest.Options{Dark: dark}, bubble(`"direction":"rtl"`,
			box("vertical", looks+`,"borderWidth":"2px","borderColor":"#112233","cornerRadius":"md"`, text("a", `"weight":"bold"`, `"color":"#445566"`, `"size":"19px"`, `"align":"end"`)),
			component("button", `"style":"primary"`, `"color":"#abcdef"`, `"action":{"type":"message","label":"b","text":"b"}`)))
		style := func(of, property string) string {
			return on[string](p, `getComputedStyle(`+of+`)["`+property+`"]`)
		}
		chat := map[bool]string{false: "rgb(132, 158, 191)", true: "rgb(29, 39, 51)"}[dark]
		for _, test := range [][3]string{
			{`document.querySelector(".phone")`, "backgroundColor", chat},
			{`one(".bubble")`, "backgroundColor", "rgb(255, 255, 255)"},
			{`one(".bubble")`, "direction", "rtl"},
			{`one(".bubble")`, "color", "rgb(0, 0, 0)"},
			{`within("a")`, "backgroundImage", "linear-gradient(23.5deg, rgb(255, 0, 0), rgba(0, 255, 0, 0.5) 10%, rgb(0, 0, 255))"},
			{`within("a")`, "borderLeft", "2px solid rgb(17, 34, 51)"},
			{`within("a")`, "borderRadius", "8px"},
			{`at("a").firstChild`, "fontWeight", "700"},
			{`at("a").firstChild`, "color", "rgb(68, 85, 102)"},
			{`at("a").firstChild`, "fontSize", "19px"},
			{`at("a").firstChild`, "textAlign", "end"},
			{`one(".button")`, "backgroundColor", "rgb(171, 205, 239)"},
			{`one(".button")`, "height", "52px"},
		} {
			if got := style(test[0], test[1]); got != test[2] {
				t.Errorf("dark %v: the %s of %s is %s, want %s", dark, test[1], test[0], got, test[2])
			}
		}
		letters := lettersOf(p, `at("a")`)
		want(t, "where a text ends, from right to left", letters.Left, rectOf(p, `at("a")`).Left)
	}
}

// TestNothingSpreads shows that what is wide does not make the chat wide.
func TestNothingSpreads(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("w", 500)
	p := preview(t, browsertest.Options{Width: 375}, bubble("",
		text(wide), text(wide, `"wrap":true`), box("horizontal", "", text(wide), text("beside")),
		component("button", `"action":{"type":"message","label":"`+wide[:60]+`","text":"b"}`),
		empty("e", `"width":"10000px"`), text("z", `"size":"5000px"`)),
		component("bubble", `"size":"giga"`, `"body":`+box("vertical", "", text(wide))),
		`{"type":"text","text":"`+wide+`"}`)
	if got := on[float64](p, `document.documentElement.scrollWidth`); got != 375 {
		t.Errorf("the page is %v wide", got)
	}
	want(t, "a bubble", on[[]rect](p, `all(".bubble").map(rect)`)[0].Width, bubbleWidth)
	want(t, "what is beside a long text", rectOf(p, `at("beside")`).Width, bubbleWidth/2)
}
