package live_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// Everything that the messages decide is known when they are created, and nothing is left for the apply to tell.
func TestAccKnownAtPlan(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	for more, unknown := range map[string][]string{
		"": nil,
		"\ntrack_versions = true\nvariant_of = \"hello\"\nfrozen = true": nil,
		"\nserved_at = \"http://127.0.0.1:1/x\"":                         {"served_sha256?"},
	} {
		d.declare(acctest.LinkedMessages(greeting+more), body)
		changes, output := d.plan()
		want := []string{"clevertap_line_campaign_body.welcome [create]", strings.TrimSpace(address + " [create] " + strings.Join(unknown, " "))}
		if !slices.Equal(changes, want) {
			t.Errorf("the plan changes %q, not %q:\n%s", changes, want, output)
		}
		wantWords(t, output, `{% if Linked.line_messages.`, `{% abort %}`)
	}
}

// Versions: a text changes the unit, and no body.
func TestAccTrackVersions(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting), body)
	d.Run("apply", "-auto-approve")
	d.declare(acctest.LinkedMessages(greeting+"\ntrack_versions = true"), body)
	d.wantPlan([]string{
		"clevertap_line_campaign_body.welcome [update] body content_sha256 linked_messages",
		address + " [update] reference track_versions version_unit",
	}, `"customAggregationUnits\":[\"{{ Linked.line_messages.unit }}\"]`)
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	unit := d.value(address, "version_unit")
	if text, _ := unit.(string); !strings.HasPrefix(text, "welcome_") || len(text) != len("welcome_")+8 ||
		!strings.Contains(acctest.ReadFile(t, d.document("welcome")), `"unit": "`+text+`"`) {
		t.Errorf("the unit is %v", unit)
	}
	d.declare(acctest.LinkedMessages(farewell+"\ntrack_versions = true"), body)
	d.wantPlan([]string{address + " [update] content_sha256 messages version_unit"})
	d.Run("apply", "-auto-approve", "tfplan")
	if after := d.value(address, "version_unit"); after == unit {
		t.Errorf("the unit is still %v", unit)
	}
	d.declare(acctest.LinkedMessages(greeting+"\ntrack_versions = true"), body) // back
	d.Run("apply", "-auto-approve")
	if after := d.value(address, "version_unit"); after != unit {
		t.Errorf("the same messages have the unit %v, and had %v", after, unit)
	}
	d.declare(acctest.LinkedMessages(greeting+"\ntrack_versions = false"), body)
	d.wantPlan([]string{
		"clevertap_line_campaign_body.welcome [update] body content_sha256 linked_messages",
		address + " [update] reference track_versions version_unit",
	})
}

// Languages: one body for all variants, and a word where a variant stops to be one.
func TestAccVariants(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	variants := func(of string) string {
		return `
resource "clevertap_line_linked_messages" "language" {
  for_each       = { en = "Hello", ja = "こんにちは" }
  name           = "welcome_${each.key}"
  linked_content = "line_messages"
  ` + of + `
  messages       = [jsonencode({ type = "text", text = "${each.value}, {{ Profile.Name | default: 'you' }}" })]
}
resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.language["en"].reference
}
output "one" {
  value = length(distinct([for one in clevertap_line_linked_messages.language : one.reference]))
}
`
	}
	const ofWelcome = `variant_of = "welcome"`
	d.declare(variants(ofWelcome))
	d.Run("apply", "-auto-approve")
	d.wantPlan(nil)
	if got := strings.TrimSpace(d.Run("output", "one")); got != "1" {
		t.Errorf("there are %s references", got)
	}
	if body := d.value("clevertap_line_campaign_body.welcome", "body").(string); !strings.Contains(body, `Linked.line_messages.variant_of == "welcome"`) {
		t.Errorf("the body is %s", body)
	}
	if document := acctest.ReadFile(t, d.document("welcome_ja")); !strings.Contains(document, `\\u3053\\u3093`) || !strings.Contains(document, `"variant_of": "welcome"`) {
		t.Errorf("the document is\n%s", document)
	}
	for _, of := range []string{"", `variant_of = "hello"`} {
		d.declare(variants(of))
		output := d.Run("plan")
		var summaries []string
		for _, name := range []string{"welcome_en", "welcome_ja"} {
			summary := `The body of campaigns that read the LINE linked messages "` + name + `" changes`
			if !strings.Contains(output, "Warning: "+summary) {
				t.Errorf("it is not said that %s:\n%s", summary, output)
			}
			summaries = append(summaries, summary)
		}
		wantWords(t, output, `It asks for variants of "welcome", and these are to be none.`)
		if of == "" && strings.Count(output, "Warning: The body") != len(summaries) {
			t.Errorf("there are other warnings:\n%s", output)
		}
	}
	// To become a variant disturbs no body that was pasted.
	d.declare(acctest.LinkedMessages(greeting))
	d.Run("apply", "-auto-approve")
	d.declare(acctest.LinkedMessages(greeting + "\nvariant_of = \"hello\""))
	d.wantWarnings(d.Run("plan"))
}

