package campaigntest

import "time"

// Outcome is what became of a message, in the words of CleverTap's reports.
type Outcome string

const (
	// Sent is a message that its destination answered with 200. It says nothing of what the destination did.
	Sent Outcome = "Sent"
	// Aborted is a body that ran into {% abort %} ("Using Liquid Tags").
	Aborted Outcome = "LiquidLogicAborted"
	// NotRendered is a body that the engine could not render.
	NotRendered Outcome = "No Liquid Replacement found"
	// NotDispatched is a message that its destination did not answer with 200, repetitions included.
	NotDispatched Outcome = "Webhook Dispatch Failed"
)

// Outcomes of Linked Content that could not be read. Their words and meanings are those of "Comprehensive Guide to System
// Events", cross-channel errors; Content API Invalid Auth, which it has besides, is not played, since a 401 is a 4XX, too.
const (
	// Redirected, ClientError and ServerError are answers with such a status.
	Redirected  Outcome = "ContentAPIFailed 3XX"
	ClientError Outcome = "ContentAPIFailed 4XX"
	ServerError Outcome = "ContentAPIFailed 5XX"
	// InvalidURL is a URL that is malformed, lacks a path parameter or cannot be reached.
	InvalidURL Outcome = "Content API Invalid URL"
	// ContentAPIInvalid is an answer that did not come, or not whole, or not in time ("unable to fetch").
	ContentAPIInvalid Outcome = "Content API Invalid"
	// ResponseException is an answer that is no JSON ("unexpected response format").
	ResponseException Outcome = "ContentAPI Response Exception"
)

// failure is an outcome with its cause.
type failure struct {
	outcome Outcome
	cause   string
}

// Report is what became of a campaign, by profile in the order of the identities. Who is not of the audience is not in it.
type Report struct {
	Campaign string
	Messages []Message
}

// Count is how many messages had an outcome.
func (r Report) Count(outcome Outcome) int {
	count := 0
	for _, message := range r.Messages {
		if message.Outcome == outcome {
			count++
		}
	}
	return count
}

// Message is the message of one profile.
type Message struct {
	Identity string
	Outcome  Outcome
	// Cause says why an outcome is not [Sent].
	Cause string
	// Method, URL and Body are what was sent. They are empty if nothing was.
	Method, URL, Body string
	// Requests are what it took, in their order.
	Requests []Request
}

// Request is one request to the destination.
type Request struct {
	// At is the time on the clock.
	At time.Time
	// Status and Answer are what the destination said; 0 and "" if Err says why there is no answer.
	Status int
	Answer string
	Err    string
}
