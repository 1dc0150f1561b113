// Package catalogstore keeps LINE messages that CleverTap reads in a catalog of CleverTap's own, so that there is nothing to
// host: a document of package templatestore is a product, and CleverTap's Linked Content reads it from CleverTap's Catalog
// API. It is experimental: whether Linked Content may read that API is not documented. It knows how documents are stored
// (templatestore) and CleverTap's API (clevertap), and nothing of Terraform.
//
// A document is the product of its name:
//
//	identity            its name
//	name                what a campaign's body asks for: variant_of, or else the name
//	imageUrl            an address without meaning
//	shape, unit, content_sha256, part0, part1 …
//	                    what the document says under these names, for a campaign's body: attributes are no lists
//	document            all the rest, as JSON, with the account
//
// Other products of the catalog are left alone, and so are other columns. The catalog is made by a person, with [Columns].
package catalogstore

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Config says which catalog it is.
type Config struct {
	Client    *clevertap.Client
	CatalogID int64
	// Patience is how long a write may take until reads show it. 0: 10 seconds.
	Patience time.Duration
}

const defaultPatience = 10 * time.Second

// Backend is a [templatestore.Backend] over a catalog. It takes documents of linked messages alone.
//
// CleverTap's API has no conditions. So a write reads the product, compares it with what the caller last saw, writes, and
// reads until it sees what it wrote; an ETag is a hash of the document as it is read. Writes to one product by this Backend
// come one after the other. What is left open is a write by somebody else between the reading and the writing, a few tenths
// of a second, or longer where CleverTap shows a change late: it is overwritten unnoticed. If it comes after the writing and
// before the reading back, it wins, and the caller gets [templatestore.ErrCondition]; later, it is drift. A request whose
// answer is lost is sent again, and in that time overwrites, too.
type Backend struct {
	client   *clevertap.Client
	id       int64
	patience time.Duration

	mu sync.Mutex
	// turns are held by who writes a product, by identity; that of "" guards what follows.
	turns map[string]*semaphore.Weighted
	// checked says that the catalog was looked at, and that it can be written to.
	checked bool
	// parts is how many columns for parts the catalog has; 0 if that could not be found out.
	parts int
}

var _ templatestore.Backend = (*Backend)(nil)

// New makes a backend without asking CleverTap.
func New(config Config) (*Backend, error) {
	if config.CatalogID < 1 {
		return nil, fmt.Errorf("the catalog's ID %d is not one: CleverTap's dashboard shows it, a number from 1", config.CatalogID)
	}
	if config.Patience == 0 {
		config.Patience = defaultPatience
	}
	return &Backend{
		client: config.Client, id: config.CatalogID, patience: config.Patience, turns: map[string]*semaphore.Weighted{},
	}, nil
}

// Location is the address of a product in CleverTap's API, or of the catalog.
func (b *Backend) Location(key string) string {
	p, err := placeOf(key)
	if err != nil {
		return b.client.CatalogURL(b.id)
	}
	return b.client.ProductURL(b.id, p.identity)
}

// place is where a key leads in the catalog.
type place struct {
	identity string
	// account is the folder of the account; "" for the store's own identity.
	account string
}

// key is the place's.
func (p place) key() string {
	if p.account == "" {
		return templatestore.IdentityKey
	}
	return folder(p.account) + p.identity + extension
}

const extension = ".json"

// storeIdentity is the product that says which store the catalog is.
var storeIdentity = place{identity: strings.TrimSuffix(templatestore.IdentityKey, extension)}

func folder(account string) string {
	return account + "/" + string(templatestore.LinkedMessages) + "/"
}

func placeOf(key string) (place, error) {
	if key == templatestore.IdentityKey {
		return storeIdentity, nil
	}
	account, rest, _ := strings.Cut(key, "/")
	name, ok := strings.CutPrefix(rest, string(templatestore.LinkedMessages)+"/")
	if !ok || account == "" {
		return place{}, fmt.Errorf("a catalog in CleverTap keeps documents of the kind %s alone, and %s is none",
			templatestore.LinkedMessages, key)
	}
	name, ok = strings.CutSuffix(name, extension)
	if !ok {
		return place{}, fmt.Errorf("a catalog in CleverTap keeps documents alone, and %s is none", key)
	}
	return place{identity: name, account: account}, checkName(name)
}

// checkName refuses what cannot be a product that a campaign asks for.
func checkName(name string) error {
	if err := linkedcontent.CheckName(name); err != nil {
		return err
	}
	if strings.EqualFold(name, storeIdentity.identity) || strings.EqualFold(name, "bulk") {
		return fmt.Errorf("%q is reserved in a catalog: choose another name", name)
	}
	return nil
}

func isName(identity string) bool { return checkName(identity) == nil }

// Get reads a document. That of another account, and a product that is no document, are not under this key.
func (b *Backend) Get(ctx context.Context, key string) (data []byte, etag string, err error) {
	p, err := placeOf(key)
	if err != nil {
		return nil, "", err
	}
	product, err := b.read(ctx, p)
	if err != nil {
		return nil, "", err
	}
	if product == nil || !p.belongs(*product) {
		return nil, "", templatestore.ErrAbsent
	}
	data = documentOf(*product)
	return data, hash(data), nil
}

