package neo4j

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// text is a text of stories, once for all that print it, with its group of copies: a label that no other group has or had, so that only what
// moves from one group to another changes it.
type text struct {
	id, copies string
	sketch     news.Sketch
	stories    int
}

func scanText(r *row) text {
	return text{r.string("id"), r.string("copies"), column[[]byte](r, "sketch"), r.int("stories")}
}

// copied is what a change does to texts and their groups.
type copied struct {
	stories map[string]int         // of each text that a story brings or takes, more than before
	coming  map[string]news.Sketch // of the stories that come
	group   map[string]string      // the copies of each text that was asked for or grouped
	over    []string               // texts that are no more
	fresh   []text
	moved   []text
}

const (
	textsByID = `
UNWIND $ids AS id
MATCH (t:Text {id: id})
RETURN t.id AS id, t.copies AS copies, t.sketch AS sketch, COUNT { (t)<-[:PRINTS]-() } AS stories`

	groupTexts = `
UNWIND $ids AS id
MATCH (t:Text {copies: id})
RETURN t.id AS id, t.copies AS copies, t.sketch AS sketch, 0 AS stories`

	spotsOfTexts = `
UNWIND $ids AS id
MATCH (:Text {id: id})<-[:PRINTS]-(:Story)<-[:IN]-(r:Report)
RETURN DISTINCT r.id AS id, r.key AS key, r.since AS since, r.until AS until`
)

// bandCount is how many numbers news.Sketch.Bands are.
const bandCount = 16

// textsByBands finds the texts that have a band in common with $rows, each by its own index.
func textsByBands() string {
	arms := make([]string, bandCount)
	for i := range arms {
		arms[i] = fmt.Sprintf("  MATCH (t:Text) USING INDEX t:Text(band%d) WHERE t.band%d = row.bands[%d] RETURN t", i, i, i)
	}
	return "UNWIND $rows AS row\nCALL (row) {\n" + strings.Join(arms, "\n UNION\n") + "\n}\n" +
		"RETURN row.id AS by, t.id AS id, t.copies AS copies, t.sketch AS sketch, 0 AS stories"
}

func (k keys) addText(id string)   { k.add("text " + id) }
func (k keys) addCopies(id string) { k.add("copies " + id) }

// copies notes which texts come and go.
func (c *changing) copies() {
	c.copied = copied{stories: map[string]int{}, coming: map[string]news.Sketch{}, group: map[string]string{}}
	for _, st := range c.gone {
		c.copied.stories[st.text]--
	}
	for _, f := range c.put {
		c.copied.stories[f.Story.TextHash]++
	}
	for _, f := range c.put {
		hash := f.Story.TextHash
		if c.copied.stories[hash] <= 0 {
			continue // it is there, and stays
		}
		if c.copied.coming[hash] == nil {
			if f.Sketch == nil { // of a story that comes back
				f.Sketch = news.SketchOf(f.Story)
			}
			c.copied.coming[hash] = f.Sketch
		}
	}
	for _, id := range c.regrouped {
		c.copied.stories[id] += 0
	}
}

// lockTexts are the locks of the texts that come and go, and of the bands by which others that come meanwhile are found.
func (c *changing) lockTexts(all keys) {
	for id := range c.copied.stories {
		all.addText(id)
	}
	for _, sketch := range c.copied.coming {
		for _, band := range sketch.Bands() {
			all.add(fmt.Sprint("band ", band))
		}
	}
}

