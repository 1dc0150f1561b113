// Package version is the subcommand that says which version of the command this is. It knows what the go command stamped
// into the program.
package version

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// New makes the subcommand.
func New() *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Say which version this is, and what it was built from",
		Args:              cli.Arguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(command *cobra.Command, _ []string) error {
			_, err := io.WriteString(command.OutOrStdout(), Text())
			return cli.Failure(err)
		},
	}
}

// Text is what the report of a fault needs: the version, the commit if one was stamped, Go's version and the system.
func Text() string {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		commit = commitOf(info.Settings)
	}
	return fmt.Sprintf("%s version %s\n%s%s on %s/%s\n", cli.Program, cli.Version(), commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// commitOf is the line that names the commit. The go command stamps none into tests and into what `go install
// PACKAGE@VERSION` builds.
func commitOf(settings []debug.BuildSetting) string {
	stamped := map[string]string{}
	for _, setting := range settings {
		stamped[setting.Key] = setting.Value
	}
	commit := stamped["vcs.revision"]
	switch {
	case commit == "":
		return ""
	case stamped["vcs.modified"] == "true":
		return "commit " + commit + ", with changes\n"
	}
	return "commit " + commit + "\n"
}
