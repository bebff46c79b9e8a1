-- What rests on claims alone is counted apart: which links are of claims, and how many of a relation.
ALTER TABLE link ADD COLUMN claim INTEGER NOT NULL DEFAULT 0;
UPDATE link SET claim = 1 WHERE (SELECT marks & 16384 FROM event WHERE id = link.event) <> 0;
DROP INDEX link_source;
DROP INDEX link_target;
CREATE INDEX link_source ON link (source, at, target, action, length, claim);
CREATE INDEX link_target ON link (target, at, source, action, length, claim);
ALTER TABLE relation ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
UPDATE relation SET claims = (SELECT COUNT(*) FROM link l WHERE l.source = relation.source AND l.target = relation.target AND l.action = relation.action AND l.claim = 1)
	WHERE EXISTS (SELECT 1 FROM link l WHERE l.source = relation.source AND l.target = relation.target AND l.action = relation.action AND l.claim = 1);
