package graph_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"newsgraph/graph"
	"newsgraph/graph/access"
	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

// toldStory puts a story of one sentence, in which Norway condemns Chad.
func toldStory(t *testing.T, s store.Writer, headline string) {
	t.Helper()
	tellStory(t, s, headline, "condemned", news.TypeAccuse, "condemn")
}

// tellStory puts a story of one sentence, in which Norway does something to Chad, by a verb of nine letters.
func tellStory(t *testing.T, s store.Writer, headline, verb string, typ news.EventType, action string) {
	t.Helper()
	f := news.Facts{Story: news.Story{Headline: headline, Text: "Norway " + verb + " Chad over " + headline + ".", Published: "2024-01-10", Reader: "1"}}
	f.Story.Identify()
	norway, chad := news.SpanOf(f.Story.Text, 0, 6), news.SpanOf(f.Story.Text, 17, 21)
	f.Entities = []news.Entity{
		{ID: "state:NO", Kind: news.State, Name: "Norway", ISO2: "NO", ISO3: "NOR", Source: "states.tsv"},
		{ID: "state:TD", Kind: news.State, Name: "Chad", ISO2: "TD", ISO3: "TCD", Source: "states.tsv"},
	}
	for id, span := range map[news.ID]news.Span{"state:NO": norway, "state:TD": chad} {
		f.Mentions = append(f.Mentions, news.Mention{ID: news.MentionID(f.Story.ID, span), Story: f.Story.ID, Span: span, Entity: id, Form: news.FormName, Why: "its name"})
	}
	sentence, trigger := news.SpanOf(f.Story.Text, 0, len(f.Story.Text)), news.SpanOf(f.Story.Text, 7, 16)
	f.Reports = []news.Report{{
		ID: news.ReportID(f.Story.ID, trigger, action, 0), Story: f.Story.ID, Type: typ, Action: action,
		Participants: []news.Participant{{Role: news.Source, Entity: "state:NO", Span: norway}, {Role: news.Target, Entity: "state:TD", Span: chad}},
		Modality:     news.Asserted, Sentence: f.Story.Text, SentenceSpan: sentence, Trigger: trigger, Confidence: 0.5, Published: f.Story.Published, TextHash: f.Story.TextHash,
	}}
	if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
		t.Fatal(err)
	}
}

func following(t *testing.T, options ...graph.Option) (store.Store, *httptest.Server) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	server := httptest.NewServer(graph.New(s, slog.New(slog.DiscardHandler), options...))
	t.Cleanup(server.Close)
	return s, server
}

// came is what a subscription told.
type came struct {
	Data struct {
		EventAdded struct {
			Event  struct{ Title string }
			Story  struct{ Headline string }
			Cursor string
		}
		StoryLoaded struct {
			Node   struct{ Headline string }
			Cursor string
		}
	}
	Errors []struct{ Extensions struct{ Code string } }
}

func comes(t *testing.T, data []byte) came {
	t.Helper()
	var c came
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return c
}

// A client sees what comes while it is there, and what came while it was not when it asks after its last cursor.
func TestEventAdded(t *testing.T) {
	s, server := following(t)
	toldStory(t, s, "before")
	const query = `subscription { eventAdded(filter: {target: ["Chad"], type: [ACCUSE]}%s) { event { title } story { headline } cursor } }`
	c := subscribed(t, server.URL, fmt.Sprintf(query, ""))
	time.Sleep(1500 * time.Millisecond) // it follows from when the server has read this
	toldStory(t, s, "first")
	m := c.next()
	first := comes(t, m.Payload).Data.EventAdded
	if m.Type != "next" || first.Story.Headline != "first" || first.Event.Title != "Norway condemned Chad" || first.Cursor == "" {
		t.Fatalf("%s %s", m.Type, m.Payload)
	}
	c.c.CloseNow()
	toldStory(t, s, "second")
	toldStory(t, s, "third")
	c = subscribed(t, server.URL, fmt.Sprintf(query, fmt.Sprintf(", after: %q", first.Cursor)))
	for _, want := range []string{"second", "third"} {
		if m := c.next(); comes(t, m.Payload).Data.EventAdded.Story.Headline != want {
			t.Errorf("%s %s, want %s", m.Type, m.Payload, want)
		}
	}
}

