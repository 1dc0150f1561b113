package drift

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// stateOf gives a part of a result.
func stateOf(t *testing.T, found jsonResult, name string) jsonPart {
	t.Helper()
	for _, p := range found.Parts {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("there is no part %s in %+v", name, found)
	return jsonPart{}
}

// Whatever a vendor answers, it is said, with its words and its request id, and the other parts are looked at.
func TestAnswersThatAreNone(t *testing.T) {
	const html = "<html><body>Sign in to the proxy</body></html>"
	answers := map[string]struct {
		fault standin.Fault
		words string
	}{
		"HTML":        {standin.Fault{Status: 200, Body: html}, "Sign in to the proxy"},
		"empty":       {standin.Fault{Status: 200}, "200 OK"},
		"wrong types": {standin.Fault{Status: 200, Body: `{"type":7,"userId":[],"client_id":1,"status":{},"messages":7,"userProperties":7,"userIds":7}`}, "200 OK"},
		"huge":        {standin.Fault{Status: 200, Body: strings.Repeat(" ", 65<<20)}, "more than "},
		"redirect":    {standin.Fault{Status: 302, Header: http.Header{"Location": {"https://example.com/?" + lineToken}}}, "302 Found"},
		"failure":     {standin.Fault{Status: 503, Body: `{"message":"down for today","error":"down for today"}`}, "down for today"},
		"no answer":   {standin.Fault{Delay: time.Hour}, "no complete answer within 500ms"},
	}
	places := map[string][]string{
		"LINE":      {"/v2/bot/info", "/v2/oauth/verify", "/v2/bot/message/quota", "/v2/bot/message/quota/consumption", "/v2/bot/followers/ids", "/v2/bot/message/aggregation/list"},
		"CleverTap": {"/getSchema", "/1/message/report.json"},
	}
	for name, answer := range answers {
		for part, paths := range places {
			for _, path := range paths {
				t.Run(name+path, func(t *testing.T) {
					w := newWorld(t)
					w.start()
					answer.fault.Path = path
					if part == "LINE" {
						w.lineServer.AddFaults(answer.fault)
					} else {
						w.cleverTap.AddFaults(answer.fault)
					}
					args := []string{}
					if answer.fault.Delay > 0 {
						args = append(args, "--timeout=500ms")
					}
					code, found := w.look(args...)
					p := stateOf(t, found, part)
					said := strings.Join(p.Why, "\n")
					if code != 1 || p.State != couldNot || !strings.Contains(said, answer.words) || len(found.Off) != 0 {
						t.Errorf("exit %d, %+v, %+v", code, p, found.Off)
					}
					if part == "LINE" && answer.fault.Delay == 0 && name != "huge" && !strings.Contains(said, "(request id ") {
						t.Errorf("no request id in %s", said)
					}
					for _, other := range found.Parts {
						if other.Name != part && other.State != looked && !(other.Name == "audit log" && path == "/1/message/report.json") {
							t.Errorf("%+v", other)
						}
					}
				})
			}
		}
	}
}

// What is off wins over what could not be looked at.
func TestOffWins(t *testing.T) {
	w := newWorld(t)
	kinds["not-entered"].make(w)
	w.start()
	w.cleverTap.AddFaults(standin.Fault{Status: 500})
	code, found := w.look()
	if code != 2 || stateOf(t, found, "CleverTap").State != couldNot || found.Summary != "1 thing is off; could not look at all of: CleverTap" {
		t.Errorf("exit %d, %+v", code, found)
	}
}

func TestServed(t *testing.T) {
	for body, test := range map[string]struct {
		code  int
		state state
	}{
		"<html>":                          {2, looked},
		"":                                {2, looked},
		`{"name":7}`:                      {2, looked},
		strings.Repeat(" ", 8<<20) + "  ": {2, looked},
	} {
		w := newWorld(t)
		w.served["welcome"] = body
		w.start()
		code, found := w.look()
		if p := stateOf(t, found, "served"); code != test.code || p.State != test.state || !slices.Equal(named(found.Off), []string{"served-differs line-linked-messages/welcome"}) {
			t.Errorf("%.20q: exit %d, %+v", body, code, found)
		}
	}
	for name, fault := range map[string]standin.Fault{"reset": {Reset: true}, "forbidden": {Status: 403, Body: headerKey}} {
		w := newWorld(t)
		w.start()
		w.servedFrom.AddFaults(fault)
		code, found := w.look()
		if p := stateOf(t, found, "served"); code != 1 || p.State != couldNot || !strings.HasPrefix(p.Why[0], "line-linked-messages/welcome: ") {
			t.Errorf("%s: exit %d, %+v", name, code, found)
		}
	}
	w := newWorld(t)
	w.start()
	w.servedFrom.AddFaults(standin.Fault{Status: 301, Header: http.Header{"Location": {"https://example.com/login?" + headerKey}}})
	if code, found := w.look(); code != 2 || !strings.Contains(found.Off[0].What, "a redirect to \"https://example.com/login\"") {
		t.Errorf("exit %d, %+v", code, found)
	}
}

// A run asks for half of what LINE answers in an hour, and says what was left.
func TestStatisticsAreBounded(t *testing.T) {
	w := newWorld(t)
	w.line.MonthlyLimit = 0
	for i := range 70 {
		create(w, fmt.Sprintf("m%02d", i), messages(fmt.Sprintf("m%02d", i), "Hello"))
	}
	w.start()
	for i := range 70 {
		m := messages(fmt.Sprintf("m%02d", i), "Hello")
		push(t, w.lineServer.URL, linetest.UserID(i%3), m.Unit)
	}
	count := func() (n int) {
		for _, r := range w.lineServer.Requests() {
			if r.Path == "/v2/bot/insight/message/event/aggregation" {
				n++
			}
		}
		return n
	}
	var found jsonResult
	for run := 1; run <= 2; run++ {
		var code int
		if code, found = w.look(); code != 0 || count() != run*30 {
			t.Fatalf("run %d: exit %d, %d requests, %+v", run, code, count(), found.Parts)
		}
	}
	checks := map[string]int{}
	for _, f := range found.Information {
		checks[f.Check]++
	}
	if checks[versionTaken.id] != 70 || checks[versionUncounted.id] != 30 || checks[statisticsLeft.id] != 40 || checks[versionNotTaken.id] != 1 {
		t.Errorf("got %v", checks)
	}
	// A third one is refused by LINE, whose words are told, and asks no more.
	code, found := w.look()
	if p := stateOf(t, found, "LINE"); code != 1 || count() != 61 || len(p.Why) != 1 || !strings.Contains(p.Why[0], linetest.MessageRateLimit) {
		t.Errorf("exit %d, %d requests, %+v", code, count(), p)
	}
}

// push sends a text, as a campaign does.
func push(t *testing.T, address, to, unit string) {
	t.Helper()
	body := fmt.Sprintf(`{"to":%q,"messages":[{"type":"text","text":"x"}],"customAggregationUnits":[%q]}`, to, unit)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/v2/bot/message/push", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+lineToken)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatal(response.Status)
	}
}

