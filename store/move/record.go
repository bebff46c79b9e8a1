package move

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// The rows of a story in the spool, by their sub, in the order in which they are read.
const (
	subWhole   = "0" // all of its facts
	subStory   = "1"
	subMissing = "2" // the id of an entity that something names and no row tells
	subEntity  = "3"
	subFact    = "4"
)

// The rows of an entity in the spool: its own, then a row for each story that names it, with the story's id after the sub.
const (
	subNamed = "0"
	subNames = "1"
)

// correction is a correction with its row.
type correction struct {
	news.Correction
	at   place
	data []byte
}

// record takes a line of an export.
func (im *importer) record(at place, line []byte) error {
	var r store.Record
	err := json.Unmarshal(line, &r)
	noun := ""
	if err == nil {
		noun = r.Noun()
	}
	if noun != "begin" && noun != "end" {
		im.frame.line(line)
		if noun != "" {
			im.frame.known++
		}
	}
	switch {
	case err != nil:
		return im.reject(at, line, "it is no record of an export: %v", err)
	case noun == "":
		return im.reject(at, line, `it is no record of an export, which is {"NOUN": {...}}, of one noun: story, entity, mention, report, event, quotation, position, superseded, told, correction; begin and end`)
	case noun == "begin":
		if r.Begin.Form > store.ExportForm {
			return fmt.Errorf("%w: it is an export of a newer version of this program, of form %d, and this one reads up to %d: use that version", ErrForm, r.Begin.Form, store.ExportForm)
		}
		if err := im.whole(at.file); err != nil { // of several, one behind the other
			return err
		}
		im.frame = begun(line)
		return nil
	case noun == "end":
		return im.ends(at, *r.End)
	}
	fact := func(f news.Facts, story news.ID) error {
		for _, id := range f.Named() {
			if err := im.names.add(string(id), subNames+string(story), at, nil); err != nil {
				return err
			}
		}
		return im.stories.add(string(story), subFact, at, line)
	}
	whole := r.Superseded
	if whole == nil {
		whole = r.Told
	}
	switch {
	case r.Story != nil:
		if why := storyFault(*r.Story); why != "" {
			return im.reject(at, line, "%s", why)
		}
		return im.stories.add(string(r.Story.ID), subStory, at, line)
	case whole != nil:
		if why := wholeFault(*whole); why != "" {
			return im.reject(at, line, "%s", why)
		}
		return im.stories.add(string(whole.Story.ID), subWhole, at, line)
	case r.Entity != nil:
		return im.names.add(string(r.Entity.ID), subNamed, at, line)
	case r.Mention != nil:
		return fact(news.Facts{Mentions: []news.Mention{*r.Mention}}, r.Mention.Story)
	case r.Report != nil:
		return fact(news.Facts{Reports: []news.Report{*r.Report}}, r.Report.Story)
	case r.Quotation != nil:
		return fact(news.Facts{Quotations: []news.Quotation{*r.Quotation}}, r.Quotation.Story)
	case r.Position != nil:
		return fact(news.Facts{Positions: []news.Position{*r.Position}}, r.Position.Story)
	case r.Correction != nil:
		if err := r.Correction.Check(); err != nil {
			return im.reject(at, line, "%v", err)
		}
		im.corrections = append(im.corrections, correction{*r.Correction, at, bytes.Clone(line)})
	}
	return nil // an event is made anew
}

// wholeFault is why facts that are kept whole cannot be put; empty if they can.
func wholeFault(f news.Facts) string {
	if why := storyFault(f.Story); why != "" {
		return why
	}
	if _, err := store.Prepare([]news.Facts{f}); err != nil {
		return err.Error()
	}
	for _, fault := range factFaults(f) {
		return fault.Says
	}
	return ""
}

// joinNames gives each story the entities that it names.
func (im *importer) joinNames() error {
	var entity row
	var story string
	named, told := true, false
	end := func() error {
		if told && !named {
			return im.reject(entity.place, entity.data, "no other row names %s", entity.key)
		}
		return nil
	}
	var key []byte
	for r, err := range im.names.sorted(im.ctx) {
		if err != nil {
			return err
		}
		if !bytes.Equal(r.key, key) {
			if err := end(); err != nil {
				return err
			}
			key, story, named, told = r.key, "", false, false
		}
		if string(r.sub) == subNamed {
			if told {
				if err := im.reject(r.place, r.data, "%s stands there twice: in line %d too", r.key, entity.place.line); err != nil {
					return err
				}
				continue
			}
			entity, told = r, true
			continue
		}
		named = true
		of := string(r.sub[len(subNames):])
		if of == story {
			continue
		}
		story = of
		if told {
			err = im.stories.add(of, subEntity, entity.place, entity.data)
		} else {
			err = im.stories.add(of, subMissing, r.place, r.key)
		}
		if err != nil {
			return err
		}
	}
	return end()
}

