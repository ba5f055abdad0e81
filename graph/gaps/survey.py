"""All States on all criteria on one day, worked out on first use and kept: what practice and position compare with."""

from __future__ import annotations

from collections import Counter

from graph.gaps.ages import AGE_OFFENCES, age_judgement
from graph.gaps.criteria import criteria, offences
from graph.gaps.judgement import STATUSES, Judgement, Status, criterion_judgement, offence_judgement
from graph.gaps.nearness import Neighbours
from graph.network import Network


class Survey:
    """The judgements of a release on day ``on`` (an ordinal)."""

    def __init__(self, network: Network, on: int) -> None:
        self.network = network
        self.on = on
        self.neighbours = Neighbours(network, on)
        self.criteria = criteria(network)
        self.offences = offences(network)
        self.states = tuple(state.id for state in network.records.states if state.kind == "state")
        """States; a territory has no parliament of its own to close a gap."""
        self._held: dict[tuple[str, str, str], Judgement | None] = {}

    def judgement(self, state: str, topic: str, key: str) -> Judgement | None:
        """The judgement of ``state`` on ``key``; ``None`` for an age where no provision is on record."""
        place = (state, topic, key)
        if place not in self._held:
            judge = {"criterion": criterion_judgement, "offence": offence_judgement, "age": age_judgement}[topic]
            self._held[place] = judge(self.network, state, key, self.on)
        return self._held[place]

    def of_state(self, state: str) -> tuple[Judgement, ...]:
        """Every judgement of ``state``: criteria, offences, ages."""
        asked = (
            *(("criterion", key) for key in self.criteria),
            *(("offence", key) for key in self.offences),
            *(("age", key) for key in AGE_OFFENCES),
        )
        found = (self.judgement(state, topic, key) for topic, key in asked)
        return tuple(held for held in found if held is not None)

    def counts(self, state: str, topic: str) -> dict[Status, int]:
        """How many criteria or offences (``topic``) have which word for ``state``."""
        keys = self.criteria if topic == "criterion" else self.offences
        words = Counter(held.status for key in keys if (held := self.judgement(state, topic, key)))
        return {status: words[status] for status in STATUSES}
