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
	unpacked = "unpack it and load what is in it, or pack it as zip or tar.gz"
	noNews   = "it is not plain text and holds no story"
)

// signs are magic numbers, as those who made the forms tell them (and file(1) collects them).
var signs = []sign{
	{0, "%!PS", Unsupported{Form: "PostScript", Instead: asText}},
	{0, "{\\rtf", Unsupported{Form: "RTF", Instead: asText}},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unsupported{Form: "an old Office document", Instead: asText}},
	{0, "\xfd7zXZ\x00", Unsupported{Form: "xz", Instead: unpacked}},
	{0, "7z\xbc\xaf\x27\x1c", Unsupported{Form: "7-Zip", Instead: unpacked}},
	{0, "Rar!\x1a\x07", Unsupported{Form: "RAR", Instead: unpacked}},
	{0, "SQLite format 3\x00", Unsupported{Form: "an SQLite database", Instead: "export its stories as JSON lines or CSV", NoNews: true}},
	{0, "7\x7f\x06\x82", Unsupported{Form: "the journal of an SQLite database", Instead: noNews, NoNews: true}},
	{0, "7\x7f\x06\x83", Unsupported{Form: "the journal of an SQLite database", Instead: noNews, NoNews: true}},
	{0, "\x18\xe2-\x00", Unsupported{Form: "the journal of an SQLite database", Instead: noNews, NoNews: true}},
	{0, `{"begin":{"form":`, Unsupported{Form: "an export of a graph", Instead: "newsgraph import takes it"}},
	{0, "PAR1", Unsupported{Form: "Parquet", Instead: "export its stories as JSON lines or CSV"}},
	{0, "Obj\x01", Unsupported{Form: "Avro", Instead: "export its stories as JSON lines or CSV"}},
	{0, "\x89PNG\r\n", Unsupported{Form: "a PNG image", Instead: "a picture of text needs OCR first", NoNews: true}},
	{0, "\xff\xd8\xff", Unsupported{Form: "a JPEG image", Instead: "a picture of text needs OCR first", NoNews: true}},
	{0, "GIF8", Unsupported{Form: "a GIF image", Instead: noNews, NoNews: true}},
	{0, "II*\x00", Unsupported{Form: "a TIFF image", Instead: "a picture of text needs OCR first", NoNews: true}},
	{0, "MM\x00*", Unsupported{Form: "a TIFF image", Instead: "a picture of text needs OCR first", NoNews: true}},
	{8, "WEBP", Unsupported{Form: "a WebP image", Instead: noNews, NoNews: true}},
	{0, "\x00\x00\x01\x00", Unsupported{Form: "an icon", Instead: noNews, NoNews: true}},
	{0, "RIFF", Unsupported{Form: "audio or video", Instead: "load its transcript as text", NoNews: true}},
	{0, "ID3", Unsupported{Form: "MP3 audio", Instead: "load its transcript as text", NoNews: true}},
	{0, "\xff\xfb", Unsupported{Form: "MP3 audio", Instead: "load its transcript as text", NoNews: true}},
	{0, "OggS", Unsupported{Form: "Ogg audio or video", Instead: "load its transcript as text", NoNews: true}},
	{0, "fLaC", Unsupported{Form: "FLAC audio", Instead: "load its transcript as text", NoNews: true}},
	{4, "ftyp", Unsupported{Form: "MP4 audio or video", Instead: "load its transcript as text", NoNews: true}},
	{0, "\x1aE\xdf\xa3", Unsupported{Form: "Matroska video", Instead: "load its transcript as text", NoNews: true}},
	{0, "\x7fELF", Unsupported{Form: "a program", Instead: noNews, NoNews: true}},
	{0, "MZ\x90\x00", Unsupported{Form: "a program", Instead: noNews, NoNews: true}},
	{0, "\xcf\xfa\xed\xfe", Unsupported{Form: "a program", Instead: noNews, NoNews: true}},
	{0, "\xca\xfe\xba\xbe", Unsupported{Form: "a program", Instead: noNews, NoNews: true}},
	{0, "\x00asm", Unsupported{Form: "a program", Instead: noNews, NoNews: true}},
	{0, "#!/", Unsupported{Form: "a script", Instead: noNews, NoNews: true}},
	{0, "wOFF", Unsupported{Form: "a font", Instead: noNews, NoNews: true}},
	{0, "wOF2", Unsupported{Form: "a font", Instead: noNews, NoNews: true}},
	{0, "OTTO\x00", Unsupported{Form: "a font", Instead: noNews, NoNews: true}},
	{0, "\x00\x01\x00\x00\x00", Unsupported{Form: "a font", Instead: noNews, NoNews: true}},
	{0, "-----BEGIN ", Unsupported{Form: "a key or certificate", Instead: noNews, NoNews: true}},
	{0, "BEGIN:VCALENDAR", Unsupported{Form: "a calendar (iCalendar)", Instead: noNews, NoNews: true}},
	{0, "BEGIN:VCARD", Unsupported{Form: "an address card (vCard)", Instead: noNews, NoNews: true}},
	{0, "\\documentclass", Unsupported{Form: "LaTeX", Instead: asText}},
	{0, "WEBVTT", Unsupported{Form: "WebVTT subtitles", Instead: "save what is said, without its times, as text"}},
	{0, "diff --git ", Unsupported{Form: "a patch", Instead: noNews, NoNews: true}},
}

var svgHead = regexp.MustCompile(`(?is)\A(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype svg.*?>\s*)?<svg\b`)

var subtitles = regexp.MustCompile(`\A\d+\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:`)

// unread is the form, known and not read, that an input begins as, nil if none. What stands before it in forms is read.
func unread(head []byte) *Unsupported {
	for _, s := range signs {
		if len(head) > s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			u := s.Unsupported
			return &u
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case svgHead.Match(text):
		return &Unsupported{Form: "an SVG image", Instead: noNews, NoNews: true}
	case subtitles.Match(text):
		return &Unsupported{Form: "SubRip subtitles", Instead: "save what is said, without its times, as text"}
	case bytes.HasPrefix(text, []byte("<?xml")) && len(doctypeOf(text).entities) > 0:
		u := *errEntities
		return &u
	case bytes.HasPrefix(text, []byte("<?xml")):
		return &Unsupported{Form: "XML that is neither a feed nor an agency's story", Instead: asText}
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
