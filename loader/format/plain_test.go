package format

import (
	"errors"
	"strings"
	"testing"
)

// TestAlphabets sees that another alphabet is not read as Western letters, and that one damaged byte damages no other.
// A text of one line is one, whether or not a mark ends it: nothing else stands below its headline.
func TestTextWithoutFullStopIsRead(t *testing.T) {
	for data, want := range map[string]string{
		"Oslo condemns Chad\n\nNorway condemned Chad on Tuesday\n": "Norway condemned Chad on Tuesday", "Mali meets Chad\nEnvoys met": "Envoys met", "0\n0A0": "0A0",
		"Oslo condemns Chad\n\nNorway condemned Chad on Tuesday.\n\nNewsletters\n": "Norway condemned Chad on Tuesday.",
	} {
		for i, err := range Read("x", "", strings.NewReader(data), Options{}) {
			if err != nil || i.Text != want || i.Headline == "" {
				t.Errorf("%q: %+v, %v", data, i, err)
			}
		}
	}
}

func TestAlphabets(t *testing.T) {
	cyrillic := []byte("Norway\n\n")
	for range 40 {
		cyrillic = append(cyrillic, 0xcd, 0xee, 0xf0, 0xe2, 0xe5, 0xe3, 0xe8, 0xff, ' ')
	}
	if _, _, err := decode(cyrillic); !errors.Is(err, ErrEncoding) {
		t.Errorf("letters of cp1251: %v", err)
	}
	text, encoding, err := decode([]byte("Zürich greets Malmö and Göteborg.\xff It rained."))
	if err != nil || !strings.Contains(text, "Malmö") || !strings.HasPrefix(encoding, "UTF-8") {
		t.Errorf("%q, %s, %v", text, encoding, err)
	}
	if text, encoding, err := decode([]byte("Ana Nu\xf1ez met the caf\xe9 owners.")); err != nil || encoding != "Windows-1252" || !strings.Contains(text, "Nuñez") {
		t.Errorf("%q, %s, %v", text, encoding, err)
	}
}
