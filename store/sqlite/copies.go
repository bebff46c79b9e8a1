package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// copied is what a change does to the texts of stories and their groups.
type copied struct {
	stories  map[int64]int         // of each text that a story brought or took, more than before
	known    map[string]int64      // texts that were asked for, by their hashes: 0 of one that is not there
	fresh    map[string]int64      // texts that are new, by their hashes
	sketches map[int64]news.Sketch // of texts that were compared
	moved    map[int64]bool        // texts that are a copy of others than before
	group    map[int64]int64       // of texts, after all is grouped
	more     int                   // PutResult.Copies
}

// text is the row of a story's text. A sketch that is nil, as that of a story that comes back, is made where it is needed.
func (c *change) text(story news.Story, sketch news.Sketch) (int64, error) {
	if n, ok := c.copied.fresh[story.TextHash]; ok {
		return n, nil
	}
	n, asked := c.copied.known[story.TextHash]
	if n != 0 {
		return n, nil
	}
	err := sql.ErrNoRows
	if !asked {
		err = c.scan(`SELECT n FROM text WHERE hash = ?`, []any{story.TextHash}, &n)
	}
	if errors.Is(err, sql.ErrNoRows) {
		if sketch == nil {
			sketch = news.SketchOf(story)
		}
		if n, err = c.next("text"); err == nil {
			c.copied.fresh[story.TextHash], c.copied.sketches[n] = n, sketch
		}
	}
	return n, err
}

// regroup settles the groups of copies, and has the reports of what moved from one to another merged anew: their events count other texts.
func (c *change) regroup() error {
	g := &c.copied
	torn, isNew := map[int64]bool{}, map[int64]bool{}
	for _, n := range g.fresh {
		isNew[n] = true
	}
	for _, n := range slices.Sorted(maps.Keys(g.stories)) {
		more := g.stories[n]
		g.more += more
		if more == 0 || isNew[n] {
			continue
		}
		var stories int
		var group int64
		if err := c.scan(`UPDATE text SET stories = stories + ? WHERE n = ? RETURNING stories, copies`, []any{more, n}, &stories, &group); err != nil {
			return err
		}
		if stories > 0 {
			continue
		}
		torn[group] = true
		for _, q := range []string{`DELETE FROM band WHERE text = ?`, `DELETE FROM text WHERE n = ?`} {
			if err := c.exec(q, n); err != nil {
				return err
			}
		}
	}
	for _, group := range slices.Sorted(maps.Keys(torn)) {
		if err := c.split(group); err != nil {
			return err
		}
	}
	if err := c.joinFresh(); err != nil {
		return err
	}
	if _, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var n, group int64
		err = rs.Scan(&n, &group)
		g.group[n] = group
		return none, err
	}, `SELECT t.n, t.copies FROM json_each(?) i CROSS JOIN text t ON t.n = i.value`, string(marshal(slices.Sorted(maps.Keys(g.stories))))); err != nil {
		return err
	}
	return c.remerge()
}

// split groups anew what is left of a group of which a text went.
func (c *change) split(group int64) error {
	ns, err := found(c, number, `SELECT n FROM text WHERE copies = ? ORDER BY n`, group)
	if err != nil {
		return err
	}
	sketches := make([]news.Sketch, len(ns))
	for i, n := range ns {
		if sketches[i], err = c.sketch(n); err != nil {
			return err
		}
	}
	parts := news.Parts(sketches)
	c.copied.more += 1 - len(parts)
	if len(parts) == 0 {
		return nil
	}
	largest := slices.MaxFunc(parts, func(a, b []int) int { return len(a) - len(b) })
	for _, part := range parts {
		members := make([]int64, len(part))
		for i, at := range part {
			members[i] = ns[at]
			if part[0] != largest[0] {
				c.copied.moved[ns[at]] = true
			}
		}
		if err := c.exec(`UPDATE text SET copies = ? WHERE n IN (SELECT value FROM json_each(?)) AND copies <> ?`, members[0], string(marshal(members)), members[0]); err != nil {
			return err
		}
	}
	return nil
}

// joinFresh inserts the texts that are new, each a group of its own, and groups them one after the other with those that are near.
func (c *change) joinFresh() error {
	g := &c.copied
	bands, all := map[int64][]int32{}, map[int32]bool{}
	for hash, n := range g.fresh {
		c.enqueue(`text (n, hash, stories, copies)`, n, hash, g.stories[n], n)
		bands[n] = bandsOf(g.sketches[n])
		for _, b := range bands[n] {
			all[b] = true
			c.enqueue(`band (band, text)`, int64(b), n)
		}
	}
	texts := map[int32][]int64{} // of each band, those that were there before
	if _, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var band int32
		var text int64
		err = rs.Scan(&band, &text)
		texts[band] = append(texts[band], text)
		return none, err
	}, `SELECT b.band, b.text FROM json_each(?) i CROSS JOIN band b ON b.band = i.value`, string(marshal(slices.Sorted(maps.Keys(all))))); err != nil {
		return err
	}
	if err := c.flushRows(); err != nil {
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(bands)) {
		g.more--
		var near []int64
		for _, b := range bands[n] {
			near = append(near, texts[b]...)
			texts[b] = append(texts[b], n)
		}
		if len(near) == 0 {
			continue
		}
		slices.Sort(near)
		if err := c.join(n, g.sketches[n], slices.Compact(near)); err != nil {
			return err
		}
	}
	return nil
}

