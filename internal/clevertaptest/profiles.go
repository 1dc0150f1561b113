package clevertaptest

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// profile is a user. Values are kept as they came.
type profile struct {
	data map[string]json.RawMessage
	// before is what is read until stale reads have passed; nil if there was no profile.
	before map[string]json.RawMessage
	stale  int
}

// change prepares a profile for changes. The caller holds mu.
func (s *Server) change(identity string) *profile {
	p := s.profiles[identity]
	if p == nil {
		p = &profile{data: map[string]json.RawMessage{}}
		s.profiles[identity] = p
		p.stale = s.config.StaleReads
	} else if p.stale == 0 && s.config.StaleReads > 0 {
		p.before, p.stale = maps.Clone(p.data), s.config.StaleReads
	}
	return p
}

// merge applies the profileData of a record. The caller holds mu.
func (s *Server) merge(identity string, data map[string]json.RawMessage) {
	p := s.change(identity)
	for name, value := range data {
		if isDeletion(value) {
			delete(p.data, name)
			continue
		}
		p.data[name] = value
		if _, known := s.properties[name]; !known {
			s.properties[name] = typeOf(value)
		}
	}
}

// isDeletion recognises {"$delete":1}, the only operator that is served here.
func isDeletion(value json.RawMessage) bool { return operator(value) == "$delete" }

// operator is the name of the operator that a value is; "" if it is another value, and "$" if it is one in a form that is
// not documented.
func operator(value json.RawMessage) string {
	var operation map[string]json.RawMessage
	if value[0] != '{' || json.Unmarshal(value, &operation) != nil {
		return ""
	}
	for name, operand := range operation {
		switch {
		case !strings.HasPrefix(name, "$"):
		case len(operation) > 1, name == "$delete" && string(operand) != "1":
			return "$"
		default:
			return name
		}
	}
	return ""
}

// typeOf is a word for the kind of a value. CleverTap's own words are not documented.
func typeOf(value json.RawMessage) string {
	switch value[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case '[':
		return "array"
	case '{':
		return "object"
	}
	return "number"
}

// SetProfile makes or replaces a profile, at once and for every read. Values are what encoding/json takes.
func (s *Server) SetProfile(identity string, properties map[string]any) {
	data := map[string]json.RawMessage{}
	for name, value := range properties {
		data[name] = compact(value)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profiles, identity)
	s.merge(identity, data)
	s.profiles[identity].stale = 0
}

// DeleteProfile removes a profile.
func (s *Server) DeleteProfile(identity string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profiles, identity)
}

// Profiles returns the properties of all profiles by identity, as they are, even where reads are still stale. Numbers
// are json.Number.
func (s *Server) Profiles() map[string]map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	profiles := make(map[string]map[string]any, len(s.profiles))
	for identity, p := range s.profiles {
		properties := make(map[string]any, len(p.data))
		for name, raw := range p.data {
			properties[name] = value(raw)
		}
		profiles[identity] = properties
	}
	return profiles
}

func value(raw json.RawMessage) any {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		panic(err) // it was JSON when it came
	}
	return value
}

// profile serves GET /1/profile.json ("Get User Profiles API").
func (s *Server) profile(w http.ResponseWriter, r *http.Request) {
	identity := r.URL.Query().Get("identity")
	if identity == "" {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	data := s.read(identity)
	switch {
	case data != nil:
		type record struct {
			Identity    string                     `json:"identity"`
			ProfileData map[string]json.RawMessage `json:"profileData"`
			Events      struct{}                   `json:"events"`
		}
		writeJSON(w, http.StatusOK, struct {
			Status string `json:"status"`
			Record record `json:"record"`
		}{"success", record{Identity: identity, ProfileData: data}})
	case s.config.MissingProfile == MissingIsFailure:
		writeJSON(w, http.StatusOK, failure{"fail", MessageNoProfile, http.StatusNotFound})
	case s.config.MissingProfile == MissingIsNotFound:
		writeFailure(w, http.StatusNotFound, MessageNoProfile)
	default:
		writeJSON(w, http.StatusOK, map[string]string{"status": "success"})
	}
}

// read returns what a read sees of a profile; nil if there is none.
func (s *Server) read(identity string) map[string]json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.profiles[identity]
	switch {
	case p == nil:
		return nil
	case p.stale > 0:
		p.stale--
		return maps.Clone(p.before)
	}
	return maps.Clone(p.data)
}

// schema serves GET /getSchema ("GET Schema"). That the type is called "type" is not documented.
func (s *Server) schema(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Query().Get("type") {
	case "userProperties":
	case "events":
		s.NotServed(w, r, "the type events")
		return
	default:
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	type property struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	answer := struct {
		Status         string     `json:"status"`
		UserProperties []property `json:"userProperties"`
	}{Status: "success", UserProperties: []property{}} // never null
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(s.properties)) {
		answer.UserProperties = append(answer.UserProperties, property{name, s.properties[name]})
	}
	writeJSON(w, http.StatusOK, answer)
}
