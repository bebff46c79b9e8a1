package format

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// laughs declares an entity ten times the one before, ten times over, which names unfold to ten billion.
func laughs(root string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\"?>\n<!DOCTYPE %s [\n<!-- ]> -->\n<!ENTITY a0 \"ha\">", root)
	for n := 1; n <= 10; n++ {
		fmt.Fprintf(&b, "<!ENTITY a%d '%s'>", n, strings.Repeat(fmt.Sprintf("&a%d;", n-1), 10))
	}
	return b.String() + "\n ] >\n"
}

func TestEntityBombsAreRefusedByName(t *testing.T) {
	bodies := map[string]string{
		"rss":        `<rss version="2.0"><channel><title>A</title><item><title>B</title><description>&a10;</description></item></channel></rss>`,
		"feed":       `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>B</title><content>&a10;</content></entry></feed>`,
		"newsItem":   `<newsItem guid="x"><contentSet><inlineData>&a10;</inlineData></contentSet></newsItem>`,
		"nitf":       `<nitf><body><body.content><p>&a10;</p></body.content></body></nitf>`,
		"html":       `<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&a10;</p></body></html>`,
		"collection": `<collection>&a10;</collection>`,
		"svg":        `<svg>&a10;</svg>`,
	}
	for root, body := range bodies {
		var u *Unsupported
		errs, items := refusals(laughs(root) + body)
		if items != 0 || len(errs) != 1 || !errors.As(errs[0], &u) || root != "svg" && !strings.Contains(u.Form, "declares entities") {
			t.Errorf("%s: %d items, %v", root, items, errs)
		}
	}
	files := `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>` + strings.ReplaceAll(bodies["rss"], "&a10;", "&f;")
	if errs, items := refusals(files); items != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "declares entities") {
		t.Errorf("a file: %d items, %v", items, errs)
	}
	docx := zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", laughs("w:document")+`<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&a10;</w:t></w:r></w:p></w:body></w:document>`)
	if errs, items := refusals(docx); items != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "bombs") {
		t.Errorf("docx: %d items, %v", items, errs)
	}
}

// Entities that stand for text are written out in feeds, which have them at times; what is not used does no harm.
func TestPlainEntitiesOfFeedsAreResolved(t *testing.T) {
	const item = `<rss version="2.0"><channel><title>&paper;</title><item><title>Mali &amp; Chad meet</title><description><![CDATA[&paper; says]]> that envoys of Mali&nbsp;met&#32;&who; in Lima on Monday.</description></item></channel></rss>`
	for _, doctype := range []string{
		`<!DOCTYPE rss [<!ENTITY paper "The Andes &#38; Coast"><!ENTITY who 'those of Chad'><!ENTITY nbsp "&#160;">]>`,
		`<!DOCTYPE rss PUBLIC "-//X//EN" "http://a.example/rss.dtd" [<!ENTITY % more SYSTEM "http://a.example/x.ent"> <!ENTITY who 'those of Chad'> <!ENTITY unused "&who;&who;"> <!ENTITY paper "The Andes &#x26; Coast">]>`,
	} {
		n := 0
		for i, err := range Read("x", "", strings.NewReader("<?xml version='1.0'?>\n"+doctype+item), Options{}) {
			n++
			if err != nil || i.Publisher != "The Andes & Coast" || i.Headline != "Mali & Chad meet" || !strings.HasSuffix(i.Text, "that envoys of Mali met those of Chad in Lima on Monday.") {
				t.Errorf("%q: %+v, %v", doctype, i, err)
			}
		}
		if n != 1 {
			t.Errorf("%d items", n)
		}
	}
}

func TestCutArchivesAreNamed(t *testing.T) {
	long := strings.Repeat("<w:p><w:r><w:t>Envoys of Mali met in Lima.</w:t></w:r></w:p>", 50)
	docx := zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="x"><w:body>`+long+`</w:body></w:document>`)
	for what, data := range map[string]string{"a Word document": docx[:len(docx)-60], "a zip": zipped(t, "a.txt", mdStory, "b.txt", mdStory)[:200]} {
		errs, items := refusals(data)
		if items != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), what) || !strings.Contains(errs[0].Error(), "cut off") {
			t.Errorf("%s: %d items, %v", what, items, errs)
		}
	}
}
