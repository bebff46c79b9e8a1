package move

import (
	"archive/zip"
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"

	"newsgraph/news"
	"newsgraph/store"
)

// The coders of events of other programs, which are Story.Reader of their stories.
const (
	CoderOfGDELT = news.Coder + "GDELT 2.0"
	CoderOfNGEC  = news.Coder + "NGEC"
)

// Gazetteer tells whom the codes and names of other coders mean. It is asked by several goroutines at once.
type Gazetteer interface {
	// State is the state of an ISO 3166-1 alpha-3 code, with the adjective that names its bodies: "Chadian".
	State(iso3 string) (state news.Entity, adjective string, ok bool)
	// Named is the state, the organisation or the person of a whole name, in any case; none if two bear it.
	Named(name string) (news.Entity, bool)
	// Place is the place of a name in a country (ISO 3166-1 alpha-3); none if two bear it.
	Place(name, country string) (news.Entity, bool)
}

// errUnknown says that who imports gave no gazetteer.
var errUnknown = errors.New("its codes need a gazetteer, and none is given")

func (im *importer) knows() error {
	if im.o.Known == nil {
		return errUnknown
	}
	return nil
}

//go:embed data/codes.tsv
var codesTSV string

// code is a row of codes.tsv.
type code struct{ is, kind, word string }

// codes are the rows of codes.tsv by "what code". A test reads every row.
var codes = sync.OnceValue(func() map[string]code {
	all := map[string]code{}
	for line := range strings.Lines(codesTSV) {
		if cells := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(cells) == 5 && !strings.HasPrefix(line, "#") {
			all[cells[0]+" "+cells[1]] = code{cells[2], cells[3], cells[4]}
		}
	}
	return all
})

// byCAMEO are the actions that alone have a code.
var byCAMEO = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, a := range news.Actions() {
		if _, taken := all[a.Cameo]; taken {
			all[a.Cameo] = ""
			continue
		}
		all[a.Cameo] = a.Name
	}
	return all
})

// cameoAction is the action of a CAMEO event code, of two to four digits: the one that has the code, else that has the longest beginning of it; none if the
// code is none of CAMEO's twenty roots.
func cameoAction(event string) (news.Action, bool) {
	if len(event) < 2 || len(event) > 4 || strings.Trim(event, "0123456789") != "" || event[:2] < "01" || event[:2] > "20" {
		return news.Action{}, false
	}
	for n := len(event); n > 1; n-- {
		at := event[:n]
		if n == 2 {
			at += "0" // "130" is what is told no closer of 13
		}
		if a, ok := news.ActionNamed(cmp.Or(codes()["cameo "+at].is, byCAMEO()[at])); ok {
			return a, true
		}
	}
	return news.Action{}, false
}

// ploverAction is the action of a PLOVER event type and the first of its modes that tells one; that of the type where none does.
func ploverAction(kind string, modes []string) (news.Action, bool) {
	kind = strings.ToUpper(strings.TrimSpace(kind))
	for _, mode := range modes {
		mode = strings.ToLower(strings.TrimSpace(mode))
		if a, ok := news.ActionNamed(codes()["plover "+kind+"/"+mode].is); ok {
			return a, true
		}
		if a, ok := news.ActionNamed(strings.ReplaceAll(mode, "-", "_")); ok && string(a.Plover) == kind {
			return a, true
		}
	}
	return news.ActionNamed(codes()["plover "+kind].is)
}

// iso3 is the ISO 3166-1 alpha-3 code of a CAMEO country code.
func iso3(country string) string { return cmp.Or(codes()["country "+country].is, country) }

// actor is who acts, as another coder tells it: whatever is empty it does not tell.
type actor struct {
	name    string   // as GDELT has it, in capitals
	country string   // of CAMEO, or alpha-3
	group   string   // CAMEO's code of a known group
	roles   []string // CAMEO's or PLOVER's: the first that is known tells
}

// coded makes facts of what another coder tells of one story.
type coded struct {
	f     news.Facts
	known Gazetteer
	has   map[news.ID]bool
}

func codedOf(s news.Story, known Gazetteer) coded {
	return coded{news.Facts{Story: s}, known, map[news.ID]bool{}}
}

func (c *coded) entity(e news.Entity) news.ID {
	if !c.has[e.ID] {
		c.has[e.ID] = true
		c.f.Entities = append(c.f.Entities, e)
	}
	return e.ID
}

