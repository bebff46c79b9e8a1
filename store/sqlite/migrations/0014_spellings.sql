-- The words of names, and now beside them the keys of near words (store.NameKeys): those of a file that has names are written by the program.
DROP TABLE name_words;
CREATE VIRTUAL TABLE name_words USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '+#&'");
