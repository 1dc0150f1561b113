package linetest

import (
	"net/http"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// quota serves GET /v2/bot/message/quota.
func (s *Server) quota(w http.ResponseWriter, _ *http.Request) {
	limit := struct {
		Type  string `json:"type"`
		Value int    `json:"value,omitempty"`
	}{Type: "none"}
	if s.config.MonthlyLimit > 0 {
		limit.Type, limit.Value = "limited", s.config.MonthlyLimit
	}
	standin.WriteJSON(w, http.StatusOK, limit)
}

// consumption serves GET /v2/bot/message/quota/consumption. LINE's number is approximate; here it is exact.
func (s *Server) consumption(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	used := s.pushes.counts[month(s.config.Now())]
	s.mu.Unlock()
	standin.WriteJSON(w, http.StatusOK, map[string]int{"totalUsage": used})
}
