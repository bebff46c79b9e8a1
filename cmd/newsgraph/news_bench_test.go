//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"newsgraph/schema"
	"newsgraph/store"
	"newsgraph/store/move"
	"newsgraph/store/neo4j"
	"newsgraph/store/neo4j/neo4jtest"
	"newsgraph/store/sqlite"
)

// envNews names a folder that shared/bench/gen.py filled.
const envNews = "NEWSGRAPH_BENCH"

// The floor is a plain graph of the same news, by hand: a node for each entity, story, event and sentence, and no more.
var floorSchema = []string{
	`CREATE CONSTRAINT floor_entity FOR (n:FEntity) REQUIRE n.id IS UNIQUE`,
	`CREATE CONSTRAINT floor_story FOR (n:FStory) REQUIRE n.id IS UNIQUE`,
	`CREATE CONSTRAINT floor_event FOR (n:FEvent) REQUIRE n.id IS UNIQUE`,
	`CREATE CONSTRAINT floor_mention FOR (n:FMention) REQUIRE n.id IS UNIQUE`,
	`CREATE INDEX floor_date FOR (n:FEvent) ON (n.date)`,
	`CREATE INDEX floor_published FOR (n:FStory) ON (n.published)`,
	`CREATE FULLTEXT INDEX floor_name FOR (n:FEntity) ON EACH [n.name]`,
	`CALL db.awaitIndexes(300)`,
}

// The floor's load, a batch of rows a statement.
var floorLoad = []struct{ file, statement string }{
	{"entities.csv", `UNWIND $rows AS r CREATE (:FEntity {id: r[0], kind: r[1], name: r[2], aliases: split(r[3], '|'), country: r[4], description: r[5]})`},
	{"stories.csv", `UNWIND $rows AS r CREATE (:FStory {id: r[0], title: r[1], url: r[2], source: r[3], language: r[4], published: datetime(r[5]), length: toInteger(r[6])})`},
	{"events.csv", `UNWIND $rows AS r CREATE (:FEvent {id: r[0], type: r[1], mode: r[2], date: date(r[3]), intensity: toFloat(r[4]), mentions: toInteger(r[5])})`},
	{"event_roles.csv", `UNWIND $rows AS r MATCH (e:FEvent {id: r[0]}) MATCH (x:FEntity {id: r[1]})
		FOREACH (_ IN CASE r[2] WHEN 'SOURCE' THEN [1] ELSE [] END | CREATE (e)-[:F_SOURCE]->(x))
		FOREACH (_ IN CASE r[2] WHEN 'TARGET' THEN [1] ELSE [] END | CREATE (e)-[:F_TARGET]->(x))
		FOREACH (_ IN CASE r[2] WHEN 'INSTRUMENT' THEN [1] ELSE [] END | CREATE (e)-[:F_INSTRUMENT]->(x))
		FOREACH (_ IN CASE r[2] WHEN 'PLACE' THEN [1] ELSE [] END | CREATE (e)-[:F_PLACE]->(x))`},
	{"mentions.csv", `UNWIND $rows AS r MATCH (e:FEvent {id: r[1]}) MATCH (s:FStory {id: r[2]})
		CREATE (e)-[:F_EVIDENCE]->(:FMention {id: r[0], begin: toInteger(r[3]), end: toInteger(r[4]), confidence: toFloat(r[5]), sentence: r[6]})-[:F_IN]->(s)`},
}

const floorEvent = `
	RETURN e.id, e.type, e.date, [(e)-[:F_SOURCE]->(s) | [s.id, s.name]], [(e)-[:F_TARGET]->(t) | [t.id, t.name]],
		COLLECT { MATCH (e)-[:F_EVIDENCE]->(m)-[:F_IN]->(st) RETURN [m.sentence, st.title] LIMIT 5 }`

// question is one of the five of shared/bench, of us and of the floor; the hub has a plan of its own there, which one must know to choose.
type question struct {
	name, query      string
	floor, floorHubs string
}

