package doctor

import (
	"context"
	"errors"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// group is what is asked, or done by a person, in one go.
type group struct {
	id, title string
	checks    []*check
	// without is how to give what the group lacks.
	without string
	// of are what the group looks at, for its [trace]; nil if it is not given.
	of func(*account) []string
	// errands are what is asked, one after the other; a person agrees to each. The steps have none.
	errands []errand
}

// errand is what is asked at one time.
type errand struct {
	// asks are the requests that look sends at most; none if there is nothing to do.
	asks func(*account) []request
	// look asks. What was found is noted; an error is the context's alone.
	look func(context.Context, *looking) error
	// due says whether what was found so far leads to it; nil: it always does.
	due func(*account) bool
}

// request is one request that is said before it is sent.
type request struct {
	method, url, credential string
	most                    int
	// note is said besides.
	note string
}

// The groups, in their order. The steps are no requests.
var groups = []*group{
	{
		id: "line", title: "LINE", checks: []*check{token, tokenLife, followerIDs, quota, unitNames},
		without: "Set " + envLine + ".",
		of:      (*account).lineInputs, errands: []errand{{asks: askLine, look: lookLine}},
	},
	{
		id: "clevertap", title: "CleverTap: credentials and schema", checks: []*check{credentials, property, propertyTypeKey},
		without: "Set " + envCleverTap + ".",
		of:      func(a *account) []string { return a.cleverTapInputs(a.property) },
		errands: []errand{{asks: askSchema, look: lookSchema}},
	},
	{
		id: "profile", title: "CleverTap: a profile", checks: []*check{profile},
		without: "Set " + envCleverTap + ", and give the identity of a profile of your own with --profile.",
		of: func(a *account) []string {
			if a.profile == "" {
				return nil
			}
			return a.cleverTapInputs(a.property, a.profile)
		},
		errands: []errand{{asks: askProfile, look: lookProfile}},
	},
	{
		id: "missing-profile", title: "CleverTap: a profile that does not exist", checks: []*check{noProfile},
		without: "Set " + envCleverTap + ".",
		of:      func(a *account) []string { return a.cleverTapInputs() },
		errands: []errand{{asks: askNoProfile, look: lookNoProfile}},
	},
	{
		id: "catalog", title: "CleverTap: a catalog", checks: []*check{catalog},
		without: "Set " + envCleverTap + ", and give the ID of a catalog with --catalog, if messages are to be published in one.",
		of:      (*account).catalogInputs, errands: []errand{{asks: askCatalog, look: lookCatalog}},
	},
	{
		id: "report", title: "CleverTap: the message report", checks: []*check{report, reportsWords, reportsStart, reportsOlder},
		without: "Set " + envCleverTap + ".",
		of:      func(a *account) []string { return a.cleverTapInputs() },
		errands: []errand{{asks: askReport, look: lookReport}},
	},
	{
		id: "served", title: "What is served to CleverTap", checks: []*check{served, caching},
		without: "Give the URL where CleverTap finds messages with --served-at, or the publish store with --publish-store.",
		of:      (*account).servedInputs, errands: []errand{
			{asks: askPublished, look: lookPublished, due: (*account).isUnread},
			{asks: askServed, look: lookServed, due: (*account).knowsURL},
		},
	},
	{
		id: stepsID, title: "Steps of a person", checks: stepChecks(),
		without: "Give the command at a terminal, and answer for each step how it went.",
		of:      (*account).stepInputs,
	},
	{
		id: takenID, title: "LINE: the test message", checks: []*check{taken},
		without: "Send the test message. Set " + envLine +
			", and give what was published with --served-at or --publish-store, or its unit name with --unit.",
		of: (*account).unitInputs, errands: []errand{
			{asks: askPublishedUnit, look: lookPublishedUnit, due: (*account).isUnread},
			{asks: askTaken, look: lookTaken, due: func(a *account) bool { return a.unitName() != "" || a.knowsURL() }},
		},
	},
}

const (
	stepsID = "steps"
	takenID = "taken"
)

func stepChecks() (checks []*check) {
	for _, s := range steps {
		checks = append(checks, s.check)
	}
	return checks
}

func groupOf(id string) *group {
	for _, g := range groups {
		if g.id == id {
			return g
		}
	}
	return nil
}

// looking is one look at an account, by one group.
type looking struct {
	*account
	group *group
	// known is what was found before, and found what this look finds.
	known, found results
	// tell shows a person something about what was found, which is not kept.
	tell func(format string, args ...any)
}

// note keeps an answer.
func (l *looking) note(c *check, id string) { l.found[c.id] = result{Answer: id} }

// refuse keeps an answer that an error gave, with its numbers, and shows the error.
func (l *looking) refuse(c *check, id string, err error) {
	found := result{Answer: id}
	if answer, ok := errors.AsType[*line.APIError](err); ok {
		found.Status = answer.StatusCode
	}
	if answer, ok := errors.AsType[*clevertap.APIError](err); ok {
		found.Status = answer.StatusCode
		if answer.Code > 0 && answer.Code <= mostCode {
			found.Code = answer.Code
		}
	}
	l.found[c.id] = found
	l.tell("%v", err)
}

// mostCode keeps what is no code of CleverTap's, and may be an ID, out of what is kept ("API Errors").
const mostCode = 9999

// status is that of a refusal; 0 for any other error.
func status(err error) int {
	if answer, ok := errors.AsType[*line.APIError](err); ok {
		return answer.StatusCode
	}
	if answer, ok := errors.AsType[*clevertap.APIError](err); ok {
		return answer.StatusCode
	}
	return 0
}
