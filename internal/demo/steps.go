package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	messagesAddress = "clevertap_line_linked_messages.welcome"
	bodyAddress     = "clevertap_line_campaign_body.welcome"
)

func showPlan(ctx context.Context, w *workspace) error {
	planned, err := w.terraform(ctx, "plan", "-out=first.tfplan")
	if err != nil {
		return err
	}
	w.printLines(planned.output, "Plan:", "Changes to Outputs:")
	w.body, err = w.plannedBody(ctx, "first.tfplan")
	if err != nil {
		return err
	}
	for _, part := range []string{`.name == "welcome"`, "{{ Profile.LineID | default: 'N.A' }}", "{% abort %}"} {
		if !strings.Contains(w.body, part) {
			return fmt.Errorf("the planned body does not hold %s: %s", part, w.body)
		}
	}
	w.out.printf("The text to paste:\n%s\n", w.body)
	return nil
}

// plannedBody is the text of the body in a saved plan.
func (w *workspace) plannedBody(ctx context.Context, file string) (string, error) {
	plan, err := w.savedPlan(ctx, file)
	if err != nil {
		return "", err
	}
	for _, change := range plan.ResourceChanges {
		if change.Address == bodyAddress {
			after, _ := change.Change.After.(map[string]any)
			body, _ := after["body"].(string)
			return body, nil
		}
	}
	return "", fmt.Errorf("%s is not in the plan", bodyAddress)
}

func showApply(ctx context.Context, w *workspace) error {
	applied, err := w.terraform(ctx, "apply", "first.tfplan")
	if err != nil {
		return err
	}
	w.printLines(applied.output, "Apply complete!", "Outputs:")
	shown, _ := filepath.Rel(w.dir, w.published())
	w.out.printf("Published: %s\n", filepath.ToSlash(shown))
	if err := mustNotHold(w.dir, token); err != nil {
		return err
	}
	w.out.printf("The channel access token is in none of the files: state, plan, stores.\n")
	for _, name := range []string{"enter_linked_content", "enter_campaign"} {
		rows, err := w.terraform(ctx, "output", "-raw", name)
		if err != nil {
			return err
		}
		if count := strings.Count(rows.output, "\n") + 1; count < 5 || !strings.HasPrefix(rows.output, "Open: ") {
			return fmt.Errorf("the output %s has these rows:\n%s", name, rows.output)
		}
		w.out.printf("  $ terraform output -raw %s\n", name)
		w.printLines(rows.output, "", "")
	}
	body, err := w.terraform(ctx, "output", "-raw", "body")
	if err != nil {
		return err
	}
	if body.output != w.body {
		return fmt.Errorf("the output body is not the planned text:\n%s", body.output)
	}
	if err := w.enterAll("welcome"); err != nil {
		return err
	}
	_, err = w.showCommand(ctx, "entered", "--by", "mia@example.com", "./clevertap", "webhook-templates/LINE push",
		"linked-content/line_messages", "line-campaign-bodies/welcome")
	return err
}

// published is the document that CleverTap reads.
func (w *workspace) published() string {
	return filepath.Join(w.dir, "published", "default", "line-linked-messages", "welcome.json")
}

// enterAll is what a person does in CleverTap's dashboard. The campaign maps the API's parameter to the constant.
func (w *workspace) enterAll(constant string) error {
	return errors.Join(
		w.dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
			Name: "LINE push", Method: "POST", URL: w.line.URL + "/v2/bot/message/push",
			Headers: map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json"},
		}),
		w.dashboard.SaveLinkedContent(campaigntest.LinkedContent{
			Name: "line_messages", Method: "GET", EndpointURL: w.files.URL + "/default/line-linked-messages/{{message}}.json",
		}),
		w.dashboard.SaveCampaign(campaigntest.Campaign{
			Name: "welcome", WebhookTemplate: "LINE push", HasProperty: "LineID", Body: w.body,
			LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": {"message": {Constant: constant}}},
		}),
	)
}

// send lets the campaign run, and shows what each customer who follows gets.
func (w *workspace) send(ctx context.Context, want string) error {
	report, err := w.dashboard.Send(ctx, "welcome", w.cleverTap.Profiles())
	if err != nil {
		return err
	}
	if sent := report.Count(campaigntest.Sent); sent != 2 || len(report.Messages) != 2 {
		return fmt.Errorf("%d messages were sent, not 2: %+v", sent, report)
	}
	for i, customer := range []string{"customer-1", "customer-2"} {
		got := w.line.Received(linetest.UserID(i))
		var message struct{ Text string }
		if err := json.Unmarshal(got[len(got)-1].Messages[0], &message); err != nil {
			return err
		}
		if message.Text != fmt.Sprintf(want, customers[customer]) {
			return fmt.Errorf("%s got %q", customer, message.Text)
		}
		w.out.printf("  %s gets: %s\n", customer, message.Text)
	}
	return nil
}

func showCampaign(ctx context.Context, w *workspace) error { return w.send(ctx, "Hello, %s!") }

