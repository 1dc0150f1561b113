package report

import (
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// facts are what is told of a plan in every format, most important first. As JSON they are the format json, described in
// docs/schemas/report.v1.json.
type facts struct {
	Version     int          `json:"version"`
	Failed      bool         `json:"failed"`
	Unfinished  bool         `json:"unfinished"`
	Partial     bool         `json:"partial"`
	Foreign     int          `json:"foreign_lines"`
	Counts      counts       `json:"counts"`
	Diagnostics []diagnostic `json:"diagnostics"`
	Objects     []object     `json:"objects"`
	Drift       []object     `json:"drift"`
	Others      []other      `json:"others"`
}

// counts are the figures of the first line.
type counts struct {
	AtApply   int `json:"at_apply"`
	OnceIn    int `json:"once_entered"`
	ToEnter   int `json:"to_enter"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Unchanged int `json:"unchanged"`
}

const (
	severityError = "error"

	// When people get what changes: with the apply, once a person has entered it in the dashboard, or never.
	atApply = "apply"
	onceIn  = "entered"
	never   = ""

	// What the dashboard has, as `clevertap-line entered --list` calls it, and where that is not known before the apply.
	notEntered       = "not_entered"
	stale            = "stale"
	noLongerDeclared = "no_longer_declared"
	notKnown         = "unknown"
)

// object is an object of the plan about which there is something to say.
type object struct {
	Address string             `json:"address"`
	Kind    templatestore.Kind `json:"kind"`
	// Name is "" where it is sensitive, or not known.
	Name      string `json:"name"`
	Action    string `json:"action"`
	Reason    string `json:"reason"`
	Deposed   string `json:"deposed"`
	Imported  bool   `json:"imported"`
	MovedFrom string `json:"moved_from"`
	// Sensitive says that all that follows from what is marked is left out.
	Sensitive bool     `json:"sensitive"`
	Unknown   []string `json:"unknown"`
	// When people get what changes.
	When string `json:"when"`
	// NewBody says that the body of campaigns which read these messages changes; Stops that they send nothing until it is pasted.
	NewBody bool `json:"new_body"`
	Stops   bool `json:"stops"`
	// Dashboard is nil where nothing is to be done there.
	Dashboard      *dashboard `json:"dashboard"`
	Texts          string     `json:"texts"`
	Properties     []property `json:"properties"`
	MoreProperties int        `json:"more_properties"`
	Problems       []problem  `json:"problems"`

	change declared.Change
	// told are the problems in the provider's words, those of what is sensitive included.
	told []string
}

// dashboard is what is to be done there.
type dashboard struct {
	State string `json:"state"`
	Place string `json:"place"`
	By    string `json:"entered_by"`
	At    string `json:"entered_at"`
	// Remove is the name of what a replacement leaves there, "" mostly, and where it is sensitive, which RemoveHidden says.
	Remove       string `json:"remove"`
	RemoveHidden bool   `json:"remove_hidden"`
}

// problem is what is wrong with messages that are known.
type problem struct {
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	// Message is "" of what is sensitive.
	Message string `json:"message"`
	Rule    string `json:"rule"`
	Source  string `json:"source"`
}

// other is a change of one of the provider's other resources.
type other struct {
	Address string `json:"address"`
	Type    string `json:"type"`
	Action  string `json:"action"`
}

// gather collects the facts of a plan, nil for one that left none, and of its log.
func gather(plan *declared.Plan, log planLog, showSensitive bool) facts {
	f := facts{Version: 1, Failed: log.failed(), Partial: log.targeted, Foreign: log.foreign,
		Diagnostics: []diagnostic{}, Objects: []object{}, Drift: []object{}, Others: []other{}}
	f.Unfinished = plan == nil && !log.ended && !f.Failed
	marks := addressMarks{}
	if plan != nil {
		f.Failed = f.Failed || plan.Errored
		f.Partial = f.Partial || plan.Partial && !f.Failed // which goes without saying
		marks.know(plan.Marks, !f.Failed)
		for _, change := range plan.Changes {
			o := ofChange(change, showSensitive)
			marks.hide(o.Address, o.Sensitive)
			if o.isWorthARow() {
				f.Objects = append(f.Objects, o)
			} else {
				f.Counts.Unchanged++
			}
		}
		for _, o := range plan.Prior { // which may be declared otherwise now
			marks.hide(o.Address, o.Planned.Sensitive)
		}
		for _, change := range plan.Drift {
			if o := ofDrift(change, showSensitive); o.Texts != "" || len(o.Properties) > 0 || o.Action == "delete" {
				f.Drift = append(f.Drift, o)
			}
		}
		for _, o := range plan.Others {
			f.Others = append(f.Others, other(o))
		}
	}
	f.Diagnostics = append(f.Diagnostics, f.untold(log.diagnostics, marks, showSensitive)...)
	f.count()
	return f
}

func (f *facts) count() {
	c := &f.Counts
	severe := func(severity string) {
		if severity == severityError {
			c.Errors++
		} else {
			c.Warnings++
		}
	}
	for _, d := range f.Diagnostics {
		severe(d.Severity)
	}
	for _, o := range f.Objects {
		switch o.When {
		case atApply:
			c.AtApply++
		case onceIn:
			c.OnceIn++
		}
		if o.Dashboard != nil {
			c.ToEnter++
		}
		for _, p := range o.Problems {
			severe(p.Severity)
		}
	}
}

// ofChange tells what is planned for one object.
func ofChange(change declared.Change, showSensitive bool) object {
	o := newObject(change, showSensitive)
	o.Dashboard = dashboardOf(change, o.Sensitive)
	if change.After != nil {
		for _, name := range change.After.Unknown {
			if !slices.Contains(slices.Concat(derived, receipt, served), name) {
				o.Unknown = append(o.Unknown, name)
			}
		}
		o.Problems = append(o.Problems, problemsOf(change.After)...)
	}
	for i, p := range o.Problems {
		o.told = append(o.told, p.inProvidersWords())
		if o.Sensitive {
			o.Problems[i] = problem{Severity: p.Severity, Rule: p.Rule, Source: p.Source}
		}
	}
	if change.Action == "no-op" || change.Action == "forget" {
		return o
	}
	o.When = whenOf(change)
	o.NewBody, o.Stops = newBodyOf(change)
	o.compare(slices.Concat(derived, receipt, served)...)
	return o
}

// ofDrift tells what was changed outside of Terraform.
func ofDrift(change declared.Change, showSensitive bool) object {
	o := newObject(change, showSensitive)
	o.compare(derived...)
	return o
}

func newObject(change declared.Change, showSensitive bool) object {
	o := object{
		Address: change.Address, Kind: change.Kind, Action: change.Action, Reason: change.Reason, Deposed: change.Deposed,
		Imported: change.Imported, MovedFrom: change.MovedFrom, Sensitive: change.Sensitive() && !showSensitive,
		Unknown: []string{}, Properties: []property{}, Problems: []problem{}, change: change,
	}
	nameSensitive := false
	for _, p := range []*declared.Planned{change.Before, change.After} {
		if p != nil {
			o.Name, nameSensitive = p.Name, nameSensitive || p.NameSensitive
		}
	}
	if nameSensitive && !showSensitive {
		o.Name = ""
	}
	return o
}

// compare tells which texts and properties differ.
func (o *object) compare(without ...string) {
	before, after := o.change.Before, o.change.After
	o.Texts = textDiff(messagesOf(before), messagesOf(after))
	if after != nil && slices.Contains(after.Unknown, "messages") {
		o.Texts = ""
	}
	found, more := properties(before, after, without...)
	o.Properties, o.MoreProperties = append(o.Properties, found...), more
	if o.Sensitive {
		o.Texts = ""
		for i := range o.Properties {
			o.Properties[i] = property{Path: attributeOf(o.Properties[i].Path)}
		}
		o.Properties = slices.Compact(o.Properties)
	}
}

func messagesOf(p *declared.Planned) string {
	if p == nil {
		return ""
	}
	return p.Messages
}

// isWorthARow says that there is something to say.
func (o *object) isWorthARow() bool {
	return o.Action != "no-op" || o.Imported || o.MovedFrom != "" || o.Dashboard != nil || len(o.Problems) > 0 || o.Deposed != ""
}

// whenOf says when people get what changes.
func whenOf(change declared.Change) string {
	before, after := change.Before, change.After
	if change.Kind == templatestore.WebhookTemplates || change.Kind == templatestore.LinkedContents {
		return never
	}
	if change.Kind.Live() && change.Action == "replace" {
		return atApply
	}
	// The hash of a document that somebody edited may be that of before the edit.
	if before != nil && after != nil && before.Name == after.Name && len(after.Unknown) == 0 && before.Messages == after.Messages &&
		before.ContentSHA256 == after.ContentSHA256 && same(before, after, "reference") {
		return never
	}
	if change.Kind.Live() {
		return atApply
	}
	if after == nil || change.Deposed != "" {
		return never // until a person removes it
	}
	return onceIn
}

// dashboardOf is what is to be done there after the apply.
func dashboardOf(change declared.Change, sensitive bool) *dashboard {
	if change.Kind.Live() || change.Action == "forget" || change.Deposed != "" {
		return nil
	}
	d := &dashboard{Place: places[change.Kind]}
	p := change.After
	switch {
	case p == nil:
		if p = change.Before; p == nil || p.Receipt.ContentSHA256 == "" {
			return nil
		}
		d.State = noLongerDeclared
	case slices.Contains(p.Unknown, "entered"):
		d.State = notKnown
	case p.Receipt.ContentSHA256 == "":
		d.State = notEntered
	case p.Receipt.ContentSHA256 != p.ContentSHA256:
		d.State = stale
	default:
		return nil
	}
	if change.Kind == templatestore.LineCampaignBodies && (d.State == stale || d.State == noLongerDeclared) {
		d.Place = "Campaigns" // what is there is not added once more
	}
	before := change.Before
	renamed := change.After != nil && before != nil && before.Name != p.Name && before.Receipt.ContentSHA256 != ""
	if d.RemoveHidden = renamed && sensitive && (before.NameSensitive || p.NameSensitive); renamed && !d.RemoveHidden {
		d.Remove = before.Name
	}
	if !sensitive {
		d.By, d.At = p.Receipt.By, p.Receipt.At
	}
	return d
}

var places = map[templatestore.Kind]string{
	templatestore.WebhookTemplates:   dialog.WebhookTemplatePlace,
	templatestore.LinkedContents:     dialog.LinkedContentPlace,
	templatestore.LineCampaignBodies: dialog.LineCampaignBodyPlace,
}

// newBodyOf says whether the body changes of campaigns that read linked messages, and whether the one of before sends nothing.
func newBodyOf(change declared.Change) (changes, stops bool) {
	before, after := change.Before, change.After
	if !change.Kind.Live() || before == nil || after == nil || same(before, after, "reference") {
		return false, false
	}
	was, err := linkedcontent.ParseReference(text(before, "reference"))
	is, err2 := linkedcontent.ParseReference(text(after, "reference"))
	if err != nil || err2 != nil { // not known yet, or edited
		return false, false
	}
	return true, was.Shape != is.Shape || was.Name != is.Name || was.Variants != is.Variants
}

func same(before, after *declared.Planned, attribute string) bool {
	return text(before, attribute) == text(after, attribute)
}

// text is an attribute that is a string, "" where it has none.
func text(p *declared.Planned, attribute string) string {
	found, _ := p.Attributes[attribute].(string)
	return found
}

// problemsOf checks messages again, as a plan does.
func problemsOf(p *declared.Planned) (found []problem) {
	list, _ := p.Attributes["messages"].([]any)
	if slices.Contains(p.Unknown, "messages") || list == nil {
		return nil
	}
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i], _ = one.(string)
	}
	for _, wrong := range linebody.ValidateMessages(recipientOf(p).Text(), linebody.ParseMessages(texts...), linebody.Options{}) {
		place := problem{Severity: wrong.Severity.String(), Path: wrong.Path, Message: wrong.Message, Rule: wrong.Rule, Source: wrong.Source}
		if wrong.Index >= 0 {
			place.Line, place.Column = wrong.Line, wrong.Column
		}
		found = append(found, place)
	}
	return found
}

// recipientOf is whom a body is sent to. Linked messages are sent to whom their bodies say.
func recipientOf(p *declared.Planned) linebody.Recipient {
	to, _ := p.Attributes["to"].(map[string]any)
	one := func(name string) *string {
		if value, is := to[name].(string); is {
			return &value
		}
		return nil
	}
	return linebody.Recipient{ProfileProperty: one("profile_property"), Default: one("default"), ID: one("id")}
}
