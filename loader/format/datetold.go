package format

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Offsets of the zones that letters name in the dates of feeds, mail and pages. Letters that name several zones (CST of China, IST) are of the
// standard of mail (RFC 5322) or not here: their hour is not told then, only their day.
var zones = map[string]string{
	"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
	"PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "JST": "+09:00", "MSK": "+03:00",
	"AEST": "+10:00", "AEDT": "+11:00", "WET": "Z", "KST": "+09:00",
}

var (
	isoDate    = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?:(?:[Tt]|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([Zz]\b|[+-]\d\d:?\d\d|[+-]\d\d\b|[A-Z]{2,4}\b)?)?`)
	slashDate  = regexp.MustCompile(`^\s*((?:19|20)\d\d)/(\d\d?)/(\d\d?)\b`)
	compact    = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?([Zz]|[+-]\d\d:?\d\d)?)?$`)
	dotDate    = regexp.MustCompile(`\b(\d\d?)\.(\d\d?)\.((?:19|20)\d\d)\b`)
	numDate    = regexp.MustCompile(`\b(\d\d?)[/-](\d\d?)[/-]((?:19|20)\d\d)\b`)
	looseDate  = regexp.MustCompile(`(?i)\b(?:(\p{L}{3,10})\.?,? (\d\d?)(?:st|nd|rd|th)?,? ((?:19|20)\d\d)|(\d\d?)(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?(\p{L}{3,10})\.?,?[ -](?:de |del )?((?:19|20)\d\d|\d\d\b))(?:,?\s+(?:at\s+)?(\d\d?):(\d\d)(?::(\d\d))?\s*([+-]\d\d:?\d\d|[A-Z]{1,4}\b)?)?`)
	monthYear  = regexp.MustCompile(`^(\p{L}{3,10})\.?,? ((?:19|20)\d\d)$`)
	yearMonth  = regexp.MustCompile(`^((?:19|20)\d\d)-(\d\d)$`)
	yearAlone  = regexp.MustCompile(`^(?:19|20)\d\d$`)
	epoch      = regexp.MustCompile(`^\d{10}(?:\d{3})?$`)
	dateInPath = regexp.MustCompile(`/((?:19|20)\d\d)[/-]?([01]\d|[a-z]{3})[/-]?([0-3]\d)(?:[/_-]|$)`)
)

// Months by the first letters of their names in the languages of the samples that were seen: English, German, French, Spanish, Italian, Portuguese.
var monthStarts = []struct {
	start string
	month int
}{
	{"jan", 1},
	{"jän", 1},
	{"ene", 1},
	{"gen", 1},
	{"feb", 2},
	{"fév", 2},
	{"fev", 2},
	{"mar", 3},
	{"mär", 3},
	{"apr", 4},
	{"abr", 4},
	{"avr", 4},
	{"may", 5},
	{"mai", 5},
	{"mag", 5},
	{"jun", 6},
	{"juin", 6},
	{"giu", 6},
	{"jul", 7},
	{"juil", 7},
	{"lug", 7},
	{"aug", 8},
	{"ago", 8},
	{"aoû", 8},
	{"sep", 9},
	{"set", 9},
	{"oct", 10},
	{"okt", 10},
	{"out", 10},
	{"ott", 10},
	{"nov", 11},
	{"dec", 12},
	{"dez", 12},
	{"dic", 12},
	{"déc", 12},
}

func monthOf(word string) int {
	word = strings.ToLower(word)
	for _, m := range monthStarts {
		if strings.HasPrefix(word, m.start) {
			return m.month
		}
	}
	return 0
}

// dateTold is the date that words tell, as far as they tell it: an instant only with its zone, a day where a time has none. What can be read two ways
// (3/4/2024) is no date. Text is the words.
func dateTold(s string) Date {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || len(s) > 400 {
		return Date{}
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return instant(s, m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		return instant(s, m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		return instant(s, m[1], m[2], m[3], "", "", "", "")
	}
	for _, m := range looseDate.FindAllStringSubmatch(s, 4) {
		month, day, year := monthOf(m[1]), m[2], m[3]
		if m[4] != "" {
			month, day, year = monthOf(m[5]), m[4], m[6]
		}
		if month == 0 {
			continue
		}
		if len(year) == 2 {
			year = "20" + year
		}
		h, min, sec, zone := m[7], m[8], m[9], m[10]
		if zone == "AM" || zone == "PM" || zone == "am" || zone == "pm" {
			h = ""
		}
		if d := instant(s, year, strconv.Itoa(month), day, h, min, sec, zone); d.Value != "" {
			return d
		}
	}
	if m := dotDate.FindStringSubmatch(s); m != nil {
		return instant(s, m[3], m[2], m[1], "", "", "", "")
	}
	if m := numDate.FindStringSubmatch(s); m != nil {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		switch {
		case a > 12 || a == b:
			return instant(s, m[3], m[2], m[1], "", "", "", "")
		case b > 12:
			return instant(s, m[3], m[1], m[2], "", "", "", "")
		}
		return Date{}
	}
	if epoch.MatchString(s) {
		n, err := strconv.ParseInt(s[:10], 10, 64)
		if err == nil {
			return Date{Value: time.Unix(n, 0).UTC().Format(time.RFC3339), Text: s}
		}
	}
	if m := monthYear.FindStringSubmatch(s); m != nil && monthOf(m[1]) > 0 {
		return Date{Value: fmt.Sprintf("%s-%02d", m[2], monthOf(m[1])), Text: s}
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil && m[2] >= "01" && m[2] <= "12" {
		return Date{Value: s, Text: s}
	}
	if yearAlone.MatchString(s) {
		return Date{Value: s, Text: s}
	}
	return Date{}
}

// instant puts a date together; it is a day where hour or zone is not told, and nothing where no calendar has it.
func instant(text, year, month, day, hour, minute, second, zone string) Date {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	t := time.Date(n(year), time.Month(n(month)), n(day), 0, 0, 0, 0, time.UTC)
	if t.Year() != n(year) || int(t.Month()) != n(month) || t.Day() != n(day) {
		return Date{}
	}
	d := Date{Value: t.Format(time.DateOnly), Text: text}
	offset, known := zones[strings.ToUpper(zone)]
	if len(zone) >= 3 && (zone[0] == '+' || zone[0] == '-') {
		digits := strings.ReplaceAll(zone[1:], ":", "") + "00"
		offset, known = zone[:1]+digits[:2]+":"+digits[2:4], true
		if digits[:4] == "0000" {
			offset = "Z"
		}
	}
	if hour == "" || !known || n(hour) > 23 || n(minute) > 59 {
		return d
	}
	v := fmt.Sprintf("%sT%02d:%02d:%02d%s", d.Value, n(hour), n(minute), min(n(second), 59), offset)
	if _, err := time.Parse(time.RFC3339, v); err == nil {
		d.Value = v
	}
	return d
}

// dateOfPath is the day in an address's path, the last resort: /2024/01/10/.
func dateOfPath(address string) Date {
	m := dateInPath.FindStringSubmatch(strings.ToLower(address))
	if m == nil {
		return Date{}
	}
	month := m[2]
	if n := monthOf(month); n > 0 {
		month = strconv.Itoa(n)
	}
	d := instant(strings.TrimRight(m[0], "_-"), m[1], month, m[3], "", "", "", "")
	if d.Value != "" {
		d.Text = "path " + d.Text
	}
	return d
}
