"""Each rule of reconciliation on a small example."""

from __future__ import annotations

import itertools
import random

import pytest

from graph.model import (
    Authority,
    Declaration,
    Designation,
    Membership,
    Participation,
    Provision,
    Publisher,
    Record,
    Source,
)
from graph.records import Records
from ingest.ledger import Ledger
from ingest.reconcile import reconcile
from ingest.tables import Row

PUBLISHERS = [Publisher(id="office", name="Treaty office", official=True), Publisher(id="site", name="A site")]
SOURCES = [
    Source(id="office-2026", url="https://office.example/1", publisher="office", as_of="2026-04-25"),
    Source(id="office-2014", url="https://office.example/2", publisher="office", as_of="2014"),
    Source(id="site-2020", url="https://site.example/1", publisher="site", as_of="2020-01-01"),
    Source(id="site-2010", url="https://site.example/2", publisher="site", as_of="2010"),
    Source(id="site-undated", url="https://site.example/3", publisher="site"),
]


def reconciled(*records: Record, seed: int = 0) -> tuple[Records, Ledger]:
    rows: dict[type[Record], list[Row]] = {}
    for line, record in enumerate([*PUBLISHERS, *SOURCES, *records], start=2):
        rows.setdefault(type(record), []).append(Row(record, "area/table.csv", line))
    for found in rows.values():
        random.Random(seed).shuffle(found)
    ledger = Ledger()
    return reconcile(rows, [], ledger), ledger


def reading(source: str = "office-2026", standing: str = "party", **fields: str) -> Participation:
    given = {"instrument": "cets-185", "party": "FRA", **fields}
    return Participation(id="", standing=standing, sources=(source,), **given)  # type: ignore[arg-type]


def test_exact_duplicates_merge_and_unite_their_sources() -> None:
    records, ledger = reconciled(reading(bound_on="2006-01-10"), reading("site-2020", bound_on="2006-01-10"))
    (found,) = records.participations
    assert (found.id, found.sources, found.evidence) == ("cets-185/FRA", ("office-2026", "site-2020"), ())
    assert sum(ledger.merged_in_file.values()) == 1


def test_agreeing_readings_merge_to_the_most_precise_and_say_who_states_what() -> None:
    records, _ = reconciled(
        reading("site-2010", bound_on="2006"),
        reading(bound_on="2006-01-10", signed_on="2001-11-23"),
        reading("site-2020", "named"),
    )
    (found,) = records.participations
    assert (found.standing, found.bound_on, found.contested) == ("party", "2006-01-10", False)
    assert found.sources_of("bound_on") == ("office-2026",)
    assert found.sources_of("standing") == ("office-2026", "site-2010")
    assert found.sources == ("office-2026", "site-2010", "site-2020")


def test_contradicting_dates_stay_side_by_side() -> None:
    records, ledger = reconciled(reading(bound_on="2006-01-10"), reading("site-2020", bound_on="2006-02-10"))
    assert [(one.id, one.bound_on, one.contested) for one in records.participations] == [
        ("cets-185/FRA", "2006-01-10", True),
        ("cets-185/FRA/2", "2006-02-10", True),
    ]
    (conflict,) = ledger.conflicts
    assert conflict.field == "bound_on"
    assert conflict.about == ("participation/cets-185/FRA", "participation/cets-185/FRA/2")
    assert "2006-01-10" in conflict.readings[0]


def test_a_vague_row_supports_every_reading_it_agrees_with() -> None:
    records, ledger = reconciled(
        reading(bound_on="2006-01-10"),
        reading("site-2020", bound_on="2006-02-10"),
        reading("site-2010", bound_on="2006"),
    )
    assert all("site-2010" in one.sources for one in records.participations)
    assert sum(ledger.merged_in_file.values()) == 1


def test_never_more_than_four_readings() -> None:
    rows = [reading("site-2020", bound_on=f"2006-0{month}-10") for month in range(1, 8)]
    records, ledger = reconciled(*rows)
    assert len(records.participations) == 4
    assert [drop.rule for drop in ledger.drops] == ["four readings at most"] * 3


