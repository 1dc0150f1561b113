package profiles

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

const (
	defaultProperty = "LineID"
	journalSuffix   = ".progress"
	lockSuffix      = ".progress.lock"
	refusedSuffix   = ".refused.csv"
)

// upload is the subcommand that uploads a CSV file of LINE IDs.
type upload struct {
	property string
	region   string
	apiURL   string
	refused  string
	dryRun   bool
	http     cli.HTTPFlags
}

func newUploadCommand() *cobra.Command {
	u := &upload{}
	command := &cobra.Command{
		Use:   "upload FILE.csv",
		Short: "Upload the LINE IDs in a CSV file, of any size",
		Long: `Upload the LINE IDs in a CSV file, of any size. Every line is checked before anything is sent. An identity that no
profile has makes CleverTap create one.

What CleverTap refuses is written to FILE.csv` + refusedSuffix + `, with its line and the reason, and the exit code is 1.

An upload that was interrupted goes on where it stopped when the same command is given again: FILE.csv` + journalSuffix + `
remembers what is done until all is.

The account ID and the passcode are read from ` + cli.EnvCleverTapAccountID + ` and ` + cli.EnvCleverTapPasscode + `. They have no flags,
because other users of a machine can read command lines.`,
		Example: `  clevertap-line profiles upload --region eu1 --dry-run profiles.csv
  clevertap-line profiles upload --region eu1 profiles.csv`,
		Args: cli.Arguments,
		RunE: func(command *cobra.Command, args []string) error { return u.run(command, args[0]) },
	}
	flags := command.Flags()
	flags.StringVar(&u.property, "property", defaultProperty, "profile `property` to write; the name of the file's second column, too")
	flags.StringVar(&u.region, "region", "",
		"`region` of the CleverTap account: eu1, in1, sg1, us1, aps3 or mec1 (default $"+cli.EnvCleverTapRegion+")")
	cli.Complete(command, "region", clevertap.Regions()...)
	flags.StringVar(&u.apiURL, "api-url", "",
		"`URL` of CleverTap's API, instead of the region's (default $"+cli.EnvCleverTapAPIURL+")")
	flags.StringVar(&u.refused, "refused", "", "`file` for what is refused (default FILE.csv"+refusedSuffix+")")
	flags.BoolVar(&u.dryRun, "dry-run", false, "check the file, say what would be done, and send nothing")
	u.http.Add(command, 8, time.Minute)
	return command
}

func (u *upload) run(command *cobra.Command, name string) error {
	header := journalHeader{Property: u.property, BatchSize: clevertap.MaxUploadRecords}
	client, err := u.client(&header)
	if err != nil {
		return err
	}
	u.refused = cmp.Or(u.refused, name+refusedSuffix)
	file, err := cli.OpenFile(name) // to be read twice
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	before, err := file.Stat()
	if err != nil {
		return err
	}
	if err := u.checkRefused(name); err != nil {
		return err
	}
	checked, err := checkProfiles(command.Context(), file)
	if err != nil {
		return cli.Failure(fmt.Errorf("nothing was sent of %s: %w", name, err))
	}
	if checked.property != u.property {
		return fmt.Errorf("the second column of %s is %q, and the property to write is %q, as upper and lower case differ: "+
			"rename the column or set --property", name, checked.property, u.property)
	}
	if checked.shared != "" {
		fmt.Fprintf(command.ErrOrStderr(), "Warning: %s\n", checked.shared)
	}
	if u.dryRun {
		fmt.Fprintf(command.OutOrStdout(), "%s: %d profiles, all lines in order. Nothing was sent.\n", name, checked.rows)
		return nil
	}
	header.CSV = checked.sha256
	release, err := holdLock(name + lockSuffix)
	switch {
	case err != nil:
		return cli.Failure(fmt.Errorf("lock the upload of %s: %w", name, err))
	case release == nil:
		return cli.Failure(fmt.Errorf("another process is uploading %s", name))
	}
	defer release()
	run := &uploadRun{
		upload: u, client: client, file: file, before: before, checked: checked,
		stdout: command.OutOrStdout(), stderr: command.ErrOrStderr(),
	}
	return cli.Failure(run.do(command.Context(), name+journalSuffix, header))
}

// checkRefused keeps the file for what is refused, which is replaced or deleted, from being one that the upload needs.
func (u *upload) checkRefused(name string) error {
	for _, needed := range []string{name, name + journalSuffix, name + lockSuffix} {
		same, err := isSameFile(u.refused, needed)
		if err != nil {
			return fmt.Errorf("--refused: %w", err)
		}
		if same {
			return fmt.Errorf("--refused is %s, which the upload needs itself: name another file", needed)
		}
	}
	return nil
}

// isSameFile says whether two names are of one file, also of one that is not there yet.
func isSameFile(a, b string) (bool, error) {
	first, firstErr := os.Stat(a)
	second, secondErr := os.Stat(b)
	if firstErr == nil && secondErr == nil {
		return os.SameFile(first, second), nil
	}
	absoluteA, err := filepath.Abs(a)
	if err != nil {
		return false, err
	}
	absoluteB, err := filepath.Abs(b)
	return absoluteA == absoluteB, err
}

// client checks what the command was given, and completes the header with it.
func (u *upload) client(header *journalHeader) (*clevertap.Client, error) {
	if err := u.http.Check(); err != nil {
		return nil, err
	}
	if err := profileproperty.CheckName(u.property); err != nil {
		return nil, fmt.Errorf("--property: %w", err)
	}
	if u.dryRun {
		return nil, nil
	}
	config := cli.CleverTapConfig(u.http.Config())
	if u.region != "" { // which the environment does not overrule
		config.Region, config.APIURL = u.region, ""
	}
	config.APIURL = cmp.Or(u.apiURL, config.APIURL)
	switch {
	case config.AccountID == "" || config.Passcode == "":
		return nil, fmt.Errorf("set the environment variables %s and %s to the account (project) ID and a passcode; both are in the "+
			"settings of CleverTap's dashboard", cli.EnvCleverTapAccountID, cli.EnvCleverTapPasscode)
	case config.Region == "" && config.APIURL == "":
		return nil, fmt.Errorf("set --region or the environment variable %s; the address of CleverTap's dashboard begins with the region",
			cli.EnvCleverTapRegion)
	}
	header.AccountID, header.API = config.AccountID, cmp.Or(config.APIURL, config.Region)
	return clevertap.New(config)
}
