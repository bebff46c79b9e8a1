package answer

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/agnivade/levenshtein"

	"newsgraph/news"
)

// Action is a sense of the closed vocabulary.
type Action struct{ news.Action }

// Actions lists the vocabulary by name: the actions of any of types, all of them if types is nil.
func Actions(types []news.EventType) ([]Action, error) {
	if err := values("type", types); err != nil {
		return nil, err
	}
	kept := []Action{}
	for _, a := range news.Actions() {
		if types == nil || slices.Contains(types, a.Type) {
			kept = append(kept, Action{a})
		}
	}
	return kept, nil
}

// PloverEvent is the PLOVER type of an asserted event.
func (a Action) PloverEvent() *news.EventType {
	return some(news.Project(a.Type, a.Plover, news.Asserted))
}

// Cameo is its CAMEO code.
func (a Action) Cameo() *string { return some(a.Action.Cameo) }

// QuadClass is 1 to 4.
func (a Action) QuadClass() *int { return some(int(a.Quad)) }

// Relation is the type of the relation that it makes.
func (a Action) Relation() string {
	relation, _ := a.Action.Relation()
	return relation
}

// Verbs are the lemmas that express it.
func (a Action) Verbs() []string { return append([]string{}, a.Action.Verbs...) }

// Nouns are the nouns that express it.
func (a Action) Nouns() []string { return append([]string{}, a.Action.Nouns...) }

// actionWords are the words of each action by its name.
var actionWords = sync.OnceValue(func() map[string][]string {
	words := make(map[string][]string, len(news.Actions()))
	for _, a := range news.Actions() {
		words[a.Name] = slices.Concat([]string{a.Past}, a.Verbs, a.Nouns)
	}
	return words
})

// nearest are the actions of which the name, or a word that tells them, is most like name: at most three that are equally so, those of the likest
// name first. None is if every third letter of it would have to be another.
func nearest(name string) []string {
	const most, share = 3, 3
	name = strings.ToLower(Clip(name))
	type near struct {
		action          string
		distance, named int // of its nearest word, and of its name
	}
	var all []near
	least := max(1, (len(name)-1)/share)
	for _, a := range news.Actions() {
		n := near{action: a.Name, named: levenshtein.ComputeDistance(name, a.Name)}
		n.distance = n.named
		for _, word := range actionWords()[a.Name] {
			// Words differ by no less than their lengths do.
			if apart := len(name) - len(word); max(apart, -apart) < n.distance {
				n.distance = min(n.distance, levenshtein.ComputeDistance(name, word))
			}
		}
		if n.distance > least {
			continue
		}
		if n.distance < least {
			all, least = nil, n.distance
		}
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.named, b.named), cmp.Compare(a.action, b.action))
	})
	names := make([]string, 0, most)
	for _, n := range all[:min(most, len(all))] {
		names = append(names, n.action)
	}
	return names
}
