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
		fmt.Printf("\n%s\n%d of %d: %s\n%s\n%s\n\n", rule, i+1, len(steps), s.title, s.explanation, rule)
		if err := s.show(ctx, w); err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, s.title, err)
		}
	}
	fmt.Printf("\n%s\nEverything was shown. No request left this machine.\n", rule)
	return nil
}

var rule = strings.Repeat("─", 100)

var steps = []step{
	{"Plan", "What would be recorded, and the exact text that a person will paste into CleverTap, before anything happens.", showPlan},
	{"Apply", "The template and the body are recorded as files; the followers are read from LINE; the token is kept nowhere.", showApply},
	{"Plan again", "Nothing has changed, so nothing is planned.", showNoChanges},
	{"An edit behind Terraform's back", "Somebody edits the recorded template by hand. The next plan shows that one attribute, " +
		"and an apply repairs it.", showDrift},
	{"A wrong message", "An image without a preview, which LINE would refuse. It does not get past the plan.", showWrongMessage},
	{"What to enter in CleverTap", "CleverTap has no API for these two dialogs. This is all that a person types into them.", showDialogs},
	{"LINE IDs onto CleverTap profiles", "Another example: who of the customers follows, their LINE IDs on their profiles, " +
		"and nothing else touched.", showProfiles},
	{"Destroy", "What was recorded is removed.", showDestroy},
}
