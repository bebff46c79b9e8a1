package news

import (
	"slices"
	"strings"
	"testing"
)

// Every action has a plain form that its own verbs know, so that titles read as English in every modality.
func TestPlainForms(t *testing.T) {
	forms := plainForms()
	for _, a := range Actions() {
		plain := forms[a.Past]
		if plain == "" {
			t.Errorf("%s: %q has no plain form: its verb is not among the vocabulary's, or is irregular", a.Name, a.Past)
			continue
		}
		// All but the verb stays.
		past, now := strings.Fields(a.Past), strings.Fields(plain)
		if len(past) != len(now) {
			t.Errorf("%s: %q became %q", a.Name, a.Past, plain)
			continue
		}
		changed := 0
		for i := range past {
			if past[i] != now[i] {
				changed++
			}
		}
		if same := slices.Contains([]string{"beat", "cut", "put"}, past[0]) || past[len(past)-1] == "hit"; changed > 1 || changed == 0 && !same {
			t.Errorf("%s: %q became %q", a.Name, a.Past, plain)
		}
	}
	for past, want := range map[string]string{
		"banned": "ban", "travelled to see": "travel to see", "denied": "deny", "accused": "accuse", "gave to": "give to", "sexually assaulted": "sexually assault",
		"storm hit": "storm hit", "armed itself against": "arm itself against", "made demands of": "make demands of", "cancelled meeting with": "cancel meeting with",
		"expelled": "expel", "supplied": "supply", "overthrew": "overthrow", "put pressure on": "put pressure on", "agreed with": "agree with", "ceased fire with": "cease fire with",
		"freed": "",
	} {
		if got := forms[past]; got != want {
			t.Errorf("%q is of %q, want %q", past, got, want)
		}
	}
}

