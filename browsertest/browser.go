// Package browsertest shows pages of the product to a real Chrome, for tests. It is a module of its own, so that what drives
// Chrome is no dependency of the product: "make test-browser" runs it.
//
// A test opens a page with [Open], as users do: from a file, in a profile of its own. What the page does that nobody asked
// for fails the test: a request, a line on the console, a dialog. Tests run beside each other; only those that use the clipboard
// wait for one another, for the machine has one.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
)

// Start starts the Chrome that is there, without a window and with an empty profile. The context is its first tab; contexts
// that chromedp makes of it are others. The function ends Chrome.
func Start(parent context.Context) (browser context.Context, stop func(), err error) {
	path, err := chrome.Find()
	if err != nil {
		return nil, nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	allocator, end := chromedp.NewExecAllocator(parent, options...)
	browser, _ = chromedp.NewContext(allocator) // ends with the allocator
	if err := chromedp.Do(browser); err != nil {
		end()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return browser, end, nil
}

// What all tests have: a Chrome, and a folder.
var (
	shared  context.Context
	scratch string
)

// Main runs the tests of a package in one Chrome, and gives the exit code. Call it in TestMain.
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "browsertest-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder that stays does no harm
	scratch = dir
	browser, stop, err := Start(context.Background())
	if err != nil {
		fmt.Fprintf(os.Stderr, "The tests need a browser: %s\n", err)
		return 1
	}
	defer stop()
	shared = browser //nolint:fatcontext // in chromedp a context is a browser
	return m.Run()
}

// patience is how long a page may be open.
const patience = time.Minute