func TestVersionsThatWereSeen(t *testing.T) {
	w := newWorld(t)
	w.line.Followers, w.line.MonthlyLimit = linetest.UserIDs(30), 0
	body := pasted("")
	body.TrackVersions = new(true)
	w.enter(create(w, "pasted", body))
	w.campaign(9, "pasted", "completed")
	w.start()
	for i := range 30 {
		push(t, w.lineServer.URL, linetest.UserID(i), messages("welcome", "Hello").Unit)
		w.lineServer.Open(linetest.UserID(i))
	}
	code, found := w.look()
	want := []string{"line-account", "version-displayed line-linked-messages/welcome", "version-not-taken line-campaign-bodies/pasted", "version-taken line-linked-messages/welcome"}
	if got := named(found.Information); code != 0 || !slices.Equal(got, want) {
		t.Errorf("exit %d, %q", code, got)
	}
}

func TestLINEThatTellsLess(t *testing.T) {
	w := newWorld(t)
	w.line.Unverified = true
	w.start()
	w.lineServer.AddFaults(standin.Fault{Path: "/v2/oauth/verify", Status: 400, Body: `{"error":"invalid_request","error_description":"access token expired"}`})
	code, found := w.look()
	want := []string{"followers-unknown", "line-account", "token-life-unknown", "version-not-taken line-linked-messages/welcome"}
	if got := named(found.Information); code != 0 || !slices.Equal(got, want) {
		t.Errorf("exit %d, %q", code, got)
	}
	w.lineServer.AddFaults(standin.Fault{Path: "/v2/oauth/verify", Status: 500})
	if code, found := w.look("--token-life=0"); code != 0 {
		t.Errorf("exit %d, %+v", code, found)
	}
}

