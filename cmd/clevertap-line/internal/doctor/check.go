package doctor

// verdict is what an answer means for who wants to send messages.
type verdict string

const (
	well    verdict = "well"
	off     verdict = "off"
	unclear verdict = "unclear" // it could not be looked at, or proves nothing yet
)

// lesson is what an answer says about an open question.
type lesson struct {
	of   question
	text string
	// linked says that it is one only where the campaign's body reads Linked Content.
	linked bool
}

// answer is one of those that a check may have. All its texts are the command's own, so that a report has no others.
type answer struct {
	id string
	is verdict
	// choice is what a person picks; "" where the command finds out by itself.
	choice string
	// found is a sentence, and next what to do; "" is nothing.
	found, next string
	learnt      []lesson
}

// check is one thing to know about an account, or one step of a person.
type check struct {
	id, title string
	answers   []answer
}

// failed is what any check may have where the command asks: there was no answer, or one that says nothing about it.
var failed = answer{
	id: "failed", is: unclear, found: "The request failed.",
	next: "What the terminal showed says why. Give the same command again.",
}

// answer finds an answer by its id.
func (c *check) answer(id string) (answer, bool) {
	for _, a := range c.answers {
		if a.id == id {
			return a, true
		}
	}
	return failed, id == failed.id && c.answers[0].choice == ""
}

// result is what is kept of an answer: nothing that came from outside but numbers.
type result struct {
	Answer string `json:"answer"`
	// Status is that of HTTP, and Code the one in CleverTap's answer, where a request was refused.
	Status int `json:"status,omitempty"`
	Code   int `json:"code,omitempty"`
}

// results are those of checks, by their id.
type results map[string]result

func (r results) is(c *check, ids ...string) bool {
	found, ok := r[c.id]
	for _, id := range ids {
		if ok && found.Answer == id {
			return true
		}
	}
	return false
}

// readsLinkedContent says whether the campaign's body does, by what the person who saved it said.
func (r results) readsLinkedContent() bool { return r.is(saveCampaign, "linked-json", "linked-text") }
