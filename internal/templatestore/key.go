package templatestore

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"path"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
)

const (
	// IdentityKey is the key of the document that says which store this is.
	IdentityKey = "clevertap-template-store.json"
	extension   = ".json"

	// A file's name ends at 255 bytes in most file systems, and a temporary file's name is longer than the document's.
	maxEncoded = 200
	keptOfLong = 180
)

// CheckAccount refuses what no account of CleverTap is called, such as a path: that a store has nothing of it would prove nothing.
// The error goes after the account.
func CheckAccount(account string) error {
	if err := objectname.Check(account); err != nil {
		return err
	}
	if strings.HasPrefix(account, ".") || strings.ContainsAny(account, `/\`) {
		return errors.New("is no account: an ID does not begin with a dot, and has no slash")
	}
	return nil
}

// folder is the prefix of all documents of a kind.
func folder(account string, kind Kind) string {
	return fileName(account) + "/" + string(kind) + "/"
}

func documentKey(account string, kind Kind, name string) string {
	return folder(account, kind) + fileName(name) + extension
}

// parseKey takes the key of a document or receipt apart. It is not ok for what else may lie in the store: its identity,
// temporary files, notes of people.
func parseKey(key string) (account string, kind Kind, file string, ok bool) {
	account, rest, _ := strings.Cut(key, "/")
	folder, file := path.Split(rest)
	kind = Kind(strings.TrimSuffix(folder, "/"))
	ok = kind.isKind() && strings.HasSuffix(file, extension) && !strings.HasPrefix(file, ".")
	return account, kind, file, ok
}

// isDocument says whether a key is that of a document or receipt.
func isDocument(key string) bool {
	_, _, _, ok := parseKey(key)
	return ok
}

// fileName makes a name safe for every file system and URL: what RFC 3986 does not call unreserved is percent-encoded.
// So is "~", which is left to mark a long name, cut and completed with the start of its SHA-256; and a leading dot.
func fileName(name string) string {
	var encoded strings.Builder
	cut := 0
	for i, char := range name {
		if plain(char) && (char != '.' || i > 0) {
			encoded.WriteRune(char)
		} else {
			for _, b := range []byte(string(char)) {
				encoded.WriteByte('%')
				encoded.WriteString(strings.ToUpper(hex.EncodeToString([]byte{b})))
			}
		}
		if encoded.Len() <= keptOfLong {
			cut = encoded.Len()
		}
	}
	if encoded.Len() <= maxEncoded {
		return encoded.String()
	}
	sum := sha256.Sum256([]byte(name))
	return encoded.String()[:cut] + "~" + hex.EncodeToString(sum[:8])
}

// isFileName tells whether a key ends with what fileName makes of some name. Of a long name that is taken on trust.
func isFileName(key string) bool {
	encoded := strings.TrimSuffix(path.Base(key), extension)
	if start, sum, long := strings.Cut(encoded, "~"); long {
		return len(sum) == 16 && len(start) <= keptOfLong
	}
	name, err := url.PathUnescape(encoded)
	return err == nil && fileName(name) == encoded
}

func plain(char rune) bool {
	return char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z' || char >= '0' && char <= '9' ||
		char == '-' || char == '.' || char == '_'
}
