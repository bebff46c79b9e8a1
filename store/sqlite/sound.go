package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/news"
)

// compared says how the rows of a table are compared with those of a file that the same stories made: numbers, which may be others there, are written out as
// what they stand for. Columns whose names end in _record, _facts and _body are unpacked.
type compared struct {
	table string
	key   string // tells its rows apart
	rest  string
	from  string // of other tables; else table x
	spare bool   // rows that nothing needs may be left over
	words string // the full-text index of its rows by their n; key and rest are of the owner
}

// noun writes out the id of a hash.
func noun(of, column string) string { return `'` + of + `:' || lower(hex(` + column + `))` }

func entityOf(column string) string {
	return `coalesce((SELECT id FROM entity WHERE n = ` + column + `), 'no entity, number ' || ` + column + `)`
}

func storyOf(column string) string {
	return `coalesce((SELECT ` + noun("story", "id") + ` FROM story WHERE n = ` + column + `), 'no story, number ' || ` + column + `)`
}

func reportOf(column string) string {
	return `coalesce((SELECT ` + noun("report", "id") + ` FROM report WHERE n = ` + column + `), 'no report, number ' || ` + column + `)`
}

const deedOf = `coalesce((SELECT type || ' ' || action FROM deed WHERE n = x.deed), 'no deed, number ' || x.deed)`

// comparedTables are those whose rows are compared.
var comparedTables = []compared{
	{table: "correction", key: noun("correction", "id"), rest: `at, record AS a_record`},
	{table: "story", key: noun("story", "id"), rest: `published, until, publisher, reader, texthash, piece, page, known, (SELECT hash FROM text WHERE n = x.text), record AS a_record, body AS a_body`},
	{table: "superseded", key: noun("story", "id"), rest: `reader, texthash, piece, page, known, record AS a_record, body AS a_body, facts AS b_facts`},
	{table: "told", key: storyOf("x.story"), rest: `record AS b_facts`},
	{table: "entity", key: `id`, rest: `kind, wikidata, iso2, iso3, country, sector, stories, record AS a_record`},
	{table: "wording", key: entityOf("x.entity") + `, hash`, rest: `stories, record AS a_record`},
	{table: "contribution", key: storyOf("x.story") + `, ` + entityOf("x.entity"), rest: `mentioned, wording`},
	{table: "name", key: entityOf("x.entity") + `, folded`, rest: `words, x.n = (SELECT MIN(n) FROM name o WHERE o.entity = x.entity)`},
	{table: "form", key: `record AS a_record`, rest: `0`, spare: true},
	{table: "deed", key: `type, action`, rest: `0`, spare: true},
	{table: "mention", key: noun("mention", "id"), rest: storyOf("x.story") + `, start, stop, before, less, ` + entityOf("x.entity") + `, published, told, (SELECT record FROM form WHERE n = x.form) AS a_record`},
	{table: "quotation", key: noun("quotation", "id"), rest: storyOf("x.story") + `, start, stop, record AS a_record`},
	{table: "position", key: noun("position", "id"), rest: storyOf("x.story") + `, begins, ends, record AS a_record`},
	{table: "side", key: entityOf("x.entity") + `, published, told, start, stop, ` + noun("position", "id"), rest: `(SELECT id FROM position WHERE n = x.position)`},
	{table: "statement", key: storyOf("x.story") + `, ` + entityOf("x.speaker") + `, record AS a_record`, rest: `0`},
	{
		table: "spoken", key: entityOf("x.speaker") + `, list, CASE entity WHEN 0 THEN '' ELSE ` + entityOf("x.entity") + ` END, published, told, start, stop`,
		rest: `(SELECT record FROM statement WHERE n = x.statement) AS a_record`,
	},
	{table: "report", key: noun("report", "id"), rest: storyOf("x.story") + `, start, stop, key, since, until, text, event, rank, record AS a_record`},
	{table: "speaker", key: entityOf("x.entity") + `, ` + reportOf("x.report"), rest: `0`},
	{table: "about", key: reportOf("x.report") + `, deed`, rest: `0`},
	{table: "event", key: noun("event", "id"), rest: deedOf + `, at, length, marks, record AS a_record`},
	{table: "participant", key: noun("event", "event") + `, ` + entityOf("x.entity") + `, at`, rest: deedOf + `, length, marks`},
	{table: "link", key: noun("event", "event") + `, ` + entityOf("x.source") + `, action, ` + entityOf("x.target") + `, at`, rest: `length, claim`},
	{table: "relation", key: entityOf("x.source") + `, action, ` + entityOf("x.target"), rest: `count, claims, first, last, latest, source_id, target_id`},
	{table: "text", key: `hash`, rest: `stories, (SELECT MIN(hash) FROM text o WHERE o.copies = x.copies)`},
	{table: "band", key: `band, coalesce((SELECT hash FROM text WHERE n = x.text), 'no text, number ' || x.text)`, rest: `0`},
	{table: "name_words", key: entityOf("x.entity") + `, folded`, from: `name x`, words: "name_words"},
	{table: "story_words", key: noun("story", "id"), from: `story x`, words: "story_words"},
	{table: "report_words", key: noun("report", "id"), from: `report x`, words: "report_words"},
	{table: "name_words_docsize", key: `coalesce((SELECT ` + entityOf("o.entity") + ` || ' ' || folded FROM name o WHERE o.n = x.id), 'no name, number ' || x.id)`, rest: `sz`},
	{table: "story_words_docsize", key: storyOf("x.id"), rest: `sz`},
	{table: "report_words_docsize", key: reportOf("x.id"), rest: `sz`},
}

