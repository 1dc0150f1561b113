package standin

import (
	"errors"
	"syscall"
)

// IsReset tells the error of a connection that the server reset. Windows has a number of its own for it, which
// [syscall.ECONNRESET] does not match.
func IsReset(err error) bool { return errors.Is(err, syscall.WSAECONNRESET) }
