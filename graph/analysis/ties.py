"""The cooperation graph of a day tie by tie, for those who draw it or read it as a table."""

from __future__ import annotations

import msgspec

from graph.analysis.cooperation import Cooperation
from graph.analysis.reach import LIMITS
from graph.dates import Tri, any_of


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """A State or territory of the graph, tied or not."""

    state: str
    name: str


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument or an organisation (``kind``) that ties any two of the States."""

    body: str
    name: str
    kind: str


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two States (ids, in their order) of which at least one may ask the other.

    ``result``: whether that is certain on the day. ``forth``: ``one`` may ask ``other``; ``back``: the other way.
    ``settled``: whether every condition of some path is met. ``bodies``: ids of what is behind it.
    """

    one: str
    other: str
    result: Tri
    settled: Tri
    forth: bool
    back: bool
    bodies: tuple[str, ...]


class Ties(msgspec.Struct, frozen=True, kw_only=True):
    """The graph of a day: States, bodies and ties, each in the order of their ids."""

    release: str
    on: str
    measures: tuple[str, ...]
    urgent: bool
    states: tuple[Tied, ...]
    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    limits: tuple[str, ...] = LIMITS


def ties(graph: Cooperation) -> Ties:
    """``graph`` tie by tie."""
    network = graph.network
    return Ties(
        release=network.release,
        on=graph.asked.on,
        measures=graph.asked.measures,
        urgent=graph.asked.urgent,
        states=tuple(Tied(state=state, name=network.state_name(state)) for state in graph.states),
        bodies=tuple(
            Body(
                body=body,
                name=graph.name(body),
                kind="organisation" if body in network.organisations else "instrument",
            )
            for body in graph.bodies()
        ),
        ties=tuple(
            Tie(
                one=one,
                other=other,
                result=any_of(*(bond.verdict.in_force for bond in bonds.values())),
                settled=any_of(*(bond.verdict.path for bond in bonds.values())),
                forth=any(bond.forth for bond in bonds.values()),
                back=any(bond.back for bond in bonds.values()),
                bodies=tuple(bonds),
            )
            for (one, other), bonds in graph.ties.items()
        ),
    )
