package extract

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// wording is one pattern of an action.
type wording struct {
	action  news.Action
	pattern pattern
}

// pattern is a verb or an event noun, with how its syntax fills the roles. The header of wordings.tsv says how words match and what a
// where is.
type pattern struct {
	words []string             // one to three lemmas or lower-case forms; the verb comes first, the head noun last
	roles map[string]news.Role // by where: subj, obj, iobj, comp, poss, mod or a preposition; read only
	needs []need               // all that must hold for the wording to mean the action: the row's, then its own
}

// need is a condition on a pattern's surroundings: at least one of its alternatives holds.
type need []condition

// condition asks for something at a where ("obj:WEAPON") or in a role ("source:PARTY").
type condition struct {
	not   bool      // must not hold
	where string    // where in the syntax; empty if role is set
	role  news.Role // which role; empty if where is set
	kind  string    // a news.Kind, or PARTY, GOODS, EVENT, COOPERATION or CONFLICT; empty takes anything
}

// takes tells that an entity of the kind may stand where the condition asks for its kind. Events are not entities: a condition on
// EVENT, COOPERATION or CONFLICT takes none.
func (c condition) takes(kind news.Kind) bool {
	return c.kind == "" || slices.Contains(needKinds[c.kind], kind)
}

// needKinds are the kinds of entities that a condition's kind takes. A state counts as a place: "flew to Chad".
var needKinds = map[string][]news.Kind{
	"PERSON":       {"PERSON"},
	"STATE":        {"STATE"},
	"ORGANISATION": {"ORGANISATION"},
	"GROUP":        {"GROUP"},
	"PLACE":        {"PLACE", "STATE"},
	"WEAPON":       {"WEAPON"},
	"THING":        {"THING"},
	"PARTY":        {"PERSON", "STATE", "ORGANISATION", "GROUP"},
	"FORCE":        {"ORGANISATION", "GROUP"}, // soldiers, rebels and whoever else bears arms
	"GOODS":        {"WEAPON", "THING"},
	"EVENT":        nil,
	"COOPERATION":  nil,
	"CONFLICT":     nil,
}

// prepositions are those that verbs and nouns may name as a where.
var prepositions = []string{
	"about", "across", "after", "against", "along", "alongside", "among", "around", "as", "at", "before", "behind", "between",
	"for", "from", "in", "into", "near", "of", "off", "on", "onto", "over", "through", "to", "toward", "towards", "under",
	"upon", "with",
}

// The wheres of verbs, of nouns, and the roles that conditions name. No "by" for verbs, because the passive is derived.
var (
	verbWheres = append([]string{"subj", "obj", "iobj", "comp"}, prepositions...)
	nounWheres = append([]string{"poss", "mod", "comp", "by"}, prepositions...)
	roleWheres = map[string]news.Role{"source": news.Source, "target": news.Target, "instrument": news.Instrument, "place": news.Place, "about": news.RoleAbout}
)

// phrasing is the words of a pattern.
var phrasing = regexp.MustCompile(`^[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*){0,2}$`)

// vocabulary is the wordings of all actions: by action, and in the order of their rows.
type vocabulary struct {
	verbs map[string][]wording // by the lemma of the verb
	nouns map[string][]wording // by the last word

	classes map[string]map[string]bool // of predicates, by name and lemma
	laws    []frameLaw
}

// loadVocabulary reads wordings.tsv. It refuses a row that breaks a rule, with its line number, and a table that has not a row for each action.
func loadVocabulary(files fs.FS) (vocabulary, error) {
	w := vocabulary{verbs: map[string][]wording{}, nouns: map[string][]wording{}}
	known := map[string]string{} // words with their needs, by form, to the action that has them
	last, rows := "", 0
	err := gazetteer.ReadTSV(files, "data/wordings.tsv", func(_ string, cell func(string) string) error {
		action, ok := news.ActionNamed(cell("action"))
		if !ok {
			return fmt.Errorf("%q is no action of news/actions.tsv", cell("action"))
		}
		if action.Name <= last {
			return fmt.Errorf("%s must come before %s", action.Name, last)
		}
		last, rows = action.Name, rows+1
		needs, err := parseNeeds(strings.Fields(cell("needs")), slices.Concat(verbWheres, nounWheres))
		if err != nil {
			return fmt.Errorf("needs: %w", err)
		}
		verbs, err := parsePatterns(cell("verbs"), cell("verb_roles"), verbWheres, needs)
		if err != nil {
			return fmt.Errorf("verbs: %w", err)
		}
		nouns, err := parsePatterns(cell("nouns"), cell("noun_roles"), nounWheres, needs)
		if err != nil {
			return fmt.Errorf("nouns: %w", err)
		}
		if len(verbs)+len(nouns) == 0 {
			return errors.New("neither verbs nor nouns")
		}
		for form, patterns := range map[string][]pattern{"verb": verbs, "noun": nouns} {
			for _, p := range patterns {
				key := form + " " + p.key()
				if other, ok := known[key]; ok {
					return fmt.Errorf("%s %q has the same needs in %s", form, strings.Join(p.words, " "), other)
				}
				known[key] = action.Name
			}
		}
		for _, p := range verbs {
			w.verbs[p.words[0]] = append(w.verbs[p.words[0]], wording{action, p})
		}
		for _, p := range nouns {
			head := p.words[len(p.words)-1]
			w.nouns[head] = append(w.nouns[head], wording{action, p})
		}
		return nil
	})
	if err == nil && rows != len(news.Actions()) {
		err = fmt.Errorf("data/wordings.tsv: %d of the %d actions of news/actions.tsv have a row", rows, len(news.Actions()))
	}
	if err != nil {
		return w, fmt.Errorf("extract: %w", err)
	}
	return w, nil
}