// regroup groups the texts that come and those that are left beside what goes, and has the reports of what moves from one group to another merged
// anew: their events count other texts. The groups that it touches, and the texts and reports that move, must be locked.
func (c *changing) regroup() error {
	g := &c.copied
	there, err := ask(c.transaction, textsByID, map[string]any{"ids": slices.Sorted(maps.Keys(g.stories))}, scanText)
	if err != nil {
		return err
	}
	touched, goes, known := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range there {
		known[t.id] = true
		if t.stories+g.stories[t.id] == 0 {
			touched[t.copies], goes[t.id] = true, true
			g.over = append(g.over, t.id)
		}
	}
	var rows []map[string]any
	var members []text
	for _, t := range there {
		if bands := t.sketch.Bands(); bands != nil && slices.Contains(c.regrouped, t.id) && !goes[t.id] {
			touched[t.copies], g.coming[t.id] = true, t.sketch
			rows = append(rows, map[string]any{"id": t.id, "bands": bands})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.coming)) {
		if known[id] {
			continue
		}
		members = append(members, text{id: id, sketch: g.coming[id]})
		if bands := g.coming[id].Bands(); bands != nil {
			rows = append(rows, map[string]any{"id": id, "bands": bands})
		}
	}
	if len(rows) > 0 {
		type pair struct {
			by string
			text
		}
		found, err := ask(c.transaction, textsByBands(), map[string]any{"rows": rows}, func(r *row) pair { return pair{r.string("by"), scanText(r)} })
		if err != nil {
			return err
		}
		for _, p := range found {
			if !goes[p.id] && g.coming[p.by].Near(p.sketch) {
				touched[p.copies] = true
			}
		}
	}
	more := 0
	for _, n := range g.stories {
		more += n
	}
	if len(touched)+len(members) == 0 {
		c.result.Copies = more
		return nil
	}
	labels := slices.Sorted(maps.Keys(touched))
	all, err := ask(c.transaction, groupTexts, map[string]any{"ids": labels}, scanText)
	if err != nil {
		return err
	}
	members = append(members, slices.DeleteFunc(all, func(t text) bool { return goes[t.id] })...)
	parts := partsOf(members)
	c.result.Copies = more + len(labels) - len(parts)
	needs := keys{}
	for _, label := range labels {
		needs.addCopies(label)
	}
	var moved []string
	for _, part := range parts {
		for _, t := range part.texts {
			g.group[t.id] = part.label
			switch was := t.copies; {
			case was == "":
				t.copies = part.label
				g.fresh = append(g.fresh, t)
			case was != part.label:
				t.copies = part.label
				g.moved, moved = append(g.moved, t), append(moved, t.id)
				needs.addText(t.id)
			}
		}
	}
	spots, err := ask(c.transaction, spotsOfTexts, map[string]any{"ids": moved}, scanFound)
	if err != nil {
		return err
	}
	for _, f := range spots {
		c.spots = append(c.spots, f.spot)
		needs.addSpot(f.spot)
	}
	if !c.locked.covers(needs) {
		return grown{c.locked.union(needs)}
	}
	return nil
}

// part is a group of copies after the change.
type part struct {
	label string
	texts []text
}

// partsOf groups texts. A label stays with the largest part of its group; a part that has none gets a new one.
func partsOf(members []text) []part {
	slices.SortFunc(members, func(a, b text) int { return cmp.Compare(a.id, b.id) })
	sketches := make([]news.Sketch, len(members))
	for i, t := range members {
		sketches[i] = t.sketch
	}
	var parts []part
	for _, at := range news.Parts(sketches) {
		var p part
		for _, i := range at {
			p.texts = append(p.texts, members[i])
		}
		parts = append(parts, p)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return len(b.texts) - len(a.texts) })
	taken := map[string]bool{"": true}
	for i := range parts {
		had := map[string]int{}
		for _, t := range parts[i].texts {
			had[t.copies]++
		}
		most := 0
		for _, label := range slices.Sorted(maps.Keys(had)) {
			if !taken[label] && had[label] > most {
				parts[i].label, most = label, had[label]
			}
		}
		if parts[i].label == "" {
			parts[i].label = rand.Text()
		}
		taken[parts[i].label] = true
	}
	return parts
}

