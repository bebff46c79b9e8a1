package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
)

// counting is a Reader that counts the calls of each method.
type counting struct {
	store.Reader
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[method]++
}

// take is what was counted since it was last taken.
func (c *counting) take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, method := range slices.Sorted(maps.Keys(c.calls)) {
		all = append(all, fmt.Sprintf("%s %d", method, c.calls[method]))
	}
	c.calls = map[string]int{}
	return strings.Join(all, ", ")
}

func (c *counting) Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	c.count("Entities")
	return c.Reader.Entities(ctx, ids)
}

func (c *counting) FindEntities(ctx context.Context, q store.EntityQuery) (store.Page[news.Entity], error) {
	c.count("FindEntities")
	return c.Reader.FindEntities(ctx, q)
}

func (c *counting) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	c.count("Search")
	return c.Reader.Search(ctx, q)
}

func (c *counting) CountStories(ctx context.Context, q store.StoryCountQuery) (store.StoryCounts, error) {
	c.count("CountStories")
	return c.Reader.CountStories(ctx, q)
}

func (c *counting) EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error) {
	c.count("EventsByID")
	return c.Reader.EventsByID(ctx, ids)
}

func (c *counting) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	c.count("Events")
	return c.Reader.Events(ctx, q)
}

func (c *counting) EventsOf(ctx context.Context, ids []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	c.count("EventsOf")
	return c.Reader.EventsOf(ctx, ids, q)
}

func (c *counting) EventsAbout(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Event], error) {
	c.count("EventsAbout")
	return c.Reader.EventsAbout(ctx, ids, p)
}

func (c *counting) ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error) {
	c.count("ReportsByID")
	return c.Reader.ReportsByID(ctx, ids)
}

func (c *counting) ReportsOf(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	c.count("ReportsOf")
	return c.Reader.ReportsOf(ctx, ids, p)
}

func (c *counting) ReportsIn(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	c.count("ReportsIn")
	return c.Reader.ReportsIn(ctx, ids, p)
}

func (c *counting) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	c.count("StoriesByID")
	return c.Reader.StoriesByID(ctx, ids)
}

func (c *counting) CopiesOf(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Story], error) {
	c.count("CopiesOf")
	return c.Reader.CopiesOf(ctx, ids, p)
}

func (c *counting) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	c.count("Stories")
	return c.Reader.Stories(ctx, q)
}

func (c *counting) MentionsOf(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	c.count("MentionsOf")
	return c.Reader.MentionsOf(ctx, ids, p)
}

func (c *counting) MentionsIn(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	c.count("MentionsIn")
	return c.Reader.MentionsIn(ctx, ids, p)
}

func (c *counting) StatementsOf(ctx context.Context, ids []news.ID, q store.StatementQuery) ([]store.Page[news.Statement], error) {
	c.count("StatementsOf")
	return c.Reader.StatementsOf(ctx, ids, q)
}

func (c *counting) PositionsOf(ctx context.Context, ids []news.ID, q store.PositionQuery) ([]store.Page[news.Position], error) {
	c.count("PositionsOf")
	return c.Reader.PositionsOf(ctx, ids, q)
}

func (c *counting) MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error) {
	c.count("MentionsByID")
	return c.Reader.MentionsByID(ctx, ids)
}

func (c *counting) QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error) {
	c.count("QuotationsByID")
	return c.Reader.QuotationsByID(ctx, ids)
}

func (c *counting) PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error) {
	c.count("PositionsByID")
	return c.Reader.PositionsByID(ctx, ids)
}

func (c *counting) Network(ctx context.Context, q store.NetworkQuery) (store.Network, error) {
	c.count("Network")
	return c.Reader.Network(ctx, q)
}

func (c *counting) Paths(ctx context.Context, q store.PathQuery) (store.Paths, error) {
	c.count("Paths")
	return c.Reader.Paths(ctx, q)
}

func (c *counting) Totals(ctx context.Context, ids []news.ID, q store.EventQuery, most int) ([]int, error) {
	c.count("Totals")
	return c.Reader.Totals(ctx, ids, q, most)
}

func (c *counting) CoOccurring(ctx context.Context, q store.CoOccurrenceQuery) (store.CoOccurrences, error) {
	c.count("CoOccurring")
	return c.Reader.CoOccurring(ctx, q)
}

