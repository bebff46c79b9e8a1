package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program is the built program, made once by TestMain.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "newsgraph-test-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "newsgraph")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// newsgraph runs a command to its end.
func newsgraph(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(stdin), &out, &errs
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}

// serving starts a serving command, and returns its address. When the test ends it is told to stop and must end well.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.CommandContext(context.Background(), program, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	address := regexp.MustCompile(`serving (http://\S+)/\n`)
	buf := make([]byte, 512)
	for !address.MatchString(said.String()) {
		n, err := out.Read(buf)
		said.Write(buf[:n])
		if err != nil {
			t.Fatalf("%v ended before it served: %s", args, said.String())
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Cleanup(func() {
		if err := c.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := c.Wait(); err != nil {
			t.Errorf("%v after SIGTERM: %v", args, err)
		}
	})
	return address.FindStringSubmatch(said.String())[1]
}

// ask posts a query and returns its data and the codes of its errors.
func ask(t *testing.T, url, query string) (data json.RawMessage, codes []string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var a struct {
		Data   json.RawMessage
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	for _, e := range a.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return a.Data, codes
}

// seed is the story that the project began with. It is not ours and lies beside the project.
func seed(t *testing.T) string {
	t.Helper()
	shared, set := os.LookupEnv("NEWSGRAPH_SHARED")
	if !set {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(shared, "seed", "kim-visits-arms-factories.txt")
	if _, err := os.Stat(name); err != nil {
		if set {
			t.Fatalf("NEWSGRAPH_SHARED is set and has no seed: %v", err)
		}
		t.Logf("left out: there is no %s", name)
		return ""
	}
	return name
}

// stores are the stores that the program is tried on: a new file, and the Neo4j of NEO4J_URI where the tests run beside one.
func stores(t *testing.T, each func(t *testing.T, uri string)) {
	t.Run("sqlite", func(t *testing.T) { each(t, "sqlite:"+filepath.Join(t.TempDir(), "graph.db")) })
}

func TestSeed(t *testing.T) {
	file := seed(t)
	if file == "" {
		return
	}
	stores(t, func(t *testing.T, uri string) {
		if out, errs, code := newsgraph(t, "", "load", "--store", uri, "--published", "2024-01-10", file); code != 0 || !strings.Contains(out, "5 stories (5 new") {
			t.Fatalf("load: %d %s%s", code, out, errs)
		}
		if out, _, code := newsgraph(t, "", "load", "--store", uri, "--published", "2024-01-10", file); code != 0 || !strings.Contains(out, "nothing new") {
			t.Fatalf("load again: %d %s", code, out)
		}
		url := serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
		data, codes := ask(t, url, `{stories {edges {node {headline publisher published}}}
			events(filter: {action: "condemn"}) {edges {node {sources {name} targets {name} when {from text} reports {edges {node {sentence}}}}}}}`)
		if len(codes) > 0 {
			t.Fatal(codes)
		}
		var a struct {
			Stories struct {
				Edges []struct {
					Node struct{ Headline, Publisher, Published string }
				}
			}
			Events struct {
				Edges []struct {
					Node struct {
						Sources, Targets []struct{ Name string }
						When             struct{ From, Text string }
						Reports          struct {
							Edges []struct{ Node struct{ Sentence string } }
						}
					}
				}
			}
		}
		if err := json.Unmarshal(data, &a); err != nil {
			t.Fatal(err)
		}
		if len(a.Stories.Edges) != 5 || a.Stories.Edges[0].Node.Publisher != "AFP" || a.Stories.Edges[0].Node.Published != "2024-01-10" {
			t.Errorf("stories: %+v", a.Stories)
		}
		sullivan, countries := false, false
		for _, e := range a.Events.Edges {
			n := e.Node
			if len(n.Reports.Edges) == 0 || !strings.Contains(n.Reports.Edges[0].Node.Sentence, "condemned") {
				t.Errorf("no evidence: %+v", n)
			}
			for _, s := range n.Sources {
				switch s.Name {
				case "Jake Sullivan":
					sullivan = len(n.Targets) == 1 && n.Targets[0].Name == "North Korea" && n.When.From == "2024-01-09"
				case "countries":
					countries = len(n.Targets) == 1 && n.Targets[0].Name == "Russia"
				case "United States", "partners":
				default:
					t.Errorf("%s is said to condemn", s.Name)
				}
			}
		}
		if !sullivan || !countries {
			t.Errorf("condemned: Sullivan %v, countries %v: %s", sullivan, countries, data)
		}
		for name, kind := range map[string]string{
			"Kim Jong Un": "PERSON", "Jake Sullivan": "PERSON", "Chang Ho-jin": "PERSON", "John Kirby": "PERSON", "DPRK": "STATE", "South Korea": "STATE",
			"Russia": "STATE", "Ukraine": "STATE", "US": "STATE", "KCNA": "ORGANISATION", "White House": "ORGANISATION", "UN Security Council": "ORGANISATION",
			"North Korean ballistic missile": "WEAPON", "Kharkiv": "PLACE",
		} {
			data, _ := ask(t, url, `{entity(name: "`+name+`") {kind}}`)
			if !strings.Contains(string(data), `"`+kind+`"`) {
				t.Errorf("%s: %s", name, data)
			}
		}
	})
}

func TestUndatedSeed(t *testing.T) {
	file := seed(t)
	if file == "" {
		return
	}
	stores(t, func(t *testing.T, uri string) {
		if _, errs, code := newsgraph(t, "", "load", "--store", uri, file); code != 0 {
			t.Fatal(errs)
		}
		url := serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
		data, _ := ask(t, url, `{events(filter: {action: "condemn", source: "Jake Sullivan"}) {edges {node {when {from to precision text value}}}}}`)
		if want := `"when":{"from":null,"to":null,"precision":"DAY","text":"Tuesday","value":"XXXX-WXX-2"}`; !strings.Contains(string(data), want) {
			t.Errorf("got %s, want %s", data, want)
		}
	})
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	good := write("good.txt", "Oslo condemns Chad\n\nNorway condemned Chad on Tuesday.\n")
	uri := "sqlite:" + filepath.Join(dir, "graph.db")
	for name, want := range map[string]string{
		write("empty.txt", ""): "empty", write("binary.txt", "\x7fELF\x00\x01"): "not plain text", filepath.Join(dir, "none.txt"): "no such file",
		write("long.txt", strings.Repeat("a", 2<<20)): "at most",
	} {
		_, errs, code := newsgraph(t, "", "load", "--store", uri, "--published", "2024-01-10", name, good)
		if code != 1 || !strings.Contains(errs, name) || !strings.Contains(errs, want) {
			t.Errorf("%s: exit code %d, %s", name, code, errs)
		}
	}
	for _, args := range [][]string{
		{"load", "--store", "sqlite:" + filepath.Join(dir, "no", "such", "graph.db"), good},
		{"load", "--store", "nonsense", good},
		{"load", "--store", uri, "--published", "yesterday", good},
		{"serve", "--store", "bolt://127.0.0.1:1"},
	} {
		if _, errs, code := newsgraph(t, "", args...); code != 1 || errs == "" {
			t.Errorf("%v: exit code %d, %s", args, code, errs)
		}
	}
	url := serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
	data, codes := ask(t, url, `{events {edges {node {sources {name} targets {name} when {from}}}}}`)
	if want := `{"sources":[{"name":"Norway"}],"targets":[{"name":"Chad"}],"when":{"from":"2024-01-09"}}`; len(codes) > 0 || !strings.Contains(string(data), want) {
		t.Errorf("the good file: %s %v", data, codes)
	}
	for _, query := range []string{
		`{node(id: "person:nobody") {id}}`, `{events(first: 0) {edges {cursor}}}`, `{events(first: 10000) {edges {cursor}}}`,
		`{events(after: "x") {edges {cursor}}}`, `{events(filter: {during: {from: "2024-13"}}) {edges {cursor}}}`,
	} {
		if _, codes := ask(t, url, query); len(codes) != 1 || codes[0] != "BAD_USER_INPUT" && codes[0] != "NOT_FOUND" {
			t.Errorf("%s: codes %v", query, codes)
		}
	}
}

func TestExtract(t *testing.T) {
	out, errs, code := newsgraph(t, `{"id": "a", "text": "“Norway” condemned Chad on Tuesday.", "published": "2024-01-10"}`+"\nnonsense\n", "extract")
	if code != 1 || !strings.Contains(errs, "standard input:2") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	for _, want := range []string{`"id":"a"`, `"action":"condemn"`, `"country":"NOR"`, `"value":"2024-01-09"`, `"begin":1,"end":7`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
}

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

func TestExportInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	files, err := filepath.Glob("../../samples/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	var exports []string
	for n, order := range [][]string{files, {files[5], files[2], files[0], "../../samples"}} {
		uri := "sqlite:" + filepath.Join(dir, string(rune('a'+n)))
		if _, errs, code := newsgraph(t, "", append([]string{"load", "--store", uri, "--published", "2024-01-10"}, order...)...); code != 0 {
			t.Fatal(errs)
		}
		out, errs, code := newsgraph(t, "", "export", "--store", uri)
		if code != 0 || out == "" {
			t.Fatal(errs)
		}
		exports = append(exports, out)
	}
	if exports[0] != exports[1] {
		t.Error("the same stories in another order make another export")
	}
}
