package move

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestImportCut cuts an export at the end of each line and in the middle of it: nothing of it comes in, unless a part is asked for, which is told.
func TestImportCut(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	whole := exported(t, s)
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	last := len(whole) - len(lines[len(lines)-1]) - 1
	none := opened(t)
	at := 0
	for i, line := range lines {
		for _, cut := range []int{at + len(line)/2, at + len(line)} {
			if cut > last && cut >= len(whole)-1 { // without its newline it is whole
				continue
			}
			_, err := Import(t.Context(), none, []Input{text("graph.jsonl", whole[:cut])}, Options{Rejected: func(Rejected) error { return nil }})
			if !errors.Is(err, ErrCut) && i > 0 || err == nil && i == 0 && cut == at+len(line) {
				t.Errorf("cut at %d, in line %d: %v", cut, i+1, err)
			}
		}
		at += len(line)
	}
	if st, err := none.Stats(t.Context()); err != nil || st.Stories != 0 {
		t.Errorf("%d stories came, %v", st.Stories, err)
	}
	part := opened(t)
	sum, _ := imported(t, part, Options{Partial: true}, text("graph.jsonl", whole[:last]))
	if sum.Stories != 4 || len(sum.Altered) != 1 || !strings.Contains(sum.Altered[0], "graph.jsonl: it was cut: ") || exported(t, part) != whole {
		t.Errorf("%+v", sum)
	}
}

// TestImportFrames imports what has another beginning or end than an export has.
func TestImportFrames(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	whole := exported(t, s)
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	body := strings.Join(lines[1:len(lines)-1], "")
	for _, test := range []struct {
		name, export     string
		altered, unended string
		err              error
	}{
		{"whole", whole, "", "", nil},
		{"without its last newline", strings.TrimSuffix(whole, "\n"), "", "", nil},
		{"lines of Windows", strings.ReplaceAll(whole, "\n", "\r\n"), "", "", nil},
		{"twice", whole + whole, "", "", nil},
		{"of before", body, "", "whether it is whole cannot be told", nil},
		{"a line that was changed", strings.Replace(whole, `"title":"`, `"title":"Not `, 1), "its lines are not those that were exported", "", nil},
		{"a line too many", strings.Replace(whole, lines[len(lines)-2], lines[len(lines)-2]+"\n"+`{"event":{"id":"event:0"}}`+"\n", 1), "its lines are not those that were exported", "", nil},
		{"a line lost", strings.Replace(whole, lines[3], "", 1), "", "", ErrCut},
		{"its head lost", strings.Join(lines[1:], ""), "", "", ErrCut},
		{"more behind its end", whole + lines[1], "", "", ErrCut},
		{"two, the first cut", strings.Join(lines[:5], "") + whole, "", "", ErrCut},
		{"newer", strings.Replace(whole, `"form":1`, `"form":2`, 1), "", "", ErrForm},
		{"of an empty store", exported(t, opened(t)), "", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			sum, err := Import(t.Context(), opened(t), []Input{text("graph.jsonl", test.export)}, Options{Rejected: func(Rejected) error { return nil }})
			if !errors.Is(err, test.err) {
				t.Fatalf("%v, want %v", err, test.err)
			}
			for _, one := range []struct {
				has  []string
				want string
			}{{sum.Altered, test.altered}, {sum.Unended, test.unended}} {
				if (len(one.has) > 0) != (one.want != "") || !strings.Contains(fmt.Sprint(one.has), one.want) {
					t.Errorf("%q, want %q", one.has, one.want)
				}
			}
		})
	}
}

// TestImportBroken imports what was compressed, and cut or damaged: it says so, and what to do.
func TestImportBroken(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(exported(t, s))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	whole, zipped := packed.String(), zipped(t, exported(t, s))
	for name, data := range map[string]string{
		"cut.gz": whole[:len(whole)/2], "end.gz": whole[:len(whole)-4], "changed.gz": whole[:len(whole)/2] + "\x00\xff\x00" + whole[len(whole)/2+3:], "head.gz": whole[:5],
		"cut.zip": zipped[:len(zipped)/2],
	} {
		none := opened(t)
		_, err := Import(t.Context(), none, []Input{text(name, data)}, Options{Rejected: func(Rejected) error { return nil }})
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "bring the file here again") {
			t.Errorf("%s: %v", name, err)
		}
		if st, err := none.Stats(t.Context()); err != nil || st.Stories != 0 {
			t.Errorf("%s: %d stories came, %v", name, st.Stories, err)
		}
	}
}
