package templatestore

import "syscall"

// What a file system says when it is full, and when it cannot be written to (winerror.h). What Go's syscall calls ENOSPC
// and EROFS there are numbers of its own, which Windows never gives.
var (
	diskFull = []error{syscall.Errno(39), syscall.Errno(112)} // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
	readOnly = []error{syscall.Errno(19)}                     // ERROR_WRITE_PROTECT
)
