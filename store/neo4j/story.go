package neo4j

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// storyRow are the properties of a story. Its text is not in its record too. By the numbers of what was found in it, a
// reader tells whether it sees all of them: what a transaction writes becomes visible one by one while it is committed.
func storyRow(f news.Facts, at came) map[string]any {
	s, bare := f.Story, f.Story
	bare.Text = ""
	published := days(s)
	sorted, wide := newest(published.From, s.ID), ""
	if published.From != published.To {
		wide = sorted
	}
	return map[string]any{
		"id": string(s.ID), "headline": or(s.Headline), "byline": or(s.Byline), "publisher": or(s.Publisher), "url": or(s.URL),
		"language": or(s.Language), "published": or(s.Published), "from": or(published.From), "to": or(published.To), "text": s.Text,
		"textHash": s.TextHash, "reader": s.Reader, "how": or(s.How), "folded": news.Fold(s.Publisher),
		"words": sentenceWords(s.Headline, s.Text), "newest": sorted, "wide": or(wide), "record": record(bare),
		"piece": or(pieceOf(s)), "page": or(pageOf(s.URL)), "known": store.KnownAt(s), "loaded": at.loaded, "turn": at.turnOr(),
		"reports": len(f.Reports), "mentions": len(f.Mentions), "quotations": len(f.Quotations), "positions": len(f.Positions), "entities": len(f.Entities),
	}
}

// days are those on which a story may have been published, empty if its date is not known.
func days(s news.Story) news.Interval {
	i, _, err := news.ParseDate(s.Published)
	if err != nil {
		return news.Interval{}
	}
	return i
}

// dayOf is the first day of a date, empty if it is none.
func dayOf(date string) string { return days(news.Story{Published: date}).From }

func scanStory(r *row) news.Story {
	s := recorded[news.Story](r)
	s.Text = r.string("text")
	return s
}

const (
	storiesByID = `
UNWIND $ids AS id
CALL (id) {
  MATCH (s:Story {id: id}) RETURN s
 UNION
  MATCH (s:Superseded {id: id}) RETURN s
}
RETURN s.record AS record, s.text AS text`

	storyIs = `
  ($publisher IS NULL OR s.folded = $publisher)
  AND (NOT $during OR s.to >= $since AND ($until = '' OR s.from <= $until))
  AND all(w IN $words WHERE s.words CONTAINS w)`

	storiesByWords = `
CALL db.index.fulltext.queryNodes('newsgraph_story_words', $lucene) YIELD node AS s
WITH s WHERE s.newest > $after AND` + storyIs + `
WITH s ORDER BY s.newest LIMIT $limit
`
)

// StoriesByID returns the stories of ids.
func (s *Store) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	return byID(ctx, s, "read stories", storiesByID, ids, scanStory, func(s news.Story) news.ID { return s.ID })
}

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	const what = "list stories"
	params, texted, err := storiesAsked(q)
	if err != nil {
		return store.Page[news.Story]{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	b := bring(q.Show)
	as := b.stories()
	returned := as.with + "RETURN s.newest AS key, " + as.columns + " ORDER BY key"
	if texted {
		page, err := list(ctx, s, what, "stories", storiesByWords+returned, params, q.Paging, as.read)
		page.Beside = b.Beside
		return page, err
	}
	if params, err = paged(q.Paging, "stories", params); err != nil {
		return store.Page[news.Story]{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	after, _ := params["after"].(string)
	parts := []stretch{{after: after, before: endOfAll}}
	if q.Published != nil {
		parts = during(*q.Published, after, 0, false)
	}
	bounds(parts, params)
	page, err := list(ctx, s, what, "stories", storiesNewest(parts, q.Publisher != "")+returned, params, q.Paging, as.read)
	page.Beside = b.Beside
	return page, err
}

// storiesAsked are the parameters of storyIs; texted tells that words are asked for.
func storiesAsked(q store.StoryQuery) (params map[string]any, texted bool, err error) {
	asked := wanted(q.Text)
	params = map[string]any{"publisher": nil, "words": asked, "lucene": lucene(asked)}
	if q.Publisher != "" {
		params["publisher"] = news.Fold(q.Publisher)
	}
	return params, len(asked) > 0, overlap(q.Published, params)
}

// CountStories counts stories by their keys.
func (s *Store) CountStories(ctx context.Context, q store.StoryCountQuery) (store.StoryCounts, error) {
	const what = "count stories"
	if err := q.Check(); err != nil {
		return store.StoryCounts{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	params, texted, err := storiesAsked(q.Filter)
	if err != nil {
		return store.StoryCounts{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	among := `MATCH (s:Story) WHERE`
	if texted {
		among = `CALL db.index.fulltext.queryNodes('newsgraph_story_words', $lucene) YIELD node AS s
WITH s WHERE`
	}
	by := `'' AS publisher, coalesce(s.from, '') AS from, coalesce(s.to, '') AS to`
	if q.By == store.StoriesByPublisher {
		by = `s.folded AS publisher, '' AS from, '' AS to`
	}
	cells, err := read(ctx, s, what, among+storyIs+"\nRETURN "+by+", count(*) AS n", params, func(r *row) store.StoryCell {
		return store.StoryCell{Key: q.Key(r.string("publisher"), news.Interval{From: r.string("from"), To: r.string("to")}), Stories: r.int("n")}
	})
	return q.Rank(cells), err
}

// storiesNewest walks the stretches of the stories in order: of one publisher or of all.
func storiesNewest(parts []stretch, published bool) string {
	var arms []string
	for i, part := range parts {
		key := pick(part.wide, "wide", "newest")
		index, where, order := key, "", "s."+key
		if published {
			index, where, order = "folded, "+key, "s.folded = $publisher AND ", "s.folded, s."+key
		}
		arm := fmt.Sprintf("  MATCH (s:Story) USING INDEX s:Story(%s)\n  WHERE %ss.%s > $after%d AND s.%s < $before%d", index, where, key, i, key, i)
		if part.reaching {
			arm += " AND s.to >= $since"
		}
		arms = append(arms, arm+"\n  RETURN s ORDER BY "+order+" LIMIT $limit")
	}
	return "CALL () {\n" + strings.Join(arms, "\n UNION\n") + "\n}\nWITH s ORDER BY s.newest LIMIT $limit\n"
}

const deleteStories = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
OPTIONAL MATCH (s)<-[:IN]-(n:Report|Mention|Quotation|Position|Statement)
DETACH DELETE s, n`

func (c *changing) deleteStories() error {
	if len(c.gone) == 0 {
		return nil
	}
	return c.do(deleteStories, map[string]any{"ids": texts(slices.Sorted(maps.Keys(c.gone)))})
}

const writeStories = `
UNWIND $rows AS row
MATCH (t:Text {id: row.textHash})
CREATE (s:Story)-[:PRINTS]->(t)
SET s = row`

func (c *changing) writeStories() error {
	var stories []map[string]any
	for _, f := range c.put {
		row := storyRow(f, c.since(f.Story.ID))
		row["told"] = or(c.told[f.Story.ID])
		stories = append(stories, row)
	}
	return c.rows(writeStories, stories)
}
