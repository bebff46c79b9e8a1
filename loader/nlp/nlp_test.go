package nlp

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsgraph/loader/nlp/tensor"
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
		"Norway's king met Chad's envoy.":                             "Norway 's king met Chad 's envoy .",
		"They didn’t agree; he can't, and she cannot.":                "They did n’t agree ; he ca n't , and she can not .",
		"The U.S. envoy met Gen. Oka on Jan. 9 at 5.30 p.m. in Rome":  "The U.S. envoy met Gen. Oka on Jan. 9 at 5.30 p.m. in Rome",
		"He left the U.S. The king stayed.":                           "He left the U.S.\nThe king stayed .",
		"It cost $1,500.50 (or 3%).":                                  "It cost $ 1,500.50 ( or 3 % ) .",
		"“We agree.” He left.":                                        "“ We agree . ”\nHe left .",
		"\"We agree,\" he said. \"All of us.\" They left.":            "\" We agree , \" he said .\n\" All of us . \"\nThey left .",
		"Is it over? Yes! It is.":                                     "Is it over ?\nYes !\nIt is .",
		"Mr. J. D. Oka, Dr. Lee and St. John's No. 10":                "Mr. J. D. Oka , Dr. Lee and St. John 's No. 10",
		"He waited... Then he left.":                                  "He waited ...\nThen he left .",
		"Headline without a stop\n\nThe text begins.":                 "Headline without a stop\nThe text begins .",
		"A line that\nbreaks in two.":                                 "A line that breaks in two .",
		"• first point\n• second point":                               "• first point\n• second point",
		"O'Brien and d'Arcy of AT&T":                                  "O'Brien and d'Arcy of AT&T",
		"A well-known Russia-backed co-pilot, Chang Ho-jin, 555-1234": "A well - known Russia - backed co-pilot , Chang Ho-jin , 555-1234",
		"the ministers' talks on 9/11 at 5:30, 10am, 5km off":         "the ministers ' talks on 9/11 at 5:30 , 10 am , 5 km off",
		"See https://example.org/a?b=c. Write to a.b@example.org!":    "See https://example.org/a?b=c .\nWrite to a.b@example.org !",
		"Wait -- what?! US$5m; 50%–60%":                               "Wait -- what ?! US$ 5 m ; 50 % – 60 %",
		"It’s gonna be James’s, the '90s":                             "It ’s gon na be James ’s , the '90s",
		"":                                                            "",
		" \n\t":                                                       "",
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
		"n't RB": "not", "’s VBZ": "be", "’s POS": "'s", "Kims NNPS": "Kim", "Russia NNP": "Russia", "using VBG": "use", "charged VBN": "charge",
		"invaded VBD": "invade", "visited VBD": "visit", "launched VBD": "launch", "clashes NNS": "clash", "lying VBG": "lie",
		"including VBG": "include", "added VBD": "add", "easier JJR": "easy", "biggest JJS": "big", "best RBS": "well", "them PRP": "they", "an DT": "a",
		"States NNPS": "State", "people NNS": "person", "planned VBD": "plan", "stopped VBD": "stop", "simpler JJR": "simple",
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
			if blank(r) {
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

// FuzzReadNet sees that a network that was cut or changed is an error.
func FuzzReadNet(f *testing.F) {
	shape := Shape{Word: 2, Sub: 2, Buckets: 8, Hidden: 2, Layers: 2, Arc: 2, Lab: 2, Universal: []string{"X"}, Tags: []string{"T"}, Relations: []string{"dep", "root"}, Names: []string{"O"}, Kinds: []string{"place"}, Sorts: []string{"person"}}
	var params []*tensor.Matrix
	for _, d := range shape.Dims(1) {
		params = append(params, tensor.New(d[0], d[1]))
	}
	lexicon := NewLexicon(shape.Kinds)
	lexicon.Add([]string{"B", "c"}, "place")
	var small bytes.Buffer
	if err := WriteNet(&small, shape, []string{"a"}, lexicon, params, "a network for tests"); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Add(small.Bytes()[:small.Len()/2])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := ReadNet(bytes.NewReader(data))
		if err != nil {
			return
		}
		d := &Doc{Text: "a b c", Tokens: []Token{{Start: 0, End: 1}, {Start: 2, End: 3}, {Start: 4, End: 5}}, Sentences: []Sentence{{0, 2}, {2, 3}}}
		if names := n.Read(d); len(names) != 3 && len(n.Names) > 0 {
			t.Errorf("%d tags of names", len(names))
		}
	})
}

// TestLongSentence sees that a sentence of ten thousand words is read, in pieces, and has one root.
func TestLongSentence(t *testing.T) {
	d := parse(t, strings.Repeat("envoys and ministers met in the port of Brod and ", 1000)+"left.")
	if len(d.Sentences) != 1 {
		t.Fatalf("%d sentences", len(d.Sentences))
	}
	sound(t, d)
}

