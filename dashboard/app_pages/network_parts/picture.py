"""What the drawing of the network is given: States ranked, ties, communities, and all words in it."""

from __future__ import annotations

from typing import Any

from dashboard import answers
from dashboard.texts import language, right_to_left, state_name, word

MOST_TIES = 4000
"""Ties from which a drawing is a black field."""

ALONE = 7
"""The look of States that are in no community; there are seven others."""


def drawable(ties: Any) -> bool:
    """Whether a drawing would show anything."""
    return len(ties.ties) <= MOST_TIES


def drawing(ties: Any, survey: Any, title: str) -> dict[str, Any]:
    """The data of the component. States stand in the order of their weight, as in the table beside it."""
    bodies = {one.body: one.name for one in ties.bodies}
    communities = {
        state: place for place, one in enumerate(survey.communities.communities[:ALONE]) for state in one.states
    }
    cuts = {one.id for one in survey.cut_states}
    return {
        "title": title,
        "language": language(),
        "rtl": right_to_left(),
        "nodes": [
            {
                "id": one.state,
                "name": named(one.state, one.name),
                "community": communities.get(one.state, ALONE),
                "cut": one.state in cuts,
                "short": str(one.partners) + (f" + {one.partners_uncertain} ?" if one.partners_uncertain else ""),
                "text": figures(one, communities),
            }
            for one in survey.states
        ],
        "ties": [
            {
                "one": one.one,
                "other": one.other,
                "certain": one.result == "met",
                "forth": one.forth,
                "back": one.back,
                "by": ", ".join(bodies[body] for body in one.bodies),
            }
            for one in ties.ties
        ],
        "communities": [
            {"look": place, "name": word("network.community", number=place + 1, many=len(one.states))}
            for place, one in enumerate(survey.communities.communities[:ALONE])
        ]
        + ([{"look": ALONE, "name": word("network.no_community")}] if len(communities) < len(survey.states) else []),
        "words": {
            name: word(f"network.{name}")
            for name in (
                "keys", "hint", "ties", "ranked", "certain", "open", "one_way", "cut", "both", "asks", "asked", "none",
                "open_state",
            )
        }
        | {"legend": word("map.legend")},
    }  # fmt: skip


def named(state: str, english: str) -> str:
    """The name of a State in the reader's language."""
    row = answers.states().get(state)
    return state_name(row["alpha2"], english) if row else english


def figures(one: Any, communities: dict[str, int]) -> str:
    """The figures of a State in one line."""
    told = [word("network.partners_of", many=one.partners, open=one.partners_uncertain)]
    told.append(word("network.between_of", many=f"{one.pairs_between:.1f}"))
    if one.state in communities:
        told.append(word("network.in_community", number=communities[one.state] + 1))
    return " · ".join(told)
