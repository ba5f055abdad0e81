"""The review on hand-made records: a sound world has no findings, one spoilt fact has exactly its own, what the law
allows has none, and a change elsewhere changes nothing."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Records
from ingest.review import RULES, review
from ingest.review.material import Material
from tests.ingest.review_cases import (
    CASES,
    WORLD,
    Spoil,
    both,
    membership,
    more,
    participation,
    record,
    reviewed,
    third,
)
from tests.ingest.review_world import PACT, S, added, changed, party, state

TODAY = "2026-11-24"

COMPANIONS = {"address-malformed": {"source-misnamed"}, "source-from-the-future": {"source-misnamed"}}
"""Other rules that the same wrong fact must break as well: the id of a source follows from address and date."""

Found = set[tuple[str, str, str]]


def found(records: Records) -> Found:
    """Rule, severity and first record of every finding."""
    return {(one.rule, one.severity, one.about) for one in review(records, {}, TODAY)}


def test_a_sound_world_has_no_findings() -> None:
    assert found(WORLD) == set()


@pytest.mark.parametrize(("rule", "severity", "about", "spoil"), CASES, ids=[case[0] for case in CASES])
def test_a_spoilt_fact_is_found_by_its_rule_alone(rule: str, severity: str, about: str, spoil: Spoil) -> None:
    met = found(spoil(WORLD))
    assert (rule, severity, about) in met
    assert {other for other, _, _ in met} - {rule} == COMPANIONS.get(rule, set())


def test_every_rule_has_a_case_a_source_and_an_account() -> None:
    assert sorted(rule.key for rule in RULES) == sorted(rule for rule, *_ in CASES)
    assert all(rule.source and rule.demands and rule.check.__doc__ for rule in RULES)


ALLOWED: dict[str, Spoil] = {
    # The month 2001-11 holds the 23rd, the day of adoption: not certainly before it.
    "a month that holds the day": participation("conv/FRA", signed_on="2001-11"),
    # A non-signatory accedes (VCLT article 15).
    "accession without signature": more("participations", third("conv", "BRA", signed_on=None, action="accession")),
    # Conventions of the International Labour Organization are not signed (its Constitution, article 19(5)(d)).
    "labour convention": both(
        record("instruments", "conv", depositary="Director-General of the International Labour Office"),
        more("participations", third("conv", "BRA", signed_on=None)),
    ),
    # A successor notifies in 2007 what holds for it from 2006-06-06 (VCLT-SSP 1978 articles 22 and 23).
    "succession dates back": more(
        "participations",
        third("conv", "MNE", signed_on=None, bound_on="2007-01-01", action="succession", in_force_on="2006-06-06"),
    ),
    # Notes of 1988 let an older treaty go on from independence in 1960 (VCLT-SSP 1978 article 24), as between
    # Switzerland and Côte d'Ivoire.
    "an older treaty goes on": both(
        more("instruments", msgspec.structs.replace(PACT, id="notes", subject="extradition", in_force_on="1960-08-07")),
        more(
            "participations",
            party("notes", "FRA", signed="1998-12-10", bound=None, force="1960-08-07"),
            msgspec.structs.replace(
                party("notes", "CIV", signed="1998-12-10", bound=None, force="1960-08-07"), action="succession"
            ),
        ),
    ),
    # An act of the Union applies before a member has transposed it.
    "application before transposition": participation("prot/FRA", action="application", bound_on="2008-01-01"),
    # A party to the Protocol that is named for the parent, without dates: nothing contradicts it.
    "parent named without dates": more(
        "participations",
        third("prot", "BRA", in_force_on="2006-03-01"),
        third("conv", "BRA", standing="named", signed_on=None, bound_on=None, action=None, in_force_on=None),
    ),
    # The office of the State that answers for a territory.
    "an office for a territory": both(
        record("designations", "fra-bureau/conv/27-2-a", state="GUF"),
        more("participations", third("conv", "GUF", action="application")),
    ),
    # 29(4) is a paragraph of 29, which is on record.
    "a paragraph": record("declarations", "conv/FRA/1", effect_articles=("29(4)",)),
    "life imprisonment": record("statutory_offences", "FRA/csam-possession/1", max_penalty_years=math.inf),
    "a hundred years": record("statutory_offences", "FRA/csam-possession/1", max_penalty_years=100.0),
    "ages at the edges": record("statutory_offences", "FRA/csam-possession/1", child_age_below=21),
    # Left in 1990 and came back in 1991, on the day after the other ended: two periods.
    "left and came back": both(
        record("memberships", "interpol/FRA/member", left_on="1990"),
        more("memberships", membership("FRA", "member", "1991", None)),
    ),
    # The whole of 2020 may still lie ahead of the source's date: 2020 does not certainly follow 2020-05-01.
    "the year of the source": more("participations", third("conv", "BRA", bound_on="2020", in_force_on=None)),
    # It ends today and is not over yet.
    "repealed tomorrow": record("statutes", "fra-code", repealed_on="2026-11-25"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALLOWED)
def test_what_the_law_allows_is_not_found(case: str) -> None:
    assert found(ALLOWED[case](WORLD)) == set()


@pytest.mark.parametrize(
    ("criterion", "value", "rules"),
    [
        ("csam-maximum-penalty-years", "101", {"implausible-penalty"}),
        ("csam-minimum-penalty-years", "0", {"implausible-penalty"}),
        ("csam-maximum-penalty-years", "life", set()),
        ("age-of-consent", "9", {"implausible-age"}),
        ("age-of-consent", "22", {"implausible-age"}),
        ("age-of-consent", "12", set()),
        ("simple-possession", "9", set()),
    ],
)
def test_figures_of_reviews_are_plausible(criterion: str, value: str, rules: set[str]) -> None:
    assert {rule for rule, _, _ in found(added(WORLD, "review_findings", reviewed(criterion, value)))} == rules


def test_one_of_several_readings_is_a_doubt_at_most() -> None:
    # Two sources: one has the signature of France a day before the adoption. The other may be right.
    contested = changed(WORLD, "participations", "conv/FRA", signed_on="2001-11-22", contested=True)
    assert found(contested) == {("signed-before-adoption", "doubt", "participation/conv/FRA")}


def test_an_undated_source_may_be_the_newest() -> None:
    dated, undated = S[0], "undated"
    held = added(WORLD, "sources", msgspec.structs.replace(WORLD.sources[0], id=undated, as_of=None))
    material = Material(held, TODAY)
    assert material.newest((dated,)) == "2020-05-01"
    assert material.newest((dated, undated)) is None
    assert material.newest(()) is None


UNRELATED: tuple[Spoil, ...] = (
    record("states", "FRA", name="French Republic", note="renamed"),
    record("declarations", "conv/FRA/1", summary="Article 29 does not apply"),
    record("authorities", "usa-oia", phone="+1 202 000000", address="Washington"),
    record("statutes", "fra-code", citation="Code pénal"),
    record("instruments", "conv", place="Budapest", note="opened in the parliament"),
    more("states", state("BRA")),
    # A further sound treaty between others.
    both(
        more("instruments", msgspec.structs.replace(PACT, id="far", title="Treaty between others")),
        more(
            "participations",
            party("far", "JPN", signed="1998-12-10", bound=None, force="2001-12-01"),
            party("far", "KOR", signed="1998-12-10", bound=None, force="2001-12-01"),
        ),
    ),
)
"""Changes of what no rule looks at, and sound records about others."""


@settings(max_examples=150, deadline=None)
@given(
    spoilt=st.none() | st.sampled_from(CASES),
    changes=st.permutations(range(len(UNRELATED))),
    most=st.integers(1, len(UNRELATED)),
)
def test_an_unrelated_change_changes_no_finding(
    spoilt: tuple[str, str, str, Spoil] | None, changes: list[int], most: int
) -> None:
    """What has no findings of a rule has none afterwards, and what has some keeps them."""
    world = spoilt[3](WORLD) if spoilt else WORLD
    before = found(world)
    for position in changes[:most]:
        world = UNRELATED[position](world)
    assert found(world) == before


def test_the_order_of_records_does_not_matter() -> None:
    for *_, spoil in CASES:
        spoilt = spoil(WORLD)
        turned = Records(**{name: tuple(reversed(getattr(spoilt, name))) for name in spoilt.__struct_fields__})
        assert {(rule, severity) for rule, severity, _ in found(turned)} == {
            (rule, severity) for rule, severity, _ in found(spoilt)
        }
