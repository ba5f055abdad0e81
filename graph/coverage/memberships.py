"""Network channels as arrays: how every State relates to the body of a channel, on any day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from graph import hubs as rules
from graph.coverage.demands import VALUE, Values
from graph.coverage.timelines import Timelines, sampled
from graph.dates import Tri
from graph.model import NetworkChannel
from graph.network import Network

FULL = 3
"""Added to the value of a relation whose status opens the channel on both sides."""

CLASSES = 2 * FULL
"""Relations as numbers: not met, unknown, met; the same of a full member."""


class Hub(NamedTuple):
    """One channel: its measures by position, each State's relation on any day, and which relations it joins."""

    channel: NetworkChannel
    measures: tuple[int, ...]
    steps: tuple[tuple[tuple[int, int], ...], ...]
    relations: Timelines
    joined: Values


def hubs(
    network: Network,
    states: Sequence[str],
    measures: Sequence[str],
    before: Sequence[Hub] = (),
    changed: Collection[str] = (),
) -> tuple[Hub, ...]:
    """The channels of ``network``; with ``before``, only the relations of the ``changed`` States are worked out."""
    found = []
    for number, channel in enumerate(network.network_channels):
        steps = tuple(
            before[number].steps[place] if before and state not in changed else _relation(network, channel, state)
            for place, state in enumerate(states)
        )
        if before and steps == before[number].steps:
            found.append(before[number])
            continue
        places = tuple(place for place, measure in enumerate(measures) if measure in channel.measures)
        found.append(
            Hub(channel, places, steps, Timelines(steps), before[number].joined if before else _joined(channel))
        )
    return tuple(found)


def _relation(network: Network, channel: NetworkChannel, state: str) -> tuple[tuple[int, int], ...]:
    def value(day: int) -> int:
        held = rules.relation(network, channel, state, rules.open_to(channel), day)
        return VALUE[held.result] + FULL * (held.status in channel.statuses)

    dates: list[str | None] = [network.organisations[channel.organisation].founded_on]
    for membership in network.memberships.get((channel.organisation, state), ()):
        dates += [membership.joined_on, membership.left_on, network.source_date(membership.sources)]
    return tuple(sampled(dates, value))


def _joined(channel: NetworkChannel) -> Values:
    """For every pair of classes of relations what :func:`graph.hubs.joined` says."""
    tris: tuple[Tri, ...] = tuple(VALUE)
    statuses = (None, next(iter(channel.statuses), None))
    kinds = [rules.Relation(tris[number % FULL], statuses[number // FULL], "", ()) for number in range(CLASSES)]
    return np.array([[VALUE[rules.joined(channel, one, other)] for other in kinds] for one in kinds], np.int8)


def open_channel(hub: Hub, network: Network, evidence: bool, day: int) -> bool:
    """Whether nothing closes the channel to everybody on ``day`` (an ordinal)."""
    return rules.barrier(hub.channel, network, evidence, day) is None
