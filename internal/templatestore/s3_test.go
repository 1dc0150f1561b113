package templatestore_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func TestS3Store(t *testing.T) {
	t.Parallel()
	server := storetest.StartS3(t)
	storetest.Run(t, func(t *testing.T) ts.Backend {
		t.Helper()
		return storetest.Must(ts.NewS3(t.Context(), server.Config()))(t)
	})
	t.Run("refresh is cheap", func(t *testing.T) {
		t.Parallel()
		const documents = 1001 // more than a page
		front, config := server.Front(t), server.Config()
		known := fill(t, storetest.Must(ts.NewS3(t.Context(), config))(t), documents, storetest.FullTemplate())
		config.Endpoint = front.URL
		refresh[ts.WebhookTemplate](t, storetest.Must(ts.NewS3(t.Context(), config))(t), known)
		if requests := front.Requests(); len(requests) != 3 {
			t.Errorf("%d requests, want two for the listing and one for the identity", len(requests))
		}
	})
	t.Run("refresh of linked messages is cheap", func(t *testing.T) {
		t.Parallel()
		front, config := server.Front(t), server.Config()
		known := fill(t, storetest.Must(ts.NewS3(t.Context(), config))(t), 1000, storetest.FullLinkedMessages())
		config.Endpoint = front.URL
		refresh[ts.LineLinkedMessages](t, storetest.Must(ts.NewS3(t.Context(), config))(t), known)
		if requests := front.Requests(); len(requests) != 2 {
			t.Errorf("%d requests, want one for the listing and one for the identity", len(requests))
		}
	})
	t.Run("refresh with receipts is cheap", func(t *testing.T) {
		t.Parallel()
		front, config := server.Front(t), server.Config()
		direct := storetest.Must(ts.NewS3(t.Context(), config))(t)
		known := fill(t, direct, 1000, storetest.FullTemplate())
		receipts := enterAll(t, direct, known)
		config.Endpoint = front.URL
		refreshWithReceipts(t, storetest.Must(ts.NewS3(t.Context(), config))(t), known, receipts)
		if requests := front.Requests(); len(requests) != 3 {
			t.Errorf("%d requests, want one for each listing and one for the identity", len(requests))
		}
	})
	t.Run("user agent", func(t *testing.T) {
		t.Parallel()
		front, config := server.Front(t), server.Config()
		config.Endpoint, config.MaxRetries, config.RetryWaitMax = front.URL, 1, time.Millisecond
		front.AddFaults(standin.Fault{Status: http.StatusServiceUnavailable})
		storetest.Must(storetest.Must(ts.NewS3(t.Context(), config))(t).List(t.Context(), ""))(t)
		for _, request := range front.Requests() {
			agent := request.Header.Get("User-Agent")
			if !strings.HasPrefix(agent, "storetest/1 ") || strings.Count(agent, "storetest") > 1 {
				t.Errorf("user agent %q", agent)
			}
		}
	})
	t.Run("what a cache is told", func(t *testing.T) {
		t.Parallel()
		config := server.Config()
		backend := storetest.Must(ts.NewS3(t.Context(), config))(t)
		created := storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.FullLinkedMessages()))(t)
		storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.FullLinkedContent()))(t)
		wantMetadata(t, config, "default/line-linked-messages/a.json", utf8JSON, "max-age=60")
		wantMetadata(t, config, "default/linked-content/a.json", utf8JSON, "")
		storetest.Must(ts.Replace(t.Context(), ts.New(backend, ""), "a", storetest.LinkedMessages("2"), created))(t)
		wantMetadata(t, config, "default/line-linked-messages/a.json", utf8JSON, "max-age=60")
		copied := server.Config()
		if _, _, err := ts.Copy(t.Context(), backend, storetest.Must(ts.NewS3(t.Context(), copied))(t)); err != nil {
			t.Fatal(err)
		}
		wantMetadata(t, copied, "default/line-linked-messages/a.json", utf8JSON, "max-age=60")
		wantMetadata(t, copied, ts.IdentityKey, utf8JSON, "")
	})
	t.Run("missing bucket", func(t *testing.T) {
		t.Parallel()
		config := server.Config()
		config.Bucket = "no-such-bucket"
		store := ts.New(storetest.Must(ts.NewS3(t.Context(), config))(t), "")
		_, err := ts.Create(t.Context(), store, "a", storetest.Template(""))
		storetest.WantReason(t, err, ts.Unavailable, "s3://no-such-bucket/", "NoSuchBucket", "request id",
			`there is no bucket "no-such-bucket"`)
	})
	t.Run("wrong region", func(t *testing.T) {
		t.Parallel()
		config := server.Config()
		config.Region = "eu-west-1"
		_, err := storetest.Must(ts.NewS3(t.Context(), config))(t).List(t.Context(), "")
		if err == nil || !strings.Contains(err.Error(), "set region to") {
			t.Errorf("got %v", err)
		}
	})
}

