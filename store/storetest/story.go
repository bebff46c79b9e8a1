package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"newsgraph/news"
)

// who is who in the stories of the suite, by the words that the stories' scripts use.
func who(word string) news.Entity {
	for _, e := range []news.Entity{
		{ID: "person:jake-sullivan", Kind: news.Person, Name: "Jake Sullivan", Country: "USA", Sector: "GOV", Source: "people.tsv"},
		{ID: "person:kim-jong-un", Kind: news.Person, Name: "Kim Jong Un", Aliases: []string{"Kim Jong-un"}, Country: "PRK", Source: "people.tsv"},
		{ID: "person:kim-jong-il", Kind: news.Person, Name: "Kim Jong Il", Source: "people.tsv"},
		{ID: "person:recep-tayyip-erdogan", Kind: news.Person, Name: "Recep Tayyip Erdoğan", Wikidata: "Q39259", Source: "people.tsv"},
		{ID: "person:volodymyr-zelenskyy", Kind: news.Person, Name: "Volodymyr Zelenskyy", Aliases: []string{"Zelensky"}},
		{
			ID: "state:KP", Kind: news.State, Name: "North Korea", Aliases: []string{"DPRK", "Democratic People's Republic of Korea"}, Wikidata: "Q423",
			ISO2: "KP", ISO3: "PRK", Country: "PRK", Location: &news.Location{Latitude: 39, Longitude: 125.75}, Source: "states.tsv",
		},
		{ID: "state:KR", Kind: news.State, Name: "South Korea", ISO2: "KR", ISO3: "KOR", Source: "states.tsv"},
		{ID: "state:RU", Kind: news.State, Name: "Russia", ISO2: "RU", ISO3: "RUS", Source: "states.tsv"},
		{ID: "state:UA", Kind: news.State, Name: "Ukraine", ISO2: "UA", ISO3: "UKR", Country: "UKR", Source: "states.tsv"},
		{ID: "state:US", Kind: news.State, Name: "United States", Aliases: []string{"USA"}, ISO2: "US", ISO3: "USA", Source: "states.tsv"},
		{ID: "organisation:nato", Kind: news.Organisation, Name: "NATO", Aliases: []string{"North Atlantic Treaty Organization"}, Source: "organisations.tsv"},
		{ID: "organisation:at-t", Kind: news.Organisation, Name: "AT&T"},
		{ID: "organisation:c", Kind: news.Organisation, Name: "C++ Foundation", Aliases: []string{"C++"}},
		{ID: "place:the-hague", Kind: news.Place, Name: "The Hague"},
		{ID: "place:kharkiv", Kind: news.Place, Name: "Kharkiv", Country: "UKR"},
		{ID: "place:kyiv", Kind: news.Place, Name: "Kyiv", Country: "UKR"},
		{ID: "weapon:missile", Kind: news.Weapon, Name: "missiles", Source: "weapons.tsv"},
	} {
		if strings.HasSuffix(string(e.ID), word) {
			return e
		}
	}
	panic("storetest: nobody is " + word)
}

// said is a sentence that reports one event. The zero of a field says nothing.
type said struct {
	text       string // a sentence; one that was just said is not said again
	action     string // in the vocabulary
	at         string // the words that tell it; the sentence if empty
	who        string // "source … > target … with instrument … in place …"
	when       string // 2024-01-09, 2024-01, 2024-01-08/2024-01-14 or --12-30
	as         news.Modality
	background bool
	by         string // who says so, nearest first
	to         string // to whom the first says it
	about      int    // the number of the report that it is about, from 1
	quote      string // words of the sentence that the first who said so speaks
}

// story makes the facts of a story of sentences. Who takes part is mentioned where the sentence has the name.
func story(headline, published, publisher string, all ...said) news.Facts {
	f := news.Facts{Story: news.Story{Headline: headline, Published: published, Publisher: publisher, Language: "en", Reader: "1"}}
	starts := make([]int, len(all))
	last := ""
	for i, s := range all {
		if s.text != last {
			starts[i] = len(f.Story.Text)
			f.Story.Text += s.text + " "
		} else {
			starts[i] = starts[i-1]
		}
		last = s.text
	}
	f.Story.Identify()
	for i, s := range all {
		s.in(&f, starts[i])
	}
	return f
}

