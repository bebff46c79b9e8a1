package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sort"
	"sync/atomic"

	"newsgraph/news"
	"newsgraph/store"
)

// held is what counts, networks, paths and lists by class need of every event, in memory: about 70 bytes an event of two reports. Events
// go by their rank, which is their place in NewestFirst order, entities by the number of their row, texts by symbols. It is never
// changed: what comes and goes makes another.
type held struct {
	change  int64 // the last of the table changed that it knows
	longest int64
	symbols symbols

	// Of each event.
	id           [][hashLength]byte
	at, length   []int32
	marks        []uint32 // of the event, as placed has them
	typ, action  []uint32 // symbols
	parts        lists    // who takes part: part
	reports      lists    // numbers of rows
	publishers   lists    // symbols, of its reports
	eventsOf     lists    // of each entity, in order
	eventOf      []uint32 // of each report's row; none for what is no report
	quads        []uint32 // symbols, of actions by theirs
	entities     []person // by number
	entityNumber map[news.ID]uint32
}

// hashLength is how many bytes of an id's hash there are.
const hashLength = hexLength / 2

const none = ^uint32(0)

// person is an entity. The symbols are of its columns.
type person struct {
	id                          news.ID
	kind, iso3, country, sector uint32
}

// part is an entity with, in its lowest bits, its roles as marks, and whether it is one of those by whom an event is claimed.
type part = uint32

const (
	partBits  = 5
	allRoles  = 1<<4 - 1
	claimedBy = 1 << 4
)

// lists are lists of numbers, one after the other.
type lists struct{ begin, all []uint32 }

func (l *lists) of(i uint32) []uint32 {
	if int(i)+1 >= len(l.begin) {
		return nil
	}
	return l.all[l.begin[i]:l.begin[i+1]]
}

func (l *lists) add(list ...uint32) {
	if len(l.begin) == 0 {
		l.begin = append(l.begin, 0)
	}
	l.all = append(l.all, list...)
	l.begin = append(l.begin, uint32(len(l.all))) //nolint:gosec // four thousand million participants do not fit into memory
}

// copy adds the lists of another from one on, up to one.
func (l *lists) copy(from *lists, first, end uint32) {
	if first == end {
		return
	}
	if len(l.begin) == 0 {
		l.begin = append(l.begin, 0)
	}
	// Numbers wrap around alike on both sides.
	further := uint32(len(l.all)) - from.begin[first] //nolint:gosec // four thousand million participants do not fit into memory
	l.all = append(l.all, from.all[from.begin[first]:from.begin[end]]...)
	for _, begin := range from.begin[first+1 : end+1] {
		l.begin = append(l.begin, begin+further)
	}
}

// listed makes lists of pairs of a list and an item, in their order.
func listed(n int, pairs [][2]uint32) lists {
	l := lists{begin: make([]uint32, n+1), all: make([]uint32, len(pairs))}
	for _, p := range pairs {
		l.begin[p[0]+1]++
	}
	for i := range n {
		l.begin[i+1] += l.begin[i]
	}
	next := slices.Clone(l.begin)
	for _, p := range pairs {
		l.all[next[p[0]]] = p[1]
		next[p[0]]++
	}
	return l
}

// symbols are texts by number. The first is the empty one.
type symbols struct {
	texts   []string
	numbers map[string]uint32
}

func (s *symbols) number(text string) uint32 {
	if s.numbers == nil {
		s.texts, s.numbers = []string{""}, map[string]uint32{"": 0}
	}
	n, ok := s.numbers[text]
	if !ok {
		n = uint32(len(s.texts)) //nolint:gosec // so many texts do not fit into memory
		s.texts, s.numbers[text] = append(s.texts, text), n
	}
	return n
}

// find is the number of a text that is there, or none.
func (s *symbols) find(text string) uint32 {
	if n, ok := s.numbers[text]; ok {
		return n
	}
	return none
}

// occurred is one event on its way into memory.
type occurred struct {
	id                         [hashLength]byte
	at, length                 int32
	marks, typ, action         uint32
	parts, reports, publishers []uint32
}

func (o occurred) compare(p occurred) int {
	return cmp.Or(cmp.Compare(p.at, o.at), bytes.Compare(o.id[:], p.id[:]))
}

// before is how many events stand before one.
func (h *held) before(o occurred) uint32 {
	return uint32(sort.Search(len(h.id), func(i int) bool { return (occurred{at: h.at[i], id: h.id[i]}).compare(o) >= 0 })) //nolint:gosec // ranks are numbers of 32 bits
}

