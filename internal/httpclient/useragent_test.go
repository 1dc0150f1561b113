package httpclient

import (
	"runtime"
	"testing"
)

func TestUserAgent(t *testing.T) {
	t.Parallel()
	want := "program/v1.2.3 (" + runtime.GOOS + "; " + runtime.GOARCH + ")"
	if got := UserAgent("program", "v1.2.3"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