// recorded are the facts of the rows of one story of an export.
func (m *made) recorded(rows []row) (f news.Facts, there bool) {
	missing := map[news.ID]bool{}
	var facts []row
	for _, r := range rows {
		var one store.Record
		sub := string(r.sub)
		if sub != subMissing {
			if err := json.Unmarshal(r.data, &one); err != nil {
				m.reject([]row{r}, err.Error()) // it could be read before
				continue
			}
		}
		switch sub {
		case subWhole: // what else there is of the story is what corrections make of it
			if one.Superseded != nil {
				return *one.Superseded, true
			}
			return *one.Told, true
		case subStory:
			if there {
				m.reject([]row{r}, fmt.Sprintf("%s stands there twice", one.Story.ID))
				continue
			}
			f.Story, there = *one.Story, true
		case subMissing:
			missing[news.ID(r.data)] = true
		case subEntity:
			f.Entities = append(f.Entities, *one.Entity)
		default:
			facts = append(facts, r)
		}
	}
	if !there {
		m.reject(facts, fmt.Sprintf("its story, %s, is not there, or was left out", rows[0].key))
		return f, false
	}
	type said struct {
		news.Facts
		row
	}
	var all []said
	told := map[news.ID]bool{}
	for _, r := range facts {
		var one store.Record
		if err := json.Unmarshal(r.data, &one); err != nil {
			m.reject([]row{r}, err.Error())
			continue
		}
		var alone news.Facts
		alone.Story = f.Story
		switch {
		case one.Mention != nil:
			alone.Mentions = append(alone.Mentions, *one.Mention)
		case one.Report != nil:
			alone.Reports = append(alone.Reports, *one.Report)
		case one.Quotation != nil:
			alone.Quotations = append(alone.Quotations, *one.Quotation)
		case one.Position != nil:
			alone.Positions = append(alone.Positions, *one.Position)
		}
		unknown := slices.DeleteFunc(alone.Named(), func(id news.ID) bool { return !missing[id] })
		faults := factFaults(alone)
		switch {
		case len(unknown) > 0:
			m.reject([]row{r}, fmt.Sprintf("no row tells the entity %s", unknown[0]))
			continue
		case len(faults) > 0:
			m.reject([]row{r}, faults[0].Says)
			continue
		}
		for _, r := range alone.Reports {
			told[r.ID] = true
		}
		all = append(all, said{alone, r})
	}
	for left := true; left; { // what is about a report that is left out is left out too
		left = false
		all = slices.DeleteFunc(all, func(s said) bool {
			faults := aboutFaults(s.Facts, told)
			if len(faults) == 0 {
				return false
			}
			left = true
			delete(told, s.Reports[0].ID)
			m.reject([]row{s.row}, faults[0].Says)
			return true
		})
	}
	kept := map[news.ID]bool{}
	for _, s := range all {
		alone := s.Facts
		for _, id := range alone.Named() {
			kept[id] = true
		}
		for _, id := range idsIn(alone) {
			m.tells(id, s.row)
		}
		f.Mentions, f.Reports = append(f.Mentions, alone.Mentions...), append(f.Reports, alone.Reports...)
		f.Quotations, f.Positions = append(f.Quotations, alone.Quotations...), append(f.Positions, alone.Positions...)
	}
	f.Entities = slices.DeleteFunc(f.Entities, func(e news.Entity) bool { return !kept[e.ID] })
	return f, true
}

// correct adds the corrections to the log. What undoes one that is neither there nor in the store is left out.
func (im *importer) correct(s store.Corrector) error {
	if len(im.corrections) == 0 {
		return nil
	}
	reader, ok := s.(store.Reader)
	if !ok {
		return fmt.Errorf("import corrections: %w", store.ErrUnavailable)
	}
	there, err := reader.Corrections(im.ctx)
	if err != nil {
		return err
	}
	log := news.NewLog(there)
	for left := true; left; {
		left = false
		known := map[news.ID]bool{}
		for _, c := range im.corrections {
			known[c.ID] = true
		}
		im.corrections = slices.DeleteFunc(im.corrections, func(c correction) bool {
			if _, there := log.ByID(c.Undoes); c.Kind != news.Undo || there || known[c.Undoes] {
				return false
			}
			left = true
			err = im.reject(c.at, c.data, "it undoes %s, which is neither there nor in the store", c.Undoes)
			return true
		})
		if err != nil {
			return err
		}
	}
	var all []news.Correction
	counted := map[news.ID]bool{}
	for _, c := range im.corrections {
		if _, _, err := store.CheckCorrections(log, []news.Correction{c.Correction}); err != nil && c.Kind != news.Undo {
			if err := im.reject(c.at, c.data, "%v", err); err != nil {
				return err
			}
			continue
		}
		if _, there := log.ByID(c.ID); !there && !counted[c.ID] {
			counted[c.ID] = true
			im.sum.Corrections++
		}
		all = append(all, c.Correction)
	}
	_, err = s.Correct(im.ctx, all)
	return err
}

