package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"newsgraph/graph"
)

// A verb that is no action is answered with those that are as near to it as any, by their own words: what is only less far than the rest is not meant.
func TestNearestActions(t *testing.T) {
	h := graph.New(open(t, nil), quiet())
	for name, want := range map[string]string{
		"condem":     `Did you mean "condemn"?`,
		"condemed":   `Did you mean "condemn"?`,
		"CONDEMN":    `Did you mean "condemn"?`,
		"denounce":   `Did you mean "condemn"?`,
		"negotiatte": `Did you mean "negotiate"?`,
		"asassinate": `Did you mean "assassinate"?`,
		"invad":      `Did you mean "invade"?`,
		"sanktion":   `Did you mean "sanction"?`,
		"bmb":        `Did you mean "bomb"?`,
		"vetto":      `Did you mean "veto"?`,
		"hit":        `Did you mean "attack" or "strike"?`,
		"xyzzyx":     "",
		"zoologist":  "",
		"":           "",
	} {
		a := ask(t, h, fmt.Sprintf(`{ events(filter: {action: %q}) { edges { cursor } } }`, name))
		says := fmt.Sprintf("%q is no action. %s", name, strings.TrimLeft(want+" actions lists all", " "))
		if a.codes() != "BAD_USER_INPUT" && a.codes() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(a.Errors[0].Message, says) {
			t.Errorf("%q: %s, want %s", name, a.body, says)
		}
	}
}
