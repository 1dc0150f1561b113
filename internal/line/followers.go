package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// MaxPageSize is the largest number of follower IDs that LINE gives at a time (Messaging API reference, "Get a list of
// users who added your LINE Official Account as a friend").
const MaxPageSize = 1000

const (
	listFollowerIDs = "list follower IDs"
	followerIDsPath = "/v2/bot/followers/ids"
)

const (
	// fewestPages is after how many pages it is first looked whether they bring IDs that are new.
	fewestPages = 128
	// mostPages and mostIDs are more than LINE has users for.
	mostPages = 1_000_000
	mostIDs   = 1_000_000_000
)

// FollowerIDsOptions are the choices of [Client.FollowerIDs]; the zero value lists all followers.
type FollowerIDsOptions struct {
	// PageSize is how many IDs are asked for at a time, 1 to [MaxPageSize]. 0: MaxPageSize.
	PageSize int
	// MaxResults ends the listing once that many different IDs are there, and keeps the lowest. 0: no limit.
	MaxResults int
	// Progress, if set, is told after each page how many IDs were read so far, those that came twice included. The
	// number drops when a listing starts over.
	Progress func(read int)
}

// FollowerIDs lists the users who added the channel's LINE Official Account as a friend, page after page to the last.
// LINE leaves out those who blocked the account, deleted their own or did not agree to give their profile, and gives
// the list to verified and premium accounts only: others get an [*APIError] with status 403.
//
// A page may be short or empty and not be the last. LINE promises neither an order nor that an ID comes once; the
// result has both. A continuation token is good for 24 hours; if LINE refuses one, what was collected is dropped and
// the listing starts over, once. An ID in a form that LINE does not document is an error that names it.
//
// Pages that do not end are an error: a continuation token that comes a second time, 100 pages in a row without an ID,
// as many pages without one that is new as there were before (128 at least), a million pages. How long that may take is
// for ctx to say.
//
// An ID takes 16 bytes of memory, up to three times as much while listing.
func (c *Client) FollowerIDs(ctx context.Context, options FollowerIDsOptions) (*FollowerIDs, error) {
	if options.PageSize == 0 {
		options.PageSize = MaxPageSize
	}
	if options.PageSize < 1 || options.PageSize > MaxPageSize {
		return nil, fmt.Errorf("%s: a page size of %d is not between 1 and %d",
			listFollowerIDs, options.PageSize, MaxPageSize)
	}
	if options.MaxResults < 0 {
		return nil, fmt.Errorf("%s: a maximum of %d results is negative", listFollowerIDs, options.MaxResults)
	}
	ids, err := c.listFollowers(ctx, options, mostPages, mostIDs)
	if !errors.Is(err, errExpired) {
		return ids, err
	}
	ids, err = c.listFollowers(ctx, options, mostPages, mostIDs)
	if errors.Is(err, errExpired) {
		return nil, fmt.Errorf("%w. The listing had been started over before, because the same had happened", err)
	}
	return ids, err
}

// MayListFollowers asks whether LINE lists followers for the account, by asking for one of them. Only verified and premium
// accounts have that right, and no API tells which an account is; to be refused with status 403 in LINE's form is not to have
// it.
func (c *Client) MayListFollowers(ctx context.Context) (bool, error) {
	_, err := c.followersPage(ctx, 1, "")
	if refused, ok := errors.AsType[*APIError](err); ok && refused.StatusCode == http.StatusForbidden && refused.inForm {
		return false, nil
	}
	return err == nil, err
}

// errExpired is in the error of a listing whose continuation token LINE no longer takes.
var errExpired = errors.New("the continuation token of the page before was refused")

// listFollowers reads the pages from the first on: up to so many, with up to so many IDs.
func (c *Client) listFollowers(ctx context.Context, options FollowerIDsOptions, mostPages, mostIDs int) (*FollowerIDs, error) {
	var ids []UserID
	listing := &paging{operation: listFollowerIDs, things: "IDs", mostPages: mostPages, most: mostIDs}
	known, lookAt := 0, fewestPages // how many different IDs there were when that was last looked at, and when it is next
	start := ""
	for {
		page, err := c.followersPage(ctx, options.PageSize, start)
		if err != nil {
			return nil, err
		}
		ids = append(ids, page.ids...)
		listing.turned(len(page.ids))
		if options.Progress != nil {
			options.Progress(listing.read)
		}
		if options.MaxResults > 0 && len(ids) >= options.MaxResults {
			if ids = sortedSet(ids); len(ids) >= options.MaxResults {
				truncated := len(ids) > options.MaxResults || page.Next != ""
				return &FollowerIDs{ids: ids[:options.MaxResults], truncated: truncated}, nil
			}
		}
		if page.Next == "" {
			return &FollowerIDs{ids: sortedSet(ids)}, nil
		}
		if err := listing.follow(page.Next, page.requestID); err != nil {
			return nil, err
		}
		start = page.Next
		if listing.pages == lookAt {
			if ids = sortedSet(ids); len(ids) == known {
				return nil, listing.endless(fmt.Sprintf("the last %d pages held none that is new", listing.pages/2), page.requestID)
			}
			known, lookAt = len(ids), 2*listing.pages
		}
	}
}

type followersPage struct {
	UserIDs   *[]string `json:"userIds"`
	Next      string    `json:"next"`
	ids       []UserID
	requestID string
}

// followersPage reads one page; start is the continuation token of the page before, empty for the first.
func (c *Client) followersPage(ctx context.Context, size int, start string) (*followersPage, error) {
	query := url.Values{"limit": {strconv.Itoa(size)}}
	if start != "" {
		query.Set("start", start)
	}
	response, err := c.get(ctx, listFollowerIDs, followerIDsPath, query)
	if refused, ok := errors.AsType[*APIError](err); ok && start != "" &&
		refused.StatusCode == http.StatusBadRequest && refused.Message == messageInvalidStart {
		return nil, fmt.Errorf("%w: %w", err, errExpired)
	}
	if err != nil {
		return nil, err
	}
	page := &followersPage{requestID: response.RequestID()}
	if len(response.Body) == 0 {
		return nil, unusable(listFollowerIDs, response, "with an empty body")
	}
	if err := json.Unmarshal(response.Body, page); err != nil {
		return nil, unusable(listFollowerIDs, response, fmt.Sprintf("not with a page of follower IDs (%v)", err))
	}
	if page.UserIDs == nil {
		return nil, unusable(listFollowerIDs, response, "the page has no userIds")
	}
	page.ids = make([]UserID, len(*page.UserIDs))
	for i, text := range *page.UserIDs {
		if page.ids[i], err = ParseUserID(text); err != nil {
			_, err = ParseUserID(response.Redact(text)) // before the error quotes its beginning
			return nil, fmt.Errorf("%s: among the IDs that LINE sent, %w%s", listFollowerIDs, err, vendor.RequestIDNote(page.requestID))
		}
	}
	return page, nil
}
