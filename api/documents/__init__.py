"""Documents to print or to go on writing, composed once as blocks with all their words, then laid out.

* :mod:`api.documents.blocks`: what a document consists of
* :mod:`api.documents.formats`: into which files
* :mod:`api.documents.page`: as HTML
* :mod:`api.documents.paper`: as DOCX
* :mod:`api.documents.sheets`: as PDF

The layouts decide nothing and say nothing of their own.
"""
