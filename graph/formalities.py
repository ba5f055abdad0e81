"""What a request must meet in language and form, beside the conditions of law: a translation or a form cures it.

A formality is told as a :class:`graph.answers.Condition` among a leg's ``requirements``: ``met`` or ``unknown``, never
``not met``. It does not count towards the status of a path, nor in its place: what the requester has in hand makes no
way less certain than another. The sources are the declarations of the requested State and the rules on requests of the
instruments (ets-030 article 16(2), cets-182 article 4, eu-eio-2014-41 article 5, UNTOC article 18(14) and their like).
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.answers import Condition, Language
from graph.dates import MET, UNKNOWN, Tri, reached
from graph.languages import shortest
from graph.model import Declaration, RequestRule
from graph.network import Network
from graph.once import once
from graph.references import reference
from graph.request_rules import NO_REQUEST, is_about

LANGUAGE, FORM = "language", "form"

Articles = tuple[tuple[str, tuple[str, ...]], ...]
"""The articles on which a request rests, by instrument."""


def formalities(
    network: Network,
    parties: tuple[str, str],
    articles: Articles,
    measure: str,
    taken: tuple[Language, ...],
    on: int,
) -> tuple[Condition, ...]:
    """What a request for ``measure`` between ``parties`` (requesting, requested) under ``articles`` must meet.

    ``taken``: the languages of the receiving side, as the leg shows them; ``on`` is the day as an ordinal.
    """
    if measure in NO_REQUEST:
        return ()
    sure = [one.language for one in taken if one.condition == "always" and one.stated_by != "official-language"]
    shared = _shared(network, parties[0], sure) if sure else ()
    status: Tri = MET if shared else UNKNOWN
    language, form = _by_rules(network, articles, measure, status)
    declared = network.declared_by(parties[1])
    held = (
        [one for instrument, _ in articles for one in _standing(declared.get(instrument, ()), on)] if declared else ()
    )
    if held:
        language = tuple(_by_declaration(network, one, parties, shared, status) for one in held)
    return language + form if form else language


def _shared(network: Network, requesting: str, sure: Iterable[str]) -> tuple[str, ...]:
    """The official languages of ``requesting`` that the receiving side always takes, by its own word: ``sure``."""
    ours = network.states[requesting].official_languages if requesting in network.states else ()
    named = {shortest(language) for language in sure}
    return tuple(language for language in ours if shortest(language) in named)


def _standing(declared: Iterable[Declaration], on: int) -> list[Declaration]:
    """Those that name languages and are not withdrawn on day ``on``."""
    return [
        held
        for held in declared
        if held.languages and not (held.withdrawn_on and reached(held.withdrawn_on, on) == MET)
    ]


def _by_declaration(
    network: Network, held: Declaration, parties: tuple[str, str], shared: tuple[str, ...], status: Tri
) -> Condition:
    asking, asked = network.state_name(parties[0]), network.state_name(parties[1])
    if status == MET:
        text = f"{asked} takes {', '.join(shared)}, an official language of {asking}. It declared: {held.summary}"
    else:
        text = f"Is it in, or translated into, one of: {', '.join(held.languages)}? {asked} declared: {held.summary}"
    return Condition(
        code=LANGUAGE,
        status=status,
        text=text,
        party=parties[1],
        facts=(reference(held),),
        sources=network.cites(held.sources),
    )


@once
def _by_rules(
    network: Network, articles: Articles, measure: str, status: Tri
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """What the rules of the instruments ask of every such request: in which language, which is ``status``, and form.

    What is only allowed or depends is for the drafter.
    """
    found: dict[str, list[Condition]] = {LANGUAGE: [], FORM: []}
    for instrument, resting_on in articles:
        for rule in network.request_rules.get(instrument, ()):
            if rule.kind in found and not rule.conditional and is_about(rule, resting_on, measure):
                told = _by_rule(network, rule, status if rule.kind == LANGUAGE else UNKNOWN)
                found[rule.kind].append(told)
    return tuple(found[LANGUAGE]), tuple(found[FORM])


def _by_rule(network: Network, rule: RequestRule, status: Tri) -> Condition:
    name = network.instruments[rule.instrument].short_name
    note = f" ({rule.note})" if rule.note else ""
    return Condition(
        code=rule.kind,
        status=status,
        text=f"{name}, article {rule.article}: {rule.summary}{note}",
        facts=(reference(rule),),
        sources=network.cites(rule.sources),
    )
