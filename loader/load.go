package loader

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"newsgraph/loader/queue"
	"newsgraph/news"
	"newsgraph/store"
)

// Progress tells what became of one source, or of a story of it.
type Progress struct {
	Source  string
	Stories int    // so far
	Err     error  // why it, or one of its stories, was left out
	Passed  bool   // it is of a form that holds no story, found in a folder: Err is no failure
	Notice  string // of a story that is taken all the same: a date of it that was refused, a notice that took nothing back
	Done    bool   // there is no more of it
	Left    int    // of a queue: how many stories wait
}

// Refusal is what was left out and why.
type Refusal struct {
	Source string `json:"source"`
	Reason string `json:"reason"`
}

// mostTold is how many refusals of one source are reported one by one, with their reasons. What more there is, is counted and told by one line: a file of which
// each line is odd would else drown all others.
const mostTold = 100

// maxRefusals is how many refusals a summary names; it counts all.
const maxRefusals = 1000

// Summary counts what Load did.
type Summary struct {
	Files, Failed, Passed      int // files; those that gave errors and no story; those that hold none by their form
	Empty                      int // files of which all that there was passed over
	Stories                    int // read and understood
	Refused                    int // what was left out: files, and stories of files
	Put                        int // stories that the store has now
	Added, Replaced, Unchanged int
	Gone                       int // stories that others replaced, as Options.Replace tells
	Entities, Events           int
	Copies                     int // of the texts of other stories, as store.PutResult counts them
	Refusals                   []Refusal
	TakenBack                  int           // versions of stories that notices of this load take back
	Dates                      int           // that were told and refused
	RefusedDates               []RefusedDate // the first of them
	Idle                       []Refusal     // notices that took nothing back, and what to do
}

func (s *Summary) refuse(source string, err error) {
	s.Refused++
	if len(s.Refusals) < maxRefusals {
		s.Refusals = append(s.Refusals, Refusal{source, err.Error()})
	}
}

// batch is how many stories go into one transaction; the first take fewer, so that a load that is stopped soon keeps something.
const (
	batch      = 50
	firstBatch = 4
)

// piece is a story on its way, an error in place of one, or the end of a source.
type piece struct {
	source  Source
	told    Told
	facts   news.Facts
	err     error
	end     bool
	settled chan struct{} // closed when facts or err is there

	delivery *queue.Delivery // of a queue; nil of files
}

// reportEvery is after how many stories of a long source its progress is told.
const reportEvery = 500

// Load reads sources and puts what understand makes of their stories, which it calls from several goroutines. What cannot be read, understood or put
// is reported and counted, and the rest is loaded: one bad story costs no other. A store that fails ends the load, with all that was put before.
// So does the end of ctx, within the time that one call of Put takes to see it.
func Load(ctx context.Context, w store.Writer, sources iter.Seq2[Source, error], o Options,
	understand func(news.Story) (news.Facts, error), report func(Progress),
) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l := &load{w: w, report: report, replacing: replacing{o.Within, o.Replace, map[news.ID]bool{}}}
	for p := range pieces(ctx, sources, o, understand) {
		if err := ctx.Err(); err != nil {
			return l.sum, err // what p says may be that its source was cut off
		}
		if err := l.take(ctx, p); err != nil {
			return l.sum, err
		}
	}
	if err := ctx.Err(); err != nil {
		return l.sum, err
	}
	if err := l.put(ctx); err != nil {
		return l.sum, err
	}
	return l.sum, l.answer(ctx)
}

// ErrStop is around what ends Try.
var ErrStop = errors.New("stopped")

// Try reads sources without understanding or putting what it reads, and tells each story: an error of told is what refuses it, or with ErrStop around it
// what ends the reading. It counts as Load into an empty store does, save what is known only when stories are understood and put.
func Try(ctx context.Context, sources iter.Seq2[Source, error], o Options, told func(Told) error, report func(Progress)) (Summary, error) {
	l := &load{report: report, tried: map[news.ID]bool{}}
	for s, err := range sources {
		for p := range s.pieces(err, o) {
			if err := ctx.Err(); err != nil {
				return l.sum, err
			}
			if p.err == nil && !p.end {
				if err := told(p.told); errors.Is(err, ErrStop) {
					return l.sum, err
				} else if err != nil {
					p.err = p.named(err)
				}
			}
			if err := l.take(ctx, p); err != nil {
				return l.sum, err
			}
		}
	}
	return l.sum, nil
}

