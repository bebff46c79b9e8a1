//go:build unix

package main

import (
	"strings"
	"testing"
)

// TestParseWritesPredicates reads one sentence in each form that ../shared/score compares.
func TestParseWritesPredicates(t *testing.T) {
	for _, c := range []struct{ stdin, args, want string }{
		{"Oslo condemned the attack.", "--raw", "Pred=V|Args=ARG0:1,ARG1:4|Happened="},
		{"Oslo condemned the attack.", "--raw --roles", `{"role":"ARG0","begin":0,"end":1,"head":0,`},
		{"Oslo condemned the attack.", "--raw --happened", `{"sent_id":"1","token":1,"value":1.`},
		{`{"id":"a","text":"“Oslo” condemned the attack."}`, "--situations", `{"id":"a","verbs":[{"begin":7,"end":16,"type":"`},
	} {
		out, errs, code := newsgraph(t, c.stdin, append([]string{"parse"}, strings.Fields(c.args)...)...)
		if code != 0 || !strings.Contains(out, c.want) {
			t.Errorf("%s: code %d\n%s%s\nwant %s", c.args, code, out, errs, c.want)
		}
	}
}
