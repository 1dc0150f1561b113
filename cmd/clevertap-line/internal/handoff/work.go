package handoff

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// state is what is to be done about an object.
type state int

const (
	// nothing: it is neither declared nor in the dashboard.
	nothing state = iota
	broken
	toEnter
	toChange
	toRemove
	entered
	published
	forgotten
)

// object is one object of the account, as it is declared and as it was entered.
type object struct {
	kind templatestore.Kind
	name string
	// address is where a configuration declares it, if the plan says so.
	address string
	// declared is nil where it is not.
	declared *declared.Object
	// receipt is nil where it was not entered. entered is what was, nil where that is not known.
	receipt *templatestore.Receipt
	entered *declared.Object
	// receiptEdited says that the receipt does not say what was entered.
	receiptEdited bool
	// unknown are the attributes that the plan does not know yet.
	unknown []string
	// sensitive is what the plan says, and hidden that it is left out.
	sensitive, nameSensitive, hidden bool
	// unplanned says that there is a plan, and that it does not have the object.
	unplanned bool
	// forgotten says that Terraform gives it up with the plan.
	forgotten bool
	err       error
}

func (o *object) state() state {
	switch {
	case o.err != nil:
		return broken
	case o.kind.Live() && o.declared == nil:
		return nothing
	case o.kind.Live():
		return published
	case o.forgotten:
		return forgotten
	case o.declared == nil && o.receipt == nil:
		return nothing
	case o.declared == nil:
		return toRemove
	case o.receipt == nil:
		return toEnter
	case !o.receiptEdited && len(o.unknown) == 0 && o.receipt.ContentSHA256 == o.declared.ContentSHA256:
		return entered
	}
	return toChange
}

// title is how people know it.
func (o *object) title() string {
	if o.name == "" || o.hidden && o.nameSensitive {
		return cmp.Or(o.address, "?")
	}
	return o.name
}

// work is what the page is about: every object of the account once.
type work struct{ objects []*object }

type identity struct {
	kind templatestore.Kind
	name string
}

// gather puts together what the store has and, where there is a plan, what it makes of it.
func gather(standings []templatestore.Standing, plan *declared.Plan) *work {
	w, found := &work{}, map[identity]*object{}
	get := func(id identity) *object {
		if found[id] == nil {
			found[id] = &object{kind: id.kind, name: id.name}
			w.objects = append(w.objects, found[id])
		}
		return found[id]
	}
	for _, standing := range standings {
		if standing.Name == "" {
			w.objects = append(w.objects, &object{kind: standing.Kind, err: standing.Err})
			continue
		}
		get(identity{standing.Kind, standing.Name}).stand(standing)
	}
	if plan != nil {
		for _, o := range w.objects {
			o.unplanned = true
		}
		for _, prior := range plan.Prior {
			if o := found[identity{prior.Planned.Kind, prior.Planned.Name}]; o != nil {
				o.unplanned = false
				o.mark(prior.Planned)
			}
		}
		for _, change := range plan.Changes {
			if change.Before != nil {
				get(identity{change.Kind, change.Before.Name}).before(change)
			}
		}
		for _, change := range plan.Changes {
			if change.After != nil {
				id := identity{change.Kind, change.After.Name}
				switch {
				case id.name != "":
				case change.Before != nil:
					id.name = change.Before.Name
				default:
					id.name = "\x00" + change.Address // as no object is called
				}
				get(id).after(change)
			}
		}
	}
	slices.SortStableFunc(w.objects, func(a, b *object) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.title(), b.title()))
	})
	return w
}

// rank is when it is its turn: what others use comes before them, and is removed after them.
func (o *object) rank() int {
	rank := slices.Index([]templatestore.Kind{
		templatestore.WebhookTemplates, templatestore.LinkedContents, templatestore.LineCampaignBodies, templatestore.LinkedMessages,
	}, o.kind)
	if o.state() == toRemove {
		return 10 - rank
	}
	return rank
}

// stand takes over what the store has.
func (o *object) stand(s templatestore.Standing) {
	o.receipt, o.err = s.Receipt, s.Err
	if s.Content != nil {
		content, err := declared.OfContent(s.Kind, s.Name, s.Content)
		if o.declared = &content; err != nil && o.err == nil {
			o.err = err
		}
		if o.err == nil && content.Edited && !s.Kind.Live() {
			o.err = declared.ErrEdited
		}
	}
	if s.Receipt != nil && s.Receipt.Content != nil {
		// What cannot be understood any more is as good as not known, and so is what somebody edited.
		switch content, err := declared.OfContent(s.Kind, s.Name, s.Receipt.Content); {
		case err != nil:
		case content.Edited || content.ContentSHA256 != s.Receipt.ContentSHA256:
			o.receiptEdited = true
		default:
			o.entered = &content
		}
	}
}

// before takes over what becomes of what a plan finds.
func (o *object) before(change declared.Change) {
	o.address, o.unplanned = change.Address, false
	o.mark(change.Before, change.After)
	o.planned()
	switch {
	case strings.Contains(change.Action, "forget"):
		o.forgotten = true
	case change.After == nil || change.After.Name != "" && change.After.Name != o.name:
		o.declared = nil
	}
}

// after takes over what a plan leaves.
func (o *object) after(change declared.Change) {
	o.address, o.forgotten, o.unplanned = change.Address, false, false
	o.name = strings.TrimPrefix(o.name, "\x00"+change.Address)
	o.mark(change.Before, change.After)
	o.planned()
	o.declared = &change.After.Object
	for _, name := range change.After.Unknown {
		if !slices.Contains(aside, name) {
			o.unknown = append(o.unknown, name)
		}
	}
}

// planned forgets what somebody edited in the document: the page is of what holds after the plan, which replaces it.
func (o *object) planned() {
	if errors.Is(o.err, declared.ErrEdited) {
		o.err = nil
	}
}

// aside are attributes on which nothing hangs that a person enters.
var aside = []string{"entered", "entered_at", "entered_by", "entered_sha256", "secret_headers_wo", "served_sha256"}

// mark takes over what is sensitive, whichever side of a change it is on.
func (o *object) mark(sides ...*declared.Planned) {
	for _, side := range sides {
		o.sensitive = o.sensitive || side != nil && side.Sensitive
		o.nameSensitive = o.nameSensitive || side != nil && side.NameSensitive
	}
}

// errHidden stands for what may quote what is sensitive.
var errHidden = errors.New("the document or receipt of a sensitive object cannot be read: clevertap-line store verify says why")

// hide leaves out what is sensitive.
func (w *work) hide() {
	for _, o := range w.objects {
		if o.hidden = o.sensitive; o.hidden && o.err != nil {
			o.err = errHidden
		}
	}
}

// in are the objects in a state, in the order of their turns.
func (w *work) in(states ...state) []*object {
	var found []*object
	for _, o := range w.objects {
		if slices.Contains(states, o.state()) {
			found = append(found, o)
		}
	}
	return found
}

// notable says that the page says all that is to be entered or removed, so that a receipt can be written of it.
func (o *object) notable() bool {
	return !o.hidden && len(o.unknown) == 0 && objectname.Check(o.name) == nil &&
		(o.declared == nil || stores.IsSHA256(o.declared.ContentSHA256))
}

// unreadable is what the command fails with after all the rest was written.
func (w *work) unreadable() error {
	var all []error
	for _, o := range w.in(broken) {
		all = append(all, fmt.Errorf("%s: %w", cli.Printable(stores.Document{Kind: o.kind, Name: o.title()}.String()), o.err))
	}
	return errors.Join(all...)
}
