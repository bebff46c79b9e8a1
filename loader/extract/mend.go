package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// mend is a repair of what parsers of English get wrong in news again and again, where the words leave no doubt. It is made of the whole story or, those that stand
// together one after the other, of each token of a sentence. Its example is a sentence of our own that it mends and, without it, is read otherwise.
type mend struct {
	name, example string
	whole         func(r *reading)
	token         func(r *reading, i int, s nlp.Sentence)
}

// wordMends mend words and single relations, before the trees are.
var wordMends = []mend{
	{name: "verb after will", whole: (*reading).mendVerbs, example: `Peru insisted that Chile free the fishermen.`},
	{name: "words", whole: (*reading).mendWords, example: `Peru held talks with Chile.`},
	{name: "capital of the sentence", whole: (*reading).mendCapitals, example: `Wildfires near Valencia, Venezuela, killed two beekeepers on Saturday.`},
}

// treeMends mend the trees. What mends which mistake is in the files mend*.go.
var treeMends = []mend{
	{name: "shot", whole: (*reading).mendShot, example: `Boko Haram shot farmers in Gao on Tuesday.`},
	{name: "roots", whole: (*reading).mendRoots, example: `Norway imposed sanctions on Chad.`},
	{name: "struck", whole: (*reading).mendStruck, example: `An earthquake struck Nepal, killing nine people.`},
	{name: "sorts", whole: (*reading).mendSorts, example: `Guinea condemned Guinea-Bissau.`},
	{name: "infinitives", whole: (*reading).mendInfinitives, example: `Kenya announced its decision to expel two Sudanese diplomats.`},
	{name: "gerund", token: (*reading).mendGerund, example: `Fighting broke out between the army and rebels.`},
	{name: "date", token: (*reading).mendDate, example: `QUITO, June 12 - Peru on Tuesday praised Chile.`},
	{name: "nation", token: (*reading).mendNation, example: `The pope condemned the Nigeria church attack.`},
	{name: "opening", token: (*reading).mendOpening, example: `An ambush set up by rebels killed four soldiers near Goma.`},
	{name: "aside", token: (*reading).mendAside, example: `A gas leak in a prison kitchen in Recife killed two inmates and sent 15 others to hospital, officials said, ruling out sabotage.`},
	{name: "number", token: (*reading).mendNumber, example: `Rebels killed nine villagers and wounded two nurses.`},
	{name: "receiver", token: (*reading).mendReceiver, example: `Peru gave Chad trucks in May.`},
	{name: "over", token: (*reading).mendOver, example: `Armenia handed over two prisoners.`},
	{name: "pair", token: (*reading).mendPair, example: `Germany suspended aid talks with Rwanda.`},
	{name: "crossing", token: (*reading).mendCrossing, example: `Poland closed a border crossing with Belarus.`},
	{name: "beside", token: (*reading).mendBeside, example: `Germany suspended aid talks with Rwanda.`},
	{name: "by", token: (*reading).mendBy, example: `Chad retaliated by bombing Niger.`},
	{name: "clauses", token: (*reading).mendClauses, example: `Israeli jets bombed arms depots near the capital and Israeli troops moved into the buffer zone.`},
	{name: "fined", token: (*reading).mendFined, example: `The court fined Meta 2 million euros for helping Chad.`},
	{name: "called", token: (*reading).mendCalled, example: `Ann Mola called Benin a rogue state.`},
	{name: "series", token: (*reading).mendSeries, example: `Peru's envoy, Bo Lund, rejected the plan, denied that Peru had signed it and thanked Togo.`},
	{name: "titled", token: (*reading).mendTitled, example: `The party of presidential candidate Ana Ruiz accused the army of fraud.`},
	{name: "told", token: (*reading).mendTold, example: `The minister told senators Monday the army is investigating the general.`},
	{name: "sayers", token: (*reading).mendSayers, example: `Police say bombs in Lima and the town of Pisco killed nine people.`},
	{name: "subject", token: (*reading).mendSubject, example: `Togo, whose army shelled Benin, apologised on Friday.`},
	{name: "to blame", token: (*reading).mendToBlame, example: `Rebels are to blame for the massacre, the governor said.`},
	{name: "bound", token: (*reading).mendBound, example: `Emil Hart is to visit Lima for talks with Ana Ruiz.`},
	{name: "both", token: (*reading).mendBoth, example: `Washington imposed sanctions on both Abdi and militia leader Omar Bah in January.`},
	{name: "suspects", token: (*reading).mendSuspects, example: `Police killed a suspect in the attack.`},
	{name: "reduced", token: (*reading).mendReduced, example: `Chad condemned the raid carried out by Niger.`},
	{name: "had", token: (*reading).mendHad, example: `A Kurdish official said Turkish warplanes had bombed power stations, cutting electricity to a million people.`},
	{name: "doubts", token: (*reading).mendDoubts, example: `Mali doubts that Chad attacked Niger.`},
	{name: "bare", token: (*reading).mendBare, example: `Kenya condemns raid on Chad.`},
	{name: "two", token: (*reading).mendTwo, example: `Biden, Xi meet in Lima.`},
	{name: "flat", token: (*reading).mendFlat, example: `Trump and Vice President JD Vance accused Zelenskyy of ingratitude at the meeting in the Oval Office on Friday, February 28.`},
	{name: "whom", token: (*reading).mendWhom, example: `The senators want sanctions on Chinese firms which they accuse of arming Russia.`},
	{name: "backs", token: (*reading).mendBacks, example: `Egypt and Oman back the rebels, while Yemen has been accused of breaking the truce.`},
	{name: "hostage", token: (*reading).mendHostage, example: `Gunmen took staff hostage at a bank in Lugo.`},
	{name: "finite preposition", token: (*reading).mendFinitePreposition, example: `Peru opposed the coup.`},
	{name: "laden", token: (*reading).mendLaden, example: `The road is shut after a lorry carrying miners overturned, killing four people.`},
	{name: "meanwhile", token: (*reading).mendMeanwhile, example: `The trial began as almost 30 states condemned Chad.`},
	{name: "attachment", token: (*reading).mendAttachment, example: `The army suspended operations in Aden.`},
	{name: "undertaking", token: (*reading).mendUndertaking, example: `Oslo protested against the decision by Kampala to expel its envoy.`},
	{name: "denial", token: (*reading).mendDenial, example: `Chad denied that it had attacked Niger and accused Mali of lying.`},
	{name: "inserted", token: (*reading).mendInserted, example: `Kenya bombed a port and, its rivals reported, killed six fishermen.`},
	{name: "trailing", token: (*reading).mendTrailing, example: `Gunmen attacked the port on Monday, police and an aid group said.`},
	{name: "quantity", token: (*reading).mendQuantity, example: `Rebels fired scores of rockets at Chad.`},
	{name: "backing", token: (*reading).mendBacking, example: `Rebels bombed a depot with backing from Chad.`},
	{name: "list", token: (*reading).mendList, example: `Peru expelled the consul, his aide and two guards.`},
	{name: "joined", token: (*reading).mendJoined, example: `Syria bombed Idlib and Turkey fired shells at Latakia.`},
	{name: "later", token: (*reading).mendLater, example: `Peru fired rockets at Chile on Monday in answer to a raid in Tacna on May 2.`},
	{name: "doubled", token: (*reading).mendDoubled, example: `The regional bloc ECOWAS suspended Togo on Friday.`},
	{name: "finite", token: (*reading).mendFinite, example: `A driver was accused of stealing cars and jailed for a year.`},
	{name: "charge", token: (*reading).mendCharge, example: `Chad accused farmers of fraud.`},
	{name: "charged deed", token: (*reading).mendChargedDeed, example: `Rebels were accused of burning villages.`},
	{name: "alleged", token: (*reading).mendAlleged, example: `The minister disputed accusations from some officials that Chadian troops raided a mosque.`},
	{name: "capital", token: (*reading).mendCapital, example: `In the capital, Kathmandu, police detained nine marchers.`},
	{name: "general", token: (*reading).mendGeneral, example: `Gunmen kidnapped the solicitor general near Kano.`},
	{name: "whose", token: (*reading).mendWhose, example: `Peru thanked Chile, whose navy rescued nine sailors.`},
	{name: "begun", token: (*reading).mendBegun, example: `The rebels continued attacking villages.`},
	{name: "asked", token: (*reading).mendAsked, example: `Norway called on the army to free President Bongo.`},
	{name: "agency", token: (*reading).mendAgency, example: `Rebels kidnapped a teacher and nine pupils in Maradi, local news agency Anfani said.`},
	{name: "judging", token: (*reading).mendJudging, example: `The mayor of Lugo said he had been threatened and blamed rebels.`},
	{name: "blamer", token: (*reading).mendBlamer, example: `Ana Ruiz said she had been insulted and accused Chad.`},
	{name: "guilty", token: (*reading).mendGuilty, example: `Judge Ana Ruiz found Bo Lund, Eva Sá and Ivan Petkov guilty of inciting a riot.`},
	{name: "holder", token: (*reading).mendHolder, example: `The mayor of Tarn, Ella Sand, condemned Niger.`},
	{name: "held", token: (*reading).mendHeld, example: `Ghana urged Togo to free the nuns and hold talks with the rebels.`},
}

