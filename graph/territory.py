"""How far an instrument extends within the requested State (VCLT article 29).

A treaty binds a party in all of its territory unless another intention appears; a territorial declaration shows one.
Territories with an ISO 3166-1 code are asked about by themselves and have participations of their own, so that leaving
them out settles where the instrument applies: in the State asked. A part without a code leaves a question.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.answers import HYPOTHETICAL, Condition
from graph.dates import MET, UNKNOWN, reached
from graph.model import Declaration
from graph.network import Network
from graph.references import reference

LEFT_OUT = "territories-left-out"
IN_DOUBT = "territory-in-doubt"
TERRITORIAL = frozenset({LEFT_OUT, IN_DOUBT})
"""Effects of declarations on where an instrument applies."""


def territorial_scope(network: Network, party: str, needs: Iterable[str], on: int) -> list[Condition]:
    """One condition for each instrument of ``needs`` whose territory ``party`` limited, as of day ``on`` (an ordinal).

    Met where it applies in the State itself; unknown where a part of it is in doubt.
    """
    found = []
    for needed in needs:
        declared = [held for held in network.declarations(needed, party) if held.effect in TERRITORIAL]
        standing = [held for held in declared if not _withdrawn(held, on)]
        if standing:
            found.append(_condition(network, party, standing))
    return found


def _withdrawn(held: Declaration, on: int) -> bool:
    return held.withdrawn_on is not None and reached(held.withdrawn_on, on) == MET


def _condition(network: Network, party: str, declared: list[Declaration]) -> Condition:
    name = network.state_name(party)
    short = network.instruments[declared[0].instrument].short_name
    told = "; ".join(dict.fromkeys(held.summary for held in declared))
    doubtful = any(held.effect == IN_DOUBT for held in declared)
    if doubtful:
        text = f"Is what is asked for where {name} applies {short}? It declared: {told}"
    else:
        text = f"{short} applies in {name} itself. It declared: {told}; ask such territories by their own names"
    return Condition(
        code="territorial-scope",
        status=UNKNOWN if doubtful else MET,
        text=text,
        party=party,
        facts=tuple(reference(held) for held in declared),
        basis=HYPOTHETICAL if any(held.basis == HYPOTHETICAL for held in declared) else None,
        sources=network.cites(tuple(dict.fromkeys(source for held in declared for source in held.sources))),
    )
