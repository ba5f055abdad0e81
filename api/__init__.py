"""The HTTP interface: the questions of the command line as resources, with the same JSON.

It holds routes, the shapes of requests and responses, and what HTTP asks for: negotiation, caching, pages, problems.
No rule of law is decided here, and nothing is read from the sources: it asks ``graph`` about one release at a time.
Never in here: ``ingest`` and ``terminal``.
"""