// mend mends what was read, before anything is read from the trees, so that nothing that reads them needs to know of it. Where what the mends do together makes no
// tree, the sentence keeps that of the network.
func (r *reading) mend() {
	r.apply(r.mends[0])
	read := slices.Clone(r.d.Tokens)
	r.apply(r.mends[1])
	for _, s := range r.d.Sentences {
		if !r.grown(s) {
			for i := s.First; i < s.Last; i++ {
				r.hang(i, read[i].Head, read[i].Relation)
			}
		}
	}
}

// apply makes repairs in their order.
func (r *reading) apply(mends []mend) {
	for len(mends) > 0 {
		if mends[0].whole != nil {
			mends[0].whole(r)
			mends = mends[1:]
			continue
		}
		n := slices.IndexFunc(mends, func(m mend) bool { return m.token == nil })
		if n < 0 {
			n = len(mends)
		}
		for _, s := range r.d.Sentences {
			for i := s.First; i < s.Last; i++ {
				for _, m := range mends[:n] {
					m.token(r, i, s)
				}
			}
		}
		mends = mends[n:]
	}
}

// objects tells of each token whether it has an object.
func (r *reading) objects() []bool {
	objects := make([]bool, len(r.d.Tokens))
	for _, t := range r.d.Tokens {
		if t.Relation == "obj" && t.Head >= 0 {
			objects[t.Head] = true
		}
	}
	return objects
}

