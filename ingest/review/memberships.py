"""Membership of organisations: when it can begin and end, and which statuses exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from graph.dates import before
from graph.model import Membership
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

EXCLUSIVE = (
    frozenset({"member", "associate-member", "suspended", "former-member", "not-member", "application-rejected"}),
    frozenset({"member", "observer", "not-member"}),
    frozenset({"operational-agreement", "strategic-agreement", "member"}),
)
"""Statuses of which a State holds one at a time, by their definitions in the vocabulary membership-status."""

_OVER = frozenset({"former-member", "application-rejected", "not-member"})
"""Statuses that say that a membership has ended or never was."""


def joined_before_founding(held: Material) -> Iterator[Hit]:
    """Nobody is member of an organisation that does not exist yet (its constituent instrument; VCLT article 5)."""
    organisations = {record.id: record for record in held.records.organisations}
    for record in held.records.memberships:
        organisation = organisations[record.organisation]
        if before(record.joined_on, organisation.founded_on):
            says = f"{record.state} joined {organisation.id} {record.joined_on}, founded {organisation.founded_on}"
            yield Hit((record, organisation), says)


def left_before_joining(held: Material) -> Iterator[Hit]:
    """Who leaves has joined."""
    for record in held.records.memberships:
        if before(record.left_on, record.joined_on):
            says = f"{record.state} in {record.organisation}: joined {record.joined_on}, left {record.left_on}"
            yield Hit((record,), says)


def statuses_contradict(held: Material) -> Iterator[Hit]:
    """Two statuses that exclude each other hold at one time."""
    for (organisation, state), records in held.memberships.items():
        for one, other in combinations(records, 2):
            exclusive = any({one.status, other.status} <= group for group in EXCLUSIVE)
            if exclusive and one.status != other.status and _together(one, other):
                yield Hit((one, other), f"{state} in {organisation}: {_shown(one)} and {_shown(other)}")


def periods_overlap(held: Material) -> Iterator[Hit]:
    """Two periods of one status follow each other."""
    for (organisation, state), records in held.memberships.items():
        for one, other in combinations(records, 2):
            if one.status == other.status and _together(one, other):
                yield Hit((one, other), f"{state} in {organisation}: {_shown(one)} and {_shown(other)}")


def former_without_end(held: Material) -> Iterator[Hit]:
    """Whoever is a former member has left on some day."""
    for record in held.records.memberships:
        if record.status == "former-member" and not record.left_on:
            yield Hit((record,), f"{record.state} is a former member of {record.organisation}, no end on record")


def member_that_left(held: Material) -> Iterator[Hit]:
    """A membership that has ended is followed by another, or the State is a former member."""
    for (organisation, state), records in held.memberships.items():
        for record in records:
            if record.status == "member" and before(record.left_on, held.today) and len(records) == 1:
                yield Hit((record,), f"{state} in {organisation}: member, left {record.left_on}")


def _together(one: Membership, other: Membership) -> bool:
    """Whether the two may hold on one day. What is over holds beside nothing that goes on, unless that began later."""
    if one.left_on and other.left_on and {one.status, other.status} & _OVER:
        return False
    return not _ends_before(one, other) and not _ends_before(other, one)


def _ends_before(one: Membership, other: Membership) -> bool:
    ends, begins = one.left_on, other.joined_on
    return bool(ends and begins and (ends == begins or before(ends, begins)))


def _shown(record: Membership) -> str:
    return f"{record.status} ({record.joined_on or '…'} to {record.left_on or '…'})"


RULES = (
    Rule(
        key="joined-before-founding", severity="error", check=joined_before_founding,
        demands="a State joins an organisation that exists", source="its constituent instrument (VCLT article 5)",
    ),
    Rule(
        key="left-before-joining", severity="error", check=left_before_joining,
        demands="who leaves has joined", source="the meaning of joined_on and left_on",
    ),
    Rule(
        key="statuses-contradict", severity="error", check=statuses_contradict,
        demands="of statuses that exclude each other a State holds one at a time",
        source="definitions of the vocabulary membership-status",
    ),
    Rule(
        key="periods-overlap", severity="doubt", check=periods_overlap,
        demands="two periods of one status follow each other", source="the meaning of joined_on and left_on",
    ),
    Rule(
        key="former-without-end", severity="gap", check=former_without_end,
        demands="a former member has left on some day", source="definition of former-member",
    ),
    Rule(
        key="member-that-left", severity="doubt", check=member_that_left,
        demands="who has left is a former member", source="definition of member",
    ),
)  # fmt: skip
