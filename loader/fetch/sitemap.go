package fetch

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Link is one entry of a sitemap.
type Link struct {
	URL       string
	Changed   string // lastmod as told: W3C date or time
	Published string // of a news sitemap
	Title     string
	Publisher string
	Language  string
	Map       bool // it is a sitemap of an index
}

// maxLinks is how many entries a sitemap may have (sitemaps.org).
const maxLinks = 50_000

// Sitemap reads a sitemap, an index of sitemaps or a news sitemap, also in gzip. ok tells whether the bytes are one. Entries without an address to
// fetch from are left out. encoding/xml knows no external entities.
func Sitemap(data []byte) (links []Link, ok bool, err error) {
	if bytes.HasPrefix(data, []byte("\x1f\x8b\x08")) {
		unpacked, err := (&Client{o: Options{Bytes: 50 << 20}}).unpack("gzip", bytes.NewReader(data))
		if errors.Is(err, ErrBomb) || errors.Is(err, ErrTooLong) || errors.Is(err, gzip.ErrChecksum) {
			return nil, true, err
		}
		data = unpacked
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // addresses are ASCII
	root := ""
	for {
		t, err := d.Token()
		if err == io.EOF && ok { //nolint:errorlint // Decoder.Token returns it as it is
			return links, true, nil
		}
		if err != nil {
			if !ok {
				return nil, false, nil
			}
			return links, true, fmt.Errorf("sitemap: %w", err)
		}
		e, start := t.(xml.StartElement)
		if !start {
			continue
		}
		switch {
		case root == "":
			if root = e.Name.Local; root != "urlset" && root != "sitemapindex" {
				return nil, false, nil
			}
			ok = true
		case e.Name.Local == "url" || e.Name.Local == "sitemap":
			if len(links) == maxLinks {
				return links, true, fmt.Errorf("sitemap: over %d entries: its owner must split it", maxLinks)
			}
			var u struct {
				Loc     string `xml:"loc"`
				Lastmod string `xml:"lastmod"`
				News    struct {
					Date        string `xml:"publication_date"`
					Title       string `xml:"title"`
					Publication struct {
						Name     string `xml:"name"`
						Language string `xml:"language"`
					} `xml:"publication"`
				} `xml:"news"`
			}
			if err := d.DecodeElement(&u, &e); err != nil {
				return links, true, fmt.Errorf("sitemap: %w", err)
			}
			loc := strings.TrimSpace(u.Loc)
			if Check(loc) == nil {
				trim := strings.TrimSpace
				links = append(links, Link{
					loc, trim(u.Lastmod), trim(u.News.Date), trim(u.News.Title), trim(u.News.Publication.Name), trim(u.News.Publication.Language), root == "sitemapindex",
				})
			}
		}
	}
}
