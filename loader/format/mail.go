package format

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
)

// Bounds of a message, with what is attached to it.
const (
	maxMail     = 2 * maxItem
	deepestMail = 8
	mostParts   = 1000
)

var (
	mailField = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,60}:`)
	fromLine  = regexp.MustCompile(`^From \S+.*\d{4}`)
	// senderLine begins a message of an mbox: who sent it, and mostly when. Prose that begins with "From " is longer or tells no year.
	senderLine = regexp.MustCompile(`^From (?:\S+|.*\b\d{4}\b.*)\s*$`)
)

// isMail tells a message by its header: fields alone from the first line on, among them who sent it and what only mail has.
func isMail(head []byte, mediaType string) bool {
	if strings.HasPrefix(mediaType, "message/rfc822") {
		return true
	}
	from, sure := false, 0
	for n := 0; ; n++ {
		line, rest, more := bytes.Cut(head, []byte("\n"))
		head = rest
		l := strings.TrimRight(string(line), "\r")
		if l == "" || !more {
			break
		}
		if n > 0 && (l[0] == ' ' || l[0] == '\t') {
			continue
		}
		if !mailField.MatchString(l) {
			return false
		}
		k, v, _ := strings.Cut(l, ":")
		switch strings.ToLower(k) {
		case "from":
			from = true
			if strings.Contains(v, "@") {
				sure++
			}
		case "message-id", "mime-version", "received", "return-path", "delivered-to", "content-transfer-encoding":
			sure += 2
		case "subject", "date", "to", "content-type", "sender", "reply-to":
			sure++
		}
	}
	return from && sure >= 2
}

func isMbox(head []byte, mediaType string) bool {
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	return fromLine.Match(first) && isMail(rest, "") || strings.HasPrefix(mediaType, "application/mbox") && bytes.HasPrefix(head, []byte("From "))
}

func readMail(in *Input, o Options, yield func(Item, error) bool) bool {
	data, err := io.ReadAll(io.LimitReader(in.R, maxMail+1))
	if err == nil && len(data) > maxMail {
		err = fmt.Errorf("%w: a message of over %d MB", ErrTooLong, maxMail>>20)
	}
	if err != nil {
		return yield(Item{}, err)
	}
	return readMessage(data, o, yield)
}

// readMbox reads messages one by one. A line that begins one stands behind an empty line and before the fields of a header; a message's own "From "
// has a > before it, or should have.
func readMbox(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	var msg bytes.Buffer
	n, long, empty, whole := 0, false, true, true
	end := func() bool {
		if n == 0 {
			return true
		}
		name := fmt.Sprintf("message %d", n)
		if long {
			return inMember(name, yield)(Item{}, fmt.Errorf("%w: a message of over %d MB", ErrTooLong, maxMail>>20))
		}
		return readMessage(bytes.Clone(msg.Bytes()), o, inMember(name, yield))
	}
	for {
		line, err := in.R.ReadSlice('\n')
		begins := whole && empty && bytes.HasPrefix(line, []byte("From "))
		if begins && n > 0 {
			line = bytes.Clone(line) // looking ahead moves what it is a part of
			next, _ := in.R.Peek(100)
			begins = senderLine.Match(line) && mailField.Match(next)
		}
		if begins {
			if !end() {
				return false
			}
			n++
			msg.Reset()
			long, empty = false, false
		} else if msg.Len()+len(line) > maxMail {
			long = true
		} else if !long {
			if t := bytes.TrimLeft(line, ">"); whole && len(t) < len(line) && bytes.HasPrefix(t, []byte("From ")) {
				line = line[1:]
			}
			msg.Write(line)
		}
		if whole {
			empty = len(bytes.TrimRight(line, "\r\n")) == 0
		}
		whole = !errors.Is(err, bufio.ErrBufferFull)
		if err != nil && whole {
			if !end() {
				return false
			}
			if !errors.Is(err, io.EOF) {
				return yield(Item{}, err)
			}
			return true
		}
	}
}

// message is what is found in a message's parts.
type message struct {
	plain, html string
	attached    []attachment
	parts       int
	problems    []error
}

type attachment struct {
	name, mediaType string
	data            []byte
}

func readMessage(data []byte, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return yield(Item{}, fmt.Errorf("mail: %w", err))
	}
	var found message
	if err := found.part(textproto.MIMEHeader(m.Header), m.Body, 0); err != nil {
		found.problems = append(found.problems, err)
	}
	i := Item{Form: "mail", Headline: header(m.Header, "Subject"), Published: dateTold(m.Header.Get("Date")), AgencyID: strings.Trim(m.Header.Get("Message-Id"), " <>"), Language: bcp47(m.Header.Get("Content-Language"))}
	i.Publisher = sender(m.Header)
	var notes []string
	if u := strings.Trim(m.Header.Get("Archived-At"), " <>"); strings.HasPrefix(u, "http") {
		i.URL = u
	}
	text := mailText(found.plain)
	if note, of, rest, ok := forwarded(found.plain); ok {
		i.Headline, i.Publisher = cmp.Or(header(of, "Subject"), i.Headline), cmp.Or(sender(of), i.Publisher)
		i.Published = firstDate(dateTold(of.Get("Date")), dateTold(of.Get("Sent")), i.Published)
		if text = mailText(rest); note != "" {
			notes = []string{note}
		}
	}
	if text == "" && found.html != "" {
		_ = guarded("HTML", func() error {
			text = fragmentText(found.html)
			return nil
		})
	}
	i.Text, i.Notes = splitNotes(text, notes)
	i.Text = withoutHeadline(i.Text, i.Headline, "")
	told := i.Text != ""
	if told && !yield(i, nil) {
		return false
	}
	for _, p := range found.problems {
		if !yield(Item{}, fmt.Errorf("mail: %w", p)) {
			return false
		}
	}
	for _, a := range found.attached {
		if !member(a.name, a.mediaType, newReader(bytes.NewReader(a.data)), o, yield) {
			return false
		}
		told = true
	}
	if !told && len(found.problems) == 0 {
		return yield(i, fmt.Errorf("%w: a message without text", ErrNoStory))
	}
	return true
}

// sender is the name of who sent a message, or the address.
func sender(h mail.Header) string {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	p := mail.AddressParser{WordDecoder: &words}
	if a, err := p.Parse(h.Get("From")); err == nil {
		return cmp.Or(a.Name, a.Address)
	}
	return header(h, "From")
}

// forwardLine stands before a message that is sent on.
var forwardLine = regexp.MustCompile(`(?m)^(?:-{2,} ?Forwarded message ?-{2,}|Begin forwarded message:)[ \t]*\r?\n`)

// forwarded parts a message that is sent on from what is said of it before: its fields and its text.
func forwarded(text string) (note string, fields mail.Header, rest string, ok bool) {
	if !strings.Contains(text, "orward") {
		return "", nil, "", false
	}
	at := forwardLine.FindStringIndex(text)
	if at == nil {
		return "", nil, "", false
	}
	m, err := mail.ReadMessage(strings.NewReader(strings.TrimLeft(text[at[1]:], "\r\n")))
	if err != nil || m.Header.Get("From") == "" {
		return "", nil, "", false
	}
	body, err := io.ReadAll(m.Body)
	return mailText(text[:at[0]]), m.Header, string(body), err == nil
}

func header(h mail.Header, key string) string {
	v := h.Get(key)
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if d, err := words.DecodeHeader(v); err == nil {
		v = d
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(v, "\ufffd")), " ")
}

// part reads a part and the parts in it.
func (m *message) part(h textproto.MIMEHeader, r io.Reader, depth int) error {
	if m.parts++; m.parts > mostParts || depth > deepestMail {
		return fmt.Errorf("%w: over %d parts, or parts over %d deep", ErrTooLong, mostParts, deepestMail)
	}
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		mediaType, params = "text/plain", map[string]string{}
	}
	if strings.HasPrefix(mediaType, "multipart/") && params["boundary"] != "" {
		parts := multipart.NewReader(r, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := m.part(p.Header, p, depth+1); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, &base64Only{r})
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxItem))
	if err != nil {
		m.problems = append(m.problems, fmt.Errorf("a part (%s): %w", mediaType, err))
	}
	disposition, dp, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := cmp.Or(dp["filename"], params["name"])
	switch {
	case disposition != "attachment" && mediaType == "text/plain":
		m.plain = join(m.plain, decodedText(data, params["charset"]))
	case disposition != "attachment" && mediaType == "text/html":
		m.html = join(m.html, decodedText(data, params["charset"]))
	case mediaType == "message/rfc822", strings.HasPrefix(mediaType, "text/") && name != "", strings.HasPrefix(mediaType, "application/") && unread(data) == nil && !sealed[mediaType]:
		m.attached = append(m.attached, attachment{cmp.Or(name, fmt.Sprintf("part %d", m.parts)), mediaType, data})
	}
	return nil
}

// sealed are parts of signed or encrypted mail and of calendars, which tell no story.
var sealed = map[string]bool{
	"application/pgp-signature": true, "application/pkcs7-signature": true, "application/x-pkcs7-signature": true, "application/ics": true, "application/pgp-keys": true,
	"application/ms-tnef": true, "application/octet-stream": true,
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n\n" + b
}

// base64Only leaves out what is no letter of base64, as mail demands of its readers.
type base64Only struct{ r io.Reader }

func (b *base64Only) Read(p []byte) (int, error) {
	for {
		n, err := b.r.Read(p)
		k := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[k] = c
				k++
			}
		}
		if k > 0 || err != nil {
			return k, err
		}
	}
}

func decodedText(data []byte, label string) string {
	if label != "" {
		if r, err := charset.NewReaderLabel(label, bytes.NewReader(data)); err == nil {
			if d, err := io.ReadAll(r); err == nil {
				data = d
			}
		}
	} else if !validUTF8(data) {
		if r, err := charset.NewReaderLabel("windows-1252", bytes.NewReader(data)); err == nil {
			if d, err := io.ReadAll(r); err == nil {
				data = d
			}
		}
	}
	return strings.ToValidUTF8(string(data), "\ufffd")
}

// quoteHead is the line before what a message quotes, which may be wrapped once: "On Mon, 4 Mar 2024, Ana Ruiz wrote:".
var quoteHead = regexp.MustCompile(`(?m)^On [^\n]{5,120}(?:\n[^\n>]{1,120})?\bwrote:[ \t]*\n+(>)`)

// mailText is a plain message without its signature and without what it quotes of others.
func mailText(s string) string {
	var b strings.Builder
	if s = strings.ReplaceAll(s, "\r\n", "\n"); strings.Contains(s, "wrote:") {
		s = quoteHead.ReplaceAllString(s, "$1")
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimRight(line, " ") == "--" {
			break
		}
		if strings.HasPrefix(line, ">") {
			line = ""
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return plainParagraphs(b.String())
}