// parsePatterns reads a cell of patterns, each with the row's roles and needs and what its brackets add.
func parsePatterns(cell, roles string, wheres []string, needs []need) ([]pattern, error) {
	if cell == "" {
		if roles != "" {
			return nil, fmt.Errorf("roles %q without a wording", roles)
		}
		return nil, nil
	}
	rowRoles := map[string]news.Role{}
	for _, s := range strings.Fields(roles) {
		if err := parseRole(s, wheres, rowRoles); err != nil {
			return nil, err
		}
	}
	var patterns []pattern
	for _, s := range strings.Split(cell, "|") {
		words, list, bracketed := strings.Cut(s, "[")
		if !phrasing.MatchString(words) {
			return nil, fmt.Errorf("%q is not one to three lower-case words", words)
		}
		p := pattern{words: strings.Split(words, " "), roles: maps.Clone(rowRoles), needs: slices.Clip(needs)}
		if bracketed {
			wheres := wheres
			if slices.Contains(p.words[1:], "by") {
				wheres = append(slices.Clip(wheres), "by")
			}
			list, closed := strings.CutSuffix(list, "]")
			if !closed {
				return nil, fmt.Errorf("%q has no closing bracket", s)
			}
			own := map[string]news.Role{}
			for _, item := range strings.Split(list, ",") {
				if strings.Contains(item, "=") {
					if err := parseRole(item, wheres, own); err != nil {
						return nil, fmt.Errorf("%s: %w", words, err)
					}
					continue
				}
				more, err := parseNeeds([]string{item}, wheres)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", words, err)
				}
				p.needs = append(p.needs, more...)
			}
			maps.Copy(p.roles, own)
		}
		patterns = append(patterns, p)
	}
	return patterns, nil
}

// parseRole adds a where=ROLE to roles. NONE takes the row's role away.
func parseRole(s string, wheres []string, roles map[string]news.Role) error {
	where, role, ok := strings.Cut(s, "=")
	switch {
	case !ok:
		return fmt.Errorf("%q is not where=ROLE", s)
	case !slices.Contains(wheres, where):
		return fmt.Errorf("%q is not a where", where)
	case role != noRole && !slices.Contains([]news.Role{news.Source, news.Target, news.Instrument, news.Place, news.RoleAbout}, news.Role(role)):
		return fmt.Errorf("%q is not a role", role)
	}
	if _, twice := roles[where]; twice {
		return fmt.Errorf("%s stands twice", where)
	}
	if role == noRole {
		role = ""
	}
	roles[where] = news.Role(role)
	return nil
}

func parseNeeds(items, wheres []string) ([]need, error) {
	var needs []need
	for _, item := range items {
		var alternatives need
		for _, s := range strings.Split(item, "/") {
			part, not := strings.CutPrefix(s, "!")
			part, kind, kinded := strings.Cut(part, ":")
			c := condition{not: not, role: roleWheres[part], kind: kind}
			if c.role == "" {
				c.where = part
			}
			if c.role == "" && !slices.Contains(wheres, part) {
				return nil, fmt.Errorf("%q in condition %q is neither a where nor a role", part, s)
			}
			if _, ok := needKinds[kind]; kinded && !ok {
				return nil, fmt.Errorf("%q in condition %q is not a kind", kind, s)
			}
			alternatives = append(alternatives, c)
		}
		needs = append(needs, alternatives)
	}
	return needs, nil
}

// key tells patterns of one form apart: their words and their needs in any order.
func (p pattern) key() string {
	needs := make([]string, len(p.needs))
	for i, n := range p.needs {
		alternatives := make([]string, len(n))
		for j, c := range n {
			alternatives[j] = fmt.Sprint(c.not, c.where, c.role, c.kind)
		}
		slices.Sort(alternatives)
		needs[i] = strings.Join(alternatives, "/")
	}
	slices.Sort(needs)
	return strings.Join(p.words, " ") + "[" + strings.Join(slices.Compact(needs), ",") + "]"
}
