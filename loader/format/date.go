package format

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// What dated reads: each is all of a text.
var (
	isoDate  = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)
	isoTime  = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[Tt ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(\S+)?$`)
	basic    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(\S+)?)?$`)
	slashed  = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?:(?:,| at| à|\s[-|])?\s(.*))?$`)
	worded   = regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de |of )?(\p{L}{3,10})\.?|(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?[\s-]+(?:del? )?(\d{4}|\d{2}\b)(?:,?\s*(?:at\s+|-\s+|\|\s*)?(.*))?$`)
	monthly  = regexp.MustCompile(`^(\p{L}{3,10})\.?,?\s+(\d{4})$`)
	unixDate = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun)\s+([a-z]{3})\s+(\d{1,2})\s+(\d{2}:\d{2}:\d{2})\s+(?:(\S+)\s+)?(\d{4})$`)
	clock    = regexp.MustCompile(`(?i)^(\d{1,2})(?:[:.](\d{2})(?::(\d{2}))?)?\s*(?:([ap])\.?m\.?)?\s*\(?([a-z]{1,5}|[+-]\d{2}:?\d{2}|(?:gmt|utc)[+-]\d{1,2}(?::?\d{2})?)?\)?$`)
	offset   = regexp.MustCompile(`(?i)^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$`)
	seconds  = regexp.MustCompile(`^(\d{9,10}|\d{12,13})(?:\.\d+)?$`)
)

// inWords find a date among other words, the surest first; what the first group has is dated's to read.
var inWords = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d-\d\d?-\d\d?(?:[Tt ]\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:[Zz]\b|[+-]\d\d:?\d\d|[+-]\d\d\b|[A-Z]{2,4}\b))?)?)`),
	regexp.MustCompile(`(?:^|[\s(|])((?:19|20)\d\d/\d\d?/\d\d?)(?:$|[\s),;.|])`),
	regexp.MustCompile(`(?i)\b((?:\p{L}{3,10}\.?,? \d\d?(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d\d?(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?\p{L}{3,10}\.?,?[ -](?:del? )?(?:(?:19|20)\d\d|\d\d\b))` +
		`(?:,? (?:at )?\d\d?:\d\d(?::\d\d)? ?(?:[ap]\.?m\b\.?)? ?(?:[+-]\d\d:?\d\d|[A-Z]{1,4}\b)?)?)`),
	regexp.MustCompile(`\b(\d\d?\.\d\d?\.(?:19|20)\d\d)\b`),
	regexp.MustCompile(`\b(\d\d?[/-]\d\d?[/-](?:19|20)\d\d\b(?:,? (?:at )?\d\d?[:.]\d\d(?::\d\d)? ?(?i:[ap]\.?m\b\.?)? ?(?:\(?[A-Z]{2,4}\b)?)?)`),
}

var dateInPath = regexp.MustCompile(`/((?:19|20)\d\d)[/-]?([01]\d|[a-z]{3})[/-]?([0-3]\d)(?:[/_-]|$)`)

// zones are the letters whose offset is told by RFC 822, and those of which there is only one in English news. BST (of Britain and of Bangladesh)
// and IST are not, and an hour in them is worth its day.
var zones = map[string]string{
	"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
	"PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00",
	"MSK": "+03:00", "WET": "Z",
}

// orders are what is written first of 3/4/2024, day or month, where the zone of its time is that of countries which write it all one way.
var orders = map[string]byte{
	"IST": 'd', "BST": 'd', "CET": 'd', "CEST": 'd', "EET": 'd', "EEST": 'd', "WET": 'd', "WEST": 'd', "MSK": 'd', "TRT": 'd', "PKT": 'd', "SAST": 'd', "EAT": 'd', "WAT": 'd', "CAT": 'd',
	"AEST": 'd', "AEDT": 'd', "NZST": 'd', "NZDT": 'd', "SGT": 'd', "EST": 'm', "EDT": 'm', "ET": 'm', "CDT": 'm', "MST": 'm', "MDT": 'm', "PST": 'm', "PDT": 'm', "PT": 'm',
}

// months are their names in English, German, French, Spanish, Italian and Portuguese. Three letters or more of a name are enough.
var months = [...]string{
	"january januar jänner janvier enero gennaio janeiro", "february februar février febrero febbraio fevereiro", "march märz mars marzo março", "april avril abril aprile",
	"may mai mayo maggio maio", "june juni juin junio giugno junho", "july juli juillet julio luglio julho", "august août agosto",
	"september septembre septiembre settembre setembro", "october oktober octobre octubre ottobre outubro", "november novembre noviembre novembro",
	"december dezember décembre diciembre dicembre dezembro",
}

// dated reads a text that is a date as sources write it. What it does not tell for sure stays open: 3/4/2024 has words and no value, and a time
// without a zone is worth its day.
func dated(text string) Date {
	text = oneLine(text)
	if len(text) > longestDate {
		return Date{Text: firstBytes(text, longestDate)}
	}
	return Date{Value: dateValue(text), Text: text}
}

