package clevertaptest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// Campaign is a campaign as the message report tells of it. Names may come more than once.
type Campaign struct {
	ID   int64
	Name string
	// Channel, Delivery and Status are words that a request may have, such as webhooks, one_time and running. What CleverTap
	// calls them in an answer is not documented; here it is the same.
	Channel, Delivery, Status string
	// Start is when it starts, in the account's time zone.
	Start time.Time
}

// What a request may ask for ("Get Message Reports API").
var (
	reportChannels = []string{
		"push", "email", "sms", "browser", "audiences", "inapp", "webhooks", "web_pop_up", "web_exit_intent", "web_native_display",
		"web_inbox",
	}
	reportStatuses = []string{"scheduled", "running", "stopped", "completed"}
)

// AddCampaign makes a campaign, as a person does in the dashboard, or changes the one that has the ID.
func (s *Server) AddCampaign(campaign Campaign) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.campaigns {
		if s.campaigns[i].ID == campaign.ID {
			s.campaigns[i] = campaign
			return
		}
	}
	s.campaigns = append(s.campaigns, campaign)
}

// reportRequest is a request for a message report, as far as it is served.
type reportRequest struct {
	From     string   `json:"from"`
	To       string   `json:"to"`
	Channels []string `json:"channel"`
	Statuses []string `json:"status"`
}

// messageReport serves POST /1/message/report.json ("Get Message Reports API"). The documentation says that the dates are those
// of "events needed"; users of the API found the campaigns that start on them, and so it is here. What CleverTap says to a
// request in another form is not documented.
func (s *Server) messageReport(w http.ResponseWriter, r *http.Request) {
	var request reportRequest
	if !s.decode(w, r, "a report", &request) { // of delivery, message_type, label, daily
		return
	}
	for _, filter := range []struct{ asked, known []string }{{request.Channels, reportChannels}, {request.Statuses, reportStatuses}} {
		for _, word := range filter.asked {
			if !slices.Contains(filter.known, word) {
				s.NotServed(w, r, "a report of "+word)
				return
			}
		}
	}
	from, errFrom := time.Parse("20060102", request.From)
	to, errTo := time.Parse("20060102", request.To)
	if errFrom != nil || errTo != nil || to.Before(from) {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Status   string     `json:"status"`
		Messages []reported `json:"messages"`
	}{"success", s.report(request)})
}

// reported is a campaign in a report. There is a space in the name of its ID.
type reported struct {
	ID        int64  `json:"message id"`
	Name      string `json:"message_name"`
	Channel   string `json:"channel"`
	Delivery  string `json:"delivery"`
	StartDate string `json:"start_date"`
	Status    string `json:"status"`
}

func (s *Server) report(request reportRequest) []reported {
	s.mu.Lock()
	defer s.mu.Unlock()
	messages := []reported{} // never null
	for _, c := range s.campaigns {
		day := c.Start.Format("20060102")
		if day < request.From || day > request.To ||
			request.Channels != nil && !slices.Contains(request.Channels, c.Channel) ||
			request.Statuses != nil && !slices.Contains(request.Statuses, c.Status) {
			continue
		}
		messages = append(messages, reported{c.ID, c.Name, c.Channel, c.Delivery, c.Start.Format("02 Jan, 2006 15:04:05"), c.Status})
	}
	return messages
}

// decode reads the body of a request. What is no JSON is refused, and what has members that this server does not know is not served.
func (s *Server) decode(w http.ResponseWriter, r *http.Request, what string, request any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	err := decoder.Decode(request)
	if err == nil {
		return true
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
	} else {
		s.NotServed(w, r, fmt.Sprintf("%s (%v)", what, err))
	}
	return false
}
