package news

import (
	"slices"
	"strings"
	"sync"
)

// inModality is the past form of an action as a title of the modality says it after its source: "condemned", "did not condemn", "plans to
// condemn", "may condemn". Nothing is left of a modality that is not known.
func inModality(past, plain string, m Modality, plural bool) string {
	// Whom nobody acts in has its subject in itself: "storm hit".
	subject := ""
	if noun, ok := strings.CutSuffix(past, " hit"); ok {
		subject, past, plain = noun+" ", "hit", "hit"
	}
	switch {
	case m == Negated:
		return subject + "did not " + plain
	case m == Hypothetical:
		return subject + "may " + plain
	case m == Alleged:
		return subject + "allegedly " + past
	case m == Planned && subject != "":
		return subject + "is expected to " + plain
	case m == Planned && plural:
		return "plan to " + plain
	case m == Planned:
		return "plans to " + plain
	}
	return subject + past
}

// said is who says what follows, "Chad says", "Chad and Niger say", "Chad and others say", and "someone says" where none has a name.
func said(names []string, plural bool) string {
	verb := " says"
	if plural {
		verb = " say"
	}
	switch len(names) {
	case 0:
		return "someone" + verb
	case 1:
		return names[0] + verb
	case 2:
		return names[0] + " and " + names[1] + " say"
	}
	return names[0] + " and others say"
}

// pronounOf stands for those who speak of themselves. It is empty for one person: nobody knows which it would be.
func pronounOf(ids []ID, plural bool) string {
	switch {
	case plural:
		return "they"
	case len(ids) == 1 && ids[0].Noun() == nouns[Person]:
		return ""
	}
	return "it"
}

func sameSet(a, b []ID) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(id ID) bool { return !slices.Contains(b, id) })
}

// unsaid is what those did or suffered of whom nobody tells who did it: "people were attacked", and where the action has no such form
// "someone imposed sanctions on Chad". Whom is empty where that is not told either. What hits of itself, a storm, needs nobody.
func unsaid(past, plain string, m Modality, whom string, plural bool) (said string, passive bool) {
	if strings.HasSuffix(past, " hit") {
		return inModality(past, plain, m, false), false
	}
	participle := pastParticiple(past)
	if whom == "" || participle == "" {
		return "someone " + inModality(past, plain, m, false), false
	}
	was, is := "was ", "is "
	if plural {
		was, is = "were ", "are "
	}
	switch m {
	case Negated:
		return whom + " " + was + "not " + participle, true
	case Hypothetical:
		return whom + " may be " + participle, true
	case Alleged:
		return whom + " " + was + "allegedly " + participle, true
	case Planned:
		return whom + " " + is + "to be " + participle, true
	}
	return whom + " " + was + participle, true
}

// pastParticiple is the form of a past form that says what was done to somebody: "beaten", "sexually assaulted", "shot down", "called on". It
// is empty where the verb has an object of its own or tells what went to or came from whom: nobody is imposed sanctions on.
func pastParticiple(past string) string {
	adverb, rest := "", past
	if first, after, ok := strings.Cut(past, " "); ok && strings.HasSuffix(first, "ly") {
		adverb, rest = first+" ", after
	}
	verb, after, more := strings.Cut(rest, " ")
	if more && !slices.Contains([]string{"against", "at", "away", "down", "on", "out"}, after) {
		return ""
	}
	if own, ok := participles[verb]; ok {
		verb = own
	}
	return strings.TrimSpace(adverb + verb + " " + after)
}

// participles are those that differ from the past forms of the vocabulary.
var participles = map[string]string{
	"beat": "beaten", "gave": "given", "overthrew": "overthrown", "spoke": "spoken", "withdrew": "withdrawn",
}

// manifold tells that a verb after a source is in the plural: there are several, or it is a group with a plural name, "nearly 50
// countries".
func manifold(ids []ID, name func(ID) string) bool {
	var named []ID
	for _, id := range ids {
		if name(id) != "" {
			named = append(named, id)
		}
	}
	if len(named) != 1 {
		return len(named) > 1
	}
	if named[0].Noun() != nouns[Group] && named[0].Noun() != nouns[Thing] {
		return false // the United States, the United Nations
	}
	// The head stands before the first preposition: "members of a group", "a group of members".
	words := strings.Fields(strings.ToLower(name(named[0])))
	if i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(prepositions, w) }); i > 0 {
		words = words[:i]
	}
	if len(words) == 0 {
		return false
	}
	head := words[len(words)-1]
	return strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") ||
		slices.Contains([]string{"people", "men", "women", "children", "police", "policemen", "fishermen", "gunmen"}, head)
}

// prepositions end what a name of several words is headed by.
var prepositions = []string{
	"about", "across", "after", "against", "along", "alongside", "among", "around", "as", "at", "before", "behind", "between",
	"for", "from", "in", "into", "near", "of", "off", "on", "onto", "over", "through", "to", "toward", "towards", "under",
	"upon", "with",
}

// irregular are the plain forms of the past forms that the vocabulary begins with and that do not end in -ed.
var irregular = map[string]string{
	"beat": "beat", "bought": "buy", "cut": "cut", "gave": "give", "held": "hold", "hit": "hit", "made": "make", "met": "meet",
	"overthrew": "overthrow", "put": "put", "said": "say", "sent": "send", "shot": "shoot", "sold": "sell", "spoke": "speak",
	"struck": "strike", "told": "tell", "withdrew": "withdraw",
}

// plainForms are the plain forms of the vocabulary's past forms: "gave to", "give to".
var plainForms = sync.OnceValue(func() map[string]string {
	verbs := map[string]bool{}
	for _, a := range Actions() {
		own, _, _ := strings.Cut(a.Name, "_")
		verbs[own] = true
		for _, words := range a.Verbs {
			verb, _, _ := strings.Cut(words, " ")
			verbs[verb] = true
		}
	}
	forms := make(map[string]string, len(Actions()))
	for _, a := range Actions() {
		forms[a.Past] = plainForm(a.Past, verbs)
	}
	return forms
})

// plainForm takes the first verb of a past form back to its plain form, by the verbs of the vocabulary and the names of its actions: "banned" is of ban, since
// that is one and "bann" is none. It is empty if none fits.
func plainForm(past string, verbs map[string]bool) string {
	adverb, rest := "", past
	if first, after, ok := strings.Cut(past, " "); ok && strings.HasSuffix(first, "ly") {
		adverb, rest = first+" ", after
	} else if ok && after == "hit" {
		adverb, rest = first+" ", after // "storm hit"
	}
	verb, after, _ := strings.Cut(rest, " ")
	if after != "" {
		after = " " + after
	}
	if plain, ok := irregular[verb]; ok {
		return adverb + plain + after
	}
	stem, ok := strings.CutSuffix(verb, "ed")
	if !ok {
		return ""
	}
	candidates := []string{stem + "e", stem}
	if y, ok := strings.CutSuffix(stem, "i"); ok {
		candidates = append(candidates, y+"y")
	}
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] {
		candidates = append(candidates, stem[:n-1])
	}
	for _, c := range candidates {
		if verbs[c] {
			return adverb + c + after
		}
	}
	return ""
}