// in adds to the facts what the sentence that begins at start says.
func (s said) in(f *news.Facts, start int) {
	a, ok := news.ActionNamed(s.action)
	if !ok {
		panic("storetest: no action is " + s.action)
	}
	sentence := news.SpanOf(f.Story.Text, start, start+len(s.text))
	find := func(words string) news.Span {
		at := strings.Index(s.text, words)
		if words == "" || at < 0 {
			return news.Span{}
		}
		return news.SpanOf(f.Story.Text, start+at, start+at+len(words))
	}
	named := func(word string) news.Entity {
		e := who(word)
		if !slices.ContainsFunc(f.Entities, func(o news.Entity) bool { return o.ID == e.ID }) {
			f.Entities = append(f.Entities, e)
		}
		if span := find(e.Name); !span.Empty() {
			m := news.Mention{ID: news.MentionID(f.Story.ID, span), Story: f.Story.ID, Span: span, Entity: e.ID, Form: news.FormName, Why: "its name"}
			if !slices.ContainsFunc(f.Mentions, func(o news.Mention) bool { return o.ID == m.ID }) {
				f.Mentions = append(f.Mentions, m)
			}
		}
		return e
	}
	r := news.Report{
		Story: f.Story.ID, Type: a.Type, Action: s.action, Family: news.FamilyOf(s.action), When: when(s.when), Modality: s.as, Background: s.background,
		Sentence: s.text, SentenceSpan: sentence, Trigger: sentence, Confidence: 0.75, Published: f.Story.Published, TextHash: f.Story.TextHash,
	}
	if s.as == "" {
		r.Modality = news.Asserted
	}
	if s.at != "" {
		r.Trigger = find(s.at)
	}
	role := news.Source
	for _, word := range strings.Fields(s.who) {
		switch word {
		case ">":
			role = news.Target
		case "with":
			role = news.Instrument
		case "in":
			role = news.Place
		default:
			e := named(word)
			if role == news.Place {
				if r.Lies == nil {
					r.Lies = map[news.ID]news.Lies{}
				}
				r.Lies[e.ID] = news.Lies{Country: e.Country}
				if e.Kind == news.Kind(news.Place) {
					r.Lies[e.ID] = news.Lies{Within: []news.ID{"state:UA"}, Country: e.Country}
				}
			}
			r.Participants = append(r.Participants, news.Participant{Role: role, Entity: e.ID, Span: find(e.Name)})
		}
	}
	for _, word := range strings.Fields(s.by) {
		r.SaidBy = append(r.SaidBy, named(word).ID)
	}
	if s.to != "" {
		r.Addressee = named(s.to).ID
	}
	if s.about > 0 {
		deed := f.Reports[s.about-1]
		r.About = []news.About{{Report: deed.ID, Type: deed.Type, Action: deed.Action}}
	}
	n := 0
	for _, o := range f.Reports {
		if o.Trigger == r.Trigger && o.Action == r.Action {
			n++
		}
	}
	r.ID = news.ReportID(f.Story.ID, r.Trigger, r.Action, n)
	f.Reports = append(f.Reports, r)
	if s.quote != "" {
		q := news.Quotation{ID: news.QuotationID(f.Story.ID, find(s.quote)), Story: f.Story.ID, Span: find(s.quote), Report: r.ID}
		if len(r.SaidBy) > 0 {
			q.Speaker, q.Addressee = r.SaidBy[0], r.Addressee
		}
		f.Quotations = append(f.Quotations, q)
		n := len(f.Reports)
		p := news.Position{
			Story: f.Story.ID, Person: r.Participants[0].Entity, Title: "envoy", Status: news.PositionStatuses()[n%3], Since: []string{"", "2024-01-05", "2023"}[n%2+n%3/2],
			Span: find(s.quote), Why: "told", Published: f.Story.Published,
		}
		if len(r.Participants) > 1 {
			p.Body = r.Participants[1].Entity
		}
		p.ID = news.PositionID(p.Story, p.Span, p.Person)
		f.Positions = append(f.Positions, p)
	}
}

func when(s string) news.When {
	if strings.HasPrefix(s, "--") {
		return news.When{From: s, To: s, Precision: news.Day, Text: "that day", Value: "XXXX" + s[1:]}
	}
	from, to, ok := strings.Cut(s, "/")
	if ok {
		return news.When{From: from, To: to, Precision: news.Week, Text: "that week"}
	}
	i, p, err := news.ParseDate(s)
	if err != nil {
		return news.When{Precision: news.Unknown}
	}
	return news.When{From: i.From, To: i.To, Precision: p, Text: "then"}
}