// What is not known yet waits, in the body, too.
func TestAccUnknown(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"%s\"\n}\n"
	text := func(text string) string { return strings.Replace(later, "%s", text, 1) }
	const messages = `messages = [jsonencode({ type = "text", text = "known" }), jsonencode({ type = "text", text = terraform_data.later.output })]`
	d.declare(text("Hello {{ Profile.Name }}"), acctest.LinkedMessages(messages+"\ntrack_versions = true"), body)
	d.wantPlan([]string{
		"clevertap_line_campaign_body.welcome [create] body? content_sha256? linked_messages?",
		address + " [create] content_sha256? reference? shape? version_unit?",
		"terraform_data.later [create] id? output?",
	})
	d.Run("apply", "-auto-approve", "tfplan")
	d.wantPlan(nil)

	// What turns out to be faulty is refused before anything is written over.
	published := acctest.ReadFile(t, d.document("welcome"))
	d.declare(text("Hello {{ Profile.Name"), acctest.LinkedMessages(messages+"\ntrack_versions = true"), body)
	d.wantError(applying, "messages[1].text", "is not closed")
	if acctest.ReadFile(t, d.document("welcome")) != published {
		t.Error("the faulty messages are published")
	}

	// Names, too, may come late.
	other := strings.NewReplacer(`name = "welcome"`, "name = terraform_data.later.output", `"line_messages"`, "terraform_data.later.output",
		`"welcome"`, `"other"`).Replace(acctest.LinkedMessages(greeting + "\nvariant_of = terraform_data.later.id"))
	other = strings.Replace(other, "variant_of = terraform_data.later.id", "served_at = \"http://127.0.0.1:1/${terraform_data.later.id}\"", 1)
	d = newDirectory(t)
	d.provider = "read_back {\nwait_seconds = 0\n}"
	d.declare(text("late"), other)
	d.wantPlan([]string{
		"clevertap_line_linked_messages.other [create] linked_content? name? reference? served_at? served_sha256?",
		"terraform_data.later [create] id? output?",
	})
	d.Run("apply", "-auto-approve", "tfplan")
	if !exists(t, d.document("late")) {
		t.Error("nothing is published")
	}
}

// Faults are errors of the plan, at their place.
func TestAccFaults(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	six := "messages = [" + strings.Repeat(`jsonencode({ type = "text", text = "x" }), `, 6) + "]"
	for _, test := range []struct {
		resource string
		says     []string
	}{
		{acctest.LinkedMessages(six), []string{"has 6 messages, but must have 1 to 5", "in resource \"clevertap_line_linked_messages\" \"welcome\""}},
		{acctest.LinkedMessages(`messages = ["hello"]`), []string{"messages[0], line 1, column 1"}},
		{acctest.LinkedMessages(""), []string{`The argument "messages" is required`}},
		{strings.Replace(acctest.LinkedMessages(greeting), "line_messages", "line messages", 1), []string{`"line messages" is no name for a Linked Content API`}},
		{strings.Replace(acctest.LinkedMessages(greeting), `name = "welcome"`, `name = "wel/come"`, 1), []string{`"wel/come" is no name for linked messages`}},
	} {
		d.declare(test.resource)
		d.wantError(planning, test.says...)
	}
}

