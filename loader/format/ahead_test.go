package format

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// tarOf is a tar of pages, every third of them none that has an article and every fifth plain text.
func tarOf(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := range n {
		body := fmt.Sprintf("<html><head><meta property=\"og:title\" content=\"Ferry %d\"></head><body><article><p>%s</p></article></body></html>", i, strings.Repeat("The harbour master closed the port after the storm. ", 10+i%7*40))
		switch {
		case i%3 == 0:
			body = "<html><body></body></html>"
		case i%5 == 0:
			body = fmt.Sprintf("Ferry %d\n\nThe harbour master closed the port after the storm.\n", i)
		}
		if err := w.WriteHeader(&tar.Header{Name: fmt.Sprint(i), Size: int64(len(body)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAhead sees that pages that are parsed on all cores come in the order of their archive, with what is wrong between them, and that who stops is
// told no more.
func TestAhead(t *testing.T) {
	const n = 90
	data := tarOf(t, n)
	for stop := 1; stop <= n; stop += 11 {
		next := 0
		for i, err := range Read("a.tar", "", bytes.NewReader(data), Options{}) {
			switch {
			case (err != nil) != (next%3 == 0):
				t.Errorf("member %d: %v", next, err)
			case err != nil && !strings.HasPrefix(err.Error(), fmt.Sprintf("a.tar: %d: ", next)):
				t.Errorf("%v in place of member %d", err, next)
			case err == nil && (i.Where != fmt.Sprint(next) || i.Headline != fmt.Sprintf("Ferry %d", next)):
				t.Errorf("%q of %q in place of member %d", i.Headline, i.Where, next)
			}
			if next++; next == stop {
				break
			}
		}
		if next != stop {
			t.Errorf("%d items, and %d were asked for", next, stop)
		}
	}
	all := 0
	for _, err := range Read("a.tar", "", bytes.NewReader(data), Options{}) {
		if err == nil || errors.Is(err, ErrNoStory) {
			all++
		}
	}
	if all != n {
		t.Errorf("%d items of %d members", all, n)
	}
}

// TestAheadBeforeADefect sees that what stands before a reader that panics is told, and that a caller that panics is asked no more.
func TestAheadBeforeADefect(t *testing.T) {
	told := 0
	a := &ahead{yield: func(Item, error) bool { told++; return true }}
	wait := make(chan struct{})
	a.page(1, func() ([]Item, error) { <-wait; return []Item{{}}, nil }, a.put)
	a.put(Item{}, nil)
	if told != 0 {
		t.Fatalf("%d items before the page that is first", told)
	}
	close(wait)
	if !a.flush() || told != 2 {
		t.Errorf("%d items", told)
	}
	defer func() {
		if recover() == nil {
			t.Error("the caller's panic is lost")
		}
	}()
	n := 0
	for _, err := range Read("a.tar", "", bytes.NewReader(tarOf(t, 9)), Options{}) {
		if n++; n > 1 {
			t.Error("asked again", err)
		}
		panic("the caller")
	}
}
