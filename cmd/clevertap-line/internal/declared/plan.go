package declared

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Plan is what Terraform's or OpenTofu's plan says of the objects of stores, the rest left out.
type Plan struct {
	// Changes are those of all objects, those without a change included, sorted by address and deposed key.
	Changes []Change
	// Drift is what a refresh found changed since the last apply, in the same order.
	Drift []Change
	// Others are the changes of the provider's other resources, such as LINE IDs on profiles, sorted by address.
	Others []Other
	// Marks say of each managed resource that is planned, other providers' too, whether anything of it is marked as sensitive.
	// What the plan did not get to is not there, nor are data sources.
	Marks map[string]bool
	// Prior are the objects of the state that the plan begins with, those that it leaves alone included.
	Prior []Prior
	// Errored says that the plan ended with an error, so that it is not whole.
	Errored bool
	// Partial says that the plan leaves changes for a later one, as with -target.
	Partial bool
	// Accounts are the account IDs that the configurations of the provider with such objects name, sorted, each once; in place
	// of those that are no constants it has NoConstant.
	Accounts []string
}

// NoConstant is in place of an account ID that a plan does not say.
const NoConstant = "(no constant)"

// CheckAccount wants a plan of whose objects it is known that they are the account's: an object does not say whose it is.
func (p *Plan) CheckAccount(account string) error {
	switch shown := cli.Printable(strings.Join(p.Accounts, ", ")); {
	case len(p.Accounts) > 1:
		return fmt.Errorf("the plan has objects of several accounts (%s) and does not say whose each is: leave out --plan, and look at "+
			"each account after the apply", shown)
	case len(p.Accounts) == 1 && p.Accounts[0] != NoConstant && p.Accounts[0] != account:
		return fmt.Errorf("the plan is for account %s, and not for %s: give --account", shown, cli.Printable(account))
	}
	return nil
}

// Prior is an object in the state that a plan begins with.
type Prior struct {
	Address string
	Planned *Planned
}

// Change is what a plan has for one object.
type Change struct {
	Address string
	Kind    templatestore.Kind
	// Action is "create", "update", "replace", "delete", "forget", "no-op" or another word of Terraform's.
	Action string
	// Reason is Terraform's word for why, "" mostly.
	Reason string
	// Deposed is the key of an object that waits for its removal after a replacement that failed, "" mostly.
	Deposed string
	// Imported says that the object comes into state with this plan. MovedFrom is the address that it had, "" if the same.
	Imported  bool
	MovedFrom string
	// Before and After are nil where there is no object.
	Before, After *Planned
}

// Other is a change of a resource that is no object of a store. What it changes is not told.
type Other struct{ Address, Type, Action string }

// Planned is an object in a plan.
type Planned struct {
	Object
	Receipt Entered
	// Attributes are all of its resource, as encoding/json reads them with numbers as they are written. What is not known is
	// null, or missing.
	Attributes map[string]any
	// Unknown are the attributes that are not known, or not wholly, until the plan is applied, sorted. What follows from them
	// is missing in Object.
	Unknown []string
	// Sensitive says that Terraform marks something of it as sensitive, from which the rest may follow. NameSensitive says
	// that its name is among that.
	Sensitive, NameSensitive bool
}

// Entered is what a plan knows of an object's receipt.
type Entered struct {
	ContentSHA256 string `json:"entered_sha256"`
	By            string `json:"entered_by"`
	At            string `json:"entered_at"`
}

// Sensitive says that the object is, before or after.
func (c Change) Sensitive() bool {
	return c.Before != nil && c.Before.Sensitive || c.After != nil && c.After.Sensitive
}

// MaxPlan is how many bytes of a plan are read.
const MaxPlan = 256 << 20

// kinds are those of the resource types.
var kinds = map[string]templatestore.Kind{
	"clevertap_webhook_template":     templatestore.WebhookTemplates,
	"clevertap_linked_content":       templatestore.LinkedContents,
	"clevertap_line_campaign_body":   templatestore.LineCampaignBodies,
	"clevertap_line_linked_messages": templatestore.LinkedMessages,
}

// IsPlanFile says that a text is a plan file itself, which is a ZIP archive.
func IsPlanFile(text []byte) bool { return bytes.HasPrefix(text, []byte("PK\x03\x04")) }

