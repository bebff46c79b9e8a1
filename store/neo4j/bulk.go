package neo4j

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"newsgraph/news"
	"newsgraph/store"
)

// ImportArgs is the name of the file, beside those of a bulk export, that holds the arguments of the importer.
const ImportArgs = "import.args"

// BulkOptions say how to export.
type BulkOptions struct {
	Gzip     bool
	Progress func(done, total int) // is told the stories that are written, now and then
}

// Bulk counts what ExportBulk wrote.
type Bulk struct{ Stories, Nodes, Relations int }

// ExportBulk writes the graph of a store, of whatever kind, into an empty folder as the files that `neo4j-admin database import full` makes a
// database of: the same as if its stories and corrections had been put into a Neo4j one by one, save when they came within a second and what names a group of
// copies. Constraints and indexes are no files: Open makes them. Memory grows with the entities, and with the texts that have copies, but not with
// stories, reports and events. A store that changes meanwhile makes a graph that does not hold together.
func ExportBulk(ctx context.Context, r store.Reader, dir string, o BulkOptions) (done Bulk, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return done, fmt.Errorf("neo4j: export: the folder %s cannot be made: name one where this user may make it: %w", dir, err)
	}
	switch there, err := os.ReadDir(dir); {
	case err != nil:
		return done, fmt.Errorf("neo4j: export: the folder %s cannot be read: name another: %w", dir, err)
	case len(there) > 0:
		return done, fmt.Errorf("neo4j: export: the folder %s is not empty: name another folder, which is made if it is missing, or empty this one", dir)
	}
	b := newBulk(ctx, r, o)
	defer func() {
		for _, t := range b.tables() {
			err = errors.Join(err, t.close())
		}
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			err = fmt.Errorf("neo4j: export to %s: %w", dir, err)
		}
	}()
	for _, t := range b.tables() {
		if err := t.create(dir, o.Gzip); errors.Is(err, fs.ErrPermission) {
			return done, fmt.Errorf("this user may not write the folder: let it, or name another: %w", err)
		} else if err != nil {
			return done, err
		}
	}
	if err := b.all(); err != nil {
		return done, err
	}
	for _, t := range b.tables() {
		if err := t.close(); err != nil {
			return done, err
		}
		if strings.HasPrefix(t.flag, "--nodes") {
			b.done.Nodes += t.rows
		} else {
			b.done.Relations += t.rows
		}
	}
	return b.done, os.WriteFile(filepath.Join(dir, ImportArgs), b.args(), 0o644) //nolint:gosec // others may import it
}

// bulk is an export that goes on.
type bulk struct {
	ctx  context.Context
	r    store.Reader
	o    BulkOptions
	log  news.Log
	done Bulk

	label    map[string]string // the group of each text that has copies
	mentions map[news.ID]int   // the stories that mention each entity
	turns    int

	schema, stories, superseded, texts, entities, events, reports, mention, positions, quotations, corrections *table
	prints, mentioned, implied, reportIn, reportOf, saidBy, reportAbout, mentionIn, mentionOf, holds           *table
	positionIn, body, quotationIn, by, to, quotationOf, participants, eventAbout, relations, derived           *table
	statements, statementBy, statementIn, statementTo, topic                                                   *table
}

