//go:build unix

package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var stdout, stderr strings.Builder
	code := run(t.Context(), []string{"--", "/bin/sh", "-c", "echo $NEO4J_URI; test -n \"$NEO4J_TEST_LOCK\" && exit 7"}, nil, &stdout, &stderr)
	if code != 7 {
		t.Errorf("exit code %d, want the command's 7: %s", code, &stderr)
	}
	if !strings.Contains(stdout.String(), "://") {
		t.Errorf("the command saw the URI %q", &stdout)
	}
}

func TestNoCommand(t *testing.T) {
	var stderr strings.Builder
	if code := run(t.Context(), []string{"--"}, nil, nil, &stderr); code != 2 || !strings.HasPrefix(stderr.String(), "usage: ") {
		t.Errorf("got %d, %q", code, &stderr)
	}
}
