package nlp

import (
	"strconv"
	"strings"
)

// Number reads the count that words begin with: in digits ("1,200", "1 200", "2.5 million"), in words ("twenty-one", "a hundred and five",
// "half a dozen"), as a range ("12 to 15", "between 20 and 30"), or with what tells how sure it is ("at least", "nearly", "up to"). It is
// low to high; high is 0 where nothing tells the most ("at least four"), and low where nothing tells the least ("up to 20"). approximate
// tells that it is no exact count: "about 50", "more than 40", "dozens", whose low is 24. used is how many of the words it took; 0 if they
// begin with no count, as "several" and "no" do not.
//
// Hyphens may stand in their word or apart, as the tokenizer leaves them.
func Number(words []string) (low, high int, approximate bool, used int) {
	n := numeral{words: make([]string, len(words))}
	for i, w := range words {
		n.words[i] = strings.ToLower(Plain(w))
	}
	bound, k := n.bound(0)
	approximate = bound == roughly || bound == above || bound == below
	between := n.at(k) == "between" || n.at(k) == "from"
	if between {
		k++
	}
	low, open, next := n.value(k)
	if next == k {
		return 0, 0, false, 0
	}
	high = low
	if open {
		high, approximate = 0, true
	}
	joined := false
	switch joint := n.at(next); {
	case open:
	case joint == "to", joint == "-", joint == "–", joint == "or", joint == "and" && between:
		if to, more, end := n.value(next + 1); end > next+1 && !more && to > low {
			high, next, joined = to, end, true
		} else if joint == "or" && (n.at(next+1) == "more" || n.at(next+1) == "so") {
			approximate = n.at(next+1) == "so"
			if !approximate {
				high = 0
			}
			next += 2
		}
	}
	if between && !joined {
		return 0, 0, false, 0
	}
	switch bound {
	case least, above:
		high = 0
	case most, below:
		low, high = 0, max(low, high)
	}
	return low, high, approximate, next
}

// bound is what the words before a count tell of it.
type bound int

const (
	exactly bound = iota
	roughly
	least // at least 20
	above // more than 20
	most  // up to 20
	below // fewer than 20
)

var bounds = []struct {
	words string
	bound bound
}{
	{"at least", least},
	{"no fewer than", least},
	{"no less than", least},
	{"not less than", least},
	{"a minimum of", least},
	{"more than", above},
	{"well over", above},
	{"just over", above},
	{"upwards of", above},
	{"in excess of", above},
	{"over", above},
	{"above", above},
	{"at most", most},
	{"up to", most},
	{"as many as", most},
	{"no more than", most},
	{"not more than", most},
	{"a maximum of", most},
	{"fewer than", below},
	{"less than", below},
	{"just under", below},
	{"under", below},
	{"close to", roughly},
	{"an estimated", roughly},
	{"estimated", roughly},
	{"about", roughly},
	{"around", roughly},
	{"nearly", roughly},
	{"almost", roughly},
	{"some", roughly},
	{"roughly", roughly},
	{"approximately", roughly},
	{"circa", roughly},
}

// numeral is words, in lower case, that may tell a number.
type numeral struct{ words []string }

func (n numeral) at(i int) string {
	if i < 0 || i >= len(n.words) {
		return ""
	}
	return n.words[i]
}

// bound is what the words from i on tell of the count after them.
func (n numeral) bound(i int) (bound, int) {
	for _, b := range bounds {
		words := strings.Fields(b.words)
		same := true
		for k, w := range words {
			same = same && n.at(i+k) == w
		}
		if same {
			return b.bound, i + len(words)
		}
	}
	return exactly, i
}

