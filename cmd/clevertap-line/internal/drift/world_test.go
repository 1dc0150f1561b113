package drift

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// The canaries: secrets and LINE user IDs, which no output may show.
const (
	lineToken = "line-canary-token"
	passcode  = "passcode-canary"
	headerKey = "header-canary-value"
	secret    = "text-canary"
)

var entered = time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)

// world is two stores, LINE, CleverTap, a server of messages, a plan and an audit log, in which nothing is off.
type world struct {
	t                 *testing.T
	templates, live   string
	template, publish *ts.Store

	line      linetest.Config
	token     string
	campaigns []clevertaptest.Campaign
	profile   map[string]any
	served    map[string]string
	plan      []string
	records   []string

	lineServer *linetest.Server
	cleverTap  *clevertaptest.Server
	servedFrom *standin.Front
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		t: t, templates: filepath.Join(t.TempDir(), "templates"), live: filepath.Join(t.TempDir(), "live"), token: lineToken,
		line:    linetest.Config{Token: lineToken, Followers: linetest.UserIDs(3), MonthlyLimit: 3},
		profile: map[string]any{"LineID": linetest.UserID(1)}, served: map[string]string{},
	}
	w.template, w.publish = ts.New(ts.NewLocal(w.templates), "A"), ts.New(ts.NewLocal(w.live), "A")
	w.servedFrom = standin.Start(standin.Config{Handler: http.HandlerFunc(w.serve)})
	t.Cleanup(w.servedFrom.Close)

	w.enter(create(w, "LINE push", template("https://api.line.me/v2/bot/message/push")))
	w.enter(create(w, "line_messages", ts.LinkedContent{HTTPMethod: "GET", EndpointURL: "https://example.com/{{message}}.json", ContentSHA256: digest("api")}))
	welcome := messages("welcome", "Hello")
	welcome.ServedAt = new(w.servedFrom.URL + "/welcome")
	create(w, "welcome", welcome)
	w.enter(create(w, "welcome", w.body("welcome", welcome.Shape)))
	w.campaign(1, "welcome", "running")
	w.record("Campaign Save", 1, "2026-03-01T11:59:59+09:00")
	return w
}

// document is one in a store.
type document struct {
	kind ts.Kind
	name string
}

func create[T ts.Content](w *world, name string, content T) document {
	w.t.Helper()
	store := w.template
	if ts.KindOf[T]().Live() {
		store = w.publish
	}
	if _, err := ts.Create(w.t.Context(), store, name, storetest.Sealed(name, content)); err != nil {
		w.t.Fatal(err)
	}
	return document{ts.KindOf[T](), name}
}

func (w *world) enter(d document) document {
	return w.enterAs(d, "")
}

func (w *world) enterAs(d document, sha256 string) document {
	w.t.Helper()
	_, err := ts.Enter(w.t.Context(), w.template, d.kind, d.name, ts.Entering{ContentSHA256: sha256, By: "ann@example.com", At: entered})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// drop removes the document of an object, as an apply does.
func (w *world) drop(d document) {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.templates, "A", string(d.kind), d.name+".json")); err != nil {
		w.t.Fatal(err)
	}
}

func template(url string) ts.WebhookTemplate {
	return ts.WebhookTemplate{HTTPMethod: "POST", DestinationURL: url, ContentSHA256: digest(url)}
}

func digest(text string) string { return linkedcontent.ContentSHA256(text) }

func messages(name, text string) ts.LineLinkedMessages {
	cut, err := linkedcontent.Cut(linebody.ParseMessages(fmt.Sprintf(`{"type":"text","text":%q}`, text+", {{ Profile.Name | default: 'x' }}! "+secret)))
	if err != nil {
		panic(err)
	}
	return ts.LineLinkedMessages{
		Shape: cut.Shape, Parts: cut.Parts, Tags: cut.Tags, ContentSHA256: cut.ContentSHA256, LinkedContent: "line_messages",
		Unit: linkedcontent.VersionUnit(name, cut.ContentSHA256), TrackVersions: new(true),
	}
}

// body reads messages, with the Liquid that messages has or with another one.
func (w *world) body(reads, shape string) ts.LineCampaignBody {
	tags := messages("", "").Tags
	if linkedcontent.Shape(tags) != shape {
		tags = []string{"{{ Profile.City }}"}
	}
	reference := linkedcontent.Reference{LinkedContent: "line_messages", Name: reads, Shape: linkedcontent.Shape(tags), Tags: tags, TrackVersions: true}
	return ts.LineCampaignBody{LinkedMessages: new(reference.String()), TrackVersions: new(true), Body: secret, ContentSHA256: digest(reference.String())}
}

// pasted is a body that carries its messages itself.
func pasted(property string) ts.LineCampaignBody {
	b := ts.LineCampaignBody{
		Messages: []json.RawMessage{json.RawMessage(`{"type":"text","text":"` + secret + `"}`)}, Body: secret, ContentSHA256: digest(property),
	}
	if property != "" {
		b.To.ProfileProperty = &property
	}
	return b
}

func (w *world) campaign(id int64, name, status string) {
	w.campaigns = append(w.campaigns, clevertaptest.Campaign{
		ID: id, Name: name, Channel: "webhooks", Delivery: "one_time", Status: status, Start: time.Now().AddDate(0, 0, -3),
	})
}