// ranksOfHashes are the ranks, in their order, of those events that are there.
func (h *held) ranksOfHashes(events map[[hashLength]byte]bool) (ranks []uint32) {
	// Most events are none of a few, which two bytes of their hashes tell faster than a map.
	some := newBitset(1 << 16)
	of := func(id *[hashLength]byte) uint32 { return uint32(id[0])<<8 | uint32(id[1]) }
	for id := range events {
		some.add(of(&id))
	}
	for rank := range h.id {
		if id := &h.id[rank]; some.has(of(id)) && events[*id] {
			ranks = append(ranks, uint32(rank)) //nolint:gosec // ranks are numbers of 32 bits
		}
	}
	return ranks
}

// copy adds the events of another from a rank on, up to one.
func (h *held) copy(from *held, first, end uint32) {
	h.id, h.at = append(h.id, from.id[first:end]...), append(h.at, from.at[first:end]...)
	h.length, h.marks = append(h.length, from.length[first:end]...), append(h.marks, from.marks[first:end]...)
	h.typ, h.action = append(h.typ, from.typ[first:end]...), append(h.action, from.action[first:end]...)
	h.parts.copy(&from.parts, first, end)
	h.reports.copy(&from.reports, first, end)
	h.publishers.copy(&from.publishers, first, end)
}

// grow makes room for so many events, as many more of each as there were on average.
func (h *held) grow(n int, old *held) {
	h.id, h.at, h.length, h.marks = slices.Grow(h.id, n), slices.Grow(h.at, n), slices.Grow(h.length, n), slices.Grow(h.marks, n)
	h.typ, h.action = slices.Grow(h.typ, n), slices.Grow(h.action, n)
	for i, l := range []*lists{&h.parts, &h.reports, &h.publishers} {
		l.begin = slices.Grow(l.begin, n+1)
		if there := []*lists{&old.parts, &old.reports, &old.publishers}[i]; len(old.id) > 0 {
			l.all = slices.Grow(l.all, len(there.all)*n/len(old.id))
		}
	}
}

func (h *held) add(o occurred) {
	h.id, h.at, h.length, h.marks = append(h.id, o.id), append(h.at, o.at), append(h.length, o.length), append(h.marks, o.marks)
	h.typ, h.action = append(h.typ, o.typ), append(h.action, o.action)
	h.parts.add(o.parts...)
	h.reports.add(o.reports...)
	h.publishers.add(o.publishers...)
}

// derive makes what follows from the events: those of each entity and report.
func (h *held) derive() {
	quads := make([]uint32, len(h.symbols.texts))
	for i, text := range h.symbols.texts {
		quads[i] = h.symbols.number(store.Quad(text))
	}
	h.quads = quads
	begin := make([]uint32, len(h.entities)+1)
	for _, p := range h.parts.all {
		if p&allRoles != 0 {
			begin[p>>partBits+1]++
		}
	}
	for i := range h.entities {
		begin[i+1] += begin[i]
	}
	next := slices.Clone(begin)
	h.eventsOf = lists{begin, make([]uint32, begin[len(begin)-1])}
	for rank := range uint32(len(h.id)) { //nolint:gosec // ranks are numbers of 32 bits
		for _, p := range h.parts.of(rank) {
			if p&allRoles != 0 {
				h.eventsOf.all[next[p>>partBits]] = rank
				next[p>>partBits]++
			}
		}
	}
	last := uint32(0)
	for _, n := range h.reports.all {
		last = max(last, n)
	}
	h.eventOf = make([]uint32, last+1)
	for i := range h.eventOf {
		h.eventOf[i] = none
	}
	for rank := range uint32(len(h.id)) { //nolint:gosec // ranks are numbers of 32 bits
		for _, n := range h.reports.of(rank) {
			h.eventOf[n] = rank
		}
	}
}

const (
	eventHeld  = `SELECT e.id, e.at, e.length, e.marks, d.type, d.action, CASE WHEN e.marks & 16384 <> 0 THEN e.record END FROM event e CROSS JOIN deed d ON d.n = e.deed`
	entityHeld = `SELECT n, id, kind, iso3, country, sector FROM entity`
	reportHeld = `SELECT r.event, r.n, s.publisher FROM report r CROSS JOIN story s ON s.n = r.story`
)

// holding keeps what is in memory.
type holding struct {
	turn chan struct{} // holds one while it is read or brought in step
	now  atomic.Pointer[held]
	life context.Context //nolint:containedctx // of reading, which goes on though who asked first has gone
	end  context.CancelFunc
}

func (h *holding) begin() {
	h.turn = make(chan struct{}, 1)
	h.life, h.end = context.WithCancel(context.Background())
}

// close stops reading.
func (h *holding) close() {
	h.end()
	h.turn <- struct{}{} // for good
}

