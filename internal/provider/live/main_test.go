package live_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestMain(m *testing.M) { os.Exit(acctest.Main(m)) }

// address is the resource that most tests have.
const address = "clevertap_line_linked_messages.welcome"

// greeting are its messages, and farewell other ones with the same Liquid.
const (
	greeting = `messages = [jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'there' }}!" })]`
	farewell = `messages = [jsonencode({ type = "text", text = "Bye, {{ Profile.Name | default: 'there' }}!" })]`
	nameless = `messages = [jsonencode({ type = "text", text = "Hello!" })]`
)

// body is the body of a campaign that reads the messages.
const body = `
resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}
`

// directory is one in which Terraform runs, with both stores in folders of it.
type directory struct {
	*acctest.Command
	t *testing.T
	// provider is more of the provider's configuration.
	provider string
}

func newDirectory(t *testing.T, env ...string) *directory {
	t.Helper()
	return &directory{acctest.NewCommand(t, append([]string{"CLEVERTAP_DASHBOARD_REMINDERS=false"}, env...)...), t, ""}
}

// declare writes the configuration.
func (d *directory) declare(resources ...string) {
	d.t.Helper()
	d.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\n  template_store {\n"+acctest.LocalStore("templates")+
		"\n}\n  publish_store {\n"+acctest.LocalStore("published")+"\n"+d.provider+"\n}\n}\n"+strings.Join(resources, "\n"))
}

// document is the path of published messages.
func (d *directory) document(name string) string {
	return acctest.Stored(filepath.Join(d.Dir, "published"), "line-linked-messages", name+".json")
}

// edit replaces texts in the document "welcome", as somebody does behind Terraform's back.
func (d *directory) edit(pairs ...string) {
	d.t.Helper()
	before := acctest.ReadFile(d.t, d.document("welcome"))
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(before, pairs[i]) {
			d.t.Fatalf("the document does not hold %s:\n%s", pairs[i], before)
		}
	}
	acctest.WriteFile(d.t, d.document("welcome"), strings.NewReplacer(pairs...).Replace(before))
}

// set gives a member of the document "welcome" another value; null removes it.
func (d *directory) set(key string, value any) {
	d.t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(acctest.ReadFile(d.t, d.document("welcome"))), &document); err != nil {
		d.t.Fatal(err)
	}
	document[key] = value
	if value == nil {
		delete(document, key)
	}
	acctest.WriteFile(d.t, d.document("welcome"), acctest.Indented(d.t, document))
}

// value is an attribute of a resource in state.
func (d *directory) value(address, attribute string) any {
	d.t.Helper()
	var state tfjson.State
	if err := json.Unmarshal([]byte(d.Run("show", "-json")), &state); err != nil {
		d.t.Fatal(err)
	}
	for _, one := range state.Values.RootModule.Resources {
		if one.Address == address {
			return one.AttributeValues[attribute]
		}
	}
	d.t.Fatalf("%s is not in state", address)
	return nil
}

// plan is what a plan changes, a line for each resource: its address, what is done, and the attributes that change. Those that
// are unknown have a question mark.
func (d *directory) plan(args ...string) (changes []string, output string) {
	d.t.Helper()
	output = d.Run(append([]string{"plan", "-out=tfplan"}, args...)...)
	var plan tfjson.Plan
	if err := json.Unmarshal([]byte(d.Run("show", "-json", "tfplan")), &plan); err != nil {
		d.t.Fatal(err)
	}
	for _, change := range plan.ResourceChanges {
		if change.Change.Actions.NoOp() {
			continue
		}
		before, _ := change.Change.Before.(map[string]any)
		after, _ := change.Change.After.(map[string]any)
		unknown, _ := change.Change.AfterUnknown.(map[string]any)
		var attributes []string
		for attribute, value := range after {
			if !reflect.DeepEqual(before[attribute], value) && before != nil {
				attributes = append(attributes, attribute)
			}
		}
		for attribute := range unknown {
			if unknown[attribute] == true {
				attributes = append(attributes, attribute+"?")
			}
		}
		slices.Sort(attributes)
		changes = append(changes, strings.TrimSuffix(fmt.Sprintf("%s %v %s", change.Address, change.Change.Actions,
			strings.Join(attributes, " ")), " "))
	}
	return changes, output
}

// wantPlan wants a plan to change that and nothing else, and to say the texts.
func (d *directory) wantPlan(changes []string, texts ...string) {
	d.t.Helper()
	got, output := d.plan()
	if !slices.Equal(got, changes) {
		d.t.Fatalf("the plan changes\n%s\nand not\n%s\n%s", strings.Join(got, "\n"), strings.Join(changes, "\n"), output)
	}
	wantWords(d.t, output, texts...)
}

// wantWarnings wants a plan, or an apply, to warn with these summaries and no other.
func (d *directory) wantWarnings(output string, summaries ...string) {
	d.t.Helper()
	var got []string
	for line := range strings.Lines(output) {
		if _, summary, found := strings.Cut(line, "Warning: "); found && !strings.Contains(summary, "development overrides") {
			got = append(got, strings.TrimSpace(summary))
		}
	}
	if !slices.Equal(got, summaries) {
		d.t.Errorf("the warnings are %q, not %q:\n%s", got, summaries, output)
	}
}

// wantError wants a command to fail with the texts.
func (d *directory) wantError(args []string, texts ...string) string {
	d.t.Helper()
	output, exitCode := d.Try(args...)
	if exitCode != 1 {
		d.t.Fatalf("%v ends with %d:\n%s", args, exitCode, output)
	}
	wantWords(d.t, output, texts...)
	return output
}

func wantWords(t *testing.T, output string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(words(output), text) {
			t.Errorf("it is not said that %q:\n%s", text, output)
		}
	}
}

// words is an output without the breaks and the frame that Terraform puts into messages.
func words(output string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(output)), " ")
}

var (
	planning = []string{"plan"}
	applying = []string{"apply", "-auto-approve"}
)

func exists(t *testing.T, file string) bool {
	t.Helper()
	_, err := os.Stat(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return err == nil
}
