package sqlite

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mostQueued is how many rows one statement inserts: each costs a round through database/sql and the driver.
const mostQueued = 25

// queue holds rows that wait for others of their table.
type queue struct {
	rows [][]any
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
		q = &queue{}
		c.queues[into] = q
	}
	q.rows = append(q.rows, args)
}

// index has the words of a row indexed when the queues are flushed.
func (c *change) index(insert string, n int64, text string) {
	c.words[insert] = append(c.words[insert], words{n, text})
}

// insertion fails where it would abort: the transaction ends with it, and SQLite need not keep a copy of each page that the statement changes.
func insertion(into string, width, rows int) string {
	row := ` (?` + strings.Repeat(`, ?`, width-1) + `)`
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
		write := c.insertRows
		if strings.Contains(into, byNumber) {
			write = c.insertNumbered
		}
		if err := write(into, q.rows); err != nil {
			return err
		}
		clear(q.rows)
		q.rows = q.rows[:0]
	}
	return nil
}

func (c *change) insertRows(into string, all [][]any) error {
	var args []any
	for some := range slices.Chunk(all, mostQueued) {
		args = args[:0]
		for _, row := range some {
			args = append(args, row...)
		}
		if err := c.exec(insertion(into, len(some[0]), len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

// byNumber is how the columns of a table begin whose rows are told by numbers, those of change.next.
const byNumber = `(n, `

// insertNumbered inserts rows in the order of their numbers, which are above all that the table has. SQLite keeps a copy of each page that a statement changes
// which inserts many rows with their numbers, even if it may not abort, and none where it gives the numbers: so only the first row of a run has its own, and
// those behind it the next ones, as SQLite gives a row the number after the greatest.
func (c *change) insertNumbered(into string, all [][]any) error {
	var args []any
	for len(all) > 0 {
		first := all[0][0].(int64)
		run := 1
		for run < len(all) && all[run][0] == first+int64(run) {
			run++
		}
		if err := c.insertRows(into, all[:1]); err != nil {
			return err
		}
		last := first
		for some := range slices.Chunk(all[1:run], mostQueued) {
			args = args[:0]
			for _, row := range some {
				args = append(args, row[1:]...)
			}
			given, err := c.insert(insertion(strings.Replace(into, byNumber, `(`, 1), len(some[0])-1, len(some)), args...)
			if err != nil {
				return err
			}
			if last += int64(len(some)); given != last {
				return fmt.Errorf("%s: a row was given the number %d in place of %d", into, given, last)
			}
		}
		all = all[run:]
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
