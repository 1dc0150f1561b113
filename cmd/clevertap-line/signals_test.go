//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// Windows sends no signals to a process.

// Whoever writes to standard input may never end, and a service manager stops a process with SIGTERM.
func TestSignalsEndACheckThatWaits(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			command, stdout, stderr := prepare(t, start(t, linetest.Config{}), "check", "-")
			stdin, err := command.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := stdin.Write(make([]byte, 256<<10)); err != nil { // more than a pipe holds: the command reads
				t.Fatal(err)
			}
			if err := command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = command.Wait() // the code tells
			if code := command.ProcessState.ExitCode(); code != 130 || stdout.Len() != 0 || stderr.String() != "Interrupted.\n" {
				t.Errorf("exit %d, %q, %q", code, stdout, stderr)
			}
		})
	}
}

func TestInterruptEndsAtOnce(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(30)})
	server.AddFaults(standin.Fault{}, standin.Fault{Delay: time.Hour})
	file := filepath.Join(t.TempDir(), "followers.txt")
	command, stdout, stderr := prepare(t, server, "followers", "--output="+file, "--page-size=10")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for len(server.Requests()) < 2 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the code tells
	if code := command.ProcessState.ExitCode(); code != 130 || stdout.Len() != 0 || stderr.String() != "Interrupted.\n" {
		t.Errorf("exit %d, standard error %q", code, stderr)
	}
	wantOnly(t, file)
}

// Whoever reads standard output may have stopped reading without closing it.
func TestInterruptWhileNobodyReads(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(5000)})
	command, _, stderr := prepare(t, server, "followers")
	reader, writer, err := os.Pipe() // holds 64 KiB, less than the list
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	command.Stdout = writer
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Read(make([]byte, 1)); err != nil { // the command writes
		t.Fatal(err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the code tells
	if code := command.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d, standard error %q", code, stderr)
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
	if code := command.ProcessState.ExitCode(); code != cli.ExitInterrupted || stderr.String() != want {
		t.Errorf("exit %d, standard error %q", code, stderr)
	}
	if got := runProfiles(t, server, "upload", file); got.code != 0 {
		t.Errorf("the run after it: %+v", got)
	}
	wantHeld(t, server, wantProfiles(10))
}
