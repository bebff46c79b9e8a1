-- +goose Up
CREATE TABLE story (id TEXT PRIMARY KEY, published TEXT NOT NULL, until TEXT NOT NULL, publisher TEXT NOT NULL, reader TEXT NOT NULL,
	words TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX story_published ON story (published DESC, id);
-- What each story says of each entity: the entity's record is their join.
CREATE TABLE contribution (story TEXT NOT NULL, entity TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (story, entity)) WITHOUT ROWID;
CREATE INDEX contribution_entity ON contribution (entity);
CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, wikidata TEXT NOT NULL, iso2 TEXT NOT NULL, iso3 TEXT NOT NULL,
	stories INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX entity_stories ON entity (stories DESC, id);
-- Folded names, each with a space before every word, so that a word's beginning is found as ' word%'.
CREATE TABLE name (entity TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (entity, words)) WITHOUT ROWID;
CREATE INDEX name_words ON name (words);
CREATE TABLE mention (id TEXT PRIMARY KEY, story TEXT NOT NULL, entity TEXT NOT NULL, published TEXT NOT NULL, start INTEGER NOT NULL,
	record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX mention_story ON mention (story, start);
CREATE INDEX mention_entity ON mention (entity);
CREATE TABLE quotation (id TEXT PRIMARY KEY, story TEXT NOT NULL, start INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX quotation_story ON quotation (story, start);
CREATE TABLE report (id TEXT PRIMARY KEY, form TEXT NOT NULL UNIQUE, story TEXT NOT NULL, key TEXT NOT NULL, event TEXT NOT NULL,
	position INTEGER NOT NULL, start INTEGER NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX report_key ON report (key);
CREATE INDEX report_event ON report (event, position);
CREATE INDEX report_story ON report (story, start);
CREATE TABLE event (id TEXT PRIMARY KEY, key TEXT NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL,
	modality TEXT NOT NULL, background INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX event_begins ON event (begins DESC, id);
CREATE INDEX event_key ON event (key);
CREATE INDEX event_action ON event (action);
CREATE TABLE participant (event TEXT NOT NULL, role TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (event, role, entity)) WITHOUT ROWID;
CREATE INDEX participant_entity ON participant (entity, role);
