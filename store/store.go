// Package store is the contract that every store keeps: what can be asked of the graph (Reader), what can be done to it
// (Writer), and what both promise. It holds no technology: sqlite and neo4j do, and storetest proves that they agree. It does not
// decide what an event is: news.Merge does.
package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"newsgraph/news"
)

// Errors that callers tell apart. Stores wrap them, with the verb and what it was done to.
var (
	// ErrCursor says that a cursor is not one that this store made for this kind of list.
	ErrCursor = errors.New("not a cursor of this list")
	// ErrQuery says that a query cannot be answered as it stands: First below 1, a bad interval.
	ErrQuery = errors.New("bad query")
	// ErrUnavailable says that the store does not answer: no server, no file, no permission to write.
	ErrUnavailable = errors.New("store not available")
	// ErrAuth says that the store refuses the user or the password.
	ErrAuth = errors.New("user or password refused")
	// ErrPast says that the graph of a time is too large to be made for a question.
	ErrPast = errors.New("too large a past")
)

// Store is a graph that can be read and written. Open makes one, and everything that a store needs (tables, constraints,
// indexes) is made on opening. All methods may be called concurrently, by several processes too.
type Store interface {
	Reader
	Writer
	Corrector
	// Close releases what Open took. Calls under way may fail, later ones do. Closing again does nothing.
	Close() error
}

// Edge is one item of a page with the cursor that continues after it.
type Edge[T any] struct {
	Node   T
	Cursor string
}

// Page is a part of an ordered list.
type Page[T any] struct {
	Edges []Edge[T]
	More  bool // there are items after the last edge

	Beside *Beside // what Show asked for and the store brought, the same on all pages of a call; nil if nothing
}

// Paging asks for a part of a list. Its zero value is refused: First MUST be at least 1.
type Paging struct {
	First int    // at most so many
	After string // the cursor of the edge to continue after; empty begins
	Show  *Show  // what will be read of the items; nil for all that they tell
}

// EventOrder is the order of a list of events.
type EventOrder int

const (
	// NewestFirst orders dated events by When.From, latest first, then by id; after them undated ones by their publication, latest first,
	// those without one last, then by id. The publication of an event is that of its report whose story was published last, as StoryQuery
	// orders stories: a month or a year stands at its first day.
	NewestFirst EventOrder = iota
	// OldestFirst orders dated events by When.From, earliest first, then by id, and leaves out undated ones.
	OldestFirst
)

// Class tells entities by what they are: all that is given MUST hold of one and the same. The zero Class is all entities.
type Class struct {
	// Countries are any of: the ISO 3166-1 alpha-3 code of a state, which stands for the state itself (ISO3) and all that belongs to it
	// (Country), or what else Country tells, as IGO. Upper case.
	Countries []string
	Sectors   []string    // any of: PLOVER's, upper case
	Kinds     []news.Kind // any of
}

// All tells that the class is all entities.
func (c Class) All() bool { return len(c.Countries)+len(c.Sectors)+len(c.Kinds) == 0 }

// Party tells some entities: any of Entities, if there are some, that is of the Class. The zero Party is all entities.
type Party struct {
	Entities []news.ID
	Class    Class
}

// All tells that the party is all entities.
func (p Party) All() bool { return len(p.Entities) == 0 && p.Class.All() }

// Participation asks that at least one of Entities that is of the Class takes part in one of Roles; no Roles means any role, no Entities
// any entity.
type Participation struct {
	Entities []news.ID
	Class    Class
	Roles    []news.Role
}

// Party is who may take part.
func (p Participation) Party() Party { return Party{p.Entities, p.Class} }

// Between asks for what either of two parties did to the other: one of A is a source and one of B a target, or one of B a source and one
// of A a target.
type Between struct{ A, B Party }

// Claims says what to do with events that are claims (news.Event.Claim).
type Claims int

const (
	// IncludeClaims takes claims and what stories tell in their own voice alike.
	IncludeClaims Claims = iota
	// ExcludeClaims leaves claims out.
	ExcludeClaims
	// OnlyClaims takes claims alone.
	OnlyClaims
)

