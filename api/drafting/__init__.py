"""The kit of a request as a document: composed once, written as HTML or DOCX.

Composition gives the blocks with all their words, the two writers only lay them out. Nothing here decides law, and
nothing asks for or keeps a fact of a case: blanks stay empty.
"""
