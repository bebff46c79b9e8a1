package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// envNews names a folder that shared/bench/gen.py filled.
const envNews = "NEWSGRAPH_BENCH"

// envFile names a file that is to keep them: graph's BenchmarkQuestions asks it.
const envFile = "NEWSGRAPH_BENCH_FILE"

// generated are the stories of the neutral CSV in a folder, as facts: a report for each of its mentions.
func generated(b *testing.B, dir string) []news.Facts {
	read := func(name string, row func(r []string)) {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		rows := csv.NewReader(f)
		if _, err := rows.Read(); err != nil {
			b.Fatal(err)
		}
		for {
			r, err := rows.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				b.Fatal(err)
			}
			row(r)
		}
	}
	entities := map[string]news.Entity{}
	read("entities.csv", func(r []string) {
		kind := news.Kind(strings.ToUpper(r[1]))
		e := news.Entity{ID: news.EntityID(kind, news.Slug(r[2])), Kind: kind, Name: r[2], Description: r[5], Source: "names.tsv"}
		if r[3] != "" {
			e.Aliases = strings.Split(r[3], "|")
		}
		// The first letters of a country stand for its code: RUS and UKR, so that classes are as large as in the news.
		code := strings.ToUpper(strings.ReplaceAll(r[4], " ", "")[:3])
		if kind == news.State {
			e.ISO3 = code
		} else {
			e.Country = code
		}
		entities[r[0]] = e
	})
	type event struct {
		kind, mode, date string
		roles            []news.Participant
	}
	events := map[string]*event{}
	read("events.csv", func(r []string) { events[r[0]] = &event{r[1], strings.ReplaceAll(r[2], " ", "_"), r[3], nil} })
	names := map[news.ID]news.Entity{}
	read("event_roles.csv", func(r []string) {
		e := entities[r[1]]
		names[e.ID] = e
		events[r[0]].roles = append(events[r[0]].roles, news.Participant{Role: news.Role(r[2]), Entity: e.ID})
	})
	var all []news.Facts
	at := map[string]int{}
	read("stories.csv", func(r []string) {
		at[r[0]] = len(all)
		all = append(all, news.Facts{Story: news.Story{Headline: r[1], URL: r[2], Publisher: r[3], Language: r[4], Published: r[5][:10], Reader: "1"}})
	})
	type told struct {
		event, sentence string
		confidence      float64
	}
	tells := make([][]told, len(all))
	read("mentions.csv", func(r []string) {
		c, _ := strconv.ParseFloat(r[5], 64)
		tells[at[r[2]]] = append(tells[at[r[2]]], told{r[1], r[6], c})
	})
	for i := range all {
		f := &all[i]
		var text strings.Builder
		for _, t := range tells[i] {
			text.WriteString(t.sentence + " ")
		}
		f.Story.Text = text.String()
		f.Story.Identify()
		seen, spans, start := map[news.ID]bool{}, map[news.ID]bool{}, 0
		for n, t := range tells[i] {
			e := events[t.event]
			end := start + len(t.sentence)
			find := func(words string) news.Span {
				if k := strings.Index(t.sentence, words); k >= 0 {
					return news.SpanOf(f.Story.Text, start+k, start+k+len(words))
				}
				return news.Span{}
			}
			trigger := find(strings.ReplaceAll(e.mode, "_", " "))
			r := news.Report{
				ID: news.ReportID(f.Story.ID, trigger, e.mode, n), Story: f.Story.ID, Type: news.EventType(e.kind), Action: e.mode, Modality: news.Asserted,
				When:     news.When{From: e.date, To: e.date, Precision: news.Day, Value: e.date, How: "the story's day"},
				Sentence: t.sentence, SentenceSpan: news.SpanOf(f.Story.Text, start, end), Trigger: trigger, Confidence: t.confidence,
				Published: f.Story.Published, TextHash: f.Story.TextHash,
			}
			if number, err := strconv.Atoi(t.event[1:]); err == nil && number%10 == 0 { // a tenth are claims
				r.SaidBy = []news.ID{e.roles[0].Entity}
			}
			for _, p := range e.roles {
				if !seen[p.Entity] {
					seen[p.Entity] = true
					f.Entities = append(f.Entities, names[p.Entity])
				}
				p.Span = find(names[p.Entity].Name)
				r.Participants = append(r.Participants, p)
				if m := news.MentionID(f.Story.ID, p.Span); !p.Span.Empty() && !spans[m] {
					spans[m] = true
					f.Mentions = append(f.Mentions, news.Mention{ID: m, Story: f.Story.ID, Span: p.Span, Entity: p.Entity, Form: news.FormName, Why: "its name"})
				}
			}
			f.Reports = append(f.Reports, r)
			start = end + 1
		}
	}
	return all
}

// spent is time that passed and time of processors, of the whole process.
type spent struct{ wall, processor time.Duration }

// meter tells what was spent since it was made.
func meter(b *testing.B) func() spent {
	processor := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began, was := time.Now(), processor()
	return func() spent { return spent{time.Since(began), processor() - was} }
}

