"""Proposals of curators and the corrections that were published of them, as they lie in the data directory.

Nothing here checks what a proposal says of the law or builds a release; that is done in :mod:`ingest.curation`.
"""
