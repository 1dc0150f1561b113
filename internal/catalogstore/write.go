package catalogstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Put writes a document if the present one has the ETag, and returns when reads show it. See [Backend] for what may come
// between.
func (b *Backend) Put(ctx context.Context, key string, data []byte, etag string) (newETag string, err error) {
	p, err := placeOf(key)
	if err != nil {
		return "", err
	}
	wanted, err := productOf(p, data)
	if err != nil {
		return "", err
	}
	done, err := b.take(ctx, p.identity)
	if err != nil {
		return "", err
	}
	defer done()
	columns, err := b.columns(ctx)
	if err != nil {
		return "", err
	}
	before, err := b.read(ctx, p)
	if err != nil {
		return "", err
	}
	if err := b.compare(p, before, etag); err != nil {
		return "", err
	}
	if err := b.fill(&wanted, before, columns); err != nil {
		return "", err
	}
	write := b.client.UpdateProduct
	if before == nil {
		write = b.client.CreateProduct
	}
	failure := write(ctx, b.id, wanted)
	// A conflict may be with what the first of two requests has made.
	refused, _ := errors.AsType[*clevertap.APIError](failure)
	if failure != nil && (refused == nil || refused.StatusCode != http.StatusConflict) {
		return "", failure
	}
	err = b.await(ctx, p, func(now *clevertap.Product) (bool, error) {
		if now != nil && now.Inactive { // as what was deleted alone may come back
			return false, b.inactive(p.identity)
		}
		return shows(now, before, wanted)
	})
	switch {
	case err == nil:
		return hash(documentOf(wanted)), nil
	case !errors.Is(err, errNotShown):
		return "", err
	case failure != nil:
		return "", fmt.Errorf("%w. CleverTap does not show the product, either: it may be inactive, which the API's bulk deletion "+
			"ends", failure)
	}
	return "", fmt.Errorf("CleverTap took the product %q of the catalog %d, but does not show it as it was written after %s", p.identity,
		b.id, b.patience)
}

// compare wants the present product to be what the writer knows: nothing if the ETag is "".
func (b *Backend) compare(p place, present *clevertap.Product, etag string) error {
	switch {
	case present == nil && etag == "":
		return nil
	case present == nil:
		return templatestore.ErrCondition
	case !p.belongs(*present):
		whose := "which is no document of linked messages"
		if account := accountOf(*present); account != "" {
			whose = fmt.Sprintf("which is a document of the account %s", account)
		}
		return fmt.Errorf("the catalog %d has a product %q already, %s: choose another name or another catalog, or remove that product",
			b.id, p.identity, whose)
	case hash(documentOf(*present)) != etag:
		return templatestore.ErrCondition
	}
	return nil
}

// Fits says what keeps messages of so many parts out of the catalog as it is: its columns, or that it is not active. It asks
// CleverTap once, whatever the number of calls.
func (b *Backend) Fits(ctx context.Context, parts int) error {
	columns, err := b.columns(ctx)
	if err == nil && columns > 0 && parts > columns {
		return b.tooManyParts(columns)
	}
	return err
}

func (b *Backend) tooManyParts(columns int) error {
	return fmt.Errorf("the messages are cut into more parts at their Liquid than the catalog %d has columns for: it ends with %s. Add "+
		"columns of the type string to it, up to %s, or use less Liquid", b.id, part(columns-1), part(MaxParts-1))
}

// fill gives a product a value in every column, since what becomes of those that a write does not name is not documented:
// nothing in its own that it does not need, and what is there in those of others.
func (b *Backend) fill(wanted, before *clevertap.Product, columns int) error {
	if columns > 0 && wanted.Attributes[part(columns)] != nil {
		return b.tooManyParts(columns)
	}
	attributes := map[string]any{}
	if before != nil {
		maps.Copy(attributes, before.Attributes)
		maps.DeleteFunc(attributes, func(_ string, value any) bool { return value == nil })
	}
	for _, column := range fixedColumns() {
		attributes[column] = ""
	}
	for i := range MaxParts {
		if _, there := attributes[part(i)]; there || i < columns {
			attributes[part(i)] = ""
		}
	}
	maps.Copy(attributes, wanted.Attributes)
	wanted.Attributes = attributes
	return nil
}

