// Package neo4j keeps the graph in Neo4j 5.26 or later, on one machine or on a cluster, by the official driver. It knows Cypher and
// the layout of nodes and relations that people query by hand; what an event is, it leaves to news.Merge, and it reads no text
// and answers no GraphQL.
//
// # Layout
//
//	(:Story {headline, publisher, published, from, to, text, loaded …})
//	(:Story)-[:PRINTS]->(:Text {copies, sketch, band0 … band15})   a text once, and the label of its group of copies
//	(:Entity:Person|State|Organisation|Place|Weapon|Group|Thing {id, kind, name, aliases, wikidata, iso2, iso3, stories …})
//	(:Event {type, action, from, to, precision, modality, background, claim, told, texts, participants …})
//	(:Report {sentence, type, action, from, to, modality, roles, entities, starts, ends …})-[:IN]->(:Story)
//	(:Report)-[:OF]->(:Event)   (:Report)-[:SAID_BY {n}]->(:Entity)   (:Report)-[:ABOUT]->(:Report)
//	(:Event)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(:Entity)   (:Event)-[:ABOUT]->(:Event)
//	(:Mention {start, end, form, why})-[:IN]->(:Story)   (:Mention)-[:OF]->(:Entity)
//	(:Story)-[:MENTIONS {count, first}]->(:Entity)   (:Story)-[:IMPLIES]->(:Entity) of those who take part without a mention
//	(:Superseded {headline, publisher, published, url, text, facts …})   a version of a story that a later one took the place of: it is in no relation
//	(:Entity)-[:HOLDS]->(:Position {title, status, since, until})-[:IN]->(:Entity)   (:Position)-[:IN]->(:Story)
//	(:Quotation {start, end})-[:IN]->(:Story)   (:Quotation)-[:BY|TO]->(:Entity)   (:Quotation)-[:OF]->(:Event)
//	(:Statement {speaker, start, end, quotation, report})-[:IN]->(:Story)   (:Statement)-[:BY|TO|TOPIC]->(:Entity)   who says what, to whom, of whom
//	(:Correction {kind, at, by, because, of})   the log, by which stories are as they are here; what was found in one that it changes is Story.told
//	(:Entity)-[:RELATION {action, count, claims, first, last, latest}]->(:Entity)   of a source and a target, kept in step
//	(:Entity)-[:CONDEMNED {on, event}]->(:Entity)   one type for each action, of the asserted events that are told as news
//	(:Entity)-[:CLAIMED_CONDEMNED {on, event, by}]->(:Entity)   of those that are claims, with the ids of who says so
//
// Every node but a (:Statement) has its id. Offsets are code points of Story.text, as substring counts them. `record` is the whole thing as JSON, by
// which this package reads exactly what was put; MENTIONS and IMPLIES carry as `record` what the story alone says of the entity.
// Other properties serve the order of lists (newest, oldest, rank, at, canon: strings that sort as the list does), words
// (folded, words, called) and, of a report, where it stands among those of its key (since, until, wide: see stretch.go). A (:Key) is a lock that no
// transaction leaves behind: see key.go. The (:Schema {id: 'newsgraph', version}) tells the layout's version: see schema.go.
package neo4j

import (
	"context"
	"errors"
	"fmt"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"newsgraph/store"
)

// patience is how long Open and Ping wait for an answer.
const patience = 10 * time.Second

// Auth is how to sign in. An empty User with a Password is "neo4j", the user that every server begins with; both empty is for a
// server that asks for none.
type Auth struct{ User, Password string }

// Store is a graph in a Neo4j database.
type Store struct {
	driver  driver.DriverWithContext
	address address
	asked   func(ctx context.Context, cypher string, params map[string]any) // a test sees what is read
}

var _ store.Store = (*Store)(nil)

// Open connects to the database at uri, and makes the constraints and indexes that are missing. The uri is
// scheme://[user:password@]host[:port][/database], the scheme neo4j (a server or a cluster) or bolt (just this server), either
// with +s for TLS or +ssc for TLS with a self-signed certificate. A user in auth wins over one in the uri. A server that does
// not answer within ten seconds is store.ErrUnavailable, a refused user or password store.ErrAuth; no error tells the password.
func Open(ctx context.Context, uri string, auth Auth) (*Store, error) {
	a, err := parseAddress(uri)
	if err != nil {
		return nil, fmt.Errorf("neo4j: open: %w", err)
	}
	if auth == (Auth{}) {
		auth = a.auth
	}
	a.auth = Auth{} // the driver alone keeps it
	token := driver.NoAuth()
	if auth != (Auth{}) {
		if auth.User == "" {
			auth.User = "neo4j"
		}
		token = driver.BasicAuth(auth.User, auth.Password, "")
	}
	d, err := driver.NewDriverWithContext(a.target, token, func(c *config.Config) {
		c.SocketConnectTimeout = patience / 2
		c.UserAgent = "newsgraph"
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, fmt.Errorf("neo4j: open %s: %w", a.host, err)
	}
	s := &Store{driver: d, address: a}
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(err, d.Close(ctx))
	}
	for _, step := range []func(context.Context) error{s.nameDatabase, s.checkSchema, s.prepare, s.markSchema} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, d.Close(ctx))
		}
	}
	return s, nil
}

// nameDatabase asks which database is the user's home database, once: the driver asks it for each session that names none.
func (s *Store) nameDatabase(ctx context.Context) error {
	if s.address.database != "" {
		return nil
	}
	names, err := read(ctx, s, "look at the database", `CALL db.info() YIELD name RETURN name`, nil, func(r *row) string { return r.string("name") })
	if err == nil && len(names) == 1 {
		s.address.database = names[0]
	}
	return err
}

// Close releases the connections.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.driver.Close(ctx); err != nil {
		return s.wrap(ctx, "close", err)
	}
	return nil
}

// Ping tells whether the server answers and takes the user and the password.
func (s *Store) Ping(ctx context.Context) error {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := s.driver.VerifyConnectivity(short)
	if err == nil {
		return nil
	}
	err = s.wrap(ctx, "connect", err)
	if errors.Is(err, store.ErrAuth) || errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.Canceled) {
		return err
	}
	// What else can go wrong is that the caller has less patience, or that something answers that is no Neo4j.
	return fmt.Errorf("%w at %s: %w", store.ErrUnavailable, s.address.host, err)
}

const stats = `
RETURN COUNT { (:Story) } AS stories, COUNT { (:Entity) } AS entities, COUNT { (:Event) } AS events, COUNT { (:Report) } AS reports,
  COUNT { (:Superseded) } AS superseded, COLLECT { MATCH (s:Story|Superseded) WITH s.reader AS reader, count(s) AS n RETURN [reader, toString(n)] } AS readers`

// Stats counts what the graph holds.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	all, err := read(ctx, s, "count", stats, nil, func(r *row) store.Stats {
		st := store.Stats{
			Stories: r.int("stories"), Entities: r.int("entities"), Events: r.int("events"), Reports: r.int("reports"),
			Superseded: r.int("superseded"), Readers: map[string]int{},
		}
		for _, pair := range r.pairs("readers") {
			st.Readers[pair[0]] = atoi(pair[1])
		}
		return st
	})
	if err != nil {
		return store.Stats{}, err
	}
	return all[0], nil
}
