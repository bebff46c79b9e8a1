package nlp

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// ReadCoNLLU yields the documents of a CoNLL-U file, each with the layers Tokens and Sentences: words, and what is one written word with
// the word before. A document ends at "# newdoc", and after a thousand sentences. Empty nodes are left out, and sentences keep their sent_id. An
// error names the line.
func ReadCoNLLU(r io.Reader) iter.Seq2[*Doc, error] {
	return func(yield func(*Doc, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, 1<<24)
		var text strings.Builder
		d := &Doc{}
		first, joined, space := 0, 0, false
		id := ""
		flush := func() bool {
			if len(d.Tokens) == 0 {
				return true
			}
			d.Text, d.layers = text.String(), Tokens|Sentences
			ok := yield(d, nil)
			text.Reset()
			d, first, space = &Doc{}, 0, false
			return ok
		}
		for n := 1; lines.Scan(); n++ {
			line := strings.TrimSuffix(lines.Text(), "\r")
			switch {
			case line == "":
				if len(d.Tokens) > first {
					d.Sentences, d.SentenceIDs = append(d.Sentences, Sentence{first, len(d.Tokens)}), append(d.SentenceIDs, id)
					first, joined, space = len(d.Tokens), 0, true
				}
				id = ""
				if len(d.Sentences) >= 1000 && !flush() {
					return
				}
				continue
			case strings.HasPrefix(line, "# newdoc"):
				if !flush() {
					return
				}
				continue
			case line[0] == '#':
				if v, ok := strings.CutPrefix(line, "# sent_id = "); ok {
					id = strings.TrimSpace(v)
				}
				continue
			}
			columns := strings.Split(line, "\t")
			if len(columns) != 10 {
				yield(nil, fmt.Errorf("line %d: %d columns, and CoNLL-U has 10, parted by tabs", n, len(columns)))
				return
			}
			if strings.Contains(columns[0], ".") {
				continue
			}
			if from, to, ok := strings.Cut(columns[0], "-"); ok {
				a, err := strconv.Atoi(from)
				b, err2 := strconv.Atoi(to)
				if err != nil || err2 != nil || b < a {
					yield(nil, fmt.Errorf("line %d: %q is no range of words", n, columns[0]))
					return
				}
				joined = b - a + 1
				if space && text.Len() > 0 {
					text.WriteByte(' ')
				}
				space = false
				joined = -joined // the next word opens it
				if !strings.Contains(columns[9], "SpaceAfter=No") {
					joined -= 1 << 20 // and a space follows the last
				}
				continue
			}
			if columns[1] == "" {
				yield(nil, fmt.Errorf("line %d: a word without a form", n))
				return
			}
			if space && text.Len() > 0 {
				text.WriteByte(' ')
			}
			t := Token{Start: text.Len()}
			text.WriteString(columns[1])
			t.End = text.Len()
			switch spaced := joined <= -(1<<20) || joined >= 1<<20; {
			case joined < 0:
				joined = -joined
				joined--
				space = false
			case joined&(1<<20-1) > 0:
				t.Part = true
				joined--
				space = false
				if joined&(1<<20-1) == 0 {
					space, joined = spaced, 0
				}
			default:
				space = !strings.Contains(columns[9], "SpaceAfter=No")
			}
			if joined == 1<<20 { // a range of one word
				space, joined = true, 0
			}
			d.Tokens = append(d.Tokens, t)
		}
		if err := lines.Err(); err != nil {
			yield(nil, fmt.Errorf("read CoNLL-U: %w", err))
			return
		}
		if len(d.Tokens) > first {
			d.Sentences, d.SentenceIDs = append(d.Sentences, Sentence{first, len(d.Tokens)}), append(d.SentenceIDs, id)
		}
		flush()
	}
}

// WriteCoNLLU writes a Doc's sentences as CoNLL-U. What layers it lacks is written as _. Predicates stand in MISC: Pred=V (N, J), their arguments as
// Args=ARG0:2,ARG1:5 with the words of the sentence from 1, Happened and Episodic.
func WriteCoNLLU(w io.Writer, d *Doc) error {
	out := bufio.NewWriter(w)
	or := func(s string) string {
		if s == "" {
			return "_"
		}
		return s
	}
	predicates := d.Predicates
	for k, s := range d.Sentences {
		if k < len(d.SentenceIDs) && d.SentenceIDs[k] != "" {
			fmt.Fprintf(out, "# sent_id = %s\n", d.SentenceIDs[k])
		}
		start, end := d.Bytes(s)
		fmt.Fprintf(out, "# text = %s\n", strings.Join(strings.Fields(d.Text[start:end]), " "))
		for i := s.First; i < s.Last; i++ {
			t, id := d.Tokens[i], i-s.First+1
			last := i
			for last+1 < s.Last && d.Tokens[last+1].Part {
				last++
			}
			after := func(k int) string {
				if k+1 < len(d.Tokens) && d.Tokens[k+1].Start == d.Tokens[k].End {
					return "SpaceAfter=No"
				}
				return "_"
			}
			misc := after(i)
			if !t.Part && last > i {
				fmt.Fprintf(out, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", id, last-s.First+1, d.Words(i, last+1), after(last))
			}
			if t.Part || last > i {
				misc = "_" // the range has it
			}
			if len(predicates) > 0 && predicates[0].Token == i {
				misc = strings.TrimPrefix(misc+"|"+d.predicateMisc(&predicates[0], s), "_|")
				predicates = predicates[1:]
			}
			head := "_"
			if d.Has(Tree) {
				head = strconv.Itoa(t.Head - s.First + 1)
				if t.Head < 0 {
					head = "0"
				}
			}
			fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t_\t%s\n", id, d.Word(i), or(t.Lemma), or(t.Universal), or(t.Tag), or(t.Features),
				head, or(t.Relation), misc)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// predicateMisc is a predicate as MISC has it.
func (d *Doc) predicateMisc(p *Predicate, s Sentence) string {
	var b strings.Builder
	b.WriteString("Pred=" + p.Class(d))
	for k, a := range p.Args {
		b.WriteString([...]string{"|Args=", ","}[min(k, 1)] + a.Role + ":" + strconv.Itoa(a.Head-s.First+1))
	}
	if d.Has(Happenings) {
		fmt.Fprintf(&b, "|Happened=%.2f|Episodic=%.2f", p.Happened, p.Episodic)
	}
	return b.String()
}
