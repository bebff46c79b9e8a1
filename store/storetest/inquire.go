package storetest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// inquirer makes questions at random that stories of invent answer.
type inquirer struct {
	*rand.Rand
	of *reference
}

func wordings() []string {
	return []string{
		"miss", "kor russ", "erdogan", "naive", "straß", "dont", "100", "北京", "zzz", "k ki kim", "sold oil", "Nórth", "p", "alias", "alias two", "Kyiv", "KHARKIV A",
	}
}

func takers() []news.ID {
	return []news.ID{"state:KP", "state:RU", "state:UA", "person:jake-sullivan", "person:kim-jong-un", "place:kyiv", "weapon:missile", "state:XX"}
}

func (ask inquirer) text() string {
	return pick(ask.Rand, append([]string{"", "", ""}, wordings()...)...)
}

func (ask inquirer) interval() *news.Interval {
	r := ask.Rand
	if r.IntN(2) == 0 {
		return nil
	}
	i := &news.Interval{From: pick(r, "", "2023-12-31", fmt.Sprintf("2024-01-%02d", 1+r.IntN(20)))}
	i.To = pick(r, "", "2024-06-01", i.From)
	return i
}

// events asks for events by much at once, and by what the number tells.
func (ask inquirer) events(i int) store.EventQuery {
	r := ask.Rand
	q := store.EventQuery{
		Types: some(r, news.TypeAccuse, news.TypeConsult, news.TypeTransfer), Actions: some(r, "condemn", "meet", "sell"),
		Modalities: some(r, news.Modalities()...), During: ask.interval(), Undated: r.IntN(2) == 0, Foreground: r.IntN(3) == 0, Text: ask.text(),
		Order: store.EventOrder(r.IntN(2)),
	}
	class := func() store.Class {
		return store.Class{Countries: some(r, "PRK", "USA", "UKR", "RUS"), Sectors: pick(r, nil, nil, []string{"GOV"}), Kinds: some(r, news.State, news.Person, news.Place)}
	}
	for range r.IntN(3) {
		p := store.Participation{Entities: some(r, takers()...), Roles: some(r, news.Source, news.Target, news.Place)}
		if r.IntN(3) == 0 {
			p.Class = class()
		}
		q.Participants = append(q.Participants, p)
	}
	switch i % 8 {
	case 0:
		q.SaidBy = store.Party{Entities: some[news.ID](r, "person:volodymyr-zelenskyy", "state:RU", "state:XX"), Class: class()}
	case 1:
		q.Publisher = pick(r, "AGENCE", "post")
	case 2:
		if q.MinTexts = 1 + r.IntN(3); r.IntN(2) == 0 {
			q.MinTexts, q.MaxTexts = 0, q.MinTexts
		}
	case 3, 4:
		q.Claims = store.Claims(1 + r.IntN(2))
	case 6:
		q.Published = ask.interval()
		q.Loaded = pick(r, time.Time{}, time.Now().Add(-time.Hour)) // all came since
	case 7:
		for _, e := range ask.of.events {
			if r.IntN(3) > 0 {
				q.Events = append(q.Events, e.ID)
			}
		}
		q.Events = append(q.Events, "event:00000000000000000000")
	case 5:
		q.Between = &store.Between{A: store.Party{Entities: some(r, takers()...), Class: class()}, B: store.Party{Entities: some(r, takers()...)}}
	}
	return q
}

// condition asks for events by one thing.
func (ask inquirer) condition() (q store.EventQuery) {
	r := ask.Rand
	party := func() store.Party {
		return pick(r, store.Party{Entities: []news.ID{pick(r, takers()...)}}, store.Party{Class: store.Class{Countries: []string{pick(r, "PRK", "USA", "UKR", "RUS")}}})
	}
	switch r.IntN(14) {
	case 0:
		q.Types = []news.EventType{pick(r, news.TypeAccuse, news.TypeConsult, news.TypeTransfer)}
	case 1:
		q.Actions = []string{pick(r, "condemn", "meet", "sell")}
	case 2:
		q.Modalities = []news.Modality{news.Asserted}
	case 3:
		q.Foreground = true
	case 4:
		q.During, q.Undated = &news.Interval{From: pick(r, "", "2024-01-05"), To: pick(r, "2024-01-10", "")}, r.IntN(2) == 0
	case 5:
		q.Text = pick(r, wordings()...)
	case 6:
		q.SaidBy = party()
	case 7:
		q.Publisher = pick(r, "AGENCE", "post")
	case 8:
		q.MinTexts = 2
	case 9:
		q.Claims = store.Claims(1 + r.IntN(2))
	case 10:
		q.Between = &store.Between{A: party(), B: party()}
	case 11:
		q.Published = &news.Interval{From: "2024-01-05"}
	default:
		p := party()
		q.Participants = []store.Participation{{Entities: p.Entities, Class: p.Class, Roles: some(r, news.Source, news.Target, news.Place)}}
	}
	return q
}

// logic asks for events by queries within queries, so many levels deep.
func (ask inquirer) logic(levels int) (q store.EventQuery) {
	r := ask.Rand
	if levels == 0 || r.IntN(4) == 0 {
		q = ask.condition()
	}
	if levels == 0 {
		return q
	}
	within := func(most int) (all []store.EventQuery) {
		for range r.IntN(most + 1) {
			all = append(all, ask.logic(r.IntN(levels)))
		}
		return all
	}
	q.All, q.Any, q.None = within(2), within(3), within(1)
	return q
}
