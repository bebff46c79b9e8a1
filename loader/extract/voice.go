package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// voice is a passage in marks of quotation: tokens first to last, half-open, the marks among them, and whose words they are.
type voice struct {
	first, last int
	speaker     news.ID // empty if nothing tells
	verb        int     // the verb of saying that tells it, -1 if none
	turn        bool    // of an interview, which tells by itself whose it is
}

// findVoices finds the passages in marks of quotation. A passage that its paragraph does not close ends with the paragraph, and the next one
// that opens at once goes on with it, as in print.
func (r *reading) findVoices() {
	d := r.d
	open := -1
	shut := func(last int) {
		if last > open+1 {
			r.voices = append(r.voices, voice{first: open, last: last, verb: -1})
		}
		open = -1
	}
	statements := r.statements()
	if turns := r.turns(); len(turns) > 0 {
		statements = slices.DeleteFunc(statements, func(v voice) bool { return v.first >= turns[0].first-2 })
		if n := len(statements); n > 0 {
			statements[n-1].last = min(statements[n-1].last, turns[0].first-2)
		}
		statements = append(statements, turns...)
	}
	for i := 0; i < len(d.Tokens); i++ {
		if len(statements) > 0 && i >= statements[0].first {
			if open >= 0 {
				shut(i)
			}
			r.voices = append(r.voices, statements[0])
			i = statements[0].last - 1
			statements = statements[1:]
			continue
		}
		w := d.Word(i)
		if open >= 0 && strings.Contains(d.Text[d.Tokens[i-1].End:d.Tokens[i].Start], "\n") && r.paragraph(i) {
			shut(i)
		}
		switch {
		case open < 0 && (w == "“" || w == `"` || w == "``"):
			open = i
		case open >= 0 && w == "“":
			shut(i)
			open = i
		case open >= 0 && (w == "”" || w == `"` || w == "''"):
			shut(i + 1)
		}
	}
	if open >= 0 {
		shut(len(d.Tokens))
	}
}

// statements are the passages without marks that follow "the minister said:", as paragraphs of their own or, told by somebody of himself, on the
// same line, up to the next such line or the end.
func (r *reading) statements() []voice {
	d := r.d
	var all []voice
	for k, s := range d.Sentences {
		first := r.introduced(k, s)
		if first < 0 {
			continue
		}
		if n := len(all); n > 0 {
			all[n-1].last = s.First
		}
		all = append(all, voice{first: first, last: len(d.Tokens), verb: -1})
	}
	return all
}

// introduced is the token after the colon of "the minister said:" in sentence k, from which on all is his; -1 if there is none.
func (r *reading) introduced(k int, s nlp.Sentence) int {
	d := r.d
	says := false
	for i := s.First; i < s.Last; i++ {
		says = says || sayVerbs[d.Tokens[i].Lemma] && strings.HasPrefix(d.Tokens[i].Tag, "VB")
		if !says || d.Word(i) != ":" || i+1 == len(d.Tokens) {
			continue
		}
		if w := d.Word(i + 1); quoteMark(w) || w == "``" || w == "•" || w == "-" {
			return -1
		}
		switch {
		case i+1 == s.Last && r.paragraph(i+1):
			return i + 1
		case i+1 < s.Last && (s.First == 0 || r.paragraph(s.First)) && sayVerbs[d.Tokens[i-1].Lemma] && r.ofHimself(i+1):
			return i + 1
		}
		return -1
	}
	return -1
}

// ofHimself tells that somebody speaks of himself or his side from token i to the end of its paragraph.
func (r *reading) ofHimself(i int) bool {
	for k := i; k < len(r.d.Tokens) && (k == i || !r.paragraph(k)); k++ {
		switch strings.ToLower(r.d.Word(k)) {
		case "i", "we", "our", "us", "my":
			return true
		}
	}
	return false
}

// paragraph tells that token i begins one.
func (r *reading) paragraph(i int) bool {
	gap := r.d.Text[r.d.Tokens[i-1].End:r.d.Tokens[i].Start]
	return strings.Count(gap, "\n") > 1 || strings.Contains(gap, "\n") && r.d.Tokens[i-1].End > 0 && strings.ContainsAny(r.d.Text[r.d.Tokens[i-1].End-1:r.d.Tokens[i-1].End], ".”\":")
}

