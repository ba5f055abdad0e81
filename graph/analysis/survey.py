"""The survey: all figures of the cooperation graph of one day, with the words and the limits that belong to them."""

from __future__ import annotations

import msgspec

from graph.analysis import reach
from graph.analysis.centrality import BodyFigure, StateFigure, body_figures, state_figures
from graph.analysis.communities import Communities, communities
from graph.analysis.cooperation import Cooperation
from graph.analysis.cuts import Cut, Groups, bridges, components, cut_bodies, cut_states
from graph.dates import MET

LIMITS = (
    *reach.LIMITS,
    "No request travels through a third State: figures about chains tell how the web of law hangs together",
    "Betweenness and communities rest on certain ties; a cut is certain only where no uncertain tie could mend it",
)
"""What every reader must know."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """The cooperation graph of a day in figures.

    ``measures``: keys of the measures, any of which makes a tie. ``ties`` are certain, ``ties_uncertain`` are not.
    ``components``: the States connected by certain ties, the largest group first; ``on_their_own``: States with no such
    tie on record, not even an uncertain one. The lists are in order of weight.
    """

    release: str
    on: str
    measures: tuple[str, ...]
    urgent: bool
    among: int
    ties: int
    ties_uncertain: int
    on_their_own: tuple[str, ...]
    components: Groups
    states: tuple[StateFigure, ...]
    bodies: tuple[BodyFigure, ...]
    communities: Communities
    cut_states: tuple[Cut, ...]
    cut_bodies: tuple[Cut, ...]
    bridges: tuple[Cut, ...]
    text: str
    limits: tuple[str, ...] = LIMITS


def survey(graph: Cooperation) -> Survey:
    """All figures of ``graph``."""
    everything = graph.state_graph(perhaps=True)
    certain = sum(data["result"] == MET for _, _, data in everything.edges(data=True))
    uncertain = everything.number_of_edges() - certain
    lone = tuple(state for state in graph.states if not everything.degree(state))
    groups = tuple(part for part in components(graph, perhaps=False) if len(part) > 1)
    return Survey(
        release=graph.network.release,
        on=graph.asked.on,
        measures=graph.asked.measures,
        urgent=graph.asked.urgent,
        among=len(graph.states),
        ties=certain,
        ties_uncertain=uncertain,
        on_their_own=lone,
        components=groups,
        states=state_figures(graph),
        bodies=body_figures(graph),
        communities=communities(graph),
        cut_states=cut_states(graph),
        cut_bodies=cut_bodies(graph),
        bridges=bridges(graph),
        text=_told(graph, certain, uncertain, len(lone), groups),
    )


def _told(graph: Cooperation, certain: int, uncertain: int, lone: int, groups: Groups) -> str:
    among = len(graph.states)
    pairs = among * (among - 1) // 2
    share = f" ({certain / pairs:.0%})" if pairs else ""
    connected = f"; the largest connected group has {len(groups[0])} of them" if groups else ""
    return (
        f"Of the {pairs} pairs of {among} States and territories {certain}{share} have a certain tie and {uncertain} "
        f"an uncertain one{connected}; {lone} have no such tie on record"
    )
