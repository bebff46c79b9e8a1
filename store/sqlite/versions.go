package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// versioned is the migration from which on stories have piece and page.
const versioned = 6

// addressOf are the hashes of a story's piece and page.
func addressOf(s news.Story) (piece, page int64) {
	if p := s.Piece(); p != "" {
		piece = digest([]byte(p)) | 1
	}
	return piece, pageOf(s.URL)
}

func pageOf(url string) int64 {
	if url == "" {
		return 0
	}
	return digest([]byte(store.PageOf(url))) | 1
}

// since is when a story came, if it was there before, or now.
func (c *change) since(id news.ID) int64 {
	if loaded, ok := c.loaded[id]; ok {
		return loaded
	}
	return time.Now().Unix()
}

// address fills piece and page of the stories of a file that had none.
func (s *Store) address(ctx context.Context, tx *sql.Tx) error {
	const some = 500
	for after := int64(0); ; {
		type row struct {
			n int64
			storyColumns
		}
		all, err := rows(ctx, tx, func(rs *sql.Rows) (r row, err error) {
			err = rs.Scan(append([]any{&r.n}, r.into()...)...)
			return r, err
		}, `SELECT s.n, `+storyList+` FROM story s WHERE s.n > ? ORDER BY s.n LIMIT ?`, after, some)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, r := range all {
			story, err := s.packer.readStory(r.storyColumns)
			if err != nil {
				return err
			}
			piece, page := addressOf(story)
			if _, err := tx.ExecContext(ctx, `UPDATE story SET piece = ?, page = ? WHERE n = ?`, piece, page, r.n); err != nil {
				return err
			}
			after = r.n
		}
	}
}

// arrival is a story with when it came.
type arrival struct {
	news.Story
	loaded int64
}

const arrivalList = storyList + `, s.loaded`

func (s *Store) scanArrival(rs *sql.Rows) (k arrival, err error) {
	var c storyColumns
	if err = rs.Scan(append(c.into(), &k.loaded)...); err == nil {
		k.Story, err = s.packer.readStory(c)
	}
	return k, err
}

// FindStories finds stories by where they stand and by their text.
func (s *Store) FindStories(ctx context.Context, urls, texts []string) ([]news.ID, error) {
	pages := make([]int64, len(urls))
	for i, u := range urls {
		pages[i] = pageOf(u)
	}
	all, err := rows(ctx, s.ask, s.scanArrival, `SELECT `+arrivalList+` FROM story s WHERE s.page IN (SELECT value FROM json_each(?1)) AND s.page <> 0
		UNION ALL SELECT `+arrivalList+` FROM story s WHERE s.texthash IN (SELECT value FROM json_each(?2))`, string(marshal(pages)), list(texts))
	if err != nil {
		return nil, fmt.Errorf("sqlite: find stories: %w", err)
	}
	var ids []news.ID
	for _, k := range all {
		if slices.Contains(texts, k.TextHash) || slices.ContainsFunc(urls, func(u string) bool { return store.Stands(k.URL, u) }) {
			ids = append(ids, k.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Versions returns the versions of the pieces of stories.
func (s *Store) Versions(ctx context.Context, ids []news.ID) (map[news.ID][]store.Version, error) {
	all, err := rows(ctx, s.ask, s.scanArrival, `SELECT `+arrivalList+` FROM story s WHERE s.id IN (SELECT unhex(value) FROM json_each(?1))
		UNION ALL SELECT `+arrivalList+` FROM story s WHERE s.piece <> 0 AND s.piece IN (SELECT piece FROM story WHERE id IN (SELECT unhex(value) FROM json_each(?1)))`,
		hashes("story", ids))
	if err != nil {
		return nil, fmt.Errorf("sqlite: read versions: %w", err)
	}
	return store.VersionsByID(ids, stories(all), loadedOf(all)), nil
}

func stories(all []arrival) []news.Story {
	some := make([]news.Story, len(all))
	for i, k := range all {
		some[i] = k.Story
	}
	return some
}

func loadedOf(all []arrival) map[news.ID]time.Time {
	loaded := map[news.ID]time.Time{}
	for _, k := range all {
		if k.loaded > 0 {
			loaded[k.ID] = time.Unix(k.loaded, 0).UTC()
		}
	}
	return loaded
}
