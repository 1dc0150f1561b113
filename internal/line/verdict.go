package line

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

const validatePush = "validate messages"

// Violation is one reason for which LINE would refuse to push messages.
type Violation struct {
	// Path names the value from the root of a push body, such as messages[0].contents.footer.contents[2]; it is as deep
	// as LINE is exact, and at least "messages". An index of a message is one of those that were sent.
	Path string
	// Message is LINE's own.
	Message string
}

// ValidatePush asks LINE whether it would push the messages, each the text of one message object in JSON. They go as
// they are, without any personalisation rendered. No violation means that LINE finds nothing wrong; it does not look at
// recipients, and says that it cannot check whom a mention mentions. Nothing is sent or counted, so the request is
// repeated like a read, and never has a retry key: LINE refuses those here.
//
// (Messaging API reference, "Validate message objects of a push message".) A refusal that is no verdict, such as that of
// a token or of a body over 2 MB, is an [*APIError].
func (c *Client) ValidatePush(ctx context.Context, messages []string) ([]Violation, error) {
	for i, message := range messages {
		if !json.Valid([]byte(message)) {
			return nil, fmt.Errorf("%s: messages[%d] is not JSON", validatePush, i)
		}
	}
	response, err := c.do(ctx, validatePush, httpclient.Request{
		Method: http.MethodPost,
		URL:    c.endpoint("/v2/bot/message/validate/push", nil),
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   []byte(`{"messages":[` + strings.Join(messages, ",") + `]}`),
	})
	if refused, ok := errors.AsType[*APIError](err); ok && refused.StatusCode == http.StatusBadRequest && refused.inForm {
		return violations(refused, len(messages)), nil
	}
	if err != nil {
		return nil, err
	}
	if len(response.Body) == 0 && response.Header.Get("X-Line-Request-Id") != "" {
		return nil, nil // LINE's, and LINE's description of the endpoint promises no body
	}
	var verdict *struct{} // what LINE may add to the object one day is no matter; null is no object
	if err := json.Unmarshal(response.Body, &verdict); err != nil || verdict == nil {
		return nil, unusable(validatePush, response, "not with a JSON object")
	}
	return nil, nil
}

// The sentences in which LINE refuses messages (Messaging API reference, "Error messages"; the first is not listed
// there). A no-break space stands before "in".
var (
	oneMessageInvalid = lazyregexp.New(`^A message \((messages\[\d+\])\)[\s\x{a0}]in the request body is invalid`)
	propertyInvalid   = lazyregexp.New(`^The property, '?(messages[^',]*)'?, in the request body is invalid`)

	oneMessage = lazyregexp.New(`^messages\[(0|[1-9]\d*)\](?:[.\[]|$)`)

	index = lazyregexp.New(`^\d+$`)
	word  = lazyregexp.New(`^[\w-]+$`)
)

// violations translates a refusal. LINE names a property in one of three ways, by the layer that finds the fault: as a
// whole path, or in the sentence itself, or relative to the message that the sentence names.
func violations(refused *APIError, sent int) []Violation {
	at := "messages"
	for _, sentence := range []*lazyregexp.Regexp{oneMessageInvalid, propertyInvalid} {
		if found := sentence.FindStringSubmatch(refused.Message); found != nil {
			at = found[1]
		}
	}
	if len(refused.Details) == 0 {
		return []Violation{Violation{Path: at, Message: refused.Message}.among(sent)}
	}
	var all []Violation
	for _, detail := range refused.Details {
		violation := Violation{Path: at, Message: cmp.Or(detail.Message, refused.Message)}
		switch {
		case detail.Property == "":
		case at == "messages" || strings.HasPrefix(detail.Property, at):
			violation.Path = detail.Property
		default:
			violation.Path += steps(detail.Property)
		}
		all = append(all, violation.among(sent))
	}
	return all
}

// among takes a path that begins with none of the messages that were sent for words, because it leads nowhere.
func (v Violation) among(sent int) Violation {
	if v.Path == "messages" {
		return v
	}
	if found := oneMessage.FindStringSubmatch(v.Path); found != nil {
		if i, err := strconv.Atoi(found[1]); err == nil && i < sent {
			return v
		}
	}
	return Violation{Path: "messages", Message: v.Path + ": " + v.Message}
}

// steps are the steps from a message to a property: a JSON pointer (RFC 6901) starts at a Flex Message's container, and
// what has no slash at its beginning starts at the message.
func steps(property string) string {
	var path strings.Builder
	pointer, isPointer := strings.CutPrefix(property, "/")
	if isPointer {
		path.WriteString(".contents")
	}
	if pointer == "" {
		return path.String()
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for step := range strings.SplitSeq(pointer, "/") {
		if isPointer {
			step = unescape.Replace(step)
		}
		switch {
		case index.MatchString(step):
			path.WriteString("[" + step + "]")
		case word.MatchString(step):
			path.WriteString("." + step)
		default: // as package linebody writes it
			path.WriteString("[" + strconv.Quote(step) + "]")
		}
	}
	return path.String()
}
