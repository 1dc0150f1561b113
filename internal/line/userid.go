package line

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// UserID is a LINE user ID: the number that follows its U, in two halves, which compare faster than 16 bytes do. The zero
// value is an ID like any other.
type UserID struct{ high, low uint64 }

// userIDLength is the length of a user ID as text.
const userIDLength = len("U") + 32

// ParseUserID reads U and 32 lower-case hexadecimal digits, the form of every user ID (LINE Developers, "Get user IDs").
// An error quotes the text, or its beginning.
func ParseUserID(text string) (UserID, error) {
	var digits [16]byte
	if len(text) == userIDLength && text[0] == 'U' && !strings.ContainsAny(text, "ABCDEF") {
		if _, err := hex.Decode(digits[:], []byte(text[1:])); err == nil {
			return UserID{binary.BigEndian.Uint64(digits[:8]), binary.BigEndian.Uint64(digits[8:])}, nil
		}
	}
	return UserID{}, fmt.Errorf("%s is no LINE user ID, which is U and 32 lower-case hexadecimal digits", httpclient.Excerpt(text))
}

// Compare orders IDs as their texts are ordered: -1, 0 or 1.
func (id UserID) Compare(other UserID) int {
	if id.high != other.high {
		return cmp.Compare(id.high, other.high)
	}
	return cmp.Compare(id.low, other.low)
}

// String is the text of the ID.
func (id UserID) String() string { return string(id.appendTo(make([]byte, 0, userIDLength))) }

// appendTo appends the text of the ID.
func (id UserID) appendTo(text []byte) []byte {
	var digits [16]byte
	binary.BigEndian.PutUint64(digits[:8], id.high)
	binary.BigEndian.PutUint64(digits[8:], id.low)
	return hex.AppendEncode(append(text, 'U'), digits[:])
}
