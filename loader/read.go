// Package loader brings stories in: it reads bytes of known formats to text, splits pages into stories, and puts what extract
// understands into a store. It knows neither grammar (nlp) nor news (extract), and never asks the graph.
package loader

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Limits of what is read: longer ones are no stories.
const (
	maxFile = 16 << 20 // bytes of a file
	maxLine = 1 << 20  // bytes of a line
)

// Errors that say why bytes are no stories. They are wrapped with the name of the file.
var (
	ErrEmpty    = errors.New("nothing to read: it is empty")
	ErrBinary   = errors.New("not plain text: save it as UTF-8 text")
	ErrEncoding = errors.New("neither UTF-8, UTF-16 nor Windows-1252: save it as UTF-8 text")
	ErrTooLong  = errors.New("too long for a story")
)

// Options say what the text itself does not.
type Options struct {
	Published string // of a page's lead story: 2024-01-10, 2024-01 or 2024
	Publisher string
	Agency    func(line string) (name string, ok bool) // tells a byline that is a news agency; nil knows none
	Any       bool                                     // reads text of other languages as if it were English
}

// Read makes stories of plain text: the first line is the headline, a short line after it that names an agency or begins with
// "By" the byline, the rest the body. A page of several stories becomes several. Errors say what is wrong and what to do.
func Read(name string, data []byte, o Options) ([]news.Story, error) {
	text, encoding, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for n, line := range strings.Split(text, "\n") {
		if len(line) > maxLine {
			return nil, fmt.Errorf("%s:%d: %w: a line of %d bytes, and at most %d are read: is this plain text?", name, n+1, ErrTooLong, len(line), maxLine)
		}
	}
	if !o.Any {
		if err := nlp.CheckEnglish(text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	stories := split(paragraphs(text), o)
	if len(stories) == 0 {
		return nil, fmt.Errorf("%s: %w", name, ErrEmpty)
	}
	for i := range stories {
		s := &stories[i]
		s.Language = "en"
		s.How = "plain text, " + encoding
		if len(stories) > 1 {
			s.How += fmt.Sprintf("; story %d of %d on its page", i+1, len(stories))
		}
		s.Identify()
	}
	return stories, nil
}

// decode makes UTF-8 text of bytes, and says what they were.
func decode(data []byte) (text, encoding string, err error) {
	if len(data) > maxFile {
		return "", "", fmt.Errorf("%w: at most %d bytes are read", ErrTooLong, maxFile)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", "", ErrEmpty
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return wide(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return wide(data[2:], binary.BigEndian)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", ErrBinary
	}
	if !utf8.Valid(data) {
		for _, b := range []byte{0x81, 0x8d, 0x8f, 0x90, 0x9d} { // no letters in Windows-1252
			if bytes.IndexByte(data, b) >= 0 {
				return "", "", ErrEncoding
			}
		}
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return "", "", ErrEncoding
		}
		data, encoding = decoded, "Windows-1252"
	} else {
		encoding = "UTF-8"
	}
	controls, letters := 0, 0
	for _, r := range string(data) {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			controls++
		}
	}
	if controls > letters/50 || letters == 0 {
		return "", "", ErrBinary
	}
	return string(data), encoding, nil
}

func wide(data []byte, order binary.ByteOrder) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", ErrEncoding
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if strings.TrimSpace(text) == "" {
		return "", "", ErrEmpty
	}
	if strings.ContainsRune(text, 0) {
		return "", "", ErrBinary
	}
	return text, "UTF-16", nil
}

// paragraph is the text between blank lines on one line, and whether a bullet stood before it or it was indented.
type paragraph struct {
	text             string
	bullet, indented bool
}

func paragraphs(text string) []paragraph {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var all []paragraph
	open := false
	for n, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			open = false
			continue
		}
		p := paragraph{indented: line[0] == ' ' || line[0] == '\t'}
		for _, mark := range []string{"•", "* ", "- ", "– "} {
			if rest, ok := strings.CutPrefix(trimmed, mark); ok {
				trimmed, p.bullet = strings.TrimSpace(rest), true
				break
			}
		}
		// The headline is a paragraph of its own, whatever follows; so is a bullet.
		if open && !p.bullet && len(all) > 0 && !(n > 0 && len(all) == 1) && !all[len(all)-1].bullet {
			all[len(all)-1].text += " " + trimmed
			continue
		}
		p.text, open = trimmed, true
		all = append(all, p)
	}
	return all
}

// split makes stories of a page. The lead story ends at the box of related stories: bullets that are headlines, each with its own
// paragraphs. Headings of boxes and single lines that are no sentences at the end ("Newsletters") belong to no story.
func split(ps []paragraph, o Options) []news.Story {
	if len(ps) == 0 {
		return nil
	}
	lead := news.Story{Headline: ps[0].text, Publisher: o.Publisher, Published: o.Published}
	rest := ps[1:]
	if len(rest) > 0 && len(rest[0].text) <= 60 && !rest[0].bullet {
		line := rest[0].text
		if name, ok := agency(o, line); ok {
			lead.Byline = line
			if lead.Publisher == "" {
				lead.Publisher = name
			}
			rest = rest[1:]
		} else if strings.HasPrefix(line, "By ") {
			lead.Byline, rest = line, rest[1:]
		}
	}
	var stories []news.Story
	var body []string
	current := lead
	box := false
	flush := func() {
		for len(body) > 0 && box && chrome(body[len(body)-1]) {
			body = body[:len(body)-1]
		}
		current.Text = strings.Join(body, "\n\n")
		if current.Text != "" || len(stories) == 0 {
			stories = append(stories, current)
		}
		body = nil
	}
	for i, p := range rest {
		if p.bullet && i+1 < len(rest) && !rest[i+1].bullet && rest[i+1].indented {
			// A heading before the first bullet opens the box.
			if !box && len(body) > 0 && chrome(body[len(body)-1]) {
				body = body[:len(body)-1]
			}
			flush()
			box = true
			current = news.Story{Headline: p.text, Publisher: o.Publisher}
			continue
		}
		if box && !p.indented && chrome(p.text) {
			continue
		}
		text := p.text
		if p.bullet {
			text = "• " + text
		}
		body = append(body, text)
	}
	box = true
	flush()
	return stories
}

func agency(o Options, line string) (string, bool) {
	if o.Agency == nil {
		return "", false
	}
	return o.Agency(line)
}

// chrome tells that a line is a heading or a link and no sentence: short, and without a full stop.
func chrome(line string) bool {
	return len(strings.Fields(line)) <= 6 && !strings.ContainsAny(line[len(line)-1:], `.!?"”’:`) && !strings.HasSuffix(line, "”")
}
