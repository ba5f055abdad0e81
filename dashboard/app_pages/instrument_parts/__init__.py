"""The parts of the page of an instrument."""