func newBulk(ctx context.Context, r store.Reader, o BulkOptions) *bulk {
	nodes := func(label, columns string) *table {
		t := &table{name: strings.ToLower(label) + ".csv", flag: "--nodes=" + label, whole: true, columns: columnsOf("id:ID(" + label + ") " + columns)}
		if label == "Entity" {
			t.flag = "--nodes"
		}
		return t
	}
	// Relations of the type that is given with each have typ empty.
	relations := func(name, typ, from, to, columns string) *table {
		t := &table{name: name + ".csv", flag: "--relationships", columns: columnsOf(from + " " + to + " " + columns)}
		if typ != "" {
			t.flag += "=" + typ
		}
		return t
	}
	text := "copies sketch:byte[]"
	for i := range bandCount {
		text += fmt.Sprintf(" band%d:long", i)
	}
	const sorted = " type action modality newest oldest wide to"
	return &bulk{
		ctx: ctx, r: r, o: o, label: map[string]string{}, mentions: map[news.ID]int{},

		schema: nodes("Schema", "version:long turns:long"),
		stories: nodes("Story", "headline byline publisher url language published from to text textHash reader how folded words newest wide record piece page "+
			"known:long loaded:datetime turn:long reports:long mentions:long quotations:long positions:long entities:long told"),
		superseded: nodes("Superseded", "headline publisher published url text textHash reader piece page known:long loaded:datetime turn:long record facts"),
		texts:      nodes("Text", text),
		entities: nodes("Entity", "label=:LABEL kind name aliases:string[] description wikidata iso2 iso3 country sector latitude:double longitude:double "+
			"count:long approximate:boolean source folded:string[] words:string[] called:string[] record stories:long rank"),
		events: nodes("Event", "key participants:string[] from precision when background:boolean told:boolean contexts:string[] texts:long claim:boolean matter relation record"+sorted),
		reports: nodes("Report", "story key type action from to precision when modality background:boolean sentence sentenceSpan:long[] trigger:long[] "+
			"confidence:double why words since until wide at canon record roles:string[] entities:string[] starts:long[] ends:long[] counted:string[] low:long[] "+
			"high:long[] whenSpan:long[] contexts:string[]"),
		mention:     nodes("Mention", "story entity start:long end:long form why at newest record"),
		positions:   nodes("Position", "story person body title status since until start:long end:long why begins ends newest record"),
		quotations:  nodes("Quotation", "story start:long end:long report at record"),
		corrections: nodes("Correction", "kind at by because of:string[] record"),

		prints:      relations("story-prints-text", "PRINTS", "id=:START_ID(Story)", "textHash=:END_ID(Text)", ""),
		mentioned:   relations("story-mentions-entity", "MENTIONS", "story=:START_ID(Story)", "entity=:END_ID(Entity)", "count:long first:long record"),
		implied:     relations("story-implies-entity", "IMPLIES", "story=:START_ID(Story)", "entity=:END_ID(Entity)", "record"),
		reportIn:    relations("report-in-story", "IN", "id=:START_ID(Report)", "story=:END_ID(Story)", ""),
		reportOf:    relations("report-of-event", "OF", "report=:START_ID(Report)", "event=:END_ID(Event)", "event canon"),
		saidBy:      relations("report-said-by-entity", "SAID_BY", "report=:START_ID(Report)", "entity=:END_ID(Entity)", "n:long"),
		reportAbout: relations("report-about-report", "ABOUT", "from=:START_ID(Report)", "to=:END_ID(Report)", ""),
		mentionIn:   relations("mention-in-story", "IN", "id=:START_ID(Mention)", "story=:END_ID(Story)", ""),
		mentionOf:   relations("mention-of-entity", "OF", "id=:START_ID(Mention)", "entity=:END_ID(Entity)", ""),
		holds:       relations("entity-holds-position", "HOLDS", "person=:START_ID(Entity)", "id=:END_ID(Position)", ""),
		positionIn:  relations("position-in-story", "IN", "id=:START_ID(Position)", "story=:END_ID(Story)", ""),
		body:        relations("position-in-entity", "IN", "id=:START_ID(Position)", "body=:END_ID(Entity)", ""),
		quotationIn: relations("quotation-in-story", "IN", "id=:START_ID(Quotation)", "story=:END_ID(Story)", ""),
		by:          relations("quotation-by-entity", "BY", "quotation=:START_ID(Quotation)", "entity=:END_ID(Entity)", ""),
		to:          relations("quotation-to-entity", "TO", "quotation=:START_ID(Quotation)", "entity=:END_ID(Entity)", ""),
		quotationOf: relations("quotation-of-event", "OF", "quotation=:START_ID(Quotation)", "event=:END_ID(Event)", ""),
		eventAbout:  relations("event-about-event", "ABOUT", "from=:START_ID(Event)", "to=:END_ID(Event)", ""),
		relations: relations("entity-relation-entity", "RELATION", "from=:START_ID(Entity)", "to=:END_ID(Entity)",
			"id latest source target action count:long claims:long first last newest rank"),
		participants: relations("event-participant-entity", "", "event=:START_ID(Event)", "entity=:END_ID(Entity)", "role=:TYPE entity"+sorted),
		statements: &table{
			name: "statement.csv", flag: "--nodes=Statement", whole: true,
			columns: columnsOf("n=:ID(Statement) speaker start:long end:long quotation report newest until record"),
		},
		statementBy: relations("statement-by-entity", "BY", "n=:START_ID(Statement)", "speaker=:END_ID(Entity)", ""),
		statementIn: relations("statement-in-story", "IN", "n=:START_ID(Statement)", "story=:END_ID(Story)", ""),
		statementTo: relations("statement-to-entity", "TO", "n=:START_ID(Statement)", "entity=:END_ID(Entity)", "speaker entity newest until"),
		topic:       relations("statement-topic-entity", "TOPIC", "n=:START_ID(Statement)", "entity=:END_ID(Entity)", "speaker entity newest until"),
		derived:     relations("entity-derived-entity", "", "from=:START_ID(Entity)", "to=:END_ID(Entity)", "type=:TYPE on event by:string[]"),
	}
}

