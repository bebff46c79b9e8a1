package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"newsgraph/news"
	"newsgraph/store"
)

// costs makes a store tell what its statements cost: database hits, and the operators that took most of them.
func costs(t testing.TB, s *Store) func() (hits int64, plan string) {
	t.Helper()
	var total int64
	var plans strings.Builder
	s.asked = func(ctx context.Context, cypher string, params map[string]any) {
		session := s.session(ctx, driver.AccessModeRead)
		defer session.Close(ctx)
		result, err := session.Run(ctx, "PROFILE "+cypher, params)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := result.Collect(ctx); err != nil { // what is not fetched has no profile
			t.Fatal(err)
		}
		summary, err := result.Consume(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var walk func(p driver.ProfiledPlan)
		walk = func(p driver.ProfiledPlan) {
			total += p.DbHits()
			fmt.Fprintf(&plans, "%s %d rows %d hits; ", p.Operator(), p.Records(), p.DbHits())
			for _, c := range p.Children() {
				walk(c)
			}
		}
		walk(summary.Profile())
	}
	t.Cleanup(func() { s.asked = nil })
	return func() (int64, string) {
		hits, plan := total, plans.String()
		total = 0
		plans.Reset()
		return hits, plan
	}
}

// TestCosts asks every list of a hub, of thousands of events, and of a stranger, of a few dozen: a page costs about the same.
func TestCosts(t *testing.T) {
	s := empty(t)
	const stranger = news.ID("state:state-stranger")
	const stories, reports = 8, 50
	var batch []news.Facts
	for n := range stories {
		batch = append(batch, hubbed(n, reports))
	}
	put(t, s, batch...)
	spread(t, s)
	if wrong := cypher(t, s, `MATCH (:Entity {id: '`+string(hub)+`'})<-[r:SOURCE|TARGET]-() RETURN count(r) > 4900`); wrong[0] != "true" {
		t.Fatal("the hub is none")
	}
	// The hub says thousands of things, a stranger a few dozen, each fourth about somebody or to him.
	if _, err := write(t.Context(), s, "let them speak", func(tx transaction) (struct{}, error) {
		return struct{}{}, tx.do(`
UNWIND [{id: $hub, says: 5000}, {id: $stranger, says: 40}] AS who
UNWIND range(1, who.says) AS i
MATCH (by:Entity {id: who.id}), (e:Entity {id: 'person:person-number-1'})
WITH who, i, by, e, toString(date('2024-01-01') + duration({days: i % 366})) AS day
WITH who, i, by, e, day, reduce(key = '', c IN split(day, '') | key + coalesce(toString(9 - toIntegerOrNull(c)), c)) + '~ story ' + i AS newest
CREATE (n:Statement {speaker: who.id, newest: newest, until: day, record: '{}'})-[:BY]->(by)
FOREACH (x IN CASE WHEN i % 4 = 0 THEN [1] ELSE [] END |
  CREATE (n)-[:TOPIC {speaker: who.id, entity: e.id, newest: newest, until: day}]->(e)
  CREATE (n)-[:TO {speaker: who.id, entity: e.id, newest: newest, until: day}]->(e))`, map[string]any{"hub": string(hub), "stranger": string(stranger)})
	}); err != nil {
		t.Fatal(err)
	}
	// Thousands of stories are published one by one, of which the half are superseded, and one is named in all.
	const crowd, others = news.ID("state:state-crowd"), 5000
	early := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := write(t.Context(), s, "let stories appear", func(tx transaction) (struct{}, error) {
		return struct{}{}, tx.do(`
UNWIND range(1, $others) AS i
WITH i, $early + 60 * i AS known
CREATE (:Mention {entity: $crowd, story: 'story:' + i, newest: '0000-00-00~ story:' + i})
FOREACH (x IN CASE WHEN i % 2 = 0 THEN [1] ELSE [] END | CREATE (:Story {id: 'story:' + i, reader: '1', known: known, loaded: datetime(), turn: 1000 + i}))
FOREACH (x IN CASE WHEN i % 2 = 1 THEN [1] ELSE [] END | CREATE (:Superseded {id: 'story:' + i, reader: '1', known: known, loaded: datetime(), turn: 1000 + i}))`,
			map[string]any{"others": others, "early": early.Unix(), "crowd": string(crowd)})
	}); err != nil {
		t.Fatal(err)
	}
	same(t, "topics of the hub's", cypher(t, s, `MATCH ()-[x:TOPIC]->() WHERE x.speaker = '`+string(hub)+`' RETURN count(x)`), []string{"1250"})
	// The planner goes by samples of the indexes that the server takes now and then: plans are asked for when it knows this graph, not the one before.
	cypher(t, s, `CALL db.prepareForReplanning(120)`)
	told := costs(t, s)
	ctx := t.Context()
	page := store.Paging{First: 20}
	during := &news.Interval{From: "2024-03-01", To: "2024-03-31"}
	by := func(id news.ID, roles ...news.Role) []store.Participation {
		return []store.Participation{{Entities: []news.ID{id}, Roles: roles}}
	}
	events := func(q store.EventQuery) func(news.ID) error {
		return func(id news.ID) error {
			q := q
			q.Paging = page
			_, err := s.EventsOf(ctx, []news.ID{id}, q)
			if err != nil {
				return err
			}
			q.Participants = by(id, news.Target)
			_, err = s.Events(ctx, q)
			return err
		}
	}
	relations := func(q store.RelationQuery) func(news.ID) error {
		return func(id news.ID) error {
			q := q
			q.Paging.First = page.First
			_, err := s.Relations(ctx, []news.ID{id}, q)
			return err
		}
	}
	condemn, rare := []string{"condemn"}, []string{"apologize"}
	for _, test := range []struct {
		name string
		ask  func(news.ID) error
	}{
		{"events", events(store.EventQuery{})},
		{"events as they are shown", func(id news.ID) error {
			q := store.EventQuery{Paging: page}
			q.Show = &store.Show{Brief: true, Named: true, Reports: 5, Headlines: true}
			_, err := s.EventsOf(ctx, []news.ID{id}, q)
			return err
		}},
		{"events of an action", events(store.EventQuery{Actions: condemn})},
		{"events of a rare action", events(store.EventQuery{Actions: rare})},
		{"events of a type", events(store.EventQuery{Types: []news.EventType{news.TypeAccuse}})},
		{"events of a modality", events(store.EventQuery{Modalities: []news.Modality{news.Negated}})},
		{"events in a month", events(store.EventQuery{During: during})},
		{"events of an action in a month", events(store.EventQuery{During: during, Actions: condemn})},
		{"events since a day", events(store.EventQuery{During: &news.Interval{From: "2024-12-20"}})},
		{"events until a day", events(store.EventQuery{During: &news.Interval{To: "2024-01-10"}})},
		{"events in a month or undated", events(store.EventQuery{During: during, Undated: true})},
		{"oldest events", events(store.EventQuery{Order: store.OldestFirst})},
		{"oldest events of an action", events(store.EventQuery{Order: store.OldestFirst, Actions: condemn})},
		{"oldest events in a month", events(store.EventQuery{Order: store.OldestFirst, During: during})},
		{"relations", relations(store.RelationQuery{})},
		{"relations as they are shown", relations(store.RelationQuery{Paging: store.Paging{Show: &store.Show{Named: true}}})},
		{"relations, outgoing", relations(store.RelationQuery{Direction: store.Outgoing})},
		{"relations of an action", relations(store.RelationQuery{Actions: condemn})},
		{"relations with some", relations(store.RelationQuery{Others: []news.ID{"person:person-number-1", "state:XX"}})},
		{"mentions", func(id news.ID) error { _, err := s.MentionsOf(ctx, []news.ID{id}, page); return err }},
		{"statements", func(id news.ID) error {
			_, err := s.StatementsOf(ctx, []news.ID{id}, store.StatementQuery{Paging: page})
			return err
		}},
		{"statements of a month about somebody", func(id news.ID) error {
			_, err := s.StatementsOf(ctx, []news.ID{id}, store.StatementQuery{About: "person:person-number-1", Published: during, Paging: page})
			return err
		}},
		{"statements to somebody", func(id news.ID) error {
			_, err := s.StatementsOf(ctx, []news.ID{id}, store.StatementQuery{To: "person:person-number-1", Paging: page})
			return err
		}},
		{"positions", func(id news.ID) error {
			_, err := s.PositionsOf(ctx, []news.ID{id}, store.PositionQuery{Paging: page})
			return err
		}},
	} {
		cost := func(id news.ID) (int64, string) {
			if err := test.ask(id); err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			return told()
		}
		few, _ := cost(stranger)
		many, plan := cost(hub)
		t.Logf("%s: %d hits of a stranger, %d of the hub", test.name, few, many)
		if strings.Contains(test.name, "oldest") && strings.Contains(test.name, "month") {
			many -= 2 * 2 * 2 * reach * 5000 / 366 // this looks at what began in the month before, too
		}
		if many > max(3*few, 400) {
			t.Errorf("%s: %d hits of a stranger, %d of the hub: %s", test.name, few, many, plan)
		}
	}
	// Nor do the lists of all grow with the graph.
	for _, test := range []struct {
		name string
		ask  func() error
	}{
		{"all events", func() error { _, err := s.Events(ctx, store.EventQuery{Paging: page}); return err }},
		{"all events, oldest first", func() error {
			_, err := s.Events(ctx, store.EventQuery{Order: store.OldestFirst, Paging: page})
			return err
		}},
		{"all events of an action", func() error { _, err := s.Events(ctx, store.EventQuery{Actions: condemn, Paging: page}); return err }},
		{"all events of a rare action", func() error { _, err := s.Events(ctx, store.EventQuery{Actions: rare, Paging: page}); return err }},
		{"all events of a type", func() error {
			_, err := s.Events(ctx, store.EventQuery{Types: []news.EventType{news.TypeAccuse}, Paging: page})
			return err
		}},
		{"all events in a month", func() error { _, err := s.Events(ctx, store.EventQuery{During: during, Paging: page}); return err }},
		{"all events of an action in a month, oldest first", func() error {
			_, err := s.Events(ctx, store.EventQuery{During: during, Actions: condemn, Order: store.OldestFirst, Paging: page})
			return err
		}},
		{"stories", func() error { _, err := s.Stories(ctx, store.StoryQuery{Paging: page}); return err }},
		{"stories of a month", func() error { _, err := s.Stories(ctx, store.StoryQuery{Published: during, Paging: page}); return err }},
		{"stories of a publisher", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Publisher: "Agency", Paging: page})
			return err
		}},
		{"stories that could be read early", func() error {
			came, more, err := s.KnownBy(ctx, early.Add(30*time.Minute), 100)
			if err == nil && (len(came) != 30 || more) {
				err = fmt.Errorf("%d could be, more: %t; want 30", len(came), more)
			}
			return err
		}},
		{"co-occurrences in the newest stories", func() error {
			found, err := s.CoOccurring(ctx, store.CoOccurrenceQuery{Of: crowd, Most: 30, First: 20})
			if err == nil && (found.Stories != 30 || !found.Older) {
				err = fmt.Errorf("looked at %d stories, older: %t", found.Stories, found.Older)
			}
			return err
		}},
		{"more stories than are answered", func() error {
			_, more, err := s.KnownBy(ctx, time.Now(), 30)
			if err == nil && !more {
				err = errors.New("there are no more")
			}
			return err
		}},
		{"entities", func() error { _, err := s.FindEntities(ctx, store.EntityQuery{Paging: page}); return err }},
	} {
		if err := test.ask(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		hits, plan := told()
		t.Logf("%s: %d hits", test.name, hits)
		if hits > 400 {
			t.Errorf("%s: %d hits: %s", test.name, hits, plan)
		}
	}
}

