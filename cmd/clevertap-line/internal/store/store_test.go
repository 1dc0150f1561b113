package store

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// filled is a folder with one document, and the id of its store. The document's name is one that the provider refuses.
func filled(t *testing.T) (folder, id string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "clevertap")
	store := templatestore.New(templatestore.NewLocal(folder), "")
	known := storetest.Must(templatestore.Create(t.Context(), store, "a", storetest.FullBody()))(t)
	bodies := filepath.Join(folder, filepath.FromSlash(storetest.Bodies))
	if err := os.Rename(filepath.Join(bodies, "a.json"), filepath.Join(bodies, "a%E2%80%AEb.json")); err != nil {
		t.Fatal(err)
	}
	return folder, known.StoreID
}

func TestListShowAndCopy(t *testing.T) {
	t.Parallel()
	folder, id := filled(t)
	copied := filepath.Join(t.TempDir(), "copy")
	got := clitest.Run(t, New(), "", "copy", folder, "file://"+copied)
	if got.Code != 0 || !strings.HasPrefix(got.Stdout, "1 documents and the identity of the store are at ") {
		t.Fatalf("copy: %+v", got)
	}
	list := "Template store " + id + ", 1 documents\nACCOUNT  KIND                  NAME\ndefault  line-campaign-bodies  \"a\\u202eb\"\n"
	for _, place := range []string{folder, copied, "file://" + copied} {
		if got := clitest.Run(t, New(), "", "list", place); got != (clitest.Result{Stdout: list}) {
			t.Errorf("list %s: %+v", place, got)
		}
		got := clitest.Run(t, New(), "", "show", place, "line-campaign-bodies", "a\u202eb")
		if got.Code != 0 || !strings.Contains(got.Stdout, storetest.FullBody().ContentSHA256) {
			t.Errorf("show %s: %+v", place, got)
		}
		if got := clitest.Run(t, New(), "", "show", "--account=other", place, "line-campaign-bodies", "a\u202eb"); got.Code != cli.ExitFailure {
			t.Errorf("of another account: %+v", got)
		}
	}
	if got := clitest.Run(t, New(), "", "list", copied+"x"); got.Code != cli.ExitFailure || got.Stdout != "" {
		t.Errorf("no store: %+v", got)
	}
}

// A document that cannot be read is listed by its key.
func TestListOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	folder, id := filled(t)
	key := "default/webhook-templates/" + strings.Repeat("a", 180) + "~0123456789abcdef.json" // of a name that is longer
	storetest.Plant(t, templatestore.NewLocal(folder), key, []byte("{"))
	got := clitest.Run(t, New(), "", "list", folder)
	if got.Code != 0 || !strings.HasPrefix(got.Stdout, "Template store "+id+", 2 documents\n") ||
		!strings.Contains(got.Stdout, "(cannot be read: "+key+")\n") {
		t.Errorf("got %+v", got)
	}
}

// Where both stores are http servers, each gets its own token; else the one token is for the one server.
func TestTokensOfACopy(t *testing.T) {
	from := storetest.NewServer(storetest.ServerConfig{Token: "one"})
	defer from.Close()
	to := storetest.NewServer(storetest.ServerConfig{Token: "two"})
	defer to.Close()
	folder, _ := filled(t)
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN", "one")
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN_TO", "two")
	back := filepath.Join(t.TempDir(), "back")
	for _, way := range [][2]string{{folder, from.Address}, {from.Address, to.Address}, {from.Address, back}} {
		if got := clitest.Run(t, New(), "", "copy", way[0], way[1]); got.Code != 0 {
			t.Errorf("%v: %+v", way, got)
		}
	}
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN_TO", "")
	if got := clitest.Run(t, New(), "", "copy", from.Address, to.Address); got.Code != cli.ExitFailure || !strings.Contains(got.Stderr, "401") {
		t.Errorf("without the token of the second: %+v", got)
	}
}