def test_readings_that_differ_in_the_day_of_signature_share_all_else() -> None:
    records, _ = reconciled(
        reading("site-2020", "signed", signed_on="2001-11-22"),
        reading(signed_on="2001-11-23", bound_on="2006-01-10"),
    )
    assert [(one.standing, one.signed_on, one.bound_on) for one in records.participations] == [
        ("party", "2001-11-23", "2006-01-10"),
        ("party", "2001-11-22", "2006-01-10"),
    ]


@pytest.mark.parametrize(
    ("standing", "source", "party", "result"),
    [
        # An older "signed, not bound" is overtaken by a newer "party".
        ("signatory", "office-2014", reading("office-2026"), ["party"]),
        # A newer one contradicts it: a bound State does not become a mere signatory.
        ("signatory", "office-2026", reading("office-2014", bound_on="2006-01-10"), ["signatory", "party"]),
        # … unless the State was bound after the date of the source that says "not yet".
        ("signatory", "site-2020", reading("office-2014", bound_on="2021-03-01"), ["party"]),
        # Undated, it cannot contradict.
        ("signatory", "site-undated", reading("office-2014"), ["party"]),
        ("not-in-force", "office-2014", reading("office-2026", in_force_on="2015-01-01"), ["party"]),
        ("not-in-force", "office-2026", reading("site-2010", in_force_on="2009-01-01"), ["not-in-force", "party"]),
        ("excluded", "office-2014", reading("office-2026", in_force_on="2015-01-01"), ["party"]),
        ("signed", "office-2026", reading("site-2010"), ["party"]),
        ("named", "office-2026", reading("site-2010"), ["party"]),
    ],
)
def test_standings(standing: str, source: str, party: Participation, result: list[str]) -> None:
    records, _ = reconciled(reading(source, standing), party)
    assert [one.standing for one in records.participations] == result


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [("signatory", "signed", "signatory"), ("not-in-force", "named", "not-in-force"), ("signed", "named", "signed")],
)
def test_the_standing_that_says_more_holds(one: str, other: str, result: str) -> None:
    records, _ = reconciled(reading("site-2010", one), reading("site-2020", other))
    assert [found.standing for found in records.participations] == [result]


def test_official_beats_an_undated_reading_that_contradicts_it() -> None:
    records, ledger = reconciled(reading(bound_on="2006-01-10"), reading("site-undated", bound_on="2007-01-10"))
    assert [one.bound_on for one in records.participations] == ["2006-01-10"]
    assert [drop.rule for drop in ledger.drops] == ["official beats undated"]


def test_stated_beats_derived() -> None:
    derived = Participation(
        id="", instrument="cets-185", party="FRA", standing="party", in_force_on="2006-06-01", action="application",
        sources=("site-2020",), basis="derived", rule="all member States",
    )  # fmt: skip
    records, ledger = reconciled(derived, reading(in_force_on="2006-05-01"))
    (found,) = records.participations
    assert (found.in_force_on, found.basis, found.sources) == ("2006-05-01", "stated", ("office-2026",))
    assert [drop.rule for drop in ledger.drops] == ["stated beats derived"]


def test_a_field_that_only_a_rule_gives_is_marked_derived() -> None:
    derived = Participation(
        id="", instrument="cets-185", party="FRA", standing="party", in_force_on="2006-05-01",
        sources=("site-2020",), basis="derived", rule="all member States",
    )  # fmt: skip
    records, _ = reconciled(derived, reading(bound_on="2006-01-10"))
    (found,) = records.participations
    assert (found.basis, found.rule) == ("derived", "in_force_on: all member States")


def test_an_opt_out_wins_over_application_to_all_members() -> None:
    derived = Participation(
        id="", instrument="eu-eio-2014", party="DNK", standing="party", action="application",
        sources=("site-2020",), basis="derived", rule="all member States",
    )  # fmt: skip
    records, ledger = reconciled(derived, reading("site-2010", "excluded", instrument="eu-eio-2014", party="DNK"))
    assert [one.standing for one in records.participations] == ["excluded"]
    assert [drop.rule for drop in ledger.drops] == ["excluded is specific"]


def test_offices_with_one_id_merge_and_the_newest_contact_stays() -> None:
    old = Authority(id="fra-moj", state="FRA", name="Ministry", kind="ministry", phone="1", address="Old street",
                    sources=("office-2014",))  # fmt: skip
    new = Authority(id="fra-moj", state="FRA", name="Ministry", kind="ministry", phone="2", sources=("site-2020",))
    (found,) = reconciled(old, new)[0].authorities
    assert (found.phone, found.address) == ("2", "Old street")
    assert found.sources_of("phone") == ("site-2020",)


