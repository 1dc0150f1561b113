package line

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

const (
	getUnitStatistics = "get statistics of a unit"

	// dayLayout is LINE's yyyyMMdd.
	dayLayout = "20060102"
	// longestPeriod is from the first day to the last.
	longestPeriod = 30 * 24 * time.Hour
)

// StatisticsPerHour is how many requests for statistics LINE answers in an hour, for a channel, whoever sends them.
const StatisticsPerHour = 60

// NewStatisticsLimit returns what clients of one channel share to keep within [StatisticsPerHour]: a bucket like LINE's, which
// is full at first and gets a request a minute. LINE does not say how much its own holds.
func NewStatisticsLimit() *rate.Limiter {
	return rate.NewLimiter(rate.Every(time.Hour/StatisticsPerHour), StatisticsPerHour)
}

// UnitStatistics is what users did with the messages of a unit. A number that is nil is one that LINE does not tell: there were
// fewer than 20 events, or fewer than 20 users behind them.
type UnitStatistics struct {
	Overview UnitOverview
	// Messages and Clicks are empty where LINE has nothing to tell.
	Messages []UnitMessage
	Clicks   []UnitClick
}

// UnitOverview counts users over all messages.
type UnitOverview struct {
	UniqueImpression            *int64 `json:"uniqueImpression"`
	UniqueClick                 *int64 `json:"uniqueClick"`
	UniqueMediaPlayed           *int64 `json:"uniqueMediaPlayed"`
	UniqueMediaPlayed100Percent *int64 `json:"uniqueMediaPlayed100Percent"`
}

// UnitMessage counts what happened to the bubbles of one serial number, from 1. What is Unique counts users, the rest events.
type UnitMessage struct {
	Seq                         int64  `json:"seq"`
	Impression                  *int64 `json:"impression"`
	UniqueImpression            *int64 `json:"uniqueImpression"`
	MediaPlayed                 *int64 `json:"mediaPlayed"`
	MediaPlayed25Percent        *int64 `json:"mediaPlayed25Percent"`
	MediaPlayed50Percent        *int64 `json:"mediaPlayed50Percent"`
	MediaPlayed75Percent        *int64 `json:"mediaPlayed75Percent"`
	MediaPlayed100Percent       *int64 `json:"mediaPlayed100Percent"`
	UniqueMediaPlayed           *int64 `json:"uniqueMediaPlayed"`
	UniqueMediaPlayed25Percent  *int64 `json:"uniqueMediaPlayed25Percent"`
	UniqueMediaPlayed50Percent  *int64 `json:"uniqueMediaPlayed50Percent"`
	UniqueMediaPlayed75Percent  *int64 `json:"uniqueMediaPlayed75Percent"`
	UniqueMediaPlayed100Percent *int64 `json:"uniqueMediaPlayed100Percent"`
}

// UnitClick counts how often a URL was opened. UniqueClickOfRequest are the users who did so in any bubble of the message.
type UnitClick struct {
	Seq                  int64  `json:"seq"`
	URL                  string `json:"url"`
	Click                *int64 `json:"click"`
	UniqueClick          *int64 `json:"uniqueClick"`
	UniqueClickOfRequest *int64 `json:"uniqueClickOfRequest"`
}

// UnitStatistics asks what users did with the messages that were sent with a unit name, from one day to another (Messaging API
// reference, "Get statistics per unit"); see [ParseDay], [CheckPeriod] and [CheckUnitName]. A unit that LINE does not know has
// no statistics, and that is no error.
//
// LINE counts for 14 days from each message on. A request beyond the limit of Config.Statistics is not sent: it would be a
// minute until LINE answers another, and an hour for sixty; so that is an error at once. A 429 is not waited for either. What is
// repeated because LINE failed counts, too; what is because a connection did may not have reached LINE, and does not.
func (c *Client) UnitStatistics(ctx context.Context, unit, from, to string) (UnitStatistics, error) {
	if err := checkStatisticsRequest(unit, from, to); err != nil {
		return UnitStatistics{}, fmt.Errorf("%s: %w", getUnitStatistics, err)
	}
	if !c.statistics.Allow() {
		return UnitStatistics{}, fmt.Errorf("%s: not sent, because LINE answers %d of these requests an hour, and this run has sent as "+
			"many. Ask for fewer units in a run, or the rest an hour later", getUnitStatistics, StatisticsPerHour)
	}
	query := url.Values{"customAggregationUnit": {unit}, "from": {from}, "to": {to}}
	response, err := c.do(ctx, getUnitStatistics, httpclient.Request{
		Method: http.MethodGet,
		URL:    c.endpoint("/v2/bot/insight/message/event/aggregation", query),
		RetryStatus: func(status int, _ []byte) bool {
			return status != http.StatusTooManyRequests && httpclient.TransientStatus(status) && c.statistics.Allow()
		},
	})
	if err != nil {
		return UnitStatistics{}, err
	}
	var body struct {
		Overview *UnitOverview  `json:"overview"`
		Messages *[]UnitMessage `json:"messages"`
		Clicks   *[]UnitClick   `json:"clicks"`
	}
	if err := json.Unmarshal(response.Body, &body); err != nil {
		return UnitStatistics{}, unusable(getUnitStatistics, response, fmt.Sprintf("not with statistics (%v)", err))
	}
	if body.Overview == nil || body.Messages == nil || body.Clicks == nil {
		return UnitStatistics{}, unusable(getUnitStatistics, response, "the overview, the messages or the clicks are missing")
	}
	return UnitStatistics{*body.Overview, *body.Messages, *body.Clicks}, nil
}

func checkStatisticsRequest(unit, from, to string) error {
	if err := CheckUnitName(unit); err != nil {
		return err
	}
	first, err := ParseDay(from)
	if err != nil {
		return err
	}
	last, err := ParseDay(to)
	if err != nil {
		return err
	}
	return CheckPeriod(first, last)
}

var unitName = lazyregexp.New(`^[a-zA-Z0-9_]{1,30}$`)

// CheckUnitName checks the form of a unit name ("Send push message", customAggregationUnits). Upper and lower case differ.
func CheckUnitName(name string) error {
	if !unitName.MatchString(name) {
		return fmt.Errorf("%s is no unit name, which is 1 to 30 letters a-z and A-Z, digits and underscores", httpclient.Excerpt(name))
	}
	return nil
}

// ParseDay reads a day of LINE's statistics, yyyyMMdd. Such a day begins at midnight of UTC+9.
func ParseDay(text string) (time.Time, error) {
	day, err := time.Parse(dayLayout, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is no day in the form yyyyMMdd, such as 20270331", httpclient.Excerpt(text))
	}
	return day, nil
}

// CheckPeriod checks that LINE has statistics from one day to another: 30 days later at most.
func CheckPeriod(from, to time.Time) error {
	switch {
	case to.Before(from):
		return fmt.Errorf("the period ends on %s, before it begins on %s", to.Format(dayLayout), from.Format(dayLayout))
	case to.Sub(from) > longestPeriod:
		return fmt.Errorf("the period from %s to %s is too long: its last day may be %s at the latest, 30 days after the first",
			from.Format(dayLayout), to.Format(dayLayout), from.Add(longestPeriod).Format(dayLayout))
	}
	return nil
}
