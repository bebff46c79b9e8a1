package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// message is one of graphql-transport-ws.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// conversation is a WebSocket of graphql-transport-ws.
type conversation struct {
	t   *testing.T
	ctx context.Context
	c   *websocket.Conn
}

// opened opens a WebSocket, over which nothing is said yet.
func opened(t *testing.T, url string, header ...http.Header) conversation {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	options := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}
	for _, h := range header {
		options.HTTPHeader = h
	}
	c, answer, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1), options) //nolint:bodyclose // the library closes it
	if err != nil {
		t.Fatalf("%v, %+v", err, answer)
	}
	t.Cleanup(func() { c.CloseNow() })
	return conversation{t, ctx, c}
}

func (c conversation) send(messages ...message) {
	c.t.Helper()
	for _, m := range messages {
		if err := wsjson.Write(c.ctx, c.c, m); err != nil {
			c.t.Fatal(err)
		}
	}
}

// subscribed opens a WebSocket and asks a query over it.
func subscribed(t *testing.T, url, query string) conversation {
	t.Helper()
	c := opened(t, url)
	c.send(message{Type: "connection_init"})
	c.ask("1", query)
	return c
}

// ask sends the subscribe of a query.
func (c conversation) ask(id, query string) {
	c.t.Helper()
	payload, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(message{ID: id, Type: "subscribe", Payload: payload})
}

// next is what comes next of operations; heartbeats are answered.
func (c conversation) next() message {
	c.t.Helper()
	for {
		var m message
		if err := wsjson.Read(c.ctx, c.c, &m); err != nil {
			c.t.Fatal(err)
		}
		switch m.Type {
		case "ping":
			c.send(message{Type: "pong"})
		case "pong", "connection_ack":
		default:
			return m
		}
	}
}

// closed is by what the server closes, and the types of the messages that come before.
func (c conversation) closed() (closed websocket.CloseError, before []string) {
	c.t.Helper()
	for {
		var m message
		err := wsjson.Read(c.ctx, c.c, &m)
		if errors.As(err, &closed) {
			return closed, before
		}
		if err != nil {
			c.t.Fatal(err)
		}
		before = append(before, m.Type)
	}
}

// A WebSocket is closed by the code that its protocol has for what is wrong, by which clients know whether to come again.
func TestSocketCloses(t *testing.T) {
	t.Parallel()
	_, server := following(t)
	const open, follow = `{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"subscription { storyLoaded { cursor } }"}}`
	for name, c := range map[string]struct {
		says []string
		code websocket.StatusCode
		why  string
	}{
		"no JSON":                   {[]string{`{`}, 4400, "JSON"},
		"no JSON later":             {[]string{open, `subscribe`}, 4400, "JSON"},
		"no type":                   {[]string{open, `{"id":"1"}`}, 4400, `""`},
		"the server's own type":     {[]string{open, `{"id":"1","type":"next","payload":{}}`}, 4400, "next"},
		"an older protocol's type":  {[]string{open, `{"id":"1","type":"start","payload":{"query":"{ __typename }"}}`}, 4400, "start"},
		"an id that is a number":    {[]string{open, `{"id":1,"type":"subscribe","payload":{"query":"{ __typename }"}}`}, 4400, "JSON"},
		"no id":                     {[]string{open, `{"type":"subscribe","payload":{"query":"{ __typename }"}}`}, 4400, "id"},
		"no payload":                {[]string{open, `{"id":"1","type":"subscribe"}`}, 4400, "payload"},
		"variables that are a list": {[]string{open, `{"id":"1","type":"subscribe","payload":{"query":"{ __typename }","variables":[]}}`}, 4400, "variables"},
		"an init that is a list":    {[]string{`{"type":"connection_init","payload":[]}`}, 4400, "connection_init"},
		"complete of nothing":       {[]string{open, `{"type":"complete"}`}, 4400, "complete"},
		"an operation first":        {[]string{follow}, 4401, "connection_init"},
		"an id that is taken":       {[]string{open, follow, follow}, 4409, "Subscriber for 1 already exists"},
		"a long id that is taken":   {[]string{open, strings.ReplaceAll(follow, `"1"`, `"`+strings.Repeat("é", 100)+`"`), strings.ReplaceAll(follow, `"1"`, `"`+strings.Repeat("é", 100)+`"`)}, 4409, "Subscriber for é"},
		"a second init":             {[]string{open, open}, 4429, "Too many"},
		"pings, then an operation":  {[]string{`{"type":"ping"}`, `{"type":"pong"}`, `{"id":"1","type":"complete"}`, follow}, 4401, "connection_init"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := opened(t, server.URL)
			for _, text := range c.says {
				if err := s.c.Write(s.ctx, websocket.MessageText, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			if closed, _ := s.closed(); closed.Code != c.code || !strings.Contains(closed.Reason, c.why) {
				t.Errorf("closed with %v, want %d and %q", closed, c.code, c.why)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		t.Parallel()
		s := opened(t, server.URL)
		s.send(message{Type: "ping"})
		if closed, before := s.closed(); closed.Code != 4408 || strings.Join(before, " ") != "pong" {
			t.Errorf("closed with %v after %q, want 4408 after a pong", closed, before)
		}
	})
}

// After the end of an operation nothing more is told of it, and its id may be used again.
func TestSocketEndsOnce(t *testing.T) {
	t.Parallel()
	_, server := following(t)
	s := opened(t, server.URL)
	s.send(message{Type: "connection_init"})
	s.ask("1", `{ nothing }`)
	s.ask("2", `{ __typename }`)
	s.ask("3", `subscription { storyLoaded { cursor } }`)
	s.send(message{ID: "3", Type: "complete"})
	s.ask("1", `{ __typename }`)
	time.Sleep(200 * time.Millisecond) // in which all that is told of them has come
	s.ask("4", `{ __typename }`)
	of := map[string][]string{}
	for last := (message{}); last.ID != "4" || last.Type != "complete"; {
		last = s.next()
		of[last.ID] = append(of[last.ID], last.Type)
	}
	for id, want := range map[string]string{"1": "error next complete", "2": "next complete", "3": "", "4": "next complete"} {
		if got := strings.Join(of[id], " "); got != want {
			t.Errorf("of operation %s came %q, want %q", id, got, want)
		}
	}
}
