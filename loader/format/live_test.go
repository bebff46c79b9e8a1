package format

import (
	"fmt"
	"strings"
	"testing"
)

// liveManners are live blogs of a tale, an entry a sentence, newest first.
var liveManners = map[string]func(t tale) string{
	"JSON-LD": func(t tale) string {
		return headOf(t.head, `<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"`+t.head+`","datePublished":"`+t.day+`","liveBlogUpdate":[`+
			strings.TrimSuffix(each(6, func(k int) string {
				return fmt.Sprintf(`{"@type":"BlogPosting","headline":"What is new, %d","datePublished":"%sT1%d:42:00+02:00","articleBody":"<p>%s</p>"},`, k, t.day, k, t.sentences[k])
			}), ",")+`]}</script>`) + `<h1>` + t.head + `</h1>`
	},
	"articles with times": func(t tale) string {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + each(6, func(k int) string {
			return fmt.Sprintf(`<article id="e%d"><time datetime="%sT1%d:42:00+02:00">%d minutes ago</time><h2>What is new, %d</h2><p>%s</p></article>`, k, t.day, k, k+2, k, t.sentences[k])
		}) + `</main>` + bottom
	},
	"a list with times": func(t tale) string {
		return headOf(t.head, "") + `<h1>` + t.head + `</h1><ul>` + each(6, func(k int) string {
			return fmt.Sprintf(`<li><b>1%d:42 GMT</b><div>%s</div></li>`, k, t.sentences[k])
		}) + `</ul>`
	},
	"paragraphs": func(t tale) string {
		return headOf(t.head, "") + `<h1>` + t.head + `</h1><div>` + each(6, func(k int) string {
			return fmt.Sprintf(`<p><strong>1%d.42am</strong></p><p>%s</p>`, k, t.sentences[k])
		}) + `</div>`
	},
	"text, times on their own lines": func(t tale) string {
		return t.head + "\n\n" + each(6, func(k int) string { return fmt.Sprintf("1%d:42 GMT\n%s\n\n", k, t.sentences[k]) })
	},
	"text, times with a dash": func(t tale) string {
		return t.head + "\n\n" + each(6, func(k int) string { return fmt.Sprintf("1%d42 GMT – %s\n\n", k, t.sentences[k]) })
	},
	"text, times and headings": func(t tale) string {
		return t.head + "\nBy Ana Ruiz\n\n" + each(6, func(k int) string { return fmt.Sprintf("[1%d:42] What is new, %d\n\n%s\n\n", k, k, t.sentences[k]) })
	},
	"text, hours": func(t tale) string {
		return t.head + "\n\n" + each(6, func(k int) string { return fmt.Sprintf("%d p.m. ET: %s\n", k+1, t.sentences[k]) })
	},
}

// Each entry of a live blog is a story of its own, in every manner, and nothing of one is in another.
func TestLiveBlogsAreReadEntryByEntry(t *testing.T) {
	for manner, page := range liveManners {
		for _, tale := range tales {
			n, urls := 0, map[string]bool{}
			for i, err := range Read("in", "", strings.NewReader(page(tale)), Options{}) {
				if err != nil {
					t.Errorf("%s: %v", manner, err)
					break
				}
				if n < 6 && i.Text != tale.sentences[n] {
					t.Errorf("%s: entry %d: %q, %q", manner, n, i.Headline, i.Text)
				}
				if i.URL != "" && urls[i.URL] || !strings.Contains(i.Where, "entry") {
					t.Errorf("%s: entry %d at %q, %q", manner, n, i.URL, i.Where)
				}
				if at := fmt.Sprintf("%sT1%d:42:00+02:00", tale.day, n); (manner == "JSON-LD" || manner == "articles with times") && i.Published.Value != at {
					t.Errorf("%s: entry %d published %q", manner, n, i.Published.Value)
				}
				urls[i.URL] = true
				n++
			}
			if n != 6 {
				t.Errorf("%s: %d entries", manner, n)
			}
		}
	}
}

func TestTimesMakeNoLiveBlog(t *testing.T) {
	for what, text := range map[string]string{
		"a programme": "What is on tonight\n\n19:30 - News\n20:00 - The sea\n21:15 - Football\n22:00 - News again\n\nThe programme may change, the station said on Monday in a letter to its viewers.\n",
		"years":       "What came before\n\n2019 - The dam was planned by two ministries.\n\n2020 - Parliament voted for the dam.\n\n2021 - The first stone was laid.\n\nThe dam holds, engineers said on Monday.\n",
		"two times":   "Trains are late\n\nThe trains of 10:42 and 11:42 were late.\n\n10:42 - The first was late by an hour.\n\n11:42 - The second did not come.\n",
	} {
		if i := only(t, text, ""); i.Text == "" || i.Headline == "" {
			t.Errorf("%s: %+v", what, i)
		}
	}
}
