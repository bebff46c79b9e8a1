package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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

// mostPersisted is how many texts are kept, of mostQuery bytes at most: 16 MiB.
const mostPersisted = 256

// Queries are texts of queries by their SHA-256, in hexadecimal.
type Queries map[string]string

// ParseQueries reads a manifest: JSON of texts under any names, as relay-compiler writes it (persistConfig.file), or Apollo's with
// {"operations": [{"id", "body"}]}. The names do not matter: a query is known by its text.
func ParseQueries(manifest []byte) (Queries, error) {
	var apollo struct {
		Operations []struct{ Body string }
	}
	var relay map[string]string
	texts := []string{}
	if err := json.Unmarshal(manifest, &apollo); err == nil && apollo.Operations != nil {
		for _, o := range apollo.Operations {
			texts = append(texts, o.Body)
		}
	} else if err := json.Unmarshal(manifest, &relay); err != nil {
		return nil, fmt.Errorf(`graph: no manifest of queries: %w: write {"name": "query text", …} or {"operations": [{"body": "query text"}, …]}`, err)
	}
	for _, text := range relay {
		texts = append(texts, text)
	}
	queries := Queries{}
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			return nil, errors.New("graph: the manifest has a query without text")
		}
		queries[queryHash(text)] = text
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

// WithQueries answers these queries alone, by text or by hash.
func WithQueries(queries Queries) Option {
	return func(h *handler) { h.persisted.allowed = queries }
}

// persisted finds the text of a query that is asked by its hash, under extensions.persistedQuery as Apollo's clients send it. gqlgen's own
// extension has no list of what is allowed, and its errors have no codes.
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
	hash := ""
	if given := params.Extensions["persistedQuery"]; given != nil {
		fields, ok := given.(map[string]any)
		hash, _ = fields["sha256Hash"].(string)
		if !ok || hash == "" || fmt.Sprint(fields["version"]) != "1" {
			return wrong(codeBadRequest, `extensions.persistedQuery is {"version": 1, "sha256Hash": "…"}`)
		}
		hash = strings.ToLower(hash)
	}
	switch {
	case params.Query == "" && p.allowed != nil:
		if params.Query = p.allowed[hash]; params.Query == "" {
			return wrong(codeNotAllowed, "this server answers the queries of its manifest alone, and %s is none of them", answer.Clip(hash))
		}
	case params.Query == "":
		known, ok := p.known.Get(ctx, hash)
		if !ok {
			return wrong(codeNotPersisted, "PersistedQueryNotFound")
		}
		params.Query = known
	case hash != "" && hash != queryHash(params.Query):
		return wrong(codeBadRequest, "extensions.persistedQuery.sha256Hash is not the SHA-256 of the query")
	case p.allowed != nil:
		if _, ok := p.allowed[queryHash(params.Query)]; !ok {
			return wrong(codeNotAllowed, "this server answers the queries of its manifest alone, and this is none of them")
		}
	case hash != "" && len(params.Query) <= mostQuery:
		p.known.Add(ctx, hash, params.Query)
	}
	return nil
}
