package line_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/heapwatch"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	benchmarkFollowers = 1_000_000
	benchmarkLatency   = 5 * time.Millisecond
)

// envServe makes the test binary a server with that many followers, so that a benchmark measures the memory and the
// time of the client alone.
const envServe = "LINE_BENCHMARK_FOLLOWERS"

func TestMain(m *testing.M) {
	if n, err := strconv.Atoi(os.Getenv(envServe)); err == nil {
		server := linetest.NewServer(linetest.Config{
			Token: token, Followers: linetest.UserIDs(n), Latency: benchmarkLatency,
		})
		fmt.Println(server.URL)
		_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// BenchmarkFollowerIDs lists a million followers from a server that takes 5 ms for a page, and at the same time, so
// that whatever else the machine does slows both, loops over the same pages reading nothing but next. It reports the
// ratio of the two times (aim: 1.1) and the peak of the heap of both.
func BenchmarkFollowerIDs(b *testing.B) {
	url := serveElsewhere(b, benchmarkFollowers)
	client := newClient(b, url)
	var bare, whole time.Duration
	var peak uint64
	for b.Loop() {
		stop := heapwatch.Start(20 * time.Millisecond)
		start := time.Now()
		var group sync.WaitGroup
		group.Go(func() {
			bareLoop(b, url)
			bare += time.Since(start)
		})
		ids, err := client.FollowerIDs(b.Context(), line.FollowerIDsOptions{})
		whole += time.Since(start)
		group.Wait()
		peak = max(peak, stop())
		if err != nil || ids.Len() != benchmarkFollowers {
			b.Fatalf("got %v, want %d IDs", err, benchmarkFollowers)
		}
	}
	b.ReportMetric(float64(whole)/float64(bare), "x-bare-loop")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}

func bareLoop(b *testing.B, base string) {
	b.Helper()
	for next := ""; ; {
		url := base + "/v2/bot/followers/ids?limit=1000"
		if next != "" {
			url += "&start=" + next
		}
		request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
		if err != nil {
			b.Error(err)
			return
		}
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			b.Error(err)
			return
		}
		var page struct{ Next string }
		err = json.NewDecoder(response.Body).Decode(&page)
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if err != nil {
			b.Error(err)
			return
		}
		if next = page.Next; next == "" {
			return
		}
	}
}

func serveElsewhere(b *testing.B, followers int) (url string) {
	b.Helper()
	command := exec.CommandContext(b.Context(), os.Args[0])
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%d", envServe, followers))
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
	b.Cleanup(func() {
		_ = stdin.Close()
		_ = command.Wait() // ended by its input or by the context
	})
	url, err = bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(url)
}