func (b *bulk) tables() []*table {
	return []*table{
		b.schema, b.stories, b.superseded, b.texts, b.entities, b.events, b.reports, b.mention, b.positions, b.quotations, b.corrections,
		b.prints, b.mentioned, b.implied, b.reportIn, b.reportOf, b.saidBy, b.reportAbout, b.mentionIn, b.mentionOf, b.holds,
		b.positionIn, b.body, b.quotationIn, b.by, b.to, b.quotationOf, b.participants, b.eventAbout, b.relations, b.derived,
		b.statements, b.statementBy, b.statementIn, b.statementTo, b.topic,
	}
}

// args are the importer's arguments, a line each: all that says what the files are.
func (b *bulk) args() []byte {
	var out bytes.Buffer
	longest := 0
	for _, t := range b.tables() {
		longest = max(longest, t.longest)
	}
	// Nothing may be left out, and the importer must hold a whole row.
	fmt.Fprintf(&out, "--id-type=string\n--array-delimiter=U+FDD0\n--multiline-fields=true\n--bad-tolerance=0\n--read-buffer-size=%d\n", max(4<<20, 2*longest))
	for _, t := range b.tables() {
		if t.rows > 0 {
			fmt.Fprintf(&out, "%s=%s\n", t.flag, t.name)
		}
	}
	return out.Bytes()
}

func (b *bulk) all() error {
	corrections, err := b.r.Corrections(b.ctx)
	if err != nil {
		return err
	}
	b.log = news.NewLog(corrections)
	for _, c := range corrections {
		if err := b.corrections.write(correctionRow(c)); err != nil {
			return err
		}
	}
	st, err := b.r.Stats(b.ctx)
	if err != nil {
		return err
	}
	// What comes next is read while what came is written.
	const some = 100 // arrivals at a time
	pages := make(chan arrived, 1)
	work, ctx := errgroup.WithContext(b.ctx)
	work.Go(func() error {
		defer close(pages)
		return store.EveryStory(ctx, b.r, some, func(versions []store.Version) error {
			told, err := b.told(ctx, versions)
			if err != nil {
				return err
			}
			select {
			case pages <- arrived{versions, told}:
			case <-ctx.Done():
			}
			return ctx.Err()
		})
	})
	work.Go(func() error {
		for p := range pages {
			if err := b.page(p); err != nil {
				return err
			}
			b.done.Stories += len(p.versions)
			if b.o.Progress != nil {
				b.o.Progress(b.done.Stories, st.Stories+st.Superseded)
			}
		}
		return nil
	})
	if err := work.Wait(); err != nil {
		return err
	}
	if err := b.allEntities(); err != nil {
		return err
	}
	return b.schema.write(map[string]any{"id": "newsgraph", "version": layout, "turns": b.turns})
}

