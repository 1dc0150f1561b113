package campaigntest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// How often and when CleverTap repeats what was not answered with 200. Its pages disagree: one repetition, two, or three
// after 15 seconds each; this is the most, for a repetition is what a person may get twice.
const (
	repetitions     = 3
	repetitionDelay = 15 * time.Second
)

// snapshot is what a sending goes by, whatever is saved meanwhile.
type snapshot struct {
	campaign campaign
	template WebhookTemplate
	apis     map[string]LinkedContent
}

// Send sends a campaign to those of the profiles that are its audience, one after the other in the order of their
// identities: a custom body is a request a profile ("Create Message" of webhooks). Profiles are their properties by
// identity, such as clevertaptest's Server.Profiles returns; Profile.Identity in a body is the identity.
//
// The clock stands still meanwhile. Repetitions are made at once, and say when they would have been: other messages do not
// wait for them. What becomes of each message is in the report. The error is of a campaign that is not there, or the
// context's, with the report of what was sent before.
func (d *Dashboard) Send(ctx context.Context, name string, profiles map[string]map[string]any) (Report, error) {
	s, err := d.snapshot(name)
	if err != nil {
		return Report{}, err
	}
	report := Report{Campaign: name}
	for _, identity := range slices.Sorted(maps.Keys(profiles)) {
		profile := maps.Clone(profiles[identity])
		if s.campaign.HasProperty != "" && profile[s.campaign.HasProperty] == nil {
			continue
		}
		if profile == nil {
			profile = map[string]any{}
		}
		profile["Identity"] = identity
		message := d.message(ctx, s, profile)
		message.Identity = identity
		if err := ctx.Err(); err != nil {
			return report, err
		}
		report.Messages = append(report.Messages, message)
	}
	return report, nil
}

func (d *Dashboard) snapshot(name string) (snapshot, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, found := d.campaigns[name]
	if !found {
		return snapshot{}, fmt.Errorf("there is no campaign %q", name)
	}
	return snapshot{c, d.templates[c.WebhookTemplate], maps.Clone(d.apis)}, nil
}

// message makes and sends the message of one profile.
func (d *Dashboard) message(ctx context.Context, s snapshot, profile map[string]any) Message {
	linked, failed := d.linked(ctx, s, profile)
	if failed != nil {
		return Message{Outcome: failed.outcome, Cause: failed.cause}
	}
	text, err := render(s.campaign.body, profile, linked)
	switch {
	case errors.Is(err, ErrAborted):
		return Message{Outcome: Aborted, Cause: err.Error()}
	case err != nil:
		return Message{Outcome: NotRendered, Cause: err.Error()}
	}
	// Whether the text is JSON is nobody's business here: CleverTap's own guides paste bodies that are none.
	message := Message{Method: s.template.Method, URL: s.template.URL, Body: text, Outcome: NotDispatched}
	headers, err := d.headers(ctx, s.template)
	if err != nil { // what the report says then is not documented
		message.Cause = err.Error()
		return message
	}
	for n := range repetitions + 1 {
		request := Request{At: d.Clock.Now().Add(time.Duration(n) * repetitionDelay)}
		answer, err := d.exchange(ctx, d.config.WebhookTimeout, s.template.Method, s.template.URL, headers, []byte(text))
		if err != nil {
			request.Err = err.Error()
		}
		request.Status, request.Answer = answer.status, string(answer.body)
		message.Requests = append(message.Requests, request)
		if answer.status == http.StatusOK {
			message.Outcome = Sent
			break
		}
		if ctx.Err() != nil {
			break
		}
	}
	if last := message.Requests[len(message.Requests)-1]; message.Outcome != Sent {
		message.Cause = fmt.Sprintf("%s %s: %d %s", message.Method, message.URL, last.Status, last.Err)
	}
	return message
}
