"""Which recorded rules on requests bear on a request: what it must say, what goes with it, how the answer may be used.

The rules are records (:class:`graph.model.RequestRule`); here is only decided which of them are about a request under
given articles for a measure. An instrument without rules on record is named as that, never taken to ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from graph.answers import Cite
from graph.articles import covers, in_order
from graph.model import RequestRule
from graph.network import Network

NO_REQUEST = frozenset({"spontaneous-information"})
"""Measures that ask for nothing: no contents, documents or form of a request are due."""


class AppliedRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as quoted in a kit or card: fields as in :class:`graph.model.RequestRule`, ``fact`` names the record."""

    kind: str
    summary: str
    instrument: str
    name: str
    article: str
    conditional: bool = False
    note: str | None = None
    fact: str
    sources: tuple[Cite, ...] = ()


class _Resting(Protocol):
    """Something that names an article of an instrument, such as :class:`graph.answers.Basis`."""

    @property
    def instrument(self) -> str: ...

    @property
    def article(self) -> str | None: ...


def articles_of(basis: Iterable[_Resting]) -> dict[str, list[str]]:
    """The articles on which a request rests, by instrument; an instrument that is only needed has none."""
    found: dict[str, list[str]] = {}
    for entry in basis:
        held = found.setdefault(entry.instrument, [])
        if entry.article and entry.article not in held:
            held.append(entry.article)
    return found


def rules_for(network: Network, articles: Mapping[str, Iterable[str]], measure: str) -> tuple[AppliedRule, ...]:
    """The rules about a request for ``measure`` under ``articles`` (by instrument), in the order of the articles."""
    return tuple(
        quoted(network, rule)
        for instrument, resting_on in articles.items()
        for rule in sorted(network.request_rules.get(instrument, ()), key=_in_order)
        if is_about(rule, tuple(resting_on), measure)
    )


def quoted(network: Network, rule: RequestRule) -> AppliedRule:
    """``rule`` with the name of its instrument and its sources."""
    return AppliedRule(
        kind=rule.kind,
        summary=rule.summary,
        instrument=rule.instrument,
        name=network.instruments[rule.instrument].short_name,
        article=rule.article,
        conditional=rule.conditional,
        note=rule.note,
        fact=f"request-rule/{rule.id}",
        sources=network.cites(rule.sources),
    )


def without_contents(network: Network, articles: Iterable[str], rules: Iterable[AppliedRule]) -> tuple[str, ...]:
    """Those of the instruments ``articles`` of which no rule on the contents of every such request is on record."""
    told = {rule.instrument for rule in rules if rule.kind in ("content", "document") and not rule.conditional}
    return tuple(instrument for instrument in articles if instrument in network.instruments and instrument not in told)


def is_about(rule: RequestRule, articles: tuple[str, ...], measure: str) -> bool:
    """Whether ``rule`` is about a request for ``measure`` under ``articles`` of its instrument."""
    if measure in NO_REQUEST and rule.kind in ("content", "document", "form", "language"):
        return False
    if rule.measures and measure not in rule.measures:
        return False
    return not rule.request_articles or any(covers(one, held) for one in rule.request_articles for held in articles)


def _in_order(rule: RequestRule) -> tuple[tuple[tuple[int, str], ...], str]:
    return in_order(rule.article), rule.id
