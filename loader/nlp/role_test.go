package nlp

import (
	"bytes"
	"strings"
	"testing"
)

// predicateOf is the predicate at the word, nil if there is none.
func predicateOf(d *Doc, word string) *Predicate {
	for i := range d.Predicates {
		if d.Word(d.Predicates[i].Token) == word {
			return &d.Predicates[i]
		}
	}
	return nil
}

// TestRoles reads who did what to whom where the tree does not say it in one step.
func TestRoles(t *testing.T) {
	for text, want := range map[string]string{
		"Oslo condemned the attack.":                       "condemned ARG0:Oslo ARG1:attack",
		"The attack was condemned by Oslo.":                "condemned ARG1:attack ARG0:Oslo",
		"Chad wants to attack Niger.":                      "attack ARG0:Chad ARG1:Niger",
		"Oslo, which condemned the attack, closed a port.": "condemned R-ARG0:which ARG1:attack",
		"Chad killed a man and fled.":                      "fled ARG0:Chad",
		"Chad did not attack Niger.":                       "attack ARG0:Chad ARGM-NEG:not ARG1:Niger",
		"Chad attacked Niger on Tuesday.":                  "attacked ARG0:Chad ARG1:Niger ARGM-TMP:Tuesday",
		"The killing of the envoy was condemned.":          "killing ARG1:envoy",
	} {
		d := parse(t, text)
		fields := strings.Fields(want)
		p := predicateOf(d, fields[0])
		if p == nil {
			t.Errorf("%s: %s is no predicate", text, fields[0])
			continue
		}
		var got []string
		for _, a := range p.Args {
			got = append(got, a.Role+":"+d.Word(a.Head))
		}
		for _, w := range fields[1:] {
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+w+" ") {
				t.Errorf("%s: %s has %q, want %s", text, fields[0], got, w)
			}
		}
	}
}

// TestRolesAreSound sees that arguments are in order, in their predicate's sentence, and that no core role is given twice.
func TestRolesAreSound(t *testing.T) {
	d := parse(t, strings.Repeat(newsText+"\n\n", 2))
	before := -1
	for _, p := range d.Predicates {
		if p.Token <= before {
			t.Fatalf("predicate %d after %d", p.Token, before)
		}
		before = p.Token
		seen := map[string]bool{}
		last := -1
		for _, a := range p.Args {
			if a.Head <= last || a.Role == "" || a.P <= 0 || a.P > 1.001 {
				t.Errorf("%s has %+v after %d", d.Word(p.Token), a, last)
			}
			last = a.Head
			if len(a.Role) == 4 && seen[a.Role] {
				t.Errorf("%s has two %s", d.Word(p.Token), a.Role)
			}
			seen[a.Role] = true
			if first, end := p.Span(d, a); first > a.Head || end <= a.Head {
				t.Errorf("the words of %+v are %d to %d", a, first, end)
			}
		}
		if p.Episodic < 0 || p.Episodic > 1.001 {
			t.Errorf("%s is %f likely to be once", d.Word(p.Token), p.Episodic)
		}
	}
	if len(d.Predicates) == 0 {
		t.Error("no predicates")
	}
}

// TestHappened sees that what is denied, wished or asked is less sure to have happened than what is told.
func TestHappened(t *testing.T) {
	told := predicateOf(parse(t, "Chad attacked Niger on Tuesday."), "attacked").Happened
	for text, word := range map[string]string{
		"Chad did not attack Niger.": "attack", "Chad may attack Niger.": "attack", "Chad wants to attack Niger.": "attack", "If Chad attacked Niger, Mali would leave.": "leave",
		"Chad failed to attack Niger.": "attack", "Attack Niger!": "Attack",
	} {
		p := predicateOf(parse(t, text), word)
		if p == nil {
			t.Errorf("%s: %s is no predicate", text, word)
		} else if p.Happened > told-0.5 {
			t.Errorf("%s: %.2f, and what is told %.2f", text, p.Happened, told)
		}
	}
	once, often := predicateOf(parse(t, "Chad attacked Niger on Tuesday."), "attacked"), predicateOf(parse(t, "Dogs usually attack cats."), "attack")
	if once == nil || often == nil || once.Episodic < 0.6 || often.Episodic > 0.4 {
		t.Errorf("once %+v, often %+v", once, often)
	}
}

func TestPredicatesInCoNLLU(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCoNLLU(&out, parse(t, "Oslo condemned the attack.")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Pred=V|Args=ARG0:1,ARG1:4|Happened=") {
		t.Error(out.String())
	}
}

func TestSentencesKeepTheirIDs(t *testing.T) {
	for d, err := range ReadCoNLLU(strings.NewReader("# sent_id = a-1\n1\tGo\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tOn\t_\t_\t_\t_\t_\t_\t_\t_\n\n# sent_id = a-3\n1\tUp\t_\t_\t_\t_\t_\t_\t_\t_\n")) {
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(d.SentenceIDs, ","); got != "a-1,,a-3" {
			t.Errorf("the ids are %q", got)
		}
	}
}

func TestLogLinear(t *testing.T) {
	var file bytes.Buffer
	weights := map[Feature][]Weight{3: {{0, 4}, {1, -2}}, 70000: {{1, 127}}, 4294967295: {{0, -127}}}
	if err := WriteLogLinear(&file, &LogLinear{Classes: []string{"", "yes"}, Step: 0.5, Lists: map[string][]string{"a": {"b"}}}, weights, "a test"); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	m, err := ReadLogLinear(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]float32, 2)
	m.Add(scores, []Feature{3, 5, 70000, 4294967295})
	if scores[0] != 2-63.5 || scores[1] != -1+63.5 || m.Lists["a"][0] != "b" {
		t.Errorf("scores %v, lists %v", scores, m.Lists)
	}
	for n := range whole {
		if _, err := ReadLogLinear(bytes.NewReader(whole[:n])); err == nil && n < len(whole)-16 { // what ends the gzip file is not read
			t.Errorf("%d of %d bytes are a model", n, len(whole))
		}
	}
}

// TestRolesOfLongSentences sees that a sentence without an end takes no more than its share of time.
func TestRolesOfLongSentences(t *testing.T) {
	for _, text := range []string{strings.Repeat("attack, ", 1500), strings.Repeat("attacked ", 3000), strings.Repeat("the attack of ", 1000), strings.Repeat("Chad attacked Niger and ", 750)} {
		if d := parse(t, text); len(d.Tokens) < 3000 {
			t.Errorf("%d tokens", len(d.Tokens))
		}
	}
}
