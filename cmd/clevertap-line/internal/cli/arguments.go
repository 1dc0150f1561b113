package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// more ends the name of an argument that comes any number of times.
const more = "…"

// Arguments wants the arguments that the command's usage line names, and names the one that is missing:
// "show STORE KIND/NAME", "check [FILE…]". Brackets are around what may be left out, and what may come more than once is
// last.
func Arguments(command *cobra.Command, args []string) error {
	names := strings.Fields(command.Use)[1:]
	for i, name := range names {
		optional := strings.HasPrefix(name, "[")
		if i >= len(args) && !optional {
			return Missing(command, name)
		}
		if strings.HasSuffix(strings.TrimSuffix(name, "]"), more) {
			return nil
		}
	}
	if len(args) > len(names) {
		return fmt.Errorf("%s: unexpected argument %q", command.CommandPath(), args[len(names)])
	}
	return nil
}

// Missing is the error of an argument that is not given.
func Missing(command *cobra.Command, name string) error {
	return fmt.Errorf("%s: missing %s", command.CommandPath(), strings.TrimSuffix(name, more))
}

// Group makes a command one that does nothing but hold subcommands: it shows its help, and suggests what a misspelled
// subcommand may have been, as cobra itself does for the first level only.
func Group(command *cobra.Command, subcommands ...*cobra.Command) *cobra.Command {
	command.Args = cobra.ArbitraryArgs
	command.AddCommand(subcommands...)
	command.SuggestionsMinimumDistance = 2
	command.RunE = func(command *cobra.Command, args []string) error {
		if len(args) == 0 {
			return command.Help()
		}
		text := fmt.Sprintf("unknown command %q for %q", args[0], command.CommandPath())
		if names := command.SuggestionsFor(args[0]); len(names) > 0 {
			text += "\n\nDid you mean this?\n\t" + strings.Join(names, "\n\t") + "\n"
		}
		return fmt.Errorf("%s", text)
	}
	return command
}
