package doctor

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// version21 is a token in the form of version 2.1.
const version21 = "eyJ.CANARY"

// setting is how an account may be, and what a run must then find.
type setting struct {
	account func(*config)
	change  func(*testing.T, *world)
	// found is the answer of each check that differs from that of an account with which all is well; "" is none.
	found map[string]string
	// learnt are the answers to open questions that the report must have.
	learnt map[question]string
	code   int
}

// fault makes one request fail.
func fault(server func(*world) *standin.Front, method, path string, f standin.Fault) func(*testing.T, *world) {
	f.Method, f.Path = method, path
	return func(_ *testing.T, w *world) { server(w).AddFaults(f) }
}

func lineFront(w *world) *standin.Front      { return w.line.Front }
func cleverTapFront(w *world) *standin.Front { return w.cleverTap.Front }

// answers makes the person answer in another way.
func answers(pairs ...string) func(*testing.T, *world) {
	return func(_ *testing.T, w *world) {
		for i := 0; i < len(pairs); i += 2 {
			w.person[pairs[i]] = pairs[i+1]
		}
	}
}

// serves makes the URL answer otherwise.
func serves(status int, body string, header ...string) func(*testing.T, *world) {
	return func(_ *testing.T, w *world) {
		w.documents[messagesName+".json"] = func(writer http.ResponseWriter, r *http.Request) {
			if status == 200 {
				serve(body, header...)(writer, r)
				return
			}
			http.Error(writer, "CANARY", status)
		}
		// Then there is nothing to test.
		w.person = map[string]string{"save-template": "saved", "line-oauth2": "unused"}
	}
}

// aged makes the document be served as it is, with another header.
func aged(header ...string) func(*testing.T, *world) {
	return func(_ *testing.T, w *world) {
		document := w.documents[messagesName+".json"]
		w.documents[messagesName+".json"] = func(writer http.ResponseWriter, r *http.Request) {
			document(&withHeader{writer, header}, r)
		}
	}
}

// withHeader replaces headers when the body is written.
type withHeader struct {
	http.ResponseWriter
	header []string
}

func (w *withHeader) Write(body []byte) (int, error) {
	for i := 0; i+1 < len(w.header); i += 2 {
		if w.Header().Del(w.header[i]); w.header[i+1] != "" {
			w.Header().Set(w.header[i], w.header[i+1])
		}
	}
	return w.ResponseWriter.Write(body)
}

// schema makes CleverTap tell other properties.
func schema(properties string) func(*testing.T, *world) {
	return fault(cleverTapFront, "GET", "/getSchema", standin.Fault{Status: 200, Body: `{"status":"success","userProperties":[` + properties + `]}`})
}

// reported makes CleverTap report other campaigns.
func reported(campaigns string) func(*testing.T, *world) {
	return fault(cleverTapFront, "POST", "/1/message/report.json", standin.Fault{Status: 200, Body: `{"status":"success","messages":[` + campaigns + `]}`})
}

func campaign(status, start string) string {
	return fmt.Sprintf(`{"message id":1,"message_name":"CANARY","channel":"Web Hooks","delivery":"one_time","start_date":%q,"status":%q}`, start, status)
}

// upset is an answer that says nothing of what was asked; dead one for want of credentials.
var (
	upset = clevertaptest.FailureFault(500, "CANARY broken")
	dead  = clevertaptest.FailureFault(401, "CANARY account "+accountID)
)

func token21(life time.Duration) func(*config) {
	return func(c *config) {
		c.line.Token, c.line.TokenLives = version21, map[string]time.Duration{version21: life}
	}
}

func issuedToken(c *config) { c.line.ChannelSecret = "CANARY-secret" }

func noBody(found map[string]string) map[string]string {
	for id, answer := range map[string]string{"test-linked-content": "", "save-campaign": "", "send-test": "", "broken-test": "", "taken": ""} {
		if _, ok := found[id]; !ok {
			found[id] = answer
		}
	}
	return found
}

