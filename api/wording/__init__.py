"""How records and answers are put into words, the same in a terminal as in a document."""
