//go:build unix

package sqlite

import "syscall"

// mayWrite tells whether this user may write a file or a folder. It is asked by name: a file that is opened and closed would lose the locks that this process has on it.
func mayWrite(path string) bool {
	const writing = 2 // W_OK of POSIX
	return syscall.Access(path, writing) == nil
}
