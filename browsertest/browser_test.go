package browsertest_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
)

// TestSeen shows that the harness sees what pages are not to do: else all tests that see nothing would say nothing.
func TestSeen(t *testing.T) {
	t.Parallel()
	const page = `<!doctype html><img src="https://cdn.example.com/a.png"><script>
		console.log("said"); alert("asked"); fetch("https://api.example.com/").catch(() => {}); setTimeout(() => none.such)</script>`
	p := browsertest.Open(t, []byte(page), browsertest.Options{Address: "https://page.example.com/"})
	seen := p.Seen()
	for _, want := range []browsertest.Request{{"https://cdn.example.com/a.png", "https://page.example.com/"}, {"https://api.example.com/", "https://page.example.com/"}} {
		if !slices.Contains(seen.Requests, want) {
			t.Errorf("the request %q was not seen: %q", want, seen.Requests)
		}
	}
	if !slices.Equal(seen.Dialogs, []string{"asked"}) {
		t.Errorf("the dialogs seen are %q", seen.Dialogs)
	}
	if !slices.Contains(seen.Console, `"said"`) || len(seen.Console) < 4 {
		t.Errorf("the console seen is %q", seen.Console)
	}
}

// copying is a page that copies what its box holds, as a page may do it: by the clipboard's API, or where there is none by the
// event of copying.
const copying = `<!doctype html><button>Copy</button><script>
	const value = "a\tb\r\nc\nd\re\u2028f\u2029\u0000g \u3042\u{1f600} ";
	document.querySelector("button").onclick = async () => {
		if (navigator.clipboard) { await navigator.clipboard.writeText(value); }
		else {
			const set = event => { event.clipboardData.setData("text/plain", value); event.preventDefault(); };
			document.addEventListener("copy", set, {once: true});
			document.execCommand("copy");
		}
		document.title = "copied";
	};</script>`

func TestClipboard(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"with the API": "", "without": browsertest.WithoutClipboardAPI} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browsertest.Open(t, []byte(copying), browsertest.Options{Clipboard: true, Before: before})
			if got := p.Clipboard(); got != "" {
				t.Errorf("the clipboard begins with %q", got)
			}
			p.Do(chromedp.Click(chromedp.CSS("button")))
			browsertest.Eval[bool](p, `new Promise(done => (function look() { document.title ? done(true) : setTimeout(look, 10) })())`)
			if got, want := p.Clipboard(), "a\tb\r\nc\nd\re\u2028f\u2029\x00g あ😀 "; got != want {
				t.Errorf("the clipboard holds %q, want %q", got, want)
			}
		})
	}
}

// TestAxe shows that axe-core is there and finds something.
func TestAxe(t *testing.T) {
	t.Parallel()
	const page = `<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1><button></button><p style="color:#ccc">pale</p></main></html>`
	p := browsertest.Open(t, []byte(page), browsertest.Options{})
	var got []string
	for _, fault := range p.Axe("none") {
		got = append(got, fault.Rule)
	}
	if want := []string{"button-name", "color-contrast"}; !slices.Equal(got, want) {
		t.Errorf("axe finds %q, want %q", got, want)
	}
	if got := p.Axe("p"); len(got) != 1 || got[0].Rule != "button-name" {
		t.Errorf("where colours are not the page's, axe finds %q", got)
	}
}