// TestTogether has many readers use one pipeline.
func TestTogether(t *testing.T) {
	p := english(t)
	texts := strings.Split(newsText, "\n\n")
	var want []string
	for _, text := range texts {
		want = append(want, written(t, parse(t, text)))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, text := range texts {
				d, err := p.Parse(text)
				if err != nil {
					t.Error(err)
					return
				}
				if got := written(t, d); got != want[i] {
					t.Errorf("%s: read otherwise beside others", text)
				}
			}
		})
	}
	wg.Wait()
}

func written(t *testing.T, d *Doc) string {
	var b strings.Builder
	if err := WriteCoNLLU(&b, d); err != nil {
		t.Error(err)
	}
	return b.String()
}

// TestCoNLLU reads what was written, and reads it again the same.
func TestCoNLLU(t *testing.T) {
	text := "Chad's envoys didn't meet (again). They can't, said Ruiz: \"No.\""
	first := written(t, parse(t, text))
	for d, err := range ReadCoNLLU(strings.NewReader(first)) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Text != text {
			t.Errorf("the text is %q", d.Text)
		}
		if err := english(t).Complete(d); err != nil {
			t.Fatal(err)
		}
		if again := written(t, d); again != first {
			t.Errorf("got\n%s\nwant\n%s", again, first)
		}
	}
	for bad, want := range map[string]string{
		"1\ta\tb\n": "line 1: 3 columns", "# x\n2-1" + strings.Repeat("\t_", 9): "line 2: \"2-1\"", "1\t" + strings.Repeat("\t_", 8): "line 1: a word without a form",
	} {
		var got error
		for _, err := range ReadCoNLLU(strings.NewReader(bad)) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%q: %v", bad, got)
		}
	}
}

func TestNames(t *testing.T) {
	d := parse(t, "Maria Ortega, who runs the Bank of Lisbon, met Oka in Brod on Monday.")
	var got []string
	for _, n := range d.Names {
		if n.Kind != OtherName {
			got = append(got, string(n.Kind)+" "+d.Words(n.First, n.Last))
		}
	}
	for _, want := range []string{"PER Maria Ortega", "LOC Brod"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %q", want, got)
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add("1-2\tdon't" + strings.Repeat("\t_", 8) + "\n1\tdo" + strings.Repeat("\t_", 8) + "\n2\tn't" + strings.Repeat("\t_", 8) + "\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		for d, err := range ReadCoNLLU(strings.NewReader(text)) {
			if err != nil {
				return
			}
			for i, k := range d.Tokens {
				if k.Start >= k.End || k.End > len(d.Text) || i > 0 && k.Start < d.Tokens[i-1].End {
					t.Fatalf("token %d is %+v", i, k)
				}
			}
		}
	})
}

// newsText is text of the length and the kind that stories have.
const newsText = `Norway's foreign minister met his Peruvian counterpart in Geneva on Tuesday, a day after both had condemned the attack on the port of Brod.

"We will not accept this," the minister told reporters. The talks, which were to last two hours, ended after forty minutes.

At least nine people were killed and 23 wounded when rockets hit a market in the town, the health ministry said; rescue workers were still searching the ruins late on Monday.

Rebels who have held the area since March denied that they had fired. They said that the army had shelled the town from the hills to the north, and that most of the dead were civilians.

The Security Council is to vote on Friday on a text that demands a ceasefire and the return of prisoners. Chad and three other members are expected to abstain.

In 2011 a similar agreement, signed in Oslo by the presidents of both countries, collapsed within weeks.`

func BenchmarkParse(b *testing.B) {
	p := english(b)
	text := strings.Repeat(newsText+"\n\n", 4)
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

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		for _, file := range [][]byte{grammarFile, namesFile} {
			if _, err := ReadNet(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestNoise sees that what is no prose does no harm: every token stands in the text, in order and in a sentence, and each sentence has one root.
func TestNoise(t *testing.T) {
	for _, text := range []string{
		"Team\tWon\tLost\nLima\t3\t1\nOslo\t2\t2\n", "• one\n• two\n\n- three\n– four\n1. five\n2) six", strings.ToUpper("Norway condemned Chad on Tuesday. "),
		"🚢 🚢🚢 👩‍👩‍👧 flag 🇳🇴!", "zero\u200bwidth\u200c\u200d\ufeff words\u00ad", "\x00\x01\x02 bells\a\b\v\f", "\u202eright to left\u202c \u200f\u200e", "((((((((((", "........ ?! ?!",
		"a\r\nb\rc\n\n\n\n", "\t \u00a0\u2003 ", "", "-", "'", "’s", "n't", "$", "http://", "@", strings.Repeat("\"", 999), strings.Repeat("é", 9999),
		strings.Repeat("Norway condemned Chad, ", 1500), strings.Repeat("x ", 5000), strings.Repeat("1.", 5000), strings.Repeat("\n", 5000),
	} {
		d := parse(t, text)
		sound(t, d)
		roots := 0
		for _, token := range d.Tokens {
			if token.Head < 0 {
				roots++
			}
		}
		if roots != len(d.Sentences) {
			t.Errorf("%.40q: %d roots of %d sentences", text, roots, len(d.Sentences))
		}
	}
}
