package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// TestImport moves the samples by their export, and leaves out a line that is broken.
func TestImport(t *testing.T) {
	dir := t.TempDir()
	one, two := "sqlite:"+filepath.Join(dir, "one.db"), "sqlite:"+filepath.Join(dir, "two.db")
	program := func(want int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, told strings.Builder
		if code := run(t.Context(), args, strings.NewReader(""), &out, &told); code != want {
			t.Fatalf("%v ends with %d, want %d: %s%s", args, code, want, out.String(), told.String())
		}
		return out.String(), told.String()
	}
	program(0, "load", "--store", one, "../../samples/index.tsv")
	graph, _ := program(0, "export", "--store", one)
	file := filepath.Join(dir, "graph.jsonl")
	write := func(content string) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(graph)
	for _, says := range []string{"24 new", "24 there already"} {
		if out, _ := program(0, "import", "--store", two, file); !strings.Contains(out, says) {
			t.Errorf("import says %q, and not %q", out, says)
		}
		if again, _ := program(0, "export", "--store", two); again != graph {
			t.Error("what was imported exports other bytes")
		}
	}
	// A disk that was full, or a program that was killed, leaves the beginning.
	cut := "sqlite:" + filepath.Join(dir, "cut.db")
	write(graph[:len(graph)*2/3])
	if _, told := program(exitFailed, "import", "--store", cut, file); !strings.Contains(told, "the export was cut") || !strings.Contains(told, "--partial") {
		t.Errorf("an export that was cut is told as %q", told)
	}
	if out, _ := program(exitRefused, "import", "--partial", "--store", cut, file); !strings.Contains(out, "24 new") {
		t.Errorf("import says %q", out)
	}
	lines := strings.SplitAfter(graph, "\n")
	write(strings.Join(lines[1:len(lines)-2], ""))
	if _, told := program(0, "import", "--store", "sqlite:"+filepath.Join(dir, "old.db"), file); !strings.Contains(told, "whether it is whole cannot be told") {
		t.Errorf("an export of before is told as %q", told)
	}
	at := strings.Count(graph[:strings.Index(graph, `{"mention"`)], "\n")
	lines[at] = "{" + lines[at]
	write(strings.Join(lines, ""))
	three := "sqlite:" + filepath.Join(dir, "three.db")
	out, told := program(exitRefused, "import", "--json", "--store", three, file)
	var sum importedJSON
	if err := json.Unmarshal([]byte(out), &sum); err != nil || sum.Refused != 1 || sum.New != 24 || sum.Exit != exitRefused || len(sum.Rejected) != 1 {
		t.Errorf("%v: %s", err, out)
	}
	kept, err := os.ReadFile(file + rejectedName)
	var row struct {
		Line int
		Row  string
	}
	if err != nil || json.Unmarshal(kept, &row) != nil || row.Line != at+1 || row.Row+"\n" != lines[at] || !strings.Contains(told, file+rejectedName) {
		t.Errorf("%v: left out %s, told %s", err, kept, told)
	}
	write("Once upon a time.\n")
	if _, told := program(exitFailed, "import", "--store", three, file); !strings.Contains(told, "no form that import reads") {
		t.Errorf("prose: %s", told)
	}
	// Of a folder with a file of another form nothing is in, and the file is named.
	four := "sqlite:" + filepath.Join(dir, "four.db")
	folder := t.TempDir()
	for name, content := range map[string]string{"a.jsonl": graph, "b.txt": "Once upon a time.\n", "c.jsonl": graph} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, told := program(exitFailed, "import", "--store", four, folder); !strings.Contains(told, "b.txt: no form that import reads") {
		t.Errorf("prose in a folder: %s", told)
	}
	if out, told := program(exitFailed, "list", "--store", four); !strings.Contains(told, "there is no store at") {
		t.Errorf("something is in: %s%s", out, told)
	}
}