// Rows fills a file of its own in a folder from what was found in the stories, and from the log of corrections, and compares all its rows with those of this file: fault is told
// each that is missing, left over or another, and each record that cannot be read, by its table and by what tells it apart. unread is how
// many stories cannot be read, of which what was found is lost.
func (s *Store) Rows(ctx context.Context, dir string, fault func(id, says string)) (unread int, err error) {
	fresh, err := Open(ctx, filepath.Join(dir, "fresh.db"))
	if err != nil {
		return 0, err
	}
	defer fresh.Close() //nolint:errcheck // it is thrown away
	v := &sounding{s: s, fresh: fresh, fault: fault, seed: maphash.MakeSeed()}
	if err := v.fill(ctx); err != nil {
		return v.unread, fmt.Errorf("sqlite: check rows: %w", err)
	}
	for _, side := range []struct {
		conn **sql.Conn
		of   *Store
	}{{&v.has, s}, {&v.want, fresh}} {
		how := maps.Clone(side.of.asking)
		how["_pragma"] = []string{"busy_timeout(60000)"}
		db, err := open(side.of.file, how) // of its own, for tables that are temporary
		if err != nil {
			return v.unread, err
		}
		defer db.Close() //nolint:errcheck // only read
		if *side.conn, err = db.Conn(ctx); err != nil {
			return v.unread, fmt.Errorf("sqlite: check rows: %w", err)
		}
		defer (*side.conn).Close() //nolint:errcheck // only read
	}
	for _, t := range comparedTables {
		if err := v.compare(ctx, t); err != nil {
			if ctx.Err() != nil {
				return v.unread, ctx.Err()
			}
			fault("", fmt.Sprintf("the table %s cannot be read to its end: %v", t.table, err))
		}
	}
	for _, index := range []string{"name_words", "story_words", "report_words"} {
		if err := v.finds(ctx, index); err != nil {
			if ctx.Err() != nil {
				return v.unread, ctx.Err()
			}
			fault("", fmt.Sprintf("the full-text index %s cannot be asked: %v", index, err))
		}
	}
	return v.unread, v.bounds(ctx)
}

// finds asks a full-text index for each of its words: a scan finds those that a search does not.
func (v *sounding) finds(ctx context.Context, index string) error {
	if _, err := v.has.ExecContext(ctx, `CREATE VIRTUAL TABLE IF NOT EXISTS temp.counted_`+index+` USING fts5vocab('main', '`+index+`', 'row')`); err != nil {
		return err
	}
	rs, err := v.has.QueryContext(ctx, `SELECT term, doc, (SELECT COUNT(*) FROM main.`+index+` i WHERE i.`+index+` MATCH '"' || term || '"') AS found FROM temp.counted_`+index+` WHERE found <> doc`)
	if err != nil {
		return err
	}
	defer rs.Close()
	told := 0
	for rs.Next() {
		var word string
		var there, found int
		if err := rs.Scan(&word, &there, &found); err != nil {
			return err
		}
		if told++; told <= mostFaults {
			v.fault("", fmt.Sprintf("%s: %q stands in %d rows, and is found in %d", index, word, there, found))
		}
	}
	if told > mostFaults {
		v.fault("", fmt.Sprintf("%s: %d more words are not found where they stand", index, told-mostFaults))
	}
	return rs.Err()
}

