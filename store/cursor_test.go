package store

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"
)

// TestCursorsAreJSON: cursors are the same JSON whether a key has to be escaped or not, and are read again.
func TestCursorsAreJSON(t *testing.T) {
	for _, key := range []string{"", "7", "state:RU", `a "b" \ c`, "<&>", "line\nbreak\x00", "北京 ü", "\u2028", "\x7f"} {
		keys := []string{key, "0123456789abcdef0123"}
		want, err := json.Marshal(append([]string{"events newest"}, keys...))
		if err != nil {
			t.Fatal(err)
		}
		cursor := Cursor("events newest", keys...)
		if got, err := base64.RawURLEncoding.DecodeString(cursor); err != nil || string(got) != string(want) {
			t.Errorf("%q: %s, %v; want %s", key, got, err, want)
		}
		if got, err := CursorKeys(cursor, "events newest", len(keys)); err != nil || !slices.Equal(got, keys) {
			t.Errorf("%q is read as %q, %v", key, got, err)
		}
	}
}
