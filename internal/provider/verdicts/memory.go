// Package verdicts remembers between the plan and the apply that follows it what LINE has found good. It knows nothing of
// what was asked.
package verdicts

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/moby/sys/atomicwriter"
)

// Memory remembers for a while, on this machine, what LINE found good. Terraform plans anew while it applies, in another
// process that nothing of the plan reaches: without a memory LINE would be asked twice. Only digests are kept, of
// nothing that can be guessed. A memory that cannot be written is none, and LINE is asked again.
type Memory struct {
	dir   string
	sweep *sync.Once
}

// How long a verdict counts.
const (
	// MessagesStayGood is longer than most reviews of a plan take.
	MessagesStayGood = 24 * time.Hour
	// TokensStayGood is enough for the apply that follows a plan; a token may be revoked at any time.
	TokensStayGood = time.Hour
)

// Remembered is the memory of this process.
var Remembered = sync.OnceValue(newMemory)

func newMemory() Memory {
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return Memory{dir: filepath.Join(base, "terraform-provider-clevertap", "verdicts"), sweep: &sync.Once{}}
}

func (m Memory) file(question []string) string {
	digest := sha256.New()
	for _, part := range question {
		sum := sha256.Sum256([]byte(part))
		digest.Write(sum[:])
	}
	return filepath.Join(m.dir, hex.EncodeToString(digest.Sum(nil)))
}

// Recall is what was noted with a question not longer than within ago, and whether anything was.
func (m Memory) Recall(within time.Duration, question ...string) (note []byte, ok bool) {
	file := m.file(question)
	info, err := os.Stat(file)
	if err != nil || time.Since(info.ModTime()) >= within {
		return nil, false
	}
	note, err = os.ReadFile(file)
	return note, err == nil
}

// Remember notes that this was found good just now, and what goes with that, which must not be secret.
func (m Memory) Remember(note []byte, question ...string) {
	if os.MkdirAll(m.dir, 0o700) != nil {
		return
	}
	m.sweep.Do(m.forgetOld)
	_ = atomicwriter.WriteFile(m.file(question), note, 0o600)
}

// forgetOld looks at every entry, and so is done once a process.
func (m Memory) forgetOld() {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) >= MessagesStayGood {
			_ = os.Remove(filepath.Join(m.dir, entry.Name()))
		}
	}
}
