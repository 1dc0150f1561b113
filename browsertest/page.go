package browsertest

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Options are how a page is opened.
type Options struct {
	// Address is an https address that the page is to have, such as https://page.example.com/. Without it, it is a file.
	Address string
	// Image answers all requests for images. Without it they are refused, as all other requests are.
	Image []byte
	// Dark is what the user prefers.
	Dark bool
	// Width and Height are the window's. Without them it is 820 by 2000 pixels.
	Width, Height int64
	// Clipboard lets the page have the machine's clipboard, which is emptied, until the test ends.
	Clipboard bool
	// Before is a script that runs before the page's own.
	Before string
}

// Page is a page in a tab.
type Page struct {
	testing testing.TB
	ctx     context.Context //nolint:containedctx // in chromedp a context is a tab
	options Options
	address string
	source  []byte

	mu   sync.Mutex
	seen Seen
}

// Request is one that a page made.
type Request struct{ URL, Referer string }

// Seen is what a page did.
type Seen struct {
	Requests []Request // other than for itself and its icon, those refused included
	Console  []string  // with what the browser says: of exceptions, and of the Content-Security-Policy
	Dialogs  []string
}

// Open opens a page and waits until it is loaded. When the test ends, what [Page.Seen] has then fails it.
func Open(t testing.TB, source []byte, options Options) *Page {
	t.Helper()
	p := &Page{testing: t, options: options, address: options.Address, source: source}
	if p.address == "" {
		file := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(file, source, 0o600); err != nil {
			t.Fatal(err)
		}
		p.address = (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(file), "/")}).String()
	}
	if options.Clipboard {
		clipboard.Lock()
		t.Cleanup(clipboard.Unlock)
	}
	timed, cancel := context.WithTimeout(shared, patience)
	t.Cleanup(cancel)
	tab, closeTab := chromedp.NewContext(timed, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	p.ctx = tab
	if err := chromedp.Listen(tab, p.hear); err != nil {
		t.Fatal(err)
	}
	call(p, fetch.Enable, fetch.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	p.prepare()
	if options.Clipboard {
		p.allowClipboard()
	}
	if options.Before != "" {
		call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: options.Before})
	}
	p.Do(chromedp.Navigate(p.address))
	t.Cleanup(func() {
		if seen := p.Seen(); len(seen.Requests)+len(seen.Console)+len(seen.Dialogs) > 0 {
			t.Errorf("what the page did besides: %.2000q", seen)
		}
	})
	return p
}

// prepare sets the window and what the user prefers.
func (p *Page) prepare() {
	p.testing.Helper()
	width, height, scheme := cmp.Or(p.options.Width, 820), cmp.Or(p.options.Height, 2000), "light"
	if p.options.Dark {
		scheme = "dark"
	}
	p.Do(chromedp.EmulateViewport(width, height))
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// call has Chrome carry out a command of its protocol on the page.
func call[P, R any](p *Page, command cdp.Command[P, R], params P) {
	p.testing.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.testing.Fatal(err)
	}
}

// Do has Chrome do something on the page: whatever chromedp has actions for. Name elements as chromedp.CSS; a plain string
// finds texts, too.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.testing.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.testing.Fatal(err)
	}
}

// Eval is the value of an expression on a page; of a promise what it comes to.
func Eval[T any](p *Page, expression string) T {
	p.testing.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.testing.Fatalf("%s: %s", expression[max(0, len(expression)-300):], err)
	}
	return value
}

// Seen is what the page did since it was opened, or since the last time that this was asked.
func (p *Page) Seen() Seen {
	p.testing.Helper()
	Eval[bool](p, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true), 50)))`)
	p.mu.Lock()
	defer p.mu.Unlock()
	seen := p.seen
	p.seen = Seen{}
	return seen
}

// hear takes note of what happens on the page.
func (p *Page) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch event := event.(type) {
	case *fetch.EventRequestPaused:
		if event.Request.URL != p.address && event.Request.URL != p.options.Address+"favicon.ico" {
			referer, _ := event.Request.Headers["Referer"].(string)
			p.seen.Requests = append(p.seen.Requests, Request{event.Request.URL, referer})
		}
		go p.serve(event) // Chrome answers no command while it is heard
	case *page.EventJavascriptDialogOpening:
		p.seen.Dialogs = append(p.seen.Dialogs, event.Message)
		go answer(p, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
	case *runtime.EventConsoleAPICalled:
		for _, value := range event.Args {
			p.seen.Console = append(p.seen.Console, string(value.Value))
		}
	case *runtime.EventExceptionThrown:
		said := event.ExceptionDetails.Text
		if thrown := event.ExceptionDetails.Exception; thrown != nil {
			said += " " + thrown.Description
		}
		p.seen.Console = append(p.seen.Console, said)
	case *log.EventEntryAdded:
		p.seen.Console = append(p.seen.Console, event.Entry.Text)
	}
}

// serve is what the network says. There is none but what the test has.
func (p *Page) serve(asked *fetch.EventRequestPaused) {
	switch {
	case asked.Request.URL == p.address && p.options.Address == "":
		answer(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: asked.RequestID})
	case asked.Request.URL == p.address:
		p.fulfill(asked, "text/html", p.source)
	case asked.ResourceType == network.ResourceTypeImage && p.options.Image != nil:
		p.fulfill(asked, "image/png", p.options.Image)
	default:
		answer(p, fetch.FailRequest, fetch.FailRequestParams{RequestID: asked.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
	}
}

func (p *Page) fulfill(asked *fetch.EventRequestPaused, kind string, body []byte) {
	answer(p, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID:       asked.RequestID,
		ResponseCode:    200,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: kind}},
		Body:            body,
	})
}

// answer answers something that was heard. It fails when the tab is closed, and then nobody waits for it.
func answer[P, R any](p *Page, command cdp.Command[P, R], params P) {
	_, _ = chromedp.Call(p.ctx, command, params)
}
