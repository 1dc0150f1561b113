package doctor

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What must be in no report and no progress file. The token and the passcode are canaries, too.
const (
	lineToken     = "CANARY-token"
	accountID     = "CANARY-ACC-0001"
	passcode      = "CANARY-PASS"
	botName       = "CANARY bot"
	identity      = "CANARY-identity"
	channelID     = "1650031099"
	messagesName  = "CANARY_welcome"
	campaignName  = "CANARY campaign"
	statusWord    = "CANARY status"
	catalogID     = 7700881
	contentHeader = "CANARY-header"
)

var user = linetest.UserID(7)

// world is an account with all that doctor asks, and the person who uses it.
type world struct {
	t         *testing.T
	line      *linetest.Server
	cleverTap *clevertaptest.Server
	origin    *standin.Front
	documents map[string]http.HandlerFunc
	dashboard *campaigntest.Dashboard
	reference linkedcontent.Reference
	unit      string
	token     string
	// person is what the person answers in a step, by its id; a step that is not in it is left for later. do is what they do
	// before.
	person map[string]string
	do     map[string]func()
	// patience is how many questions the person answers before they close the terminal; negative is all.
	patience int
	refuses  map[string]bool // groups, by their title
	args     []string
}

// config is what may differ between accounts.
type config struct {
	line      linetest.Config
	cleverTap clevertaptest.Config
	fetch     campaigntest.FailedFetch
}

func newWorld(t *testing.T, change func(*config)) *world {
	t.Helper()
	c := config{
		line: linetest.Config{
			Token: lineToken, ChannelID: channelID, BotName: botName, PremiumID: "canary-premium", MonthlyLimit: 1000, Followers: []string{user},
		},
		cleverTap: clevertaptest.Config{AccountID: accountID, Passcode: passcode},
	}
	if change != nil {
		change(&c)
	}
	w := &world{
		t: t, line: linetest.NewServer(c.line), cleverTap: clevertaptest.NewServer(c.cleverTap), patience: -1, token: c.line.Token,
		documents: map[string]http.HandlerFunc{}, dashboard: campaigntest.NewDashboard(campaigntest.Config{FailedFetch: c.fetch}),
	}
	w.origin = standin.Start(standin.Config{Handler: http.HandlerFunc(func(writer http.ResponseWriter, r *http.Request) {
		if serve := w.documents[path.Base(r.URL.Path)]; serve != nil {
			serve(writer, r)
			return
		}
		http.NotFound(writer, r)
	})})
	t.Cleanup(w.line.Close)
	t.Cleanup(w.cleverTap.Close)
	t.Cleanup(w.origin.Close)
	w.cleverTap.SetProfile(identity, map[string]any{"LineID": user, "Name": "CANARY \"Aya\""})
	upload, err := clevertap.New(clevertap.Config{AccountID: c.cleverTap.AccountID, Passcode: c.cleverTap.Passcode, APIURL: w.cleverTap.URL})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := upload.Upload(t.Context(), []clevertap.Record{{Identity: identity, Set: map[string]string{"LineID": user}}}); err != nil {
		t.Fatal(err)
	}
	w.cleverTap.AddCatalog(catalogID)
	w.cleverTap.AddCampaign(clevertaptest.Campaign{
		ID: 1650031077, Name: campaignName, Channel: "webhooks", Delivery: "one_time", Status: "running", Start: time.Now().Add(-48 * time.Hour),
	})
	w.publish()
	w.person = map[string]string{
		"save-template": "saved", "line-oauth2": "unused", "test-linked-content": "shown", "save-campaign": "linked-json", "send-test": "came", "broken-test": "aborted",
	}
	w.do = map[string]func(){"send-test": func() { w.send(messagesName) }}
	w.args = []string{"--profile", identity, "--catalog", "7700881", "--served-at", w.origin.URL + "/CANARY-path/" + messagesName + ".json"}
	lineCredentials := map[string]string{cli.EnvLineToken: c.line.Token, cli.EnvLineChannelID: "", cli.EnvLineChannelSecret: ""}
	if secret := c.line.ChannelSecret; secret != "" {
		lineCredentials = map[string]string{cli.EnvLineToken: "", cli.EnvLineChannelID: channelID, cli.EnvLineChannelSecret: secret}
	}
	for name, value := range lineCredentials {
		t.Setenv(name, value)
	}
	for name, value := range map[string]string{
		cli.EnvLineAPIURL: w.line.URL, cli.EnvCleverTapAccountID: accountID, cli.EnvCleverTapPasscode: passcode,
		cli.EnvCleverTapRegion: "", cli.EnvCleverTapAPIURL: w.cleverTap.URL,
		cli.EnvReadBackHeaderName: "X-Key", cli.EnvReadBackHeaderValue: contentHeader,
	} {
		t.Setenv(name, value)
	}
	return w
}

