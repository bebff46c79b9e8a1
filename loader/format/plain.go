package format

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLine is how many bytes a line of plain text may have.
const maxLine = 1 << 20

// Errors that say why bytes are no plain text.
var (
	ErrBinary   = errors.New("not plain text, and of no form that is known: save it as UTF-8 text")
	ErrEncoding = errors.New("neither UTF-8, UTF-16, Windows-1252 nor Mac Roman: save it as UTF-8 text")
)

func isAnything([]byte, string) bool { return true }

// readPlain makes items of plain text: the first line is the headline unless it is a sentence, lines after it that begin with "By" the byline,
// the rest the body. A page of several stories becomes several, and so do the entries of a live blog.
func readPlain(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := io.ReadAll(io.LimitReader(in.R, 2*maxText+1)) // of UTF-16
	if err != nil {
		return yield(Item{}, err)
	}
	text, encoding, err := decode(data)
	if err != nil {
		return yield(Item{}, err)
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if n++; len(line) > maxLine {
			return yield(Item{}, &Misplaced{Line: n, Err: fmt.Errorf("%w: a line of %d bytes, and at most %d are read: is this plain text?", ErrTooLong, len(line), maxLine)})
		}
	}
	text = clean(text)
	if program(text) {
		return yield(Item{}, &Unsupported{Form: "program text", Instead: noNews, NoNews: true})
	}
	if why := rubbish(text); why != "" {
		return yield(Item{}, fmt.Errorf("%w: %s", ErrNoStory, why))
	}
	items := split(paragraphs(text))
	if len(items) == 0 {
		return yield(Item{}, ErrEmpty)
	}
	for i, item := range items {
		item.Form = "plain text, " + encoding
		if len(items) > 1 && item.Where == "" {
			item.Where = fmt.Sprintf("story %d of %d on its page", i+1, len(items))
		}
		if !yield(item, nil) {
			return false
		}
	}
	return true
}

// decode makes UTF-8 text of bytes, and says what they were.
func decode(data []byte) (text, encoding string, err error) {
	if len(data) > 2*maxText || len(data) > maxText && !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return "", "", errTextTooLong
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", "", ErrEmpty
	}
	switch {
	case bytes.HasPrefix(data, bom):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return wide(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return wide(data[2:], binary.BigEndian)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", ErrBinary
	}
	if !utf8.Valid(data) && nearlyUTF8(data) {
		data, encoding = bytes.ToValidUTF8(data, []byte("\ufffd")), "UTF-8 with bytes that are none"
	} else if !utf8.Valid(data) {
		of, name, ok := narrowCharset(data)
		if !ok || foreign(data) && name != "Mac Roman" {
			return "", "", ErrEncoding
		}
		if data, err = of.NewDecoder().Bytes(data); err != nil {
			return "", "", ErrEncoding
		}
		encoding = name
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

// nearlyUTF8 tells that most of the bytes beyond ASCII make characters of UTF-8: a file with a damaged byte, not one of another encoding.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return bad > 0 && good >= 2*bad
}

// foreign tells that a third of the letters are beyond ASCII, as no text of English or its neighbours has them: another alphabet in one byte a letter.
func foreign(data []byte) bool {
	ascii, beyond := 0, 0
	for _, b := range data {
		switch {
		case b >= 0xc0:
			beyond++
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			ascii++
		}
	}
	return beyond > 20 && 2*beyond > ascii
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
	wrapped          bool     // it is of several lines
	more             []string // lines that are no part of text yet: what is longer than a label is joined once
}

// longestLabel is how long in bytes a dateline, byline, credit or time of an entry may be over all its lines.
const longestLabel = 400

// speaker begins a line of a transcript: "Q:", "MR MILLER:", "THE PRESIDENT:".
var speaker = regexp.MustCompile(`^(?:[QA][.:]|[A-Z][A-Z.'’ -]{1,40}(?:\([A-Za-z ]+\))?:)\s`)

func paragraphs(text string) []paragraph {
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
			if rest, ok := strings.CutPrefix(trimmed, mark); ok && strings.TrimSpace(rest) != "" {
				trimmed, p.bullet = strings.TrimSpace(rest), true
				break
			}
		}
		// The headline is a paragraph of its own, unless its sentence goes on in the next line; so is a bullet, a byline and what somebody says.
		if open && !p.bullet && len(all) > 0 && !all[len(all)-1].bullet {
			last := &all[len(all)-1]
			label, end := last.text, last.text
			if n := len(last.more); n > 0 {
				label, end = "", last.more[n-1]
			}
			first := n > 0 && len(all) == 1 && !(startsLower(trimmed) && !endsSentence(end))
			own := dateLine(trimmed) || dateLine(label) || bylineLine.MatchString(trimmed) || creditLine.MatchString(label) || bylineLine.MatchString(label) || creditLine.MatchString(trimmed) ||
				speaker.MatchString(trimmed) || isEntry(trimmed) || stamped(label) ||
				// The heading of an entry.
				len(all) > 1 && stamped(all[len(all)-2].text) && !last.wrapped && len(last.text) <= 100 && !endsSentence(last.text) && !startsLower(trimmed)
			if !first && !own {
				if len(last.text) < longestLabel {
					last.text += " " + trimmed
				} else {
					last.more = append(last.more, trimmed)
				}
				last.wrapped = true
				continue
			}
		}
		p.text, open = trimmed, true
		all = append(all, p)
	}
	for i := range all {
		if p := &all[i]; p.more != nil {
			p.text, p.more = p.text+" "+strings.Join(p.more, " "), nil
		}
	}
	return all
}

