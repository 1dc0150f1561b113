package pipelines_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// guide gives the commands of the guide, block by block.
func guide(t *testing.T) (blocks []string) {
	t.Helper()
	for _, found := range shellBlock.FindAllStringSubmatch(acctest.ReadFile(t, "../../../templates/guides/pull-request-to-phone.md"), -1) {
		blocks = append(blocks, found[1])
	}
	return blocks
}

// The commands of the guide, in its order. The first two make the repository of each test.
func TestAccGuide(t *testing.T) {
	t.Parallel()
	w := newWorld(t, forgetest.NewGitHub())
	blocks := guide(t)
	if len(blocks) != 6 {
		t.Fatalf("the guide has %d blocks of commands", len(blocks))
	}
	w.here(blocks[2])
	if page := acctest.ReadFile(t, w.repository+"/preview.html"); !strings.Contains(page, "free coffee") {
		t.Error("the preview does not show the message")
	}

	// What was merged is rolled back.
	github{w}.apply().want(true, "", "handoff.html", "report.html")
	w.edit(welcome, "free coffee", "free cake")
	w.here("git commit --quiet --all --message 'Cake'")
	w.push()
	github{w}.apply().want(true, "", "handoff.html", "report.html")
	if served := w.published(); !strings.Contains(served, "free cake") {
		t.Fatalf("%s is published", served)
	}
	w.here(blocks[3])
	w.push()
	github{w}.apply().want(true, "", "handoff.html", "report.html")
	if served := w.published(); !strings.Contains(served, "free coffee") {
		t.Fatalf("%s is published", served)
	}

	var settings []string
	for name, value := range w.variables("production-plan") {
		settings = append(settings, name+"="+value)
	}
	if looked := w.here(blocks[4], settings...); !strings.Contains(looked, "not entered") || !strings.Contains(looked, "welcome") {
		t.Errorf("what is left to enter is not shown:\n%s", looked)
	}
	w.here("set +e\n"+strings.TrimSpace(blocks[5])+"\n[ $? -eq 2 ] # nothing was entered", settings...)
	w.secretsAreNowhere()
}
