package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// GitHubText is how many bytes a comment or an issue on GitHub may have.
const GitHubText = 65536

// MarkdownFlags bound the Markdown that is made for a forge.
type MarkdownFlags struct {
	// Limit is how many bytes it may have, ArtifactURL where the whole is, "" if that is not known.
	Limit       int
	ArtifactURL string

	page string
}

// Add gives a command the flags. place is what the Markdown is for, whole what it is made of, page what that is called as a file.
func (f *MarkdownFlags) Add(command *cobra.Command, place, whole, page string) {
	f.page = page
	command.Flags().IntVar(&f.Limit, "limit", GitHubText,
		fmt.Sprintf("`bytes` that the Markdown may have: GitHub takes %d in %s, GitLab 1000000", GitHubText, place))
	command.Flags().StringVar(&f.ArtifactURL, "artifact-url", "", "`URL` of "+whole+", which Markdown that is over the limit links to")
}

// Check looks at what was given, and wants nothing of it where no Markdown is made.
func (f *MarkdownFlags) Check(command *cobra.Command, isMarkdown bool) error {
	switch {
	case f.Limit < 1:
		return errors.New("--limit is a number of bytes")
	case f.ArtifactURL != "" && !IsWebAddress(f.ArtifactURL):
		return errors.New("--artifact-url is an http or https address, such as https://ci.example.com/jobs/1/" + f.page)
	}
	for _, flag := range []string{"limit", "artifact-url"} {
		if !isMarkdown && command.Flag(flag).Changed {
			return fmt.Errorf("--%s is for --format markdown", flag)
		}
	}
	return nil
}
