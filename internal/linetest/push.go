package linetest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// Received is one push as its recipient got it.
type Received struct {
	// Messages are the message objects, as they came.
	Messages []json.RawMessage
	// Unit is the unit name that was assigned to them. "" if none was asked for, or the month's names were used up.
	Unit string
	// At is when they were sent.
	At time.Time
}

// Received returns what a follower got, in the order in which it was sent.
func (s *Server) Received(userID string) []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Received
	for _, push := range s.pushes.to[userID] {
		all = append(all, push.Received)
	}
	return all
}

// pushes is what was sent.
type pushes struct {
	to       map[string][]*delivery // by user ID
	counts   map[string]int         // by month
	accepted map[string]acceptance  // by retry key
	messages int                    // that have an ID
}

// acceptance is what the server said when it took a push with a retry key.
type acceptance struct {
	requestID string
	sent      []sentMessage
	at        time.Time
}

// sentMessage is LINE's description of a message that was sent. The ID is a text, as in the reference's examples, although
// its table says Number.
type sentMessage struct {
	ID         string `json:"id"`
	QuoteToken string `json:"quoteToken,omitempty"`
}

const (
	// retryKeyLife is how long LINE knows a retry key ("Retrying an API request").
	retryKeyLife = 24 * time.Hour
	// firstMessageID is that of the reference's example.
	firstMessageID = 461230966842064897
)

// recipientForm is that of user, group and room IDs. Only that of users is documented ("Get user IDs").
var recipientForm = regexp.MustCompile(`^[UCR][0-9a-f]{32}$`)

// quotable are the types of messages that get a quote token ("Get quote tokens").
var quotable = []string{"text", "textV2", "sticker", "image", "video", "template", "flex"}

// push serves POST /v2/bot/message/push. The account is in no group and no room; whom it knows are its followers.
func (s *Server) push(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	key := r.Header.Get("X-Line-Retry-Key")
	if key != "" && (len(key) != len(uuid.Nil.String()) || uuid.Validate(key) != nil) {
		// That a key is a UUID is documented, what LINE answers to another is not.
		writeError(w, http.StatusBadRequest, "The retry key is invalid")
		return
	}
	request, faults := readPush(body)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	if before, known := s.pushes.accepted[key]; key != "" && known && now.Sub(before.at) < retryKeyLife {
		w.Header().Set("X-Line-Accepted-Request-Id", before.requestID)
		standin.WriteJSON(w, http.StatusConflict, map[string]any{"message": MessageAccepted, "sentMessages": before.sent})
		return
	}
	if message, details := s.judge(body, faults); message != "" {
		writeError(w, http.StatusBadRequest, message, details...)
		return
	}
	if !s.isFollower(request.to) {
		writeError(w, http.StatusBadRequest, MessageNoRecipient)
		return
	}
	if s.config.MonthlyLimit > 0 && s.pushes.counts[month(now)] >= s.config.MonthlyLimit {
		writeError(w, http.StatusTooManyRequests, MessageMonthlyLimit)
		return
	}
	s.pushes.counts[month(now)]++
	push := &delivery{Received: Received{Messages: request.messages, At: now}, clicks: map[click]int{}}
	if len(request.units) > 0 {
		push.Unit = s.assign(request.units[0], month(now))
	}
	s.pushes.to[request.to] = append(s.pushes.to[request.to], push)
	sent := make([]sentMessage, len(request.messages))
	for i, message := range request.messages {
		sent[i] = s.pushes.describe(message)
	}
	if key != "" {
		s.pushes.accepted[key] = acceptance{w.Header().Get("X-Line-Request-Id"), sent, now}
	}
	standin.WriteJSON(w, http.StatusOK, map[string]any{"sentMessages": sent})
}

// pushRequest is what the server uses of a push.
type pushRequest struct {
	to       string
	messages []json.RawMessage
	units    []string
}

// readPush reads a push as far as it can, with the faults for which LINE refuses it. Package linebody knows Liquid in "to", and
// names that differ in case; LINE knows neither.
func readPush(body []byte) (request pushRequest, faults []linebody.Problem) {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(body, &members) // what is wrong here is among the faults
	_ = json.Unmarshal(members["to"], &request.to)
	_ = json.Unmarshal(members["messages"], &request.messages)
	_ = json.Unmarshal(members["customAggregationUnits"], &request.units)

	faults = faultsOf(body, refusedPush)
	for _, name := range []string{"to", "messages"} {
		said := slices.ContainsFunc(faults, func(fault linebody.Problem) bool { return fault.Path == name })
		if members[name] == nil && !said {
			faults = append(faults, linebody.Problem{Path: name, Rule: "missing-property"})
		}
	}
	if request.to != "" && !recipientForm.MatchString(request.to) {
		faults = append(faults, linebody.Problem{Path: "to", Rule: "wrong-json-type"}) // an ID is a type of its own
	}
	return request, faults
}

// refusedPush says whether LINE refuses to send what linebody found.
func refusedPush(p linebody.Problem) bool {
	if p.Path == "to" || p.Path == "notificationDisabled" || strings.HasPrefix(p.Path, "customAggregationUnits") {
		return p.Severity == linebody.Error
	}
	return refused(p)
}

// describe gives a message its ID, and its quote token if it can be quoted.
func (p *pushes) describe(message json.RawMessage) sentMessage {
	sent := sentMessage{ID: strconv.Itoa(firstMessageID + p.messages)}
	p.messages++
	var object struct{ Type string }
	if json.Unmarshal(message, &object) == nil && slices.Contains(quotable, object.Type) {
		sent.QuoteToken = uuid.NewString()
	}
	return sent
}

// membership says who follows. That is looked up once somebody asks: listings alone need no index.
func membership(config Config) func(userID string) bool {
	index := sync.OnceValue(func() map[string]bool {
		followers := map[string]bool{}
		for _, page := range append([][]string{config.Followers}, config.Pages...) {
			for _, id := range page {
				followers[id] = true
			}
		}
		return followers
	})
	return func(userID string) bool { return index()[userID] }
}
