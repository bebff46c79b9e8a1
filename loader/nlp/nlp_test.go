package nlp

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
)

func english(t testing.TB) *Pipeline {
	t.Helper()
	p, err := English()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parse(t testing.TB, text string) *Doc {
	t.Helper()
	d, err := english(t).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// tokens are a text's tokens, one space between them, sentences on lines of their own.
func tokens(d *Doc) string {
	var b strings.Builder
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if i > s.First {
				b.WriteByte(' ')
			}
			b.WriteString(d.Word(i))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestTokensAndSentences(t *testing.T) {
	for text, want := range map[string]string{
		"Norway's king met Chad's envoy.":                            "Norway 's king met Chad 's envoy .",
		"They didn’t agree; he can't, and she cannot.":               "They did n’t agree ; he ca n't , and she can not .",
		"The U.S. envoy met Gen. Oka on Jan. 9 at 5.30 p.m. in Rome": "The U.S. envoy met Gen. Oka on Jan. 9 at 5.30 p.m. in Rome",
		"He left the U.S. The king stayed.":                          "He left the U.S.\nThe king stayed .",
		"It cost $1,500.50 (or 3%).":                                 "It cost $ 1,500.50 ( or 3 % ) .",
		"“We agree.” He left.":                                       "“ We agree . ”\nHe left .",
		"\"We agree,\" he said. \"All of us.\" They left.":           "\" We agree , \" he said .\n\" All of us . \"\nThey left .",
		"Is it over? Yes! It is.":                                    "Is it over ?\nYes !\nIt is .",
		"Mr. J. D. Oka, Dr. Lee and St. John's No. 10":               "Mr. J. D. Oka , Dr. Lee and St. John 's No. 10",
		"He waited... Then he left.":                                 "He waited ...\nThen he left .",
		"Headline without a stop\n\nThe text begins.":                "Headline without a stop\nThe text begins .",
		"A line that\nbreaks in two.":                                "A line that breaks in two .",
		"• first point\n• second point":                              "• first point\n• second point",
		"O'Brien and d'Arcy of AT&T":                                 "O'Brien and d'Arcy of AT&T",
		"":                                                           "",
		" \n\t":                                                      "",
	} {
		if got := tokens(parse(t, text)); got != want {
			t.Errorf("%q is\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestLemma(t *testing.T) {
	for pair, want := range map[string]string{
		"condemned VBD": "condemn", "fires VBZ": "fire", "planning VBG": "plan", "agreed VBD": "agree", "met VBD": "meet", "shelled VBD": "shell",
		"controlled VBN": "control", "denies VBZ": "deny", "countries NNS": "country", "Parties NNS": "party", "missiles NNS": "missile", "men NNS": "man",
		"n't RB": "not", "’s VBZ": "be", "’s POS": "'s", "Kims NNPS": "Kims", "Russia NNP": "Russia", "using VBG": "use", "charged VBN": "charge",
		"invaded VBD": "invade", "visited VBD": "visit", "launched VBD": "launch", "clashes NNS": "clash", "lying VBG": "lie",
	} {
		word, tag, _ := strings.Cut(pair, " ")
		if got := Lemma(word, tag); got != want {
			t.Errorf("%s is %q, want %q", pair, got, want)
		}
	}
}

// TestTree reads what a reader of news relies on: who is the subject and who the object.
func TestTree(t *testing.T) {
	for text, want := range map[string][]string{
		"The king of Norway condemned the attack on Tuesday .": {"king nsubj condemned", "Norway nmod king", "condemned root", "attack obj condemned"},
		"The attack was condemned by the king .":               {"attack nsubj:pass condemned", "king obl:agent condemned"},
		"He said that Chad will visit Peru .":                  {"He nsubj said", "visit ccomp said", "Peru obj visit"},
	} {
		d := parse(t, text)
		var got []string
		for _, k := range d.Tokens {
			line := d.Text[k.Start:k.End] + " " + k.Relation
			if k.Head >= 0 {
				line += " " + d.Word(k.Head)
			}
			got = append(got, line)
		}
		all := strings.Join(got, "\n")
		for _, w := range want {
			if !strings.Contains("\n"+all+"\n", "\n"+w+"\n") {
				t.Errorf("%s: no %q in\n%s", text, w, all)
			}
		}
	}
}

func TestPipelineNeedsItsOrder(t *testing.T) {
	if _, err := NewPipeline(splitter{}, tokenizer{}); err == nil || !strings.Contains(err.Error(), "tokens") {
		t.Errorf("sentences before tokens: %v", err)
	}
}

// sound checks what must hold of any Doc: tokens in order that cover all but white space, sentences that cover the tokens, one root and no
// cycle in each, names within sentences.
func sound(t *testing.T, d *Doc) {
	t.Helper()
	at := 0
	for i, k := range d.Tokens {
		if k.Start < at || k.End <= k.Start || k.End > len(d.Text) {
			t.Fatalf("token %d is %d to %d after %d", i, k.Start, k.End, at)
		}
		gap := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
				return -1
			}
			return r
		}, d.Text[at:k.Start])
		if gap != "" {
			t.Fatalf("%q is in no token", gap)
		}
		at = k.End
		if k.Tag == "" || k.Lemma == "" || k.Relation == "" {
			t.Errorf("token %q: %+v", d.Word(i), k)
		}
	}
	next := 0
	for _, s := range d.Sentences {
		if s.First != next || s.Last <= s.First {
			t.Fatalf("sentence %+v after token %d", s, next)
		}
		next = s.Last
		roots := 0
		for i := s.First; i < s.Last; i++ {
			h := d.Tokens[i].Head
			if h < 0 {
				roots++
			} else if h < s.First || h >= s.Last {
				t.Fatalf("token %d hangs on %d outside of %+v", i, h, s)
			}
			for n, k := 0, i; k >= 0; n, k = n+1, d.Tokens[k].Head {
				if n > s.Last-s.First {
					t.Fatalf("token %d hangs in a cycle", i)
				}
			}
		}
		if roots != 1 {
			t.Errorf("%d roots in %+v", roots, s)
		}
	}
	if next != len(d.Tokens) {
		t.Errorf("%d of %d tokens are in sentences", next, len(d.Tokens))
	}
	for _, n := range d.Names {
		if n.First < 0 || n.Last <= n.First || n.Last > len(d.Tokens) {
			t.Errorf("name %+v", n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"Norway condemned Chad's attack on Tuesday.", "''\"“.’s n't cannot", "\xff\xfe a.b.c. …", "北京。 Москва!", "a\u200bb\ufeff \u00a0x", strings.Repeat("a ", 300),
		"• x\n\n• y", "🚢🚢 U.S.S.R. 1,2.3-4", "\u202eabc\u202c\x00",
	} {
		f.Add(text)
	}
	p, err := English()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := p.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, d)
	})
}

func TestParseIsRepeatable(t *testing.T) {
	const text = "Envoys of Peru and Chile met in Lima on Monday, officials said. They will meet again."
	a, b := parse(t, text), parse(t, text)
	for i := range a.Tokens {
		if a.Tokens[i] != b.Tokens[i] {
			t.Errorf("%+v and %+v", a.Tokens[i], b.Tokens[i])
		}
	}
	sound(t, a)
}

// FuzzReadModel sees that a model that was cut or changed is an error.
func FuzzReadModel(f *testing.F) {
	var small bytes.Buffer
	if err := WriteModel(&small, []string{"a", "b"}, []Weight{{1, 0, 5}, {1, 1, -5}, {7, 1, 3}}, "a model for tests"); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add(small.Bytes()[:small.Len()/2])
	f.Add([]byte{})
	f.Fuzz(func(_ *testing.T, data []byte) {
		m, err := ReadModel(bytes.NewReader(data))
		if err == nil {
			m.Score(make([]int32, len(m.Classes)), []uint32{1, 7, 9})
		}
	})
}

func BenchmarkParse(b *testing.B) {
	p := english(b)
	text := strings.Repeat("The foreign minister of Norway, who had met his counterpart in Geneva on Monday, condemned the attack on the port in the strongest terms. ", 20)
	d, err := p.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Parse(text); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "words/s")
}