// What may not be wanted is said once, under the name, when that is known.
func TestAccWarningOfALateName(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"late\"\n}\n"
	messages := acctest.LinkedMessages(`messages = [jsonencode({ type = "text", text = "{{ Profile.Name }}" })]`)
	d.declare(later, strings.Replace(messages, `name = "welcome"`, "name = terraform_data.later.output", 1))
	d.wantWarnings(d.Run("plan"))
	if output := d.Run("apply", "-auto-approve"); !strings.Contains(output, `The LINE linked messages "late" may not be what you want`) ||
		strings.Contains(output, `LINE linked messages ""`) {
		t.Errorf("the warning is not the late one's:\n%s", output)
	}
}

// Names: one that is taken is refused in the plan, with the block that takes it over; one that two want is refused.
func TestAccTakenName(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting))
	d.Run("apply", "-auto-approve")
	acctest.Rename(t, d.Dir+"/terraform.tfstate", d.Dir+"/gone.tfstate")
	mine := strings.NewReplacer(`"welcome" {`, `"mine" {`, `= "welcome"`, `= "mine"`).Replace(acctest.LinkedMessages(nameless))
	d.declare(mine)
	d.Run("apply", "-auto-approve")
	d.declare(mine, acctest.LinkedMessages(greeting))
	d.wantError(planning, `There is a set of LINE linked messages "welcome" already`, "It is in the publish store",
		`import { to = clevertap_line_linked_messages.welcome id = "welcome" }`)
	d.Write("import.tf", "import {\n  to = clevertap_line_linked_messages.welcome\n  id = \"welcome\"\n}\n")
	if output := d.Run("apply", "-auto-approve"); !strings.Contains(output, "1 imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("it is not taken over:\n%s", output)
	}
	twice := strings.Replace(acctest.LinkedMessages(greeting), `name = "welcome"`, `name = "twice"`, 1)
	d.declare(mine, acctest.LinkedMessages(greeting), strings.Replace(twice, `"welcome" {`, `"a" {`, 1), strings.Replace(twice, `"welcome" {`, `"b" {`, 1))
	d.wantError(planning, `Two resources are to create the set of LINE linked messages "twice"`)
}

// An import knows all that the document says, and its change is held against that.
func TestAccImport(t *testing.T) {
	t.Parallel()
	const attributes = greeting + "\ntrack_versions = true\nfrozen = true\nvariant_of = \"hello\""
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(attributes))
	d.Run("apply", "-auto-approve")
	reference := d.value(address, "reference")
	again := func(attributes string) {
		t.Helper()
		d.declare(acctest.LinkedMessages(attributes))
		acctest.Rename(t, d.Dir+"/terraform.tfstate", d.Dir+"/gone.tfstate")
		d.Write("import.tf", "import {\n  to = "+address+"\n  id = \"welcome\"\n}\n")
	}
	again(attributes)
	output := d.Run("apply", "-auto-approve")
	if !strings.Contains(output, "1 imported, 0 added, 0 changed, 0 destroyed") || d.value(address, "reference") != reference {
		t.Errorf("it is not taken over:\n%s", output)
	}
	d.wantWarnings(output) // campaigns were made for what it is
	d.wantPlan(nil)
	again(strings.Replace(attributes, "Hello", "Bye", 1))
	d.wantError(planning, "are frozen, and would be changed")
	d.set("frozen", nil)
	d.declare(acctest.LinkedMessages(nameless))
	wantWords(t, d.Run("plan"), "1 to import, 0 to add, 1 to change", "The body of campaigns that read", "their shape was")
	d.Write("import.tf", "import {\n  to = "+address+"\n  id = \"nobody\"\n}\n")
	d.wantError(planning, "Cannot import non-existent remote object")
}
