package clevertap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	// dayLayout is CleverTap's YYYYMMDD.
	dayLayout = "20060102"
	// reportSlice is how many days one request asks for. No limit is documented, but the answer takes the longer the more days
	// it is for: a user of the API measured 6 seconds for 7 days, 26 for 30 and 109 for 90.
	reportSlice = 14
)

// LongestReport is the longest period of a [CampaignQuery] in days.
const LongestReport = 366

// Campaign is what the message report tells of a campaign, in CleverTap's words. Which words answers have is not documented;
// those that requests may have are. All but the ID may be empty.
type Campaign struct {
	ID, Name string
	// Status is scheduled, running, stopped or completed in requests.
	Status string
	// Start is a date and a time like "02 Jan, 2006 15:04:05"; in which time zone is not documented.
	Start string
	// Channel is, among others, webhooks, push, email or sms in requests.
	Channel string
	// Delivery is one_time, action, inaction, recurring, property_time or api in requests.
	Delivery string
}

// CampaignQuery says which campaigns are asked for.
type CampaignQuery struct {
	// From and To are the first and the last day, of which the date counts alone.
	From, To time.Time
	// Channels and Statuses leave others out. nil: none are left out.
	Channels, Statuses []string
}

// Campaigns lists the campaigns of the message report, those of the dashboard included, in CleverTap's order, each ID once;
// never nil ("Get Message Reports API"). Long periods are asked for in parts, one after the other.
//
// A campaign that is not in the list is not gone: users of the API found that a period has the campaigns that started in it,
// not those that were running. Names are not unique. Where the report has an ID more than once, the first counts.
func (c *Client) Campaigns(ctx context.Context, query CampaignQuery) ([]Campaign, error) {
	from, to := day(query.From), day(query.To)
	if err := CheckReportPeriod(from, to); err != nil {
		return nil, fmt.Errorf("read the report of campaigns: %w", err)
	}
	campaigns, seen := []Campaign{}, map[string]bool{}
	for ; !from.After(to); from = from.AddDate(0, 0, reportSlice) {
		last := from.AddDate(0, 0, reportSlice-1)
		if last.After(to) {
			last = to
		}
		part, err := c.campaignsOf(ctx, from, last, query)
		if err != nil {
			return nil, err
		}
		for _, campaign := range part {
			if !seen[campaign.ID] {
				seen[campaign.ID] = true
				campaigns = append(campaigns, campaign)
			}
		}
	}
	return campaigns, nil
}

// campaignsOf reads one part of the report.
func (c *Client) campaignsOf(ctx context.Context, from, to time.Time, query CampaignQuery) ([]Campaign, error) {
	asked := struct {
		From     string   `json:"from"`
		To       string   `json:"to"`
		Channels []string `json:"channel,omitempty"`
		Statuses []string `json:"status,omitempty"`
	}{from.Format(dayLayout), to.Format(dayLayout), query.Channels, query.Statuses}
	operation := fmt.Sprintf("read the report of campaigns from %s to %s", asked.From, asked.To)
	body, err := json.Marshal(asked)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	response, err := c.do(ctx, c.reads, operation, httpclient.Request{
		Method: http.MethodPost, URL: c.base.JoinPath("/1/message/report.json"), Body: body, Repeatable: true,
	})
	if err != nil {
		return nil, err
	}
	var answer struct {
		envelope
		Messages *[]reported `json:"messages"`
	}
	err = decode(response.Body, &answer)
	switch {
	case response.StatusCode != http.StatusOK || err == nil && answer.Status == "fail":
		return nil, c.apiError(operation, response)
	case err != nil:
		return nil, c.unusable(operation, response, fmt.Sprintf("not with a message report (%v)", err))
	case answer.Status != "success":
		return nil, c.unusable(operation, response, "with the status "+httpclient.Excerpt(response.Redact(answer.Status)))
	case answer.Messages == nil:
		return nil, c.unusable(operation, response, "without messages")
	}
	campaigns := make([]Campaign, len(*answer.Messages))
	for i, message := range *answer.Messages {
		if campaigns[i] = message.campaign(); campaigns[i].ID == "" {
			return nil, c.unusable(operation, response, fmt.Sprintf("message %d has no ID", i+1))
		}
	}
	return campaigns, nil
}

// reported is a campaign in the report. The page documents requests; these names are those that users of the API read.
type reported struct {
	ID        any    `json:"message id"` // a number or a text
	Name      string `json:"message_name"`
	Status    string `json:"status"`
	StartDate string `json:"start_date"`
	Channel   string `json:"channel"`
	Delivery  string `json:"delivery"`
}

func (r reported) campaign() Campaign {
	campaign := Campaign{Name: r.Name, Status: r.Status, Start: r.StartDate, Channel: r.Channel, Delivery: r.Delivery}
	switch id := r.ID.(type) {
	case json.Number:
		campaign.ID = id.String()
	case string:
		campaign.ID = id
	}
	return campaign
}

// day is the midnight of a moment's date, in UTC, where all days are equally long.
func day(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// ParseDay reads a day as CleverTap writes it, YYYYMMDD.
func ParseDay(text string) (time.Time, error) {
	parsed, err := time.Parse(dayLayout, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is no day in the form YYYYMMDD, such as 20270331", httpclient.Excerpt(text))
	}
	return parsed, nil
}

// FormatDay writes a day as CleverTap does.
func FormatDay(at time.Time) string { return at.Format(dayLayout) }

// CheckReportPeriod checks that a report can be asked for from one day to another: [LongestReport] days at most, so that a
// year written wrong does not ask for a thousand parts.
func CheckReportPeriod(from, to time.Time) error {
	switch last := from.AddDate(0, 0, LongestReport-1); {
	case from.IsZero() || to.IsZero():
		return errors.New("the period has no first or no last day")
	case to.Before(from):
		return fmt.Errorf("the period ends on %s, before it begins on %s", to.Format(dayLayout), from.Format(dayLayout))
	case to.After(last):
		return fmt.Errorf("the period from %s to %s is too long: its last day may be %s at the latest, %d days in all",
			from.Format(dayLayout), to.Format(dayLayout), last.Format(dayLayout), LongestReport)
	}
	return nil
}
