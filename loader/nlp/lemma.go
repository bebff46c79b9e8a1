package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lemmatizer gives each token its lemma by its tag: irregular forms from a table, the rest by English spelling rules.
type lemmatizer struct{}

func (lemmatizer) Needs() Layer { return Tags }
func (lemmatizer) Adds() Layer  { return Lemmas }

func (lemmatizer) Apply(d *Doc) error {
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			t := &d.Tokens[i]
			t.Lemma = Lemma(d.Word(i), t.Tag)
			// An adjective with a capital within a sentence is made of a name: Peruvian.
			if r, _ := utf8.DecodeRuneInString(d.Word(i)); i > s.First && t.Tag == "JJ" && unicode.IsUpper(r) {
				t.Lemma = d.Word(i)
			}
		}
	}
	return nil
}

// Lemma is the lemma of a word with a Penn Treebank tag.
func Lemma(word, tag string) string {
	if tag == "NNP" {
		return word
	}
	if tag == "NNPS" {
		return withoutS(word)
	}
	w := strings.ReplaceAll(strings.ToLower(word), "’", "'")
	switch {
	case w == "'s" && strings.HasPrefix(tag, "VB"):
		return "be"
	case w == "n't" || w == "nt" && tag == "RB":
		return "not"
	case w == "'" && tag == "POS" || w == "s" && tag == "POS":
		return "'s"
	case w == "'d" && tag == "MD":
		return "would"
	case w == "na" && tag == "TO":
		return "to"
	}
	switch tag {
	case "PRP", "DT", "WP":
		if l, ok := functionWords[w]; ok {
			return l
		}
	case "JJR", "RBR":
		return compared(w, "er", tag)
	case "JJS", "RBS":
		return compared(w, "est", tag)
	}
	switch tag {
	case "VBD", "VBN", "VBZ", "VBG", "VBP", "VB", "MD":
		if l, ok := irregularVerbs[w]; ok {
			return l
		}
	case "NNS":
		if l, ok := irregularNouns[w]; ok {
			return l
		}
	}
	switch tag {
	case "NNS", "VBZ":
		return withoutS(w)
	case "VBD", "VBN":
		return stem(w, "ed")
	case "VBG":
		return stem(w, "ing")
	}
	return w
}

// functionWords are the forms of pronouns and determiners.
var functionWords = pairs("i=I me=I him=he her=she them=they us=we whom=who an=a these=this those=that")

var irregularDegrees = pairs(`better=good best=good worse=bad worst=bad more=more most=most less=less least=least further=far farther=far
	furthest=far farthest=far elder=old eldest=old later=late latest=late latter=latter larger=large largest=large lower=low lowest=low
	higher=high highest=high fewer=few fewest=few closer=close closest=close stronger=strong strongest=strong longer=long longest=long
	younger=young youngest=young weaker=weak weakest=weak nicer=nice nicest=nice safer=safe safest=safe wider=wide widest=wide
	rarer=rare rarest=rare freer=free freest=free wiser=wise wisest=wise finer=fine finest=fine braver=brave bravest=brave`)

// compared is the adjective or adverb of a comparative or superlative.
func compared(w, ending, tag string) string {
	if l, ok := irregularDegrees[w]; ok {
		if l == "good" && strings.HasPrefix(tag, "RB") {
			return "well"
		}
		return l
	}
	s, ok := strings.CutSuffix(w, ending)
	if !ok || len(s) < 3 {
		return w
	}
	n := len(s)
	switch {
	case s[n-1] == 'i':
		return s[:n-1] + "y" // easier
	case s[n-1] == s[n-2] && strings.IndexByte("bdgmnpt", s[n-1]) >= 0:
		return s[:n-1] // bigger
	case strings.IndexByte("cgsv", s[n-1]) >= 0 && !strings.HasSuffix(s, "ng") && !strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "tl"), strings.HasSuffix(s, "pl"), strings.HasSuffix(s, "bl"):
		return s + "e" // larger, simpler
	}
	return s
}

func withoutS(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"), strings.HasSuffix(w, "goes"), strings.HasSuffix(w, "does"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 2:
		return w[:len(w)-1]
	}
	return w
}

// stem takes -ed or -ing away and mends the spelling: planned, fired, condemned.
func stem(w, ending string) string {
	s, ok := strings.CutSuffix(w, ending)
	if !ok || len(s) < 2 {
		return w
	}
	n := len(s)
	last := s[n-1]
	vowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiouy", s[i]) >= 0 }
	switch {
	case ending == "ed" && strings.HasSuffix(s, "i"):
		return s[:n-1] + "y"
	case n > 3 && last == s[n-2] && !vowel(n-1) && !strings.ContainsRune("lsfz", rune(last)):
		return s[:n-1] // planned
	case n > 3 && last == 'l' && s[n-2] == 'l' && !doubled[s]:
		return s[:n-1] // shelled keeps both, controlled does not
	case strings.ContainsRune("vcu", rune(last)), last == 's' && (vowel(n-2) || strings.IndexByte("plnr", s[n-2]) >= 0 && n > 3), last == 'z' && !vowel(n-2), last == 'g' && n > 1 && strings.ContainsRune("rnd", rune(s[n-2])) && (s[n-2] != 'n' || vowelled(s)),
		last == 'r' && n > 1 && strings.ContainsRune("iu", rune(s[n-2])) && !vowel(n-3), strings.HasSuffix(s, "at") && n > 3 && !strings.HasSuffix(s, "eat") && !strings.HasSuffix(s, "oat"),
		short(s):
		return s + "e"
	}
	return s
}

