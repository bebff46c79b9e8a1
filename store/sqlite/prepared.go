package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// prepared asks the questions that come again by statements that are prepared once a connection.
type prepared struct {
	db         *sql.DB
	mu         sync.Mutex
	statements map[string]*sql.Stmt
	wanted     map[string]int // by transactions, which may not keep them, how often
}

// mostPrepared is how many questions are kept. Those that come after them are prepared each time: of lists with cursors, and of many
// parents, there is no end.
const mostPrepared = 64

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	p.mu.Lock()
	st := p.statements[query]
	full := len(p.statements) >= mostPrepared
	p.mu.Unlock()
	if st == nil && full {
		return p.db.QueryContext(ctx, query, args...)
	}
	if st == nil {
		var err error
		if st, err = p.keep(ctx, query); err != nil {
			return nil, err
		}
	}
	return st.QueryContext(ctx, args...)
}

// mostWritten is how many statements of transactions are kept: each table has some for as many rows as are inserted at once.
const mostWritten = 512

// again is the statement that is kept of a query, or none: it is then kept from the next transaction on, if this is not the first that wants it.
func (p *prepared) again(query string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	st := p.statements[query]
	if st == nil && len(p.wanted)+len(p.statements) < mostWritten {
		p.wanted[query]++
	}
	return st
}

// keepWanted prepares what more than one transaction wanted, before another begins: a transaction has the connection for itself. What cannot be prepared, that
// transaction prepares again, and tells why not.
func (p *prepared) keepWanted(ctx context.Context) {
	var some []string
	p.mu.Lock()
	for query, times := range p.wanted {
		if times > 1 {
			some = append(some, query)
			delete(p.wanted, query)
		}
	}
	p.mu.Unlock()
	for _, query := range some {
		if _, err := p.keep(ctx, query); err != nil { //nolint:sqlclosecheck // it is kept
			return
		}
	}
}

func (p *prepared) keep(ctx context.Context, query string) (*sql.Stmt, error) {
	st, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if there := p.statements[query]; there != nil { // another was faster
		return there, st.Close() //nolint:sqlclosecheck // there is none to wait for
	}
	p.statements[query] = st
	return st, nil
}

func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []error
	for query, st := range p.statements {
		all = append(all, st.Close())
		delete(p.statements, query)
	}
	return errors.Join(all...)
}
