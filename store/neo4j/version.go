package neo4j

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// hashOf is a hash of a text that may be longer than what an index holds, empty for an empty one.
func hashOf(text string) string {
	if text == "" {
		return ""
	}
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:10])
}

func pieceOf(s news.Story) string { return hashOf(s.Piece()) }

func pageOf(url string) string { return hashOf(store.PageOf(url)) }

// came is when a story came, and its turn among all that ever did; the turn is 0 until it has one.
type came struct {
	loaded time.Time
	turn   int
}

// turnOr is the turn as a property: none until it has one.
func (c came) turnOr() any {
	if c.turn == 0 {
		return nil
	}
	return c.turn
}

func scanCame(r *row) came {
	return came{column[time.Time](r, "loaded").UTC(), r.int("turn")}
}

// since is when a story came, if it was there before, or now. It is the zero time for one that came when that was not kept.
func (c *changing) since(id news.ID) came {
	if at, ok := c.arrived[id]; ok {
		return at
	}
	if st, ok := c.gone[id]; ok {
		return st.came
	}
	return came{loaded: time.Now().UTC().Truncate(time.Second)}
}

const (
	// takeTurns holds the lock of the number until the transaction ends, so that turns become visible in their order. It is the last lock that a
	// change takes.
	takeTurns = `MERGE (n:Schema {id: 'newsgraph'}) SET n.turns = coalesce(n.turns, 0) + $many RETURN n.turns AS turns`

	writeTurns = `
UNWIND range(0, size($ids) - 1) AS i
CALL (i) {
  MATCH (s:Story {id: $ids[i]}) RETURN s
 UNION
  MATCH (s:Superseded {id: $ids[i]}) RETURN s
}
SET s.turn = $first + i`

	storiesWithoutTurn = `MATCH (s:Story) WHERE s.turn IS NULL RETURN s.id AS id ORDER BY s.loaded, s.id LIMIT 5000`

	storiesNotKnown = `
CALL () {
  MATCH (s:Story) WHERE s.known IS NULL RETURN s LIMIT 2000
 UNION ALL
  MATCH (s:Superseded) WHERE s.known IS NULL RETURN s LIMIT 2000
}
RETURN s.record AS record, '' AS text`

	writeKnown = `
UNWIND $rows AS row
CALL (row) {
  MATCH (s:Story {id: row.id}) RETURN s
 UNION
  MATCH (s:Superseded {id: row.id}) RETURN s
}
SET s.known = row.known`

	knownBy = `
CALL () {
  MATCH (s:Story) USING INDEX s:Story(known) WHERE s.known <= $at RETURN s LIMIT $limit
 UNION ALL
  MATCH (s:Superseded) USING INDEX s:Superseded(known) WHERE s.known <= $at RETURN s LIMIT $limit
}
RETURN s.id AS id, s.reader AS reader, s.loaded AS loaded, s.turn AS turn`

	arrivals = `
MATCH (s:Story) USING INDEX s:Story(turn)
WHERE s.turn > $after AND ($loaded IS NULL OR s.loaded >= $loaded)
WITH s ORDER BY s.turn LIMIT $limit
RETURN s.turn AS turn, s.record AS record, s.text AS text, s.loaded AS loaded ORDER BY turn`
)

// writeTurns gives those that came their turns.
func (c *changing) writeTurns() error {
	var ids []news.ID
	for _, f := range slices.Concat(c.put, c.shelve) {
		if c.since(f.Story.ID).turn == 0 {
			ids = append(ids, f.Story.ID)
		}
	}
	return c.number(ids)
}

// number gives stories the next turns.
func (t transaction) number(ids []news.ID) error {
	if len(ids) == 0 {
		return nil
	}
	turns, err := ask(t, takeTurns, map[string]any{"many": len(ids)}, func(r *row) int { return r.int("turns") })
	if err != nil {
		return err
	}
	return t.do(writeTurns, map[string]any{"ids": texts(ids), "first": turns[0] - len(ids) + 1})
}

