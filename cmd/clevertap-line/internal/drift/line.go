package drift

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// mostStatistics is how many statistics a run asks for, so that there can be two of them in an hour.
const mostStatistics = line.StatisticsPerHour / 2

// statisticsDays are the days for which LINE counts what happens to a message.
const statisticsDays = 14

// japan is where LINE's days begin (Messaging API reference, "Get statistics per unit").
var japan = time.FixedZone("UTC+9", 9*60*60)

// lineReading asks LINE.
type lineReading struct {
	part   *part
	client *line.Client
	// token is "" where one is issued for the run, whose life is no matter.
	token string
	// life is how long the token must still live; 0 does not ask.
	life time.Duration
	// versions are the objects whose versions are tracked, with the unit name of each.
	versions []version
	now      time.Time
}

type version struct {
	object, unit string
	mark
}

func (l lineReading) look(ctx context.Context) {
	info, err := l.client.BotInfo(ctx)
	if refused(err, http.StatusUnauthorized) {
		l.part.found(tokenDead, "", "LINE answers 401.")
		return
	}
	if err != nil {
		l.part.fail(err)
	} else {
		l.part.found(lineAccount, "", "The token is of %s.", cli.Printable(info.BasicID))
	}
	l.lookAtLife(ctx)
	l.lookAtQuota(ctx)
	l.lookAtVersions(ctx)
}

func refused(err error, status int) bool {
	answer, ok := errors.AsType[*line.APIError](err)
	return ok && answer.StatusCode == status
}

func (l lineReading) lookAtLife(ctx context.Context) {
	if l.life == 0 || l.token == "" {
		return
	}
	switch token, err := l.client.VerifyToken(ctx, l.token); {
	case refused(err, http.StatusBadRequest):
		l.part.found(lifeUnknown, "", "LINE answers 400 to the question.")
	case err != nil:
		l.part.fail(err)
	case token.ExpiresIn < l.life:
		l.part.found(tokenExpiring, "", "Less than %s of its life are left.", l.life)
	}
}

// lookAtQuota lists no more followers than it takes to know.
func (l lineReading) lookAtQuota(ctx context.Context) {
	quota, err := l.client.MessageQuota(ctx)
	if err != nil {
		l.part.fail(err)
		return
	}
	left := quota.Remaining()
	if left == nil {
		return // no limit is set
	}
	const most = 1 << 30 // more than LINE has users
	switch followers, err := l.client.FollowerIDs(ctx, line.FollowerIDsOptions{MaxResults: int(min(*left, most)) + 1}); {
	case refused(err, http.StatusForbidden):
		l.part.found(followersUnknown, "", "LINE answers 403.")
	case err != nil:
		l.part.fail(err)
	case int64(followers.Len()) > *left:
		l.part.found(quotaShort, "", "There are more followers than messages left this month.")
	}
}

// lookAtVersions tells what LINE took, which is never drift.
func (l lineReading) lookAtVersions(ctx context.Context) {
	if len(l.versions) == 0 {
		return
	}
	taken, err := l.client.UnitNames(ctx)
	if err != nil {
		l.part.fail(err)
		return
	}
	today := l.now.In(japan)
	from, to := today.AddDate(0, 0, 1-statisticsDays).Format("20060102"), today.Format("20060102")
	asked := 0
	for _, v := range l.versions {
		unit := cli.Printable(v.told(v.unit))
		if _, found := slices.BinarySearch(taken, v.unit); !found {
			l.part.found(versionNotTaken, v.object, "%s is not among the unit names of this month.", unit)
			continue
		}
		l.part.found(versionTaken, v.object, "%s is among the unit names of this month.", unit)
		if asked++; asked > mostStatistics {
			l.part.found(statisticsLeft, v.object, "%s was not asked for.", unit)
			continue
		}
		statistics, err := l.client.UnitStatistics(ctx, v.unit, from, to)
		switch {
		case err != nil:
			l.part.failOf(v.object, v.hide(err))
			asked = mostStatistics // the next would be refused, too
		case statistics.Overview.UniqueImpression != nil:
			l.part.found(versionDisplayed, v.object, "LINE tells how many users saw %s.", unit)
		default:
			l.part.found(versionUncounted, v.object, "LINE does not tell how many users saw %s.", unit)
		}
	}
}