// Who is cut off in the midst of a story's events has them all again, those of the first story that comes to it too.
func TestEventAddedCutOff(t *testing.T) {
	t.Parallel()
	s, server := following(t)
	const query = `subscription { eventAdded%s { event { title } cursor } }`
	c := subscribed(t, server.URL, fmt.Sprintf(query, ""))
	time.Sleep(1500 * time.Millisecond) // it follows from when the server has read this
	if _, err := s.Put(t.Context(), ministers(t, 2)); err != nil {
		t.Fatal(err)
	}
	const stories, each = 2, 2
	var titles, cursors []string
	for range stories * each {
		m := c.next()
		one := comes(t, m.Payload).Data.EventAdded
		titles, cursors = append(titles, one.Event.Title), append(cursors, one.Cursor)
	}
	for i := range titles {
		c := subscribed(t, server.URL, fmt.Sprintf(query, fmt.Sprintf("(after: %q)", cursors[i])))
		for _, want := range titles[(i+1)/each*each:] { // from the story on that was not told to its end
			m := c.next()
			if got := comes(t, m.Payload).Data.EventAdded.Event.Title; got != want {
				t.Fatalf("cut off after %d events: %q came, want %q", i+1, got, want)
			}
		}
		c.c.CloseNow()
	}
}

// A subscription asks by filters within its filter, as lists do.
func TestEventAddedWithin(t *testing.T) {
	s, server := following(t)
	toldStory(t, s, "before")
	after, err := s.Arrived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const query = `subscription { eventAdded(after: %q, filter: {
		participant: ["Norway"], or: [{type: [ACCUSE], not: {target: ["Chad"]}}, {and: [{source: ["Norway"]}, {type: [CONSULT]}]}]
	}) { event { title } story { headline } cursor } }`
	toldStory(t, s, "first")
	tellStory(t, s, "second", "consulted", news.TypeConsult, "meet")
	c := subscribed(t, server.URL, fmt.Sprintf(query, after))
	if m := c.next(); m.Type != "next" || comes(t, m.Payload).Data.EventAdded.Story.Headline != "second" {
		t.Errorf("%s %s", m.Type, m.Payload)
	}
}

// What cannot be followed is an error with a code, and ends.
func TestSubscriptionRefused(t *testing.T) {
	_, server := following(t)
	for query, code := range map[string]string{
		`subscription { eventAdded(filter: {source: ["Nobody Known"]}) { cursor } }`: "NOT_FOUND",
		`subscription { storyLoaded(after: "what") { cursor } }`:                     "BAD_USER_INPUT",
		`subscription { storyLoaded { nothing } }`:                                   "GRAPHQL_VALIDATION_FAILED",
		`subscription { eventAdded(filter: {type: [accuse]}) { cursor } }`:           "GRAPHQL_VALIDATION_FAILED",
		`subscription { a: storyLoaded { cursor } b: storyLoaded { cursor } }`:       "GRAPHQL_VALIDATION_FAILED",
		`subscription ($s: String!) { storyLoaded(after: $s) { cursor } }`:           "GRAPHQL_VALIDATION_FAILED",
	} {
		c := subscribed(t, server.URL, query)
		m := c.next()
		if !strings.Contains(string(m.Payload), `"`+code+`"`) {
			t.Errorf("%s: %s %s, want %s", query, m.Type, m.Payload, code)
		}
	}
}

