package graph

import (
	"net/http"
	"slices"
)

const methods = "GET, HEAD, POST, OPTIONS"

// WithOrigins lets pages of these origins read the answers, https://example.org or * for all. Unless given, only pages of the server's own
// origin can. Nobody is known by a cookie here, so answers go without credentials. A page of any other origin cannot so much as send a
// POST: its Content-Type makes a browser ask first.
func WithOrigins(origins ...string) Option {
	return func(h *handler) { h.origins = origins }
}

// share tells the browser whether the page that asks may read the answer (https://fetch.spec.whatwg.org/#http-cors-protocol).
func (h *handler) share(w http.ResponseWriter, r *http.Request) bool {
	if len(h.origins) == 0 {
		return false
	}
	origin, header := r.Header.Get("Origin"), w.Header()
	if slices.Contains(h.origins, "*") {
		origin = "*"
	} else {
		header.Add("Vary", "Origin")
	}
	if origin == "" || !slices.Contains(h.origins, origin) {
		return false
	}
	header.Set("Access-Control-Allow-Origin", origin)
	return true
}

// preflight answers OPTIONS: what may be done here, and by whom.
func (h *handler) preflight(w http.ResponseWriter, shared bool) {
	header := w.Header()
	header.Set("Allow", methods)
	if shared {
		header.Set("Access-Control-Allow-Methods", methods)
		header.Set("Access-Control-Allow-Headers", "*, Authorization")
		header.Set("Access-Control-Max-Age", "7200")
	}
	w.WriteHeader(http.StatusNoContent)
}