// TestS3Refusals: the answers of Amazon S3 that a server on this machine does not give (Amazon S3 API Reference, "Error
// responses").
func TestS3Refusals(t *testing.T) {
	t.Parallel()
	for code, test := range map[string]struct {
		status int
		region string
		want   string
	}{
		"PermanentRedirect":            {301, "eu-west-1", "set region to eu-west-1"},
		"AuthorizationHeaderMalformed": {400, "", "set region to that of the bucket"},
		"AccessDenied":                 {403, "", "s3:ListBucket on the bucket team, and s3:GetObject, s3:PutObject and s3:DeleteObject on s3://team/a/*"},
		"ExpiredToken":                 {400, "", "have expired: sign in again"},
		"InvalidAccessKeyId":           {403, "", "not the right ones"},
		"SignatureDoesNotMatch":        {403, "", "not the right ones"},
		"RequestTimeTooSkewed":         {403, "", "set the clock"},
		"NoSuchBucket":                 {404, "", `there is no bucket "team"`},
		"SomethingNew":                 {400, "", "SomethingNew: In their words"},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amz-Request-Id", "4442587FB7D0A2F9")
				if test.region != "" {
					w.Header().Set("X-Amz-Bucket-Region", test.region)
				}
				w.WriteHeader(test.status)
				fmt.Fprintf(w, "<Error><Code>%s</Code><Message>In their words</Message></Error>", code)
			}))
			defer server.Close()
			backend := openS3(t, server.URL)
			_, listing := backend.List(t.Context(), "")
			_, _, read := backend.Get(t.Context(), "default/webhook-templates/a.json")
			_, write := backend.Put(t.Context(), "default/webhook-templates/a.json", nil, "")
			for _, err := range []error{listing, read, write, backend.Delete(t.Context(), "default/webhook-templates/a.json", "x")} {
				if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), code) ||
					!strings.Contains(err.Error(), `request id "4442587FB7D0A2F9"`) {
					t.Errorf("got %v, want %q", err, test.want)
				}
			}
		})
	}
}

// TestS3GatewaysOwn404: what S3 did not say is repeated, and then told in the words in which it was said.
func TestS3GatewaysOwn404(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, "<html>no backend for %s", r.URL.Path)
	}))
	defer server.Close()
	backend := storetest.Must(ts.NewS3(t.Context(), ts.S3Config{
		Bucket: "team", Endpoint: server.URL, UsePathStyle: true, MaxRetries: 2, RetryWaitMax: time.Millisecond,
	}))(t)
	_, listing := backend.List(t.Context(), "")
	_, _, read := backend.Get(t.Context(), "default/webhook-templates/a.json")
	for _, err := range []error{listing, read} {
		if err == nil || errors.Is(err, ts.ErrAbsent) || strings.Contains(err.Error(), "bucket") ||
			!strings.Contains(err.Error(), `404 without an error code of S3, and begins "<html>no backend for`) {
			t.Errorf("got %v", err)
		}
	}
	if asked != 6 {
		t.Errorf("%d requests, want three for each", asked)
	}
}

