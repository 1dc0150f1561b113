package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// sentence is one of the report's own. What comes from a plan is in its arguments, one for each %s, and shown apart.
type sentence struct {
	format string
	args   []string
}

func say(format string, args ...string) sentence { return sentence{format, args} }

// part is a stretch of a sentence.
type part struct {
	Text string
	Data bool
}

func (s sentence) parts() (parts []part) {
	for i, own := range strings.Split(s.format, "%s") {
		if i > 0 {
			parts = append(parts, part{s.args[i-1], true})
		}
		parts = append(parts, part{own, false})
	}
	return parts
}

// headline is the first line, for those who read no other.
func (f *facts) headline() string {
	c := f.Counts
	switch {
	case f.Failed && c.Errors == 0: // which are in a log that is not given
		return "The plan failed. Nothing can be applied."
	case f.Failed:
		return fmt.Sprintf("The plan failed: %s. Nothing can be applied.", number(c.Errors, "error"))
	case f.Unfinished:
		return "The plan did not end: nothing is known of it."
	}
	var said []string
	if c.AtApply+c.OnceIn == 0 && len(f.Objects)+len(f.Drift)+len(f.Others) == 0 {
		said = append(said, "Nothing changes")
	} else {
		said = append(said, "Messages that change for people: "+whenWords(c))
	}
	if c.ToEnter > 0 {
		said = append(said, fmt.Sprintf("To do in the dashboard: %d", c.ToEnter))
	}
	if c.Errors+c.Warnings > 0 {
		said = append(said, fmt.Sprintf("Problems: %s, %s", number(c.Errors, "error"), number(c.Warnings, "warning")))
	}
	return strings.Join(said, ". ") + "."
}

func whenWords(c counts) string {
	switch {
	case c.AtApply == 0 && c.OnceIn == 0:
		return "none"
	case c.OnceIn == 0:
		return fmt.Sprintf("%d with the apply", c.AtApply)
	case c.AtApply == 0:
		return fmt.Sprintf("%d once entered in the dashboard", c.OnceIn)
	}
	return fmt.Sprintf("%d with the apply, %d once entered in the dashboard", c.AtApply, c.OnceIn)
}

func number(n int, of string) string {
	if n != 1 {
		of += "s"
	}
	return fmt.Sprintf("%d %s", n, of)
}

// notes are what holds for the report as a whole.
func (f *facts) notes() (notes []string) {
	if f.Failed && len(f.Objects) > 0 {
		notes = append(notes, "What follows is what was planned until then. It is not whole.")
	}
	if f.Failed && f.Counts.Errors == 0 {
		notes = append(notes, "Its errors are in the log of the plan, which this report was not given.")
	}
	if f.Partial {
		notes = append(notes, "The plan is of a part only, and leaves changes for a later one.")
	}
	if slices.ContainsFunc(f.Diagnostics, func(d diagnostic) bool { return d.ValuesHidden }) {
		notes = append(notes, "What errors and warnings say is left out where the plan does not say what is sensitive. It is in the log of "+
			"the plan. clevertap-line report --show-sensitive shows it.")
	}
	if f.Foreign > 0 {
		notes = append(notes, fmt.Sprintf("The log of the plan has %s that no plan writes as JSON.", number(f.Foreign, "line")))
	}
	return notes
}

// nouns are how one object of a kind is called.
var nouns = map[templatestore.Kind]string{
	templatestore.WebhookTemplates:   "Webhook template",
	templatestore.LinkedContents:     "Linked Content API",
	templatestore.LineCampaignBodies: "Campaign body",
	templatestore.LinkedMessages:     "Linked messages",
}

// title is what an object is called, and what is done.
func (o *object) title() sentence {
	done := "%s"
	switch o.Action {
	case "no-op":
		done = "unchanged"
	case "create":
		done = "new"
	case "update":
		done = "changed"
	case "delete", "replace", "forget":
		done = map[string]string{"delete": "deleted", "replace": "replaced", "forget": "forgotten"}[o.Action]
	}
	format, args := nouns[o.Kind]+" %s: ", []string{o.Name}
	switch {
	case o.Name == "" && slices.Contains(o.Unknown, "name"):
		format, args = nouns[o.Kind]+" whose name is not known yet: ", nil
	case o.Name == "":
		format, args = nouns[o.Kind]+" whose name is not shown: ", nil
	}
	if done == "%s" {
		args = append(args, o.Action)
	}
	return say(format+done, args...)
}

// reasons are Terraform's words for why, in others.
var reasons = map[string]string{
	"replace_because_tainted":           "It is replaced because an earlier apply left it half done, or somebody tainted it.",
	"replace_by_request":                "It is replaced because whoever planned asked for it.",
	"replace_by_triggers":               "It is replaced because something that it names in replace_triggered_by changes.",
	"replace_because_cannot_update":     "It is replaced because what changes cannot be changed in place.",
	"delete_because_no_resource_config": "It is deleted because it is no longer declared.",
	"delete_because_wrong_repetition":   "It is deleted because count or for_each no longer has it.",
	"delete_because_count_index":        "It is deleted because count no longer has it.",
	"delete_because_each_key":           "It is deleted because for_each no longer has it.",
	"delete_because_no_module":          "It is deleted because its module is no longer declared.",
	"delete_because_no_move_target":     "It is deleted because a moved block names a place that is not declared.",
}

