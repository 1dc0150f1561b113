// Command demo shows the whole job on this machine, without any account: real Terraform (or OpenTofu) runs the examples
// against local stores and stand-ins for LINE, for CleverTap's API, and for its dashboard with a campaign that sends. A step
// that does not show what it says it shows ends the command with an error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

func main() {
	release := flag.String("release", "", "take the programs from the archives in this folder, as `make snapshot` writes them, and build none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *release)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "\nThe demo failed: %s\n", err)
		os.Exit(1)
	}
}

type step struct {
	title, explanation string
	show               func(context.Context, *workspace) error
}

func run(ctx context.Context, release string) (err error) {
	w, err := newWorkspace(ctx, release)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()

	for i, s := range steps {
		w.out.printf("\n── %d of %d: %s\n%s\n", i+1, len(steps), s.title, s.explanation)
		if err := s.show(ctx, w); err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, s.title, err)
		}
	}
	w.out.printf("\nEverything was shown. No request left this machine.\n")
	if w.out.lines > mostLines {
		return fmt.Errorf("%d lines were shown, and nobody reads more than %d", w.out.lines, mostLines)
	}
	return nil
}

// mostLines is what somebody reads who wants to see what this is. Plans of OpenTofu have twenty lines more than Terraform's.
const mostLines = 140

// screen shows text, and counts its lines.
type screen struct{ lines int }

func (s *screen) printf(format string, values ...any) {
	text := fmt.Sprintf(format, values...)
	s.lines += strings.Count(text, "\n")
	fmt.Print(text)
}

var steps = []step{
	{"LINE IDs onto CleverTap profiles", "Who of the customers follows, and their LINE IDs on their profiles.", showProfiles},
	{"Plan", "What would be published and recorded, and the exact text that a person pastes into CleverTap, once.", showPlan},
	{"Apply, and what to enter", "CleverTap has no API for its dialogs: a person enters this once, and notes that it was done.", showApply},
	{"The campaign sends", "CleverTap reads the published messages, fills in the names, and posts to LINE.", showCampaign},
	{"A text changes", "It is planned and applied. Six minutes later the campaign sends it. Nobody opened the dashboard.", showChange},
	{"What LINE took", "The version travels inside each message, and LINE tells which it took this month.", showVersions},
	{"An edit behind Terraform's back", "Somebody edits the published file. The plan shows it, and an apply repairs it.", showDrift},
	{"A wrong constant", "In the campaign somebody maps the API to other messages. The body guards itself: nobody gets a wrong message.",
		showWrongConstant},
	{"A wrong message", "An image without a preview, which LINE would refuse. It does not get past the plan.", showWrongMessage},
	{"The other way: pasted", "A body may carry its messages itself, with nothing to host. Each change is then entered by hand.", showPasted},
	{"Destroy", "What was recorded and published is removed. The receipts stay: the dashboard has no API for that either.", showDestroy},
}
