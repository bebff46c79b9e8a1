package format

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// officeFiles are the members of office documents that tell what they are and say.
var officeFiles = []string{"word/document.xml", "docProps/core.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml", "mimetype", "META-INF/manifest.xml"}

// readOffice reads a zip that is an office document. told is false for every other zip. A document's own times are of its file, not of its story.
func readOffice(z *zip.Reader, open func(*zip.File) (io.ReadCloser, error), yield func(Item, error) bool) (told, again bool) {
	files := map[string]*zip.File{}
	for _, f := range z.File {
		if slices.Contains(officeFiles, f.Name) {
			files[f.Name] = f
		}
	}
	switch {
	case files["word/document.xml"] != nil:
		i, err := docxItem(files, open)
		if err != nil {
			return true, yield(Item{}, fmt.Errorf("docx: %w", err))
		}
		return true, yield(i, nil)
	case files["xl/workbook.xml"] != nil:
		return true, yield(Item{}, &Unsupported{Form: "an Excel workbook", Instead: "save its sheet as CSV"})
	case files["ppt/presentation.xml"] != nil:
		return true, yield(Item{}, &Unsupported{Form: "a PowerPoint presentation", Instead: "save its text"})
	case files["content.xml"] != nil && files["mimetype"] != nil && files["META-INF/manifest.xml"] != nil:
		return true, yield(Item{}, &Unsupported{Form: "an OpenDocument file", Instead: "save it as .docx, HTML or text"})
	}
	return false, true
}

func docxItem(files map[string]*zip.File, open func(*zip.File) (io.ReadCloser, error)) (Item, error) {
	i := Item{Form: "Word (docx)"}
	title := ""
	if f := files["docProps/core.xml"]; f != nil && f.UncompressedSize64 < 1<<20 {
		if r, err := open(f); err == nil {
			if data, err := readBounded(r); err == nil {
				if core, err := parseXML(data); err == nil {
					title, i.Language = core.find("title").words(), bcp47(core.find("language").words())
				}
			}
			_ = r.Close()
		}
	}
	r, err := open(files["word/document.xml"])
	if err != nil {
		return i, err
	}
	defer func() { _ = r.Close() }()
	paragraphs, styles, err := docxParagraphs(r)
	if err != nil {
		return i, err
	}
	for n, s := range styles {
		if s == "title" || n == 0 && s == "heading1" {
			i.Headline = paragraphs[n]
			paragraphs = append(paragraphs[:n:n], paragraphs[n+1:]...)
			break
		}
	}
	if i.Headline == "" {
		i.Headline = title
	}
	if len(paragraphs) > 0 && len(paragraphs[0]) < 120 && byStart.MatchString(paragraphs[0]) {
		i.Byline, paragraphs = paragraphs[0], paragraphs[1:]
	}
	i.Text, i.Notes = splitNotes(strings.Join(paragraphs, "\n\n"), nil)
	i.Text = withoutHeadline(i.Text, i.Headline, i.Byline)
	if i.Text == "" {
		return i, fmt.Errorf("%w: a document without text", ErrNoStory)
	}
	return i, nil
}

// docxRow is a row of a table: its first paragraph, and how many cells it has.
type docxRow struct{ at, cells int }

// oneLine tells a row of a table of figures or words, which is one line, from one that lays out sentences.
func (r docxRow) oneLine(paragraphs []string) bool {
	n := len(paragraphs) - r.at
	return n > 1 && n <= r.cells && !slices.ContainsFunc(paragraphs[r.at:], sentenced)
}

// docxParagraphs are the paragraphs of a document's body with their styles. What was deleted or moved away is no text, and of what stands in two
// versions the first is read.
func docxParagraphs(r io.Reader) (paragraphs, styles []string, err error) {
	d := xml.NewDecoder(io.LimitReader(r, maxItem*4))
	d.Strict = true
	var line strings.Builder
	style, depth, skip, total, in := "", 0, 0, 0, false
	var rows []docxRow
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return paragraphs, styles, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("byte %d: %w", d.InputOffset(), err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > deepestXML {
				return nil, nil, fmt.Errorf("%w: elements over %d deep", ErrTooLong, deepestXML)
			}
			if skip > 0 {
				skip++
				continue
			}
			switch t.Name.Local {
			case "del", "moveFrom", "Fallback", "instrText", "delText":
				skip = 1
			case "t":
				in = true
			case "tr":
				rows = append(rows, docxRow{at: len(paragraphs)})
			case "tc":
				if n := len(rows); n > 0 {
					rows[n-1].cells++
				}
			case "tab", "br", "cr":
				line.WriteByte(' ')
			case "noBreakHyphen":
				line.WriteByte('-')
			case "pStyle":
				for _, a := range t.Attr {
					if a.Name.Local == "val" {
						style = strings.ToLower(strings.ReplaceAll(a.Value, " ", ""))
					}
				}
			}
		case xml.EndElement:
			depth--
			if skip > 0 {
				skip--
				continue
			}
			switch t.Name.Local {
			case "t":
				in = false
			case "tr":
				if n := len(rows); n > 0 {
					if r := rows[n-1]; r.oneLine(paragraphs) {
						paragraphs, styles = append(paragraphs[:r.at:r.at], strings.Join(paragraphs[r.at:], " ")), styles[:r.at+1]
					}
					rows = rows[:n-1]
				}
			case "p":
				if s := strings.Join(strings.Fields(line.String()), " "); s != "" {
					paragraphs, styles = append(paragraphs, s), append(styles, style)
				}
				line.Reset()
				style = ""
			}
		case xml.CharData:
			if in && skip == 0 {
				if total += len(t); total > maxItem {
					return nil, nil, fmt.Errorf("%w: over %d MB", ErrTooLong, maxItem>>20)
				}
				line.Write(t)
			}
		case xml.Directive:
			return nil, nil, &Unsupported{Form: "a Word document with declarations of XML, as XML bombs have,", Instead: "save it again with Word"}
		}
	}
}
