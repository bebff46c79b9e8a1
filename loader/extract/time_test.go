package extract

import (
	"testing"

	"newsgraph/news"
)

// TestOnlyDatesDateEvents sees that no duration, no set and nothing like "recently" becomes the date of an event.
func TestOnlyDatesDateEvents(t *testing.T) {
	for _, text := range []string{
		"Norway condemned Chad for three days.", "Norway condemned Chad every Monday.", "Norway recently condemned Chad.",
		"Norway condemned Chad at noon.", "Norway condemned Chad twice a year.", "Norway has now condemned Chad.",
	} {
		for _, r := range read(t, "2024-01-10", text).Reports {
			if r.When != (news.When{Precision: news.Unknown}) {
				t.Errorf("%s: %+v", text, r.When)
			}
		}
	}
}

// TestIntervalsDateEvents sees that the two ends of an interval are one date of an event.
func TestIntervalsDateEvents(t *testing.T) {
	for _, c := range []struct{ text, from, to, words string }{
		{"Norway shelled Chad from May 3 to May 5.", "2023-05-03", "2023-05-05", "May 3 to May 5"},
		{"Norway shelled Chad between 1991 and 1995.", "1991-01-01", "1995-12-31", "1991 and 1995"},
		{"Norway shelled Chad on 5-7 June 2019.", "2019-06-05", "2019-06-07", "5-7 June 2019"},
		{"Norway shelled Chad on Monday and Tuesday.", "2024-01-08", "2024-01-09", "Monday and Tuesday"},
	} {
		reports := read(t, "2024-01-10", c.text).Reports
		if len(reports) != 1 {
			t.Fatalf("%s: %d reports", c.text, len(reports))
		}
		if w := reports[0].When; w.From != c.from || w.To != c.to || w.Text != c.words || w.Span.In(c.text) != c.words {
			t.Errorf("%s: %+v", c.text, w)
		}
	}
}

// daysOf are the first days of the reports of a text, by the words that tell them.
func daysOf(t *testing.T, text string) map[string]string {
	t.Helper()
	days := map[string]string{}
	for _, r := range read(t, "2024-06-20", text).Reports {
		days[r.Trigger.In(text)] = r.When.From
	}
	return days
}

// TestDatesKeepToTheirClause sees that a date never crosses into a clause, or out of a phrase, that has its own or needs none.
func TestDatesKeepToTheirClause(t *testing.T) {
	for text, want := range map[string]map[string]string{
		"Kenya has bought two ferries from Norway, and the first will sail in August.":  {"bought": ""},
		"France has sent Mali ten tanks; the first will arrive in September.":           {"sent": ""},
		"Peru condemned Chile and its envoy will leave on Saturday.":                    {"condemned": ""},
		"Rebels freed on Sunday a nurse whom they had abducted in May.":                 {"freed": "2024-06-16", "abducted": "2024-05-01"},
		"Norway condemned Chad on Monday, after Chad bombed Niger on Saturday.":         {"condemned": "2024-06-17", "bombed": "2024-06-15"},
		"The raid on a village on June 12 was condemned by France.":                     {"condemned": ""},
		"The attack on a church on May 4 was denounced by Kenya.":                       {"denounced": ""},
		"The shelling of a market on June 3 was criticised by Peru.":                    {"criticised": ""},
		"Police arrested nine men on Tuesday who attacked a bank in March.":             {"arrested": "2024-06-18", "attacked": "2024-03-01"},
		"Kenya, which invaded Somalia in 2011, condemned Chad.":                         {"condemned": ""},
		"On Friday Norway said that Chad had attacked Niger on Wednesday.":              {"attacked": "2024-06-19"},
		"Peru accused Chile on Monday of shelling a village on Saturday.":               {"accused": "2024-06-17", "shelling": "2024-06-15"},
		"The envoy met rebels on Thursday; troops had shelled their camp on Wednesday.": {"met": "2024-06-20", "shelled": "2024-06-19"},
	} {
		days := daysOf(t, text)
		for words, day := range want {
			if got, ok := days[words]; !ok || got != day {
				t.Errorf("%s: %s has %q of %v, want %q", text, words, got, days, day)
			}
		}
	}
}

// TestDayOfWhatIsToldFirst sees that an event noun told first has the day of its clause, whatever its verb, and one that is spoken of or known has not.
func TestDayOfWhatIsToldFirst(t *testing.T) {
	for text, want := range map[string][2]string{
		"In 2019 he survived a bomb attack near Lugo.":           {"attack", "2019-01-01"},
		"On Monday Lima saw protests against the tax.":           {"protests", "2024-06-17"},
		"Two towns witnessed riots on Sunday.":                   {"riots", "2024-06-16"},
		"On Thursday fresh clashes shut the road to Goma.":       {"clashes", "2024-06-20"},
		"The minister recalled the raid on Monday.":              {"raid", ""},
		"On Tuesday the mayor saw the attack as a warning.":      {"attack", ""},
		"On Friday a historian described a massacre of farmers.": {"massacre", ""},
	} {
		if days := daysOf(t, text); days[want[0]] != want[1] {
			t.Errorf("%s: %v, want %s of %q", text, days, want[0], want[1])
		}
	}
}

// TestDayOfWhatIsDoneInDoing sees that a gerund or a purpose has the day of the verb in the doing of which it is done.
func TestDayOfWhatIsDoneInDoing(t *testing.T) {
	for text, want := range map[string][2]string{
		"On Tuesday the mayor spoke to reporters in Lima, calling for a truce in Mali.":   {"calling", "2024-06-18"},
		"The union left the talks in June, blaming the government.":                       {"blaming", "2024-06-01"},
		"Marchers blocked the bridge on Monday, demanding the release of Tom Berg.":       {"demanding", "2024-06-17"},
		"On Sunday the senator wrote to the president, criticising the raid on a school.": {"criticising", "2024-06-16"},
	} {
		if days := daysOf(t, text); days[want[0]] != want[1] {
			t.Errorf("%s: %v, want %s of %s", text, days, want[0], want[1])
		}
	}
}
