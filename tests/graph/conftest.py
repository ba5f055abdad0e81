"""Records by hand, one or more of every class, with what is hard to carry: partial dates, pairs, evidence, infinity."""

from __future__ import annotations

import math

import pytest

from graph.canonical import canonical
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
    RequestRule,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.records import Records

TREATIES, GAZETTE = ("treaties-example-0000000001",), ("gazette-example-0000000002",)


@pytest.fixture(scope="session")
def every_class() -> Records:
    """A small consistent world in canonical form: two States, one treaty, one record at least of every class."""
    return canonical(
        Records(
            concepts=(
                Concept(
                    id="measure/preservation",
                    scheme="measure",
                    key="preservation",
                    label="expedited preservation",
                    definition="Keeping stored data unaltered.",
                    served_by=("production-order", "stored-data-access"),
                    under_general_clause=True,
                    coercive="no",
                    rank=1,
                ),
                Concept(id="channel/police", scheme="channel", key="police", label="police", definition="Police."),
            ),
            publishers=(
                Publisher(id="treaty-office", name="Treaty Office", url="https://treaties.example", official=True),
                Publisher(id="gazette", name="Gazette"),
            ),
            sources=(
                Source(id=TREATIES[0], url="https://treaties.example/1", publisher="treaty-office", as_of="2026-11"),
                Source(id=GAZETTE[0], url="https://gazette.example/2", publisher="gazette"),
            ),
            states=(
                State(
                    id="AAA",
                    name="Aland",
                    kind="state",
                    alpha2="AA",
                    official_languages=("fr", "de"),
                    wikidata="Q1",
                    sources=TREATIES,
                ),
                State(id="BBB", name="Ærø «Béland»", kind="territory", sources=TREATIES),
            ),
            organisations=(Organisation(id="interpol", name="INTERPOL", founded_on="1923", sources=TREATIES),),
            memberships=(
                Membership(
                    id="interpol/AAA/member",
                    organisation="interpol",
                    state="AAA",
                    status="member",
                    joined_on="1923-09",
                    sources=TREATIES,
                ),
            ),
            network_channels=(
                NetworkChannel(
                    id="interpol-police",
                    organisation="interpol",
                    channel="police",
                    measures=("police-information",),
                    statuses=("member",),
                    hub=True,
                    sources=TREATIES,
                ),
            ),
            instruments=(
                Instrument(
                    id="cets-000",
                    short_name="Convention of the test",
                    title='Convention on "everything"\nand the rest',
                    kind="convention",
                    subject="child-protection",
                    signed_on="2001-11-23",
                    in_force_on="2004-07",
                    entry_threshold=5,
                    sources=(*TREATIES, *GAZETTE),
                ),
                Instrument(
                    id="cets-000-p", short_name="Protocol", title="Protocol", kind="protocol", parent="cets-000"
                ),
            ),
            participations=(
                Participation(
                    id="cets-000/AAA",
                    instrument="cets-000",
                    party="AAA",
                    standing="party",
                    signed_on="2001",
                    bound_on="2004-07",
                    in_force_on="2004-11-01",
                    sources=TREATIES,
                    evidence=(("in_force_on", GAZETTE), ("signed_on", (*TREATIES, *GAZETTE))),
                ),
                Participation(
                    id="cets-000/BBB",
                    instrument="cets-000",
                    party="BBB",
                    standing="named",
                    contested=True,
                    basis="derived",
                    rule="all member States",
                    sources=GAZETTE,
                ),
            ),
            provisions=(
                Provision(
                    id="cets-000/29",
                    instrument="cets-000",
                    article="29",
                    role="cooperation",
                    measures=("preservation", "content-data"),
                    channels=("police", "central-authority", "contact-point-24-7"),
                    channel_articles=("27", "27", "35(1)"),
                    deadline_days=0.33,
                    min_penalty_years=1.0,
                    sources=TREATIES,
                ),
                Provision(
                    id="cets-000/30",
                    instrument="cets-000",
                    role="channel",
                    channels=("police", "diplomatic"),
                    channel_articles=("27 § 2",),
                    sources=TREATIES,
                ),
            ),
            request_rules=(
                RequestRule(
                    id="cets-000/29-2/0a1b2c3d",
                    instrument="cets-000",
                    article="29(2)",
                    kind="content",
                    summary="Why the data have to be preserved",
                    request_articles=("29", "30"),
                    measures=("preservation",),
                    conditional=True,
                    sources=TREATIES,
                ),
            ),
            declarations=(
                Declaration(
                    id="cets-000/AAA/0a1b2c3d",
                    instrument="cets-000",
                    party="AAA",
                    kind="reservation",
                    summary="Reserves article 29.",
                    articles=("29", "9(2)"),
                    languages=("fr", "en"),
                    effect="excludes",
                    effect_articles=("29",),
                    sources=TREATIES,
                ),
            ),
            authorities=(
                Authority(
                    id="AAA-ministry-of-justice",
                    state="AAA",
                    name="Ministry of Justice",
                    kind="central-authority",
                    available_24_7=True,
                    sources=GAZETTE,
                    evidence=(("name", ()),),
                ),
            ),
            designations=(
                Designation(
                    id="AAA-ministry-of-justice/cets-000/27",
                    authority="AAA-ministry-of-justice",
                    state="AAA",
                    function="mutual-assistance",
                    instrument="cets-000",
                    article="27",
                    sources=GAZETTE,
                ),
            ),
            statutes=(Statute(id="AAA-penal-code", state="AAA", title="Penal Code", sources=GAZETTE),),
            statutory_offences=(
                StatutoryOffence(
                    id="AAA/csam-production/00000001",
                    state="AAA",
                    offence="csam-production",
                    statute="AAA-penal-code",
                    max_penalty_years=math.inf,
                    technology_specific=False,
                    sources=GAZETTE,
                ),
            ),
            review_findings=(
                ReviewFinding(
                    id="AAA/provider-reporting/00000001",
                    state="AAA",
                    review="model legislation",
                    criterion="provider-reporting",
                    value="no",
                    sources=GAZETTE,
                ),
            ),
            providers=(Provider(id="acme", name="Acme", sources=GAZETTE),),
            establishments=(
                Establishment(
                    id="acme/ireland",
                    provider="acme",
                    jurisdiction="BBB",
                    entity="Acme Ltd",
                    accepts=("preservation-request",),
                    sources=GAZETTE,
                ),
            ),
            conflicts=(
                Conflict(
                    id="participation/cets-000/AAA/bound_on",
                    about=("participation/cets-000/AAA", "instrument/cets-000"),
                    field="bound_on",
                    readings=("2004-07", "2005"),
                    sources=(*TREATIES, *GAZETTE),
                ),
            ),
        )
    )
