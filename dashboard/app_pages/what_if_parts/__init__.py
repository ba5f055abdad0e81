"""The parts of the page What if: what is assumed, what it changes, with whom, and what would change most."""
