//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock of a file that it alone may hold, and tells whether it has it. The system gives it up when the process ends, however it does.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a descriptor is a small number
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
