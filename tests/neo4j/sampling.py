"""Questions drawn at random, always the same for a seed, such that most of them have paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from random import Random

from graph.answers import Question
from graph.dates import span
from graph.records import Records

FIRST_YEAR, LAST_YEAR = 1995, 2030

DATES = (
    "as_of", "bound_on", "ended_on", "founded_on", "in_force_on", "joined_on", "left_on", "repealed_on", "signed_on",
    "suspended_on", "withdrawn_on",
)  # fmt: skip
"""Fields whose days decide."""


def sample(records: Records, count: int, seed: int) -> list[Question]:
    """``count`` questions: States by how much is on record about them, measures by how often articles name them."""
    return list(islice(_drawn(records, Random(seed)), count))


def _drawn(records: Records, chance: Random) -> Iterator[Question]:
    keys = {
        scheme: [one.key for one in records.concepts if one.scheme == scheme]
        for scheme in ("measure", "offence", "channel")
    }
    held = Counter(one.party for one in records.participations)
    named = Counter(measure for one in records.provisions for measure in one.measures)
    states = sorted({one.id for one in records.states} & set(held))
    providers = sorted({one.provider for one in records.establishments} | {one.id for one in records.establishments})
    turning = turning_days(records)
    state_weights = [held[state] for state in states]
    measure_weights = [3 + named[measure] for measure in keys["measure"]]
    while True:
        requesting, requested = chance.choices(states, state_weights, k=2)
        if requesting == requested:
            continue
        provider = chance.choice(providers) if chance.random() < 0.15 else None
        yield Question(
            requesting=requesting,
            requested=None if provider else requested,
            provider=provider,
            measure=chance.choices(keys["measure"], measure_weights)[0],
            offence=chance.choice(keys["offence"]) if chance.random() < 0.5 else None,
            on=chance.choice(turning) if turning and chance.random() < 0.5 else _day(chance),
            urgent=chance.random() < 0.4,
            evidence=chance.random() < 0.3,
            via=chance.choice(keys["channel"]) if chance.random() < 0.08 else None,
        )


def _day(chance: Random) -> str:
    first = FIRST_YEAR if chance.random() < 0.5 else 2015
    return f"{chance.randint(first, LAST_YEAR)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def turning_days(records: Records) -> list[str]:
    """The days on which an answer may turn: the first and last of every date on record, and their neighbours."""
    found: set[date] = set()
    for name in records.__struct_fields__:
        for record in getattr(records, name):
            for text in filter(None, (getattr(record, field, None) for field in DATES)):
                first, last = span(text)
                found |= {date.fromordinal(day) for day in (first - 1, first, last, last + 1)}
    return [day.isoformat() for day in sorted(found) if FIRST_YEAR <= day.year <= LAST_YEAR]
