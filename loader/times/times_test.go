package times

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

var marked = regexp.MustCompile(`\{([^|}]*)\|([^|}]*)\|([^|}]*)\}`)

// english is the grammar, and the pipeline that makes what it reads.
func english() (*Grammar, *nlp.Pipeline, error) {
	g, err := Load()
	if err != nil {
		return nil, nil, err
	}
	p, err := nlp.English()
	return g, p, err
}

// timeRow is a line of a file of testdata: a text with its expressions marked, and the text without the marks.
type timeRow struct {
	line                    int
	published, marked, text string
}

func timeRows(t testing.TB, file string) []timeRow {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
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
			t.Fatalf("testdata/%s:%d: two columns are needed", file, n+1)
		}
		rows = append(rows, timeRow{n + 1, published, text, marked.ReplaceAllString(text, "$1")})
	}
	return rows
}

// mark writes a text with its times marked as testdata/times.tsv has them.
func markTimes(text string, times []Expression) string {
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
	g, p, err := english()
	if err != nil {
		t.Fatal(err)
	}
	rows := timeRows(t, "times.tsv")
	for _, row := range rows {
		d, err := p.Parse(row.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := markTimes(row.text, g.Read(d, row.published)); got != row.marked {
			t.Errorf("testdata/times.tsv:%d, published %s\n got %s\nwant %s", row.line, row.published, got, row.marked)
		}
	}
	t.Logf("%d sentences with dates", len(rows))
}

// TestIntervals holds what can date an event, of every sentence of testdata/intervals.tsv, to its words, its interval and its precision.
func TestIntervals(t *testing.T) {
	g, p, err := english()
	if err != nil {
		t.Fatal(err)
	}
	rows := timeRows(t, "intervals.tsv")
	for _, row := range rows {
		d, err := p.Parse(row.text)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		at := 0
		for _, w := range g.Intervals(d, g.Read(d, row.published), row.published) {
			interval := w.From + ".." + w.To
			if w.From == "" && w.To == "" {
				interval = "open"
			}
			fmt.Fprintf(&b, "%s{%s|%s|%s}", row.text[at:w.Span.Start], w.Text, interval, w.Precision)
			at = w.Span.End
			if w.Span.In(row.text) != w.Text {
				t.Errorf("testdata/intervals.tsv:%d: the span of %q is %q", row.line, w.Text, w.Span.In(row.text))
			}
		}
		if got := b.String() + row.text[at:]; got != row.marked {
			t.Errorf("testdata/intervals.tsv:%d, published %s\n got %s\nwant %s", row.line, row.published, got, row.marked)
		}
	}
	t.Logf("%d sentences with intervals", len(rows))
}

// TestTimesWhen holds the intervals of what can date an event.
func TestTimesWhen(t *testing.T) {
	g, p, err := english()
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
		{"2024-01-10", "The talks began in early 2020.", "2020-01-01", "2020-03-31", news.Year},
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
		{"", "The talks began on February 30, 2011.", "", "", news.Day},
	} {
		d, err := p.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		times := g.Read(d, c.published)
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

// TestTimesOfAnyTokens sees that tokens of other hands, with trees that lead nowhere, do no harm.
func TestTimesOfAnyTokens(t *testing.T) {
	g, _, err := english()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range timeRows(t, "times.tsv") {
		d := &nlp.Doc{Text: row.text}
		at := 0
		for i, w := range strings.Fields(row.text) {
			start := at + strings.Index(row.text[at:], w)
			at = start + len(w)
			d.Tokens = append(d.Tokens, nlp.Token{Start: start, End: at, Head: i%3 - 1, Tag: []string{"", "VB", "NNP", "CD"}[i%4]})
		}
		d.Sentences = []nlp.Sentence{{First: 0, Last: len(d.Tokens)}}
		g.Read(d, row.published)
	}
}

func BenchmarkTimes(b *testing.B) {
	g, p, err := english()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, row := range timeRows(b, "times.tsv") {
		text.WriteString(row.text + "\n\n")
	}
	d, err := p.Parse(text.String())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		g.Read(d, "2024-01-10")
	}
}

// TestTimeWords sees that a bad row of times.tsv is told by its line, and that every class is one that the rules or the code ask for.
func TestTimeWords(t *testing.T) {
	const header = "class\twords\tvalue\ttags\n"
	for _, c := range []struct{ rows, want string }{
		{"weekday\tmonday\t1\t\nweekday\tTuesday\t2\t\n", `times.tsv:3: word "Tuesday"`},
		{"weekday\t\t1\t\n", "times.tsv:2: a class and its words"},
		{"weekday\tmonday\t1\t\n", "no class"},
	} {
		_, err := load(header + c.rows)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, not %s", c.rows, err, c.want)
		}
	}
	var code strings.Builder
	names, err := filepath.Glob("[^_]*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(data)
	}
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for word, classes := range g.lexicon {
		for _, c := range classes {
			if !regexp.MustCompile(`[<|"]` + c.class + `[>|"]`).MatchString(code.String()) {
				t.Errorf("times.tsv: nothing asks for the class %s of %q", c.class, word)
			}
		}
	}
}

// FuzzTimes sees that no text breaks the rules, and that what they find stands in the text, in order, with an interval that runs forwards.
func FuzzTimes(f *testing.F) {
	for _, row := range timeRows(f, "times.tsv") {
		f.Add(row.published, row.text)
	}
	g, p, err := english()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, published, text string) {
		if !utf8.ValidString(text) {
			return
		}
		d, err := p.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, w := range g.Read(d, published) {
			if w.Span.In(text) != w.Text || w.Span.Start < at || w.From > w.To || w.Value == "" {
				t.Errorf("%q: %+v", text, w)
			}
			at = w.Span.End
		}
	})
}
