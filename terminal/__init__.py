"""How answers look in a terminal: words, tables, marks, progress. Nothing is searched, judged or read here."""
