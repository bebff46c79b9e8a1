package nlp

import (
	"strings"
	"testing"
)

// TestFactuality reads whether an attack happened, as each sentence tells it.
func TestFactuality(t *testing.T) {
	for text, want := range map[string]string{
		"Chad attacked Niger.":                             "attacked + told",
		"Chad did not attack Niger.":                       "attack - told",
		"Chad never attacked Niger.":                       "attacked - told",
		"Nobody attacked Niger.":                           "attacked - told",
		"Chad almost attacked Niger.":                      "attacked - told",
		"Chad denied attacking Niger.":                     "attacking - told",
		"Chad denied that it attacked Niger.":              "attacked - told",
		"Chad failed to attack Niger.":                     "attack - told",
		"Chad did not fail to attack Niger.":               "attack + told",
		"Chad managed to attack Niger.":                    "attack + told",
		"Chad refused to attack Niger.":                    "attack - told",
		"Chad declined to attack Niger.":                   "attack - told",
		"Chad forgot to attack Niger.":                     "attack - told",
		"Chad was forced to attack Niger.":                 "attack + told",
		"Chad was prevented from attacking Niger.":         "attacking - told",
		"Chad avoided attacking Niger.":                    "attacking - told",
		"Chad left without attacking Niger.":               "attacking - told",
		"Chad plans to attack Niger.":                      "attack ? planned",
		"Chad threatened to attack Niger.":                 "attack ? planned",
		"Chad will attack Niger.":                          "attack ? planned",
		"Chad urged Mali to attack Niger.":                 "attack ? planned",
		"Chad could attack Niger.":                         "attack ? possible",
		"If Chad attacked Niger, Mali would leave.":        "attacked ? possible",
		"Unless Chad attacks Niger, Mali will stay.":       "attacks ? possible",
		"Mali claimed that Chad attacked Niger.":           "attacked + alleged",
		"Mali accused Chad of attacking Niger.":            "attacking + alleged",
		"Chad allegedly attacked Niger.":                   "attacked + alleged",
		"Mali believes that Chad attacked Niger.":          "attacked + believed",
		"Mali asked whether Chad attacked Niger.":          "attacked ? possible",
		"Mali said that Chad did not attack Niger.":        "attack - alleged",
		"Chad attacked Niger, Mali claimed.":               "attacked + alleged",
		"Mali vowed not to attack Niger.":                  "attack ? planned",
		"Neither Chad nor Mali attacked Niger.":            "attacked - told",
		"Nobody in Kenya attacked Niger.":                  "attacked - told",
		"Chad would reconsider whether to attack Niger.":   "attack ? possible",
		"Chad was about to attack Niger.":                  "attack ? planned",
		"Chad called off the attack on Niger.":             "attack - told",
		"Mali denied the attack on Niger.":                 "attack - told",
		"Chad did not deny that it attacked Niger.":        "attacked ? possible",
		"There was no attack on Chad.":                     "attack - told",
		"Mali prevented an attack on Chad.":                "attack - told",
		"Oslo did not condemn the attack.":                 "attack + told",
		"According to Mali, Chad attacked Niger.":          "attacked + alleged",
		"Chad, which feared Mali, denied attacking Niger.": "attacking - told",
		"Mali warned that Chad could attack Niger.":        "attack ? possible",
		"Mali has a plan to attack Niger.":                 "attack ? planned",
		"Mali admitted that Chad attacked Niger.":          "attacked + told",
		"Mali regrets that Chad attacked Niger.":           "attacked + told",
		"It is not true that Chad attacked Niger.":         "attacked - told",
		"Chad stopped attacking Niger.":                    "attacking - told",
		"Chad is unable to attack Niger.":                  "attack - told",
		"Did Chad attack Niger?":                           "attack ? possible",
	} {
		d := parse(t, text)
		word := strings.Fields(want)[0]
		at := -1
		for i := range d.Tokens {
			if d.Word(i) == word {
				at = i
			}
		}
		p, c, err := Factuality(d, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := word + " " + p.String() + " " + c.String(); got != want {
			t.Errorf("%s %s, want %s (%s below %d)", text, got, want, d.Tokens[at].Relation, d.Tokens[at].Head)
		}
	}
}

func TestSignaturesRefuseBadRows(t *testing.T) {
	const head = "lemma\tcomplement\tpositive\tnegative\n"
	for row, want := range map[string]string{
		"deny\tthat\t-":                      "line 2: wrong number of fields",
		"deny\tsometimes\t-\t+":              "complement",
		"deny\tthat\tno\t+":                  "effects",
		"Deny\tthat\t-\t+":                   "lemma",
		"deny\tthat\t-\t+\ndeny\tthat\t-\t-": ":3:",
	} {
		if _, err := ReadSignatures(head + row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", row, err, want)
		}
	}
	if _, err := EnglishSignatures(); err != nil {
		t.Error(err)
	}
}
