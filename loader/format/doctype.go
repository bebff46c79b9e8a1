package format

import (
	"bytes"
	"html"
	"regexp"
	"strings"
)

// A document of XML may declare entities: names that stand for text. Nothing outside of a document is ever read for one, and none stands for others:
// so a few declarations cannot unfold to gigabytes ("billion laughs").

// longestEntity is how many bytes of text an entity may stand for.
const longestEntity = 1000

// errEntities says what to do with a document whose entities are not resolved.
var errEntities = &Unsupported{Form: "XML that declares entities, as XML bombs do,", Instead: "if you trust its source, resolve them first (xmllint --noent)"}

// doctype is the document type of a document: where it ends, and the entities that it declares.
type doctype struct {
	end      int // 0: there is none
	entities map[string]string
}

var entityDeclared = regexp.MustCompile(`^<!ENTITY\s+([^\s%"'&;<>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\s)`)

// outside is what an entity stands for that is declared to be elsewhere.
const outside = "&"

// doctypeOf finds the document type, behind space, processing instructions and comments. One that does not end reaches to the end of the data.
func doctypeOf(data []byte) doctype {
	at := len(data) - len(bytes.TrimPrefix(data, bom))
	for {
		rest := bytes.TrimLeft(data[at:], " \t\r\n")
		at = len(data) - len(rest)
		end := ""
		switch {
		case bytes.HasPrefix(rest, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = "-->"
		case len(rest) > 9 && bytes.EqualFold(rest[:9], []byte("<!doctype")):
			d := doctype{entities: map[string]string{}}
			d.end = at + d.read(rest)
			return d
		}
		i := bytes.Index(rest, []byte(end))
		if end == "" || i < 0 {
			return doctype{}
		}
		at += i + len(end)
	}
}

// read gathers what a document type declares and returns its length.
func (d *doctype) read(s []byte) int {
	inside := false // the brackets of its declarations
	skip := func(i int, end string) int {
		if j := bytes.Index(s[i:], []byte(end)); j >= 0 {
			return i + j + len(end)
		}
		return len(s)
	}
	for i := len("<!doctype"); i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\'':
			i = skip(i+1, string(c))
		case inside && bytes.HasPrefix(s[i:], []byte("<!--")):
			i = skip(i+4, "-->")
		case inside && bytes.HasPrefix(s[i:], []byte("<?")):
			i = skip(i, "?>")
		case inside && bytes.HasPrefix(s[i:], []byte("<!ENTITY")):
			if m := entityDeclared.FindSubmatch(s[i:]); m != nil {
				name, value := string(m[1]), outside
				switch {
				case m[2] != nil:
					value = string(m[2])
				case m[3] != nil:
					value = string(m[3])
				}
				if _, again := d.entities[name]; !again { // the first declaration counts
					d.entities[name] = value
				}
			}
			i += len("<!ENTITY")
		case c == '[':
			inside = true
			i++
		case c == ']':
			inside = false
			i++
		case c == '>' && !inside:
			return i + 1
		default:
			i++
		}
	}
	return len(s)
}

var characterRef = regexp.MustCompile(`&#(?:[0-9]{1,7}|x[0-9a-fA-F]{1,6});`)

var entityUsed = regexp.MustCompile(`<!\[CDATA\[(?s:.*?)\]\]>|<!--(?s:.*?)-->|&[^\s&;#<>]{1,64};`)

// resolved is a document of XML whose own entities are written out, or an error where one of them that is used stands for more than text.
func resolved(data []byte) ([]byte, error) {
	d := doctypeOf(data)
	if len(d.entities) == 0 {
		return data, nil
	}
	var out bytes.Buffer
	last := d.end
	out.Write(data[:last])
	for _, m := range entityUsed.FindAllIndex(data[d.end:], -1) {
		from, to := d.end+m[0], d.end+m[1]
		value, own := d.entities[string(data[from+1:to-1])]
		if data[from] != '&' || !own {
			continue
		}
		if len(value) > longestEntity || strings.ContainsAny(characterRef.ReplaceAllString(value, ""), "&<%") {
			return nil, errEntities
		}
		out.Write(data[last:from])
		out.WriteString(html.EscapeString(html.UnescapeString(value)))
		if last = to; out.Len() > maxFeed {
			return nil, errEntities
		}
	}
	out.Write(data[last:])
	return out.Bytes(), nil
}
