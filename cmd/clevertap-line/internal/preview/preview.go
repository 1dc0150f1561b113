// Package preview is the subcommand that shows people what LINE messages in files look like. It knows how messages are
// drawn, and nothing that speaks to a network.
package preview

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// preview is the subcommand with its flags.
type preview struct {
	output, picture string
	open            bool
	pictures        cli.PictureFlags
}

// New makes the subcommand.
func New() *cobra.Command {
	p := &preview{}
	command := &cobra.Command{
		Use:   "preview [FILE…]",
		Short: "Show what LINE messages look like, on one HTML page",
		Long: `Draw LINE messages as a page of HTML that looks like LINE's chat: an approximation, since devices differ. Nothing is
sent anywhere, and the page loads nothing unless --images allows it. It is one file, without scripts. Without FILE, and
where FILE is -, standard input is read.

A file holds one of these, told apart by its shape:
  an object with "to" or "messages"           a push body, or a document of a template store
  an array                                    the messages of a push body
  an object of type "bubble" or "carousel"    the contents of a Flex Message, as LINE's simulator exports it
  an object of kind "line-linked-messages"    a document of a publish store
  any other object                            one message

Where messages have Liquid, there are two pictures: with the values of --sample, else the defaults of the tags; and as a
profile without properties gets them, if that differs. What is not known is shown as its tag. What cannot be drawn, or is not JSON, is
said on the page; clevertap-line check finds what LINE would refuse.

--png needs Chrome or Chromium: the one that ` + chrome.Env + ` names, else the first in PATH.`,
		Example: `  clevertap-line preview --open messages/*.line.json
  clevertap-line preview --sample Profile.Name=Aya -o welcome.html welcome.line.json
  terraform output -raw body | clevertap-line preview --png body.png`,
		Args: cli.Arguments,
		RunE: func(command *cobra.Command, names []string) error { return p.run(command, names) },
	}
	flags := command.Flags()
	flags.StringVarP(&p.output, "output", "o", "",
		"`file` to write, replaced whole; - is standard output, where the page goes if nothing else is asked for")
	flags.BoolVar(&p.open, "open", false, "open the page in a browser; without --output it is a temporary file")
	flags.StringVar(&p.picture, "png", "", "`file` for a picture of the page, taken by Chrome")
	p.pictures.Add(command)
	return command
}

func (p *preview) run(command *cobra.Command, names []string) error {
	options, err := p.pictures.Options()
	if err != nil {
		return err
	}
	if p.open && p.output == cli.StandardStream {
		return errors.New("--open wants a file; leave --output - out")
	}
	if len(names) == 0 {
		names = []string{cli.StandardStream}
	}
	for _, output := range []string{p.output, p.picture} {
		if err := cli.KeepInputs(command, output, names...); err != nil {
			return err
		}
	}
	var sets []linepreview.Set
	err = cli.Interruptibly(command.Context(), func() (err error) {
		sets, err = read(command, names)
		return err
	})
	if err != nil {
		return err
	}
	title := "LINE messages"
	if len(sets) == 1 {
		title, sets[0].Title = sets[0].Title, ""
	}
	return cli.Failure(p.write(command, linepreview.Page(title, sets, options)))
}

// read reads every file, each once.
func read(command *cobra.Command, names []string) ([]linepreview.Set, error) {
	var sets []linepreview.Set
	var unreadable []error
	var seen []string
	for _, name := range names {
		if slices.Contains(seen, name) {
			continue
		}
		seen = append(seen, name)
		text, err := cli.ReadMessages(command, name)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		sets = append(sets, linepreview.Set{Title: cli.ShownName(name), Text: messages(string(text))})
	}
	return sets, errors.Join(unreadable...)
}

// messages are those in a text; those of a document of a publish store are put together from its parts.
func messages(text string) string {
	var document struct {
		Kind  templatestore.Kind `json:"kind"`
		Parts []string           `json:"parts"`
		Tags  []string           `json:"tags"`
	}
	if json.Unmarshal([]byte(text), &document) != nil || document.Kind != templatestore.LinkedMessages ||
		len(document.Parts) != len(document.Tags)+1 {
		return text
	}
	var whole strings.Builder
	for i, tag := range document.Tags {
		whole.WriteString(document.Parts[i])
		whole.WriteString(tag)
	}
	whole.WriteString(document.Parts[len(document.Tags)])
	return whole.String()
}

// write puts the page where it was asked for.
func (p *preview) write(command *cobra.Command, page []byte) error {
	if p.output != "" || !p.open && p.picture == "" {
		if err := cli.WritePage(command, p.output, page, 0o644); err != nil {
			return err
		}
	}
	if p.picture != "" {
		if err := takePicture(command, page, p.picture); err != nil {
			return fmt.Errorf("take a picture: %w", err)
		}
	}
	if p.open {
		return p.show(command, page)
	}
	return nil
}

// show opens the page in a browser. Nobody knows when the browser has read a temporary file, so that it stays.
func (p *preview) show(command *cobra.Command, page []byte) error {
	file := p.output
	if file == "" {
		temporary, err := os.CreateTemp("", "clevertap-line-preview-*.html")
		if err != nil {
			return err
		}
		_, err = temporary.Write(page)
		if err = errors.Join(err, temporary.Close()); err != nil {
			return err
		}
		file = temporary.Name()
	}
	if err := openFile(command.Context(), file); err != nil {
		return fmt.Errorf("the page is in %s, and no browser can be started: %w", file, err)
	}
	fmt.Fprintf(command.ErrOrStderr(), "The page is in %s.\n", file)
	return nil
}
