package browsertest

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// built is the path of clevertap-line, built once for all tests into the folder that Main has.
var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "clevertap-line")
	build := exec.Command("go", "build", "-o", path, "./cmd/clevertap-line")
	build.Dir = ".." // tests run in the folder of their package
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build clevertap-line: %w\n%s", err, said)
	}
	return path, nil
})

// Command is clevertap-line with arguments, to be run while the test does.
func Command(t testing.TB, arguments ...string) *exec.Cmd {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), path, arguments...)
}