def test_differing_facts_of_one_id_are_listed() -> None:
    one = Authority(id="fra-moj", state="FRA", name="Ministry", kind="ministry", sources=("office-2014",))
    other = Authority(id="fra-moj", state="FRA", name="Ministry", kind="prosecution", sources=("site-2020",))
    records, ledger = reconciled(one, other)
    assert records.authorities[0].kind == "ministry"
    assert [(conflict.id, conflict.field) for conflict in ledger.conflicts] == [("authority/fra-moj/kind", "kind")]


def declaration(source: str, summary: str, **fields: object) -> Declaration:
    given = {"instrument": "cets-185", "party": "FRA", "kind": "reservation", "articles": ("9",), **fields}
    return Declaration(id="", summary=summary, sources=(source,), **given)  # type: ignore[arg-type]


def test_reports_of_one_declaration_merge_and_a_withdrawal_wins() -> None:
    records, _ = reconciled(
        declaration(
            "site-2010", "Does not apply 9(2)(b)", effect="excludes", articles=("9(2)",), withdrawn_on="2012-01-01"
        ),
        declaration("office-2026", "Article 9(2)(b) not applied", effect="excludes", articles=("9(2)(b)",)),
    )
    (found,) = records.declarations
    assert (found.summary, found.withdrawn_on) == ("Article 9(2)(b) not applied", "2012-01-01")
    assert found.sources == ("office-2026", "site-2010")


def test_two_declarations_in_one_source_stay_two() -> None:
    records, _ = reconciled(declaration("office-2026", "First office"), declaration("office-2026", "Second office"))
    assert len(records.declarations) == 2


def test_designations_for_one_role_merge() -> None:
    one = Designation(id="", authority="fra-moj", state="FRA", function="extradition", instrument="cets-185",
                      article="24", role="old", sources=("site-2010",))  # fmt: skip
    other = Designation(id="", authority="fra-moj", state="FRA", function="extradition", instrument="cets-185",
                        article="24", role="new", sources=("office-2026",))  # fmt: skip
    (found,) = reconciled(one, other)[0].designations
    assert (found.id, found.role) == ("fra-moj/cets-185/24", "new")


def test_memberships_merge_by_dates_and_periods_stay_apart() -> None:
    def membership(source: str, joined: str | None, left: str | None = None) -> Membership:
        return Membership(id="", organisation="interpol", state="FRA", status="member", joined_on=joined, left_on=left,
                          sources=(source,))  # fmt: skip

    records, ledger = reconciled(
        membership("site-2010", "1923", "1950-01-01"),
        membership("office-2026", "1960-05-01"),
        membership("site-2020", "1960"),
    )
    assert [(one.id, one.joined_on, one.left_on) for one in records.memberships] == [
        ("interpol/FRA/member", "1923", "1950-01-01"),
        ("interpol/FRA/member/2", "1960-05-01", None),
    ]
    assert not ledger.conflicts


def test_provisions_get_ids_by_article_and_number() -> None:
    provisions = [
        Provision(id="", instrument="bi-x", role="cooperation", sources=("site-2020",), heading=heading)
        for heading in ("one", "two")
    ]
    article = Provision(id="", instrument="bi-x", article="27(2)", role="channel", sources=("site-2020",))
    records, _ = reconciled(*provisions, article)
    assert [one.id for one in records.provisions] == ["bi-x/27-2", "bi-x/n1", "bi-x/n2"]


def test_the_order_of_rows_never_matters() -> None:
    rows = [
        reading(source, standing, bound_on=bound, party=party)
        for source, standing, bound, party in itertools.product(
            ("office-2026", "site-2020", "site-2010", "site-undated"),
            ("party",),
            ("2006", "2006-01-10", "2006-02-10", "2006-02"),
            ("FRA", "USA"),
        )
    ]
    rows += [reading("site-2010", "signatory"), reading("office-2014", "named", party="USA")]
    results = [reconciled(*rows, seed=seed) for seed in range(6)]
    assert all(records == results[0][0] for records, _ in results)
    assert all(ledger.conflicts == results[0][1].conflicts for _, ledger in results)
