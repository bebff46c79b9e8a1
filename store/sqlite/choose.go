package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// bitset is a set of numbers.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) add(i uint32) { b[i/64] |= 1 << (i % 64) }

func (b bitset) has(i uint32) bool { return b[i/64]>>(i%64)&1 != 0 }

// choice is a query of events, in numbers.
type choice struct {
	*held
	oldest         bool
	types, actions bitset // symbols; nil for all
	modalities     uint32 // marks; 0 for all
	without        uint32 // marks that none has
	with           uint32 // marks that each has
	texts          uint32 // at least so many
	mostTexts      uint32 // at most so many
	publisher      uint32 // 0 for all
	participants   []taking
	a, b           bitset // entities of Between; nil for all
	between        bool
	dates          bool
	from, to       int32 // of at
	undated        bool
	some           bitset // ranks, beyond which nothing is chosen; nil for all

	all, any, none []*choice // queries within the query, with their words
}

// taking is a store.Participation: nil members are all entities.
type taking struct {
	members bitset
	roles   uint32
}

// choose makes a query one in numbers, save for its words. What its reports are is asked of the file.
func (s *Store) choose(ctx context.Context, q store.EventQuery) (*choice, error) {
	h, err := s.held(ctx)
	if err != nil {
		return nil, err
	}
	return s.chooseOf(ctx, h, q)
}

func (s *Store) chooseOf(ctx context.Context, h *held, q store.EventQuery) (*choice, error) {
	c := &choice{held: h, oldest: q.Order == store.OldestFirst, undated: true}
	c.types, c.actions = h.symbolsOf(texts(q.Types)), h.symbolsOf(q.Actions)
	c.modalities = uint32(modalityMarks(q.Modalities)) //nolint:gosec // nine bits
	if len(q.Modalities) > 0 && c.modalities == 0 {
		c.some = newBitset(len(h.id))
	}
	if q.Foreground {
		c.without |= markBackground
	}
	switch q.Claims {
	case store.ExcludeClaims:
		c.without |= markClaim
	case store.OnlyClaims:
		c.with |= markClaim
	}
	c.texts, c.mostTexts = uint32(max(q.MinTexts, 0)), math.MaxUint32 //nolint:gosec // so many texts there are not
	if q.MaxTexts > 0 {
		c.mostTexts = uint32(min(q.MaxTexts, math.MaxInt32)) //nolint:gosec // bounded
	}
	if q.Publisher != "" {
		c.publisher = h.symbols.find(news.Fold(q.Publisher))
	}
	for _, p := range q.Participations() {
		c.take(p)
	}
	if q.Between != nil {
		c.between, c.a, c.b = true, h.members(q.Between.A), h.members(q.Between.B)
	}
	if q.During != nil {
		from, to := stretch(q.During.From, q.During.To)
		c.dates, c.from, c.to, c.undated = true, int32(dated+from), int32(dated+to), q.Undated //nolint:gosec // days
	}
	c.undated = c.undated && !c.oldest
	if err := s.narrowByFile(ctx, c, q); err != nil {
		return nil, err
	}
	return c, s.nest(ctx, c, q)
}

// nest makes the queries within a query ones in numbers, and leaves what they can choose at all.
func (s *Store) nest(ctx context.Context, c *choice, q store.EventQuery) error {
	within := func(queries []store.EventQuery) (all []*choice, err error) {
		for _, one := range queries {
			one.Order = store.NewestFirst // which leaves nothing out
			in, err := s.chooseOf(ctx, c.held, one)
			if err == nil {
				err = s.narrowByWords(ctx, in, news.Words(one.Text))
			}
			if err != nil {
				return nil, err
			}
			all = append(all, in)
		}
		return all, nil
	}
	var errs [3]error
	c.all, errs[0] = within(q.All)
	c.any, errs[1] = within(q.Any)
	c.none, errs[2] = within(q.None)
	for _, one := range c.all {
		if one.some != nil {
			c.narrow(slices.Clone(one.some))
		}
	}
	if !slices.ContainsFunc(c.any, func(one *choice) bool { return one.some == nil }) && len(c.any) > 0 {
		ranks := newBitset(len(c.id))
		for _, one := range c.any {
			for i, word := range one.some {
				ranks[i] |= word
			}
		}
		c.narrow(ranks)
	}
	return errors.Join(errs[:]...)
}

