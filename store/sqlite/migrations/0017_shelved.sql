-- How many superseded versions there are: nothing else would tell that one is gone.
ALTER TABLE bound ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
UPDATE bound SET superseded = (SELECT COUNT(*) FROM superseded);
