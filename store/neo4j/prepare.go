package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// definition is a constraint or an index that the store needs. Their names are the database's, so they begin with ours.
type definition struct{ name, cypher string }

const words = ` OPTIONS {indexConfig: {` + "`fulltext.analyzer`" + `: 'whitespace'}}`

// indexed is a range index; of is :Label of nodes or -TYPE of relations.
func indexed(name, of, properties string) definition {
	pattern := "(n" + of + ")"
	if typ, ok := strings.CutPrefix(of, "-"); ok {
		pattern = "()-[n:" + typ + "]-()"
	}
	return definition{name, fmt.Sprintf("CREATE INDEX %s IF NOT EXISTS FOR %s ON (n.%s)", name, pattern, strings.ReplaceAll(properties, " ", ", n."))}
}

// ordered are the indexes that have the lists of events in order, of all and of each participant. Each costs an entry for each event or
// participant when it is written. Oldest first of some types or modalities has none: few ask for it, and it walks all, oldest first.
func ordered() []definition {
	var all []definition
	for _, properties := range []string{
		"newest", "oldest", "wide", "action newest", "action oldest", "type newest", "modality newest",
	} {
		name := "newsgraph_event_" + strings.ReplaceAll(properties, " ", "_")
		all = append(all, indexed(name, ":Event", properties))
		for _, role := range roles() {
			name := "newsgraph_" + strings.ToLower(string(role)) + "_" + strings.ReplaceAll(properties, " ", "_")
			all = append(all, indexed(name, "-"+string(role), "entity "+properties))
		}
	}
	return all
}

