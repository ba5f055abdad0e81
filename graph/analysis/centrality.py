"""Betweenness and degree: how much of the cooperation graph hangs on one State, or on one instrument or organisation.

Betweenness (Freeman 1977) counts, for every two States, the chains of fewest steps between them and the share of these
that pass over the one looked at. A request never travels through a third State: of a *State* it says where it alone has
ties on both sides. Of a *body* it says how many pairs of States it serves, shared evenly where several bodies do.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from graph.analysis.chains import betweenness
from graph.analysis.cooperation import Cooperation
from graph.dates import MET


class StateFigure(msgspec.Struct, frozen=True, kw_only=True):
    """How one State is tied on the day.

    ``partners``: States with a certain tie; ``partners_uncertain``: those with an uncertain one only. ``bodies`` and
    ``bodies_uncertain``: instruments and organisations behind them, likewise. ``betweenness`` is the share (0 to 1) of
    the pairs of other States, ``pairs_between`` their number; both by certain ties alone.
    """

    state: str
    name: str
    partners: int
    partners_uncertain: int
    bodies: int
    bodies_uncertain: int
    pairs_between: float
    betweenness: float
    text: str


class BodyFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What one instrument or organisation carries on the day.

    ``kind``: ``instrument`` or ``organisation``. ``states`` have a tie through it, certain or not. ``pairs`` are tied
    through it for certain, ``pairs_uncertain`` perhaps; ``alone`` of the certain ones have nothing else on record, not
    even an uncertain tie. ``betweenness``: how often the shortest chain between two States runs over it, on average
    over all pairs of States, by certain ties alone; several shortest chains share, one that uses it twice counts twice.
    """

    body: str
    name: str
    kind: str
    states: int
    pairs: int
    pairs_uncertain: int
    alone: int
    betweenness: float
    text: str


def state_figures(graph: Cooperation) -> tuple[StateFigure, ...]:
    """A figure for every State of the graph: highest betweenness first, then most partners, then by id."""
    certain, all_ties = graph.state_graph(perhaps=False), graph.state_graph(perhaps=True)
    between = _state_betweenness(graph)
    pairs = max((len(graph.states) - 1) * (len(graph.states) - 2) / 2, 0)
    bodies = graph.body_graph()
    figures = []
    for state in graph.states:
        results = Counter(data["result"] for _, _, data in bodies.edges(("state", state), data=True))
        name = graph.network.state_name(state)
        partners, number = certain.degree(state), between[state] * pairs
        figures.append(
            StateFigure(
                state=state,
                name=name,
                partners=partners,
                partners_uncertain=all_ties.degree(state) - partners,
                bodies=results[MET],
                bodies_uncertain=results.total() - results[MET],
                pairs_between=_figure(number),
                betweenness=_figure(between[state]),
                text=_of_state(name, partners, number),
            )
        )
    return tuple(sorted(figures, key=lambda one: (-one.betweenness, -one.partners, one.state)))


def _state_betweenness(graph: Cooperation) -> dict[str, float]:
    """Share (0 to 1) of the pairs of other States whose shortest chains run over each State, by certain ties."""
    import numpy as np

    place = {state: number for number, state in enumerate(graph.states)}
    ways = np.zeros((len(place), len(place)))
    for one, other in graph.state_graph(perhaps=False).edges:
        ways[place[one], place[other]] = ways[place[other], place[one]] = 1
    others = max((len(place) - 1) * (len(place) - 2), 1)
    return dict(zip(graph.states, (float(sum_ / others) for sum_ in betweenness(ways, len(place))), strict=True))


def _of_state(name: str, partners: int, pairs: float) -> str:
    tied = f"{name} has a certain tie with {partners} States or territories"
    if pairs < 0.05:
        return f"{tied}; no two others depend on it to be joined by the fewest steps"
    return f"{tied}; for {pairs:.1f} pairs of others without a tie of their own the shortest chain leads over it"


def body_figures(graph: Cooperation) -> tuple[BodyFigure, ...]:
    """A figure for every instrument and organisation: highest betweenness first, then most pairs, then by id."""
    between = _body_betweenness(graph)
    pairs: Counter[str] = Counter()
    perhaps: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    states: dict[str, set[str]] = defaultdict(set)
    for pair, bonds in graph.ties.items():
        for body, bond in bonds.items():
            certain = bond.verdict.in_force == MET
            (pairs if certain else perhaps)[body] += 1
            alone[body] += certain and len(bonds) == 1
            states[body].update(pair)
    figures = [
        BodyFigure(
            body=body,
            name=graph.name(body),
            kind="organisation" if body in graph.network.organisations else "instrument",
            states=len(states[body]),
            pairs=pairs[body],
            pairs_uncertain=perhaps[body],
            alone=alone[body],
            betweenness=_figure(between.get(body, 0.0)),
            text=f"{graph.name(body)} ties {pairs[body]} pairs of States for certain; "
            f"for {alone[body]} of them nothing else is on record",
        )
        for body in graph.bodies()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.betweenness, -one.pairs, one.body)))


def _body_betweenness(graph: Cooperation) -> dict[str, float]:
    """Betweenness of bodies over all ordered pairs of States, by certain ties.

    A body is one node for all States that may ask the same others through it, so that no chain joins two States that it
    does not tie, such as two members by an agreement of the Union. Where a body ties all its States with each other
    this is the betweenness of its node in the graph of States and bodies.
    """
    import numpy as np

    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for opening in graph.openings:
        if opening.verdict.in_force == MET:
            for state in opening.asking:
                asked[opening.body, state].update(opening.asked)
    place = {state: number for number, state in enumerate(graph.states)}
    nodes: dict[tuple[str, frozenset[str]], int] = {}
    steps = set()
    for (body, state), others in asked.items():
        kind = (body, frozenset(others | {state}))  # the way back to itself is on no shortest chain
        if kind not in nodes:
            nodes[kind] = len(place) + len(nodes)
            steps |= {(nodes[kind], place[other]) for other in kind[1]}
        steps.add((place[state], nodes[kind]))
    ways = np.zeros((len(place) + len(nodes), len(place) + len(nodes)))
    if steps:
        ways[tuple(zip(*steps, strict=True))] = 1
    shares = betweenness(ways, len(place))
    found: dict[str, float] = defaultdict(float)
    ordered_pairs = max(len(place) * (len(place) - 1), 1)
    for (body, _), node in nodes.items():
        found[body] += float(shares[node]) / ordered_pairs
    return found


def _figure(value: float) -> float:
    """A figure without the noise of adding in another order."""
    return round(value, 9)
