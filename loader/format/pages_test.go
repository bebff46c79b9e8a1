package format

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

var updatePages = flag.Bool("update-pages", false, "rewrite testdata/*/*.want")

// golden reads each file of a folder under testdata and compares what comes out with the file's name and ".want" behind it.
func golden(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata/%s: %v", folder, err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".want") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			got := printed(filepath.Base(f), string(data))
			if *updatePages {
				if err := os.WriteFile(f+".want", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(f + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// printed is all that is read of an input, for people.
func printed(name, data string) string {
	var b strings.Builder
	line := func(k string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "0" && s != "[]" {
			fmt.Fprintf(&b, "%s: %s\n", k, s)
		}
	}
	date := func(k string, d Date) {
		if d.Text != "" {
			fmt.Fprintf(&b, "%s: %s (%s)\n", k, d.Value, d.Text)
		}
	}
	for i, err := range Read(name, "", strings.NewReader(data), Options{}) {
		fmt.Fprintln(&b, "=====")
		if err != nil {
			line("error", err)
		}
		line("where", i.Where)
		line("form", i.Form)
		line("headline", i.Headline)
		line("byline", i.Byline)
		line("dateline", i.Dateline)
		line("publisher", i.Publisher)
		line("url", i.URL)
		line("language", i.Language)
		date("published", i.Published)
		date("updated", i.Updated)
		line("version", i.Version)
		line("id", i.AgencyID)
		line("status", i.Status)
		date("embargo", i.Embargo)
		line("subjects", strings.Join(i.Subjects, ", "))
		line("urgency", i.Urgency)
		for _, n := range i.Notes {
			line("note", n)
		}
		if i.Text != "" {
			fmt.Fprintf(&b, "\n%s\n", i.Text)
		}
	}
	return b.String()
}

// only reads an input of one item.
func only(t *testing.T, data, mediaType string) Item {
	t.Helper()
	var items []Item
	for i, err := range Read("in", mediaType, strings.NewReader(data), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, i)
	}
	if len(items) != 1 {
		t.Fatalf("%d items", len(items))
	}
	return items[0]
}

// refusals are the errors of an input and the number of its items.
func refusals(data string) (errs []error, items int) {
	for _, err := range Read("in", "", strings.NewReader(data), Options{}) {
		if err != nil {
			errs = append(errs, err)
		} else {
			items++
		}
	}
	return errs, items
}

func refusedAs(t *testing.T, data string, want error) {
	t.Helper()
	errs, items := refusals(data)
	if items > 0 || len(errs) != 1 || !errors.Is(errs[0], want) {
		t.Errorf("%d items, %v; want %v", items, errs, want)
	}
}

// fuzzRead reads what comes and wants neither panics nor items without text and headline.
func fuzzRead(f *testing.F, folder string) {
	files(f, folder)
	f.Fuzz(func(t *testing.T, data string) {
		for i, err := range Read("in", "", strings.NewReader(data), Options{}) {
			if err == nil && i.Text+i.Headline == "" {
				t.Errorf("an item without text and headline: %+v", i)
			}
		}
	})
}

// files adds the files of a folder under testdata to a fuzz test's corpus.
func files(f *testing.F, folder string) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want") {
			f.Add(string(data))
		}
	}
}

// mostAllocated is how many bytes the reading of one input may allocate in all, garbage included: what grows with the square of an input has more.
const mostAllocated = 1 << 30

// bounded reads an input and wants its work bounded, by what no clock tells: the bytes that are asked for and those that are allocated.
func bounded(t *testing.T, name, data string) (errs []error, items int) {
	t.Helper()
	var before, after runtime.MemStats
	in := &counting{r: strings.NewReader(data)}
	runtime.ReadMemStats(&before)
	for _, err := range Read("in", "", in, Options{}) {
		if err != nil {
			errs = append(errs, err)
		} else {
			items++
		}
	}
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > mostAllocated {
		t.Errorf("%s: %d MB are allocated in all", name, allocated>>20)
	}
	if most := max(maxItem, maxPDF, maxMail, maxFeed) + 2*peek; in.n > most {
		t.Errorf("%s: %d bytes are read", name, in.n)
	}
	return errs, items
}

// counting counts the bytes that are read.
type counting struct {
	r io.Reader
	n int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}
