package move

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"newsgraph/news"
)

// The columns of GDELT 2.0 that are read (GDELT Event Codebook V2.0 of 2015): how many there are of events and of mentions, and where each stands, from 0.
const (
	gdeltEvents   = 61
	gdeltMentions = 16

	eventID      = 0
	eventDay     = 1
	eventSource  = 5 // the first of ten columns of Actor1
	eventTarget  = 15
	eventCode    = 26
	eventGeo     = 51 // type, full name, country (FIPS), two of its parts, latitude, longitude
	eventAdded   = 59
	eventURL     = 60
	mentionTime  = 2
	mentionType  = 3
	mentionOf    = 4
	mentionAt    = 5
	mentionSure  = 11
	mentionTrans = 14
)

// gdeltStory begins the keys of stories of GDELT.
const gdeltStory = "gdelt:"

// The rows of an event of GDELT in the spool, by their sub.
const (
	subCoded   = "0"
	subMention = "1"
)

// number is the number of an event of GDELT.
func number(id string) (int, error) {
	n, err := strconv.Atoi(id)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("its GLOBALEVENTID %q is no number", id)
	}
	return n, nil
}

// gdeltEvent takes a row of events.
func (im *importer) gdeltEvent(at place, line []byte) error {
	c := strings.Split(strings.ToValidUTF8(string(line), "\ufffd"), "\t")
	if len(c) != gdeltEvents {
		return im.reject(at, line, "it has %d fields, and an event of GDELT 2.0 %d", len(c), gdeltEvents)
	}
	_, err := number(c[eventID])
	if err == nil {
		if _, ok := cameoAction(c[eventCode]); !ok {
			err = fmt.Errorf("its EventCode %q is no code of CAMEO", c[eventCode])
		}
	}
	if _, wrong := day(c[eventDay]); err == nil && wrong != nil {
		err = fmt.Errorf("its SQLDATE: %w", wrong)
	}
	if _, wrong := gdeltScene(c, nil); err == nil {
		err = wrong
	}
	if err != nil {
		return im.reject(at, line, "%v", err)
	}
	return im.gdelt.add(c[eventID], subCoded, at, line)
}

// gdeltMention takes a row of mentions.
func (im *importer) gdeltMention(at place, line []byte) error {
	c := strings.Split(strings.ToValidUTF8(string(line), "\ufffd"), "\t")
	if len(c) != gdeltMentions {
		return im.reject(at, line, "it has %d fields, and a mention of GDELT 2.0 %d", len(c), gdeltMentions)
	}
	_, err := number(c[eventID])
	if _, wrong := mentionStory(c); err == nil {
		err = wrong
	}
	if sure, wrong := strconv.Atoi(c[mentionSure]); err == nil && (wrong != nil || sure < 0 || sure > 100) {
		err = fmt.Errorf("its Confidence %q is no number from 0 to 100", c[mentionSure])
	}
	if err != nil {
		return im.reject(at, line, "%v", err)
	}
	return im.gdelt.add(c[eventID], subMention, at, line)
}

// stamped is the day of a time, YYYYMMDDHHMMSS.
func stamped(text string) (string, error) {
	if len(text) != len("20060102150405") {
		return "", fmt.Errorf("%q is no time, which is written YYYYMMDDHHMMSS", text)
	}
	w, err := day(text[:8])
	return w.From, err
}

// mentionStory is the story of a mention: without text and, on the web, without a headline.
func mentionStory(c []string) (news.Story, error) {
	published, err := stamped(c[mentionTime])
	if err != nil {
		return news.Story{}, fmt.Errorf("its MentionTimeDate: %w", err)
	}
	s := news.Story{Publisher: c[mentionOf], Published: published, Language: "en", Reader: CoderOfGDELT, How: "a mention of GDELT"}
	switch at := strings.TrimSpace(c[mentionAt]); {
	case at == "":
		return s, fmt.Errorf("it has no MentionIdentifier, which is its story's url")
	case c[mentionType] == "1":
		s.URL = at
		s.Publisher = cmp.Or(s.Publisher, domain(at))
	default:
		s.Headline = at // a citation
	}
	if _, from, ok := strings.Cut(c[mentionTrans], "srclc:"); ok {
		from, _, _ = strings.Cut(from, ";")
		s.Language = ""
		if base, err := language.ParseBase(strings.TrimSpace(from)); err == nil {
			s.Language = base.String()
		}
	}
	s.Identify()
	return s, nil
}