// floors are those of the five questions, in their order.
var floors = []struct{ random, hub string }{
	{
		`MATCH (x:FEntity {id: $id})<-[:F_SOURCE|F_TARGET]-(e) WITH DISTINCT e ORDER BY e.date DESC LIMIT 20` + floorEvent,
		`MATCH (e:FEvent) USING INDEX e:FEvent(date) WHERE e.date > date('1900-01-01') AND EXISTS { (e)-[:F_SOURCE|F_TARGET]->(:FEntity {id: $id}) }
			WITH e ORDER BY e.date DESC LIMIT 20` + floorEvent,
	},
	{
		`MATCH (x:FEntity {id: $id})<-[:F_TARGET]-(e) WHERE e.type = 'ACCUSE' AND date('2024-01-01') <= e.date <= date('2024-12-31')
			WITH DISTINCT e ORDER BY e.date DESC LIMIT 50 RETURN e.id, e.mode, e.date, [(e)-[:F_SOURCE]->(s) | [s.id, s.name, s.kind]]`,
		"",
	},
	{
		`CALL db.index.fulltext.queryNodes('floor_name', $name, {limit: 10}) YIELD node, score RETURN node.id, node.name, node.kind`,
		"",
	},
	{
		`MATCH (x:FEntity {id: $id})<-[:F_SOURCE|F_TARGET]-(e)-[:F_SOURCE|F_TARGET]->(y) WHERE y <> x
			WITH y, count(DISTINCT e) AS n ORDER BY n DESC LIMIT 100 RETURN y.id, y.name, y.kind, n`,
		"",
	},
	{
		`MATCH (s:FStory) WHERE s.published > datetime('1900-01-01') WITH s ORDER BY s.published DESC LIMIT 20
			RETURN s.id, s.title, s.published, COLLECT { MATCH (s)<-[:F_IN]-(m)<-[:F_EVIDENCE]-(e) WITH m, e LIMIT 5
				RETURN [m.sentence, e.type, e.date, [(e)-[:F_SOURCE]->(a) | a.name], [(e)-[:F_TARGET]->(b) | b.name]] }`,
		"",
	},
}

// asked are the questions of graph's BenchmarkFive, with their floors.
var asked = func() (all []question) {
	data, err := os.ReadFile(filepath.FromSlash("../../graph/testdata/five.graphql"))
	if err != nil {
		panic(err)
	}
	for i, one := range strings.Split(string(data), "\n\n# ")[1:] {
		name, query, _ := strings.Cut(one, "\n")
		all = append(all, question{name, query, floors[i].random, floors[i].hub})
	}
	return all
}()

// ofParties tells that the question is about an entity.
func (q question) ofParties() bool { return strings.Contains(q.query, "$id") }

// ask asks it of a party; what it does not ask for is not told.
func (q question) ask(c client, p party) error {
	variables := map[string]any{"id": p.id}
	if strings.Contains(q.query, "$name") {
		variables = map[string]any{"name": p.name}
	}
	_, err := c.ask(q.query, variables)
	return err
}

// What is asked after an hour of loading is valid.
func TestAskedIsValid(t *testing.T) {
	loaded, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	queries := worked(t)
	for _, q := range asked {
		queries = append(queries, q.query)
	}
	for _, q := range queries {
		if _, errs := gqlparser.LoadQueryWithRules(loaded, q, rules.NewDefaultRules()); errs != nil {
			t.Errorf("%s: %v", q, errs)
		}
	}
}

// csvRows are the rows of a table, without its head.
func csvRows(b *testing.B, name string) [][]any {
	f, err := os.Open(filepath.Join(os.Getenv(envNews), name))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	rows := make([][]any, 0, len(all))
	for _, r := range all[1:] {
		row := make([]any, len(r))
		for i := range r {
			row[i] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// imported puts the tables into a store and tells how many reports, and how long it took from the first that was put.
func imported(b *testing.B, s store.Store) (reports int, took time.Duration) {
	var inputs []move.Input
	files, err := filepath.Glob(filepath.Join(os.Getenv(envNews), "*.csv"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no tables in %s: %v", os.Getenv(envNews), err)
	}
	for _, file := range files {
		inputs = append(inputs, move.Input{Name: file, Open: func() (io.ReadCloser, error) { return os.Open(file) }})
	}
	var from time.Time
	sum, err := move.Import(b.Context(), s, inputs, move.Options{Progress: func(p move.Progress) {
		if p.Doing == "stories" && from.IsZero() {
			from = time.Now().Add(-time.Duration(float64(p.Reports) / max(p.Rate, 1) * float64(time.Second)))
		}
	}})
	if err != nil || sum.Rejected > 0 {
		b.Fatalf("%v: %+v", err, sum)
	}
	return sum.Reports, time.Since(from)
}

// perSecond asks by eight at once for three seconds, after one, and tells how often a second it was answered.
func perSecond(b *testing.B, ask func(n int) error) float64 {
	var answered atomic.Int64
	var failed atomic.Pointer[error]
	round := func(lasts time.Duration) {
		until := time.Now().Add(lasts)
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for n := w; time.Now().Before(until); n += 8 {
					if err := ask(n); err != nil {
						failed.Store(&err)
						return
					}
					answered.Add(1)
				}
			})
		}
		all.Wait()
	}
	round(time.Second)
	answered.Store(0)
	began := time.Now()
	round(3 * time.Second)
	if err := failed.Load(); err != nil {
		b.Fatal(*err)
	}
	return float64(answered.Load()) / time.Since(began).Seconds()
}

// client asks a server.
type client struct{ url string }

// asking keeps a connection for each of the eight, which http.DefaultClient does for two, and asks for answers as they are: packed ones would
// have the client unpack them on the cores that are measured.
var asking = http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true}}