// TestS3SessionTokenIsNotRepeated is not parallel, as it changes the environment.
func TestS3SessionTokenIsNotRepeated(t *testing.T) {
	const session = "session+token/0123456789"
	t.Setenv("AWS_SESSION_TOKEN", session)
	for body, test := range map[string]struct {
		status int
		want   string
	}{
		"no route for %s": {404, `begins "no route for [redacted]" (request id "[redacted]")`},
		"<Error><Code>InvalidToken</Code><Message>The token %s is malformed</Message></Error>": {
			400, `InvalidToken: The token [redacted] is malformed (status 400, request id "[redacted]")`,
		},
		"<Error><Code>%s</Code><Message>Its code is the token</Message></Error>": {403, "answers [redacted]: Its code is the token"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token := r.Header.Get("X-Amz-Security-Token")
			w.Header().Set("X-Amz-Request-Id", token)
			w.Header().Set("X-Amz-Bucket-Region", token)
			w.WriteHeader(test.status)
			fmt.Fprintf(w, body, url.QueryEscape(token))
		}))
		t.Cleanup(server.Close)
		backend := openS3(t, server.URL)
		_, listing := backend.List(t.Context(), "")
		_, _, read := backend.Get(t.Context(), "a")
		_, written := backend.Put(t.Context(), "a", nil, "")
		for _, err := range []error{listing, read, written, backend.Delete(t.Context(), "a", "x")} {
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "0123456789") {
				t.Errorf("got %v, want %q", err, test.want)
			}
		}
	}
}

