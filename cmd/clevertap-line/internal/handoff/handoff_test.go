package handoff

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

var (
	styles  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	scripts = regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	known   = regexp.MustCompile(`^<(?:!doctype html|/?(?:html|head|meta|title|body|header|h1|h2|h3|h4|p|main|section|article|div|figure|figcaption|span|b|bdi|a|ul|ol|li|details|summary|pre|ins|del|mark|input|button)(?: (?:lang|charset|http-equiv|content|name|class|id|hidden|type|autocomplete|role|tabindex|href|rel|dir|data-(?:copy|label|step|all|of|item)|aria-(?:label|labelledby|hidden))(?:="[^"<>]*")?)*)>$`)
	copies  = regexp.MustCompile(`<button type="button" hidden data-copy="(\d+)" data-label="([^"]*)">`)
)

// read checks what holds for every page, whatever is on it, and gives what its script reads.
func read(t testing.TB, page string) (d data) {
	t.Helper()
	source := func(text string) string {
		hash := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	}
	sheets, both := styles.FindAllStringSubmatch(page, -1), scripts.FindAllStringSubmatch(page, -1)
	if len(sheets) != 1 || len(both) != 2 || both[0][1] != ` type="application/json" id="data"` || both[1][1] != "" {
		t.Fatalf("the page has %d style sheets and %d scripts", len(sheets), len(both))
	}
	policy := `content="default-src 'none'; style-src ` + source(sheets[0][1]) + "; script-src " + source(both[1][2]) + "; base-uri 'none'; form-action 'none'\""
	if !strings.Contains(html.UnescapeString(page), policy) || !utf8.ValidString(page) || strings.Contains(page, "ZgotmplZ") {
		t.Errorf("the policy is not %s, or the page is damaged", policy)
	}
	rest := strings.NewReplacer(sheets[0][0], "", both[0][0], "", both[1][0], "").Replace(page)
	for _, tag := range tags.FindAllString(rest, -1) {
		if !known.MatchString(tag) {
			t.Errorf("the page has the tag %.200s", tag)
		}
	}
	if err := json.Unmarshal([]byte(both[0][2]), &d); err != nil {
		t.Fatalf("the data are %.200s: %v", both[0][2], err)
	}
	if strings.ContainsAny(both[0][2], "<>&\u2028\u2029") {
		t.Errorf("the data are not escaped: %.200s", both[0][2])
	}
	return d
}

// part is what a page says, without its style sheet and script.
func part(page string) string {
	_, rest, _ := strings.Cut(page, "<body>\n")
	rest, _, _ = strings.Cut(rest, "<script>")
	return rest
}

// copied is what the first button with a label copies.
func copied(t *testing.T, d data, page, label string) string {
	t.Helper()
	for _, button := range copies.FindAllStringSubmatch(page, -1) {
		if html.UnescapeString(button[2]) == label {
			var at int
			if err := json.Unmarshal([]byte(button[1]), &at); err != nil || at >= len(d.Values) {
				t.Fatalf("%s: there is no value %s", label, button[1])
			}
			return d.Values[at]
		}
	}
	t.Fatalf("there is no button %q", label)
	return ""
}

func run(t testing.TB, stdin string, args ...string) clitest.Result {
	t.Helper()
	return clitest.Run(t, New(), stdin, args...)
}

// made is the page of a command that succeeds.
func made(t testing.TB, stdin string, args ...string) string {
	t.Helper()
	got := run(t, stdin, args...)
	if got.Code != 0 || got.Stderr != "" {
		t.Fatalf("%q: exit %d, %s", args, got.Code, got.Stderr)
	}
	read(t, got.Stdout)
	return got.Stdout
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || got != string(want) {
		t.Errorf("%s is now (%v)\n%s", file, err, got)
	}
}

// TestGolden pins what the page says of each state. A browser shows what that looks like, and what the script does.
func TestGolden(t *testing.T) {
	s := everything(t)
	page := made(t, "", s.folder, "--account", "default", "--entered-url", "https://ci.example.com/?a=1&b=<2>")
	golden(t, "everything.html", strings.ReplaceAll(part(page), s.folder, "STORE"))
	if again := made(t, "", s.folder, "--account", "default", "--entered-url", "https://ci.example.com/?a=1&b=<2>"); again != page {
		t.Error("the same store gives another page")
	}
}

