package answer

import (
	"context"

	"newsgraph/news"
)

// CheckID refuses an id whose noun is none of nouns; no nouns stand for all that Nodes finds.
func CheckID(argument string, id news.ID, nouns ...string) error {
	noun := id.Noun()
	if !isNode(noun) {
		return BadInput(argument, "%q is no id: write one as another answer gave it, such as state:KP, or find a name with search", Clip(id))
	}
	for _, n := range nouns {
		if n == noun || n == "entity" && isEntity(noun) {
			return nil
		}
	}
	if len(nouns) == 0 {
		return nil
	}
	return BadInput(argument, "%s is no %s: ask node for it", Clip(id), nouns[0])
}

// Missing says that nothing has the id, or what became of it, if the log of corrections knows.
func Missing(log news.Log, argument string, id news.ID) error {
	switch c, ok := log.Became(id); {
	case !ok:
		return Absent(argument, "no %s has the id %q", id.Noun(), Clip(id))
	case c.Kind == news.MergeEntities:
		return Absent(argument, "%s was merged into %s by %s: ask for that one", Clip(id), Clip(c.Of[0]), c.ID)
	default:
		return Absent(argument, "%s was hidden by %s, which tells why", Clip(id), c.ID)
	}
}

// Nodes finds what ids name, with one call for each noun among them. Unknown ids are left out.
func (g Graph) Nodes(ctx context.Context, ids []news.ID) (map[news.ID]Node, error) {
	by := map[string][]news.ID{}
	for _, id := range distinct(ids) {
		noun := id.Noun()
		if isEntity(noun) {
			noun = "entity"
		}
		by[noun] = append(by[noun], id)
	}
	nodes := make(map[news.ID]Node, len(ids))
	entities, err := g.entitiesOf(ctx, by["entity"])
	if err != nil {
		return nil, err
	}
	for id, e := range entities[0] {
		nodes[id] = e
	}
	events, err := g.eventsByID(ctx, by["event"])
	if err != nil {
		return nil, err
	}
	for id, e := range events {
		nodes[id] = e
	}
	reports, err := g.reportsByID(ctx, by["report"])
	if err != nil {
		return nil, err
	}
	for id, r := range reports {
		nodes[id] = r
	}
	stories, err := g.storiesByID(ctx, by["story"])
	if err != nil {
		return nil, err
	}
	for id, s := range stories {
		nodes[id] = s
	}
	if err := add(ctx, nodes, by["mention"], g.Reader.MentionsByID, g.mentions, func(m *Mention) news.ID { return m.ID }); err != nil {
		return nil, err
	}
	if err := add(ctx, nodes, by["position"], g.Reader.PositionsByID, g.positions, func(p *Position) news.ID { return p.ID }); err != nil {
		return nil, err
	}
	if err := add(ctx, nodes, by["quotation"], g.Reader.QuotationsByID, g.quotations, func(q *Quotation) news.ID { return q.ID }); err != nil {
		return nil, err
	}
	if len(by["correction"]) > 0 {
		log, err := g.Log(ctx)
		if err != nil {
			return nil, err
		}
		for _, id := range by["correction"] {
			if c, ok := log.ByID(id); ok {
				nodes[id] = &Correction{c, log}
			}
		}
	}
	return nodes, nil
}

// add asks for what ids name, if they name anything, and puts the objects that are made of it among the nodes.
func add[T any, N Node](
	ctx context.Context, nodes map[news.ID]Node, ids []news.ID,
	read func(context.Context, []news.ID) ([]T, error), objects func([]T) []N, id func(N) news.ID,
) error {
	if len(ids) == 0 {
		return nil
	}
	of, err := read(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range objects(of) {
		nodes[id(n)] = n
	}
	return nil
}