// narrowByFile leaves what has reports of which the file alone knows that they are asked for.
func (s *Store) narrowByFile(ctx context.Context, c *choice, q store.EventQuery) error {
	var errs []error
	only := func(query string, args ...any) { errs = append(errs, s.narrowByReports(ctx, c, query, args...)) }
	if !q.SaidBy.All() {
		some, args := members(q.SaidBy)
		only(`SELECT report FROM speaker WHERE entity IN (`+some+`)`, args...)
	}
	if q.Events != nil {
		only(`SELECT n FROM report WHERE event IN (SELECT unhex(value) FROM json_each(?))`, hashes("event", q.Events))
	}
	if !q.Loaded.IsZero() {
		only(reportsLoaded, q.Loaded.Unix())
	}
	if q.Published != nil {
		reports, args := reportsPublished(*q.Published)
		only(reports, args...)
	}
	return errors.Join(errs...)
}

// chooseAll makes a query one in numbers, with its words.
func (s *Store) chooseAll(ctx context.Context, q store.EventQuery) (*choice, error) {
	c, err := s.choose(ctx, q)
	if err == nil {
		err = s.narrowByWords(ctx, c, news.Words(q.Text))
	}
	return c, err
}

// narrowByWords leaves what has a report with all words.
func (s *Store) narrowByWords(ctx context.Context, c *choice, words []string) error {
	if len(words) == 0 {
		return nil
	}
	return s.narrowByReports(ctx, c, `SELECT rowid FROM report_words WHERE report_words MATCH ?`, match(words))
}

// narrowByReports leaves the events of the reports that a query finds. What came after c was read is passed over: where the file has changed since, the
// number of a report that went may be another's, and each is asked for its event.
func (s *Store) narrowByReports(ctx context.Context, c *choice, query string, args ...any) error {
	ranks := newBitset(len(c.id))
	if _, err := rows(ctx, s.ask, func(rs *sql.Rows) (nothing struct{}, err error) {
		var n int64
		if err = rs.Scan(&n); err == nil && n < int64(len(c.eventOf)) && c.eventOf[n] != none {
			ranks.add(c.eventOf[n])
		}
		return nothing, err
	}, query, args...); err != nil {
		return err
	}
	now, err := rows(ctx, s.ask, number, lastChange)
	if err != nil {
		return err
	}
	if now[0] != c.change {
		clear(ranks)
		if _, err := rows(ctx, s.ask, func(rs *sql.Rows) (nothing struct{}, err error) {
			var n int64
			var event sql.RawBytes
			if err = rs.Scan(&n, &event); err == nil && c.isOf(n, event) {
				ranks.add(c.eventOf[n])
			}
			return nothing, err
		}, `SELECT n, event FROM report WHERE n IN (`+query+`)`, args...); err != nil {
			return err
		}
	}
	c.narrow(ranks)
	return nil
}

// isOf tells that a report's number stands for one of an event, as it did when all was read.
func (h *held) isOf(report int64, event []byte) bool {
	return report < int64(len(h.eventOf)) && h.eventOf[report] != none && bytes.Equal(h.id[h.eventOf[report]][:], event)
}

// narrow leaves what is in a set, which becomes its own.
func (c *choice) narrow(to bitset) {
	for i := range c.some {
		to[i] &= c.some[i]
	}
	c.some = to
}

// take leaves what has a participant.
func (c *choice) take(p store.Participation) {
	t := taking{c.members(p.Party()), allRoles}
	if len(p.Roles) > 0 {
		t.roles = uint32(roleMarks(p.Roles)) //nolint:gosec // four bits
	}
	c.participants = append(slices.Clip(c.participants), t)
	if len(p.Entities) > 0 {
		c.narrow(c.ranksOf(p.Entities))
	}
}

// of are those in which an entity takes part.
func (c *choice) of(entity news.ID) *choice {
	one := *c
	one.take(store.Participation{Entities: []news.ID{entity}})
	return &one
}

func (h *held) symbolsOf(texts []string) bitset {
	if len(texts) == 0 {
		return nil
	}
	b := newBitset(len(h.symbols.texts))
	for _, t := range texts {
		if n := h.symbols.find(t); n != none {
			b.add(n)
		}
	}
	return b
}

