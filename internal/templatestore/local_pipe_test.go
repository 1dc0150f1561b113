//go:build unix

package templatestore_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// What is no regular file is the error of that document at once, and of no other: a pipe in its place would be waited for.
func TestLocalPipes(t *testing.T) {
	t.Parallel()
	const document, receipt, live = "default/webhook-templates/a.json", "default/receipts/webhook-templates/b.json", "default/line-linked-messages/a.json"
	for name, test := range map[string]struct {
		key   string
		plant func(string) error
	}{
		"a document": {document, pipe}, "a receipt": {receipt, pipe}, "messages": {live, pipe},
		"a folder": {document, func(name string) error { return os.Mkdir(name, 0o755) }},
		"a device": {document, func(name string) error { return os.Symlink("/dev/zero", name) }},
	} {
		root := t.TempDir()
		store := ts.New(ts.NewLocal(root), "")
		storetest.Must(ts.Create(t.Context(), store, "b", storetest.Template("b")))(t)
		file := filepath.Join(root, filepath.FromSlash(test.key))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), test.plant(file)); err != nil {
			t.Fatal(err)
		}
		wantDamaged := func(where string, err error) {
			t.Helper()
			failure, ok := errors.AsType[*ts.Error](err)
			if !ok || failure.Reason != ts.Damaged || failure.Where != file || !strings.Contains(err.Error(), "no regular file") {
				t.Errorf("%s, %s: %v", name, where, err)
			}
		}
		soon(t, func() {
			kind := ts.Kind(strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(test.key)), "default/"), "/"))
			_, err := ts.ReadRaw(t.Context(), store, kind, strings.TrimSuffix(filepath.Base(test.key), ".json"))
			wantDamaged("raw", err)
			_, standings, err := ts.Standings(t.Context(), ts.NewLocal(root))
			if err != nil || len(standings) == 0 {
				t.Errorf("%s: %v, %v", name, standings, err)
			}
			for _, s := range standings {
				if broken := s.Name == strings.TrimSuffix(filepath.Base(test.key), ".json") && (s.Kind == kind || s.Kind.Receipts() == kind); broken {
					wantDamaged("standing", s.Err)
				} else if s.Err != nil {
					t.Errorf("%s: %s has %v", name, s.Name, s.Err)
				}
			}
			if test.key == document {
				_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(ts.NewLocal(root), ""), "a", ts.Revision{})
				wantDamaged("read", err)
				if _, err := ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("a")); err == nil {
					t.Errorf("%s: it was written over", name)
				}
			}
		})
	}
}

// The same holds for what the store needs besides documents.
func TestLocalPipesOfTheStore(t *testing.T) {
	t.Parallel()
	for _, name := range []string{".lock", ts.IdentityKey} {
		root := t.TempDir()
		if err := pipe(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
		soon(t, func() {
			_, err := ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("a"))
			if err == nil || !strings.Contains(err.Error(), filepath.Join(root, name)) || !strings.Contains(err.Error(), "no regular file") {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

func pipe(name string) error { return syscall.Mkfifo(name, 0o644) }

// soon fails if something takes longer than a look at a folder does.
func soon(t *testing.T, do func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatal("it hangs")
	}
}