// definitions are all of them, each with a statement that does nothing where it is already there.
func definitions() []definition {
	all := ordered()
	for i := range bandCount {
		all = append(all, indexed(fmt.Sprint("newsgraph_text_band", i), ":Text", fmt.Sprint("band", i)))
	}
	return append(all, []definition{
		{"newsgraph_text_id", `CREATE CONSTRAINT newsgraph_text_id IF NOT EXISTS FOR (n:Text) REQUIRE n.id IS UNIQUE`},
		indexed("newsgraph_text_copies", ":Text", "copies"),
		{"newsgraph_story_id", `CREATE CONSTRAINT newsgraph_story_id IF NOT EXISTS FOR (n:Story) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_superseded_id", `CREATE CONSTRAINT newsgraph_superseded_id IF NOT EXISTS FOR (n:Superseded) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_entity_id", `CREATE CONSTRAINT newsgraph_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_event_id", `CREATE CONSTRAINT newsgraph_event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_report_id", `CREATE CONSTRAINT newsgraph_report_id IF NOT EXISTS FOR (n:Report) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_mention_id", `CREATE CONSTRAINT newsgraph_mention_id IF NOT EXISTS FOR (n:Mention) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_quotation_id", `CREATE CONSTRAINT newsgraph_quotation_id IF NOT EXISTS FOR (n:Quotation) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_position_id", `CREATE CONSTRAINT newsgraph_position_id IF NOT EXISTS FOR (n:Position) REQUIRE n.id IS UNIQUE`},
		{"newsgraph_correction_id", `CREATE CONSTRAINT newsgraph_correction_id IF NOT EXISTS FOR (n:Correction) REQUIRE n.id IS UNIQUE`},
		indexed("newsgraph_story_turn", ":Story", "turn"),
		indexed("newsgraph_story_loaded", ":Story", "loaded"),
		indexed("newsgraph_story_known", ":Story", "known"),
		indexed("newsgraph_superseded_known", ":Superseded", "known"),
		{"newsgraph_key_id", `CREATE CONSTRAINT newsgraph_key_id IF NOT EXISTS FOR (n:Key) REQUIRE n.id IS UNIQUE`},

		{"newsgraph_schema_id", `CREATE CONSTRAINT newsgraph_schema_id IF NOT EXISTS FOR (n:Schema) REQUIRE n.id IS UNIQUE`},

		{"newsgraph_story_newest", `CREATE INDEX newsgraph_story_newest IF NOT EXISTS FOR (n:Story) ON (n.newest)`},
		indexed("newsgraph_story_wide", ":Story", "wide"),
		indexed("newsgraph_story_folded_newest", ":Story", "folded newest"),
		indexed("newsgraph_story_folded_wide", ":Story", "folded wide"),
		indexed("newsgraph_story_piece", ":Story", "piece"),
		indexed("newsgraph_superseded_piece", ":Superseded", "piece"),
		indexed("newsgraph_superseded_page", ":Superseded", "page"),
		indexed("newsgraph_superseded_text", ":Superseded", "textHash"),
		indexed("newsgraph_story_page", ":Story", "page"),
		indexed("newsgraph_position_person_newest", ":Position", "person newest"),
		indexed("newsgraph_position_body_newest", ":Position", "body newest"),
		indexed("newsgraph_relation_source", "-RELATION", "source rank"),
		indexed("newsgraph_relation_target", "-RELATION", "target rank"),
		indexed("newsgraph_relation_pair", "-RELATION", "source target rank"),
		indexed("newsgraph_relation_source_action", "-RELATION", "source action rank"),
		indexed("newsgraph_relation_target_action", "-RELATION", "target action rank"),
		{"newsgraph_relation_id", `CREATE CONSTRAINT newsgraph_relation_id IF NOT EXISTS FOR ()-[r:RELATION]-() REQUIRE r.id IS UNIQUE`},
		indexed("newsgraph_of_event_canon", "-OF", "event canon"),
		{"newsgraph_entity_name", `CREATE INDEX newsgraph_entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)`},
		{"newsgraph_entity_rank", `CREATE INDEX newsgraph_entity_rank IF NOT EXISTS FOR (n:Entity) ON (n.rank)`},
		{"newsgraph_entity_wikidata", `CREATE INDEX newsgraph_entity_wikidata IF NOT EXISTS FOR (n:Entity) ON (n.wikidata)`},
		{"newsgraph_entity_iso2", `CREATE INDEX newsgraph_entity_iso2 IF NOT EXISTS FOR (n:Entity) ON (n.iso2)`},
		{"newsgraph_entity_iso3", `CREATE INDEX newsgraph_entity_iso3 IF NOT EXISTS FOR (n:Entity) ON (n.iso3)`},
		indexed("newsgraph_report_key_since", ":Report", "key since"),
		indexed("newsgraph_report_key_wide", ":Report", "key wide"),
		{"newsgraph_mention_entity_newest", `CREATE INDEX newsgraph_mention_entity_newest IF NOT EXISTS FOR (n:Mention) ON (n.entity, n.newest)`},
		indexed("newsgraph_statement_speaker_newest", ":Statement", "speaker newest"),
		indexed("newsgraph_topic_speaker_entity_newest", "-TOPIC", "speaker entity newest"),
		indexed("newsgraph_to_speaker_entity_newest", "-TO", "speaker entity newest"),
		{"newsgraph_quotation_report", `CREATE INDEX newsgraph_quotation_report IF NOT EXISTS FOR (n:Quotation) ON (n.report)`},

		{"newsgraph_entity_words", `CREATE FULLTEXT INDEX newsgraph_entity_words IF NOT EXISTS FOR (n:Entity) ON EACH [n.words]` + words},
		{"newsgraph_story_words", `CREATE FULLTEXT INDEX newsgraph_story_words IF NOT EXISTS FOR (n:Story) ON EACH [n.words]` + words},
		{"newsgraph_report_words", `CREATE FULLTEXT INDEX newsgraph_report_words IF NOT EXISTS FOR (n:Report) ON EACH [n.words]` + words},
	}...)
}

const (
	showIndexes  = `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'newsgraph_' RETURN name, state`
	awaitIndexes = `CALL db.awaitIndexes(600)`
)

// prepare makes what is missing. A user who may only read can open a database that has it all.
func (s *Store) prepare(ctx context.Context) error {
	type index struct {
		name   string
		online bool
	}
	there, err := read(ctx, s, "look at the indexes", showIndexes, nil, func(r *row) index {
		return index{r.string("name"), r.string("state") == "ONLINE"}
	})
	if err != nil {
		return err
	}
	for _, d := range definitions() {
		if slices.ContainsFunc(there, func(i index) bool { return i.name == d.name }) {
			continue
		}
		// One by one: two processes that open at once then never wait for each other in a circle.
		_, err := write(ctx, s, "make "+strings.TrimPrefix(d.name, "newsgraph_"), func(t transaction) (struct{}, error) {
			return struct{}{}, t.do(d.cypher, nil)
		})
		if err != nil && !s.has(ctx, d.name) {
			return err
		}
	}
	_, err = read(ctx, s, "wait for the indexes", awaitIndexes, nil, func(*row) struct{} { return struct{}{} })
	return err
}

// has tells that another process made the index meanwhile.
func (s *Store) has(ctx context.Context, name string) bool {
	there, err := read(ctx, s, "look at the indexes", showIndexes, nil, func(r *row) string { return r.string("name") })
	return err == nil && slices.Contains(there, name)
}