// Fault is something that breaks an invariant.
type Fault struct {
	Rule string `json:"rule"` // the invariant, in a word or two
	ID   string `json:"id"`   // what breaks it
	Says string `json:"says"` // how
}

// storyFault is why a story is not what its id tells; empty if it is.
func storyFault(s news.Story) string {
	same := s
	same.Identify()
	switch {
	case same.ID != s.ID:
		return fmt.Sprintf("%s is not the id of what it says, which is %s: its publisher, url, date, headline or text was another when it was loaded: %q", s.ID, same.ID, brief(s.Headline+" "+s.Text))
	case same.TextHash != s.TextHash:
		return fmt.Sprintf("%s has the hash %q of its text, which should be %s", s.ID, s.TextHash, same.TextHash)
	}
	if _, _, err := news.ParseDate(s.Published); s.Published != "" && err != nil {
		return fmt.Sprintf("%s: published: %v", s.ID, err)
	}
	return ""
}

// reportID tells that a report has the id of its story, trigger and action. Which of those that one trigger makes it is, is not kept: it is one of most.
func reportID(r news.Report, most int) bool {
	for n := range most {
		if news.ReportID(r.Story, r.Trigger, r.Action, n) == r.ID {
			return true
		}
	}
	return false
}

// The invariants of what stands in one story.
const (
	RuleIDs   = "ids"
	RuleSpans = "spans"
	RuleStory = "of its story"
	RuleSaid  = "reports" // a report tells of days that there are, and in a modality that there is
)

// factFaults are what breaks the invariants of what a story says, whichever of it is there.
func factFaults(f news.Facts) []Fault {
	var all []Fault
	fault := func(rule string, id news.ID, format string, args ...any) {
		all = append(all, Fault{rule, string(id), fmt.Sprintf(format, args...)})
	}
	index := news.NewIndex(f.Story.Text)
	within := func(id news.ID, what string, s news.Span) bool {
		if s == (news.Span{}) {
			return true
		}
		if s.Start < 0 || s.End > len(f.Story.Text) || s.Start > s.End || index.Span(s.Start, s.End) != s {
			fault(RuleSpans, id, "%s: its %s, %d to %d, is no part of the text of %s, which has %d bytes", id, what, s.Start, s.End, f.Story.ID, len(f.Story.Text))
			return false
		}
		return true
	}
	ours := func(id, story news.ID) {
		if story != f.Story.ID {
			fault(RuleStory, id, "%s belongs to %s, and not to %s", id, story, f.Story.ID)
		}
	}
	for _, m := range f.Mentions {
		ours(m.ID, m.Story)
		if want := news.MentionID(m.Story, m.Span); m.ID != want {
			fault(RuleIDs, m.ID, "%s is not the id of the mention there, which is %s", m.ID, want)
		}
		within(m.ID, "span", m.Span)
	}
	for _, q := range f.Quotations {
		ours(q.ID, q.Story)
		if want := news.QuotationID(q.Story, q.Span); q.ID != want {
			fault(RuleIDs, q.ID, "%s is not the id of the quotation there, which is %s", q.ID, want)
		}
		within(q.ID, "span", q.Span)
	}
	for _, p := range f.Positions {
		ours(p.ID, p.Story)
		within(p.ID, "span", p.Span)
		if p.Published != f.Story.Published {
			fault(RuleStory, p.ID, "%s was published %q, and its story %q", p.ID, p.Published, f.Story.Published)
		}
	}
	for _, r := range f.Reports {
		ours(r.ID, r.Story)
		if err := r.Check(); err != nil {
			fault(RuleSaid, r.ID, "%v", err)
		}
		within(r.ID, "trigger", r.Trigger)
		within(r.ID, "date", r.When.Span)
		for _, p := range r.Participants {
			within(r.ID, "participant "+string(p.Entity), p.Span)
		}
		if within(r.ID, "sentence", r.SentenceSpan) && r.SentenceSpan.In(f.Story.Text) != r.Sentence {
			fault(RuleSpans, r.ID, "%s: its sentence %q is not what the text says there, %q", r.ID, brief(r.Sentence), brief(r.SentenceSpan.In(f.Story.Text)))
		}
		if r.TextHash != f.Story.TextHash || r.Published != f.Story.Published {
			fault(RuleStory, r.ID, "%s is of the text %s published %q, and its story %s of %s published %q", r.ID, r.TextHash, r.Published, f.Story.ID, f.Story.TextHash, f.Story.Published)
		}
	}
	return all
}

// aboutFaults are the reports that are about one that the story does not tell.
func aboutFaults(f news.Facts, told map[news.ID]bool) (all []Fault) {
	for _, r := range f.Reports {
		for _, a := range r.About {
			if !told[a.Report] {
				all = append(all, Fault{RuleStory, string(r.ID), fmt.Sprintf("%s is about %s, which %s does not tell, or which was left out", r.ID, a.Report, f.Story.ID)})
			}
		}
	}
	return all
}

func brief(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