// EventQuery asks for events. Every condition that is given MUST hold. Each is one of the event, whatever stands beside it: two conditions on
// reports may hold of two of them.
type EventQuery struct {
	Types        []news.EventType // any of
	Actions      []string         // any of
	Modalities   []news.Modality  // any of
	Participants []Participation  // each of
	During       *news.Interval   // what overlaps it; undated events are left out unless Undated
	Undated      bool             // with During: undated events too
	Foreground   bool             // leave out background events
	Text         string           // every word begins a folded word of the sentence of one of its reports
	SaidBy       Party            // one of its reports is said by one of these, nearest or not
	Publisher    string           // one of its reports stands in a story of this publisher: exactly, folded
	MinTexts     int              // at least so many independent texts report it
	MaxTexts     int              // at most so many; any number if 0
	Claims       Claims
	Between      *Between
	Events       []news.ID      // any of, by the ids that they have now; nil for all
	Loaded       time.Time      // one of its reports stands in a story that came then or later; the zero time for all
	Published    *news.Interval // one of its reports stands in a story that was published in these days

	// Queries within the query, to any depth. Their Order and Paging say nothing.
	All  []EventQuery // what each of these asks for
	Any  []EventQuery // what at least one of these asks for, if there are some
	None []EventQuery // what none of these asks for

	Order EventOrder
	Paging
}

// Nested tells that there are queries within the query.
func (q EventQuery) Nested() bool { return len(q.All)+len(q.Any)+len(q.None) > 0 }

