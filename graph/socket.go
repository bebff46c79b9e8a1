package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	coder "github.com/coder/websocket"

	"newsgraph/graph/access"
	"newsgraph/graph/internal/answer"
)

// transportProtocol is GraphQL over WebSocket (https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverWebSocket.md).
const transportProtocol = "graphql-transport-ws"

// Why its protocol has a server close a WebSocket.
const (
	closeInvalid      = 4400 // a message that is none
	closeUnauthorized = 4401 // an operation before connection_init
	closeForbidden    = 4403 // a connection_init that is not let in
	closeInitTimeout  = 4408 // no connection_init in time
	closeSubscriber   = 4409 // an operation with the id of one that is under way
	closeInits        = 4429 // a second connection_init
)

const mostReason = 123 // bytes of a close frame (RFC 6455, 5.5.1)

// sockets opens WebSockets that are closed for what the protocol says.
type sockets struct {
	transport.CoderWebsocketImplementation
	ending context.Context
}

func (s sockets) Accept(w http.ResponseWriter, r *http.Request, options transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	c, err := s.CoderWebsocketImplementation.Accept(w, r, options)
	whole, ok := c.(connection)
	if err != nil || !ok {
		return c, err
	}
	l := leaving{whole, s.ending}
	if c.Subprotocol() != transportProtocol {
		return l, nil
	}
	return &conversation{leaving: l, active: map[string]bool{}}, nil
}

// upgrading keeps back why a WebSocket is refused, which two libraries would each write as text: the request is answered once, as all others are.
type upgrading struct {
	http.ResponseWriter

	status int // of the refusal, 0 if there is none
	why    string
}

// Unwrap leads to what can be hijacked.
func (u *upgrading) Unwrap() http.ResponseWriter { return u.ResponseWriter }

// WriteHeader sends what is no refusal.
func (u *upgrading) WriteHeader(status int) {
	switch {
	case status == http.StatusSwitchingProtocols:
		u.ResponseWriter.WriteHeader(status)
	case u.status == 0:
		u.status = status
	}
}

func (u *upgrading) Write(p []byte) (int, error) {
	if u.why == "" {
		u.why = string(p)
	}
	return len(p), nil
}

// connection is all that the library asks of one.
type connection interface {
	transport.WebsocketConn
	transport.WebsocketReadLimiter
	transport.WebsocketReadDeadliner
}

// leaving tells clients of a server that stops so: the library closes a connection whose context ends as one that has nothing more to say.
type leaving struct {
	connection
	ending context.Context
}

func (l leaving) WriteClose(code int, message string) error {
	if l.ending.Err() != nil && code == transport.WebsocketCloseNormalClosure {
		code, message = int(coder.StatusGoingAway), "the server stops"
	}
	return l.connection.WriteClose(code, message)
}

// conversation holds a client to the protocol. The library reads its messages after it, and would close for each fault as 1002, after which clients
// ask again for what can never be answered, or not at all.
type conversation struct {
	leaving

	lock   sync.Mutex
	opened bool            // connection_init has come
	active map[string]bool // the ids of operations that neither side has ended
}

// envelope is a message of either side.
type envelope struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// NextReader hands on the next message that has its place in the conversation. At one that has none it closes.
func (c *conversation) NextReader() (int, io.Reader, error) {
	for {
		kind, r, err := c.leaving.NextReader()
		if err != nil {
			return kind, r, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return kind, nil, err
		}
		m, code, why := c.heard(data)
		if code != 0 {
			_ = c.leaving.WriteClose(code, strings.ToValidUTF8(why[:min(len(why), mostReason)], "")) // A client that has gone needs no reason.
			return kind, nil, transport.ErrWebsocketClosed
		}
		if m.early {
			if m.Type == "ping" {
				if err := c.leaving.WriteJSON(envelope{Type: "pong", Payload: m.Payload}); err != nil {
					return kind, nil, err
				}
			}
			continue
		}
		if m.rewritten != nil {
			data = m.rewritten
		}
		return kind, bytes.NewReader(data), nil
	}
}

