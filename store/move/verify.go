package move

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// The invariants of a graph that Verify looks at, besides RuleIDs, RuleSpans, RuleStory and RuleSaid.
const (
	RuleFile       = "file"            // the engine finds its own file whole: pages, indexes, full-text indexes
	RuleRows       = "rows"            // each row that an engine keeps is one that the stories make, and no other is there; all can be read
	RuleNamed      = "participants"    // what a story says names entities that it tells
	RuleRecords    = "records"         // what lists give, what was read, and corrections make one whole
	RuleEntities   = "entities"        // an entity is what its stories say of it together
	RuleEvents     = "events"          // events are what news.Merge makes of the reports
	RuleLists      = "lists of events" // an entity's events are those in which it takes part
	RuleRelations  = "relations"       // relations sum up the events that are told
	RuleCopies     = "copies"          // texts are grouped by nearness
	RuleSuperseded = "versions"        // versions are superseded as news.Superseded tells
	RuleCounts     = "counts"          // of stories, entities, events and reports, and of the stories that mention an entity
)

// Rules are all invariants, in the order in which Verify looks at them.
func Rules() []string {
	return []string{RuleFile, RuleRows, RuleStory, RuleIDs, RuleSpans, RuleSaid, RuleNamed, RuleSuperseded, RuleCopies, RuleRecords, RuleEntities, RuleEvents, RuleLists, RuleRelations, RuleCounts}
}

// Checked counts what Verify looked at.
type Checked struct {
	Stories     int `json:"stories"`
	Superseded  int `json:"superseded"`
	Entities    int `json:"entities"`
	Reports     int `json:"reports"`
	Events      int `json:"events"`
	Relations   int `json:"relations"`
	Corrections int `json:"corrections"`
	Faults      int `json:"faults"`
	Unread      int `json:"unread"`  // stories of which what was found cannot be read
	Unsound     int `json:"unsound"` // faults of what was found in stories: all else can be made anew of it
}

