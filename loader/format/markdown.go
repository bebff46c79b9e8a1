package format

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	frontLine = regexp.MustCompile(`^([A-Za-z][\w.-]{0,40})\s*[:=](?:\s+(.*)|)$`)
	mdHeading = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$`)
	mdLink    = regexp.MustCompile(`(!?)\[((?:[^\[\]\\]|\\.)*)\](?:\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+["'(][^\n]*?["')])?\)|\[[^\[\]\n]*\])`)
	mdAuto    = regexp.MustCompile(`<(https?://[^<>\s]+)>`)
	mdDefine  = regexp.MustCompile(`^ {0,3}\[[^\]\n]{1,100}\]:\s+\S+`)
	mdFoot    = regexp.MustCompile(`\[\^[^\]\s]{1,40}\]`)
	mdList    = regexp.MustCompile(`^\s{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]+(.*)$`)
	mdRule    = regexp.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	mdFence   = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	mdTable   = regexp.MustCompile(`^\s*\|?[\s:|-]*-{3,}[\s:|-]*$`)
	mdStrong  = regexp.MustCompile(`(\*\*|__)([^\s*_](?:[^\n]*?[^\s])?)(\*\*|__)`)
	mdStar    = regexp.MustCompile(`\*([^\s*](?:[^*\n]*[^\s*])?)\*`)
	mdUnder   = regexp.MustCompile(`(^|[\s("'“‘])_([^\s_](?:[^_\n]*[^\s_])?)_($|[\s.,;:!?)"'”’])`)
	mdStrike  = regexp.MustCompile(`~~([^~\n]+)~~`)
	mdCode    = regexp.MustCompile("`+([^`\n]+)`+")
	mdEscape  = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!|<>~-])")
	mdComment = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// isMarkdown tells Markdown by its sender's word, front matter, a first heading, or links and headings together.
func isMarkdown(head []byte, mediaType string) bool {
	if strings.Contains(mediaType, "markdown") {
		return true
	}
	s := strings.TrimLeft(strings.ReplaceAll(strings.TrimPrefix(string(head), "\ufeff"), "\r\n", "\n"), "\n")
	if _, fields := frontMatter(s); fields != nil || endless(s) {
		return true
	}
	first, rest, _ := strings.Cut(s, "\n")
	if m := mdHeading.FindStringSubmatch(first); m != nil && m[1] == "#" && strings.HasPrefix(rest, "\n") && !strings.Contains(m[2], " = ") {
		return true
	}
	headings, links := 0, 0
	for line := range strings.SplitSeq(s, "\n") {
		if mdHeading.MatchString(line) {
			headings++
		}
		if len(line) < 4000 && strings.Contains(line, "](http") {
			links++
		}
	}
	return headings > 0 && links > 0
}

// frontMatter cuts the fields before a text: YAML between lines of three hyphens, TOML between lines of three pluses. Fields have lowered names;
// a list is its values with a comma between. nil: there are none.
func frontMatter(s string) (rest string, fields map[string]string) {
	fence := ""
	for _, f := range []string{"---", "+++"} {
		if strings.HasPrefix(s, f+"\n") {
			fence = f
		}
	}
	if fence == "" {
		return s, nil
	}
	end := strings.Index(s[4:]+"\n", "\n"+fence+"\n")
	if end < 0 || end > 32<<10 {
		return s, nil
	}
	front := s[4 : 4+end]
	rest = s[min(len(s), 4+end+1+4):]
	key := ""
	for line := range strings.SplitSeq(front, "\n") {
		if t := strings.TrimSpace(line); t == "" || strings.HasPrefix(t, "#") {
			continue
		}
		if m := frontLine.FindStringSubmatch(line); m != nil {
			if fields == nil {
				fields = map[string]string{}
			}
			key = strings.ToLower(m[1])
			fields[key] = frontValue(m[2])
			continue
		}
		if key != "" && open(fields[key]) != "" {
			fields[key] = strings.TrimSpace(fields[key] + " " + strings.TrimSpace(line)) // of a list over several lines
			continue
		}
		if key == "" {
			return s, nil // no fields: a rule above a text
		}
		if item, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok || strings.HasPrefix(line, " ") {
			v := frontValue(item)
			if n, named, ok := strings.Cut(v, ":"); ok && n == "name" {
				v = frontValue(named)
			}
			if fields[key] == "" || fields[key] == ">" || fields[key] == "|" || fields[key] == ">-" || fields[key] == "|-" {
				fields[key] = v
			} else if ok {
				fields[key] += ", " + v
			} else {
				fields[key] += " " + v
			}
		}
	}
	if fields == nil {
		return s, nil
	}
	for k, v := range fields {
		if strings.HasPrefix(v, "[") {
			fields[k] = frontValue(strings.Replace(v, ", ]", "]", 1))
		}
	}
	return rest, fields
}

