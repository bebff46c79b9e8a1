package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

var marked = regexp.MustCompile(`\{([^|}]*)\|([A-Z]+)\|([^|}]*)\}`)

// timeRow is a line of testdata/times.tsv: a text with its expressions marked, and the text without the marks.
type timeRow struct {
	line                    int
	published, marked, text string
}

func timeRows(t testing.TB) []timeRow {
	t.Helper()
	data, err := os.ReadFile("testdata/times.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []timeRow
	for n, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if n == 0 || line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		published, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("testdata/times.tsv:%d: two columns are needed", n+1)
		}
		rows = append(rows, timeRow{n + 1, published, text, marked.ReplaceAllString(text, "$1")})
	}
	return rows
}

// mark writes a text with its times marked as testdata/times.tsv has them.
func markTimes(text string, times []Time) string {
	var b strings.Builder
	at := 0
	for _, t := range times {
		fmt.Fprintf(&b, "%s{%s|%s|%s}", text[at:t.Span.Start], t.Text, t.Type, t.Value)
		at = t.Span.End
	}
	return b.String() + text[at:]
}

// TestTimes holds every expression of testdata/times.tsv to its extent, type and value, and finds no others.
func TestTimes(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	rows := timeRows(t)
	for _, row := range rows {
		d, err := x.pipeline.Parse(row.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := markTimes(row.text, x.Times(d, row.published)); got != row.marked {
			t.Errorf("testdata/times.tsv:%d, published %s\n got %s\nwant %s", row.line, row.published, got, row.marked)
		}
	}
	t.Logf("%d sentences with dates, all read right", len(rows))
}

// TestTimesWhen holds the intervals of what can date an event.
func TestTimesWhen(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		published, text, from, to string
		precision                 news.Precision
	}{
		{"2024-01-10", "The talks began late Tuesday.", "2024-01-09", "2024-01-09", news.Day},
		{"2024-01-10", "The talks began last week.", "2024-01-01", "2024-01-07", news.Week},
		{"2024-01-10", "The talks began over the weekend.", "2024-01-06", "2024-01-07", news.Week},
		{"2024-01-10", "The talks began last month.", "2023-12-01", "2023-12-31", news.Month},
		{"2024-01-10", "The talks began in early 2020.", "2020-01-01", "2020-12-31", news.Year},
		{"2024-01-10", "The talks began in the first quarter of 2016.", "2016-01-01", "2016-03-31", news.Year},
		{"2024-01-10", "The talks began in the 1990s.", "1990-01-01", "1999-12-31", news.Year},
		{"2024-01-10", "The talks began in the 19th century.", "1800-01-01", "1899-12-31", news.Year},
		{"2024-01-10", "The talks began last summer.", "2023-06-01", "2023-08-31", news.Year},
		{"2024-01-10", "The talks began in the winter of 2014.", "2014-01-01", "2015-02-28", news.Year},
		{"2024-01-10", "The talks began last night.", "2024-01-09", "2024-01-09", news.Day},
		{"2024-01-10", "The talks began at 9 a.m.", "", "", news.Day},
		{"2024-01-10", "The talks lasted three days.", "", "", news.Unknown},
		{"2024-01-10", "The talks resume every Monday.", "", "", news.Unknown},
		{"2024-01-10", "The talks began recently.", "", "", news.Unknown},
		{"2024-01-10", "The talks began more than a year ago.", "", "", news.Year},
		{"2024-02-10", "The talks will end on February 29.", "2024-02-29", "2024-02-29", news.Day},
		{"", "The talks began on December 30.", "--12-30", "--12-30", news.Day},
		{"", "The talks began on Tuesday.", "", "", news.Day},
		{"", "The talks began last year.", "", "", news.Year},
		{"", "The talks began on February 30, 2011.", "2011-01-01", "2011-12-31", news.Year},
	} {
		d, err := x.pipeline.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		times := x.Times(d, c.published)
		if len(times) == 0 {
			t.Errorf("%s: no time", c.text)
			continue
		}
		w := times[len(times)-1].When
		if w.From != c.from || w.To != c.to || w.Precision != c.precision {
			t.Errorf("%s: %s to %s, %s", c.text, w.From, w.To, w.Precision)
		}
	}
}

