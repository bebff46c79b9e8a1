package extract

import (
	"os"
	"strings"
	"testing"
)

// leastTimes is how many of the sentences of testdata/times.tsv must be read right, of each hundred.
const leastTimes = 97

// TestTimes reads each sentence of testdata/times.tsv by itself.
func TestTimes(t *testing.T) {
	data, err := os.ReadFile("testdata/times.tsv")
	if err != nil {
		t.Fatal(err)
	}
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	all, right := 0, 0
	for n, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			t.Fatalf("line %d: %d cells", n+1, len(cells))
		}
		doc, err := x.pipeline.Parse(cells[1])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range x.Times(doc, strings.TrimPrefix(cells[0], "-")) {
			got = append(got, w.Text+"="+w.Type+":"+w.Value)
			if (w.Type == "DURATION" || w.Type == "SET") && w.From != "" {
				t.Errorf("line %d: %q has a date", n+1, w.Text)
			}
			if w.Span.In(cells[1]) != w.Text {
				t.Errorf("line %d: %q is not %q", n+1, w.Span.In(cells[1]), w.Text)
			}
		}
		all++
		if g := strings.Join(got, "; "); g == cells[2] {
			right++
		} else {
			t.Logf("line %d: %s\n got %s\nwant %s", n+1, cells[1], g, cells[2])
		}
	}
	t.Logf("%d of %d sentences", right, all)
	if all < 300 || 100*right < leastTimes*all {
		t.Errorf("%d of %d sentences, fewer than %d %%", right, all, leastTimes)
	}
}

func BenchmarkTimes(b *testing.B) {
	x, err := New()
	if err != nil {
		b.Fatal(err)
	}
	doc, err := x.pipeline.Parse(strings.Repeat("Norway condemned Chad on Monday, three days after 12 people had died. ", 200))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		x.Times(doc, "2024-01-10")
	}
}