// spread makes thousands of the hub's events, and two dozen of a stranger's, as the store would write them.
func spread(t testing.TB, s *Store) {
	t.Helper()
	var events, parts []map[string]any
	actions := news.Actions()
	for n := range 5000 {
		a := actions[n%len(actions)]
		who, role := hub, []string{"SOURCE", "TARGET"}[n%2]
		if n < 24 {
			who = "state:state-stranger"
		}
		day := news.DaysBefore("2024-12-31", n%366)
		e := news.Event{
			ID: news.ID(fmt.Sprintf("event:spread-%05d", n)), Type: a.Type, Action: a.Name, Modality: news.Asserted,
			Participants: []news.Participant{{Role: news.Role(role), Entity: who}}, When: news.When{From: day, To: day, Precision: news.Day},
		}
		sorted := sortingOf(e, "")
		events = append(events, eventRow(e, "", "", sorted))
		props := sorted.row()
		props["entity"] = string(who)
		parts = append(parts, map[string]any{"event": string(e.ID), "entity": string(who), "role": role, "props": props})
	}
	_, err := write(t.Context(), s, "spread", func(tx transaction) (string, error) {
		c := changing{transaction: tx}
		stranger := news.Entity{ID: "state:state-stranger", Kind: news.State, Name: "Stranger"}
		return "", c.all(statement{saveEntities, []map[string]any{entityWrite(stranger)}}, statement{saveEvents, events}, statement{writeParticipants, parts})
	})
	if err != nil {
		t.Fatal(err)
	}
}
