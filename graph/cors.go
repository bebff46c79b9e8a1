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

// Share tells the browser whether the page that asks may read the answer, one of origins or of any if they have * among them
// (https://fetch.spec.whatwg.org/#http-cors-protocol). A handler in front of New's that refuses requests itself calls it, so that a page can read why.
func Share(origins []string, w http.ResponseWriter, r *http.Request) bool {
	if len(origins) == 0 {
		return false
	}
	origin, header := r.Header.Get("Origin"), w.Header()
	if slices.Contains(origins, "*") {
		origin = "*"
	} else {
		header.Add("Vary", "Origin")
	}
	if origin == "" || !slices.Contains(origins, origin) {
		return false
	}
	header.Set("Access-Control-Allow-Origin", origin)
	header.Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
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