// vowelled tells the stems in -ng that end in e (change, arrange) from those that do not (bring).
func vowelled(s string) bool { return strings.HasSuffix(s, "ang") || strings.HasSuffix(s, "eng") }

// short tells that a stem is one consonant after a single vowel, as those are that lost an e: named, voted, invaded, used.
func short(s string) bool {
	if silent[s] {
		return true
	}
	n := len(s)
	if n < 3 {
		return n == 2 && s == "us"
	}
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	one := 0
	for i := range n {
		if vowel(s[i]) && (i == 0 || !vowel(s[i-1])) {
			one++
		}
	}
	return one == 1 && vowel(s[n-2]) && !vowel(s[n-3]) && !vowel(s[n-1]) && strings.IndexByte("wxyr", s[n-1]) < 0
}

var doubled = setOf("kill shell call fill pull roll drill poll install fulfill spell swell sell tell till bill recall enroll")

var silent = setOf(`includ conclud exclud preclud seclud delud allud collud intrud protrud erod corrod nod-e invad provid decid divid persuad explod degrad evacuat declar compar prepar explor restor ignor requir acquir admir retir fir hir expir
	inspir conspir wir overwhelm-e unit invit excit cit writ delet complet promot devot quot execut disput contribut institut
	prosecut persecut substitut mak tak rul schedul settl battl handl struggl tackl assembl coupl crippl doubl enabl troubl
	oblig besieg pledg judg charg urg emerg merg forg surg damag manag engag encourag challeng revenge stag rag wag
	bomb-e nam blam fram sham tim assum resum consum presum becom welcom overcom hom
	combin defin declin join-e imagin examin undermin determin min outlin underlin phon postpon condon
	describ prob brib ambush-e shap escap hop cop rap typ wip develop-e
	advis rais prais promis surpris compromis seiz organis recognis mobilis criticis apologis authoris
	smok evok provok revok strik struk lik mik
	bak brak pok
	stat rat dat creat hat debat violat
	observ serv reserv preserv deserv sav leav believ receiv achiev mov prov approv remov
	tortur captur ventur injur secur ensur assur measur pressur
	oppos propos impos expos suppos clos los pos caus accus refus confus excus us paus
	releas increas decreas ceas purchas
	tabl measur handl sampl whistl rifl troubl
	hijack-e fac forc pronounc announc denounc renounc replac
	brav serv driv thriv arriv surviv reviv depriv
	sal scal fil pil rul hol
	outrag pag nudg lodg dodg`)

var irregularNouns = pairs(`men=man women=woman people=person children=child feet=foot lives=life wives=wife knives=knife leaves=leaf thieves=thief
	crises=crisis analyses=analysis bases=base forces=force troops=troop buses=bus viruses=virus aircraft=aircraft police=police
	allies=ally missiles=missile series=series news=news media=media data=data hostages=hostage houses=house gunmen=gunman
	policemen=policeman fishermen=fisherman spokesmen=spokesman airmen=airman servicemen=serviceman shells=shell arms=arms talks=talks headquarters=headquarters`)

var irregularVerbs = pairs(`is=be are=be was=be were=be been=be being=be am=be 're=be 'm=be be=be has=have had=have have=have 've=have having=have does=do did=do done=do
	wo=will 'll=will ca=can said=say says=say told=tell met=meet sent=send gave=give given=give took=take taken=take made=make
	held=hold struck=strike shot=shoot hit=hit fought=fight bought=buy sold=sell brought=bring sought=seek caught=catch taught=teach
	thought=think left=leave led=lead fell=fall fallen=fall felt=feel kept=keep slept=sleep swept=sweep lost=lose won=win
	began=begin begun=begin broke=break broken=break spoke=speak spoken=speak stole=steal stolen=steal chose=choose chosen=choose
	froze=freeze frozen=freeze drove=drive driven=drive wrote=write written=write rose=rise risen=rise flew=fly flown=fly
	drew=draw drawn=draw threw=throw thrown=throw grew=grow grown=grow knew=know known=know blew=blow blown=blow
	saw=see seen=see went=go gone=go came=come become=become became=become ran=run sank=sink sunk=sink
	swore=swear sworn=swear tore=tear torn=tear bore=bear borne=bear wore=wear worn=wear got=get gotten=get forgot=forget
	set=set put=put cut=cut let=let shut=shut quit=quit burst=burst hurt=hurt cost=cost beat=beat beaten=beat bid=bid forbade=forbid forbidden=forbid
	stood=stand understood=understand withstood=withstand found=find bound=bind wound=wind wounded=wound laid=lay lay=lie lain=lie paid=pay
	heard=hear built=build spent=spend lent=lend bent=bend dealt=deal meant=mean read=read rebuilt=rebuild
	withdrew=withdraw withdrawn=withdraw overthrew=overthrow overthrown=overthrow undertook=undertake shook=shake shaken=shake
	agreed=agree freed=free fled=flee died=die lied=lie tied=tie dying=die lying=lie tying=tie
	visited=visit killed=kill called=call shelled=shell targeted=target launched=launch pledged=pledge
	dismissed=dismiss pressed=press passed=pass discussed=discuss expressed=express possessed=possess
	using=use used=use uses=use denies=deny`)

func pairs(table string) map[string]string {
	m := map[string]string{}
	for _, p := range strings.Fields(table) {
		form, lemma, _ := strings.Cut(p, "=")
		m[form] = lemma
	}
	return m
}