// pieces are what the sources give, understood on all cores and in their order.
func pieces(ctx context.Context, sources iter.Seq2[Source, error], o Options, understand func(news.Story) (news.Facts, error)) iter.Seq[*piece] {
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *piece)
	order := make(chan *piece, max(batch, 4*workers)) // bounds how much is in memory; the next batch is understood while one is put
	send := func(c chan<- *piece, p *piece) bool {
		select {
		case c <- p:
			return true
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		defer close(work)
		defer close(order)
		for s, err := range sources {
			for p := range s.pieces(err, o) {
				if !send(order, p) || p.settled != nil && !send(work, p) {
					return
				}
			}
		}
	}()
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for p := range work {
				p.facts, p.err = understood(p, understand)
				close(p.settled)
			}
		})
	}
	return func(yield func(*piece) bool) {
		for {
			var p *piece
			select {
			case <-ctx.Done():
				return
			case next, ok := <-order:
				if !ok {
					return
				}
				p = next
			}
			if p.settled != nil {
				select {
				case <-ctx.Done():
					return // a reading that is under way ends in nothing
				case <-p.settled:
				}
			}
			if !yield(p) {
				return
			}
		}
	}
}

// pieces are the stories of a source, and its end.
func (s Source) pieces(err error, o Options) iter.Seq[*piece] {
	return func(yield func(*piece) bool) {
		if err != nil {
			if !yield(&piece{source: s, err: err}) {
				return
			}
		} else {
			for told, err := range s.read(o) {
				p := &piece{source: s, told: told, err: err}
				if err == nil {
					p.settled = make(chan struct{})
				}
				if !yield(p) {
					return
				}
			}
		}
		yield(&piece{source: s, end: true})
	}
}

// understood is what understand makes of a story. One that it cannot bear is an error of that story alone.
func understood(p *piece, understand func(news.Story) (news.Facts, error)) (facts news.Facts, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a defect of newsgraph stopped the understanding, please report it: %v at %s", r, culprit())
		}
		if err != nil {
			err = p.named(err)
		}
	}()
	if facts, err = understand(p.told.Story); err != nil {
		return facts, err
	}
	ready, err := store.Prepare([]news.Facts{facts}) // so that a batch is not refused for one of its stories
	if err != nil {
		return facts, err
	}
	return ready[0], nil
}

// named is an error with the story that it is of.
func (p *piece) named(err error) error {
	where := p.source.Name
	if p.told.Item.Where != "" {
		where += ": " + p.told.Item.Where
	}
	if p.told.Headline != "" {
		return fmt.Errorf("%s: “%s”: %w", where, p.told.Headline, err)
	}
	return fmt.Errorf("%s: %w", where, err)
}

// load puts pieces, and counts.
type load struct {
	replacing
	w       store.Writer
	report  func(Progress)
	sum     Summary
	pending []*piece
	puts    int // transactions so far, up to 8
	stories int // of the source that is being read
	refused int // of that source, as are dates of its stories
	undated int
	passed  bool // something of it was passed over
	notices []notice
	tried   map[news.ID]bool // of Try: what was told so far
}

