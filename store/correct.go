package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsgraph/news"
)

// ErrCorrection says that a correction cannot be made as it is asked for: what it names is not there, or it changes nothing.
var ErrCorrection = errors.New("no correction")

// ErrUnknown is an ErrCorrection too: what is to be corrected is not there, or no longer under the id that names it.
var ErrUnknown = fmt.Errorf("%w: unknown", ErrCorrection)

// unknown is an error that is ErrUnknown.
type unknown struct{ error }

func (u unknown) Unwrap() error        { return u.error }
func (u unknown) Is(target error) bool { return target == ErrUnknown }

// Corrector keeps the log of corrections.
type Corrector interface {
	// Correct adds corrections to the log, and changes the stories that they concern, in one transaction: it is as if all stories had been put with
	// the log as it is now. Those that are there already change nothing, and one that stands twice counts once. It returns how many stories were changed. A correction that
	// its Check refuses, or that undoes what is neither in the log nor among them, is an error.
	Correct(ctx context.Context, some []news.Correction) (int, error)
}

// Asked is a correction as a person asks for it, by the ids that things have now.
type Asked struct {
	Kind    news.CorrectionKind
	Of      []news.ID // entities, of a merge the one that stays first; an event or reports; a correction to undo; a story to pin
	Stories []news.ID // of a split: those that mean the other
	Name    string    // of RENAME and SPLIT
	As      string    // of RETYPE: a kind of entities, or an action
	Date    string    // of REDATE
	By      string
	Because string
}

// CheckCorrections refuses what Corrector.Correct does. It returns the log with the corrections, and those of them that were not in it, each once.
func CheckCorrections(log news.Log, some []news.Correction) (news.Log, []news.Correction, error) {
	var fresh []news.Correction
	came := map[news.ID]bool{} // one may stand twice, as in two exports that are brought together
	for _, c := range some {
		if err := c.Check(); err != nil {
			return log, nil, fmt.Errorf("%w: %w", ErrCorrection, err)
		}
		if err := bearable(c); err != nil {
			return log, nil, fmt.Errorf("%w: %s: %w", ErrCorrection, c.ID, err)
		}
		if _, ok := log.ByID(c.ID); !ok && !came[c.ID] {
			came[c.ID] = true
			fresh = append(fresh, c)
		}
	}
	after := news.NewLog(slices.Concat(log.All(), fresh))
	for _, c := range fresh {
		if _, ok := after.ByID(c.Undoes); c.Kind == news.Undo && !ok {
			return log, nil, fmt.Errorf("%w: %s undoes %s, which is not in the log: import that one too", ErrCorrection, c.ID, c.Undoes)
		}
	}
	return after, fresh, nil
}

// bearable refuses what Prepare would refuse in facts: a log may come from elsewhere.
func bearable(c news.Correction) error {
	names := append([]news.ID{news.ID(c.Name)}, c.Of...)
	if c.Into != nil {
		names = append(names, news.ID(c.Into.Name))
	}
	for _, name := range names {
		if len(name) > longest {
			return fmt.Errorf("%.40s… has more than %d bytes", name, longest)
		}
	}
	if c.Facts != nil {
		return check(*c.Facts)
	}
	return nil
}

// Recorrect makes of what was found in a story what the log makes of it, and tells whether the former log made something else.
func Recorrect(before, after news.Log, told news.Facts) (now news.Facts, changed bool, err error) {
	was, err := before.Correct(told)
	if err != nil {
		return now, false, err
	}
	now, err = after.Correct(told)
	return now, news.Changes(was, now), err
}

// Correct makes the correction that is asked for, and adds it to the log. What cannot be is ErrCorrection, and says what can. at is now.
func Correct(ctx context.Context, s interface {
	Reader
	Corrector
}, ask Asked, at time.Time,
) (news.Correction, int, error) {
	c := news.Correction{Kind: ask.Kind, At: news.Instant(at), By: strings.TrimSpace(ask.By), Because: strings.TrimSpace(ask.Because), Of: ask.Of}
	if err := (asking{ctx, s, ask}).fill(&c); err != nil {
		return c, 0, err
	}
	all, err := s.Corrections(ctx)
	if err != nil {
		return c, 0, err
	}
	if n := len(all); n > 0 && all[n-1].At >= c.At { // by a clock that is ahead: this one comes after all the same
		last, err := time.Parse(time.RFC3339, all[n-1].At)
		if err != nil {
			return c, 0, err
		}
		c.At = news.Instant(last.Add(time.Millisecond))
	}
	c.Identify()
	n, err := s.Correct(ctx, []news.Correction{c})
	return c, n, err
}

type asking struct {
	ctx context.Context
	Reader
	ask Asked
}

func refused(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrCorrection, fmt.Errorf(format, args...))
}