// ranksOf are the events in which entities take part.
func (h *held) ranksOf(ids []news.ID) bitset {
	b := newBitset(len(h.id))
	for _, id := range ids {
		if n, ok := h.entityNumber[id]; ok {
			for _, rank := range h.eventsOf.of(n) {
				b.add(rank)
			}
		}
	}
	return b
}

// members are the entities of a party; nil for all.
func (h *held) members(p store.Party) bitset {
	if p.All() {
		return nil
	}
	b := newBitset(len(h.entities))
	countries, sectors, kinds := h.symbolsOf(p.Class.Countries), h.symbolsOf(p.Class.Sectors), h.symbolsOf(texts(p.Class.Kinds))
	add := func(n uint32) {
		e := h.entities[n]
		if (kinds == nil || kinds.has(e.kind)) && (sectors == nil || sectors.has(e.sector)) &&
			(countries == nil || countries.has(e.country) || e.iso3 != 0 && countries.has(e.iso3)) {
			b.add(n)
		}
	}
	if len(p.Entities) > 0 {
		for _, id := range p.Entities {
			if n, ok := h.entityNumber[id]; ok {
				add(n)
			}
		}
		return b
	}
	for n := range uint32(len(h.entities)) { //nolint:gosec // row numbers of entities are of 27 bits
		if h.entities[n].id != "" {
			add(n)
		}
	}
	return b
}

// is tells that an event is chosen.
func (c *choice) is(rank uint32) bool {
	marks, at := c.marks[rank], c.at[rank]
	if marks&c.without != 0 || marks&c.with != c.with || c.modalities != 0 && marks&c.modalities == 0 || marks>>textsShift < c.texts || marks>>textsShift > c.mostTexts ||
		c.types != nil && !c.types.has(c.typ[rank]) || c.actions != nil && !c.actions.has(c.action[rank]) {
		return false
	}
	if at <= dated {
		if !c.undated {
			return false
		}
	} else if c.dates && (at > c.to || at+c.length[rank] < c.from) {
		return false
	}
	if c.publisher != 0 && !slices.Contains(c.publishers.of(rank), c.publisher) {
		return false
	}
	all := c.parts.of(rank)
	for _, t := range c.participants {
		if !t.among(all) {
			return false
		}
	}
	if c.between && !(taking{c.a, 1}.among(all) && taking{c.b, 2}.among(all)) && !(taking{c.b, 1}.among(all) && taking{c.a, 2}.among(all)) {
		return false
	}
	return c.isWithin(rank)
}

// isWithin tells that the queries within the query choose an event as it asks.
func (c *choice) isWithin(rank uint32) bool {
	for _, one := range c.all {
		if !one.has(rank) {
			return false
		}
	}
	for _, one := range c.none {
		if one.has(rank) {
			return false
		}
	}
	for _, one := range c.any {
		if one.has(rank) {
			return true
		}
	}
	return len(c.any) == 0
}

// has tells that an event is chosen, wherever it stands.
func (c *choice) has(rank uint32) bool { return (c.some == nil || c.some.has(rank)) && c.is(rank) }

// among tells that one of some participants is asked for.
func (t taking) among(all []part) bool {
	for _, p := range all {
		if p&t.roles != 0 && (t.members == nil || t.members.has(p>>partBits)) {
			return true
		}
	}
	return false
}

// each yields what is chosen in the order of the query, from the event after which a list goes on, until it is told to stop.
func (c *choice) each(ctx context.Context, after *occurred, yield func(rank uint32) bool) error {
	n := len(c.id)
	looked := 0
	look := func(rank uint32) bool {
		if looked++; looked%4096 == 0 && ctx.Err() != nil {
			return false
		}
		return !c.is(rank) || yield(rank)
	}
	cut := func(at int32) int { // the first event that began before a day
		k, _ := slices.BinarySearchFunc(c.at, at, func(x, of int32) int {
			if x >= of {
				return -1
			}
			return 1
		})
		return k
	}
	if !c.oldest {
		first, last := 0, n
		if c.dates && !c.undated {
			first, last = cut(c.to+1), cut(c.from-int32(c.longest)) //nolint:gosec // days
		}
		if after != nil {
			first = max(first, c.after(*after))
		}
		c.walk(first, last, look)
		return ctx.Err()
	}
	// Those of one day are in the order of their ids, whichever day comes first.
	last := cut(dated + 1)
	for last > 0 {
		day := c.at[last-1]
		first := cut(day + 1)
		from := first
		if after != nil && day <= after.at {
			if from = last; day == after.at {
				from = max(first, c.after(*after))
			}
		}
		if !c.walk(from, last, look) {
			break
		}
		last = first
	}
	return ctx.Err()
}

