package provider

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"
)

// answers remembers for a while, on this machine, what LINE found good. Terraform plans anew while it applies, in another
// process that nothing of the plan reaches: without a memory LINE would be asked twice. Only digests are kept, of
// nothing that can be guessed. A memory that cannot be written is none, and LINE is asked again.
type answers struct{ dir string }

const (
	// messagesStayGood is longer than most reviews of a plan take.
	messagesStayGood = 24 * time.Hour
	// tokensStayGood is enough for the apply that follows a plan; a token may be revoked at any time.
	tokensStayGood = time.Hour
)

func newAnswers() answers {
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return answers{dir: filepath.Join(base, "terraform-provider-clevertap", "answers")}
}

func (a answers) file(question []string) string {
	digest := sha256.New()
	for _, part := range question {
		sum := sha256.Sum256([]byte(part))
		digest.Write(sum[:])
	}
	return filepath.Join(a.dir, hex.EncodeToString(digest.Sum(nil)))
}

// good says whether this was found good not longer than within ago.
func (a answers) good(within time.Duration, question ...string) bool {
	info, err := os.Stat(a.file(question))
	return err == nil && time.Since(info.ModTime()) < within
}

func (a answers) remember(question ...string) {
	if os.MkdirAll(a.dir, 0o700) != nil {
		return
	}
	if entries, err := os.ReadDir(a.dir); err == nil {
		for _, entry := range entries {
			if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) >= messagesStayGood {
				_ = os.Remove(filepath.Join(a.dir, entry.Name()))
			}
		}
	}
	_ = os.WriteFile(a.file(question), nil, 0o600)
}
