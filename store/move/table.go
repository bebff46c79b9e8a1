package move

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsgraph/news"
)

// CoderOfTables is the coder of what tables tell, which is Story.Reader of their stories.
const CoderOfTables = news.Coder + "tables"

// The neutral tables, which are CSV (RFC 4180) with a row of names, each told by the columns that it must have:
//
//	entities     id, kind, name; aliases (parted by |), description
//	stories      id, title, url, source, published_at; language
//	events       id, type, mode, date: type is a news.EventType, mode the verb in the past form
//	event_roles  event_id, entity_id, role
//	mentions     id, event_id, story_id, begin, end, confidence, sentence: begin and end, in code points, give sentences of one story their order
//
// A story's text is that of its mentions, and a report each of them.
var tableForms = []struct {
	name  string
	needs []string
	may   []string
}{
	{"entities", []string{"id", "kind", "name"}, []string{"aliases", "description"}},
	{"stories", []string{"id", "title", "url", "source", "published_at"}, []string{"language"}},
	{"events", []string{"id", "type", "mode", "date"}, nil},
	{"event_roles", []string{"event_id", "entity_id", "role"}, nil},
	{"mentions", []string{"id", "event_id", "story_id", "begin", "end", "confidence", "sentence"}, nil},
}

// The rows of an event in the spool, by their sub.
const (
	subEvent = "0"
	subRole  = "1"
	subSaid  = "2"
)

type tables struct {
	byEvent  *spool
	entities map[string]news.Entity // by their ids in the table
}

// fields are the fields of a row of CSV.
func fields(row []byte) ([]string, error) {
	if bytes.IndexByte(row, '"') < 0 {
		return strings.Split(string(row), ","), nil
	}
	return csv.NewReader(bytes.NewReader(row)).Read()
}

// joined are values as the fields of a row in the spool.
func joined(values ...string) []byte {
	var all []byte
	for _, v := range values {
		all = binary.AppendUvarint(all, uint64(len(v)))
		all = append(all, v...)
	}
	return all
}

// parted are the values that joined joined.
func parted(data []byte) []string {
	var all []string
	for len(data) > 0 {
		n, width := binary.Uvarint(data)
		if end := width + int(n); width <= 0 || end > len(data) { //nolint:gosec // joined wrote it
			return all
		}
		all = append(all, string(data[width:width+int(n)])) //nolint:gosec // as above
		data = data[width+int(n):]                          //nolint:gosec // as above
	}
	return all
}

// table tells which table has a row of names, and how its rows are taken.
func (im *importer) table(header []string) (string, func(place, []byte) error, error) {
	for _, form := range tableForms {
		columns := slices.Concat(form.needs, form.may)
		at := make([]int, len(columns))
		for i, c := range columns {
			at[i] = slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), c) })
		}
		if slices.Contains(at[:len(form.needs)], -1) {
			continue
		}
		return "the table " + form.name, func(where place, line []byte) error {
			cells, err := fields(line)
			if err != nil {
				return im.reject(where, line, "it is no row of CSV: %v", err)
			}
			if len(cells) != len(header) {
				return im.reject(where, line, "it has %d fields, and the table %d columns", len(cells), len(header))
			}
			row := make([]string, len(columns))
			for i, n := range at {
				if n >= 0 {
					row[i] = strings.TrimSpace(cells[n])
				}
			}
			return im.tabular(form.name, where, line, row)
		}, nil
	}
	return "", nil, fmt.Errorf("%w: its columns are %q: an export has a JSON object a line, and tables are entities, stories, events, event_roles and mentions, as newsgraph import --help tells", ErrForm, brief(strings.Join(header, ", ")))
}

// tabular takes a row of a table, by the columns of tableForms.
func (im *importer) tabular(table string, at place, line []byte, r []string) error {
	if r[0] == "" {
		return im.reject(at, line, "it has no id")
	}
	switch table {
	case "entities":
		e, err := tableEntity(r, im.o.Known)
		if err != nil {
			return im.reject(at, line, "%v", err)
		}
		if _, twice := im.tables.entities[r[0]]; twice {
			return im.reject(at, line, "the entity %s stands there twice", r[0])
		}
		im.tables.entities[r[0]] = e
		return nil
	case "stories":
		if _, err := dayOf(r[4]); err != nil {
			return im.reject(at, line, "published_at: %v", err)
		}
		return im.stories.add(tableStory+r[0], subStory, at, joined(append(r, string(line))...))
	case "events":
		if !slices.Contains(news.EventTypes(), news.EventType(r[1])) {
			return im.reject(at, line, "the type %q is none of %v", r[1], news.EventTypes())
		}
		if news.Slug(r[2]) == "" {
			return im.reject(at, line, "the event has no mode, which is its verb")
		}
		if _, _, err := news.ParseDate(r[3]); r[3] != "" && err != nil {
			return im.reject(at, line, "date: %v", err)
		}
		return im.tables.byEvent.add(r[0], subEvent, at, joined(append(r, string(line))...))
	case "event_roles":
		if !slices.Contains([]news.Role{news.Source, news.Target, news.Instrument, news.Place}, news.Role(r[2])) {
			return im.reject(at, line, "the role %q is none of SOURCE, TARGET, INSTRUMENT, PLACE", r[2])
		}
		return im.tables.byEvent.add(r[0], subRole, at, joined(append(r, string(line))...))
	default:
		begin, err1 := strconv.Atoi(r[3])
		end, err2 := strconv.Atoi(r[4])
		sure, err3 := strconv.ParseFloat(r[5], 64)
		switch {
		case err1 != nil || err2 != nil || begin < 0 || end < begin:
			return im.reject(at, line, "begin %q and end %q are not the place of a sentence", r[3], r[4])
		case err3 != nil || !(sure >= 0 && sure <= 1):
			return im.reject(at, line, "the confidence %q is no number from 0 to 1", r[5])
		case r[6] == "":
			return im.reject(at, line, "it has no sentence, and a report without evidence is none")
		}
		return im.tables.byEvent.add(r[1], subSaid, at, joined(append(r, string(line))...))
	}
}