// An answer for each that LINE and CleverTap may give.
var settings = map[string]setting{
	"all is well": {},

	"a dead token": {
		change: fault(lineFront, "GET", "/v2/bot/info", standin.Fault{Status: 401, Body: `{"message":"CANARY"}`}),
		found:  map[string]string{"token": "dead", "token-life": "", "follower-ids": "", "quota": "", "unit-names": ""}, code: 2,
	},
	"no answer about the token": {
		change: fault(lineFront, "GET", "/v2/bot/info", standin.Fault{Status: 500, Body: "CANARY"}),
		found:  map[string]string{"token": "failed", "token-life": "", "follower-ids": "", "quota": "", "unit-names": ""}, code: 1,
	},
	"a channel":             {account: issuedToken, found: map[string]string{"token-life": "issued"}},
	"a channel's secret":    {account: issuedToken, change: fault(lineFront, "POST", "/oauth2/v3/token", linetest.ErrorFault(400, "CANARY")), found: map[string]string{"token": "failed", "token-life": "", "follower-ids": "", "quota": "", "unit-names": "", "taken": "failed"}, code: 1},
	"a token of a month":    {account: func(c *config) { shortToken(c, 20*24*time.Hour) }, found: map[string]string{"token-life": "month"}},
	"a token of minutes":    {account: func(c *config) { shortToken(c, 20*time.Minute) }, found: map[string]string{"token-life": "minutes"}},
	"a token at its end":    {account: func(c *config) { shortToken(c, 10*time.Minute) }, found: map[string]string{"token-life": "minutes"}},
	"a token of an hour":    {account: token21(20 * time.Minute), found: map[string]string{"token-life": "minutes"}},
	"a stateless token":     {account: token21(14 * time.Minute), found: map[string]string{"token-life": "minutes-v2.1"}, learnt: map[question]string{statelessToken: "was verified"}},
	"a token not verified":  {change: fault(lineFront, "POST", "/v2/oauth/verify", linetest.ErrorFault(400, "CANARY")), found: map[string]string{"token-life": "refused"}, code: 1},
	"no answer about life":  {change: fault(lineFront, "POST", "/v2/oauth/verify", linetest.ErrorFault(500, "CANARY")), found: map[string]string{"token-life": "failed"}, code: 1},
	"stateless, unverified": {account: token21(time.Minute), change: fault(lineFront, "GET", "/oauth2/v2.1/verify", linetest.ErrorFault(400, "CANARY")), found: map[string]string{"token-life": "refused-v2.1"}, learnt: map[question]string{statelessToken: "not verified"}, code: 1},

	"no right to followers":   {account: func(c *config) { c.line.Unverified = true }, found: map[string]string{"follower-ids": "refused"}, learnt: map[question]string{followerIDs403: "`Access to this API is not available for your account`. (status 403)"}},
	"a right in other words":  {change: fault(lineFront, "GET", "/v2/bot/followers/ids", linetest.ErrorFault(403, "CANARY")), found: map[string]string{"follower-ids": "refused-otherwise"}, learnt: map[question]string{followerIDs403: "Other words than the documented ones: the terminal showed them. (status 403)"}},
	"no answer of followers":  {change: fault(lineFront, "GET", "/v2/bot/followers/ids", linetest.ErrorFault(500, "CANARY")), found: map[string]string{"follower-ids": "failed"}, code: 1},
	"no limit, free messages": {account: func(c *config) { c.line.MonthlyLimit = 0 }, change: answers("quota-none", "free"), found: map[string]string{"quota": "none", "quota-none": "free"}, learnt: map[question]string{quotaNone: "shows a number of free messages"}},
	"no limit at all":         {account: func(c *config) { c.line.MonthlyLimit = 0 }, change: answers("quota-none", "unlimited"), found: map[string]string{"quota": "none", "quota-none": "unlimited"}, learnt: map[question]string{quotaNone: "no limit at all"}},
	"a limit used up": {
		change: fault(lineFront, "GET", "/v2/bot/message/quota/consumption", standin.Fault{Status: 200, Body: `{"totalUsage":1000}`}),
		found:  map[string]string{"quota": "used-up"}, code: 2,
	},
	"no answer of quota":      {change: fault(lineFront, "GET", "/v2/bot/message/quota", linetest.ErrorFault(500, "CANARY")), found: map[string]string{"quota": "failed"}, code: 1},
	"messages before":         {change: func(_ *testing.T, w *world) { w.send(messagesName) }, found: map[string]string{"unit-names": "some"}},
	"no answer of unit names": {change: fault(lineFront, "GET", "/v2/bot/message/aggregation/list", linetest.ErrorFault(500, "CANARY")), found: map[string]string{"unit-names": "failed"}, code: 1},

	"wrong credentials":     {change: fault(cleverTapFront, "GET", "/getSchema", dead), found: map[string]string{"credentials": "refused", "property": "", "property-type": ""}, code: 2},
	"no right to schema":    {change: fault(cleverTapFront, "GET", "/getSchema", clevertaptest.FailureFault(403, "CANARY")), found: map[string]string{"credentials": "no-right", "property": "", "property-type": ""}, code: 2},
	"no answer of schema":   {change: fault(cleverTapFront, "GET", "/getSchema", upset), found: map[string]string{"credentials": "failed", "property": "", "property-type": ""}, code: 1},
	"two spellings":         {change: schema(`{"name":"lineID","type":"CANARY"},{"name":"LineID","type":"CANARY"}`), found: map[string]string{"property": "both"}, learnt: map[question]string{lineIDSpelling: "No: the schema has two"}},
	"another spelling":      {change: schema(`{"name":"lineID","type":"CANARY"}`), found: map[string]string{"property": "otherwise", "property-type": ""}, code: 2},
	"no property":           {change: schema(`{"name":"CANARY","type":"CANARY"}`), found: map[string]string{"property": "missing", "property-type": ""}, code: 2},
	"the key dataType":      {change: schema(`{"name":"LineID","dataType":"CANARY"}`), found: map[string]string{"property-type": "dataType"}, learnt: map[question]string{propertyType: "`dataType`."}},
	"no key for the type":   {change: schema(`{"name":"LineID"}`), found: map[string]string{"property-type": "neither"}, learnt: map[question]string{propertyType: "Neither"}},
	"a profile without":     {change: profileFault(`{}`), found: map[string]string{"profile": "without"}, code: 2},
	"an empty property":     {change: profileFault(`{"LineID":""}`), found: map[string]string{"profile": "without"}, code: 2},
	"another ID":            {change: profileFault(`{"LineID":"CANARY"}`), found: map[string]string{"profile": "other-form"}, code: 2},
	"a number for an ID":    {change: profileFault(`{"LineID":7}`), found: map[string]string{"profile": "other-form"}, code: 2},
	"no such profile":       {change: fault(cleverTapFront, "GET", "/1/profile.json", standin.Fault{Status: 200, Body: `{"status":"success"}`}), found: map[string]string{"profile": "absent"}, code: 2},
	"no answer of profile":  {change: fault(cleverTapFront, "GET", "/1/profile.json", upset), found: map[string]string{"profile": "failed"}, code: 1},
	"missing is a failure":  {account: func(c *config) { c.cleverTap.MissingProfile = clevertaptest.MissingIsFailure }, found: map[string]string{"missing-profile": "failure"}, learnt: map[question]string{missingProfile: "A failure with another status than 404 that says so."}},
	"missing is a 404":      {account: func(c *config) { c.cleverTap.MissingProfile = clevertaptest.MissingIsNotFound }, found: map[string]string{"missing-profile": "not-found"}, learnt: map[question]string{missingProfile: "A 404 in CleverTap's form."}},
	"missing is unknown":    {change: secondProfile(standin.Fault{Status: 200, Body: `{"status":"fail","error":"CANARY","code":512}`}), found: map[string]string{"missing-profile": "refused"}, learnt: map[question]string{missingProfile: "A failure that does not say so in words that are known. (status 200, code 512)"}, code: 1},
	"missing has a long ID": {change: secondProfile(standin.Fault{Status: 400, Body: `{"status":"fail","error":"CANARY","code":1650031099}`}), found: map[string]string{"missing-profile": "refused"}, learnt: map[question]string{missingProfile: "that are known. (status 400)"}, code: 1},
	"missing is a fault":    {change: secondProfile(upset), found: map[string]string{"missing-profile": "failed"}, code: 1},

	"no catalogs":          {account: func(c *config) { c.cleverTap.Catalogs.Disabled = 403 }, found: map[string]string{"catalog": "refused"}, learnt: map[question]string{catalogFeature: "It is not, or the passcode has no right to it. (status 403)"}, code: 2},
	"a catalog's token":    {account: func(c *config) { c.cleverTap.Catalogs.Disabled = 401 }, found: map[string]string{"catalog": "refused"}, learnt: map[question]string{catalogFeature: "(status 401)"}, code: 2},
	"an inactive catalog":  {change: func(_ *testing.T, w *world) { w.cleverTap.DeactivateCatalog(catalogID) }, found: map[string]string{"catalog": "inactive"}, learnt: map[question]string{catalogFeature: "It is on."}, code: 2},
	"no such catalog":      {change: func(_ *testing.T, w *world) { w.args = append(w.args, "--catalog", "7700882") }, found: map[string]string{"catalog": "missing"}, learnt: map[question]string{catalogFeature: "It seems to be on"}, code: 2},
	"no answer of catalog": {change: func(_ *testing.T, w *world) { w.cleverTap.AddFaults(catalogFault()) }, found: map[string]string{"catalog": "failed"}, code: 1},

	"no campaigns":        {change: reported(""), found: map[string]string{"report": "none", "report-words": "", "report-start": "", "report-older": ""}, learnt: map[question]string{reportEmpty: "With an empty list."}},
	"no right to reports": {change: fault(cleverTapFront, "POST", "/1/message/report.json", dead), found: map[string]string{"report": "refused", "report-words": "", "report-start": "", "report-older": ""}, code: 2},
	"no answer of report": {change: fault(cleverTapFront, "POST", "/1/message/report.json", standin.Fault{Status: 200, Body: `{"CANARY":1}`}), found: map[string]string{"report": "failed", "report-words": "", "report-start": "", "report-older": ""}, code: 1},
	"an old campaign":     {change: reported(campaign("Running", "02 Jan, 2020 15:04:05")), found: map[string]string{"report-words": "other-case", "report-older": "older"}, learnt: map[question]string{reportCampaigns: "some started before", reportWords: "but for upper and lower case"}},
	"other words":         {change: reported(campaign(statusWord, "2026-01-02T03:04:05+09:00 CANARY")), found: map[string]string{"report-words": "other", "report-start": "other", "report-older": ""}, learnt: map[question]string{reportWords: "has a word that requests do not have.\n- Starts are written in another form"}},

	"nothing served":      {change: serves(404, ""), found: noBody(map[string]string{"served": "missing", "caching": ""}), code: 2},
	"a redirect":          {change: serves(302, ""), found: noBody(map[string]string{"served": "redirect", "caching": ""}), code: 2},
	"a broken server":     {change: serves(500, ""), found: noBody(map[string]string{"served": "other-status", "caching": ""}), code: 2},
	"reading not allowed": {change: serves(403, ""), found: noBody(map[string]string{"served": "forbidden", "caching": ""}), code: 1},
	"a page":              {change: serves(200, "<p>CANARY", "Content-Type", "text/html"), found: noBody(map[string]string{"served": "page", "caching": ""}), code: 2},
	"a text":              {change: serves(200, "CANARY"), found: noBody(map[string]string{"served": "no-document", "caching": ""}), code: 2},
	"another object":      {change: serves(200, `{"CANARY":1}`, "Content-Type", "application/json"), found: noBody(map[string]string{"served": "not-sendable", "caching": ""}), code: 2},
	"not in ASCII":        {change: serves(200, `{"CANARY":"世"}`, "Content-Type", "application/json"), found: noBody(map[string]string{"served": "no-charset", "caching": ""}), code: 2},
	"served as a text":    {change: serves(200, `{"CANARY":1}`, "Content-Type", "text/plain"), found: noBody(map[string]string{"served": "other-type", "caching": ""}), code: 2},
	"no server": {change: func(_ *testing.T, w *world) {
		w.origin.Close()
		w.person = map[string]string{"save-template": "saved", "line-oauth2": "unused"}
	},
		found: noBody(map[string]string{"served": "no-answer", "caching": ""}), code: 1},
	"cached long": {change: aged("Cache-Control", "max-age=301"), found: map[string]string{"caching": "long"}, code: 2},
	"not said":    {change: aged("Cache-Control", ""), found: map[string]string{"caching": "unsaid"}},

	"the template the way around": {change: answers("save-template", "saved-around"), found: map[string]string{"save-template": "saved-around"}, learnt: map[question]string{templateDestination: "No. With a destination that does"}},
	"no template":                 {change: answers("save-template", "refused-test"), found: map[string]string{"save-template": "refused-test"}, learnt: map[question]string{templateDestination: "either"}, code: 2},
	"a token got":                 {change: answers("line-oauth2", "got"), found: map[string]string{"line-oauth2": "got"}, learnt: map[question]string{lineOAuth2: "Whether it is renewed"}},
	"a token renewed":             {change: answers("line-oauth2", "renewed"), found: map[string]string{"line-oauth2": "renewed"}, learnt: map[question]string{lineOAuth2: "Yes, and messages are sent after"}},
	"a token that ended":          {change: answers("line-oauth2", "ended"), found: map[string]string{"line-oauth2": "ended"}, learnt: map[question]string{lineOAuth2: "no message is sent any more"}, code: 2},
	"no token got":                {change: answers("line-oauth2", "none"), found: map[string]string{"line-oauth2": "none"}, learnt: map[question]string{lineOAuth2: "No: Generate"}, code: 2},
	"a template refused":          {change: answers("save-template", "refused"), found: map[string]string{"save-template": "refused"}, code: 2},
	"Linked Content of a catalog": {change: answers("test-linked-content", "shown-catalog"), found: map[string]string{"test-linked-content": "shown-catalog"}, learnt: map[question]string{catalogReads: "Yes"}},
	"none of a catalog":           {change: answers("test-linked-content", "not-shown-catalog"), found: map[string]string{"test-linked-content": "not-shown-catalog"}, learnt: map[question]string{catalogReads: "Not seen"}, code: 2},
	"Linked Content not shown":    {change: answers("test-linked-content", "not-shown"), found: map[string]string{"test-linked-content": "not-shown"}, code: 2},
	"messages pasted": {
		change: answers("test-linked-content", "unused", "save-campaign", "pasted"),
		found:  map[string]string{"test-linked-content": "unused", "save-campaign": "pasted", "broken-test": ""},
		learnt: map[question]string{campaignTest: "", labelEscaping: "", arrayElements: "", abort: "", labelComparisons: ""},
	},
	"a body as plain text": {change: answers("save-campaign", "linked-text"), found: map[string]string{"save-campaign": "linked-text"}, learnt: map[question]string{bodyFormat: "No. As plain text"}},
	"a body refused":       {change: answers("save-campaign", "refused-linked"), found: map[string]string{"save-campaign": "refused-linked", "send-test": "", "broken-test": "", "taken": ""}, learnt: map[question]string{bodyFormat: "No, and not"}, code: 2},
	"a campaign refused":   {change: answers("save-campaign", "refused"), found: map[string]string{"save-campaign": "refused", "send-test": "", "broken-test": "", "taken": ""}, code: 2},
	"no test to be had":    {change: answers("send-test", "audience"), found: map[string]string{"send-test": "audience"}, learnt: map[question]string{campaignTest: "No. A campaign to an audience of one"}},
	"another message":      {change: answers("send-test", "wrong"), found: map[string]string{"send-test": "wrong", "broken-test": ""}, code: 2},
	"a test not listed yet": {
		change: func(_ *testing.T, w *world) { delete(w.do, "send-test") }, found: map[string]string{"taken": "absent"},
		learnt: map[question]string{labelEscaping: "", arrayElements: "", labelComparisons: ""}, code: 1,
	},
	"no answer of the last list": {
		change: func(t *testing.T, w *world) {
			w.do["broken-test"] = func() {
				fault(lineFront, "GET", "/v2/bot/message/aggregation/list", linetest.ErrorFault(500, "CANARY"))(t, w)
			}
		},
		found: map[string]string{"taken": "failed"}, code: 1,
	},
	"a message that must not come": {change: answers("broken-test", "came"), found: map[string]string{"broken-test": "came"}, learnt: map[question]string{failedFetch: "Neither"}, code: 2},
	"a fetch that leaves labels empty": {
		account: func(c *config) { c.fetch = campaigntest.LeavesLabelsEmpty },
		change: func(t *testing.T, w *world) {
			w.do["broken-test"] = func() {
				if outcome := w.send("none"); outcome != campaigntest.Aborted {
					t.Errorf("the outcome is %s", outcome)
				}
			}
		},
		learnt: map[question]string{failedFetch: "It leaves the labels empty: the body ran, and aborted.", abort: "Yes: nothing came"},
	},
}

