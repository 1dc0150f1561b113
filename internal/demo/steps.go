package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

const (
	templateAddress = "clevertap_webhook_template.line_push"
	bodyAddress     = "clevertap_line_campaign_body.welcome"
)

func showPlan(ctx context.Context, w *workspace) error {
	planned, err := w.terraform(ctx, "plan", "-out=first.tfplan")
	if err != nil {
		return err
	}
	w.printLines(planned.output, "Plan:", "Changes to Outputs:")
	plan, err := w.savedPlan(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	for _, change := range plan.ResourceChanges {
		if change.Address != bodyAddress {
			continue
		}
		after, _ := change.Change.After.(map[string]any)
		w.body, _ = after["body"].(string)
		var push struct {
			To       string
			Messages []struct{ Type string }
		}
		if err := json.Unmarshal([]byte(w.body), &push); err != nil {
			return fmt.Errorf("the planned body is no JSON: %w", err)
		}
		if push.To != "{{ Profile.LineID | default: 'N.A' }}" || len(push.Messages) != 4 {
			return fmt.Errorf("the planned body is not the declared one: %s", w.body)
		}
		w.out.printf("The text to paste:\n%s\n", w.body)
		return nil
	}
	return fmt.Errorf("%s is not in the plan", bodyAddress)
}

func showApply(ctx context.Context, w *workspace) error {
	applied, err := w.terraform(ctx, "apply", "first.tfplan")
	if err != nil {
		return err
	}
	w.printLines(applied.output, "Warning: The LINE campaign body", "Warning:")
	w.printLines(applied.output, "Apply complete!", "Outputs:")
	var count int
	if err := w.output(ctx, "followers", &count); err != nil {
		return err
	}
	if count != followers {
		return fmt.Errorf("%d followers were read, not %d", count, followers)
	}
	w.out.printf("LINE gave %d different followers in %d requests, though pages repeat IDs and one is short and one empty.\n",
		count, len(w.line.Requests()))
	for _, file := range []string{w.stored("webhook-templates", "LINE%20push.json"), w.stored("line-campaign-bodies", "welcome.json")} {
		if _, err := os.Stat(file); err != nil {
			return err
		}
		shown, _ := filepath.Rel(w.dir, file)
		w.out.printf("Recorded: %s\n", shown)
	}
	if err := mustNotHold(w.dir, token); err != nil {
		return err
	}
	w.out.printf("The channel access token is in none of the files: state, plan, template store.\n")
	return nil
}

func showNoChanges(ctx context.Context, w *workspace) error {
	planned, err := w.terraformAllowing(ctx, []int{2}, "plan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	if planned.exitCode != 0 {
		return fmt.Errorf("changes are planned:\n%s", planned.output)
	}
	w.printLines(planned.output, "No changes.", "Terraform has compared")
	return nil
}

func showDrift(ctx context.Context, w *workspace) error {
	file := w.stored("webhook-templates", "LINE%20push.json")
	document, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	edited := bytes.Replace(document, []byte("/message/push"), []byte("/message/multicast"), 1)
	if bytes.Equal(edited, document) {
		return fmt.Errorf("the document has no destination URL to edit:\n%s", document)
	}
	if err := os.WriteFile(file, edited, 0o600); err != nil {
		return err
	}
	planned, err := w.terraformAllowing(ctx, []int{2}, "plan", "-detailed-exitcode", "-out=repair.tfplan")
	if err != nil {
		return err
	}
	w.printLines(planned.output, "# "+templateAddress, "Plan:")
	plan, err := w.savedPlan(ctx, "repair.tfplan")
	if err != nil {
		return err
	}
	var changed []string
	for _, change := range plan.ResourceChanges {
		before, _ := change.Change.Before.(map[string]any)
		after, _ := change.Change.After.(map[string]any)
		for attribute := range after {
			if !reflect.DeepEqual(before[attribute], after[attribute]) {
				changed = append(changed, change.Address+"."+attribute)
			}
		}
	}
	if want := []string{templateAddress + ".destination_url"}; !slices.Equal(changed, want) {
		return fmt.Errorf("the plan changes %v, not %v", changed, want)
	}
	if _, err := w.terraform(ctx, "apply", "repair.tfplan"); err != nil {
		return err
	}
	w.out.printf("Applied. And once more:\n")
	return showNoChanges(ctx, w)
}

func showWrongMessage(ctx context.Context, w *workspace) error {
	file := filepath.Join(w.dir, "wrong.tf")
	const wrong = `resource "clevertap_line_campaign_body" "wrong" {
  name     = "wrong"
  messages = [jsonencode({ type = "image", originalContentUrl = "https://example.com/original.jpg" })]
}
`
	w.out.printf("%s", wrong)
	if err := os.WriteFile(file, []byte(wrong), 0o600); err != nil {
		return err
	}
	planned, err := w.terraformAllowing(ctx, []int{1}, "plan")
	if err != nil {
		return err
	}
	if planned.exitCode != 1 || !strings.Contains(planned.output, "previewImageUrl") {
		return fmt.Errorf("the plan does not refuse the message:\n%s", planned.output)
	}
	w.printLines(planned.output, "Error:", "")
	return os.Remove(file)
}

// showDialogs shows the rows as Terraform prints them.
func showDialogs(ctx context.Context, w *workspace) error {
	for _, name := range []string{"enter_webhook_template", "enter_campaign"} {
		shown, err := w.terraform(ctx, "output", "-raw", name)
		if err != nil {
			return err
		}
		if rows := strings.Count(shown.output, "\n") + 1; rows < 5 || !strings.HasPrefix(shown.output, "Open: ") {
			return fmt.Errorf("the output %s has these rows:\n%s", name, shown.output)
		}
		w.out.printf("  $ terraform output -raw %s\n", name)
		w.printLines(shown.output, "", "")
	}
	body, err := w.terraform(ctx, "output", "-raw", "body")
	if err != nil {
		return err
	}
	if body.output != w.body {
		return fmt.Errorf("the output body is not the planned text:\n%s", body.output)
	}
	w.out.printf("And terraform output -raw body prints the text of the first step, ready to paste.\n")
	return nil
}

const (
	templateObject = "webhook-templates/LINE push"
	bodyObject     = "line-campaign-bodies/welcome"
)

// showEntered shows the receipts, and that the check of the example looks at them.
func showEntered(ctx context.Context, w *workspace) error {
	const warning = "Check block assertion failed"
	before, err := w.terraform(ctx, "plan")
	if err != nil {
		return err
	}
	w.printLines(before.output, `in check "entered":`, "Warning:")
	if _, err := w.showCommand(ctx, "entered", "--by", "mia@example.com", "./clevertap", templateObject, bodyObject); err != nil {
		return err
	}
	after, err := w.terraform(ctx, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	if strings.Count(before.output, warning) != 2 || strings.Contains(after.output, warning) {
		return fmt.Errorf("the check is not of what is entered. Before:\n%s\nand after:\n%s", before.output, after.output)
	}
	w.out.printf("From the next plan on both resources have entered = true, and the check is content.\n")
	return nil
}

func showDestroy(ctx context.Context, w *workspace) error {
	destroyed, err := w.terraform(ctx, "destroy", "-auto-approve")
	if err != nil {
		return err
	}
	w.printLines(destroyed.output, "Destroy complete!", "")
	for _, kind := range []string{"webhook-templates", "line-campaign-bodies"} {
		left, err := filepath.Glob(w.stored(kind, "*.json"))
		if err != nil {
			return err
		}
		if len(left) > 0 {
			return fmt.Errorf("documents are left: %v", left)
		}
	}
	listed, err := w.showCommand(ctx, "entered", "--list", "./clevertap")
	if err != nil {
		return err
	}
	if strings.Count(listed.output, "no longer declared") != 2 {
		return fmt.Errorf("the receipts are not those of two objects that are no longer declared:\n%s", listed.output)
	}
	return nil
}

func (w *workspace) output(ctx context.Context, name string, value any) error {
	shown, err := w.terraform(ctx, "output", "-json", name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(shown.output), value); err != nil {
		return fmt.Errorf("reading the output %s: %w", name, err)
	}
	return nil
}

// printLines shows the part of an output from the line that holds from up to the line that holds to, which is left out, and
// no empty lines.
func (w *workspace) printLines(output, from, to string) {
	printing := false
	for line := range strings.Lines(output) {
		switch {
		case !printing:
			printing = strings.Contains(line, from)
		case to != "" && strings.Contains(line, to):
			return
		}
		if printing && strings.TrimSpace(line) != "" {
			w.out.printf("  %s\n", strings.TrimRight(line, "\r\n"))
		}
	}
}

// mustNotHold looks for a secret in all files below dir.
func mustNotHold(dir, secret string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(secret)) {
			return fmt.Errorf("a secret is in %s", path)
		}
		return err
	})
}
