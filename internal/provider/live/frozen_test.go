package live_test

import (
	"os"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// What is frozen is not changed, deleted, renamed or replaced, and what only looks like a change is none.
func TestAccFrozen(t *testing.T) {
	t.Parallel()
	const frozen = "\nfrozen = true"
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting+frozen), body)
	d.Run("apply", "-auto-approve")
	published := acctest.ReadFile(t, d.document("welcome"))
	refused := func(args []string, what string, resources ...string) {
		t.Helper()
		d.declare(resources...)
		d.wantError(args, `The LINE linked messages "welcome" are frozen, and would be `+what, "set frozen = false, apply that alone")
		if acctest.ReadFile(t, d.document("welcome")) != published {
			t.Fatal("the document was changed")
		}
	}
	renamed := func(text string) string { return strings.Replace(text, `name = "welcome"`, `name = "farewell"`, 1) }
	refused(planning, "changed", acctest.LinkedMessages(farewell+frozen), body)
	refused(planning, "changed", acctest.LinkedMessages(nameless+frozen), body)
	refused(planning, "changed", acctest.LinkedMessages(greeting+frozen+"\ntrack_versions = true"), body)
	refused(planning, "changed", acctest.LinkedMessages(greeting+frozen+"\nvariant_of = \"hello\""), body)
	refused(planning, "changed", strings.Replace(acctest.LinkedMessages(greeting+frozen), "line_messages", "others", 1), body)
	refused(planning, "changed", acctest.LinkedMessages(farewell+"\nfrozen = false"), body) // both at once
	refused(planning, "changed", acctest.LinkedMessages(farewell), body)
	refused(planning, "renamed", renamed(acctest.LinkedMessages(greeting+frozen)), body)
	refused(planning, "renamed", renamed(acctest.LinkedMessages(greeting)), body)
	refused(planning, "deleted")
	refused([]string{"plan", "-destroy"}, "deleted", acctest.LinkedMessages(greeting+frozen), body)
	refused([]string{"plan", "-replace=" + address}, "replaced", acctest.LinkedMessages(greeting+frozen), body)
	refused([]string{"apply", "-auto-approve", "-refresh=false", "-replace=" + address}, "deleted", acctest.LinkedMessages(greeting+frozen), body)
	refused([]string{"plan", "-refresh=false"}, "changed", acctest.LinkedMessages(farewell+frozen), body)

	// Another spelling, and where it is served, are no change of the messages.
	d.declare(acctest.LinkedMessages(`messages = ["{ \"type\": \"text\", \"text\": \"Hello, {{ Profile.Name | default: 'there' }}!\" }"]`+frozen), body)
	d.wantPlan(nil)

	// An edit of the published document is put right.
	d.edit("Hello", "HACKED")
	d.wantPlan([]string{address + " [update] messages"})
	d.Run("apply", "-auto-approve", "tfplan")
	if !strings.Contains(acctest.ReadFile(t, d.document("welcome")), "Hello, ") {
		t.Error("the edit was not put right")
	}

	// So is one that takes the freeze out, which does not open the way for another change.
	d.edit(`"frozen": true`, `"frozen": false`)
	d.declare(acctest.LinkedMessages(farewell+frozen), body)
	d.wantError(planning, "are frozen, and would be changed", "apply frozen = true first")
	d.declare(renamed(acctest.LinkedMessages(greeting)), body)
	d.wantError(planning, "are frozen, and would be renamed")
	d.declare(acctest.LinkedMessages(greeting+frozen), body)
	d.wantError([]string{"plan", "-destroy"}, "are frozen, and would be deleted")
	d.wantError([]string{"apply", "-auto-approve", "-replace=" + address}, "are frozen, and would be replaced")
	d.wantPlan([]string{address + " [update] frozen"})
	d.Run("apply", "-auto-approve", "tfplan")

	// So is one that is found together with the thaw. Alone that is no change of the messages.
	d.edit("Hello", "HACKED")
	d.declare(acctest.LinkedMessages(greeting+"\nfrozen = false"), body)
	d.wantPlan([]string{address + " [update] frozen messages"})
	d.Run("apply", "-auto-approve", "tfplan")
	d.declare(acctest.LinkedMessages(greeting), body)
	d.wantPlan([]string{address + " [update] frozen"})
	d.Run("apply", "-auto-approve", "tfplan")
	d.declare(acctest.LinkedMessages(farewell), body)
	d.wantPlan([]string{address + " [update] content_sha256 messages"})
	d.declare()
	d.Run("apply", "-auto-approve")
}

