package drift

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// mark is what a plan says of an object that is sensitive. A store has no such marks, so that they are known by kind and name.
type mark struct {
	sensitive bool
	// address stands for a name that is sensitive itself, "" if it is not.
	address string
}

type marks map[stores.Document]mark

// marksOf are those of all that a plan says anything of; nil is no plan.
func marksOf(plan *declared.Plan) marks {
	m := marks{}
	if plan == nil {
		return m
	}
	note := func(address string, o *declared.Planned) {
		if o == nil || o.Name == "" || !o.Sensitive {
			return
		}
		if !o.NameSensitive {
			address = ""
		}
		m[stores.Document{Kind: o.Kind, Name: o.Name}] = mark{sensitive: true, address: address}
	}
	for _, change := range slices.Concat(plan.Drift, plan.Changes) {
		note(change.Address, change.Before)
		note(change.Address, change.After)
	}
	for _, prior := range plan.Prior {
		note(prior.Address, prior.Planned)
	}
	return m
}

// called is how the object is called.
func (m mark) called(kind templatestore.Kind, name string) string {
	if m.address != "" {
		return cli.Printable(m.address)
	}
	return nameOf(kind, name)
}

// short is a content_sha256, as far as it may be told.
func (m mark) short(sha256 string) string {
	if m.sensitive {
		return "a content that is sensitive"
	}
	return stores.ShortSHA256(sha256)
}

// told is a text of the object, if it may be.
func (m mark) told(text string) string {
	if m.sensitive {
		return "(sensitive)"
	}
	return text
}

// hide stands for an error that may quote what is sensitive.
func (m mark) hide(err error) error {
	if m.sensitive && err != nil {
		return errSensitive
	}
	return err
}

var errSensitive = errors.New("what is wrong with it is not shown, since it is sensitive: clevertap-line store verify shows it")

// planComparison compares what a plan declares with what the stores hold. Nothing of what Terraform marks as sensitive is told
// but the name.
type planComparison struct {
	part *part
	plan declared.Plan
	// held are the objects of the stores. whole says whether all of a store could be read: what is not held is not there then.
	held  map[stores.Document]object
	whole func(live bool) bool
	marks marks

	named map[stores.Document]bool
}

func (c *planComparison) compare() {
	c.named = map[stores.Document]bool{}
	allNamed := true
	for _, change := range c.plan.Changes {
		switch after := change.After; {
		case after == nil:
		case after.Name == "" || slices.Contains(after.Unknown, "name"):
			allNamed = false
			c.part.found(planUnknown, cli.Printable(change.Address), "Its name is not known yet.")
		default:
			c.declares(change)
		}
	}
	for _, change := range c.plan.Changes {
		if change.Before != nil {
			c.gives(change)
		}
	}
	if !allNamed || c.part.state != looked {
		return
	}
	for document, o := range c.held {
		if o.declared != nil && !c.named[document] {
			c.part.found(notInPlan, o.name(), "The store holds %s, and the plan does not name it.", o.short(o.ContentSHA256))
		}
	}
}

// declares compares what one object of the plan is to be.
func (c *planComparison) declares(change declared.Change) {
	after := change.After
	document := stores.Document{Kind: change.Kind, Name: after.Name}
	c.named[document] = true
	mark := c.marks[document]
	name, said := mark.called(change.Kind, after.Name), cmp.Or(mark.short(after.ContentSHA256), "a content that is not known yet")
	o, held := c.held[document]
	switch known := after.ContentSHA256 != "" && !slices.Contains(after.Unknown, "content_sha256"); {
	case !held && !c.whole(change.Kind.Live()):
	case !held || o.declared == nil:
		c.part.found(planAndStoreDiffer, name, "The plan declares %s (%s), and the store has no such object.", said, change.Action)
	case !known:
		c.part.found(planUnknown, name, "The store holds %s, and what the plan declares is not known yet.", mark.short(o.ContentSHA256))
	case o.ContentSHA256 != after.ContentSHA256:
		c.part.found(planAndStoreDiffer, name, "The plan declares %s (%s), and the store holds %s.", said, change.Action,
			mark.short(o.ContentSHA256))
	default:
		switch names := otherwise(after, o.declared); {
		case len(names) > 0:
			c.part.found(planAndStoreDiffer, name, "The plan declares another %s (%s) than the store holds, of the same content.",
				strings.Join(names, " and "), change.Action)
		case change.Action == "update" && !slices.ContainsFunc(after.Unknown, isBesideContent):
			c.part.found(planAndStoreDiffer, name, "The plan changes it (%s), and the store holds the same content_sha256, %s.",
				change.Action, mark.short(o.ContentSHA256))
		}
	}
}

// isBesideContent says of an attribute of linked messages that content_sha256 is not of it.
func isBesideContent(name string) bool {
	return name == "linked_content" || name == "served_at" || name == "variant_of"
}

// otherwise are the attributes of linked messages beside their content that the plan knows, and the store has otherwise.
func otherwise(after *declared.Planned, held *declared.Object) (names []string) {
	for _, attribute := range []struct{ name, planned, held string }{
		{"linked_content", after.LinkedContent, held.LinkedContent},
		{"served_at", after.ServedAt, held.ServedAt},
		{"variant_of", after.VariantOf, held.VariantOf},
	} {
		_, said := after.Attributes[attribute.name]
		if said && !slices.Contains(after.Unknown, attribute.name) && attribute.planned != attribute.held {
			names = append(names, attribute.name)
		}
	}
	return names
}

// gives compares what one object of the plan was, if nothing of the plan is to have its name.
func (c *planComparison) gives(change declared.Change) {
	document := stores.Document{Kind: change.Kind, Name: change.Before.Name}
	if c.named[document] {
		return
	}
	c.named[document] = true
	o, held := c.held[document]
	mark := c.marks[document]
	name := mark.called(change.Kind, change.Before.Name)
	switch {
	case !held || o.declared == nil:
	case change.After != nil:
		c.part.found(planAndStoreDiffer, name, "The plan gives %s another name, and the store holds %s under this one.",
			cli.Printable(change.Address), mark.short(o.ContentSHA256))
	case strings.Contains(change.Action, "delete"): // and not "forget", which leaves it in the store
		c.part.found(planAndStoreDiffer, name, "The plan deletes it, and the store holds %s.", mark.short(o.ContentSHA256))
	}
}
