// Package check is the subcommand that finds what is wrong with LINE messages in files. It knows the rules of push bodies,
// and nothing that speaks to a network.
package check

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// check is the subcommand with its flags.
type check struct {
	format  string
	options linebody.Options
}

// New makes the subcommand.
func New() *cobra.Command {
	c := &check{}
	command := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Find what is wrong with LINE messages, before LINE does",
		Long: `Check LINE messages in JSON files by the rules of LINE's Messaging API and CleverTap's Liquid. Nothing is sent
anywhere. Without FILE, and where FILE is -, standard input is read.

A file holds one of these, told apart by its shape; paths start at the file's root:
  an object with "to" or "messages"           a push body
  an array                                    the messages of a push body
  an object of type "bubble" or "carousel"    the contents of a Flex Message, as LINE's simulator exports it
  any other object                            one message

Each problem is a line on standard output: file:line:column: severity: path: message [rule]. Lines and columns count
from 1; columns are characters.

The exit code is 1 if there is an error, 0 if there are only warnings or nothing, and 2 if a file cannot be read; the
others are checked nevertheless.`,
		Example: `  clevertap-line check messages/*.line.json
  clevertap-line check --format sarif messages/*.line.json > messages.sarif
  terraform output -raw body | clevertap-line check`,
		Args: cli.Arguments,
		RunE: func(command *cobra.Command, names []string) error {
			if _, known := formats[c.format]; !known {
				return errors.New("--format is text, json or sarif")
			}
			return cli.Interruptibly(command.Context(), func() error { return c.run(command, names) })
		},
	}
	command.Flags().StringVar(&c.format, "format", "text", "`form` of the output: text, json or sarif")
	cli.Complete(command, "format", "text", "json", "sarif")
	command.Flags().StringSliceVar(&c.options.Ignore, "ignore", nil,
		"leave out the warnings of a `rule`, such as liquid-raw-value; errors stay")
	command.Flags().BoolVar(&c.options.Strict, "strict", false,
		"make a message type that LINE's reference of "+linebody.RulesDate+" does not have an error")
	return command
}

func (c *check) run(command *cobra.Command, names []string) error {
	if len(names) == 0 {
		names = []string{cli.StandardStream}
	}
	all := []finding{} // never null
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
		all = append(all, findings(cli.ShownName(name), text, c.options)...)
	}
	if err := formats[c.format](command.OutOrStdout(), all); err != nil {
		return cli.Failure(fmt.Errorf("write %d problems: %w", len(all), err))
	}
	wrong := 0
	for _, found := range all {
		if found.Severity == linebody.Error.String() {
			wrong++
		}
	}
	if stderr := command.ErrOrStderr(); cli.IsTerminal(stderr) {
		fmt.Fprintf(stderr, "files: %d, errors: %d, warnings: %d\n", len(seen)-len(unreadable), wrong, len(all)-wrong)
	}
	if len(unreadable) > 0 {
		return errors.Join(unreadable...)
	}
	if wrong > 0 {
		return cli.ErrSaid
	}
	return nil
}