func (c *counting) Counts(ctx context.Context, q store.CountQuery) (store.Counts, error) {
	c.count("Counts")
	return c.Reader.Counts(ctx, q)
}

func (c *counting) QuotationsIn(ctx context.Context, ids []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	c.count("QuotationsIn")
	return c.Reader.QuotationsIn(ctx, ids, p)
}

func (c *counting) Relations(ctx context.Context, ids []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	c.count("Relations")
	return c.Reader.Relations(ctx, ids, q)
}

// ministers are n stories of a like shape: each minister condemns a strike of his day, in words that a ministry passes on.
func ministers(t testing.TB, n int) []news.Facts {
	t.Helper()
	var b strings.Builder
	for i := range n {
		name, day := fmt.Sprintf("Minister Number%03d", i), fmt.Sprintf("2024-%02d-%02d", 1+i/28, 1+i%28)
		fmt.Fprintf(&b, "-- %d.txt --\nStory %d\npublisher: AFP\npublished: %s\n\n", i, i, day)
		fmt.Fprintf(&b, "%s of Ruritania condemned Russia today for shelling of Kharkiv, the ministry said. “It must stop,” he said.\n", name)
		fmt.Fprintf(&b, "-- %d.facts --\n", i)
		fmt.Fprintf(&b, "entity person:minister-%03d \"%s\"\nentity state:RU \"Russia\" iso2 RU source states.tsv\n", i, name)
		fmt.Fprintf(&b, "entity place:kharkiv \"Kharkiv\" source places.tsv\nentity organisation:ministry \"the ministry\"\n")
		fmt.Fprintf(&b, "mention person:minister-%03d \"%s\" NAME\nmention state:RU \"Russia\" NAME\n", i, name)
		fmt.Fprintf(&b, "report strike \"shelling\" source state:RU \"Russia\" target place:kharkiv \"Kharkiv\" place place:kharkiv when %s \"today\"\n", day)
		fmt.Fprintf(&b, "report condemn \"condemned\" source person:minister-%03d target state:RU \"Russia\" about 1 said organisation:ministry when %s \"today\"\n", i, day)
		fmt.Fprintf(&b, "quotation \"“It must stop,”\" speaker person:minister-%03d report 2\n", i)
		fmt.Fprintf(&b, "position person:minister-%03d \"Russia\" title \"minister\" in state:RU\n", i)
	}
	return factsOf(t, "ministers", txtar.Parse([]byte(b.String())))
}

const (
	flagship = `query ($n: Int) { events(filter: {action: "condemn", during: {from: "2024-01-01"}}, first: $n) { edges { node {
		when { from to precision text } sources { name } targets { name } about { title }
		reports(first: 3) { edges { node { sentence story { headline publisher published } saidBy { name } } } } } } } }`
	score = `query($n: Int, $after: String) {events(first: $n, after: $after) {pageInfo {hasNextPage endCursor} edges {node {type action modality
		sources {__typename name} targets {__typename name} reports(first: 5) {edges {node {sentence story {headline}}}}}}}}`
)

