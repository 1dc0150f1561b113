package templatestore

import (
	"encoding/json"
	"slices"
	"strings"
)

// Kind tells the kinds of documents apart. It is the folder's name in the store and the document's "kind".
type Kind string

// The kinds there are.
const (
	WebhookTemplates   Kind = "webhook-templates"
	LineCampaignBodies Kind = "line-campaign-bodies"
)

// receiptsOf begins the kinds of receipts, which have a kind for each kind of objects.
const receiptsOf = "receipts/"

// Receipts is the kind of the receipts of a kind of objects.
func (k Kind) Receipts() Kind { return receiptsOf + k }

// ofObjects is the kind of the objects that receipts are of; any other kind is itself.
func (k Kind) ofObjects() (of Kind, receipts bool) {
	text, receipts := strings.CutPrefix(string(k), receiptsOf)
	return Kind(text), receipts
}

// noun is how messages call one object of the kind.
func (k Kind) noun() string {
	of, receipts := k.ofObjects()
	noun := "LINE campaign body"
	if of == WebhookTemplates {
		noun = "webhook template"
	}
	if receipts {
		return "receipt of the " + noun
	}
	return noun
}

// Kinds are those of objects.
func Kinds() []Kind { return []Kind{WebhookTemplates, LineCampaignBodies} }

// allKinds are those of objects and of their receipts.
func allKinds() []Kind {
	kinds := Kinds()
	for _, of := range Kinds() {
		kinds = append(kinds, of.Receipts())
	}
	return kinds
}

// isKind says whether there is such a kind, of objects or of receipts.
func (k Kind) isKind() bool {
	of, _ := k.ofObjects()
	return slices.Contains(Kinds(), of)
}

// Content is what a document is about. In both types nil means "not said" and is left out of the document; an empty
// map or list is kept as empty. Strings must be valid UTF-8.
type Content interface {
	WebhookTemplate | LineCampaignBody
}

// KindOf is the kind of the documents with a content.
func KindOf[T Content]() Kind {
	if _, ok := any(*new(T)).(WebhookTemplate); ok {
		return WebhookTemplates
	}
	return LineCampaignBodies
}

// WebhookTemplate is a webhook template as entered in CleverTap's dashboard. Values of secret headers are no part of it.
type WebhookTemplate struct {
	HTTPMethod     string            `json:"http_method"`
	DestinationURL string            `json:"destination_url"`
	Headers        map[string]string `json:"headers,omitzero"`
	// SecretHeaders are names only.
	SecretHeaders        []string `json:"secret_header_names,omitzero"`
	SecretHeadersVersion *int64   `json:"secret_headers_version,omitempty"`
	ContentSHA256        string   `json:"content_sha256"`
}

// LineCampaignBody is the custom body of a webhook campaign that sends LINE messages.
type LineCampaignBody struct {
	// WebhookTemplate is the name of the template the body is for.
	WebhookTemplate *string   `json:"webhook_template,omitempty"`
	To              Recipient `json:"to"`
	// Messages are JSON objects. Their keys stay in order and their spelling as it is; white space between tokens does not.
	Messages               []json.RawMessage `json:"messages"`
	NotificationDisabled   *bool             `json:"notification_disabled,omitempty"`
	CustomAggregationUnits []string          `json:"custom_aggregation_units,omitzero"`
	// Body is the exact text to paste.
	Body          string `json:"body"`
	ContentSHA256 string `json:"content_sha256"`
}

// Recipient is whom a body is sent to: the LINE ID in a profile property, or a fixed LINE ID.
type Recipient struct {
	ProfileProperty *string `json:"profile_property,omitempty"`
	Default         *string `json:"default,omitempty"`
	ID              *string `json:"id,omitempty"`
}