func (a asking) fill(c *news.Correction) error {
	if c.By == "" {
		return refused("it does not tell who makes it: name yourself")
	}
	if c.Because == "" {
		return refused("it does not tell why: say what is wrong, in words that others can check")
	}
	for _, text := range []string{c.By, strings.NewReplacer("\n", "", "\t", "").Replace(c.Because), a.ask.Name} {
		if i := strings.IndexFunc(text, deceives); i >= 0 {
			return refused("%q has a character that is not shown and changes how the rest is: leave it out", text)
		}
	}
	switch a.ask.Kind {
	case news.MergeEntities:
		entities, err := a.entities(2, 100)
		if err != nil {
			return err
		}
		one := entities[0]
		if !one.Known() { // its aliases are its stories'
			one = news.Entity{ID: one.ID, Kind: one.Kind, Name: one.Name}
		}
		c.Into = &one
	case news.Rename:
		entities, err := a.entities(1, 1)
		if err != nil {
			return err
		}
		if c.Name = strings.TrimSpace(a.ask.Name); news.Slug(c.Name) == "" || c.Name == entities[0].Name {
			return refused("%q is no new name of %s, which is called %q", c.Name, entities[0].ID, entities[0].Name)
		}
	case news.Split:
		return a.split(c)
	case news.Retype:
		if !slices.ContainsFunc(a.ask.Of, isStated) {
			entities, err := a.entities(1, 1)
			if err != nil {
				return err
			}
			if c.EntityKind = news.Kind(strings.ToUpper(a.ask.As)); !slices.Contains(news.Kinds(), c.EntityKind) || c.EntityKind == entities[0].Kind {
				return refused("%q is no other kind of %s, which is a %s: take one of %v", a.ask.As, entities[0].ID, entities[0].Kind, news.Kinds())
			}
			return nil
		}
		action, ok := news.ActionNamed(a.ask.As)
		if !ok {
			return refused("%q is no action: the query { actions { name } } lists them", a.ask.As)
		}
		c.Action = action.Name
		return a.statements(c)
	case news.Redate:
		if _, _, err := news.ParseDate(a.ask.Date); err != nil {
			return refused("%w", err)
		}
		c.Date = a.ask.Date
		return a.statements(c)
	case news.Hide:
		return a.statements(c)
	case news.Pin:
		return a.pin(c)
	case news.Undo:
		return a.undo(c)
	default:
		return refused("the kind %q is none of %v", a.ask.Kind, news.CorrectionKinds())
	}
	return nil
}

// deceives tells a control character (of a terminal, such as ESC) and one that turns the direction of the text after it (UAX #9), by which a name can
// look like another. What scripts need within words, such as a zero-width joiner, is neither.
func deceives(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u2028' || r == '\u2029'
}

func isStated(id news.ID) bool { return id.Noun() == "event" || id.Noun() == "report" }

// entities are what Of names: at least and at most so many that differ.
func (a asking) entities(least, most int) ([]news.Entity, error) {
	for _, id := range a.ask.Of {
		if noun := id.Noun(); isStated(id) || noun == "story" || noun == "correction" {
			return nil, refused("%s is a %s, and a %s takes an entity", id, noun, a.ask.Kind)
		}
	}
	if n := len(a.ask.Of); n < least || n > most {
		return nil, refused("a %s takes %s, not %d", a.ask.Kind, map[bool]string{true: "one entity", false: "the entity that stays and those that are the same"}[most == 1], n)
	}
	found, err := a.Entities(a.ctx, a.ask.Of)
	if err != nil {
		return nil, err
	}
	for i, id := range a.ask.Of {
		if slices.Contains(a.ask.Of[:i], id) {
			return nil, refused("%s stands there twice", id)
		}
		if !slices.ContainsFunc(found, func(e news.Entity) bool { return e.ID == id }) {
			return nil, a.missing(id)
		}
	}
	return found, nil
}

// missing says what became of an id, if the log knows.
func (a asking) missing(id news.ID) error {
	all, err := a.Corrections(a.ctx)
	if err != nil {
		return err
	}
	switch c, ok := news.NewLog(all).Became(id); {
	case !ok:
		return absent("nothing has the id %s: give an id as a query or newsgraph export shows it", id)
	case c.Kind == news.MergeEntities:
		return absent("%s was merged into %s by %s: name that one, or undo %s", id, c.Of[0], c.ID, c.ID)
	default:
		return absent("%s was hidden by %s: undo %s brings it back", id, c.ID, c.ID)
	}
}

func absent(format string, args ...any) error { return unknown{refused(format, args...)} }

// statements fills in what the events and reports say.
func (a asking) statements(c *news.Correction) error {
	if len(a.ask.Of) == 0 {
		return refused("a %s takes an event or reports", a.ask.Kind)
	}
	var events, ids []news.ID
	for _, id := range a.ask.Of {
		switch id.Noun() {
		case "event":
			events = append(events, id)
		case "report":
			ids = append(ids, id)
		default:
			return refused("%s is no event and no report", id)
		}
	}
	found, err := a.EventsByID(a.ctx, events)
	if err != nil {
		return err
	}
	for _, id := range events {
		e, ok := found[id]
		if !ok {
			return a.missing(id)
		}
		ids = append(ids, e.Reports...)
	}
	reports, err := a.ReportsByID(a.ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		i := slices.IndexFunc(reports, func(r news.Report) bool { return r.ID == id })
		if i < 0 {
			return a.missing(id)
		}
		s := reports[i].Telling()
		if !slices.ContainsFunc(c.Statements, func(o news.Telling) bool { return o.ID == s.ID }) {
			c.Statements = append(c.Statements, s)
		}
	}
	return nil
}