// Verify makes the graph of a store anew, from what was found in its stories and its log of corrections, and compares it with what the store answers: fault is
// told whatever breaks an invariant. A store that is changed meanwhile has faults that are none. Rows are sorted on disk; a sketch of 256 bytes of each
// text, and the id of each story and entity, are held in memory. An error says that the store could not be read.
func Verify(ctx context.Context, r store.Reader, fault func(Fault), progress func(Progress)) (Checked, error) {
	dir, err := os.MkdirTemp("", "newsgraph-verify")
	if err != nil {
		return Checked{}, fmt.Errorf("verify: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // nothing can be done
	spooled := func() *spool { return &spool{dir: dir, held: 16 << 20} }
	v := &verifying{
		im: importer{ctx: ctx, o: Options{Progress: progress}}, ctx: ctx, r: r, tell: fault, records: spooled(), entities: spooled(), keys: spooled(), takes: spooled(), pieces: spooled(),
		texts: map[string]int{}, stories: map[string][]news.ID{}, mentioned: map[news.ID]int{},
	}
	defer func() {
		for _, s := range []*spool{v.records, v.entities, v.keys, v.takes, v.pieces} {
			s.close() //nolint:errcheck,gosec // they are read no more
		}
	}()
	v.im.sum.putting = time.Now()
	if err := v.rows(dir); err != nil {
		return v.checked, fmt.Errorf("verify: %w", err)
	}
	for _, step := range []func() error{v.walk, v.versions, v.groups, v.joinEntities, v.merge, v.compare, v.derived, v.counts} {
		err := step()
		if err != nil && ctx.Err() == nil && v.checked.Faults > 0 {
			// What cannot be read was told, row by row: questions that need it are not answered, and what they would show was compared by rows.
			return v.checked, nil
		}
		if err != nil {
			return v.checked, fmt.Errorf("verify: %w", err)
		}
	}
	return v.checked, nil
}

type verifying struct {
	im        importer // for its progress
	ctx       context.Context
	r         store.Reader
	tell      func(Fault)
	log       news.Log
	records   *spool         // by noun and id: what is to be there (subWant), and what is (subHas)
	entities  *spool         // by id: what stories say of each
	keys      *spool         // reports by what news.Merge tells them apart by
	takes     *spool         // by entity: that it is one, and the events in which it takes part
	pieces    *spool         // versions by piece
	texts     map[string]int // numbers of texts, then of their groups
	sketches  []news.Sketch
	stories   map[string][]news.ID // of each text
	mentioned map[news.ID]int      // by how many stories
	checked   Checked
}

const (
	subWant = "0"
	subHas  = "1"
)

func (v *verifying) fault(rule string, id news.ID, format string, args ...any) {
	v.checked.Faults++
	if slices.Contains([]string{RuleIDs, RuleSpans, RuleStory, RuleSaid, RuleNamed}, rule) {
		v.checked.Unsound++
	}
	v.tell(Fault{rule, string(id), fmt.Sprintf(format, args...)})
}

func encoded(x any) []byte {
	data, err := json.Marshal(x)
	if err != nil {
		panic(err) // plain structs of the domain
	}
	return data
}

// want notes that a record is to be there.
func (v *verifying) want(noun string, id news.ID, x any) error {
	return v.records.add(noun+" "+string(id), subWant, place{}, encoded(x))
}

// rows has an engine that is a file look at it, an index that is broken may answer well until it is written, and compare all its rows.
func (v *verifying) rows(dir string) error {
	if engine, ok := v.r.(interface {
		Sound(ctx context.Context, fault func(string)) error
	}); ok {
		if err := engine.Sound(v.ctx, func(says string) { v.fault(RuleFile, "", "%s", says) }); err != nil {
			return err
		}
	}
	if engine, ok := v.r.(interface {
		Rows(ctx context.Context, dir string, fault func(id, says string)) (unread int, err error)
	}); ok {
		var err error
		v.checked.Unread, err = engine.Rows(v.ctx, dir, func(id, says string) { v.fault(RuleRows, news.ID(id), "%s", says) })
		return err
	}
	return nil
}

// walk reads all records, and makes of what was found in each story what is to be there.
func (v *verifying) walk() error {
	all, err := v.r.Corrections(v.ctx)
	if err != nil {
		return err
	}
	v.log = news.NewLog(all)
	v.checked.Corrections = len(all)
	for _, c := range all {
		if err := c.Check(); err != nil {
			v.fault(RuleIDs, c.ID, "%v", err)
		}
		if err := v.want("correction", c.ID, c); err != nil {
			return err
		}
	}
	st, err := v.r.Stats(v.ctx)
	if err != nil {
		return err
	}
	var some []news.ID
	for r, err := range v.r.Records(v.ctx) {
		if err != nil {
			return err
		}
		noun, id, x := parts(r)
		if err := v.records.add(noun+" "+string(id), subHas, place{}, encoded(x)); err != nil {
			return err
		}
		switch noun {
		case "story":
			if some = append(some, id); len(some) == pageOfCopy {
				if err := v.found(some); err != nil {
					return err
				}
				some = some[:0]
				v.im.tell("stories", int64(v.checked.Stories), int64(st.Stories), v.im.sum.putting, false)
			}
		case "superseded":
			v.checked.Superseded++
			f := *r.Superseded
			v.reports(f)
			v.whole(f)
			if err := v.want(noun, id, store.SortFacts(f)); err != nil {
				return err
			}
			if err := v.piece(f.Story, "superseded"); err != nil {
				return err
			}
		}
	}
	return v.found(some)
}

// parts are the noun, the id and the thing of a record.
func parts(r store.Record) (string, news.ID, any) {
	switch {
	case r.Story != nil:
		return "story", r.Story.ID, r.Story
	case r.Entity != nil:
		return "entity", r.Entity.ID, r.Entity
	case r.Mention != nil:
		return "mention", r.Mention.ID, r.Mention
	case r.Report != nil:
		return "report", r.Report.ID, r.Report
	case r.Event != nil:
		return "event", r.Event.ID, r.Event
	case r.Quotation != nil:
		return "quotation", r.Quotation.ID, r.Quotation
	case r.Position != nil:
		return "position", r.Position.ID, r.Position
	case r.Superseded != nil:
		return "superseded", r.Superseded.Story.ID, r.Superseded
	case r.Told != nil:
		return "told", r.Told.Story.ID, r.Told
	default:
		return "correction", r.Correction.ID, r.Correction
	}
}

func (v *verifying) piece(s news.Story, where string) error {
	if s.Piece() == "" {
		if where == "superseded" {
			v.fault(RuleSuperseded, s.ID, "%s is superseded, and a version of nothing", s.ID)
		}
		return nil
	}
	s.Text = "" // its hash is enough
	return v.pieces.add(s.Piece(), where+" "+string(s.ID), place{}, encoded(s))
}

// whole looks at what one story says, whatever else there is.
func (v *verifying) whole(f news.Facts) {
	if why := storyFault(f.Story); why != "" {
		v.fault(RuleIDs, f.Story.ID, "%s", why)
	}
	reports := map[news.ID]bool{}
	for _, r := range f.Reports {
		reports[r.ID] = true
	}
	for _, one := range slices.Concat(factFaults(f), aboutFaults(f, reports)) {
		v.fault(one.Rule, news.ID(one.ID), "%s", one.Says)
	}
	told := map[news.ID]bool{}
	for _, e := range f.Entities {
		told[e.ID] = true
	}
	for _, id := range f.Named() {
		if !told[id] {
			v.fault(RuleNamed, f.Story.ID, "%s names %s, and does not tell what that is", f.Story.ID, id)
		}
	}
}

// reports looks at the ids of the reports of a story as they were found: a correction changes what a report tells, and not its id. Those of GDELT and of NGEC
// are of numbers that their coders give, which are not kept.
func (v *verifying) reports(f news.Facts) {
	if f.Story.Coded() && f.Story.Reader != CoderOfTables {
		return
	}
	for _, r := range f.Reports {
		if !reportID(r, len(f.Reports)) {
			v.fault(RuleIDs, r.ID, "%s is not the id of a report of %s by %q in %s: its trigger, its action or its story is another", r.ID, r.Action, r.Trigger.In(f.Story.Text), f.Story.ID)
		}
	}
}

// found makes of what was found in some stories the records that are to be there.
func (v *verifying) found(ids []news.ID) error {
	if len(ids) == 0 {
		return nil
	}
	facts, err := v.r.FactsByID(v.ctx, ids)
	if err != nil {
		return err
	}
	for _, told := range facts {
		now, err := v.log.Correct(told)
		if err != nil {
			return err
		}
		v.reports(told)
		if news.Changes(told, now) {
			v.whole(told)
			if err := v.want("told", told.Story.ID, store.SortFacts(told)); err != nil {
				return err
			}
		}
		v.whole(now)
		if err := v.expect(now); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifying) expect(f news.Facts) error {
	v.checked.Stories++
	v.checked.Reports += len(f.Reports)
	errs := []error{v.want("story", f.Story.ID, f.Story), v.piece(f.Story, "current")}
	if _, ok := v.texts[f.Story.TextHash]; !ok {
		v.texts[f.Story.TextHash] = len(v.sketches)
		v.sketches = append(v.sketches, news.SketchOf(f.Story))
	}
	v.stories[f.Story.TextHash] = append(v.stories[f.Story.TextHash], f.Story.ID)
	for _, e := range f.Entities {
		errs = append(errs, v.entities.add(string(e.ID), "", place{}, encoded(e)))
	}
	names := map[news.ID]bool{}
	for _, m := range f.Mentions {
		errs = append(errs, v.want("mention", m.ID, m))
		if !names[m.Entity] {
			names[m.Entity] = true
			v.mentioned[m.Entity]++
		}
	}
	for _, r := range f.Reports {
		errs = append(errs, v.want("report", r.ID, r), v.keys.add(r.Key(), "", place{}, encoded(r)))
	}
	for _, q := range f.Quotations {
		errs = append(errs, v.want("quotation", q.ID, q))
	}
	for _, p := range f.Positions {
		errs = append(errs, v.want("position", p.ID, p))
	}
	return errors.Join(errs...)
}

// versions looks at which versions of each piece are superseded.
func (v *verifying) versions() error {
	for rows, err := range v.pieces.groups(v.ctx) {
		if err != nil {
			return err
		}
		var all []news.Story
		where := map[news.ID]string{}
		for _, r := range rows {
			var s news.Story
			if err := json.Unmarshal(r.data, &s); err != nil {
				return err
			}
			all = append(all, s)
			where[s.ID], _, _ = strings.Cut(string(r.sub), " ")
		}
		_, by := news.Superseded(all)
		for _, s := range all {
			switch {
			case by[s.ID] != "" && where[s.ID] == "current":
				v.fault(RuleSuperseded, s.ID, "%s is in the graph, though %s supersedes it", s.ID, by[s.ID])
			case by[s.ID] == "" && where[s.ID] != "current":
				v.fault(RuleSuperseded, s.ID, "%s is superseded, and by no version that is there", s.ID)
			}
		}
	}
	return nil
}

// groups groups the texts, and looks at the copies of each story.
func (v *verifying) groups() error {
	hashes := make([]string, len(v.sketches))
	for hash, n := range v.texts {
		hashes[n] = hash
	}
	for group, of := range news.Parts(v.sketches) {
		var stories []news.ID
		for _, n := range of {
			v.texts[hashes[n]] = group
			stories = append(stories, v.stories[hashes[n]]...)
		}
		slices.Sort(stories)
		for ids := range slices.Chunk(stories, pageOfCopy) {
			pages, err := everyPage(ids, func(some []news.ID, p store.Paging) ([]store.Page[news.Story], error) {
				return v.r.CopiesOf(v.ctx, some, p)
			})
			if err != nil {
				return err
			}
			for i, id := range ids {
				var has []news.ID
				for _, s := range pages[i] {
					has = append(has, s.ID)
				}
				slices.Sort(has)
				if want := slices.DeleteFunc(slices.Clone(stories), func(o news.ID) bool { return o == id }); !slices.Equal(has, want) {
					v.fault(RuleCopies, id, "%s has the copies %v, and not %v", id, has, want)
				}
			}
		}
	}
	v.sketches, v.stories = nil, nil
	return nil
}

// everyPage reads the pages of some lists to their ends.
func everyPage[T any](ids []news.ID, list func([]news.ID, store.Paging) ([]store.Page[T], error)) ([][]T, error) {
	all := make([][]T, len(ids))
	const most = 500
	pages, err := list(ids, store.Paging{First: most})
	if err != nil {
		return nil, err
	}
	for i := range ids {
		for p := pages[i]; ; {
			for _, e := range p.Edges {
				all[i] = append(all[i], e.Node)
			}
			if !p.More {
				break
			}
			more, err := list(ids[i:i+1], store.Paging{First: most, After: p.Edges[len(p.Edges)-1].Cursor})
			if err != nil {
				return nil, err
			}
			p = more[0]
		}
	}
	return all, nil
}

// joinEntities makes each entity of what its stories say of it.
func (v *verifying) joinEntities() error {
	var e *news.Entity
	end := func() error {
		if e == nil {
			return nil
		}
		v.checked.Entities++
		return errors.Join(v.want("entity", e.ID, *e), v.takes.add(string(e.ID), subWant, place{}, nil))
	}
	for r, err := range v.entities.sorted(v.ctx) {
		if err != nil {
			return err
		}
		var said news.Entity
		if err := json.Unmarshal(r.data, &said); err != nil {
			return err
		}
		if e != nil && e.ID == said.ID {
			*e = news.JoinEntities(*e, said)
			continue
		}
		if err := end(); err != nil {
			return err
		}
		e = &said
	}
	return end()
}

// taken is an event as those who take part in it list it.
type taken struct {
	ID    news.ID
	At    string // by which it stands in the order of lists: later ones first
	From  string // of dated events
	To    string
	Whom  []news.ID // whom it is done to, by one who does it, where it counts for relations
	Does  string    // the action, likewise
	Claim bool
}

// reportsOf looks at the reports that events list, and at the ids that answer for them.
func (v *verifying) reportsOf(events []news.Event) error {
	ids := make([]news.ID, len(events))
	var forms []news.ID
	for i, e := range events {
		ids[i] = e.ID
		for _, r := range e.Reports {
			forms = append(forms, news.EventID(r))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	pages, err1 := everyPage(ids, func(some []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
		return v.r.ReportsOf(v.ctx, some, p)
	})
	answers, err2 := v.r.EventsByID(v.ctx, forms)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for i, e := range events {
		var has []news.ID
		for _, r := range pages[i] {
			has = append(has, r.ID)
		}
		if !slices.Equal(has, e.Reports) {
			v.fault(RuleEvents, e.ID, "%s lists the reports %v, and not %v", e.ID, has, e.Reports)
		}
		for _, r := range e.Reports {
			if form := news.EventID(r); answers[form].ID != e.ID {
				v.fault(RuleEvents, e.ID, "%s answers with the event %q, and not with %s, of which its report is", form, answers[form].ID, e.ID)
			}
		}
	}
	return nil
}

// merge makes the events.
func (v *verifying) merge() error {
	var some []news.Event
	for rows, err := range v.keys.groups(v.ctx) {
		if err != nil {
			return err
		}
		reports := make([]news.Report, len(rows))
		of := map[news.ID]news.Report{}
		for i, r := range rows {
			if err := json.Unmarshal(r.data, &reports[i]); err != nil {
				return err
			}
			of[reports[i].ID] = reports[i]
		}
		for _, e := range news.Merge(reports) {
			v.checked.Events++
			texts, published := map[int]bool{}, ""
			for _, id := range e.Reports {
				r := of[id]
				texts[v.texts[r.TextHash]] = true
				if days, _, err := news.ParseDate(r.Published); err == nil {
					published = max(published, days.From)
				}
			}
			e.Texts = len(texts)
			if err := v.want("event", e.ID, e); err != nil {
				return err
			}
			if some = append(some, e); len(some) == pageOfCopy {
				if err := v.reportsOf(some); err != nil {
					return err
				}
				some = some[:0]
			}
			t := taken{ID: e.ID, At: "0" + published}
			if e.When.Dated() {
				t.At, t.From, t.To = "1"+e.When.From, e.When.From, e.When.To
			}
			does := t
			if e.Told() {
				does.Does, does.Whom, does.Claim = e.Action, e.Entities(news.Target), e.Claim
			}
			seen := map[news.ID]bool{}
			sources := e.Entities(news.Source)
			for _, p := range e.Participants {
				if seen[p.Entity] {
					continue
				}
				seen[p.Entity] = true
				one := t
				if slices.Contains(sources, p.Entity) {
					one = does
				}
				if err := v.takes.add(string(p.Entity), subHas, place{}, encoded(one)); err != nil {
					return err
				}
			}
		}
	}
	return v.reportsOf(some)
}

// compare looks for records that are not as they are to be.
func (v *verifying) compare() error {
	for rows, err := range v.records.groups(v.ctx) {
		if err != nil {
			return err
		}
		noun, id, _ := strings.Cut(string(rows[0].key), " ")
		rule := cmp.Or(map[string]string{"event": RuleEvents, "entity": RuleEntities}[noun], RuleRecords)
		var want, has []byte
		for _, r := range rows {
			switch into := map[string]*[]byte{subWant: &want, subHas: &has}[string(r.sub)]; {
			case *into != nil:
				v.fault(RuleIDs, news.ID(id), "two are called %s", id)
			default:
				*into = r.data
			}
		}
		switch {
		case want == nil:
			v.fault(rule, news.ID(id), "%s is there, and nothing in the stories makes it", id)
		case has == nil:
			v.fault(rule, news.ID(id), "%s is not there, though the stories make it", id)
		case !bytes.Equal(want, has):
			at := 0
			for at < min(len(want), len(has)) && want[at] == has[at] {
				at++
			}
			at = max(0, at-40)
			v.fault(rule, news.ID(id), "%s is …%s, and should be …%s", id, brief(string(has[at:])), brief(string(want[at:])))
		}
	}
	return nil
}

// derived looks at the lists of events and the relations of each entity.
func (v *verifying) derived() error {
	type group struct {
		id   news.ID
		rows []row
	}
	var some []group
	settle := func() error {
		if len(some) == 0 {
			return nil
		}
		ids := make([]news.ID, len(some))
		for i, g := range some {
			ids[i] = g.id
		}
		events, err1 := everyPage(ids, func(of []news.ID, p store.Paging) ([]store.Page[news.Event], error) {
			return v.r.EventsOf(v.ctx, of, store.EventQuery{Paging: p})
		})
		relations, err2 := everyPage(ids, func(of []news.ID, p store.Paging) ([]store.Page[store.Relation], error) {
			return v.r.Relations(v.ctx, of, store.RelationQuery{Direction: store.Outgoing, Paging: p})
		})
		dated, err3 := everyPage(ids, func(of []news.ID, p store.Paging) ([]store.Page[store.Relation], error) {
			return v.r.Relations(v.ctx, of, store.RelationQuery{Direction: store.Outgoing, During: &news.Interval{From: "0001-01-01", To: "9999-12-31"}, Paging: p})
		})
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		for i, g := range some {
			if err := v.one(g.id, g.rows, events[i], relations[i], dated[i]); err != nil {
				return err
			}
		}
		some = some[:0]
		return nil
	}
	for rows, err := range v.takes.groups(v.ctx) {
		if err != nil {
			return err
		}
		if some = append(some, group{news.ID(rows[0].key), rows}); len(some) == pageOfCopy {
			if err := settle(); err != nil {
				return err
			}
		}
	}
	return settle()
}

// one compares what an entity takes part in with what the store lists.
func (v *verifying) one(id news.ID, rows []row, events []news.Event, relations, dated []store.Relation) error {
	var takes []taken
	for _, r := range rows {
		var t taken
		if string(r.sub) == subHas {
			if err := json.Unmarshal(r.data, &t); err != nil {
				return err
			}
			takes = append(takes, t)
		}
	}
	slices.SortFunc(takes, func(a, b taken) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID)) })
	var want, has []news.ID
	for _, t := range takes {
		want = append(want, t.ID)
	}
	for _, e := range events {
		has = append(has, e.ID)
	}
	if !slices.Equal(want, has) {
		n := 0
		for n < min(len(want), len(has)) && want[n] == has[n] {
			n++
		}
		v.fault(RuleLists, id, "%s has %d events in its list, and takes part in %d; they part at place %d", id, len(has), len(want), n+1)
	}
	v.checked.Relations += len(relations)
	v.relations(id, takes, relations)
	v.relations(id, slices.DeleteFunc(takes, func(t taken) bool { return t.From == "" }), dated)
	return nil
}

// relations compares relations of an entity with those that events, the latest first, add up to.
func (v *verifying) relations(id news.ID, takes []taken, relations []store.Relation) {
	sums := map[string]*store.Relation{}
	for _, t := range takes {
		for _, to := range t.Whom {
			key := string(to) + " " + t.Does
			r := sums[key]
			if r == nil {
				r = &store.Relation{From: id, To: to, Action: t.Does, Latest: t.ID}
				sums[key] = r
			}
			r.Count++
			if t.Claim {
				r.Claims++
			}
			if t.From != "" && (r.First == "" || t.From < r.First) {
				r.First = t.From
			}
			r.Last = max(r.Last, t.To)
		}
	}
	for _, r := range relations {
		key := string(r.To) + " " + r.Action
		switch sum := sums[key]; {
		case sum == nil:
			v.fault(RuleRelations, id, "%s %s %s %d times, and by no event that is told", id, r.Action, r.To, r.Count)
		case *sum != r:
			v.fault(RuleRelations, id, "%s %s %s is %+v, and should be %+v", id, r.Action, r.To, r, *sum)
		}
		delete(sums, key)
	}
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		v.fault(RuleRelations, id, "%s %s %s is not there, with %d events", id, sums[key].Action, sums[key].To, sums[key].Count)
	}
}

// counts compares the counts of the store, and the order of its list of entities.
func (v *verifying) counts() error {
	st, err := v.r.Stats(v.ctx)
	if err != nil {
		return err
	}
	c := v.checked
	for _, n := range []struct {
		of        string
		has, want int
	}{{"stories", st.Stories, c.Stories}, {"entities", st.Entities, c.Entities}, {"events", st.Events, c.Events}, {"reports", st.Reports, c.Reports}, {"superseded versions", st.Superseded, c.Superseded}} {
		if n.has != n.want {
			v.fault(RuleCounts, "", "the store counts %d %s, and there are %d", n.has, n.of, n.want)
		}
	}
	arrived := 0
	if err := everyStory(v.ctx, v.r, func(ids []news.ID) error {
		arrived += len(ids)
		return nil
	}); err != nil {
		return err
	}
	if arrived != c.Stories+c.Superseded {
		v.fault(RuleCounts, "", "%d stories came, and %d are there", arrived, c.Stories+c.Superseded)
	}
	var last *news.Entity
	for q := (store.EntityQuery{Paging: store.Paging{First: 500}}); ; {
		page, err := v.r.FindEntities(v.ctx, q)
		if err != nil {
			return err
		}
		for _, e := range page.Edges {
			if last != nil && cmp.Or(cmp.Compare(v.mentioned[e.Node.ID], v.mentioned[last.ID]), cmp.Compare(last.ID, e.Node.ID)) >= 0 {
				v.fault(RuleCounts, e.Node.ID, "%s, which %d stories mention, is listed after %s, which %d mention", e.Node.ID, v.mentioned[e.Node.ID], last.ID, v.mentioned[last.ID])
			}
			last = &e.Node
		}
		if !page.More {
			return nil
		}
		q.After = page.Edges[len(page.Edges)-1].Cursor
	}
}