func (c client) ask(query string, variables map[string]any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	a, err := asking.Post(c.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	answer, err := io.ReadAll(a.Body)
	if err == nil && bytes.Contains(answer, []byte(`"errors"`)) {
		err = fmt.Errorf("%s: %s", query, answer)
	}
	return answer, err
}

// party is an entity: its id in our graph, and that of its row in the tables.
type party struct{ id, name, row string }

// words are those of its name, as Lucene takes them.
func (p party) words() string {
	return strings.NewReplacer("-", " ", "'", " ", `"`, " ").Replace(p.name)
}

// askedOf is whom questions are about, one after the other.
type askedOf struct {
	who     string
	parties []party
}

func (a askedOf) party(n int) party { return a.parties[n%len(a.parties)] }

// everyone is random parties and the hub.
type everyone struct{ strangers, hub askedOf }

// of is those of whom a question is asked: of the hub only one that is about an entity.
func (e everyone) of(q question) []askedOf {
	if q.ofParties() {
		return []askedOf{e.strangers, e.hub}
	}
	return []askedOf{e.strangers}
}

// parties are 200 that take part in events, as often as they do, and the hub, Russia, as a server of the tables' graph knows them.
func parties(b *testing.B, c client) everyone {
	var strangers []party
	named := func(row []any) party {
		name := row[2].(string)
		answer, err := c.ask(`query($name: String!) { entity(name: $name) { id } }`, map[string]any{"name": name})
		var data struct {
			Data struct{ Entity *struct{ ID string } }
		}
		if err == nil {
			err = json.Unmarshal(answer, &data)
		}
		if err != nil {
			b.Fatal(err)
		}
		if data.Data.Entity == nil {
			return party{}
		}
		return party{data.Data.Entity.ID, name, row[0].(string)}
	}
	byID := map[string][]any{}
	for _, r := range csvRows(b, "entities.csv") {
		byID[r[0].(string)] = r
	}
	roles := csvRows(b, "event_roles.csv")
	r := rand.New(rand.NewPCG(7, 16))
	seen := map[string]bool{}
	for len(strangers) < 200 && len(seen) < 2000 {
		row := byID[roles[r.IntN(len(roles))][1].(string)]
		if kind := row[1].(string); kind == "Weapon" || kind == "Place" || seen[row[0].(string)] {
			seen[fmt.Sprint(row[0], len(seen))] = true
			continue
		}
		seen[row[0].(string)] = true
		if p := named(row); p.id != "" {
			strangers = append(strangers, p)
		}
	}
	return everyone{askedOf{"random", strangers}, askedOf{"hub", []party{named(byID["S000002"])}}}
}

// serves starts the built program over a store.
func serves(b *testing.B, uri string) client {
	return client{started(b, exec.CommandContext(b.Context(), program, "serve", "--addr", "127.0.0.1:0", "--store", uri)) + "/graphql"}
}

// BenchmarkNews loads the generated news into a Neo4j, live and in bulk, and asks the five questions of shared/bench by eight at once: of the program over
// Neo4j, of the same plain graph by hand through the driver in the same database, and of the program over an embedded store.
func BenchmarkNews(b *testing.B) {
	if os.Getenv(envNews) == "" {
		b.Skip("set " + envNews + " to a folder that shared/bench/gen.py filled")
	}
	ctx := b.Context()
	file := filepath.Join(b.TempDir(), "graph.db")
	embedded, err := sqlite.Open(ctx, file)
	if err != nil {
		b.Fatal(err)
	}
	imported(b, embedded)
	if err := embedded.Close(); err != nil {
		b.Fatal(err)
	}
	bulk(b, file)

	uri, write := live(b)
	one, two := serves(b, uri), serves(b, "sqlite:"+file)
	asking := parties(b, one)
	for _, q := range asked {
		for _, of := range asking.of(q) {
			by := q.floor
			if of.who == "hub" && q.floorHubs != "" {
				by = q.floorHubs
			}
			rates := [3]float64{}
			for i, ask := range []func(n int) error{
				func(n int) error { return q.ask(one, of.party(n)) },
				func(n int) error {
					return write(ctx, by, map[string]any{"id": of.party(n).row, "name": of.party(n).words()})
				},
				func(n int) error { return q.ask(two, of.party(n)) },
			} {
				rates[i] = perSecond(b, ask)
			}
			fmt.Printf("asked: %s; %s; %.0f; %.0f; %.0f\n", q.name, of.who, rates[0], rates[1], rates[2])
		}
	}
}

// BenchmarkLive loads the generated news into a Neo4j beside both floors.
func BenchmarkLive(b *testing.B) {
	if os.Getenv(envNews) == "" {
		b.Skip("set " + envNews + " to a folder that shared/bench/gen.py filled")
	}
	live(b)
}

// byHand runs a statement of the plain graph.
type byHand func(ctx context.Context, statement string, parameters map[string]any) error

// live starts a Neo4j and loads the generated news into it beside both floors, and tells the rate of each and the processor time that the server took. write
// asks it by hand. A server that has just started compiles more than it loads, so the news are loaded and inserted once before
// anything counts.
func live(b *testing.B) (uri string, write byHand) {
	ctx := b.Context()
	started, err := neo4jtest.Start(ctx, os.Stderr)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { started.Stop() }) //nolint:errcheck // it is over
	uri = started.URI
	by, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { by.Close(context.Background()) })
	write = func(ctx context.Context, statement string, parameters map[string]any) error {
		_, err := driver.ExecuteQuery(ctx, by, statement, parameters, driver.EagerResultTransformer, driver.ExecuteQueryWithDatabase("neo4j"))
		return err
	}
	opened, err := neo4j.Open(ctx, uri, neo4j.Auth{})
	if err != nil {
		b.Fatal(err)
	}
	defer opened.Close()
	wipe := func() {
		// Hubs have more relationships than a transaction's memory, so these go first.
		if _, err := neo4jtest.Query(ctx, uri, `MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS`, nil); err != nil {
			b.Fatal(err)
		}
		if err := neo4jtest.Clear(ctx, uri); err != nil {
			b.Fatal(err)
		}
	}
	s := &counting{Store: opened}
	reports, _ := imported(b, s)
	same := dumped(b, by, s.puts)
	wipe()
	same.inserted(b, by)
	wipe()
	start := busy(b, uri)
	inserting := same.inserted(b, by)
	insertingBusy := busy(b, uri) - start
	wipe()
	for _, statement := range floorSchema {
		if err := write(ctx, statement, nil); err != nil {
			b.Fatal(err)
		}
	}
	start = busy(b, uri)
	events, plain := plainly(b, write)
	plainBusy := busy(b, uri) - start
	start = busy(b, uri)
	_, lasted := imported(b, s)
	rate := func(took time.Duration) float64 { return float64(events) / took.Seconds() }
	fmt.Printf("\nneo4j load: %.0f events/s, plain %.0f, rows %.0f; of a second of the server's processors %.0f, plain %.0f, rows %.0f\n",
		rate(lasted), rate(plain), rate(inserting), rate(busy(b, uri)-start), rate(plainBusy), rate(insertingBusy))
	each := func(n int) float64 { return float64(n) / float64(reports) }
	fmt.Printf("neo4j rows: %.1f nodes, %.1f relationships, %.0f properties a report; %d transactions\n",
		each(same.nodes), each(same.relationships), each(same.properties), len(same.transactions))
	return uri, write
}

