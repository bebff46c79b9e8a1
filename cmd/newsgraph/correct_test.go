//go:build unix

package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestCorrect corrects a store by commands, loads more, undoes, and takes the log into a store that is loaded after it.
func TestCorrect(t *testing.T) {
	dir := t.TempDir()
	first := write(t, dir, "1.txt", "Envoys meet\n\nNorway condemned Chad on Tuesday. Mary Ellwood of Peru visited Chile on Monday.\n")
	second := write(t, dir, "2.txt", "Envoys meet again\n\nMary Q. Ellwood condemned Chad on Wednesday.\n")
	stores(t, func(t *testing.T, uri string) {
		ok := func(stdin string, args ...string) string {
			t.Helper()
			out, errs, code := newsgraph(t, stdin, args...)
			if code != 0 {
				t.Fatalf("%v: exit code %d, %s", args, code, errs)
			}
			return out
		}
		correct := func(args ...string) news.Correction {
			t.Helper()
			out := ok("", append([]string{"correct", args[0], "--store", uri, "--by", "Ada", "--because", "it is so", "--json"}, args[1:]...)...)
			var c news.Correction
			if err := json.Unmarshal([]byte(out), &c); err != nil {
				t.Fatalf("%s: %v", out, err)
			}
			return c
		}
		load := func(uri string, files ...string) {
			ok("", append([]string{"load", "--store", uri, "--published", "2024-01-10"}, files...)...)
		}
		event := func(uri, action string) (ids []string) {
			for line := range strings.Lines(export(t, uri)) {
				var r struct{ Event *news.Event }
				if err := json.Unmarshal([]byte(line), &r); err == nil && r.Event != nil && r.Event.Action == action {
					ids = append(ids, string(r.Event.ID))
				}
			}
			return ids
		}
		load(uri, first, second)
		plain := export(t, uri)
		condemned := event(uri, "condemn")
		if len(condemned) != 2 {
			t.Fatalf("%d events: %s", len(condemned), plain)
		}
		hide := correct(append([]string{"hide"}, condemned...)...)
		merge := correct("merge", "state:NO", "state:TD")
		rename := correct("rename", "state:NO", "Norway and Chad")
		if ids := event(uri, "condemn"); len(ids) != 0 {
			t.Errorf("still there: %v", ids)
		}
		shown := slices.DeleteFunc(strings.SplitAfter(export(t, uri), "\n"), func(line string) bool { return strings.HasPrefix(line, `{"told"`) }) // as it was found
		if all := strings.Join(shown, ""); strings.Contains(all, `"id":"state:TD"`) || !strings.Contains(all, `"name":"Norway and Chad"`) {
			t.Errorf("not merged and renamed: %s", all)
		}
		list := ok("", "correct", "list", "--store", uri)
		for _, says := range []string{"merge into state:NO: state:TD", "Ada: it is so", string(hide.ID)} {
			if !strings.Contains(list, says) {
				t.Errorf("%q is not in %s", says, list)
			}
		}
		other := "sqlite:" + filepath.Join(t.TempDir(), "other.db")
		log := ok("", "correct", "export", "--store", uri)
		ok(log, "correct", "import", "--store", other, "-")
		load(other, second)
		load(other, first)
		ok(log, "correct", "import", "--store", other, "-")
		if got, want := export(t, other), export(t, uri); got != want {
			t.Errorf("another export of a store that was corrected before it was loaded: %s", difference(got, want))
		}
		for _, c := range []news.Correction{hide, merge, rename} {
			correct("undo", string(c.ID))
		}
		uncorrected := func(export string) string {
			return strings.Join(slices.DeleteFunc(strings.SplitAfter(export, "\n"), func(line string) bool {
				return strings.HasPrefix(line, `{"correction"`) || strings.HasPrefix(line, `{"end"`)
			}), "")
		}
		if got, want := uncorrected(export(t, uri)), uncorrected(plain); got != want {
			t.Errorf("not as it was: %s", difference(got, want))
		}
		for _, test := range []struct {
			code int
			says string
			args []string
		}{
			{exitFailed, "nothing has the id state:XX", []string{"merge", "state:NO", "state:XX", "--because", "x"}},
			{exitFailed, "nothing has the id event:0123456789abcdef0123", []string{"hide", "event:0123456789abcdef0123", "--because", "x"}},
			{exitUsage, "is no action", []string{"retype", condemned[0], "--to", "frobnicate", "--because", "x"}},
			{exitUsage, "was undone by", []string{"undo", string(hide.ID), "--because", "x"}},
			{exitUsage, "--because", []string{"hide", condemned[0]}},
			{exitUsage, "does not tell why", []string{"hide", condemned[0], "--because", " "}},
		} {
			if _, errs, code := newsgraph(t, "", append([]string{"correct", test.args[0], "--store", uri, "--by", "Ada"}, test.args[1:]...)...); code != test.code || !strings.Contains(errs, test.says) {
				t.Errorf("%v: exit code %d, %s", test.args, code, errs)
			}
		}
		if _, errs, code := newsgraph(t, strings.Replace(log, "Ada", "Eve", 1), "correct", "import", "--store", uri, "-"); code != exitFailed || !strings.Contains(errs, "line 1 is no correction") {
			t.Errorf("forged: exit code %d, %s", code, errs)
		}
	})
}
