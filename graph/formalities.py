"""What a request must meet in language and form, beside the conditions of law: a translation or a form cures it.

A formality is told as a :class:`graph.answers.Condition` among a leg's ``requirements``: ``met`` or ``unknown``, never
``not met``. It does not count towards the status of a path, nor in its place: what the requester has in hand makes no
way less certain than another. The sources are the declarations of the requested State and the rules on requests of the
instruments (ets-030 article 16(2), cets-182 article 4, eu-eio-2014-41 article 5, UNTOC article 18(14) and their like).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.answers import Condition, Language
from graph.dates import MET, UNKNOWN, Tri, reached
from graph.languages import shortest
from graph.model import Declaration, RequestRule
from graph.network import Network
from graph.references import reference
from graph.request_rules import NO_REQUEST, is_about

LANGUAGE, FORM = "language", "form"


def formalities(
    network: Network,
    parties: tuple[str, str],
    articles: Mapping[str, Iterable[str]],
    measure: str,
    taken: Iterable[Language],
    on: int,
) -> tuple[Condition, ...]:
    """What a request for ``measure`` between ``parties`` (requesting, requested) under ``articles`` must meet.

    ``taken``: the languages of the receiving side, as the leg shows them; ``on`` is the day as an ordinal.
    """
    if measure in NO_REQUEST:
        return ()
    found = list(_language(network, parties, articles, measure, tuple(taken), on))
    for rule in _rules(network, articles, measure, FORM):
        found.append(_ruled(network, rule, FORM, UNKNOWN))
    return tuple(found)


def _language(
    network: Network,
    parties: tuple[str, str],
    articles: Mapping[str, Iterable[str]],
    measure: str,
    taken: tuple[Language, ...],
    on: int,
) -> Iterator[Condition]:
    """The language that a declaration of the requested State fixes, else what the instrument itself asks for."""
    ours = network.states[parties[0]].official_languages if parties[0] in network.states else ()
    sure = {held.language for held in taken if held.condition == "always" and held.stated_by != "official-language"}
    named = {shortest(language) for language in sure}
    shared = [language for language in ours if shortest(language) in named]
    status: Tri = MET if shared else UNKNOWN
    declared = [held for instrument in articles for held in _declared(network, instrument, parties[1], on)]
    for held in declared:
        yield _by_declaration(network, held, parties, shared, status)
    if not declared:
        for rule in _rules(network, articles, measure, LANGUAGE):
            yield _ruled(network, rule, LANGUAGE, status)


def _declared(network: Network, instrument: str, party: str, on: int) -> list[Declaration]:
    return [
        held
        for held in network.declarations(instrument, party)
        if held.languages and not (held.withdrawn_on and reached(held.withdrawn_on, on) == MET)
    ]


def _by_declaration(
    network: Network, held: Declaration, parties: tuple[str, str], shared: list[str], status: Tri
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


def _rules(network: Network, articles: Mapping[str, Iterable[str]], measure: str, kind: str) -> Iterator[RequestRule]:
    """The rules of ``kind`` that every such request must meet; what is only allowed or depends is for the drafter."""
    for instrument, resting_on in articles.items():
        for rule in network.request_rules.get(instrument, ()):
            if rule.kind == kind and not rule.conditional and is_about(rule, tuple(resting_on), measure):
                yield rule


def _ruled(network: Network, rule: RequestRule, code: str, status: Tri) -> Condition:
    name = network.instruments[rule.instrument].short_name
    note = f" ({rule.note})" if rule.note else ""
    return Condition(
        code=code,
        status=status,
        text=f"{name}, article {rule.article}: {rule.summary}{note}",
        facts=(reference(rule),),
        sources=network.cites(rule.sources),
    )
