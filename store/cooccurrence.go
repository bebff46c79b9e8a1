package store

import (
	"fmt"

	"newsgraph/news"
)

// CoOccurrenceQuery asks which entities are named in the stories that name one.
type CoOccurrenceQuery struct {
	Of    news.ID // an unknown one is in no story
	Most  int     // so many of its stories are looked at, the newest published as MentionsOf has them; at least 1
	First int     // at most so many cells, at least 1
}

// CoOccurrence is in how many of the stories an entity is named.
type CoOccurrence struct {
	Entity  news.ID
	Stories int
}

// CoOccurrences answers a CoOccurrenceQuery.
type CoOccurrences struct {
	Cells   []CoOccurrence // most stories first, then by id; the one that is asked for is none of them
	More    bool           // there are cells that First leaves out
	Stories int            // that were looked at
	Older   bool           // there are stories that Most leaves out
}

// Check refuses what cannot be counted.
func (q CoOccurrenceQuery) Check() error {
	if q.Most < 1 || q.First < 1 {
		return fmt.Errorf("first %d of %d stories: %w: each at least 1", q.First, q.Most, ErrQuery)
	}
	return nil
}

// Cut makes the answer of how many stories there are and of the cells in their order, of each one more than is asked for where there is one.
func (q CoOccurrenceQuery) Cut(stories int, cells []CoOccurrence) CoOccurrences {
	return CoOccurrences{
		Cells: cells[:min(len(cells), q.First)], More: len(cells) > q.First,
		Stories: min(stories, q.Most), Older: stories > q.Most,
	}
}
