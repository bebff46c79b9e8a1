-- Inside, a thing goes by a number or by the ten bytes of its hash; ids are written out where an order needs them. Days are numbers, 0 for
-- one that is not known, which therefore stands last where the latest come first. A record is all else, packed (pack.go).
CREATE TABLE story (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, published INTEGER NOT NULL, until INTEGER NOT NULL,
	publisher TEXT NOT NULL, reader TEXT NOT NULL, texthash TEXT NOT NULL, record BLOB NOT NULL, body BLOB NOT NULL);
CREATE INDEX story_published ON story (published DESC, id);
CREATE INDEX story_publisher ON story (publisher, published DESC, id);
CREATE INDEX story_reader ON story (reader);

CREATE TABLE entity (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, wikidata TEXT NOT NULL, iso2 TEXT NOT NULL,
	iso3 TEXT NOT NULL, stories INTEGER NOT NULL, record BLOB NOT NULL);
CREATE INDEX entity_stories ON entity (stories DESC, id);
CREATE INDEX entity_kind ON entity (kind, stories DESC, id);
CREATE INDEX entity_wikidata ON entity (wikidata) WHERE wikidata <> '';
CREATE INDEX entity_iso2 ON entity (iso2) WHERE iso2 <> '';
CREATE INDEX entity_iso3 ON entity (iso3) WHERE iso3 <> '';
-- What stories say of an entity, each wording once with the number of its stories: the entity's record is the join of them.
CREATE TABLE wording (entity INTEGER NOT NULL, hash INTEGER NOT NULL, stories INTEGER NOT NULL, record BLOB NOT NULL,
	PRIMARY KEY (entity, hash)) WITHOUT ROWID;
-- Which wording is a story's, and whether it mentions the entity.
CREATE TABLE contribution (story INTEGER NOT NULL, entity INTEGER NOT NULL, mentioned INTEGER NOT NULL, wording INTEGER NOT NULL,
	PRIMARY KEY (story, entity)) WITHOUT ROWID;
CREATE TABLE name (n INTEGER PRIMARY KEY, entity INTEGER NOT NULL, folded TEXT NOT NULL, words TEXT NOT NULL, UNIQUE (entity, folded));
CREATE INDEX name_folded ON name (folded);

-- before and less are by how many bytes more than code points a span begins and is long.
CREATE TABLE mention (story INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, before INTEGER NOT NULL, less INTEGER NOT NULL,
	entity INTEGER NOT NULL, published INTEGER NOT NULL, told BLOB NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL,
	PRIMARY KEY (story, start, stop)) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, published DESC, told, start, stop);
CREATE TABLE quotation (story INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL,
	PRIMARY KEY (story, start, stop, id)) WITHOUT ROWID;
-- begins and ends are the days for which a position is told.
CREATE TABLE position (n INTEGER PRIMARY KEY, story INTEGER NOT NULL, id BLOB NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL,
	record BLOB NOT NULL);
CREATE INDEX position_story ON position (story);
-- Both sides of a position, the person and the body, in the order of their lists.
CREATE TABLE side (entity INTEGER NOT NULL, published INTEGER NOT NULL, told BLOB NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
	id BLOB NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (entity, published DESC, told, start, stop, id)) WITHOUT ROWID;
CREATE INDEX side_position ON side (position);

-- rank is the place in canonical order among the reports of the event; key is a hash of the key by which news.Merge tells them apart.
CREATE TABLE report (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, story INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
	key INTEGER NOT NULL, event BLOB NOT NULL, rank INTEGER NOT NULL, record BLOB NOT NULL);
CREATE INDEX report_key ON report (key);
CREATE INDEX report_event ON report (event, rank);
CREATE INDEX report_story ON report (story, start, stop, id);

-- at is the place in time (derive.go), length the days after the first, marks are roles, modality and background as bits.
CREATE TABLE event (id BLOB NOT NULL PRIMARY KEY, key INTEGER NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL,
	length INTEGER NOT NULL, marks INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX event_key ON event (key);
CREATE INDEX event_at ON event (at DESC, id, marks, length);
CREATE INDEX event_action ON event (action, at DESC, id, marks, length);
CREATE INDEX event_type ON event (type, at DESC, id, marks, length);
-- Who takes part in an event, once for all roles, with all that a list of events is filtered by: a list is read from here in its order.
CREATE TABLE participant (entity INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL,
	length INTEGER NOT NULL, marks INTEGER NOT NULL, PRIMARY KEY (entity, at DESC, event)) WITHOUT ROWID;
CREATE INDEX participant_action ON participant (entity, action, at DESC, event, marks, length);
CREATE INDEX participant_type ON participant (entity, type, at DESC, event, marks, length);
-- Each source and target of an event that counts for relations.
CREATE TABLE link (source INTEGER NOT NULL, target INTEGER NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL,
	length INTEGER NOT NULL, PRIMARY KEY (source, target, action, at DESC, event)) WITHOUT ROWID;
CREATE INDEX link_source ON link (source, at, target, action, length);
CREATE INDEX link_target ON link (target, at, source, action, length);
-- The links of a pair and an action, counted. The ids are here since lists are ordered by them.
CREATE TABLE relation (source INTEGER NOT NULL, target INTEGER NOT NULL, action TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,
	last INTEGER NOT NULL, latest BLOB NOT NULL, source_id TEXT NOT NULL, target_id TEXT NOT NULL,
	PRIMARY KEY (source, target, action)) WITHOUT ROWID;
CREATE INDEX relation_out ON relation (source, count DESC, target_id, action);
CREATE INDEX relation_in ON relation (target, count DESC, source_id, action);
-- The length of the longest event there ever was: how far back a list of a stretch of days begins.
CREATE TABLE bound (longest INTEGER NOT NULL);
INSERT INTO bound VALUES (0);

-- The folded words of names, stories and sentences under the n of their rows. The words are folded before, and hold letters and digits
-- alone, so the tokenizer that takes all but ASCII punctuation for letters leaves them as they are; those of names hold marks too.
CREATE VIRTUAL TABLE name_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '+#&'");
CREATE VIRTUAL TABLE story_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE report_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