// Warm reads what is held in memory of all events and stories, which the first question that needs it would otherwise wait for.
func (s *Store) Warm(ctx context.Context) error {
	_, tx, err := s.heldStories(ctx) // first: it takes a small part of the time
	if err != nil {
		return fmt.Errorf("sqlite: hold stories in memory: %w", err)
	}
	if err := tx.Rollback(); err != nil {
		return err
	}
	if _, err := s.held(ctx); err != nil {
		return fmt.Errorf("sqlite: hold events in memory: %w", err)
	}
	return nil
}

// held is what is in memory, in step with the file. Whoever asks while it is read waits for it.
func (s *Store) held(ctx context.Context) (*held, error) {
	select {
	case s.holding.turn <- struct{}{}:
	case <-s.holding.life.Done():
		return nil, sql.ErrConnDone
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	type answer struct {
		held *held
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-s.holding.turn }()
		h, err := s.inStep(s.holding.life)
		done <- answer{h, err}
	}()
	select {
	case a := <-done:
		return a.held, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// inStep brings what is in memory in step.
func (s *Store) inStep(ctx context.Context) (*held, error) {
	now, err := rows(ctx, s.prepared, number, lastChange)
	if err != nil {
		return nil, err
	}
	old := s.holding.now.Load()
	if old != nil && old.change == now[0] {
		return old, nil
	}
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	next, err := s.hold(ctx, tx, old)
	if err != nil {
		return nil, err
	}
	s.holding.now.Store(next)
	return next, nil
}

const lastChange = `SELECT coalesce(MAX(n), 0) FROM changed`

// hold reads what changed since, or all.
func (s *Store) hold(ctx context.Context, tx *sql.Tx, old *held) (*held, error) {
	last, first, err := kept(ctx, tx)
	if err != nil {
		return nil, err
	}
	h := &held{change: last}
	if err := tx.QueryRowContext(ctx, `SELECT longest FROM bound`).Scan(&h.longest); err != nil {
		return nil, err
	}
	if old == nil || !follows(old.change, first, last, len(old.id)) {
		return h, s.holdAll(ctx, tx, h)
	}
	return h, s.holdChanged(ctx, tx, old, h)
}

func (h *held) scanEntity(rs *sql.Rows) (nothing struct{}, err error) {
	var n uint32
	var id news.ID
	var kind, iso3, country, sector string
	if err = rs.Scan(&n, &id, &kind, &iso3, &country, &sector); err != nil {
		return nothing, err
	}
	if more := int(n) + 1 - len(h.entities); more > 0 {
		h.entities = append(h.entities, make([]person, more)...)
	}
	h.entities[n] = person{id, h.symbols.number(kind), h.symbols.number(iso3), h.symbols.number(country), h.symbols.number(sector)}
	h.entityNumber[id] = n
	return nothing, nil
}

// scanEvent reads an event, with those by whom it is claimed.
func (s *Store) holdEvent(h *held, rs *sql.Rows) (o occurred, err error) {
	var id, record sql.RawBytes
	var typ, action sql.RawBytes
	var marks int64
	if err = rs.Scan(&id, &o.at, &o.length, &marks, &typ, &action, &record); err != nil {
		return o, err
	}
	copy(o.id[:], id)
	o.marks = uint32(min(marks>>textsShift, 1<<(32-textsShift)-1)<<textsShift | marks&(1<<textsShift-1)) //nolint:gosec // a hundred thousand texts are as many as more
	o.typ, o.action = h.symbols.number(string(typ)), h.symbols.number(string(action))
	if record == nil {
		return o, nil
	}
	e, err := s.packer.readEvent(id, record)
	for _, by := range e.ClaimedBy {
		if n, ok := h.entityNumber[by]; ok {
			o.parts = append(o.parts, n<<partBits|claimedBy)
		}
	}
	return o, err
}

func (s *Store) holdAll(ctx context.Context, tx *sql.Tx, h *held) error {
	h.entityNumber = map[news.ID]uint32{}
	if _, err := rows(ctx, tx, h.scanEntity, entityHeld); err != nil {
		return err
	}
	events, err := rows(ctx, tx, func(rs *sql.Rows) (occurred, error) { return s.holdEvent(h, rs) }, eventHeld)
	if err != nil {
		return err
	}
	slices.SortFunc(events, occurred.compare)
	ranks := make(map[[hashLength]byte]uint32, len(events))
	var parts, reports, publishers [][2]uint32
	h.grow(len(events), h)
	for i, e := range events {
		rank := uint32(i) //nolint:gosec // ranks are numbers of 32 bits
		ranks[e.id] = rank
		for _, p := range e.parts {
			parts = append(parts, [2]uint32{rank, p})
		}
		e.parts = nil
		h.add(e)
	}
	if _, err := rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var entity, marks uint32
		var event sql.RawBytes
		if err = rs.Scan(&entity, &event, &marks); err != nil { // the store is closed meanwhile
			return nothing, err
		}
		parts = append(parts, [2]uint32{ranks[[hashLength]byte(event)], entity<<partBits | marks})
		return nothing, err
	}, `SELECT entity, event, marks & 15 FROM participant`); err != nil {
		return err
	}
	if _, err := rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var event, publisher sql.RawBytes
		var n uint32
		if err = rs.Scan(&event, &n, &publisher); err != nil {
			return nothing, err
		}
		rank := ranks[[hashLength]byte(event)]
		reports, publishers = append(reports, [2]uint32{rank, n}), append(publishers, [2]uint32{rank, h.symbols.number(string(publisher))})
		return nothing, err
	}, reportHeld); err != nil {
		return err
	}
	h.parts, h.reports, h.publishers = listed(len(events), parts), listed(len(events), reports), listed(len(events), publishers)
	h.derive()
	return nil
}

