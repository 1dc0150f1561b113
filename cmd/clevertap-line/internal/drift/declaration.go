package drift

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// atATime is how many answers of stores and URLs are waited for at a time.
const atATime = 8

// object is what a store has of one object of the account.
type object struct {
	templatestore.Standing
	// declared is what the document says, nil if there is none. entered is what the receipt is of, nil if that is not known.
	declared, entered *declared.Object
	mark
}

func nameOf(kind templatestore.Kind, name string) string {
	return cli.Printable(stores.Document{Kind: kind, Name: name}.String())
}

func (o object) name() string { return o.called(o.Kind, o.Name) }

// storeReading reads what a store has of an account: of the dashboard or what is live.
type storeReading struct {
	backend templatestore.Backend
	account string
	live    bool
	part    *part
	marks   marks
}

// objects are those that can be read. accounts are all that the store has something of.
func (s storeReading) objects(ctx context.Context) (objects []object, accounts []string) {
	storeID, standings, err := templatestore.Standings(ctx, s.backend)
	if err == nil && storeID == "" {
		err = stores.None(s.backend)
	}
	if err != nil {
		s.part.fail(err)
		return nil, nil
	}
	for _, standing := range standings {
		if standing.Account != s.account || standing.Kind.Live() != s.live {
			continue
		}
		o, err := read(standing)
		o.mark = s.marks[stores.Document{Kind: o.Kind, Name: o.Name}]
		if err != nil {
			s.part.failOf(o.name(), o.hide(err))
			continue
		}
		objects = append(objects, o)
	}
	return s.confirmed(ctx, objects), stores.Accounts(standings)
}

func read(standing templatestore.Standing) (object, error) {
	o := object{Standing: standing}
	if standing.Err != nil {
		return o, standing.Err
	}
	if standing.Content != nil {
		content, err := declared.OfContent(standing.Kind, standing.Name, standing.Content)
		if err != nil {
			return o, err
		}
		o.declared = &content
	}
	if receipt := standing.Receipt; receipt != nil && receipt.Content != nil {
		if content, err := declared.OfContent(standing.Kind, standing.Name, receipt.Content); err == nil {
			o.entered = &content // what an older version wrote in another form is not known
		}
	}
	return o, nil
}

// confirmed leaves out the objects that are seen in part because the listing omits something.
func (s storeReading) confirmed(ctx context.Context, objects []object) (kept []object) {
	store := templatestore.New(s.backend, s.account)
	omitted := make([]error, len(objects))
	group := errgroup.Group{}
	group.SetLimit(atATime)
	for i, o := range objects {
		switch o.State {
		case templatestore.StateUndeclared:
			group.Go(func() error { omitted[i] = absence(ctx, store, o.Kind, o.Name); return nil })
		case templatestore.StateNotEntered:
			group.Go(func() error { omitted[i] = absence(ctx, store, o.Kind.Receipts(), o.Name); return nil })
		}
	}
	_ = group.Wait() // they keep their errors
	for i, o := range objects {
		if omitted[i] != nil {
			s.part.failOf(o.name(), o.hide(omitted[i]))
		} else {
			kept = append(kept, o)
		}
	}
	return kept
}

// absence is nil if a document that a listing omits is not there.
func absence(ctx context.Context, store *templatestore.Store, kind templatestore.Kind, name string) error {
	_, err := templatestore.ReadRaw(ctx, store, kind, name)
	failure, known := errors.AsType[*templatestore.Error](err)
	switch {
	case err == nil:
		return fmt.Errorf("the listing of %s omits a document that is there (%s). Look again later", store.Location(), kind)
	case known && failure.Reason == templatestore.NotFound:
		return nil
	}
	return err
}

// compareReceipts compares what is declared with what was entered.
func compareReceipts(p *part, objects []object) {
	for _, o := range objects {
		noteEdits(p, o)
		entered := ""
		if o.Receipt != nil {
			entered = fmt.Sprintf("%s was entered by %s at %s", o.short(o.Receipt.ContentSHA256), cli.Printable(o.Receipt.By),
				cli.Printable(o.Receipt.At))
		}
		if o.entered != nil && (o.entered.Edited || o.entered.ContentSHA256 != o.Receipt.ContentSHA256) {
			p.found(receiptEdited, o.name(), "Its entered_content is not that of its content_sha256 %s.",
				o.told(stores.ShortSHA256(o.Receipt.ContentSHA256)))
		}
		switch o.State {
		case templatestore.StateNotEntered:
			p.found(notEntered, o.name(), "%s is declared, and there is no receipt.", o.short(o.ContentSHA256))
		case templatestore.StateStale:
			p.found(enteredStale, o.name(), "%s is declared, and %s.", o.short(o.ContentSHA256), entered)
		case templatestore.StateUndeclared:
			p.found(stillInDashboard, o.name(), "%s, and nothing is declared.", entered)
		}
	}
}

// noteEdits finds what somebody changed in a document.
func noteEdits(p *part, o object) {
	if o.declared == nil {
		return
	}
	if o.declared.Fault != "" {
		p.found(documentEdited, o.name(), "%s.", cli.Printable(o.hide(errors.New(o.declared.Fault)).Error()))
		return
	}
	if o.declared.Edited {
		what := "Its content is not that of its content_sha256 %s."
		if o.Kind.Live() {
			what = "Its messages are not those of its content_sha256 %s and its shape."
		}
		p.found(documentEdited, o.name(), what, o.told(stores.ShortSHA256(o.ContentSHA256)))
	}
}

// compareReferences compares what bodies read with what is published. missing confirms that there is no document of a name.
func compareReferences(p *part, bodies, published []object, missing func(name string) error) {
	whole := p.state == looked // what cannot be read may be what a body reads
	for _, body := range bodies {
		content := body.declared
		if content == nil {
			continue // it is told that it is to be removed
		}
		if body.entered != nil {
			content = body.entered
		}
		reference, err := linkedcontent.ParseReference(content.LinkedMessages)
		if err != nil {
			continue // it carries its messages itself, or is edited, which is told
		}
		found := false
		for _, messages := range published {
			if reference.Variants && messages.declared.VariantOf != reference.Name || !reference.Variants && messages.Name != reference.Name {
				continue
			}
			found = true
			if messages.declared.Shape != reference.Shape {
				p.found(shapeDiffers, body.name(), "It is made for the shape %s, and %s has the shape %s.", body.told(reference.Shape),
					messages.name(), messages.told(stores.ShortSHA256(messages.declared.Shape)))
			}
		}
		switch {
		case found || !whole:
		case reference.Variants:
			p.found(messagesMissing, body.name(), "It reads variants of %s, and none is published.", body.told(reference.Name))
		default:
			if err := missing(reference.Name); err != nil {
				p.failOf(nameOf(templatestore.LinkedMessages, body.told(reference.Name)), body.hide(err))
			} else {
				p.found(messagesMissing, body.name(), "It reads the messages %s, and they are not published.", body.told(reference.Name))
			}
		}
	}
}