// speakers finds whose words the passages are: the subject of the verb of saying in the sentences at their edges, of one that ends in a colon
// before them, or the speaker of the passage before, where a passage opens a paragraph.
func (r *reading) speakers() {
	d := r.d
	for k := range r.voices {
		v := &r.voices[k]
		if v.turn {
			continue
		}
		first, last := d.Sentences[r.sentenceOf[v.first]], d.Sentences[r.sentenceOf[v.last-1]]
		v.speaker, v.verb = r.saying(last.First, last.Last, v)
		if v.speaker == "" && first != last {
			v.speaker, v.verb = r.saying(first.First, first.Last, v)
		}
		if v.speaker == "" && v.first == first.First && r.sentenceOf[v.first] > 0 {
			before := d.Sentences[r.sentenceOf[v.first]-1]
			if w := d.Word(before.Last - 1); w == ":" || w == "," {
				v.speaker, v.verb = r.saying(before.First, before.Last, v)
			}
		}
		if v.speaker == "" && r.sentenceOf[v.last-1]+1 < len(d.Sentences) && v.last == last.Last {
			// “…” said Ruiz, split from its passage
			after := d.Sentences[r.sentenceOf[v.last-1]+1]
			if t := d.Tokens[after.First]; sayVerbs[t.Lemma] && strings.HasPrefix(t.Tag, "VB") || closing(d.Word(v.last-1)) && !r.paragraph(after.First) && r.saysNoMore(after) {
				v.speaker, v.verb = r.saying(after.First, after.Last, v)
			}
		}
	}
	// A passage that its paragraph leaves open is of whoever says the one that goes on with it.
	for k := len(r.voices) - 2; k >= 0; k-- {
		v, next := &r.voices[k], r.voices[k+1]
		if v.speaker == "" && !v.turn && next.first == v.last && !closing(d.Word(v.last-1)) {
			v.speaker = next.speaker
		}
	}
	for k := range r.voices {
		v := &r.voices[k]
		if k > 0 && v.speaker == "" && !v.turn && v.first == d.Sentences[r.sentenceOf[v.first]].First && r.sentenceOf[v.first]-r.sentenceOf[r.voices[k-1].last-1] <= 2 {
			v.speaker = r.voices[k-1].speaker
		}
	}
}

// saysNoMore tells that a sentence is about nothing but who said what stands before it, as "Ruiz told reporters on Monday" does.
func (r *reading) saysNoMore(s nlp.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		t := r.d.Tokens[i]
		if t.Head < 0 {
			return sayVerbs[t.Lemma] && t.Tag == "VBD" && len(r.child(i, "ccomp", "xcomp", "parataxis", "conj")) == 0 && (t.Lemma == "tell" || len(r.child(i, "obj")) == 0)
		}
		if t.Relation == "punct" && (quoteMark(r.d.Word(i)) || r.d.Word(i) == ":") {
			return false
		}
	}
	return false
}

// closing tells that a word is a mark that may end a passage.
func closing(w string) bool { return w == "”" || w == `"` || w == "''" }

// saying is the subject of the verb of saying among tokens first to last outside of the passage.
func (r *reading) saying(first, last int, v *voice) (news.ID, int) {
	d := r.d
	for i := first; i < last; i++ {
		if i >= v.first && i < v.last || !sayVerbs[d.Tokens[i].Lemma] && !tellVerbs[d.Tokens[i].Lemma] || !strings.HasPrefix(d.Tokens[i].Tag, "VB") || r.within(i, v) {
			continue
		}
		subjects := r.subjects(i, 0)
		if len(subjects) == 0 && i+1 < last && sayVerbs[d.Tokens[i].Lemma] && r.at[i+1] != nil {
			subjects = []int{r.head(r.at[i+1])} // said Ruiz
		}
		for _, c := range subjects {
			if c >= v.first && c < v.last {
				continue
			}
			if ids := r.resolve(c); len(ids) > 0 && r.party(ids[0]) {
				return ids[0], i
			}
		}
	}
	return "", -1
}

// within tells that token i stands in another passage than v.
func (r *reading) within(i int, v *voice) bool {
	o := r.voiceAt(i)
	return o != nil && o != v
}

func (r *reading) voiceAt(i int) *voice {
	k, _ := slices.BinarySearchFunc(r.voices, i, func(v voice, i int) int {
		if v.last <= i {
			return -1
		}
		return 1
	})
	if k < len(r.voices) && r.voices[k].first <= i {
		return &r.voices[k]
	}
	return nil
}

func (r *reading) party(id news.ID) bool {
	switch r.entities[id].Kind {
	case news.Person, news.State, news.Organisation, news.Group:
		return true
	}
	return false
}

