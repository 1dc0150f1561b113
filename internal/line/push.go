package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const pushMessages = "push messages"

// perhapsSent is what an error says after which nobody knows whether LINE sent the messages.
const perhapsSent = "Whether the messages were sent is not known. Look at the chat before they are sent again: " +
	"that is another request, and LINE may send them twice"

// Pushed is what LINE said when it took a push.
type Pushed struct {
	// RequestID is LINE's name for the request that it took, for its support desk.
	RequestID string
	// Before says that LINE had taken an earlier attempt, whose answer was lost, and sent nothing again.
	Before bool
}

// Push sends a push body, a text in JSON, to the one recipient that it names. The retry key makes it safe to repeat: where an
// answer is lost, the same request is sent again with the same key, and LINE, which knows a key for 24 hours, answers 409 with
// the request that it took (Messaging API reference, "Send push message"; LINE Developers, "Retrying an API request"). A
// key is for one push, and never used for another.
//
// That LINE took a push does not say that anybody got it: it answers so, too, where the user blocked the LINE Official
// Account, deleted the own account, or never added it as a friend. A refusal is an [*APIError], after which nothing was sent
// unless its status is 500 or more, and so is one of a token that is not issued; after any other error that is not known, and the
// error says so.
func (c *Client) Push(ctx context.Context, body string, key uuid.UUID) (Pushed, error) {
	response, err := c.send(ctx, pushMessages, httpclient.Request{
		Method: http.MethodPost,
		URL:    c.endpoint("/v2/bot/message/push", nil),
		Header: http.Header{"Content-Type": {"application/json"}, "X-Line-Retry-Key": {key.String()}},
		Body:   []byte(body),
	})
	if _, never := errors.AsType[unsent](err); never {
		return Pushed{}, err
	}
	if err != nil {
		return Pushed{}, fmt.Errorf("%w\n%s", err, perhapsSent)
	}
	accepted := response.HeaderID("X-Line-Accepted-Request-Id")
	switch {
	case response.StatusCode == http.StatusConflict && accepted != "":
		return Pushed{RequestID: accepted, Before: true}, nil
	case response.StatusCode != http.StatusOK:
		return Pushed{}, apiError(pushMessages, response)
	}
	var answer struct {
		SentMessages []struct{} `json:"sentMessages"`
	}
	if err := json.Unmarshal(response.Body, &answer); err != nil || answer.SentMessages == nil {
		return Pushed{}, fmt.Errorf("%w\n%s", unusable(pushMessages, response, "without the messages that it sent"), perhapsSent)
	}
	return Pushed{RequestID: response.RequestID()}, nil
}