// CheckIntervals refuses days that no query can be asked for, those of the queries within it too.
func (q EventQuery) CheckIntervals() error {
	if err := cmp.Or(CheckInterval(q.During), CheckInterval(q.Published)); err != nil {
		return err
	}
	for _, within := range [][]EventQuery{q.All, q.Any, q.None} {
		for _, one := range within {
			if err := one.CheckIntervals(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Participations are Participants, and what Between, All and Any imply of them: where a store begins to look.
func (q EventQuery) Participations() []Participation {
	all := slices.Clone(q.Participants)
	if q.Between != nil {
		for _, side := range []Party{q.Between.A, q.Between.B} {
			if len(side.Entities) > 0 {
				all = append(all, Participation{Entities: side.Entities, Roles: []news.Role{news.Source, news.Target}})
			}
		}
	}
	for _, one := range q.All {
		all = append(all, one.Participations()...)
	}
	if p, ok := oneOf(q.Any); ok {
		all = append(all, p)
	}
	return all
}

// oneOf is a participation that at least one of some queries implies: there is one if each of them names entities.
func oneOf(queries []EventQuery) (p Participation, ok bool) {
	whatever := false
	for _, q := range queries {
		var least *Participation
		for _, of := range q.Participations() {
			if len(of.Entities) > 0 && (least == nil || len(of.Entities) < len(least.Entities)) {
				least = &of
			}
		}
		if least == nil {
			return Participation{}, false
		}
		p.Entities, p.Roles, whatever = append(p.Entities, least.Entities...), append(p.Roles, least.Roles...), whatever || len(least.Roles) == 0
	}
	if whatever {
		p.Roles = nil
	}
	return p, len(queries) > 0
}

// EntityQuery asks for entities by what they are.
type EntityQuery struct {
	Kinds    []news.Kind // any of
	Class    Class       // that they are of
	Name     string      // the name or an alias, folded, is exactly this
	Wikidata string
	ISO      string // ISO 3166-1 alpha-2 or alpha-3 of a state, any case
	Order    EntityOrder
	Paging
}

// EntityOrder is the order of a list of entities. A cursor is good for lists of one order.
type EntityOrder int

const (
	// ByStories orders entities by the number of stories that mention them, most first, then by id.
	ByStories EntityOrder = iota
	// ByEvents orders them by the number of events in which they take part in any role, most first, then by id.
	ByEvents
	// ByName orders them by their folded names (news.Fold), then by id.
	ByName
)

// Kind tells cursors of entities in one order from those of another.
func (o EntityOrder) Kind() string {
	return [...]string{"entities", "entities by events", "entities by name"}[o]
}

// SearchQuery asks for entities by words: every word MUST begin a folded word of one same name or alias, or be near one. Entities with a name or
// alias of just these words, in this order, come first, then those all of whose words are so begun, then near ones (MatchOf); of each those that
// more stories mention first, then by id. A text without words finds nothing. A leading article (the, a, an) before other words is passed
// over, as it is in a name that is compared with the text. What is written with +, # or & in it, as AT&T and C++ are, is one word with its
// marks, while a name that is so written is found by its parts too: the words are SearchWords of the text, and those of a name NameWords.
type SearchQuery struct {
	Text  string
	Kinds []news.Kind // any of
	Paging
}

// StoryQuery asks for stories, newest published first (those without a date last), then by id. What was published in a month or a
// year stands at its first day.
type StoryQuery struct {
	Text      string         // every word begins a folded word of headline or text
	Publisher string         // exactly, folded
	Published *news.Interval // what overlaps it
	Paging
}

// ArrivalQuery asks for stories by when they came.
type ArrivalQuery struct {
	Since time.Time // not before; the zero time for all
	Paging
}

// Arrival is a story of the graph with when it came.
type Arrival struct {
	Story  news.Story
	Loaded time.Time // to the second, in UTC; zero where that was not kept
}

// Came is a story that a store has, in the graph or superseded, with when it came.
type Came struct {
	ID     news.ID
	Reader string    // the version that made its facts
	Loaded time.Time // to the second, in UTC; zero where that was not kept
}

// NeverKnown is KnownAt of a story that tells no date: beyond all times that are asked for.
const NeverKnown = 1 << 40

// KnownAt is when a story could be read, in seconds since 1970, rounded up.
func KnownAt(s news.Story) int64 {
	at, told := s.Known()
	if !told {
		return NeverKnown
	}
	return at.Add(time.Second - 1).Unix()
}

// Direction says on which side of a relation an entity stands.
type Direction int

const (
	// Both sides.
	Both Direction = iota
	// Outgoing relations: the entity acts.
	Outgoing
	// Incoming relations: it is done to the entity.
	Incoming
)

// RelationQuery asks for the relations of entities.
type RelationQuery struct {
	Direction Direction
	Others    []news.ID // the other side is any of these; empty means any
	Class     Class     // that the other side is of
	Actions   []string  // any of
	During    *news.Interval
	Claims    Claims // of the events that are counted
	Paging
}

// Relation sums up the asserted foreground events in which From is a source and To a target of one action.
type Relation struct {
	From   news.ID
	To     news.ID
	Action string
	Count  int     // of events, with claims
	Claims int     // of these: what no story tells in its own voice
	First  string  // earliest When.From of its dated events, 2006-01-02; empty if none is dated
	Last   string  // latest When.To
	Latest news.ID // the event that comes first in NewestFirst order: where its evidence begins
}

// Reader answers questions about the graph. Methods that take several ids answer for all of them in a bounded number of
// requests to the engine, and their pages come one for each id, in the order of the ids; an unknown id has an empty page.
type Reader interface {
	// Entities returns the entities of ids, in the order of ids, each once. Unknown ids are left out.
	Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error)
	// FindEntities lists entities by what they are.
	FindEntities(ctx context.Context, q EntityQuery) (Page[news.Entity], error)
	// Search lists entities by words of their names.
	Search(ctx context.Context, q SearchQuery) (Page[news.Entity], error)

	// EventsByID returns the events of ids, under the id that was asked: the event-form id of every report of an event answers with
	// that event. Unknown ids are left out.
	EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error)
	// Events lists events. Event.Title is empty in all answers.
	Events(ctx context.Context, q EventQuery) (Page[news.Event], error)
	// EventsOf lists, for each entity, the events in which it takes part in any role and that q asks for.
	EventsOf(ctx context.Context, entities []news.ID, q EventQuery) ([]Page[news.Event], error)
	// Totals counts, for each entity, what EventsOf lists of it on all pages, or without entities what Events lists, which is one number. It counts to most
	// and no further.
	Totals(ctx context.Context, entities []news.ID, q EventQuery, most int) ([]int, error)
	// EventsAbout lists, for each event, the others that are about it (news.Event.About), newest first. Any id that EventsByID answers for will do.
	EventsAbout(ctx context.Context, events []news.ID, p Paging) ([]Page[news.Event], error)

	// ReportsByID returns the reports of ids, in the order of ids, each once. Unknown ids are left out.
	ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error)
	// ReportsOf lists the reports of each event, in canonical order. Any id that EventsByID answers for will do.
	ReportsOf(ctx context.Context, events []news.ID, p Paging) ([]Page[news.Report], error)
	// ReportsIn lists the reports of each story, in the order of their triggers, then by id. While a story comes or goes, this and the
	// other lists of what one story says see all of it or nothing.
	ReportsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Report], error)

	// StoriesByID returns the stories of ids, superseded ones too, in the order of ids, each once. Unknown ids are left out.
	StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error)
	// CopiesOf lists, for each story, the others whose texts are its copies, in the order of Stories: equal texts are, and so are the connected
	// parts of "the sketches are near" (news.Sketch), which a store keeps in step as stories come and go. Superseded stories are copies of none.
	CopiesOf(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Story], error)
	// Stories lists stories, superseded ones not.
	Stories(ctx context.Context, q StoryQuery) (Page[news.Story], error)
	// CountStories counts stories by their keys: the Top cells with most stories, then by key. Counted by time they come latest first, the empty key last. A
	// query that Check refuses is ErrQuery.
	CountStories(ctx context.Context, q StoryCountQuery) (StoryCounts, error)
	// Arrivals lists the stories of the graph in the order in which they came: who goes on after the last of them misses none that comes later, by
	// whichever loader. A story that is read again, or superseded and back, keeps its place.
	Arrivals(ctx context.Context, q ArrivalQuery) (Page[Arrival], error)
	// Arrived is the cursor of the story that came last: after it come those that come from now on.
	Arrived(ctx context.Context) (string, error)
	// KnownBy returns the stories that could be read by a time (news.Story.Known), superseded ones too, in the order in which they came into the store; those
	// that tell no date are none of them. Where there are more than most, it returns none of them and more; most 0 returns all.
	KnownBy(ctx context.Context, at time.Time, most int) (came []Came, more bool, err error)
	// FindStories returns the ids, in their order, of the stories that stand at one of urls or are parts of the page there, and of those
	// whose TextHash is one of texts; superseded ones too.
	FindStories(ctx context.Context, urls, texts []string) ([]news.ID, error)
	// Versions returns, for each story of ids, all versions of its piece, former ones first; a story of no piece is its only version.
	// Unknown ids are left out.
	Versions(ctx context.Context, ids []news.ID) (map[news.ID][]Version, error)

	// MentionsOf lists the mentions of each entity: newest published story first (those without a date last), then by story id,
	// then by span.
	MentionsOf(ctx context.Context, entities []news.ID, p Paging) ([]Page[news.Mention], error)
	// MentionsIn lists the mentions of each story in the order of the text.
	MentionsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Mention], error)
	// QuotationsIn lists the quotations of each story in the order of the text.
	QuotationsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Quotation], error)

	// StatementsOf lists what each entity says: newest published story first (those without a date last), then by story id, then by span.
	StatementsOf(ctx context.Context, speakers []news.ID, q StatementQuery) ([]Page[news.Statement], error)

	// MentionsByID, QuotationsByID and PositionsByID return what ids name, in the order of ids, each once. Unknown ids, those of other
	// nouns among them, are left out.
	MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error)
	QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error)
	PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error)

	// PositionsOf lists the positions that each entity holds, or that others hold in it: newest published story first (those without a date
	// last), then by story id, then by span.
	PositionsOf(ctx context.Context, entities []news.ID, q PositionQuery) ([]Page[news.Position], error)

	// Relations lists the relations of each entity: most events first, then by From, To and Action.
	Relations(ctx context.Context, entities []news.ID, q RelationQuery) ([]Page[Relation], error)

	// Counts counts events by their keys: the Top cells with most events, then by keys. Where the first dimension is one of time, these
	// come by keys, else most events first. An event counts once in each cell whose keys it has. By's keys that an event has none of are
	// the empty one. A query that Check refuses is ErrQuery.
	Counts(ctx context.Context, q CountQuery) (Counts, error)

	// CoOccurring counts the stories that name an entity by the others that are named in them. A query that Check refuses is ErrQuery.
	CoOccurring(ctx context.Context, q CoOccurrenceQuery) (CoOccurrences, error)

	// Network finds what surrounds entities: a step leads from a source of an event to its targets and back. Of the entities of each
	// step those come first that more events tie to the step before, then by id, until there are Limit. Nodes come in this order, those
	// around first, as they are asked for; edges are all events between two nodes that differ: most events first, then by From and To. A
	// query that Check refuses is ErrQuery.
	Network(ctx context.Context, q NetworkQuery) (Network, error)

	// Paths finds how two entities are connected, a hop leading from a source of an event to its targets or back, and no path twice to
	// the same entity: shorter ones first, then those whose first hop has more events, then by the id of its end, then so by the second.
	// None is no error. A query that Check refuses is ErrQuery.
	Paths(ctx context.Context, q PathQuery) (Paths, error)

	// FactsByID returns what was found in the stories of ids, superseded ones too, in the order of ids, each once: as a reader found it, whatever
	// corrections make of it, and with when the story came. Unknown ids are left out.
	FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error)

	// Corrections returns the log, in the order in which corrections were made, then by id.
	Corrections(ctx context.Context) ([]news.Correction, error)

	// Stats counts what the graph holds.
	Stats(ctx context.Context) (Stats, error)
	// Ping tells whether the store answers now.
	Ping(ctx context.Context) error
	// Records yields everything, ordered by noun (story, entity, mention, report, event, quotation, position, superseded, told, correction), then by id. It stops at the
	// first error, which it yields. Each record is whole, but a change made meanwhile may be seen or not.
	Records(ctx context.Context) iter.Seq2[Record, error]
}

