package profiles

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

// csvText is a file of n profiles.
func csvText(n int) string {
	var b strings.Builder
	b.WriteString("identity,LineID\n")
	for i := range n {
		fmt.Fprintf(&b, "user-%d,U%032x\n", i, i)
	}
	return b.String()
}

// checkedRun is an upload of n profiles whose file has been checked.
func checkedRun(t *testing.T, n int) *uploadRun {
	t.Helper()
	name := writeFile(t, csvText(n))
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	before, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	checked, err := checkProfiles(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	return &uploadRun{
		upload: &upload{property: "LineID", refused: name + refusedSuffix}, file: file, before: before, checked: checked,
		stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{},
	}
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "profiles.csv")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestBatchesOfAFile(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int][]int{
		0: nil, 1: {1}, 999: {999}, 1000: {1000}, 1001: {1000, 1}, 2000: {1000, 1000}, 2500: {1000, 1000, 500},
	} {
		var got []int
		for batch := range batchCount(rows) {
			got = append(got, batchSize(batch, rows))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d profiles: %v, want %v", rows, got, want)
		}
	}
}

// What the journal has is not sent, the others are, each once.
func TestUploadSendsWhatTheJournalDoesNotHave(t *testing.T) {
	t.Parallel()
	server := clevertaptest.NewServer(clevertaptest.Config{AccountID: "A", Passcode: "P"})
	defer server.Close()
	server.Refuse("user-2001", clevertaptest.CodeOther, "No. ")
	client, err := clevertap.New(clevertap.Config{AccountID: "A", Passcode: "P", APIURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	r := checkedRun(t, 2500)
	r.client = client
	name := r.file.Name() + journalSuffix
	j, err := openJournal(name, testHeader, 2500)
	if err != nil {
		t.Fatal(err)
	}
	earlier := clevertap.UploadResult{Refused: []clevertap.Refusal{{Index: 7, Code: 1, Message: "a"}}}
	if err := errors.Join(j.finish(1, earlier), j.close()); err != nil {
		t.Fatal(err)
	}
	err = r.do(t.Context(), name, testHeader)
	const refused = "CleverTap refused 2 of 2500 profiles; "
	if err == nil || !strings.HasPrefix(err.Error(), refused) {
		t.Errorf("got %v, want %s", err, refused)
	}
	if got := fmt.Sprint(r.stderr); got != "1000 of 2500 profiles were done before and are not sent again.\n" {
		t.Errorf("standard error %q", got)
	}
	if got := fmt.Sprint(r.stdout); got != "2500 profiles: 2498 uploaded, 2 refused.\n" {
		t.Errorf("standard output %q", got)
	}
	held := server.Profiles()
	for _, identity := range []string{"user-0", "user-999", "user-2000", "user-2499"} {
		if held[identity]["LineID"] == nil {
			t.Errorf("%s was not sent", identity)
		}
	}
	if len(held) != 1499 || len(server.Requests()) != 2 || held["user-1000"] != nil || held["user-1999"] != nil {
		t.Errorf("%d profiles in %d requests", len(held), len(server.Requests()))
	}
	text, err := os.ReadFile(r.refused)
	want := fmt.Sprintf("identity,LineID,line,code,reason\nuser-1007,U%032x,1009,1,a\nuser-2001,U%032x,2003,555,No.\n", 1007, 2001)
	if err != nil || string(text) != want {
		t.Errorf("refused are\n%s%v", text, err)
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the journal was left: %v", err)
	}
}

func TestUploadThatFailsKeepsItsJournal(t *testing.T) {
	t.Parallel()
	server := clevertaptest.NewServer(clevertaptest.Config{AccountID: "A", Passcode: "P"})
	defer server.Close()
	client, err := clevertap.New(clevertap.Config{AccountID: "A", Passcode: "P", APIURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	r := checkedRun(t, 10)
	r.client = client
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	name := r.file.Name() + journalSuffix
	if err := r.do(ctx, name, testHeader); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := fmt.Sprint(r.stderr); got != "0 of 10 profiles are done. Give the same command again to go on.\n" {
		t.Errorf("standard error %q", got)
	}
	if _, err := os.Stat(name); err != nil {
		t.Errorf("the journal is gone: %v", err)
	}
	if _, err := r.journal.file.Stat(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the journal is open: %v", err)
	}
}

// A file of refused profiles is whole or not there.
func TestRefusedFileIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	r := checkedRun(t, 1500)
	r.checked.rows = 2500 // as if the file had lost lines meanwhile
	j, err := openJournal(r.file.Name()+journalSuffix, testHeader, 2500)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.close() })
	r.journal = j
	for batch := range 3 {
		refused := clevertap.UploadResult{Refused: []clevertap.Refusal{{Index: 1, Message: "a"}}}
		if err := j.finish(batch, refused); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.writeRefused(); err == nil || !strings.Contains(err.Error(), "was changed while it was being uploaded") {
		t.Errorf("got %v", err)
	}
	if text, err := os.ReadFile(r.refused); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("left %q, %v", text, err)
	}
}

func TestUploadOfAFileThatChanges(t *testing.T) {
	t.Parallel()
	r := checkedRun(t, 10)
	count := func() (batches int, err error) {
		for _, err := range r.batches() {
			if err != nil {
				return batches, err
			}
			batches++
		}
		return batches, nil
	}
	if batches, err := count(); batches != 1 || err != nil {
		t.Fatalf("%d batches, %v", batches, err)
	}
	if err := os.WriteFile(r.file.Name(), []byte(csvText(11)), 0o600); err != nil {
		t.Fatal(err)
	}
	if batches, err := count(); batches != 0 || err == nil {
		t.Errorf("%d batches, %v", batches, err)
	}
}
