-- The log of corrections, and what was found in the stories that they change: all but the story itself.
CREATE TABLE correction (id BLOB NOT NULL PRIMARY KEY, at TEXT NOT NULL, record BLOB NOT NULL);
CREATE TABLE told (story INTEGER NOT NULL PRIMARY KEY, record BLOB NOT NULL);
