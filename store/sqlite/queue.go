package sqlite

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
)

// mostQueued is how many rows one statement inserts: each costs a round through database/sql and the driver.
const mostQueued = 25

// queue holds rows that wait for others of their table.
type queue struct {
	width int
	rows  [][]any
}

// words are those of a row that wait for a full-text index.
type words struct {
	n     int64
	words string
}

// enqueue inserts a row when the queues are flushed: before anything reads what it says. into is a table, not of a full-text index, with its columns, those of
// its primary key first.
func (c *change) enqueue(into string, args ...any) {
	q := c.queues[into]
	if q == nil {
		q = &queue{width: len(args)}
		c.queues[into] = q
	}
	q.rows = append(q.rows, args)
}

// index has the words of a row indexed when the queues are flushed.
func (c *change) index(insert string, n int64, text string) {
	c.words[insert] = append(c.words[insert], words{n, text})
}

// statement fails where it would abort: the transaction ends with it, and SQLite need not keep a copy of each page that the statement changes.
func (q *queue) statement(into string, rows int) string {
	row := ` (?` + strings.Repeat(`, ?`, q.width-1) + `)`
	return `INSERT OR FAIL INTO ` + into + ` VALUES` + row + strings.Repeat(`,`+row, rows-1)
}

// flush inserts what waits.
func (c *change) flush() error {
	if err := c.flushRows(); err != nil {
		return err
	}
	// These go one after the other: what a full-text index has gathered, it writes before most other statements, in small pieces that it merges later.
	for _, insert := range slices.Sorted(maps.Keys(c.words)) {
		for _, w := range c.words[insert] {
			if err := c.exec(insert, w.n, w.words); err != nil {
				return err
			}
		}
		delete(c.words, insert)
	}
	return nil
}

// flushRows inserts the rows that wait, save words. They go in the order of their primary keys, so that those of a page come together.
func (c *change) flushRows() error {
	for _, into := range slices.Sorted(maps.Keys(c.queues)) {
		q := c.queues[into]
		slices.SortFunc(q.rows, compareRows)
		whole := q.statement(into, mostQueued)
		for some := range slices.Chunk(q.rows, mostQueued) {
			insert := whole
			if len(some) < mostQueued {
				insert = q.statement(into, len(some))
			}
			if err := c.exec(insert, slices.Concat(some...)...); err != nil {
				return err
			}
		}
		clear(q.rows)
		q.rows = q.rows[:0]
	}
	return nil
}

// compareRows compares columns of the kinds that keys are of, up to the first that differs or is of no such kind.
func compareRows(a, b []any) int {
	for i := range a {
		order := 0
		switch x := a[i].(type) {
		case int64:
			order = cmp.Compare(x, b[i].(int64))
		case int:
			order = cmp.Compare(x, b[i].(int))
		case string:
			order = strings.Compare(x, b[i].(string))
		case []byte:
			order = bytes.Compare(x, b[i].([]byte))
		default:
			return 0
		}
		if order != 0 {
			return order
		}
	}
	return 0
}
