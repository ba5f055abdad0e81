"""From fact tables to a release: read, check, reconcile, derive, validate, write.

Nothing here answers questions; that is the work of :mod:`graph`, which knows nothing of tables.
"""
