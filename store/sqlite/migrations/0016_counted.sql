-- Which stories came or went: numbers of four bytes, most significant first, as those of entities. What is held in memory of stories is brought in step by it.
ALTER TABLE changed ADD COLUMN stories BLOB NOT NULL DEFAULT x'';
