package linetest

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What "Get statistics per unit" documents.
const (
	statisticsPerHour = 60
	// longestPeriod is from the first day to the last.
	longestPeriod = 30 * 24 * time.Hour
	// fewest is the smallest number that is told, of events and of the users behind them.
	fewest = 20
)

// delivery is a push and what its recipient did with it.
type delivery struct {
	Received
	displayed int           // how often all its bubbles were
	clicks    map[click]int // how often
}

// click is a URL in a bubble, which has a number from 1.
type click struct {
	seq int
	url string
}

// Open makes a follower open the chat: every bubble received so far is displayed once.
func (s *Server) Open(userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, push := range s.pushes.to[userID] {
		push.displayed++
	}
}

// Click makes a follower open a URL, once in each bubble received so far that holds it.
func (s *Server) Click(userID, url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, push := range s.pushes.to[userID] {
		for i, message := range push.Messages {
			var content any
			if json.Unmarshal(message, &content) == nil && holds(content, url) {
				push.clicks[click{i + 1, url}]++
			}
		}
	}
}

// holds says whether a text is in one of those of a value of JSON.
func holds(value any, text string) bool {
	within := func(value any) bool { return holds(value, text) }
	switch value := value.(type) {
	case string:
		return strings.Contains(value, text)
	case []any:
		return slices.ContainsFunc(value, within)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(value)), within)
	}
	return false
}

// The documented shape. No media are played here, so that those numbers are null, as they are for fewer than 20 players.
type (
	statistics struct {
		Overview overview        `json:"overview"`
		Messages []messageEvents `json:"messages"`
		Clicks   []clickEvents   `json:"clicks"`
	}
	overview struct {
		UniqueImpression            *int `json:"uniqueImpression"`
		UniqueClick                 *int `json:"uniqueClick"`
		UniqueMediaPlayed           *int `json:"uniqueMediaPlayed"`
		UniqueMediaPlayed100Percent *int `json:"uniqueMediaPlayed100Percent"`
	}
	messageEvents struct {
		Seq                         int  `json:"seq"`
		Impression                  *int `json:"impression"`
		UniqueImpression            *int `json:"uniqueImpression"`
		MediaPlayed                 *int `json:"mediaPlayed"`
		MediaPlayed25Percent        *int `json:"mediaPlayed25Percent"`
		MediaPlayed50Percent        *int `json:"mediaPlayed50Percent"`
		MediaPlayed75Percent        *int `json:"mediaPlayed75Percent"`
		MediaPlayed100Percent       *int `json:"mediaPlayed100Percent"`
		UniqueMediaPlayed           *int `json:"uniqueMediaPlayed"`
		UniqueMediaPlayed25Percent  *int `json:"uniqueMediaPlayed25Percent"`
		UniqueMediaPlayed50Percent  *int `json:"uniqueMediaPlayed50Percent"`
		UniqueMediaPlayed75Percent  *int `json:"uniqueMediaPlayed75Percent"`
		UniqueMediaPlayed100Percent *int `json:"uniqueMediaPlayed100Percent"`
	}
	clickEvents struct {
		Seq                  int    `json:"seq"`
		URL                  string `json:"url"`
		Click                *int   `json:"click"`
		UniqueClick          *int   `json:"uniqueClick"`
		UniqueClickOfRequest *int   `json:"uniqueClickOfRequest"`
	}
)

// unitStatistics serves GET /v2/bot/insight/message/event/aggregation. LINE counts events for 14 days after a message, and
// that some time later; the stand-in counts at once and for ever.
func (s *Server) unitStatistics(w http.ResponseWriter, r *http.Request) {
	if !s.statistics.AllowN(s.config.Now(), 1) {
		writeError(w, http.StatusTooManyRequests, MessageRateLimit)
		return
	}
	query := r.URL.Query()
	unit := query.Get("customAggregationUnit")
	from, errFrom := time.ParseInLocation("20060102", query.Get("from"), japan)
	to, errTo := time.ParseInLocation("20060102", query.Get("to"), japan)
	if unit == "" || errFrom != nil || errTo != nil || to.Before(from) || to.Sub(from) > longestPeriod {
		standin.WriteJSON(w, http.StatusBadRequest, map[string]any{"message": nil, "key": nil, "stacktrace": nil, "code": nil})
		return
	}
	standin.WriteJSON(w, http.StatusOK, s.count(unit, from, to.AddDate(0, 0, 1)))
}

// count counts what was done with the messages of a unit that were sent from one moment until before another. Whether LINE's
// period is that of the messages or of the events is not documented.
func (s *Server) count(unit string, from, until time.Time) statistics {
	s.mu.Lock()
	defer s.mu.Unlock()
	var opened, clicked events
	var displayed []events // of each bubble
	clicks, onURL := map[click]*events{}, map[string]*events{}
	for user, pushes := range s.pushes.to {
		for _, push := range pushes {
			if push.Unit != unit || push.At.Before(from) || !push.At.Before(until) {
				continue
			}
			for len(displayed) < len(push.Messages) {
				displayed = append(displayed, events{})
			}
			opened.add(user, push.displayed)
			for i := range push.Messages {
				displayed[i].add(user, push.displayed)
			}
			for click, times := range push.clicks {
				clicked.add(user, times)
				of(clicks, click).add(user, times)
				of(onURL, click.url).add(user, times)
			}
		}
	}
	counted := statistics{
		Overview: overview{UniqueImpression: opened.unique(), UniqueClick: clicked.unique()},
		Messages: []messageEvents{}, Clicks: []clickEvents{},
	}
	for i, of := range displayed {
		counted.Messages = append(counted.Messages, messageEvents{Seq: i + 1, Impression: of.all(), UniqueImpression: of.unique()})
	}
	order := func(a, b click) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.url, b.url)) }
	for _, click := range slices.SortedFunc(maps.Keys(clicks), order) {
		counted.Clicks = append(counted.Clicks, clickEvents{Seq: click.seq, URL: click.url,
			Click: clicks[click].all(), UniqueClick: clicks[click].unique(), UniqueClickOfRequest: onURL[click.url].unique()})
	}
	return counted
}

// events counts one sort of events.
type events struct {
	times int
	users map[string]bool
}

// of is the counter for a key.
func of[K comparable](counters map[K]*events, key K) *events {
	if counters[key] == nil {
		counters[key] = &events{}
	}
	return counters[key]
}

func (e *events) add(user string, times int) {
	if times == 0 {
		return
	}
	if e.users == nil {
		e.users = map[string]bool{}
	}
	e.times += times
	e.users[user] = true
}

// all is how many there were, and unique how many users are behind them; nil where LINE protects their privacy.
func (e *events) all() *int { return e.told(e.times) }

func (e *events) unique() *int { return e.told(len(e.users)) }

func (e *events) told(number int) *int {
	if len(e.users) < fewest {
		return nil
	}
	return &number
}
