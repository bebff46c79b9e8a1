-- Which events and entities came, changed or went, in that order: what is held in memory (held.go) is brought in step by it, whoever wrote.
-- The last 100 000 are kept; whoever is further behind reads all anew.
CREATE TABLE changed (n INTEGER PRIMARY KEY, event BLOB, entity INTEGER);
CREATE TRIGGER event_came AFTER INSERT ON event BEGIN
	INSERT INTO changed (event) VALUES (NEW.id);
	DELETE FROM changed WHERE n <= (SELECT MAX(n) FROM changed) - 100000;
END;
CREATE TRIGGER event_changed AFTER UPDATE ON event BEGIN
	INSERT INTO changed (event) VALUES (OLD.id), (NEW.id);
END;
CREATE TRIGGER event_went AFTER DELETE ON event BEGIN
	INSERT INTO changed (event) VALUES (OLD.id);
END;
CREATE TRIGGER entity_came AFTER INSERT ON entity BEGIN
	INSERT INTO changed (entity) VALUES (NEW.n);
END;
CREATE TRIGGER entity_changed AFTER UPDATE OF kind, iso3, country, sector ON entity
	WHEN OLD.kind <> NEW.kind OR OLD.iso3 <> NEW.iso3 OR OLD.country <> NEW.country OR OLD.sector <> NEW.sector BEGIN
	INSERT INTO changed (entity) VALUES (NEW.n);
END;
CREATE TRIGGER entity_went AFTER DELETE ON entity BEGIN
	INSERT INTO changed (entity) VALUES (OLD.n);
END;
-- A report that is read again may have another row, though its event is as it was.
CREATE TRIGGER report_came AFTER INSERT ON report BEGIN
	INSERT INTO changed (event) VALUES (NEW.event);
END;
