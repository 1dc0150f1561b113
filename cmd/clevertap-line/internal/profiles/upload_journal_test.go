package profiles

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

var testHeader = journalHeader{CSV: "abc", AccountID: "TEST-AAA-BBB-CCCC", API: "eu1", Property: "LineID", BatchSize: 1000}

// A journal that was cut at any byte is one of an earlier instant.
func TestProfilesUploadJournalCutAnywhere(t *testing.T) {
	t.Parallel()
	header := testHeader
	name := filepath.Join(t.TempDir(), "journal")
	j, err := openJournal(name, header, 8000)
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
		j, err := openJournal(name, header, 8000)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if err := j.write(journalEntry{Batch: 7}); err != nil {
			t.Fatal(err)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		if j, err = openJournal(name, header, 8000); err != nil {
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

// A journal is a file like any other: what this upload would not have written, and what follows, is cut off.
func TestJournalWithDamagedLines(t *testing.T) {
	t.Parallel()
	const rows = 2500 // in batches 0 to 2
	header, err := encodeLine(testHeader)
	if err != nil {
		t.Fatal(err)
	}
	const first, last = `{"batch":1,"refused":[{"index":999,"code":555,"message":"a"}]}` + "\n", `{"batch":0}` + "\n"
	for name, line := range map[string]string{
		"negative batch":    `{"batch":-1}`,
		"batch too high":    `{"batch":3}`,
		"huge batch":        `{"batch":9223372036854775807}`,
		"beyond a number":   `{"batch":99999999999999999999}`,
		"fraction":          `{"batch":0.5}`,
		"repeated batch":    `{"batch":1}`,
		"no batch":          `{}`,
		"null":              `null`,
		"list":              `[]`,
		"empty line":        ``,
		"other spelling":    `{"batch": 2}`,
		"unknown key":       `{"batch":2,"x":1}`,
		"key twice":         `{"batch":2,"batch":2}`,
		"negative index":    `{"batch":2,"refused":[{"index":-1,"code":0,"message":""}]}`,
		"index too high":    `{"batch":2,"refused":[{"index":500,"code":0,"message":""}]}`,
		"huge index":        `{"batch":2,"refused":[{"index":9223372036854775807,"code":0,"message":""}]}`,
		"too many refusals": `{"batch":2,"refused":[` + strings.Repeat(`{"index":0,"code":0,"message":""},`, 500) + `{"index":0,"code":0,"message":""}]}`,
		"not UTF-8":         "{\"batch\":2,\"refused\":[{\"index\":0,\"code\":0,\"message\":\"\xff\"}]}",
		"too long":          `{"batch":2,"refused":[{"index":0,"code":0,"message":"` + strings.Repeat("x", maxJournalLine) + `"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "journal")
			text := string(header) + first + line + "\n" + last
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			j, err := openJournal(file, testHeader, rows)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = j.close() })
			if !j.done(1) || j.done(0) || j.done(2) || j.refused != 1 || len(j.entries) != 1 {
				t.Errorf("batches %v, %d refused", j.entries, j.refused)
			}
			if left, err := os.ReadFile(file); err != nil || string(left) != string(header)+first {
				t.Errorf("left %.200q, %v", left, err)
			}
		})
	}
}

// A file of whole batches has none after the last.
func TestJournalOfABatchBeyondTheLast(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "journal")
	j, err := openJournal(file, testHeader, 3000)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(j.finish(1, clevertap.UploadResult{}), j.finish(2, clevertap.UploadResult{}), j.close()); err != nil {
		t.Fatal(err)
	}
	if j, err = openJournal(file, testHeader, 2000); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.close() })
	if !j.done(1) || j.done(2) {
		t.Errorf("batches %v", j.entries)
	}
}

func TestJournalTakesEveryBatchOfTheFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "journal")
	j, err := openJournal(file, testHeader, 2500)
	if err != nil {
		t.Fatal(err)
	}
	refused := clevertap.Refusal{Index: 499, Code: 555, Message: "cut at \xe3\x81, \u2028 <b>"}
	if err := errors.Join(j.finish(2, clevertap.UploadResult{Refused: []clevertap.Refusal{refused}}),
		j.finish(0, clevertap.UploadResult{}), j.close()); err != nil {
		t.Fatal(err)
	}
	// An upload may be finished by a later version.
	const want = `{"csv_sha256":"abc","account_id":"TEST-AAA-BBB-CCCC","api":"eu1","property":"LineID","batch_size":1000}
{"batch":2,"refused":[{"index":499,"code":555,"message":"cut at \ufffd, \u2028 \u003cb\u003e"}]}
{"batch":0}
`
	if text, err := os.ReadFile(file); err != nil || string(text) != strings.ReplaceAll(want, `\ufffd`, "\ufffd") {
		t.Errorf("the journal is\n%s%v", text, err)
	}
	if j, err = openJournal(file, testHeader, 2500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.close() })
	refusals, err := j.refusals(2)
	wantRefused := []journalRefusal{{Index: 499, Code: 555, Message: "cut at \ufffd, \u2028 <b>"}}
	if !j.done(2) || !j.done(0) || j.done(1) || j.refused != 1 || err != nil || !slices.Equal(refusals, wantRefused) {
		t.Errorf("batches %v, refused %v, %v", j.entries, refusals, err)
	}
}

func TestJournalOfAnotherUpload(t *testing.T) {
	t.Parallel()
	other := testHeader
	other.AccountID, other.API = "\x1b[2J", "in1"
	line, err := encodeLine(other)
	if err != nil {
		t.Fatal(err)
	}
	for want, text := range map[string]string{
		`it went to account "\x1b[2J" at in1, property LineID.`: string(line),
		"the CSV file has changed since":                        `{"csv_sha256":"x"}` + "\n",
		"it is no journal at all":                               strings.Repeat("x", maxJournalLine+1),
	} {
		file := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openJournal(file, testHeader, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if left, err := os.ReadFile(file); err != nil || string(left) != text {
			t.Errorf("%s: the file was changed, %v", want, err)
		}
	}
}

// Windows removes no open file.
func TestJournalIsClosedBeforeItIsRemoved(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "journal")
	j, err := openJournal(file, testHeader, 1)
	if err != nil {
		t.Fatal(err)
	}
	failure := errors.New("busy")
	removed := ""
	j.remove = func(name string) error {
		if _, err := j.file.Stat(); !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s is removed while it is open", name)
		}
		removed = name
		return failure
	}
	if err := j.discard(); !errors.Is(err, failure) || removed != file {
		t.Errorf("%v, removed %q", err, removed)
	}
}
