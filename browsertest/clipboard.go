package browsertest

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// WithoutClipboardAPI is for [Options.Before]: the page finds no navigator.clipboard, as in browsers that have none.
const WithoutClipboardAPI = `Object.defineProperty(Navigator.prototype, "clipboard", {value: undefined})`

// clipboard is held by the test that uses the machine's.
var clipboard sync.Mutex

// allowClipboard lets the page, and whoever reads what it wrote, use the clipboard.
func (p *Page) allowClipboard() {
	p.testing.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission:       &browser.PermissionDescriptor{Name: name},
			Setting:          browser.PermissionSettingGranted,
			BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		}); err != nil {
			p.testing.Fatal(err)
		}
	}
	p.onClipboard(`navigator.clipboard.writeText("").then(() => "")`)
}

// Clipboard is the text on the clipboard, to the character. [Options.Clipboard] is to be set. It is read in another tab, so
// that the page needs no way to read it.
func (p *Page) Clipboard() string {
	p.testing.Helper()
	if !p.options.Clipboard {
		p.testing.Fatal("the test does not have the clipboard")
	}
	return p.onClipboard(`navigator.clipboard.readText()`)
}

// onClipboard evaluates an expression where the clipboard may be used.
func (p *Page) onClipboard(expression string) string {
	p.testing.Helper()
	file := filepath.Join(p.testing.TempDir(), "clipboard.html")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		p.testing.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(p.ctx)
	defer func() {
		closeTab()
		call(p, page.BringToFront, cdp.Empty{}) // behind another tab it would not be drawn
	}()
	other := &Page{testing: p.testing, ctx: tab}
	other.prepare()
	other.Do(chromedp.Navigate("file://" + filepath.ToSlash(file)))
	return Eval[string](other, expression)
}
