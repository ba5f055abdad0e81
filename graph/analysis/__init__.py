"""Network analysis: what the cooperation graph of a day looks like as a whole, in figures that can be put in words.

From the compiled network of a release the openings of a day are gathered (:mod:`graph.analysis.openings`) and become a
graph of States and bodies (:mod:`graph.analysis.cooperation`). Upon it stand betweenness, communities, cuts and reach,
one module each; :mod:`graph.analysis.survey` puts them together. Nothing here decides what the law is: every edge comes
from the rules that answer a single question. Never in here: stores, files, clocks.
"""
