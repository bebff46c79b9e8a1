package nlp

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLanguage reads testdata/languages.txt: a tag, a tab and a text a line; "en" is also what is not sure.
func TestLanguage(t *testing.T) {
	data, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		want, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Errorf("line %d has no tab", n+1)
		}
		name, tag, sure := Language(text)
		if tag != want || want != "en" && !sure {
			t.Errorf("line %d: %s (%s, sure %t), not %s: %s", n+1, name, tag, sure, want, text)
		}
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("Der Minister sagte am Montag, dass die Gespräche mit den Nachbarn nicht beendet sind.")
	f.Add("\xff\xfe 北京 Москва \u202e")
	f.Add(strings.Repeat("é", languageSample))
	f.Fuzz(func(t *testing.T, text string) {
		name, tag, _ := Language(text)
		if name == "" || tag == "" || !utf8.ValidString(name) {
			t.Errorf("%q: %q %q", text, name, tag)
		}
	})
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat("The minister said on Monday that talks with the neighbours were not over. ", 20000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Language(text)
	}
}
