package graph

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// leastZipped is from how many bytes on an answer is compressed: less fits into one or two packets anyway.
const leastZipped = 2 << 10

// told is what every answer tells beside its data: what the query cost, and how much more it might have.
func told(operation *graphql.OperationContext) map[string]any {
	cost, ok := operation.Stats.GetExtension(costExtension).(int)
	if !ok {
		return nil
	}
	return map[string]any{"cost": map[string]int{"asked": cost, "most": mostCost, "left": max(mostCost-cost, 0)}}
}

// write writes an answer, compressed if the client takes that and it is worth it. What was asked by GET may be kept, and is asked for again
// with the tag of what is known: the graph may have changed, and mostly has not.
func (h *handler) write(w http.ResponseWriter, r *http.Request, media string, status int, body response) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(body); err != nil {
		panic(fmt.Errorf("graph: write answer: %w", err))
	}
	note(r.Context(), func(a *Answered) {
		a.Status, a.Bytes = status, b.Len()
		a.tell(body.Errors)
	})
	header := w.Header()
	if r.Method != http.MethodPost && status == http.StatusOK && len(body.Errors) == 0 {
		sum := sha256.Sum256(b.Bytes())
		tag := `W/"` + hex.EncodeToString(sum[:16]) + `"` // weak: compressed or not, it is the same answer
		header.Set("ETag", tag)
		header.Set("Cache-Control", "no-cache")
		if knows(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	header.Set("Content-Type", media+"; charset=utf-8")
	if b.Len() < leastZipped || !takesGzip(r.Header.Values("Accept-Encoding")) {
		w.WriteHeader(status)
		_, _ = w.Write(b.Bytes()) // A client that has gone needs no answer.
		return
	}
	header.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	zipper, ok := h.zippers.Get().(*gzip.Writer)
	if !ok {
		zipper, _ = gzip.NewWriterLevel(nil, gzip.BestSpeed) // The level is one.
	}
	defer h.zippers.Put(zipper)
	zipper.Reset(w)
	_, _ = zipper.Write(b.Bytes())
	_ = zipper.Close()
}

// knows tells that the client has the answer of the tag.
func knows(headers []string, tag string) bool {
	for _, known := range strings.Split(strings.Join(headers, ","), ",") {
		if known = strings.TrimSpace(known); known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// takesGzip tells that the Accept-Encoding headers name gzip, and do not refuse it.
func takesGzip(headers []string) bool {
	for _, part := range strings.Split(strings.Join(headers, ","), ",") {
		name, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || name != "gzip" {
			continue
		}
		q, err := strconv.ParseFloat(params["q"], 64)
		return params["q"] == "" || err == nil && q > 0
	}
	return false
}
