package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/samples"
)

// TestCapitals reads the samples in capitals, and wants most of the events that are read of them as they are printed, with spans of the text as given.
func TestCapitals(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	type what struct {
		action      string
		at          int
		source, aim string
	}
	events := func(s news.Story) map[what]bool {
		facts, err := x.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		out := map[what]bool{}
		for _, r := range facts.Reports {
			w := what{action: r.Action, at: r.Trigger.Start}
			for _, p := range r.Participants {
				switch p.Role {
				case news.Source:
					w.source += string(p.Entity) + " "
				case news.Target:
					w.aim += string(p.Entity) + " "
				default:
				}
			}
			out[w] = true
			if r.Sentence != r.SentenceSpan.In(s.Text) {
				t.Errorf("the sentence %q is not that of the text as given", r.Sentence)
			}
		}
		return out
	}
	printed, found, same, acts := 0, 0, 0, 0
	for _, sample := range all {
		head, text, _ := strings.Cut(sample.Text, "\n")
		s := news.Story{Headline: head, Published: sample.Published, Text: strings.TrimSpace(text)}
		s.Identify()
		want := events(s)
		c := s
		c.Text, c.Headline = strings.ToUpper(s.Text), strings.ToUpper(s.Headline)
		if len(c.Text) != len(s.Text) {
			continue
		}
		got := events(c)
		printed += len(want)
		found += len(got)
		at := map[int]string{}
		for w := range got {
			at[w.at] = w.action
		}
		for w := range want {
			if got[w] {
				same++
			}
			if at[w.at] == w.action {
				acts++
			}
		}
	}
	t.Logf("%d events as printed, %d in capitals: %d are at the same words, %d with the same parties", printed, found, acts, same)
	if acts*100 < printed*85 || same*100 < printed*70 || found*100 > printed*110 {
		t.Errorf("%d events as printed, %d in capitals: %d are at the same words, %d with the same parties", printed, found, acts, same)
	}
}

// TestStatesInCapitals finds states whose names the tagger takes for verbs in small letters, and leaves alone the words that are names of states too.
func TestStatesInCapitals(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"NORWAY CONDEMNED CHAD ON TUESDAY OVER A RAID ON A VILLAGE.":        "Norway condemned Chad on",
		"FRANCE CRITICISED CHAD, AND THE MINISTER LEFT THE HALL.":           "France criticised Chad, and",
		"SOLDIERS OF MALI ENTERED CHAD AND TOOK TWO TOWNS.":                 "Soldiers of Mali entered Chad and",
		"ENVOYS SAID THAT CHAD REJECTED THE OFFER OF BENIN.":                "that Chad rejected the offer of Benin",
		"THEY TOLD US ON MONDAY THAT THE PARTY SPLIT OVER THE BUDGET LAST.": "They told us on Monday that the party split over",
	} {
		if got, err := x.cased(text); err != nil || !strings.Contains(got, want) {
			t.Errorf("%v: %q is read as %q", err, text, got)
		}
	}
}
