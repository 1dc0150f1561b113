//go:build unix

package templatestore_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func systemRoles() map[string]func(root string) error {
	return map[string]func(string) error{"no rights": withoutRights, "no space": withoutSpace}
}

// withoutRights gives up those of the superuser, if it has them.
func withoutRights(root string) error {
	if os.Getuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			return err
		}
	}
	ctx, store := context.Background(), ts.New(ts.NewLocal(root), "")
	_, known, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", ts.Revision{})
	if err != nil {
		return err
	}
	_, _, secret := ts.Read[ts.WebhookTemplate](ctx, store, "unreadable", ts.Revision{})
	_, create := ts.Create(ctx, store, "b", storetest.Template(""))
	_, replace := ts.Replace(ctx, store, "a", storetest.Template(""), known)
	for _, err := range []error{secret, create, replace, ts.Delete[ts.WebhookTemplate](ctx, store, "a", known)} {
		var failure *ts.Error
		if !errors.As(err, &failure) || failure.Reason != ts.Unavailable || !errors.Is(err, os.ErrPermission) ||
			!strings.Contains(err.Error(), root) || !strings.Contains(err.Error(), "needs the right") {
			return fmt.Errorf("got %w", err)
		}
	}
	return nil
}

func TestLocalWithoutRights(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	// The parent is private to its user.
	if err := os.Chmod(filepath.Dir(root), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "unreadable"} {
		storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), name, storetest.Template("1")))(t)
	}
	folder := filepath.Join(root, "default", "webhook-templates")
	for path, mode := range map[string]os.FileMode{
		filepath.Join(folder, "unreadable.json"): 0, folder: 0o555, root: 0o555, filepath.Join(root, ".lock"): 0o444,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	before := ""
	if os.Getuid() == 0 {
		before = tree(t, root)
	}
	runChild(t, "no rights", root)
	if before != "" && tree(t, root) != before {
		t.Error("the folder changed")
	}
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if content := storetest.Read(t, ts.NewLocal(root), "a"); content.DestinationURL != "1" {
		t.Errorf("left %+v", content)
	}
}

// withoutSpace lets no file grow beyond a page, so that a write fails in its middle as it does on a full disk.
func withoutSpace(root string) error {
	ctx, store := context.Background(), ts.New(ts.NewLocal(root), "")
	_, known, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", ts.Revision{})
	if err != nil {
		return err
	}
	limit := syscall.Rlimit{Cur: 4096, Max: 4096}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	_, replace := ts.Replace(ctx, store, "a", storetest.Template(longURL(0)), known)
	_, create := ts.Create(ctx, store, "b", storetest.Template(longURL(0)))
	for _, err := range []error{replace, create} {
		var failure *ts.Error
		if !errors.As(err, &failure) || failure.Reason != ts.Unavailable || !errors.Is(err, syscall.EFBIG) ||
			!strings.Contains(err.Error(), root) {
			return fmt.Errorf("got %w", err)
		}
	}
	return nil
}

func TestLocalWriteFailsInItsMiddle(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("1")))(t)
	before := tree(t, filepath.Join(root, "default", "webhook-templates", "a.json"))
	runChild(t, "no space", root)
	if after := tree(t, filepath.Join(root, "default", "webhook-templates", "a.json")); after != before {
		t.Errorf("before %s, after %s", before, after)
	}
	if files := storetest.Must(os.ReadDir(filepath.Join(root, "default", "webhook-templates")))(t); len(files) != 1 {
		t.Errorf("left %v", files)
	}
}
