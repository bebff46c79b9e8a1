//go:build unix

package main

import (
	"fmt"
	"path/filepath"
	"testing"

	"newsgraph/loader/extract"
	"newsgraph/news"
	"newsgraph/store/sqlite"
)

// For whom people act is by the office that they hold on the day of what they do, as stories tell that were published by then.
func TestActingFor(t *testing.T) {
	db := filepath.Join(t.TempDir(), "acting.db")
	s, err := sqlite.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range []struct{ published, text string }{
		{"2022-03-02", "OSLO, March 2, 2022 - Norwegian Foreign Minister Signe Haaland met Chad in Oslo on Wednesday."},
		{"2022-03-05", "OSLO, March 5, 2022 - Signe Haaland thanked Niger on Saturday."},
		{"2023-06-01", "OSLO, June 1, 2023 - Former Norwegian Foreign Minister Signe Haaland criticized Peru on Thursday."},
		{"2023-06-09", "OSLO, June 9, 2023 - Signe Haaland praised Ghana on Friday."},
		{"2023-07-03", "LIMA, July 3, 2023 - Peruvian soldiers arrested Chilean opposition leader Rosa Quispe on Monday."},
		{"2023-07-04", "LIMA, July 4, 2023 - A Peruvian company sued Germany on Tuesday."},
	} {
		story := news.Story{Headline: "News of " + told.published, Publisher: "Gazette", Published: told.published, Text: told.text}
		putRead(t, s, x, story)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var data struct {
		Events struct {
			Edges []struct {
				Node struct {
					Reports struct {
						Edges []struct {
							Node struct {
								Sentence     string
								Action       string
								Participants []struct {
									Role      string
									Entity    struct{ Name, Country string }
									ActingFor *struct{ Name, Country string }
								}
							}
						}
					}
				}
			}
		}
	}
	answer(t, serving(t, "serve", "--store", "sqlite:"+db, "--addr", "127.0.0.1:0"), `{ events(order: OLDEST_FIRST, first: 100) { edges { node { reports(first: 10) { edges { node {
		sentence action participants { role entity { name country } actingFor { name country } } } } } } } } }`, &data)
	got := map[string]string{}
	for _, e := range data.Events.Edges {
		for _, r := range e.Node.Reports.Edges {
			for _, p := range r.Node.Participants {
				at := fmt.Sprint(r.Node.Action, " ", p.Role, " ", p.Entity.Name)
				if got[at] = "nobody told"; p.ActingFor == nil {
					continue
				}
				if got[at] = p.ActingFor.Name; p.Entity.Country != p.ActingFor.Country {
					t.Errorf("%s: %s acts for %s, and filters find it by %q", r.Node.Sentence, p.Entity.Name, p.ActingFor.Name, p.Entity.Country)
				}
			}
		}
	}
	for at, want := range map[string]string{
		"meet SOURCE Signe Haaland":       "Norway",
		"thank SOURCE Signe Haaland":      "Norway", // as the story of three days before tells
		"criticise SOURCE Signe Haaland":  "nobody told",
		"praise SOURCE Signe Haaland":     "nobody told",
		"criticise TARGET Peru":           "nobody told",
		"arrest SOURCE Peruvian soldiers": "Peru",
		"arrest TARGET Rosa Quispe":       "nobody told",
		"meet TARGET Chad":                "nobody told",
		"sue SOURCE Peruvian company":     "nobody told",
	} {
		if got[at] != want {
			t.Errorf("%s acts for %q, not %q; %v", at, got[at], want, got)
		}
	}
}
