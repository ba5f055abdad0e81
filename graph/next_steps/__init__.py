"""Which ratification, or which reform, would gain a State or a group most: exact counts over the coverage of a day.

* :mod:`graph.next_steps.candidates`: the steps a State could take, as far as the record says who may join what
* :mod:`graph.next_steps.cells`: what any set of steps changes for one State, exactly
* :mod:`graph.next_steps.sets`: the best set of up to five, and what is guaranteed about it
* :mod:`graph.next_steps.waiting`: instruments that are not in force yet, and how many consents they still need
* :mod:`graph.next_steps.reforms`: what an offence in national law would change
* :mod:`graph.next_steps.groups`: the same for a region, an organisation, a parliamentary group or the world
* :mod:`graph.next_steps.answer`: the whole answer for one State

Needs numpy, as :mod:`graph.coverage` does. The figures tell what is provided by law as far as it is on record, never
what is effective.
"""

MOST_STEPS = 5
"""Steps in a set at most. Stands here so that naming it loads no numpy."""
