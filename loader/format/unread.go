package format

import (
	"bytes"
	"regexp"
	"strings"
)

// sign is how the bytes of a form begin, at an offset.
type sign struct {
	at    int
	bytes string
	Unsupported
}

const (
	asText   = "save its text as UTF-8 (.txt) and load that"
	unpacked = "unpack it and load what is in it"
	noNews   = "it is not plain text and holds no story"
)

// signs are magic numbers, as those who made the forms tell them (and file(1) collects them).
var signs = []sign{
	{0, "%PDF-", Unsupported{"PDF", asText + "; a scanned page needs OCR first", false}},
	{0, "%!PS", Unsupported{"PostScript", asText, false}},
	{0, "{\\rtf", Unsupported{"RTF", asText, false}},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unsupported{"an old Office document", asText, false}},
	{0, "\x1f\x8b", Unsupported{"gzip", unpacked, false}},
	{0, "BZh", Unsupported{"bzip2", unpacked, false}},
	{0, "\xfd7zXZ\x00", Unsupported{"xz", unpacked, false}},
	{0, "\x28\xb5\x2f\xfd", Unsupported{"Zstandard", unpacked, false}},
	{0, "7z\xbc\xaf\x27\x1c", Unsupported{"7-Zip", unpacked, false}},
	{0, "Rar!\x1a\x07", Unsupported{"RAR", unpacked, false}},
	{257, "ustar", Unsupported{"tar", unpacked, false}},
	{0, "WARC/", Unsupported{"WARC", "take its pages out and load those", false}},
	{0, "SQLite format 3\x00", Unsupported{"an SQLite database", "export its stories as JSON lines or CSV", true}},
	{0, "7\x7f\x06\x82", Unsupported{"the journal of an SQLite database", noNews, true}},
	{0, "7\x7f\x06\x83", Unsupported{"the journal of an SQLite database", noNews, true}},
	{0, "\x18\xe2-\x00", Unsupported{"the journal of an SQLite database", noNews, true}},
	{0, "PAR1", Unsupported{"Parquet", "export its stories as JSON lines or CSV", false}},
	{0, "Obj\x01", Unsupported{"Avro", "export its stories as JSON lines or CSV", false}},
	{0, "\x89PNG\r\n", Unsupported{"a PNG image", "a picture of text needs OCR first", true}},
	{0, "\xff\xd8\xff", Unsupported{"a JPEG image", "a picture of text needs OCR first", true}},
	{0, "GIF8", Unsupported{"a GIF image", noNews, true}},
	{0, "II*\x00", Unsupported{"a TIFF image", "a picture of text needs OCR first", true}},
	{0, "MM\x00*", Unsupported{"a TIFF image", "a picture of text needs OCR first", true}},
	{8, "WEBP", Unsupported{"a WebP image", noNews, true}},
	{0, "\x00\x00\x01\x00", Unsupported{"an icon", noNews, true}},
	{0, "RIFF", Unsupported{"audio or video", "load its transcript as text", true}},
	{0, "ID3", Unsupported{"MP3 audio", "load its transcript as text", true}},
	{0, "\xff\xfb", Unsupported{"MP3 audio", "load its transcript as text", true}},
	{0, "OggS", Unsupported{"Ogg audio or video", "load its transcript as text", true}},
	{0, "fLaC", Unsupported{"FLAC audio", "load its transcript as text", true}},
	{4, "ftyp", Unsupported{"MP4 audio or video", "load its transcript as text", true}},
	{0, "\x1aE\xdf\xa3", Unsupported{"Matroska video", "load its transcript as text", true}},
	{0, "\x7fELF", Unsupported{"a program", noNews, true}},
	{0, "MZ\x90\x00", Unsupported{"a program", noNews, true}},
	{0, "\xcf\xfa\xed\xfe", Unsupported{"a program", noNews, true}},
	{0, "\xca\xfe\xba\xbe", Unsupported{"a program", noNews, true}},
	{0, "\x00asm", Unsupported{"a program", noNews, true}},
	{0, "#!/", Unsupported{"a script", noNews, true}},
	{0, "wOFF", Unsupported{"a font", noNews, true}},
	{0, "wOF2", Unsupported{"a font", noNews, true}},
	{0, "OTTO\x00", Unsupported{"a font", noNews, true}},
	{0, "\x00\x01\x00\x00\x00", Unsupported{"a font", noNews, true}},
	{0, "-----BEGIN ", Unsupported{"a key or certificate", noNews, true}},
	{0, "diff --git ", Unsupported{"a patch", noNews, true}},
}

