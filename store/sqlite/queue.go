package sqlite

import (
	"maps"
	"slices"
	"strings"
)

// mostQueued is how many rows one statement inserts: each costs a round through database/sql and the driver.
const mostQueued = 25

// queue holds rows that wait for others of their table.
type queue struct {
	width int
	args  []any
	whole string // the statement of mostQueued rows
}

// enqueue inserts a row, at the latest when the queues are flushed: before anything reads what it says. into is a table, not of a full-text index, with its columns.
func (c *change) enqueue(into string, args ...any) error {
	q := c.queues[into]
	if q == nil {
		q = &queue{width: len(args), args: make([]any, 0, mostQueued*len(args))}
		q.whole = q.statement(into, mostQueued)
		c.queues[into] = q
	}
	if q.args = append(q.args, args...); len(q.args) < mostQueued*q.width {
		return nil
	}
	err := c.exec(q.whole, q.args...)
	q.args = q.args[:0]
	return err
}

// statement fails where it would abort: the transaction ends with it, and SQLite need not keep a copy of each page that the statement changes.
func (q *queue) statement(into string, rows int) string {
	row := ` (?` + strings.Repeat(`, ?`, q.width-1) + `)`
	return `INSERT OR FAIL INTO ` + into + ` VALUES` + row + strings.Repeat(`,`+row, rows-1)
}

// flush inserts what waits.
func (c *change) flush() error {
	for _, into := range slices.Sorted(maps.Keys(c.queues)) {
		q := c.queues[into]
		if len(q.args) == 0 {
			continue
		}
		if err := c.exec(q.statement(into, len(q.args)/q.width), q.args...); err != nil {
			return err
		}
		q.args = q.args[:0]
	}
	return nil
}
