// Package contenthash is the content_sha256 of what a template store keeps: the provider writes it, and who reads a document finds by
// it whether somebody edited the document. It is pure.
package contenthash

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// WebhookTemplate is that of a webhook template, whatever its own ContentSHA256 says.
func WebhookTemplate(name string, t templatestore.WebhookTemplate) (string, error) {
	content := map[string]any{
		"name": name, "http_method": t.HTTPMethod, "destination_url": t.DestinationURL,
		"headers": headers(t.Headers), "secret_header_names": t.SecretHeaders, "secret_headers_version": t.SecretHeadersVersion,
	}
	text, err := json.Marshal(map[string]any{"basic_auth": t.BasicAuth, "oauth2": t.OAuth2, "line_oauth2": t.LineOAuth2})
	if err != nil {
		return "", err
	}
	blocks := map[string]map[string]any{} // of which the keys are sorted, other than those of a struct
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&blocks); err != nil {
		return "", err
	}
	for block, attributes := range blocks {
		if attributes != nil {
			content[block] = attributes
		}
	}
	return digest(content)
}

// LinkedContent is that of a Linked Content API, whatever its own ContentSHA256 says.
func LinkedContent(name string, c templatestore.LinkedContent) (string, error) {
	return digest(map[string]any{
		"name": name, "http_method": c.HTTPMethod, "endpoint_url": c.EndpointURL,
		"headers": headers(c.Headers), "secret_header_names": c.SecretHeaders, "secret_headers_version": c.SecretHeadersVersion,
	})
}

// headers are none where there are none, however that is written.
func headers(plain map[string]string) map[string]string {
	if plain == nil {
		return map[string]string{}
	}
	return plain
}

// Body is what follows from the other attributes of a campaign body.
type Body struct {
	// Text is to be pasted. Unit is "" where versions are not tracked, and of a body that reads its messages.
	Text, Unit, ContentSHA256 string
}

// LineCampaignBody is what follows from a campaign body, whatever its own Body and ContentSHA256 say. Its messages are given
// beside it, in any spelling; what is wrong with them or with the reference is an error.
func LineCampaignBody(name string, b templatestore.LineCampaignBody, messages []linebody.Message) (body Body, err error) {
	var canonical string
	if b.LinkedMessages == nil {
		body.Text, canonical, body.Unit, err = pasted(name, b, messages)
	} else {
		body.Text, err = linked(b)
		canonical = string(exactjson.AppendString(nil, body.Text))
	}
	if err == nil {
		body.ContentSHA256, err = digest(map[string]any{"body": json.RawMessage(canonical), "webhook_template": b.WebhookTemplate})
	}
	return body, err
}

// pasted is a body that carries its messages itself, as text and in canonical form.
func pasted(name string, b templatestore.LineCampaignBody, messages []linebody.Message) (text, canonical, unit string, err error) {
	parts := linebody.Body{
		To: linebody.Recipient(b.To).Text(), Messages: messages, NotificationDisabled: b.NotificationDisabled,
		CustomAggregationUnits: b.CustomAggregationUnits,
	}
	if b.TrackVersions != nil && *b.TrackVersions {
		if unit, err = Unit(name, messages); err != nil {
			return "", "", "", err
		}
		parts.CustomAggregationUnits = []string{unit}
	}
	if text, err = linebody.Build(parts); err == nil {
		canonical, err = linebody.Canonical(parts)
	}
	return text, canonical, unit, err
}

// Unit is the name under which LINE counts messages that a body carries itself.
func Unit(name string, messages []linebody.Message) (string, error) {
	_, canonical, err := linebody.List(messages)
	if err != nil {
		return "", err
	}
	return linkedcontent.VersionUnit(name, linkedcontent.ContentSHA256(canonical)), nil
}

// linked is a body that reads its messages when the campaign sends. It is no JSON until then.
func linked(b templatestore.LineCampaignBody) (string, error) {
	reference, err := linkedcontent.ParseReference(*b.LinkedMessages)
	if err != nil {
		return "", err
	}
	return reference.Body(linkedcontent.Envelope{
		To: linebody.Recipient(b.To).Text(), NotificationDisabled: b.NotificationDisabled, CustomAggregationUnits: b.CustomAggregationUnits,
	})
}

// digest hashes canonical JSON: no white space, sorted keys, nothing escaped that need not be. Raw parts must be canonical
// already.
func digest(content map[string]any) (string, error) {
	var canonical bytes.Buffer
	encoder := json.NewEncoder(&canonical)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(content); err != nil {
		return "", fmt.Errorf("hashing the content: %w", err)
	}
	sum := sha256.Sum256(bytes.TrimSuffix(canonical.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:]), nil
}