var small = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]int{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// scales multiply what stands before them.
var scales = map[string]int{
	"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}

// several are plurals that count at least two of something.
var several = map[string]int{
	"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 1e6, "billions": 1e9,
}

const (
	mostCounted = 1 << 40 // no count of news is beyond
	half        = 0.5
)

// value is the number at word i, whether it is open upwards, and the word after it; i if there is none.
func (n numeral) value(i int) (value int, open bool, next int) {
	if s, ok := several[n.at(i)]; ok {
		value, next = 2*s, i+1
		if more, ok := several[n.at(i+2)]; ok && n.at(i+1) == "of" {
			value, next = value*more, i+3 // tens of thousands
		}
		return value, true, next
	}
	if w := n.at(i); (w == "several" || w == "few" || w == "many") && scales[n.at(i+1)] > 0 {
		return 2 * scales[n.at(i+1)], true, i + 2
	}
	if n.at(i) == "a" && n.at(i+1) == "few" && scales[n.at(i+2)] > 0 {
		return 2 * scales[n.at(i+2)], true, i + 3
	}
	v, next := n.exact(i)
	if v < 0 || v > mostCounted {
		return 0, false, i
	}
	return int(v + half), false, next
}

// exact is the number at word i, and the word after it.
func (n numeral) exact(i int) (float64, int) {
	start := i
	switch w := n.at(i); {
	case w == "half":
		k := i + 1
		for n.at(k) == "-" || n.at(k) == "a" || n.at(k) == "an" {
			k++
		}
		if s := scales[n.at(k)]; s > 0 {
			return float64(s) / 2, k + 1
		}
		return 0, start
	case w == "a" && n.at(i+1) == "quarter" && n.at(i+2) == "of" && n.at(i+3) == "a" && scales[n.at(i+4)] > 0:
		return float64(scales[n.at(i+4)]) / 4, i + 5
	case (w == "a" || w == "an") && scales[n.at(i+1)] > 0:
		return n.scaled(1, i+1)
	}
	v, next := n.below100(i)
	if next == i {
		return 0, start
	}
	return n.scaled(v, next)
}

// scaled is v with what multiplies it and what is added to that: "hundred and five", "million, two hundred thousand".
func (n numeral) scaled(v float64, i int) (float64, int) {
	if n.at(i) == "and" && n.at(i+1) == "a" && n.at(i+2) == "half" && scales[n.at(i+3)] > 0 {
		v, i = v+half, i+3
	}
	total, last := 0.0, 0 // the smallest scale so far
	for {
		multiplied := 0
		for s := scales[n.at(i)]; s > 0; s = scales[n.at(i)] {
			v, i, multiplied = v*float64(s), i+1, s
			if v > mostCounted {
				return v, i
			}
		}
		total += v
		if multiplied == 0 {
			return total, i
		}
		if n.at(i) == "and" && n.at(i+1) == "a" && n.at(i+2) == "half" {
			return total + half*float64(multiplied), i + 3
		}
		if last = multiplied; last < 100 {
			return total, i // "a dozen and five" are two
		}
		k := i
		if n.at(k) == "and" {
			k++
		}
		more, next := n.below100(k)
		// What is added is smaller than what it is added to: "two hundred and five hundred" are two counts.
		if next == k || isDigits(n.at(k)) {
			return total, i
		}
		scale, j := 1, next
		for s := scales[n.at(j)]; s > 0; s = scales[n.at(j)] {
			scale, j = scale*s, j+1
		}
		if more*float64(scale) >= float64(last) {
			if scale > last && total < float64(scale) && k == i+1 {
				// "a hundred and five thousand" is 105,000.
				v, i, total = total+more, next, 0
				continue
			}
			return total, i
		}
		v, i = more, next
	}
}

// below100 is what stands before a scale: digits, or words up to ninety-nine.
func (n numeral) below100(i int) (float64, int) {
	w := n.at(i)
	if isDigits(w) {
		return n.digits(i)
	}
	if v, ok := small[w]; ok {
		return float64(v), i + 1
	}
	if v, ok := tens[w]; ok {
		k := i + 1
		if n.at(k) == "-" || n.at(k) == "–" {
			k++
		}
		if one, ok := small[n.at(k)]; ok && one > 0 && one < 10 {
			return float64(v + one), k + 1
		}
		return float64(v), i + 1
	}
	ten, one, ok := strings.Cut(w, "-")
	if v, known := tens[ten]; ok && known {
		if o := small[one]; o > 0 && o < 10 {
			return float64(v + o), i + 1
		}
	}
	return 0, i
}

func isDigits(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// digits is a number in digits, with groups of three parted by commas or spaces.
func (n numeral) digits(i int) (float64, int) {
	w := n.at(i)
	if groups := strings.Split(w, ","); len(groups) > 1 {
		for k, g := range groups {
			if k > 0 && len(g) != 3 {
				return 0, i
			}
		}
		w = strings.Join(groups, "")
	}
	next := i + 1
	if len(w) <= 3 && !strings.Contains(w, ".") {
		for group := n.at(next); len(group) == 3 && isDigits(group) && strings.Trim(group, "0123456789") == ""; group = n.at(next) {
			w, next = w+group, next+1
		}
	}
	v, err := strconv.ParseFloat(w, 64)
	if err != nil {
		return 0, i
	}
	if v != float64(int64(v)) && scales[n.at(next)] < 1000 {
		return 0, i // 2.5 people are no count
	}
	return v, next
}