func shortToken(c *config, life time.Duration) {
	c.line.Token, c.line.TokenLives = "CANARY-short", map[string]time.Duration{"CANARY-short": life}
}

func profileFault(data string) func(*testing.T, *world) {
	return fault(cleverTapFront, "GET", "/1/profile.json", standin.Fault{Status: 200, Body: `{"status":"success","record":{"profileData":` + data + `}}`})
}

// secondProfile makes the second profile that is asked for fail, which is the one that does not exist.
func secondProfile(second standin.Fault) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		fault(cleverTapFront, "GET", "/1/profile.json", standin.Fault{Delay: time.Nanosecond})(t, w)
		fault(cleverTapFront, "GET", "/1/profile.json", second)(t, w)
	}
}

func catalogFault() standin.Fault {
	f := clevertaptest.CatalogFault(500, "CANARY", "CANARY")
	f.Method, f.Path = "GET", "/v2/catalogs/7700881"
	return f
}

// statisticsShown are the answers of a campaign's errors, for a test that must not come and for one that did not.
func statisticsShown() map[string]setting {
	shown := map[string]setting{}
	for id, learnt := range map[string]map[question]string{
		"aborted":      {abort: "Yes", contentErrors: "`LiquidLogicAborted`."},
		"fetch-status": {failedFetch: "It stops", contentErrors: "5XX"}, "fetch-invalid": {failedFetch: "It stops", contentErrors: "Invalid URL"},
		"fetch-format": {failedFetch: "It stops", contentErrors: "Response Exception"}, "dispatch": {contentErrors: "Dispatch Failed"},
		"other": {contentErrors: "Another error."}, "none": {contentErrors: "No error."},
	} {
		shown["nothing came: "+id] = setting{
			change: func(_ *testing.T, w *world) {
				delete(w.do, "send-test")
				w.person["send-test"], w.person["errors"] = "nothing", id
			},
			found: map[string]string{"send-test": "nothing", "errors": id, "broken-test": "", "taken": ""}, learnt: learnt, code: 2,
		}
		shown["must not come: "+id] = setting{change: answers("broken-test", id), found: map[string]string{"broken-test": id}, learnt: learnt}
	}
	dispatch := shown["must not come: dispatch"]
	dispatch.learnt = map[question]string{abort: "Seemingly not", failedFetch: "It leaves the labels empty: the webhook was called."}
	shown["must not come: dispatch"] = dispatch
	return shown
}