// shows says whether a product is the wanted one. It is an error if it is neither that nor what was there before.
func shows(now *clevertap.Product, before *clevertap.Product, wanted clevertap.Product) (bool, error) {
	switch {
	case now == nil:
		if before != nil {
			return false, templatestore.ErrCondition // deleted since
		}
		return false, nil
	case now.Attributes == nil:
		return false, fmt.Errorf("CleverTap took the product %q, and its answer about it has no attributes, so that nobody can read "+
			"messages in it", now.Identity)
	case string(documentOf(*now)) == string(documentOf(wanted)):
		return true, nil
	case before != nil && string(documentOf(*now)) == string(documentOf(*before)):
		return false, nil
	case writeID(*now) == writeID(wanted):
		return false, spoiled(*now, wanted)
	}
	return false, templatestore.ErrCondition
}

// writeID tells one write from another; "" where there is none.
func writeID(product clevertap.Product) string {
	var document struct {
		WriteID string `json:"write_id"`
	}
	_ = json.Unmarshal(documentOf(product), &document) // what is none has no write id
	return document.WriteID
}

// spoiled is the error of a write that CleverTap keeps otherwise than it was.
func spoiled(now, wanted clevertap.Product) error {
	var columns []string
	for _, name := range slices.Sorted(maps.Keys(wanted.Attributes)) {
		if column(now, name) != column(wanted, name) {
			columns = append(columns, name)
		}
	}
	if now.Name != wanted.Name {
		columns = append(columns, "name")
	}
	return fmt.Errorf("CleverTap took the product %q, and shows other values than were written in %s: campaigns would not read what was "+
		"declared. Publish these messages elsewhere", now.Identity, strings.Join(columns, ", "))
}

// Delete removes a document for good, if it has the ETag, and returns when reads show that it is gone.
func (b *Backend) Delete(ctx context.Context, key, etag string) error {
	p, err := placeOf(key)
	if err != nil {
		return err
	}
	done, err := b.take(ctx, p.identity)
	if err != nil {
		return err
	}
	defer done()
	present, err := b.read(ctx, p)
	switch {
	case err != nil:
		return err
	case present == nil || !p.belongs(*present):
		return nil
	case hash(documentOf(*present)) != etag:
		return templatestore.ErrCondition
	}
	answer, err := b.client.DeleteProduct(ctx, b.id, p.identity)
	if err != nil {
		return err
	}
	err = b.await(ctx, p, func(now *clevertap.Product) (bool, error) { return now == nil, nil })
	if errors.Is(err, errNotShown) {
		return fmt.Errorf("CleverTap still shows the product %q of the catalog %d %s after its deletion, to which it answered %s",
			p.identity, b.id, b.patience, answer)
	}
	return err
}

// errNotShown is the error of a write that did not show in time.
var errNotShown = errors.New("the write does not show yet")

// Pauses between two looks.
const (
	shortestPause = 50 * time.Millisecond
	longestPause  = 2 * time.Second
)

// await reads a product until it is as wanted, or cannot be any more.
func (b *Backend) await(ctx context.Context, p place, asWanted func(*clevertap.Product) (bool, error)) error {
	end := time.Now().Add(b.patience)
	for pause := shortestPause; ; pause = min(2*pause, longestPause) {
		now, err := b.client.Product(ctx, b.id, p.identity)
		if err != nil {
			return err
		}
		if ok, err := asWanted(now); ok || err != nil {
			return err
		}
		left := time.Until(end)
		if left <= 0 {
			return errNotShown
		}
		select {
		case <-time.After(min(pause, left)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
