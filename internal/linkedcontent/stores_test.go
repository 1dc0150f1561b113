package linkedcontent_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	lineToken = "token-of-the-test-channel"
	accountID = "TEST-AAA"
	passcode  = "passcode-of-the-test"
)

// publishStore is a store, and how CleverTap reads it.
type publishStore struct {
	backend    ts.Backend
	api        campaigntest.LinkedContent
	attributes string
}

// served is a store that is read as files are, from a server that has nothing else.
func served(t *testing.T, backend ts.Backend) publishStore {
	t.Helper()
	server := standin.Start(standin.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _, err := backend.Get(r.Context(), strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(data)
	})})
	t.Cleanup(server.Close)
	return publishStore{backend: backend, api: campaigntest.LinkedContent{
		Name: "line_messages", Method: "GET", EndpointURL: server.URL + "/default/line-linked-messages/{{message}}.json",
	}}
}

func inCatalog(t *testing.T, config clevertaptest.CatalogConfig) publishStore {
	t.Helper()
	server := clevertaptest.NewServer(clevertaptest.Config{AccountID: accountID, Passcode: passcode, Catalogs: config})
	t.Cleanup(server.Close)
	var columns []clevertaptest.Column
	for _, name := range catalogstore.Columns() {
		columns = append(columns, clevertaptest.Column{Name: name, Type: "string"})
	}
	server.AddCatalog(7, columns...)
	client, err := clevertap.New(clevertap.Config{AccountID: accountID, Passcode: passcode, APIURL: server.URL, HTTP: httpclient.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	backend, err := catalogstore.New(catalogstore.Config{Client: client, CatalogID: 7})
	if err != nil {
		t.Fatal(err)
	}
	key := config.AttributesKey
	if key == "" {
		key = "attributes"
	}
	return publishStore{backend: backend, attributes: key, api: campaigntest.LinkedContent{
		Name: "line_messages", Method: "GET", EndpointURL: server.URL + "/v2/catalogs/7/products/{{message}}",
		Headers: map[string]string{"X-CleverTap-Account-Id": accountID, "X-CleverTap-Passcode": passcode},
	}}
}

// Through each store LINE gets what the pasted body would have sent.
func TestEachStoreSendsWhatIsPasted(t *testing.T) {
	t.Parallel()
	stores := map[string]func(t *testing.T) publishStore{
		"local": func(t *testing.T) publishStore { return served(t, ts.NewLocal(t.TempDir())) },
		"http": func(t *testing.T) publishStore {
			server := storetest.NewServer(storetest.ServerConfig{})
			t.Cleanup(server.Close)
			backend, err := ts.NewHTTP(ts.HTTPConfig{Address: server.Address, Client: httpclient.New(httpclient.Config{})})
			if err != nil {
				t.Fatal(err)
			}
			return served(t, backend)
		},
		"s3": func(t *testing.T) publishStore {
			if os.Getenv("TF_ACC") == "" {
				t.Skip("the S3 server is for acceptance tests")
			}
			backend, err := ts.NewS3(t.Context(), storetest.StartS3(t).Config())
			if err != nil {
				t.Fatal(err)
			}
			return served(t, backend)
		},
		"catalog": func(t *testing.T) publishStore { return inCatalog(t, clevertaptest.CatalogConfig{}) },
		"catalog with customAttributes": func(t *testing.T) publishStore {
			return inCatalog(t, clevertaptest.CatalogConfig{AttributesKey: "customAttributes"})
		},
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sendsWhatIsPasted(t, open(t))
		})
	}
}