// offices are what a zip holds, by a name that its first entries have.
var offices = []struct{ entry, form string }{
	{"word/", "a Word document"},
	{"xl/", "an Excel workbook"},
	{"ppt/", "a PowerPoint presentation"},
	{"application/vnd.oasis.opendocument", "an OpenDocument file"},
	{"application/epub+zip", "an EPUB book"},
}

var (
	mailHead  = regexp.MustCompile(`(?s)\A(?:From [^\n]+\n)?(?:[A-Za-z][A-Za-z0-9-]*:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*){3,}`)
	mailField = regexp.MustCompile(`(?mi)^(?:message-id|received|mime-version|return-path):`)
	mailFrom  = regexp.MustCompile(`(?mi)^from:`)
	pageHead  = regexp.MustCompile(`(?i)\A(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b`)
	svgHead   = regexp.MustCompile(`(?is)\A(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype svg.*?>\s*)?<svg\b`)
)

// unread is the form, known and not read, that an input begins as, nil if none. What stands before it in forms is read.
func unread(head []byte) *Unsupported {
	for _, s := range signs {
		if len(head) > s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			u := s.Unsupported
			return &u
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		for _, o := range offices {
			if bytes.Contains(head, []byte(o.entry)) {
				return &Unsupported{Form: o.form, Instead: asText}
			}
		}
		return &Unsupported{Form: "zip", Instead: unpacked}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch fields := mailHead.Find(bytes.ReplaceAll(text[:min(len(text), 8<<10)], []byte("\r\n"), []byte("\n"))); {
	case svgHead.Match(text):
		return &Unsupported{"an SVG image", noNews, true}
	case bytes.HasPrefix(text, []byte("<?xml")):
		return &Unsupported{Form: "XML that is neither a feed nor an agency's story", Instead: asText}
	case pageHead.Match(text):
		return &Unsupported{Form: "HTML", Instead: asText}
	case mailFrom.Match(fields) && mailField.Match(fields):
		return &Unsupported{Form: "e-mail", Instead: asText}
	}
	return nil
}

func isUnread(head []byte, _ string) bool { return unread(head) != nil }

func refuse(in *Input, _ Options, yield func(Item, error) bool) bool {
	head, _ := in.R.Peek(peek)
	return yield(Item{}, unread(head))
}

var codeLine = regexp.MustCompile(`[;{}]$|^\s*(?:func|import|package|var|const|type|def|class|return|if|for|else|elif|public|private|#include|let|from|try|except|end|fi|done)\b.*[{;:)(]$|^\s*(?:import|from|package) [\w."/]+$|^\s*\S+\s*[:+]?=\s*\S|\)$`)

// program tells that most lines of a text are those of a program.
func program(text string) bool {
	lines, code := 0, 0
	for line := range strings.SplitSeq(text[:min(len(text), peek)], "\n") {
		if line = strings.TrimRight(line, " \t"); line == "" {
			continue
		}
		lines++
		if len(line) < 200 && codeLine.MatchString(line) {
			code++
		}
	}
	return lines >= 5 && code*5 >= lines*2
}

// rubbish says why a text can be no story, empty if it may be one: program text, tables of numbers, encoded bytes.
func rubbish(text string) string {
	letters, marks, code, long, spaces := 0, 0, 0, 0, 0
	word := 0
	for _, r := range text {
		switch {
		case r == ' ' || r == '\n' || r == '\t':
			if word > 60 {
				long += word
			}
			word = 0
			spaces++
			continue
		case strings.ContainsRune(`{}[];=<>\|_#$^~*+`, r):
			code++
		case r >= '0' && r <= '9' || r < 'A':
			marks++
		default:
			letters++
		}
		word++
	}
	if word > 60 {
		long += word
	}
	switch all := letters + marks + code; {
	case all < 200:
		return "" // too little to tell
	case long*2 > all && !strings.Contains(text, "://"):
		return "its words are no words: is this encoded?"
	case code*16 > all:
		return "it looks like program text, not prose"
	case letters*2 < all:
		return "it is numbers and signs rather than words"
	}
	return ""
}
