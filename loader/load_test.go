package loader

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// shelf is a store that keeps headlines in the order in which they come, and refuses a batch with one that it does not like.
type shelf struct {
	store.Writer
	mu        sync.Mutex
	headlines []string
	fails     error
	hangs     bool
}

func (s *shelf) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	if s.hangs {
		<-ctx.Done()
		return store.PutResult{}, ctx.Err()
	}
	if s.fails != nil {
		return store.PutResult{}, s.fails
	}
	for _, f := range facts {
		if strings.Contains(f.Story.Headline, "disliked") {
			return store.PutResult{}, errors.New("shelf: disliked")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range facts {
		s.headlines = append(s.headlines, f.Story.Headline)
	}
	return store.PutResult{Added: len(facts)}, nil
}

func understand(s news.Story) (news.Facts, error) {
	switch {
	case strings.Contains(s.Headline, "panics"):
		panic("a defect")
	case strings.Contains(s.Headline, "fails"):
		return news.Facts{}, errors.New("not understood")
	case strings.Contains(s.Headline, "slow"):
		time.Sleep(20 * time.Millisecond)
	}
	return news.Facts{Story: s}, nil
}

func lines(n int, odd map[int]string) string {
	var b strings.Builder
	for i := range n {
		what := odd[i]
		if what == "" {
			what = "story"
		}
		fmt.Fprintf(&b, `{"headline": "%s %d", "text": "Norway condemned Chad for the time %d.", "url": "https://a.example/%d"}`+"\n", what, i, i, i)
	}
	return b.String()
}

// TestLoadLosesNoOther sees that one bad story costs no other, and that the others come in their order.
func TestLoadLosesNoOther(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	odd := map[int]string{3: "panics", 40: "fails", 7: "slow", 60: "disliked", 119: "disliked"}
	if err := os.WriteFile(name, []byte(lines(120, odd)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &shelf{}
	var errs []string
	sum, err := Load(t.Context(), s, Sources(Files([]string{name}), nil), Options{}, understand, func(p Progress) {
		if p.Err != nil {
			errs = append(errs, p.Err.Error())
		}
	})
	if err != nil || sum.Stories != 116 || sum.Put != 116 || sum.Refused != 4 || sum.Failed != 0 || len(s.headlines) != 116 {
		t.Errorf("%+v, %v", sum, err)
	}
	for _, want := range []string{"panics 3", "fails 40", "disliked 60", "disliked 119", "line 4", "load_test.go"} {
		if !strings.Contains(strings.Join(errs, "\n"), want) {
			t.Errorf("no %q in %s", want, errs)
		}
	}
	if !slices.IsSortedFunc(s.headlines, func(a, b string) int { return number(a) - number(b) }) {
		t.Errorf("out of order: %v", s.headlines)
	}
}

func number(headline string) (n int) {
	_, _ = fmt.Sscanf(headline[strings.IndexByte(headline, ' '):], "%d", &n)
	return n
}

func TestLoadEndsWithItsStore(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(name, []byte(lines(500, nil)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, fails := range []error{fmt.Errorf("shelf: %w", store.ErrUnavailable), errors.New("disk full")} {
		sum, err := Load(t.Context(), &shelf{fails: fails}, Sources(Files([]string{name}), nil), Options{}, understand, func(Progress) {})
		if !errors.Is(err, fails) || sum.Put != 0 {
			t.Errorf("%+v, %v", sum, err)
		}
	}
}

// TestLoadIsCancelled cancels while the store, the understanding or standard input does not answer.
func TestLoadIsCancelled(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(name, []byte(lines(500, nil)), 0o600); err != nil {
		t.Fatal(err)
	}
	forever := make(chan struct{})
	defer close(forever)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	for what, load := range map[string]func(ctx context.Context) error{
		"store": func(ctx context.Context) error {
			_, err := Load(ctx, &shelf{hangs: true}, Sources(Files([]string{name}), nil), Options{}, understand, func(Progress) {})
			return err
		},
		"understanding": func(ctx context.Context) error {
			_, err := Load(ctx, &shelf{}, Sources(Files([]string{name}), nil), Options{}, func(news.Story) (news.Facts, error) {
				<-forever
				return news.Facts{}, nil
			}, func(Progress) {})
			return err
		},
		"input": func(ctx context.Context) error {
			_, err := Load(ctx, &shelf{}, Sources(Files([]string{"-"}), r), Options{}, understand, func(Progress) {})
			return err
		},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if err := load(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.txt": "Oslo condemns Chad\n\nNorway condemned Chad.\n", "a.json": `{"published": "2024-01-10", "url": "https://a.example/1", "publisher": "Oslo Times"}`,
		"b.txt": page, "b.tsv": "file\tpublished\tpublisher\nb.txt\t2024-01-09\tLima Times\n../c.txt\t2024-01-09\tLima Times\n",
		"c.json": `{"title": "Peru condemns Chad", "text": "Peru condemned Chad.", "date": "2024-01-08"}`, "d": "Chile condemns Chad\n\nChile condemned Chad.\n", ".hidden": "no", "e.png": "\x89PNG\r\n\x1a\n",
		"sub/.git/x.txt": "no", "sub/f.pdf": "%PDF-1.7",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	sum, err := Try(t.Context(), Sources(Files([]string{dir}), nil), Options{Published: "2000", Publisher: "Nobody"}, func(s Told) error {
		got = append(got, strings.Join([]string{s.Headline, s.Published, s.Publisher, s.URL}, "|"))
		return nil
	}, func(Progress) {})
	want := []string{
		"Oslo condemns Chad|2024-01-10|Oslo Times|https://a.example/1", "Envoys meet in Lima|2024-01-09|Lima Times|", "Ferry sinks off Fiji||Lima Times|", "Quake hits Chad||Lima Times|",
		"Peru condemns Chad|2024-01-08|Nobody|", "Chile condemns Chad|2000|Nobody|",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%s", err, strings.Join(got, "\n"))
	}
	if sum.Passed != 1 || sum.Refused != 2 || sum.Failed != 1 {
		t.Errorf("%+v", sum)
	}
}

// TestLoadTellsTheFirst loads a table of many odd rows: the first are told one by one, and all are counted.
func TestLoadTellsTheFirst(t *testing.T) {
	name := filepath.Join(t.TempDir(), "table.csv")
	rows := "headline,text,published\nTalks,Envoys of Peru met those of Chad in Lima on Monday.,2024-01-10\n" + strings.Repeat("Talks,\n", 250) +
		strings.Repeat("Talks,Envoys of Peru met those of Fiji in Lima on Monday.,on some day\n", 120)
	if err := os.WriteFile(name, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	errs, notices := 0, []string(nil)
	sum, err := Try(t.Context(), Sources(Files([]string{name}), nil), Options{}, func(Told) error { return nil }, func(p Progress) {
		if p.Err != nil {
			errs++
		}
		if p.Notice != "" {
			notices = append(notices, p.Notice)
		}
	})
	if err != nil || sum.Stories != 121 || sum.Refused != 250 || len(sum.Refusals) != 250 || sum.Dates != 120 {
		t.Errorf("%+v, %v", sum, err)
	}
	if n := len(notices); errs != mostTold || n != mostTold+2 || !strings.HasSuffix(notices[n-2], ": 150 more stories are refused, beside the 100 that are named") ||
		!strings.HasSuffix(notices[n-1], ": 20 more dates are refused, beside the 100 that are named") {
		t.Errorf("%d errors, %d notices, the last %q", errs, n, notices[max(0, n-2):])
	}
}
