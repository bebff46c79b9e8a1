package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/db"

	"newsgraph/store"
)

// session takes a session whose bookmarks make what this store wrote visible to what it reads, on any member of a cluster.
func (s *Store) session(ctx context.Context, mode driver.AccessMode) driver.SessionWithContext {
	return s.driver.NewSession(ctx, driver.SessionConfig{
		AccessMode: mode, DatabaseName: s.address.database, BookmarkManager: s.driver.ExecuteQueryBookmarkManager(),
	})
}

// transaction is what a unit of work runs its statements in.
type transaction struct {
	ctx context.Context // it lives as long as the unit of work that it is made for
	tx  driver.ManagedTransaction
}

// do runs a statement that answers nothing.
func (t transaction) do(cypher string, params map[string]any) error {
	result, err := t.tx.Run(t.ctx, cypher, params)
	if err != nil {
		return err
	}
	_, err = result.Consume(t.ctx)
	return err
}

// ask runs a statement and makes a T of each row.
func ask[T any](t transaction, cypher string, params map[string]any, scan func(*row) T) ([]T, error) {
	result, err := t.tx.Run(t.ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	return rows(t.ctx, result, scan)
}

// rows makes a T of each row of an answer.
func rows[T any](ctx context.Context, result driver.ResultWithContext, scan func(*row) T) ([]T, error) {
	var all []T
	for result.Next(ctx) {
		r := row{record: result.Record()}
		v := scan(&r)
		if r.err != nil {
			return nil, r.err
		}
		all = append(all, v)
	}
	return all, result.Err()
}

// errTorn says that a statement saw a part of what a transaction writes or deletes: Neo4j isolates no statement from what is committed
// while it runs. A row without a record tells of it.
var errTorn = errors.New("it changed again and again while it was read")

// lasting is how long a read is tried again for which the server was not there: as long as the driver tries a unit of work.
const lasting = 30 * time.Second

// read asks one statement, and again while what it sees is torn or the server cannot be had; what says in errors what it is for. The statement is its own
// transaction, which takes one exchange with the server, where one that is begun and committed takes three.
func read[T any](ctx context.Context, s *Store, what, cypher string, params map[string]any, scan func(*row) T) ([]T, error) {
	if s.asked != nil {
		s.asked(ctx, cypher, params)
	}
	session := s.session(ctx, driver.AccessModeRead)
	defer session.Close(ctx)
	begun := time.Now()
	for attempt := 1; ; attempt++ {
		result, err := session.Run(ctx, cypher, params)
		var all []T
		if err == nil {
			all, err = rows(ctx, result, scan)
		}
		if err == nil {
			return all, nil
		}
		torn := errors.Is(err, errTorn) && attempt < 100
		if ctx.Err() != nil || !torn && (!driver.IsRetryable(err) || time.Since(begun) > lasting) {
			return nil, s.wrap(ctx, what, err)
		}
		wait := time.Duration(attempt) * time.Millisecond
		if !torn {
			wait = min(100*time.Millisecond<<min(attempt, 5), 2*time.Second)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// gather is read, with the rows as one list in one record: each record costs the driver three reads, with a goroutine and a timer for each, and the server
// as much again. The last RETURN of the statement is the one that makes its rows, in whose order they come.
func gather[T any](ctx context.Context, s *Store, what, cypher string, params map[string]any, scan func(*row) T) ([]T, error) {
	names := columns(cypher)
	lists, err := read(ctx, s, what, "CALL () {"+cypher+"\n}\nRETURN collect(["+strings.Join(names, ", ")+"]) AS rows", params, func(r *row) []T {
		list := column[[]any](r, "rows")
		all := make([]T, 0, len(list))
		for _, v := range list {
			values, ok := v.([]any)
			if !ok || len(values) != len(names) {
				r.err = fmt.Errorf("a row is a %T", v)
				return nil
			}
			one := row{record: &db.Record{Keys: names, Values: values}}
			all = append(all, scan(&one))
			if one.err != nil {
				r.err = one.err
				return nil
			}
		}
		return all
	})
	if err != nil || len(lists) == 0 {
		return nil, err
	}
	return lists[0], nil
}

// columns are the names that the last RETURN of a statement gives.
func columns(cypher string) []string {
	returned := cypher[strings.LastIndex(cypher, "RETURN ")+len("RETURN "):]
	returned, _, _ = strings.Cut(returned, " ORDER BY ")
	all := strings.Split(returned, ",")
	for i, c := range all {
		fields := strings.Fields(c)
		all[i] = fields[len(fields)-1]
	}
	return all
}

// write runs a unit of work, again if a deadlock or a change of leader ended it.
func write[T any](ctx context.Context, s *Store, what string, work func(transaction) (T, error)) (T, error) {
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(ctx)
	v, err := driver.ExecuteWrite(ctx, session, func(tx driver.ManagedTransaction) (T, error) {
		return work(transaction{ctx, tx})
	})
	if err != nil {
		return v, s.wrap(ctx, what, err)
	}
	return v, nil
}

// wrap says what failed, and tells apart what callers tell apart. No error of the driver's holds the password.
func (s *Store) wrap(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("neo4j: %s: %w", what, ctx.Err())
	}
	cause := err
	var limit *driver.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		cause = limit.Errors[len(limit.Errors)-1]
	}
	var said *db.Neo4jError
	var lost *driver.ConnectivityError
	var refused *driver.InvalidAuthenticationError
	var expired *driver.TokenExpiredError
	switch {
	case errors.As(cause, &refused), errors.As(cause, &expired),
		errors.As(cause, &said) && strings.HasPrefix(said.Code, "Neo.ClientError.Security."):
		return fmt.Errorf("neo4j: %s at %s: %w: give the right ones in the address (neo4j://user:password@host) or as the program's "+
			"Neo4j user and password: %w", what, s.address.host, store.ErrAuth, cause)
	case errors.As(cause, &said) && (strings.HasPrefix(said.Code, "Neo.ClientError.Database.") ||
		strings.HasSuffix(said.Code, ".DatabaseUnavailable") || strings.HasSuffix(said.Code, ".DatabaseNotFound")):
		return fmt.Errorf("neo4j: %s at %s: %w: name a database that is there and online, as in neo4j://host:7687/neo4j: %w",
			what, s.address.host, store.ErrUnavailable, cause)
	case errors.As(cause, &lost), errors.Is(cause, context.DeadlineExceeded):
		return fmt.Errorf("neo4j: %s at %s: %w: see that Neo4j runs there and that its Bolt port (7687 unless set) is open: %w",
			what, s.address.host, store.ErrUnavailable, cause)
	}
	if errors.As(cause, &said) && strings.Contains(said.Code, "OutOfMemory") {
		return fmt.Errorf("neo4j: %s: this is too much for the server at once: give fewer stories at a time, or let it have more memory "+
			"(dbms.memory.transaction.total.max, server.memory.heap.max_size): %w", what, cause)
	}
	return fmt.Errorf("neo4j: %s: %w", what, err)
}

// row is one row of an answer. Reading a column that is not as expected keeps the first error.
type row struct {
	record *db.Record
	err    error
}

func column[T any](r *row, name string) T {
	value, _ := r.record.Get(name)
	if value == nil {
		return *new(T)
	}
	v, ok := value.(T)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("column %s is a %T", name, value)
	}
	return v
}

func (r *row) string(name string) string { return column[string](r, name) }
func (r *row) int(name string) int       { return int(column[int64](r, name)) }

func (r *row) strings(name string) []string {
	list := column[[]any](r, name)
	all := make([]string, 0, len(list))
	for _, v := range list {
		s, ok := v.(string)
		if !ok && r.err == nil {
			r.err = fmt.Errorf("column %s holds a %T", name, v)
		}
		all = append(all, s)
	}
	return all
}

// pairs reads a list of lists of strings.
func (r *row) pairs(name string) [][]string {
	list := column[[]any](r, name)
	all := make([][]string, 0, len(list))
	for _, v := range list {
		inner, ok := v.([]any)
		if !ok && r.err == nil {
			r.err = fmt.Errorf("column %s holds a %T", name, v)
		}
		texts := make([]string, 0, len(inner))
		for _, x := range inner {
			s, _ := x.(string)
			texts = append(texts, s)
		}
		all = append(all, texts)
	}
	return all
}

// atoi reads a number that this package wrote.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
