//go:build !windows

package templatestore

import "syscall"

// What a file system says when it is full, and when it cannot be written to.
var (
	diskFull = []error{syscall.ENOSPC}
	readOnly = []error{syscall.EROFS}
)
