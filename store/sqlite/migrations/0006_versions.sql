-- Where a story stands, as hashes (0 for nowhere): piece of what it is a version of, page of its url without a fragment. loaded is when it came,
-- in seconds since 1970, 0 where that was not kept. versions.go fills piece and page of what is there.
ALTER TABLE story ADD COLUMN piece INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN loaded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_piece ON story (piece) WHERE piece <> 0;
CREATE INDEX story_page ON story (page) WHERE page <> 0;
CREATE INDEX story_texthash ON story (texthash);
