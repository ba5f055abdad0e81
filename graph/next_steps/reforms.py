"""What a reform of national law would change: paths that fail or stay open because the conduct is no offence there.

Dual criminality looks at the conduct (cets-185 article 25(5), UNCAC article 43(2)). Only offences are tried on which a
review says "no" or "in part": no record is no gap. Another unit than a ratification: cells under that offence alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
import numpy as np

from graph.coverage.demands import Flags
from graph.coverage.gains import Outlook
from graph.coverage.plan import Planner
from graph.coverage.supposed import supposed
from graph.gaps.criteria import offences
from graph.gaps.judgement import GAPS, Judgement, offence_judgement
from graph.next_steps.cells import Gain
from graph.what_if import assume


class Reform(msgspec.Struct, frozen=True, kw_only=True):
    """One offence that the law of a State lacks on record, and the cells under that offence that a reform changes.

    ``assumption`` is the reform as it can be written for ``comity what-if``. No penalty is assumed, so that what turns
    on the maximum penalty stays open.
    """

    offence: Judgement
    assumption: str
    gain: Gain


def reforms(planner: Planner, state: str, on: str, measures: Sequence[str] | None = None) -> tuple[Reform, ...]:
    """The reforms open to ``state`` (id) on the ISO day ``on``, those that gain most first."""
    network = planner.index.network
    found = []
    for key in offences(network):
        judgement = offence_judgement(network, state, key, date.fromisoformat(on).toordinal())
        if judgement.status in GAPS:
            assumption = f"{state}:offence:{key}:{on}"
            gain = _gain(planner, state, on, key, assumption, measures)
            found.append(Reform(offence=judgement, assumption=assumption, gain=gain))
    return tuple(sorted(found, key=lambda held: (-held.gain.opened, -held.gain.secured, held.offence.key)))


def _gain(planner: Planner, state: str, on: str, offence: str, assumption: str, measures: Sequence[str] | None) -> Gain:
    index, flags = planner.index, Flags(offence)
    before = Outlook(planner, on, flags, measures)
    after = Outlook(supposed(planner, assume(index.book, [assumption])), on, flags, measures)
    place = index.position[state]
    own = np.zeros_like(before.none)
    own[:, place, before.partners] = True
    own[:, before.partners, place] = True
    return Gain(
        opened=int(np.count_nonzero(own & before.none & ~after.none)),
        secured=int(np.count_nonzero(own & before.unsure & ~after.unsure)),
        closed=int(np.count_nonzero(own & ~before.none & after.none)),
        unsettled=int(np.count_nonzero(own & ~before.unsure & after.unsure)),
    )