// groupsOf reads the groups of the texts of reports, where they are not known yet.
func (c *changing) groupsOf(reports []news.Report) error {
	var missing []string
	for _, r := range reports {
		if _, ok := c.copied.group[r.TextHash]; !ok {
			missing = append(missing, r.TextHash)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	found, err := ask(c.transaction, textsByID, map[string]any{"ids": unique(missing)}, scanText)
	for _, t := range found {
		c.copied.group[t.id] = t.copies
	}
	return err
}

const (
	deleteTexts = `UNWIND $rows AS row MATCH (t:Text {id: row.id}) DETACH DELETE t`
	createTexts = `UNWIND $rows AS row CREATE (t:Text) SET t = row`
	moveTexts   = `UNWIND $rows AS row MATCH (t:Text {id: row.id}) SET t.copies = row.copies`
)

// writeTexts writes what differs of texts and groups.
func (c *changing) writeTexts() error {
	var over, fresh, moved []map[string]any
	for _, id := range c.copied.over {
		over = append(over, map[string]any{"id": id})
	}
	for _, t := range c.copied.fresh {
		fresh = append(fresh, textRow(t))
	}
	for _, t := range c.copied.moved {
		moved = append(moved, map[string]any{"id": t.id, "copies": t.copies})
	}
	return c.all(statement{deleteTexts, over}, statement{createTexts, fresh}, statement{moveTexts, moved})
}

func textRow(t text) map[string]any {
	row := map[string]any{"id": t.id, "copies": t.copies, "sketch": nil}
	if len(t.sketch) > 0 {
		row["sketch"] = []byte(t.sketch) // what is too short for one has none
	}
	for i, band := range t.sketch.Bands() {
		row[fmt.Sprint("band", i)] = band
	}
	return row
}

const (
	pageOfTexts = `MATCH (n:Text) WHERE n.id > $after RETURN n.id AS id ORDER BY n.id LIMIT 200`

	printOld = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MERGE (t:Text {id: row.text.id})
ON CREATE SET t = row.text
MERGE (s)-[:PRINTS]->(t)`
)

// bringTexts gives a graph of before layout 6 its texts, each a group of its own, as its events count them. Where it is stopped, the next one goes on.
func (s *Store) bringTexts(ctx context.Context) error {
	for after := ""; ; {
		stories, err := read(ctx, s, "look for texts of an older layout", pageOfStories, map[string]any{"after": after}, scanStory)
		if err != nil || len(stories) == 0 {
			return err
		}
		held := keys{}
		var rows []map[string]any
		for _, story := range stories {
			held.addText(story.TextHash)
			rows = append(rows, map[string]any{
				"story": string(story.ID), "text": textRow(text{id: story.TextHash, copies: rand.Text(), sketch: news.SketchOf(story)}),
			})
			after = string(story.ID)
		}
		if _, err := write(ctx, s, "bring the texts up", func(t transaction) (struct{}, error) {
			if err := held.lock(t); err != nil {
				return struct{}{}, err
			}
			return struct{}{}, t.do(printOld, map[string]any{"rows": rows})
		}); err != nil {
			return err
		}
	}
}

// bringCopies groups the texts of bringTexts.
func (s *Store) bringCopies(ctx context.Context) error {
	for after := ""; ; {
		ids, err := read(ctx, s, "look for texts", pageOfTexts, map[string]any{"after": after}, func(r *row) string { return r.string("id") })
		if err != nil || len(ids) == 0 {
			return err
		}
		if _, err := s.change(ctx, "group copies", changing{regrouped: ids}, keys{}); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

const copiesOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Story {id: parent.id})-[:PRINTS]->(t:Text)
  MATCH (:Text {copies: t.copies})<-[:PRINTS]-(s:Story) WHERE s.newest > $after AND s.id <> parent.id
  RETURN s ORDER BY s.newest LIMIT $limit
}
RETURN parent.i AS parent, s.newest AS key, s.record AS record, s.text AS text ORDER BY parent, key`

// CopiesOf lists the copies of each story.
func (s *Store) CopiesOf(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Story], error) {
	return lists(ctx, s, "list copies of stories", "copies of", copiesOf, stories, nil, p, scanStory)
}
