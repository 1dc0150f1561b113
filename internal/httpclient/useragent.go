package httpclient

import (
	"fmt"
	"runtime"
)

// UserAgent is how a program of this module names itself in requests: with its version and the system it runs on, as
// HashiCorp's own providers do.
func UserAgent(program, version string) string {
	return fmt.Sprintf("%s/%s (%s; %s)", program, version, runtime.GOOS, runtime.GOARCH)
}
