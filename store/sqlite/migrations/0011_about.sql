-- Which reports are about a report, by its hash: those of word-acts about a deed.
CREATE TABLE about (deed BLOB NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (deed, report)) WITHOUT ROWID;
CREATE INDEX about_report ON about (report);