// after is the rank that follows an event, which need not be there any more.
func (c *choice) after(o occurred) int {
	n := len(c.id)
	k := 0
	for k < n { // a binary search without a slice of events
		mid := (k + n) / 2
		if (occurred{at: c.at[mid], id: c.id[mid]}).compare(o) <= 0 {
			k = mid + 1
		} else {
			n = mid
		}
	}
	return k
}

// walk looks at ranks from first on and before last, those of some alone.
func (c *choice) walk(first, last int, look func(uint32) bool) bool {
	if c.some == nil {
		for rank := first; rank < last; rank++ {
			if !look(uint32(rank)) { //nolint:gosec // ranks are numbers of 32 bits
				return false
			}
		}
		return true
	}
	for word := first / 64; word*64 < last; word++ {
		set := c.some[word]
		if word == first/64 {
			set &= ^uint64(0) << (first % 64)
		}
		for ; set != 0; set &= set - 1 {
			rank := word*64 + bits.TrailingZeros64(set)
			if rank >= last {
				return true
			}
			if !look(uint32(rank)) { //nolint:gosec // ranks are numbers of 32 bits
				return false
			}
		}
	}
	return true
}

// EachEvent yields events as far as they are in memory: what store.Surround and store.Connect ask.
func (s *Store) EachEvent(ctx context.Context, q store.EventQuery, yield func(news.Event)) (more bool, err error) {
	c, err := s.chooseAll(ctx, q)
	if err != nil {
		return false, fmt.Errorf("choose events: %w", err)
	}
	n := 0
	var e news.Event
	err = c.each(ctx, nil, func(rank uint32) bool {
		if more = n == q.First; !more {
			c.tell(&e, rank)
			yield(e)
			n++
		}
		return !more
	})
	return more, err
}

// tell makes e an event as far as it is in memory.
func (h *held) tell(e *news.Event, rank uint32) {
	*e = news.Event{
		ID: unhash("event", h.id[rank][:]), Action: h.symbols.texts[h.action[rank]], Claim: h.marks[rank]&markClaim != 0,
		Participants: e.Participants[:0],
	}
	if at := int64(h.at[rank]); at > dated {
		e.When.From = dayText(at - dated)
		e.When.To = e.When.From
		if h.length[rank] > 0 {
			e.When.To = dayText(at - dated + int64(h.length[rank]))
		}
	}
	for _, p := range h.parts.of(rank) {
		id := h.entities[p>>partBits].id
		if p&claimedBy != 0 {
			e.ClaimedBy = append(e.ClaimedBy, id)
		}
		for i, role := range []news.Role{news.Source, news.Target} {
			if p>>i&1 != 0 {
				e.Participants = append(e.Participants, news.Participant{Role: role, Entity: id})
			}
		}
	}
}

// chosen lists events by what is in memory, and reads the records of the page alone.
func (s *Store) chosen(ctx context.Context, c *choice, a asked) (p store.Page[news.Event], err error) {
	keys, err := store.CursorKeys(a.After, a.kind, len(a.keys))
	if err != nil {
		return p, err
	}
	var after *occurred
	if keys != nil {
		at, err1 := strconv.ParseInt(keys[0], 10, 32)
		id, err2 := hex.DecodeString(keys[1])
		if err1 != nil || err2 != nil || len(id) != hexLength/2 {
			return p, fmt.Errorf("after %q: %w", keys, store.ErrCursor)
		}
		after = &occurred{at: int32(at), id: [hashLength]byte(id)}
	}
	ranks, more, err := s.first(ctx, c, after, a.EventQuery)
	if err != nil {
		return p, err
	}
	ids := make([]string, len(ranks))
	for i, rank := range ranks {
		ids[i] = hex.EncodeToString(c.id[rank][:])
	}
	found := make([]store.Page[news.Event], 1)
	err = scan(ctx, s, a.kind, a.keys, found, a.First, s.scanEventAs(a.Show),
		`SELECT 0, e.at, lower(hex(e.id)), e.id, e.record FROM json_each(?) i CROSS JOIN event e ON e.id = unhex(i.value) ORDER BY i.key`, list(ids))
	found[0].More = more
	return found[0], err
}

