package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Cursor makes the cursor of a list: kind tells lists of different order apart, keys are the sort keys of the edge, the last of
// them unique. A cursor holds keys, not a position, so it stays good while stories load, and after its edge is gone.
func Cursor(kind string, keys ...string) string {
	data := make([]byte, 0, 128) // most have fewer bytes
	data = appendText(append(data, '['), kind)
	for _, k := range keys {
		data = appendText(append(data, ','), k)
	}
	return base64.RawURLEncoding.EncodeToString(append(data, ']'))
}

// appendText appends a text as JSON: at once where nothing in it has to be escaped, as in most keys. Each edge has a cursor.
func appendText(to []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || strings.IndexByte(`"\<>&`, c) >= 0 {
			data, err := json.Marshal(text)
			if err != nil {
				panic(err) // strings always marshal
			}
			return append(to, data...)
		}
	}
	return append(append(append(to, '"'), text...), '"')
}

// CursorKeys reads the n keys of a cursor that Cursor made for kind. An empty cursor has no keys and no error; any other text
// that is not such a cursor is ErrCursor.
func CursorKeys(cursor, kind string, n int) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	var keys []string
	if err == nil {
		err = json.Unmarshal(data, &keys)
	}
	if err != nil || len(keys) != n+1 || keys[0] != kind {
		return nil, fmt.Errorf("after %q: %w: take it from a pageInfo or an edge of the same list", clip(cursor), ErrCursor)
	}
	return keys[1:], nil
}

func clip(s string) string {
	const most = 40
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// Check refuses paging that no list can answer.
func (p Paging) Check() error {
	if p.First < 1 {
		return fmt.Errorf("first %d: %w: at least 1", p.First, ErrQuery)
	}
	return nil
}

// Limit is one item more than a page, by which a store tells whether there are more.
func (p Paging) Limit() int64 { return min(int64(p.First), math.MaxInt64-1) + 1 }