// wellAnswers are those of an account with which all is well.
var wellAnswers = map[string]string{
	"token": "alive", "token-life": "long", "follower-ids": "given", "quota": "left", "unit-names": "none",
	"credentials": "taken", "property": "there", "property-type": "type", "profile": "has-line-id", "missing-profile": "empty",
	"catalog": "there", "report": "campaigns", "report-words": "documented", "report-start": "documented", "report-older": "within",
	"served": "well", "caching": "short", "save-template": "saved", "line-oauth2": "unused", "test-linked-content": "shown", "save-campaign": "linked-json",
	"send-test": "came", "broken-test": "aborted", "taken": "listed",
}

// Every answer that a check may have is found, and changes nothing else; the report says of open questions what it teaches.
func TestEveryAnswer(t *testing.T) {
	seen := map[string]bool{"served older": true} // see TestPublishStore
	all := statisticsShown()
	for name, s := range settings {
		all[name] = s
	}
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, s.account)
			if s.change != nil {
				s.change(t, w)
			}
			progress := t.TempDir() + "/progress.json"
			got := w.run("--progress", progress)
			if got.code != s.code {
				t.Errorf("exit %d, want %d; said\n%s", got.code, s.code, got.said)
			}
			kept, err := load(progress)
			if err != nil {
				t.Fatal(err)
			}
			want := results{}
			for id, answer := range wellAnswers {
				want[id] = result{Answer: answer}
			}
			for id, answer := range s.found {
				want[id] = result{Answer: answer}
			}
			for _, g := range groups {
				for _, c := range g.checks {
					found := kept.all()[c.id]
					if found.Answer != want[c.id].Answer {
						t.Errorf("%s: found %q, want %q; said\n%s", c.id, found.Answer, want[c.id].Answer, got.said)
					}
					seen[c.id+" "+found.Answer] = true
				}
			}
			for q, text := range s.learnt {
				section := regexp.MustCompile("(?s)\n`" + string(q) + "`: .*?\n\n(- .*?\n)(\n|$)").FindString(got.report)
				if (text == "") != (section == "") || !strings.Contains(section, text) {
					t.Errorf("%s: %q, want %s; the report is\n%s", q, section, text, got.report)
				}
			}
			wantClean(t, got.report)
			wantClean(t, readFile(t, progress))
		})
	}
	for _, g := range groups {
		for _, c := range g.checks {
			for _, a := range c.answers {
				if !seen[c.id+" "+a.id] {
					t.Errorf("no setting for the answer %s of %s", a.id, c.id)
				}
			}
			if c.answers[0].choice == "" && !seen[c.id+" "+failed.id] && c.id != "property" && c.id != "property-type" && c.id != "caching" &&
				c.id != "served" && !strings.HasPrefix(c.id, "report-") {
				t.Errorf("no setting for a failure of %s", c.id)
			}
		}
	}
}
