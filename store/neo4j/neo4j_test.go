package neo4j

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/neo4j/neo4jtest"
)

var uri string

func TestMain(m *testing.M) { os.Exit(neo4jtest.Run(m, func(u string) { uri = u })) }

// auth is what the server of the tests asks for.
func auth() Auth {
	tokens := neo4jtest.Auth().Tokens
	user, _ := tokens["principal"].(string)
	password, _ := tokens["credentials"].(string)
	return Auth{User: user, Password: password}
}

// again opens what is there, and empty wipes it first.
func again(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), uri, auth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func empty(t testing.TB) *Store {
	t.Helper()
	s := again(t)
	if err := neo4jtest.Wipe(t.Context(), s.driver); err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t testing.TB, s *Store, facts ...news.Facts) store.PutResult {
	t.Helper()
	result, err := s.Put(t.Context(), facts)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// cypher asks what a person could ask, and joins the columns of each row by " | ".
func cypher(t testing.TB, s *Store, statement string) []string {
	t.Helper()
	rows, err := read(t.Context(), s, "ask", statement, nil, func(r *row) string {
		var columns []string
		for _, v := range r.record.Values {
			columns = append(columns, fmt.Sprint(v))
		}
		return strings.Join(columns, " | ")
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

var (
	sullivan = news.Entity{ID: "person:jake-sullivan", Kind: news.Person, Name: "Jake Sullivan", Source: "people.tsv"}
	korea    = news.Entity{ID: "state:KP", Kind: news.State, Name: "North Korea", ISO2: "KP", ISO3: "PRK", Source: "states.tsv"}
	russia   = news.Entity{ID: "state:RU", Kind: news.State, Name: "Russia", ISO2: "RU", ISO3: "RUS", Source: "states.tsv"}
	missiles = news.Entity{ID: "weapon:ballistic-missile", Kind: news.Weapon, Name: "ballistic missiles", Source: "weapons.tsv"}
)

// told is a story that says: Sullivan condemned North Korea on a day, as it is asserted, for it had sold missiles to Russia.
func told(headline, day string, modality news.Modality) news.Facts {
	text := "Jake Sullivan condemned North Korea's sale of missiles to Russia."
	f := news.Facts{
		Story:    news.Story{Headline: headline, Publisher: "Agency", Published: "2024-01-10", Text: text, Reader: "1"},
		Entities: []news.Entity{sullivan, korea, russia, missiles},
	}
	f.Story.Identify()
	span := func(words string) news.Span {
		at := strings.Index(text, words)
		return news.SpanOf(text, at, at+len(words))
	}
	when := news.When{Precision: news.Unknown}
	if day != "" {
		when = news.When{From: day, To: day, Precision: news.Day, Text: "Tuesday"}
	}
	report := func(action, trigger string, m news.Modality, w news.When, who ...news.Participant) news.Report {
		a, ok := news.ActionNamed(action)
		if !ok {
			panic(action)
		}
		return news.Report{
			ID: news.ReportID(f.Story.ID, span(trigger), action, 0), Story: f.Story.ID, Type: a.Type, Action: action, Participants: who,
			When: w, Modality: m, Sentence: text, SentenceSpan: span(text), Trigger: span(trigger), Confidence: 0.9,
			Published: f.Story.Published, TextHash: f.Story.TextHash,
		}
	}
	sale := report("sell", "sale", news.Asserted, news.When{Precision: news.Unknown},
		news.Participant{Role: news.Source, Entity: korea.ID, Span: span("North Korea")},
		news.Participant{Role: news.Target, Entity: russia.ID, Span: span("Russia")},
		news.Participant{Role: news.Instrument, Entity: missiles.ID, Span: span("missiles")})
	condemned := report("condemn", "condemned", modality, when,
		news.Participant{Role: news.Source, Entity: sullivan.ID, Span: span("Jake Sullivan")},
		news.Participant{Role: news.Target, Entity: korea.ID, Span: span("North Korea")})
	condemned.About = []news.About{{Report: sale.ID, Type: sale.Type, Action: sale.Action}}
	condemned.SaidBy = []news.ID{russia.ID}
	f.Reports = []news.Report{condemned, sale}
	for _, m := range []struct {
		words  string
		entity news.ID
	}{{"Jake Sullivan", sullivan.ID}, {"North Korea", korea.ID}, {"Russia", russia.ID}} {
		f.Mentions = append(f.Mentions, news.Mention{
			ID: news.MentionID(f.Story.ID, span(m.words)), Story: f.Story.ID, Span: span(m.words), Entity: m.entity, Form: news.FormName, Why: "name",
		})
	}
	f.Quotations = []news.Quotation{{
		ID: news.QuotationID(f.Story.ID, span("missiles")), Story: f.Story.ID, Span: span("missiles"), Speaker: sullivan.ID, Addressee: korea.ID,
		Report: condemned.ID,
	}}
	return f
}

// TestCypher asks what the README shows, and the layout that the package comment tells.
func TestCypher(t *testing.T) {
	s := empty(t)
	f := told("One", "2024-01-09", news.Asserted)
	put(t, s, f)
	const condemned = `MATCH (a)-[c:CLAIMED_CONDEMNED]->(b) RETURN a.name, b.name, c.on`
	same(t, "who condemned whom", cypher(t, s, condemned), []string{"Jake Sullivan | North Korea | 2024-01-09"})
	same(t, "a claim is no fact", cypher(t, s, `MATCH (a)-[:CONDEMNED]->(b) RETURN a.name`), nil)
	for _, q := range []struct{ statement, want string }{
		{`MATCH ()-[c:CLAIMED_CONDEMNED]->() RETURN c.by`, "[state:RU]"},
		{`MATCH ()-[r:RELATION {action: 'condemn'}]->() RETURN r.count, r.claims`, "1 | 1"},
		{`MATCH (p:Person {name: 'Jake Sullivan'})-[c:CLAIMED_CONDEMNED]->(:State {name: 'North Korea'}) RETURN c.event = ` +
			`COLLECT { MATCH (e:Event {action: 'condemn'}) RETURN e.id }[0]`, "true"},
		{`MATCH (e:Event {action: 'condemn'})-[:ABOUT]->(d:Event) RETURN d.action`, "sell"},
		{
			`MATCH (e:Event {action: 'condemn'})-[r:SOURCE|TARGET]->(n) WITH type(r) + ' ' + n.name AS p ORDER BY p RETURN collect(p)`,
			"[SOURCE Jake Sullivan TARGET North Korea]",
		},
		{`MATCH (e:Event {action: 'sell'})-[:INSTRUMENT]->(n:Weapon) RETURN n.name`, "ballistic missiles"},
		{`MATCH (r:Report {action: 'condemn'})-[:ABOUT]->(d:Report)-[:OF]->(e:Event) RETURN e.action`, "sell"},
		{`MATCH (r:Report {action: 'condemn'})-[b:SAID_BY]->(n) RETURN n.name, b.n`, "Russia | 0"},
		{
			`MATCH (r:Report {action: 'condemn'})-[:IN]->(s:Story) UNWIND range(0, size(r.roles) - 1) AS i
			RETURN collect(r.roles[i] + ' ' + substring(s.text, r.starts[i], r.ends[i] - r.starts[i]))`,
			"[SOURCE Jake Sullivan TARGET North Korea]",
		},
		{
			`MATCH (m:Mention)-[:IN]->(s:Story), (m)-[:OF]->(n:Person) RETURN substring(s.text, m.start, m.end - m.start), n.name`,
			"Jake Sullivan | Jake Sullivan",
		},
		{`MATCH (:Story)-[m:MENTIONS]->(n:State {name: 'Russia'}) RETURN m.count, m.first`, "1 | 58"},
		{`MATCH (:Story)-[:IMPLIES]->(n) RETURN n.name`, "ballistic missiles"},
		{
			`MATCH (n:Statement)-[:BY]->(a {name: 'Russia'}), (n)-[:TOPIC]->(b), (n)-[:IN]->(s) WITH s, n, b ORDER BY b.name
			RETURN collect(b.name), substring(s.text, n.start, n.end - n.start) = s.text`,
			"[Jake Sullivan North Korea] | true",
		},
		{`MATCH (n:Statement)-[:BY]->(a {name: 'Jake Sullivan'}), (n)-[:TO]->(b) RETURN b.name, n.quotation IS NOT NULL`, "North Korea | true"},
		{
			`MATCH (q:Quotation)-[:BY]->(a), (q)-[:TO]->(b), (q)-[:OF]->(e), (q)-[:IN]->(s) RETURN a.name, b.name, e.action, s.headline`,
			"Jake Sullivan | North Korea | condemn | One",
		},
	} {
		same(t, q.statement, cypher(t, s, q.statement), []string{q.want})
	}

	sell, _ := news.ActionNamed("sell")
	typ, reversed := sell.Relation()
	from, to := "North Korea", "Russia"
	if reversed {
		from, to = to, from
	}
	same(t, "what is sold goes to the buyer", cypher(t, s, `MATCH (a)-[c:`+typ+`]->(b) RETURN a.name, b.name, c.on`),
		[]string{from + " | " + to + " | <nil>"})

	if _, err := s.Remove(t.Context(), []news.ID{f.Story.ID}); err != nil {
		t.Fatal(err)
	}
	same(t, "after removing", cypher(t, s, `MATCH (n) WHERE NOT n:Schema RETURN labels(n)`), nil)
	same(t, "relations after removing", cypher(t, s, `MATCH ()-[r]->() RETURN type(r)`), nil)
}

// TestDerived follows the derived relations as stories come, change and go.
func TestDerived(t *testing.T) {
	s := empty(t)
	const condemned = `MATCH (a)-[c:CLAIMED_CONDEMNED]->(b) RETURN a.name, b.name, c.on`
	const row = "Jake Sullivan | North Korea | "
	undated := told("Undated", "", news.Asserted)
	put(t, s, undated)
	same(t, "undated", cypher(t, s, condemned), []string{row + "<nil>"})

	dated := told("Dated", "2024-01-09", news.Asserted)
	put(t, s, dated)
	same(t, "the dated report's event takes the undated one", cypher(t, s, condemned), []string{row + "2024-01-09"})
	check(t, s)

	later := told("Later", "2024-03-01", news.Alleged)
	put(t, s, later)
	same(t, "what is alleged counts for nothing", cypher(t, s, condemned), []string{row + "2024-01-09"})

	denied := told("Dated", "2024-01-09", news.Negated)
	denied.Story.Reader = "2"
	if result := put(t, s, denied); result.Replaced != 1 {
		t.Errorf("replaced: %+v", result)
	}
	same(t, "the undated report still asserts it", cypher(t, s, condemned), []string{row + "2024-01-09"})
	check(t, s)

	if _, err := s.Remove(t.Context(), []news.ID{undated.Story.ID}); err != nil {
		t.Fatal(err)
	}
	same(t, "nobody asserts it now", cypher(t, s, condemned), nil)
	check(t, s)
}

// check compares every relation that is derived from others with what it is derived from.
func check(t testing.TB, s *Store) {
	t.Helper()
	for _, statement := range []string{
		`MATCH (r:Report) WHERE COUNT { (r)-[:OF]->(:Event) } <> 1 RETURN 'reports without one event', r.id`,
		`MATCH (r:Report)-[:OF]->(e) WHERE r.key <> e.key RETURN 'reports of an event of another key', r.id`,
		`MATCH (e:Event) WHERE NOT EXISTS { (e)<-[:OF]-(:Report) } RETURN 'events without a report', e.id`,
		`MATCH (r:Report)-[:ABOUT]->(:Report)-[:OF]->(f:Event) MATCH (r)-[:OF]->(e) WHERE e <> f AND NOT EXISTS { (e)-[:ABOUT]->(f) }
			RETURN 'events that lack ABOUT', e.id, f.id`,
		`MATCH (e:Event)-[:ABOUT]->(f:Event)
			WHERE NOT EXISTS { MATCH (e)<-[:OF]-(:Report)-[:ABOUT]->(:Report)-[:OF]->(f) }
			RETURN 'events with an ABOUT too many', e.id, f.id`,
		`MATCH (e:Event)-[a:ABOUT]->(f:Event) WITH e, f, count(a) AS n WHERE n > 1 RETURN 'events with ABOUT twice', e.id, f.id`,
		`MATCH (e:Event)-[r:SOURCE|TARGET|INSTRUMENT|PLACE]->(n) WITH e, collect(type(r) + ' ' + n.id) AS has
			WHERE NOT (all(p IN e.participants WHERE p IN has) AND size(has) = size(e.participants))
			RETURN 'events with other participants', e.id`,
		`MATCH (q:Quotation) WHERE q.report IS NOT NULL AND NOT EXISTS { MATCH (q)-[:OF]->(e)<-[:OF]-(r:Report) WHERE r.id = q.report }
			RETURN 'quotations of another event', q.id`,
		`MATCH (q:Quotation)-[o:OF]->() WITH q, count(o) AS n WHERE n > 1 RETURN 'quotations of two events', q.id`,
		`MATCH (e:Entity) WHERE e.stories <> COUNT { (e)<-[:MENTIONS]-() } OR e.rank IS NULL RETURN 'entities with a wrong count', e.id`,
		`MATCH (e:Entity) WHERE NOT EXISTS { (e)<-[:MENTIONS|IMPLIES]-() } RETURN 'entities that no story names', e.id`,
		`MATCH (a:Entity)-[r]->(b:Entity) WHERE type(r) <> 'RELATION' AND NOT EXISTS {
			MATCH (x)<-[:SOURCE]-(e:Event)-[:TARGET]->(y) WHERE e.id = r.event AND e.told AND e.relation = type(r)
				AND (x = a AND y = b OR x = b AND y = a) AND coalesce(e.from, '') = coalesce(r.on, '') }
			RETURN 'relations that no event makes', a.id, type(r), b.id`,
		`MATCH (a)<-[:SOURCE]-(e:Event)-[:TARGET]->(b) WHERE e.relation IS NOT NULL AND COUNT {
			MATCH (a)-[r]-(b) WHERE r.event = e.id AND type(r) = e.relation
			} <> COUNT { MATCH (x)<-[:SOURCE]-(e)-[:TARGET]->(y) WHERE x = a AND y = b OR x = b AND y = a }
			RETURN 'events that lack their relation', e.id, a.id, b.id`,
		`MATCH (e:Event) WHERE e.relation IS NOT NULL AND e.claim <> (e.relation STARTS WITH 'CLAIMED_')
			RETURN 'claims as facts, or facts as claims', e.id`,
		`MATCH (:Entity)-[r]->(:Entity) WHERE (type(r) STARTS WITH 'CLAIMED_') <> (r.by IS NOT NULL) RETURN 'claims without a speaker', r.event`,
		`MATCH (e:Event)-[r:SOURCE|TARGET|INSTRUMENT|PLACE]->(n) WHERE r.entity <> n.id OR r.newest <> e.newest OR r.type <> e.type
			OR r.action <> e.action OR r.modality <> e.modality OR coalesce(r.oldest, '') <> coalesce(e.oldest, '')
			OR coalesce(r.wide, '') <> coalesce(e.wide, '') OR e.oldest IS NOT NULL AND r.to <> e.to
			RETURN 'participants out of step', e.id, n.id`,
		`MATCH (r:Report)-[o:OF]->(e:Event) WHERE coalesce(o.event, '') <> e.id OR coalesce(o.canon, '') <> r.canon
			RETURN 'reports out of step', r.id`,
		`MATCH (a)-[r:RELATION]->(b) CALL (a, r, b) {
				MATCH (a)<-[:SOURCE]-(e:Event {action: r.action})-[:TARGET]->(b) WHERE e.told
				RETURN count(e) AS n, count(CASE WHEN e.claim THEN 1 END) AS claims, min(CASE WHEN e.oldest IS NOT NULL THEN e.from END) AS first,
					max(CASE WHEN e.oldest IS NOT NULL THEN e.to END) AS last, min(e.newest) AS newest }
			WITH * WHERE r.count <> n OR r.claims <> claims OR coalesce(r.first, '') <> coalesce(first, '') OR coalesce(r.last, '') <> coalesce(last, '')
				OR coalesce(r.newest, '') <> coalesce(newest, '') OR r.source <> a.id OR r.target <> b.id
			RETURN 'kept relations that are wrong', a.id, r.action, b.id, r.count, n, r.first, first, r.last, last`,
		`MATCH (a)<-[:SOURCE]-(e:Event)-[:TARGET]->(b) WHERE e.told AND COUNT { (a)-[:RELATION {action: e.action}]->(b) } <> 1
			RETURN 'kept relations that are missing', a.id, e.action, b.id`,
		`MATCH (s:Story) WHERE COUNT { (s)-[:PRINTS]->(:Text) } <> 1 RETURN 'stories without one text', s.id`,
		`MATCH (t:Text) WHERE NOT EXISTS { (t)<-[:PRINTS]-() } RETURN 'texts that no story prints', t.id`,
		`MATCH (s:Story)-[:PRINTS]->(t:Text) WHERE s.textHash <> t.id RETURN 'stories that print another text', s.id`,
		`MATCH (e:Event)<-[:OF]-(:Report)-[:IN]->(:Story)-[:PRINTS]->(t:Text) WITH e, count(DISTINCT t.copies) AS n WHERE e.texts <> n
			RETURN 'events of other texts', e.id, n`,
	} {
		if wrong := cypher(t, s, statement); len(wrong) > 0 {
			t.Errorf("%d: %q", len(wrong), wrong[:min(3, len(wrong))])
		}
	}
}

func TestDefinitions(t *testing.T) {
	s := empty(t)
	const show = `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'newsgraph_' AND state = 'ONLINE' RETURN name ORDER BY name`
	var want []string
	for _, d := range definitions() {
		want = append(want, d.name)
	}
	slices.Sort(want)
	same(t, "indexes", cypher(t, s, show), want)
	same(t, "constraints", cypher(t, s, `SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties WHERE name STARTS WITH 'newsgraph_'
		RETURN type, labelsOrTypes[0], properties[0] ORDER BY name`), []string{
		"UNIQUENESS | Correction | id", "UNIQUENESS | Entity | id", "UNIQUENESS | Event | id", "UNIQUENESS | Key | id", "UNIQUENESS | Mention | id",
		"UNIQUENESS | Position | id", "UNIQUENESS | Quotation | id", "RELATIONSHIP_UNIQUENESS | RELATION | id", "UNIQUENESS | Report | id", "UNIQUENESS | Schema | id",
		"UNIQUENESS | Story | id", "UNIQUENESS | Superseded | id", "UNIQUENESS | Text | id",
	})

	for _, d := range definitions() {
		drop := "DROP INDEX " + d.name
		if strings.HasPrefix(d.cypher, "CREATE CONSTRAINT") {
			drop = "DROP CONSTRAINT " + d.name
		}
		if _, err := write(t.Context(), s, "drop", func(tx transaction) (string, error) { return "", tx.do(drop, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := Open(t.Context(), uri, auth())
			if err != nil {
				t.Errorf("opened at once with others: %v", err)
				return
			}
			t.Cleanup(func() { s.Close() })
			if _, err := s.Put(t.Context(), []news.Facts{told("One", "2024-01-09", news.Asserted)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	same(t, "indexes made at once", cypher(t, s, show), want)
}

func TestAddress(t *testing.T) {
	for _, test := range []struct{ uri, target, host, database, user, password string }{
		{"neo4j://host", "neo4j://host:7687", "host:7687", "", "", ""},
		{"bolt://host:9/", "bolt://host:9", "host:9", "", "", ""},
		{"neo4j+s://host/news", "neo4j+s://host:7687", "host:7687", "news", "", ""},
		{"neo4j+ssc://host?policy=eu", "neo4j+ssc://host:7687?policy=eu", "host:7687", "", "", ""},
		{"bolt+s://u:p@host", "bolt+s://host:7687", "host:7687", "", "u", "p"},
		{"bolt+ssc://u:p%40%2Fq@[::1]:7688/db", "bolt+ssc://[::1]:7688", "[::1]:7688", "db", "u", "p@/q"},
		{"neo4j://u@host", "neo4j://host:7687", "host:7687", "", "u", ""},
	} {
		a, err := parseAddress(test.uri)
		got := []string{a.target, a.host, a.database, a.auth.User, a.auth.Password}
		if want := []string{test.target, test.host, test.database, test.user, test.password}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", test.uri, got, err, want)
		}
	}
	for _, bad := range []string{
		"", "host", "host:7687", "http://u:secret@host", "neo4j://", "neo4j://u:secret%@host", "neo4j://u:1/secret@host", "neo4j://u:se?cret@host",
		"neo4j://u:se#cret@host", "neo4j://u:secret@host:port", "neo4j://u:secret@host/a/b", "neo4j:secret",
	} {
		_, err := Open(t.Context(), bad, Auth{})
		if err == nil || strings.Contains(err.Error(), "cret") || !strings.Contains(err.Error(), "neo4j://host:7687") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestRefused opens what does not answer, or refuses, and reads the messages as a user would.
func TestRefused(t *testing.T) {
	const secret = "a-Secret-9"
	server, err := neo4jtest.Start(t.Context(), io.Discard, neo4jtest.WithPassword(secret))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	silent := listener.Addr().String() // takes connections and never answers
	t.Cleanup(func() { listener.Close() })
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(server.URI, "neo4j://")
	for _, test := range []struct {
		name, uri string
		auth      Auth
		is        error
		says      []string
	}{
		{"nobody", "neo4j://neo4j:" + secret + "@" + nobody, Auth{}, store.ErrUnavailable, []string{nobody, "see that Neo4j runs there"}},
		{"nobody, bolt", "bolt://" + nobody, Auth{"neo4j", secret}, store.ErrUnavailable, []string{nobody, "see that Neo4j runs there"}},
		{"silent", "bolt://neo4j:" + secret + "@" + silent, Auth{}, store.ErrUnavailable, []string{silent, "see that Neo4j runs there"}},
		{"HTTP", "neo4j://neo4j:" + secret + "@" + web.Listener.Addr().String(), Auth{}, store.ErrUnavailable, []string{web.Listener.Addr().String()}},
		{"no TLS", "neo4j+s://neo4j:" + secret + "@" + host, Auth{}, store.ErrUnavailable, []string{host}},
		{"password", "neo4j://" + host, Auth{"neo4j", secret + "1"}, store.ErrAuth, []string{host, "password"}},
		{"password, bolt", "bolt://neo4j:" + secret + "1@" + host, Auth{}, store.ErrAuth, []string{host, "password"}},
		{"user", "neo4j://somebody:" + secret + "@" + host, Auth{}, store.ErrAuth, []string{host, "user"}},
		{"none", "neo4j://" + host, Auth{}, store.ErrAuth, []string{host, "user"}},
		{"database", "neo4j://neo4j:" + secret + "@" + host + "/elsewhere", Auth{}, store.ErrUnavailable, []string{host, "database"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel() // the silent one takes all of the time that Open has
			s, err := Open(t.Context(), test.uri, test.auth)
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			if !errors.Is(err, test.is) {
				t.Errorf("%v is no %v", err, test.is)
			}
			for _, want := range test.says {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "ecret") || strings.Contains(fmt.Sprintf("%#v", err), "ecret") {
				t.Errorf("%v tells the password", err)
			}
		})
	}
	for _, good := range []struct {
		uri  string
		auth Auth
	}{
		{"neo4j://neo4j:" + secret + "@" + host, Auth{}},
		{"bolt://neo4j:wrong@" + host + "/neo4j", Auth{"neo4j", secret}},
		{"bolt://" + host, Auth{Password: secret}},
	} {
		s, err := Open(t.Context(), good.uri, good.auth)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		if strings.Contains(fmt.Sprintf("%#v", s.address), "ecret") {
			t.Error("the store keeps the password")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
