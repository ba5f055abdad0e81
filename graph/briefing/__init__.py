"""What a briefing on one State says: numbers, lists and sources, without a word of layout.

* :mod:`graph.briefing.events`: what happened between the State and each treaty, and what its parliament enacted
* :mod:`graph.briefing.joined`: which near States joined the treaties that the State has not joined
* :mod:`graph.briefing.reach`: which States it can ask for what, for the map
* :mod:`graph.briefing.answer`: all of it together with gaps and next steps

Law on paper throughout: provided by law as far as it is on record, never effective.
"""
