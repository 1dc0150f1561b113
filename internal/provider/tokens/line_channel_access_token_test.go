package tokens_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	typeName = "clevertap_line_channel_access_token"
	secret   = "CANARY+channel/secret="
)

// world is a provider that knows of LINE nothing but its address, and a LINE that knows an assertion signing key.
type world struct {
	t          *testing.T
	line       *linetest.Server
	provider   *acctest.Server
	key, keyID string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, line: acctest.LineServer(t, linetest.Config{ChannelSecret: secret})}
	var err error
	if w.key, w.keyID, err = w.line.NewKey(); err != nil {
		t.Fatal(err)
	}
	w.provider = acctest.NewServer(t, fmt.Sprintf(`{"line":{"api_url":%q,"channel_access_token":null,"channel_id":null,"channel_secret":null,`+
		`"validate_messages":null,"verify_tokens":null,"strict_message_types":null,"ignored_message_warnings":null,`+
		`"max_requests_per_second":null,"max_concurrent_requests":null},"max_retries":0}`, w.line.URL))
	return w
}

// config is the configuration with a key, with changes; nil leaves an argument out.
func (w *world) config(changes map[string]any) string {
	w.t.Helper()
	arguments := map[string]any{
		"channel_id": linetest.ChannelID, "channel_secret": secret, "assertion_private_key": w.key, "assertion_key_id": w.keyID,
	}
	for name, value := range changes {
		arguments[name] = value
	}
	text, err := json.Marshal(arguments)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func (w *world) schema() *tfprotov6.Schema {
	return w.provider.Schemas.EphemeralResourceSchemas[typeName]
}

func (w *world) open(config string) *tfprotov6.OpenEphemeralResourceResponse {
	w.t.Helper()
	resp, err := w.provider.OpenEphemeralResource(w.t.Context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: typeName, Config: w.provider.Value(w.schema(), config),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return resp
}

func (w *world) close(private []byte) []*tfprotov6.Diagnostic {
	w.t.Helper()
	resp, err := w.provider.CloseEphemeralResource(w.t.Context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: typeName, Private: private})
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.Diagnostics
}

// opened are the result's attributes as text, and that it is never renewed.
func (w *world) opened(resp *tfprotov6.OpenEphemeralResourceResponse) map[string]string {
	w.t.Helper()
	w.provider.Check(nil, resp.Diagnostics)
	if !resp.RenewAt.IsZero() {
		w.t.Errorf("it is to be renewed at %s", resp.RenewAt)
	}
	attributes := map[string]string{}
	for name, value := range w.provider.Object(w.schema().ValueType(), resp.Result) {
		var text string
		number := new(big.Float)
		switch {
		case value.IsNull():
			continue
		case value.As(&number) == nil:
			text = number.Text('f', -1)
		default:
			if err := value.As(&text); err != nil {
				w.t.Fatal(err)
			}
		}
		attributes[name] = text
	}
	return attributes
}

// alive asks LINE with a token.
func (w *world) alive(token string) bool {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.line.URL+"/v2/bot/info", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func (w *world) asked(path string) (n int) {
	for _, request := range w.line.Requests() {
		if request.Path == path {
			n++
		}
	}
	return n
}

// near says whether a time is that far from now, give or take a minute.
func near(t *testing.T, text string, life time.Duration) bool {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	return err == nil && time.Until(at) < life+time.Second && time.Until(at) > life-time.Minute
}

func TestAStatelessTokenIsOpened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp := w.open(w.config(map[string]any{"assertion_private_key": nil, "assertion_key_id": nil}))
	got := w.opened(resp)
	_, hasKeyID := got["key_id"]
	if token := got["channel_access_token"]; !w.alive(token) || got["expires_in"] != "900" || !near(t, got["expires_at"], 15*time.Minute) || hasKeyID {
		t.Errorf("opened %v", got)
	}
	if diagnostics := w.close(resp.Private); len(diagnostics) > 0 || !w.alive(got["channel_access_token"]) {
		t.Errorf("closed with %v", diagnostics)
	}
	if w.asked("/oauth2/v3/token") != 1 || w.asked("/oauth2/v2.1/revoke") != 0 {
		t.Error("a stateless token is issued once, and cannot be revoked")
	}
}

func TestATokenOfVersion21IsRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for lifetime, want := range map[any]string{nil: "900", 3600: "3600", 2592000: "2592000", 1: "1"} {
		resp := w.open(w.config(map[string]any{"lifetime_seconds": lifetime}))
		got := w.opened(resp)
		token := got["channel_access_token"]
		life, err := time.ParseDuration(want + "s")
		if err != nil {
			t.Fatal(err)
		}
		if !w.alive(token) || got["expires_in"] != want || !near(t, got["expires_at"], life) || len(got["key_id"]) != 22 {
			t.Errorf("opened %v", got)
		}
		if diagnostics := w.close(resp.Private); len(diagnostics) > 0 || w.alive(token) {
			t.Errorf("closed with %v", diagnostics)
		}
	}
}

