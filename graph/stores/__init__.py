"""Stores: projections of one release, each stamped with its id, behind one small protocol."""
