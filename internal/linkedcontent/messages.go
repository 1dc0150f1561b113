// Package linkedcontent is how the messages of a campaign travel through CleverTap's Linked Content: the document that is
// published, and the custom body that reads it when the campaign sends. It is pure: it knows linebody, personalization and
// exactjson, and neither stores nor Terraform.
//
// CleverTap prints a label of Linked Content as it is, and fills in placeholders inside it only with a feature in private
// beta (docs.clevertap.com, "Using Personalization in Linked Content Response"). So the JSON text of the messages is cut at
// its Liquid: the texts travel in the document, the Liquid stays in the body. Texts may change at any time; only another
// Liquid changes the body.
package linkedcontent

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Messages are some LINE messages as they are published.
type Messages struct {
	// Parts are the texts between the Liquid, one more than there is Liquid; ASCII alone.
	Parts []string
	// Tags is the Liquid, which stays in the body, with the white space that it swallows.
	Tags []string
	// Shape tells one Liquid from another: 8 hexadecimal digits.
	Shape string
	// ContentSHA256 is that of the canonical JSON of the messages.
	ContentSHA256 string
}

// Cut prepares messages to be published. An error says what keeps them from it; whether LINE would take them is linebody's
// question.
func Cut(messages []linebody.Message) (Messages, error) {
	text, canonical, err := linebody.List(messages)
	if err != nil {
		return Messages{}, err
	}
	spans, whole := personalization.Markup(text)
	if !whole {
		return Messages{}, errors.New("the Liquid in the messages is not balanced")
	}
	cut := Messages{Parts: make([]string, 0, len(spans)+1), Tags: make([]string, 0, len(spans))}
	at := 0
	for _, span := range spans {
		cut.Parts = append(cut.Parts, ascii(text[at:span.Start]))
		cut.Tags = append(cut.Tags, text[span.Start:span.End])
		at = span.End
	}
	cut.Parts = append(cut.Parts, ascii(text[at:]))
	cut.Shape = Shape(cut.Tags)
	cut.ContentSHA256 = ContentSHA256(canonical)
	return cut, nil
}

// ContentSHA256 is that of messages in the canonical form of [linebody.List].
func ContentSHA256(canonical string) string { return digest(canonical) }

// Shape tells one Liquid from another.
func Shape(tags []string) string {
	if tags == nil {
		tags = []string{}
	}
	text, _ := json.Marshal(tags) // texts always can be
	return digest(string(text))[:8]
}

// Join puts together again what [Cut] has cut: the JSON text of each message. It is not ok if that is no list of JSON
// objects, as after somebody's edit; then the one text is all that there is. Lists of other lengths than Cut's are joined
// as far as they go.
func Join(parts, tags []string) (messages []string, ok bool) {
	var text strings.Builder
	for i, part := range parts {
		text.WriteString(part)
		if i < len(tags) {
			text.WriteString(tags[i])
		}
	}
	d, fault := exactjson.Parse(text.String())
	if fault != nil || len(d.Duplicates()) > 0 || d.Kind(exactjson.Root) != exactjson.Array || d.Count(exactjson.Root) == 0 {
		return []string{text.String()}, false
	}
	for message := range d.Children(exactjson.Root) {
		if d.Kind(message) != exactjson.Object {
			return []string{text.String()}, false
		}
		messages = append(messages, string(d.AppendCompact(nil, message)))
	}
	return messages, true
}

// unitName is how many characters of a name a unit takes: with "_" and 8 digits that makes LINE's 30.
const unitName = 21

// VersionUnit is the name under which LINE counts one version of an object's messages (customAggregationUnits: letters,
// digits and underscores, 30 at most; Messaging API reference, "Send push message"): what the object's name has of these,
// and 8 hexadecimal digits of name and content. The same messages under the same name have the same unit for ever.
func VersionUnit(name, contentSHA256 string) string {
	plain := strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name)
	return plain[:min(len(plain), unitName)] + "_" + digest(name + "\x00" + contentSHA256)[:8]
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// ascii escapes in a piece of JSON text what is not ASCII, which stands inside of strings alone. CleverTap wants a charset
// for other than English characters (docs.clevertap.com, "Linked Content", Encoding Error): ASCII needs none.
func ascii(text string) string {
	var escaped strings.Builder
	for _, r := range text {
		switch {
		case r < 0x7f:
			escaped.WriteByte(byte(r))
		case r <= 0xffff:
			fmt.Fprintf(&escaped, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&escaped, `\u%04x\u%04x`, high, low)
		}
	}
	return escaped.String()
}
