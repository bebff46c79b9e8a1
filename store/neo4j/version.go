package neo4j

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
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

// since is when a story came, if it was there before, or now. It is the zero time for one that came when that was not kept.
func (c *changing) since(id news.ID) time.Time {
	if st, ok := c.gone[id]; ok {
		return st.loaded
	}
	return time.Now().UTC().Truncate(time.Second)
}

const (
	storiesWithoutPage = `MATCH (s:Story) WHERE s.url IS NOT NULL AND s.page IS NULL RETURN s.record AS record, '' AS text LIMIT 5000`
	writePages         = `UNWIND $rows AS row MATCH (s:Story {id: row.id}) SET s.piece = row.piece, s.page = row.page`
)

// address4 fills what stories have since layout 4: piece and page.
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
	loaded time.Time
}

func scanArrival(r *row) arrival { return arrival{scanStory(r), column[time.Time](r, "loaded").UTC()} }

const (
	findStories = `
CALL () {
  UNWIND $pages AS page MATCH (s:Story) USING INDEX s:Story(page) WHERE s.page = page RETURN s
 UNION
  UNWIND $texts AS hash MATCH (s:Story) USING INDEX s:Story(textHash) WHERE s.textHash = hash RETURN s
}
RETURN s.record AS record, '' AS text, s.loaded AS loaded`

	versionsOf = `
UNWIND $ids AS id
MATCH (of:Story {id: id})
CALL (of) {
  RETURN of AS s
 UNION
  WITH of WHERE of.piece IS NOT NULL MATCH (s:Story) USING INDEX s:Story(piece) WHERE s.piece = of.piece RETURN s
}
RETURN DISTINCT s.record AS record, s.text AS text, s.loaded AS loaded`
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
