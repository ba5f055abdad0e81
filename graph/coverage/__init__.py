"""Coverage: for every ordered pair of States and every measure at once, whether the law on record provides a path.

The same question as :func:`graph.paths.find_paths`, asked for the whole world on a day, and the same answer in every
cell. Rules of law are not repeated here: what an article demands is learnt by asking
:func:`graph.conditions.conditions` about probes (:mod:`graph.coverage.demands`), and only the combining over States is
array work. Needs numpy, which nothing else in ``graph/`` loads.

* :mod:`graph.coverage.index`: what is worked out once for a release, and cheaply again where a few records change
* :mod:`graph.coverage.plan`: the offers of a kind of question, equal ones put together
* :mod:`graph.coverage.world`: standings, law and memberships on a day, as vectors over States
* :mod:`graph.coverage.matrix`: the matrix on a day
* :mod:`graph.coverage.series`: month by month
* :mod:`graph.coverage.gains`: what one participation more opens, for all States at once
* :mod:`graph.coverage.instruments`: what an instrument carries, and what it alone opens
* :mod:`graph.coverage.shares`: figures by State, region, group, organisation and measure
* :mod:`graph.coverage.report`: all of them as plain dictionaries

The figures tell what is provided by law as far as it is on record, never what is effective.
"""
