package catalogstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	catalogID = 7
	productAt = "/v2/catalogs/7/products/"
	messages  = "default/line-linked-messages/"
)

// bench is a catalog and a backend over it.
type bench struct {
	*clevertaptest.Server
	*catalogstore.Backend
}

func start(t *testing.T, config clevertaptest.CatalogConfig, columns ...string) bench {
	t.Helper()
	server := clevertaptest.NewServer(clevertaptest.Config{AccountID: "TEST", Passcode: "PASS", Catalogs: config})
	t.Cleanup(server.Close)
	if columns == nil {
		columns = append(catalogstore.Columns(), "brand")
	}
	var schema []clevertaptest.Column
	for _, column := range columns {
		schema = append(schema, clevertaptest.Column{Name: column, Type: "string"})
	}
	server.AddCatalog(catalogID, schema...)
	return bench{server, over(t, server, 4)}
}

// over is one more backend over the same catalog, as another process has it.
func over(t *testing.T, server *clevertaptest.Server, retries int) *catalogstore.Backend {
	t.Helper()
	client, err := clevertap.New(clevertap.Config{
		AccountID: "TEST", Passcode: "PASS", APIURL: server.URL, HTTP: httpclient.Config{
			MaxRetries: retries, RetryWaitMin: time.Millisecond, RetryWaitMax: 4 * time.Millisecond,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	backend, err := catalogstore.New(catalogstore.Config{Client: client, CatalogID: catalogID, Patience: 400 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return backend
}

// store is a Store as a process has it that begins now.
func (b bench) store() *ts.Store { return ts.New(b.Backend, "") }

// edit changes a product as somebody in the dashboard might.
func (b bench) edit(identity string, change func(*clevertaptest.Product)) {
	product := b.Products(catalogID)[identity]
	change(&product)
	b.SetProduct(catalogID, identity, product)
}

// full are messages with every field, as they are published: ASCII.
func full() ts.LineLinkedMessages {
	return ts.LineLinkedMessages{
		Shape: "3f2a9b1c",
		Parts: []string{`[{"type":"text","text":"Hello, `, `! <b>&</b> \\ \" \u003e </script> \u4e16\ud83d\ude00 {{"}]`, ``},
		Unit:  "welcome_1a2b3c4d", ContentSHA256: strings.Repeat("f", 64),
		Tags: []string{"{{ Profile.Name | default: '世<' }}", "{% comment %}{% endcomment %}"}, LinkedContent: "line_messages",
		VariantOf: new("welcome"), TrackVersions: new(true), Frozen: new(false), ServedAt: new("https://line.example.com/?a=<b>&c"),
	}
}

// plain are messages without Liquid.
func plain(text string) ts.LineLinkedMessages {
	return ts.LineLinkedMessages{
		Shape: "4f53cda1", Parts: []string{`[{"type":"text","text":"` + text + `"}]`}, Unit: "a_00000000",
		ContentSHA256: strings.Repeat("0", 64), Tags: []string{}, LinkedContent: "line_messages",
	}
}

// wantError wants an error that says all this.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q lacks %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "PASS") {
		t.Errorf("error %q tells the passcode", err)
	}
}
