-- What an event is, type and action, stands in events and participants as a number: lists by types are read from the index of their deeds.
CREATE TABLE deed (n INTEGER PRIMARY KEY, type TEXT NOT NULL, action TEXT NOT NULL, UNIQUE (type, action));
INSERT INTO deed (type, action) SELECT DISTINCT type, action FROM event ORDER BY type, action;
DROP TRIGGER event_came;
DROP TRIGGER event_changed;
DROP TRIGGER event_went;
DROP TRIGGER entity_came;
DROP TRIGGER entity_changed;
DROP TRIGGER entity_went;
DROP TRIGGER report_came;
CREATE TABLE event_small (id BLOB NOT NULL PRIMARY KEY, deed INTEGER NOT NULL, at INTEGER NOT NULL, length INTEGER NOT NULL, marks INTEGER NOT NULL,
	record BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO event_small SELECT e.id, d.n, e.at, e.length, e.marks, e.record FROM event e JOIN deed d ON d.type = e.type AND d.action = e.action ORDER BY e.id;
DROP TABLE event;
ALTER TABLE event_small RENAME TO event;
-- The latest come last, as news does: pages that are filled at their end stay full. Lists read it backwards.
CREATE INDEX event_at ON event (at, id DESC, marks, length, deed);
CREATE INDEX event_deed ON event (deed, at DESC, id, marks, length);
CREATE TABLE participant_small (entity INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, deed INTEGER NOT NULL, length INTEGER NOT NULL,
	marks INTEGER NOT NULL, PRIMARY KEY (entity, at DESC, event)) WITHOUT ROWID;
INSERT INTO participant_small SELECT p.entity, p.at, p.event, d.n, p.length, p.marks FROM participant p JOIN deed d ON d.type = p.type AND d.action = p.action
	ORDER BY p.entity, p.at DESC, p.event;
DROP TABLE participant;
ALTER TABLE participant_small RENAME TO participant;
CREATE INDEX participant_deed ON participant (entity, deed, at DESC, event, marks, length);
-- What came, changed or went, a row for each transaction: hashes of events, and numbers of entities of four bytes, most significant first. n is how many
-- there were in all. It is written by the code that changes them.
DROP TABLE changed;
CREATE TABLE changed (n INTEGER PRIMARY KEY, events BLOB NOT NULL, entities BLOB NOT NULL);
-- How mentions are told apart from names and spans, each way once.
CREATE TABLE form (n INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE);
INSERT INTO form (record) SELECT DISTINCT record FROM mention ORDER BY record;
CREATE TABLE mention_small (story INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, before INTEGER NOT NULL, less INTEGER NOT NULL,
	entity INTEGER NOT NULL, published INTEGER NOT NULL, told BLOB NOT NULL, id BLOB NOT NULL, form INTEGER NOT NULL,
	PRIMARY KEY (story, start, stop)) WITHOUT ROWID;
INSERT INTO mention_small SELECT m.story, m.start, m.stop, m.before, m.less, m.entity, m.published, m.told, m.id, f.n FROM mention m JOIN form f ON f.record = m.record
	ORDER BY m.story, m.start, m.stop;
DROP TABLE mention;
ALTER TABLE mention_small RENAME TO mention;
CREATE INDEX mention_entity ON mention (entity, published DESC, told, start, stop);
CREATE INDEX mention_id ON mention (id);
-- A sketch is made of the text where it is needed; of bands, and of keys of reports, half of the bits will do: what is found is compared.
ALTER TABLE text DROP COLUMN sketch;
CREATE TABLE band_small (band INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (band, text)) WITHOUT ROWID;
INSERT OR IGNORE INTO band_small SELECT (((band | (band >> 32)) - (band & (band >> 32))) << 32) >> 32, text FROM band ORDER BY 1, 2;
DROP TABLE band;
ALTER TABLE band_small RENAME TO band;
UPDATE report SET key = (key << 32) >> 32;
DROP INDEX story_published;
CREATE INDEX story_published ON story (published, id DESC);
