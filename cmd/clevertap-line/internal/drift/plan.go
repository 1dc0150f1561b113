package drift

import (
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
)

// planComparison compares what a plan declares with what the stores hold. Nothing of what Terraform marks as sensitive is told
// but the name.
type planComparison struct {
	part *part
	plan declared.Plan
	// held are the objects of the stores. whole says whether all of a store could be read: what is not held is not there then.
	held  map[stores.Document]object
	whole func(live bool) bool

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
			c.part.found(notInPlan, o.name(), "The store holds %s, and the plan does not name it.", short(o.ContentSHA256))
		}
	}
}

// declares compares what one object of the plan is to be.
func (c *planComparison) declares(change declared.Change) {
	after := change.After
	document := stores.Document{Kind: change.Kind, Name: after.Name}
	c.named[document] = true
	name, said := nameOf(change.Kind, after.Name), shown(after.ContentSHA256, change)
	o, held := c.held[document]
	switch known := after.ContentSHA256 != "" && !slices.Contains(after.Unknown, "content_sha256"); {
	case !held && !c.whole(change.Kind.Live()):
	case !held || o.declared == nil:
		c.part.found(planAndStoreDiffer, name, "The plan declares %s (%s), and the store has no such object.", said, change.Action)
	case !known:
		c.part.found(planUnknown, name, "The store holds %s, and what the plan declares is not known yet.", shown(o.ContentSHA256, change))
	case o.ContentSHA256 != after.ContentSHA256:
		c.part.found(planAndStoreDiffer, name, "The plan declares %s (%s), and the store holds %s.", said, change.Action,
			shown(o.ContentSHA256, change))
	}
}

// gives compares what one object of the plan was, if nothing of the plan is to have its name.
func (c *planComparison) gives(change declared.Change) {
	document := stores.Document{Kind: change.Kind, Name: change.Before.Name}
	if c.named[document] {
		return
	}
	c.named[document] = true
	o, held := c.held[document]
	name := nameOf(change.Kind, change.Before.Name)
	switch {
	case !held || o.declared == nil:
	case change.After != nil:
		c.part.found(planAndStoreDiffer, name, "The plan gives %s another name, and the store holds %s under this one.",
			cli.Printable(change.Address), shown(o.ContentSHA256, change))
	case strings.Contains(change.Action, "delete"): // and not "forget", which leaves it in the store
		c.part.found(planAndStoreDiffer, name, "The plan deletes it, and the store holds %s.", shown(o.ContentSHA256, change))
	}
}

// shown is what may be said of a content.
func shown(sha256 string, change declared.Change) string {
	switch {
	case change.Sensitive():
		return "a content that is sensitive"
	case sha256 == "":
		return "a content that is not known yet"
	}
	return short(sha256)
}
