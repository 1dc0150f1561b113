package send

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	token = "token-of-the-test-channel"
	hi    = `{"type":"text","text":"Hi {{ Profile.Name | default: 'you' }}"}`
)

// start stands in for LINE, where the environment leads to it.
func start(t *testing.T, limit int) *linetest.Server {
	t.Helper()
	server := linetest.NewServer(linetest.Config{Token: token, Followers: linetest.UserIDs(2), MonthlyLimit: limit})
	t.Cleanup(server.Close)
	t.Setenv(cli.EnvLineToken, token)
	t.Setenv(cli.EnvLineAPIURL, server.URL)
	t.Setenv(cli.EnvCleverTapAccountID, "")
	return server
}

// run runs the subcommand where a person types, or nobody does.
func run(t *testing.T, person bool, stdin string, args ...string) clitest.Result {
	t.Helper()
	result := clitest.Run(t, newCommand(func(any) bool { return person }), stdin, append([]string{"--to", linetest.UserID(0)}, args...)...)
	result.Stdout = anyUUID.ReplaceAllString(result.Stdout, "ID")
	return result
}

var anyUUID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "welcome.line.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func received(server *linetest.Server) (messages []string) {
	for _, push := range server.Received(linetest.UserID(0)) {
		messages = append(messages, string(push.Messages[0]))
	}
	return messages
}

const took = "LINE took the message (request id ID). Whether it arrived LINE does not say: it takes messages to those, too, who " +
	"blocked the account or never added it as a friend.\n"

func TestSendAsks(t *testing.T) {
	server := start(t, 5)
	name := file(t, hi)
	shown := "To " + linetest.UserID(0) + ":\n  1. text \"Hi Aya\"\nOf 5 messages of this month, about 5 are left; this is one of them.\n"
	for _, test := range []struct {
		typed  string
		want   clitest.Result
		pushes int
	}{
		{"n\n", clitest.Result{Code: 1, Stdout: shown, Stderr: "Send it? [y/n] Error: nothing was sent\n"}, 0},
		{"", clitest.Result{Code: 1, Stdout: shown, Stderr: "Send it? [y/n] \nError: nothing was sent\nthe input has ended\n"}, 0},
		{"well\nY\n", clitest.Result{Stdout: shown + took, Stderr: "Send it? [y/n] Send it? [y/n] "}, 1},
	} {
		if got := run(t, true, test.typed, "--value", "Profile.Name=Aya", name); got != test.want || len(received(server)) != test.pushes {
			t.Errorf("%q: got %+v, want %+v, received %q", test.typed, got, test.want, received(server))
		}
	}
	if got := received(server); got[0] != `{"type":"text","text":"Hi Aya"}` {
		t.Errorf("received %q", got)
	}
}

// Without a person and without --yes, LINE is not even asked.
func TestSendRefusesToGuess(t *testing.T) {
	server := start(t, 0)
	name := file(t, hi)
	const nobody = "Error: nobody can be asked here: give --yes to send without asking, or --dry-run to see what would be sent\nSee 'send --help'.\n"
	for _, test := range []struct {
		person bool
		args   []string
		want   string
	}{
		{false, []string{name}, nobody},
		{true, []string{"-"}, nobody},
		{true, []string{"--yes", "--dry-run", name}, "none of the others can be"},
		{true, []string{"--to", "C" + linetest.UserID(0)[1:], name}, "is no LINE user ID, which is U and 32 lower-case hexadecimal digits; a test message is sent to one user, and never to a group or room"},
		{true, []string{"--to", "", name}, "--to: "},
		{true, []string{"--value", "Name", name}, "--value is name=value"},
		{true, nil, "missing NAME|FILE"},
		{true, []string{name, name}, "unexpected argument"},
		{true, []string{"--store", t.TempDir(), "webhook-templates/x"}, "KIND is line-campaign-bodies or line-linked-messages"},
	} {
		if got := run(t, test.person, hi, test.args...); got.Code != cli.ExitUsage || !strings.Contains(got.Stderr, test.want) || got.Stdout != "" {
			t.Errorf("%q: got %+v, want %q", test.args, got, test.want)
		}
	}
	t.Setenv(cli.EnvLineToken, "")
	if got := run(t, true, "", "--yes", name); got.Code != cli.ExitUsage || !strings.Contains(got.Stderr, "set the environment variable LINE_CHANNEL_ACCESS_TOKEN") {
		t.Errorf("got %+v", got)
	}
	if got := server.Requests(); len(got) != 0 {
		t.Errorf("LINE was asked %v", got)
	}
}

func TestSendInAPipeline(t *testing.T) {
	server := start(t, 1)
	if got := run(t, false, `[`+hi+`,`+hi+`]`, "--yes", "-"); got.Code != 0 || got.Stderr != "" || !strings.HasSuffix(got.Stdout, took) || len(received(server)) != 1 {
		t.Errorf("got %+v", got)
	}
	got := run(t, false, hi, "--yes", "-")
	if got.Code != 1 || !strings.HasPrefix(got.Stderr, "Error: the account has used up the 1 messages of this month") || len(received(server)) != 1 {
		t.Errorf("got %+v", got)
	}
	requests := len(server.Requests())
	t.Setenv(cli.EnvLineToken, "")
	if got := run(t, false, hi, "--dry-run", "-"); got != (clitest.Result{Stdout: "To " + linetest.UserID(0) + ":\n  1. text \"Hi you\"\nNothing was sent.\n"}) {
		t.Errorf("got %+v", got)
	}
	if got := len(server.Requests()); got != requests {
		t.Error("a dry run asked LINE")
	}
}

