package gazetteer

import (
	"maps"
	"testing"
)

func TestAgenciesAreThoseOfTheGazetteer(t *testing.T) {
	alone, err := LoadAgencies()
	if err != nil {
		t.Fatal(err)
	}
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(alone) == 0 || !maps.Equal(alone, g.agencies) {
		t.Errorf("%d and %d names of agencies", len(alone), len(g.agencies))
	}
}
