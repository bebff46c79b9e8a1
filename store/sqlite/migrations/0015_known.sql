-- The graph as it was known at a time begins with the stories that could be read by then, superseded ones too: in seconds since 1970, 1 << 40 for those that tell
-- no date. Rows that were there before are filled by the program.
ALTER TABLE story ADD COLUMN known INTEGER NOT NULL DEFAULT 1099511627776;
ALTER TABLE superseded ADD COLUMN known INTEGER NOT NULL DEFAULT 1099511627776;
CREATE INDEX story_known ON story (known);
CREATE INDEX superseded_known ON superseded (known);
