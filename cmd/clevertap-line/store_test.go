package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const storeToken = "store+token/0123456789"

// executeStore runs the command's store part, with the token of http stores and the credentials of the S3 server.
func executeStore(t *testing.T, args ...string) result {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, append([]string{"store"}, args...)...)
	command.Env = append(os.Environ(), cli.EnvStoreToken+"="+storeToken, "GORACE=atexit_sleep_ms=0")
	command.Env = append(command.Env, storetest.S3Environment()...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	got := finish(t, command, &stdout, &stderr)
	if strings.Contains(got.stdout+got.stderr, storeToken) {
		t.Errorf("the token is in %+v", got)
	}
	return got
}

func startStore(t *testing.T, config storetest.ServerConfig) *storetest.Server {
	t.Helper()
	server := storetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func TestStoreMovesHouse(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "clevertap")
	store := templatestore.New(templatestore.NewLocal(folder), "")
	known := storetest.Must(templatestore.Create(t.Context(), store, "LINE push", storetest.FullTemplate()))(t)
	storetest.Must(templatestore.Create(t.Context(), store, "a", storetest.FullBody()))(t)
	bodies := filepath.Join(folder, filepath.FromSlash(storetest.Bodies))
	if err := os.Rename(filepath.Join(bodies, "a.json"), filepath.Join(bodies, "a%E2%80%AEb.json")); err != nil {
		t.Fatal(err)
	}

	gateway := storetest.StartS3(t)
	config := gateway.Config()
	bucket := "s3://" + config.Bucket + "/" + config.Prefix + "?use_path_style=true&endpoint=" + gateway.Endpoint
	server := startStore(t, storetest.ServerConfig{Token: storeToken})
	second := filepath.Join(t.TempDir(), "second")
	for _, way := range [][2]string{{folder, bucket}, {bucket, server.Address}, {server.Address, "file://" + second}} {
		got := executeStore(t, "copy", way[0], way[1])
		if got.code != 0 || !strings.HasPrefix(got.stdout, "2 documents, 0 receipts and the identity of the store are at ") {
			t.Fatalf("%v: %+v", way, got)
		}
	}
	want := "Store " + known.StoreID + ", 2 documents\n" +
		"ACCOUNT  KIND                  NAME\n" +
		"default  line-campaign-bodies  \"a\\u202eb\"\n" +
		"default  webhook-templates     LINE push\n"
	for _, place := range []string{folder, bucket, server.Address, second} {
		if got := executeStore(t, "list", place); got.code != 0 || got.stdout != want {
			t.Errorf("%s: got %+v, want %s", place, got, want)
		}
		got := executeStore(t, "show", place, "webhook-templates/LINE push")
		file := storetest.Must(os.ReadFile(filepath.Join(folder, "default", "webhook-templates", "LINE%20push.json")))(t)
		if got.code != 0 || got.stdout != string(file) {
			t.Errorf("%s: got %+v, want %s", place, got, file)
		}
	}

	other := filepath.Join(t.TempDir(), "other")
	storetest.Must(templatestore.Create(t.Context(), templatestore.New(templatestore.NewLocal(other), ""), "b", storetest.FullBody()))(t)
	if got := executeStore(t, "copy", folder, other); got.code != 1 || !strings.Contains(got.stderr, "another store") {
		t.Errorf("over another store: %+v", got)
	}
	if got := executeStore(t, "show", folder, "webhook-templates/absent"); got.code != 1 || got.stdout != "" ||
		!strings.Contains(got.stderr, `there is no webhook template "absent"`) {
		t.Errorf("absent: %+v", got)
	}
	if got := executeStore(t, "list", filepath.Join(folder, "none")); got.code != 1 || !strings.Contains(got.stderr, "there is no store") {
		t.Errorf("no store: %+v", got)
	}
}

// TestStoreTokenGoesToOneServer: the token of the one is not shown to the other.
func TestStoreTokenGoesToOneServer(t *testing.T) {
	t.Parallel()
	from := startStore(t, storetest.ServerConfig{Token: storeToken})
	shown := false
	to := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown = shown || r.Header.Get("Authorization") != ""
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer to.Close()
	file := t.TempDir()
	storetest.Must(templatestore.Create(t.Context(), templatestore.New(templatestore.NewLocal(file), ""), "a", storetest.FullBody()))(t)
	if got := executeStore(t, "copy", file, from.Address); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	if got := executeStore(t, "copy", from.Address, to.URL); got.code != 1 || !strings.Contains(got.stderr, "401") || shown {
		t.Errorf("token shown: %v; %+v", shown, got)
	}
}

