package linetest

import (
	"net/http"
	"slices"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	// mostUnits is how many different unit names LINE assigns in a month ("Send push message", customAggregationUnits).
	mostUnits = 1000
	// maxUnitLimit is the largest page of "Get a list of unit names assigned during this month", and the default one.
	maxUnitLimit = 100
)

// japan is the time zone of LINE's statistics, UTC+9. That months of unit names are counted in it is not documented.
var japan = time.FixedZone("UTC+9", 9*60*60)

// month names the month of a moment.
func month(at time.Time) string { return at.In(japan).Format("2006-01") }

// assign assigns a unit name to a message of a month and returns it, or "" if the month has had all its names. The caller
// holds the lock.
func (s *Server) assign(unit, month string) string {
	switch names := s.units[month]; {
	case slices.Contains(names, unit):
		return unit
	case len(names) == mostUnits:
		return ""
	}
	s.units[month] = append(s.units[month], unit)
	return unit
}

// assigned are the unit names of this month, in the order in which they were first used.
func (s *Server) assigned() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.units[month(s.config.Now())])
}

// unitCount serves GET /v2/bot/message/aggregation/info.
func (s *Server) unitCount(w http.ResponseWriter, _ *http.Request) {
	standin.WriteJSON(w, http.StatusOK, map[string]int{"numOfCustomAggregationUnits": len(s.assigned())})
}

// unitNames serves GET /v2/bot/message/aggregation/list.
func (s *Server) unitNames(w http.ResponseWriter, r *http.Request) {
	names := s.assigned()
	start, limit, ok := s.slice(w, r, len(names), maxUnitLimit, maxUnitLimit)
	if !ok {
		return
	}
	end := min(start+limit, len(names))
	page := struct {
		Names []string `json:"customAggregationUnits"`
		Next  string   `json:"next,omitempty"`
	}{Names: append([]string{}, names[start:end]...)} // never null
	if end < len(names) {
		page.Next = s.continuation(end)
	}
	standin.WriteJSON(w, http.StatusOK, page)
}
