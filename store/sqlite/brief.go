package sqlite

import (
	"bytes"
	"encoding/json"

	"newsgraph/news"
)

// What is read of an item that is shown briefly (store.Show) is picked out of its record: a decoder of all of it costs more than all else of such a question.
// JSON stands in records as package encoding/json writes it, without blanks. Where it does not, or a text has escapes, a decoder reads the whole.

// fields yields the names and values of an object, and tells whether all of it is read.
func fields(object []byte, yield func(name, value []byte) bool) bool {
	return walk(object, '{', '}', func(data []byte) (n int) {
		name := valueEnd(data)
		if name < len(`""`) || data[0] != '"' || name == len(data) || data[name] != ':' {
			return 0
		}
		value := valueEnd(data[name+1:])
		if value == 0 || !yield(data[1:name-1], data[name+1:name+1+value]) {
			return 0
		}
		return name + 1 + value
	})
}

// elements yields the values of a list.
func elements(list []byte, yield func(value []byte) bool) bool {
	return walk(list, '[', ']', func(data []byte) int {
		n := valueEnd(data)
		if n == 0 || !yield(data[:n]) {
			return 0
		}
		return n
	})
}

// walk reads items, of as many bytes as item tells, none for one that cannot be read.
func walk(data []byte, open, end byte, item func([]byte) int) bool {
	if len(data) < 2 || data[0] != open || data[len(data)-1] != end {
		return false
	}
	data = data[1 : len(data)-1]
	for more := len(data) > 0; more; {
		n := item(data)
		if n == 0 {
			return false
		}
		if data = data[n:]; len(data) == 0 {
			break
		}
		if data[0] != ',' || len(data) == 1 {
			return false
		}
		data = data[1:]
	}
	return true
}

// valueEnd is how many bytes the value has that data begin with; 0 if it does not end.
func valueEnd(data []byte) int {
	deep, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText:
			if c == '\\' {
				i++
			}
			if inText = c != '"'; !inText && deep == 0 {
				return i + 1
			}
		case c == '"':
			inText = true
		case c == '{', c == '[':
			deep++
		case c == '}', c == ']':
			if deep == 0 {
				return i // of what is around a number
			}
			if deep--; deep == 0 {
				return i + 1
			}
		case c == ',' && deep == 0:
			return i
		}
	}
	if deep > 0 || inText {
		return 0
	}
	return len(data)
}

// unescaped reads a text without escapes.
func unescaped[T ~string](value []byte, into *T) bool {
	if len(value) < len(`""`) || value[0] != '"' || bytes.IndexByte(value, '\\') >= 0 {
		return false
	}
	*into = T(value[1 : len(value)-1])
	return true
}

// partaking reads who takes part, and as what.
func partaking(value []byte, into *[]news.Participant) bool {
	return elements(value, func(value []byte) bool {
		var p news.Participant
		good := fields(value, func(name, value []byte) bool {
			switch string(name) {
			case "role":
				return unescaped(value, &p.Role)
			case "entity":
				return unescaped(value, &p.Entity)
			}
			return true
		})
		*into = append(*into, p)
		return good
	})
}

// dating reads what is shown of a date.
func dating(value []byte, into *news.When) bool {
	return fields(value, func(name, value []byte) bool {
		switch string(name) {
		case "from":
			return unescaped(value, &into.From)
		case "to":
			return unescaped(value, &into.To)
		case "precision":
			return unescaped(value, &into.Precision)
		case "text":
			return unescaped(value, &into.Text)
		}
		return true
	})
}

// briefly reads members of a record, or all of it into whole where they cannot be read alone.
func (p *packer) briefly(packed []byte, whole any, member func(name, value []byte) bool) (brief bool, err error) {
	err = p.opened(packed, func(data []byte) error {
		if brief = fields(data, member); brief {
			return nil
		}
		return json.Unmarshal(data, whole)
	})
	return brief, err
}

// briefEvent is an event as far as it is shown briefly.
func (p *packer) briefEvent(id, record []byte) (news.Event, error) {
	var e, whole news.Event
	brief, err := p.briefly(record, &whole, func(name, value []byte) bool {
		switch string(name) {
		case "type":
			return unescaped(value, &e.Type)
		case "action":
			return unescaped(value, &e.Action)
		case "participants":
			return partaking(value, &e.Participants)
		case "when":
			return dating(value, &e.When)
		case "modality":
			return unescaped(value, &e.Modality)
		}
		return true
	})
	if !brief {
		e = whole
	}
	e.ID = unhash("event", id)
	return e, err
}

// briefStory is a story as far as it is shown briefly.
func (p *packer) briefStory(id, record []byte) (news.Story, error) {
	var s, whole news.Story
	brief, err := p.briefly(record, &whole, func(name, value []byte) bool {
		switch string(name) {
		case "headline":
			return unescaped(value, &s.Headline)
		case "published":
			return unescaped(value, &s.Published)
		}
		return true
	})
	if !brief {
		s = whole
	}
	s.ID = unhash("story", id)
	return s, err
}

// briefReport is a report of a story as far as it is shown beside others: its sentence, and if it is to be placed among those of its event, what its
// store.ReportKey is made of.
func (p *packer) briefReport(id, record []byte, of news.Story, placed bool) (news.Report, error) {
	var r, whole news.Report
	brief, err := p.briefly(record, &whole, func(name, value []byte) bool {
		switch string(name) {
		case "sentence":
			return unescaped(value, &r.Sentence)
		case "sentenceSpan":
			return r.SentenceSpan.UnmarshalJSON(value) == nil
		}
		if !placed {
			return true
		}
		switch string(name) {
		case "action":
			return unescaped(value, &r.Action)
		case "participants":
			return partaking(value, &r.Participants)
		case "when":
			return dating(value, &r.When)
		case "trigger":
			return r.Trigger.UnmarshalJSON(value) == nil
		case "textHash":
			return unescaped(value, &r.TextHash)
		}
		return true
	})
	if !brief {
		r = whole
	}
	r.ID, r.Story = unhash("report", id), of.ID
	r.Sentence, r.TextHash = long(r.Sentence, r.SentenceSpan.In(of.Text)), long(r.TextHash, of.TextHash)
	return r, err
}