func (w *world) record(action string, id any, date string) {
	text, _ := json.Marshal(map[string]any{
		"Date": date, "Email": "bob@example.com", "Action": action, "Action ID": id, "Description": "Saved Campaign", "IP Address": "192.0.2.1",
	})
	w.records = append(w.records, string(text))
}

// serve answers what is published, or what w.served has in its place.
func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Key") != headerKey {
		http.Error(rw, "no "+r.Header.Get("X-Key"), http.StatusForbidden)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	text, replaced := w.served[name]
	if !replaced {
		data, err := os.ReadFile(filepath.Join(w.live, "A", "line-linked-messages", name+".json"))
		if err != nil {
			http.NotFound(rw, r)
			return
		}
		text = string(data)
	}
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = rw.Write([]byte(text))
}

// planText is a plan that has all that the stores have, and what was added.
func (w *world) planText() string {
	changes := slices.Clone(w.plan)
	types := map[ts.Kind]string{
		ts.WebhookTemplates: "clevertap_webhook_template", ts.LinkedContents: "clevertap_linked_content",
		ts.LineCampaignBodies: "clevertap_line_campaign_body", ts.LinkedMessages: "clevertap_line_linked_messages",
	}
	for _, place := range []string{w.templates, w.live} {
		backend, err := stores.Open(w.t.Context(), place, "")
		if err != nil {
			w.t.Fatal(err)
		}
		_, standings, err := ts.Standings(w.t.Context(), backend)
		if err != nil {
			w.t.Fatal(err)
		}
		for i, s := range standings {
			if s.Content != nil {
				changes = append(changes, planned(fmt.Sprintf("%s.a%d", types[s.Kind], i), "no-op", s.Name, s.ContentSHA256, "false"))
			}
		}
	}
	return `{"format_version":"1.2","complete":true,"resource_changes":[` + strings.Join(changes, ",") + `]}`
}

func planned(address, action, name, sha256, sensitive string) string {
	kind, _, _ := strings.Cut(address, ".")
	value := fmt.Sprintf(`{"name":%q,"content_sha256":%q,"destination_url":%q}`, name, sha256, secret)
	before, after := value, value
	switch action {
	case "create":
		before = "null"
	case "delete":
		after = "null"
	}
	return fmt.Sprintf(`{"address":%q,"mode":"managed","type":%q,"change":{"actions":[%q],"before":%s,"after":%s,"after_unknown":{},`+
		`"before_sensitive":false,"after_sensitive":%s}}`, address, kind, action, before, after, sensitive)
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	entry, err := archive.Create("audit.json")
	if err == nil {
		_, err = entry.Write([]byte(text))
	}
	if err = cmpErr(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// start starts the servers, and sets the environment that leads to them.
func (w *world) start() {
	t := w.t
	w.lineServer = linetest.NewServer(w.line)
	t.Cleanup(w.lineServer.Close)
	w.cleverTap = clevertaptest.NewServer(clevertaptest.Config{AccountID: "A", Passcode: passcode})
	t.Cleanup(w.cleverTap.Close)
	for _, c := range w.campaigns {
		w.cleverTap.AddCampaign(c)
	}
	w.cleverTap.SetProfile("user-1", w.profile)
	for name, value := range map[string]string{
		"LINE_CHANNEL_ACCESS_TOKEN": w.token, "LINE_API_URL": w.lineServer.URL,
		"CLEVERTAP_ACCOUNT_ID": "A", "CLEVERTAP_PASSCODE": passcode, "CLEVERTAP_API_URL": w.cleverTap.URL, "CLEVERTAP_REGION": "",
		"CLEVERTAP_READ_BACK_HEADER_NAME": "X-Key", "CLEVERTAP_READ_BACK_HEADER_VALUE": headerKey,
	} {
		t.Setenv(name, value)
	}
}

// run looks at all there is.
func (w *world) run(args ...string) clitest.Result {
	w.t.Helper()
	logs := filepath.Join(w.t.TempDir(), "logs")
	file := filepath.Join(logs, "audit", "x", "audit_x_1.zip")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(file, zipped(w.t, "["+strings.Join(w.records, ",")+"]"), 0o644); err != nil {
		w.t.Fatal(err)
	}
	all := []string{"--publish-store", w.live, "--plan", "-", "--audit-log", logs, "--retries=0", w.templates}
	got := clitest.Run(w.t, New(), w.planText(), append(all, args...)...)
	w.wantNoCanary(got.Stdout + got.Stderr)
	return got
}

func (w *world) wantNoCanary(text string) {
	w.t.Helper()
	for _, canary := range append(linetest.UserIDs(3), lineToken, passcode, headerKey, secret, "192.0.2.1") {
		if strings.Contains(text, canary) {
			w.t.Errorf("%s is in\n%s", canary, text)
		}
	}
}

// look gives what a run says as JSON.
func (w *world) look(args ...string) (code int, found jsonResult) {
	w.t.Helper()
	got := w.run(append(args, "--format=json")...)
	if err := json.Unmarshal([]byte(got.Stdout), &found); err != nil {
		w.t.Fatalf("%v: %+v", err, got)
	}
	return got.Code, found
}

// named are the checks that found something, each with its object.
func named(all []jsonFinding) (names []string) {
	for _, f := range all {
		names = append(names, strings.TrimSpace(f.Check+" "+f.Object))
	}
	slices.Sort(names)
	return names
}
