package linetest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// The bounds of a page (Messaging API reference, "Get a list of users who added your LINE Official Account as a
// friend").
const (
	defaultLimit = 300
	maxLimit     = 1000
)

// followerIDs serves GET /v2/bot/followers/ids.
func (s *Server) followerIDs(w http.ResponseWriter, r *http.Request) {
	if s.config.Unverified {
		writeError(w, http.StatusForbidden, MessageNotAvailable)
		return
	}
	start, limit, ok := s.slice(w, r, max(len(s.config.Followers), len(s.config.Pages)), defaultLimit, maxLimit)
	if !ok {
		return
	}
	ids, next := s.page(start, limit)
	page := struct {
		UserIDs []string `json:"userIds"`
		Next    string   `json:"next,omitempty"`
	}{UserIDs: append([]string{}, ids...)} // never null
	if next > 0 {
		page.Next = s.continuation(next)
	}
	standin.WriteJSON(w, http.StatusOK, page)
}

// slice reads the parameters limit and start of a request for a part of a list that has so many elements; false if they
// were refused.
func (s *Server) slice(w http.ResponseWriter, r *http.Request, length, defaultLimit, maxLimit int) (start, limit int, ok bool) {
	query := r.URL.Query()
	limit = defaultLimit
	if query.Has("limit") {
		var err error
		limit, err = strconv.Atoi(query.Get("limit"))
		if err != nil || limit < 1 || limit > maxLimit {
			// What LINE answers here is not documented.
			writeError(w, http.StatusBadRequest, "The value for the 'limit' parameter is invalid")
			return 0, 0, false
		}
	}
	if query.Has("start") {
		if start, ok = s.position(query.Get("start"), length); !ok {
			writeError(w, http.StatusBadRequest, MessageInvalidStart)
			return 0, 0, false
		}
	}
	return start, limit, true
}

// page returns the IDs at a position, which counts followers or, with Config.Pages, pages, and the position after
// them, 0 if there is nothing more.
func (s *Server) page(start, limit int) (ids []string, next int) {
	if pages := s.config.Pages; len(pages) > 0 {
		if start+1 < len(pages) {
			return pages[start], start + 1
		}
		return pages[start], 0
	}
	if end := start + limit; end < len(s.config.Followers) {
		return s.config.Followers[start:end], end
	}
	return s.config.Followers[start:], 0
}

// continuation makes a token that means nothing to a client.
func (s *Server) continuation(position int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", s.generation, position))
}

// position reads a token of [Server.continuation] for a list of so many elements; false if it has expired or is none.
func (s *Server) position(token string, length int) (int, bool) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	var generation, position int
	if n, _ := fmt.Sscanf(string(text), "%d.%d", &generation, &position); n != 2 {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return position, generation == s.generation && position > 0 && position < length
}

// UnevenPages lays IDs out as LINE may: each page of size IDs or fewer repeats the last ID of the page before, and
// after the first come a short page and an empty one.
func UnevenPages(ids []string, size int) [][]string {
	var pages [][]string
	for at := 0; at < len(ids); {
		var page []string
		room := size
		if at > 0 {
			page = append(page, ids[at-1])
			room--
		}
		if len(pages) == 1 {
			room = 1
		}
		n := min(room, len(ids)-at)
		pages = append(pages, append(page, ids[at:at+n]...))
		at += n
		if len(pages) == 2 {
			pages = append(pages, []string{})
		}
	}
	return pages
}