// first are the first events of a list, and whether there are more.
func (s *Store) first(ctx context.Context, c *choice, after *occurred, q store.EventQuery) (ranks []uint32, more bool, err error) {
	words := news.Words(q.Text)
	if len(words) > 0 {
		ranks, all, err := s.read(ctx, c, after, words, q.First+1)
		if err != nil || all || len(ranks) > q.First {
			return ranks[:min(len(ranks), q.First)], len(ranks) > q.First, err
		}
		if err := s.narrowByWords(ctx, c, words); err != nil {
			return nil, false, err
		}
	}
	err = c.each(ctx, after, func(rank uint32) bool {
		if more = len(ranks) == q.First; !more {
			ranks = append(ranks, rank)
		}
		return !more
	})
	return ranks, more, err
}

// mostRead is how many reports are read for words before the full-text index is asked: for a word's beginning it gathers all reports that
// have one, which are many of just those words that the first reports are likely to hold.
const mostRead = 600

// read finds the first events with words by reading their reports, and tells whether it came to the end of the list.
func (s *Store) read(ctx context.Context, c *choice, after *occurred, words []string, n int) (ranks []uint32, all bool, err error) {
	read := 0
	var some []uint32 // to be read at once
	look := func() error {
		var ns []uint32
		for _, rank := range some {
			ns = append(ns, c.reports.of(rank)...)
		}
		has := map[uint32]bool{}
		read += len(ns)
		reports := s.scanReport()
		if _, err := rows(ctx, s.ask, func(rs *sql.Rows) (nothing struct{}, err error) {
			var n uint32
			var event sql.RawBytes
			r, err := reports(func(into ...any) error { return rs.Scan(append([]any{&n, &event}, into...)...) })
			if err == nil && c.isOf(int64(n), event) && begun(news.Words(r.Sentence), words) {
				has[c.eventOf[n]] = true
			}
			return nothing, err
		}, `SELECT r.n, r.event, `+reportList+` FROM json_each(?) i CROSS JOIN report r ON r.n = i.value CROSS JOIN story s ON s.n = r.story`, string(marshal(ns))); err != nil {
			return err
		}
		for _, rank := range some {
			if has[rank] {
				ranks = append(ranks, rank)
			}
		}
		some = some[:0]
		return nil
	}
	var failed error
	all = true
	if err := c.each(ctx, after, func(rank uint32) bool {
		if some = append(some, rank); len(some) < 2*n {
			return true
		}
		failed = look()
		all = failed == nil && len(ranks) < n && read < mostRead
		return all
	}); err != nil || failed != nil {
		return nil, false, cmp.Or(failed, err)
	}
	if all {
		err = look()
	}
	return ranks, all, err
}

// begun tells that each word begins one of a text.
func begun(text, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(text, func(t string) bool { return strings.HasPrefix(t, w) })
	})
}

// beyondIndexes tells that a query asks for what no index leads to, so that SQL would look at event after event. Before all is in memory, few words
// and what SQL finds without many reads do not wait for it.
func (s *Store) beyondIndexes(ctx context.Context, a *asked) (bool, error) {
	words := news.Words(a.Text)
	if len(words) > 0 {
		a.match = match(words)
	}
	if a.Nested() || a.Between != nil || !a.SaidBy.All() || a.Publisher != "" || slices.ContainsFunc(a.Participants, func(p store.Participation) bool { return !p.Class.All() }) {
		return true, nil
	}
	marked := a.MinTexts > 1 || a.MaxTexts > 0 || a.Claims != store.IncludeClaims
	switch {
	case a.Events != nil:
		return false, nil
	case s.holding.now.Load() != nil:
		return len(words) > 0 || marked || !a.Loaded.IsZero() || a.Published != nil, nil
	case len(words) > 0:
		var err error
		a.few, err = s.few(ctx, countReports, a.match)
		return !a.few, err
	}
	return marked, nil
}
