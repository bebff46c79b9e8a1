package format

import "runtime"

// ahead parses the pages of an archive on all cores while its bytes are read on. What it yields, it yields in the order of the archive and from the
// goroutine that reads it, so that who asks for items sees none of it.
type ahead struct {
	yield      func(Item, error) bool
	pending    []func() bool // what is to be yielded, the first first; each waits for its page
	held       int           // bytes of the pages that are being parsed
	stopped    bool
	delivering bool
}

// Bounds of what is parsed ahead: pages for each core, so that a slow one holds up no other, and their bytes, of which a parser holds many times as
// much. A page of over alone bytes is parsed alone.
const (
	pagesACore = 4
	mostAhead  = 4 << 20
	alone      = 1 << 20
)

// put yields an item in its order.
func (a *ahead) put(i Item, err error) bool {
	switch {
	case a.stopped:
		return false
	case a.delivering || len(a.pending) == 0:
		was := a.delivering
		a.delivering = true
		a.stopped = !a.yield(i, err)
		a.delivering = was
		return !a.stopped
	}
	return a.add(func() bool { return a.yield(i, err) })
}

// page parses a page of size bytes and yields its items to yield, which ends in put, when it is its turn.
func (a *ahead) page(size int, parse func() ([]Item, error), yield func(Item, error) bool) bool {
	if runtime.GOMAXPROCS(0) == 1 || size > alone {
		return a.flush() && yieldAll(yield)(parse())
	}
	for a.held+size > mostAhead {
		if !a.first() {
			return false
		}
	}
	type parsed struct {
		items []Item
		err   error
	}
	done := make(chan parsed, 1) // so that the parser ends, whether or not anybody asks
	go func() {
		items, err := parse()
		done <- parsed{items, err}
	}()
	a.held += size
	return a.add(func() bool {
		p := <-done
		a.held -= size
		return yieldAll(yield)(p.items, p.err)
	})
}

func (a *ahead) add(next func() bool) bool {
	a.pending = append(a.pending, next)
	for len(a.pending) > pagesACore*runtime.GOMAXPROCS(0) {
		if !a.first() {
			return false
		}
	}
	return !a.stopped
}

// first yields what is to be yielded first.
func (a *ahead) first() bool {
	next := a.pending[0]
	a.pending = a.pending[1:]
	a.delivering = true
	a.stopped = !next() || a.stopped
	a.delivering = false
	if a.stopped {
		a.pending = nil
	}
	return !a.stopped
}

// flush yields all that is left.
func (a *ahead) flush() bool {
	for len(a.pending) > 0 {
		if !a.first() {
			return false
		}
	}
	return !a.stopped
}

// yieldAll yields the items of a page, or what is wrong with it.
func yieldAll(yield func(Item, error) bool) func([]Item, error) bool {
	return func(items []Item, err error) bool {
		if err != nil {
			return yield(Item{}, err)
		}
		for _, i := range items {
			if !yield(i, nil) {
				return false
			}
		}
		return true
	}
}