// Server-sent events tell the same, with heartbeats.
func TestServerSentEvents(t *testing.T) {
	s, server := following(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, strings.NewReader(`{"query":"subscription { storyLoaded { node { headline } cursor } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if media := a.Header.Get("Content-Type"); !strings.HasPrefix(media, "text/event-stream") {
		t.Fatalf("%s as %s", a.Status, media)
	}
	go func() {
		time.Sleep(1500 * time.Millisecond)
		toldStory(t, s, "news")
	}()
	lines := bufio.NewScanner(a.Body)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if c := comes(t, []byte(data)); c.Data.StoryLoaded.Node.Headline != "news" {
				t.Errorf("came %s", data)
			}
			return
		}
	}
	t.Errorf("it ended: %v", lines.Err())
}

// A stream of server-sent events that was cut off goes on after the event whose id the client brings, as a browser does of itself.
func TestServerSentEventsResume(t *testing.T) {
	s, server := following(t)
	before, err := s.Arrived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, headline := range []string{"first", "second", "third"} {
		toldStory(t, s, headline)
	}
	ids := map[string]string{}
	follow := func(last string, many int) (headlines []string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		query := fmt.Sprintf(`{"query":"subscription { storyLoaded(after: %s) { called: node { headline } } }"}`, strings.ReplaceAll(fmt.Sprintf("%q", before), `"`, `\"`))
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, strings.NewReader(query))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "text/event-stream")
		if last != "" {
			r.Header.Set("Last-Event-ID", last)
		}
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		id := ""
		for lines := bufio.NewScanner(a.Body); len(headlines) < many && lines.Scan(); {
			if now, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				id = now
			}
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			var came struct {
				Data struct {
					StoryLoaded struct{ Called struct{ Headline string } }
				}
			}
			if err := json.Unmarshal([]byte(data), &came); err != nil {
				t.Fatal(err)
			}
			headline := came.Data.StoryLoaded.Called.Headline
			headlines, ids[headline], id = append(headlines, headline), id, ""
		}
		return headlines
	}
	if got := follow("", 3); !slices.Equal(got, []string{"first", "second", "third"}) || ids["first"] == "" || ids["first"] == ids["second"] || ids["third"] == "" {
		t.Fatalf("%q with ids %q", got, ids)
	}
	if got := follow(ids["first"], 2); !slices.Equal(got, []string{"second", "third"}) {
		t.Errorf("after the first came %q", got)
	}
}

// Every operation over a connection that stays open is told of when it has ended, and a WebSocket takes so many at once.
func TestConnectionsAreSeen(t *testing.T) {
	seen := make(chan graph.Answered, 100)
	s, server := following(t, graph.WithObserver(func(_ context.Context, a graph.Answered) { seen <- a }))
	toldStory(t, s, "before")
	counted := subscribed(t, server.URL, `query Counted { events(first: 1) { edges { node { title } } } }`)
	if m := counted.next(); m.Type != "next" {
		t.Fatalf("%s %s", m.Type, m.Payload)
	}
	if a := <-seen; a.Operation != "Counted" || a.Type != "query" || a.Status != http.StatusSwitchingProtocols || a.Cost == 0 || a.StoreCalls == 0 || a.Store == 0 || a.Bytes == 0 || a.Took == 0 || len(a.Codes) > 0 {
		t.Errorf("a query: %+v", a)
	}
	wrong := subscribed(t, server.URL, `query { nothing }`)
	wrong.next()
	if a := <-seen; !slices.Equal(a.Codes, []string{"GRAPHQL_VALIDATION_FAILED"}) {
		t.Errorf("what is no query: %+v", a)
	}
	gone := subscribed(t, server.URL, `subscription Followed { storyLoaded(after: "zz") { cursor } }`)
	gone.next()
	if a := <-seen; a.Operation != "Followed" || a.Type != "subscription" || !slices.Equal(a.Codes, []string{"BAD_USER_INPUT"}) {
		t.Errorf("a subscription that cannot go on: %+v", a)
	}

	c := opened(t, server.URL)
	until := func(id, typ string) message {
		for {
			if m := c.next(); m.ID == id && m.Type == typ {
				return m
			}
		}
	}
	const many = 50
	const following = `subscription { storyLoaded { cursor } }`
	c.send(message{Type: "connection_init"})
	for i := range many {
		c.ask(fmt.Sprint(i), following)
	}
	c.ask("over", following)
	if m := until("over", "next"); !strings.Contains(string(m.Payload), "50 operations") || !strings.Contains(string(m.Payload), "TOO_MANY_SUBSCRIPTIONS") {
		t.Errorf("one more is answered %s", m.Payload)
	}
	if a := <-seen; !slices.Equal(a.Codes, []string{"TOO_MANY_SUBSCRIPTIONS"}) {
		t.Errorf("one more: %+v", a)
	}
	c.send(message{ID: "0", Type: "complete"})
	if a := <-seen; a.Type != "subscription" || len(a.Codes) > 0 {
		t.Errorf("one that is completed: %+v", a)
	}
	c.ask("again", `{ events(first: 1) { edges { cursor } } }`)
	if m := until("again", "next"); strings.Contains(string(m.Payload), "errors") {
		t.Errorf("after one is completed: %s", m.Payload)
	}
	<-seen
	c.c.CloseNow()
	for range many - 1 {
		<-seen // What is cut off ends too.
	}
}

