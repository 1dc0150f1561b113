package templatestore_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const utf8JSON = "application/json; charset=utf-8"

// wantMetadata asks for an object as anybody would.
func wantMetadata(t *testing.T, c ts.S3Config, key, contentType, cacheControl string) {
	t.Helper()
	loaded, err := awsconfig.LoadDefaultConfig(t.Context(), awsconfig.WithRegion(c.Region))
	if err != nil {
		t.Fatal(err)
	}
	client := s3.NewFromConfig(loaded, func(o *s3.Options) { o.BaseEndpoint, o.UsePathStyle = &c.Endpoint, c.UsePathStyle })
	object, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &c.Bucket, Key: aws.String(c.Prefix + "/" + key)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = object.Body.Close() }()
	if gotType, gotCache := aws.ToString(object.ContentType), aws.ToString(object.CacheControl); gotType != contentType || gotCache != cacheControl {
		t.Errorf("%s is served as %q with Cache-Control %q", key, gotType, gotCache)
	}
}

// TestS3Headers: what is served with a document depends on its key alone, so that a copy is served as the original.
func TestS3Headers(t *testing.T) {
	t.Parallel()
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, "<Error><Code>NoSuchKey</Code></Error>")
			return
		}
		if got != nil { // the check of conditions
			w.WriteHeader(http.StatusPreconditionFailed)
			return
		}
		got = r.Header
		w.Header().Set("ETag", `"1"`)
	}))
	defer server.Close()
	for key, cached := range map[string]string{
		"default/line-linked-messages/welcome.json":           "max-age=60",
		"W9R%2F1/line-linked-messages/a~0123.json":            "max-age=60",
		"receipts/line-linked-messages/welcome.json":          "max-age=60", // of the account receipts
		"default/receipts/line-linked-messages/welcome.json":  "",
		"default/line-linked-messages/welcome.txt":            "",
		"default/line-linked-messages/.welcome.json":          "",
		"default/line-linked-messages/a/welcome.json":         "",
		"line-linked-messages/welcome.json":                   "",
		"default/linked-content/line_messages.json":           "",
		"default/webhook-templates/line-linked-messages.json": "",
		"default/line-campaign-bodies/welcome.json":           "",
		ts.IdentityKey: "",
	} {
		got = nil
		if _, err := openS3(t, server.URL).Put(t.Context(), key, []byte("{}"), ""); err != nil {
			t.Fatal(err)
		}
		if got.Get("Content-Type") != utf8JSON || got.Get("Cache-Control") != cached {
			t.Errorf("%s: %q, %q", key, got.Get("Content-Type"), got.Get("Cache-Control"))
		}
	}
}