// sentences are what there is to say of an object, in words.
func (o *object) sentences() (said []sentence) {
	add := func(format string, args ...string) { said = append(said, say(format, args...)) }
	o.sayEffect(add)
	o.sayDashboard(add)
	if o.Sensitive {
		add("Sensitive: its texts, values and pictures are left out.")
	}
	if len(o.Unknown) > 0 {
		add("Not known before the apply: %s.", strings.Join(o.Unknown, ", "))
	}
	if o.Imported {
		add("It exists already, and comes under Terraform with this apply.")
	}
	if o.MovedFrom != "" {
		add("In the configuration it was %s before.", o.MovedFrom)
	}
	if o.Deposed != "" {
		add("It is what a replacement that failed has left: the object with the key %s.", o.Deposed)
	}
	if reason, known := reasons[o.Reason]; o.Action == "forget" { // which has that of a delete
	} else if known {
		add(reason)
	} else if o.Reason != "" {
		add("Terraform's reason is %s.", o.Reason)
	}
	return said
}

// sayEffect says what changes for people who get messages.
func (o *object) sayEffect(add func(string, ...string)) {
	live := o.Kind.Live()
	switch {
	case o.Action == "forget" && live:
		add("It stays published, and campaigns go on with it. Terraform no longer knows it.")
	case o.Action == "forget":
		add("It stays in the template store and in the dashboard. Terraform no longer knows it.")
	case live && o.Action == "delete":
		add("Campaigns that read it send nothing any more.")
	case live && o.Action == "replace" && o.renamed():
		if !o.Stops { // which says more
			add("Campaigns that read it under its name of before send nothing from the apply on, until their body is pasted anew.")
		}
	case live && o.Action == "replace":
		add("It is deleted and published anew: campaigns that send in between send nothing.")
	case live && o.Action == "update" && o.When == never:
		add("What people get stays the same.")
	case o.Kind == templatestore.LineCampaignBodies && o.Action == "delete":
		add("The apply alone changes nothing for people: a campaign in the dashboard goes on until a person removes it.")
	}
	if o.Stops {
		add("The Liquid tags change, or what a body asks for: the body of campaigns that read it must be pasted anew. " +
			"From the apply until then they send nothing.")
	} else if o.NewBody {
		add("The body of campaigns that read it changes, and must be pasted anew. Until then they send with the one of before.")
	}
}

// renamed says that the name differs, or may.
func (o *object) renamed() bool {
	before, after := o.change.Before, o.change.After
	return before != nil && after != nil && before.Name != after.Name
}

func (o *object) sayDashboard(add func(string, ...string)) {
	if o.Dashboard == nil {
		return
	}
	switch d := o.Dashboard; d.State {
	case notEntered:
		add("To be entered in the dashboard, under %s. It was never entered.", d.Place)
	case notKnown:
		add("To be entered in the dashboard, under %s, unless it is there as it will be. That is known after the apply.", d.Place)
	case stale:
		add("To be changed in the dashboard, under %s, which has another content.", d.Place)
	default:
		add("To be removed from the dashboard, under %s.", d.Place)
	}
	if o.Dashboard.By != "" {
		add("It was entered by %s at %s.", o.Dashboard.By, o.Dashboard.At)
	}
	if o.Dashboard.Remove != "" {
		add("What is called %s there is to be removed.", o.Dashboard.Remove)
	}
	if o.Dashboard.RemoveHidden {
		add("What is there under the name of before, which is not shown, is to be removed.")
	}
}

// driftSentences say what was changed outside of Terraform.
func (o *object) driftSentences() (said []sentence) {
	if o.Action == "delete" {
		said = append(said, say("It was deleted."))
	}
	if o.Sensitive {
		said = append(said, say("Sensitive: its texts, values and pictures are left out."))
	}
	return said
}

// pendingLine says of what the plan leaves as it is what is still to be done in the dashboard.
func (o *object) pendingLine() sentence {
	state := strings.ReplaceAll(o.Dashboard.State, "_", " ")
	if o.Name == "" {
		return say("%s: "+state, o.Address)
	}
	return say(nouns[o.Kind]+" %s: "+state+" (%s)", o.Name, o.Address)
}

// notedLine says what a person noted.
func (o *object) notedLine() sentence {
	now := o.change.After.Receipt
	switch {
	case o.Sensitive:
		return say("%s", o.Address)
	case now.ContentSHA256 == "":
		return say(nouns[o.Kind]+" %s: no longer in the dashboard (%s)", o.Name, o.Address)
	}
	return say(nouns[o.Kind]+" %s: entered by %s at %s (%s)", o.Name, now.By, now.At, o.Address)
}

// onlyReceipt says that nothing but the receipt differs.
func (o *object) onlyReceipt() bool {
	if o.change.After == nil {
		return false
	}
	for _, p := range o.Properties {
		if !strings.HasPrefix(p.Path, "entered_") {
			return false
		}
	}
	return o.Texts == "" && len(o.Properties) > 0
}

// line is a problem as `clevertap-line check` writes it, without the file.
func (p problem) line() string {
	var place string
	if p.Path != "" {
		place = p.Path
		if p.Line > 0 {
			place += fmt.Sprintf(", line %d, column %d of its JSON", p.Line, p.Column)
		}
		place += ": "
	}
	message := p.Message
	if message == "" {
		message = "sensitive"
	}
	return fmt.Sprintf("%s: %s%s [%s]", p.Severity, place, message, p.Rule)
}

// inProvidersWords is a problem as the provider tells it in a diagnostic.
func (p problem) inProvidersWords() string {
	place := p.Path
	if p.Line > 0 {
		place = fmt.Sprintf("%s, line %d, column %d of its JSON", p.Path, p.Line, p.Column)
	}
	return fmt.Sprintf("%s: %s (%s)", place, p.Message, p.Rule)
}
