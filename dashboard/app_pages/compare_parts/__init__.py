"""The parts of the page Compare: what is on record about each column, in the same rows."""