// party is who an actor is: the body or person of the gazetteer that its name or its group tells, else the state of its country, or those of the state who have
// its role; people with a role and no country belong to the story alone, and have a head. It is empty where nothing settles it.
func (c *coded) party(a actor) (id news.ID, head string) {
	state, adjective, owned := c.known.State(iso3(a.country))
	for _, name := range []string{a.name, codes()["group "+a.group].is} {
		e, ok := c.known.Named(name)
		if ok && (e.Kind != news.State && (!owned || e.Country == state.ISO3 || e.Country == "IGO" && name != a.name) || e.Kind == news.State && a.country == "" && len(a.roles) == 0) {
			return c.entity(e), ""
		}
	}
	for _, role := range a.roles {
		sector, ok := codes()["sector "+role]
		switch {
		case !ok:
			continue
		case sector.kind == "" && owned:
			return c.entity(state), ""
		case sector.kind == "":
			return "", ""
		case owned:
			name := adjective + " " + sector.word
			kind := news.Kind(sector.kind)
			return c.entity(news.Entity{ID: news.EntityID(kind, news.Slug(name)), Kind: kind, Name: name, Country: state.ISO3, Sector: sector.is}), ""
		}
		return c.entity(news.Entity{
			ID: news.LocalID(news.Group, c.f.Story.TextHash, news.Slug(sector.word)), Kind: news.Group, Name: sector.word, Sector: sector.is,
		}), sector.word
	}
	if owned && len(a.roles) == 0 {
		return c.entity(state), ""
	}
	return "", "" // a body without a name that is known, or somebody of a sort that has no word here
}

// scene is where something happens, as another coder tells it.
type scene struct {
	name, province, country string // a country is an alpha-3 code
	at                      *news.Location
}

// place adds a place to a report: the state alone, where nothing closer is told.
func (c *coded) place(r *news.Report, s scene) {
	state, _, owned := c.known.State(s.country)
	if news.Slug(s.name) == "" {
		if owned {
			r.Participants = append(r.Participants, news.Participant{Role: news.Place, Entity: c.entity(state)})
		}
		return
	}
	e, ok := c.known.Place(s.name, s.country)
	if !ok {
		slug := news.Slug(strings.Join([]string{state.ISO2, s.name, s.province}, " "))
		e = news.Entity{ID: news.EntityID(news.Place, slug), Kind: news.Place, Name: s.name, Country: state.ISO3, Location: s.at}
	}
	r.Participants = append(r.Participants, news.Participant{Role: news.Place, Entity: c.entity(e)})
	if owned {
		r.Lies = map[news.ID]news.Lies{e.ID: {Within: []news.ID{state.ID}, Country: state.ISO3}}
	}
}

// report begins the n-th report of the story that its coder makes at a trigger.
func (c *coded) report(a news.Action, trigger news.Span, n int) news.Report {
	s := c.f.Story
	return news.Report{
		ID: news.ReportID(s.ID, trigger, a.Name, n), Story: s.ID, Type: a.Type, Action: a.Name, Family: news.FamilyOf(a.Name), Contexts: a.Contexts, Modality: news.Asserted,
		Trigger: trigger, Published: s.Published, TextHash: s.TextHash, When: news.When{Precision: news.Unknown},
	}
}

// takesPart adds who acts or is acted on to a report.
func (c *coded) takesPart(r *news.Report, role news.Role, a actor, span news.Span) {
	id, head := c.party(a)
	if id == "" || slices.Contains(r.Entities(role), id) {
		return
	}
	r.Participants = append(r.Participants, news.Participant{Role: role, Entity: id, Span: span})
	if head != "" {
		if r.Heads == nil {
			r.Heads = map[news.ID]string{}
		}
		r.Heads[id] = head
	}
}

