package catalogstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// MaxParts is how many pieces messages may be cut into, one more than there are pieces of Liquid: a catalog that is made in
// the dashboard has up to 20 columns (docs.clevertap.com, "Catalog"), three of which are every product's and four of which
// are other columns of a document.
const MaxParts = 20 - 3 - 4

// reserved is how much of a product [Check] leaves for what is known when a document is written: its write id, its schema's
// address and the account.
const reserved = 1000

// imageURL is sent with each product: some of CleverTap's pages call it required, so that an empty one might be refused. The
// domain belongs to nobody (RFC 2606).
const imageURL = "https://example.com/images/line-message.png"

const documentColumn = "document"

// fixedColumns are those of all documents but their parts.
func fixedColumns() []string { return []string{"shape", "unit", "content_sha256", documentColumn} }

func part(i int) string { return "part" + strconv.Itoa(i) }

// Columns are those that a catalog needs for messages of any number of parts, all of the type string.
func Columns() []string {
	columns := fixedColumns()
	for i := range MaxParts {
		columns = append(columns, part(i))
	}
	return columns
}

// Check says why messages do not fit into a catalog, or nil, without asking anybody.
func Check(name string, messages templatestore.LineLinkedMessages) error {
	if err := checkName(name); err != nil {
		return err
	}
	content, err := json.Marshal(messages)
	if err != nil {
		return err
	}
	p := place{identity: name, account: templatestore.DefaultAccount}
	product, err := productOf(p, content)
	if err != nil {
		return err
	}
	product.Attributes["reserved"] = string(bytes.Repeat([]byte("x"), reserved))
	return product.Check()
}

// bookkeeping is the column document.
type bookkeeping struct {
	// Account is the folder of the account.
	Account string `json:"account"`
	// Parts is how many parts there are.
	Parts int `json:"parts"`
	// Document has all members in their order, null in place of those that have columns.
	Document json.RawMessage `json:"document"`
}

// message is what the columns have of a document.
type message struct {
	Name          string   `json:"name"`
	Shape         string   `json:"shape"`
	Parts         []string `json:"parts"`
	Unit          string   `json:"unit"`
	ContentSHA256 string   `json:"content_sha256"`
	VariantOf     *string  `json:"variant_of"`
}

// productOf is the product of a document, with no more columns than it needs. What it cannot be the product of is an error.
func productOf(p place, document []byte) (clevertap.Product, error) {
	product := clevertap.Product{Identity: p.identity, Name: p.identity, ImageURL: imageURL}
	if p == storeIdentity {
		var compact bytes.Buffer
		if err := json.Compact(&compact, document); err != nil {
			return product, fmt.Errorf("the identity of a store is JSON: %w", err)
		}
		product.Attributes = map[string]any{documentColumn: compact.String()}
		return product, nil
	}
	var content message
	d, fault := exactjson.Parse(string(document))
	if fault != nil || d.Kind(exactjson.Root) != exactjson.Object || len(d.Duplicates()) > 0 {
		return product, errors.New("a catalog takes a document as it can be read, and this is no JSON object, or has a key twice")
	}
	if err := json.Unmarshal(document, &content); err != nil {
		return product, fmt.Errorf("a catalog takes a document as it can be read: %w", err)
	}
	if len(content.Parts) > MaxParts {
		return product, fmt.Errorf("the messages are cut into %d parts at their Liquid, and a catalog has columns for %d: use less "+
			"Liquid, or publish them elsewhere", len(content.Parts), MaxParts)
	}
	if content.VariantOf != nil {
		product.Name = *content.VariantOf
	}
	product.Attributes = map[string]any{
		"shape": content.Shape, "unit": content.Unit, "content_sha256": content.ContentSHA256,
	}
	for i, text := range content.Parts {
		product.Attributes[part(i)] = text
	}
	kept := rewritten(d, func(key string) (string, bool) { return "null", hasColumn(key) })
	product.Attributes[documentColumn] = fmt.Sprintf(`{"account":%s,"parts":%d,"document":%s}`, quoted(p.account),
		len(content.Parts), kept)
	return product, checkASCII(product, content)
}

