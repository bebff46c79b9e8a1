package neo4j

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"newsgraph/news"
)

// TestSound damages the records of some labels: each is one finding that names it, and the others are read.
func TestSound(t *testing.T) {
	s := empty(t)
	put(t, s, told("Norland condemns Sudania", "2024-01-10", news.Asserted))
	verify := func() (all []string) {
		if err := s.Sound(t.Context(), func(says string) { all = append(all, says) }); err != nil {
			t.Error(err)
		}
		return all
	}
	change := func(statement string) {
		session := s.session(t.Context(), driver.AccessModeWrite)
		result, err := session.Run(t.Context(), statement, nil)
		if err == nil {
			_, err = result.Consume(t.Context())
		}
		if err := errors.Join(err, session.Close(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if faults := verify(); len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, label := range []string{"Entity", "Event", "Report", "Story"} {
		for _, record := range []string{`left(n.record, 20)`, `null`, `7`} {
			change(`MATCH (n:` + label + `) WITH n ORDER BY n.id LIMIT 1 SET n.was = n.record, n.record = ` + record + ``)
			if faults := verify(); len(faults) != 1 || !strings.HasPrefix(faults[0], fmt.Sprintf("(:%s {id: ", label)) || !strings.Contains(faults[0], "its record cannot be read") {
				t.Errorf("%s: record = %s is told as %q", label, record, faults)
			}
			change(`MATCH (n:` + label + `) WHERE n.was IS NOT NULL SET n.record = n.was REMOVE n.was`)
		}
	}
	if faults := verify(); len(faults) > 0 {
		t.Errorf("mended, it has %q", faults)
	}
}
