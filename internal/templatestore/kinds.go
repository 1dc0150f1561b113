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
	LinkedContents     Kind = "linked-content"
	LinkedMessages     Kind = "line-linked-messages"
)

// receiptsOf begins the kinds of receipts, which have a kind for each kind of objects.
const receiptsOf = "receipts/"

// Live says whether CleverTap reads the objects' documents themselves when a campaign sends. Of what is live nothing is
// entered in the dashboard, so that it has no receipts.
func (k Kind) Live() bool { return k == LinkedMessages }

// Receipts is the kind of the receipts of one of the [DashboardKinds].
func (k Kind) Receipts() Kind { return receiptsOf + k }

// ofObjects is the kind of the objects that receipts are of; any other kind is itself.
func (k Kind) ofObjects() (of Kind, receipts bool) {
	text, receipts := strings.CutPrefix(string(k), receiptsOf)
	return Kind(text), receipts
}

// noun is how messages call one object of the kind.
func (k Kind) noun() string {
	of, receipts := k.ofObjects()
	noun := map[Kind]string{
		WebhookTemplates:   "webhook template",
		LineCampaignBodies: "LINE campaign body",
		LinkedContents:     "Linked Content API",
		LinkedMessages:     "set of LINE linked messages",
	}[of]
	if receipts {
		return "receipt of the " + noun
	}
	return noun
}

// Kinds are those of objects.
func Kinds() []Kind {
	return []Kind{WebhookTemplates, LineCampaignBodies, LinkedContents, LinkedMessages}
}

// DashboardKinds are those of objects that are entered in CleverTap's dashboard, and so have receipts.
func DashboardKinds() []Kind { return slices.DeleteFunc(Kinds(), Kind.Live) }

// ListKinds names kinds in a sentence, the word before the last.
func ListKinds(kinds []Kind, word string) string {
	var names []string
	for _, kind := range kinds {
		names = append(names, string(kind))
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// allKinds are those of objects and of their receipts.
func allKinds() []Kind {
	kinds := Kinds()
	for _, of := range DashboardKinds() {
		kinds = append(kinds, of.Receipts())
	}
	return kinds
}

// isKind says whether there is such a kind, of objects or of receipts.
func (k Kind) isKind() bool {
	return slices.Contains(allKinds(), k)
}

// Content is what a document is about. In all types nil means "not said" and is left out of the document; an empty
// map or list is kept as empty. Strings must be valid UTF-8.
type Content interface {
	WebhookTemplate | LineCampaignBody | LinkedContent | LineLinkedMessages
}

// KindOf is the kind of the documents with a content.
func KindOf[T Content]() Kind {
	switch any(*new(T)).(type) {
	case WebhookTemplate:
		return WebhookTemplates
	case LineCampaignBody:
		return LineCampaignBodies
	case LinkedContent:
		return LinkedContents
	default:
		return LinkedMessages
	}
}

// WebhookTemplate is a webhook template as entered in CleverTap's dashboard. Values of secret headers are no part of it.
type WebhookTemplate struct {
	HTTPMethod     string            `json:"http_method"`
	DestinationURL string            `json:"destination_url"`
	Headers        map[string]string `json:"headers,omitzero"`
	// SecretHeaders are names only.
	SecretHeaders        []string `json:"secret_header_names,omitzero"`
	SecretHeadersVersion *int64   `json:"secret_headers_version,omitempty"`
	// At most one of the three; without any, credentials are headers.
	BasicAuth     *BasicAuth  `json:"basic_auth,omitempty"`
	OAuth2        *OAuth2     `json:"oauth2,omitempty"`
	LineOAuth2    *LineOAuth2 `json:"line_oauth2,omitempty"`
	ContentSHA256 string      `json:"content_sha256"`
}

// LineCampaignBody is the custom body of a webhook campaign that sends LINE messages.
type LineCampaignBody struct {
	// WebhookTemplate is the name of the template the body is for.
	WebhookTemplate *string   `json:"webhook_template,omitempty"`
	To              Recipient `json:"to"`
	// Messages are JSON objects. Their keys stay in order and their spelling as it is; white space between tokens does not.
	Messages []json.RawMessage `json:"messages,omitzero"`
	// LinkedMessages is the reference of messages that the body reads instead.
	LinkedMessages         *string  `json:"linked_messages,omitempty"`
	TrackVersions          *bool    `json:"track_versions,omitempty"`
	NotificationDisabled   *bool    `json:"notification_disabled,omitempty"`
	CustomAggregationUnits []string `json:"custom_aggregation_units,omitzero"`
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

// LinkedContent is a Linked Content API as entered in CleverTap's dashboard. Values of secret headers are no part of it.
type LinkedContent struct {
	HTTPMethod string `json:"http_method"`
	// EndpointURL is with its {{parameters}}.
	EndpointURL string            `json:"endpoint_url"`
	Headers     map[string]string `json:"headers,omitzero"`
	// SecretHeaders are names only.
	SecretHeaders        []string `json:"secret_header_names,omitzero"`
	SecretHeadersVersion *int64   `json:"secret_headers_version,omitempty"`
	ContentSHA256        string   `json:"content_sha256"`
}

// LineLinkedMessages are LINE messages that CleverTap reads when a campaign sends them. Liquid in the campaign's body
// reaches them as members of the document, so that they are at its top level.
type LineLinkedMessages struct {
	// Shape is what a campaign's body must be made for.
	Shape string `json:"shape"`
	// Parts is the compact JSON text of the array of messages, cut at its Liquid tags: there is one more than there are Tags.
	Parts []string `json:"parts"`
	// Unit is the unit name of LINE's statistics that is sent with this version.
	Unit          string `json:"unit"`
	ContentSHA256 string `json:"content_sha256"`
	// Tags are always written, also where there are none.
	Tags []string `json:"tags"`
	// LinkedContent is the name of the Linked Content API that reads it.
	LinkedContent string `json:"linked_content"`
	// VariantOf is the name that a campaign's body asks for, where it can get one of several documents.
	VariantOf     *string `json:"variant_of,omitempty"`
	TrackVersions *bool   `json:"track_versions,omitempty"`
	Frozen        *bool   `json:"frozen,omitempty"`
	// ServedAt is the URL under which CleverTap finds the document.
	ServedAt *string `json:"served_at,omitempty"`
}
