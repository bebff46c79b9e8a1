-- Texts of stories, each once, with its news.Sketch, the number of its stories and its group of copies: the least n of the group's texts. What an
-- older version of this program kept is grouped when the file is opened (copies.go).
CREATE TABLE text (n INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, stories INTEGER NOT NULL, copies INTEGER NOT NULL, sketch BLOB NOT NULL);
CREATE INDEX text_copies ON text (copies);
-- The bands of a text, by which near texts are found.
CREATE TABLE band (band INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (band, text)) WITHOUT ROWID;
ALTER TABLE story ADD COLUMN text INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_text ON story (text, published DESC, id);
