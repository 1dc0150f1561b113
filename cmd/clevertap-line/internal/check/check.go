// Package check is the subcommand that finds what is wrong with LINE messages in files. It knows the rules of push bodies
// and how Liquid is rendered, and nothing that speaks to a network.
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
	format, failOn, stdinName string
	quiet                     bool
	samples                   []string
	options                   linebody.Options

	values map[string]any // of the samples; nil if there are none
	names  []string       // that the tags of the files use
}

// failures are what --fail-on takes.
var failures = []string{linebody.Error.String(), linebody.Warning.String()}

// New makes the subcommand.
func New() *cobra.Command {
	c := &check{}
	command := &cobra.Command{
		Use:   "check [FILE…]",
		Short: "Find what is wrong with LINE messages, before LINE does",
		Long: `Check LINE messages in JSON files by the rules of LINE's Messaging API and CleverTap's Liquid. Nothing is sent
anywhere. Without FILE, and where FILE is -, standard input is read. A FILE that is a directory stands for all files in it,
at any depth, whose names end with .line.json or .flex.json, but for hidden directories. A FILE that does not exist and has
*, ?, [ or { in it is a pattern, on every system; ** in it stands for any number of directories.

A file holds one of these, told apart by its shape; paths start at the file's root:
  an object with "to" or "messages"           a push body
  an array                                    the messages of a push body
  an object of type "bubble" or "carousel"    the contents of a Flex Message, as LINE's simulator exports it
  any other object                            one message
A message's "$schema" is for editors; it is not checked, and Terraform does not send it.

Each problem is a line on standard output: file:line:column: severity: path: message [rule]. Lines and columns count
from 1; columns are characters. Equal warnings of one file are one, with their number. --format is the form of the output:
  text      those lines
  json      a list of objects
  sarif     SARIF 2.1.0, for code scanning
  github    annotations of a pull request, as a workflow's step prints them
  gitlab    a code quality report

With --sample, the Liquid of a file is rendered with the values given, and what would be sent is checked in its place. A
property without a value is one that the user lacks. Errors of the Liquid itself come first. What the engine cannot render,
which is not CleverTap's own, is said, and checked as it is written. A sample that no tag of the files uses is told of on
standard error.

The exit code is 1 if there is an error, or with --fail-on warning a warning; else it is 0, and 2 if a file cannot be read;
the others are checked nevertheless.`,
		Example: `  clevertap-line check messages/
  clevertap-line check --sample Profile.Name=Aya --sample Profile.Points=12 welcome.line.json
  clevertap-line check --format sarif 'messages/**/*.line.json' > messages.sarif
  terraform output -raw body | clevertap-line check`,
		Args: cli.Arguments,
		RunE: func(command *cobra.Command, names []string) error {
			if err := c.check(names); err != nil {
				return err
			}
			return cli.Interruptibly(command.Context(), func() error { return c.run(command, names) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&c.format, "format", "text", "`form` of the output: "+cli.Alternatives(formatNames))
	cli.Complete(command, "format", formatNames...)
	flags.StringVar(&c.failOn, "fail-on", failures[0], "`severity` from which on the exit code is 1: "+cli.Alternatives(failures))
	cli.Complete(command, "fail-on", failures...)
	flags.BoolVar(&c.quiet, "quiet", false, "leave out warnings")
	flags.StringArrayVar(&c.samples, "sample", nil, "`name=value` for Liquid, such as Profile.Name=Aya; may be repeated")
	flags.StringVar(&c.stdinName, "stdin-filename", "", "`name` of the file that standard input is, for the output")
	flags.StringSliceVar(&c.options.Ignore, "ignore", nil,
		"leave out the warnings of a `rule`, such as liquid-raw-value; errors stay")
	cli.Complete(command, "ignore", linebody.Rules()...)
	flags.BoolVar(&c.options.Strict, "strict", false,
		"make a message type that LINE's reference of "+linebody.RulesDate+" does not have an error")
	return command
}

// check looks at the flags.
func (c *check) check(names []string) (err error) {
	switch {
	case !slices.Contains(formatNames, c.format):
		return errors.New("--format is " + cli.Alternatives(formatNames))
	case !slices.Contains(failures, c.failOn):
		return errors.New("--fail-on is " + cli.Alternatives(failures))
	case c.stdinName != "" && len(names) > 0 && !slices.Contains(names, cli.StandardStream):
		return errors.New("--stdin-filename names standard input, which is not read: add -")
	}
	for _, rule := range c.options.Ignore {
		if !slices.Contains(linebody.Rules(), rule) {
			return fmt.Errorf("--ignore: there is no rule %q", rule)
		}
	}
	c.values, err = sampleValues(c.samples)
	return err
}

func (c *check) run(command *cobra.Command, names []string) error {
	if len(names) == 0 {
		names = []string{cli.StandardStream}
	}
	files, unreadable := find(names)
	all := []finding{} // never null
	read := 0
	for _, name := range files {
		text, err := cli.ReadMessages(command, name)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		read++
		all = append(all, once(c.findings(c.shownName(name), string(text)))...)
	}
	c.unused(command.ErrOrStderr())
	warnings, shown := 0, all[:0]
	for _, found := range all {
		warning := found.Severity == linebody.Warning.String()
		if warning {
			warnings += found.Count
		}
		if !warning || !c.quiet {
			shown = append(shown, found)
		}
	}
	wrong := countErrors(shown)
	if err := formats[c.format](command.OutOrStdout(), shown); err != nil {
		return cli.Failure(fmt.Errorf("write %d problems: %w", len(shown), err))
	}
	if stderr := command.ErrOrStderr(); cli.IsTerminal(stderr) {
		fmt.Fprintf(stderr, "files: %d, errors: %d, warnings: %d\n", read, wrong, warnings)
	}
	if len(unreadable) > 0 {
		return errors.Join(unreadable...)
	}
	switch failing := c.failOn == linebody.Warning.String() && warnings > 0; {
	case wrong == 0 && failing && c.quiet:
		return cli.Failure(fmt.Errorf("--fail-on warning, and there are %d, which --quiet leaves out", warnings))
	case wrong > 0 || failing:
		return cli.ErrSaid
	}
	return nil
}

func (c *check) shownName(name string) string {
	if name == cli.StandardStream && c.stdinName != "" {
		return c.stdinName
	}
	return cli.ShownName(name)
}

func countErrors(all []finding) int {
	count := 0
	for _, found := range all {
		if found.Severity == linebody.Error.String() {
			count++
		}
	}
	return count
}