// TakePlan is ReadPlan of what was opened for it, which it closes. It waits for no more of it than the command lives.
func TakePlan(ctx context.Context, input io.ReadCloser) (*Plan, error) {
	defer func() { _ = input.Close() }() // it was only read
	var plan Plan                        // no result: after an interrupt, the read goes on
	err := cli.Interruptibly(ctx, func() (err error) {
		plan, err = ReadPlan(input)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &plan, nil
}

// ReadPlan reads a plan as `terraform show -json` or `tofu show -json` writes it.
func ReadPlan(r io.Reader) (Plan, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxPlan+1))
	switch {
	case err != nil:
		return Plan{}, err
	case len(text) > MaxPlan:
		return Plan{}, fmt.Errorf("this has more than %d bytes", MaxPlan)
	case IsPlanFile(text):
		return Plan{}, errors.New("this is the plan file itself: give what `terraform show -json PLANFILE` says of it")
	}
	var plan tfjson.Plan
	plan.UseJSONNumber(true)
	if err := json.Unmarshal(text, &plan); err != nil {
		return Plan{}, fmt.Errorf("this is not what `terraform show -json PLANFILE` writes: %w", err)
	}
	var also struct { // which the library does not read
		Errored bool            `json:"errored"`
		Values  json.RawMessage `json:"values"` // of a state
	}
	if err := json.Unmarshal(text, &also); err != nil {
		return Plan{}, err
	}
	if also.Values != nil {
		return Plan{}, errors.New("this is a state: give what `terraform show -json PLANFILE` says, with the plan file")
	}
	read := Plan{
		Errored:  also.Errored,
		Partial:  plan.Complete != nil && !*plan.Complete,
		Accounts: accounts(plan.Config),
	}
	read.Others, read.Marks = others(plan.ResourceChanges), marksOf(plan.ResourceChanges)
	if read.Changes, err = changes(plan.ResourceChanges); err != nil {
		return Plan{}, err
	}
	if read.Drift, err = changes(plan.ResourceDrift); err != nil {
		return Plan{}, err
	}
	if plan.PriorState != nil && plan.PriorState.Values != nil {
		if read.Prior, err = prior(plan.PriorState.Values.RootModule); err != nil {
			return Plan{}, err
		}
	}
	read.spread()
	read.refreshReceipts()
	return read, nil
}

func changes(all []*tfjson.ResourceChange) ([]Change, error) {
	var found []Change
	for _, resource := range all {
		if resource == nil || resource.Change == nil || resource.Mode != tfjson.ManagedResourceMode || kinds[resource.Type] == "" {
			continue
		}
		change, err := changeOf(resource)
		if err != nil {
			return nil, fmt.Errorf("of %s: %w", resource.Address, err)
		}
		found = append(found, change)
	}
	slices.SortFunc(found, func(a, b Change) int {
		return strings.Compare(a.Address+"\x00"+a.Deposed, b.Address+"\x00"+b.Deposed)
	})
	return found, nil
}

func others(all []*tfjson.ResourceChange) []Other {
	var found []Other
	for _, resource := range all {
		if resource == nil || resource.Change == nil || resource.Mode != tfjson.ManagedResourceMode || kinds[resource.Type] != "" ||
			!strings.HasPrefix(resource.Type, "clevertap_") || resource.Change.Actions.NoOp() {
			continue
		}
		found = append(found, Other{resource.Address, resource.Type, action(resource.Change.Actions)})
	}
	slices.SortFunc(found, func(a, b Other) int { return strings.Compare(a.Address+"\x00"+a.Action, b.Address+"\x00"+b.Action) })
	return found
}

func changeOf(resource *tfjson.ResourceChange) (change Change, err error) {
	c := resource.Change
	change = Change{
		Address: resource.Address, Kind: kinds[resource.Type], Action: action(c.Actions), Reason: string(resource.ActionReason),
		Deposed: resource.DeposedKey, Imported: c.Importing != nil,
	}
	if resource.PreviousAddress != resource.Address {
		change.MovedFrom = resource.PreviousAddress
	}
	if change.Before, err = planned(change.Kind, c.Before, nil, c.BeforeSensitive); err == nil {
		change.After, err = planned(change.Kind, c.After, c.AfterUnknown, c.AfterSensitive)
	}
	return change, err
}

func action(actions tfjson.Actions) string {
	if actions.Replace() {
		return "replace"
	}
	words := make([]string, len(actions))
	for i, word := range actions {
		words[i] = string(word)
	}
	return strings.Join(words, ", ")
}