// TestS3EndlessListing: a server that gives the same page for each continuation token.
func TestS3EndlessListing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>`+
			`<Contents><Key>a/default/webhook-templates/a.json</Key><ETag>"1"</ETag></Contents></ListBucketResult>`)
	}))
	defer server.Close()
	_, err := openS3(t, server.URL).List(t.Context(), "")
	if err == nil || !strings.Contains(err.Error(), "no end: page 2 brings nothing new") {
		t.Errorf("got %v", err)
	}
}

// TestS3ListingOfAnotherPrefix: what a server lists though it was not asked for is not taken for the store's own.
func TestS3ListingOfAnotherPrefix(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>x/webhook-templates/b.json</Key></Contents>"+
			"<Contents><Key>a/y/webhook-templates/b.json</Key></Contents></ListBucketResult>")
	}))
	defer server.Close()
	if entries := storetest.Must(openS3(t, server.URL).List(t.Context(), "x/webhook-templates/"))(t); len(entries) != 0 {
		t.Errorf("got %v", entries)
	}
}

// TestS3EndpointOfTheSDK is not parallel, as it changes the environment.
func TestS3EndpointOfTheSDK(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "config")
	text := "[profile insecure]\nregion = eu-west-1\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://s3.example.com\n"
	if err := os.WriteFile(profile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, environment := range []map[string]string{
		{"AWS_ENDPOINT_URL_S3": "http://s3.example.com"}, {"AWS_ENDPOINT_URL": "http://s3.example.com"},
		{"AWS_CONFIG_FILE": profile, "AWS_PROFILE": "insecure"},
	} {
		t.Run("", func(t *testing.T) {
			for name, value := range environment {
				t.Setenv(name, value)
			}
			_, err := ts.NewS3(t.Context(), ts.S3Config{Bucket: "team", Region: "eu-west-1"})
			if err == nil || !strings.Contains(err.Error(), `host "s3.example.com" must begin with https`) ||
				!strings.Contains(err.Error(), "AWS_ENDPOINT_URL_S3") {
				t.Errorf("%v: got %v", environment, err)
			}
			if _, err := ts.NewS3(t.Context(), ts.S3Config{Bucket: "team", Endpoint: "https://s3.example.com"}); err != nil {
				t.Errorf("%v, and an endpoint of its own: %v", environment, err)
			}
		})
	}
	for _, value := range []string{"http://127.0.0.1:1", "https://s3.example.com", ""} {
		t.Setenv("AWS_ENDPOINT_URL_S3", value)
		if _, err := ts.NewS3(t.Context(), ts.S3Config{Bucket: "team", Region: "eu-west-1"}); err != nil {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func openS3(t *testing.T, endpoint string) ts.Backend {
	t.Helper()
	config := ts.S3Config{Bucket: "team", Prefix: "/a/", Endpoint: endpoint, UsePathStyle: true, Timeout: time.Minute}
	return storetest.Must(ts.NewS3(t.Context(), config))(t)
}

// TestS3ForeignAnswers: an empty listing is one only if the server says so. Anything else is asked for again, and named.
func TestS3ForeignAnswers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                                  "200 with nothing in place of a listing",
		"<html><body>Sign in</body></html>": "200 with an HTML page in place of a listing",
		`{"documents": []}`:                 "200 with something else than a listing",
		"<ListBucketResult/>":               "200 with something else than a listing",
		"<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a/de": "200 with a listing that breaks off",
		"<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>":  "says that there is more, and not where it goes on",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
		t.Cleanup(server.Close)
		backend := openS3(t, server.URL)
		if entries, err := backend.List(t.Context(), ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is the listing %v, %v, want %q", body, entries, err, want)
		}
		if data, etag, err := backend.Get(t.Context(), "a"); err == nil {
			t.Errorf("%q is the document %q, %q", body, data, etag)
		}
	}
}

// TestS3Credentials is not parallel, as it changes the environment.
func TestS3Credentials(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(openS3(t, "http://127.0.0.1:1"), ""), "a", ts.Revision{})
	storetest.WantReason(t, err, ts.Unavailable, "there are no usable AWS credentials", "AWS_PROFILE")
	t.Setenv("AWS_PROFILE", "no-such-profile")
	_, err = ts.NewS3(t.Context(), ts.S3Config{Bucket: "team", Region: "eu-west-1"})
	if err == nil || !strings.Contains(err.Error(), "no-such-profile") || !strings.Contains(err.Error(), "AWS_PROFILE") {
		t.Errorf("got %v", err)
	}
}

func TestS3Config(t *testing.T) {
	t.Parallel()
	for want, config := range map[string]ts.S3Config{
		"names no bucket":         {},
		"region":                  {Bucket: "team"},
		"must begin with https":   {Bucket: "team", Endpoint: "http://example.com"},
		"must not hold a user na": {Bucket: "team", Endpoint: "https://user:secret@example.com"},
	} {
		if _, err := ts.NewS3(t.Context(), config); err == nil || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestIgnoredConditions: a server that writes whatever the condition is refused with the first write, and nothing that
// was there or is new in it has changed.
func TestIgnoredConditions(t *testing.T) {
	t.Parallel()
	for what, backend := range map[string]func(*testing.T) ts.Backend{
		"http": func(t *testing.T) ts.Backend {
			t.Helper()
			return openHTTP(t, startHTTP(t, storetest.ServerConfig{Token: token, IgnoreConditions: true}).Address)
		},
		"s3": func(t *testing.T) ts.Backend {
			t.Helper()
			server := httptest.NewServer(&carelessS3{objects: map[string]string{}})
			t.Cleanup(server.Close)
			return openS3(t, server.URL)
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			backend := backend(t)
			for range 2 {
				_, err := ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.Template(""))
				storetest.WantReason(t, err, ts.Unavailable, "though the condition does not hold", "Amazon S3")
			}
			if entries := storetest.Must(backend.List(t.Context(), ""))(t); len(entries) > 0 {
				t.Errorf("left %v", entries)
			}
		})
	}
}

// carelessS3 knows nothing of conditions.
type carelessS3 struct {
	mu      sync.Mutex
	objects map[string]string
}

func (c *carelessS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	object, exists := c.objects[r.URL.Path]
	w.Header().Set("ETag", `"1"`)
	switch {
	case r.Method == http.MethodPut:
		data, _ := io.ReadAll(r.Body)
		c.objects[r.URL.Path] = string(data)
	case r.Method == http.MethodDelete:
		delete(c.objects, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Query().Has("list-type"):
		fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated>")
		for path := range c.objects {
			fmt.Fprintf(w, "<Contents><Key>%s</Key></Contents>", strings.TrimPrefix(path, "/team/"))
		}
		fmt.Fprint(w, "</ListBucketResult>")
	case exists:
		_, _ = io.WriteString(w, object)
	default:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<Error><Code>NoSuchKey</Code></Error>")
	}
}
