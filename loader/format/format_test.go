package format

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the answers of testdata anew")

// types are the hints that names of test files give, as the loader gives them.
var types = map[string]string{".json": "application/json", ".jsonl": "application/jsonl", ".csv": "text/csv", ".tsv": "text/tab-separated-values"}

// TestForms reads each input of testdata/*.txtar and holds its items against what stands in the file NAME.want beside it. A first line "map: ..." of the
// comment is the map of all of them.
func TestForms(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var o Options
		if rest, ok := bytes.CutPrefix(a.Comment, []byte("map: ")); ok {
			line, _, _ := strings.Cut(string(rest), "\n")
			o.Map = map[string]string{}
			for pair := range strings.SplitSeq(line, ",") {
				field, name, _ := strings.Cut(pair, "=")
				o.Map[field] = name
			}
			if err := o.Check(); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		wants := map[string]int{}
		for i, f := range a.Files {
			wants[f.Name] = i
		}
		files := a.Files
		for _, f := range files {
			if strings.HasSuffix(f.Name, ".want") {
				continue
			}
			got := shown(f.Name, f.Data, o)
			i, ok := wants[f.Name+".want"]
			switch {
			case *update && ok:
				a.Files[i].Data = []byte(got)
			case *update:
				a.Files = append(a.Files, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
			case !ok || got != string(a.Files[i].Data):
				t.Errorf("%s: %s is read as (go test ./loader/format -update writes it)\n%s", path, f.Name, got)
			}
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(a), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// shown is items for people; what is empty is left out.
func shown(name string, data []byte, o Options) string {
	var b strings.Builder
	n := 0
	for item, err := range Read(name, types[filepath.Ext(name)], bytes.NewReader(data), o) {
		if n++; n > 1 {
			b.WriteString("\n")
		}
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		for _, f := range []struct{ name, value string }{
			{"headline", item.Headline},
			{"byline", item.Byline},
			{"dateline", item.Dateline},
			{"publisher", item.Publisher},
			{"url", item.URL},
			{"language", item.Language},
			{"published", show(item.Published)},
			{"updated", show(item.Updated)},
			{"version", item.Version},
			{"subjects", strings.Join(item.Subjects, ", ")},
			{"notes", strings.Join(item.Notes, " | ")},
			{"form", item.Form},
			{"where", item.Where},
			{"file", item.File},
		} {
			if f.value != "" {
				fmt.Fprintf(&b, "%s: %s\n", f.name, f.value)
			}
		}
		if item.Part {
			b.WriteString("part\n")
		}
		if item.Text != "" {
			fmt.Fprintf(&b, "text:\n    %s\n", strings.ReplaceAll(item.Text, "\n\n", "\n    "))
		}
	}
	return b.String()
}

func show(d Date) string {
	switch d.Text {
	case "", d.Value:
		return d.Value
	}
	return fmt.Sprintf("%s (%q)", d.Value, d.Text)
}

func TestDated(t *testing.T) {
	for text, want := range map[string]string{
		"2024": "2024", "2024-01": "2024-01", "2024-01-10": "2024-01-10", "2024-02-30": "", "2024/1/9": "2024-01-09", "20240110": "2024-01-10",
		"2024-01-10T09:30:00+02:00": "2024-01-10T09:30:00+02:00", "2024-01-10T09:30:00.123Z": "2024-01-10T09:30:00Z", "2024-01-10 09:30:00": "2024-01-10",
		"20240110T093000Z": "2024-01-10T09:30:00Z", "2024-01-10T23:30:00-0500": "2024-01-10T23:30:00-05:00", "2024-01-10 09:30 UTC": "2024-01-10T09:30:00Z",
		"Wed, 10 Jan 2024 22:30:00 -0500": "2024-01-10T22:30:00-05:00", "Wed, 10 Jan 2024 22:30:00 GMT": "2024-01-10T22:30:00Z",
		"10 January 2024": "2024-01-10", "January 10, 2024": "2024-01-10", "Jan. 10, 2024": "2024-01-10", "Sept. 3rd, 2024": "2024-09-03",
		"Wednesday, January 10, 2024 5:30 pm EST": "2024-01-10T17:30:00-05:00", "January 10, 2024 at 5:30 PM": "2024-01-10", "10 Jan 2024, 09:30 GMT": "2024-01-10T09:30:00Z",
		"Wed Jan 10 09:30:00 UTC 2024": "2024-01-10T09:30:00Z", "January 2024": "2024-01", "1704879000": "2024-01-10T09:30:00Z", "1704879000000": "2024-01-10T09:30:00Z",
		"3/4/2024": "", "13/4/2024": "2024-04-13", "4/13/2024": "2024-04-13", "4/4/2024": "2024-04-04", "31.12.2024": "2024-12-31", "3/4/24": "", "yesterday": "", "": "", "0001": "",
		"2 hours ago": "", "45": "", "99/99/2024": "", "2024-13": "", "2024-01-10T25:00:00Z": "2024-01-10", "Tuesday": "",
	} {
		if got := dated(text); got.Value != want || got.Text != text {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}

func TestRefusedDates(t *testing.T) {
	for text, want := range map[string]string{
		"2024-13-45": "no date", "soon": "no date", "3/4/2024": "either of two days", "99/99/2024": "no date", strings.Repeat("on a day ", 60): "no date", "": "", "2024-01-10": "", "13/4/2024": "",
	} {
		for how, d := range map[string]Date{"dated": dated(text), "told": dateTold(text)} {
			if got := d.Refused(); want == "" && got != "" || !strings.Contains(got, want) || len(d.Text) > 400 {
				t.Errorf("%s %q: %q, want %q", how, text, got, want)
			}
		}
	}
	for record, want := range map[string]string{
		`"date": "soon"`: "soon", `"published": {"from": 2024}`: "{from: 2024}", `"datePublished": [1, 2]`: "1, 2", `"published": true`: "", `"published": null`: "", `"published": true, "date": "2024-01-10"`: "2024-01-10",
	} {
		for i, err := range Read("x.json", "application/json", strings.NewReader(`{"headline": "Mali meets Chad", "text": "Envoys of Mali met those of Chad in Lima on Monday.", `+record+`}`), Options{}) {
			if err != nil || i.Published.Text != want {
				t.Errorf("%s: %+v, %v", record, i.Published, err)
			}
		}
	}
}

// TestJSONRules holds the reader against RFC 8259: what is no JSON is refused with its byte, what is JSON never is.
func TestJSONRules(t *testing.T) {
	no := map[string]int64{
		"": 0, " ": 1, "[1,]": 3, "[,1]": 1, "[1 2]": 3, "[1,,2]": 3, `["x"]]`: 5, "[1]x": 3, `{"a":1,}`: 7, `{"a" 1}`: 5, `{"a"}`: 4, "{a:1}": 1, "{'a':1}": 1, `{"a":1 "b":2}`: 7,
		"nul": 3, "tru]": 3, "True": 0, "NaN": 0, "01": 1, "-": 1, "1.": 2, ".1": 0, "1e": 2, "1e+": 3, "+1": 0, "0x1": 1, "-01": 2, "2.e3": 2, `"a`: 2, "\"a\nb\"": 2, "\"a\tb\"": 2, `"\x"`: 2, `"\u12g4"`: 5,
		`"\u00`: 5, "[1}": 2, `{"a":1]`: 6, "[": 1, "{": 1, "{]": 1, "[1": 2, "//": 0, "[1]//": 3, "{}{}": 2, "[]\n[]": 3, "\ufeff": 3, "[\f1]": 1, "[\u00a01]": 1, "1 2": 2, "\x00": 0, "[\x00]": 1, "*": 0, `"a"b`: 3,
		strings.Repeat("[", 100000): 1001,
	}
	for text, at := range no {
		errs := 0
		for item, err := range Read("x.json", "application/json", strings.NewReader(text), Options{}) {
			var m *Misplaced
			if !errors.Is(err, ErrJSON) || !errors.As(err, &m) || m.Byte != at {
				t.Errorf("%.20q: %v, %+v, want an error at byte %d", text, err, item, at)
			}
			errs++
		}
		if errs != 1 {
			t.Errorf("%.20q: %d errors", text, errs)
		}
	}
	for _, text := range []string{
		"[]", "{}", "0", "-0", "-0.0e-1", "1E22", "[1,2]", "true", "false", "null", `""`, `"\u0000"`, `"\ud83d\ude00"`, `"\ud800"`, `{"":0}`, `{"a":1,"a":2}`, " [ ] ", "[null]", `["\/\b\f\n\r\t\"\\"]`,
		"\"\u2028\"", "\"\x7f\"", `{"a":{"b":[{}]}}`, "\ufeff[]", strings.Repeat("[", 900) + strings.Repeat("]", 900), "[1]\n", "\"\xff\"",
	} {
		for item, err := range Read("x.json", "application/json", strings.NewReader(text), Options{}) {
			if !errors.Is(err, ErrNoStory) || errors.Is(err, ErrJSON) {
				t.Errorf("%.20q: %v, %+v, want no story", text, err, item)
			}
		}
	}
}

func TestUnread(t *testing.T) {
	for data, want := range map[string]string{
		zipped(t, "xl/workbook.xml", "<a/>"): "Excel", zipped(t, "ppt/presentation.xml", "<a/>"): "PowerPoint", "\x89PNG\r\n\x1a\n": "PNG",
		"\xff\xd8\xff\xe0": "JPEG", "ID3\x04": "MP3", "\x7fELF\x02": "program", "MZ\x90\x00\x03": "program", "{\\rtf1": "RTF", "\\documentclass{article}\n": "LaTeX", "BEGIN:VCALENDAR\nEND:VCALENDAR\n": "calendar", "BEGIN:VCARD\n": "address card", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n": "WebVTT", "1\n00:00:01,000 --> 00:00:02,000\nHello.\n": "SubRip", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "Office", "\xfd7zXZ\x00": "xz",
		"<svg xmlns=\"x\"><path/></svg>": "SVG", "<?xml version=\"1.0\"?><a/>": "XML",
		"package main\n\nimport \"fmt\"\n\nfunc main() {\n\tx := 1\n\tfmt.Println(x)\n}\n": "program text",
	} {
		for item, err := range Read("x", "", strings.NewReader(data), Options{}) {
			var u *Unsupported
			if !errors.As(err, &u) || !strings.Contains(u.Form, want) || u.Instead == "" {
				t.Errorf("%.20q: %v, %+v, want %s", data, err, item, want)
			}
		}
	}
	for _, data := range []string{strings.Repeat("aGVsbG8gd29ybGQ5OTk4", 40) + " x", strings.Repeat("12 345 6.78 -9 m\n", 40), strings.Repeat("a <= [b] | {c} # ~ ", 40)} {
		for item, err := range Read("x", "", strings.NewReader(data), Options{}) {
			if !errors.Is(err, ErrNoStory) {
				t.Errorf("%.20q: %v, %+v", data, err, item)
			}
		}
	}
}

// TestLongInputs sees that a list of any length is read with little in memory, and that what is too long is refused.
func TestLongInputs(t *testing.T) {
	const story = `{"headline":"Oslo condemns Chad","text":"Norway condemned Chad on Tuesday, and said so again."}`
	n := 0
	for _, err := range Read("x", "", strings.NewReader(`{"n":3,"articles":[`+strings.Repeat(story+",", 5000)+story+"]}"), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 5001 {
		t.Errorf("%d stories", n)
	}
	long := `{"text":"` + strings.Repeat("a b ", maxItem/3) + `"}`
	for _, text := range []string{long, "[" + long + "]", story + "\n" + long + "\n", "title,text\na,\"" + strings.Repeat("a b ", maxItem/3) + "\"\n", strings.Repeat("ab c\n", maxItem/4)} {
		err := error(nil)
		for _, e := range Read("x", "", strings.NewReader(text), Options{}) {
			err = errors.Join(err, e)
		}
		if !errors.Is(err, ErrTooLong) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func fuzz(f *testing.F, form string, read func(*Input, Options, func(Item, error) bool) bool) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if !strings.HasSuffix(file.Name, ".want") {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		told := 0
		in := &Input{Name: "x", R: newReader(bytes.NewReader(data))}
		read(in, Options{}, func(item Item, err error) bool {
			told++
			if err == nil && (item.Text == "" && item.Headline == "" && item.File == "" || !utf8.ValidString(item.Headline+item.Text+item.Byline+item.URL)) {
				t.Errorf("%s: %+v", form, item)
			}
			return true
		})
		if told == 0 {
			t.Errorf("%s: neither an item nor an error", form)
		}
		once := 0
		in.R = newReader(bytes.NewReader(data))
		read(in, Options{}, func(Item, error) bool { once++; return false })
		if once != 1 {
			t.Errorf("%s: %d items after one was enough", form, once)
		}
	})
}

func FuzzPlain(f *testing.F) { fuzz(f, "plain text", readPlain) }

func FuzzJSON(f *testing.F) { fuzz(f, "JSON", readJSON) }

func FuzzCSV(f *testing.F) {
	fuzz(f, "a table", func(in *Input, o Options, yield func(Item, error) bool) bool {
		head, _ := in.R.Peek(peek)
		if !isTable(head, in.Type) {
			return yield(Item{}, ErrNoStory)
		}
		return readTable(in, o, yield)
	})
}

func FuzzDated(f *testing.F) {
	f.Add("Wed, 10 Jan 2024 22:30:00 -0500")
	f.Fuzz(func(t *testing.T, text string) {
		if d := dated(text); d.Value != "" && dated(d.Value).Value != d.Value {
			t.Errorf("%q: %+v, read again as %q", text, d, dated(d.Value).Value)
		}
	})
}
