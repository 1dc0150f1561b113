// Package linesend sends one test message to one LINE user: it fills the placeholders of a body or of some messages for that
// user, checks what comes out as LINE would, looks at the month's quota, and pushes it. It knows the rules of bodies
// (linebody), the Liquid engine (rendering) and LINE's client (line), and nothing of Terraform and of stores.
package linesend

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// ErrLinked is the error of a body that has no messages of its own, since it reads them from Linked Content when a campaign
// sends.
var ErrLinked = errors.New("the body reads its messages from Linked Content when a campaign sends: send the linked messages themselves")

// ErrEdited is the error of published messages that are no messages any more.
var ErrEdited = errors.New("what is published is no list of messages: it was edited after it was published")

// Draft is what is to be sent, with its placeholders.
type Draft struct {
	messages             []linebody.Message
	notificationDisabled *bool
	warnings             []string
}

// Read reads a push body or a part of one, as [linebody.PartOf] tells them apart. Of a body, messages and
// notificationDisabled count: a test message has another recipient, and no unit name. LINE counts a unit name as used once it took
// a push with it, and here that is the evidence that a campaign's version was sent.
func Read(text string) (Draft, error) {
	body := linebody.PartOf(text).Body()
	d, fault := exactjson.Parse(body)
	if fault != nil && readsLinkedContent(text) {
		return Draft{}, ErrLinked
	}
	var wrong []linebody.Problem
	var warnings []string
	for _, problem := range linebody.ValidateWith([]byte(body), linebody.Options{}) {
		switch {
		case problem.Severity == linebody.Error && problem.Path != "to":
			wrong = append(wrong, problem)
		case problem.Rule == rulePicker:
			warnings = append(warnings, say(problem))
		}
	}
	if len(wrong) > 0 {
		return Draft{}, &RefusedError{Problems: wrong}
	}
	draft := Draft{messages: messagesOf(d, personalization.Unpicked), warnings: warnings}
	if disabled, found := d.Member(exactjson.Root, "notificationDisabled"); found && d.Kind(disabled) != exactjson.Null {
		draft.notificationDisabled = new(d.Raw(disabled) == "true")
	}
	return draft, nil
}

// rulePicker is the one rule whose warnings are lost once a message is filled.
const rulePicker = "picker-token"

// messagesOf are the messages of a body, each text in them as rewritten.
func messagesOf(body *exactjson.Document, rewritten func(string) string) (messages []linebody.Message) {
	list, _ := body.Member(exactjson.Root, "messages") // which is in every body that passed
	for message := range body.Children(list) {
		messages = append(messages, linebody.ParseMessage(string(body.AppendRewritten(nil, message, rewritten))))
	}
	return messages
}

// readsLinkedContent says whether a text is the body of [linkedcontent.Reference.Body] or one like it.
func readsLinkedContent(text string) bool {
	compiled, err := rendering.Compile(text)
	return err == nil && len(compiled.APIs()) > 0
}

// ReadMessages reads the JSON texts of some messages.
func ReadMessages(texts []string) (Draft, error) {
	list, _, err := linebody.List(linebody.ParseMessages(texts...))
	if err != nil {
		return Draft{}, err
	}
	return Read(list)
}

// ReadLinked reads published messages, as a publish store keeps them.
func ReadLinked(parts, tags []string) (Draft, error) {
	texts, ok := linkedcontent.Join(parts, tags)
	if !ok {
		return Draft{}, ErrEdited
	}
	return ReadMessages(texts)
}

// RefusedError is the error of messages that LINE would refuse.
type RefusedError struct {
	Problems []linebody.Problem
	// Filled says that the problems are those of what the values make of the messages.
	Filled bool
}

func (e *RefusedError) Error() string {
	var text strings.Builder
	text.WriteString("LINE would refuse the message")
	if e.Filled {
		text.WriteString(" with these values")
	}
	for _, problem := range e.Problems {
		text.WriteString("\n  " + say(problem))
	}
	return text.String()
}

// say is a problem on one line.
func say(problem linebody.Problem) string {
	text := fmt.Sprintf("%s (%s)", problem.Message, problem.Rule)
	if problem.Path != "" {
		text = problem.Path + ": " + text
	}
	return text
}

// IncompleteError is the error of values that leave a gap.
type IncompleteError = rendering.IncompleteError

// Message is a test message as it is sent.
type Message struct {
	body     string
	messages []linebody.Message
	// Warnings are what may be wrong with it.
	Warnings []string
}

// Fill makes the message for one user. Its placeholders, Liquid and the tokens of CleverTap's picker, are filled with the given
// values, by names such as Profile.Name, or with their defaults. A property without a value is one that the user lacks: a
// condition on it goes accordingly, but an output that would print nothing is an [*IncompleteError] that names it. A message
// that {% abort %} ends is [rendering.ErrAborted], one that LINE would refuse a [*RefusedError].
func (d Draft) Fill(to line.UserID, given map[string]string, options linebody.Options) (Message, error) {
	values, err := rendering.Values(given)
	if err != nil {
		return Message{}, err
	}
	written, err := linebody.Build(linebody.Body{
		To: to.String(), Messages: d.messages, NotificationDisabled: d.notificationDisabled,
	})
	if err != nil {
		return Message{}, err
	}
	body, err := rendering.RenderComplete(written, values)
	if err != nil {
		return Message{}, err
	}
	message := Message{body: body, Warnings: slices.Clone(d.warnings)}
	names := linebody.NamesIn(written)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if unused := linebody.Unused(name, names); unused != "" {
			message.Warnings = append(message.Warnings, "the value of "+name+" is not used: "+unused)
		}
	}
	var wrong []linebody.Problem
	for _, problem := range linebody.ValidateWith([]byte(body), options) {
		if problem.Severity == linebody.Error {
			wrong = append(wrong, problem)
		} else {
			message.Warnings = append(message.Warnings, say(problem))
		}
	}
	if len(wrong) > 0 {
		return Message{}, &RefusedError{wrong, true}
	}
	if d, fault := exactjson.Parse(body); fault == nil { // which would have been a problem
		message.messages = messagesOf(d, func(text string) string { return text })
	}
	return message, nil
}
