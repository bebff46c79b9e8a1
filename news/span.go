package news

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Span is a part of a story's text, half-open: Text[Start:End] is its wording. The program counts bytes; JSON and
// GraphQL count Unicode code points, as the W3C Web Annotation model does.
type Span struct {
	Start, End         int // bytes
	RuneStart, RuneEnd int // code points
}

// SpanOf makes the span of text[start:end]. It takes time linear in end; an Index is cheaper for many spans of one text.
func SpanOf(text string, start, end int) Span {
	r := utf8.RuneCountInString(text[:start])
	return Span{start, end, r, r + utf8.RuneCountInString(text[start:end])}
}

// In is the span's wording in text, or "" if the span does not fit it.
func (s Span) In(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Empty tells that the span holds nothing, as the span of what stands nowhere in the text does.
func (s Span) Empty() bool { return s.End <= s.Start }

// Covers tells that t lies within s.
func (s Span) Covers(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

type spanJSON struct {
	Begin int    `json:"begin"`
	End   int    `json:"end"`
	Bytes [2]int `json:"bytes"`
}

// MarshalJSON writes {"begin", "end"} in code points, and the bytes beside them.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal(spanJSON{s.RuneStart, s.RuneEnd, [2]int{s.Start, s.End}})
}

// UnmarshalJSON reads what MarshalJSON wrote. Reports are full of spans, so what is written just so is read at once; a decoder reads the rest.
func (s *Span) UnmarshalJSON(data []byte) error {
	if s.readPlain(data) {
		return nil
	}
	var j spanJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("news: read span: %w", err)
	}
	*s = Span{j.Bytes[0], j.Bytes[1], j.Begin, j.End}
	return nil
}

// readPlain reads {"begin":1,"end":2,"bytes":[1,2]} of up to nine digits each, without blanks, and tells whether that is what data are.
func (s *Span) readPlain(data []byte) bool {
	var numbers [4]int
	for i, before := range [...]string{`{"begin":`, `,"end":`, `,"bytes":[`, `,`} {
		if len(data) < len(before) || string(data[:len(before)]) != before {
			return false
		}
		data = data[len(before):]
		digits := 0
		for digits < len(data) && '0' <= data[digits] && data[digits] <= '9' {
			numbers[i] = 10*numbers[i] + int(data[digits]-'0')
			if digits++; digits > 9 {
				return false
			}
		}
		if digits == 0 || digits > 1 && data[0] == '0' {
			return false
		}
		data = data[digits:]
	}
	if string(data) != "]}" {
		return false
	}
	*s = Span{numbers[2], numbers[3], numbers[0], numbers[1]}
	return true
}

// Index turns byte offsets of one text into spans in constant time.
type Index struct {
	runes []int32 // code points before each byte; nil for ASCII, where they are the bytes
}

// NewIndex indexes text.
func NewIndex(text string) Index {
	if utf8.RuneCountInString(text) == len(text) {
		return Index{}
	}
	runes := make([]int32, len(text)+1)
	n := int32(0)
	for i := range len(text) {
		runes[i] = n
		if i+1 == len(text) || utf8.RuneStart(text[i+1]) {
			n++
		}
	}
	runes[len(text)] = n
	return Index{runes}
}

// Span makes the span of bytes start to end.
func (x Index) Span(start, end int) Span {
	if x.runes == nil {
		return Span{start, end, start, end}
	}
	return Span{start, end, int(x.runes[start]), int(x.runes[end])}
}