// The life of a token that is issued for the run is no matter, whatever --token-life wants.
func TestLINEOfAChannel(t *testing.T) {
	w := newWorld(t)
	w.line.ChannelSecret = "CANARY"
	w.start()
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
	t.Setenv("LINE_CHANNEL_ID", linetest.ChannelID)
	t.Setenv("LINE_CHANNEL_SECRET", "CANARY")
	code, found := w.look("--token-life=720h")
	want := []string{"line-account", "version-not-taken line-linked-messages/welcome"}
	if got := named(found.Information); code != 0 || !slices.Equal(got, want) || found.Summary != "nothing is off" {
		t.Errorf("exit %d, %+v", code, found)
	}
	if unserved := w.lineServer.Unserved(); len(unserved) > 0 {
		t.Errorf("asked for %q", unserved)
	}
}

// Where CleverTap gets the tokens of all templates itself, nobody has one to replace in time. What was entered counts, too.
func TestTokensThatCleverTapGets(t *testing.T) {
	w := newWorld(t)
	w.line.TokenLives = map[string]time.Duration{"short": time.Hour}
	w.token = "short"
	gets := template("https://api.line.me/v2/bot/message/push")
	gets.ContentSHA256, gets.LineOAuth2 = digest("line_oauth2"), &ts.LineOAuth2{ChannelID: "1350031035"}
	w.drop(document{ts.WebhookTemplates, "LINE%20push"}) // as its file is called
	declared := create(w, "LINE push", gets)
	w.start()
	expect := func(want ...string) {
		t.Helper()
		if _, found := w.look(); !slices.Equal(named(found.Off), want) {
			t.Errorf("got %q, want %q", named(found.Off), want)
		}
	}
	expect("entered-stale webhook-templates/LINE push", "token-expiring")
	w.enter(declared)
	expect()
	w.enter(create(w, "relay", template("https://relay.example.com")))
	expect()
	w.enter(create(w, "by hand", template("https://api.line.me/v2/bot/message/push?x")))
	expect("token-expiring")
}

func TestCampaigns(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"absent", "two", "old"} {
		w.enter(create(w, name, pasted("")))
	}
	create(w, "unentered", pasted("")) // of what is not entered, a campaign of its name says nothing
	w.campaign(4, "unentered", "stopped")
	w.campaign(6, "two", "RUNNING")
	w.campaign(5, "two", "stopped")
	w.enter(create(w, "ended", pasted("")))
	w.campaign(10, "ended", "STOPPED")
	w.campaigns = append(w.campaigns,
		clevertaptest.Campaign{ID: 7, Name: "absent", Channel: "push", Status: "stopped", Start: time.Now()},
		clevertaptest.Campaign{ID: 8, Name: "old", Channel: "webhooks", Status: "running", Start: time.Now().AddDate(0, 0, -100)})
	w.start()
	code, found := w.look()
	want := []string{
		"campaign-name-shared line-campaign-bodies/two", "campaign-not-in-report line-campaign-bodies/absent",
		"campaign-not-in-report line-campaign-bodies/old", "line-account", "version-not-taken line-linked-messages/welcome",
	}
	if got := named(found.Information); code != 2 || !slices.Equal(got, want) || !strings.HasSuffix(found.Information[3].What, ": 5, 6.") {
		t.Errorf("exit %d, %+v", code, found.Information)
	}
	if got := named(found.Off); !slices.Equal(got, []string{"campaign-stopped line-campaign-bodies/ended", "not-entered line-campaign-bodies/unentered"}) {
		t.Errorf("got %q", got)
	}
	if _, found := w.look("--days=120"); slices.Contains(named(found.Information), "campaign-not-in-report line-campaign-bodies/old") {
		t.Errorf("exit %d, %+v", code, found)
	}
}