func TestSendSaysWhatKeepsItFromSending(t *testing.T) {
	server := start(t, 0)
	for text, want := range map[string]string{
		`{"type":"text","text":"{{ Profile.Name }}"}`: "<stdin>: there is neither a value nor a default for {{ Profile.Name }}; give one with --value name=value\n",
		`{"type":"text","text":""}`:                   "<stdin>: LINE would refuse the message\n  messages[0].text: must not be empty (empty-text)\n",
	} {
		if got := run(t, false, text, "--yes", "-"); got != (clitest.Result{Code: 1, Stderr: "Error: " + want}) {
			t.Errorf("%s: got %+v", text, got)
		}
	}
	if got := run(t, false, `{"type":"hologram"}`, "--dry-run", "-"); !strings.Contains(got.Stdout, "\nWarning: messages[0].type: ") {
		t.Errorf("got %+v", got)
	}
	if got := run(t, false, "", "--yes", filepath.Join(t.TempDir(), "none.json")); got.Code != cli.ExitUsage || !strings.Contains(got.Stderr, "none.json") {
		t.Errorf("got %+v", got)
	}
	server.AddFaults(standin.Fault{}, standin.Fault{}, linetest.ErrorFault(400, linetest.MessageNoRecipient))
	if got := run(t, false, hi, "--yes", "-"); got.Code != 1 || !strings.HasPrefix(got.Stderr, "Error: push messages: LINE answered 400 Bad Request: Failed to send messages") {
		t.Errorf("got %+v", got)
	}
	if got := received(server); got != nil {
		t.Errorf("received %q", got)
	}
}

func TestSendFromAStore(t *testing.T) {
	server := start(t, 0)
	folder := t.TempDir()
	store := templatestore.New(templatestore.NewLocal(folder), "acme")
	cut, err := linkedcontent.Cut(linebody.ParseMessages(hi))
	if err != nil {
		t.Fatal(err)
	}
	linked := templatestore.LineLinkedMessages{
		Shape: cut.Shape, Parts: cut.Parts, Tags: cut.Tags, Unit: "u", ContentSHA256: cut.ContentSHA256, LinkedContent: "line_messages",
	}
	if _, err := templatestore.Create(t.Context(), store, "news", linked); err != nil {
		t.Fatal(err)
	}
	pasted := templatestore.LineCampaignBody{
		Body: `{"to":"{{ Profile.LineID }}","messages":[{"type":"text","text":"Pasted"}],"customAggregationUnits":["u"]}`, ContentSHA256: strings.Repeat("0", 64),
		Messages: []json.RawMessage{json.RawMessage(`{"type":"text","text":"Pasted"}`)},
	}
	if _, err := templatestore.Create(t.Context(), store, "welcome", pasted); err != nil {
		t.Fatal(err)
	}
	reference := linkedcontent.Reference{LinkedContent: "line_messages", Name: "news", Shape: cut.Shape, Tags: cut.Tags}
	text, err := reference.Body(linkedcontent.Envelope{To: "{{ Profile.LineID }}"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := templatestore.Create(t.Context(), store, "reads", templatestore.LineCampaignBody{
		Body: text, ContentSHA256: strings.Repeat("0", 64), LinkedMessages: new(reference.String()),
	}); err != nil {
		t.Fatal(err)
	}
	of := func(name string) clitest.Result {
		return run(t, false, "", "--yes", "--store", folder, "--account", "acme", "--value", "Profile.Name=Aya", name)
	}
	for _, name := range []string{"line-linked-messages/news", "line-campaign-bodies/welcome"} {
		if got := of(name); got.Code != 0 || !strings.HasSuffix(got.Stdout, took) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if got := received(server); len(got) != 2 || got[0] != `{"type":"text","text":"Hi Aya"}` || got[1] != `{"type":"text","text":"Pasted"}` || server.Received(linetest.UserID(0))[1].Unit != "" {
		t.Errorf("received %q", got)
	}
	if got := of("line-campaign-bodies/reads"); got.Code != 1 || !strings.Contains(got.Stderr, "line-campaign-bodies/reads: the body reads its messages from Linked Content") {
		t.Errorf("got %+v", got)
	}
	if got := of("line-campaign-bodies/none"); got.Code != 1 || !strings.Contains(got.Stderr, `line-campaign-bodies/none: `) {
		t.Errorf("got %+v", got)
	}
}

func TestSendOffersDocuments(t *testing.T) {
	t.Parallel()
	s := &send{store: t.TempDir()}
	if offers, _ := s.complete(New(), nil, "line"); len(offers) != 2 || offers[0] != "line-campaign-bodies/" {
		t.Errorf("got %q", offers)
	}
	if offers, _ := (&send{}).complete(New(), nil, ""); offers != nil {
		t.Errorf("got %q", offers)
	}
}
