package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"newsgraph/graph/internal/answer"
)

// Codes of queries that are asked by their hash.
const (
	codeNotPersisted = "PERSISTED_QUERY_NOT_FOUND" // send its text too, which Apollo's clients do of themselves
	codeNotAllowed   = "QUERY_NOT_ALLOWED"         // it is not of the queries that this server answers
)

var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// mostPersisted is how many texts are kept, of mostQuery bytes at most: 16 MiB.
const mostPersisted = 256

// Queries are texts of queries by their SHA-256, in hexadecimal, and by their ids in a manifest, behind idKey.
type Queries map[string]string

const idKey = "id:" // which no SHA-256 begins with

// sha256Prefix may stand before a SHA-256 that is asked for as documentId, as the specification writes it.
const sha256Prefix = "sha256:"

// ParseQueries reads a manifest: JSON of texts under their ids, as relay-compiler writes it (persistConfig.file), or Apollo's with
// {"operations": [{"id", "body"}]}. A query is asked for by its id, by the SHA-256 of its text, or by its text.
func ParseQueries(manifest []byte) (Queries, error) {
	var apollo struct {
		Operations []struct{ ID, Body string }
	}
	var relay map[string]string
	queries := Queries{}
	add := func(id, text string) error {
		switch {
		case strings.TrimSpace(text) == "":
			return errors.New("graph: the manifest has a query without text")
		case id != "" && queries[idKey+id] != "" && queries[idKey+id] != text:
			return fmt.Errorf("graph: the manifest has two queries of the id %s", answer.Clip(id))
		case id != "":
			queries[idKey+id] = text
		}
		queries[queryHash(text)] = text
		return nil
	}
	if err := json.Unmarshal(manifest, &apollo); err == nil && apollo.Operations != nil {
		for _, o := range apollo.Operations {
			if err := add(o.ID, o.Body); err != nil {
				return nil, err
			}
		}
	} else if err := json.Unmarshal(manifest, &relay); err != nil {
		return nil, fmt.Errorf(`graph: no manifest of queries: %w: write {"name": "query text", …} or {"operations": [{"body": "query text"}, …]}`, err)
	}
	for id, text := range relay {
		if err := add(id, text); err != nil {
			return nil, err
		}
	}
	if len(queries) == 0 {
		return nil, errors.New("graph: the manifest has no queries")
	}
	return queries, nil
}

func queryHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// WithQueries answers these queries alone, by text, by hash or by id.
func WithQueries(queries Queries) Option {
	return func(h *handler) { h.persisted.allowed = queries }
}

// persisted finds the text of a query that is asked by its hash, under extensions.persistedQuery as Apollo's clients send it, or by its id, as documentId,
// which Relay and the specification's persisted documents send. gqlgen's own extension has no list of what is allowed, and its errors have no codes.
type persisted struct {
	allowed Queries // nil for all
	known   *lru.LRU[string]
}

func newPersisted() *persisted { return &persisted{known: lru.New[string](mostPersisted)} }

func (*persisted) ExtensionName() string                   { return "persisted" }
func (*persisted) Validate(graphql.ExecutableSchema) error { return nil }

func (p *persisted) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	wrong := func(code, format string, args ...any) *gqlerror.Error {
		err := gqlerror.Errorf(format, args...)
		errcode.Set(err, code)
		return err
	}
	hash, what := "", "extensions.persistedQuery.sha256Hash"
	if given := params.Extensions["persistedQuery"]; given != nil {
		fields, ok := given.(map[string]any)
		hash, _ = fields["sha256Hash"].(string)
		if !ok || hash == "" || fmt.Sprint(fields["version"]) != "1" {
			return wrong(codeBadRequest, `extensions.persistedQuery is {"version": 1, "sha256Hash": "…"}`)
		}
	}
	if given := params.Extensions[documentID]; given != nil {
		id, ok := given.(string)
		switch {
		case !ok || id == "":
			return wrong(codeBadRequest, `documentId is a string: the id of a query in the manifest, or "sha256:…" of its text`)
		case hash != "" && p.key(hash) != p.key(id):
			return wrong(codeBadRequest, "documentId and extensions.persistedQuery name two queries: send one of them")
		}
		if params.Query == "" || digest.MatchString(p.key(id)) { // an id that only its client knows tells nothing that the text does not
			hash, what = id, documentID
		}
	}
	key := p.key(hash)
	switch {
	case params.Query == "" && p.allowed != nil:
		if params.Query = p.allowed[key]; params.Query == "" {
			return wrong(codeNotAllowed, "this server answers the queries of its manifest alone, and %s is none of them", answer.Clip(hash))
		}
	case params.Query == "":
		known, ok := p.known.Get(ctx, key)
		if !ok {
			return wrong(codeNotPersisted, "PersistedQueryNotFound")
		}
		params.Query = known
	case key != "" && key != queryHash(params.Query):
		return wrong(codeBadRequest, "%s is not of the query that is sent with it", what)
	case p.allowed != nil:
		if _, ok := p.allowed[queryHash(params.Query)]; !ok {
			return wrong(codeNotAllowed, "this server answers the queries of its manifest alone, and this is none of them")
		}
	case key != "" && len(params.Query) <= mostQuery:
		p.known.Add(ctx, key, params.Query)
	}
	return nil
}

// key is the SHA-256 of the text that an id stands for: its text's in the manifest, else the id itself, which is one.
func (p *persisted) key(id string) string {
	if text := p.allowed[idKey+id]; text != "" {
		return queryHash(text)
	}
	return strings.ToLower(strings.TrimPrefix(id, sha256Prefix))
}
