// Package followers is the subcommand that writes the LINE user IDs of an account's followers. It knows the client of
// LINE's API.
package followers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/moby/sys/atomicwriter"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// followers is the subcommand with its flags.
type followers struct {
	output  string
	apiURL  string
	http    cli.HTTPFlags
	options line.FollowerIDsOptions
}

// New makes the subcommand.
func New() *cobra.Command {
	f := &followers{}
	command := &cobra.Command{
		Use:   "followers",
		Short: "Write the LINE user IDs of an account's followers, one a line",
		Long: `Write the LINE user IDs of the users who added a LINE Official Account as a friend: sorted, without
duplicates, one a line. LINE gives them to verified and premium accounts only.

The channel access token is read from ` + cli.EnvLineToken + `; in place of it, one is issued for
` + cli.EnvLineChannelID + ` and ` + cli.EnvLineChannelSecret + `. They have no flags, because other users of a machine can read command
lines.`,
		Example: `  clevertap-line followers --output followers.txt
  clevertap-line followers | wc -l`,
		Args:              cli.Arguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(command *cobra.Command, _ []string) error { return f.run(command) },
	}
	flags := command.Flags()
	flags.StringVarP(&f.output, "output", "o", cli.StandardStream,
		"`file` to write, replaced whole and for its owner to read only; - is standard output")
	flags.IntVar(&f.options.PageSize, "page-size", line.MaxPageSize, "IDs to ask LINE for at a time, 1 to 1000")
	flags.IntVar(&f.options.MaxResults, "max-results", 0, "stop after this many IDs; 0 is all")
	flags.StringVar(&f.apiURL, "api-url", "",
		"`URL` of the LINE Messaging API (default $"+cli.EnvLineAPIURL+", else "+line.DefaultBaseURL+")")
	f.http.Add(command, 4, 30*time.Second)
	return command
}

func (f *followers) run(command *cobra.Command) error {
	ctx, stderr := command.Context(), command.ErrOrStderr()
	client, err := f.client()
	if err != nil {
		return err
	}
	if f.output != cli.StandardStream {
		if err := checkWritable(f.output); err != nil {
			return err
		}
	}
	ids, err := f.list(ctx, client, stderr)
	if err != nil {
		return cli.Failure(err)
	}
	if err := f.write(ctx, ids, command.OutOrStdout()); err != nil {
		return cli.Failure(fmt.Errorf("write %d follower IDs: %w", ids.Len(), err))
	}
	cut := ""
	if ids.Truncated() {
		cut = " (cut at --max-results: LINE may have more)"
	}
	fmt.Fprintf(stderr, "%d follower IDs%s, sha256 %s\n", ids.Len(), cut, ids.SHA256())
	return nil
}

// client checks what the command was given.
func (f *followers) client() (*line.Client, error) {
	switch {
	case f.options.PageSize < 1 || f.options.PageSize > line.MaxPageSize:
		return nil, fmt.Errorf("--page-size is 1 to %d", line.MaxPageSize)
	case f.options.MaxResults < 0:
		return nil, errors.New("--max-results is 0 or more")
	}
	if err := f.http.Check(); err != nil {
		return nil, err
	}
	if f.output == "" {
		return nil, errors.New("--output is the name of a file, or -")
	}
	config := cli.LineConfig(f.http.Config())
	if err := cli.NeedLine(); err != nil {
		return nil, err
	}
	config.BaseURL = cmp.Or(f.apiURL, config.BaseURL)
	return line.New(config)
}

// list reads the IDs, with a counter on a terminal: LINE does not say how many there will be.
func (f *followers) list(ctx context.Context, client *line.Client, stderr io.Writer) (*line.FollowerIDs, error) {
	bar := cli.Progress(stderr, "follower IDs", cli.UnknownTotal)
	defer func() { _ = bar.Finish() }()
	options := f.options
	options.Progress = func(distinct int) { _ = bar.Set(distinct) }
	return client.FollowerIDs(ctx, options)
}

// write puts the IDs where they belong. A file is replaced whole or not touched.
func (f *followers) write(ctx context.Context, ids *line.FollowerIDs, stdout io.Writer) error {
	if f.output != cli.StandardStream {
		return writeFile(f.output, ids)
	}
	return cli.Interruptibly(ctx, func() error {
		_, err := ids.WriteTo(stdout)
		return err
	})
}

func writeFile(name string, ids io.WriterTo) error {
	file, err := atomicwriter.New(name, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(nil) // without any write, an empty list would leave the old file
	if err == nil {
		_, err = ids.WriteTo(file)
	}
	return errors.Join(err, file.Close())
}

// checkWritable finds out before LINE is asked whether a file can be written. It leaves nothing behind.
func checkWritable(name string) error {
	file, err := atomicwriter.New(name, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return fmt.Errorf("--output %s: %w", name, err)
	}
	return nil
}