// asTheyCame orders the rows of tables as they came, where that is not the order of a first column n.
var asTheyCame = map[string]string{
	"mention": "story", "contribution": "story", "quotation": "story", "told": "story", "side": "position", "speaker": "report", "about": "report", "spoken": "statement", "wording": "entity", "band": "text",
	"event":       `(SELECT MIN(n) FROM report WHERE event = t.id)`,
	"participant": `(SELECT MIN(n) FROM report WHERE event = t.event)`,
	"link":        `(SELECT MIN(n) FROM report WHERE event = t.event)`,
	"relation":    `(SELECT MIN(r.n) FROM link l JOIN report r ON r.event = l.event WHERE l.source = t.source AND l.target = t.target AND l.action = t.action)`,
	"bound":       "1", "superseded": "1", "correction": "1",
}

// source streams the rows of a table, or the words of a full-text index.
type source struct {
	table   string
	columns []string
	of      func(*sql.Rows) ([]any, error)
	rs      *sql.Rows
	rows    int // in all
}

// sources are what a store's rows are read from, each in the order in which they came.
func sources(b *testing.B, s *Store) (all []*source) {
	ctx := b.Context()
	from, err := open(s.file, url.Values{"_pragma": {"query_only(1)"}}) // a connection each
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { from.Close() })
	add := func(table, columns, query string, of func(*sql.Rows) ([]any, error)) {
		one := &source{table: table, of: of}
		if one.rs, err = from.QueryContext(ctx, query); err != nil { //nolint:rowserrcheck // next does
			b.Fatal(err)
		}
		b.Cleanup(func() { one.rs.Close() })
		if one.columns, err = one.rs.Columns(); err != nil {
			b.Fatal(err)
		}
		if columns != "" {
			one.columns = strings.Fields(columns)
		}
		if err := from.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+strings.TrimSuffix(table, "_words")+`"`).Scan(&one.rows); err != nil {
			b.Fatal(err)
		}
		all = append(all, one)
	}
	tables, err := rows(ctx, s.reads, text, `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	if err != nil {
		b.Fatal(err)
	}
	for _, table := range tables {
		add(table, "", `SELECT * FROM "`+table+`" t ORDER BY `+cmp.Or(asTheyCame[table], "n"), plain)
	}
	add("story_words", "rowid words", `SELECT s.n, `+storyList+` FROM story s ORDER BY s.n`, func(rs *sql.Rows) ([]any, error) {
		var n int64
		var c storyColumns
		if err := rs.Scan(append([]any{&n}, c.into()...)...); err != nil {
			return nil, err
		}
		story, err := s.packer.readStory(c)
		return []any{n, folded(story.Headline) + " " + folded(story.Text)}, err
	})
	add("report_words", "rowid words", `SELECT r.n, `+reportList+` FROM report r JOIN story s ON s.n = r.story ORDER BY r.n`, func(rs *sql.Rows) ([]any, error) {
		var n int64
		var c reportColumns
		if err := rs.Scan(append([]any{&n}, c.into()...)...); err != nil {
			return nil, err
		}
		report, err := s.packer.readReport(c)
		return []any{n, folded(report.Sentence)}, err
	})
	return all
}

// plain is a row as it stands.
func plain(rs *sql.Rows) ([]any, error) {
	columns, err := rs.Columns()
	if err != nil {
		return nil, err
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	if err := rs.Scan(into...); err != nil {
		return nil, err
	}
	for i := range row {
		if blob, ok := row[i].([]byte); row[i] == nil || ok && blob == nil { // no column holds NULL: the driver's word for an empty blob
			row[i] = []byte{}
		}
	}
	return row, nil
}

// next are so many rows more.
func (s *source) next(b *testing.B, n int) [][]any {
	all := make([][]any, 0, n)
	for len(all) < n && s.rs.Next() {
		row, err := s.of(s.rs)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, row)
	}
	if err := s.rs.Err(); err != nil || len(all) < n {
		b.Fatalf("%s: %d of %d rows: %v", s.table, len(all), n, err)
	}
	return all
}

// inserts is what it takes to insert the rows of a store into a new file of its layout by hand, in the order in which they came, many a statement, in as
// many transactions: the work below which no load of these rows can come. Reading them is none of it. Of the full-text indexes, those of names are left out.
func inserts(b *testing.B, s *Store, transactions int) (all spent) {
	to := reopen(b, filepath.Join(b.TempDir(), "floor.db"))
	from := sources(b, s)
	for n := range transactions {
		parts := make([][][]any, len(from))
		for i, f := range from {
			parts[i] = f.next(b, f.rows*(n+1)/transactions-f.rows*n/transactions)
		}
		took := meter(b)
		tx, err := to.writes.BeginTx(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		for i, f := range from {
			f.insert(b, tx, parts[i])
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
		one := took()
		all.wall, all.processor = all.wall+one.wall, all.processor+one.processor
	}
	return all
}

// insert puts rows into the table of the same name.
func (s *source) insert(b *testing.B, tx *sql.Tx, rows [][]any) {
	const most = 25 // rows of a statement
	for _, size := range []int{most, 1} {
		if len(rows) < size || size > 1 && strings.HasSuffix(s.table, "_words") { // a full-text index takes one
			continue
		}
		one := `(?` + strings.Repeat(", ?", len(s.columns)-1) + `)`
		insert, err := tx.PrepareContext(b.Context(), `INSERT OR FAIL INTO "`+s.table+`" (`+strings.Join(s.columns, ", ")+`) VALUES `+one+strings.Repeat(", "+one, size-1))
		if err != nil {
			b.Fatal(err)
		}
		for ; len(rows) >= size; rows = rows[size:] {
			if _, err := insert.ExecContext(context.WithoutCancel(b.Context()), slices.Concat(rows[:size]...)...); err != nil {
				b.Fatalf("%s: %v", s.table, err)
			}
		}
		if err := insert.Close(); err != nil { //nolint:sqlclosecheck // before the next size
			b.Fatal(err)
		}
	}
}

// BenchmarkNews loads generated news and asks the questions of shared/bench: its figures are those of docs/adr/0010.
func BenchmarkNews(b *testing.B) {
	if os.Getenv(envNews) == "" {
		b.Skip("set " + envNews + " to a folder that shared/bench/gen.py filled")
	}
	all := generated(b, os.Getenv(envNews))
	path := cmp.Or(os.Getenv(envFile), filepath.Join(b.TempDir(), "graph.db"))
	s := reopen(b, path)
	ctx, reports, batch := b.Context(), 0, min(500, 1+len(all)/40) // a tenth of few is several batches too
	total := 0
	for _, f := range all {
		total += len(f.Reports)
	}
	runtime.GC()
	took := meter(b)
	var tenths []spent // when each tenth of the reports was in
	for i := 0; i < len(all); i += batch {
		some := all[i:min(len(all), i+batch)]
		if _, err := s.Put(ctx, some); err != nil {
			b.Fatal(err)
		}
		for _, f := range some {
			reports += len(f.Reports)
		}
		for len(tenths) < 10*reports/total {
			tenths = append(tenths, took())
		}
	}
	whole := took()
	rate := func(n float64, took spent) string {
		return fmt.Sprintf("%.0f reports/s, %.0f a second of processors", n/took.wall.Seconds(), n/took.processor.Seconds())
	}
	b.Logf("put: %d reports, %s", reports, rate(float64(reports), whole))
	tenth := float64(reports) / 10
	last := spent{whole.wall - tenths[8].wall, whole.processor - tenths[8].processor}
	b.Logf("tenths: first %s; last %s", rate(tenth, tenths[0]), rate(tenth, last))
	if _, err := s.writes.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("size: %d bytes a report", info.Size()/int64(reports))
	floor := inserts(b, s, len(all)/batch+1)
	b.Logf("floor: %s; put is %.2f of it, %.2f by processors", rate(float64(reports), floor), floor.wall.Seconds()/whole.wall.Seconds(), floor.processor.Seconds()/whole.processor.Seconds())
	page := store.Paging{First: 20}
	hub, rare := news.ID("state:russia"), news.ID("state:nauru")
	for _, of := range []news.ID{hub, rare} {
		target := []store.Participation{{Entities: []news.ID{of}, Roles: []news.Role{news.Target}}}
		for _, ask := range []struct {
			name string
			ask  func() error
		}{
			{"Q1", func() error {
				events, err := s.EventsOf(ctx, []news.ID{of}, store.EventQuery{Paging: page})
				if err != nil {
					return err
				}
				var ids, entities []news.ID
				for _, e := range events[0].Edges {
					ids = append(ids, e.Node.ID)
					for _, p := range e.Node.Participants {
						entities = append(entities, p.Entity)
					}
				}
				reports, err := s.ReportsOf(ctx, ids, store.Paging{First: 5})
				if err != nil {
					return err
				}
				var stories []news.ID
				for _, p := range reports {
					for _, r := range p.Edges {
						stories = append(stories, r.Node.Story)
					}
				}
				_, err = s.Entities(ctx, entities)
				if err == nil {
					_, err = s.StoriesByID(ctx, stories)
				}
				return err
			}},
			{"Q2", func() error {
				_, err := s.Events(ctx, store.EventQuery{
					Types: []news.EventType{news.TypeAccuse}, Participants: target, During: &news.Interval{From: "2024-01-01", To: "2024-12-31"}, Paging: store.Paging{First: 50},
				})
				return err
			}},
			{"Q4", func() error {
				_, err := s.Relations(ctx, []news.ID{of}, store.RelationQuery{Paging: store.Paging{First: 100}})
				return err
			}},
			{"Q4 in a year", func() error {
				_, err := s.Relations(ctx, []news.ID{of}, store.RelationQuery{During: &news.Interval{From: "2024-01-01", To: "2024-12-31"}, Paging: store.Paging{First: 100}})
				return err
			}},
		} {
			b.Run(fmt.Sprintf("%s of %s", ask.name, of), func(b *testing.B) {
				for b.Loop() {
					if err := ask.ask(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