// mendVerbs makes a verb of an adjective of the vocabulary's verbs.
func (r *reading) mendVerbs() {
	d, objects := r.d, r.objects()
	for i := 1; i < len(d.Tokens); i++ {
		// "will free them", "asked that Chad free them": what follows will or to or has an object and can be a verb is one.
		if t := &d.Tokens[i]; t.Tag == "JJ" && (d.Tokens[i-1].Tag == "MD" || d.Tokens[i-1].Tag == "TO" || t.Relation == "ccomp" && objects[i]) && len(r.verbs[strings.ToLower(d.Word(i))]) > 0 {
			t.Tag, t.Universal, t.Lemma = "VB", "VERB", strings.ToLower(d.Word(i))
		}
	}
}

// mendWords mends lemmas, parts of speech and relations of single words.
func (r *reading) mendWords() {
	d, objects := r.d, r.objects()
	for i := range d.Tokens {
		// "Of having killed Ruiz": whoever has done a deed has not undergone it.
		if t := &d.Tokens[i]; t.Relation == "aux:pass" && t.Lemma == "have" {
			t.Relation = "aux"
		}
		// A form whose lemma no verb of the vocabulary has, though it is a form of one: alleg of alleged, boycot of boycotted.
		if t := &d.Tokens[i]; (t.Tag == "VBD" || t.Tag == "VBN" || t.Tag == "VBG") && len(r.verbs[t.Lemma]) == 0 && irregular[t.Lemma] == "" && !strings.HasSuffix(t.Lemma, "e") {
			ending := "ed"
			if t.Tag == "VBG" {
				ending = "ing"
			}
			if lemma := r.verbOf(strings.ToLower(d.Word(i)), ending); lemma != "" {
				t.Lemma = lemma
			}
		}
		// "Fighting erupted": a gerund without an object that the vocabulary has as a noun, and that is a subject, is one.
		if t := &d.Tokens[i]; t.Tag == "VBG" && subjectOf(t.Relation) && !objects[i] && len(r.nouns[strings.ToLower(d.Word(i))]) > 0 {
			t.Tag, t.Universal, t.Lemma = "NN", "NOUN", strings.ToLower(d.Word(i))
		}
		// Past forms whose lemma is an irregular verb's.
		if lemma, ok := irregular[d.Tokens[i].Lemma]; ok && strings.HasPrefix(d.Tokens[i].Tag, "VB") {
			d.Tokens[i].Lemma = lemma
		}
		// "Were shot dead by gunmen": who did it hangs on the verb.
		if t := d.Tokens[i]; t.Relation == "obl:agent" && t.Head >= 0 && t.Head < i && d.Tokens[t.Head].Relation == "xcomp" && strings.HasPrefix(d.Tokens[t.Head].Tag, "JJ") && d.Tokens[t.Head].Head >= 0 && d.Tokens[d.Tokens[t.Head].Head].Tag == "VBN" {
			d.Tokens[i].Head = d.Tokens[t.Head].Head
		}
		// "Was convicted of theft by a court": it is not the theft that is by the court.
		if t := d.Tokens[i]; t.Relation == "nmod" && t.Head >= 0 && t.Head < i && d.Tokens[t.Head].Relation == "obl" && d.Tokens[t.Head].Head >= 0 && r.convictedBy(i, t.Head, d.Tokens[t.Head].Head) {
			d.Tokens[i].Head, d.Tokens[i].Relation = d.Tokens[t.Head].Head, "obl:agent"
		}
		// "Rallied outside parliament": where, and not an object with an adverb for its adjective.
		if t := d.Tokens[i]; t.Tag == "RB" && (t.Relation == "amod" || t.Relation == "advmod") && t.Head > i && d.Tokens[t.Head].Relation == "obj" && r.g.Locates(gazetteer.TellsSite, d.Word(i)) {
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Relation = "IN", "ADP", "case"
			d.Tokens[t.Head].Relation = "obl"
		}
		// Talks, whose singular is rare, are what the vocabulary calls by it.
		if t := &d.Tokens[i]; t.Tag == "NNS" && strings.HasSuffix(t.Lemma, "s") && len(r.nouns[strings.TrimSuffix(t.Lemma, "s")]) > 0 {
			t.Lemma = strings.TrimSuffix(t.Lemma, "s")
		}
	}
}

