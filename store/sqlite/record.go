package sqlite

import (
	"cmp"

	"newsgraph/news"
)

// What the columns of a row or its story tell is left out of its record: an id, a sentence, which is a span of the story's text.

func (p *packer) packedStory(s news.Story) []byte {
	s.ID, s.Text, s.TextHash, s.Reader = same, same, same, same
	return p.pack(s)
}

// storyColumns are id, texthash, reader, record and body of a story.
type storyColumns struct {
	id             []byte
	hash, reader   string
	record, packed []byte
}

func (c *storyColumns) into() []any { return []any{&c.id, &c.hash, &c.reader, &c.record, &c.packed} }

const storyList = `s.id, s.texthash, s.reader, s.record, s.body`

func (p *packer) readStory(c storyColumns) (s news.Story, err error) {
	body, err := p.text(c.packed)
	if err = cmp.Or(err, p.unpack(c.record, &s)); err != nil {
		return s, err
	}
	s.ID, s.Text, s.TextHash, s.Reader = unhash("story", c.id), body, c.hash, c.reader
	return s, nil
}

func (p *packer) packedMention(m news.Mention) []byte {
	m.ID, m.Story, m.Entity, m.Span = same, same, same, news.Span{}
	return p.pack(m)
}

// mentionColumns are those of mentionList.
type mentionColumns struct {
	id, story                  []byte
	entity                     news.ID
	start, stop, before, fewer int
	record                     []byte
}

const mentionList = `m.id, (SELECT id FROM story WHERE n = m.story), (SELECT id FROM entity WHERE n = m.entity), m.start, m.stop, m.before, m.less, (SELECT record FROM form WHERE n = m.form)`

func (c *mentionColumns) into() []any {
	return []any{&c.id, &c.story, &c.entity, &c.start, &c.stop, &c.before, &c.fewer, &c.record}
}

func (p *packer) readMention(c mentionColumns) (m news.Mention, err error) {
	err = p.unpack(c.record, &m)
	m.ID, m.Story, m.Entity = unhash("mention", c.id), unhash("story", c.story), c.entity
	m.Span = news.Span{Start: c.start, End: c.stop, RuneStart: c.start - c.before, RuneEnd: c.stop - c.before - c.fewer}
	return m, err
}

func (p *packer) packedReport(r news.Report, s news.Story) []byte {
	r.ID, r.Story = same, same
	r.Sentence, r.TextHash = short(r.Sentence, r.SentenceSpan.In(s.Text)), short(r.TextHash, s.TextHash)
	return p.pack(r)
}

// reportColumns are those of reportList. Without the story's body, the report comes without its sentence.
type reportColumns struct {
	id, story      []byte
	hash           string
	record, packed []byte
}

const reportList = `r.id, s.id, s.texthash, r.record, s.body`

func (c *reportColumns) into() []any { return []any{&c.id, &c.story, &c.hash, &c.record, &c.packed} }

func (p *packer) readReport(c reportColumns) (r news.Report, err error) {
	if err = p.unpack(c.record, &r); err != nil {
		return r, err
	}
	r.ID, r.Story, r.TextHash = unhash("report", c.id), unhash("story", c.story), long(r.TextHash, c.hash)
	if len(c.packed) > 0 {
		body, err := p.text(c.packed)
		if err != nil {
			return r, err
		}
		r.Sentence = long(r.Sentence, r.SentenceSpan.In(body))
	}
	return r, nil
}

func (p *packer) packedEvent(e news.Event) []byte {
	e.ID = same
	return p.pack(e)
}

func (p *packer) readEvent(id, record []byte) (e news.Event, err error) {
	err = p.unpack(record, &e)
	e.ID = unhash("event", id)
	return e, err
}

func (p *packer) packedQuotation(q news.Quotation) []byte {
	q.ID, q.Story = same, same
	return p.pack(q)
}

// statedColumns are id, story and record of what stands in a story.
type statedColumns struct{ id, story, record []byte }

func (c *statedColumns) into() []any { return []any{&c.id, &c.story, &c.record} }

func (p *packer) readQuotation(c statedColumns) (q news.Quotation, err error) {
	err = p.unpack(c.record, &q)
	q.ID, q.Story = unhash("quotation", c.id), unhash("story", c.story)
	return q, err
}

func (p *packer) packedPosition(x news.Position) []byte {
	x.ID, x.Story = same, same
	return p.pack(x)
}

func (p *packer) readPosition(c statedColumns) (x news.Position, err error) {
	err = p.unpack(c.record, &x)
	x.ID, x.Story = unhash("position", c.id), unhash("story", c.story)
	return x, err
}