// plainly loads the generated news as a plain graph by hand, and tells how many events, and how long it took.
func plainly(b *testing.B, write byHand) (events int, took time.Duration) {
	for _, l := range floorLoad {
		rows := csvRows(b, l.file)
		if l.file == "events.csv" {
			events = len(rows)
		}
		began := time.Now()
		for batch := range slices.Chunk(rows, 2000) {
			if err := write(b.Context(), l.statement, map[string]any{"rows": batch}); err != nil {
				b.Fatal(err)
			}
		}
		took += time.Since(began)
	}
	return events, took
}

// busy is the processor time that a server has taken.
func busy(b *testing.B, uri string) time.Duration {
	b.Helper()
	records, err := neo4jtest.Query(b.Context(), uri, `CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes
		RETURN toInteger(attributes.ProcessCpuTime.value) AS took`, nil)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(records[0]["took"].(int64))
}

// bulk tells how long the importer takes of the whole of the bulk path.
func bulk(b *testing.B, file string) {
	s, err := sqlite.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	tables := filepath.Join(b.TempDir(), "bulk")
	bulk, err := neo4jtest.Start(b.Context(), os.Stderr, neo4jtest.WithData(func(data, jars string) error {
		began := time.Now()
		if _, err := neo4j.ExportBulk(b.Context(), s, tables, neo4j.BulkOptions{}); err != nil {
			return err
		}
		written := time.Now()
		importer, err := neo4j.FindImporter(jars)
		if err != nil {
			return err
		}
		err = importer.Import(b.Context(), tables, data, "neo4j", io.Discard)
		fmt.Printf("\nbulk: %.1f s, importer %.1f s\n", time.Since(began).Seconds(), time.Since(written).Seconds())
		return err
	}))
	if err != nil {
		b.Fatal(err)
	}
	if err := bulk.Stop(); err != nil {
		b.Fatal(err)
	}
}