// A document that somebody deleted comes back as it was, and as nothing else; what is tainted is not replaced.
func TestAccFrozenLost(t *testing.T) {
	t.Parallel()
	const frozen = "\nfrozen = true"
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting + frozen))
	d.Run("apply", "-auto-approve")
	if err := os.Remove(d.document("welcome")); err != nil {
		t.Fatal(err)
	}
	d.declare(acctest.LinkedMessages(farewell + frozen))
	d.wantError(planning, "are frozen, and would be changed")
	d.declare(acctest.LinkedMessages(greeting + frozen))
	d.Run("apply", "-auto-approve")
	d.wantPlan(nil)
	d.Run("taint", address)
	d.wantError(planning, "are frozen, and would be replaced", "terraform untaint")
	d.Run("untaint", address)
	d.wantPlan(nil)
	d.wantError([]string{"plan", "-replace=" + address}, "are frozen, and would be replaced")
}

// Messages that are not known yet may be others: they are refused, too, and nothing is written.
func TestAccFrozenUnknown(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	const source = "resource \"terraform_data\" \"text\" {\n  input = \"Hello\"\n}\n"
	d.declare(source, acctest.LinkedMessages(`messages = [jsonencode({ type = "text", text = terraform_data.text.output })]`+"\nfrozen = true"))
	d.Run("apply", "-auto-approve")
	d.wantPlan(nil)
	d.declare(strings.Replace(source, "Hello", "Bye", 1),
		acctest.LinkedMessages(`messages = [jsonencode({ type = "text", text = terraform_data.text.output })]`+"\nfrozen = true"))
	d.wantError(planning, "are frozen, and would be changed")
}

// A replacement is told as far as it can be: of one that -replace asks for, Terraform drops the warnings.
func TestAccReplaced(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting), body)
	d.Run("apply", "-auto-approve")
	d.Run("apply", "-auto-approve", "-replace="+address)
	d.Run("taint", address)
	d.wantWarnings(d.Run("plan"), `Campaigns that read the set of LINE linked messages "welcome" get nothing for a moment`)
	d.Run("apply", "-auto-approve")
	d.wantPlan(nil)
}

// Who renames and who deletes is told what campaigns get, with the object's name.
func TestAccRenameAndDelete(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting), body)
	d.Run("apply", "-auto-approve")
	d.declare(strings.Replace(acctest.LinkedMessages(greeting), `name = "welcome"`, `name = "hello"`, 1), body)
	changes, output := d.plan()
	if len(changes) != 2 || changes[0] != "clevertap_line_campaign_body.welcome [update] body content_sha256 linked_messages" ||
		changes[1] != address+" [delete create] name reference" {
		t.Errorf("the plan changes %q", changes)
	}
	d.wantWarnings(output, `Campaigns that read the LINE linked messages "welcome" get nothing any more`)
	wantWords(t, output, `this document is deleted, and one named "hello" is created`)
	d.Run("apply", "-auto-approve", "tfplan")
	d.wantPlan(nil)
	for _, file := range []string{"welcome", "hello"} {
		if exists := exists(t, d.document(file)); exists != (file == "hello") {
			t.Errorf("the document %s exists: %t", file, exists)
		}
	}
	output = d.Run("plan", "-destroy")
	d.wantWarnings(output, `Campaigns that read the LINE linked messages "hello" get nothing any more`)
	wantWords(t, output, "Their document is deleted. A campaign that asks for it sends nothing from then on")
}