// endless tells front matter whose last line of hyphens or pluses is missing: its first lines are fields, one of them a title.
func endless(s string) bool {
	for _, fence := range []string{"---", "+++"} {
		front, ok := strings.CutPrefix(s, fence+"\n")
		if !ok || strings.Contains(front, "\n"+fence) {
			continue
		}
		front, _, _ = strings.Cut(front, "\n\n")
		_, fields := frontMatter(fence + "\n" + front + "\n" + fence + "\n")
		return fields["title"] != "" || fields["headline"] != ""
	}
	return false
}

// open is the mark that a value of front matter begins with and does not close; empty: none.
func open(value string) string {
	for _, marks := range []string{"[]", "{}", `""`} {
		if rest, ok := strings.CutPrefix(value, marks[:1]); ok && !strings.Contains(rest, marks[1:]) {
			return marks[:1]
		}
	}
	return ""
}

// unclosed tells the first field of front matter, by name, that opens a list, a map or a quotation and does not close it.
func unclosed(fields map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if mark := open(fields[name]); mark != "" {
			return fmt.Errorf("its front matter is broken: %s begins with %s and does not close it: close it, or put the value in quotation marks", name, mark)
		}
	}
	return nil
}

func frontValue(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		var out []string
		for part := range strings.SplitSeq(s[1:len(s)-1], ",") {
			out = append(out, frontValue(part))
		}
		return strings.Join(out, ", ")
	}
	for _, q := range []string{`"`, "'"} {
		if len(s) > 1 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			s = s[1 : len(s)-1]
			if q == "'" {
				return strings.ReplaceAll(s, "''", "'")
			}
			return strings.ReplaceAll(s, `\"`, `"`)
		}
	}
	if i := strings.Index(s, " #"); i >= 0 {
		s = strings.TrimSpace(s[:i])
	}
	return s
}

