package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsgraph/news"
)

// FuzzExtract reads arbitrary headlines and texts: no reading may panic, and all that facts name must be among their entities, for a store refuses
// the facts of a story, and with them a load, otherwise.
func FuzzExtract(f *testing.F) {
	f.Add("", "Ghani´s government condemned Uganda.")
	f.Add("Ana Ruiz quits", "The lawyer said Ruiz was well.")
	f.Add("USS Mahan sails", "The Mahan fired. ´ ` ¨ and ¸ praised ˜ Ruiz´s ´")
	f.Add("The mayor of Lugo quits", "The mayor of ´ condemned it. Both sides blamed each other. The two met. They, she and it left.")
	f.Add("A - B", "Mr ´ Ruiz. Gen. ´. Foreign Minister ¨ told the Secretary-General: “We, and our allies, thank you.”")
	f.Add("", "The former accused the latter. His country, hers and theirs. The US–China talks began; the North met the South.")
	f.Add("", "Threatening to strike, rebels got an email. Condemning the coup, Chad blocked a statement")
	f.Add("", "Born Maria Louisa Peters on 4 May 1901 in Lugo, Spain, to Juan Peters and Ana Lopez, she enjoyed a calm childhood.")
	long := strings.Repeat("Abc", 1600)
	f.Add("", "Mr "+long+" met USS "+long+" and the "+long+" police. The "+strings.ToLower(long)+" fired.")
	x, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, headline, text string) {
		if !utf8.ValidString(text) || !utf8.ValidString(headline) || len(text) > 20000 || len(headline) > 200 {
			return
		}
		story := news.Story{Headline: headline, Text: text}
		story.Identify()
		facts, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		complete(t, facts)
	})
}

// complete fails the test where facts name what is not among their entities, or have an entity without a kind or a name.
func complete(t *testing.T, f news.Facts) {
	t.Helper()
	known := map[news.ID]bool{}
	for _, e := range f.Entities {
		if e.ID == "" || e.Kind == "" || e.Name == "" || len(e.ID) > 4000 || len(e.Name) > 4000 {
			t.Errorf("an entity without id, kind or name, or with a longer one than a store takes: %.200q", e.ID)
		}
		known[e.ID] = true
	}
	need := func(what string, s news.Span, ids ...news.ID) {
		for _, id := range ids {
			if !known[id] {
				t.Errorf("%s %q names %q, which is no entity", what, s.In(f.Story.Text), id)
			}
		}
	}
	for _, m := range f.Mentions {
		need("mention", m.Span, m.Entity)
	}
	for _, r := range f.Reports {
		need("speaker of", r.SentenceSpan, r.SaidBy...)
		for _, p := range r.Participants {
			need("participant", p.Span, p.Entity)
		}
	}
	for _, q := range f.Quotations {
		for _, id := range []news.ID{q.Speaker, q.Addressee} {
			if id != "" {
				need("quotation", q.Span, id)
			}
		}
	}
	for _, p := range f.Positions {
		need("position", p.Span, p.Person)
		if p.Body != "" {
			need("position", p.Span, p.Body)
		}
	}
}