// tableStory begins the keys of stories of tables, which no story's id does.
const tableStory = "table:"

// dayOf is the day of a date or an instant; empty of the empty text.
func dayOf(text string) (string, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC().Format(time.DateOnly), nil
	}
	if _, _, err := news.ParseDate(text); text != "" && err != nil {
		return "", err
	}
	return text, nil
}

// tableEntity is the entity of a row: the one of the gazetteer where that knows one of its kind by its name, under the other names of the table too, so that
// texts name the same one.
func tableEntity(r []string, known Gazetteer) (news.Entity, error) {
	kind := news.Kind(strings.ToUpper(r[1]))
	if !slices.Contains(news.Kinds(), kind) {
		return news.Entity{}, fmt.Errorf("the kind %q is none of %v", r[1], news.Kinds())
	}
	if news.Slug(r[2]) == "" {
		return news.Entity{}, fmt.Errorf("%q is no name", r[2])
	}
	e := news.Entity{ID: news.EntityID(kind, news.Slug(r[2])), Kind: kind, Name: r[2], Description: r[4], Source: "entities.csv"}
	if r[3] != "" {
		e.Aliases = strings.Split(r[3], "|")
	}
	if known != nil {
		if there, ok := known.Named(e.Name); ok && there.Kind == kind {
			there.Aliases = slices.Concat(there.Aliases, e.Aliases, []string{e.Name})
			e = there
		}
	}
	return news.JoinEntities(e, e), nil
}

// joinTables gives each story what its mentions tell, with the event of each and who takes part in it.
func (im *importer) joinTables() error {
	for rows, err := range im.tables.byEvent.groups(im.ctx) {
		if err != nil {
			return err
		}
		var event []string
		var roles []string
		for _, r := range rows {
			cells := parted(r.data)
			line := []byte(cells[len(cells)-1])
			why := ""
			switch sub := string(r.sub); {
			case sub == subEvent && event == nil:
				event = cells[:4]
				continue
			case sub == subEvent:
				why = "the event " + string(r.key) + " stands there twice"
			case event == nil:
				why = "its event, " + string(r.key) + ", is not there, or was left out"
			case sub == subRole:
				if _, known := im.tables.entities[cells[1]]; known {
					roles = append(roles, cells[2], cells[1])
					continue
				}
				why = "the entity " + cells[1] + " is not there, or was left out"
			default:
				said := joined(slices.Concat(event, cells, roles)...)
				begin, _ := strconv.Atoi(cells[3]) // tabular has looked
				if err := im.stories.add(tableStory+cells[2], subFact+fmt.Sprintf("%012d", begin)+cells[0], r.place, said); err != nil {
					return err
				}
				continue
			}
			if err := im.reject(r.place, line, "%s", why); err != nil {
				return err
			}
		}
	}
	return nil
}

// told is a mention of the tables with its event.
type told struct {
	row         row
	line, id    string
	event, mode string
	kind        news.EventType
	date        string
	begin, end  int // code points of the table
	confidence  float64
	sentence    string
	takes       []string // role, entity, role, entity ...
	at          int      // where the sentence begins in the text
}

func toldOf(r row) told {
	c := parted(r.data)
	t := told{row: r, event: c[0], kind: news.EventType(c[1]), mode: c[2], date: c[3], id: c[4], sentence: c[10], line: c[11], takes: c[12:]}
	t.begin, _ = strconv.Atoi(c[7]) // tabular has looked
	t.end, _ = strconv.Atoi(c[8])
	t.confidence, _ = strconv.ParseFloat(c[9], 64)
	return t
}