func startsLower(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(r)
}

var (
	bylineLine = regexp.MustCompile(`^(?:By|BY|by) (?:[A-Z][^.!?]*(?:\b[A-Z]\.[^.!?]*)*|the Associated Press)$`)
	// creditLine is a line that is the name of an agency alone. The gazetteer knows more of them.
	creditLine = regexp.MustCompile(`^[(—–-]?\s*(?:AP|AFP|REUTERS|Reuters|UPI|TASS|Xinhua|dpa|ANSA|EFE|PA|PTI|Kyodo|Yonhap|Agence France-Presse|Associated Press|The Associated Press|Press Association)\)?$`)
	// placeLine is a dateline that stands alone.
	placeLine = regexp.MustCompile(`^[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][A-Za-z.'’ ]{2,25})?(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?(?: \([A-Z][A-Za-z .&/]{1,30}\))?(?: [-–—]{1,2})?$`)
	// opening is the dateline at the beginning of a paragraph.
	opening  = regexp.MustCompile(`^([A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][A-Za-z.'’ ]{2,25})?(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})?)[ \t]*(?:\([A-Z][A-Za-z .&/]{1,30}\)[ \t]*(?:--|—|–|-)|--|—)[ \t]`)
	timeLine = regexp.MustCompile(`(?i)^(?:(published|posted|first published|issued|date)|(updated|last updated|last modified|modified))(?:\s+(?:on|at))?:?\s+(.+)$`)
)

// dateLine tells a line that says when a story was published or updated.
func dateLine(line string) bool {
	m := timeLine.FindStringSubmatch(line)
	return m != nil && len(line) <= 80 && dates(m[3])
}

// dates tells words that are a date, of one day or of either of two: the latter is told to be refused, and is no text.
func dates(words string) bool { return dated(words).Value != "" || slashed.MatchString(words) }

// signed splits a byline from the date behind it: "By Ana Ruiz, 10 January 2024".
func signed(line string) (byline string, on Date) {
	for i, r := range line {
		if strings.ContainsRune(",|·•–—-", r) {
			if d := dated(strings.Trim(line[i:], ",|·•–—- ")); d.Value != "" {
				return strings.TrimRight(line[:i], ",|·•–—- "), d
			}
		}
	}
	return line, Date{}
}

// sign takes byline and date, where none is told otherwise, from the paragraphs that a text begins with: there they are printed, and no text.
func (i *Item) sign() {
	for range 2 {
		first, rest, ok := strings.Cut(i.Text, "\n\n")
		if !ok || len(first) > 80 {
			return
		}
		byline, on := signed(first)
		switch {
		case len(byline) <= 60 && bylineLine.MatchString(byline) && (i.Byline == "" || strings.EqualFold(strings.TrimPrefix(byline, "By "), strings.TrimPrefix(i.Byline, "By "))):
			i.Byline = cmp.Or(i.Byline, byline)
		case dateLine(first):
			m := timeLine.FindStringSubmatch(first)
			if on = dated(m[3]); m[2] != "" {
				if i.Updated.Text == "" {
					i.Updated = on
				}
				on = Date{}
			}
		default:
			return
		}
		if i.Published.Text == "" && on.Text != "" {
			i.Published = on
		}
		i.Text = rest
	}
}

