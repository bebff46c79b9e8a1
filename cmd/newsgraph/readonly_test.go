//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestReadOnly asks stores that may not be written, in folders that may and may not be: they answer as others do, say so once, and nothing is left beside them. What writes says
// whose file that is, and the way out.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	from := strings.TrimPrefix(filled(t), "sqlite:")
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	nobody := filepath.Join(dir, "newsgraph") // where others than the owner may start it
	story := write(t, dir, "story.txt", "Oslo meets Chad\n\nNorway met Chad on Tuesday.\n")
	for _, err := range []error{os.WriteFile(nobody, binary, 0o755), os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(story, 0o644)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	as := func(ctx context.Context, args ...string) *exec.Cmd {
		c := exec.CommandContext(ctx, nobody, args...)
		if os.Geteuid() == 0 { // who may write whatever its mode says
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		c.Dir = dir
		return c
	}
	command := func(args ...string) (stdout, stderr string, code int) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // what is to be refused at its start may go on for ever
		defer cancel()
		c := as(ctx, args...)
		var out, errs bytes.Buffer
		c.Stdout, c.Stderr = &out, &errs
		if err := c.Run(); err != nil && c.ProcessState == nil {
			t.Fatal(err)
		}
		return out.String(), errs.String(), c.ProcessState.ExitCode()
	}
	want, _, _ := newsgraph(t, "", "export", "--store", "sqlite:"+from)
	for _, test := range []struct {
		name         string
		folder, file os.FileMode
	}{{"folder", 0o555, 0o644}, {"file", 0o777, 0o444}, {"both", 0o555, 0o444}} {
		t.Run(test.name, func(t *testing.T) {
			folder := filepath.Join(dir, test.name)
			path := filepath.Join(folder, "graph.db")
			for _, err := range []error{os.Mkdir(folder, 0o755), os.WriteFile(path, data, 0o600), os.Chmod(path, test.file), os.Chmod(folder, test.folder)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(func() { _ = os.Chmod(folder, 0o755) }) // so that it can be removed
			for _, one := range []struct {
				args []string
				code int
				out  string
				says string
			}{
				{[]string{"export"}, 0, want, "can be read alone"},
				{[]string{"list"}, 0, "Oslo condemns Chad", "can be read alone"},
				{[]string{"verify"}, 0, "0 faults", "can be read alone"},
				{[]string{"load", story}, exitFailed, "", path + " may not be written by this user: let it write the file and its folder"},
				{[]string{"remove", storyID(t, want)}, exitFailed, "", "newsgraph copy --from sqlite:" + path},
				{[]string{"reread"}, exitFailed, "", path + " may not be written by this user"},
				{[]string{"correct", "hide", "event:0123456789abcdef0123", "--because", "x"}, exitFailed, "", path + " may not be written by this user"},
				{[]string{"watch", dir}, exitFailed, "", path + " may not be written by this user: let it write the file and its folder"},
				{[]string{"serve", "--addr", "127.0.0.1:0", "--load"}, exitFailed, "", path + " may not be written by this user: let it write the file and its folder"},
				{[]string{"serve", "--addr", "127.0.0.1:0", "--curate"}, exitFailed, "", path + " may not be written by this user: let it write the file and its folder"},
				{[]string{"export", "--format", "neo4j-admin", filepath.Join(dir, "folder", "tables")}, exitFailed, "", "tables cannot be made: name one where this user may make it"},
			} {
				out, errs, code := command(append(one.args, "--store", "sqlite:"+path)...)
				if code != one.code || !strings.Contains(out, one.out) || strings.Count(errs, one.says) != 1 {
					t.Errorf("%v ends with %d: %s%s", one.args, code, out, errs)
				}
			}
			if test.folder == 0o555 {
				fresh := "sqlite:" + filepath.Join(folder, "fresh.db")
				for _, args := range [][]string{{"load", "--store", fresh, story}, {"copy", "--from", "sqlite:" + path, "--to", fresh}} {
					says := "open " + strings.TrimPrefix(fresh, "sqlite:") + ": store not available: the folder " + folder + " may not be written by this user: let it write there"
					if _, errs, code := command(args...); code != exitFailed || !strings.Contains(errs, says) {
						t.Errorf("%v ends with %d: %s", args, code, errs)
					}
				}
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
				t.Errorf("%v is left, %v", left, err)
			}
		})
	}
	// Into a folder that is there and closed goes no export, and no file of keys.
	closed := filepath.Join(dir, "closed")
	if err := errors.Join(os.Mkdir(closed, 0o755), os.Chmod(closed, 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) })
	whole := filepath.Join(dir, "file", "graph.db")
	for _, one := range []struct {
		args []string
		says string
	}{
		{[]string{"export", "--store", "sqlite:" + whole, "--format", "neo4j-admin", closed}, closed + ": this user may not write the folder: let it, or name another"},
		{[]string{"copy", "--from", "sqlite:" + whole, "--to", "sqlite:" + filepath.Join(dir, "both", "graph.db")}, "both/graph.db may not be written by this user"},
		{[]string{"keys", "add", "ana", "--keys", filepath.Join(closed, "keys")}, filepath.Join(closed, "keys") + " may not be read or written by this user"},
	} {
		if _, errs, code := command(one.args...); code != exitFailed || !strings.Contains(errs, one.says) {
			t.Errorf("%v ends with %d: %s", one.args, code, errs)
		}
	}
	// Keys of all scopes ask of a store that may not be written, and change nothing: who tries is told why.
	keys := filepath.Join(dir, "keys")
	key, errs, code := newsgraph(t, "", "keys", "add", "ana", "--scope", "load,curate", "--keys", keys)
	if code != 0 {
		t.Fatal(errs)
	}
	if err := os.Chmod(keys, 0o644); err != nil {
		t.Fatal(err)
	}
	c := as(context.Background(), "serve", "--addr", "127.0.0.1:0", "--store", "sqlite:"+whole, "--keys", keys)
	c.Stderr = io.Discard
	url := started(t, c)
	t.Cleanup(func() { _, _ = c.Process.Signal(syscall.SIGTERM), c.Wait() })
	for query, says := range map[string]string{
		`{ stories(first: 1) { edges { node { headline } } } }`:                "Oslo condemns Chad",
		`mutation { removeStory(id: "` + storyID(t, want) + `") { removed } }`: "may not write its store, and takes no stories",
	} {
		if body := said(t, url, strings.TrimSpace(key), query); !strings.Contains(body, says) {
			t.Errorf("%s: %s", query, body)
		}
	}
	// The last transactions stand in a log that this user can neither read nor bring in.
	folder := filepath.Join(dir, "logged")
	path := filepath.Join(folder, "graph.db")
	for _, err := range []error{os.Mkdir(folder, 0o755), os.WriteFile(path, data, 0o644), os.WriteFile(path+"-wal", make([]byte, 5000), 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if os.Geteuid() != 0 {
		if err := os.Chmod(folder, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(folder, 0o755) })
	}
	if _, errs, code := command("list", "--store", "sqlite:"+path); code != exitFailed || !strings.Contains(errs, "has what is not in the file yet") {
		t.Errorf("with a log it ends with %d: %s", code, errs)
	}
}

// said is the answer to a query that a key asks, as it comes.
func said(t *testing.T, url, key, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	data, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// storyID is the id of the first story of an export.
func storyID(t *testing.T, export string) string {
	t.Helper()
	_, after, ok := strings.Cut(export, `{"story":{"id":"`)
	id, _, _ := strings.Cut(after, `"`)
	if !ok {
		t.Fatal(export)
	}
	return id
}
