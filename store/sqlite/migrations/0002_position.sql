-- begins and ends are the days for which a position is told, empty where open.
CREATE TABLE position (id TEXT PRIMARY KEY, story TEXT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, published TEXT NOT NULL,
	begins TEXT NOT NULL, ends TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX position_story ON position (story);
CREATE INDEX position_person ON position (person);
CREATE INDEX position_body ON position (body) WHERE body <> '';
