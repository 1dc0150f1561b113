// Package declared is what is declared of an object, wherever it is read: in a document of a store, in a receipt, or in
// Terraform's plan as JSON. Subcommands that show objects to people share it. It asks nothing and writes nothing.
package declared

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Object is an object as it is declared.
type Object struct {
	Kind          templatestore.Kind
	Name          string
	ContentSHA256 string
	// Dialog is what a person enters in the dashboard for it; nil of what is live.
	Dialog Dialog
	// Body is the text to paste of a campaign body, "" of other kinds.
	Body string
	// Messages are its LINE messages, as the JSON text of an array. It is "" where it has none of its own.
	Messages string
	// LinkedMessages is the reference of the messages that a body reads, "" where it carries them itself.
	LinkedMessages string
	// LinkedContent is the name of the Linked Content API through which linked messages are read, "" of other kinds.
	LinkedContent string
	// Property is the profile property with the LINE IDs of a body's recipients, "" where the recipient is a fixed one.
	Property string
	// Shape, VariantOf and ServedAt are those of linked messages, "" of other kinds and where they have none.
	Shape, VariantOf, ServedAt string
	// Unit is the unit name that LINE counts this version of its messages by, "" where versions are not tracked.
	Unit string
	// PostsToLine says that a webhook template's destination is LINE, GetsTokens that CleverTap gets its access tokens itself.
	PostsToLine, GetsTokens bool
	// Fault is what of it cannot be shown whole, since somebody edited it; "" mostly.
	Fault string
	// Edited says that somebody edited the document or receipt: the ContentSHA256 that is kept in it is not that of what else is.
	Edited bool

	// reads are the messages that a body reads, readAs is what linked messages are read as.
	reads, readAs reference
}

// reference is how a campaign's body finds linked messages.
type reference struct{ linkedContent, messages string }

// Dialog is one of package dialog's.
type Dialog interface {
	Rows(language string) []dialog.Row
}

// bodyText is how a campaign's rows call the text to paste, which is shown beside them.
const bodyText = "the text of the body"

// OfContent reads the content of a document of the store, or of a receipt.
func OfContent(kind templatestore.Kind, name string, content json.RawMessage) (Object, error) {
	object := Object{Kind: kind, Name: name}
	var err error
	sha256 := ""
	switch kind {
	case templatestore.WebhookTemplates:
		var template templatestore.WebhookTemplate
		if err = decode(content, &template); err == nil {
			object.ofWebhookTemplate(template)
			sha256, err = contenthash.WebhookTemplate(name, template)
		}
	case templatestore.LinkedContents:
		var api templatestore.LinkedContent
		if err = decode(content, &api); err == nil {
			object.ofLinkedContent(api)
			sha256, err = contenthash.LinkedContent(name, api)
		}
	case templatestore.LineCampaignBodies:
		var body templatestore.LineCampaignBody
		if err = decode(content, &body); err == nil {
			object.ofCampaignBody(body)
			sha256 = hashOfBody(name, body)
		}
	case templatestore.LinkedMessages:
		var messages templatestore.LineLinkedMessages
		if err = decode(content, &messages); err == nil {
			object.ofLinkedMessages(messages)
			sha256 = hashOfMessages(messages)
		}
	default:
		err = fmt.Errorf("there is no kind %q", kind)
	}
	object.Edited = sha256 != object.ContentSHA256
	return object, err
}

// ErrEdited says of a document that what it holds is not what anybody declared: nothing of it is to be entered.
var ErrEdited = errors.New("its content is not that of its content_sha256: somebody edited the document by hand. Apply first, " +
	"so that Terraform writes what is declared; to keep the edit, put it into the configuration before")

// hashOfBody is "" of a body that somebody edited into one of which nothing follows, or not the text to paste.
func hashOfBody(name string, b templatestore.LineCampaignBody) string {
	built, err := contenthash.LineCampaignBody(name, b, linebody.ParseMessages(textsOf(b.Messages)...))
	if err != nil || built.Text != b.Body {
		return ""
	}
	return built.ContentSHA256
}

// hashOfMessages is "" of messages that somebody edited into ones of another shape, or into none.
func hashOfMessages(m templatestore.LineLinkedMessages) string {
	texts, _ := linkedcontent.Join(m.Parts, m.Tags)
	cut, err := linkedcontent.Cut(linebody.ParseMessages(texts...))
	if err != nil || cut.Shape != m.Shape {
		return ""
	}
	return cut.ContentSHA256
}

