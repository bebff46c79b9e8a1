package format

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestOpenMarks reads tables in which marks of quotation are never closed: each such row is refused by its line and costs no other, in time too.
func TestOpenMarks(t *testing.T) {
	const good = "Talks in Lima,\"Envoys of Peru met those of Chad.\nThey \"\"agreed\"\", an envoy said.\",2024-01-10\n"
	const open = "Talks in Oslo,\"Envoys of Chad slept and never woke,2024-01-10\n"
	const plain = "Talks in Suva,Envoys of Peru met those of Fiji.,2024-01-10\n" // between them, so that no mark is taken for another row's
	const n, between = 20_000, 12
	begun := time.Now()
	stories, refused := 0, 0
	for i, err := range Read("table.csv", "text/csv", strings.NewReader("headline,text,published\n"+good+strings.Repeat(open, n)+strings.Repeat(plain, between)+good), Options{}) {
		switch {
		case err != nil:
			refused++
			if want := fmt.Sprintf("table.csv:%d: a quotation mark that is not closed", 3+refused); err.Error() != want {
				t.Fatalf("%v, want %s", err, want)
			}
		case i.Headline == "Talks in Lima" && !strings.HasSuffix(i.Text, `They "agreed", an envoy said.`) || i.Headline == "Talks in Oslo":
			t.Errorf("%s: %q", i.Headline, i.Text)
		default:
			stories++
		}
	}
	if stories != 2+between || refused != n {
		t.Errorf("%d stories and %d refused, want %d and %d", stories, refused, 2+between, n)
	}
	if took := time.Since(begun); took > 20*time.Second { // it takes one; each row looked at the next thousand
		t.Errorf("it took %v", took)
	}
}

// TestRowsOfManyLines holds what stands on several lines against what the whole is read as.
func TestRowsOfManyLines(t *testing.T) {
	for _, row := range []string{
		"a,\"b\nc\"", "a,\"b\n\"\"c\"\"\nd\",e", "\"a\nb\",\"c\nd\"", "a,\"b \"c\" d\ne\"", "\"a,\nb\",\"\",\"c\n\n\"", "a,\"b\"\"\n\"", "a,\"b\n\",\"c\nd\",e",
	} {
		want, open := cells(row, ',')
		r := &rowReader{in: &Input{R: newReader(strings.NewReader(row + "\nx,y\n"))}}
		got, line, err := r.read(',')
		if open || err != nil || line != 1 || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, %v; want %q", row, got, err, want)
		}
		if next, _, err := r.read(','); err != nil || strings.Join(next, "|") != "x|y" {
			t.Errorf("behind %q: %q, %v", row, next, err)
		}
	}
}