type sounding struct {
	s, fresh  *Store
	has, want *sql.Conn
	fault     func(id, says string)
	seed      maphash.Seed
	unread    int
}

// fill puts what can be read of the stories into the fresh file.
func (v *sounding) fill(ctx context.Context) error {
	var log []news.Correction
	if _, err := rows(ctx, v.s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		if c, err := v.s.packer.scanCorrection(rs.Scan); err == nil { // else it is told with its row
			log = append(log, c)
		}
		return none, nil
	}, `SELECT record FROM correction ORDER BY at, id`); err != nil {
		return err
	}
	if _, err := v.fresh.Correct(ctx, log); err != nil {
		v.fault("", fmt.Sprintf("the log of corrections is not whole: %v", err))
	}
	ids, err := rows(ctx, v.s.ask, func(rs *sql.Rows) (news.ID, error) {
		var id []byte
		err := rs.Scan(&id)
		return unhash("story", id), err
	}, `SELECT id FROM (SELECT id, turn FROM story UNION ALL SELECT id, turn FROM superseded) ORDER BY turn, id`)
	if err != nil {
		return err
	}
	const some = 100
	for page := range slices.Chunk(ids, some) {
		if err := v.put(ctx, page); err != nil {
			return err
		}
	}
	return nil
}

// put puts some stories, those that cannot be read or put aside.
func (v *sounding) put(ctx context.Context, ids []news.ID) error {
	facts, err := v.s.FactsByID(ctx, ids)
	if err == nil {
		_, err = v.fresh.Put(ctx, facts)
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case len(ids) > 1:
		for _, id := range ids {
			if err := v.put(ctx, []news.ID{id}); err != nil {
				return err
			}
		}
		return nil
	}
	v.unread++
	v.fault(string(ids[0]), fmt.Sprintf("what was found in %s cannot be read: %v: what rests on it looks left over", ids[0], err))
	return nil
}

// buckets part the rows of a table: of most, the sums are alike, and no row is looked at again.
const buckets = 1 << 12

// mostFaults is how many faults of one table are told one by one.
const mostFaults = 20