// PositionQuery asks for positions.
type PositionQuery struct {
	On string   // a day for which they are told; empty for every day
	By []string // for each entity, in their order, a day: what stands in stories published after it is left out, of no entity if nil. An entity may stand there twice.
	Paging
}

// Check refuses a day that is none, and days that are not as many as the entities.
func (q PositionQuery) Check(entities int) error {
	if q.By != nil && len(q.By) != entities {
		return fmt.Errorf("%w: %d days for %d entities", ErrQuery, len(q.By), entities)
	}
	for _, day := range append([]string{q.On}, q.By...) {
		if err := CheckInterval(&news.Interval{From: day}); err != nil {
			return err
		}
	}
	return nil
}

// StatementQuery asks for what entities say (news.Statement). Every condition that is given MUST hold.
type StatementQuery struct {
	About     news.ID        // one of its topics
	To        news.ID        // its addressee
	Published *news.Interval // what stands in a story whose date overlaps it
	Paging
}

// Check refuses an interval that is none.
func (q StatementQuery) Check() error { return CheckInterval(q.Published) }

// Stats counts what the graph holds.
type Stats struct {
	Stories, Entities, Events, Reports int            // what is in the graph: superseded versions are not
	Superseded                         int            // versions that later ones took the place of
	Readers                            map[string]int // stories, superseded ones too, by the version of the reader that made their facts
}

