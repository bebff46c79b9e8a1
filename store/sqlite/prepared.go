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
