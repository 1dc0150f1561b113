//go:build !windows

package standin

import (
	"errors"
	"syscall"
)

// IsReset tells the error of a connection that the server reset.
func IsReset(err error) bool { return errors.Is(err, syscall.ECONNRESET) }
