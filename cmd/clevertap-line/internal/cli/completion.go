package cli

import "github.com/spf13/cobra"

// Complete makes a shell offer the values that a flag takes. A flag that is not there is a mistake of the program.
func Complete(command *cobra.Command, flag string, values ...string) {
	if err := command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}
