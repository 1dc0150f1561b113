package templatestore_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func TestLocalStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) ts.Backend { return ts.NewLocal(filepath.Join(t.TempDir(), "path", "to it")) })
}

// schemas is where the schemas are published.
const schemas = "https://raw.githubusercontent.com/clevertap-line/terraform-provider-clevertap/main/docs/schemas/"

func TestLocalDocument(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	revision := storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), "W9R-486-4W5Z"), "LINE push", storetest.FullTemplate()))(t)
	file := filepath.Join(root, "W9R-486-4W5Z", "webhook-templates", "LINE%20push.json")
	text := string(storetest.Must(os.ReadFile(file))(t))
	writeID := strings.Split(strings.Split(text, `"write_id": "`)[1], `"`)[0]
	want := `{
  "$schema": "` + schemas + `webhook-template.v1.json",
  "schema_version": 1,
  "kind": "webhook-templates",
  "name": "LINE push",
  "write_id": "` + writeID + `",
  "content": {
    "http_method": "POST",
    "destination_url": "https://api.line.me/v2/bot/message/push?a=<b>&c=\u2028\"é世😀",
    "headers": {
      "Content-Type": "application/json",
      "X-Empty": ""
    },
    "secret_header_names": [
      "Authorization"
    ],
    "secret_headers_version": 9007199254740993,
    "content_sha256": "0000000000000000000000000000000000000000000000000000000000000000"
  }
}
`
	if text != want {
		t.Errorf("got %s\nwant %s", text, want)
	}
	if sum := sha256.Sum256([]byte(text)); revision.ETag != hex.EncodeToString(sum[:]) || len(writeID) != 36 {
		t.Errorf("revision %+v, write id %q", revision, writeID)
	}
	if ignored := string(storetest.Must(os.ReadFile(filepath.Join(root, ".gitignore")))(t)); ignored != ".lock\n.tmp-*\n" {
		t.Errorf(".gitignore says %q", ignored)
	}
}

func TestLocalCopyUnderAnotherFileName(t *testing.T) {
	t.Parallel()
	backend := ts.NewLocal(t.TempDir())
	storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.FullBody()))(t)
	storetest.Plant(t, backend, storetest.Bodies+"a-copy.json", []byte(storetest.MinimalBody))
	_, _, err := ts.Read[ts.LineCampaignBody](t.Context(), ts.New(backend, ""), "a", ts.Revision{})
	storetest.WantReason(t, err, ts.DuplicateName, "a.json", "a-copy.json")
	_, _, err = ts.Read[ts.LineCampaignBody](t.Context(), ts.New(backend, ""), "a-copy", ts.Revision{})
	storetest.WantReason(t, err, ts.Damaged, "a-copy.json:4:3", `named "a", not "a-copy"`)
}

func TestLocalFolderWithOtherThings(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	theirs := []string{
		".gitignore", "package.json", "default/notes.json", "src/app/.tmp-mine", "default/webhook-templates/README.md",
	}
	for _, file := range theirs {
		writeFile(t, filepath.Join(root, file), "theirs")
	}
	leftovers := []string{"default/webhook-templates/.tmp-a.json123", "default/receipts/webhook-templates/.tmp-a.json123"}
	for _, leftover := range leftovers {
		writeFile(t, filepath.Join(root, leftover), "half a docu")
	}
	storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("")))(t)
	for _, file := range theirs {
		if text := string(storetest.Must(os.ReadFile(filepath.Join(root, file)))(t)); text != "theirs" {
			t.Errorf("%s was changed: %s", file, text)
		}
	}
	for _, leftover := range leftovers {
		if _, err := os.Stat(filepath.Join(root, leftover)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s, the leftover of a killed writer, is still there: %v", leftover, err)
		}
	}
}

func TestLocalReadsWriteNothing(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	known := storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("")))(t)
	for _, leftover := range []string{".lock", "default/webhook-templates/.tmp-a.json1"} {
		writeFile(t, filepath.Join(root, leftover), "")
	}
	before := tree(t, root)
	store := ts.New(ts.NewLocal(root), "")
	for _, revision := range []ts.Revision{known, {}} {
		if _, _, err := ts.Read[ts.WebhookTemplate](t.Context(), store, "a", revision); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := ts.Read[ts.LineCampaignBody](t.Context(), store, "a", ts.Revision{})
	storetest.WantReason(t, err, ts.NotFound)
	if after := tree(t, root); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}

	missing := filepath.Join(root, "missing")
	_, _, err = ts.Read[ts.WebhookTemplate](t.Context(), ts.New(ts.NewLocal(missing), ""), "a", ts.Revision{})
	storetest.WantReason(t, err, ts.NotFound, missing)
	if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a read made the folder: %v", err)
	}
}

// tree describes all files: names, sizes, times and contents.
func tree(t *testing.T, root string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		var content []byte
		if entry.Type().IsRegular() {
			if content, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		fmt.Fprintln(&all, path, info.Mode(), info.ModTime().UnixNano(), sha256.Sum256(content))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestLocalPathIsNoFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	writeFile(t, file, "")
	store := ts.New(ts.NewLocal(file), "")
	_, err := ts.Create(t.Context(), store, "a", storetest.Template(""))
	storetest.WantReason(t, err, ts.Unavailable, file+" is not a folder")
	storetest.WantAllRefused(t, store, ts.Revision{StoreID: "x", ETag: "y"}, ts.Unavailable, file+" is not a folder")

	_, err = ts.Create(t.Context(), ts.New(ts.NewLocal(filepath.Join(file, "below")), ""), "a", storetest.Template(""))
	storetest.WantReason(t, err, ts.Unavailable, filepath.Join(file, "below"))
	root := t.TempDir()
	writeFile(t, filepath.Join(root, "default"), "")
	_, err = ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template(""))
	storetest.WantReason(t, err, ts.Unavailable, filepath.Join(root, "default"))
}

func TestLocalLockIsHeld(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	known := storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("")))(t)
	holder := flock.New(filepath.Join(root, ".lock"))
	if err := holder.Lock(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := ts.Replace(ctx, ts.New(ts.NewLocal(root), ""), "a", storetest.Template(""), known)
	storetest.WantReason(t, err, ts.Unavailable, holder.Path(), "another Terraform run")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v does not wrap the context's end", err)
	}
	if content := storetest.Read(t, ts.NewLocal(root), "a"); content.DestinationURL != "" {
		t.Errorf("read %+v", content)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = holder.Unlock() })
	storetest.Must(ts.Replace(t.Context(), ts.New(ts.NewLocal(root), ""), "a", storetest.Template("later"), known))(t)
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