// bringTurns gives the stories of a graph of an older layout their turns.
func (s *Store) bringTurns(ctx context.Context) error {
	for {
		n, err := write(ctx, s, "bring the layout up", func(t transaction) (int, error) {
			ids, err := ask(t, storiesWithoutTurn, nil, func(r *row) news.ID { return news.ID(r.string("id")) })
			if err == nil {
				err = t.number(ids)
			}
			return len(ids), err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// Arrived is the cursor of the last turn that was given out.
func (s *Store) Arrived(ctx context.Context) (string, error) {
	turns, err := write(ctx, s, "read arrivals", func(t transaction) ([]int, error) {
		return ask(t, takeTurns, map[string]any{"many": 0}, func(r *row) int { return r.int("turns") })
	})
	if err != nil {
		return "", err
	}
	return store.Cursor("arrivals", strconv.Itoa(turns[0])), nil
}

// KnownBy lists the stories that could be read by a time, from an index each for those in the graph and those superseded.
func (s *Store) KnownBy(ctx context.Context, at time.Time, most int) ([]store.Came, bool, error) {
	type turned struct {
		store.Came
		turn int
	}
	limit := int64(math.MaxInt64)
	if most > 0 {
		limit = int64(most) + 1
	}
	all, err := read(ctx, s, "read what was known", knownBy, map[string]any{"at": at.Unix(), "limit": limit}, func(r *row) turned {
		came := scanCame(r)
		return turned{store.Came{ID: news.ID(r.string("id")), Reader: r.string("reader"), Loaded: came.loaded}, came.turn}
	})
	if err != nil {
		return nil, false, err
	}
	if most > 0 && len(all) > most {
		return nil, true, nil
	}
	slices.SortFunc(all, func(a, b turned) int { return cmp.Or(cmp.Compare(a.turn, b.turn), cmp.Compare(a.ID, b.ID)) })
	came := make([]store.Came, len(all))
	for i, t := range all {
		came[i] = t.Came
	}
	return came, false, nil
}

// bringKnown gives the stories of a graph of an older layout when they could be read.
func (s *Store) bringKnown(ctx context.Context) error {
	for {
		stories, err := read(ctx, s, "look for stories of an older layout", storiesNotKnown, nil, scanStory)
		if err != nil || len(stories) == 0 {
			return err
		}
		rows := make([]map[string]any, len(stories))
		for i, story := range stories {
			rows[i] = map[string]any{"id": string(story.ID), "known": store.KnownAt(story)}
		}
		if _, err := write(ctx, s, "bring the layout up", func(t transaction) (struct{}, error) {
			return struct{}{}, t.do(writeKnown, map[string]any{"rows": rows})
		}); err != nil {
			return err
		}
	}
}

// Arrivals lists the stories of the graph as they came. What a change writes becomes visible bit by bit, so this waits for one that gives out turns just now.
func (s *Store) Arrivals(ctx context.Context, q store.ArrivalQuery) (store.Page[store.Arrival], error) {
	const what, kind = "list arrivals", "arrivals"
	var page store.Page[store.Arrival]
	keys, err := store.CursorKeys(q.After, kind, 1)
	if err = cmp.Or(q.Check(), err); err != nil {
		return page, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	after := 0
	if len(keys) > 0 {
		if after, err = strconv.Atoi(keys[0]); err != nil {
			return page, fmt.Errorf("neo4j: %s: %w", what, store.ErrCursor)
		}
	}
	params := map[string]any{"after": after, "loaded": nil, "limit": q.Limit()}
	if !q.Since.IsZero() {
		params["loaded"] = q.Since.UTC()
	}
	type came struct {
		store.Arrival
		turn int
	}
	all, err := write(ctx, s, what, func(t transaction) ([]came, error) {
		if _, err := ask(t, takeTurns, map[string]any{"many": 0}, func(r *row) int { return r.int("turns") }); err != nil {
			return nil, err
		}
		return ask(t, arrivals, params, func(r *row) came {
			return came{store.Arrival{Story: scanStory(r), Loaded: column[time.Time](r, "loaded").UTC()}, r.int("turn")}
		})
	})
	if err != nil {
		return page, err
	}
	if page.More = len(all) > q.First; page.More {
		all = all[:q.First]
	}
	for _, a := range all {
		page.Edges = append(page.Edges, store.Edge[store.Arrival]{Node: a.Arrival, Cursor: store.Cursor(kind, strconv.Itoa(a.turn))})
	}
	return page, nil
}

const (
	storiesWithoutPage = `MATCH (s:Story) WHERE s.url IS NOT NULL AND s.page IS NULL RETURN s.record AS record, '' AS text LIMIT 5000`
	piecesOfSeveral    = `MATCH (s:Story) WHERE s.piece IS NOT NULL WITH s.piece AS piece, count(*) AS n WHERE n > 1 RETURN piece`
	writePages         = `UNWIND $rows AS row MATCH (s:Story {id: row.id}) SET s.piece = row.piece, s.page = row.page`
)

// bringVersions gives a graph what layout 4 has: piece and page of stories, and superseded versions out of the graph. Where it is stopped, the next
// one goes on.
func (s *Store) bringVersions(ctx context.Context) error {
	if err := s.address4(ctx); err != nil {
		return err
	}
	pieces, err := read(ctx, s, "look for versions", piecesOfSeveral, nil, func(r *row) string { return r.string("piece") })
	if err != nil {
		return err
	}
	for some := range slices.Chunk(pieces, 20) {
		if _, err := s.change(ctx, "take superseded versions out of the graph", changing{asked: some}, anyGate()); err != nil {
			return err
		}
	}
	return nil
}

// address4 fills piece and page of stories that have none.
func (s *Store) address4(ctx context.Context) error {
	for {
		stories, err := read(ctx, s, "look for stories of an older layout", storiesWithoutPage, nil, scanStory)
		if err != nil || len(stories) == 0 {
			return err
		}
		rows := make([]map[string]any, len(stories))
		for i, story := range stories {
			rows[i] = map[string]any{"id": string(story.ID), "piece": pieceOf(story), "page": pageOf(story.URL)}
		}
		if _, err := write(ctx, s, "bring the layout up", func(t transaction) (struct{}, error) {
			return struct{}{}, t.do(writePages, map[string]any{"rows": rows})
		}); err != nil {
			return err
		}
	}
}

// arrival is a story with when it came.
type arrival struct {
	news.Story
	came
	superseded bool
}

func scanArrival(r *row) arrival {
	return arrival{scanStory(r), scanCame(r), column[bool](r, "superseded")}
}

// exchange is what a change does to versions that are superseded.
type exchange struct {
	pieces    map[string]bool // of what comes and goes
	come      []news.Facts    // what is to be in the graph, as it was read
	shelve    []news.Facts    // what is superseded from now on
	unshelved []news.ID       // what is not any more, or goes
	arrived   map[news.ID]came
}

func (c *changing) nothing() bool {
	return len(c.put)+len(c.gone)+len(c.shelve)+len(c.unshelved)+len(c.fresh)+len(c.regrouped) == 0
}

func (c *changing) unshelve(a arrival) {
	c.unshelved = append(c.unshelved, a.ID)
	c.arrived[a.ID] = a.came
	if p := pieceOf(a.Story); p != "" {
		c.pieces[p] = true
	}
}

const (
	supersededByID = `UNWIND $ids AS id MATCH (s:Superseded {id: id}) RETURN s.record AS record, '' AS text, s.loaded AS loaded, s.turn AS turn, true AS superseded`

	versionsThere = `
UNWIND $pieces AS piece
CALL (piece) {
  MATCH (s:Story) USING INDEX s:Story(piece) WHERE s.piece = piece RETURN s, false AS superseded
 UNION
  MATCH (s:Superseded) USING INDEX s:Superseded(piece) WHERE s.piece = piece RETURN s, true AS superseded
}
RETURN s.record AS record, '' AS text, s.loaded AS loaded, s.turn AS turn, superseded`

	// factsByID looks for what was found in stories in the graph and among the superseded in one statement. Where both have one, which moves, both tell the same.
	factsByID = `
UNWIND $ids AS id
CALL (id) {
  MATCH (s:Story {id: id})
  RETURN s.record AS record, s.text AS text, s.loaded AS loaded, s.told AS told, false AS superseded, null AS facts,` + foundIn + `
 UNION ALL
  MATCH (s:Superseded {id: id})
  RETURN s.record AS record, s.text AS text, s.loaded AS loaded, null AS told, true AS superseded, s.facts AS facts,
  [] AS entities, [] AS mentions, [] AS reports, [] AS quotations, [] AS positions, [] AS counts
}
RETURN record, text, loaded, told, superseded, facts, entities, mentions, reports, quotations, positions, counts`

	supersededFacts = `UNWIND $ids AS id MATCH (s:Superseded {id: id}) RETURN s.record AS record, s.text AS text, s.facts AS facts, s.loaded AS loaded`

	writeSuperseded  = `UNWIND $rows AS row CREATE (s:Superseded) SET s = row`
	deleteSuperseded = `UNWIND $ids AS id MATCH (s:Superseded {id: id}) DELETE s`
)

// shelf are those of ids that are superseded.
func (c *changing) shelf(ids []news.ID) (map[news.ID]arrival, error) {
	all, err := ask(c.transaction, supersededByID, map[string]any{"ids": texts(ids)}, scanArrival)
	found := make(map[news.ID]arrival, len(all))
	for _, a := range all {
		found[a.ID] = a
	}
	return found, err
}

// supersede decides which versions are superseded in the pieces of what comes and goes, and moves those for which that changes.
func (c *changing) supersede() error {
	groups := map[string][]news.Story{}
	goes := map[news.ID]bool{}
	for _, f := range c.come {
		if p := pieceOf(f.Story); p != "" {
			c.pieces[p] = true
			groups[p] = append(groups[p], f.Story)
		}
	}
	for id, st := range c.gone {
		goes[id] = true
		if st.piece != "" {
			c.pieces[st.piece] = true
		}
	}
	for _, id := range c.unshelved {
		goes[id] = true
	}
	if len(c.pieces) == 0 {
		return nil
	}
	there, err := ask(c.transaction, versionsThere, map[string]any{"pieces": slices.Sorted(maps.Keys(c.pieces))}, scanArrival)
	if err != nil {
		return err
	}
	for _, a := range there {
		if !goes[a.ID] {
			groups[pieceOf(a.Story)] = append(groups[pieceOf(a.Story)], a.Story)
		}
	}
	by := map[news.ID]news.ID{}
	for _, versions := range groups {
		_, some := news.Superseded(versions)
		maps.Copy(by, some)
	}
	var up, down []news.ID
	for _, a := range there {
		switch {
		case goes[a.ID] || a.superseded == (by[a.ID] != ""):
		case a.superseded:
			up = append(up, a.ID)
			c.unshelve(a)
		default:
			down = append(down, a.ID)
			c.arrived[a.ID] = a.came
		}
	}
	come := c.come
	c.come = nil
	for _, f := range come {
		if by[f.Story.ID] != "" {
			c.shelve = append(c.shelve, f)
		} else {
			c.come = append(c.come, f)
		}
	}
	if len(up) > 0 {
		facts, err := ask(c.transaction, supersededFacts, map[string]any{"ids": texts(up)}, scanSuperseded)
		if err != nil {
			return err
		}
		c.come = append(c.come, facts...)
	}
	if len(down) > 0 {
		facts, err1 := ask(c.transaction, tellStories, map[string]any{"ids": texts(down)}, scanRead)
		states, err2 := c.states(down)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		c.shelve = append(c.shelve, facts...)
		maps.Copy(c.gone, states)
	}
	return nil
}

func scanSuperseded(r *row) news.Facts {
	facts := r.string("facts")
	if facts == "" && r.err == nil {
		r.err = errTorn
		return news.Facts{}
	}
	f := parsed[news.Facts](r, facts)
	f.Story, f.Loaded = scanStory(r), column[time.Time](r, "loaded").UTC()
	return f
}

// FactsByID reads what was found in stories. It looks once more for those that it does not find: a statement that runs while one is replaced or moves between
// the graph and the superseded may look for it in each place when it is in the other.
func (s *Store) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	at := map[news.ID]news.Facts{}
	for range 2 {
		missing := slices.DeleteFunc(unique(ids), func(id news.ID) bool { _, ok := at[id]; return ok })
		if len(missing) == 0 {
			break
		}
		found, err := read(ctx, s, "read facts", factsByID, map[string]any{"ids": texts(missing)}, func(r *row) news.Facts {
			if column[bool](r, "superseded") {
				return scanSuperseded(r)
			}
			return scanRead(r)
		})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			at[f.Story.ID] = f
		}
	}
	all := make([]news.Facts, 0, len(at))
	for _, id := range unique(ids) {
		if f, ok := at[id]; ok {
			all = append(all, f)
		}
	}
	return all, nil
}

func parsed[T any](r *row, record string) (v T) {
	if err := json.Unmarshal([]byte(record), &v); err != nil && r.err == nil {
		r.err = err
	}
	return v
}

func parsedAll[T any](r *row, name string) []T {
	var all []T
	for _, record := range r.strings(name) {
		all = append(all, parsed[T](r, record))
	}
	return all
}

// supersededRow are the properties of a version that is superseded.
func supersededRow(f news.Facts, at came) map[string]any {
	s, bare, facts := f.Story, f.Story, store.SortFacts(f)
	bare.Text, facts.Story = "", news.Story{}
	return map[string]any{
		"id": string(s.ID), "headline": or(s.Headline), "publisher": or(s.Publisher), "published": or(s.Published), "url": or(s.URL), "text": s.Text,
		"textHash": s.TextHash, "reader": s.Reader, "piece": or(pieceOf(s)), "page": or(pageOf(s.URL)), "known": store.KnownAt(s), "loaded": at.loaded, "turn": at.turnOr(), "record": record(bare), "facts": record(facts),
	}
}

// writeSuperseded keeps what is superseded as it was read, and takes away what is not any more.
func (c *changing) writeSuperseded() error {
	if len(c.unshelved) > 0 {
		if err := c.do(deleteSuperseded, map[string]any{"ids": texts(c.unshelved)}); err != nil {
			return err
		}
	}
	var rows []map[string]any
	for _, f := range c.shelve {
		rows = append(rows, supersededRow(f, c.since(f.Story.ID)))
	}
	return c.rows(writeSuperseded, rows)
}

const (
	findStories = `
CALL () {
  UNWIND $pages AS page MATCH (s:Story) USING INDEX s:Story(page) WHERE s.page = page RETURN s
 UNION
  UNWIND $texts AS hash MATCH (s:Story) USING INDEX s:Story(textHash) WHERE s.textHash = hash RETURN s
 UNION
  UNWIND $pages AS page MATCH (s:Superseded) USING INDEX s:Superseded(page) WHERE s.page = page RETURN s
 UNION
  UNWIND $texts AS hash MATCH (s:Superseded) USING INDEX s:Superseded(textHash) WHERE s.textHash = hash RETURN s
}
RETURN s.record AS record, '' AS text, s.loaded AS loaded, s.turn AS turn`

	versionsOf = `
UNWIND $ids AS id
CALL (id) {
  MATCH (of:Story {id: id}) RETURN of
 UNION
  MATCH (of:Superseded {id: id}) RETURN of
}
CALL (of) {
  RETURN of AS s
 UNION
  WITH of WHERE of.piece IS NOT NULL MATCH (s:Story) USING INDEX s:Story(piece) WHERE s.piece = of.piece RETURN s
 UNION
  WITH of WHERE of.piece IS NOT NULL MATCH (s:Superseded) USING INDEX s:Superseded(piece) WHERE s.piece = of.piece RETURN s
}
RETURN DISTINCT s.record AS record, s.text AS text, s.loaded AS loaded, s.turn AS turn`
)

// FindStories finds stories by where they stand and by their text.
func (s *Store) FindStories(ctx context.Context, urls, texts []string) ([]news.ID, error) {
	pages := []string{}
	for _, u := range urls {
		if u != "" {
			pages = append(pages, pageOf(u))
		}
	}
	all, err := read(ctx, s, "find stories", findStories, map[string]any{"pages": unique(pages), "texts": unique(texts)}, scanArrival)
	if err != nil {
		return nil, err
	}
	var ids []news.ID
	for _, k := range all {
		if slices.Contains(texts, k.TextHash) || slices.ContainsFunc(urls, func(u string) bool { return store.Stands(k.URL, u) }) {
			ids = append(ids, k.ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// Versions returns the versions of the pieces of stories.
func (s *Store) Versions(ctx context.Context, ids []news.ID) (map[news.ID][]store.Version, error) {
	if len(ids) == 0 {
		return map[news.ID][]store.Version{}, nil
	}
	all, err := read(ctx, s, "read versions", versionsOf, map[string]any{"ids": texts(unique(ids))}, scanArrival)
	if err != nil {
		return nil, err
	}
	stories, loaded := make([]news.Story, len(all)), map[news.ID]time.Time{}
	for i, k := range all {
		stories[i], loaded[k.ID] = k.Story, k.loaded
	}
	return store.VersionsByID(ids, stories, loaded), nil
}
