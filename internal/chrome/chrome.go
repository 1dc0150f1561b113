// Package chrome finds the Chrome, or Chromium, of this machine.
package chrome

import (
	"fmt"
	"os"
	"os/exec"
)

// Env is the environment variable that names the Chrome to use.
const Env = "CHROME"

// names are those that Chrome and Chromium go by.
var names = []string{
	"google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// Find finds the Chrome that [Env] names, else the first that is there. The error says what to do.
func Find() (path string, err error) {
	if named := os.Getenv(Env); named != "" {
		if path, err = exec.LookPath(named); err != nil {
			return "", fmt.Errorf("%s names no program: %w", Env, err)
		}
		return path, nil
	}
	for _, name := range names {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no Chrome or Chromium in PATH; install one, or name it in the environment variable %s", Env)
}
