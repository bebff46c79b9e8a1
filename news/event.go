package news

import (
	"fmt"
	"slices"
	"strings"
)

// Modality is how surely something happened, by the words that tell it.
type Modality string

// The modalities, strongest first.
const (
	Asserted     Modality = "ASSERTED"
	Alleged      Modality = "ALLEGED"      // accused, alleged, reportedly
	Planned      Modality = "PLANNED"      // will, plans to, agreed to
	Hypothetical Modality = "HYPOTHETICAL" // if, should, what a demand asks for
	Negated      Modality = "NEGATED"      // told not to have happened
)

// Modalities are all modalities, strongest first.
func Modalities() []Modality {
	return []Modality{Asserted, Alleged, Planned, Hypothetical, Negated}
}

// Participant is an entity in a role of an event.
type Participant struct {
	Role   Role `json:"role"`
	Entity ID   `json:"entity"`
	Span   Span `json:"span,omitzero"` // where the report names it; empty in an Event
}

// About points from a word-act to the deed that it is about. The deed's type and action are kept beside its id, because
// Merge needs them before the deed's event is known.
type About struct {
	Report ID        `json:"report"`
	Type   EventType `json:"type"`
	Action string    `json:"action"`
}

// Count is how many people a report says were killed, injured or arrested, with its words.
type Count struct {
	Of          string `json:"of"` // killed, injured or arrested
	Low         int    `json:"low"`
	High        int    `json:"high"`                  // 0 if open: "at least four"
	Approximate bool   `json:"approximate,omitempty"` // "around 100", "dozens"
	Text        string `json:"text"`
}

// Report is one statement of one event in one story: the evidence.
type Report struct {
	ID           ID            `json:"id"`
	Story        ID            `json:"story"`
	Type         EventType     `json:"type"`
	Action       string        `json:"action"`
	Read         string        `json:"read,omitempty"`         // the action that was read, where a correction gives another
	Participants []Participant `json:"participants,omitempty"` // in the order of the roles, then of the text
	About        []About       `json:"about,omitempty"`
	Matter       string        `json:"matter,omitempty"`    // what it is done to or about in the words of the story: "the attack", "to free the sailors"; empty where they tell no more than a party
	SaidBy       []ID          `json:"saidBy,omitempty"`    // nearest speaker first
	Addressee    ID            `json:"addressee,omitempty"` // to whom the nearest speaker says it, an entity
	When         When          `json:"when"`
	Modality     Modality      `json:"modality"`
	Background   bool          `json:"background,omitempty"` // told to explain the news, not as news
	Contexts     []string      `json:"contexts,omitempty"`   // PLOVER's, sorted
	Counts       []Count       `json:"counts,omitempty"`
	Sentence     string        `json:"sentence"` // the evidence: the wording of SentenceSpan
	SentenceSpan Span          `json:"sentenceSpan"`
	Trigger      Span          `json:"trigger"`
	Confidence   float64       `json:"confidence"` // 0 to 1
	Why          string        `json:"why,omitempty"`
	Published    string        `json:"published,omitempty"` // of its story, for Merge
	TextHash     string        `json:"textHash"`            // of its story, for counting sources

	// What Merge needs to know beside, and what the reader looked up for it.
	Family string        `json:"family,omitempty"` // FamilyOf the action
	Heads  map[ID]string `json:"heads,omitempty"`  // head nouns of the participants that belong to its text alone: "soldier"
	Scene  []ID          `json:"scene,omitempty"`  // where it tells no place: the only place that its sentence tells
	Lies   map[ID]Lies   `json:"lies,omitempty"`   // where its places and its scene lie
}

// ReportID is the id of the n-th report (from 0) that a trigger makes of an action: "the strikes of Monday and Friday" makes two.
func ReportID(story ID, trigger Span, action string, n int) ID {
	return hashID("report", string(story), itoa(trigger.Start), itoa(trigger.End), action, itoa(n))
}

// Check refuses a report that tells what cannot be: an impossible date, or a modality that is none.
func (r Report) Check() error {
	if err := r.When.Check(); err != nil {
		return fmt.Errorf("%s: its date: %w", r.ID, err)
	}
	if !slices.Contains(Modalities(), r.Modality) {
		return fmt.Errorf("%s has the unknown modality %q: one of %v", r.ID, r.Modality, Modalities())
	}
	return nil
}

// EventID is the event-form id of a report: the id of the event whose canonically first report it is, and an answer for every
// other report of it.
func EventID(report ID) ID { return "event:" + ID(strings.TrimPrefix(string(report), "report:")) }

// Entities are the ids of those in the role, in order, each once.
func (r Report) Entities(role Role) []ID { return inRole(r.Participants, role) }

// Entities are the ids of those in the role, in order, each once.
func (e Event) Entities(role Role) []ID { return inRole(e.Participants, role) }

func inRole(ps []Participant, role Role) []ID {
	var ids []ID
	for _, p := range ps {
		if p.Role == role && !slices.Contains(ids, p.Entity) {
			ids = append(ids, p.Entity)
		}
	}
	return ids
}