// attributes are those of the four resources together.
type attributes struct {
	Entered

	Name                 string                    `json:"name"`
	ContentSHA256        string                    `json:"content_sha256"`
	HTTPMethod           string                    `json:"http_method"`
	DestinationURL       string                    `json:"destination_url"`
	EndpointURL          string                    `json:"endpoint_url"`
	Headers              map[string]string         `json:"headers"`
	SecretHeaderNames    []string                  `json:"secret_header_names"`
	SecretHeadersVersion *int64                    `json:"secret_headers_wo_version"`
	BasicAuth            *basicAuth                `json:"basic_auth"`
	OAuth2               *oauth2                   `json:"oauth2"`
	LineOAuth2           *templatestore.LineOAuth2 `json:"line_oauth2"`
	WebhookTemplate      *string                   `json:"webhook_template"`
	To                   templatestore.Recipient   `json:"to"`
	Messages             []string                  `json:"messages"`
	LinkedMessages       *string                   `json:"linked_messages"`
	LinkedContent        string                    `json:"linked_content"`
	VariantOf            *string                   `json:"variant_of"`
	Body                 string                    `json:"body"`
	Shape                string                    `json:"shape"`
	ServedAt             string                    `json:"served_at"`
	VersionUnit          string                    `json:"version_unit"`
}

// planned reads a value of a plan; nil is none.
func planned(kind templatestore.Kind, value, unknown, sensitive any) (*Planned, error) {
	if value == nil {
		return nil, nil
	}
	text, err := raw(value)
	if err != nil {
		return nil, err
	}
	var a attributes
	if err := json.Unmarshal(text, &a); err != nil {
		wrong := "" // where, without the value, which may be sensitive
		if mismatch, typed := errors.AsType[*json.UnmarshalTypeError](err); typed {
			wrong = fmt.Sprintf(": %s is no %s", mismatch.Field, mismatch.Type)
		}
		return nil, fmt.Errorf("its attributes are not those of this provider's version%s", wrong)
	}
	p := &Planned{Object: Object{Kind: kind, Name: a.Name}, Receipt: a.Entered, Unknown: marked(unknown)}
	p.Attributes, _ = value.(map[string]any)
	p.Sensitive, p.NameSensitive = sensitivity(value, unknown, sensitive)
	p.read(a)
	return p, nil
}

// read takes over what is known.
func (p *Planned) read(a attributes) {
	switch p.Kind {
	case templatestore.WebhookTemplates:
		p.ofWebhookTemplate(templatestore.WebhookTemplate{
			HTTPMethod: a.HTTPMethod, DestinationURL: a.DestinationURL, Headers: a.Headers, SecretHeaders: a.SecretHeaderNames,
			SecretHeadersVersion: a.SecretHeadersVersion, BasicAuth: (*templatestore.BasicAuth)(a.BasicAuth),
			OAuth2: (*templatestore.OAuth2)(a.OAuth2), LineOAuth2: a.LineOAuth2, ContentSHA256: a.ContentSHA256,
		})
	case templatestore.LinkedContents:
		p.ofLinkedContent(templatestore.LinkedContent{
			HTTPMethod: a.HTTPMethod, EndpointURL: a.EndpointURL, Headers: a.Headers, SecretHeaders: a.SecretHeaderNames,
			SecretHeadersVersion: a.SecretHeadersVersion, ContentSHA256: a.ContentSHA256,
		})
	case templatestore.LineCampaignBodies:
		body := templatestore.LineCampaignBody{
			WebhookTemplate: a.WebhookTemplate, To: a.To, LinkedMessages: a.LinkedMessages, Body: a.Body, ContentSHA256: a.ContentSHA256,
		}
		for _, message := range a.Messages {
			body.Messages = append(body.Messages, json.RawMessage(message))
		}
		p.ofCampaignBody(body)
	default:
		p.ContentSHA256, p.Messages = a.ContentSHA256, array(a.Messages)
		p.readThrough(a.LinkedContent, a.VariantOf)
		p.Shape, p.ServedAt = a.Shape, a.ServedAt
	}
	p.Unit = a.VersionUnit
	if slices.Contains(p.Unknown, "messages") || slices.Contains(p.Unknown, "linked_messages") {
		p.Messages = ""
	}
}

// marked are the names of the attributes in which a plan marks anything.
func marked(marks any) []string {
	var names []string
	byName, _ := marks.(map[string]any)
	for name, mark := range byName {
		if anyMark(mark) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// anyMarked says whether there is a value that is marked. A write-only one is marked always, and there never.
func anyMarked(mark, value any) bool {
	switch mark := mark.(type) {
	case []any:
		list, _ := value.([]any)
		for i, inner := range mark[:min(len(mark), len(list))] {
			if anyMarked(inner, list[i]) {
				return true
			}
		}
		return false
	case map[string]any:
		byName, _ := value.(map[string]any)
		for name, inner := range mark {
			if anyMarked(inner, byName[name]) {
				return true
			}
		}
		return false
	}
	return mark == true && value != nil
}

func anyMark(mark any) bool {
	switch mark := mark.(type) {
	case bool:
		return mark
	case []any:
		return slices.ContainsFunc(mark, anyMark)
	case map[string]any:
		for _, inner := range mark {
			if anyMark(inner) {
				return true
			}
		}
	}
	return false
}