// documented is a message that asks for a document by its id (documentId) with the id where read puts it; nil for one that does not.
func documented(m envelope) []byte {
	var fields map[string]any
	if decode(m.Payload, &fields) != nil {
		return nil
	}
	id, ok := fields[documentID]
	if !ok || id == nil {
		return nil
	}
	extensions, _ := fields["extensions"].(map[string]any)
	if extensions == nil {
		extensions = map[string]any{}
	}
	extensions[documentID] = id
	fields["extensions"] = extensions
	payload, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	m.Payload = payload
	data, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	return data
}

type heard struct {
	envelope
	early bool // it may come before connection_init, where the library does not expect it

	rewritten []byte // the message as the library reads it, if that is another
}

// heard reads a message. Where its code is not 0, the connection is to be closed by it.
func (c *conversation) heard(data []byte) (m heard, code int, why string) {
	invalid := func(why string) (heard, int, string) { return heard{}, closeInvalid, why }
	if err := decode(data, &m.envelope); err != nil {
		return invalid(`no message: send {"type": "…", …} as JSON`)
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	switch m.Type {
	case "connection_init":
		var payload map[string]any
		switch {
		case c.opened:
			return heard{}, closeInits, "Too many initialisation requests"
		case len(m.Payload) > 0 && decode(m.Payload, &payload) != nil:
			return invalid("the payload of connection_init is no JSON object")
		}
		c.opened = true
	case "subscribe":
		switch {
		case !c.opened:
			return heard{}, closeUnauthorized, "Unauthorized: send connection_init first"
		case m.ID == "":
			return invalid("subscribe takes an id that is not empty")
		case len(m.Payload) == 0 || m.Payload[0] != '{' || decode(m.Payload, &graphql.RawParams{}) != nil:
			return invalid(`the payload of subscribe is {"query": "…", "variables": {…}}`)
		case c.active[m.ID]:
			return heard{}, closeSubscriber, "Subscriber for " + m.ID + " already exists"
		}
		c.active[m.ID] = true
		m.rewritten = documented(m.envelope)
	case "complete":
		if m.ID == "" {
			return invalid("complete takes the id of an operation")
		}
		delete(c.active, m.ID)
		m.early = !c.opened
	case "ping", "pong":
		m.early = !c.opened
	default:
		return invalid(fmt.Sprintf("no client sends messages of type %q", answer.Clip(m.Type)))
	}
	return m, 0, ""
}

// WriteJSON sends a message, unless it is of an operation that has ended: after an error, or what a client itself has completed, nothing more is told.
func (c *conversation) WriteJSON(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var m envelope
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	if m.ID != "" {
		c.lock.Lock()
		under := c.active[m.ID]
		if m.Type == "error" || m.Type == "complete" {
			delete(c.active, m.ID)
		}
		c.lock.Unlock()
		if !under {
			return nil
		}
	}
	return c.leaving.WriteJSON(json.RawMessage(data))
}

func (c *conversation) WriteClose(code int, message string) error {
	c.lock.Lock()
	opened := c.opened
	c.lock.Unlock()
	if code == transport.WebsocketCloseProtocolError && !opened { // All else that the library would close for, NextReader has.
		code, message = closeInitTimeout, "Connection initialisation timeout"
	}
	return c.leaving.WriteClose(code, message)
}

// enter lets a WebSocket in by what its connection_init says: {"authorization": "Bearer KEY"}, for browsers cannot send the header. One that is not
// let in is closed as forbidden, with the reason.
func enter(ctx context.Context, said transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	in, err := access.Enter(ctx, said.Authorization())
	if err != nil {
		return transport.WithWebsocketCloseCode(transport.AppendCloseReason(ctx, err.Error()), closeForbidden), nil, err
	}
	return in, nil, nil
}

// mayFollow tells that a page of the request's origin may open a WebSocket, which a browser does not ask for first: one of the server's own, or of an
// origin that may ask. Programs that are no browsers send no origin.
func (h *handler) mayFollow(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	u, err := url.Parse(origin)
	return origin == "" || slices.Contains(h.origins, "*") || slices.Contains(h.origins, origin) || err == nil && strings.EqualFold(u.Host, r.Host)
}
