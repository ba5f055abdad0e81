"""Documents on the user's own disk, composed once as blocks with all their words, then laid out.

* :mod:`terminal.documents.blocks`: what a document consists of
* :mod:`terminal.documents.page`: as HTML
* :mod:`terminal.documents.paper`: as DOCX
* :mod:`terminal.documents.sheets`: as PDF

The layouts decide nothing and say nothing of their own.
"""
