-- What somebody says in a story (news.Statement). All but the story and its words stands in the record.
CREATE TABLE statement (n INTEGER PRIMARY KEY, story INTEGER NOT NULL, speaker INTEGER NOT NULL, record BLOB NOT NULL);
CREATE INDEX statement_story ON statement (story);
-- Statements in the order of their lists: all of a speaker (list 0, entity 0), those about an entity (1) and those to one (2).
CREATE TABLE spoken (speaker INTEGER NOT NULL, list INTEGER NOT NULL, entity INTEGER NOT NULL, published INTEGER NOT NULL, told BLOB NOT NULL,
	start INTEGER NOT NULL, stop INTEGER NOT NULL, statement INTEGER NOT NULL,
	PRIMARY KEY (speaker, list, entity, published DESC, told, start, stop)) WITHOUT ROWID;
