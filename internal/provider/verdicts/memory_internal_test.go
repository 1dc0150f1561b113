package verdicts

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func good(m Memory, within time.Duration, question ...string) bool {
	_, ok := m.Recall(within, question...)
	return ok
}

func TestMemory(t *testing.T) {
	t.Parallel()
	memory := Memory{dir: filepath.Join(t.TempDir(), "verdicts"), sweep: &sync.Once{}}
	if good(memory, time.Hour, "a", "b") {
		t.Error("what was never asked is good")
	}
	memory.Remember(nil, "a", "b")
	if !good(memory, time.Hour, "a", "b") || good(memory, time.Hour, "ab") || good(memory, time.Hour, "b", "a") {
		t.Error("another question is taken for this one")
	}
	memory.Remember([]byte("note"), "c")
	if note, ok := memory.Recall(time.Hour, "c"); !ok || string(note) != "note" {
		t.Errorf("the note is %q, %t", note, ok)
	}
	if good(memory, 0, "a", "b") {
		t.Error("a verdict outlives its time")
	}
}

// The folder is looked through with the first verdict of a process, and not with each.
func TestMemorySweepsOnce(t *testing.T) {
	t.Parallel()
	memory := Memory{dir: t.TempDir(), sweep: &sync.Once{}}
	old := func(name string) string {
		file := filepath.Join(memory.dir, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-MessagesStayGood - time.Minute)
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
		return file
	}
	isThere := func(file string) bool { _, err := os.Stat(file); return err == nil }
	first := old("first")
	memory.Remember(nil, "a")
	if isThere(first) {
		t.Error("an old verdict was not forgotten")
	}
	second := old("second")
	memory.Remember(nil, "b")
	if !isThere(second) {
		t.Error("the folder was looked through twice")
	}
	if !good(memory, time.Hour, "a") || !good(memory, time.Hour, "b") {
		t.Error("a fresh verdict was forgotten")
	}
}