// mendCapitals makes a noun of the vocabulary's of what opens a sentence and is a name by its capital alone.
func (r *reading) mendCapitals() {
	d := r.d
	for _, s := range d.Sentences {
		if t := &d.Tokens[s.First]; strings.HasPrefix(t.Tag, "NNP") && s.First+1 < s.Last && d.Tokens[s.First+1].Tag == "IN" && len(r.nouns[strings.ToLower(d.Word(s.First))])+len(r.nouns[strings.ToLower(t.Lemma)]) > 0 {
			t.Tag, t.Universal, t.Lemma = "NN"+strings.TrimPrefix(t.Tag, "NNP"), "NOUN", strings.ToLower(t.Lemma)
		}
	}
}

// convictedBy tells that the phrase at token i is by whom the passive verb at token v is done, and not the crime at token n of which it tells.
func (r *reading) convictedBy(i, n, v int) bool {
	d := r.d
	words := func(k int) (of, by bool, passive bool) {
		for c := max(0, min(k, v)-8); c < min(len(d.Tokens), max(k, v)+2); c++ {
			if d.Tokens[c].Head != k {
				continue
			}
			w := strings.ToLower(d.Word(c))
			of = of || d.Tokens[c].Relation == "case" && (w == "of" || w == "for" || w == "with")
			by = by || d.Tokens[c].Relation == "case" && w == "by"
			passive = passive || d.Tokens[c].Relation == "aux:pass"
		}
		return of, by, passive
	}
	_, by, _ := words(i)
	of, _, _ := words(n)
	_, _, passive := words(v)
	return by && of && passive && d.Tokens[v].Tag == "VBN" && (r.judgesBy(v) || slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], func(w wording) bool { return w.action.Type == news.TypeSanction }))
}

// irregular are lemmas of past forms that the network leaves as they stand.
var irregular = map[string]string{"overran": "overrun", "overthrew": "overthrow", "retook": "retake", "strove": "strive", "upheld": "uphold", "withheld": "withhold"}

// grown tells that the heads of a sentence make a tree: one root, to which each way up leads.
func (r *reading) grown(s nlp.Sentence) bool {
	roots := 0
	for i := s.First; i < s.Last; i++ {
		k := i
		for n := s.First; k >= 0 && n <= s.Last; n++ {
			k = r.d.Tokens[k].Head
		}
		if k >= 0 {
			return false
		}
		roots += boolInt(r.d.Tokens[i].Head < 0)
	}
	return roots == 1
}

// hang lets token i hang on token head.
func (r *reading) hang(i, head int, relation string) {
	r.d.Tokens[i].Head, r.d.Tokens[i].Relation = head, relation
}

// has tells that a token of a sentence hangs on token i with one of the relations.
func (r *reading) has(i int, s nlp.Sentence, relations ...string) bool {
	for _, t := range r.d.Tokens[s.First:s.Last] {
		if t.Head == i && slices.Contains(relations, t.Relation) {
			return true
		}
	}
	return false
}

// nominal tells that token i is tagged as a noun, a name or a personal pronoun.
func (r *reading) nominal(i int) bool {
	tag := r.d.Tokens[i].Tag
	return strings.HasPrefix(tag, "NN") || tag == "PRP"
}

// flats are how many words of a name follow its first.
func (r *reading) flats(i int) int {
	n := 0
	for i+n+1 < len(r.d.Tokens) && r.d.Tokens[i+n+1].Head == i && r.d.Tokens[i+n+1].Relation == "flat" {
		n++
	}
	return n
}

// isState tells that words name a state, or are its adjective.
func (r *reading) isState(words string) bool {
	e, ok := r.g.Called(plain(words))
	return ok && r.kindOf(e.ID) == news.State
}

// isStateOrCapital tells that words name a state, or its capital, by which it goes too.
func (r *reading) isStateOrCapital(words string) bool {
	if r.isState(words) {
		return true
	}
	e, ok := r.g.Called(words)
	if !ok {
		return false
	}
	_, capital := r.g.CapitalOf(e.ID)
	return capital
}
