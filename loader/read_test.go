package loader

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"newsgraph/loader/format"
	"newsgraph/news"
)

func afp(line string) (string, bool) { return "AFP", line == "AFP" }

const page = `Envoys meet in Lima

AFP

Peru met Chile in Lima on Monday.
They agreed to talk again.

More news

  • Ferry sinks off Fiji

    A ferry sank off Fiji.

  • Quake hits Chad

    An earthquake hit Chad.

Newsletters
`

func TestReadSplitsAPage(t *testing.T) {
	stories, err := Read("page.txt", []byte(page), Options{Published: "2024-01-10", Agency: afp})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range stories {
		got = append(got, strings.Join([]string{s.Headline, s.Byline, s.Publisher, s.Published, s.Text}, "|"))
	}
	want := []string{
		"Envoys meet in Lima|AFP|AFP|2024-01-10|Peru met Chile in Lima on Monday. They agreed to talk again.",
		"Ferry sinks off Fiji||||A ferry sank off Fiji.", "Quake hits Chad||||An earthquake hit Chad.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestReadTellsEncodings(t *testing.T) {
	const text = "Señor Núñez meets Chad\n\nPeru met Chad."
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": text, "Windows-1252": latin, "UTF-16": wide} {
		stories, err := Read("x", []byte(data), Options{})
		if err != nil || stories[0].Headline != "Señor Núñez meets Chad" || !strings.Contains(stories[0].How, name) {
			t.Errorf("%s: %+v, %v", name, stories, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for data, want := range map[string]error{
		"": format.ErrEmpty, " \n": format.ErrEmpty, "\x81\x8d\xff": format.ErrEncoding, "\x01\x02\x03": format.ErrBinary, "{]": format.ErrJSON,
		strings.Repeat("a", 2<<20): format.ErrTooLong,
	} {
		if _, err := Read("x.json", []byte(data), Options{}); data == "{]" && !errors.Is(err, want) {
			t.Errorf("%.10q: %v, want %v", data, err, want)
		}
		if _, err := Read("x", []byte(data), Options{}); data != "{]" && !errors.Is(err, want) {
			t.Errorf("%.10q: %v, want %v", data, err, want)
		}
	}
	var u *format.Unsupported
	if _, err := Read("x", []byte("\x7fELF\x00"), Options{}); !errors.As(err, &u) || !u.NoNews {
		t.Errorf("a program: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		stories, err := Read("x", data, Options{Agency: afp})
		if err == nil && len(stories) == 0 {
			t.Error("no stories and no error")
		}
		for _, s := range stories {
			if !utf8.ValidString(s.Text) || s.ID == "" {
				t.Errorf("%+v", s)
			}
		}
	})
}

// A notice that kills a story is a version of it that says nothing and comes after all others, whatever its number.
func TestKilledItemsWithdraw(t *testing.T) {
	item := func(more string) string {
		return `{"uri": "urn:andes:7", "type": "text", "provider": "Andes Wire", "versioncreated": "2024-01-10T09:00:00Z", "headline": "Norway condemns Chad", "body_text": "Norway condemned Chad on Tuesday.", ` + more + `}`
	}
	var versions []news.Story
	for _, more := range []string{`"version": "1"`, `"version": "10"`, `"version": "2", "pubstatus": "canceled"`, `"pubstatus": "canceled"`} {
		stories, err := Read("x", []byte(item(more)), Options{})
		if err != nil || len(stories) != 1 {
			t.Fatal(stories, err)
		}
		versions = append(versions, stories[0])
	}
	kill := versions[2]
	if kill.Text != "" || kill.Piece() != versions[0].Piece() || !strings.Contains(kill.Headline, "urn:andes:7, version 2") || kill.ID == versions[3].ID {
		t.Errorf("%+v", kill)
	}
	for _, k := range versions[2:] {
		if _, by := news.Superseded([]news.Story{k, versions[0], versions[1]}); by[k.ID] != "" || by[versions[0].ID] != k.ID {
			t.Errorf("%+v", by)
		}
	}
	if _, err := Read("x", []byte(`{"type": "text", "version": "1", "pubstatus": "canceled", "headline": "Norway condemns Chad", "versioncreated": "2024-01-10T09:00:00Z"}`), Options{}); err == nil {
		t.Error("a notice that names no story is read")
	}
}

func TestOtherSchemesAreNamed(t *testing.T) {
	for _, name := range []string{"ftp://example.org/a.html", "s3://bucket/a.json", "file:///tmp/a.txt"} {
		files := Files([]string{name})
		scheme, _, _ := strings.Cut(name, "://")
		if len(files) != 1 || files[0].Err == nil || !strings.Contains(files[0].Err.Error(), scheme+" is not fetched") {
			t.Errorf("%s: %v", name, files)
		}
	}
	for _, name := range []string{"https://example.org/a.html", "a: b.txt", "a/b://c"} {
		if files := Files([]string{name}); len(files) != 1 || files[0].Err != nil {
			t.Errorf("%s: %v", name, files)
		}
	}
}
