"""A question between two States, made ready: what the rules look at, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from graph.criminalisation import NationalLaw
from graph.dates import Tri
from graph.model import Establishment, Instrument
from graph.network import Network, Standing


class Replacement(NamedTuple):
    """An instrument that replaces another between the two States, and whether it is in force for both."""

    instrument: Instrument
    result: Tri


class Situation(NamedTuple):
    """A question made ready: both States' standings and law, the day as an ordinal."""

    network: Network
    requesting: str
    requested: str
    ours: dict[str, Standing]
    theirs: dict[str, Standing]
    measure: str
    offence: str | None
    on: int
    urgent: bool
    evidence: bool
    other_treaties: tuple[Standing, ...]
    replaced: dict[str, Replacement]
    provider: Establishment | None

    def laws(self) -> tuple[NationalLaw, NationalLaw]:
        """National law of the requesting and of the requested State."""
        return self.network.law(self.requesting), self.network.law(self.requested)
