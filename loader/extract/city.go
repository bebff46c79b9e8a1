package extract

import (
	_ "embed"
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// placed is the place that a name of the gazetteer stands for where its own words tell which (CODING 50): "Paris, Texas", "Córdoba in
// Argentina", "Georgia Governor". The tokens first to last are the name; others are returned as they came.
func (r *reading) placed(first, last, end int, e gazetteer.Name) gazetteer.Name {
	of := r.g.Entity(e.ID)
	if of.Kind != news.State && of.Kind != news.Kind(news.Place) || e.Form != news.FormName {
		return e
	}
	if e.ID == georgia && r.georgian(first, last, end) {
		return gazetteer.Name{ID: georgiaUS, Form: e.Form}
	}
	in := r.containing(last, end)
	if len(in) == 0 {
		return e
	}
	if of.Kind == news.Kind(news.Place) && slices.Contains(in, gazetteer.Container{Country: of.Country}) {
		return e
	}
	p, ok := r.g.PlaceIn(r.d.Words(first, last), in)
	if !ok {
		return e
	}
	if r.g.Entity(p.ID).ID == "" {
		r.entities[p.ID] = p
	}
	return gazetteer.Name{ID: p.ID, Form: e.Form}
}

// containing is what stands behind a name with a comma or "in": the container that it tells.
func (r *reading) containing(last, end int) []gazetteer.Container {
	if last+1 >= end || r.d.Word(last) != "," && r.d.Word(last) != "in" {
		return nil
	}
	for n := min(4, end-last-1); n > 0; n-- {
		if in := r.g.Containers(r.d.Words(last+1, last+1+n)); len(in) > 0 {
			// "Russia, Iran and Peru" is a list.
			if after := last + 1 + n; r.d.Word(last) == "," && after < end && (r.d.Word(after) == "and" || r.d.Word(after) == "or") {
				return nil
			}
			return in
		}
	}
	return nil
}

const (
	georgia   = news.ID("state:GE")
	georgiaUS = news.ID("place:georgia-us")
)

// americanOffices are those of a state of the United States, after its name.
var americanOffices = wordSet("Governor governor Gov. Gov Lt. Lieutenant Senator Sen. Sen Rep. Republican Republicans Democrat Democrats Legislature legislature Congressman Congresswoman")

// georgian tells that Georgia is the one of the United States: its own words say so, or the text tells of Atlanta and nothing of the Caucasus.
func (r *reading) georgian(first, last, end int) bool {
	next := last
	if next < end && (r.d.Word(next) == "'s" || r.d.Word(next) == "’s") {
		next++
	}
	if next < end && americanOffices[r.d.Word(next)] {
		return true
	}
	if first > 1 && r.d.Word(first-1) == "," {
		if _, ok := r.g.City(r.d.Word(first-2), []gazetteer.Container{{Country: "USA", Admin1: "GA"}}, true); ok {
			_, other := r.g.City(r.d.Word(first-2), []gazetteer.Container{{Country: "GEO"}}, true)
			return !other
		}
	}
	if first > 1 && r.d.Word(first-1) == "of" && r.d.Word(first-2) == "state" {
		return true
	}
	return strings.Contains(r.d.Text, "Atlanta") && !strings.Contains(r.d.Text, "Georgian") && !strings.Contains(r.d.Text, "Tbilisi")
}

// city is the city that tokens first to last name which the network takes for a place, or whose own words tell it.
func (r *reading) city(first, last int, placeName bool) (news.Entity, bool) {
	in := r.containing(last, len(r.d.Tokens))
	told := len(in) > 0 || first > 1 && r.d.Word(first-1) == "of" && settlements[r.d.Word(first-2)]
	if !told && !placeName {
		return news.Entity{}, false
	}
	sure := told || first > 0 && r.g.Locates(gazetteer.TellsName, r.d.Word(first-1))
	if e, ok := r.g.City(r.d.Words(first, last), in, sure); ok {
		return e, true
	}
	return news.Entity{}, false
}

// settlements tell what the name after "of" is of.
var settlements = wordSet("city town village port suburb district municipality capital")