// domain is the host of a url, without www.
func domain(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// joinGDELT gives each story the events that its mentions tell; an event that no mention tells is its SOURCEURL's.
func (im *importer) joinGDELT() error {
	for rows, err := range im.gdelt.groups(im.ctx) {
		if err != nil {
			return err
		}
		var event []byte
		mentioned := false
		for i, r := range rows {
			switch again := i > 0 && bytes.Equal(r.sub, rows[i-1].sub) && bytes.Equal(r.data, rows[i-1].data); {
			case again: // files overlap
			case string(r.sub) == subCoded && event == nil:
				event = r.data
			case string(r.sub) == subCoded:
				err = im.reject(r.place, r.data, "the event %s stands there twice, and otherwise", r.key)
			case event == nil:
				err = im.reject(r.place, r.data, "its event, %s, is not there, or was left out: import mentions together with the events that they tell", r.key)
			default:
				mentioned = true
				s, _ := mentionStory(strings.Split(string(r.data), "\t")) // gdeltMention has looked
				err = im.gdeltFact(s, r, event, r.data)
			}
			if err != nil {
				return err
			}
		}
		if event == nil || mentioned {
			continue
		}
		c := strings.Split(string(event), "\t")
		mention := make([]string, gdeltMentions)
		mention[eventID], mention[mentionTime], mention[mentionType], mention[mentionAt], mention[mentionOf] = c[eventID], c[eventAdded], "1", c[eventURL], domain(c[eventURL])
		s, err := mentionStory(mention)
		if err != nil {
			err = im.reject(rows[0].place, event, "no mention tells it, and of its SOURCEURL and DATEADDED: %v", err)
		} else {
			err = im.gdeltFact(s, rows[0], event, []byte(strings.Join(mention, "\t")))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) gdeltFact(s news.Story, r row, event, mention []byte) error {
	n, _ := number(string(r.key)) // gdeltEvent has looked
	return im.stories.add(gdeltStory+string(s.ID), fmt.Sprintf("%020d", n), r.place, joined(string(event), string(mention), string(r.data)))
}

// gdelt are the facts of the rows of one story of GDELT.
func (m *made) gdelt(rows []row, known Gazetteer) (news.Facts, bool) {
	var c coded
	for i := range rows {
		r := &rows[i]
		cells := parted(r.data)
		event, mention := strings.Split(strings.ToValidUTF8(cells[0], "\ufffd"), "\t"), strings.Split(strings.ToValidUTF8(cells[1], "\ufffd"), "\t")
		r.data = []byte(cells[2])
		if c.has == nil {
			s, _ := mentionStory(mention) // gdeltMention has looked
			c = codedOf(s, known)
		}
		action, _ := cameoAction(event[eventCode]) // gdeltEvent has looked, here and below
		n, _ := number(event[eventID])             // as above
		report := c.report(action, news.Span{}, n)
		sure, _ := strconv.Atoi(mention[mentionSure]) // gdeltMention has looked, and the mention that an event makes has none
		report.Confidence = float64(sure) / 100
		if m.has(report.ID) { // a story may tell an event in several sentences
			last := &c.f.Reports[len(c.f.Reports)-1]
			last.Confidence = max(last.Confidence, report.Confidence)
			continue
		}
		report.When, _ = day(event[eventDay]) // as above
		c.takesPart(&report, news.Source, gdeltActor(event[eventSource:]), news.Span{})
		c.takesPart(&report, news.Target, gdeltActor(event[eventTarget:]), news.Span{})
		where, _ := gdeltScene(event, known) // as above
		c.place(&report, where)
		report.Why = "coded so by GDELT 2.0: event " + event[eventID] + ", CAMEO " + event[eventCode]
		c.f.Reports = append(c.f.Reports, report)
		m.tells(report.ID, *r)
	}
	return c.f, true
}

// gdeltActor is an actor of an event: code, name, country, known group, ethnic group, two religions and three types.
func gdeltActor(c []string) actor {
	a := actor{name: c[1], country: c[2], group: c[3]}
	for _, role := range c[7:10] {
		if role != "" {
			a.roles = append(a.roles, role)
		}
	}
	return a
}

// gdeltScene is where an event happens: ActionGeo, of which type 1 is a country, 2 and 5 are provinces, 3 and 4 cities. Its country is told by its full name's last part,
// since its code is FIPS's; nobody is asked where known is nil.
func gdeltScene(c []string, known Gazetteer) (scene, error) {
	geo := c[eventGeo : eventGeo+8]
	if geo[0] == "" || geo[0] == "0" {
		return scene{}, nil
	}
	if len(geo[0]) != 1 || geo[0] < "1" || geo[0] > "5" {
		return scene{}, fmt.Errorf("its ActionGeo_Type %q is none of 1 to 5", geo[0])
	}
	s := scene{}
	if geo[5] != "" || geo[6] != "" {
		lat, err1 := strconv.ParseFloat(geo[5], 64)
		lon, err2 := strconv.ParseFloat(geo[6], 64)
		if err1 != nil || err2 != nil || !(lat >= -90 && lat <= 90) || !(lon >= -180 && lon <= 180) {
			return scene{}, fmt.Errorf("its ActionGeo_Lat %q and ActionGeo_Long %q are no place on the earth", geo[5], geo[6])
		}
		s.at = &news.Location{Latitude: lat, Longitude: lon}
	}
	parts := strings.Split(geo[1], ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if known != nil {
		if e, ok := known.Named(parts[len(parts)-1]); ok && e.Kind == news.State {
			s.country = e.ISO3
		}
	}
	if geo[0] != "1" {
		s.name = parts[0]
		if len(parts) > 2 {
			s.province = parts[1]
		}
	}
	return s, nil
}