func TestStoresThatCannotBeRead(t *testing.T) {
	w := newWorld(t)
	storetest.Plant(t, ts.NewLocal(w.templates), "A/webhook-templates/x.json", []byte("{"))
	w.start()
	code, found := w.look()
	p := stateOf(t, found, "template store")
	if code != 1 || p.State != couldNot || len(p.Why) != 1 || !strings.HasPrefix(p.Why[0], "webhook-templates/x: ") || len(found.Off) != 0 {
		t.Errorf("exit %d, %+v", code, found)
	}
	if err := os.RemoveAll(w.templates); err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(plan, []byte(`{"format_version":"1.2","resource_changes":[`+planned("clevertap_webhook_template.a", "create", "a", digest(""), "false")+`]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, found = w.look("--plan", plan)
	if p := stateOf(t, found, "template store"); code != 1 || !strings.HasPrefix(p.Why[0], "there is no store at ") || len(found.Off) != 0 {
		t.Errorf("exit %d, %+v", code, found)
	}
}

// Objects of other accounts are theirs, and a document that cannot be read may be what a body reads.
func TestWhatIsNotTheAccounts(t *testing.T) {
	w := newWorld(t)
	account, publish := w.template, w.publish
	w.template, w.publish = ts.New(ts.NewLocal(w.templates), "B"), ts.New(ts.NewLocal(w.live), "B")
	create(w, "theirs", template("https://example.com"))
	create(w, "v1", messages("v1", "x"))
	w.template, w.publish = account, publish
	body := w.body("v", "")
	body.LinkedMessages = new(strings.Replace(*body.LinkedMessages, `"name":"v",`, `"name":"v","variants":true,`, 1))
	w.enter(create(w, "variants", body))
	storetest.Plant(t, ts.NewLocal(w.live), "A/line-linked-messages/v1.json", []byte("{"))
	w.start()
	code, found := w.look("--plan", planFile(t, ""))
	if p := stateOf(t, found, "publish store"); code != 1 || p.State != couldNot || len(found.Off) != 0 || strings.Contains(fmt.Sprint(found), "theirs") {
		t.Errorf("exit %d, %+v", code, found)
	}
	variant := messages("v1", "x")
	variant.VariantOf = new("w")
	if err := os.Remove(filepath.Join(w.live, "A", "line-linked-messages", "v1.json")); err != nil {
		t.Fatal(err)
	}
	create(w, "v1", variant)
	if _, found := w.look("--plan", planFile(t, "")); !slices.Equal(named(found.Off), []string{"messages-missing line-campaign-bodies/variants"}) {
		t.Errorf("got %+v", found.Off)
	}
}

// A listing that omits something proves nothing.
func TestAListingThatOmits(t *testing.T) {
	w := newWorld(t)
	server := storetest.NewServer(storetest.ServerConfig{})
	defer server.Close()
	w.templates = server.Address
	w.template = ts.New(storetest.Must(stores.Open(t.Context(), w.templates, ""))(t), "A")
	w.enter(create(w, "a", template("https://example.com/a")))
	w.enter(create(w, "b", template("https://example.com/b")))
	w.start()
	server.Unlist("A/webhook-templates/a.json", "A/receipts/webhook-templates/b.json")
	code, found := w.look()
	p := stateOf(t, found, "template store")
	if code != 1 || len(found.Off) != 0 || len(p.Why) != 2 || !strings.Contains(p.Why[0], "webhook-templates/a: the listing of ") ||
		!strings.Contains(p.Why[1], "webhook-templates/b: the listing of ") {
		t.Errorf("exit %d, %+v, %+v", code, found.Off, p)
	}
	server.AddFaults(standin.Fault{Method: "GET", Path: "/v1/store/A/webhook-templates/a.json", Status: 403, Body: "x"})
	if _, found := w.look("--plan", planFile(t, "")); len(found.Off) != 0 || !strings.Contains(stateOf(t, found, "template store").Why[0], "403 Forbidden") {
		t.Errorf("got %+v", found)
	}
	w.live = server.Address
	create(w, "far", messages("far", "x"))
	w.publish = w.template
	create(w, "c", w.body("d", ""))
	create(w, "d", messages("d", "x"))
	server.Unlist("A/line-linked-messages/d.json")
	_, found = w.look()
	if p := stateOf(t, found, "publish store"); !strings.Contains(strings.Join(p.Why, " "), "line-linked-messages/d: the listing of ") ||
		slices.Contains(named(found.Off), "messages-missing line-campaign-bodies/c") {
		t.Errorf("got %+v, %+v", found.Off, p)
	}
}