// tabled are the facts of the rows of one story of tables.
func (m *made) tabled(rows []row, entities map[string]news.Entity) (f news.Facts, there bool) {
	var all []told
	for _, r := range rows {
		if string(r.sub) != subStory {
			t := toldOf(r)
			t.row.data = []byte(t.line)
			all = append(all, t)
			continue
		}
		c := parted(r.data)
		if there {
			m.reject([]row{{place: r.place, data: []byte(c[6])}}, "the story "+c[0]+" stands there twice")
			continue
		}
		there = true
		published, _ := dayOf(c[4]) // tabular has looked
		f.Story = news.Story{Headline: c[1], URL: c[2], Publisher: c[3], Language: c[5], Published: published, Reader: CoderOfTables, How: "table row " + c[0]}
	}
	if !there {
		for _, t := range all {
			m.reject([]row{t.row}, "its story, "+strings.TrimPrefix(string(rows[0].key), tableStory)+", is not there, or was left out")
		}
		return f, false
	}
	var text strings.Builder
	kept := all[:0]
	for _, t := range all {
		last := told{}
		if len(kept) > 0 {
			last = kept[len(kept)-1]
		}
		switch {
		case len(kept) > 0 && t.begin == last.begin && t.sentence == last.sentence:
			t.at = last.at
		case len(kept) > 0 && t.begin < last.end:
			m.reject([]row{t.row}, fmt.Sprintf("its sentence begins at %d, within that of the mention %s", t.begin, last.id))
			continue
		default:
			if len(kept) > 0 && t.begin > last.end+1 { // something stands between
				text.WriteString("\n\n")
			} else if len(kept) > 0 {
				text.WriteByte(' ')
			}
			t.at = text.Len()
			text.WriteString(t.sentence)
		}
		kept = append(kept, t)
	}
	f.Story.Text = text.String()
	f.Story.Identify()
	b := builder{f: &f, index: news.NewIndex(f.Story.Text), named: map[news.ID]bool{}, ids: map[news.ID]bool{}}
	for _, t := range kept {
		b.add(t, entities)
	}
	return f, true
}

// builder makes reports and mentions of what tables tell.
type builder struct {
	f          *news.Facts
	index      news.Index
	named, ids map[news.ID]bool
}

// find is where words stand in the sentence of t; empty if they do not.
func (b *builder) find(t told, words string) news.Span {
	if at := strings.Index(t.sentence, words); at >= 0 && words != "" {
		return b.index.Span(t.at+at, t.at+at+len(words))
	}
	return news.Span{}
}

func (b *builder) add(t told, entities map[string]news.Entity) {
	sentence := b.index.Span(t.at, t.at+len(t.sentence))
	trigger := cmp.Or(b.find(t, t.mode), sentence)
	r := news.Report{
		Story: b.f.Story.ID, Type: t.kind, Action: actionOf(t.kind, t.mode), Modality: news.Asserted, Sentence: t.sentence, SentenceSpan: sentence, Trigger: trigger,
		Confidence: t.confidence, Published: b.f.Story.Published, TextHash: b.f.Story.TextHash, Why: "coded so by another: " + t.id + " of " + t.event,
	}
	r.Family = news.FamilyOf(r.Action)
	for n := 0; r.ID == "" || b.ids[r.ID]; n++ {
		r.ID = news.ReportID(r.Story, trigger, r.Action, n)
	}
	b.ids[r.ID] = true
	r.When = news.When{Precision: news.Unknown}
	if days, precision, err := news.ParseDate(t.date); err == nil {
		r.When = news.When{From: days.From, To: days.To, Precision: precision, Value: t.date, How: "coded so by another"}
	}
	for _, role := range []news.Role{news.Source, news.Target, news.Instrument, news.Place} {
		for i := 0; i+1 < len(t.takes); i += 2 {
			e, ok := entities[t.takes[i+1]]
			if !ok || news.Role(t.takes[i]) != role || slices.Contains(r.Entities(role), e.ID) {
				continue
			}
			p := news.Participant{Role: role, Entity: e.ID, Span: b.find(t, e.Name)}
			for i := 0; p.Span.Empty() && i < len(e.Aliases); i++ {
				p.Span = b.find(t, e.Aliases[i])
			}
			r.Participants = append(r.Participants, p)
			if !b.named[e.ID] {
				b.named[e.ID] = true
				b.f.Entities = append(b.f.Entities, e)
			}
			id := news.MentionID(r.Story, p.Span)
			if p.Span.Empty() || b.ids[id] {
				continue
			}
			b.ids[id] = true
			b.f.Mentions = append(b.f.Mentions, news.Mention{ID: id, Story: r.Story, Span: p.Span, Entity: e.ID, Form: news.FormName, Why: "coded so by another"})
		}
	}
	b.f.Reports = append(b.f.Reports, r)
}

// pasts are the actions of each type by their past form, with and without the preposition that stands before a target.
var pasts = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, short := range []bool{false, true} { // the whole form goes first
		for _, a := range news.Actions() {
			past := a.Past
			if short {
				past, _, _ = strings.Cut(past, " ")
			}
			if key := string(a.Type) + " " + past; all[key] == "" {
				all[key] = a.Name
			}
		}
	}
	return all
})

// actionOf is the action of a type whose past form is mode; else the mode itself, which is another vocabulary's word.
func actionOf(kind news.EventType, mode string) string {
	if action := pasts()[string(kind)+" "+mode]; action != "" {
		return action
	}
	return strings.ReplaceAll(news.Slug(mode), "-", "_")
}
