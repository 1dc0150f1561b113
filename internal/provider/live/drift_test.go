package live_test

import (
	"os"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// Each edit of what is published shows in the plan, and the next apply puts the document right again, to the letter.
func TestAccDrift(t *testing.T) {
	t.Parallel()
	const attributes = greeting + "\ntrack_versions = true"
	none := []string{"[]"}
	for name, test := range map[string]struct {
		edit    func(d *directory)
		changes string // of the messages
		words   string
	}{
		"text":                 {func(d *directory) { d.edit("Hello, ", "HACKED, ") }, "messages", "HACKED"},
		"text, shared by a \"": {func(d *directory) { d.edit("Hello, ", `Hello, \\\"you\\\" `) }, "messages", "you"},
		"no JSON":              {func(d *directory) { d.edit("[{", "[{{") }, "messages", `[{{`},
		"no message":           {func(d *directory) { d.set("parts", []string{"", ""}) }, "messages", "{{ Profile.Name"},
		"two messages":         {func(d *directory) { d.edit("text\\\"}]", "text\\\"},{}]") }, "messages", ""},
		"the Liquid in parts":  {func(d *directory) { d.set("tags", []string{}); d.set("parts", none) }, "messages reference", "[]"},
		"another Liquid":       {func(d *directory) { d.edit("Profile.Name", "Profile.Nick") }, "messages reference", "Profile.Nick"},
		"shape":                {func(d *directory) { d.set("shape", "00000000") }, "reference shape", "00000000"},
		"unit":                 {func(d *directory) { d.set("unit", "other_unit") }, "version_unit", "other_unit"},
		"content_sha256":       {func(d *directory) { d.set("content_sha256", strings.Repeat("0", 64)) }, "content_sha256", "000000"},
		"linked_content":       {func(d *directory) { d.set("linked_content", "another") }, "linked_content reference", "another"},
		"variant_of":           {func(d *directory) { d.set("variant_of", "hello") }, "reference variant_of", "hello"},
		"track_versions":       {func(d *directory) { d.set("track_versions", nil) }, "reference track_versions version_unit", ""},
		"frozen":               {func(d *directory) { d.set("frozen", true) }, "frozen", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDirectory(t)
			d.declare(acctest.LinkedMessages(attributes), body)
			d.Run("apply", "-auto-approve")
			before := writeID.ReplaceAllString(acctest.ReadFile(t, d.document("welcome")), "")
			test.edit(d)
			d.wantPlan([]string{address + " [update] " + test.changes}, test.words)
			// What puts an edit right is no change of a body: nobody has to paste one.
			d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
			if after := writeID.ReplaceAllString(acctest.ReadFile(t, d.document("welcome")), ""); after != before {
				t.Errorf("the document is\n%s\nand was\n%s", after, before)
			}
			d.wantPlan(nil)
		})
	}
}

// An edit that says the same is none.
func TestAccSameWords(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting), body)
	d.Run("apply", "-auto-approve")
	document := acctest.ReadFile(t, d.document("welcome"))
	acctest.WriteFile(t, d.document("welcome"), strings.NewReplacer("  ", "\t", "Hello", `\u0048ello`, `[{`, `[ {  `).Replace(document))
	d.wantPlan(nil)
	// And so is another spelling in the configuration, next to it.
	d.declare(acctest.LinkedMessages(`messages = ["{\n  \"type\": \"text\",\n  \"text\": \"\\u0048ello, {{ Profile.Name | default: 'there' }}!\"\n}\n"]`), body)
	d.wantPlan(nil)
	d.Run("plan", "-refresh=false", "-detailed-exitcode")
}

// A document that is deleted behind Terraform's back is published again.
func TestAccDeletedDocument(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting+"\nfrozen = true"), body)
	d.Run("apply", "-auto-approve")
	if err := os.Remove(d.document("welcome")); err != nil {
		t.Fatal(err)
	}
	d.wantPlan([]string{address + " [create]"})
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	d.wantPlan(nil)
}

// A document that is none is refused in words, and nothing is written over it.
func TestAccDamagedDocument(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting))
	d.Run("apply", "-auto-approve")
	good := acctest.ReadFile(t, d.document("welcome"))
	for name, test := range map[string]struct{ document, says string }{
		"empty":            {"", "not JSON"},
		"cut":              {good[:len(good)/2], "not JSON"},
		"unknown field":    {strings.Replace(good, `"shape"`, `"extra": 1, "shape"`, 1), "extra: unknown field"},
		"parts: text":      {strings.Replace(good, `"parts": [`, `"parts": "x", "more": [`, 1), "parts: string where array is expected"},
		"parts: too many":  {strings.Replace(good, `"parts": [`, `"parts": ["", `, 1), "there must be one part more than tags, and there are 3 and 1"},
		"another name":     {strings.Replace(good, `"name": "welcome"`, `"name": "goodbye"`, 1), `named "goodbye", not "welcome"`},
		"merge conflict":   {"<<<<<<< HEAD\n" + good, "unresolved merge conflict"},
		"a newer provider": {strings.Replace(good, `"schema_version": 1`, `"schema_version": 2`, 1), "written by a newer version of the provider"},
	} {
		if test.document == good {
			t.Fatalf("%s: nothing was edited", name)
		}
		acctest.WriteFile(t, d.document("welcome"), test.document)
		d.wantError(planning, `Cannot read the set of LINE linked messages "welcome"`, "welcome.json:", test.says, "Nothing was changed.",
			"Remove the file, and the next apply publishes what is declared.")
		if acctest.ReadFile(t, d.document("welcome")) != test.document {
			t.Errorf("%s: the document was changed", name)
		}
	}
	acctest.WriteFile(t, d.document("welcome"), good)
	d.wantPlan(nil)

	// What the error advises does what it says.
	acctest.WriteFile(t, d.document("welcome"), good[:len(good)/2])
	if err := os.Remove(d.document("welcome")); err != nil {
		t.Fatal(err)
	}
	d.Run("apply", "-auto-approve")
	d.wantPlan(nil)
}

// Who edits between plan and apply is not overwritten.
func TestAccEditedAfterThePlan(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting))
	d.Run("apply", "-auto-approve")
	d.declare(acctest.LinkedMessages(farewell))
	d.Run("plan", "-out=tfplan")
	d.edit("Hello", "EDITED")
	d.wantError([]string{"apply", "tfplan"}, `Cannot update the set of LINE linked messages "welcome"`, "Plan again to see their change.")
	if !strings.Contains(acctest.ReadFile(t, d.document("welcome")), "EDITED") {
		t.Error("the edit is gone")
	}
}
