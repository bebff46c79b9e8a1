package format

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// told of a story in the tests of pages: its sentences are inventions.
type tale struct {
	head, day string
	sentences []string
}

var tales = []tale{
	{"Ferry line to the northern islands opens again", "2024-05-04", []string{
		"The ferry line to the northern islands opened again on Saturday after the harbour of Larvik was cleared of ice.",
		"The transport ministry said that two ships would sail each day until the end of the month.",
		"Fishermen had asked the government for weeks to send an icebreaker to the bay.",
		"The mayor thanked the crew of the icebreaker, who had worked for three nights.",
		"Tickets cost half as much as before, and children travel free of charge.",
		"A second line, to the western cape, stays closed until the quay there is mended.",
	}},
	{"Teachers in Quito end their strike", "2023-11-21", []string{
		"Teachers in Quito ended a strike of nine days on Tuesday when parliament voted for higher wages.",
		"Their union said schools would open on Wednesday, a day before the examinations begin.",
		"The education minister called the agreement fair to both sides.",
		"Parents had kept their children at home since the strike began.",
		"The opposition says that the money for the wages has not been found.",
		"The president will sign the law next week, his office said.",
	}},
	{"Dam on the upper river holds after heavy rain", "2022-08-15", []string{
		"A dam on the upper river held on Monday after three days of heavy rain, engineers said.",
		"Soldiers carried sandbags to the villages below it and moved four hundred people to schools.",
		"The water stood a metre below the edge in the morning.",
		"The governor asked people not to go back to their houses before Thursday.",
		"Two bridges were closed, and trains to the coast were late by hours.",
		"The weather service expects the rain to end on Tuesday night.",
	}},
}

var otherHeads = []string{
	"Council votes on a new bridge for the old town", "Nurses ask for more beds before winter comes", "Museum shows maps that sailors drew", "Farmers count their losses after hail",
	"Court hears the case of the lost cargo", "Minister flies to Oslo for talks on fish", "Power is back in most of the capital", "Police look for a stolen painting",
	"Railway orders forty new engines", "Lake is clean enough to swim in, doctors say", "Union and bakers agree on night work", "Students plant trees along the motorway",
}

var otherLines = []string{
	"The vote was close, and the losers want another one in spring.", "Hospitals say that last winter was the worst in ten years.", "The oldest of them was drawn on the skin of a goat.",
	"Half of the harvest of the valley is lost, their union says.", "The owner of the ship did not come to the hearing.", "Both countries fish in the same strait and blame each other.",
	"Only the eastern districts still wait for light.", "It hung in the house of a judge for thirty years.", "They will run on the lines of the south from next year.",
	"Samples from five beaches were better than last summer.", "Bread will be warm an hour later than before.", "Each school looks after a mile of the road.",
}

func linkTo(k int) string {
	return fmt.Sprintf(`<a href="/news/%d">%s</a>`, k, otherHeads[k%len(otherHeads)])
}

func each(n int, f func(k int) string) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(f(k))
	}
	return b.String()
}

func paragraphsOf(s []string, before, after string) string {
	return before + strings.Join(s, after+"\n"+before) + after
}

const (
	navBar = `<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/money">Money</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>`
	bottom = `<footer><p>All rights reserved.</p><a href="/about">About us</a> <a href="/jobs">Jobs</a> <a href="/privacy">Privacy</a> <a href="/terms">Terms of use</a></footer>`
)

func headOf(title, more string) string {
	return `<!doctype html><html lang="en"><head><title>` + title + ` - The Bay Courier</title>` + more + `</head><body>`
}