// TestImportCoded imports what others coded, invented rows of GDELT and NGEC, with the gazetteer: it exports what testdata/coded.txtar says, which verify finds whole.
func TestImportCoded(t *testing.T) {
	const golden = "testdata/coded.txtar"
	dir := t.TempDir()
	kept, err := txtar.ParseFile("../../store/move/testdata/coded.txtar")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"import", "--store", "sqlite:" + filepath.Join(dir, "graph.db")}
	for _, f := range kept.Files {
		name := filepath.Join(dir, f.Name)
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, says := range []string{"8 new", "8 there already"} {
		var out strings.Builder
		if code := run(t.Context(), args, strings.NewReader(""), &out, &out); code != 0 || !strings.Contains(out.String(), says) {
			t.Fatalf("import ends with %d and says %s, not %q", code, out.String(), says)
		}
		var graph, told strings.Builder
		if code := run(t.Context(), []string{"export", "--store", args[2]}, strings.NewReader(""), &graph, &told); code != 0 {
			t.Fatal(told.String())
		}
		if *update {
			want.Files = []txtar.File{{Name: "graph.jsonl", Data: []byte(graph.String())}}
			if err := os.WriteFile(golden, txtar.Format(want), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if len(want.Files) != 1 || graph.String() != string(want.Files[0].Data) {
			t.Errorf("it exports\n%s\nwhich %s does not say: -update writes it anew", graph.String(), golden)
		}
	}
	var out strings.Builder
	if code := run(t.Context(), []string{"verify", "--store", args[2]}, strings.NewReader(""), &out, &out); code != 0 {
		t.Errorf("verify: %s", out.String())
	}
}

// TestKnownGroups holds the groups and states that codes of others mean against the gazetteer.
func TestKnownGroups(t *testing.T) {
	known, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("../../store/move/data/codes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(line, "\t")
		switch cells[0] {
		case "group":
			if e, ok := known.Named(cells[2]); !ok || e.Kind != news.Organisation {
				t.Errorf("the gazetteer has no organisation %q", cells[2])
			}
		case "country":
			if _, _, ok := known.State(cells[2]); !ok {
				t.Errorf("the gazetteer has no state %q", cells[2])
			}
		}
	}
}

// TestCopyVerify copies the samples, into a store of its own and not into one of others, verifies the outcome, and sees that it is broken.
func TestCopyVerify(t *testing.T) {
	dir := t.TempDir()
	one, two, other := "sqlite:"+filepath.Join(dir, "one.db"), "sqlite:"+filepath.Join(dir, "two.db"), "sqlite:"+filepath.Join(dir, "other.db")
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"load", "--store", one, "../../samples/index.tsv"}, 0, "24 new"},
		{[]string{"load", "--store", other, "--published", "2024-05-06", "../../samples/kim-meets-putin-in-russia.txt"}, 0, "1 new"},
		{[]string{"copy", "--from", one, "--to", two}, 0, "24 new"},
		{[]string{"copy", "--from", one, "--to", two}, 0, "24 there already"},
		{[]string{"copy", "--from", one, "--to", other}, exitFailed, "--merge"},
		{[]string{"copy", "--merge", "--from", one, "--to", other}, 0, "24 new"},
		{[]string{"verify", "--store", other}, 0, "0 faults"},
		{[]string{"verify", "--store", "sqlite:" + filepath.Join(dir, "none.db")}, exitFailed, "there is no store"},
		{[]string{"copy", "--from", one, "--to", one}, exitUsage, "the same store"},
		{[]string{"copy", "--from", "sqlite:" + filepath.Join(dir, "none.db"), "--to", two}, exitFailed, "none.db: name another with --from sqlite:PATH"},
	} {
		var out strings.Builder
		if code := run(t.Context(), test.args, strings.NewReader(""), &out, &out); code != test.code || !strings.Contains(out.String(), test.says) {
			t.Errorf("%v ends with %d, want %d, and %q: %s", test.args, code, test.code, test.says, out.String())
		}
	}
	db, err := sql.Open("sqlite", strings.TrimPrefix(two, "sqlite:"))
	if err == nil {
		_, err = db.ExecContext(t.Context(), `UPDATE relation SET count = count + 1`)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	var out, told strings.Builder
	if code := run(t.Context(), []string{"verify", "--json", "--store", two}, strings.NewReader(""), &out, &told); code != exitFailed || !strings.Contains(out.String(), `{"rule":"relations"`) || !strings.Contains(told.String(), "does not hold together") {
		t.Errorf("a broken store ends with %d: %s%s", code, out.String(), told.String())
	}
}

// What fails before anything is in leaves no store behind, and what names a folder that is not there says so.
func TestNothingIsLeft(t *testing.T) {
	dir, full := t.TempDir(), filled(t)
	text := write(t, dir, "notes.csv", "colour,weight\nred,7\n")
	fresh := "sqlite:" + filepath.Join(dir, "fresh.db")
	far := "sqlite:" + filepath.Join(dir, "none", "fresh.db")
	missing := "the folder " + filepath.Join(dir, "none") + " does not exist: make it"
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"import", "--store", fresh, text}, "notes.csv"},
		{[]string{"import", "--store", far, text}, missing},
		{[]string{"load", "--store", fresh, text}, "notes.csv"},
		{[]string{"load", "--store", far, text}, missing},
		{[]string{"copy", "--from", full, "--to", far}, missing},
	} {
		_, errs, code := newsgraph(t, "", test.args...)
		if code != exitFailed || !strings.Contains(errs, test.says) {
			t.Errorf("%v ends with %d: %s", test.args, code, errs)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*.db*")); err != nil || len(left) > 0 {
			t.Errorf("%v leaves %v, %v", test.args, left, err)
		}
	}
	if _, errs, code := newsgraph(t, "", "copy", "--from", full, "--to", fresh); code != 0 {
		t.Errorf("a copy ends with %d: %s", code, errs)
	}
}
