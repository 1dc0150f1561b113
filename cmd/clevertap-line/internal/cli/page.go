package cli

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/sys/atomicwriter"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

// languages are those that a page can be in.
var languages = []string{"en", "ja"}

// PictureFlags are the flags of a subcommand whose page has pictures of messages: --images, --sample and --language.
type PictureFlags struct {
	images   bool
	samples  []string
	language string
}

// Add adds the flags to a command.
func (f *PictureFlags) Add(command *cobra.Command) {
	flags := command.Flags()
	flags.BoolVar(&f.images, "images", false, "let the page load images, from the https addresses in the messages")
	flags.StringArrayVar(&f.samples, "sample", nil, "`name=value` for Liquid, such as Profile.Name=Aya; may be repeated")
	flags.StringVar(&f.language, "language", languages[0], "`language` of the page's own words: "+strings.Join(languages, " or "))
	Complete(command, "language", languages...)
}

// Options are what the flags say, or the error of a value that cannot be.
func (f *PictureFlags) Options() (linepreview.Options, error) {
	if !slices.Contains(languages, f.language) {
		return linepreview.Options{}, fmt.Errorf("--language is %s", strings.Join(languages, " or "))
	}
	samples, err := Samples("sample", f.samples)
	return linepreview.Options{Images: f.images, Samples: samples, Language: f.language}, err
}

// KeepInputs refuses a file to write that is one of those to read, by whatever name: it would be lost. "-" among those to read is
// standard input, and "" none.
func KeepInputs(command *cobra.Command, output string, inputs ...string) error {
	if cmp.Or(output, StandardStream) == StandardStream {
		return nil
	}
	written, err := os.Stat(output)
	if lost := err == nil && written.Mode().IsRegular(); !lost {
		return nil // where writing fails, it says why
	}
	for _, input := range inputs {
		read, err := os.Stat(input)
		if stdin, is := command.InOrStdin().(*os.File); is && input == StandardStream {
			read, err = stdin.Stat()
		}
		if err == nil && os.SameFile(written, read) {
			return fmt.Errorf("%s is to be read, and would be lost if the output were written there: name another file",
				Printable(output))
		}
	}
	return nil
}

// WritePage writes a page to a file, replaced whole. "-" and "" are standard output.
func WritePage(command *cobra.Command, file string, page []byte, mode os.FileMode) error {
	var err error
	if cmp.Or(file, StandardStream) == StandardStream {
		err = Interruptibly(command.Context(), func() error {
			_, err := command.OutOrStdout().Write(page)
			return err
		})
	} else {
		err = atomicwriter.WriteFile(file, page, mode)
	}
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// address is what RFC 3986 lets an address be written with, which leaves nothing to escape in Markdown's < and >.
var address = regexp.MustCompile(`^https?://[A-Za-z0-9._~:/?#@!$'()*+,;=%&\[\]-]+$`)

// IsWebAddress says that a text is an http or https address that can be linked to as it is.
func IsWebAddress(text string) bool { return address.MatchString(text) }
