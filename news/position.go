package news

// PositionStatus is how an office stands to the day of the story that tells of it.
type PositionStatus string

// The statuses of positions.
const (
	Held      PositionStatus = "HELD"
	Former    PositionStatus = "FORMER"    // "former president", "ex-minister", "was"
	Designate PositionStatus = "DESIGNATE" // "-elect", "incoming"
)

// PositionStatuses are all of them.
func PositionStatuses() []PositionStatus { return []PositionStatus{Held, Former, Designate} }

// Position is one statement of one story that a person holds an office, held it or is to hold it.
type Position struct {
	ID        ID             `json:"id"`
	Story     ID             `json:"story"`
	Person    ID             `json:"person"`
	Title     string         `json:"title"`          // as the story words it, in lower case and the singular
	Body      ID             `json:"body,omitempty"` // the state, organisation or place of which it is an office
	Status    PositionStatus `json:"status"`
	Since     string         `json:"since,omitempty"` // a day, a month or a year, where the story tells
	Until     string         `json:"until,omitempty"`
	Span      Span           `json:"span"` // of the words that tell it
	Why       string         `json:"why"`
	Published string         `json:"published,omitempty"` // the story's
}

// PositionID is the id of the position of a person that stands at span in story.
func PositionID(story ID, span Span, person ID) ID {
	return hashID("position", string(story), itoa(span.Start), itoa(span.End), string(person))
}

// Days are the first and the last day for which a position is told, empty where open: a former one ended by the day of its story, one to come
// did not begin before.
func (p Position) Days() Interval {
	var days Interval
	if i, _, err := ParseDate(p.Since); err == nil {
		days.From = i.From
	}
	if i, _, err := ParseDate(p.Until); err == nil {
		days.To = i.To
	}
	story, _, err := ParseDate(p.Published)
	if err != nil {
		return days
	}
	if p.Status == Former && days.To == "" {
		days.To = story.To
	}
	if p.Status == Designate && days.From == "" {
		days.From = story.From
	}
	return days
}
