//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWatchLocked refuses a second watch of one place by the name of the place and the process that has it, and takes the place after that one ended.
func TestWatchLocked(t *testing.T) {
	dir := t.TempDir()
	state := filepath.Join(dir, "place.json")
	unlock, err := lockState(state)
	if err != nil {
		t.Fatal(err)
	}
	_, err = lockState(state)
	if err == nil || !strings.Contains(err.Error(), state) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) || !strings.Contains(err.Error(), "name another file") {
		t.Errorf("a second one: %v", err)
	}
	unlock()
	if unlock, err = lockState(state); err != nil {
		t.Errorf("after the first has ended: %v", err)
	} else {
		unlock()
	}
}
