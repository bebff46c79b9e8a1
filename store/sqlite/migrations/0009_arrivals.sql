-- turn is the place of a story in the order in which stories came; it stays when the story is read again, or superseded and back.
ALTER TABLE story ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE superseded ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bound ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;
UPDATE story SET turn = n;
UPDATE bound SET turns = (SELECT coalesce(max(n), 0) FROM story);
CREATE INDEX story_turn ON story (turn);
CREATE INDEX story_loaded ON story (loaded);
