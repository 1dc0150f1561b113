package profiles

import (
	"os"
	"path/filepath"
	"testing"
)

// A journal that was cut at any byte is one of an earlier instant.
func TestProfilesUploadJournalCutAnywhere(t *testing.T) {
	t.Parallel()
	header := journalHeader{CSV: "abc", AccountID: "TEST-AAA-BBB-CCCC", API: "eu1", Property: "LineID", BatchSize: 1000}
	name := filepath.Join(t.TempDir(), "journal")
	j, err := openJournal(name, header)
	if err != nil {
		t.Fatal(err)
	}
	whole := map[int]int64{} // batch → end of its line
	for _, batch := range []int{3, 0, 1} {
		if err := j.write(journalEntry{Batch: batch, Refused: []journalRefusal{{Index: batch, Message: "x"}}}); err != nil {
			t.Fatal(err)
		}
		whole[batch] = j.end
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(text) + 1 {
		if err := os.WriteFile(name, text[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := openJournal(name, header)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if err := j.write(journalEntry{Batch: 7}); err != nil {
			t.Fatal(err)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		if j, err = openJournal(name, header); err != nil {
			t.Fatalf("cut at %d, and gone on: %v", cut, err)
		}
		for batch, end := range whole {
			if got, want := j.done(batch), int64(cut) >= end; got != want {
				t.Fatalf("cut at %d: batch %d is done: %t", cut, batch, got)
			}
			if !j.done(batch) {
				continue
			}
			if refusals, err := j.refusals(batch); err != nil || len(refusals) != 1 || refusals[0].Index != batch {
				t.Fatalf("cut at %d: refused %v, %v", cut, refusals, err)
			}
		}
		if !j.done(7) {
			t.Fatalf("cut at %d: what was written after it is lost", cut)
		}
		_ = j.close() // it was only read
	}
}
