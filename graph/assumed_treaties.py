"""A bilateral treaty that is not on record, with the articles of one that is."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from graph.answers import HYPOTHETICAL
from graph.assumptions import Assumption, AssumptionError
from graph.model import Instrument, Participation, Provision
from graph.network import Network

BETWEEN_TWO = ("bilateral", "executive-agreement")


class Treaty(NamedTuple):
    """An assumed treaty: the instrument, both participations and its articles."""

    instrument: Instrument
    parties: tuple[Participation, ...]
    provisions: tuple[Provision, ...]


def modelled(network: Network, assumption: Assumption) -> Treaty:
    """The treaty between the two States of ``assumption`` with the articles of its model, in force on its day.

    Raises:
        AssumptionError: the model is no bilateral treaty, or none of its articles is on record.
    """
    model = network.instruments[assumption.instrument or ""]
    articles = network.provisions.get(model.id, [])
    if model.kind not in BETWEEN_TWO:
        raise AssumptionError(f"{assumption.text}: {model.short_name} is no treaty between two States")
    if not articles:
        raise AssumptionError(f"{assumption.text}: no article of {model.short_name} is on record to be copied")
    one, other = (network.state_name(state) for state in assumption.states)
    identity = f"assumed-{'-'.join(sorted(assumption.states)).lower()}-like-{model.id}"
    instrument = msgspec.structs.replace(
        model,
        id=identity,
        short_name=f"{one}-{other} treaty modelled on {model.short_name} (assumed)",
        title=f"Treaty between {one} and {other} modelled on {model.title}",
        signed_on=assumption.day,
        in_force_on=assumption.day,
        ended_on=None,
        status=None,
        registration=None,
        official_url=None,
        replaces=(),
        replaces_article=None,
        parties_complete_on=None,
        sources=(),
        evidence=(),
        basis=HYPOTHETICAL,
        note=None,
    )
    parties = tuple(
        Participation(
            id=f"{identity}/{state}",
            instrument=identity,
            party=state,
            standing="party",
            in_force_on=assumption.day,
            basis=HYPOTHETICAL,
        )
        for state in assumption.states
    )
    # The articles keep the sources of the model: that is where their text can be read.
    copied = tuple(
        msgspec.structs.replace(held, id=f"{identity}/{number}", instrument=identity, basis=HYPOTHETICAL)
        for number, held in enumerate(articles)
    )
    return Treaty(instrument, parties, copied)
