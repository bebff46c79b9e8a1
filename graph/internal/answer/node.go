package answer

import (
	"context"

	"newsgraph/news"
)

// CheckID refuses an id whose noun is none of nouns; no nouns stand for all that Nodes finds.
func CheckID(argument string, id news.ID, nouns ...string) error {
	noun := id.Noun()
	if !isNode(noun) {
		return BadInput(argument, "%q is no id of an entity, event, report or story: write it as another answer gave it", Clip(id))
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

// Missing says that nothing has the id.
func Missing(argument string, id news.ID) error {
	return Absent(argument, "no %s has the id %q", id.Noun(), Clip(id))
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
	return nodes, nil
}
