package stores

import (
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

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

// What a store calls itself leads to it, from any machine.
func TestLocationIsAnAddress(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-3")
	for _, want := range []templatestore.S3Config{
		{Bucket: "bucket", Region: "eu-west-3"},
		{Bucket: "bucket", Prefix: "a/b c", Region: "eu-west-1", Endpoint: "https://s3.example.com:9000/x", UsePathStyle: true},
	} {
		config := want
		if config.Prefix == "" {
			config.Region = "" // the machine's
		}
		backend, err := templatestore.NewS3(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s3Config(backend.Location(""))
		if err != nil || got.Bucket != want.Bucket || strings.Trim(got.Prefix, "/") != want.Prefix || got.Region != want.Region ||
			got.Endpoint != want.Endpoint || got.UsePathStyle != want.UsePathStyle {
			t.Errorf("%s leads to %+v, %v, not to %+v", backend.Location(""), got, err, want)
		}
	}
}

func TestAddressOfAStore(t *testing.T) {
	t.Parallel()
	for address, works := range map[string]bool{
		"./clevertap": true, "file:///srv": true, "https://store.example.com/a": true, "http://127.0.0.1:1": true, "C:\\store": true,
		"": false, "file://srv": false, "gs://bucket": false, "http://store.example.com": false, "HTTPS://store.example.com": false, "s3:///": false,
	} {
		if backend, err := Open(t.Context(), address, ""); (err == nil) != works || (backend != nil) != works {
			t.Errorf("%q: %v, %v", address, backend, err)
		}
	}
}

// A URL of a folder has its drive after the root on Windows.
func TestFolderOfAURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ store, system, want string }{
		{"file:///C:/store", "windows", "C:/store"},
		{"file:///C:/store", "linux", "/C:/store"},
		{"file:///srv/store", "windows", "/srv/store"},
		{"file:///srv", "linux", "/srv"},
		{"file:///", "windows", "/"},
		{"/C:/store", "windows", "/C:/store"},
		{`C:\store`, "windows", `C:\store`},
		{"./store", "linux", "./store"},
	} {
		if got := folder(test.store, test.system); got != test.want {
			t.Errorf("%s on %s: %s, want %s", test.store, test.system, got, test.want)
		}
	}
}
