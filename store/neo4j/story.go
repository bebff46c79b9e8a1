package neo4j

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// storyRow are the properties of a story. Its text is not in its record too. By the numbers of its reports, mentions and quotations, a
// reader tells whether it sees all of them: what a transaction writes becomes visible one by one while it is committed.
func storyRow(f news.Facts) map[string]any {
	s, bare := f.Story, f.Story
	bare.Text = ""
	published := days(s)
	return map[string]any{
		"id": string(s.ID), "headline": or(s.Headline), "byline": or(s.Byline), "publisher": or(s.Publisher), "url": or(s.URL),
		"language": or(s.Language), "published": or(s.Published), "from": or(published.From), "to": or(published.To), "text": s.Text,
		"textHash": s.TextHash, "reader": s.Reader, "how": or(s.How), "folded": news.Fold(s.Publisher),
		"words": sentenceWords(s.Headline, s.Text), "newest": newest(published.From, s.ID), "record": record(bare),
		"reports": len(f.Reports), "mentions": len(f.Mentions), "quotations": len(f.Quotations),
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

func scanStory(r *row) news.Story {
	s := recorded[news.Story](r)
	s.Text = r.string("text")
	return s
}

const (
	storiesByID = `UNWIND $ids AS id MATCH (s:Story {id: id}) RETURN s.record AS record, s.text AS text`

	storyIs = `
  ($publisher IS NULL OR s.folded = $publisher)
  AND (NOT $during OR s.to >= $since AND ($until = '' OR s.from <= $until))
  AND all(w IN $words WHERE s.words CONTAINS w)`

	storiesNewest = `
MATCH (s:Story) WHERE s.newest > $after AND` + storyIs + `
RETURN s.newest AS key, s.record AS record, s.text AS text ORDER BY s.newest LIMIT $limit`

	storiesByWords = `
CALL db.index.fulltext.queryNodes('newsgraph_story_words', $lucene) YIELD node AS s
WITH s WHERE s.newest > $after AND` + storyIs + `
WITH s ORDER BY s.newest LIMIT $limit
RETURN s.newest AS key, s.record AS record, s.text AS text ORDER BY key`
)

// StoriesByID returns the stories of ids.
func (s *Store) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	return byID(ctx, s, "read stories", storiesByID, ids, scanStory, func(s news.Story) news.ID { return s.ID })
}

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	const what = "list stories"
	asked := wanted(q.Text)
	params := map[string]any{"publisher": nil, "words": asked, "lucene": lucene(asked)}
	if q.Publisher != "" {
		params["publisher"] = news.Fold(q.Publisher)
	}
	if err := overlap(q.Published, params); err != nil {
		return store.Page[news.Story]{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	cypher := storiesNewest
	if len(asked) > 0 {
		cypher = storiesByWords
	}
	return list(ctx, s, what, "stories", cypher, params, q.Paging, scanStory)
}

const deleteStories = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
OPTIONAL MATCH (s)<-[:IN]-(n:Report|Mention|Quotation|Position)
DETACH DELETE s, n`

func (c *changing) deleteStories() error {
	if len(c.gone) == 0 {
		return nil
	}
	return c.do(deleteStories, map[string]any{"ids": texts(slices.Sorted(maps.Keys(c.gone)))})
}

const writeStories = `UNWIND $rows AS row CREATE (s:Story) SET s = row`

func (c *changing) writeStories() error {
	var stories []map[string]any
	for _, f := range c.put {
		stories = append(stories, storyRow(f))
	}
	return c.rows(writeStories, stories)
}
