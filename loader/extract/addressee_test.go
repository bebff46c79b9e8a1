package extract

import "testing"

// TestAddressees reads to whom something is said, in quotation marks or reported, by the constructions that tell it.
func TestAddressees(t *testing.T) {
	for _, test := range []struct{ text, speaker, to string }{
		// the object of telling
		{"“Peru will pay,” Ana Ruiz told Bo Lund.", "Ana Ruiz", "Bo Lund"},
		{"Ana Ruiz told reporters: “Peru will pay.”", "Ana Ruiz", "reporters"},
		{"“Chad must leave,” Ana Ruiz warned Kenya on Monday.", "Ana Ruiz", "Kenya"},
		{"“Niger can wait,” Ola Berg told Mali.", "Ola Berg", "Mali"},
		{"Ola Berg told Kenya that Chad had attacked Niger on Monday.", "Ola Berg", "Kenya"},
		{"Mira Toll told lawmakers that Peru had freed two prisoners from Chile.", "Mira Toll", "lawmakers"},
		// to, after verbs of saying
		{"“Chad will not wait,” Mira Toll said to Ola Berg.", "Mira Toll", "Ola Berg"},
		{"“The port is closed,” Ana Ruiz explained to reporters.", "Ana Ruiz", "reporters"},
		{"“Your ships must turn,” Bo Lund wrote to Ana Ruiz.", "Bo Lund", "Ana Ruiz"},
		// messages and talks
		{"“Kenya will help,” Ola Berg said in a letter to Mira Toll.", "Ola Berg", "Mira Toll"},
		{"“Peru is ready,” Ana Ruiz said in a speech to lawmakers.", "Ana Ruiz", "lawmakers"},
		{"“Mali is grateful,” Bo Lund said in a call with Ola Berg.", "Bo Lund", "Ola Berg"},
		// speaking beside saying
		{"Speaking to reporters, Mira Toll said: “Chad will answer.”", "Mira Toll", "reporters"},
		{"“Niger must decide,” Ana Ruiz said, addressing lawmakers.", "Ana Ruiz", "lawmakers"},
		// nobody is told
		{"“Peru will pay,” Ana Ruiz said in Kenya.", "Ana Ruiz", ""},
		{"“Peru will return to Mali,” Bo Lund said.", "Bo Lund", ""},
		{"“Chad will sell ships to Kenya,” Ola Berg said in a report on Niger.", "Ola Berg", ""},
		{"Mira Toll said Chad had attacked Niger before talks with Kenya.", "Mira Toll", ""},
		{"“We praise Bo Lund,” said Ana Ruiz after a meeting in Mali.", "Ana Ruiz", ""},
	} {
		f := read(t, "2024-01-10", test.text)
		names := map[string]string{}
		for _, e := range f.Entities {
			names[string(e.ID)] = e.Name
		}
		said := f.Statements()
		if len(said) == 0 {
			t.Errorf("%s: no statement", test.text)
			continue
		}
		for _, s := range said {
			if got := names[string(s.Speaker)]; got != test.speaker {
				t.Errorf("%s: %q says it, want %q", test.text, got, test.speaker)
			}
			if got := names[string(s.Addressee)]; got != test.to || s.Addressee != "" && got == "" {
				t.Errorf("%s: said to %q, want %q", test.text, got, test.to)
			}
		}
	}
}