func TestAddressOfAnS3Store(t *testing.T) {
	t.Parallel()
	got, err := s3Config("s3://bucket/a/b?region=eu-west-1&endpoint=https://s3.example.com&use_path_style=true")
	want := templatestore.S3Config{
		Bucket: "bucket", Prefix: "/a/b", Region: "eu-west-1", Endpoint: "https://s3.example.com", UsePathStyle: true,
		UserAgent: cli.UserAgent(), MaxRetries: 4, Timeout: 30 * time.Second,
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err = s3Config("s3://bucket?region=a&region=b"); err != nil || got.Region != "b" {
		t.Errorf("of two regions: %+v, %v", got, err)
	}
	for address, want := range map[string]string{
		"s3://a:b@bucket":             "has the form",
		"s3://bucket#x":               "has the form",
		"s3://bucket/%zz":             "has the form",
		"s3://bucket?Region=x":        `no "Region"`,
		"s3://bucket?use_path_style=": `not ""`,
	} {
		if _, err := s3Config(address); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
}

func TestAddressOfAStore(t *testing.T) {
	t.Parallel()
	for address, works := range map[string]bool{
		"./clevertap": true, "file:///srv": true, "https://store.example.com/a": true, "http://127.0.0.1:1": true, "C:\\store": true,
		"": false, "file://srv": false, "gs://bucket": false, "http://store.example.com": false, "HTTPS://store.example.com": false, "s3:///": false,
	} {
		if backend, err := open(t.Context(), address, ""); (err == nil) != works || (backend != nil) != works {
			t.Errorf("%q: %v, %v", address, backend, err)
		}
	}
}

// verify tests a server, and gives what it says and why it failed.
func verify(t *testing.T, address, token string) (said string, err error) {
	t.Helper()
	var out bytes.Buffer
	base, err := httpclient.ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	v := &verification{
		out: &out, client: httpclient.New(cli.HTTPConfig(0, timeout)), address: base, token: token, space: "verify-0",
		touched: map[string]bool{},
	}
	err = v.run(t.Context())
	return out.String(), err
}

func TestVerifyKeepsNothing(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: "T", PageSize: 7})
	defer server.Close()
	said, err := verify(t, server.Address, "T")
	if err != nil || strings.Count(said, "\nok    ") != 17 || !strings.HasSuffix(said, "\n\n17 checks passed, 0 failed.\n") {
		t.Errorf("%v\n%s", err, said)
	}
	if keys := server.Keys(); len(keys) != 0 {
		t.Errorf("left %q", keys)
	}
}

// A server's listing is data: it may be endless, and name a document twice.
func TestVerifyEndsAListing(t *testing.T) {
	t.Parallel()
	for want, page := range map[string]string{
		"a next page that was not there before": `{"documents":[],"next":"a"}`,
		"at most 10 documents, not 11":          `{"documents":[` + strings.Repeat(`{},`, 10) + `{}]}`,
		"each document once, and a is there":    `{"documents":[{"key":"a"},{"key":"a"}]}`,
		`expected {"documents": [{"key"`:        `{"documents":null}`,
		"has 1 documents":                       `{"documents":[{"key":"a"}]}`,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(page))
		}))
		t.Cleanup(server.Close)
		said, err := verify(t, server.URL, "")
		first := strings.SplitN(said, "\n", 5)[3]
		if err == nil || !strings.Contains(said, "FAIL  an account without documents has an empty listing\n") || !strings.Contains(first, want) {
			t.Errorf("%s: %v\n%.600s", want, err, said)
		}
	}
}

// What a server repeats of the token is not shown.
func TestVerifyShowsNoToken(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Content-Type", "ETag", "X-Request-Id"} {
			w.Header().Set(name, r.Header.Get("Authorization"))
		}
	}))
	defer server.Close()
	said, err := verify(t, server.URL, "canary-0123456789")
	if text := fmt.Sprint(said, err); strings.Contains(text, "canary") || !strings.Contains(text, "Bearer [redacted], request id Bearer [redacted]") {
		t.Error(text)
	}
}
