package format

import (
	"fmt"
	"strings"
	"testing"
)

const signedText = "The harbour master of Vigo closed the port on Monday.\n\nShe said that the storm would last until Friday, and that no ship was missing. Fishermen asked the town for help with their nets and their boats."

// forms of a story that has top between its headline and its text.
func signedForms(top string) map[string]string {
	lines := strings.Split(top, "\n")
	return map[string]string{
		"plain text": "Storm closes the port of Vigo\n\n" + top + "\n\n" + signedText + "\n",
		"Markdown":   "# Storm closes the port of Vigo\n\n*" + strings.Join(lines, "*\n\n*") + "*\n\n" + signedText + "\n",
	}
}

// TestSigned sees that a byline and a date printed above a text are what they are, and no text.
func TestSigned(t *testing.T) {
	for _, c := range []struct{ top, byline, published, updated string }{
		{"By Rosa Lema", "By Rosa Lema", "", ""},
		{"By Rosa Lema, 6 May 2024", "By Rosa Lema", "2024-05-06", ""},
		{"By Rosa Lema and Ian Holt | May 6, 2024", "By Rosa Lema and Ian Holt", "2024-05-06", ""},
		{"By Ian Holt - 2024-05-06", "By Ian Holt", "2024-05-06", ""},
		{"By Ian Holt\nPublished: 6 May 2024", "By Ian Holt", "2024-05-06", ""},
		{"By Jean-Luc Petit, Bay Post\nUpdated: May 7, 2024", "By Jean-Luc Petit, Bay Post", "", "2024-05-07"},
	} {
		for form, text := range signedForms(c.top) {
			i, err := one(text)
			if err != nil || i.Byline != c.byline || i.Published.Value != c.published || i.Updated.Value != c.updated || i.Text != signedText {
				t.Errorf("%s, %q: byline %q, published %+v, updated %+v, %v, text:\n%s", form, c.top, i.Byline, i.Published, i.Updated, err, i.Text)
			}
		}
	}
}

// TestDateOfTwoDays sees that a line that tells either of two days is told to be refused, and is no text.
func TestDateOfTwoDays(t *testing.T) {
	for _, line := range []string{"Published: 3/4/2024", "Date: 05/06/2023", "Posted on 1-2-2024"} {
		i, err := one("Storm closes the port of Vigo\n" + line + "\n\n" + signedText)
		if err != nil || i.Published.Value != "" || !strings.Contains(i.Published.Refused(), "either of two days") || i.Text != signedText {
			t.Errorf("%s: %+v, %v", line, i, err)
		}
	}
}

// one reads the only item of a text.
func one(text string) (i Item, err error) {
	n := 0
	for i, err = range Read("a", "", strings.NewReader(text), Options{}) {
		n++
	}
	if err == nil && n != 1 {
		err = fmt.Errorf("%d items", n)
	}
	return i, err
}
