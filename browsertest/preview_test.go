package browsertest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

// samples are the messages that the documentation shows, and those of the packages' own tests.
func samples(t *testing.T) []linepreview.Set {
	t.Helper()
	var sets []linepreview.Set
	for _, pattern := range []string{"../examples/messages/*.json", "../internal/linebody/testdata/samples/*.json", "../internal/linepreview/testdata/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no samples, %v", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sets = append(sets, linepreview.Set{Title: filepath.Base(file), Text: string(text)})
		}
	}
	return sets
}

// TestAccessible has axe-core look at all samples.
func TestAccessible(t *testing.T) {
	t.Parallel()
	sets := samples(t)
	for language, dark := range map[string]bool{"en": false, "ja": true} {
		page := linepreview.Page("Samples", sets, linepreview.Options{Language: language, Samples: map[string]string{"Profile.Name": "Aya"}})
		p := browsertest.Open(t, page, browsertest.Options{Dark: dark})
		browsertest.Eval[bool](p, `[...document.querySelectorAll("details")].every(e => e.open = true)`)
		for _, fault := range p.Axe(".bubble") { // where colours are the message's, or LINE's own
			t.Errorf("in %s, dark %v: %s, %s (%s) at\n%s", language, dark, fault.Rule, fault.Help, fault.Impact, strings.Join(fault.Where, "\n"))
		}
	}
}

// TestImagesAreLoaded shows what --images lets a browser load, and that nobody is told by which page.
func TestImagesAreLoaded(t *testing.T) {
	t.Parallel()
	page := linepreview.Page("Samples", samples(t), linepreview.Options{Images: true})
	p := browsertest.Open(t, page, browsertest.Options{Address: "https://page.example.com/", Image: picture(t), Height: 30000})
	const look = `(async () => {
		document.querySelectorAll("details").forEach(details => details.open = true);
		for (const image of document.images) { image.scrollIntoView({inline: "center"}); await image.decode() }
		return document.images.length;
	})()`
	if count := browsertest.Eval[int](p, look); count < 30 {
		t.Errorf("there are only %d images", count)
	}
	requests := p.Seen().Requests
	for _, request := range requests {
		if !strings.HasPrefix(request.URL, "https://cdn.example.com/") || request.Referer != "" {
			t.Errorf("the page requests %q", request)
		}
	}
}