// day is when something happened, told as YYYYMMDD or YYYY-MM-DD.
func day(text string) (news.When, error) {
	if len(text) == len("20060102") && strings.Trim(text, "0123456789") == "" {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	days, precision, err := news.ParseDate(text)
	if err == nil && precision != news.Day {
		err = fmt.Errorf("%q is no day", text)
	}
	if err != nil {
		return news.When{}, err
	}
	return news.When{From: days.From, To: days.To, Precision: precision, Value: text, How: "coded so by another"}, nil
}

// has tells that the story, or another of these, has the report already.
func (m *made) has(report news.ID) bool { _, ok := m.tellers[report]; return ok }

// tells keeps the row that makes a report, a mention, a quotation or a position.
func (m *made) tells(fact news.ID, from row) {
	if m.tellers == nil {
		m.tellers = map[news.ID]row{}
	}
	m.tellers[fact] = from
}

// clash leaves out rows of stories that the store has by the same reader or coder with other facts: a store keeps what came first of them, and nothing may be lost
// unsaid.
func (im *importer) clash(s store.Reader, m *made) error {
	if len(m.tellers) == 0 {
		return nil
	}
	ids := make([]news.ID, 0, len(m.facts))
	for _, f := range m.facts {
		ids = append(ids, f.Story.ID)
	}
	before, err := s.FactsByID(im.ctx, ids)
	if err != nil {
		return err
	}
	there := map[news.ID]news.Facts{}
	for _, f := range before {
		there[f.Story.ID] = f
	}
	for _, f := range m.facts {
		old, ok := there[f.Story.ID]
		if !ok || old.Story.Reader != f.Story.Reader {
			continue
		}
		kept := map[news.ID]bool{}
		for _, id := range idsIn(old) {
			kept[id] = true
		}
		for _, r := range f.Reports {
			kept[r.ID] = slices.ContainsFunc(old.Reports, func(o news.Report) bool { return o.ID == r.ID && alike(o, r) })
		}
		for _, id := range idsIn(f) {
			if from, ok := m.tellers[id]; ok && !kept[id] {
				m.reject([]row{from}, fmt.Sprintf("its story, %s, is in already from another file, which tells otherwise: newsgraph remove it, and import this again, or import the files together", f.Story.ID))
			}
		}
	}
	return nil
}

// idsIn are the ids of all that was found in a story.
func idsIn(f news.Facts) (ids []news.ID) {
	for _, r := range f.Reports {
		ids = append(ids, r.ID)
	}
	for _, m := range f.Mentions {
		ids = append(ids, m.ID)
	}
	for _, q := range f.Quotations {
		ids = append(ids, q.ID)
	}
	for _, p := range f.Positions {
		ids = append(ids, p.ID)
	}
	return ids
}

// alike tells that a store keeps both reports as one.
func alike(a, b news.Report) bool {
	if len(a.Participants) != len(b.Participants) {
		return false
	}
	for i, p := range a.Participants {
		if b.Participants[i].Role != p.Role || b.Participants[i].Entity != p.Entity {
			return false
		}
	}
	return a.Action == b.Action && a.Confidence == b.Confidence && reflect.DeepEqual(a.When, b.When)
}

// unzip opens the only file that a zip archive holds.
func (im *importer) unzip(r io.Reader) (io.ReadCloser, error) {
	whole, err := os.CreateTemp(im.dir, "zip")
	if err != nil {
		return nil, err
	}
	size, err := io.Copy(whole, r)
	if err != nil {
		whole.Close() //nolint:errcheck,gosec // the folder goes
		return nil, err
	}
	z, err := zip.NewReader(whole, size)
	if err == nil && len(z.File) != 1 {
		err = fmt.Errorf("%w: the archive holds %d files, and one is read: unpack it", ErrForm, len(z.File))
	}
	if err != nil {
		whole.Close() //nolint:errcheck,gosec // the folder goes
		return nil, err
	}
	in, err := z.File[0].Open()
	if err != nil {
		whole.Close() //nolint:errcheck,gosec // the folder goes
		return nil, err
	}
	return both{in, whole}, nil
}

// both closes a file of an archive with the archive.
type both struct {
	io.ReadCloser
	archive io.Closer
}

func (b both) Close() error { return errors.Join(b.ReadCloser.Close(), b.archive.Close()) }

// tabbed tells which file of GDELT a file of rows parted by tabs is, by the first of its rows that fits.
func (im *importer) tabbed(rows *rowReader, first []byte) (string, func(place, []byte) error, error) {
	ahead, _ := rows.in.Peek(1 << 14) // what there is of it
	for _, line := range append([][]byte{first}, bytes.Split(ahead, []byte{'\n'})...) {
		switch bytes.Count(line, []byte{'\t'}) + 1 {
		case gdeltEvents:
			return "events of GDELT", im.gdeltEvent, im.knows()
		case gdeltMentions:
			return "mentions of GDELT", im.gdeltMention, im.knows()
		}
	}
	return "", nil, fmt.Errorf("%w: its rows have %d fields parted by tabs: GDELT 2.0 has %d in events (.export.CSV) and %d in mentions (.mentions.CSV); GDELT 1.0 and the knowledge graph are not read",
		ErrForm, bytes.Count(first, []byte{'\t'})+1, gdeltEvents, gdeltMentions)
}
