"""A small sound world of records, and how to spoil it: one fact changed, one rule broken."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.model import (
    Authority,
    Declaration,
    Designation,
    Instrument,
    Membership,
    Organisation,
    Participation,
    Provision,
    Publisher,
    Record,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.records import Records
from ingest.identity import source_id

URL = "https://treaties.example.org/chart"
S = (source_id(URL, "2020-05-01"),)

CONVENTION = Instrument(
    id="conv", short_name="Convention", title="Convention on Cybercrime", kind="multilateral",
    subject="mutual-assistance", depositary="Secretary General", signed_on="2001-11-23", in_force_on="2004-07-01",
    status="in-force", entry_threshold=2, entry_rule="first-of-month-after", entry_delay="P3M", entry_article="36",
    sources=S,
)  # fmt: skip
PROTOCOL = Instrument(
    id="prot", short_name="Protocol", title="Protocol to the Convention", kind="multilateral", parent="conv",
    signed_on="2003-01-28", in_force_on="2006-03-01", status="in-force", sources=S,
)  # fmt: skip
PACT = Instrument(
    id="pact", short_name="Pact", title="Treaty on mutual assistance", kind="bilateral", subject="mutual-assistance",
    signed_on="1998-12-10", in_force_on="2001-12-01", sources=S,
)  # fmt: skip


def party(instrument: str, name: str, *, signed: str, bound: str | None, force: str | None) -> Participation:
    """A party by ratification."""
    return Participation(
        id=f"{instrument}/{name}", instrument=instrument, party=name, standing="party", signed_on=signed,
        bound_on=bound, action="ratification" if bound else None, in_force_on=force, sources=S,
    )  # fmt: skip


def state(name: str, kind: str = "state") -> State:
    return State(id=name, name=name.title(), kind=kind, sources=S)


def office(name: str, of: str, title: str) -> Authority:
    return Authority(id=name, state=of, name=title, kind="central-authority", sources=S)


SOUND = Records(
    publishers=(Publisher(id="office", name="Treaty Office", url="https://treaties.example.org/", official=True),),
    sources=(Source(id=S[0], url=URL, publisher="office", as_of="2020-05-01"),),
    states=(state("FRA"), state("GUF", "territory"), state("USA")),
    organisations=(Organisation(id="interpol", name="INTERPOL", founded_on="1923", sources=S),),
    memberships=(
        Membership(
            id="interpol/FRA/member", organisation="interpol", state="FRA", status="member", joined_on="1923", sources=S
        ),
        Membership(
            id="interpol/USA/former-member", organisation="interpol", state="USA", status="former-member",
            joined_on="1938", left_on="1950", sources=S,
        ),
        Membership(
            id="interpol/USA/member", organisation="interpol", state="USA", status="member", joined_on="1958", sources=S
        ),
    ),
    instruments=(CONVENTION, PACT, PROTOCOL),
    participations=(
        party("conv", "FRA", signed="2001-11-23", bound="2004-02-10", force="2004-07-01"),
        party("conv", "USA", signed="2001-11-23", bound="2004-03-10", force="2004-07-01"),
        party("pact", "FRA", signed="1998-12-10", bound=None, force="2001-12-01"),
        party("pact", "USA", signed="1998-12-10", bound=None, force="2001-12-01"),
        party("prot", "FRA", signed="2003-01-28", bound="2005-11-20", force="2006-03-01"),
    ),
    provisions=(
        Provision(id="conv/27-2", instrument="conv", article="27(2)", role="channel", sources=S),
        Provision(id="conv/29", instrument="conv", article="29", role="cooperation", sources=S),
        Provision(id="conv/35", instrument="conv", article="35", role="channel", sources=S),
    ),
    declarations=(
        Declaration(
            id="conv/FRA/1", instrument="conv", party="FRA", kind="reservation", summary="Excludes article 29",
            articles=("29",), effect="excludes", effect_articles=("29",), sources=S,
        ),
    ),
    authorities=(office("fra-bureau", "FRA", "Bureau of assistance"), office("usa-oia", "USA", "Office of affairs")),
    designations=(
        Designation(
            id="fra-bureau/conv/27-2-a", authority="fra-bureau", state="FRA", function="mutual-assistance",
            instrument="conv", article="27(2)(a)", sources=S,
        ),
    ),
    statutes=(
        Statute(
            id="fra-code", state="FRA", title="Penal Code", enacted_on="1992-07-22", in_force_on="1994-03-01", sources=S
        ),
    ),
    statutory_offences=(
        StatutoryOffence(
            id="FRA/csam-possession/1", state="FRA", offence="csam-possession", statute="fra-code",
            provision="227-23", child_age_below=18, max_penalty_years=5.0, sources=S,
        ),
    ),
)  # fmt: skip
"""No rule of the review finds anything here."""


def changed(records: Records, field: str, name: str, /, **new: Any) -> Records:
    """``records`` with new values in the record ``name`` of the list ``field``, which must be there."""
    held: tuple[Record, ...] = getattr(records, field)
    assert any(record.id == name for record in held), (field, name)
    spoilt = tuple(msgspec.structs.replace(one, **new) if one.id == name else one for one in held)
    return msgspec.structs.replace(records, **{field: spoilt})


def added(records: Records, field: str, *more: Record) -> Records:
    """``records`` with further records in the list ``field``."""
    held: tuple[Record, ...] = getattr(records, field)
    return msgspec.structs.replace(records, **{field: tuple(sorted((*held, *more), key=lambda record: record.id))})


def removed(records: Records, field: str, name: str) -> Records:
    """``records`` without the record ``name`` of the list ``field``, which must be there."""
    held: tuple[Record, ...] = getattr(records, field)
    assert any(record.id == name for record in held), (field, name)
    return msgspec.structs.replace(records, **{field: tuple(one for one in held if one.id != name)})
