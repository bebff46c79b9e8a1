//go:build unix

package main

import (
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestPlayground runs the first example in a real browser, on the samples.
func TestPlayground(t *testing.T) {
	url := serving(t, "demo", "--addr", "127.0.0.1:0")
	r, err := http.Get(url + "/")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "make web") {
		t.Log("the playground is not built: its page says how; make test builds it")
		return
	}
	c := exec.CommandContext(t.Context(), "node", "../../web/e2e/playground.mjs", url+"/")
	c.WaitDelay = time.Second
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "condemned") {
		t.Fatalf("%v: %s", err, out)
	}
}
