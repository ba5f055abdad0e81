"""The parts of the page of a State, each with a function ``show`` of its profile and the ISO day."""
