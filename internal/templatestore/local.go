package templatestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/moby/sys/atomicwriter"
)

const (
	lockName = ".lock"
	// tempPrefix is how atomicwriter begins the names of its temporary files.
	tempPrefix = ".tmp-"
	lockRetry  = 5 * time.Millisecond
)

// local keeps the store in a folder. A writer holds a lock file for the one operation; readers need none, since a file
// appears whole under its name or not at all.
type local struct {
	root string
	// turn is held by the one goroutine of this process that is writing, so that only one at a time polls for the lock.
	turn chan struct{}
	// swept is guarded by turn.
	swept bool
}

// NewLocal is a Backend in a folder, which is made with the first write. A relative path is seen from the working
// directory. An ETag is the SHA-256 of the bytes, so an edit by hand is another revision like any other.
func NewLocal(path string) Backend {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return &local{root: path, turn: make(chan struct{}, 1)}
}

func (l *local) Location(key string) string {
	return filepath.Join(l.root, filepath.FromSlash(key))
}

func (l *local) List(ctx context.Context, prefix string) ([]Entry, error) {
	if err := l.checkRoot(); err != nil {
		return nil, advise(err)
	}
	folders := []string{path.Clean(prefix)}
	if prefix == "" {
		// Not all there is below: the store may be the root of a repository.
		folders = nil
		for _, kind := range allKinds() {
			found, err := fs.Glob(os.DirFS(l.root), "*/"+string(kind))
			if err != nil {
				return nil, err
			}
			folders = append(folders, found...)
		}
	}
	var entries []Entry
	for _, folder := range folders {
		files, err := os.ReadDir(l.Location(folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, advise(err)
		}
		for _, file := range files {
			key := folder + "/" + file.Name()
			if !isDocument(key) {
				continue
			}
			data, etag, err := l.read(ctx, key)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			// Any other error is that of this document alone, and shown to who asks for it.
			if !errors.Is(err, ErrAbsent) {
				entries = append(entries, Entry{Key: key, ETag: etag, Data: data})
			}
		}
	}
	return entries, nil
}

func (l *local) Get(ctx context.Context, key string) (data []byte, etag string, err error) {
	data, etag, err = l.read(ctx, key)
	return data, etag, advise(err)
}

func (l *local) read(ctx context.Context, key string) (data []byte, etag string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	if err := l.checkRoot(); err != nil {
		return nil, "", err
	}
	var file *os.File
	err = checkRegular(l.Location(key))
	if err == nil {
		file, err = os.Open(l.Location(key))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", ErrAbsent
	}
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = file.Close() }()
	data, err = io.ReadAll(io.LimitReader(file, MaxDocumentBytes+1))
	if err != nil {
		return nil, "", err
	}
	return data, etagOf(data), nil
}

// errIrregular is the fault of one document, whatever becomes of the others.
var errIrregular = errors.New("this is no regular file, but a folder, a pipe or a device")

// checkRegular refuses what is no file to open: a pipe would be waited for without end, and some devices end never.
func checkRegular(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return errIrregular
	}
	return err
}

func (l *local) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	err := l.locked(ctx, func() error {
		if err := l.checkETag(ctx, key, etag); err != nil {
			return err
		}
		if key == IdentityKey {
			if err := l.writeGitignore(); err != nil {
				return err
			}
		}
		file := l.Location(key)
		if err := makeFolders(l.root, filepath.Dir(file)); err != nil {
			return err
		}
		if err := atomicwriter.WriteFile(file, data, 0o644); err != nil {
			return err
		}
		return syncFolder(filepath.Dir(file))
	})
	if err != nil {
		return "", advise(err)
	}
	return etagOf(data), nil
}

func (l *local) Delete(ctx context.Context, key, etag string) error {
	// Before the lock, which would make the folder.
	if _, _, err := l.read(ctx, key); errors.Is(err, ErrAbsent) {
		return nil
	}
	return advise(l.locked(ctx, func() error {
		err := l.checkETag(ctx, key, etag)
		if err != nil {
			return err
		}
		if err := os.Remove(l.Location(key)); err != nil {
			return err
		}
		return syncFolder(filepath.Dir(l.Location(key)))
	}))
}

// checkETag wants the ETag to be the present one, "" that of nothing. It must be called under the lock.
func (l *local) checkETag(ctx context.Context, key, etag string) error {
	_, present, err := l.read(ctx, key)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return err
	}
	if present != etag {
		return ErrCondition
	}
	return nil
}

// checkRoot lets a folder that is not there pass: that is an empty store.
func (l *local) checkRoot() error {
	info, err := os.Stat(l.root)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a folder: choose another path", l.root)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// locked runs one write with no other writer in this or another process.
func (l *local) locked(ctx context.Context, write func() error) error {
	if err := l.checkRoot(); err != nil {
		return err
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := os.MkdirAll(l.root, 0o755); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(l.root, lockName), flock.SetPermissions(0o644))
	if err := checkRegular(lock.Path()); errors.Is(err, errIrregular) {
		return fmt.Errorf("the lock %s: %w", lock.Path(), err)
	}
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("another Terraform run or program that writes to this store holds the lock %s, which is free "+
				"again when it ends: %w", lock.Path(), err)
		}
		return err
	}
	// The system frees the lock of a process that dies, so there is nothing to be done about an error.
	defer func() { _ = lock.Unlock() }()
	if !l.swept {
		l.sweep()
		l.swept = true
	}
	return write()
}

// sweep removes the temporary files of writers that were killed. Under the lock there is no living one. What cannot be
// removed does no harm.
func (l *local) sweep() {
	patterns := []string{tempPrefix + IdentityKey + "*", tempPrefix + gitignoreName + "*"}
	for _, kind := range allKinds() {
		patterns = append(patterns, "*/"+string(kind)+"/"+tempPrefix+"*")
	}
	for _, pattern := range patterns {
		leftovers, _ := fs.Glob(os.DirFS(l.root), pattern)
		for _, leftover := range leftovers {
			_ = os.Remove(l.Location(leftover))
		}
	}
}

const gitignoreName = ".gitignore"

// writeGitignore keeps lock and temporary files out of a folder that is kept in git. One that is there stays.
func (l *local) writeGitignore() error {
	file := filepath.Join(l.root, gitignoreName)
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return atomicwriter.WriteFile(file, []byte(lockName+"\n"+tempPrefix+"*\n"), 0o644)
}

// makeFolders makes the folders below root that lead to the last, and sees to it that they outlast a power cut.
func makeFolders(root, last string) error {
	if last == root {
		return nil
	}
	parent := filepath.Dir(last)
	if err := makeFolders(root, parent); err != nil {
		return err
	}
	err := os.Mkdir(last, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncFolder(parent)
}

// syncFolder makes a rename or removal in a folder outlast a power cut. Windows and some network file systems have no
// such call.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = opened.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, opened.Close())
}

func etagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// advise adds what to do about the commonest errors of a file system; theirs names the path.
func advise(err error) error {
	is := func(target error) bool { return errors.Is(err, target) }
	var advice string
	switch {
	case is(fs.ErrPermission):
		advice = "the user this runs as needs the right to read and write there"
	case slices.ContainsFunc(readOnly, is):
		advice = "the file system is read-only: use a path that can be written to"
	case slices.ContainsFunc(diskFull, is):
		advice = "free some space on the disk"
	default:
		return err
	}
	return fmt.Errorf("%w: %s", err, advice)
}