// publish puts a document where it is served, and makes the reference of bodies that read it.
func (w *world) publish() {
	w.t.Helper()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(`{"type":"text","text":"Hello, {{ Profile.Greeting | default: 'there' }}!"}`))
	if err != nil {
		w.t.Fatal(err)
	}
	w.unit = linkedcontent.VersionUnit(messagesName, cut.ContentSHA256)
	w.reference = linkedcontent.Reference{
		LinkedContent: "line_messages", Name: messagesName, Shape: cut.Shape, Tags: cut.Tags, TrackVersions: true,
	}
	document, err := json.Marshal(map[string]any{
		"name": messagesName, "shape": cut.Shape, "parts": cut.Parts, "tags": cut.Tags, "unit": w.unit, "content_sha256": cut.ContentSHA256,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.documents[messagesName+".json"] = serve(string(document), "Content-Type", "application/json", "Cache-Control", "max-age=60")
}

// serve is a server that always answers 200 with a body.
func serve(body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		_, _ = w.Write([]byte(body))
	}
}

// send sends the campaign, with its parameter mapped to a name, as a person does in the dashboard.
func (w *world) send(parameter string) campaigntest.Outcome {
	w.t.Helper()
	body, err := w.reference.Body(linkedcontent.Envelope{To: "{{ Profile.LineID | default: 'N.A' }}"})
	if err != nil {
		w.t.Fatal(err)
	}
	saved := []error{
		w.dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
			Name: "LINE push", Method: "POST", URL: w.line.URL + "/v2/bot/message/push",
			Headers: map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + w.token},
		}),
		w.dashboard.SaveLinkedContent(campaigntest.LinkedContent{
			Name: "line_messages", Method: "GET", EndpointURL: w.origin.URL + "/CANARY-path/{{message}}.json",
		}),
		w.dashboard.SaveCampaign(campaigntest.Campaign{
			Name: campaignName, WebhookTemplate: "LINE push", Body: body,
			LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": {"message": {Constant: parameter}}},
		}),
	}
	for _, err := range saved {
		if err != nil {
			w.t.Fatal(err)
		}
	}
	report, err := w.dashboard.Send(w.t.Context(), campaignName, w.cleverTap.Profiles())
	if err != nil || len(report.Messages) != 1 {
		w.t.Fatalf("sent %+v, %v", report, err)
	}
	return report.Messages[0].Outcome
}

// ran is what a run left.
type ran struct {
	code         int
	report, said string
}

// run gives the command at a terminal; see [world.runAt].
func (w *world) run(more ...string) ran { return w.runAt(w.t.Context(), true, more...) }

func (w *world) runAt(ctx context.Context, terminal bool, more ...string) ran {
	w.t.Helper()
	var report, said bytes.Buffer
	command := newCommand(func(any) bool { return terminal })
	command.SetArgs(append(append([]string{}, w.args...), more...))
	command.SetIn(&typist{world: w, said: &said})
	command.SetOut(&report)
	command.SetErr(&said)
	code := cli.Execute(ctx, command)
	for _, unserved := range append(w.line.Unserved(), w.cleverTap.Unserved()...) {
		w.t.Errorf("not served: %s", unserved)
	}
	return ran{code: code, report: report.String(), said: said.String()}
}

// typist is the person at the terminal: each read is the answer to what was said last.
type typist struct {
	*world
	said  *bytes.Buffer
	typed int
}

func (p *typist) Read(line []byte) (int, error) {
	if p.typed == p.patience {
		return 0, io.EOF
	}
	p.typed++
	return copy(line, p.answer()+"\n"), nil
}

func (p *typist) answer() string {
	said := p.said.String()
	if strings.HasSuffix(said, "Ask? [y/n] ") {
		for title := range p.refuses {
			if i := strings.LastIndex(said, "\n"+title+"\n"); i >= 0 && !strings.Contains(said[i:len(said)-len("Ask? [y/n] ")], "Ask?") {
				return "n"
			}
		}
		return "y"
	}
	last, at := steps[0], -1
	for _, step := range steps {
		if i := strings.LastIndex(said, "\n"+step.title+"\n"); i > at {
			last, at = step, i
		}
	}
	id, ok := p.person[last.id]
	if !ok {
		return ""
	}
	if do := p.do[last.id]; do != nil {
		do()
		id = p.person[last.id] // they may have changed their mind
	}
	answer, ok := last.answer(id)
	number := regexp.MustCompile(`(?m)^ +(\d+)  ` + regexp.QuoteMeta(answer.choice) + `$`).FindStringSubmatch(said[at:])
	if !ok || number == nil {
		p.t.Fatalf("%s has no choice %s:\n%s", last.id, id, said[at:])
	}
	return number[1]
}