func (a asking) split(c *news.Correction) error {
	entities, err := a.entities(1, 1)
	if err != nil {
		return err
	}
	one := entities[0]
	c.Name = strings.TrimSpace(a.ask.Name)
	other := news.OtherID(one.ID, c.Name)
	if news.Slug(c.Name) == "" || other == one.ID {
		return refused("%q does not tell the other from %s: name him so that readers can, %q", c.Name, one.ID, one.Name+" (admiral)")
	}
	c.Of = []news.ID{one.ID, other}
	if len(a.ask.Stories) == 0 {
		return refused("it does not tell which stories mean %q and not %s: name them", c.Name, one.ID)
	}
	stories, err := a.StoriesByID(a.ctx, a.ask.Stories)
	if err != nil {
		return err
	}
	for _, id := range a.ask.Stories {
		i := slices.IndexFunc(stories, func(s news.Story) bool { return s.ID == id })
		if i < 0 {
			return a.missing(id)
		}
		if !slices.Contains(c.Texts, stories[i].TextHash) {
			c.Texts = append(c.Texts, stories[i].TextHash)
		}
	}
	return nil
}

// pin fills in the reading of a story as it is now, corrections and all.
func (a asking) pin(c *news.Correction) error {
	if len(a.ask.Of) != 1 {
		return refused("one story is pinned at a time, not %d", len(a.ask.Of))
	}
	if id := a.ask.Of[0]; id.Noun() != "story" {
		return refused("%s is no story: a %s takes one, and what tells a story's id is Report.story", id, a.ask.Kind)
	}
	stories, err := a.StoriesByID(a.ctx, a.ask.Of)
	if err != nil {
		return err
	}
	if len(stories) == 0 {
		return a.missing(a.ask.Of[0])
	}
	story := stories[0]
	versions, err := a.Versions(a.ctx, a.ask.Of)
	if err != nil {
		return err
	}
	for _, v := range versions[story.ID] {
		if v.Story.ID == story.ID && v.SupersededBy != "" {
			return refused("%s is superseded by %s, so that nothing it says is in the graph: pin that one", story.ID, v.SupersededBy)
		}
	}
	f := news.Facts{Story: news.Story{ID: story.ID, TextHash: story.TextHash}}
	if f.Mentions, err = listed(func(p Paging) ([]Page[news.Mention], error) { return a.MentionsIn(a.ctx, a.ask.Of, p) }); err != nil {
		return err
	}
	if f.Reports, err = listed(func(p Paging) ([]Page[news.Report], error) { return a.ReportsIn(a.ctx, a.ask.Of, p) }); err != nil {
		return err
	}
	if f.Quotations, err = listed(func(p Paging) ([]Page[news.Quotation], error) { return a.QuotationsIn(a.ctx, a.ask.Of, p) }); err != nil {
		return err
	}
	for _, id := range f.Named() {
		positions, err := listed(func(p Paging) ([]Page[news.Position], error) {
			return a.PositionsOf(a.ctx, []news.ID{id}, PositionQuery{Paging: p})
		})
		if err != nil {
			return err
		}
		for _, p := range positions {
			if p.Story == story.ID && p.Person == id {
				f.Positions = append(f.Positions, p)
			}
		}
	}
	if f.Entities, err = a.Entities(a.ctx, f.Named()); err != nil {
		return err
	}
	c.Texts, c.Facts = []string{story.TextHash}, &f
	return nil
}

// listed reads all pages of the one list that is asked for.
func listed[T any](list func(Paging) ([]Page[T], error)) ([]T, error) {
	var all []T
	for p := (Paging{First: 1000}); ; {
		pages, err := list(p)
		if err != nil {
			return nil, err
		}
		for _, e := range pages[0].Edges {
			all = append(all, e.Node)
		}
		if !pages[0].More {
			return all, nil
		}
		p.After = pages[0].Edges[len(pages[0].Edges)-1].Cursor
	}
}

func (a asking) undo(c *news.Correction) error {
	if len(a.ask.Of) != 1 {
		return refused("one correction is undone at a time, not %d", len(a.ask.Of))
	}
	all, err := a.Corrections(a.ctx)
	if err != nil {
		return err
	}
	log := news.NewLog(all)
	if _, ok := log.ByID(a.ask.Of[0]); !ok {
		return absent("no correction has the id %s: newsgraph correct list shows them", a.ask.Of[0])
	}
	for _, u := range log.All() {
		if u.Kind == news.Undo && u.Undoes == a.ask.Of[0] && log.Holds(u.ID) {
			return refused("%s was undone by %s: undo that one to have it again", a.ask.Of[0], u.ID)
		}
	}
	c.Undoes, c.Of = a.ask.Of[0], nil
	return nil
}
