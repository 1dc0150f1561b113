package main

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
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
		// On Windows, a process that was killed ends with 1, too.
		if code := command.ProcessState.ExitCode(); code >= 0 && strings.Contains(stderr.String(), "Error: ") {
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
	refused, err := os.ReadFile(file + ".refused.csv")
	if err != nil || !strings.Contains(string(refused), "\nuser-13333,"+testLineID(13333)+",13335,555,") {
		t.Errorf("the file of refused profiles is %q, %v", refused, err)
	}
	requests := len(server.Requests())
	t.Logf("killed %d times, %d runs went on from a journal, %d requests for 20 batches", kills, resumed, requests)
	if kills > 2 && resumed == 0 {
		t.Error("no run went on where the one before had stopped")
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
	if err := os.WriteFile(file+".progress", []byte("somebody's notes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runProfiles(t, server, "upload", file); got.code != 1 || !strings.Contains(got.stderr, "it is no journal at all") {
		t.Errorf("with a file that is none: %+v", got)
	}
	if len(server.Profiles())+len(other.Profiles()) != 0 {
		t.Error("profiles were uploaded")
	}
}