// compare compares a table.
func (v *sounding) compare(ctx context.Context, t compared) error {
	var sums [2][buckets]uint64
	unread := map[string]bool{}
	told := 0
	tell := func(key, says string) {
		if told++; told <= mostFaults {
			v.fault(key, t.table+": "+key+" "+says)
		}
	}
	for side, conn := range []*sql.Conn{v.has, v.want} {
		if err := v.each(ctx, conn, t, func(key, rest string, bad error) {
			if bad != nil {
				unread[key] = true
				tell(key, "cannot be read: "+bad.Error())
				return
			}
			sums[side][v.bucket(key)] += maphash.String(v.seed, key+"\x00"+rest)
		}); err != nil {
			return err
		}
	}
	if sums[0] == sums[1] {
		return nil
	}
	var found [2]map[string][]string
	for side, conn := range []*sql.Conn{v.has, v.want} {
		found[side] = map[string][]string{}
		if err := v.each(ctx, conn, t, func(key, rest string, bad error) {
			if b := v.bucket(key); bad == nil && sums[0][b] != sums[1][b] && !unread[key] {
				found[side][key] = append(found[side][key], rest)
			}
		}); err != nil {
			return err
		}
	}
	keys := map[string]bool{}
	for _, side := range found {
		for key := range side {
			keys[key] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		has, want := found[0][key], found[1][key]
		slices.Sort(has)
		slices.Sort(want)
		switch {
		case slices.Equal(has, want):
		case len(want) == 0 && t.spare:
		case len(want) == 0:
			tell(key, "is there, and nothing in the stories makes it")
		case len(has) == 0:
			tell(key, "is not there, though the stories make it")
		case len(has) != len(want):
			tell(key, fmt.Sprintf("is there %d times, and should be %d times", len(has), len(want)))
		default:
			tell(key, differs(has[0], want[0]))
		}
	}
	if told > mostFaults {
		v.fault("", fmt.Sprintf("%s: %d more rows are missing, left over or others", t.table, told-mostFaults))
	}
	return nil
}

// differs tells where two rows part.
func differs(has, want string) string {
	at := 0
	for at < min(len(has), len(want)) && has[at] == want[at] {
		at++
	}
	const around, most = 30, 80
	from := max(0, at-around)
	cut := func(s string) string {
		return strings.ToValidUTF8(s[min(from, len(s)):min(from+most, len(s))], "")
	}
	return fmt.Sprintf("is …%s…, and should be …%s…", cut(has), cut(want))
}

func (v *sounding) bucket(key string) uint64 { return maphash.String(v.seed, key) % buckets }

// each reads the rows of a table. A row with a record that cannot be read comes with the error.
func (v *sounding) each(ctx context.Context, conn *sql.Conn, t compared, do func(key, rest string, bad error)) error {
	var words map[int64]uint64
	query := `SELECT 1, ` + t.key + `, '|', ` + t.rest + ` FROM ` + t.table + ` x`
	if t.words != "" {
		var err error
		if words, err = v.wordsOf(ctx, conn, t.words); err != nil {
			return err
		}
		query = `SELECT n, ` + t.key + `, '|' FROM ` + t.from
	}
	rs, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rs.Close()
	names, err := rs.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rs.Next() {
		if err := rs.Scan(into...); err != nil {
			return err
		}
		var all []string
		var key string
		var bad error
		for i, value := range values[1:] {
			text, err := v.written(names[i+1], value)
			if err != nil && bad == nil {
				bad = err
			}
			if text == "|" && names[i+1] == `'|'` {
				key, all = strings.Join(all, " "), nil
				continue
			}
			all = append(all, text)
		}
		rest := strings.Join(all, " ")
		if words != nil {
			n, _ := values[0].(int64)
			rest = fmt.Sprintf("of other words (%x)", words[n])
			delete(words, n)
		}
		do(key, rest, bad)
	}
	for n := range words {
		do(fmt.Sprintf("words of the row %d", n), "", nil)
	}
	return rs.Err()
}

// written is a column as text.
func (v *sounding) written(name string, value any) (string, error) {
	switch x := value.(type) {
	case nil:
		return "nothing", nil
	case string:
		return x, nil
	case []byte:
		switch _, kind, _ := strings.Cut(name, "_"); kind {
		case "record":
			var record json.RawMessage
			err := v.s.packer.unpack(x, &record)
			return string(record), err
		case "facts":
			f, err := v.s.packer.readFacts(x)
			return string(marshal(f)), err
		case "body":
			data, err := v.s.packer.inflate(x)
			return string(data), err
		}
		return hex.EncodeToString(x), nil
	default:
		return fmt.Sprint(x), nil
	}
}

// wordsOf sums up the words of a full-text index by the numbers of its rows.
func (v *sounding) wordsOf(ctx context.Context, conn *sql.Conn, index string) (map[int64]uint64, error) {
	if _, err := conn.ExecContext(ctx, `CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary_`+index+` USING fts5vocab('main', '`+index+`', 'instance')`); err != nil {
		return nil, err
	}
	rs, err := conn.QueryContext(ctx, `SELECT doc, term FROM temp.vocabulary_`+index)
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	all := map[int64]uint64{}
	for rs.Next() {
		var doc int64
		var term string
		if err := rs.Scan(&doc, &term); err != nil {
			return nil, err
		}
		all[doc] += maphash.String(v.seed, term)
	}
	return all, rs.Err()
}

// bounds looks at what is kept of the whole file.
func (v *sounding) bounds(ctx context.Context) error {
	var n, longest, turns, superseded, versions int64
	var last, at sql.NullInt64
	err := v.has.QueryRowContext(ctx, `SELECT COUNT(*), coalesce(MAX(longest), 0), coalesce(MAX(turns), 0), coalesce(MAX(superseded), 0), (SELECT COUNT(*) FROM superseded), (SELECT MAX(length) FROM event),
		(SELECT MAX(turn) FROM (SELECT turn FROM story UNION ALL SELECT turn FROM superseded)) FROM bound`).Scan(&n, &longest, &turns, &superseded, &versions, &last, &at)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		v.fault("", fmt.Sprintf("the table bound cannot be read: %v", err))
	case n != 1:
		v.fault("", fmt.Sprintf("the table bound has %d rows, and should have one", n))
	case longest < last.Int64 || turns < at.Int64:
		v.fault("", fmt.Sprintf("the table bound tells of events of %d days and of %d arrivals, and there are some of %d and %d", longest, turns, last.Int64, at.Int64))
	case superseded != versions:
		v.fault("", fmt.Sprintf("the table bound counts %d superseded versions, and there are %d", superseded, versions))
	}
	return nil
}