// read gives a product, nil if there is none.
func (b *Backend) read(ctx context.Context, p place) (*clevertap.Product, error) {
	product, err := b.client.Product(ctx, b.id, p.identity)
	if err == nil && product != nil && product.Inactive {
		err = b.inactive(p.identity)
	}
	return product, err
}

// inactive is the error of a product that somebody deleted halfway. Whether Linked Content still reads it is not documented.
func (b *Backend) inactive(identity string) error {
	return fmt.Errorf("the product %q of the catalog %d is inactive, which is what CleverTap makes of a product that is deleted "+
		"alone: activate it, or delete it for good, which the API's bulk deletion does", identity, b.id)
}

// List gives the documents under a prefix, without what is in them. Products that are no documents of this store are left
// out, and a document whose account cannot be read is one of whoever asks.
func (b *Backend) List(ctx context.Context, prefix string) ([]templatestore.Entry, error) {
	account, rest, _ := strings.Cut(prefix, "/")
	if prefix != "" && prefix != folder(account) {
		return nil, fmt.Errorf("a catalog in CleverTap has no %q: it keeps documents of the kind %s alone", rest,
			templatestore.LinkedMessages)
	}
	var entries []templatestore.Entry
	places := map[string]int{}
	for product, err := range b.client.Products(ctx, b.id) {
		if err != nil {
			return nil, err
		}
		entry, ok, err := b.entry(ctx, product, account)
		if err != nil {
			return nil, err
		}
		at, again := places[product.Identity]
		switch {
		case !ok || !strings.HasPrefix(entry.Key, prefix):
		case !again:
			places[product.Identity] = len(entries)
			entries = append(entries, entry)
		case entries[at].ETag != entry.ETag:
			entries[at].ETag = "" // only a look tells which is true
		}
	}
	return entries, nil
}

// entry is a product's line of a listing, if it is a document; account is whose documents are asked for, "" for all.
func (b *Backend) entry(ctx context.Context, product clevertap.Product, account string) (templatestore.Entry, bool, error) {
	p := place{identity: product.Identity, account: account}
	switch {
	case product.Identity == storeIdentity.identity:
		p = storeIdentity
	case !isName(product.Identity):
		return templatestore.Entry{}, false, nil
	}
	if product.Attributes == nil {
		// That a list has the attributes is not documented.
		whole, err := b.client.Product(ctx, b.id, product.Identity)
		if err != nil || whole == nil {
			return templatestore.Entry{}, false, err
		}
		product = *whole
	}
	if p != storeIdentity && account == "" {
		p.account = accountOf(product)
	}
	if !p.belongs(product) {
		return templatestore.Entry{}, false, nil
	}
	entry := templatestore.Entry{Key: p.key()}
	if !product.Inactive {
		entry.ETag = hash(documentOf(product))
	}
	return entry, true, nil
}

// take waits for the turn to write a product, and gives what ends it.
func (b *Backend) take(ctx context.Context, identity string) (done func(), err error) {
	b.mu.Lock()
	turn := b.turns[identity]
	if turn == nil {
		turn = semaphore.NewWeighted(1)
		b.turns[identity] = turn
	}
	b.mu.Unlock()
	if err := turn.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return func() { turn.Release(1) }, nil
}

// columns says how many columns for parts the catalog has, 0 if that cannot be found out, and what keeps it from being
// written to. It asks once.
func (b *Backend) columns(ctx context.Context) (parts int, err error) {
	done, err := b.take(ctx, "") // which no product has
	if err != nil {
		return 0, err
	}
	defer done()
	if b.checked {
		return b.parts, nil
	}
	catalog, err := b.client.Catalog(ctx, b.id)
	refused, _ := errors.AsType[*clevertap.APIError](err)
	switch {
	case refused != nil && (refused.StatusCode == http.StatusUnauthorized || refused.StatusCode == http.StatusForbidden):
		// The pages about this call name other headers than those about products, so that this may be about the headers. What
		// is wrong with the account, the calls that follow say, too.
	case err != nil:
		return 0, err
	default:
		if parts, err = checkCatalog(catalog); err != nil {
			return 0, err
		}
	}
	b.checked, b.parts = true, parts
	return parts, nil
}

// checkCatalog counts the columns for parts.
func checkCatalog(catalog clevertap.Catalog) (parts int, err error) {
	if !catalog.Active {
		return 0, fmt.Errorf("the catalog %d (%s) is not active: activate it in CleverTap, or name another one", catalog.ID, catalog.Name)
	}
	var wrong []string
	for _, column := range append(fixedColumns(), part(0)) {
		if catalog.Columns[column] != "string" {
			wrong = append(wrong, column)
		}
	}
	if len(wrong) > 0 {
		return 0, fmt.Errorf("the catalog %d (%s) lacks these columns of the type string: %s. It needs %s, part0, and as many more of "+
			"part1 to part%d as messages are cut into: add them in CleverTap, or make a catalog that has them", catalog.ID, catalog.Name,
			strings.Join(wrong, ", "), strings.Join(fixedColumns(), ", "), MaxParts-1)
	}
	for catalog.Columns[part(parts)] == "string" {
		parts++
	}
	return parts, nil
}
