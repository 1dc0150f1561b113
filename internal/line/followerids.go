package line

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"
)

// FollowerIDs is a set of LINE user IDs, in ascending order. It keeps 16 bytes for each and makes their text when
// asked. It does not change once made and is safe for use by many goroutines.
type FollowerIDs struct {
	ids       []UserID
	truncated bool
}

// sortedSet sorts IDs in place and returns them without duplicates.
func sortedSet(ids []UserID) []UserID {
	slices.SortFunc(ids, UserID.Compare)
	return slices.Compact(ids)
}

// Len is the number of IDs.
func (f *FollowerIDs) Len() int { return len(f.ids) }

// Truncated says that the listing ended at MaxResults although LINE had more: another ID on the page, or another page,
// which was not read and may hold no ID that is new.
func (f *FollowerIDs) Truncated() bool { return f.truncated }

// All yields the IDs in ascending order.
func (f *FollowerIDs) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, id := range f.ids {
			if !yield(id.String()) {
				return
			}
		}
	}
}

// Strings returns the IDs in ascending order, some 64 bytes each; never nil.
func (f *FollowerIDs) Strings() []string {
	return slices.AppendSeq(make([]string, 0, len(f.ids)), f.All())
}

// WriteTo writes the IDs in ascending order, one a line, with a line feed after each.
func (f *FollowerIDs) WriteTo(w io.Writer) (int64, error) {
	var written int64
	buffered := bufio.NewWriterSize(writerFunc(func(p []byte) (int, error) {
		n, err := w.Write(p)
		written += int64(n)
		return n, err
	}), 64<<10)
	line := make([]byte, 0, userIDLength+1)
	for _, id := range f.ids {
		if _, err := buffered.Write(append(id.appendTo(line), '\n')); err != nil {
			return written, err
		}
	}
	err := buffered.Flush()
	return written, err
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// SHA256 is the checksum, in hexadecimal, of what [FollowerIDs.WriteTo] writes: equal for equal sets of IDs, and what
// sha256sum says of the file.
func (f *FollowerIDs) SHA256() string {
	sum := sha256.New()
	_, _ = f.WriteTo(sum) // a hash takes everything
	return hex.EncodeToString(sum.Sum(nil))
}
