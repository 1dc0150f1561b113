package linesend

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/rivo/uniseg"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// Quota looks at the month's quota, and says in a sentence how many messages are left. A quota that is used up is an error.
func Quota(ctx context.Context, client *line.Client) (string, error) {
	quota, err := client.MessageQuota(ctx)
	if err != nil {
		return "", fmt.Errorf("%w\nNothing was sent", err)
	}
	left := quota.Remaining()
	switch {
	case left == nil:
		return fmt.Sprintf("The account has set no limit of messages, and has sent about %d this month.", quota.Used), nil
	case *left == 0:
		return "", fmt.Errorf("the account has used up the %d messages of this month, so that LINE would refuse this one. Nothing was "+
			"sent. See its plan in LINE Official Account Manager", *quota.Value)
	}
	return fmt.Sprintf("Of %d messages of this month, about %d are left; this is one of them.", *quota.Value, *left), nil
}

// Send pushes the message, with a retry key that is used for nothing else, and says in sentences what LINE said.
func (m Message) Send(ctx context.Context, client *line.Client) (string, error) {
	key, err := uuid.NewRandom()
	if err != nil {
		return "", fmt.Errorf("%w\nNothing was sent", err)
	}
	pushed, err := client.Push(ctx, m.body, key)
	if err != nil {
		return "", err
	}
	took := fmt.Sprintf("LINE took the message (request id %s).", pushed.RequestID)
	if pushed.Before {
		took = fmt.Sprintf("LINE took the message at an attempt whose answer was lost (request id %s), and sent it once.", pushed.RequestID)
	}
	return took + " Whether it arrived LINE does not say: it takes messages to those, too, who blocked the account or never added it as " +
		"a friend.", nil
}

// excerpt is how many characters of a text a [Message.Summary] shows.
const excerpt = 60

// Summary is a line for each LINE message: its type, and the beginning of its text, of what stands for it in a list of chats,
// or of its title.
func (m Message) Summary() []string {
	lines := make([]string, len(m.messages))
	for i, message := range m.messages {
		var shown struct{ Type, Text, AltText, Title string }
		_ = json.Unmarshal([]byte(message.Text()), &shown) // as far as these are texts
		lines[i] = fmt.Sprintf("%d. %s", i+1, printable(shown.Type))
		for _, text := range []string{shown.Text, shown.AltText, shown.Title} {
			if text != "" {
				lines[i] += " " + strconv.Quote(shorten(text))
				break
			}
		}
	}
	return lines
}

// shorten is the beginning of a text, cut between what people take for characters.
func shorten(text string) string {
	graphemes := uniseg.NewGraphemes(text)
	for range excerpt {
		if !graphemes.Next() {
			return text
		}
	}
	if _, end := graphemes.Positions(); end < len(text) {
		return text[:end] + "…"
	}
	return text
}

// printable quotes a text that a terminal would not simply show.
func printable(text string) string {
	if quoted := strconv.Quote(text); quoted[1:len(quoted)-1] != text {
		return quoted
	}
	return text
}