func TestTitlesReadAsEnglish(t *testing.T) {
	name := func(id ID) string {
		_, n, _ := strings.Cut(string(id), ":")
		return strings.ReplaceAll(n, "_", " ")
	}
	in := func(role Role, ids ...ID) (all []Participant) {
		for _, id := range ids {
			all = append(all, Participant{Role: role, Entity: id})
		}
		return all
	}
	for _, test := range []struct {
		want string
		Event
	}{
		{"Hamas did not release hostages", Event{Action: "release", Type: TypeRetreat, Modality: Negated, Participants: append(in(Source, "organisation:Hamas"), in(Target, "group:hostages")...)}},
		{"Russia plans to attack Ukraine", Event{Action: "attack", Type: TypeAssault, Modality: Planned, Participants: append(in(Source, "state:Russia"), in(Target, "state:Ukraine")...)}},
		{"United States plans to attack Ukraine", Event{Action: "attack", Type: TypeAssault, Modality: Planned, Participants: append(in(Source, "state:United_States"), in(Target, "state:Ukraine")...)}},
		{"Chad and Niger plan to meet", Event{Action: "meet", Type: TypeConsult, Modality: Planned, Participants: in(Source, "state:Chad", "state:Niger")}},
		{"nearly 50 countries plan to condemn Chad", Event{Action: "condemn", Type: TypeAccuse, Modality: Planned, Participants: append(in(Source, "group:nearly_50_countries"), in(Target, "state:Chad")...)}},
		{"a group of soldiers plans to overthrow Chad", Event{Action: "overthrow", Type: TypeCoerce, Modality: Planned, Participants: append(in(Source, "group:a_group_of_soldiers"), in(Target, "state:Chad")...)}},
		{"members of a group plan to protest against Chad", Event{Action: "protest", Type: TypeProtest, Modality: Planned, Participants: append(in(Source, "group:members_of_a_group"), in(Target, "state:Chad")...)}},
		{"Russia struck Odesa", Event{Action: "strike", Type: TypeAssault, Modality: Asserted, Participants: slices.Concat(in(Source, "state:Russia"), in(Instrument, "thing:missiles"), in(Place, "place:Odesa"))}},
		{"Chad attacked with tanks", Event{Action: "attack", Type: TypeAssault, Modality: Asserted, Participants: append(in(Source, "state:Chad"), in(Instrument, "thing:tanks")...)}},
		{"Chad bombed", Event{Action: "bomb", Type: TypeAssault, Modality: Asserted, Participants: append(in(Source, "state:Chad"), in(Instrument, "thing:bomb")...)}},
		{"Chad fired missiles", Event{Action: "fire", Type: TypeAssault, Modality: Asserted, Participants: append(in(Source, "state:Chad"), in(Instrument, "thing:missiles")...)}},
		{"Chad allegedly attacked Niger", Event{Action: "attack", Type: TypeAssault, Modality: Alleged, Participants: append(in(Source, "state:Chad"), in(Target, "state:Niger")...)}},
		{"Chad may attack Niger", Event{Action: "attack", Type: TypeAssault, Modality: Hypothetical, Participants: append(in(Source, "state:Chad"), in(Target, "state:Niger")...)}},
		{"North Korea did not give missiles to Russia", Event{Action: "give", Type: TypeTransfer, Modality: Negated, Participants: slices.Concat(in(Source, "state:North_Korea"), in(Target, "state:Russia"), in(Instrument, "thing:missiles"))}},
		{"North Korea plans to sell missiles", Event{Action: "sell", Type: TypeTransfer, Modality: Planned, Participants: slices.Concat(in(Source, "state:North_Korea"), in(Instrument, "thing:missiles"))}},
		{"people were not attacked in Kharkiv", Event{Action: "attack", Type: TypeAssault, Modality: Negated, Participants: append(in(Target, "group:people"), in(Place, "place:Kharkiv")...)}},
		{"people are to be attacked in Kharkiv", Event{Action: "attack", Type: TypeAssault, Modality: Planned, Participants: append(in(Target, "group:people"), in(Place, "place:Kharkiv")...)}},
		{"people may be attacked in Kharkiv", Event{Action: "attack", Type: TypeAssault, Modality: Hypothetical, Participants: append(in(Target, "group:people"), in(Place, "place:Kharkiv")...)}},
		{"Chad was allegedly attacked", Event{Action: "attack", Type: TypeAssault, Modality: Alleged, Participants: in(Target, "state:Chad")}},
		{"Chad and Niger were condemned", Event{Action: "condemn", Type: TypeAccuse, Modality: Asserted, Participants: in(Target, "state:Chad", "state:Niger")}},
		{"a group of soldiers was beaten", Event{Action: "beat", Type: TypeAssault, Modality: Asserted, Participants: in(Target, "group:a_group_of_soldiers")}},
		{"someone imposed sanctions on Chad", Event{Action: "sanction", Type: TypeSanction, Modality: Asserted, Participants: in(Target, "state:Chad")}},
		{"someone sent missiles to Chad", Event{Action: "send", Type: TypeTransfer, Modality: Asserted, Participants: append(in(Target, "state:Chad"), in(Instrument, "thing:missiles")...)}},
		{"someone did not aid in Chad", Event{Action: "aid", Type: TypeAid, Modality: Negated, Participants: in(Place, "state:Chad")}},
		{"storm hit Japan", Event{Action: "storm", Type: TypeDisaster, Modality: Asserted, Participants: in(Target, "state:Japan")}},
		{"storm did not hit Japan", Event{Action: "storm", Type: TypeDisaster, Modality: Negated, Participants: in(Target, "state:Japan")}},
		{"storm is expected to hit Japan", Event{Action: "storm", Type: TypeDisaster, Modality: Planned, Participants: in(Target, "state:Japan")}},
		{"storm may hit Japan", Event{Action: "storm", Type: TypeDisaster, Modality: Hypothetical, Participants: in(Target, "state:Japan")}},
		{"storm allegedly hit Japan", Event{Action: "storm", Type: TypeDisaster, Modality: Alleged, Participants: in(Target, "state:Japan")}},
		{"Norway condemned the attack", Event{Action: "condemn", Type: TypeAccuse, Modality: Asserted, Matter: "the attack", Participants: append(in(Source, "state:Norway"), in(Place, "state:Mali")...)}},
		{"Norway did not call for a ceasefire", Event{Action: "call_for", Type: TypeRequest, Modality: Negated, Matter: "for a ceasefire", Participants: in(Source, "state:Norway")}},
		{"Chad fired warning shots", Event{Action: "fire", Type: TypeAssault, Modality: Asserted, Matter: "warning shots", Participants: in(Source, "state:Chad")}},
		{"Chad made promise to free the sailors", Event{Action: "promise", Type: TypeAgree, Modality: Asserted, Matter: "to free the sailors", Participants: in(Source, "state:Chad")}},
		{"Chad signed agreement", Event{Action: "sign", Type: TypeAgree, Modality: Asserted, Matter: "the treaty", Participants: in(Source, "state:Chad")}},
		{"Norway condemned Chad", Event{Action: "condemn", Type: TypeAccuse, Modality: Asserted, Matter: "for the attack", Participants: append(in(Source, "state:Norway"), in(Target, "state:Chad")...)}},
		{"Chad did not juggle with Niger", Event{Action: "juggle_with", Modality: Negated, Participants: append(in(Source, "state:Chad"), in(Target, "state:Niger")...)}},
	} {
		if got := test.TitleOf(name); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	claim := func(e Event, by ...ID) Event {
		e.Claim, e.ClaimedBy = true, by
		return e
	}
	attack := func(m Modality, who, whom ID) Event {
		return Event{Action: "attack", Type: TypeAssault, Modality: m, Participants: append(in(Source, who), in(Target, whom)...)}
	}
	attacked := Event{Action: "attack", Type: TypeAssault, Modality: Asserted, Participants: append(in(Target, "person:Ada_Smith"), in(Place, "place:Kharkiv")...)}
	for _, test := range []struct {
		want string
		Event
	}{
		{"Mali says Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"), "state:Mali")},
		{"Mali and Peru say Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"), "state:Mali", "state:Peru")},
		{"Mali and others say Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"), "state:Mali", "state:Peru", "state:Japan")},
		{"rebels say Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"), "group:rebels")},
		{"someone says Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"))},
		{"Mali says Chad plans to attack Niger", claim(attack(Planned, "state:Chad", "state:Niger"), "state:Mali")},
		{"Mali says Chad may attack Niger", claim(attack(Hypothetical, "state:Chad", "state:Niger"), "state:Mali")},
		{"Mali says Chad did not attack Niger", claim(attack(Negated, "state:Chad", "state:Niger"), "state:Mali")},
		{"Mali says Chad allegedly attacked Niger", claim(attack(Alleged, "state:Chad", "state:Niger"), "state:Mali")},
		{"Chad says it did not attack Niger", claim(attack(Negated, "state:Chad", "state:Niger"), "state:Chad")},
		{"rebels say they plan to attack Niger", claim(attack(Planned, "group:rebels", "state:Niger"), "group:rebels")},
		{"Niger and Chad say they met", claim(Event{Action: "meet", Type: TypeConsult, Modality: Asserted, Participants: in(Source, "state:Chad", "state:Niger")}, "state:Niger", "state:Chad")},
		{"Niger says Chad attacked Niger", claim(attack(Asserted, "state:Chad", "state:Niger"), "state:Niger")},
		{"Ada Smith says Ada Smith attacked Niger", claim(attack(Asserted, "person:Ada_Smith", "state:Niger"), "person:Ada_Smith")},
		{"rebels say Ada Smith was attacked in Kharkiv", claim(attacked, "group:rebels")},
		{"Niger says it may be attacked", claim(Event{Action: "attack", Type: TypeAssault, Modality: Hypothetical, Participants: in(Target, "state:Niger")}, "state:Niger")},
		{"Niger says someone imposed sanctions on Niger", claim(Event{Action: "sanction", Type: TypeSanction, Modality: Asserted, Participants: in(Target, "state:Niger")}, "state:Niger")},
		{"Niger says storm hit Japan", claim(Event{Action: "storm", Type: TypeDisaster, Modality: Asserted, Participants: in(Target, "state:Japan")}, "state:Niger")},
	} {
		if got := test.TitleOf(name); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	// What is asserted reads as it did: its past form stands whole.
	for _, a := range Actions() {
		for _, m := range Modalities() {
			e := Event{Action: a.Name, Type: a.Type, Modality: m, Participants: append(in(Source, "state:Chad"), in(Target, "state:Niger")...)}
			title := e.TitleOf(name)
			if said := claim(e, "state:Mali"); said.TitleOf(name) != "Mali says "+title {
				t.Errorf("%s %s: %q as a claim is %q", a.Name, m, title, said.TitleOf(name))
			}
			if m == Asserted && title != "Chad "+a.Past+" Niger" {
				t.Errorf("%s: %q", a.Name, title)
			}
			if strings.Contains(title, ":") || strings.Contains(title, "  ") {
				t.Errorf("%s %s: %q", a.Name, m, title)
			}
		}
	}
}
