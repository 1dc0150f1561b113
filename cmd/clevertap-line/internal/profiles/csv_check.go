package profiles

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// maxFaults is how many of the faults of a file are listed.
const maxFaults = 20

// checkedProfiles is a CSV file without faults.
type checkedProfiles struct {
	property string
	rows     int
	sha256   string
	// shared says which LINE IDs are on several profiles, as a warning; empty if none are.
	shared string
}

// profileKey is what is kept of a line to find doubles: 40 bytes, whatever the identity.
type profileKey struct {
	identity [16]byte // the beginning of its SHA-256
	lineID   line.UserID
	line     int
}

// checkProfiles reads a file to its end. The error lists what is wrong, by line.
func checkProfiles(ctx context.Context, file io.Reader) (checkedProfiles, error) {
	digest := sha256.New()
	rows, err := newProfileRows(io.TeeReader(file, digest))
	if err != nil {
		return checkedProfiles{}, err
	}
	var keys []profileKey
	var faults faultList
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if fault, ok := errors.AsType[*lineFault](err); ok {
			faults.add(fault)
		} else if err != nil {
			return checkedProfiles{}, err
		} else {
			sum := sha256.Sum256([]byte(row.identity))
			keys = append(keys, profileKey{[16]byte(sum[:]), row.lineID, row.line})
		}
		if ctx.Err() != nil {
			return checkedProfiles{}, ctx.Err()
		}
	}
	faults.addDoubles(keys)
	if err := faults.err(); err != nil {
		return checkedProfiles{}, err
	}
	return checkedProfiles{
		property: rows.property,
		rows:     len(keys),
		sha256:   hex.EncodeToString(digest.Sum(nil)),
		shared:   sharedLineIDs(keys),
	}, nil
}

// faultList keeps the first faults of a file and counts them all.
type faultList struct {
	first []*lineFault // by line
	count int
}

func (l *faultList) add(fault *lineFault) {
	l.count++
	at, _ := slices.BinarySearchFunc(l.first, fault, func(a, b *lineFault) int { return cmp.Compare(a.line, b.line) })
	if at < maxFaults {
		l.first = slices.Insert(l.first, at, fault)
		l.first = l.first[:min(len(l.first), maxFaults)]
	}
}

// addDoubles finds identities that come twice. It sorts the keys.
func (l *faultList) addDoubles(keys []profileKey) {
	slices.SortFunc(keys, func(a, b profileKey) int {
		return cmp.Or(bytes.Compare(a.identity[:], b.identity[:]), cmp.Compare(a.line, b.line))
	})
	for i := 1; i < len(keys); i++ {
		if keys[i].identity != keys[i-1].identity {
			continue
		}
		with := "the same LINE ID"
		if keys[i].lineID != keys[i-1].lineID {
			with = "another LINE ID"
		}
		l.add(&lineFault{keys[i].line, fmt.Sprintf("the identity is on line %d, too, with %s", keys[i-1].line, with)})
	}
}

func (l *faultList) err() error {
	if l.count == 0 {
		return nil
	}
	var b strings.Builder
	for _, fault := range l.first {
		fmt.Fprintf(&b, "\n  %v", fault)
	}
	if more := l.count - len(l.first); more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return fmt.Errorf("%d lines are wrong:%s", l.count, b.String())
}

// sharedLineIDs finds LINE IDs that come twice. It sorts the keys.
func sharedLineIDs(keys []profileKey) string {
	slices.SortFunc(keys, func(a, b profileKey) int {
		return cmp.Or(a.lineID.Compare(b.lineID), cmp.Compare(a.line, b.line))
	})
	count, first := 0, profileKey{}
	var second int
	for i := 1; i < len(keys); i++ {
		if keys[i].lineID != keys[i-1].lineID {
			continue
		}
		if count++; count == 1 || keys[i-1].line < first.line {
			first, second = keys[i-1], keys[i].line
		}
	}
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("%d lines have a LINE ID that an earlier line has, for instance %s on lines %d and %d: that person gets "+
		"a campaign's message once for each of the profiles", count, first.lineID, first.line, second)
}
