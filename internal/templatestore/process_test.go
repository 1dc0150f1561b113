package templatestore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// roleVariable makes the test binary another process that uses the store in the folder of its one argument.
const roleVariable = "TEMPLATESTORE_TEST_ROLE"

func TestMain(m *testing.M) {
	for _, variable := range storetest.S3Environment() {
		name, value, _ := strings.Cut(variable, "=")
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	role, isChild := roles()[os.Getenv(roleVariable)]
	if !isChild {
		os.Exit(m.Run())
	}
	if err := role(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func roles() map[string]func(root string) error {
	all := map[string]func(string) error{"write until killed": writeUntilKilled, "count": count}
	for name, role := range systemRoles() {
		all[name] = role
	}
	return all
}

func child(t *testing.T, role, root string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), self, root)
	// A process under the race detector else sleeps for a second when it ends.
	command.Env = append(os.Environ(), roleVariable+"="+role, "GORACE=atexit_sleep_ms=0 halt_on_error=1")
	return command
}

const longURLBytes = 20_000

// longURL makes a document of many pages that is one and the same letter, so that a torn one could not hide.
func longURL(i int) string { return strings.Repeat(string(rune('a'+i%26)), longURLBytes) }

// writeUntilKilled replaces, deletes and creates documents, and says so once it has begun.
func writeUntilKilled(root string) error {
	ctx := context.Background()
	store := ts.New(ts.NewLocal(root), "")
	_, known, err := ts.Read[ts.WebhookTemplate](ctx, store, "replaced", ts.Revision{})
	if err != nil {
		return err
	}
	_, passing, err := ts.Read[ts.WebhookTemplate](ctx, store, "passing", ts.Revision{})
	if err == nil {
		err = ts.Delete[ts.WebhookTemplate](ctx, store, "passing", passing)
	}
	var failure *ts.Error
	if err != nil && (!errors.As(err, &failure) || failure.Reason != ts.NotFound) {
		return err
	}
	fmt.Println("ready")
	for i := 0; ; i++ {
		if known, err = ts.Replace(ctx, store, "replaced", storetest.Template(longURL(i)), known); err != nil {
			return err
		}
		if passing, err = ts.Create(ctx, store, "passing", storetest.Template(longURL(i))); err != nil {
			return err
		}
		if err = ts.Delete[ts.WebhookTemplate](ctx, store, "passing", passing); err != nil {
			return err
		}
	}
}

func TestLocalSurvivesAKillAtAnyInstant(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "replaced", storetest.Template(longURL(0))))(t)
	const kills = 30
	for range kills {
		writer := child(t, "write until killed", root)
		writer.Stderr = os.Stderr
		output, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(output).ReadString('\n'); err != nil || line != "ready\n" {
			t.Fatalf("the writer said %q, %v", line, err)
		}
		time.Sleep(rand.N(20 * time.Millisecond))
		if err := writer.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := writer.Wait(); err == nil {
			t.Fatal("the writer ended by itself")
		}
		whole(t, root, "replaced")
		whole(t, root, "passing")
	}
	_, known, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(ts.NewLocal(root), ""), "replaced", ts.Revision{})
	if err != nil {
		t.Fatal(err)
	}
	storetest.Must(ts.Replace(t.Context(), ts.New(ts.NewLocal(root), ""), "replaced", storetest.Template("after"), known))(t)
	if leftovers := storetest.Must(filepath.Glob(filepath.Join(root, "*", "*", ".tmp-*")))(t); len(leftovers) > 0 {
		t.Errorf("left: %q", leftovers)
	}
}

// whole wants an old document, a new one, or for the one that is created and deleted none.
func whole(t *testing.T, root, name string) {
	t.Helper()
	content, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(ts.NewLocal(root), ""), name, ts.Revision{})
	if name == "passing" && storetest.IsReason(err, ts.NotFound) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if url := content.DestinationURL; len(url) != longURLBytes || strings.Trim(url, url[:1]) != "" {
		t.Fatalf("%s is torn: %.20s…, %d bytes", name, url, len(url))
	}
}

// count adds one to a document as often as it may and prints how often that was; it gives way to nobody.
func count(root string) error {
	successes := 0
	for tries := 0; tries < 40; tries++ {
		store := ts.New(ts.NewLocal(root), "")
		content, known, err := ts.Read[ts.WebhookTemplate](context.Background(), store, "counter", ts.Revision{})
		if err != nil {
			return err
		}
		value, err := strconv.Atoi(content.DestinationURL)
		if err != nil {
			return err
		}
		_, err = ts.Replace(context.Background(), store, "counter", storetest.Template(strconv.Itoa(value+1)), known)
		var failure *ts.Error
		switch {
		case err == nil:
			successes++
		case !errors.As(err, &failure) || failure.Reason != ts.Changed:
			return err
		}
	}
	fmt.Println(successes)
	return nil
}

func TestLocalProcessesDoNotLoseEachOthersWrites(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "counter", storetest.Template("0")))(t)
	const processes = 4
	var mu sync.Mutex
	var all sync.WaitGroup
	total := 0
	for range processes {
		all.Go(func() {
			counter := child(t, "count", root)
			counter.Stderr = os.Stderr
			output, err := counter.Output()
			if err != nil {
				t.Error(err)
				return
			}
			successes, err := strconv.Atoi(strings.TrimSpace(string(output)))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			total += successes
		})
	}
	all.Wait()
	if got := storetest.Read(t, ts.NewLocal(root), "counter").DestinationURL; got != strconv.Itoa(total) || total == 0 {
		t.Errorf("%d writes succeeded, and the document counts %s", total, got)
	}
	t.Logf("%d of %d writes succeeded", total, processes*40)
}

// runChild runs a role to its end, which storetest.Must be a good one.
func runChild(t *testing.T, role, root string) {
	t.Helper()
	if output, err := child(t, role, root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
}