// TestOnlyDatesDateEvents sees that no duration, no set and nothing like "recently" becomes the date of an event.
func TestOnlyDatesDateEvents(t *testing.T) {
	for _, text := range []string{
		"Norway condemned Chad for three days.", "Norway condemned Chad every Monday.", "Norway recently condemned Chad.",
		"Norway condemned Chad at noon.", "Norway condemned Chad twice a year.", "Norway has now condemned Chad.",
	} {
		for _, r := range read(t, "2024-01-10", text).Reports {
			if r.When != (news.When{Precision: news.Unknown}) {
				t.Errorf("%s: %+v", text, r.When)
			}
		}
	}
}

// TestIntervalsDateEvents sees that the two ends of an interval are one date of an event.
func TestIntervalsDateEvents(t *testing.T) {
	for _, c := range []struct{ text, from, to, words string }{
		{"Norway shelled Chad from May 3 to May 5.", "2023-05-03", "2023-05-05", "May 3 to May 5"},
		{"Norway shelled Chad between 1991 and 1995.", "1991-01-01", "1995-12-31", "1991 and 1995"},
		{"Norway shelled Chad on 5-7 June 2019.", "2019-06-05", "2019-06-07", "5-7 June 2019"},
		{"Norway shelled Chad on Monday and Tuesday.", "2024-01-08", "2024-01-08", "Monday"},
	} {
		reports := read(t, "2024-01-10", c.text).Reports
		if len(reports) != 1 {
			t.Fatalf("%s: %d reports", c.text, len(reports))
		}
		if w := reports[0].When; w.From != c.from || w.To != c.to || w.Text != c.words || w.Span.In(c.text) != c.words {
			t.Errorf("%s: %+v", c.text, w)
		}
	}
}

// TestTimesOfAnyTokens sees that tokens of other hands, with trees that lead nowhere, do no harm.
func TestTimesOfAnyTokens(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range timeRows(t) {
		d := &nlp.Doc{Text: row.text}
		at := 0
		for i, w := range strings.Fields(row.text) {
			start := at + strings.Index(row.text[at:], w)
			at = start + len(w)
			d.Tokens = append(d.Tokens, nlp.Token{Start: start, End: at, Head: i%3 - 1, Tag: []string{"", "VB", "NNP", "CD"}[i%4]})
		}
		d.Sentences = []nlp.Sentence{{First: 0, Last: len(d.Tokens)}}
		x.Times(d, row.published)
	}
}

func BenchmarkTimes(b *testing.B) {
	x, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, row := range timeRows(b) {
		text.WriteString(row.text + "\n\n")
	}
	d, err := x.pipeline.Parse(text.String())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		x.Times(d, "2024-01-10")
	}
}

// TestTimeWords sees that a bad row of times.tsv is told by its line, and that every class is one that the rules or the code ask for.
func TestTimeWords(t *testing.T) {
	const header = "class\twords\tvalue\ttags\n"
	for _, c := range []struct{ rows, want string }{
		{"weekday\tmonday\t1\t\nweekday\tTuesday\t2\t\n", `data/times.tsv:3: word "Tuesday"`},
		{"weekday\t\t1\t\n", "data/times.tsv:2: a class and its words"},
		{"weekday\tmonday\t1\t\n", "no class"},
	} {
		_, err := loadTimes(fstest.MapFS{"data/times.tsv": {Data: []byte(header + c.rows)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, not %s", c.rows, err, c.want)
		}
	}
	var code strings.Builder
	names, err := filepath.Glob("time*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(data)
	}
	for _, row := range table(t, "times.tsv") {
		if !regexp.MustCompile(`[<|"]` + row["class"] + `[>|"]`).MatchString(code.String()) {
			t.Errorf("times.tsv: nothing asks for the class %s", row["class"])
		}
	}
}

// FuzzTimes sees that no text breaks the rules, and that what they find stands in the text, in order, with an interval that runs forwards.
func FuzzTimes(f *testing.F) {
	for _, row := range timeRows(f) {
		f.Add(row.published, row.text)
	}
	x, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, published, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d, err := x.pipeline.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, w := range x.Times(d, published) {
			if w.Span.In(text) != w.Text || w.Span.Start < at || w.From > w.To || w.Value == "" {
				t.Errorf("%q: %+v", text, w)
			}
			at = w.Span.End
		}
	})
}
