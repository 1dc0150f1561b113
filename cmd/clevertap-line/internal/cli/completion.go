package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// Complete makes a shell offer the values that a flag takes. A flag that is not there is a mistake of the program.
func Complete(command *cobra.Command, flag string, values ...string) {
	if err := command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// Alternatives are words of which one is to be chosen, as a sentence has them: "text, json or sarif".
func Alternatives(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
