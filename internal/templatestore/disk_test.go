package templatestore

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestAdvice takes the numbers that each system really gives.
func TestAdvice(t *testing.T) {
	t.Parallel()
	const full, protected, right = "free some space", "is read-only", "needs the right"
	advice := map[syscall.Errno]string{
		syscall.ENOSPC: full, syscall.EROFS: protected, syscall.EACCES: right, syscall.EPERM: right,
	}
	if runtime.GOOS == "windows" {
		// By winerror.h: disk full (two), write protected, access denied.
		advice = map[syscall.Errno]string{39: full, 112: full, 19: protected, 5: right}
	}
	for number, want := range advice {
		err := advise(&fs.PathError{Op: "write", Path: "a.json", Err: number})
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.json") || !errors.Is(err, number) {
			t.Errorf("%d: got %v, want %q in it", number, err, want)
		}
	}
	for _, other := range []error{nil, ErrCondition, errors.New("else")} {
		if err := advise(other); !errors.Is(err, other) || err != nil && err.Error() != other.Error() {
			t.Errorf("%v became %v", other, err)
		}
	}
}
