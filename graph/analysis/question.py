"""A question about the network of a day as a person asks it, and the survey or the reach that answers it."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.analysis import groups
from graph.analysis.cooperation import Cooperation, cooperation
from graph.analysis.groups import Group
from graph.analysis.openings import Asked
from graph.analysis.reach import LIMITS, Reach, reach
from graph.analysis.survey import Survey
from graph.analysis.ties import Ties
from graph.lookup import resolve_near_miss
from graph.network import Network
from graph.offers import OfferBook
from graph.questions import QuestionError, resolve_concept, resolve_state

CUT = ("states", "bodies", "cut_states", "cut_bodies", "bridges")
"""Lists of a survey that can be cut to the first so many."""


class NetworkQuestion:
    """What is asked, in ids. ``chosen``: only these States; ``gone``: bodies left out, as if they were not there."""

    def __init__(
        self,
        book: OfferBook,
        day: str,
        measure: str | None = None,
        *,
        urgent: bool = False,
        region: str | None = None,
        group: str | None = None,
        without: tuple[str, ...] = (),
    ) -> None:
        """Understand the names.

        Raises:
            QuestionError: one of them is not valid.
        """
        network = book.network
        keys = [resolve_concept(network, "measure", measure)] if measure is not None else _all_measures(network)
        self.book = book
        self.asked = Asked(tuple(keys), day, urgent)
        self.groups: list[Group] = [groups.region(network, region)] if region is not None else []
        if group is not None:
            self.groups.append(groups.members(network, group, self.asked.day))
        self.chosen = set.intersection(*(set(held.states) for held in self.groups)) if self.groups else None
        self.gone = [_body(network, body) for body in without]

    def limits(self) -> dict[str, Any]:
        """What narrows the answer: the names of the groups, whose membership is uncertain, and what is left out."""
        uncertain = sorted({state for held in self.groups for state in held.uncertain})
        return {
            "groups": [held.name for held in self.groups],
            "membership_uncertain": uncertain,
            "without": self.gone,
        }

    def graph(self, *, settled: bool = False) -> Cooperation:
        """The cooperation graph; ``settled``: only paths on which every condition is met."""
        return cooperation(self.book, self.asked, self.chosen, without=self.gone, settled=settled)

    def reach_of(self, state: str) -> list[Reach]:
        """Whom ``state`` (id or name) may ask, measure by measure."""
        network = self.book.network
        one = resolve_state(network, state)
        others = [
            other.id
            for other in network.states.values()
            if other.kind != "union" and (self.chosen is None or other.id in self.chosen)
        ]
        return [
            reach(self.book, self.asked._replace(measures=(measure,)), one, others, self.gone)
            for measure in self.asked.measures
        ]


def survey_told(question: NetworkQuestion, found: Survey, *, settled: bool, top: int | None) -> dict[str, Any]:
    """A survey in plain dictionaries with what narrows it, and at most ``top`` of each kind of figure."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    for name in CUT:
        told[name] = told[name][:top]
    told["communities"]["communities"] = told["communities"]["communities"][:top]
    return {**question.limits(), "settled": settled, **told}


def ties_told(question: NetworkQuestion, found: Ties, *, settled: bool) -> dict[str, Any]:
    """The ties of the graph in plain dictionaries with what narrows it."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    return {**question.limits(), "only_settled": settled, **told}


def reach_told(question: NetworkQuestion, state: str, found: list[Reach]) -> dict[str, Any]:
    """The reach of ``state`` (an id) in plain dictionaries with what narrows it."""
    asked = question.asked
    head = {"release": question.book.network.release, "on": asked.on, "urgent": asked.urgent, "state": state}
    return {**head, **question.limits(), "reach": msgspec.to_builtins(found), "limits": LIMITS}


def _body(network: Network, text: str) -> str:
    """Id of the instrument or organisation that is to be left out."""
    found = resolve_near_miss(network, text)
    if found in network.establishments:
        raise QuestionError(f"{found} is a provider, which ties no States")
    return found


def _all_measures(network: Network) -> list[str]:
    return sorted(concept.key for concept in network.concepts.values() if concept.scheme == "measure")
