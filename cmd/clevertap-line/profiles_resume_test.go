package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// Killed at any instant and started again, the command uploads every record as it is in the file.
func TestProfilesUploadKilled(t *testing.T) {
	t.Parallel()
	const rows = 20_000
	server := startCleverTap(t, clevertaptest.Config{MaxUploads: 15, Latency: 20 * time.Millisecond})
	server.Refuse("user-13333", clevertaptest.CodeOther, "Miscellaneous server error. ")
	file := writeCSV(t, "profiles.csv", profilesText(rows))
	kills, resumed := 0, 0
	for {
		if kills > 100 {
			t.Fatal("it makes no headway")
		}
		command, stdout, stderr := prepareProfiles(t, server, "upload", file)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			_ = command.Wait() // the exit code tells
			close(ended)
		}()
		seen, instant := len(server.Requests()), rand.IntN(8)
		running := true
		for running && len(server.Requests()) < seen+instant {
			select {
			case <-ended:
				running = false
			case <-time.After(time.Millisecond):
			}
		}
		_ = command.Process.Kill() // it may have ended
		<-ended
		if strings.Contains(stderr.String(), "were done before") {
			resumed++
		}
		if code := command.ProcessState.ExitCode(); code >= 0 {
			if code != 1 || !strings.Contains(stdout.String(), "20000 profiles: 19999 uploaded, 1 refused.") {
				t.Fatalf("exit %d\n%s\n%s", code, stdout, stderr)
			}
			break
		}
		kills++
	}
	want := wantProfiles(rows)
	delete(want, "user-13333")
	wantHeld(t, server, want)
	refused, err := os.ReadFile(file + uploadRefusedName)
	if err != nil || !strings.Contains(string(refused), "\nuser-13333,"+testLineID(13333)+",13335,555,") {
		t.Errorf("the file of refused profiles is %q, %v", refused, err)
	}
	requests := len(server.Requests())
	t.Logf("killed %d times, %d runs went on from a journal, %d requests for 20 batches", kills, resumed, requests)
	if kills > 2 && resumed == 0 {
		t.Error("no run went on where the one before had stopped")
	}
}

// A journal that was cut at any byte is one of an earlier instant.
func TestProfilesUploadJournalCutAnywhere(t *testing.T) {
	t.Parallel()
	header := journalHeader{CSV: "abc", AccountID: accountID, API: "eu1", Property: "LineID", BatchSize: 1000}
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

func TestProfilesUploadJournalOfAnotherUpload(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{})
	other := startCleverTap(t, clevertaptest.Config{})
	file := writeCSV(t, "profiles.csv", profilesText(10))
	interrupt := func() {
		server.AddFaults(clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized))
		if got := runProfiles(t, server, "upload", file); got.code != 1 {
			t.Fatalf("got %+v", got)
		}
	}
	interrupt()
	if got := runProfiles(t, other, "upload", file); got.code != 1 || !strings.Contains(got.stderr, "it went to account "+accountID) {
		t.Errorf("to another server: %+v", got)
	}
	if err := os.WriteFile(file, []byte(profilesText(11)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runProfiles(t, server, "upload", file); got.code != 1 || !strings.Contains(got.stderr, "the CSV file has changed since") {
		t.Errorf("with another content: %+v", got)
	}
	if err := os.WriteFile(file+uploadJournalName, []byte("somebody's notes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runProfiles(t, server, "upload", file); got.code != 1 || !strings.Contains(got.stderr, "it is no journal at all") {
		t.Errorf("with a file that is none: %+v", got)
	}
	if len(server.Profiles())+len(other.Profiles()) != 0 {
		t.Error("profiles were uploaded")
	}
}

func TestProfilesUploadInterrupted(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{})
	server.AddFaults(standin.Fault{Delay: time.Hour})
	file := writeCSV(t, "profiles.csv", profilesText(10))
	command, _, stderr := prepareProfiles(t, server, "upload", file)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for len(server.Requests()) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	// Another run of the same file is refused meanwhile.
	if got := runProfiles(t, server, "upload", file); got.code != 1 || !strings.Contains(got.stderr, "another process is uploading") {
		t.Errorf("a second run: %+v", got)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the code tells
	const want = "0 of 10 profiles are done. Give the same command again to go on.\nInterrupted.\n"
	if code := command.ProcessState.ExitCode(); code != exitInterrupted || stderr.String() != want {
		t.Errorf("exit %d, standard error %q", code, stderr)
	}
	if got := runProfiles(t, server, "upload", file); got.code != 0 {
		t.Errorf("the run after it: %+v", got)
	}
	wantHeld(t, server, wantProfiles(10))
}
