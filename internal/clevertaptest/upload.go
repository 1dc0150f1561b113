package clevertaptest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxRecords is the largest number of records in one call ("Upload User Profiles API").
const maxRecords = 1000

// refusal is why a record is not taken.
type refusal struct {
	code    int
	message string
}

// Codes of refused records ("API Errors").
const (
	CodeEmail     = 515
	CodeIdentity  = 523
	CodeType      = 524
	CodeTimestamp = 525
	CodeOther     = 555
)

// The words of 515, 523 and 525 are recorded; those of the other are not.
const (
	messageEmail     = "Profile data is incorrect. Email is not valid."
	messageIdentity  = "'identity' or 'fbId' or 'gpId' or 'objectId' is necessary under 120 chars to identify the user. "
	messageType      = "Data is neither event nor profile. "
	messageTimestamp = "Timestamp should be present in the Unix Epoch format. "
)

// Refuse makes the server refuse the records of an identity from now on, for instance with [CodeOther]. The message is
// followed by the record's number, as CleverTap does. A code of 0 takes it back.
func (s *Server) Refuse(identity string, code int, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if code == 0 {
		delete(s.refusals, identity)
		return
	}
	s.refusals[identity] = refusal{code, message}
}

// record is one entry of an upload, as far as it is looked at.
type record struct {
	Identity    json.RawMessage            `json:"identity"`
	Type        string                     `json:"type"`
	Timestamp   json.RawMessage            `json:"ts"`
	ProfileData map[string]json.RawMessage `json:"profileData"`

	// Other keys than the identity.
	ObjectID json.RawMessage `json:"objectId"`
	FBID     json.RawMessage `json:"FBID"`
	GPID     json.RawMessage `json:"GPID"`
}

// unserved is what CleverTap would take in a record, and the stand-in does not.
func (r record) unserved() string {
	switch {
	case r.ObjectID != nil, r.FBID != nil, r.GPID != nil:
		return "a record with another key than identity"
	case r.Type == "event":
		return "a record of an event"
	}
	for _, name := range slices.Sorted(maps.Keys(r.ProfileData)) {
		if o := operator(r.ProfileData[name]); o != "" && o != "$delete" {
			return "the operator " + o
		}
	}
	return ""
}

// unprocessed is an entry of an answer. CleverTap repeats the record as an object; in 2017 it was a text. Recordings show
// that it may write a value otherwise there, such as a phone number as a number; this does not.
type unprocessed struct {
	Status string          `json:"status"`
	Code   int             `json:"code"`
	Error  string          `json:"error"`
	Record json.RawMessage `json:"record"`
}

// upload serves POST /1/upload ("Upload User Profiles API").
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	var payload struct {
		Records []record `json:"d"`
	}
	if err := json.Unmarshal(body, &payload); err != nil || len(payload.Records) == 0 || len(payload.Records) > maxRecords {
		// What CleverTap answers here is not documented.
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	for _, record := range payload.Records {
		if unserved := record.unserved(); unserved != "" {
			s.NotServed(w, r, unserved)
			return
		}
	}
	answer := struct {
		Status      string        `json:"status"`
		Processed   int           `json:"processed"`
		Unprocessed []unprocessed `json:"unprocessed"`
	}{"success", len(payload.Records), s.store(body, payload.Records)}
	answer.Processed -= len(answer.Unprocessed)
	switch {
	case answer.Processed == 0:
		answer.Status = "fail"
	case len(answer.Unprocessed) > 0:
		answer.Status = "partial"
	}
	writeJSON(w, http.StatusOK, answer)
}

// store takes the records that can be taken and returns the others.
func (s *Server) store(body []byte, records []record) []unprocessed {
	s.mu.Lock()
	defer s.mu.Unlock()
	var texts struct { // of the records, read if one is refused
		Records []json.RawMessage `json:"d"`
	}
	refused := []unprocessed{} // never null
	for i, record := range records {
		identity := text(record.Identity)
		why := s.judge(identity, record)
		if why.code == 0 {
			s.merge(identity, record.ProfileData)
			continue
		}
		if texts.Records == nil {
			if err := json.Unmarshal(body, &texts); err != nil {
				panic(err) // it was read before
			}
		}
		refused = append(refused, unprocessed{
			Status: "fail",
			Code:   why.code,
			Error:  fmt.Sprintf("%sSkipped record number : %d", why.message, i+1),
			Record: texts.Records[i],
		})
	}
	return refused
}

// judge says why a record is refused; the code is 0 if it is not. The caller holds mu.
func (s *Server) judge(identity string, r record) refusal {
	email, hasEmail := r.ProfileData["Email"]
	switch why, given := s.refusals[identity]; {
	case given:
		return why
	case junk(identity):
		return refusal{CodeIdentity, messageIdentity}
	case r.Type != "profile" || r.ProfileData == nil:
		return refusal{CodeType, messageType}
	case r.Timestamp != nil && !isEpoch(r.Timestamp):
		return refusal{CodeTimestamp, messageTimestamp}
	case hasEmail && !strings.Contains(text(email), "@"):
		return refusal{CodeEmail, messageEmail}
	}
	return refusal{}
}

// junk knows identities that are too long, or stand for nobody; CleverTap does not document all of those.
func junk(identity string) bool {
	switch strings.ToLower(identity) {
	case "", "null", "na", "0", "-1", "undefined":
		return true
	}
	return utf8.RuneCountInString(identity) >= 1024
}

// isEpoch refuses 0, as CleverTap does.
func isEpoch(timestamp json.RawMessage) bool {
	seconds, err := strconv.ParseUint(text(timestamp), 10, 64)
	return err == nil && seconds > 0
}

// text is a JSON text or number as text, and otherwise empty.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	_ = json.Unmarshal(raw, &n) // what is neither is no text
	return n.String()
}