func sendsWhatIsPasted(t *testing.T, p publishStore) {
	t.Helper()
	line := linetest.NewServer(linetest.Config{Token: lineToken, Followers: linetest.UserIDs(2)})
	t.Cleanup(line.Close)
	dashboard := campaigntest.NewDashboard(campaigntest.Config{})
	must(t, dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
		Name: "LINE push", Method: "POST", URL: line.URL + "/v2/bot/message/push",
		Headers: map[string]string{"Authorization": "Bearer " + lineToken, "Content-Type": "application/json"},
	}))
	must(t, dashboard.SaveLinkedContent(p.api))
	profiles := map[string]map[string]any{
		"mia": {"LineID": linetest.UserID(0), "Name": "Mia あ"}, "noa": {"LineID": linetest.UserID(1), "Plan": "gold"},
	}
	store, n := ts.New(p.backend, ""), 0
	send := func(t rapid.TB, text string) {
		t.Helper()
		n++
		sendBoth(t, p, store, dashboard, profiles, line, fmt.Sprintf("message_%d", n), text)
	}
	for _, text := range []string{
		`she said "hi" and 'bye' to {{ Profile.Name | default: 'あ' }}`,
		`C:\new\table \\ \u0041 {{ Profile.Name }} </script><!-- & --> } }} {"a":1}`,
		"😀👩‍👩‍👧 a\u2028b\u2029c{{- Profile.Name -}} \n d {% if Profile.Plan == 'gold' %}\"gold\"{% else %}none{% endif %}",
		strings.Repeat("長い文 \"x\" ", 600),
	} {
		send(t, text)
	}
	random := rapid.SliceOfN(rapid.OneOf(plainText(), liquid()), 0, 6)
	// Liquid trims the text next to a tag with a dash. The engine goes on behind a tag that prints nothing.
	apart := strings.NewReplacer("-}}{", "-}}.{", "}{{-", "}.{{-", "-%}{", "-%}.{", "}{%-", "}.{%-")
	rapid.Check(t, func(t *rapid.T) { send(t, "x"+apart.Replace(strings.Join(random.Draw(t, "text"), ""))) })
}

// sendBoth publishes a message and sends it both ways to all who have a profile.
func sendBoth(
	t rapid.TB, p publishStore, store *ts.Store, dashboard *campaigntest.Dashboard, profiles map[string]map[string]any, line *linetest.Server,
	name, text string,
) {
	t.Helper()
	encoded, err := json.Marshal(map[string]string{"type": "text", "text": text})
	must(t, err)
	messages := linebody.ParseMessages(string(encoded), `{"type":"sticker","packageId":"446","stickerId":"1988"}`)
	cut, err := linkedcontent.Cut(messages)
	must(t, err)
	if p.attributes != "" && len(cut.Parts) > catalogstore.MaxParts {
		return
	}
	_, err = ts.Create(context.Background(), store, name, ts.LineLinkedMessages{
		Shape: cut.Shape, Parts: cut.Parts, Unit: linkedcontent.VersionUnit(name, cut.ContentSHA256), ContentSHA256: cut.ContentSHA256,
		Tags: cut.Tags, LinkedContent: "line_messages",
	})
	must(t, err)
	const to = "{{ Profile.LineID | default: 'N.A' }}"
	pasted, err := linebody.Build(linebody.Body{To: to, Messages: messages})
	must(t, err)
	linked, err := linkedcontent.Reference{
		LinkedContent: "line_messages", Name: name, Shape: cut.Shape, Tags: cut.Tags, Attributes: p.attributes,
	}.Body(linkedcontent.Envelope{To: to})
	must(t, err)
	for _, body := range []string{pasted, linked} {
		must(t, dashboard.SaveCampaign(campaigntest.Campaign{
			Name: "campaign", WebhookTemplate: "LINE push", Body: body,
			LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": {"message": {Constant: name}}},
		}))
		report, err := dashboard.Send(context.Background(), "campaign", profiles)
		if err != nil || report.Count(campaigntest.Sent) != len(profiles) {
			t.Fatalf("%s: %v: %+v", body, err, report)
		}
	}
	for user := range 2 {
		got := line.Received(linetest.UserID(user))
		one, other := got[len(got)-2], got[len(got)-1]
		if !reflect.DeepEqual(understood(t, one), understood(t, other)) {
			t.Errorf("%q: user %d got %s pasted and %s linked", text, user, one.Messages, other.Messages)
		}
	}
}

func understood(t rapid.TB, received linetest.Received) (messages []any) {
	t.Helper()
	for _, raw := range received.Messages {
		var message any
		must(t, json.Unmarshal(raw, &message))
		messages = append(messages, message)
	}
	return messages
}

func must(t rapid.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
