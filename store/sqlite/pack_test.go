package sqlite

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestPack packs what is nearly a span or an id, which must come out byte for byte.
func TestPack(t *testing.T) {
	var p packer
	const hash = "0123456789abcdef0123"
	for _, text := range []string{
		"", `{}`, `{"begin":1,"end":2,"bytes":[1,2]}`, `{"begin":9,"end":2,"bytes":[-3,70000]}`, `{"begin":01,"end":2,"bytes":[1,2]}`, `{"begin":1,"end":2,"bytes":[1,2],"x":3}`,
		`{"begin":1,"end":2,"bytes":[1,99999999999]}`, `{"begin":1,"end":`, `"story:` + hash + `"`, `"` + hash + `"`, `"story:0123456789ABCDEF0123"`, `"state:` + hash + `"`,
		`"story:` + hash + `x"`, `\"report:` + hash + `\"`, `"story:` + hash, `[{"begin":300,"end":400,"bytes":[301,402]},"event:` + hash + `"]`,
		`["2024-01-09","2024-01-09","2024-01-10","2024-01-09"]`, `"2024-02-30"`, `"0000-01-01"`, `"2024-01-09`, `"2024-01-09x"`, strings.Join(parted, ""), strings.Join(parted, `"2024-01-09"`), `,`, `,"`,
	} {
		got, err := p.inflate(p.deflate(shorten(nil, []byte(text))))
		if err == nil {
			got, err = lengthen(nil, got)
		}
		if err != nil || string(got) != text {
			t.Errorf("%s came out as %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "a", same, same + same, same + "a"} {
		for _, known := range []string{"", "a", same, same + "a"} {
			if got := long(short(text, known), known); got != text {
				t.Errorf("%q, where %q is known, came out as %q", text, known, got)
			}
		}
	}
	for _, day := range []string{"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"} {
		if n := dayOf(day); n <= never || n > latest || dayText(n) != day {
			t.Errorf("%s is day %d, which is %s", day, n, dayText(n))
		}
	}
}

// FuzzPack packs any JSON, and unpacks any bytes.
func FuzzPack(f *testing.F) {
	f.Add([]byte(`{"begin":1,"end":2,"bytes":[1,2]}`))
	f.Add([]byte(`"story:0123456789abcdef0123"`))
	f.Add([]byte(`{"id":"=","type":"2024-01-09","action":"2024-01-09"}`))
	f.Add([]byte("\t\n\r0"))
	f.Add([]byte{markSpan, 0x80})
	f.Add([]byte{markDay, 0x80})
	f.Add([]byte{markHash, 'a', 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var p packer
		var r news.Report
		if err := p.unpack(data, &r); err == nil {
			t.Log("it is a record")
		}
		if _, err := lengthen(nil, data); err == nil {
			t.Log("it is a short form")
		}
		if !json.Valid(data) {
			return
		}
		if got, err := lengthen(nil, shorten(nil, data)); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s came out as %s, %v", data, got, err)
		}
	})
}
