// Package schema is the subcommand that writes the JSON Schema of LINE messages, for editors. It knows the rules of push
// bodies, and nothing that speaks to a network.
package schema

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// New makes the subcommand.
func New() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Write the JSON Schema of LINE messages, for completion in an editor",
		Long: `Write a JSON Schema (draft 2020-12) of LINE messages to standard output: for completion, descriptions with links to LINE's
reference, and marks at mistakes while a file is written. It is made of the rules of clevertap-line check, takes the same
files, and takes all that check finds no error in, Liquid included. It finds less than check: rules between properties and
lengths that a schema cannot count are in its descriptions.

The same schema is published as
` + linebody.SchemaURL + `
for the "$schema" of a message. Terraform does not send that property.`,
		Example: `  clevertap-line schema > .vscode/line-messages.json`,
		Args:    cli.Arguments,
		RunE: func(command *cobra.Command, _ []string) error {
			return cli.Interruptibly(command.Context(), func() error {
				if _, err := command.OutOrStdout().Write(linebody.JSONSchema()); err != nil {
					return cli.Failure(fmt.Errorf("write the schema: %w", err))
				}
				return nil
			})
		},
	}
}