// read is the story as another version of the reader reads it: with fewer of its sentences, if it says so.
func read(f news.Facts, version string, reports int) news.Facts {
	f.Story.Reader = version
	f.Reports = f.Reports[:min(reports, len(f.Reports))]
	f.Quotations = slices.DeleteFunc(slices.Clone(f.Quotations), func(q news.Quotation) bool {
		return !slices.ContainsFunc(f.Reports, func(r news.Report) bool { return r.ID == q.Report })
	})
	return f
}

// invent makes the n-th of any number of stories, always the same. They share few keys, days and entities, so that their events merge,
// split and move as stories come and go, and what they say of an entity differs. Several have the same text.
func invent(n int) news.Facts {
	own, body := rand.New(rand.NewPCG(uint64(n), 1)), rand.New(rand.NewPCG(uint64(n%17), 2))
	one := func(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }
	day := func(r *rand.Rand) string { return fmt.Sprintf("2024-01-%02d", 1+r.IntN(12)) }
	var all []said
	for i := range 1 + body.IntN(4) {
		s := said{
			action: one(body, "condemn", "condemn", "criticise", "meet", "sell"),
			who:    one(body, "jake-sullivan", "kim-jong-un", "KP", "KP RU") + " > " + one(body, "KP", "RU", "KP UA", "volodymyr-zelenskyy"),
			when:   one(body, "", "", day(body), day(body), "2024-01-01/2024-01-07", "2024-01", "2024", "--01-05"),
			as:     news.Modality(one(own, "ASSERTED", "ASSERTED", "ASSERTED", "ALLEGED", "PLANNED", "NEGATED")), background: own.IntN(5) == 0,
		}
		if body.IntN(3) == 0 {
			s.who += " in " + one(body, "kharkiv", "kyiv", "UA", "kyiv UA")
		}
		if body.IntN(3) == 0 {
			s.who += " with missile"
		}
		s.text = fmt.Sprintf("Jake Sullivan and North Korea %s Russia over %s and %s.", one(body, "met", "condemned", "sold to"),
			one(body, "missiles", "a missile", "the naïve talks", "Erdoğan's plan", "Kyïv"), one(body, "don't", "Straße", "北京", "oil", "100% of it"))
		if i > 0 && body.IntN(2) == 0 {
			s.about = 1 + body.IntN(i)
		}
		if own.IntN(3) == 0 {
			s.by, s.quote, s.to = one(own, "volodymyr-zelenskyy", "RU"), "North Korea", []string{"", "jake-sullivan", "kim-jong-un"}[(n+i)%3]
		}
		all = append(all, s)
	}
	f := story(fmt.Sprint("Story ", n), one(own, "", "2024", "2024-01", "2024-01-10", day(own), day(own)), one(own, "", "Agency", "Ágence", "Post"), all...)
	if n%3 > 0 {
		f.Story.Urgency = n % 10
		f.Story.Subjects = []string{"medtop:20000065", "Räumung, Straße", "war; \"peace\"", "medtop:20000065"}[n%2 : 2+n%3]
	}
	for i := range f.Entities {
		e := &f.Entities[i]
		if own.IntN(3) == 0 {
			e.Aliases = append(slices.Clone(e.Aliases), one(own, "Alias", "Älias Two", e.Name+" Jr."))
		}
		if e.Source == "" && own.IntN(3) == 0 {
			e.Name, e.Description, e.Country = e.Name+" "+one(own, "A", "B", "Longer"), one(own, "", "a", "longer"), one(own, "", "UKR")
		}
	}
	group := news.Entity{ID: news.LocalID(news.Group, f.Story.TextHash, "protesters"), Kind: news.Group, Name: "protesters", Count: own.IntN(90)}
	f.Entities = append(f.Entities, group)
	if r := &f.Reports[body.IntN(len(f.Reports))]; body.IntN(2) == 0 { // whom this text alone knows: they meet by their noun and the place
		keep := func(p news.Participant) bool { return p.Role != news.Target }
		r.Participants = append(slices.DeleteFunc(slices.Clone(r.Participants), func(p news.Participant) bool { return !keep(p) }), news.Participant{Role: news.Target, Entity: group.ID})
		r.Heads = map[news.ID]string{group.ID: "protester"}
		r.Counts = []news.Count{{Of: "arrested", Low: 4 * own.IntN(4), High: 12, Text: "some"}}
	}
	if own.IntN(2) == 0 {
		f.Reports[0].Participants = append(slices.Clone(f.Reports[0].Participants), news.Participant{Role: news.Instrument, Entity: group.ID})
	}
	return f
}
