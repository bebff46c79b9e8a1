package format

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// TestOneByteSets sees that what is written in a set of one byte a character is read in the set that it was written in.
func TestOneByteSets(t *testing.T) {
	for _, text := range []string{
		"Envoy Núñez “regrets” the raid\n\nNúñez said it’s “a grave act” – and left São Tomé.", "Müller greets Göteborg\n\nThe mayor’s guests – among them Åsa Öberg – met in Zürich.",
		"Élodie Brûlé was at the café; François wasn’t.", "Peña", "‘No,’ he said… “Not in Málaga.”", "Ángel Ibáñez y Ñandú", "The court’s ruling, the minister’s answer", "A soldiers’ camp — near Évreux.",
	} {
		for name, set := range map[string]*charmap.Charmap{"Windows-1252": charmap.Windows1252, "Mac Roman": charmap.Macintosh} {
			data, err := set.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got, as, err := decode(data); err != nil || got != text {
				t.Errorf("%q in %s is read as %q in %s, %v", text, name, got, as, err)
			}
		}
	}
}

// TestEncodings sees that records and Markdown in the encodings of Windows are read as what they say.
func TestEncodings(t *testing.T) {
	wide := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for _, of := range []struct{ form, text string }{
		{"CSV", "headline,text,published\nPeña opens the quay,Mayor Peña opened the quay at Cádiz on Monday.,2024-05-02\n"},
		{"CSV", "headline;text;published\nPeña opens the quay;Mayor Peña opened the quay at Cádiz on Monday.;2024-05-02\n"},
		{"TSV", "headline\ttext\tpublished\r\nPeña opens the quay\tMayor Peña opened the quay at Cádiz on Monday.\t2024-05-02\r\n"},
		{"JSON", `{"title": "Peña opens the quay", "body": "Mayor Peña opened the quay at Cádiz on Monday.", "date": "2024-05-02"}`},
		{"Markdown", "---\ntitle: Peña opens the quay\ndate: 2024-05-02\n---\n\nMayor Peña opened the quay at Cádiz on Monday.\n"},
	} {
		for name, e := range map[string]encoding.Encoding{
			"UTF-8": encoding.Nop, "UTF-16LE": wide, "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "Windows-1252": charmap.Windows1252, "Mac Roman": charmap.Macintosh,
		} {
			data, err := e.NewEncoder().Bytes([]byte(of.text))
			if err != nil {
				t.Fatal(err)
			}
			items := 0
			for i, err := range Read("a", "", bytes.NewReader(data), Options{}) {
				items++
				if err != nil || i.Form != of.form || i.Headline != "Peña opens the quay" || i.Text != "Mayor Peña opened the quay at Cádiz on Monday." || i.Published.Value != "2024-05-02" {
					t.Errorf("%s in %s: %+v, %v", of.form, name, i, err)
				}
			}
			if items != 1 {
				t.Errorf("%s in %s: %d items", of.form, name, items)
			}
		}
	}
}
