-- Where a story stands, as hashes (0 for nowhere): piece of what it is a version of, page of its url without a fragment. loaded is when it came,
-- in seconds since 1970, 0 where that was not kept. versions.go fills piece and page of what is there.
ALTER TABLE story ADD COLUMN piece INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN loaded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_piece ON story (piece) WHERE piece <> 0;
CREATE INDEX story_page ON story (page) WHERE page <> 0;
CREATE INDEX story_texthash ON story (texthash);
-- Versions of a piece that a later one took the place of: no other table tells what they say. facts are all of it, packed, without the story.
CREATE TABLE superseded (id BLOB NOT NULL PRIMARY KEY, reader TEXT NOT NULL, texthash TEXT NOT NULL, piece INTEGER NOT NULL, page INTEGER NOT NULL,
	loaded INTEGER NOT NULL, record BLOB NOT NULL, body BLOB NOT NULL, facts BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX superseded_piece ON superseded (piece);
CREATE INDEX superseded_page ON superseded (page);
CREATE INDEX superseded_texthash ON superseded (texthash);
CREATE INDEX superseded_reader ON superseded (reader);
