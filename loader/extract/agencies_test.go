package extract

import (
	"maps"
	"testing"
)

func TestAgenciesAreThoseOfTheGazetteer(t *testing.T) {
	alone, err := LoadAgencies()
	if err != nil {
		t.Fatal(err)
	}
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		t.Fatal(err)
	}
	if len(alone) == 0 || !maps.Equal(alone, g.agencies) {
		t.Errorf("%d and %d names of agencies", len(alone), len(g.agencies))
	}
}
