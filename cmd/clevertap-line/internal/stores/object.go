package stores

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Inventory is what a store holds, as JSON.
type Inventory struct {
	StoreID string   `json:"store_id"`
	Objects []Object `json:"objects"`
}

// Object is one object of a store and how far it is entered, with the names that the resources' attributes have.
type Object struct {
	Account string             `json:"account"`
	Kind    templatestore.Kind `json:"kind"`
	// Name is "" if it cannot be read.
	Name string `json:"name"`
	// State is "entered", "stale", "not_entered" or "no_longer_declared", of what is live "published"; "" if there is an error.
	State         string `json:"state"`
	ContentSHA256 string `json:"content_sha256,omitempty"`
	// Entered is nil of what is live, of which nothing is entered.
	Entered       *bool  `json:"entered,omitempty"`
	EnteredSHA256 string `json:"entered_sha256,omitempty"`
	EnteredBy     string `json:"entered_by,omitempty"`
	EnteredAt     string `json:"entered_at,omitempty"`
	Error         string `json:"error,omitempty"`
}

// Take takes the inventory of a store, all accounts included. It reads every document and receipt.
func Take(ctx context.Context, backend templatestore.Backend) (Inventory, error) {
	storeID, standings, err := templatestore.Standings(ctx, backend)
	if err == nil && storeID == "" {
		err = None(backend)
	}
	inventory := Inventory{StoreID: storeID, Objects: []Object{}} // never null
	for _, standing := range standings {
		object := Object{
			Account: standing.Account, Kind: standing.Kind, Name: standing.Name,
			State:         strings.ReplaceAll(string(standing.State), " ", "_"),
			ContentSHA256: standing.ContentSHA256,
		}
		if !standing.Kind.Live() {
			object.Entered = new(standing.State == templatestore.StateEntered)
		}
		if receipt := standing.Receipt; receipt != nil {
			object.EnteredSHA256, object.EnteredBy, object.EnteredAt = receipt.ContentSHA256, receipt.By, receipt.At
		}
		if standing.Err != nil {
			object.Error = standing.Err.Error()
		}
		inventory.Objects = append(inventory.Objects, object)
	}
	return inventory, err
}

var isSHA256 = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsSHA256 says whether a text is a content_sha256.
func IsSHA256(text string) bool { return isSHA256.MatchString(text) }

// shortSHA is how many digits tell contents apart for a reader.
const shortSHA = 12

// ShortSHA256 is a content_sha256 for a reader, who may have edited the document and written anything there.
func ShortSHA256(sha256 string) string {
	return cli.Printable(strings.ToValidUTF8(sha256[:min(len(sha256), shortSHA)], "?"))
}

// None is the error where a store is looked for and there is none.
func None(backend templatestore.Backend) error {
	return fmt.Errorf("there is no store at %s", backend.Location(""))
}

// WriteJSON writes an inventory.
func WriteJSON(w io.Writer, inventory Inventory) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(inventory)
}

// The forms of a list.
const (
	Text = "text"
	JSON = "json"
)

// CheckFormat finds a form that no list has.
func CheckFormat(format string) error {
	if format != Text && format != JSON {
		return errors.New("--format is text or json")
	}
	return nil
}
