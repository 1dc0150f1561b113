package templatestore_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/heapwatch"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// fill creates templates and gives their revisions by name.
func fill[T ts.Content](tb testing.TB, backend ts.Backend, documents int, content T) map[string]ts.Revision {
	tb.Helper()
	store := ts.New(backend, "")
	known := map[string]ts.Revision{}
	var mu sync.Mutex
	var group errgroup.Group
	group.SetLimit(16)
	for i := range documents {
		group.Go(func() error {
			name := fmt.Sprint("name ", i)
			revision, err := ts.Create(tb.Context(), store, name, content)
			mu.Lock()
			defer mu.Unlock()
			known[name] = revision
			return err
		})
	}
	if err := group.Wait(); err != nil {
		tb.Fatal(err)
	}
	return known
}

// refresh reads all as Terraform does when nothing has changed.
func refresh[T ts.Content](tb testing.TB, backend ts.Backend, known map[string]ts.Revision) {
	tb.Helper()
	store := ts.New(backend, "")
	var group errgroup.Group
	group.SetLimit(16)
	for name, revision := range known {
		group.Go(func() error {
			content, now, err := ts.Read[T](tb.Context(), store, name, revision)
			if err == nil && (content != nil || now != revision) {
				err = fmt.Errorf("%s has changed from %+v to %+v", name, revision, now)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		tb.Fatal(err)
	}
}

// enterAll enters what is there, and gives the ETags of the receipts by name.
func enterAll(tb testing.TB, backend ts.Backend, known map[string]ts.Revision) map[string]string {
	tb.Helper()
	store := ts.New(backend, "")
	receipts := map[string]string{}
	var mu sync.Mutex
	var group errgroup.Group
	group.SetLimit(16)
	for name := range known {
		group.Go(func() error {
			if _, err := ts.Enter(tb.Context(), store, ts.WebhookTemplates, name, ts.Entering{By: "ann"}); err != nil {
				return err
			}
			_, etag, err := ts.ReadReceipt(tb.Context(), store, ts.WebhookTemplates, name, "")
			mu.Lock()
			defer mu.Unlock()
			receipts[name] = etag
			return err
		})
	}
	if err := group.Wait(); err != nil {
		tb.Fatal(err)
	}
	return receipts
}

// refreshWithReceipts is refresh, with the receipts of all that is there.
func refreshWithReceipts(tb testing.TB, backend ts.Backend, known map[string]ts.Revision, receipts map[string]string) {
	tb.Helper()
	store := ts.New(backend, "")
	var group errgroup.Group
	group.SetLimit(16)
	for name, revision := range known {
		group.Go(func() error {
			content, now, err := ts.Read[ts.WebhookTemplate](tb.Context(), store, name, revision)
			if err == nil && (content != nil || now != revision) {
				err = fmt.Errorf("%s has changed from %+v to %+v", name, revision, now)
			}
			return err
		})
		group.Go(func() error {
			receipt, etag, err := ts.ReadReceipt(tb.Context(), store, ts.WebhookTemplates, name, receipts[name])
			if err == nil && (receipt != nil || etag != receipts[name]) {
				err = fmt.Errorf("the receipt of %s has changed from %s to %s", name, receipts[name], etag)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkRefresh reads 1,000 unchanged documents. It reports the requests of one refresh, the time as a ratio to that
// of the local store, measured by turns with it, and the peak of the heap, which has the http server's part in it.
func BenchmarkRefresh(b *testing.B) {
	const documents = 1000
	local := ts.NewLocal(b.TempDir())
	inLocal := fill(b, local, documents, storetest.FullTemplate())

	server := storetest.NewServer(storetest.ServerConfig{})
	b.Cleanup(server.Close)
	overHTTP, err := ts.NewHTTP(ts.HTTPConfig{Address: server.Address, Client: httpclient.New(httpclient.Config{})})
	if err != nil {
		b.Fatal(err)
	}
	gateway := storetest.StartS3(b)
	front, config := gateway.Front(b), gateway.Config()
	direct, err := ts.NewS3(b.Context(), config)
	if err != nil {
		b.Fatal(err)
	}
	config.Endpoint = front.URL
	counted, err := ts.NewS3(b.Context(), config)
	if err != nil {
		b.Fatal(err)
	}
	for _, store := range []struct {
		name             string
		backend, counted ts.Backend
		front            *standin.Front
	}{
		{"local", ts.NewLocal(local.Location("")), local, nil}, {"s3", direct, counted, front}, {"http", overHTTP, overHTTP, server.Front},
	} {
		b.Run(store.name, func(b *testing.B) {
			known := inLocal
			if store.front != nil {
				known = fill(b, store.backend, documents, storetest.FullTemplate())
				store.front.Forget()
				refresh[ts.WebhookTemplate](b, store.counted, known)
				b.ReportMetric(float64(len(store.front.Requests())), "requests")
			}
			const rounds = 20
			var own, ofLocal time.Duration
			for range rounds {
				start := time.Now()
				refresh[ts.WebhookTemplate](b, local, inLocal)
				ofLocal += time.Since(start)
				start = time.Now()
				refresh[ts.WebhookTemplate](b, store.backend, known)
				own += time.Since(start)
			}
			stop := heapwatch.Start(time.Millisecond)
			for b.Loop() {
				refresh[ts.WebhookTemplate](b, store.backend, known)
			}
			b.ReportMetric(float64(stop())/(1<<20), "peak-MB")
			b.ReportMetric(float64(own)/float64(ofLocal), "x-local")
		})
	}
}