// Clients that accept whatever they can read get JSON for a query, and events for a subscription.
func TestServerSentEventsOrJSON(t *testing.T) {
	_, server := following(t)
	const all = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
	for _, c := range []struct {
		body, accept, want string
		status             int
	}{
		{`{"query":"{ __typename }"}`, all, "application/graphql-response+json", 200},
		{`{"query":"{ __typename }"}`, "text/event-stream, application/json", "application/json", 200},
		{`{"query":"{ __typename }"}`, "text/event-stream", "text/event-stream", 200},
		{`{"query":"subscription { storyLoaded { cursor } }"}`, all, "text/event-stream", 200},
		{`{"query":"query A { __typename } subscription B { storyLoaded { cursor } }", "operationName":"A"}`, all, "application/graphql-response+json", 200},
		{`{"query":"query A { __typename } subscription B { storyLoaded { cursor } }", "operationName":"B"}`, all, "text/event-stream", 200},
		{`{"query":"{"}`, all, "application/graphql-response+json", 400},
		{`{`, all, "application/graphql-response+json", 400},
		{`{"query":"{ __typename }` + strings.Repeat(" ", 1<<20) + `"}`, all, "application/graphql-response+json", 413},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", c.accept)
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if media := a.Header.Get("Content-Type"); !strings.HasPrefix(media, c.want) || a.StatusCode != c.status {
			t.Errorf("%.80s accepting %s comes as %s %s, want %d %s", c.body, c.accept, a.Status, media, c.status, c.want)
		}
	}
}

// What cannot be read is refused by its reason, and not given back, over a stream as elsewhere. A browser's EventSource has GET alone, which takes no
// mutation, and not for pages of other origins.
func TestServerSentEventsRefused(t *testing.T) {
	_, server := following(t)
	const subscription, mutation = "?query=subscription{storyLoaded{cursor}}", "?query=mutation{removeStory(id:%22story:1%22){removed}}"
	for _, c := range []struct {
		method, url, body, origin string
		status                    int
		says                      string
	}{
		{"POST", "", `{"query":"{ __typename }` + strings.Repeat(" ", 1<<20) + `"}`, "", 413, "REQUEST_TOO_LARGE"},
		{"POST", "", `{secret`, "", 400, "BAD_REQUEST"},
		{"POST", "", `{}`, "", 400, "query is missing"},
		{"GET", subscription, "", "", 200, ""},
		{"GET", subscription, "", server.URL, 200, ""},
		{"GET", subscription, "", "https://elsewhere.example", 403, "FORBIDDEN"},
		{"GET", mutation, "", "", 406, "BAD_REQUEST"},
		{"GET", "?query={__typename}", "", "", 406, "BAD_REQUEST"},
		{"HEAD", subscription, "", "", 406, ""},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, c.method, server.URL+c.url, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "text/event-stream")
		if c.method == http.MethodPost {
			r.Header.Set("Content-Type", "application/json")
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.StatusCode != c.status {
			t.Errorf("%s %s %.30s: %s, want %d", c.method, c.url, c.body, a.Status, c.status)
		}
		if streams := strings.HasPrefix(a.Header.Get("Content-Type"), "text/event-stream"); streams != (c.status == 200) {
			t.Errorf("%s %s %.30s comes as %s", c.method, c.url, c.body, a.Header.Get("Content-Type"))
		} else if !streams {
			body, err := io.ReadAll(a.Body)
			if err != nil || !strings.Contains(string(body), c.says) || strings.Contains(string(body), "secret") {
				t.Errorf("%s %s %.30s: %s, %v", c.method, c.url, c.body, body, err)
			}
		}
		a.Body.Close()
		cancel()
	}
}

