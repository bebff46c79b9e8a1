package format

import (
	"errors"
	"strings"
	"testing"
)

func TestAgency(t *testing.T) { golden(t, "agency") }

func FuzzAgency(f *testing.F) {
	files(f, "agency")
	f.Fuzz(func(t *testing.T, data string) {
		for i, err := range Read("in", "", strings.NewReader(data), Options{}) {
			if err == nil && i.Text == "" && i.Status != Killed {
				t.Errorf("an item without text: %+v", i)
			}
		}
	})
}

func TestOrdinaryJSONIsNoNinjs(t *testing.T) {
	for data, want := range map[string]bool{
		`{"uri": "a", "body_text": "b"}`:                           true,
		`[{"uri": "a", "bodies": []}]`:                             true,
		`{"headline": "a", "body_text": "b"}`:                      false,
		`{"uri": "a", "title": "b", "text": "c"}`:                  false,
		`{"story": {"uri": "a", "body_text": "b"}}`:                false,
		`{"uri": {"body_text": "b"}}`:                              false,
		`{"text": "uri", "uri": "body_text"}`:                      false,
		`["uri", "body_text"]`:                                     false,
		`{"standard": {"name": "ninjs", "version": "2.0"}, "a":1}`: true,
	} {
		if got := isNinjs([]byte(data), ""); got != want {
			t.Errorf("%s: %v", data, got)
		}
	}
}

func TestAgencyXMLIsBounded(t *testing.T) {
	refusedAs(t, "<newsItem>"+strings.Repeat("<a>", 100_000), ErrTooLong)
	refusedAs(t, "<nitf>"+strings.Repeat("<a/>", mostNodes), ErrTooLong)
	errs, _ := refusals(`<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>`)
	var u *Unsupported
	if len(errs) != 1 || !errors.As(errs[0], &u) {
		t.Errorf("entities: %v", errs)
	}
	bounded(t, "deep", `{"uri":`+strings.Repeat(`[`, 5_000_000))
}