func (l *load) take(ctx context.Context, p *piece) error {
	switch {
	case p.end:
		l.sum.Files++
		if l.refused > 0 && l.stories == 0 {
			l.sum.Failed++
		}
		if l.passed && l.refused+l.stories == 0 {
			l.sum.Empty++
		}
		l.passed = false
		l.untold(p.source.Name, "stories", l.refused)
		l.untold(p.source.Name, "dates", l.undated)
		l.report(Progress{Source: p.source.Name, Stories: l.stories, Done: true})
		l.stories, l.refused, l.undated = 0, 0, 0
	case p.err != nil && p.source.passed(p.err):
		l.sum.Passed++
		l.passed = true
		l.report(Progress{Source: p.source.Name, Err: p.err, Passed: true})
	case p.err != nil:
		if l.refused++; l.refused > mostTold && p.delivery == nil {
			l.sum.refuse(p.source.Name, p.err)
			return nil
		}
		return l.refuse(ctx, p, p.err)
	default:
		l.stories++
		l.sum.Stories++
		l.date(p)
		if l.stories%reportEvery == 0 {
			l.report(Progress{Source: p.source.Name, Stories: l.stories})
		}
		if l.w == nil {
			l.counted(p.told.ID)
			return nil
		}
		if l.pending = append(l.pending, p); len(l.pending) >= min(batch, firstBatch<<l.puts) {
			return l.put(ctx)
		}
	}
	return nil
}

// counted counts a story that is only tried, as one that an empty store would take: new, or the same as one before.
func (l *load) counted(id news.ID) {
	l.sum.Put++
	if l.tried[id] {
		l.sum.Unchanged++
		return
	}
	l.tried[id] = true
	l.sum.Added++
}

// untold tells how many refusals of a source were not told one by one.
func (l *load) untold(source, what string, refused int) {
	if more := refused - mostTold; more > 0 {
		l.report(Progress{Source: source, Stories: l.stories, Notice: fmt.Sprintf("%s: %d more %s are refused, beside the %d that are named", source, more, what, mostTold)})
	}
}

// date tells of the dates of a story that were refused.
func (l *load) date(p *piece) {
	for _, d := range p.told.Refused {
		if l.sum.Dates++; len(l.sum.RefusedDates) < maxRefusals {
			l.sum.RefusedDates = append(l.sum.RefusedDates, d)
		}
		if l.undated++; l.undated <= mostTold {
			l.report(Progress{Source: p.source.Name, Stories: l.stories, Notice: d.String()})
		}
	}
}

func (l *load) refuse(ctx context.Context, p *piece, err error) error {
	l.sum.refuse(p.source.Name, err)
	l.report(Progress{Source: p.source.Name, Stories: l.stories, Err: err})
	if p.delivery != nil {
		return p.delivery.Bury(ctx, err)
	}
	return nil
}

// put puts what is pending. Where the store refuses it, story by story: what it refuses then is left out, unless it refuses all.
func (l *load) put(ctx context.Context) error {
	if len(l.pending) == 0 {
		return nil
	}
	pending := l.pending
	l.pending = nil
	l.puts = min(l.puts+1, 8)
	err := l.some(ctx, pending)
	if err == nil || ctx.Err() != nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrAuth) || len(pending) == 1 {
		return err
	}
	refused := make([]error, 0, len(pending))
	failed := make([]*piece, 0, len(pending))
	for i := range pending {
		one := l.some(ctx, pending[i:i+1])
		if ctx.Err() != nil || errors.Is(one, store.ErrUnavailable) || i == 2 && len(refused) == 2 && one != nil {
			return one // it is the store that fails, not the stories
		}
		if one != nil {
			refused, failed = append(refused, one), append(failed, pending[i])
		}
	}
	if len(refused) == len(pending) {
		return err
	}
	for i, one := range refused {
		l.sum.Stories--
		if err := l.refuse(ctx, failed[i], failed[i].named(one)); err != nil {
			return err
		}
	}
	return nil
}

// some puts pieces in one transaction.
func (l *load) some(ctx context.Context, pieces []*piece) error {
	facts := make([]news.Facts, len(pieces))
	for i, p := range pieces {
		facts[i] = p.facts
	}
	r, err := l.w.Put(ctx, facts)
	if err != nil {
		return err
	}
	l.sum.Put += len(facts)
	l.sum.Added += r.Added
	l.sum.Replaced += r.Replaced
	l.sum.Unchanged += r.Unchanged
	l.sum.Entities += r.Entities
	l.sum.Events += r.Events
	l.sum.Copies += r.Copies
	l.noted(pieces)
	for _, p := range pieces {
		if p.delivery != nil {
			p.delivery.Done()
		}
	}
	if l.replacing.on {
		return l.replace(ctx, facts)
	}
	return nil
}
