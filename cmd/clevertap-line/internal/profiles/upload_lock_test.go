package profiles

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gofrs/flock"
)

func TestLockIsHeldByOne(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "lock")
	release, err := holdLock(name)
	if err != nil || release == nil {
		t.Fatalf("free, and not locked: %v", err)
	}
	if again, err := holdLock(name); err != nil || again != nil {
		t.Errorf("locked twice, %v", err)
	}
	release()
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file was left: %v", err)
	}
	if release, err = holdLock(name); err != nil || release == nil {
		t.Fatalf("released, and not free: %v", err)
	}
	release()
}

func TestLockThatCannotBe(t *testing.T) {
	t.Parallel()
	if release, err := holdLock(filepath.Join(t.TempDir(), "missing", "lock")); err == nil || release != nil {
		t.Errorf("locked, %v", err)
	}
}

// One process may open the file just before another one, which held the lock, takes it away. A lock on a file that no
// longer has its name keeps nobody out.
func TestLockOnAFileThatWasTakenAway(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "lock")
	lock := flock.New(name)
	if locked, err := lock.TryLock(); err != nil || !locked {
		t.Fatal(locked, err)
	}
	t.Cleanup(func() { _ = lock.Unlock() })
	want := func(want bool, when string) {
		t.Helper()
		if named, err := isNamed(lock, name); err != nil || named != want {
			t.Errorf("%s: %t, %v", when, named, err)
		}
	}
	want(true, "untouched")
	if err := os.Rename(name, name+".old"); err != nil {
		t.Skip("this system moves no open file")
	}
	want(false, "taken away")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want(false, "replaced")
}

// Many at a time, each of which takes the file away when it is done.
func TestLockIsHeldByOneAtATime(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "lock")
	var holders, held atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 2000 {
				release, err := holdLock(name)
				if err != nil {
					t.Error(err)
					return
				}
				if release == nil {
					continue
				}
				held.Add(1)
				if holders.Add(1) != 1 {
					t.Error("two hold the lock")
				}
				if _, err := os.Stat(name); err != nil {
					t.Errorf("the next one would lock another file: %v", err)
				}
				holders.Add(-1)
				release()
			}
		})
	}
	all.Wait()
	if held.Load() == 0 {
		t.Error("nobody ever held the lock")
	}
}

// The file is taken away while it is locked, or another process could lock what is then taken away. Where no open file
// can be removed, it is unlocked first.
func TestLockFileIsRemovedInOrder(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		whileOpen error
		want      []string
	}{
		"POSIX":        {nil, []string{"remove", "unlock"}},
		"Windows":      {errors.New("a process uses the file"), []string{"remove", "unlock", "remove"}},
		"gone already": {&fs.PathError{Op: "remove", Path: "lock", Err: fs.ErrNotExist}, []string{"remove", "unlock"}},
	} {
		var got []string
		err := test.whileOpen
		releaseLock("lock", func(name string) error {
			if name != "lock" {
				t.Errorf("removed %q", name)
			}
			got = append(got, "remove")
			return err
		}, func() error {
			got = append(got, "unlock")
			err = nil
			return nil
		})
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