func TestStoreVerify(t *testing.T) {
	t.Parallel()
	server := startStore(t, storetest.ServerConfig{Token: storeToken, PageSize: 7})
	got := executeStore(t, "verify", server.Address)
	if got.code != 0 || strings.Count(got.stdout, "\nok    ") != 19 || !strings.HasSuffix(got.stdout, "\n19 checks passed, 0 failed.\n") {
		t.Errorf("%+v", got)
	}
	if keys := server.Keys(); len(keys) != 0 {
		t.Errorf("left %q", keys)
	}
	open := startStore(t, storetest.ServerConfig{})
	if got := executeStore(t, "verify", open.Address); got.code != 1 || !strings.Contains(got.stdout, "FAIL  a request without the token") {
		t.Errorf("a server that lets everybody in: %+v", got)
	}
}

// TestStoreVerifyFinds: each server breaks one promise, and exactly that is reported.
func TestStoreVerifyFinds(t *testing.T) {
	t.Parallel()
	type answer = *httptest.ResponseRecorder
	isListing := func(r *http.Request) bool { return r.URL.Path == "/v1/store" }
	for want, spoil := range map[string]func(r *http.Request, a answer){
		"FAIL  an absent document is 404 with problem details": func(_ *http.Request, a answer) {
			if a.Code == http.StatusNotFound {
				a.Header().Set("Content-Type", "text/html")
			}
		},
		"FAIL  bytes are kept": func(r *http.Request, a answer) {
			if r.Method == http.MethodGet && !isListing(r) && a.Code == http.StatusOK {
				text := bytes.TrimRight(a.Body.Bytes(), "\n")
				a.Body = bytes.NewBuffer(append(text, '\n'))
			}
		},
		"FAIL  a document is created, and read back": func(r *http.Request, a answer) {
			if r.Method == http.MethodGet && !isListing(r) && a.Code == http.StatusOK {
				a.Header().Set("ETag", "W/"+a.Header().Get("ETag"))
			}
		},
		"FAIL  a listing in pages": func(r *http.Request, a answer) {
			if isListing(r) {
				a.Body = bytes.NewBufferString(regexp.MustCompile(`,"next":"[^"]*"`).ReplaceAllString(a.Body.String(), ""))
			}
		},
		"FAIL  a document is deleted over its ETag, and once": func(r *http.Request, a answer) {
			if r.Method == http.MethodDelete && a.Code == http.StatusNotFound {
				a.Code = http.StatusNoContent
			}
		},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			reference := startStore(t, storetest.ServerConfig{Token: storeToken})
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				recorder := httptest.NewRecorder()
				reference.ServeHTTP(recorder, r)
				spoil(r, recorder)
				for name, values := range recorder.Header() {
					w.Header()[name] = values
				}
				w.WriteHeader(recorder.Code)
				_, _ = w.Write(recorder.Body.Bytes())
			}))
			defer server.Close()
			got := executeStore(t, "verify", server.URL+"/v1/store")
			if got.code != 1 || !strings.Contains(got.stdout, want) || !strings.Contains(got.stdout, "expected") {
				t.Errorf("%+v", got)
			}
		})
	}
	careless := startStore(t, storetest.ServerConfig{Token: storeToken, IgnoreConditions: true})
	got := executeStore(t, "verify", careless.Address)
	if got.code != 1 || strings.Count(got.stdout, "FAIL") != 6 || len(careless.Keys()) != 0 ||
		!strings.Contains(got.stdout, "expected one success and nine times 412") {
		t.Errorf("a server that ignores conditions: %+v", got)
	}
}

func TestStoreUsage(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"store list: missing STORE":      {"list"},
		"a store is a path":              {"list", "gs://bucket"},
		"is empty":                       {"list", ""},
		"region":                         {"list", "s3://bucket/prefix"},
		`no "regoin"`:                    {"list", "s3://bucket/prefix?regoin=eu-west-1"},
		"use_path_style is true or":      {"list", "s3://bucket?use_path_style=yes"},
		"must begin with https":          {"verify", "http://example.com"},
		"must not hold a user name":      {"copy", "https://user:pass@example.com", "./x"},
		"unknown command \"verifi\" for": {"verifi"},
	} {
		if got := executeStore(t, args...); got.code != 2 || got.stdout != "" || !strings.Contains(got.stderr, want) {
			t.Errorf("%v: got %+v, want exit 2 and %q", args, got, want)
		}
	}
	if got := executeStore(t); got.code != 0 || !strings.Contains(got.stdout, "verify") {
		t.Errorf("help: %+v", got)
	}
}