func showChange(ctx context.Context, w *workspace) error {
	file := filepath.Join(w.dir, "main.tf")
	if err := replaceIn(file, `"Hello, `, `"Hi, `); err != nil {
		return err
	}
	planned, err := w.terraform(ctx, "plan", "-out=second.tfplan")
	if err != nil {
		return err
	}
	w.printLines(planned.output, "# "+messagesAddress, "# (")
	w.printLines(planned.output, "Plan: 0 to add, 1 to change, 0 to destroy.", "Warning:")
	w.printLines(planned.output, "LINE has not taken", "")
	if body, err := w.plannedBody(ctx, "second.tfplan"); err != nil || body != w.body {
		return fmt.Errorf("the body changes with the text: %s, %w", body, err)
	}
	if _, err := w.terraform(ctx, "apply", "second.tfplan"); err != nil {
		return err
	}
	w.dashboard.Clock.Advance(6 * time.Minute)
	return w.send(ctx, "Hi, %s!")
}

func showVersions(ctx context.Context, w *workspace) error {
	if _, err := w.terraform(ctx, "plan", "-out=versions.tfplan"); err != nil {
		return err
	}
	plan, err := w.savedPlan(ctx, "versions.tfplan")
	if err != nil {
		return err
	}
	for _, resource := range plan.PriorState.Values.RootModule.Resources {
		if resource.Address != "data.clevertap_line_unit_names.this_month" {
			continue
		}
		names, _ := resource.AttributeValues["names"].([]any)
		if len(names) != 2 {
			return fmt.Errorf("LINE took %v", names)
		}
		w.out.printf("data.clevertap_line_unit_names.this_month.names: %v\n", names)
		return showNoChanges(ctx, w)
	}
	return errors.New("the plan has read no unit names")
}

func showWrongConstant(ctx context.Context, w *workspace) error {
	file := filepath.Join(filepath.Dir(w.published()), "other.json")
	document, err := os.ReadFile(w.published())
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, bytes.Replace(document, []byte(`"welcome"`), []byte(`"other"`), 1), 0o600); err != nil {
		return err
	}
	if err := w.enterAll("other"); err != nil {
		return err
	}
	report, err := w.dashboard.Send(ctx, "welcome", w.cleverTap.Profiles())
	if err != nil {
		return err
	}
	if report.Count(campaigntest.Aborted) != 2 {
		return fmt.Errorf("the campaign did not abort: %+v", report)
	}
	w.out.printf("CleverTap's report says %s for both, and LINE gets nothing.\n", campaigntest.Aborted)
	return errors.Join(os.Remove(file), w.enterAll("welcome"))
}

// replaceIn edits a file, which must hold what is replaced.
func replaceIn(file, before, after string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Contains(content, []byte(before)) {
		return fmt.Errorf("%s holds no %s to edit", filepath.Base(file), before)
	}
	return os.WriteFile(file, bytes.Replace(content, []byte(before), []byte(after), 1), 0o600)
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
	if err := replaceIn(w.published(), "Hi, ", "Buy now, "); err != nil {
		return err
	}
	planned, err := w.terraformAllowing(ctx, []int{2}, "plan", "-detailed-exitcode", "-out=repair.tfplan")
	if err != nil {
		return err
	}
	w.printLines(planned.output, "~ text =", "#")
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
	if want := []string{messagesAddress + ".messages"}; !slices.Equal(changed, want) {
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

// showPasted plays the other way from plan to receipt.
func showPasted(ctx context.Context, live *workspace) error {
	w := live.in(pastedExample)
	applied, err := w.terraform(ctx, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	w.printLines(applied.output, "Warning: The LINE campaign body", "with")
	var count int
	if err := w.output(ctx, "followers", &count); err != nil {
		return err
	}
	if count != followers {
		return fmt.Errorf("%d followers were read, not %d", count, followers)
	}
	body, err := w.terraform(ctx, "output", "-raw", "body")
	if err != nil {
		return err
	}
	var push struct {
		To       string
		Messages []struct{ Type string }
	}
	if err := json.Unmarshal([]byte(body.output), &push); err != nil {
		return fmt.Errorf("the body is no JSON: %w", err)
	}
	if push.To != "{{ Profile.LineID | default: 'N.A' }}" || len(push.Messages) != 4 {
		return fmt.Errorf("the body is not the declared one: %s", body.output)
	}
	w.out.printf("The text to paste begins: %.110s…\n", body.output)
	if _, err := w.showCommand(ctx, "entered", "./clevertap", "line-campaign-bodies/welcome", "--by", "mia@example.com"); err != nil {
		return err
	}
	_, err = w.terraform(ctx, "destroy", "-auto-approve")
	return err
}

func showDestroy(ctx context.Context, w *workspace) error {
	destroyed, err := w.terraform(ctx, "destroy", "-auto-approve")
	if err != nil {
		return err
	}
	w.printLines(destroyed.output, "Destroy complete!", "")
	for _, folder := range []string{"clevertap/default/*", "published/default"} {
		left, err := filepath.Glob(filepath.Join(w.dir, filepath.FromSlash(folder), "*", "*.json"))
		if err != nil {
			return err
		}
		left = slices.DeleteFunc(left, func(file string) bool { return strings.Contains(filepath.ToSlash(file), "/receipts/") })
		if len(left) > 0 {
			return fmt.Errorf("documents are left: %v", left)
		}
	}
	listed, err := w.showCommand(ctx, "entered", "--list", "./clevertap")
	if err != nil {
		return err
	}
	if strings.Count(listed.output, "no longer declared") != 3 {
		return fmt.Errorf("the receipts are not those of three objects that are no longer declared:\n%s", listed.output)
	}
	return destroyProfiles(ctx, w)
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