// Refused says why what an input tells as a date gives none, and what would; empty if it gives one, or if nothing was told.
func (d Date) Refused() string {
	if d.Value != "" || d.Text == "" {
		return ""
	}
	if d.either() {
		return "it may be either of two days; 2024-01-10 is read"
	}
	return "it is no date that is read; 2024-01-10 is"
}

// either tells that a date may be either of two days.
func (d Date) either() bool {
	m := slashed.FindStringSubmatch(d.Text)
	return d.Value == "" && m != nil && day(m[4], m[1], m[3]) != "" && day(m[4], m[3], m[1]) != ""
}

// dateTold reads the first date among words, which are its text.
func dateTold(words string) Date {
	words = oneLine(words)
	if len(words) > 400 {
		return Date{Text: firstBytes(words, longestDate)}
	}
	d := Date{Text: words}
	if len(words) <= longestDate {
		d.Value = dateValue(words)
	}
	for _, in := range inWords {
		if d.Value != "" {
			break
		}
		for _, m := range in.FindAllStringSubmatch(words, 4) {
			if d.Value = dateValue(m[1]); d.Value != "" {
				break
			}
		}
	}
	return d
}

// longestDate is how many bytes a date has at most.
const longestDate = 80

// firstBytes is the beginning of a text, of at most n bytes and whole characters.
func firstBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func dateValue(text string) string {
	if m := isoDate.FindStringSubmatch(text); m != nil {
		switch {
		case m[2] == "" && (m[1] < "1500" || m[1] > "2200"):
			return ""
		case m[2] == "":
			return m[1]
		case m[3] == "":
			on := day(m[1], m[2], "1")
			return on[:min(7, len(on))]
		}
		return day(m[1], m[2], m[3])
	}
	if m := isoTime.FindStringSubmatch(text); m != nil {
		return instant(day(m[1], m[2], m[3]), m[4], m[5], m[6], m[7])
	}
	if m := seconds.FindStringSubmatch(text); m != nil {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if len(m[1]) > 10 {
			n /= 1000
		}
		t := time.Unix(n, 0).UTC()
		if err != nil || t.Year() > 2200 {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	if m := basic.FindStringSubmatch(text); m != nil {
		return instant(day(m[1], m[2], m[3]), m[4], m[5], m[6], m[7])
	}
	if m := slashed.FindStringSubmatch(text); m != nil {
		a, b := number(m[1]), number(m[3])
		on, t := "", clock.FindStringSubmatch(m[5])
		if t == nil || m[5] == "" {
			t = make([]string, 6)
		}
		order := orders[strings.ToUpper(t[5])]
		switch { // 13/4 and 4/13 have one reading, 4/4 has two that are the same; between full stops the day is first
		case a > 12 || a == b || m[2] == "." || order == 'd' && b <= 12:
			on = day(m[4], m[3], m[1])
		case b > 12 || order == 'm':
			on = day(m[4], m[1], m[3])
		}
		return instant(on, half(t[1], t[4]), cmp.Or(t[2], "00"), t[3], t[5])
	}
	if m := unixDate.FindStringSubmatch(text); m != nil {
		return instant(day(m[5], month(m[1]), m[2]), m[3][:2], m[3][3:5], m[3][6:], m[4])
	}
	if m := worded.FindStringSubmatch(text); m != nil {
		if len(m[5]) == 2 { // as RFC 822 has it, and no other
			if m[1] == "" {
				return ""
			}
			m[5] = "20" + m[5]
		}
		on := day(m[5], month(m[2]+m[3]), m[1]+m[4])
		if t := clock.FindStringSubmatch(m[6]); t != nil && m[6] != "" {
			return instant(on, half(t[1], t[4]), cmp.Or(t[2], "00"), t[3], t[5])
		}
		return on
	}
	if m := monthly.FindStringSubmatch(text); m != nil {
		on := day(m[2], month(m[1]), "1")
		return on[:min(7, len(on))]
	}
	return ""
}

// dateOfPath is the day in an address's path, the last resort: /2024/01/10/.
func dateOfPath(address string) Date {
	m := dateInPath.FindStringSubmatch(strings.ToLower(address))
	if m == nil {
		return Date{}
	}
	on := day(m[1], cmp.Or(month(m[2]), m[2]), m[3])
	if on == "" {
		return Date{}
	}
	return Date{Value: on, Text: "path " + strings.TrimRight(m[0], "_-")}
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
	name = strings.ToLower(name)
	for i, names := range months {
		for full := range strings.FieldsSeq(names) {
			if strings.HasPrefix(full, name) {
				return strconv.Itoa(i + 1)
			}
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
		h, n := number(m[2]), number(cmp.Or(m[3], "00"))
		ok = h <= 14 && n < 60
		z = fmt.Sprintf("%s%02d:%02d", m[1], h, n)
	}
	h, m, s := number(hour), number(minute), number(cmp.Or(second, "00"))
	if on == "" || !ok || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 {
		return on
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d%s", on, h, m, min(s, 59), z)
}
