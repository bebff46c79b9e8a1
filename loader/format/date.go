package format

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate  = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)
	isoTime  = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[Tt ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(\S+)?$`)
	basic    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(\S+)?)?$`)
	slashed  = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s.*)?$`)
	worded   = regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?[\s-]+(\d{4})(?:,?\s*(?:at\s+|-\s+|\|\s*)?(.*))?$`)
	monthly  = regexp.MustCompile(`(?i)^([a-z]{3,9})\.?,?\s+(\d{4})$`)
	unixDate = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun)\s+([a-z]{3})\s+(\d{1,2})\s+(\d{2}:\d{2}:\d{2})\s+(?:(\S+)\s+)?(\d{4})$`)
	clock    = regexp.MustCompile(`(?i)^(\d{1,2})(?:[:.](\d{2})(?::(\d{2}))?)?\s*(?:([ap])\.?m\.?)?\s*\(?([a-z]{1,5}|[+-]\d{2}:?\d{2}|(?:gmt|utc)[+-]\d{1,2}(?::?\d{2})?)?\)?$`)
	offset   = regexp.MustCompile(`(?i)^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$`)
	seconds  = regexp.MustCompile(`^(\d{9,10}|\d{12,13})(?:\.\d+)?$`)
)

// zones are the letters whose offset is told by RFC 822, and those of which there is only one in English news. BST, IST and CST in Asia are not.
var zones = map[string]string{
	"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
	"PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00",
}

// dated reads a date as sources write it. What it does not tell for sure stays open: 3/4/2024 has words and no value, and a time without a zone
// is worth its day.
func dated(text string) Date {
	text = oneLine(text)
	d := Date{Text: text}
	if len(text) > 80 {
		return Date{}
	}
	if m := isoDate.FindStringSubmatch(text); m != nil {
		switch {
		case m[2] == "":
			d.Value = m[1]
			if m[1] < "1500" || m[1] > "2200" {
				d.Value = ""
			}
		case m[3] == "":
			d.Value = day(m[1], m[2], "1")
			d.Value = d.Value[:min(7, len(d.Value))]
		default:
			d.Value = day(m[1], m[2], m[3])
		}
		return d
	}
	if m := isoTime.FindStringSubmatch(text); m != nil {
		d.Value = instant(day(m[1], m[2], m[3]), m[4], m[5], m[6], m[7])
		return d
	}
	if m := seconds.FindStringSubmatch(text); m != nil {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if len(m[1]) > 10 {
			n /= 1000
		}
		if err == nil {
			d.Value = time.Unix(n, 0).UTC().Format(time.RFC3339)
		}
		return d
	}
	if m := basic.FindStringSubmatch(text); m != nil {
		d.Value = instant(day(m[1], m[2], m[3]), m[4], m[5], m[6], m[7])
		return d
	}
	if m := slashed.FindStringSubmatch(text); m != nil {
		a, b := number(m[1]), number(m[2])
		switch { // 13/4 and 4/13 have one reading, 4/4 has two that are the same
		case a > 12 || a == b:
			d.Value = day(m[3], m[2], m[1])
		case b > 12:
			d.Value = day(m[3], m[1], m[2])
		}
		return d
	}
	if m := worded.FindStringSubmatch(text); m != nil {
		on := day(m[5], month(m[2]+m[3]), m[1]+m[4])
		d.Value = on
		if t := clock.FindStringSubmatch(m[6]); t != nil && m[6] != "" {
			d.Value = instant(on, half(t[1], t[4]), or(t[2], "00"), t[3], t[5])
		}
		return d
	}
	if m := unixDate.FindStringSubmatch(text); m != nil {
		d.Value = instant(day(m[5], month(m[1]), m[2]), m[3][:2], m[3][3:5], m[3][6:], m[4])
		return d
	}
	if m := monthly.FindStringSubmatch(text); m != nil {
		d.Value = day(m[2], month(m[1]), "1")
		d.Value = d.Value[:min(7, len(d.Value))]
	}
	return d
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// month is the number of a month's name or of its first letters, empty if there is none.
func month(name string) string {
	if len(name) < 3 {
		return ""
	}
	for m := time.January; m <= time.December; m++ {
		full := m.String()
		if strings.EqualFold(name, full) || strings.EqualFold(name, full[:3]) || m == time.September && strings.EqualFold(name, "sept") {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

// day is 2024-01-10, empty if there is no such day.
func day(y, m, d string) string {
	year, mon, dom := number(y), number(m), number(d)
	if year < 1500 || year > 2200 {
		return ""
	}
	t := time.Date(year, time.Month(mon), dom, 0, 0, 0, 0, time.UTC)
	if mon < 1 || t.Month() != time.Month(mon) || t.Day() != dom {
		return ""
	}
	return t.Format(time.DateOnly)
}

// half is an hour of the day of one before or after noon.
func half(hour, ap string) string {
	h := number(hour)
	switch strings.ToLower(ap) {
	case "a":
		h %= 12
	case "p":
		h = h%12 + 12
	}
	return strconv.Itoa(h)
}

// instant is RFC 3339, or the day where no time or no known zone is told.
func instant(on, hour, minute, second, zone string) string {
	zone = strings.ToUpper(strings.Trim(zone, "()[]"))
	z, ok := zones[zone]
	if m := offset.FindStringSubmatch(zone); m != nil {
		h, n := number(m[2]), number(or(m[3], "00"))
		ok = h <= 14 && n < 60
		z = fmt.Sprintf("%s%02d:%02d", m[1], h, n)
	}
	h, m, s := number(hour), number(minute), number(or(second, "00"))
	if on == "" || !ok || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 {
		return on
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d%s", on, h, m, min(s, 59), z)
}
