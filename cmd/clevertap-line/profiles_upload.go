package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	envAccountID      = "CLEVERTAP_ACCOUNT_ID"
	envPasscode       = "CLEVERTAP_PASSCODE"
	envRegion         = "CLEVERTAP_REGION"
	envCleverTapURL   = "CLEVERTAP_API_URL"
	defaultProperty   = "LineID"
	uploadJournalName = ".progress"
	uploadRefusedName = ".refused.csv"
)

// profilesUpload is the command that uploads a CSV file of LINE IDs.
type profilesUpload struct {
	stdout io.Writer
	stderr *os.File

	property string
	region   string
	apiURL   string
	refused  string
	dryRun   bool
	retries  int
	timeout  time.Duration
}

func newProfilesUploadCommand(stdout io.Writer, stderr *os.File) *cobra.Command {
	u := &profilesUpload{stdout: stdout, stderr: stderr}
	command := &cobra.Command{
		Use:   "upload FILE.csv",
		Short: "Upload the LINE IDs in a CSV file, of any size",
		Long: `Upload the LINE IDs in a CSV file, of any size. Every line is checked before anything is sent. An identity that no
profile has makes CleverTap create one.

What CleverTap refuses is written to FILE.csv` + uploadRefusedName + `, with its line and the reason, and the exit code is 1.

An upload that was interrupted goes on where it stopped when the same command is given again: FILE.csv` + uploadJournalName + `
remembers what is done until all is.

The account ID and the passcode are read from ` + envAccountID + ` and ` + envPasscode + `. They have no flags,
because other users of a machine can read command lines.`,
		Example: `  clevertap-line profiles upload --region eu1 --dry-run profiles.csv
  clevertap-line profiles upload --region eu1 profiles.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error { return u.run(command.Context(), args[0]) },
	}
	flags := command.Flags()
	flags.StringVar(&u.property, "property", defaultProperty, "profile `property` to write; the name of the file's second column, too")
	flags.StringVar(&u.region, "region", "", "`region` of the CleverTap account: eu1, in1, sg1, us1, aps3 or mec1 (default $"+envRegion+")")
	flags.StringVar(&u.apiURL, "api-url", "", "`URL` of CleverTap's API, instead of the region's (default $"+envCleverTapURL+")")
	flags.StringVar(&u.refused, "refused", "", "`file` for what is refused (default FILE.csv"+uploadRefusedName+")")
	flags.BoolVar(&u.dryRun, "dry-run", false, "check the file, say what would be done, and send nothing")
	flags.IntVar(&u.retries, "retries", 8, "how often to repeat a request that failed for a passing reason")
	flags.DurationVar(&u.timeout, "timeout", time.Minute, "how long to wait for one answer")
	return command
}

func (u *profilesUpload) run(ctx context.Context, name string) error {
	header := journalHeader{Property: u.property, BatchSize: clevertap.MaxUploadRecords}
	client, err := u.client(&header)
	if err != nil {
		return err
	}
	u.refused = cmp.Or(u.refused, name+uploadRefusedName)
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	before, err := file.Stat()
	if err != nil {
		return err
	}
	if !before.Mode().IsRegular() {
		return fmt.Errorf("%s is no regular file, and has to be read twice: once to check it, once to upload it", name)
	}
	checked, err := checkProfiles(ctx, file)
	if err != nil {
		return &failure{fmt.Errorf("nothing was sent of %s: %w", name, err)}
	}
	if checked.property != u.property {
		return fmt.Errorf("the second column of %s is %q, and the property to write is %q, as upper and lower case differ: "+
			"rename the column or set --property", name, checked.property, u.property)
	}
	if checked.shared != "" {
		fmt.Fprintf(u.stderr, "Warning: %s\n", checked.shared)
	}
	if u.dryRun {
		fmt.Fprintf(u.stdout, "%s: %d profiles, all lines in order. Nothing was sent.\n", name, checked.rows)
		return nil
	}
	header.CSV = checked.sha256
	lock := flock.New(name + uploadJournalName + ".lock")
	if locked, err := lock.TryLock(); err != nil {
		return &failure{fmt.Errorf("lock the upload of %s: %w", name, err)}
	} else if !locked {
		return &failure{fmt.Errorf("another process is uploading %s", name)}
	}
	defer func() { _ = errors.Join(os.Remove(lock.Path()), lock.Unlock()) }() // what is left of it does no harm
	run := &uploadRun{profilesUpload: u, client: client, file: file, before: before, checked: checked}
	if err := run.do(ctx, name+uploadJournalName, header); err != nil {
		return &failure{err}
	}
	return nil
}

// client checks what the command was given, and completes the header with it.
func (u *profilesUpload) client(header *journalHeader) (*clevertap.Client, error) {
	switch {
	case u.retries < 0:
		return nil, errors.New("--retries is 0 or more")
	case u.timeout <= 0:
		return nil, errors.New("--timeout is more than 0")
	}
	if err := clevertap.CheckPropertyName(u.property); err != nil {
		return nil, fmt.Errorf("--property: %w", err)
	}
	if u.dryRun {
		return nil, nil
	}
	config := clevertap.Config{
		AccountID: os.Getenv(envAccountID),
		Passcode:  os.Getenv(envPasscode),
		Region:    cmp.Or(u.region, os.Getenv(envRegion)),
		APIURL:    u.apiURL,
		HTTP: httpclient.Config{
			UserAgent:    "clevertap-line/" + version(),
			MaxRetries:   u.retries,
			RetryWaitMin: 500 * time.Millisecond,
			RetryWaitMax: 30 * time.Second,
			Timeout:      u.timeout,
		},
	}
	if u.region == "" {
		config.APIURL = cmp.Or(config.APIURL, os.Getenv(envCleverTapURL))
	}
	switch {
	case config.AccountID == "" || config.Passcode == "":
		return nil, fmt.Errorf("set the environment variables %s and %s to the account (project) ID and a passcode; both are in the "+
			"settings of CleverTap's dashboard", envAccountID, envPasscode)
	case config.Region == "" && config.APIURL == "":
		return nil, fmt.Errorf("set --region or the environment variable %s; the address of CleverTap's dashboard begins with the region", envRegion)
	}
	header.AccountID, header.API = config.AccountID, cmp.Or(config.APIURL, config.Region)
	return clevertap.New(config)
}
