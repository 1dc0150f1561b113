package browsertest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// command is clevertap-line as it is now.
var command = sync.OnceValues(func() (string, error) {
	file, err := filepath.Abs("../.bin/clevertap-line") // which git ignores
	if err != nil {
		return "", err
	}
	build := exec.CommandContext(context.Background(), "go", "build", "-o", file, "./cmd/clevertap-line")
	build.Dir = ".."
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return file, nil
})

// feared is a value that is lost, or does harm, where it is read as anything but a value.
const feared = "a\tb\r\nc\nd\re\u2028f\u2029\x00g</script><img src=x onerror=alert(1)>&amp;'\"`${1}\\u0041 あ😀 "

// bodyOf is a body with one text.
func bodyOf(t *testing.T, text string) (content templatestore.LineCampaignBody) {
	t.Helper()
	message, err := json.Marshal(map[string]string{"type": "text", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	content.Messages = []json.RawMessage{message}
	made, err := contenthash.LineCampaignBody("welcome", content, linebody.ParseMessages(string(message)))
	if err != nil {
		t.Fatal(err)
	}
	content.Body, content.ContentSHA256 = made.Text, made.ContentSHA256
	return content
}

// handoff is a page of what is in a store: a template that is entered with other headers, and a body that is not.
func handoff(t *testing.T, text string, arguments ...string) []byte {
	t.Helper()
	program, err := command()
	if err != nil {
		t.Fatal(err)
	}
	store := t.TempDir()
	write := func(name string, document map[string]any) {
		t.Helper()
		encoded, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(store, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, encoded, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	document := func(kind, name string, content any) {
		t.Helper()
		write(filepath.Join("default", kind, name+".json"), map[string]any{"schema_version": 1, "kind": kind, "name": name, "write_id": "1", "content": content})
	}
	template := func(value string) (content templatestore.WebhookTemplate) {
		t.Helper()
		content = templatestore.WebhookTemplate{
			HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push", Headers: map[string]string{"X-A": value},
			SecretHeaders: []string{"Authorization"},
		}
		if content.ContentSHA256, err = contenthash.WebhookTemplate("push", content); err != nil {
			t.Fatal(err)
		}
		return content
	}
	write("clevertap-template-store.json", map[string]any{"schema_version": 1, "id": "7f1f6a0e-3c43-4f55-9bb0-2f3b5f8b2f10"})
	document("webhook-templates", "push", template(feared))
	entered := template("old")
	document("receipts/webhook-templates", "push", map[string]any{
		"content_sha256": entered.ContentSHA256, "by": "ann", "at": "2026-03-01T03:00:00Z", "entered_content": entered,
	})
	document("line-campaign-bodies", "welcome", bodyOf(t, text))
	made := exec.CommandContext(t.Context(), program, append([]string{"handoff", "--account", "default", store}, arguments...)...)
	page, err := made.Output()
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// copied clicks the button that says it copies something, and gives what is on the clipboard.
func copied(p *browsertest.Page, label string) string {
	browsertest.Eval[bool](p, `(document.getElementById("status").textContent = "") === ""`) // what was copied before
	p.Do(chromedp.Click(`button[data-label="` + label + `"]`))
	browsertest.Eval[bool](p, `new Promise(done => { const look = () => status.textContent ? done(true) : setTimeout(look, 20);
		const status = document.getElementById("status"); setTimeout(look, 60); })`)
	return p.Clipboard()
}

func TestHandoffCopies(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"with the API": "", "without": browsertest.WithoutClipboardAPI} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browsertest.Open(t, handoff(t, feared), browsertest.Options{Clipboard: true, Before: before})
			for label, want := range map[string]string{"Header X-A": feared, "Custom body": bodyOf(t, feared).Body, "Header Authorization (name)": "Authorization", "Name": "push"} {
				if got := copied(p, label); got != want {
					t.Errorf("%s copies %q, not %q", label, got, want)
				}
				if said := browsertest.Eval[string](p, `document.getElementById("status").textContent`); said != "Copied: "+label {
					t.Errorf("the page says %q", said)
				}
			}
			if got := copied(p, "the commands"); !strings.HasSuffix(got, "/webhook-templates/push") && !strings.Contains(got, "\nclevertap-line entered --account default --sha256 ") {
				t.Errorf("the commands are %q", got)
			}
		})
	}
}

// TestHandoffTicks goes through a page by keyboard, and finds it again as it was left; but not a page of something else.
func TestHandoffTicks(t *testing.T) {
	t.Parallel()
	const checked = `[...document.querySelectorAll("input")].map(box => box.checked ? "x" : "-").join("")`
	const progress = `[...document.querySelectorAll(".progress")].map(part => part.textContent)`
	page := handoff(t, "one")
	p := browsertest.Open(t, page, browsertest.Options{})
	first := browsertest.Eval[string](p, checked)
	if strings.Contains(first, "x") || len(first) < 10 {
		t.Fatalf("the page begins with %s", first)
	}
	p.Do(chromedp.KeyEvent(kb.Tab))
	if focused := browsertest.Eval[string](p, `document.activeElement.getAttribute("aria-label")`); focused != "Done: Open" {
		t.Errorf("the first key leads to %q", focused)
	}
	p.Do(chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	want := "x" + first[1:]
	said := []string{fmt.Sprintf("1 of %d steps done", len(first)), "1 of 3 steps", fmt.Sprintf("0 of %d steps", len(first)-3)}
	for range 2 {
		if got, gotSaid := browsertest.Eval[string](p, checked), browsertest.Eval[[]string](p, progress); got != want || !slices.Equal(gotSaid, said) {
			t.Errorf("the page has %s and says %q, not %s and %q", got, gotSaid, want, said)
		}
		p.Do(chromedp.Reload())
	}
	if warned := browsertest.Eval[bool](p, `!document.getElementById("not-kept").hidden`); warned {
		t.Error("the page says that it keeps nothing")
	}
	kept := browsertest.Eval[[]string](p, `Object.keys(localStorage)`)
	if len(kept) != 1 || !strings.HasPrefix(kept[0], "clevertap-line handoff [") {
		t.Errorf("the browser keeps %q", kept)
	}
	// Another content of the body, in the same browser: the template is as it was left.
	p.Do(chromedp.Click(`[data-item="1"] input`), chromedp.Reload())
	if got := browsertest.Eval[string](p, checked); strings.Count(got, "x") != 2 {
		t.Fatalf("the page has %s", got)
	}
	browsertest.Eval[bool](p, fmt.Sprintf(`(() => { document.open(); document.write(%s); document.close(); return true; })()`, quotedScript(handoff(t, "two"))))
	if got := browsertest.Eval[string](p, checked); got != want {
		t.Errorf("with another content the page has %s, not %s", got, want)
	}
}

func quotedScript(page []byte) string {
	quoted, _ := json.Marshal(string(page)) // texts always can be
	return string(quoted)
}

// TestHandoffWithoutStorage has a browser that keeps nothing.
func TestHandoffWithoutStorage(t *testing.T) {
	t.Parallel()
	const without = `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("refused", "SecurityError"); }})`
	p := browsertest.Open(t, handoff(t, "one"), browsertest.Options{Before: without})
	const hidden = `document.getElementById("not-kept").hidden`
	if browsertest.Eval[bool](p, hidden) {
		t.Error("the page does not say that it keeps nothing")
	}
	p.Do(chromedp.Click(`[data-item="0"] input`))
	if said := browsertest.Eval[string](p, `document.querySelector("[data-of]").textContent`); said != "1 of 3 steps" {
		t.Errorf("the page says %q", said)
	}
	if browsertest.Eval[bool](p, hidden) {
		t.Error("the page says that it keeps something")
	}
}

func TestHandoffAccessible(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "ja"} {
		for _, dark := range []bool{false, true} {
			for _, width := range []int64{360, 1000} {
				p := browsertest.Open(t, handoff(t, "one", "--language", language, "--entered-url", "https://ci.example.com/"), browsertest.Options{Dark: dark, Width: width})
				if faults := p.Axe(".bubble"); len(faults) > 0 {
					t.Errorf("%s, dark %t, %d wide: %+v", language, dark, width, faults)
				}
				if wide := browsertest.Eval[int64](p, `document.documentElement.scrollWidth`); wide > width {
					t.Errorf("%s, %d wide: the page is %d wide", language, width, wide)
				}
			}
		}
	}
}
