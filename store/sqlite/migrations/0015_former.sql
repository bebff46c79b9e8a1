-- The graph as it was known at a time begins with the stories that had come by then, superseded ones too.
CREATE INDEX superseded_loaded ON superseded (loaded);
