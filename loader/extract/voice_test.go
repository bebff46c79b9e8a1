package extract

import "testing"

// TestPassagesGoOn reads a passage that its first paragraph leaves open: it is of whoever says its end, not of who spoke before.
func TestPassagesGoOn(t *testing.T) {
	f := read(t, "", "“Peru will pay,” said Ana Ruiz.\n\n“Kenya condemned the attack.\n\n“Kenya will act,” Bo Lund said in Lima.")
	if len(f.Quotations) != 3 {
		t.Fatalf("%d passages", len(f.Quotations))
	}
	for i, want := range []string{"person:ana-ruiz", "person:bo-lund", "person:bo-lund"} {
		if got := string(f.Quotations[i].Speaker); got != want {
			t.Errorf("passage %d is of %q, want %q", i, got, want)
		}
	}
}
