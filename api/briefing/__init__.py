"""A briefing as a document: which sections it has, in which words, with which figures.

What it says comes from :mod:`graph.briefing`; how it is laid out is the business of :mod:`api.documents`.
"""