func readMarkdown(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := readBounded(in.R)
	if err != nil {
		return yield(Item{}, err)
	}
	s := strings.TrimPrefix(toUTF8(data), "\ufeff")
	s = strings.TrimLeft(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	if endless(s) {
		return yield(Item{}, fmt.Errorf("its front matter is broken: it begins with %s and has no end: put a line of %[1]s behind it", s[:3]))
	}
	s, fields := frontMatter(s)
	if err := unclosed(fields); err != nil {
		return yield(Item{}, err)
	}
	field := func(names ...string) string {
		for _, n := range names {
			if v := fields[n]; v != "" && v != "null" && v != "~" {
				return v
			}
		}
		return ""
	}
	i := Item{
		Form: "Markdown", Headline: markless(field("title", "headline")), Byline: field("byline", "author", "authors", "by"), URL: field("canonical_url", "canonicalurl", "canonical", "url", "link", "source_url"),
		Publisher: field("publisher", "site", "site_name", "source"), Language: bcp47(field("language", "lang", "locale")), Dateline: field("dateline"),
		Published: dateTold(field("date", "published", "publishdate", "pubdate", "published_at", "datepublished")),
		Updated:   dateTold(field("updated", "lastmod", "modified", "last_modified_at", "last_modified")),
	}
	if !strings.HasPrefix(i.URL, "http://") && !strings.HasPrefix(i.URL, "https://") {
		i.URL = ""
	}
	for _, k := range []string{"tags", "categories", "keywords"} {
		for t := range strings.SplitSeq(fields[k], ",") {
			if t = strings.TrimSpace(t); t != "" {
				i.Subjects = append(i.Subjects, t)
			}
		}
	}
	text, title := markdownText(s, i.Headline == "")
	if i.Headline == "" {
		i.Headline = title
	}
	i.Text = withoutHeadline(text, i.Headline, i.Byline)
	i.sign()
	i.Text, i.Notes = splitNotes(i.Text, nil)
	if c := field("correction", "corrections", "note"); c != "" {
		i.Notes = append(i.Notes, c)
	}
	i.Text = withoutHeadline(i.Text, i.Headline, i.Byline)
	if i.Text == "" {
		return yield(Item{}, fmt.Errorf("%w: Markdown without text", ErrNoStory))
	}
	return yield(i, nil)
}

// markdownText is Markdown without its marks, as paragraphs. Its first heading is its headline, if that is asked for.
func markdownText(s string, untitled bool) (text, headline string) {
	s = mdComment.ReplaceAllString(s, "")
	var out []string
	var line []string
	flush := func() {
		if t := markless(strings.Join(line, " ")); t != "" {
			out = append(out, t)
		}
		line = line[:0]
	}
	heading := func(t string, level int) {
		flush()
		if t = markless(t); t != "" {
			if untitled && headline == "" && (level == 1 || len(out) == 0) {
				headline = t
				return
			}
			out = append(out, t)
		}
	}
	fence := ""
	for l := range strings.SplitSeq(s, "\n") {
		if m := mdFence.FindStringSubmatch(l); m != nil && (fence == "" || strings.HasPrefix(m[1], fence)) {
			flush()
			if fence == "" {
				fence = m[1]
			} else {
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue // code is no text
		}
		for {
			t := strings.TrimLeft(l, " ")
			if !strings.HasPrefix(t, ">") {
				break
			}
			l = strings.TrimPrefix(t[1:], " ")
		}
		t := strings.TrimSpace(l)
		switch {
		case t == "":
			flush()
		case strings.Trim(t, "=") == "" && len(line) > 0:
			h := strings.Join(line, " ")
			line = line[:0]
			heading(h, 1)
		case strings.Trim(t, "-") == "" && len(line) > 0:
			h := strings.Join(line, " ")
			line = line[:0]
			heading(h, 2)
		case mdRule.MatchString(l) || mdTable.MatchString(l):
			flush()
		case mdDefine.MatchString(l):
			flush()
		default:
			if m := mdHeading.FindStringSubmatch(l); m != nil {
				heading(m[2], len(m[1]))
				continue
			}
			if m := mdList.FindStringSubmatch(l); m != nil {
				flush()
				line = append(line, m[1])
				continue
			}
			if strings.HasPrefix(t, "|") && strings.HasSuffix(t, "|") {
				flush()
				line = append(line, strings.ReplaceAll(t, "|", " "))
				flush()
				continue
			}
			line = append(line, t)
		}
	}
	flush()
	return strings.Join(out, "\n\n"), headline
}

// markless is a line of Markdown without marks.
func markless(s string) string {
	if len(s) > 64<<10 {
		return oneLine(s)
	}
	// What is escaped is no mark: it stands outside of text (in Unicode's private use) while marks are taken away.
	s = mdEscape.ReplaceAllStringFunc(s, func(e string) string { return string(rune(0xE000 + int(e[1]))) })
	for range 2 { // an image may stand in a link
		s = mdLink.ReplaceAllStringFunc(s, func(l string) string {
			m := mdLink.FindStringSubmatch(l)
			if m[1] == "!" {
				return ""
			}
			return m[2]
		})
	}
	s = mdAuto.ReplaceAllString(s, "$1")
	s = mdFoot.ReplaceAllString(s, "")
	s = mdCode.ReplaceAllString(s, "$1")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdStar.ReplaceAllString(s, "$1")
	s = mdUnder.ReplaceAllString(s, "$1$2$3")
	s = mdStrike.ReplaceAllString(s, "$1")
	s = inlineTag.ReplaceAllString(s, "")
	s = strings.Map(func(r rune) rune {
		if r >= 0xE000 && r < 0xE080 {
			return r - 0xE000
		}
		return r
	}, s)
	return oneLine(s)
}
