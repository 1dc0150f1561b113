package profiles

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// What profiles compare finds.
const (
	findingNoProfile    = "no_profile"
	findingNotFollowing = "not_following"
)

// compare is the subcommand that compares followers with profiles.
type compare struct {
	followers string
	profiles  string
}

func newCompareCommand() *cobra.Command {
	c := &compare{}
	command := &cobra.Command{
		Use:   "compare",
		Short: "Find followers without a profile, and profiles that no longer follow",
		Long: `Compare the followers of the LINE Official Account with the LINE IDs of CleverTap profiles. Nothing is sent anywhere.

Standard output gets a CSV file with the columns finding, line_id and identity:
  ` + findingNoProfile + `       follows, but none of the profiles has this LINE ID
  ` + findingNotFollowing + `    the profile has a LINE ID that does not follow: blocked, left, or of another account`,
		Example: `  clevertap-line followers --output followers.txt
  clevertap-line profiles compare --followers followers.txt --profiles profiles.csv`,
		Args:              cli.Arguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(command *cobra.Command, _ []string) error {
			if c.followers == "" || c.profiles == "" {
				return errors.New("--followers and --profiles are both needed")
			}
			return cli.Interruptibly(command.Context(), func() error { return c.run(command) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&c.followers, "followers", "", "`file` with one LINE user ID a line, as clevertap-line followers writes it")
	flags.StringVar(&c.profiles, "profiles", "", "CSV `file` with the columns identity and the property that holds the LINE ID")
	return command
}

func (c *compare) run(command *cobra.Command) error {
	followers, err := readFollowers(c.followers)
	if err != nil {
		return cli.Failure(err)
	}
	file, err := os.Open(c.profiles)
	if err != nil {
		return cli.Failure(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	// The file is checked before anything of it is written out.
	if _, err := checkProfiles(command.Context(), file); err != nil {
		return cli.Failure(fmt.Errorf("%s: %w", c.profiles, err))
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return cli.Failure(err)
	}
	if err := compareFiles(command, followers, file); err != nil {
		return cli.Failure(fmt.Errorf("compare %s with %s: %w", c.followers, c.profiles, err))
	}
	return nil
}

func compareFiles(command *cobra.Command, followers []line.UserID, file io.Reader) error {
	rows, err := newProfileRows(file)
	if err != nil {
		return err
	}
	output := csv.NewWriter(command.OutOrStdout())
	write := func(finding string, id line.UserID, identity string) error {
		return output.Write([]string{finding, id.String(), identity})
	}
	if err := output.Write([]string{"finding", "line_id", identityColumn}); err != nil {
		return err
	}
	hasProfile := make([]bool, len(followers))
	profiles, gone, without := 0, 0, 0
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		profiles++
		at, follows := slices.BinarySearchFunc(followers, row.lineID, line.UserID.Compare)
		if follows {
			hasProfile[at] = true
			continue
		}
		gone++
		if err := write(findingNotFollowing, row.lineID, row.identity); err != nil {
			return err
		}
	}
	for i, id := range followers {
		if hasProfile[i] {
			continue
		}
		without++
		if err := write(findingNoProfile, id, ""); err != nil {
			return err
		}
	}
	output.Flush()
	if err := output.Error(); err != nil {
		return err
	}
	fmt.Fprintf(command.ErrOrStderr(), "%d followers, %d of them without a profile; %d profiles, %d of them not following\n",
		len(followers), without, profiles, gone)
	return nil
}

// readFollowers reads one LINE user ID a line, in any order and with empty lines between, and returns each once, in ascending order.
func readFollowers(name string) ([]line.UserID, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	var ids []line.UserID
	lines := bufio.NewScanner(withoutMark(file))
	for number := 1; lines.Scan(); number++ {
		if lines.Text() == "" {
			continue
		}
		id, err := line.ParseUserID(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, number, err)
		}
		ids = append(ids, id)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	slices.SortFunc(ids, line.UserID.Compare)
	return slices.Compact(ids), nil
}
