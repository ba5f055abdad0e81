"""All records of a release together, and which classes of records there are (:mod:`graph.model`)."""

from __future__ import annotations

import msgspec

from graph.model import (
    Authority,
    Concept,
    Conflict,
    Declaration,
    Designation,
    Establishment,
    Instrument,
    Membership,
    NetworkChannel,
    Organisation,
    Participation,
    Provider,
    Provision,
    Publisher,
    Record,
    RequestRule,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)

RECORD_TYPES: tuple[type[Record], ...] = (
    Concept, Publisher, Source, State, Organisation, Membership, NetworkChannel, Instrument, Participation, Provision,
    Declaration, RequestRule, Authority, Designation, Statute, StatutoryOffence, ReviewFinding, Provider,
    Establishment, Conflict,
)  # fmt: skip
"""All record classes, referenced ones before those that refer to them."""


class Records(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All records of a release, each list sorted by ``id``."""

    concepts: tuple[Concept, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    sources: tuple[Source, ...] = ()
    states: tuple[State, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    network_channels: tuple[NetworkChannel, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    participations: tuple[Participation, ...] = ()
    provisions: tuple[Provision, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    request_rules: tuple[RequestRule, ...] = ()
    authorities: tuple[Authority, ...] = ()
    designations: tuple[Designation, ...] = ()
    statutes: tuple[Statute, ...] = ()
    statutory_offences: tuple[StatutoryOffence, ...] = ()
    review_findings: tuple[ReviewFinding, ...] = ()
    providers: tuple[Provider, ...] = ()
    establishments: tuple[Establishment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