// holdChanged merges what changed into what was there.
func (s *Store) holdChanged(ctx context.Context, tx *sql.Tx, old, h *held) error {
	since, err := changes(ctx, tx, old.change)
	if err != nil {
		return err
	}
	if len(since.events)+len(since.entities) == 0 { // stories alone
		last := h.change
		*h = *old
		h.change = last
		return nil
	}
	h.entities, h.entityNumber = slices.Clone(old.entities), old.entityNumber
	h.symbols = symbols{slices.Clip(old.symbols.texts), maps.Clone(old.symbols.numbers)}
	if len(since.entities) > 0 {
		h.entityNumber = maps.Clone(old.entityNumber)
		for n := range since.entities {
			if int(n) < len(h.entities) {
				delete(h.entityNumber, h.entities[n].id)
				h.entities[n] = person{}
			}
		}
		if _, err := rows(ctx, tx, h.scanEntity, entityHeld+` WHERE n IN (SELECT value FROM json_each(?))`, string(marshal(slices.Collect(maps.Keys(since.entities))))); err != nil {
			return err
		}
	}
	changed := map[[hashLength]byte]*occurred{}
	ids := make([]string, 0, len(since.events))
	for id := range since.events {
		changed[id] = nil
		ids = append(ids, hex.EncodeToString(id[:]))
	}
	const events = `SELECT unhex(value) FROM json_each(?)`
	come, err := rows(ctx, tx, func(rs *sql.Rows) (*occurred, error) {
		var o occurred
		o, err := s.holdEvent(h, rs)
		return &o, err
	}, eventHeld+` WHERE e.id IN (`+events+`)`, list(ids))
	if err != nil {
		return err
	}
	for _, o := range come {
		changed[o.id] = o
	}
	// Participants stand under their entity: those of few events are read from their records.
	if _, err := rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		e, err := s.scanEvent(rs.Scan)
		if err != nil {
			return nothing, err
		}
		id, err := hash("event", e.ID)
		o := changed[[hashLength]byte(id)]
		all, roles := parts(e)
		for _, entity := range all {
			o.parts = append(o.parts, h.entityNumber[entity]<<partBits|uint32(roles[entity])) //nolint:gosec // four bits
		}
		return nothing, err
	}, `SELECT id, record FROM event WHERE id IN (`+events+`)`, list(ids)); err != nil {
		return err
	}
	if _, err := rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var event, publisher sql.RawBytes
		var n uint32
		if err = rs.Scan(&event, &n, &publisher); err != nil {
			return nothing, err
		}
		o := changed[[hashLength]byte(event)]
		o.reports, o.publishers = append(o.reports, n), append(o.publishers, h.symbols.number(string(publisher)))
		return nothing, err
	}, reportHeld+` WHERE r.event IN (`+events+`)`, list(ids)); err != nil {
		return err
	}
	h.grow(len(old.id)+len(come), old)
	slices.SortFunc(come, func(a, b *occurred) int { return a.compare(*b) })
	gone := old.ranksOfHashes(since.events)
	rank := uint32(0)
	for len(come)+len(gone) > 0 { // what stays between two that do not is copied at once
		stop, came := uint32(len(old.id)), false //nolint:gosec // ranks are numbers of 32 bits
		if len(gone) > 0 {
			stop = gone[0]
		}
		if len(come) > 0 {
			if at := old.before(*come[0]); at <= stop {
				stop, came = at, true
			}
		}
		h.copy(old, rank, stop)
		if rank = stop; came {
			h.add(*come[0])
			come = come[1:]
		} else {
			gone = gone[1:]
			rank++
		}
	}
	h.copy(old, rank, uint32(len(old.id))) //nolint:gosec // ranks are numbers of 32 bits
	h.derive()
	return nil
}
