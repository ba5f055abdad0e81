"""Whether a State could join an instrument: a treaty that is closed to it is no gap.

What the record shows is the depositary, the kind and the title; the rules below say what follows from them. Where
nothing follows, whether the instrument is open is unknown and said to be.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from graph.gaps.nearness import belongs
from graph.model import Instrument
from graph.network import Network

Word = Literal["open", "by-invitation", "closed", "unknown"]

UNITED_NATIONS = "Secretary-General of the United Nations"
COUNCIL_OF_EUROPE = "Secretary General of the Council of Europe"
COUNCIL_OF_THE_UNION = "Secretary-General of the Council of the European Union"


class Opening(NamedTuple):
    """Whether a State could join, and by which rule."""

    word: Word
    reason: str


def opening(network: Network, instrument: Instrument, state: str, on: int) -> Opening:
    """Whether ``state`` could join ``instrument`` on day ``on`` (an ordinal).

    Acts of the European Union bind its member States alone (Treaty on the Functioning of the EU, article 288). Treaties
    deposited with the Secretary-General of the United Nations admit every State (CRC article 48, OPSC article 13, UNTOC
    article 36, UN TIP article 16). Conventions of the Council of Europe are open to its members; others may be invited
    (cets-185 article 37, cets-201 article 46, cets-197 article 43, ets-024 article 30, ets-030 article 28). Conventions
    between member States of the Union are open to States that become members (eu-mla-2000 article 28).
    """
    found = network.states[state]
    if found.kind == "territory":
        return Opening("unknown", "a territory joins through the State responsible for it")
    if instrument.kind == "eu-act" or instrument.depositary == COUNCIL_OF_THE_UNION:
        return _members_only(network, state, on)
    if instrument.extends_to_members:
        return Opening("closed", "an agreement of the European Union with the States that it names")
    if instrument.depositary == UNITED_NATIONS:
        if found.un_member in ("yes", "observer"):
            return Opening("open", "open to every State")
        return Opening("unknown", "open to every State; not a member of the United Nations on record")
    if instrument.depositary == COUNCIL_OF_EUROPE:
        if belongs(network, "council-of-europe", state, on):
            return Opening("open", "open to member States of the Council of Europe")
        return Opening("by-invitation", "a State outside the Council of Europe may be invited to accede")
    if instrument.depositary is None and instrument.parent in network.instruments:
        return opening(network, network.instruments[instrument.parent], state, on)
    return _by_name(network, instrument, state, on)


def _members_only(network: Network, state: str, on: int) -> Opening:
    if belongs(network, "eu", state, on):
        return Opening("open", "open to member States of the European Union")
    return Opening("closed", "for member States of the European Union only")


def _by_name(network: Network, instrument: Instrument, state: str, on: int) -> Opening:
    """By the organisation that the title or the depositary names: its members may join, others are not on record."""
    words = f"{instrument.title} {instrument.short_name} {instrument.depositary or ''}"
    for organisation in network.organisations.values():
        if organisation.kind != "intergovernmental" or organisation.id == "un":
            continue
        full, _, short = organisation.name.removesuffix(")").partition(" (")
        if not any(name and re.search(rf"\b{re.escape(name)}\b", words) for name in (full, short)):
            continue
        if belongs(network, organisation.id, state, on):
            return Opening("open", f"open to members of {organisation.name}, which its title or depositary names")
        return Opening("unknown", f"whether it is open beyond {organisation.name} is not on record")
    return Opening("unknown", "who may join is not on record")
