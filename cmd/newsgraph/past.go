package main

import (
	"context"
	"fmt"
	"time"

	"newsgraph/store"
	"newsgraph/store/past"
	"newsgraph/store/sqlite"
)

// asOf is a time as a flag gives it.
type asOf struct{ time.Time }

func (t asOf) given() bool { return !t.IsZero() }

// UnmarshalText reads one, in whose words errors speak of it.
func (t *asOf) UnmarshalText(text []byte) (err error) {
	if t.Time, err = time.Parse(time.RFC3339, string(text)); err != nil {
		return fmt.Errorf("%q is no time: write 2024-05-01T00:00:00Z", text)
	}
	return nil
}

// pasts makes the graphs of former times that questions ask for.
func pasts(r store.Reader, most int) *past.Graphs {
	return past.New(r, func(ctx context.Context, file string) (store.Store, error) { return sqlite.Open(ctx, file) }, past.Options{Most: most})
}
