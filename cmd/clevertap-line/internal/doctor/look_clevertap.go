package doctor

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

func (a *account) askCleverTap(method, path, note string) []request {
	const some = 1
	base := strings.TrimSuffix(a.cleverTap.CatalogURL(some), fmt.Sprintf("/v2/catalogs/%d", some))
	return []request{{
		method: method, url: base + path, credential: cli.EnvCleverTapAccountID + " and " + cli.EnvCleverTapPasscode, most: 1, note: note,
	}}
}

func askSchema(a *account) []request { return a.askCleverTap(http.MethodGet, "/getSchema", "") }

func lookSchema(ctx context.Context, l *looking) error {
	properties, err := l.cleverTap.UserProperties(ctx)
	switch status(err) {
	case http.StatusUnauthorized:
		l.refuse(credentials, "refused", err)
		return ctx.Err()
	case http.StatusForbidden:
		l.refuse(credentials, "no-right", err)
		return ctx.Err()
	}
	if err != nil {
		l.refuse(credentials, failed.id, err)
		return ctx.Err()
	}
	l.note(credentials, "taken")
	l.tell("Profile properties in the schema: %d.", len(properties))
	at := slices.IndexFunc(properties, func(p clevertap.Property) bool { return p.Name == l.property })
	alike := clevertap.SpelledOtherwise(properties, l.property)
	switch {
	case at < 0 && len(alike) > 0:
		l.note(property, "otherwise")
		l.tell("The schema has %s.", cli.Printable(strings.Join(alike, ", ")))
	case at < 0:
		l.note(property, "missing")
	default:
		l.note(property, "there")
		others := slices.Delete(slices.Clone(properties), at, at+1)
		if alike := clevertap.SpelledOtherwise(others, l.property); len(alike) > 0 {
			l.note(property, "both")
			l.tell("The schema has %s, too.", cli.Printable(strings.Join(alike, ", ")))
		}
		switch found := properties[at]; found.TypeKey {
		case "type", "dataType":
			l.note(propertyTypeKey, found.TypeKey)
			l.tell("Its type is %s.", cli.Printable(found.Type))
		default:
			l.note(propertyTypeKey, "neither")
		}
	}
	return ctx.Err()
}

func askProfile(a *account) []request {
	return a.askCleverTap(http.MethodGet, "/1/profile.json", "the profile that --profile names")
}

func lookProfile(ctx context.Context, l *looking) error {
	found, err := l.cleverTap.Profile(ctx, l.profile)
	value, has := found.Properties[l.property]
	switch {
	case err != nil:
		l.refuse(profile, failed.id, err)
	case !found.Exists:
		l.note(profile, "absent")
	case !has || value == "":
		l.note(profile, "without")
	default:
		l.note(profile, "has-line-id")
		if _, err := line.ParseUserID(found.Text(l.property)); err != nil {
			l.note(profile, "other-form")
		}
	}
	return ctx.Err()
}

func askNoProfile(a *account) []request {
	return a.askCleverTap(http.MethodGet, "/1/profile.json", "an identity made up at random; nothing is created")
}

func lookNoProfile(ctx context.Context, l *looking) error {
	found, err := l.cleverTap.Profile(ctx, "clevertap-line-doctor-"+rand.Text())
	switch {
	case status(err) != 0 && !mayPass(status(err)):
		l.refuse(noProfile, "refused", err)
	case err != nil:
		l.refuse(noProfile, failed.id, err)
	case found.Absence == clevertap.AbsentNotFound:
		l.note(noProfile, "not-found")
	case found.Absence == clevertap.AbsentFailure:
		l.note(noProfile, "failure")
	default:
		l.note(noProfile, "empty")
	}
	return ctx.Err()
}

// mayPass says whether a refusal is about credentials, or about this moment, and not about what was asked.
func mayPass(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests || status >= 500
}

func askCatalog(a *account) []request {
	return a.askCleverTap(http.MethodGet, fmt.Sprintf("/v2/catalogs/%d", a.catalog), "")
}

func lookCatalog(ctx context.Context, l *looking) error {
	found, err := l.cleverTap.Catalog(ctx, l.catalog)
	switch {
	case status(err) == http.StatusUnauthorized || status(err) == http.StatusForbidden:
		l.refuse(catalog, "refused", err)
	case status(err) == http.StatusNotFound:
		l.refuse(catalog, "missing", err)
	case err != nil:
		l.refuse(catalog, failed.id, err)
	case !found.Active:
		l.note(catalog, "inactive")
	default:
		l.note(catalog, "there")
		l.tell("It is %s; columns: %d.", cli.Printable(found.Name), len(found.Columns))
	}
	return ctx.Err()
}

// reportDays are as many as one request asks for.
const reportDays = 14

func askReport(a *account) []request {
	return a.askCleverTap(http.MethodPost, "/1/message/report.json", "a question, although it is a POST")
}

func lookReport(ctx context.Context, l *looking) error {
	to := l.now()
	from := to.AddDate(0, 0, 1-reportDays)
	campaigns, err := l.cleverTap.Campaigns(ctx, clevertap.CampaignQuery{From: from, To: to})
	switch {
	case status(err) == http.StatusUnauthorized || status(err) == http.StatusForbidden:
		l.refuse(report, "refused", err)
	case err != nil:
		l.refuse(report, failed.id, err)
	case len(campaigns) == 0:
		l.note(report, "none")
	default:
		l.note(report, "campaigns")
		l.tell("Campaigns in it: %d.", len(campaigns))
		l.lookAtWords(campaigns)
		l.lookAtStarts(campaigns, from)
	}
	return ctx.Err()
}

// words are those that a request for a report may have ("Get Message Reports API").
var words = strings.Fields("scheduled running stopped completed " +
	"push email sms browser audiences inapp webhooks web_pop_up web_exit_intent web_native_display web_inbox " +
	"one_time action inaction recurring property_time api")

// plainWord is a word without what may be spelled in several ways.
func plainWord(word string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(word))
}

func (l *looking) lookAtWords(campaigns []clevertap.Campaign) {
	answer := "documented"
	var others []string
	for _, campaign := range campaigns {
		for _, word := range []string{campaign.Status, campaign.Channel, campaign.Delivery} {
			switch {
			case word == "" || slices.Contains(words, word):
			case slices.ContainsFunc(words, func(known string) bool { return plainWord(known) == plainWord(word) }):
				if answer == "documented" {
					answer = "other-case"
				}
			default:
				answer = "other"
				others = append(others, cli.Printable(word))
			}
		}
	}
	l.note(reportsWords, answer)
	if slices.Sort(others); len(others) > 0 {
		l.tell("Other words: %s.", strings.Join(slices.Compact(others), ", "))
	}
}

func (l *looking) lookAtStarts(campaigns []clevertap.Campaign, from time.Time) {
	const dayOfAnyZone = 24 * time.Hour
	older := false
	for _, campaign := range campaigns {
		start, err := time.Parse("02 Jan, 2006 15:04:05", campaign.Start)
		if err != nil {
			l.note(reportsStart, "other")
			l.tell("A start is written as %s.", cli.Printable(campaign.Start))
			return
		}
		year, month, day := from.Date()
		older = older || start.Before(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(-dayOfAnyZone))
	}
	l.note(reportsStart, "documented")
	if l.note(reportsOlder, "within"); older {
		l.note(reportsOlder, "older")
	}
}