func TestOrder(t *testing.T) {
	s := everything(t)
	page := made(t, "", s.folder, "--account", "default")
	var got []string
	for _, heading := range regexp.MustCompile(`<h3 id="item-\d+">(.*?)</h3>`).FindAllStringSubmatch(page, -1) {
		got = append(got, tags.ReplaceAllString(heading[1], ""))
	}
	want := []string{
		"1. Change: webhook template LINE push", "2. Enter: Linked Content API api", "3. Change: campaign changed", "4. Enter: campaign linked",
		"5. Change: campaign unsure", "6. Remove: campaign gone", "7. Remove: webhook template old push",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestCopied wants what a button copies to be the value, to the character.
func TestCopied(t *testing.T) {
	s := newStore(t)
	hostile := "a\tb\r\nc\nd\re\u2028f\u2029g\u0085 \u00a0</script><!--<b>&amp;'\"`${x}\\u0041 あ😀\u200b "
	declare(s, "</script><img src=x onerror=alert(1)>", templatestore.WebhookTemplate{
		HTTPMethod: "<b>", DestinationURL: "javascript:alert('" + hostile + "')", Headers: map[string]string{"X-\"><b>": "\x00" + hostile, "X-Empty": ""},
		SecretHeaders: []string{"</style>"}, ContentSHA256: sum("1"),
	})
	whole := hostile + "\x00\x01\x7f\ufeff" + strings.Repeat("\r\n<p>", 400_000)
	pasted, _ := json.Marshal(whole)
	huge := fmt.Sprintf(`{"name":"huge","to":{},"messages":["{\"type\":\"text\",\"text\":\"x\"}"],"body":%s,"content_sha256":%q}`, pasted, sum("2"))
	page := made(t, plan(change{kind: "line_campaign_body", name: "huge", actions: `"create"`, after: huge}), s.folder, "--account", "default", "--plan", "-")
	d := read(t, page)
	for label, want := range map[string]string{
		"Name": "</script><img src=x onerror=alert(1)>", "Destination URL": "javascript:alert('" + hostile + "')",
		`Header X-"><b>`: "\x00" + hostile, `Header X-"><b> (name)`: `X-"><b>`, "Header </style> (name)": "</style>", "Custom body": whole,
	} {
		if got := copied(t, d, page, label); got != want {
			t.Errorf("%s copies %.200q, not %.200q", label, got, want)
		}
	}
	if len(page) > 12*len(whole) {
		t.Errorf("the page has %d bytes", len(page))
	}
	if strings.Contains(page, `data-label="Header X-Empty"`) || !strings.Contains(page, `<span class="note">(empty)</span>`) {
		t.Error("what is empty is copied, or is not called so")
	}
}

// A change of the content is not ticked off; neither is the same content in another account, or once more after a removal.
func TestKeys(t *testing.T) {
	s := newStore(t)
	key := func() string { return read(t, made(t, "", s.folder, "--account", "default")).Keys[0] }
	declare(s, "a", body("1", "1"))
	first := key()
	if want := `clevertap-line handoff ["` + storeID + `","default","line-campaign-bodies","a","","` + sumOf(body("1", "1")) + `"]`; first != want {
		t.Errorf("the key is %s", first)
	}
	keys := []string{first}
	s.enter(templatestore.LineCampaignBodies, "a", "")
	declare(s, "a", body("2", "2"))
	keys = append(keys, key())
	s.enter(templatestore.LineCampaignBodies, "a", "")
	declare(s, "a", body("1", "1"))
	keys = append(keys, key())
	abandon[templatestore.LineCampaignBody](s, "a")
	keys = append(keys, key())
	if slices.Sort(keys); len(slices.Compact(keys)) != 4 {
		t.Errorf("the keys are %q", keys)
	}
}

func TestNothing(t *testing.T) {
	s := newStore(t)
	if page := made(t, "", s.folder, "--account", "default"); !strings.Contains(page, "The account has no objects.") || strings.Contains(page, "<article") {
		t.Errorf("the page is %s", part(page))
	}
	declare(s, "a", body("1", "1"))
	s.enter(templatestore.LineCampaignBodies, "a", "")
	page := made(t, "", s.folder, "--account", "default")
	if !strings.Contains(page, "There is nothing to do") || !strings.Contains(page, "Entered already") || strings.Contains(page, "clevertap-line entered") {
		t.Errorf("the page is %s", part(page))
	}
}

// Where the messages are the same, there is one picture.
func TestSamePicture(t *testing.T) {
	s := newStore(t)
	declare(s, "a", body("Hello", "1"))
	s.enter(templatestore.LineCampaignBodies, "a", "")
	other := body("Hello", "2")
	other.NotificationDisabled = new(true)
	declare(s, "a", other)
	page := made(t, "", s.folder, "--account", "default")
	if strings.Contains(page, "Messages in the dashboard now") || !strings.Contains(page, "What the messages look like") {
		t.Errorf("the page is %s", part(page))
	}
}

// What cannot be read is said on the page, with all the rest, and once more where the command was run.
func TestUnreadable(t *testing.T) {
	s := everything(t)
	s.write("default/line-campaign-bodies/broken.json", `{"name": "broken"`)
	s.write("default/receipts/line-campaign-bodies/same.json", `{}`)
	s.write("default/linked-content/~x.json", `<`)
	got := run(t, "", s.folder, "--account", "default")
	if read(t, got.Stdout); got.Code != 1 || strings.Count(got.Stdout, `<p class="fault">`) != 3 || strings.Count(got.Stdout, "<article") != 7 {
		t.Errorf("exit %d, %s", got.Code, part(got.Stdout))
	}
	for _, want := range []string{"line-campaign-bodies/broken: ", "line-campaign-bodies/same: ", "linked-content/?: ", "broken.json:1:18: "} {
		if !strings.Contains(got.Stderr, want) {
			t.Errorf("%s is not in %s", want, got.Stderr)
		}
	}
	if strings.Contains(got.Stdout, "<bdi>same</bdi>") {
		t.Error("what cannot be read is on the page a second time")
	}
}

// Of a document that somebody edited nothing is to be entered, until a plan writes it anew. A receipt that somebody edited does not
// say what is in the dashboard.
func TestEdited(t *testing.T) {
	s := newStore(t)
	edit := func(name, before, after string) {
		file := filepath.Join(s.folder, "default", filepath.FromSlash(name)+".json")
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), before) {
			t.Fatalf("%s: %v", name, err)
		}
		s.write("default/"+name+".json", strings.ReplaceAll(string(text), before, after))
	}
	declare(s, "a", body("hello", "1"))
	declare(s, "b", body("hello", "1"))
	s.enter(templatestore.LineCampaignBodies, "b", "")
	edit("receipts/line-campaign-bodies/b", "hello", "Hallo")
	page := made(t, "", s.folder, "--account", "default")
	if got := states(page); got != "1. Enter: campaign a\n2. Change: campaign b" || !strings.Contains(page, "What was entered is not known any more") || strings.Contains(page, "Hallo") {
		t.Errorf("got %s in %s", got, part(page))
	}
	// A receipt whose hash alone was edited, into that of what is declared now.
	declare(s, "c", body("hello", "1"))
	s.enter(templatestore.LineCampaignBodies, "c", "")
	receipt := filepath.Join(s.folder, "default", "receipts", "line-campaign-bodies", "c.json")
	text, err := os.ReadFile(receipt)
	if err != nil {
		t.Fatal(err)
	}
	declare(s, "c", body("goodbye", "1"))
	was, is := sumOf(body("hello", "1")), sumOf(body("goodbye", "1"))
	s.write("default/receipts/line-campaign-bodies/c.json", strings.Replace(string(text), `"content_sha256": "`+was, `"content_sha256": "`+is, 1))
	if got := states(made(t, "", s.folder, "--account", "default")); !strings.HasSuffix(got, ". Change: campaign c") {
		t.Errorf("got %s of\n%s", got, text)
	}
	for _, change := range [][2]string{{"hello", "Hallo"}, {"Hallo", "hello"}} { // and back
		edit("line-campaign-bodies/a", change[0], change[1])
		got := run(t, "", s.folder, "--account", "default")
		if edited := change[1] == "Hallo"; (got.Code == 1) != edited || strings.Contains(got.Stdout, "Hallo") ||
			strings.Contains(got.Stdout, "line-campaign-bodies/a\n") == edited ||
			edited && (got.Stderr != "Error: line-campaign-bodies/a: "+declared.ErrEdited.Error()+"\n" || !strings.Contains(got.Stdout, `<p class="fault">campaign a: its content is not`)) {
			t.Errorf("%q: %+v", change, got)
		}
	}
	edit("line-campaign-bodies/a", "hello", "Hallo")
	value := planned("a", "hello", "1")
	page = made(t, plan(change{kind: "line_campaign_body", name: "a", actions: `"update"`, before: value, after: value}), s.folder, "--account", "default", "--plan", "-")
	if !strings.HasPrefix(states(page), "1. Enter: campaign a\n") || strings.Contains(page, "Hallo") {
		t.Errorf("got %s", part(page))
	}
}