func hasColumn(key string) bool {
	return key == "shape" || key == "unit" || key == "content_sha256" || key == "parts"
}

// checkASCII refuses in what campaigns read what CleverTap may show otherwise than it is: the charset of its API's answers is
// not documented, and catalogs are said not to show accents and emojis (docs.clevertap.com, "Catalog"). Messages as they are
// published are ASCII.
func checkASCII(product clevertap.Product, content message) error {
	for _, text := range append([]string{product.Name, content.Shape, content.Unit, content.ContentSHA256}, content.Parts...) {
		for _, r := range text {
			if r > '~' {
				return fmt.Errorf("a catalog takes ASCII alone, and this has the character %q: write it as \\uXXXX", r)
			}
		}
	}
	return nil
}

// rewritten is an object with other values for those members that replace says.
func rewritten(d *exactjson.Document, replace func(key string) (value string, ok bool)) []byte {
	text := []byte{'{'}
	for member := range d.Children(exactjson.Root) {
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = exactjson.AppendString(text, d.Key(member))
		text = append(text, ':')
		if value, ok := replace(d.Key(member)); ok {
			text = append(text, value...)
		} else {
			text = d.AppendSpelled(text, member)
		}
	}
	return append(text, '}')
}

// documentOf is the document of a product, spelled as templatestore spells it. Of what was edited it is what the product
// says; where no document can be made of it, it is the text that should have been one.
func documentOf(product clevertap.Product) []byte {
	text := []byte(column(product, documentColumn))
	if kept, d := readBookkeeping(string(text)); d != nil {
		text = restored(product, kept, d)
	}
	var indented bytes.Buffer
	if json.Indent(&indented, text, "", "  ") != nil {
		return text
	}
	return append(indented.Bytes(), '\n')
}

// restored puts what is in the columns back into a document.
func restored(product clevertap.Product, kept bookkeeping, d *exactjson.Document) []byte {
	var parts []string
	for i := range kept.Parts {
		parts = append(parts, quoted(column(product, part(i))))
	}
	document := rewritten(d, func(key string) (string, bool) {
		switch {
		case key == "parts":
			return "[" + strings.Join(parts, ",") + "]", true
		case key == "variant_of":
			return quoted(product.Name), true
		}
		return quoted(column(product, key)), hasColumn(key)
	})
	if _, said := d.Member(exactjson.Root, "variant_of"); !said && product.Name != product.Identity {
		document = append(document[:len(document)-1], `,"variant_of":`+quoted(product.Name)+`}`...)
	}
	return document
}

// readBookkeeping gives a nil document for a text that is none.
func readBookkeeping(text string) (bookkeeping, *exactjson.Document) {
	var kept bookkeeping
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&kept) != nil || kept.Account == "" || kept.Parts > MaxParts {
		return bookkeeping{}, nil
	}
	d, fault := exactjson.Parse(string(kept.Document))
	if fault != nil || d.Kind(exactjson.Root) != exactjson.Object {
		return bookkeeping{}, nil
	}
	return kept, d
}

// accountOf is the account of a document, as a folder: unknownAccount where that cannot be read, and "" for a product that
// is no document.
func accountOf(product clevertap.Product) string {
	text := column(product, documentColumn)
	kept, d := readBookkeeping(text)
	if text != "" && d == nil {
		return unknownAccount
	}
	return kept.Account
}

// unknownAccount is no account's folder: a tilde ends a name that is too long for one.
const unknownAccount = "~unknown"

// belongs says whether a product is the document of a place. One that cannot be read is that of whoever asks, so that it is
// found damaged, not missing.
func (p place) belongs(product clevertap.Product) bool {
	account := accountOf(product)
	return account != "" && (p == storeIdentity || account == p.account || account == unknownAccount)
}

func quoted(text string) string { return string(exactjson.AppendString(nil, text)) }

// column is the text in a column of a product; of what is no text, its JSON, and nothing where nothing is.
func column(product clevertap.Product, name string) string {
	switch value := product.Attributes[name].(type) {
	case nil:
		return ""
	case string:
		return value
	default:
		text, _ := json.Marshal(value) // it was JSON
		return string(text)
	}
}

// hash is the ETag of a document.
func hash(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}
