package clevertap_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/heapwatch"
)

const (
	benchmarkProfiles = 1_000_000
	benchmarkLatency  = 20 * time.Millisecond
)

// envServe makes the test binary a server, so that a benchmark measures the memory and the time of the client alone.
const envServe = "CLEVERTAP_BENCHMARK_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(envServe) != "" {
		serve()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve is CleverTap at its cheapest: it counts what it is sent, so that the client has the machine to itself.
func serve() {
	var under, highest, received atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		now := under.Add(1)
		defer under.Add(-1)
		for seen := highest.Load(); now > seen && !highest.CompareAndSwap(seen, now); seen = highest.Load() {
		}
		body := make([]byte, r.ContentLength)
		if _, err := io.ReadFull(r.Body, body); err != nil || now > clevertap.DefaultUploadConcurrency {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		n := bytes.Count(body, []byte(`{"identity":"`))
		received.Add(int64(n))
		time.Sleep(benchmarkLatency - time.Since(start))
		fmt.Fprintf(w, `{ "status" : "success" , "processed" : %d , "unprocessed" : [ ]}`, n)
	}))
	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
	fmt.Println(received.Load(), highest.Load())
}

// BenchmarkUpload writes a million profiles to a server that takes 15 uploads at a time and 20 ms for each. It reports
// how much of the rate that this allows is reached (aim: 90 %) and the peak of the heap (aim: less than 200 MB).
func BenchmarkUpload(b *testing.B) {
	for b.Loop() {
		url, finish := serveElsewhere(b)
		client := newClient(b, url)
		stop := heapwatch.Start(20 * time.Millisecond)
		start := time.Now()
		processed := 0
		err := client.UploadAll(b.Context(), batches(benchmarkProfiles), func(_ int, result clevertap.UploadResult) error {
			processed += result.Processed
			return nil
		})
		took, peak := time.Since(start), stop()
		if err != nil || processed != benchmarkProfiles {
			b.Fatalf("%d profiles written: %v", processed, err)
		}
		var received, concurrency int
		if _, err := fmt.Sscan(finish(), &received, &concurrency); err != nil || received != benchmarkProfiles || concurrency > 15 {
			b.Fatalf("the server received %d profiles, and saw %d uploads at a time: %v", received, concurrency, err)
		}
		calls := benchmarkProfiles / clevertap.MaxUploadRecords
		fastest := benchmarkLatency * time.Duration(calls) / clevertap.DefaultUploadConcurrency
		b.ReportMetric(100*float64(fastest)/float64(took), "%-of-limit")
		b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
	}
}

// batches makes records as large as allowed in one call.
func batches(profiles int) iter.Seq2[[]clevertap.Record, error] {
	return func(yield func([]clevertap.Record, error) bool) {
		for from := 0; from < profiles; from += clevertap.MaxUploadRecords {
			if !yield(records(from, min(from+clevertap.MaxUploadRecords, profiles)), nil) {
				return
			}
		}
	}
}

func records(from, to int) []clevertap.Record {
	const zeros = "00000000000000000000000000000000"
	records := make([]clevertap.Record, to-from)
	for i := range records {
		n := strconv.Itoa(from + i)
		records[i] = clevertap.Record{
			Identity: "user-" + n,
			Set:      map[string]string{"LineID": "U" + zeros[len(n):] + n},
		}
	}
	return records
}

// serveElsewhere starts the server in a process of its own; finish ends it and returns its last words.
func serveElsewhere(b *testing.B) (url string, finish func() string) {
	b.Helper()
	command := exec.CommandContext(b.Context(), os.Args[0])
	command.Env = append(os.Environ(), envServe+"=1")
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	url, err = lines.ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(url), func() string {
		_ = stdin.Close()
		last, err := lines.ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		_ = command.Wait() // its words are what counts
		return last
	}
}