// tellVerbs tell whose words a passage is, as verbs of saying do, and are events beside.
var tellVerbs = wordSet("announce answer declare warn insist argue stress explain comment reply respond reiterate continue conclude acknowledge admit confirm note claim urge vow pledge promise emphasise emphasize underline tweet call describe condemn welcome praise cite")

// spoken is somebody who says what an event is told by, and the construction that tells it.
type spoken struct {
	id  news.ID
	how string
}

// saidBy are those who say what the trigger tells, nearest first, without the source himself: the verbs of saying, of charging and of denying above it
// in its sentence, "according to", a headline's colon, and whose passage it stands in.
func (r *reading) saidBy(i int, s nlp.Sentence, sources []news.ID) []spoken {
	d := r.d
	var said []spoken
	add := func(ids []news.ID, how string) {
		for _, id := range ids {
			if id != "" && !slices.Contains(sources, id) && r.party(id) && !slices.ContainsFunc(said, func(o spoken) bool { return o.id == id }) {
				said = append(said, spoken{id, how})
			}
		}
	}
	type at struct {
		depth, verb int
		how         string
	}
	var above []at
	for k := s.First; k < s.Last; k++ {
		t := d.Tokens[k]
		if k == i || !strings.HasPrefix(t.Tag, "VB") {
			continue
		}
		switch {
		case sayVerbs[t.Lemma] || reportVerbs[t.Lemma]:
			switch {
			case r.under(i, k) && !r.resaid(i, k) && !r.alongside(i, k) && !r.asksWhether(i, k):
				above = append(above, at{r.depth(k), k, "says"})
			case t.Relation == "parataxis" && t.Head >= 0 && (t.Head == i || r.under(i, t.Head)) && !r.clausal(k) && !r.setAgainst(i, k):
				// "..., police said"; what "...; police said it fled" tells stands below its own verb
				above = append(above, at{r.depth(k), k, "beside"})
			}
		case charging[t.Lemma] && r.charged(i, k):
			above = append(above, at{r.depth(k), k, "charges"})
		}
	}
	slices.SortStableFunc(above, func(a, b at) int { return b.depth - a.depth })
	for _, a := range above {
		for _, c := range r.sayers(a.verb) {
			if c != i && !r.under(i, c) {
				add(r.says(c), a.how)
			}
		}
	}
	for k := s.First; k < s.Last; k++ { // according to
		if t := d.Tokens[k]; strings.ToLower(d.Word(k)) == "according" && t.Head >= 0 {
			add(r.says(t.Head), "according")
			for _, c := range r.child(t.Head, "acl") { // a colonel quoted by a newspaper
				if sayVerbs[d.Tokens[c].Lemma] || d.Tokens[c].Lemma == "cite" {
					for _, o := range r.agents(c) {
						add(r.says(o), "according")
					}
				}
			}
		}
	}
	if c := r.headed(i, s); c >= 0 && !r.onlyWhere(c, s) {
		add(r.says(c), "colon")
	}
	if v := r.voiceAt(i); v != nil {
		add([]news.ID{v.speaker}, "voice")
	}
	return said
}

// setAgainst tells that token i stands in a clause with a subject of its own that but opposes to the one which the inserted verb of saying at token k follows: "Ruiz won,
// the agency said, but her rival rejected the result".
func (r *reading) setAgainst(i, k int) bool {
	d := r.d
	for c, n := i, 0; c > k && n < 12; c, n = d.Tokens[c].Head, n+1 {
		if d.Tokens[c].Relation == "conj" && d.Tokens[c].Head == d.Tokens[k].Head && len(r.child(c, "nsubj", "nsubj:pass")) > 0 {
			return slices.ContainsFunc(r.child(c, "cc"), func(p int) bool { return strings.EqualFold(d.Word(p), "but") })
		}
	}
	return false
}

// asksWhether tells that the verb at token k only looks into what token i tells: "tried to find out if", "want to determine whether".
func (r *reading) asksWhether(i, k int) bool {
	for n := 0; n < 12 && i >= 0 && i != k; n++ {
		if r.d.Tokens[i].Head == k {
			return r.childMark(i, "if", "whether")
		}
		i = r.d.Tokens[i].Head
	}
	return false
}

// alongside tells that what token i tells only goes on while the verb of saying at token k above it announces something else, or came before: "Peru declared an
// emergency after soldiers killed eight".
func (r *reading) alongside(i, k int) bool {
	d := r.d
	for n := 0; n < 20 && d.Tokens[i].Head >= 0 && d.Tokens[i].Head != k; n++ {
		i = d.Tokens[i].Head
	}
	return d.Tokens[i].Head == k && d.Tokens[i].Relation == "advcl" && len(r.child(k, "obj")) > 0 && len(r.child(k, "ccomp")) == 0 &&
		r.marked(i, "beside")
}