// fill writes rows, each into several tables.
func fill(rows []map[string]any, into ...*table) error {
	for _, row := range rows {
		for _, t := range into {
			if err := t.write(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrived are some stories with all that was found in them.
type arrived struct {
	versions []store.Version
	told     map[news.ID]news.Facts
}

// told reads what was found in some stories.
func (b *bulk) told(ctx context.Context, versions []store.Version) (map[news.ID]news.Facts, error) {
	ids := make([]news.ID, len(versions))
	for i, v := range versions {
		ids[i] = v.Story.ID
	}
	found, err := b.r.FactsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	if len(found) < len(ids) {
		return nil, errors.New("stories went while the store was read: export it again when nobody changes it")
	}
	told := make(map[news.ID]news.Facts, len(found))
	for _, f := range found {
		told[f.Story.ID] = f
	}
	return told, nil
}

// page writes some stories with all that was found in them, and the events that begin in them.
func (b *bulk) page(p arrived) error {
	var current []news.Facts
	for _, v := range p.versions {
		b.turns++
		f, at := p.told[v.Story.ID], came{v.Loaded.UTC(), b.turns}
		if v.SupersededBy != "" {
			if err := b.superseded.write(supersededRow(f, at)); err != nil {
				return err
			}
			continue
		}
		now, err := b.log.Correct(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Story.ID, err)
		}
		if err := b.story(f, now, at); err != nil {
			return err
		}
		current = append(current, now)
	}
	if err := b.group(current); err != nil {
		return err
	}
	return b.happened(current)
}

// story writes a story with what was found in it, as the log makes that of what was told.
func (b *bulk) story(told, now news.Facts, at came) error {
	row := storyRow(now, at)
	if news.Changes(told, now) {
		all := store.SortFacts(told)
		all.Story = news.Story{}
		row["told"] = record(all)
	}
	mentions, mentioned, implied := mentionRows(now)
	for _, m := range mentioned {
		b.mentions[news.ID(m["entity"].(string))]++
	}
	reports, speakers, abouts := reportRows(now)
	quotations, by, to := quotationRows(now)
	positions, bodies := positionRows(now)
	return errors.Join(
		fill([]map[string]any{row}, b.stories, b.prints),
		fill(mentions, b.mention, b.mentionIn, b.mentionOf), fill(mentioned, b.mentioned), fill(implied, b.implied),
		fill(reports, b.reports, b.reportIn), fill(speakers, b.saidBy), fill(abouts, b.reportAbout),
		fill(quotations, b.quotations, b.quotationIn), fill(by, b.by), fill(to, b.to),
		fill(positions, b.positions, b.positionIn, b.holds), fill(bodies, b.body), b.said(now),
	)
}

// said writes the statements of a story, which have no ids of their own but for the importer.
func (b *bulk) said(f news.Facts) error {
	for k, said := range f.Statements() {
		row := statementRow(said, f.Story)
		n := row["statement"].(map[string]any)
		n["n"] = fmt.Sprint(f.Story.ID, " ", k)
		of := map[string]any{"n": n["n"], "speaker": n["speaker"], "story": row["story"]}
		if err := errors.Join(b.statements.write(n), b.statementBy.write(of), b.statementIn.write(of)); err != nil {
			return err
		}
		for name, t := range map[string]*table{"to": b.statementTo, "topics": b.topic} {
			for _, id := range row[name].([]string) {
				at := map[string]any{"n": n["n"], "entity": id, "speaker": n["speaker"], "newest": n["newest"], "until": n["until"]}
				if err := t.write(at); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// group writes the texts of stories with their groups. Only those that have copies are remembered: any other text is printed by one story.
func (b *bulk) group(stories []news.Facts) error {
	ids := make([]news.ID, len(stories))
	for i, f := range stories {
		ids[i] = f.Story.ID
	}
	pages, err := b.r.CopiesOf(b.ctx, ids, store.Paging{First: 1})
	if err != nil {
		return err
	}
	for i, f := range stories {
		hash := f.Story.TextHash
		if _, written := b.label[hash]; written {
			continue
		}
		if err := b.text(f.Story, hash); err != nil {
			return err
		}
		if len(pages[i].Edges) == 0 {
			continue
		}
		b.label[hash] = hash
		if err := b.copies(ids[i], hash); err != nil {
			return err
		}
	}
	return nil
}

// text writes the text of a story in a group.
func (b *bulk) text(s news.Story, label string) error {
	return b.texts.write(textRow(text{id: s.TextHash, copies: label, sketch: news.SketchOf(s)}))
}

// copies writes the texts of the copies of a story, as of its group.
func (b *bulk) copies(story news.ID, label string) error {
	for p := (store.Paging{First: 100}); ; {
		pages, err := b.r.CopiesOf(b.ctx, []news.ID{story}, p)
		if err != nil {
			return err
		}
		for _, e := range pages[0].Edges {
			if _, written := b.label[e.Node.TextHash]; written {
				continue
			}
			b.label[e.Node.TextHash] = label
			if err := b.text(e.Node, label); err != nil {
				return err
			}
		}
		if !pages[0].More {
			return nil
		}
		p.After = pages[0].Edges[len(pages[0].Edges)-1].Cursor
	}
}

// eventOf is the id by which the event of a report is asked for: it is the event's own if the report is its first.
func eventOf(report news.ID) news.ID {
	return "event:" + news.ID(strings.TrimPrefix(string(report), "report:"))
}

// happened writes which events the reports of stories are of, and the events whose first report is among them.
func (b *bulk) happened(stories []news.Facts) error {
	here := map[news.ID]news.Report{}
	var asked []news.ID
	for _, f := range stories {
		for _, r := range f.Reports {
			here[r.ID] = r
			asked = append(asked, eventOf(r.ID))
		}
	}
	events, err := b.r.EventsByID(b.ctx, asked)
	if err != nil {
		return err
	}
	var own []news.Event
	var others []news.ID
	for _, f := range stories {
		for _, r := range f.Reports {
			e, ok := events[eventOf(r.ID)]
			if !ok {
				return fmt.Errorf("%s is of no event: newsgraph verify tells what is wrong with the store", r.ID)
			}
			if err := b.reportOf.write(map[string]any{"report": string(r.ID), "event": string(e.ID), "canon": store.ReportKey(r)}); err != nil {
				return err
			}
			if e.ID != eventOf(r.ID) {
				continue
			}
			own = append(own, e)
			for _, id := range e.Reports {
				if _, ok := here[id]; !ok {
					others = append(others, id)
				}
			}
		}
		for _, q := range f.Quotations {
			if q.Report == "" {
				continue
			}
			if e, ok := events[eventOf(q.Report)]; ok {
				if err := b.quotationOf.write(map[string]any{"quotation": string(q.ID), "event": string(e.ID)}); err != nil {
					return err
				}
			}
		}
	}
	elsewhere, err := b.r.ReportsByID(b.ctx, others)
	if err != nil {
		return err
	}
	var missing []news.ID
	for _, r := range elsewhere {
		here[r.ID] = r
		for _, a := range r.About {
			if id := eventOf(a.Report); events[id].ID == "" {
				missing = append(missing, id)
			}
		}
	}
	more, err := b.r.EventsByID(b.ctx, missing)
	if err != nil {
		return err
	}
	for id, e := range more {
		events[id] = e
	}
	for _, e := range own {
		if err := b.event(e, here, events); err != nil {
			return err
		}
	}
	return nil
}

// event writes an event, who takes part, what it is about, and what is derived from it.
func (b *bulk) event(e news.Event, reports map[news.ID]news.Report, events map[news.ID]news.Event) error {
	published := ""
	var abouts []news.ID
	for _, id := range e.Reports {
		r := reports[id]
		published = max(published, dayOf(r.Published))
		for _, a := range r.About {
			if about := events[eventOf(a.Report)].ID; about != "" && about != e.ID {
				abouts = append(abouts, about)
			}
		}
	}
	sorting, typ := sortingOf(e, published), relationType(e)
	if err := b.events.write(eventRow(e, keyOf(reports[e.Reports[0]]), typ, sorting)); err != nil {
		return err
	}
	for _, about := range unique(abouts) {
		if err := b.eventAbout.write(map[string]any{"from": string(e.ID), "to": string(about)}); err != nil {
			return err
		}
	}
	for _, p := range e.Participants {
		row := sorting.row()
		row["event"], row["entity"], row["role"] = string(e.ID), string(p.Entity), string(p.Role)
		if err := b.participants.write(row); err != nil {
			return err
		}
	}
	for _, r := range derive(e, typ) {
		if err := b.derived.write(r.row()); err != nil {
			return err
		}
	}
	return nil
}

// allEntities writes the entities and the kept relations of each.
func (b *bulk) allEntities() error {
	for q := (store.EntityQuery{Paging: store.Paging{First: 500}}); ; {
		page, err := b.r.FindEntities(b.ctx, q)
		if err != nil {
			return err
		}
		var ids []news.ID
		for _, edge := range page.Edges {
			e, n := edge.Node, b.mentions[edge.Node.ID]
			row := entityRow(e)
			row["label"] = "Entity" + listDelimiter + label(e.Kind)
			row["stories"], row["rank"] = n, fmt.Sprintf("%010d %s", 9999999999-n, e.ID)
			if err := b.entities.write(row); err != nil {
				return err
			}
			ids = append(ids, e.ID)
		}
		if err := b.kept(ids); err != nil {
			return err
		}
		if !page.More {
			return nil
		}
		q.After = page.Edges[len(page.Edges)-1].Cursor
	}
}

// kept writes the relations that begin at entities.
func (b *bulk) kept(sources []news.ID) error {
	q := store.RelationQuery{Direction: store.Outgoing, Paging: store.Paging{First: 200}}
	for some := range slices.Chunk(sources, 50) {
		pages, err := b.r.Relations(b.ctx, some, q)
		if err != nil {
			return err
		}
		for i, page := range pages {
			for next := q; ; {
				if err := b.sums(page); err != nil {
					return err
				}
				if !page.More {
					break
				}
				next.After = page.Edges[len(page.Edges)-1].Cursor
				more, err := b.r.Relations(b.ctx, some[i:i+1], next)
				if err != nil {
					return err
				}
				page = more[0]
			}
		}
	}
	return nil
}

func (b *bulk) sums(page store.Page[store.Relation]) error {
	var latest []news.ID
	for _, e := range page.Edges {
		latest = append(latest, e.Node.Latest)
	}
	events, err := b.r.EventsByID(b.ctx, latest)
	if err != nil {
		return err
	}
	for _, edge := range page.Edges {
		r := edge.Node
		e, published := events[r.Latest], ""
		if !e.When.Dated() {
			reports, err := b.r.ReportsByID(b.ctx, e.Reports)
			if err != nil {
				return err
			}
			for _, one := range reports {
				published = max(published, dayOf(one.Published))
			}
		}
		row := pair{r.From, r.To, r.Action}.row(sum{r.First, r.Last, sortingOf(e, published).newest, r.Count, r.Claims})
		row["from"], row["to"] = string(r.From), string(r.To)
		if err := b.relations.write(row); err != nil {
			return err
		}
	}
	return nil
}
