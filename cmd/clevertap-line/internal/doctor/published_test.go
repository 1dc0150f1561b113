package doctor

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const greeting = "Hello, {{ Profile.Greeting | default: 'there' }}!"

// publishIn puts messages into a publish store.
func publishIn(t *testing.T, store *templatestore.Store, name, text string, servedAt *string) {
	t.Helper()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(fmt.Sprintf(`{"type":"text","text":%q}`, text)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = templatestore.Create(t.Context(), store, name, templatestore.LineLinkedMessages{
		Shape: cut.Shape, Parts: cut.Parts, Tags: cut.Tags, ContentSHA256: cut.ContentSHA256, LinkedContent: "line_messages",
		Unit: linkedcontent.VersionUnit(name, cut.ContentSHA256), ServedAt: servedAt,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The publish store says where its messages are served, and what they are.
func TestPublishStore(t *testing.T) {
	w := newWorld(t, nil)
	folder := t.TempDir()
	store := templatestore.New(templatestore.NewLocal(folder), "default")
	w.args = []string{"--publish-store", folder, "--account", "default"}
	publish := func(name, text string, servedAt *string) { t.Helper(); publishIn(t, store, name, text, servedAt) }
	url := w.origin.URL + "/CANARY-path/" + messagesName + ".json"
	wrong := "https://example.com/{{message}}"
	run := func(step string, code int, want string, more ...string) {
		t.Helper()
		got := w.run(more...)
		if got.code != code || !strings.Contains(got.report, want) {
			t.Errorf("%s: exit %d, want %d with %s\n%s\n%s", step, got.code, code, want, got.said, got.report)
		}
		wantClean(t, got.report)
	}
	run("no messages", 1, "| **unclear** | What is served to CleverTap | The request failed.")
	publish("elsewhere", "CANARY", nil)
	run("none served", 1, "| **unclear** | What is served to CleverTap | The request failed.")
	publish(messagesName, "Hello, {{ Profile.Greeting | default: 'there' }}!", &url)
	run("two, of which one is served", 1, "| **unclear** | What is served to CleverTap | The request failed.")
	run("one", 0, "| well | What is served to CleverTap | It is a document of messages that can be sent.", "--messages", messagesName)
	run("taken", 0, "| well | The test message in LINE's unit names |", "--messages", messagesName)
	run("given elsewhere", 0, "| well | What is served to CleverTap | It is", "--messages", "elsewhere", "--served-at", w.origin.URL+"/none.json", "--messages", messagesName,
		"--served-at", url)
	publish("other", "Another {{ Profile.Greeting }}", &url)
	run("two", 1, "| **unclear** | What is served to CleverTap | The request failed.")
	run("older", 2, "| **off** | What is served to CleverTap | It has other messages than the publish store.", "--messages", "other")
	publish("broken", "CANARY", &wrong)
	run("a URL with a parameter", 1, "| **unclear** | What is served to CleverTap | The request failed.", "--messages", "broken")
}

// served is a world whose messages are in a store that counts requests, and the URL where they are served.
func servedWorld(t *testing.T) (w *world, server *storetest.Server, url string) {
	t.Helper()
	w, server = newWorld(t, nil), storetest.NewServer(storetest.ServerConfig{})
	t.Cleanup(server.Close)
	url = w.origin.URL + "/CANARY-path/" + messagesName + ".json"
	publishIn(t, templatestore.New(storetest.Must(stores.Open(t.Context(), server.Address, ""))(t), "default"), messagesName, greeting, &url)
	w.args = []string{"--publish-store", server.Address, "--account", "default"}
	server.Forget()
	return w, server, url
}

// LINE was asked, and that it does not have the unit name is said, not that nothing was given.
func TestUnitNameThatIsNotThere(t *testing.T) {
	w, _, url := servedWorld(t)
	got := w.runAt(t.Context(), false, "--yes", "--served-at", url)
	if got.code != 0 || !strings.Contains(got.report, "- LINE: the test message: "+notThereYet+"\n") || strings.Count(got.said, notThereYet) != 1 {
		t.Errorf("exit %d, %s\n%s", got.code, got.said, got.report)
	}
}

// No more is read of a publish store than is said before, and where messages are served is shown before it is asked.
func TestPublishStoreIsAnnounced(t *testing.T) {
	for _, args := range [][]string{nil, {"--messages", messagesName}} {
		w, server, url := servedWorld(t)
		got := w.run(args...)
		said := 0
		for _, r := range announced.FindAllStringSubmatch(got.said, -1) {
			if strings.HasPrefix(r[2], server.Address) {
				most, _ := strconv.Atoi(r[3])
				said += most
			}
		}
		if sent := len(server.Requests()); got.code != 0 || sent == 0 || sent > said {
			t.Errorf("%q: exit %d, %d requests, said %d\n%s", args, got.code, sent, said, got.said)
		}
		store, shown, asked := strings.Index(got.said, server.Address), strings.Index(got.said, "  GET  "+url), strings.LastIndex(got.said, "What is served to CleverTap:")
		if store < 0 || shown < store || asked < shown || strings.Count(got.said[store:shown], "Ask? [y/n]") != 1 || strings.Count(got.said[shown:asked], "Ask? [y/n]") != 1 {
			t.Errorf("%q: said\n%s", args, got.said)
		}
	}
}

// The header goes to a URL that the person gave, or saw and agreed to, and to none that only a document names.
func TestHeaderOfWhatIsServed(t *testing.T) {
	const said = "with --yes, the header is sent to the URL of --served-at alone"
	sent := func(w *world) (headers []string) {
		for _, r := range w.origin.Requests() {
			if strings.HasPrefix(r.Header.Get("User-Agent"), "clevertap-line/") {
				headers = append(headers, r.Header.Get("X-Key"))
			}
		}
		return headers
	}
	w, _, _ := servedWorld(t)
	w.refuses = map[string]bool{"LINE: the test message": true}
	if got := w.run(); len(sent(w)) != 1 || sent(w)[0] != contentHeader || strings.Contains(got.said, said) {
		t.Errorf("agreed: %q, %s", sent(w), got.said)
	}
	w, _, _ = servedWorld(t)
	if got := w.runAt(t.Context(), false, "--yes"); len(sent(w)) == 0 || strings.Join(sent(w), "") != "" || !strings.Contains(got.said, "with no credential ("+said+")") {
		t.Errorf("--yes: %q, %s", sent(w), got.said)
	}
	w, _, url := servedWorld(t)
	if got := w.runAt(t.Context(), false, "--yes", "--served-at", url); len(sent(w)) == 0 || sent(w)[0] != contentHeader || strings.Contains(got.said, said) {
		t.Errorf("--yes, --served-at: %q, %s", sent(w), got.said)
	}
	w, server, _ := servedWorld(t)
	w.refuses = map[string]bool{"What is served to CleverTap": true, "LINE: the test message": true}
	if got := w.run(); len(sent(w)) != 0 || len(server.Requests()) != 0 || !strings.Contains(got.report, "- What is served to CleverTap: Give the command again, and agree to it.\n") {
		t.Errorf("not agreed: %q, %s", sent(w), got.report)
	}
}
