package move

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
)

// ngecStory begins the keys of stories of NGEC.
const ngecStory = "ngec:"

// ngecRecord is an event as NGEC, the coder of PLOVER's authors, writes it: in the form of its first release (actors in attributes.ACTOR and RECIP, a place in
// event_geolocation) or of later ones (actor, recipient, event_location).
type ngecRecord struct {
	ID         string          `json:"id"`
	EventType  string          `json:"event_type"`
	EventMode  words           `json:"event_mode"`
	Contexts   words           `json:"contexts"`
	Text       string          `json:"event_text"`
	Published  string          `json:"pub_date"`
	Headline   string          `json:"headline"`
	Publisher  string          `json:"publisher"`
	URL        string          `json:"url"`
	Language   string          `json:"language"`
	Date       json.RawMessage `json:"date_resolved"`
	Sure       json.RawMessage `json:"event_type_confidence"`
	Actor      ngecActors      `json:"actor"`
	Recipient  ngecActors      `json:"recipient"`
	Attributes struct {
		Actor ngecActors `json:"ACTOR"`
		Recip ngecActors `json:"RECIP"`
		Quote string     `json:"anchor_quote"`
	} `json:"attributes"`
	Geolocation ngecPlace `json:"event_geolocation"`
	Location    struct {
		Place *ngecPlace `json:"event_loc"`
	} `json:"event_location"`
}

// words are a text or a list of them.
type words []string

func (w *words) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		if *w = nil; one != "" {
			*w = words{one}
		}
		return nil
	}
	var all []string
	err := json.Unmarshal(data, &all)
	*w = all
	return err
}

// ngecActor is who acts.
type ngecActor struct {
	Text    string `json:"text"`
	Query   string `json:"actor_role_query"`
	Wiki    string `json:"wiki"` // the title of an article
	Country string `json:"country"`
	Code1   string `json:"code_1"`
	Code2   string `json:"code_2"`
}

// ngecActors are those who act; texts that no code tells are none of them.
type ngecActors []ngecActor

func (a *ngecActors) UnmarshalJSON(data []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	*a = nil
	for _, one := range all {
		var actor ngecActor
		if len(one) > 0 && one[0] == '{' {
			if err := json.Unmarshal(one, &actor); err != nil {
				return err
			}
			*a = append(*a, actor)
		}
	}
	return nil
}

// ngecPlace is a place of GeoNames.
type ngecPlace struct {
	Name     string     `json:"resolved_placename"`
	Class    string     `json:"feature_class"`
	Code     string     `json:"feature_code"`
	Country  string     `json:"country_code3"`
	Province string     `json:"admin1_name"`
	Lat      *float64   `json:"lat"`
	Lon      *float64   `json:"lon"`
	Geo      *ngecPlace `json:"geo"`
}

// isNGEC tells that a line is an event of NGEC.
func isNGEC(line []byte) bool {
	var keys map[string]json.RawMessage
	if json.Unmarshal(line, &keys) == nil {
		return keys["event_type"] != nil
	}
	return bytes.Contains(line, []byte(`"event_type"`)) && !bytes.HasPrefix(line, []byte(`{"story"`)) // broken, and the others may not be
}

// ngecOf reads an event, with its story and its day.
func ngecOf(line []byte) (e ngecRecord, s news.Story, when news.When, err error) {
	if err := json.Unmarshal(line, &e); err != nil {
		return e, s, when, fmt.Errorf("it is no event of NGEC: %w", err)
	}
	if _, ok := ploverAction(e.EventType, e.EventMode); !ok {
		return e, s, when, fmt.Errorf("its event_type %q is no type of PLOVER", e.EventType)
	}
	s = news.Story{
		Headline: strings.TrimSpace(e.Headline), Publisher: e.Publisher, URL: e.URL, Language: e.Language, Text: e.Text, Reader: CoderOfNGEC, How: "events of NGEC",
	}
	if s.Text == "" && s.URL == "" && s.Headline == "" {
		return e, s, when, errors.New("it has neither event_text nor url nor headline, and nothing tells its story from others")
	}
	if s.Published, err = dayOf(begins(e.Published)); err != nil {
		return e, s, when, fmt.Errorf("its pub_date: %w", err)
	}
	s.Identify()
	when = news.When{Precision: news.Unknown}
	var told string
	if json.Unmarshal(e.Date, &told) != nil {
		var resolved struct {
			Day string `json:"resolved_date"`
		}
		if len(e.Date) > 0 && json.Unmarshal(e.Date, &resolved) != nil {
			return e, s, when, errors.New("its date_resolved is neither a date nor an object with resolved_date")
		}
		told = resolved.Day
	}
	if told != "" {
		if when, err = day(begins(told)); err != nil {
			return e, s, when, fmt.Errorf("its date_resolved: %w", err)
		}
	}
	return e, s, when, nil
}