// The number of calls to the store does not grow with the rows of a page.
func TestCallsDoNotGrow(t *testing.T) {
	facts := ministers(t, 60)
	reader := &counting{Reader: open(t, facts), calls: map[string]int{}}
	h := graph.New(reader, quiet())
	var nodes []news.ID
	for _, f := range facts[:13] {
		nodes = append(nodes, f.Story.ID, f.Reports[0].ID, news.EventID(f.Reports[1].ID), f.Reports[1].Participants[0].Entity,
			f.Mentions[0].ID, f.Quotations[0].ID, f.Positions[0].ID)
	}
	const report = `edges { node { sentence story { headline } event { title } saidBy { name } participants { entity { name } } } }`
	for _, test := range []struct{ name, query, calls string }{
		{"flagship", flagship, "Entities 2, Events 1, EventsByID 1, ReportsOf 1, StoriesByID 1"},
		{"score", score, "Events 1"},
		{
			"timeline",
			`query ($n: Int) { entity(id: "state:RU") { timeline(first: $n) { edges { node { title places { name } reports(first: 1) { ` + report + ` } } } } } }`,
			"Entities 5, EventsByID 1, EventsOf 1, ReportsOf 1, StoriesByID 1",
		},
		{
			"relations",
			`query ($n: Int) { entity(name: "russia") { relations(first: $n, with: null) { edges { node { from { name } to { name } past claims latest { title } } } } } }`,
			"Entities 2, EventsByID 1, FindEntities 1, Relations 1",
		},
		{
			"who claims relations",
			`query ($n: Int) { entity(id: "state:RU") { relations(first: $n, claims: ONLY) { edges { node { from { name } count claims claimedBy { name } } } } } }`,
			"Entities 3, Events 1, Relations 1",
		},
		{
			"mentions",
			`query ($n: Int) { entity(id: "state:RU") { mentions(first: $n) { edges { node { text story { headline } entity { name } } } } } }`,
			"Entities 2, MentionsOf 1, StoriesByID 1",
		},
		{
			"positions",
			`query ($n: Int) { entities(filter: {kind: PERSON}, first: $n) { edges { node { positions(first: 2) { edges { node { title text person { name } body { name } story { headline } } } } } } } }`,
			"Entities 1, FindEntities 1, PositionsOf 1, StoriesByID 1",
		},
		{
			"for whom they act",
			`query ($n: Int) { events(first: $n) { edges { node { reports(first: 2) { edges { node { participants { entity { name } actingFor { name } } } } } } } } }`,
			"Entities 2, Events 1, PositionsOf 1, ReportsOf 1",
		},
		{
			"statements",
			`query ($n: Int) { entities(filter: {kind: PERSON}, first: $n) { edges { node { statements(first: 2) { edges { node { text speaker { name } addressee { name } topics { name } story { headline }
				quotation { text } report { event { title } addressee { name } } } } } } } } }`,
			"Entities 2, EventsByID 1, FindEntities 1, QuotationsByID 1, ReportsByID 1, StatementsOf 1, StoriesByID 2",
		},
		{
			"pages of each row",
			`query ($n: Int) { entities(filter: {kind: PERSON}, first: $n) { edges { node { name timeline(first: 2) { edges { node { title } } }
				relations(first: 2) { edges { node { to { name } } } } mentions(first: 1) { edges { node { text } } }
				events(first: 1, filter: {target: "Russia"}) { edges { node { reports(first: 1) { ` + report + ` } } } } } } } }`,
			"Entities 5, EventsByID 1, EventsOf 2, FindEntities 2, MentionsOf 1, Relations 1, ReportsOf 1, StoriesByID 2",
		},
		{
			"stories",
			`query ($n: Int) { stories(first: $n) { edges { node { reports(first: 2) { ` + report + ` } mentions(first: 2) { edges { node { text entity { name } } } }
				quotations(first: 1) { edges { node { text speaker { name } addressee { name } report { sentence } } } } copies(first: 2) { edges { node { headline } } } } } } }`,
			"CopiesOf 1, Entities 5, EventsByID 1, MentionsIn 1, QuotationsIn 1, ReportsByID 1, ReportsIn 1, Stories 1, StoriesByID 3",
		},
		{
			"stories as a front page shows them",
			`query ($n: Int) { stories(first: $n) { edges { node { headline reports(first: 2) { edges { node { sentence event { type sources { name } targets { name } } } } } } } } }`,
			"Stories 1",
		},
		{
			"around",
			`query ($n: Int) { events(first: $n, filter: {action: "condemn"}) { edges { node { sources { name timeline(first: 1) { edges { node {
				targets { name } about { sources { name } } } } } } targets { name } } } } }`,
			"Entities 2, Events 1, EventsByID 1, EventsOf 1",
		},
		{
			"who spoke of it",
			`query ($n: Int) { events(first: $n, filter: {action: "strike"}) { edges { node { aboutOf(first: 2) { edges { node { title sources { name } reports(first: 1) { edges { node { sentence } } } } } } } } } }`,
			"Entities 1, Events 1, EventsAbout 1, ReportsOf 1",
		},
		{
			"counts",
			`query ($n: Int) { counts(by: [MONTH, ACTOR], top: $n, filter: {target: "Russia", claims: ONLY}) { total more cells { count keys { value entity { name } } } } }`,
			"Counts 1, Entities 1, FindEntities 1",
		},
		{
			"totals",
			`query ($n: Int) { events(first: $n, filter: {action: "condemn"}) { totalCount estimated edges { node { sources { timeline(first: 1) { totalCount estimated }
				events(first: 2) { totalCount } } aboutOf(first: 1) { totalCount estimated } } } } }`,
			"Entities 1, Events 1, EventsAbout 1, EventsOf 2, Totals 3",
		},
		{
			"network",
			`query ($n: Int) { network(around: ["state:RU"], limit: 20) { more nodes { distance count entity { name } } edges { from { name } to { name } count claims claimedBy { name } first
				actions { action quadClass count claims } latest { title reports(first: $n) { edges { node { sentence } } } } } } }`,
			"Entities 4, EventsByID 1, Network 1, ReportsOf 1",
		},
		{
			"paths",
			`query ($n: Int) { paths(from: "person:minister-001", to: "place:kharkiv", k: 5) { none more paths { length hops { count claims claimedBy { name } from { name } to { name }
				event { title reports(first: $n) { edges { node { sentence } } } } } } } }`,
			"Entities 3, EventsByID 1, Paths 1, ReportsOf 1",
		},
		{
			"conflicts",
			`query ($n: Int) { events(first: $n) { edges { node { conflicts { of low high told { text report { story { headline } } } } } } } }`,
			"Events 1, ReportsOf 1",
		},
		{
			"entities of a country",
			`query ($n: Int) { entities(first: $n, filter: {country: "RUS", sector: "gov"}) { edges { node { name } } } }`,
			"FindEntities 1",
		},
		{
			"between",
			`query ($n: Int) { between(a: ["state:RU"], bIs: {sector: "GOV", kind: [PERSON, PLACE], country: "RUS"}, first: $n) { edges { node { claim claimedBy { name } title } } } }`,
			"Entities 1, Events 1",
		},
		{
			"claims",
			`query ($n: Int) { events(first: $n, filter: {saidBy: ["organisation:ministry"], minTexts: 1, publisher: "afp", sourceIs: {kind: PERSON}}) { edges { node {
				claim claimedBy { name } title sources { timeline(claims: ONLY, first: 1) { edges { node { id } } } relations(claims: ONLY, first: 1) { edges { node { count } } } } } } } }`,
			"Entities 2, Events 1, EventsOf 1, Relations 1",
		},
		{
			"search",
			`query ($n: Int) { search(query: "minister", first: $n) { edges { node { name mentions(first: 3) { edges { node { text form story { headline published } } } } } } } }`,
			"MentionsOf 1, Search 1, StoriesByID 1",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, n := range []int{1, 2, 50} {
				body, err := json.Marshal(map[string]any{"query": test.query, "variables": map[string]any{"n": n}})
				if err != nil {
					t.Fatal(err)
				}
				if a := post(t, h, string(body)); len(a.Errors) > 0 {
					t.Fatalf("first %d: %.500s", n, a.body)
				}
				if got := reader.take(); got != test.calls {
					t.Errorf("first %d: %s; want %s", n, got, test.calls)
				}
			}
		})
	}
	t.Run("nodes", func(t *testing.T) {
		for _, n := range []int{7, len(nodes)} {
			body, err := json.Marshal(map[string]any{
				"query": `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Entity { name timeline(first: 1) { edges { node { title } } } }
					... on Event { title } ... on Report { story { headline } } ... on Story { reports(first: 1) { edges { node { sentence } } } }
					... on Mention { text entity { name } } ... on Quotation { text speaker { name } } ... on Position { person { name } body { name } } } }`,
				"variables": map[string]any{"ids": nodes[:n]},
			})
			if err != nil {
				t.Fatal(err)
			}
			if a := post(t, h, string(body)); len(a.Errors) > 0 {
				t.Fatalf("%d ids: %.500s", n, a.body)
			}
			const want = "Entities 6, EventsByID 1, EventsOf 1, MentionsByID 1, PositionsByID 1, QuotationsByID 1, ReportsByID 1, ReportsIn 1, StoriesByID 4"
			if got := reader.take(); got != want {
				t.Errorf("%d ids: %s; want %s", n, got, want)
			}
		}
	})
}

func BenchmarkWhoCondemnedWhat(b *testing.B) {
	h := graph.New(open(b, ministers(b, 60)), quiet())
	body, err := json.Marshal(map[string]any{"query": flagship, "variables": map[string]any{"n": 20}})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), "Minister Number") {
			b.Fatal(w.Body.String())
		}
	}
}