func datelineOf(text string) string {
	if m := opening.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// split makes items of a page. The lead story ends at the box of related stories: bullets that are headlines, each with its own
// paragraphs. Headings of boxes and single lines that are no sentences at the end ("Newsletters") belong to no story.
func split(ps []paragraph) []Item {
	if len(ps) == 0 {
		return nil
	}
	lead, rest := front(ps)
	if entries := liveEntries(lead, rest); entries != nil {
		return entries
	}
	var items []Item
	var body []string
	current := lead
	box := false
	flush := func() {
		told := body
		for len(told) > 0 && box && chrome(told[len(told)-1]) {
			told = told[:len(told)-1]
		}
		if len(told) > 0 || current.Part {
			body = told // what is all that there is below a headline is its text, full stop or none
		}
		if current.finish(body) || len(items) == 0 {
			items = append(items, current)
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
			current = Item{Headline: p.text, Part: true}
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
	box = box || lead.Headline != ""
	flush()
	if len(items) == 1 && items[0].Text == "" && items[0].Headline == "" {
		return nil
	}
	return items
}

// front takes headline, byline, dateline and dates from what stands before the body.
func front(ps []paragraph) (Item, []paragraph) {
	var lead Item
	rest := ps
	if bylineLine.MatchString(rest[0].text) && len(rest) > 1 && len(rest[0].text) <= 60 {
		lead.Byline, rest = rest[0].text, rest[1:]
	}
	if len(rest) > 1 && titled(rest[0].text) {
		lead.Headline, rest = rest[0].text, rest[1:]
	}
	for range 4 {
		if len(rest) < 2 || rest[0].bullet {
			break
		}
		line := rest[0].text
		m := timeLine.FindStringSubmatch(line)
		switch {
		case len(line) <= 60 && lead.Byline == "" && (strings.HasPrefix(line, "By ") || bylineLine.MatchString(line)) && !endsSentence(line):
			var on Date
			if lead.Byline, on = signed(line); on.Value != "" && lead.Published.Text == "" {
				lead.Published = on
			}
		case m != nil && dates(m[3]) && m[1] != "":
			lead.Published = dated(m[3])
		case m != nil && dates(m[3]):
			lead.Updated = dated(m[3])
		case dated(line).Value != "" && len(line) > 7 && lead.Published.Value == "":
			lead.Published = dated(line)
		case placeLine.MatchString(line) && len(rest[1].text) <= 60 && bylineLine.MatchString(rest[1].text) && lead.Byline == "":
			lead.Byline, lead.Dateline = rest[1].text, line
			rest = rest[1:]
		default:
			return lead, rest
		}
		rest = rest[1:]
	}
	return lead, rest
}

var shortened = regexp.MustCompile(`\b(?:(?:[A-Z]\.){1,4}|Inc\.|Corp\.|Co\.|Ltd\.|Jr\.|Sr\.|No\.|St\.|a\.m\.|p\.m\.)$`)

// titled tells that a first line is a headline: no sentence, which would end with a full stop, nor a paragraph.
func titled(line string) bool {
	if len(line) > 300 || opening.MatchString(line) {
		return false
	}
	end := closing.Replace(line[max(0, len(line)-12):])
	return !strings.HasSuffix(end, ".") || strings.HasSuffix(end, "..") || len(line) <= 120 && shortened.MatchString(end) && !strings.Contains(line, ". ")
}

// finish makes the text of an item of its paragraphs, and tells whether it has one.
func (i *Item) finish(body []string) bool {
	text, notes := editors(body)
	i.Text = strings.Join(text, "\n\n")
	i.Notes = append(i.Notes, notes...)
	if i.Dateline == "" {
		i.Dateline = datelineOf(i.Text)
	}
	return i.Text != ""
}

var (
	noteLine = regexp.MustCompile(`^[*(\[]{0,3}(?:(?i:(?:corrections?|clarifications?|editor[’']?s[’']? note)\b[^:.]{0,40}:|update:|editor[’']?s[’']? note\.|an earlier version of this\b)|(?i:correction|clarification|corrects|editor['’]s note|editors['’] note|corrected)(?::|\s[-–—]\s|\s\()|CORRECTION\b|CLARIFICATION\b|Corrects (?:paragraph|headline|day|date|name|spelling|year|dateline|figure|typo|to )|(?i:this (?:[a-z]+ \d{1,2} )?(?:story|article|report|post|version|piece|item)(?:,? [^.]{0,80},?)? (?:has been|was|is being|has since been) (?:[a-z]+ ){0,2}(?:corrected|updated|amended|changed|clarified|refiled|edited|revised)))`)
	// stampLine begins a line that tells when, and nothing else.
	stampLine = regexp.MustCompile(`^(?i)(?:last )?(?:updated|published|posted|modified|first published)\b`)
	linkLine  = regexp.MustCompile(`^(?:[>»►▶→]\s*)?(?:(?i:read more|read also|also read|read next|see also|see more|more on this|more from|related|related (?:stories|articles|news|links|coverage|content|topics)|watch|watch (?:live|now|video|more)|listen|live updates|explainer|explained|in pictures|in pics|gallery|recommended|don['’]t miss|opinion|analysis|download|subscribe)\s*[:|»›]|(?i:read more|related stories|related articles|related news|related links|recommended stories|more on this story|advertisement|story continues below(?: this)? advertisement|article continues below|continue reading|sign up (?:for|to) (?:our|the)\b.*|subscribe to (?:our|the)\b.*|click here\b.*|follow us on\b.*|share this (?:story|article).*|scroll to continue.*|(?:unsubscribe|view (?:this (?:e-?mail|message|newsletter) )?(?:in|on) (?:your|a|the)? ?(?:web )?browser|manage (?:your )?(?:preferences|subscriptions?)|[|·•\s])+)\.?$)`)
	// wallLine is what a site says to who is to pay for a story, or to sign in, in place of the rest of it.
	wallLine = regexp.MustCompile(`(?i)^(?:(?:please )?(?:subscribe|register|log in|sign in|sign up)(?: (?:now|today|here|for free))?(?:,? (?:or|and) (?:subscribe|register|log in|sign in|sign up))? (?:to|and) (?:continue|keep|go on|read|unlock|get|access|see)\b|` +
		`(?:this|the (?:rest of|full)(?: this| the)?) (?:article|story|content|post|page|report) is (?:only |exclusively )?(?:available |reserved |exclusive )?(?:only |exclusively )?(?:for|to) (?:our |paying |registered |premium )*(?:subscribers|members|users|readers)\b|` +
		`(?:to (?:continue|keep|go on) reading|to read (?:the rest|the full|on|more))\b.*\b(?:subscri\w+|log in|sign|register)\b|already (?:a|an|have an?) (?:paying )?(?:subscriber|member|account|subscription)\b.{0,20}\?|` +
		`(?:you have|you['’]ve) (?:read|reached|used) (?:all |your )?.{0,40}\bfree (?:articles?|stories)\b)`)
	captions = regexp.MustCompile(`^(?:[(\[](?:(?i:photo|image|picture|pic|file photo|credit|caption|video|file image|illustration|map|graphic)s?\b[^)\]]*)[)\]]$|(?i:file photo|file image|photo|image|picture|image credit|photo credit|photo credits|image source|caption|credit)s?\s*[:–—-]|(?i:file photo)\b)`)
	source   = regexp.MustCompile(`(?:\bREUTERS/[A-Z][^.]{2,60}|\((?:AP Photo|Photo by|Photo:|Image:|Picture:|Credit:|AFP via|Getty|Reuters/)[^)]*\)|/(?:AFP|Getty Images|AP|File Photo|Handout via REUTERS)|\[Photo/[^\]]*\])\.?$`)
	helpers  = regexp.MustCompile(`\bcontributed (?:to this (?:report|story|article)|(?:reporting )?from [A-Z][A-Za-z ,]+)\.?$`)
	credits  = regexp.MustCompile(`^(?:[(\[](?i:(?:additional )?(?:reporting|writing|editing|compiled|with (?:inputs|files|reporting|agency)|inputs from|with)\b[^)\]]*)[)\]]|(?i:(?:additional |with additional )?reporting by [A-Z].*|writing by [A-Z].*|editing by [A-Z].*|compiled by [A-Z].*|our standards: .*)|(?:©|\(c\)|Copyright)\s.*|All rights reserved.*|[-–—]\s?(?:With )?(?i:agencies|agency inputs)|\((?:AFP|AP|Reuters|PTI|ANI|Xinhua|TASS|dpa|UPI|Agencies|END|Ends)\)|(?:AFP|AP|Reuters)/[A-Za-z-]{1,12}|-?\s*(?:ENDS|END|###|-30-)\s*-?)$`)
)

// editors takes what is no text from paragraphs: links and credits go, corrections and notes of editors are told apart.
func editors(body []string) (text, notes []string) {
	for _, p := range body {
		switch {
		case len(p) <= 1200 && noteLine.MatchString(p):
			notes = append(notes, p)
		case len(p) <= 100 && stampLine.MatchString(p) && dateTold(p).Value != "":
		case len(p) <= 250 && linkLine.MatchString(p), walled(p), len(p) <= 1000 && caption(p), len(p) <= 500 && credit(p):
		default:
			text = append(text, p)
		}
	}
	return text, notes
}

// walled tells a paragraph that stands where the rest of a story is kept from who does not pay.
func walled(p string) bool { return len(p) <= 400 && wallLine.MatchString(p) }

// caption tells the words below a picture: they begin so, or end with whose picture it is. The regular expression that looks for that everywhere
// is asked only of what may have it.
func caption(p string) bool {
	end := p[max(0, len(p)-100):]
	return captions.MatchString(p) || strings.ContainsAny(end, "/(") && source.MatchString(end)
}

func credit(p string) bool {
	return credits.MatchString(p) || strings.Contains(p, "contributed") && helpers.MatchString(p) || strings.Contains(p[:min(len(p), 40)], "©")
}

// entryTime is the time of an entry of a live blog: "10:42 GMT", "1042 GMT", "9.05am", "9:05 a.m. ET - Envoys arrive", and what follows on its line.
var entryTime = regexp.MustCompile(`^[\[(]?((?:\d{1,2}[:.]\d{2}(?:\s?[aApP]\.?[mM]\b\.?)?|\d{4}(?: ?hrs)?|\d{1,2}\s?[aApP]\.?[mM]\b\.?)(?:\s?\(?` + zoneNames + `\)?)?)(?:[\])]?|[\])]?\s*[-–—:|]\s*(.*)|[\])]\s*(.*))$`)

const zoneNames = `(?:GMT|UTC|BST|EST|EDT|ET|PST|PDT|PT|CET|CEST|IST|JST|KST|AEST|EAT|MSK)\b`

// entry tells a line that begins an entry of a live blog, and what it says besides the time. Four digits are a time with their zone alone: else they are a
// year.
func entry(line string) (at, rest string, ok bool) {
	m := entryTime.FindStringSubmatch(line)
	if m == nil || len(m[1]) == 4 && !strings.ContainsAny(m[1], ":.mM") || len(line) > 2000 {
		return "", "", false
	}
	return m[1], m[2] + m[3], true
}

func isEntry(line string) bool {
	_, _, ok := entry(line)
	return ok
}

// stamped tells a line that is the time of an entry, with at most a heading behind it.
func stamped(line string) bool {
	_, rest, ok := entry(line)
	return ok && len(rest) <= 100 && !endsSentence(rest)
}

// fewestEntries make a live blog.
const fewestEntries = 3

// liveEntries are the entries of a live blog, each an item of its own; nil of all else. Times without a text each, such as those of a programme, make
// none.
func liveEntries(lead Item, ps []paragraph) []Item {
	n := 0
	for _, p := range ps {
		if isEntry(p.text) {
			n++
		}
	}
	if n < fewestEntries {
		return nil
	}
	var items []Item
	current, body := lead, []string(nil)
	current.Where = "before the first entry"
	told := 0
	flush := func() {
		if current.finish(body) {
			items = append(items, current)
			told++
		}
	}
	begun := false
	for _, p := range ps {
		at, rest, ok := entry(p.text)
		switch {
		case !ok && begun && len(body) == 0 && current.Headline == "" && !endsSentence(p.text) && len(p.text) <= 150:
			current.Headline = p.text
		case !ok:
			body = append(body, p.text)
		default:
			flush()
			current, body = Item{Published: lead.Published, Updated: lead.Updated, Where: "entry of " + at}, nil
			if !begun {
				begun, told = true, 0
			}
			if endsSentence(rest) || len(rest) > 150 {
				body = []string{rest}
			} else {
				current.Headline = rest
			}
		}
	}
	flush()
	if told*2 < n {
		return nil
	}
	return items
}

// chrome tells that a line is a heading or a link and no sentence: short, and without a full stop.
func chrome(line string) bool {
	return len(strings.Fields(line)) <= 6 && !strings.ContainsAny(line[len(line)-1:], `.!?"”’:`) && !strings.HasSuffix(line, "”")
}
