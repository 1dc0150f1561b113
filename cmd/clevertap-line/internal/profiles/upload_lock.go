package profiles

import (
	"errors"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// holdLock locks a file that is there for nothing else, so that one process at a time uploads a CSV file. What it gives
// takes the file away and unlocks it; it gives nil if another process holds the lock.
func holdLock(name string) (release func(), err error) {
	for {
		lock := flock.New(name)
		if locked, err := lock.TryLock(); err != nil || !locked {
			return nil, err
		}
		if named, err := isNamed(lock, name); err != nil {
			return nil, errors.Join(err, lock.Unlock())
		} else if named {
			return func() { releaseLock(name, os.Remove, lock.Unlock) }, nil
		}
		// The process that held the lock took the file away after this one had opened it: whoever comes next would lock
		// another file of that name.
		if err := lock.Unlock(); err != nil {
			return nil, err
		}
	}
}

// isNamed says whether a locked file is still the one of that name.
func isNamed(lock *flock.Flock, name string) (bool, error) {
	there, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	locked, err := lock.Stat()
	return err == nil && os.SameFile(locked, there), err
}

// releaseLock takes the file away while it is locked: were it unlocked first, another process could lock it, and the one
// after that would not find it. Windows removes no open file. There it is removed once it is unlocked, which fails, as
// it should, if another process has opened it by then.
func releaseLock(name string, remove func(string) error, unlock func() error) {
	err := remove(name)
	_ = unlock() // the end of the process does it, too
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		_ = remove(name) // what is left of it does no harm
	}
}
