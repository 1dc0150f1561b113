// Command demo shows the whole job on this machine, without any account: real Terraform (or OpenTofu) runs
// examples/complete and examples/line_profiles against a local template store and stand-ins for the APIs of LINE and
// CleverTap. A step that does not show what it says it shows ends the command with an error.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
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

func run(ctx context.Context) (err error) {
	w, err := newWorkspace(ctx)
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

// mostLines is what somebody reads who wants to see what this is.
const mostLines = 120

// screen shows text, and counts its lines.
type screen struct{ lines int }

func (s *screen) printf(format string, values ...any) {
	text := fmt.Sprintf(format, values...)
	s.lines += strings.Count(text, "\n")
	fmt.Print(text)
}

var steps = []step{
	{"Plan", "What would be recorded, and the exact text that a person will paste into CleverTap, before anything happens.", showPlan},
	{"Apply", "The template and the body are recorded as files; the followers are read from LINE; the token is kept nowhere.", showApply},
	{"Plan again", "Nothing has changed, so nothing is planned.", showNoChanges},
	{"What to enter in CleverTap", "CleverTap has no API for its dialogs. This is all that a person types into them.", showDialogs},
	{"Entered", "Each plan says what the dashboard does not hold, until the person at the dashboard notes what was entered.", showEntered},
	{"An edit behind Terraform's back", "Somebody edits the recorded template by hand. The next plan shows it, and an apply " +
		"repairs it.", showDrift},
	{"A wrong message", "An image without a preview, which LINE would refuse. It does not get past the plan.", showWrongMessage},
	{"LINE IDs onto CleverTap profiles", "Another example: who of the customers follows, and their LINE IDs on their profiles.", showProfiles},
	{"Destroy", "What was recorded is removed. The receipts stay, for the dashboard has no API for that either.", showDestroy},
}
