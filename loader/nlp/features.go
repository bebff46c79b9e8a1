package nlp

import "strings"

// featurer derives the features of Universal Dependencies that readers of news need from tags, lemmas and the tree: number, tense, mood, form
// of verb, voice, degree, person and polarity.
type featurer struct{}

func (featurer) Needs() Layer { return Tags | Lemmas | Tree }
func (featurer) Adds() Layer  { return Features }

var featuresOfTag = map[string]string{
	"NN": "Number=Sing", "NNP": "Number=Sing", "NNS": "Number=Plur", "NNPS": "Number=Plur",
	"VB": "VerbForm=Inf", "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin", "VBG": "VerbForm=Ger", "VBN": "Tense=Past|VerbForm=Part",
	"VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin", "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "MD": "VerbForm=Fin",
	"JJ": "Degree=Pos", "JJR": "Degree=Cmp", "JJS": "Degree=Sup", "RBR": "Degree=Cmp", "RBS": "Degree=Sup", "CD": "NumType=Card",
}

var featuresOfPronoun = map[string]string{
	"i": "Case=Nom|Number=Sing|Person=1|PronType=Prs", "me": "Case=Acc|Number=Sing|Person=1|PronType=Prs",
	"we": "Case=Nom|Number=Plur|Person=1|PronType=Prs", "us": "Case=Acc|Number=Plur|Person=1|PronType=Prs",
	"you": "Person=2|PronType=Prs",
	"he":  "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs", "him": "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
	"she": "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs", "her": "Gender=Fem|Number=Sing|Person=3|PronType=Prs",
	"it": "Gender=Neut|Number=Sing|Person=3|PronType=Prs", "its": "Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
	"his":  "Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
	"they": "Case=Nom|Number=Plur|Person=3|PronType=Prs", "them": "Case=Acc|Number=Plur|Person=3|PronType=Prs",
	"their": "Number=Plur|Person=3|Poss=Yes|PronType=Prs", "our": "Number=Plur|Person=1|Poss=Yes|PronType=Prs",
	"my": "Number=Sing|Person=1|Poss=Yes|PronType=Prs", "your": "Person=2|Poss=Yes|PronType=Prs",
}

func (featurer) Apply(d *Doc) error {
	passive := make([]bool, len(d.Tokens))
	for _, t := range d.Tokens {
		if t.Head >= 0 && (t.Relation == "nsubj:pass" || t.Relation == "aux:pass" || t.Relation == "csubj:pass") {
			passive[t.Head] = true
		}
	}
	for i := range d.Tokens {
		t := &d.Tokens[i]
		switch {
		case t.Tag == "PRP" || t.Tag == "PRP$":
			t.Features = featuresOfPronoun[strings.ToLower(d.Word(i))]
		case t.Lemma == "not" && t.Tag == "RB":
			t.Features = "Polarity=Neg"
		case t.Tag == "VBN" && (passive[i] || t.Relation == "acl" || t.Relation == "amod"):
			t.Features = "Tense=Past|VerbForm=Part|Voice=Pass"
		default:
			t.Features = featuresOfTag[t.Tag]
		}
	}
	return nil
}