func decode(content json.RawMessage, into any) error {
	if len(content) == 0 {
		return errors.New("there is no content")
	}
	return json.Unmarshal(content, into)
}

func (o *Object) ofWebhookTemplate(t templatestore.WebhookTemplate) {
	o.ContentSHA256 = t.ContentSHA256
	o.Dialog = dialog.WebhookTemplate{
		Name: o.Name, HTTPMethod: t.HTTPMethod, DestinationURL: t.DestinationURL,
		Headers: headers(t.Headers, t.SecretHeaders, t.SecretHeadersVersion), Authentication: authentication(t),
	}
	o.GetsTokens = t.OAuth2 != nil || t.LineOAuth2 != nil
	o.PostsToLine = dialog.PostsToLine(t.DestinationURL)
}

func (o *Object) ofLinkedContent(c templatestore.LinkedContent) {
	o.ContentSHA256 = c.ContentSHA256
	endpoint, _ := linkedcontent.ParseEndpoint(c.EndpointURL) // a URL that somebody edited into none has no parameters
	o.Dialog = dialog.LinkedContent{
		Name: o.Name, HTTPMethod: c.HTTPMethod, EndpointURL: c.EndpointURL, Parameters: endpoint.Parameters,
		Headers: headers(c.Headers, c.SecretHeaders, c.SecretHeadersVersion),
	}
}

func headers(plain map[string]string, secret []string, version *int64) dialog.Headers {
	return dialog.Headers{Plain: plain, Secret: secret, SecretVersion: number(version)}
}

// number is "" for nil.
func number(version *int64) string {
	if version == nil {
		return ""
	}
	return strconv.FormatInt(*version, 10)
}

func (o *Object) ofCampaignBody(b templatestore.LineCampaignBody) {
	o.ContentSHA256, o.Body = b.ContentSHA256, b.Body
	campaign := dialog.Campaign{Name: o.Name, To: linebody.Recipient(b.To), BodyText: bodyText}
	if b.To.ID == nil {
		o.Property = campaign.To.Property().Name
	}
	if b.WebhookTemplate != nil {
		campaign.WebhookTemplate = *b.WebhookTemplate
	}
	if b.LinkedMessages != nil {
		found, err := linkedcontent.ParseReference(*b.LinkedMessages)
		if err != nil {
			o.Fault = "linked_messages: " + err.Error()
		}
		o.LinkedMessages, o.reads = *b.LinkedMessages, reference{found.LinkedContent, found.Name}
		campaign.Linked = &dialog.Linked{API: found.LinkedContent, Messages: found.Name, Variants: found.Variants}
	} else {
		texts := textsOf(b.Messages)
		o.Messages = array(texts)
		if b.TrackVersions != nil && *b.TrackVersions {
			o.Unit, _ = contenthash.Unit(o.Name, linebody.ParseMessages(texts...)) // what somebody edited into no messages has none
		}
	}
	o.Dialog = campaign
}

func (o *Object) ofLinkedMessages(m templatestore.LineLinkedMessages) {
	o.ContentSHA256 = m.ContentSHA256
	o.readThrough(m.LinkedContent, m.VariantOf)
	o.Shape = m.Shape
	if m.ServedAt != nil {
		o.ServedAt = *m.ServedAt
	}
	if m.TrackVersions != nil && *m.TrackVersions {
		o.Unit = m.Unit
	}
	texts, ok := linkedcontent.Join(m.Parts, m.Tags)
	if o.Messages = array(texts); !ok {
		o.Messages, o.Fault = strings.Join(texts, ""), "parts and tags make no list of messages"
	}
}

func (o *Object) readThrough(linkedContent string, variantOf *string) {
	o.LinkedContent, o.readAs = linkedContent, reference{linkedContent, o.Name}
	if variantOf != nil {
		o.VariantOf, o.readAs.messages = *variantOf, *variantOf
	}
}

// Reads says that a body reads messages, which may be one of several variants.
func (o *Object) Reads(messages *Object) bool {
	return o.LinkedMessages != "" && messages.Kind == templatestore.LinkedMessages && o.reads == messages.readAs
}

func textsOf(messages []json.RawMessage) []string {
	texts := make([]string, len(messages))
	for i, message := range messages {
		texts[i] = string(message)
	}
	return texts
}

func array(texts []string) string { return "[" + strings.Join(texts, ",") + "]" }

// raw is a value again as JSON.
func raw(value any) (json.RawMessage, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return text.Bytes(), err
}