// Event is something that happened between entities: what reports of one happening add up to. Merge makes it.
type Event struct {
	ID           ID            `json:"id"`
	Type         EventType     `json:"type"`
	Action       string        `json:"action"`
	Title        string        `json:"title,omitempty"` // set where names are at hand, by TitleOf
	Participants []Participant `json:"participants,omitempty"`
	About        []ID          `json:"about,omitempty"`  // event-form ids of the reports it is about, sorted
	Matter       string        `json:"matter,omitempty"` // of its canonically first report that has one
	When         When          `json:"when"`             // what the intervals of its dated reports share
	Modality     Modality      `json:"modality"`         // ASSERTED if a report is and no later story denies it, else the latest story's
	Background   bool          `json:"background,omitempty"`
	Claim        bool          `json:"claim,omitempty"`     // no story tells it in its own voice: it is never shown without ClaimedBy
	ClaimedBy    []ID          `json:"claimedBy,omitempty"` // of a claim: the nearest speaker of each report, sorted
	Contexts     []string      `json:"contexts,omitempty"`
	Reports      []ID          `json:"reports"` // in canonical order
	Texts        int           `json:"texts"`   // how many independent texts say so: of Merge, distinct ones; of a store, near copies are one, as a wire story in nine papers
}

// Told tells that the event counts for relations: asserted, and told as news.
func (e Event) Told() bool { return e.Modality == Asserted && !e.Background }

// TitleOf is the event in one line, "source + past action + target", by the names of its participants: "Joe Biden condemned Hamas". What is
// transferred stands before its receiver, "North Korea gave missiles to Russia". Where no target is told, the matter, the instrument or the place
// stands there: "Norway condemned the attack", "Russia struck Odesa", "Chad attacked with tanks". Of an event without a source it tells what was done: "people were attacked in Kharkiv". What is not asserted reads so: "Hamas did
// not release hostages", "Russia plans to visit Peru", "Chad allegedly attacked Niger", "Norway may recognise Peru". A claim begins with who says so:
// "Chad says Niger attacked Mali", "Chad and Niger say they met".
func (e Event) TitleOf(name func(ID) string) string {
	names := func(ids []ID) []string {
		var all []string
		for _, id := range ids {
			if n := name(id); n != "" && !slices.Contains(all, n) { // each text has soldiers of its own
				all = append(all, n)
			}
		}
		return all
	}
	speakers := ""
	if e.Claim {
		speakers = said(names(e.ClaimedBy), manifold(e.ClaimedBy, name)) + " "
	}
	subject := func(role Role) string {
		ids := e.Entities(role)
		if e.Claim && len(ids) > 0 && sameSet(ids, e.ClaimedBy) {
			if pronoun := pronounOf(ids, manifold(ids, name)); pronoun != "" {
				return pronoun
			}
		}
		return enumerate(names(ids))
	}
	join := func(role Role) string { return enumerate(names(e.Entities(role))) }
	past := strings.ReplaceAll(e.Action, "_", " ")
	plain := past
	if a, ok := ActionNamed(e.Action); ok {
		past, plain = a.Past, plainForms()[a.Past]
	}
	// "made promise", "signed agreement with" have an object of their own.
	words := strings.Fields(past)
	verbal := len(words) == 1 || len(words) == 2 && slices.Contains(prepositions, words[1])
	source, target, instrument, place := subject(Source), join(Target), join(Instrument), join(Place)
	if source == "" {
		did, passive := unsaid(past, plain, e.Modality, subject(Target), manifold(e.Entities(Target), name))
		if past = did; passive {
			if place != "" {
				past += " in " + place
			}
			return speakers + past
		}
	} else {
		past = inModality(past, plain, e.Modality, manifold(e.Entities(Source), name))
	}
	// "sold to", "fired at": what stands before the target needs its preposition, other objects do not.
	bare, preposition := past, ""
	if i := strings.LastIndexByte(past, ' '); i > 0 && slices.Contains(prepositions, past[i+1:]) {
		bare, preposition = past[:i], past[i+1:]
	}
	var parts []string
	switch {
	case target != "" && e.Type == TypeTransfer && preposition != "" && instrument != "":
		parts = []string{bare, instrument, preposition, target}
	case target != "":
		parts = []string{past, target}
	case e.Matter != "" && source != "" && (verbal || e.clause()):
		parts, place = []string{bare, e.Matter}, ""
	case instrument != "" && (e.Type != TypeAssault || e.Action == "fire" || e.Action == "shoot_down"):
		parts = []string{bare, instrument}
	case instrument != "" && place == "" && preposition == "" && !strings.HasPrefix(past, instrument): // bombed with bombs
		parts = []string{past, "with", instrument}
	case place != "" && (e.Type == TypeVisit || e.Type == TypeAssault) && preposition == "":
		parts, place = []string{past, place}, ""
	default:
		parts = []string{bare}
	}
	if place != "" && (source == "" || target == "" && instrument == "") {
		parts = append(parts, "in", place)
	}
	return speakers + strings.TrimSpace(source+" "+strings.Join(parts, " "))
}

// clause tells that the matter is a clause, which also follows what has an object of its own: "made promise to free them".
func (e Event) clause() bool {
	return strings.HasPrefix(e.Matter, "to ") || strings.HasPrefix(e.Matter, "that ")
}

// enumerate joins names as English does, "Japan, Peru and 3 others" where there are more than three.
func enumerate(names []string) string {
	if len(names) > 3 {
		names = append(names[:2:2], itoa(len(names)-2)+" others")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
