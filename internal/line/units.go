package line

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

const (
	listUnitNames = "list unit names"

	// maxUnitPage is the largest number of unit names that LINE gives at a time.
	maxUnitPage = 100
	// mostUnitPages and mostUnits are far more than the [MostUnitNames] of a month.
	mostUnitPages = 1000
	mostUnits     = maxUnitPage * mostUnitPages
)

// MostUnitNames is how many different unit names LINE assigns to the messages of a channel in a month. Messages with a
// further name are sent, but the name is not assigned, and nobody is told (Messaging API documentation, "Maximum number of
// unit name types").
const MostUnitNames = 1000

// UnitNames lists the unit names that LINE assigned to messages of this month, whoever sent them: all pages, in ascending
// order, each once; never nil (Messaging API reference, "Get a list of unit names assigned during this month"). No endpoint
// tells those of an earlier month.
//
// Pages that do not end are an error: a continuation token that comes a second time, 100 pages in a row without a name, a
// thousand pages. How long that may take is for ctx to say.
func (c *Client) UnitNames(ctx context.Context) ([]string, error) {
	names := []string{}
	listing := &paging{operation: listUnitNames, things: "names", mostPages: mostUnitPages, most: mostUnits}
	for start := ""; ; {
		page, err := c.unitNamesPage(ctx, start)
		if err != nil {
			return nil, err
		}
		names = append(names, *page.Names...)
		listing.turned(len(*page.Names))
		if page.Next == "" {
			slices.Sort(names)
			return slices.Compact(names), nil
		}
		if err := listing.follow(page.Next, page.requestID); err != nil {
			return nil, err
		}
		start = page.Next
	}
}

type unitNamesPage struct {
	Names     *[]string `json:"customAggregationUnits"`
	Next      string    `json:"next"`
	requestID string
}

// unitNamesPage reads one page; start is the continuation token of the page before, empty for the first.
func (c *Client) unitNamesPage(ctx context.Context, start string) (*unitNamesPage, error) {
	query := url.Values{"limit": {strconv.Itoa(maxUnitPage)}}
	if start != "" {
		query.Set("start", start)
	}
	response, err := c.get(ctx, listUnitNames, "/v2/bot/message/aggregation/list", query)
	if err != nil {
		return nil, err
	}
	page := &unitNamesPage{requestID: response.RequestID()}
	if err := json.Unmarshal(response.Body, page); err != nil {
		return nil, unusable(listUnitNames, response, fmt.Sprintf("not with a page of unit names (%v)", err))
	}
	if page.Names == nil {
		return nil, unusable(listUnitNames, response, "the page has no customAggregationUnits")
	}
	return page, nil
}