// begins is the day that a time begins with.
func begins(told string) string {
	if len(told) > len("2006-01-02") && (told[10] == ' ' || told[10] == 'T') {
		return told[:10]
	}
	return told
}

// ngec takes a line of events of NGEC.
func (im *importer) ngec(at place, line []byte) error {
	e, s, _, err := ngecOf(line)
	if err != nil {
		return im.reject(at, line, "%v", err)
	}
	return im.stories.add(ngecStory+string(s.ID), e.ID, at, line)
}

// ngec are the facts of the rows of one story of NGEC.
func (m *made) ngec(rows []row, known Gazetteer) (news.Facts, bool) {
	var c coded
	var index news.Index
	for i, r := range rows {
		e, s, when, err := ngecOf(r.data)
		if err != nil {
			m.reject([]row{r}, err.Error())
			continue
		}
		if i > 0 && e.ID != "" && bytes.Equal(r.sub, rows[i-1].sub) {
			if !bytes.Equal(r.data, rows[i-1].data) {
				m.reject([]row{r}, fmt.Sprintf("the event %s stands there twice, and otherwise", e.ID))
			}
			continue
		}
		if c.has == nil {
			c, index = codedOf(s, known), news.NewIndex(s.Text)
		}
		action, _ := ploverAction(e.EventType, e.EventMode) // ngecOf has looked
		span := func(text string, within news.Span) news.Span {
			if at := strings.Index(within.In(s.Text), text); at >= 0 && text != "" {
				return index.Span(within.Start+at, within.Start+at+len(text))
			}
			return news.Span{}
		}
		sentence := span(e.Attributes.Quote, index.Span(0, len(s.Text)))
		report := c.report(action, sentence, 0)
		for n := 1; m.has(report.ID); n++ {
			report = c.report(action, sentence, n)
		}
		report.SentenceSpan, report.Sentence, report.When = sentence, sentence.In(s.Text), when
		if sentence.Empty() {
			sentence = index.Span(0, len(s.Text))
		}
		if len(e.Contexts) > 0 {
			report.Contexts = slices.Compact(slices.Sorted(slices.Values(append(e.Contexts, report.Contexts...))))
		}
		for _, side := range []struct {
			role news.Role
			all  ngecActors
		}{{news.Source, append(e.Attributes.Actor, e.Actor...)}, {news.Target, append(e.Attributes.Recip, e.Recipient...)}} {
			for _, a := range side.all {
				words := a.Query
				if a.Text != "" {
					words = a.Text
				}
				who := actor{name: a.Wiki, country: a.Country, roles: slices.DeleteFunc([]string{a.Code1, a.Code2}, func(role string) bool { return role == "" })}
				if who.name == "" {
					who.name = words
				}
				if a.Country == "IGO" {
					who.country = ""
				}
				c.takesPart(&report, side.role, who, span(words, sentence))
			}
		}
		c.place(&report, e.scene())
		report.Confidence = e.confidence()
		report.Why = strings.TrimSpace("coded so by NGEC: " + e.EventType + " " + strings.Join(e.EventMode, " ") + " " + e.ID)
		c.f.Reports = append(c.f.Reports, report)
		m.tells(report.ID, r)
	}
	return c.f, c.has != nil
}

// scene is where the event happens.
func (e ngecRecord) scene() scene {
	p := &e.Geolocation
	if p.Geo != nil {
		p = p.Geo
	}
	if e.Location.Place != nil {
		p = e.Location.Place
	}
	s := scene{name: p.Name, province: p.Province, country: p.Country}
	if strings.HasPrefix(p.Code, "PCL") { // a country
		s.name = ""
	}
	if p.Lat != nil && p.Lon != nil && *p.Lat >= -90 && *p.Lat <= 90 && *p.Lon >= -180 && *p.Lon <= 180 {
		s.at = &news.Location{Latitude: *p.Lat, Longitude: *p.Lon}
	}
	if s.province == s.name {
		s.province = ""
	}
	return s
}

// confidence is that of the type, a number or an object of one; 0 where it is not told.
func (e ngecRecord) confidence() float64 {
	var sure float64
	var all map[string]float64
	if json.Unmarshal(e.Sure, &sure) != nil && json.Unmarshal(e.Sure, &all) == nil {
		sure = all[e.EventType]
	}
	return max(0, min(1, sure))
}
