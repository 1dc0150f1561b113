package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/moby/sys/atomicwriter"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// The environment variables. The token has no flag: the command lines of processes are for everyone to read.
const (
	envToken  = "LINE_CHANNEL_ACCESS_TOKEN"
	envAPIURL = "LINE_API_URL"
)

const standardOutput = "-"

// followers is the command that writes the IDs of an account's followers, one a line.
type followers struct {
	stdout io.Writer
	stderr *os.File

	output  string
	apiURL  string
	retries int
	timeout time.Duration
	options line.FollowerIDsOptions
}

func newFollowersCommand(stdout io.Writer, stderr *os.File) *cobra.Command {
	f := &followers{stdout: stdout, stderr: stderr}
	command := &cobra.Command{
		Use:   "followers",
		Short: "Write the LINE user IDs of an account's followers, one a line",
		Long: `Write the LINE user IDs of the users who added a LINE Official Account as a friend: sorted, without
duplicates, one a line. LINE gives them to verified and premium accounts only.

The channel access token is read from ` + envToken + `. It has no flag, because
other users of a machine can read command lines.`,
		Example: `  clevertap-line followers --output followers.txt
  clevertap-line followers | wc -l`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return f.run(command.Context()) },
	}
	flags := command.Flags()
	flags.StringVarP(&f.output, "output", "o", standardOutput,
		"`file` to write, replaced whole and for its owner to read only; - is standard output")
	flags.IntVar(&f.options.PageSize, "page-size", line.MaxPageSize, "IDs to ask LINE for at a time, 1 to 1000")
	flags.IntVar(&f.options.MaxResults, "max-results", 0, "stop after this many IDs; 0 is all")
	flags.StringVar(&f.apiURL, "api-url", "",
		"`URL` of the LINE Messaging API (default $"+envAPIURL+", else "+line.DefaultBaseURL+")")
	flags.IntVar(&f.retries, "retries", 4, "how often to repeat a request that failed for a passing reason")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long to wait for one answer")
	return command
}

func (f *followers) run(ctx context.Context) error {
	client, err := f.client()
	if err != nil {
		return err
	}
	if f.output != standardOutput {
		if err := checkWritable(f.output); err != nil {
			return err
		}
	}
	ids, err := f.list(ctx, client)
	if err != nil {
		return &failure{err}
	}
	if err := f.write(ctx, ids); err != nil {
		return &failure{fmt.Errorf("write %d follower IDs: %w", ids.Len(), err)}
	}
	cut := ""
	if ids.Truncated() {
		cut = " (cut at --max-results: LINE may have more)"
	}
	fmt.Fprintf(f.stderr, "%d follower IDs%s, sha256 %s\n", ids.Len(), cut, ids.SHA256())
	return nil
}

// client checks what the command was given.
func (f *followers) client() (*line.Client, error) {
	switch {
	case f.options.PageSize < 1 || f.options.PageSize > line.MaxPageSize:
		return nil, fmt.Errorf("--page-size is 1 to %d", line.MaxPageSize)
	case f.options.MaxResults < 0:
		return nil, errors.New("--max-results is 0 or more")
	case f.retries < 0:
		return nil, errors.New("--retries is 0 or more")
	case f.timeout <= 0:
		return nil, errors.New("--timeout is more than 0")
	case f.output == "":
		return nil, errors.New("--output is the name of a file, or -")
	}
	token := os.Getenv(envToken)
	if token == "" {
		return nil, fmt.Errorf("set the environment variable %s to the channel access token; the LINE Developers Console "+
			"shows it on the channel's Messaging API tab", envToken)
	}
	if f.apiURL == "" {
		f.apiURL = os.Getenv(envAPIURL)
	}
	return line.New(line.Config{
		ChannelAccessToken: token,
		BaseURL:            f.apiURL,
		HTTP: httpclient.New(httpclient.Config{
			UserAgent:    "clevertap-line/" + version(),
			MaxRetries:   f.retries,
			RetryWaitMin: 500 * time.Millisecond,
			RetryWaitMax: 30 * time.Second,
			Timeout:      f.timeout,
		}),
	})
}

// list reads the IDs, with a counter on a terminal: LINE does not say how many there will be.
func (f *followers) list(ctx context.Context, client *line.Client) (*line.FollowerIDs, error) {
	options := f.options
	if isatty.IsTerminal(f.stderr.Fd()) {
		bar := progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(f.stderr),
			progressbar.OptionSetDescription("follower IDs"),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetSpinnerChangeInterval(0), // or it draws from a goroutine of its own, without end
			progressbar.OptionClearOnFinish(),
		)
		options.Progress = func(distinct int) { _ = bar.Set(distinct) } // a terminal that has gone is no failure
		defer func() { _ = bar.Finish() }()
	}
	return client.FollowerIDs(ctx, options)
}

// write puts the IDs where they belong. A file is replaced whole or not touched.
func (f *followers) write(ctx context.Context, ids *line.FollowerIDs) error {
	if f.output != standardOutput {
		return writeFile(f.output, ids)
	}
	return interruptibly(ctx, func() error {
		_, err := ids.WriteTo(f.stdout)
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
