package doctor

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
)

const month = 30 * 24 * time.Hour

const moreNames = "more if there are many names"

// isVersion21 says whether a token has the form of version 2.1, as stateless tokens have it.
func isVersion21(token string) bool { return strings.HasPrefix(token, "eyJ") }

func (a *account) askLine(method, path string, note string) request {
	credential := cli.EnvLineToken
	if a.token == "" {
		credential = "a token for " + cli.EnvLineChannelID
	}
	return request{method: method, url: strings.TrimSuffix(a.lineURL, "/") + path, credential: credential, most: 1, note: note}
}

// issueToken is the request for the token of the others, if it is issued for the channel.
func (a *account) issueToken() []request {
	if a.token != "" {
		return nil
	}
	issue := a.askLine(http.MethodPost, "/oauth2/v3/token", "the token lives for 15 minutes")
	issue.credential = cli.EnvLineChannelID + " and " + cli.EnvLineChannelSecret
	return []request{issue}
}

func askLine(a *account) []request {
	requests := a.issueToken()
	switch {
	case isVersion21(a.token):
		requests = append(requests, a.askLine(http.MethodGet, "/oauth2/v2.1/verify", "the token is in the query"))
	case a.token != "":
		requests = append(requests, a.askLine(http.MethodPost, "/v2/oauth/verify", "the token is in the body"))
	}
	followers := a.askLine(http.MethodGet, "/v2/bot/followers/ids", "one ID is asked for, and not kept")
	units := a.askLine(http.MethodGet, "/v2/bot/message/aggregation/list", moreNames)
	return append(requests,
		a.askLine(http.MethodGet, "/v2/bot/info", ""), followers, a.askLine(http.MethodGet, "/v2/bot/message/quota", ""),
		a.askLine(http.MethodGet, "/v2/bot/message/quota/consumption", ""), units,
	)
}

func lookLine(ctx context.Context, l *looking) error {
	bot, err := l.line.BotInfo(ctx)
	switch {
	case status(err) == http.StatusUnauthorized:
		l.refuse(token, "dead", err)
		return ctx.Err()
	case err != nil:
		l.refuse(token, failed.id, err)
		return ctx.Err()
	}
	l.note(token, "alive")
	l.tell("It is of %s (%s).", cli.Printable(bot.BasicID), cli.Printable(bot.DisplayName))
	l.lookAtLife(ctx)
	l.lookAtFollowers(ctx)
	l.lookAtQuota(ctx)
	if names, err := l.line.UnitNames(ctx); err != nil {
		l.refuse(unitNames, failed.id, err)
	} else if len(names) == 0 {
		l.note(unitNames, "none")
	} else {
		l.note(unitNames, "some")
		l.tell("Unit names assigned this month: %d of the %d that LINE assigns.", len(names), line.MostUnitNames)
	}
	return ctx.Err()
}

func (l *looking) lookAtLife(ctx context.Context) {
	if l.token == "" {
		l.note(tokenLife, "issued")
		return
	}
	info, err := l.line.VerifyToken(ctx, l.token)
	suffix := ""
	if isVersion21(l.token) {
		suffix = "-v2.1"
	}
	switch {
	case status(err) == http.StatusBadRequest:
		l.refuse(tokenLife, "refused"+suffix, err)
		return
	case err != nil:
		l.refuse(tokenLife, failed.id, err)
		return
	case info.ExpiresIn > month:
		l.note(tokenLife, "long")
	case info.ExpiresIn > time.Hour:
		l.note(tokenLife, "month")
	case info.ExpiresIn > 15*time.Minute:
		l.note(tokenLife, "minutes")
	default:
		l.note(tokenLife, "minutes"+suffix)
	}
	l.tell("It is of the channel %s, and lives for %s more.", cli.Printable(info.ClientID), info.ExpiresIn)
}

func (l *looking) lookAtFollowers(ctx context.Context) {
	_, err := l.line.FollowerIDs(ctx, line.FollowerIDsOptions{PageSize: 1, MaxResults: 1})
	refused, _ := errors.AsType[*line.APIError](err)
	switch {
	case err == nil:
		l.note(followerIDs, "given")
	case status(err) != http.StatusForbidden:
		l.refuse(followerIDs, failed.id, err)
	case refused.Message == notAvailable:
		l.refuse(followerIDs, "refused", err)
	default:
		l.refuse(followerIDs, "refused-otherwise", err)
	}
}

func (l *looking) lookAtQuota(ctx context.Context) {
	sent, err := l.line.MessageQuota(ctx)
	if err != nil {
		l.refuse(quota, failed.id, err)
		return
	}
	left := sent.Remaining()
	switch {
	case left == nil:
		l.note(quota, "none")
		l.tell("About %d messages were sent this month.", sent.Used)
		return
	case *left == 0:
		l.note(quota, "used-up")
	default:
		l.note(quota, "left")
	}
	l.tell("About %d of %d messages were sent this month.", sent.Used, *sent.Value)
}

func askPublishedUnit(a *account) []request {
	if a.unitName() != "" {
		return nil
	}
	return askPublished(a)
}

func lookPublishedUnit(ctx context.Context, l *looking) error {
	if err := l.readPublished(ctx); err != nil {
		l.tell("%v", err)
	}
	return ctx.Err()
}

func askTaken(a *account) (requests []request) {
	if a.unitName() == "" {
		requests = askServed(a)
	}
	return append(append(requests, a.issueToken()...), a.askLine(http.MethodGet, "/v2/bot/message/aggregation/list", moreNames))
}

// notThereYet is said where LINE does not have the unit name.
const notThereYet = "The unit name is not among those of this month. Send the test message, and give the command again."

// lookTaken looks for the unit name of the test message. That it is not there proves nothing, and is no answer before the message
// was sent.
func lookTaken(ctx context.Context, l *looking) error {
	if l.unitName() == "" {
		if found := l.inspect(ctx); found.Flaw != servedcontent.NoFlaw {
			l.tell("%s", found.Fault)
		}
	}
	if l.unitName() == "" {
		return ctx.Err()
	}
	names, err := l.line.UnitNames(ctx)
	switch {
	case err != nil:
		l.refuse(taken, failed.id, err)
	case slices.Contains(names, l.unitName()):
		l.note(taken, "listed")
	case l.known.is(sendTest, "came", "audience"):
		l.note(taken, "absent")
	default:
		l.unsent = true
		l.tell("%s", notThereYet)
	}
	return ctx.Err()
}