// join groups a new text with those that are near, if any of those that share a band with it are.
func (c *change) join(n int64, sketch news.Sketch, share []int64) error {
	groups := map[int64]bool{n: true}
	near, err := found(c, func(rs *sql.Rows) (near [2]int64, err error) {
		err = rs.Scan(&near[0], &near[1])
		return near, err
	}, `SELECT t.n, t.copies FROM json_each(?) i CROSS JOIN text t ON t.n = i.value`, string(marshal(share)))
	if err != nil {
		return err
	}
	for _, other := range near {
		text, group := other[0], other[1]
		if groups[group] {
			continue
		}
		its, err := c.sketch(text)
		if err != nil {
			return err
		}
		groups[group] = sketch.Near(its)
	}
	maps.DeleteFunc(groups, func(_ int64, near bool) bool { return !near })
	c.copied.more += len(groups) - 1
	all := slices.Sorted(maps.Keys(groups))
	var largest, most int64
	members := map[int64][]int64{n: {n}}
	for _, group := range all {
		if group != n {
			var err error
			if members[group], err = found(c, number, `SELECT n FROM text WHERE copies = ?`, group); err != nil {
				return err
			}
		}
		if size := int64(len(members[group])); size > most {
			largest, most = group, size
		}
	}
	for _, group := range all {
		if group != largest {
			for _, m := range members[group] {
				c.copied.moved[m] = true
			}
		}
		// The least is the first.
		if err := c.exec(`UPDATE text SET copies = ?1 WHERE n IN (SELECT value FROM json_each(?2)) AND copies <> ?1`, all[0], string(marshal(members[group]))); err != nil {
			return err
		}
	}
	return nil
}

// sketch makes the sketch of a text that is there.
func (c *change) sketch(text int64) (news.Sketch, error) {
	if s, ok := c.copied.sketches[text]; ok {
		return s, nil
	}
	var columns storyColumns
	if err := c.scan(`SELECT `+storyList+` FROM story s WHERE s.text = ? LIMIT 1`, []any{text}, columns.into()...); err != nil {
		return nil, fmt.Errorf("a story of text %d: %w", text, err)
	}
	story, err := c.readStory(columns)
	if err != nil {
		return nil, err
	}
	s := news.SketchOf(story)
	c.copied.sketches[text] = s
	return s, nil
}

// bandsOf are the bands of a sketch in 32 bits each: what they find is compared, so that a few that are alike by chance do no harm.
func bandsOf(s news.Sketch) []int32 {
	all := []int32{}
	for _, b := range s.Bands() {
		if half := int32(b ^ b>>32); !slices.Contains(all, half) { //nolint:gosec // its halves, folded
			all = append(all, half)
		}
	}
	return all
}

func number(rs *sql.Rows) (n int64, err error) {
	err = rs.Scan(&n)
	return n, err
}

// remerge has the reports of the texts that moved merged anew.
func (c *change) remerge() error {
	_, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var key int64
		var t there
		if err = rs.Scan(&key, &t.since, &t.until, &t.text, &t.event); err == nil {
			a := c.around(key)
			a.extents, a.events[t.event] = append(a.extents, t.extent), true
		}
		return none, err
	}, `SELECT r.key, r.since, r.until, r.text, r.event FROM json_each(?) i CROSS JOIN story s ON s.text = i.value CROSS JOIN report r ON r.story = s.n`,
		string(marshal(slices.Sorted(maps.Keys(c.copied.moved)))))
	return err
}

// independent counts the groups of copies that report an event.
func (c *change) independent(e news.Event, was map[news.ID]where) (int, error) {
	groups := map[int64]bool{}
	for _, r := range e.Reports {
		text := was[r].text
		group, ok := c.copied.group[text]
		if !ok {
			if err := c.scan(`SELECT copies FROM text WHERE n = ?`, []any{text}, &group); err != nil {
				return 0, err
			}
			c.copied.group[text] = group
		}
		groups[group] = true
	}
	return len(groups), nil
}

// CopiesOf lists the copies of each story.
func (s *Store) CopiesOf(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Story], error) {
	return pages(ctx, s, listing[news.Story]{
		kind: "copies of", table: "story s", id: "s.n", item: storyList, reader: s.scanStory(), found: "s.n", from: `story s`,
		where: []string{`s.text IN (SELECT n FROM text WHERE copies = (SELECT copies FROM text WHERE n = (SELECT text FROM story WHERE id = unhex(parent.value))))`, `s.id <> unhex(parent.value)`},
		keys:  []key{{column: "s.published", desc: true, kind: numberKey}, {column: "s.id", kind: hashKey}},
	}, hexes("story", stories), p)
}

// grouped is the migration from which on stories have groups of copies.
const grouped = 8

// groupOld groups the stories that a former version of this program kept.
func (c *change) groupOld() error {
	type old struct {
		n      int64
		hash   string
		body   []byte
		record []byte
		id     []byte
		reader string
	}
	for {
		some, err := found(c, func(rs *sql.Rows) (o old, err error) {
			err = rs.Scan(&o.n, &o.id, &o.hash, &o.reader, &o.record, &o.body)
			return o, err
		}, `SELECT s.n, `+storyList+` FROM story s WHERE s.text = 0 LIMIT 500`)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return c.settle()
		}
		for _, o := range some {
			story, err := c.readStory(storyColumns{o.id, o.hash, o.reader, o.record, o.body})
			if err != nil {
				return err
			}
			n, err := c.text(story, nil)
			if err != nil {
				return err
			}
			c.copied.stories[n]++
			if err := c.exec(`UPDATE story SET text = ? WHERE n = ?`, n, o.n); err != nil {
				return err
			}
		}
	}
}