// resaid tells that between token i and the verb of saying at token k above it another begins anew: "Oslo said A; Lima said B".
func (r *reading) resaid(i, k int) bool {
	for n := 0; i >= 0 && i != k && n < 50; n++ {
		t := r.d.Tokens[i]
		if (t.Relation == "parataxis" || t.Relation == "conj") && sayVerbs[t.Lemma] && r.clausal(i) && len(r.child(i, "nsubj")) > 0 {
			return true
		}
		i = t.Head
	}
	return false
}

// clausal tells that a verb of saying has what it says below it.
func (r *reading) clausal(k int) bool {
	for _, c := range r.child(k, "ccomp") {
		if c > k {
			return true
		}
	}
	return false
}

// agents are by whom the deed of a passive verb is done.
func (r *reading) agents(k int) []int {
	var all []int
	for _, c := range r.child(k, "obl", "obl:agent") {
		for _, p := range r.child(c, "case") {
			if strings.EqualFold(r.d.Word(p), "by") {
				all = append(all, c)
			}
		}
	}
	return all
}

// sayers are who says by the verb at token k: its subject, of what is charged in the passive the agent, and of "quoted Ruiz as saying" Ruiz.
func (r *reading) sayers(k int) []int {
	t := r.d.Tokens[k]
	if t.Head >= 0 && t.Tag == "VBG" && (t.Relation == "advcl" || t.Relation == "xcomp" || t.Relation == "obl" || t.Relation == "acl") {
		if h := r.d.Tokens[t.Head]; quoting[h.Lemma] {
			if o := append(r.child(t.Head, "obj"), r.child(t.Head, "nsubj:pass")...); len(o) > 0 {
				return o[:1]
			}
		}
	}
	passive := len(r.child(k, "nsubj:pass", "aux:pass")) > 0
	if passive && (quoting[t.Lemma] || charging[t.Lemma]) {
		return r.agents(k)
	}
	return r.subjects(k, 0)
}

// charged tells that what token i tells stands in what the verb of charging or denying at token k puts down to somebody: "accused Chad of attacking",
// "denied that it attacked".
func (r *reading) charged(i, k int) bool {
	for c, n := i, 0; c >= 0 && n < 8; c, n = r.d.Tokens[c].Head, n+1 {
		t := r.d.Tokens[c]
		if t.Head != k {
			continue
		}
		switch coarse(t.Relation) {
		case "ccomp", "xcomp":
			return true
		case "advcl", "obl", "acl":
			for _, p := range r.child(c, "mark", "case") {
				if w := strings.ToLower(r.d.Word(p)); w == "of" || w == "that" || w == "with" {
					return true
				}
			}
		case "obj":
			return t.Tag == "VBG"
		}
		return false
	}
	return false
}

// headed is who stands alone before a colon, or alone after one at the end, in the sentence of token i, as headlines tell who says so; -1 if nobody.
func (r *reading) headed(i int, s nlp.Sentence) int {
	d := r.d
	alone := func(first, last int) int {
		head := -1
		for k := first; k < last; k++ {
			t := d.Tokens[k]
			switch {
			case strings.HasPrefix(t.Tag, "VB") || t.Tag == "MD" || t.Tag == "CD" || t.Tag == "IN":
				return -1
			case t.Tag != "." && t.Tag != "," && (t.Head < first || t.Head >= last):
				head = k
			}
		}
		if head >= 0 && strings.HasPrefix(d.Tokens[head].Tag, "NN") {
			return head
		}
		return -1
	}
	const longest = 6
	for k := s.First + 1; k < s.Last-1; k++ {
		if d.Word(k) != ":" || r.voiceAt(k) != nil {
			continue
		}
		switch {
		case i > k && k-s.First <= longest:
			return alone(s.First, k)
		case i < k && s.Last-k <= longest && i+2 < k:
			return alone(k+1, s.Last)
		}
		return -1
	}
	return -1
}

// onlyWhere tells that the state at token c, before a colon, says where what follows was done, in which no other state takes part: "Kenya: Police kill two".
func (r *reading) onlyWhere(c int, s nlp.Sentence) bool {
	state := func(k int) bool {
		return r.at[k] != nil && r.kind(r.at[k].entity) == news.State && r.at[k].entity != r.at[c].entity
	}
	if r.at[c] == nil || r.kind(r.at[c].entity) != news.State {
		return false
	}
	for k := c + 1; k < s.Last; k++ {
		if state(k) || strings.HasPrefix(r.d.Tokens[k].Tag, "PRP") {
			return false
		}
	}
	return c+1 < s.Last && r.d.Word(c+1) == ":"
}

