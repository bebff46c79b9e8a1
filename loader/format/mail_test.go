package format

import (
	"strings"
	"testing"
)

func TestMail(t *testing.T) { golden(t, "mail") }

func FuzzMail(f *testing.F) { fuzzRead(f, "mail") }

func TestPlainTextIsNoMail(t *testing.T) {
	for _, s := range []string{
		"From: the editor\n\nText.", "Note: this.\nFrom: there.\n\nText", "LIMA: A city.\n", "From here to 2024\nit was far.", "Subject: Floods\nDate: 4 May 2024\n\nText.",
	} {
		if isMail([]byte(s), "") || isMbox([]byte(s), "") {
			t.Errorf("%q is mail", s)
		}
	}
}

func TestMailIsBounded(t *testing.T) {
	head := "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
	for name, s := range map[string]string{
		"parts":  head + strings.Repeat("--x\n\na\n", 200_000),
		"nested": head + strings.Repeat("--x\nContent-Type: multipart/mixed; boundary=x\n\n", 100_000),
		"large":  head + strings.Repeat("a", maxMail),
	} {
		if errs, items := bounded(t, name, s); len(errs) == 0 {
			t.Errorf("%s: %d items", name, items)
		}
	}
}
