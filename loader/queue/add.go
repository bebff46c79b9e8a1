package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsgraph/news"
)

// Added counts what was added: Doubles were in the queue within the last Window.
type Added struct{ New, Doubles int }

// added is a story whose answer is to come.
type added struct {
	story  news.Story
	answer jetstream.PubAckFuture
}

// Encode is a story as its message has it: the JSON of news.Story, as exports have it.
func Encode(s news.Story) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Decode is the story of a message. It refuses what Encode does not write: a story that would be loaded without a part of it, or under another id.
func Decode(data []byte) (news.Story, error) {
	var s news.Story
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("no story: %w: newsgraph enqueue writes them", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return s, errors.New("no story: there is more than one JSON value: a message is one story")
	}
	if s.Headline == "" && s.Text == "" {
		return s, errors.New("no story: it has neither headline nor text")
	}
	if s.Published != "" {
		if _, _, err := news.ParseDate(s.Published); err != nil {
			return s, fmt.Errorf("its date: %w", err)
		}
	}
	told := s.ID
	s.Identify()
	if told != "" && told != s.ID {
		return s, fmt.Errorf("its id is %s, and what it holds is %s: it was changed on its way", told, s.ID)
	}
	return s, nil
}

// Add sends a story to the queue, and waits where too many are on their way. A story that no message holds is ErrTooBig; other errors are of the queue, and may be of
// stories that were added before.
func (q *Queue) Add(ctx context.Context, s news.Story) error {
	data, err := Encode(s)
	if err != nil {
		return err
	}
	most := int(q.nc.MaxPayload())
	if of := int(q.stream.CachedInfo().Config.MaxMsgSize); of > 0 {
		most = min(most, of)
	}
	if most -= headers; len(data) > most {
		return fmt.Errorf("%w: as JSON it has %d bytes, and %s takes %d: raise max_payload of the server, or load it without the queue", ErrTooBig, len(data), q, most)
	}
	if len(q.adding) >= inFlight {
		if err := q.answered(ctx); err != nil {
			return err
		}
	}
	// The client's own wait for a place is short and no error is wanted of it: there are places, see above.
	f, err := q.js.PublishMsgAsync(&nats.Msg{Subject: q.Name + ".stories", Data: data}, jetstream.WithMsgID(string(s.ID)))
	if err != nil {
		return q.explain(err)
	}
	q.adding = append(q.adding, added{s, f})
	return nil
}

// Flush waits for the answers to all that was added. Added counts what is in the queue for certain, with an error too.
func (q *Queue) Flush(ctx context.Context) (Added, error) {
	for len(q.adding) > 0 {
		if err := q.answered(ctx); err != nil {
			return q.sum, err
		}
	}
	return q.sum, nil
}

// answered waits for the oldest answer.
func (q *Queue) answered(ctx context.Context) error {
	a := q.adding[0]
	q.adding = q.adding[1:]
	select {
	case <-ctx.Done():
		return ctx.Err()
	case ack := <-a.answer.Ok():
		if ack.Duplicate {
			q.sum.Doubles++
		} else {
			q.sum.New++
		}
		return nil
	case err := <-a.answer.Err():
		var api *jetstream.APIError
		switch {
		case errors.As(err, &api) && (api.ErrorCode == codeStoreFailed || api.ErrorCode == codeResources || api.ErrorCode == codeNoSpace):
			return fmt.Errorf("%s: %w (%w): wait until loaders have emptied it, or raise its bounds: nats stream edit %s", q, ErrFull, err, q.Name)
		case errors.Is(err, jetstream.ErrAsyncPublishTimeout):
			return fmt.Errorf("%s: %w there: %w", q, ErrUnavailable, err)
		}
		return q.explain(err)
	}
}

// Of a stream that has reached a bound, an account that has, and a server whose disk is full: server/errors.json of nats-server.
const (
	codeResources   jetstream.ErrorCode = 10023
	codeNoSpace     jetstream.ErrorCode = 10047
	codeStoreFailed jetstream.ErrorCode = 10077
)