// articleManners write a story as sites do; each gives its page and how many of its sentences stand in it.
var articleManners = map[string]func(t tale) (page string, sentences int){
	"two paragraphs": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:2], "<p>", "</p>") + `</main>` + bottom, 2
	},
	"a table for the whole page": func(t tale) (string, int) {
		return `<HTML><HEAD><TITLE>` + t.head + `</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=700><TR><TD WIDTH=120 VALIGN=TOP>` + each(12, func(k int) string {
			return `<A HREF="s` + fmt.Sprint(k) + `.htm">Section ` + fmt.Sprint(k) + `</A><BR>`
		}) +
			`</TD><TD VALIGN=TOP><FONT SIZE=5><B>` + t.head + `</B></FONT><BR><BR><FONT FACE=arial>` + strings.Join(t.sentences, "<BR><BR>\n") + `</FONT></TD></TR></TABLE></BODY></HTML>`, 6
	},
	"a table for the whole page, short": func(t tale) (string, int) {
		return `<HTML><HEAD><TITLE>` + t.head + `</TITLE></HEAD><BODY><TABLE><TR><TD>` + each(20, func(k int) string { return linkTo(k) + `<BR>` }) +
			`</TD><TD><H2>` + t.head + `</H2>` + strings.Join(t.sentences[:3], "<BR>\n<BR>") + `</TD></TR></TABLE></BODY></HTML>`, 3
	},
	"cards of other stories below": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><article><h1>` + t.head + `</h1><time datetime="` + t.day + `">` + t.day + `</time>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `</article><section class="cards">` +
			each(8, func(k int) string {
				return `<article class="card"><h3>` + linkTo(k) + `</h3><p>` + otherLines[k] + `</p></article>`
			}) + `</section></main>` + bottom, 3
	},
	"cards of other stories, no element of articles": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<div id="content"><h1>` + t.head + `</h1><div class="text">` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `</div><div class="grid">` +
			each(12, func(k int) string {
				return `<div class="tile"><h3>` + linkTo(k) + `</h3><p>` + otherLines[k] + `</p></div>`
			}) + `</div></div>` + bottom, 3
	},
	"forty links beside": func(t tale) (string, int) {
		return headOf(t.head, "") + `<div class="left"><ul>` + each(40, func(k int) string { return `<li>` + linkTo(k) + `</li>` }) + `</ul></div><div class="mid"><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:4], "<p>", "</p>") + `</div>` + bottom, 4
	},
	"a paywall": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1><p>` + t.sentences[0] + ` ` + t.sentences[1] + `</p><div class="paywall"><h2>Read on with a subscription</h2><ul><li>One month for 3 euros</li><li>One year for 30 euros</li></ul><a href="/login">Log in</a></div></main>` + bottom, 2
	},
	"a paywall, and what others read": func(t tale) (string, int) {
		return headOf(t.head, `<meta name="date" content="`+t.day+`">`) + navBar + `<main><h1>` + t.head + `</h1><p>` + t.sentences[0] + `</p><p>` + t.sentences[1] + `</p><div class="offer">To go on reading, log in or subscribe.</div><h2>Others read</h2><ul>` +
			each(10, func(k int) string { return `<li>` + linkTo(k) + `</li>` }) + `</ul></main>` + bottom, 2
	},
	"pictures with words below": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1><p>` + t.sentences[0] + `</p>` + each(5, func(k int) string {
			return `<figure><img src="` + fmt.Sprint(k) + `.jpg"><figcaption>` + t.sentences[k+1] + `</figcaption></figure>`
		}) + `</main>` + bottom, 1
	},
	"a list with numbers": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1><p>What we know so far:</p><ol>` + paragraphsOf(t.sentences, "<li>", "</li>") + `</ol></main>` + bottom, 6
	},
	"headings and a sentence each": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + each(6, func(k int) string { return fmt.Sprintf(`<h2>%d. What is new</h2><p>%s</p>`, k+1, t.sentences[k]) }) + `</main>` + bottom, 6
	},
	"a sentence a paragraph among many links": func(t tale) (string, int) {
		return headOf(t.head, "") + each(30, func(k int) string {
			return `<a href="/t/` + fmt.Sprint(k) + `">Topic number ` + fmt.Sprint(k) + `</a> `
		}) + `<div class="story"><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences, "<p>", "</p>") + `</div><div>` + each(40, func(k int) string { return `<div>` + linkTo(k) + `</div>` }) + `</div>`, 6
	},
	"breaks for paragraphs": func(t tale) (string, int) {
		return headOf(t.head, "") + `<h1>` + t.head + `</h1><div>` + strings.Join(t.sentences, "<br>\n") + `</div>` + bottom, 6
	},
	"divisions for paragraphs": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<div class="c1"><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences, `<div class="c2"><span>`, `</span></div>`) + `</div>` + bottom, 6
	},
	"its canonical address is the site's": func(t tale) (string, int) {
		return headOf(t.head, `<link rel="canonical" href="https://bay.example/"><meta name="pubdate" content="`+t.day+`">`) + navBar + `<main><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `</main>` + bottom, 3
	},
	"the newest stories stand before it": func(t tale) (string, int) {
		return headOf(t.head, "") + `<div class="ticker">` + each(10, func(k int) string { return `<div><span>10:0` + fmt.Sprint(k%10) + `</span> ` + linkTo(k) + `</div>` }) + `</div><div class="body"><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:4], "<p>", "</p>") + `</div>` + bottom, 4
	},
	"one paragraph, more to follow": func(t tale) (string, int) {
		return headOf(t.head, `<meta name="pubdate" content="`+t.day+`">`) + navBar + `<main><h1>` + t.head + `</h1><p>` + t.sentences[0] + `</p><p>More to follow.</p></main>` + bottom, 1
	},
	"links in each paragraph": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + each(6, func(k int) string {
			words := strings.Fields(t.sentences[k])
			return `<p>` + strings.Join(words[:2], " ") + ` <a href="/x">` + strings.Join(words[2:5], " ") + `</a> ` + strings.Join(words[5:], " ") + `</p>`
		}) + `</main>` + bottom, 6
	},
	"a table of numbers": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `<table>` + each(10, func(k int) string { return fmt.Sprintf(`<tr><td>District %d</td><td>%d</td></tr>`, k, 100+7*k) }) + `</table></main>` + bottom, 3
	},
	"questions and answers": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + each(6, func(k int) string { return `<p><b>Q: What came next?</b></p><p>A: ` + t.sentences[k] + `</p>` }) + `</main>` + bottom, 6
	},
	"typewriter": func(t tale) (string, int) {
		return headOf(t.head, "") + `<h2>` + t.head + "</h2><pre>\n" + strings.Join(t.sentences, "\n\n") + "\n</pre>", 6
	},
	"comments below": func(t tale) (string, int) {
		return headOf(t.head, `<meta property="og:type" content="website">`) + navBar + `<main><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `<div id="comments">` +
			each(9, func(k int) string {
				return `<article class="comment"><a href="/u/` + fmt.Sprint(k) + `">reader ` + fmt.Sprint(k) + `</a><p>I do not believe a word of this, and neither should you.</p></article>`
			}) + `</div></main>` + bottom, 3
	},
	"it says that it is one": func(t tale) (string, int) {
		return headOf(t.head, `<script type="application/ld+json">{"@type":"NewsArticle","headline":"`+t.head+`","datePublished":"`+t.day+`"}</script>`) + navBar + `<h1>` + t.head + `</h1><p>` + t.sentences[0] + `</p>` + each(30, func(k int) string { return `<div>` + linkTo(k) + `</div>` }), 1
	},
	"a link behind each paragraph": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<main><h1>` + t.head + `</h1>` + each(6, func(k int) string {
			return `<p>` + t.sentences[k] + `</p><p><a href="/n">` + otherHeads[k] + `</a></p>`
		}) + `</main>` + bottom, 6
	},
	"a link behind each break": func(t tale) (string, int) {
		return headOf(t.head, "") + `<h1>` + t.head + `</h1><div>` + each(6, func(k int) string { return t.sentences[k] + `<br>See: ` + linkTo(k) + `<br>` }) + `</div>` + bottom, 6
	},
	"its heading leads to itself": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<div class="post"><h1><a href="/2024/ferry">` + t.head + `</a></h1>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `<p><a href="/prev">` + otherHeads[1] + `</a> <a href="/next">` + otherHeads[2] + `</a></p></div>` + bottom, 3
	},
	"three columns": func(t tale) (string, int) {
		column := func(k int) string {
			return `<div class="col"><h3>More</h3><p>` + linkTo(k) + `</p><p>` + otherLines[k] + `</p><p>` + linkTo(k+1) + `</p><p>` + otherLines[k+1] + `</p></div>`
		}
		return headOf(t.head, "") + `<div class="row">` + column(0) + `<div class="col"><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:3], "<p>", "</p>") + `</div>` + column(4) + `</div>` + bottom, 3
	},
	"articles of a table of rows": func(t tale) (string, int) {
		return `<html><title>` + t.head + `</title><body><table><tr><td><b>` + t.head + `</b></td></tr><tr><td>` + strings.Join(t.sentences[:4], `</td></tr><tr><td>`) + `</td></tr><tr><td>` + linkTo(1) + `</td></tr><tr><td>` + linkTo(2) + `</td></tr></table>`, 4
	},
	"others within": func(t tale) (string, int) {
		return headOf(t.head, "") + navBar + `<article><h1>` + t.head + `</h1>` + paragraphsOf(t.sentences[:2], "<p>", "</p>") + `<ul class="inline">` + each(3, func(k int) string { return `<li>` + linkTo(k) + `</li>` }) + `</ul>` + paragraphsOf(t.sentences[2:4], "<p>", "</p>") + `</article>` + bottom, 4
	},
}

// indexManners write pages that are no article: n links or so, in one manner each.
var indexManners = map[string]func(n int) string{
	"links and breaks": func(n int) string {
		return headOf("News", "") + `<h1>News</h1><div>` + each(n, func(k int) string { return linkTo(k) + "<br>\n" }) + `</div>`
	},
	"links and breaks in a paragraph": func(n int) string {
		return headOf("News of the week", "") + `<p>` + each(n, func(k int) string { return linkTo(k) + "<br><br>" }) + `</p>`
	},
	"links, breaks and days": func(n int) string {
		return headOf("Archive", "") + `<body><font>` + each(n, func(k int) string { return fmt.Sprintf("%d May 2024: %s<BR>", k%30+1, linkTo(k)) }) + `</font>`
	},
	"a list of links": func(n int) string {
		return headOf("World", "") + navBar + `<h1>World</h1><ul>` + each(n, func(k int) string { return `<li>` + linkTo(k) + `</li>` }) + `</ul>` + bottom
	},
	"cards": func(n int) string {
		return headOf("World", "") + navBar + `<main><h1>World</h1>` + each(n, func(k int) string {
			return `<article><h2>` + linkTo(k) + `</h2><p>` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+1)%len(otherLines)] + `</p></article>`
		}) + `</main>` + bottom
	},
	"tiles": func(n int) string {
		return headOf("World", "") + navBar + `<div>` + each(n, func(k int) string {
			return `<div class="tile"><h3>` + linkTo(k) + `</h3><p>` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+3)%len(otherLines)] + ` ` + otherLines[(k+5)%len(otherLines)] + `</p><a href="/more">Read more</a></div>`
		}) + `</div>` + bottom
	},
	"tiles with days": func(n int) string {
		return headOf("World", "") + navBar + `<div>` + each(n, func(k int) string {
			return `<div class="post"><time datetime="2024-05-04">4 May</time><a href="/n/` + fmt.Sprint(k) + `"><h3>` + otherHeads[k%len(otherHeads)] + `</h3></a><p>` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+3)%len(otherLines)] + `</p></div>`
		}) + `</div>` + bottom
	},
	"a table of links": func(n int) string {
		return headOf("Archive", "") + `<table>` + each(n, func(k int) string { return `<tr><td>4 May 2024</td><td>` + linkTo(k) + `</td></tr>` }) + `</table>`
	},
	"a subject with an introduction": func(n int) string {
		return headOf("Fishing", "") + navBar + `<main><h1>Fishing</h1><p>All our reports on fishing, from the cape to the northern islands, and what it means for those who live by it.</p>` + each(n, func(k int) string {
			return `<div class="item"><h3>` + linkTo(k) + `</h3><p>` + otherLines[k%len(otherLines)] + `</p></div>`
		}) + `</main>` + bottom
	},
	"terms and what they mean": func(n int) string {
		return headOf("Latest", "") + `<dl>` + each(n, func(k int) string { return `<dt>` + linkTo(k) + `</dt><dd>` + otherLines[k%len(otherLines)] + `</dd>` }) + `</dl>`
	},
	"a paragraph a link": func(n int) string {
		return headOf("Latest", "") + each(n, func(k int) string {
			return `<p><a href="/n/` + fmt.Sprint(k) + `">` + otherHeads[k%len(otherHeads)] + `: ` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+1)%len(otherLines)] + `</a></p>`
		})
	},
	"links with bars between": func(n int) string {
		return headOf("Latest", "") + `<p>` + each(n, func(k int) string { return linkTo(k) + " | " }) + `</p>`
	},
	"bold links, a line each": func(n int) string {
		return headOf("Digest", "") + `<div>` + each(n, func(k int) string { return `<b>` + linkTo(k) + `</b><br>` + otherLines[k%len(otherLines)] + `<br><br>` }) + `</div>`
	},
	"headings alone": func(n int) string {
		return headOf("Front page", "") + each(n, func(k int) string { return `<h2>` + linkTo(k) + `</h2>` })
	},
	"a writer": func(n int) string {
		return headOf("Ana Ruiz", "") + `<h1>Ana Ruiz</h1><div class="bio"><p>Ana Ruiz writes about the sea and those who live by it. She was born in Lugo and joined the paper in 2009.</p></div><ul>` + each(n, func(k int) string { return `<li>` + linkTo(k) + ` <span>4 May 2024</span></li>` }) + `</ul>`
	},
	"results of a search": func(n int) string {
		return headOf("Search", "") + `<form><input name=q></form><p>` + fmt.Sprint(n) + ` results for bridge</p><ol>` + each(n, func(k int) string {
			return `<li><a href="/n/` + fmt.Sprint(k) + `">` + otherHeads[k%len(otherHeads)] + `</a><p>... ` + otherLines[k%len(otherLines)] + ` ... ` + otherLines[(k+4)%len(otherLines)] + `</p></li>`
		}) + `</ol>`
	},
	"an introduction, headings and sentences": func(n int) string {
		return headOf("Fishing", "") + `<main><h1>Fishing</h1><p>All our reports on fishing, from the cape to the northern islands, and what it means for those who live by it.</p>` + each(n, func(k int) string {
			return `<h3>` + linkTo(k) + `</h3><p>` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+2)%len(otherLines)] + `</p>`
		}) + `</main>`
	},
	"a front page of sections": func(n int) string {
		return headOf("The Bay Courier", "") + navBar + each(4, func(s int) string {
			return fmt.Sprintf(`<section><h2>Section %d</h2>`, s) + each((n+3)/4, func(k int) string {
				return `<div class="box"><a href="/x"><img src="x.jpg" alt=""></a><div><h4>` + linkTo(s*3+k) + `</h4><p>` + otherLines[(s*3+k)%len(otherLines)] + `</p></div></div>`
			}) + `</section>`
		}) + bottom
	},
	"cards that are links": func(n int) string {
		return headOf("World", "") + navBar + each(n, func(k int) string {
			return `<a class="card" href="/x"><h3>` + otherHeads[k%len(otherHeads)] + `</h3><p>` + otherLines[k%len(otherLines)] + ` ` + otherLines[(k+1)%len(otherLines)] + `</p></a>`
		}) + bottom
	},
	"rows of two": func(n int) string {
		return headOf("World", "") + `<table>` + each(n, func(k int) string {
			return `<tr><td><img src="x.jpg"></td><td><a href="/x"><b>` + otherHeads[k%len(otherHeads)] + `</b></a><br>` + otherLines[k%len(otherLines)] + ` <a href="/x">more</a></td></tr>`
		}) + `</table>`
	},
	"no such page": func(n int) string {
		return headOf("Not found", "") + navBar + `<h1>Page not found</h1><p>Sorry, we could not find the page you were looking for. It may have moved.</p><ul>` + each(n, func(k int) string { return `<li>` + linkTo(k) + `</li>` }) + `</ul>` + bottom
	},
	"log in": func(int) string {
		return headOf("Log in", "") + navBar + `<h1>Log in</h1><form><label>Mail</label><input><label>Password</label><input></form><p>Forgotten your password? <a href="/reset">Reset it</a>. No account yet? <a href="/new">Make one</a>.</p>` + bottom
	},
}

// An article is read whatever the manner of its page: all of its sentences that stand in it, and none of what other stories say.
func TestArticlesAreReadInEveryManner(t *testing.T) {
	for manner, page := range articleManners {
		for _, tale := range tales {
			data, n := page(tale)
			var items []Item
			for i, err := range Read("in", "", strings.NewReader(data), Options{}) {
				if err != nil {
					t.Errorf("%s: %s: %v", manner, tale.head, err)
				} else {
					items = append(items, i)
				}
			}
			if len(items) != 1 {
				continue
			}
			text := oneLine(items[0].Text)
			for _, s := range tale.sentences[:n] {
				if !strings.Contains(text, s) {
					t.Errorf("%s: %s: lost: %s", manner, tale.head, s)
				}
			}
			for k, s := range otherHeads {
				if strings.Contains(text, s) || strings.Contains(text, otherLines[k]) {
					t.Errorf("%s: %s: of another story: %s", manner, tale.head, s)
					break
				}
			}
			if items[0].Headline != tale.head {
				t.Errorf("%s: headline %q", manner, items[0].Headline)
			}
		}
	}
}

// A page of links or notices is refused whatever its manner, and however long.
func TestIndexesAreRefusedInEveryManner(t *testing.T) {
	for manner, page := range indexManners {
		for _, n := range []int{4, 8, 12, 40} {
			for i, err := range Read("in", "", strings.NewReader(page(n)), Options{}) {
				if !errors.Is(err, ErrNoStory) {
					t.Errorf("%s, %d: %v, %q", manner, n, err, i.Text[:min(len(i.Text), 150)])
				}
			}
		}
	}
}
