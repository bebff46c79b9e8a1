package extract

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

var inBrackets = regexp.MustCompile(`\[(.*)\]`)

// Each law of frames.tsv fills in its example what it says, and nothing else does: without it the slot lacks that word.
func TestFrameLaws(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for k, law := range x.laws {
		at := inBrackets.FindStringSubmatchIndex(law.example)
		if at == nil {
			t.Errorf("%s: no predicate in brackets: %s", law.name, law.example)
			continue
		}
		story := news.Story{Text: inBrackets.ReplaceAllString(law.example, "$1")}
		story.Identify()
		doc, err := x.Parse(story.Text)
		if err != nil {
			t.Fatal(err)
		}
		r := x.read(story, doc, nil)
		predicate := slices.IndexFunc(r.d.Tokens, func(w nlp.Token) bool { return w.Start == at[0] && w.End == at[1]-2 })
		if predicate < 0 {
			t.Errorf("%s: no word stands in the brackets: %s", law.name, law.example)
			continue
		}
		fills := func(x *Extractor) []string {
			r.Extractor = x
			s := r.d.Sentences[r.sentenceOf[predicate]]
			if law.of == "clause" {
				var words []string
				for _, c := range r.subjects(predicate, 0) {
					words = append(words, "subj "+r.d.Word(c))
				}
				return words
			}
			var words []string
			for where, args := range r.arguments(predicate, s, r.tellingIn(s)) {
				for _, a := range args {
					words = append(words, where+" "+r.d.Word(a.token))
				}
			}
			return words
		}
		without := *x
		without.laws = slices.Delete(slices.Clone(x.laws), k, k+1)
		less := fills(&without)
		if !slices.ContainsFunc(fills(x), func(w string) bool {
			return strings.HasSuffix(w, " "+law.fills) && (law.where == anyPreposition || strings.HasPrefix(w, law.where+" ") || law.where == "by" && strings.HasPrefix(w, "subj ")) && !slices.Contains(less, w)
		}) {
			t.Errorf("%s: %s fills nothing more in %q: %q, without the law %q", law.name, law.fills, law.example, fills(x), less)
		}
	}
}

// A row that breaks a rule is refused, with what is wrong with it.
func TestFrameLawsRefused(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"\tnoun\tposs\t>nmod:poss\t\t\tA [b] c.\tc", "is no name"},
		{"a\tadverb\tposs\t>nmod:poss\t\t\tA [b] c.\tc", "neither verb nor noun nor clause"},
		{"a\tnoun\tsubj\t>nmod:poss\t\t\tA [b] c.\tc", "is no where of a noun"},
		{"a\tnoun\tposs\t\t\t\tA [b] c.\tc", "without a way"},
		{"a\tnoun\tposs\tup\t\t\tA [b] c.\tc", "is no step"},
		{"a\tnoun\tposs\t>nmod:poss[tag=NN\t\t\tA [b] c.\tc", "lacks a bracket"},
		{"a\tnoun\tposs\t>nmod:poss[class=kind]\t\t\tA [b] c.\tc", "is no class"},
		{"a\tnoun\tposs\t>nmod:poss[colour=red]\t\t\tA [b] c.\tc", "is no test with values"},
		{"a\tnoun\tposs\t>nmod:poss[red]\t\t\tA [b] c.\tc", "is no test"},
		{"a\tnoun\tposs\t>nmod:poss\t\t\t\t", "needs an example"},
	} {
		files := fstest.MapFS{"data/frames.tsv": {Data: []byte("law\tof\twhere\tway\tgiven\tunless\texample\tfills\n" + c.row + "\n")}}
		if _, err := loadFrameLaws(files, map[string]map[string]bool{"light": {"hold": true}}); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "frames.tsv:2") {
			t.Errorf("%q: %v, want %q", c.row, err, c.want)
		}
	}
}
