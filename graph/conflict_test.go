package graph_test

import (
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/graph"
)

// Two stories count the dead of one strike differently, and agree on the injured.
func TestConflicts(t *testing.T) {
	facts := factsOf(t, "conflicts", txtar.Parse([]byte(`-- 1.txt --
Strike
publisher: AFP
published: 2024-01-10

Russia struck Kharkiv on Tuesday, killing 12 people and injuring three.
-- 1.facts --
entity state:RU "Russia" source states.tsv
entity place:kharkiv "Kharkiv" source places.tsv
report strike "struck" source state:RU "Russia" target place:kharkiv "Kharkiv" when 2024-01-09 "Tuesday" count killed 12 12 "12 people" count injured 3 3 "three"
-- 2.txt --
Strike on Kharkiv
publisher: Post
published: 2024-01-11

At least 15 died and three were hurt as Russia struck Kharkiv on Tuesday.
-- 2.facts --
entity state:RU "Russia" source states.tsv
entity place:kharkiv "Kharkiv" source places.tsv
report strike "struck" source state:RU "Russia" target place:kharkiv "Kharkiv" when 2024-01-09 "Tuesday" count killed 15 0 "At least 15" count injured 3 3 "three"
`)))
	a := ask(t, graph.New(open(t, facts), quiet()), `{ events { edges { node { texts conflicts { of low high told { low high text } } } } } }`)
	const want = `{"events":{"edges":[{"node":{"texts":2,"conflicts":[{"of":"killed","low":12,"high":15,"told":[` +
		`{"low":12,"high":12,"text":"12 people"},{"low":15,"high":null,"text":"At least 15"}]}]}}]}}`
	const turned = `{"events":{"edges":[{"node":{"texts":2,"conflicts":[{"of":"killed","low":12,"high":15,"told":[` +
		`{"low":15,"high":null,"text":"At least 15"},{"low":12,"high":12,"text":"12 people"}]}]}}]}}`
	if got := string(a.Data); got != want && got != turned { // the order of reports is that of their stories' ids
		t.Errorf("%s", a.body)
	}
}