// says are those whose words the phrase headed by token i stands for: the party, or whose release, statement or report it is; of "the release"
// the one that the story told before.
func (r *reading) says(i int) []news.ID {
	ids := r.resolve(i)
	if len(ids) > 0 && r.party(ids[0]) {
		return ids
	}
	if !papers[strings.ToLower(r.d.Tokens[i].Lemma)] {
		return nil
	}
	if issuer := r.issuerOf(i, ids); issuer != "" {
		return some(issuer)
	}
	for _, c := range r.child(i, "det") {
		if w := strings.ToLower(r.d.Word(c)); w != "the" && w != "this" && w != "that" {
			return nil // a report that nobody told of before
		}
	}
	return some(r.issuer)
}

// findIssuers keeps whose release, statement or letter a sentence tells of, for those that say "the statement said": its owner, or who says or does
// something in it.
func (r *reading) findIssuers(s nlp.Sentence) {
	d := r.d
	for i := s.First; i < s.Last; i++ {
		if !strings.HasPrefix(d.Tokens[i].Tag, "NN") || !papers[strings.ToLower(d.Tokens[i].Lemma)] {
			continue
		}
		if issuer := r.issuerOf(i, r.resolve(i)); issuer != "" {
			r.issuer = issuer
			continue
		}
		h := d.Tokens[i].Head
		if h < 0 || !strings.HasPrefix(d.Tokens[h].Tag, "VB") {
			continue
		}
		says := coarse(d.Tokens[i].Relation) == "obl" && (sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma]) && slices.ContainsFunc(r.child(i, "case"), func(p int) bool { return strings.EqualFold(d.Word(p), "in") })
		if !says && (coarse(d.Tokens[i].Relation) != "obj" || !issuing[d.Tokens[h].Lemma]) {
			continue
		}
		for _, c := range r.subjects(h, 0) {
			if ids := r.resolve(c); len(ids) > 0 && r.party(ids[0]) {
				r.issuer = ids[0]
			}
		}
	}
}

// issuing are verbs by which somebody gives a paper out.
var issuing = wordSet("issue release publish send write post")

// issuerOf is who issued the paper at token i: whose it is, or by or from whom it came.
func (r *reading) issuerOf(i int, ids []news.ID) news.ID {
	if owners := r.owners(i, ids); len(owners) > 0 {
		return owners[0]
	}
	from := r.child(i, "nmod")
	for _, c := range r.child(i, "acl") {
		from = append(from, r.agents(c)...)
	}
	for _, c := range r.child(i, "compound") {
		if ids := r.resolve(c); len(ids) > 0 && r.party(ids[0]) {
			return ids[0] // an army statement
		}
	}
	for _, c := range from {
		for _, p := range r.child(c, "case") {
			switch strings.ToLower(r.d.Word(p)) {
			case "by", "from", "of":
				if ids := r.resolve(c); len(ids) > 0 && r.party(ids[0]) {
					return ids[0]
				}
			}
		}
	}
	return ""
}

// papers carry the words of whoever issues them.
var papers = wordSet("release statement report communique communiqué letter website declaration announcement document survey memo bulletin")

// reportVerbs fill saidBy for what they tell of, and may be events beside.
var reportVerbs = wordSet("announce determine find claim confirm allege insist declare acknowledge admit believe reiterate stress argue note maintain emphasise emphasize explain warn think reveal disclose testify predict suggest conclude cite")

var (
	// charging are verbs that put a deed down to somebody, or deny it: whoever does so says it (CODING 58).
	charging = wordSet("accuse allege charge suspect blame deny dispute")
	quoting  = wordSet("quote cite")
)

func (r *reading) depth(i int) int {
	n := 0
	for ; i >= 0 && n < 200; i = r.d.Tokens[i].Head {
		n++
	}
	return n
}

// quotations makes the passages a part of the facts.
func (r *reading) quotations() {
	for _, v := range r.voices {
		at := r.span(v.first, v.last)
		q := news.Quotation{ID: news.QuotationID(r.story.ID, at), Story: r.story.ID, Span: at, Speaker: v.speaker}
		for _, p := range r.reports {
			if p.Trigger.Start > at.Start && p.Trigger.End < at.End {
				q.Report = p.ID
				break
			}
		}
		r.quotes = append(r.quotes, q)
	}
}