// LINE revokes with the channel secret alone.
func TestATokenWithoutASecretLivesItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp := w.open(w.config(map[string]any{"channel_secret": nil}))
	token := w.opened(resp)["channel_access_token"]
	if diagnostics := w.close(resp.Private); len(diagnostics) > 0 || !w.alive(token) || w.asked("/oauth2/v2.1/revoke") != 0 {
		t.Errorf("closed with %v", diagnostics)
	}
}

func TestARevocationThatFailsIsAWarning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, test := range []struct {
		fault standin.Fault
		want  string
	}{
		{standin.Fault{Status: 500, Body: `{"message":"Internal error"}`}, "LINE answered 500 Internal Server Error: Internal error"},
		{standin.Fault{Reset: true}, "no answer from LINE"},
		{standin.Fault{Status: 200, Body: "<html>" + secret}, "200 OK, but with a body"},
		{linetest.ErrorFault(400, "no: "+secret), "LINE answered 400 Bad Request: no: [redacted]"},
	} {
		resp := w.open(w.config(nil))
		got := w.opened(resp)
		w.line.AddFaults(test.fault)
		diagnostics := w.close(resp.Private)
		if len(diagnostics) != 1 || diagnostics[0].Severity != tfprotov6.DiagnosticSeverityWarning {
			t.Fatalf("closed with %v", diagnostics)
		}
		said := diagnostics[0].Summary + diagnostics[0].Detail
		for _, want := range []string{test.want, "was not revoked", got["key_id"], "lives until " + got["expires_at"]} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not said: %s", want, said)
			}
		}
		if strings.Contains(said, "CANARY") || strings.Contains(said, got["channel_access_token"]) {
			t.Errorf("what is secret is said: %s", said)
		}
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, test := range map[string]struct {
		changes map[string]any
		want    string
	}{
		"secret": {map[string]any{"channel_secret": "CANARY-other", "assertion_private_key": nil, "assertion_key_id": nil}, "Invalid 'client_credentials'."},
		"key ID": {map[string]any{"assertion_key_id": "other"}, "Cannot find channel key that satisfies the conditions"},
		"ID":     {map[string]any{"channel_id": "1"}, "iss and clientId of key do not match"},
	} {
		diagnostics := w.open(w.config(test.changes)).Diagnostics
		if len(diagnostics) != 1 || diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError || !strings.Contains(diagnostics[0].Detail, test.want) ||
			strings.Contains(diagnostics[0].Detail, "CANARY") {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

func TestConfigurationsOfTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	none := map[string]any{"channel_secret": nil, "assertion_private_key": nil, "assertion_key_id": nil}
	with := func(changes map[string]any, name string, value any) map[string]any {
		all := map[string]any{name: value}
		for name, value := range changes {
			if _, has := all[name]; !has {
				all[name] = value
			}
		}
		return all
	}
	for name, test := range map[string]struct {
		changes map[string]any
		want    string
	}{
		"all":                {nil, ""},
		"secret":             {with(none, "channel_secret", "x"), ""},
		"key":                {map[string]any{"channel_secret": nil}, ""},
		"nothing":            {none, "At least one of these attributes must be configured"},
		"key without its ID": {map[string]any{"assertion_key_id": nil}, "These attributes must be configured together"},
		"ID without a key":   {with(with(none, "assertion_key_id", "x"), "channel_secret", "x"), "must be configured together"},
		"no channel":         {map[string]any{"channel_id": ""}, "the LINE channel ID is empty"},
		"channel by name":    {map[string]any{"channel_id": "abc"}, "has other characters than digits"},
		"empty secret":       {with(none, "channel_secret", ""), "the LINE channel secret is empty"},
		"line break":         {map[string]any{"channel_secret": "CANARY\n"}, "holds a space, a line break"},
		"invisible":          {map[string]any{"channel_secret": "CANARY\u200b"}, "holds a space, a line break"},
		"no key":             {map[string]any{"assertion_private_key": "CANARY"}, "neither PEM"},
		"half a key":         {map[string]any{"assertion_private_key": w.key[:len(w.key)/2]}, "neither PEM"},
		"no lifetime":        {map[string]any{"lifetime_seconds": 0}, "must be between 1 and 2592000"},
		"long lifetime":      {map[string]any{"lifetime_seconds": 2592001}, "must be between 1 and 2592000"},
		"stateless lifetime": {with(with(none, "channel_secret", "x"), "lifetime_seconds", 60), "assertion_private_key"},
	} {
		resp, err := w.provider.ValidateEphemeralResourceConfig(t.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{
			TypeName: typeName, Config: w.provider.Value(w.schema(), w.config(test.changes)),
		})
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		for _, d := range resp.Diagnostics {
			said.WriteString(d.Summary + ": " + d.Detail + "\n")
		}
		if (said.String() == "") != (test.want == "") || !strings.Contains(said.String(), test.want) || strings.Contains(said.String(), "CANARY") {
			t.Errorf("%s: %q, want %q", name, said.String(), test.want)
		}
	}
	if len(w.line.Requests()) > 0 {
		t.Error("LINE was asked")
	}
}
