package neo4j

import (
	"context"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// at is the sort key of what stands in a text: by its span, then by id.
func at(span news.Span, id news.ID) string {
	return fmt.Sprintf("%010d %010d %s", span.Start, span.End, id)
}

// mentionRow are the properties of a mention. Its newest begins with its story's.
func mentionRow(m news.Mention, s news.Story) map[string]any {
	return map[string]any{
		"id": string(m.ID), "story": string(m.Story), "entity": string(m.Entity), "start": m.Span.RuneStart, "end": m.Span.RuneEnd,
		"form": string(m.Form), "why": or(m.Why), "at": at(m.Span, m.ID), "newest": newest(days(s).From, m.Story) + " " + at(m.Span, m.ID),
		"record": record(m),
	}
}

const (
	// To order by the entity too, which is always the same, lets Neo4j take the order of the index and stop after a page.
	mentionsOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (m:Mention) WHERE m.entity = parent.id AND m.newest > $after
  RETURN m ORDER BY m.entity, m.newest LIMIT $limit
}
RETURN parent.i AS parent, m.newest AS key, m.record AS record ORDER BY parent, key`

	mentionsIn = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (s:Story {id: parent.id})
  WITH s, COLLECT { MATCH (s)<-[:IN]-(n:Mention) RETURN n } AS has
  UNWIND CASE WHEN size(has) = s.mentions THEN has ELSE [null] END AS m
  WITH m WHERE m.at IS NULL OR m.at > $after
  RETURN m ORDER BY m.at LIMIT $limit
}
RETURN parent.i AS parent, m.at AS key, m.record AS record ORDER BY parent, key`
)

// MentionsOf lists the mentions of each entity.
func (s *Store) MentionsOf(ctx context.Context, entities []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return lists(ctx, s, "list mentions of entities", "mentions of", mentionsOf, entities, nil, p, recorded[news.Mention])
}

// MentionsIn lists the mentions of each story.
func (s *Store) MentionsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return lists(ctx, s, "list mentions in stories", "mentions in", mentionsIn, stories, nil, p, recorded[news.Mention])
}

const (
	writeMentions = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (m:Mention)-[:IN]->(s)
CREATE (m)-[:OF]->(e)
SET m = row`

	writeMentioned = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (s)-[:MENTIONS {count: row.count, first: row.first, record: row.record}]->(e)`

	writeImplied = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (s)-[:IMPLIES {record: row.record}]->(e)`
)

// mentionRows are the mentions of a story, and what it says of each entity that it mentions, and of the others.
func mentionRows(f news.Facts) (mentions, mentioned, implied []map[string]any) {
	type counted struct{ count, first int }
	named := map[news.ID]counted{}
	for _, m := range f.Mentions {
		mentions = append(mentions, mentionRow(m, f.Story))
		n, ok := named[m.Entity]
		if !ok || m.Span.RuneStart < n.first {
			n.first = m.Span.RuneStart
		}
		named[m.Entity] = counted{n.count + 1, n.first}
	}
	for _, e := range f.Entities {
		row := map[string]any{"story": string(f.Story.ID), "entity": string(e.ID), "record": record(e)}
		if n, ok := named[e.ID]; ok {
			row["count"], row["first"] = n.count, n.first
			mentioned = append(mentioned, row)
		} else {
			implied = append(implied, row)
		}
	}
	return mentions, mentioned, implied
}

// writeMentions writes the mentions, and for each entity what the story says of it.
func (c *changing) writeMentions() error {
	var mentions, mentioned, implied []map[string]any
	for _, f := range c.put {
		some, said, silent := mentionRows(f)
		mentions, mentioned, implied = append(mentions, some...), append(mentioned, said...), append(implied, silent...)
	}
	return c.all(statement{writeMentions, mentions}, statement{writeMentioned, mentioned}, statement{writeImplied, implied})
}
