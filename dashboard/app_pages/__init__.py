"""The pages, each with a function ``page``."""