// Pages of other origins open no WebSocket, unless they may ask.
func TestSubscriptionOrigins(t *testing.T) {
	_, server := following(t, graph.WithOrigins("https://app.example.org"))
	for origin, want := range map[string]bool{"https://app.example.org": true, "https://evil.example.org": false, server.URL: true} {
		c, _, err := websocket.Dial(t.Context(), strings.Replace(server.URL, "http", "ws", 1), //nolint:bodyclose // the library closes it
			&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {origin}}})
		if (err == nil) != want {
			t.Errorf("%s: %v", origin, err)
		}
		if err == nil {
			c.CloseNow()
		}
	}
}

// Who polls gets each story once, in the order of coming.
func TestArrivals(t *testing.T) {
	s, server := following(t)
	after := ""
	for _, headlines := range [][]string{{"b", "a"}, {}, {"c"}} {
		for _, h := range headlines {
			toldStory(t, s, h)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL,
			strings.NewReader(fmt.Sprintf(`{"query":"query ($a: String) { arrivals(after: $a) { edges { node { headline } loaded } pageInfo { endCursor hasNextPage } } }", "variables": {"a": %q}}`, after)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Data struct {
				Arrivals struct {
					Edges []struct {
						Node   struct{ Headline string }
						Loaded string
					}
					PageInfo struct{ EndCursor string }
				}
			}
		}
		err = json.NewDecoder(answer.Body).Decode(&got)
		answer.Body.Close()
		var told []string
		for _, e := range got.Data.Arrivals.Edges {
			told = append(told, e.Node.Headline)
			if at, err := time.Parse(time.RFC3339, e.Loaded); err != nil || time.Since(at) > time.Hour {
				t.Errorf("loaded at %s, %v", e.Loaded, err)
			}
		}
		if err != nil || strings.Join(told, " ") != strings.Join(headlines, " ") {
			t.Errorf("after %q came %q, %v; want %q", after, told, err, headlines)
		}
		if end := got.Data.Arrivals.PageInfo.EndCursor; end != "" {
			after = end
		}
	}
}

// A stream of server-sent events that cannot go on says why and ends, and the server lives on.
func TestServerSentErrors(t *testing.T) {
	_, server := following(t)
	for query, code := range map[string]string{
		`subscription { storyLoaded(after: \"zz\") { cursor } }`:                                           "BAD_USER_INPUT",
		`subscription { eventAdded(after: \"zz\") { cursor } }`:                                            "BAD_USER_INPUT",
		`subscription { eventAdded(filter: {text: \"!\"}) { cursor } }`:                                    "BAD_USER_INPUT",
		`subscription { eventAdded(filter: {text: \"ship\"}, after: \"WyJldmVudHMiLCIxIl0\") { cursor } }`: "BAD_USER_INPUT",
		`subscription { a: storyLoaded { cursor } b: storyLoaded { cursor } }`:                             "GRAPHQL_VALIDATION_FAILED",
		`subscription { storyUnloaded { cursor } }`:                                                        "GRAPHQL_VALIDATION_FAILED",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, strings.NewReader(`{"query":"`+query+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "text/event-stream")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		body, err := io.ReadAll(a.Body)
		if n := strings.Count(string(body), "event: next"); err != nil || n != 1 || !strings.Contains(string(body), `"code":"`+code+`"`) || !strings.Contains(string(body), "event: complete") {
			t.Errorf("%s: %s, %v", query, body, err)
		}
		a.Body.Close()
		cancel()
	}
}

// fitful is a reader that fails to see once what has come, and holds up who lists it once.
type fitful struct {
	store.Reader
	fail, hold atomic.Bool
	saw        chan struct{} // told whenever it saw after it failed, or is busy
	held       chan struct{} // told when somebody is held up
	free       chan struct{} // closed when they may go on
	failed     atomic.Bool
}

func (f *fitful) Arrived(ctx context.Context) (string, error) {
	if f.fail.CompareAndSwap(true, false) {
		f.failed.Store(true)
		return "", store.ErrUnavailable
	}
	if f.failed.Load() {
		select {
		case f.saw <- struct{}{}:
		default:
		}
	}
	return f.Reader.Arrived(ctx)
}

func (f *fitful) Arrivals(ctx context.Context, q store.ArrivalQuery) (store.Page[store.Arrival], error) {
	if f.hold.CompareAndSwap(true, false) {
		f.held <- struct{}{}
		<-f.free
	}
	return f.Reader.Arrivals(ctx, q)
}

// When the store fails, who follows is told, once: who comes when it works again follows, whether somebody still does or not.
func TestSubscriptionsAfterFailure(t *testing.T) {
	t.Parallel()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	before, err := s.Arrived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	reader := &fitful{Reader: s, saw: make(chan struct{}), held: make(chan struct{}), free: make(chan struct{})}
	server := httptest.NewServer(graph.New(reader, slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	follow := func() conversation {
		t.Helper()
		return subscribed(t, server.URL, fmt.Sprintf(`subscription { storyLoaded(after: %q) { node { headline } } }`, before))
	}
	toldStory(t, s, "first")
	c := follow()
	told := func(headline string) {
		t.Helper()
		if m := c.next(); comes(t, m.Payload).Data.StoryLoaded.Node.Headline != headline {
			t.Fatalf("%s %s, want %s", m.Type, m.Payload, headline)
		}
	}
	told("first")
	reader.fail.Store(true)
	if m := c.next(); !strings.Contains(string(m.Payload), `"UNAVAILABLE"`) {
		t.Fatalf("while the store fails: %s %s", m.Type, m.Payload)
	}
	c = follow() // which nobody does any more
	told("first")

	reader.hold.Store(true)
	toldStory(t, s, "second")
	<-reader.held // That follower stays while the store fails again.
	reader.failed.Store(false)
	reader.fail.Store(true)
	<-reader.saw
	<-reader.saw // What it saw the time before is known.
	slow := c
	c = follow()
	told("first")
	told("second")
	close(reader.free)
	c = slow
	told("second")
}

// Over a connection that stays open each operation counts against its key, and who has none any more is told nothing more.
func TestConnectionsOutliveNoKey(t *testing.T) {
	t.Parallel()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	keys := filepath.Join(t.TempDir(), "keys")
	secrets := map[string]string{}
	for name, minute := range map[string]int{"often": 0, "seldom": 3} {
		secret, key, err := access.Make(access.Key{Name: name, Scopes: []access.Scope{access.Read}, Minute: minute})
		if err == nil {
			err = access.Add(keys, key)
		}
		if err != nil {
			t.Fatal(err)
		}
		secrets[name] = secret
	}
	guard, err := access.NewGuard(keys, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(guard.Handler(graph.New(s, slog.New(slog.DiscardHandler)), "/", func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	open := func(name string) conversation {
		t.Helper()
		c := opened(t, server.URL)
		c.send(message{Type: "connection_init", Payload: json.RawMessage(`{"authorization": "Bearer ` + secrets[name] + `"}`)})
		return c
	}

	seldom := open("seldom")
	var answers strings.Builder
	for _, id := range []string{"1", "2", "3"} { // The opening is the first of three.
		seldom.ask(id, `{ __typename }`)
		for m := seldom.next(); m.Type != "complete"; m = seldom.next() {
			answers.Write(m.Payload)
		}
	}
	if got := answers.String(); strings.Count(got, `"Query"`) != 2 || strings.Count(got, "TOO_MANY_REQUESTS") != 1 {
		t.Errorf("three questions of a key of three a minute: %s", got)
	}

	often := open("often")
	often.ask("1", `subscription { storyLoaded(after: "WyJhcnJpdmFscyIsIjAiXQ") { node { headline } } }`)
	toldStory(t, s, "First")
	if m := often.next(); !strings.Contains(string(m.Payload), "First") {
		t.Fatalf("with a key: %s", m.Payload)
	}
	if err := access.Revoke(keys, "often"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // after which a guard looks at its file again
	toldStory(t, s, "Second")
	if m := often.next(); strings.Contains(string(m.Payload), "Second") || !strings.Contains(string(m.Payload), "UNAUTHENTICATED") {
		t.Errorf("after the key was revoked: %s %s", m.Type, m.Payload)
	}
}
