package nlp

import (
	"strings"
	"testing"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		text        string
		low, high   int
		approximate bool
		used        int
	}{
		{"four people", 4, 4, false, 1},
		{"One man", 1, 1, false, 1},
		{"thirteen tea pickers", 13, 13, false, 1},
		{"Twenty-one people", 21, 21, false, 1},
		{"twenty - one people", 21, 21, false, 3},
		{"Twenty one people", 21, 21, false, 2},
		{"sixty pilgrims", 60, 60, false, 1},
		{"ninety-nine", 99, 99, false, 1},
		{"a hundred people", 100, 100, false, 2},
		{"a hundred and five people", 105, 105, false, 4},
		{"one hundred and twelve people", 112, 112, false, 4},
		{"one hundred twelve people", 112, 112, false, 3},
		{"three hundred and forty-two", 342, 342, false, 4},
		{"two thousand", 2000, 2000, false, 2},
		{"two thousand and one", 2001, 2001, false, 4},
		{"two thousand three hundred", 2300, 2300, false, 4},
		{"a hundred and five thousand", 105000, 105000, false, 5},
		{"twenty-five thousand", 25000, 25000, false, 2},
		{"one million two hundred thousand", 1200000, 1200000, false, 5},
		{"fifteen hundred", 1500, 1500, false, 2},
		{"1,200 sheep", 1200, 1200, false, 1},
		{"1 200 sheep", 1200, 1200, false, 2},
		{"12 500 000", 12500000, 12500000, false, 3},
		{"1200", 1200, 1200, false, 1},
		{"12,50", 0, 0, false, 0},
		{"2.5 million people", 2500000, 2500000, false, 2},
		{"2.5 people", 0, 0, false, 0},
		{"half a million people", 500000, 500000, false, 3},
		{"half a dozen", 6, 6, false, 3},
		{"half-a-dozen", 0, 0, false, 0},
		{"half - a - dozen", 6, 6, false, 5},
		{"half of them", 0, 0, false, 0},
		{"a quarter of a million", 250000, 250000, false, 5},
		{"two and a half million", 2500000, 2500000, false, 5},
		{"a million and a half", 1500000, 1500000, false, 5},
		{"a dozen", 12, 12, false, 2},
		{"two dozen drivers", 24, 24, false, 2},
		{"a score of men", 20, 20, false, 2},
		{"dozens of men", 24, 0, true, 1},
		{"scores of men", 40, 0, true, 1},
		{"Hundreds marched", 200, 0, true, 1},
		{"thousands", 2000, 0, true, 1},
		{"tens of thousands of people", 20000, 0, true, 3},
		{"hundreds of thousands", 200000, 0, true, 3},
		{"several hundred people", 200, 0, true, 2},
		{"a few dozen", 24, 0, true, 3},
		{"several people", 0, 0, false, 0},
		{"no people", 0, 0, false, 0},
		{"a man", 0, 0, false, 0},
		{"people", 0, 0, false, 0},
		{"", 0, 0, false, 0},
		{"at least four", 4, 0, false, 3},
		{"At least twenty-one", 21, 0, false, 3},
		{"no fewer than 12", 12, 0, false, 4},
		{"more than 40 miners", 40, 0, true, 3},
		{"over 100", 100, 0, true, 2},
		{"up to 20", 0, 20, false, 3},
		{"as many as fifty", 0, 50, false, 4},
		{"fewer than ten", 0, 10, true, 3},
		{"no more than five", 0, 5, false, 4},
		{"nearly 50 countries", 50, 50, true, 2},
		{"about a hundred", 100, 100, true, 3},
		{"some 300", 300, 300, true, 2},
		{"an estimated 5,000", 5000, 5000, true, 3},
		{"at least dozens", 24, 0, true, 3},
		{"between 20 and 30 men", 20, 30, false, 4},
		{"between twenty and thirty", 20, 30, false, 4},
		{"between Oslo and Rome", 0, 0, false, 0},
		{"between 20 men", 0, 0, false, 0},
		{"12 to 15", 12, 15, false, 3},
		{"12 - 15 men", 12, 15, false, 3},
		{"from 12 to 15", 12, 15, false, 4},
		{"two or three men", 2, 3, false, 3},
		{"ten or more", 10, 0, false, 3},
		{"ten or so", 10, 10, true, 3},
		{"three and four", 3, 3, false, 1},
		{"two hundred and five hundred", 200, 200, false, 2},
		{"5 to Oslo", 5, 5, false, 1},
		{"15 to 12", 15, 15, false, 1},
		{"a billion trillion trillion", 0, 0, false, 0},
		{"nine and three others", 9, 9, false, 1},
	} {
		words := strings.Fields(c.text)
		low, high, approximate, used := Number(words)
		if low != c.low || high != c.high || approximate != c.approximate || used != c.used {
			t.Errorf("%q: %d to %d, approximate %v, %d words; want %d to %d, %v, %d", c.text, low, high, approximate, used, c.low, c.high, c.approximate, c.used)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"a hundred and five thousand", "2.5 million", "between 20 and 30", "1 200 300", "half a dozen and a half"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		low, high, _, used := Number(words)
		if used < 0 || used > len(words) || low < 0 || high < 0 || high != 0 && high < low || used == 0 && (low != 0 || high != 0) {
			t.Errorf("%q: %d to %d, %d words", text, low, high, used)
		}
	})
}
