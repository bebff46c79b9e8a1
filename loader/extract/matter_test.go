package extract

import "testing"

// TestMatters reads what events are done to or about in the words of the story: objects, phrases and clauses that the wording takes, no times, no parties.
func TestMatters(t *testing.T) {
	for _, test := range []struct{ text, action, matter string }{
		{"Ola Berg condemned the attacks on Monday.", "condemn", "the attacks"},
		{"Ola Berg condemned the attack before the Security Council.", "condemn", "the attack"},
		{"Norway praised her courage.", "praise", "her courage"},
		{"The attack was condemned by Peru.", "condemn", "The attack"},
		{"Mali bombed a village.", "bomb", "a village"},
		{"Italy's condemnation of the coup angered Mali.", "condemn", "the coup"},
		{"Chad called for a ceasefire.", "call_for", "for a ceasefire"},
		{"Togo thanked Ghana for the tents.", "thank", "for the tents"},
		{"The minister accused the army on Sunday of burning villages.", "accuse", "of burning villages"},
		{"Bo Lund vowed to retaliate.", "threaten", "to retaliate"},
		{"Norway urged Mali to free the sailors.", "urge", "to free the sailors"},
		{"Kenya rejected a plan by Chad to send troops.", "oppose", "a plan by Chad to send troops"},
		{"Peru condemned the coup, which was the third in a year.", "condemn", "the coup"},
		{"Peru condemned Chad.", "condemn", ""},
		{"Bo Lund accused Washington of arming rebels.", "accuse", "of arming rebels"},
		{"Norway offered its condolences to Peru.", "condole", ""},
		{"Ola Berg and Bo Lund attended the meeting in Lima.", "meet", ""},
		{"Peru condemned it.", "condemn", ""},
		{"Mira Toll visited Mali on Friday.", "visit", ""},
	} {
		f := read(t, "2024-01-10", test.text)
		found := false
		for _, r := range f.Reports {
			if r.Action == test.action {
				if found = true; r.Matter != test.matter {
					t.Errorf("%s: %q, want %q", test.text, r.Matter, test.matter)
				}
				break
			}
		}
		if !found {
			t.Errorf("%s: no %s", test.text, test.action)
		}
	}
}