// PutResult counts what Put did.
type PutResult struct {
	Added     int // stories that are new
	Replaced  int // stories that another version of the reader had read
	Unchanged int // stories that were there already
	Entities  int // entities that are new
	Events    int // events that are there now, less those that were there before; reading again may make it negative
	Copies    int // stories that are there now, less the groups of copies that they make, less this before; it may be negative, too
}

// Writer changes the graph.
//
// The graph is a function of its stories and of its corrections (Corrector): the same sets, in any order, in any batches, by any number of
// concurrent loaders, give the same Records. Of the versions of one piece, those that news.Superseded tells are kept whole apart from the graph, as they
// were read: nothing that they say is in a list or counts, until what superseded them is removed. Then they come back as the log of that day corrects them.
type Writer interface {
	// Put adds stories with their facts in one transaction: all or none. A story that is there already and was read by the same reader
	// version changes nothing; one that another version read is replaced. Reports come together into events by news.Merge, and an event's
	// Texts are then the groups of copies (CopiesOf) that report it. A story that stands twice in facts counts once, as its last facts say.
	// Facts that Prepare refuses are an error. A story that is new came when its facts say (Loaded), else now; its turn among Arrivals is
	// the next all the same.
	Put(ctx context.Context, facts []news.Facts) (PutResult, error)
	// Remove takes stories away with exactly what they alone support, in one transaction. It returns how many were there; removing
	// what is not there is no error.
	Remove(ctx context.Context, stories []news.ID) (int, error)
}
