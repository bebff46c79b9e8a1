-- A record is the whole thing as JSON, by which the store reads exactly what was put; the other columns find it and order it. Dates
-- that are not known are empty, and therefore last where the latest come first.
CREATE TABLE story (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published TEXT NOT NULL, until TEXT NOT NULL,
	publisher TEXT NOT NULL, reader TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX story_published ON story (published DESC, id);

-- What each story says of each entity, and whether it mentions it: the entity's record is the join of what they say.
CREATE TABLE contribution (story TEXT NOT NULL, entity TEXT NOT NULL, mentioned INTEGER NOT NULL, record TEXT NOT NULL,
	PRIMARY KEY (story, entity)) WITHOUT ROWID;
CREATE INDEX contribution_entity ON contribution (entity);
CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, wikidata TEXT NOT NULL, iso2 TEXT NOT NULL, iso3 TEXT NOT NULL,
	stories INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX entity_stories ON entity (stories DESC, id);
CREATE INDEX entity_wikidata ON entity (wikidata) WHERE wikidata <> '';
CREATE INDEX entity_iso2 ON entity (iso2) WHERE iso2 <> '';
CREATE INDEX entity_iso3 ON entity (iso3) WHERE iso3 <> '';
CREATE TABLE name (n INTEGER PRIMARY KEY, entity TEXT NOT NULL, folded TEXT NOT NULL, words TEXT NOT NULL, UNIQUE (entity, folded));
CREATE INDEX name_folded ON name (folded);

CREATE TABLE mention (id TEXT PRIMARY KEY, story TEXT NOT NULL, entity TEXT NOT NULL, published TEXT NOT NULL, start INTEGER NOT NULL,
	stop INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX mention_story ON mention (story, start, stop, id);
CREATE INDEX mention_entity ON mention (entity, published DESC, story, start, stop, id);
CREATE TABLE quotation (id TEXT PRIMARY KEY, story TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX quotation_story ON quotation (story, start, stop, id);

-- form is the event-form id, canon the place in canonical order.
CREATE TABLE report (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, form TEXT NOT NULL UNIQUE, story TEXT NOT NULL, key TEXT NOT NULL,
	event TEXT NOT NULL, canon TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX report_key ON report (key);
CREATE INDEX report_event ON report (event, canon);
CREATE INDEX report_story ON report (story, start, stop, id);
CREATE TABLE event (id TEXT PRIMARY KEY, key TEXT NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL,
	modality TEXT NOT NULL, background INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX event_begins ON event (begins DESC, id);
CREATE INDEX event_key ON event (key);
CREATE INDEX event_action ON event (action, begins DESC, id);
CREATE INDEX event_type ON event (type, begins DESC, id);
-- begins is the event's, so that an entity's events are read in their order.
CREATE TABLE participant (event TEXT NOT NULL, role TEXT NOT NULL, entity TEXT NOT NULL, begins TEXT NOT NULL,
	PRIMARY KEY (event, role, entity)) WITHOUT ROWID;
CREATE INDEX participant_entity ON participant (entity, begins DESC, event, role);

-- The folded words of names, stories and sentences under the n of their rows. The words are folded before, and hold letters and digits
-- alone, so the tokenizer that takes all but ASCII punctuation for letters leaves them as they are.
CREATE VIRTUAL TABLE name_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE story_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE report_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
-- begins and ends are the days for which a position is told, empty where open.
CREATE TABLE position (id TEXT PRIMARY KEY, story TEXT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, published TEXT NOT NULL,
	begins TEXT NOT NULL, ends TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX position_story ON position (story);
CREATE INDEX position_person ON position (person);
CREATE INDEX position_body ON position (body) WHERE body <> '';
