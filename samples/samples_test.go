package samples

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"
)

func all(t *testing.T) []Sample {
	t.Helper()
	samples, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return samples
}

func TestIndexNamesEveryFile(t *testing.T) {
	var indexed []string
	for _, s := range all(t) {
		indexed = append(indexed, s.File)
	}
	texts, err := fs.Glob(files, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(indexed, texts) {
		t.Errorf("the index names %q, the directory holds %q", indexed, texts)
	}
	if n := len(texts); n < 12 || n > 20 {
		t.Errorf("%d samples, want 12 to 20", n)
	}
}

func TestShape(t *testing.T) {
	headlines := map[string]string{}
	for _, s := range all(t) {
		t.Run(s.File, func(t *testing.T) {
			if year := s.Published[:4]; year < "2022" || year > "2025" {
				t.Errorf("published %s, want 2022 to 2025", s.Published)
			}
			if !utf8.ValidString(s.Text) {
				t.Fatal("not UTF-8")
			}
			for i, r := range s.Text {
				if r == utf8.RuneError || r == '\ufeff' || r != '\n' && unicode.IsControl(r) || r != ' ' && unicode.Is(unicode.Zs, r) {
					t.Errorf("character %U at byte %d", r, i)
				}
			}
			lines := strings.Split(s.Text, "\n")
			headline := lines[0]
			if n := utf8.RuneCountInString(headline); n == 0 || n > 110 {
				t.Errorf("headline of %d characters, want 1 to 110: %q", n, headline)
			}
			if other, ok := headlines[headline]; ok {
				t.Errorf("same headline as %s", other)
			}
			headlines[headline] = s.File
			if len(lines) < 3 || lines[1] != "" {
				t.Error("no blank line after the headline")
			}
			if !strings.HasSuffix(s.Text, "\n") || strings.HasSuffix(s.Text, "\n\n") || strings.Contains(s.Text, "\n\n\n") {
				t.Error("want one line break at the end and one blank line between paragraphs")
			}
			for i, line := range lines {
				if strings.TrimRight(line, " ") != line {
					t.Errorf("line %d ends in a space", i+1)
				}
			}
		})
	}
}

const (
	weekdays = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
	months   = "January|February|March|April|May|June|July|August|September|October|November|December"
)

var (
	weekdayDate = regexp.MustCompile(`\b(` + weekdays + `)(?:,| \() ?(` + months + `) (\d{1,2})\b(?:, (\d{4})\b)?`)
	dateWeekday = regexp.MustCompile(`\b(` + months + `) (\d{1,2})(?:, (\d{4}))?(?:, an?|,| \() ?(` + weekdays + `)\b`)
	monthDay    = regexp.MustCompile(`\b(` + months + `) (\d{1,2})\b(?:, (\d{4})\b)?`)
)

// day is the day that a month and a day of a text published on published name: of the year told, else the last one that is not
// after the day of publication.
func day(t *testing.T, published time.Time, month, number, year string) time.Time {
	t.Helper()
	years := []string{year}
	if year == "" {
		years = []string{fmt.Sprint(published.Year()), fmt.Sprint(published.Year() - 1)}
	}
	for _, y := range years {
		d, err := time.Parse("January 2 2006", month+" "+number+" "+y)
		if err != nil {
			t.Fatal(err)
		}
		if year != "" || !d.After(published) {
			return d
		}
	}
	t.Fatalf("no year for %s %s", month, number)
	return time.Time{}
}

// disagreements says which weekdays of a text do not fall on the dates that stand beside them or fall after publication, and how
// many stand beside one. A bare weekday agrees with any calendar.
func disagreements(t *testing.T, published time.Time, text string) (wrong []string, pairs int) {
	t.Helper()
	check := func(words, weekday, month, number, year string) {
		pairs++
		switch d := day(t, published, month, number, year); {
		case d.Weekday().String() != weekday:
			wrong = append(wrong, fmt.Sprintf("%q: %s is a %s", words, d.Format(time.DateOnly), d.Weekday()))
		case d.After(published):
			wrong = append(wrong, fmt.Sprintf("%q comes after publication", words))
		}
	}
	for _, m := range weekdayDate.FindAllStringSubmatch(text, -1) {
		check(m[0], m[1], m[2], m[3], m[4])
	}
	for _, m := range dateWeekday.FindAllStringSubmatch(text, -1) {
		check(m[0], m[4], m[1], m[2], m[3])
	}
	return wrong, pairs
}

func TestWeekdaysAgreeWithTheCalendar(t *testing.T) {
	total := 0
	for _, s := range all(t) {
		published, err := time.Parse(time.DateOnly, s.Published)
		if err != nil {
			t.Fatal(err)
		}
		wrong, pairs := disagreements(t, published, s.Text)
		total += pairs
		for _, w := range wrong {
			t.Errorf("%s: %s", s.File, w)
		}
		for _, m := range monthDay.FindAllStringSubmatch(s.Text, -1) {
			day(t, published, m[1], m[2], m[3]) // refuses February 30
		}
	}
	if total < 10 {
		t.Errorf("%d weekdays beside a date, want 10 or more, so that the check means something", total)
	}
}

func TestDisagreements(t *testing.T) {
	published := time.Date(2024, time.January, 10, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		text  string
		wrong int
		pairs int
	}{
		{"They met on Tuesday, January 9, in Oslo.", 0, 1},
		{"They met on Tuesday (January 9).", 0, 1},
		{"They met on January 9, a Tuesday.", 0, 1},
		{"They met on Monday, January 9.", 1, 1},
		{"They met on Saturday, December 30.", 0, 1},
		{"They met on Sunday, December 30.", 1, 1},
		{"They met on Monday, January 9, 2023.", 0, 1},
		{"They met on Friday, January 12, 2024.", 1, 1},
		{"They met on January 9. Tuesday was cold.", 0, 0},
	} {
		wrong, pairs := disagreements(t, published, test.text)
		if len(wrong) != test.wrong || pairs != test.pairs {
			t.Errorf("%q: %q wrong of %d, want %d of %d", test.text, wrong, pairs, test.wrong, test.pairs)
		}
	}
}

// copied is how many words in a row make a copy.
const copied = 12

// runs are the word sequences of a text that are long enough to be copies, lower-cased and without punctuation.
func runs(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var sequences []string
	for i := 0; i+copied <= len(words); i++ {
		sequences = append(sequences, strings.Join(words[i:i+copied], " "))
	}
	return sequences
}

func TestNothingIsCopiedFromTheSeed(t *testing.T) {
	shared, set := os.LookupEnv("NEWSGRAPH_SHARED")
	if shared == "" {
		set, shared = false, filepath.Join("..", "..", "shared") // beside the module, whose root is one directory up
	}
	seeds, err := filepath.Glob(filepath.Join(shared, "seed", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(seeds) == 0 {
		if set {
			t.Fatalf("NEWSGRAPH_SHARED is set, but %s holds no seed story", filepath.Join(shared, "seed"))
		}
		t.Log("the seed story is not here: left out the comparison with it")
		return
	}
	seen := map[string]bool{}
	for _, seed := range seeds {
		text, err := os.ReadFile(seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runs(string(text)) {
			seen[run] = true
		}
	}
	if len(seen) == 0 {
		t.Fatal("the seed story is too short to compare with")
	}
	for _, s := range all(t) {
		for _, run := range runs(s.Text) {
			if seen[run] {
				t.Errorf("%s shares %d words in a row with the seed: %q", s.File, copied, run)
			}
		}
	}
}

func TestReadRefusesBadRows(t *testing.T) {
	const header = "# A comment.\nfile\tpublished\tpublisher\n"
	texts := fstest.MapFS{"a.txt": {Data: []byte("A\n")}, "b.txt": {Data: []byte("B\n")}, "c.md": {Data: []byte("C\n")}}
	for _, test := range []struct{ name, index, want string }{
		{"no header", "# A comment.\n", "no row of column names"},
		{"other columns", "file\tdate\n", "line 1: want the column names"},
		{"columns missing", header + "a.txt\t2024-01-10\n", "line 3: 2 columns, want 3"},
		{"other suffix", header + "c.md\t2024-01-10\tus\n", `line 3: file "c.md"`},
		{"no such day", header + "a.txt\t2024-02-30\tus\n", `line 3: published "2024-02-30"`},
		{"no publisher", header + "a.txt\t2024-01-10\t\n", "line 3: no publisher"},
		{"no text", header + "a.txt\t2024-01-10\tus\nd.txt\t2024-01-10\tus\n", "line 4: open d.txt"},
		{"order", header + "b.txt\t2024-01-10\tus\na.txt\t2024-01-10\tus\n", "line 4: a.txt must come before b.txt"},
		{"twice", header + "a.txt\t2024-01-10\tus\na.txt\t2024-01-10\tus\n", "line 4: a.txt must come before a.txt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(strings.NewReader(test.index), texts)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
	got, err := read(strings.NewReader(header+"a.txt\t2024-01-10\tus\n"), texts)
	if want := (Sample{"a.txt", "2024-01-10", "us", "A\n"}); err != nil || !slices.Equal(got, []Sample{want}) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
