"""The fixed words of the command line and of documents: their catalogue, and the language in which they are spoken."""
