package version

import (
	"regexp"
	"runtime/debug"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	got := clitest.Run(t, New(), "")
	if got.Code != 0 || got.Stdout != Text() ||
		!regexp.MustCompile(`^clevertap-line version \S+\n(commit .*\n)?go\S+ on [a-z0-9]+/[a-z0-9]+\n$`).MatchString(got.Stdout) {
		t.Errorf("got %+v", got)
	}
}

func TestCommit(t *testing.T) {
	t.Parallel()
	for want, settings := range map[string][]debug.BuildSetting{
		"":                               {{Key: "vcs.modified", Value: "true"}},
		"commit 0123abc\n":               {{Key: "vcs.revision", Value: "0123abc"}, {Key: "vcs.modified", Value: "false"}},
		"commit 0123abc, with changes\n": {{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "0123abc"}},
	} {
		if got := commitOf(settings); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
