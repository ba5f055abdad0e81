"""Criteria, offences, ages and penalties: every word of a judgement, as of a day, and what more evidence may do."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph.dates import MET, NOT_MET, UNKNOWN
from graph.gaps.ages import age_judgement, penalties
from graph.gaps.judgement import GAPS, Judgement, criterion_judgement, offence_judgement
from graph.gaps.position import position
from graph.gaps.practice import good_practice
from graph.gaps.report import gaps
from graph.gaps.survey import Survey
from graph.model import Record
from graph.network import Network
from graph.questions import QuestionError
from tests.graph.gaps.world import CRITERIA, TODAY, day, finding, offence, party, statute, treaty, world


def criterion(network: Network, key: str, on: str = TODAY, state: str = "A") -> Judgement:
    return criterion_judgement(network, state, key, day(on))


class TestWords:
    @pytest.mark.parametrize(
        ("records", "status", "result"),
        [
            ([], "no-record", UNKNOWN),
            ([finding("A", "simple-possession", "yes")], "satisfied", MET),
            ([finding("A", "simple-possession", "no")], "not-satisfied", NOT_MET),
            ([finding("A", "simple-possession", "partial")], "partial", UNKNOWN),
            ([finding("A", "simple-possession", "its own word")], "undecided", UNKNOWN),
            ([finding("A", "simple-possession", "no", "undated")], "undecided", UNKNOWN),
            ([offence("A", "csam-possession")], "satisfied", MET),
            ([offence("A", "csam-possession", "undated")], "undecided", UNKNOWN),
            ([offence("A", "csam-unspecified")], "no-record", UNKNOWN),
            ([offence("A", "csam-possession"), finding("A", "simple-possession", "no")], "contradictory", UNKNOWN),
            ([offence("A", "csam-possession"), finding("A", "simple-possession", "partial")], "partial", UNKNOWN),
            ([offence("A", "csam-possession"), finding("A", "simple-possession", "yes")], "satisfied", MET),
            (
                [finding("A", "simple-possession", "yes", "s2010"), finding("A", "simple-possession", "no")],
                "contradictory",
                UNKNOWN,
            ),
            (
                [offence("A", "csam-possession", "undated"), finding("A", "simple-possession", "no")],
                "undecided",
                UNKNOWN,
            ),
            ([finding("B", "simple-possession", "no"), offence("B", "csam-possession")], "no-record", UNKNOWN),
        ],
    )
    def test_of_a_criterion(self, records: list[Record], status: str, result: str) -> None:
        held = criterion(world(*records), "simple-possession")
        assert (held.status, held.result) == (status, result)

    def test_both_sides_of_a_contradiction_are_shown(self) -> None:
        network = world(offence("A", "csam-possession", provision="s 1"), finding("A", "simple-possession", "no"))
        held = criterion(network, "simple-possession")
        assert [(one.kind, one.says, one.sources[0].url) for one in held.evidence] == [
            ("provision", "yes", "https://example.org/2020"),
            ("finding", "no", "https://example.org/2020"),
        ]

    def test_an_offence_of_unknown_conduct_leaves_each_conduct_undecided(self) -> None:
        network = world(offence("A", "csam-unspecified"))
        assert offence_judgement(network, "A", "csam-production", day()).status == "undecided"
        assert offence_judgement(network, "A", "grooming", day()).status == "no-record"

    def test_a_gap_that_a_review_names_is_a_gap_and_its_silence_is_none(self) -> None:
        named = criterion(world(finding("A", "legal-gap-child-prostitution", "yes")), "legal-gap-child-prostitution")
        assert (named.status, named.label) == ("not-satisfied", "no legal-gap-child-prostitution")
        assert (named.evidence[0].answer, named.evidence[0].says) == ("yes", "no")
        assert criterion(world(), "legal-gap-child-prostitution").status == "no-record"

    def test_a_provision_on_the_offence_does_not_disprove_a_named_gap(self) -> None:
        network = world(finding("A", "legal-gap-child-prostitution", "yes"), offence("A", "child-prostitution"))
        held = criterion(network, "legal-gap-child-prostitution")
        assert held.status == "not-satisfied"
        assert [one.offence for one in held.beside] == ["child-prostitution"]

    def test_an_offence_does_not_prove_a_specific_law(self) -> None:
        held = criterion(world(offence("A", "csam-distribution")), "csam-specific-law")
        assert (held.status, len(held.beside)) == ("no-record", 1)

    def test_only_a_provision_on_technology_proves_technology_facilitated_offences(self) -> None:
        general = offence("A", "csam-distribution", technology_specific=False)
        by_computer = offence("A", "csam-distribution", technology_specific=True)
        assert criterion(world(general), "technology-facilitated-offences").status == "no-record"
        assert criterion(world(by_computer), "technology-facilitated-offences").status == "satisfied"

    def test_a_penalty_for_not_reporting_proves_the_duty_to_report(self) -> None:
        assert criterion(world(offence("A", "isp-reporting-duty")), "isp-reporting").status == "satisfied"

    def test_quantities_are_not_judged(self) -> None:
        report = gaps(world(finding("A", "age-of-consent", "12")), "A", TODAY)
        assert "age-of-consent" not in {held.key for held in report.legislation}


class TestDays:
    NETWORK = world(
        offence("A", "csam-possession", statute="law-A"),
        statute("A", in_force_on="2015-06-01", repealed_on="2024-01-01"),
        finding("A", "grooming-law", "no", "s2010"),
    )

    @pytest.mark.parametrize(
        ("on", "status"),
        [("2015-05-31", "undecided"), ("2015-06-01", "satisfied"), ("2023-12-31", "satisfied"),
         ("2024-01-01", "undecided")],
    )  # fmt: skip
    def test_a_statute_holds_from_its_entry_into_force_until_its_repeal(self, on: str, status: str) -> None:
        assert criterion(self.NETWORK, "simple-possession", on).status == status

    def test_the_reason_names_the_repeal(self) -> None:
        assert "not in force" in criterion(self.NETWORK, "simple-possession").reason

    @pytest.mark.parametrize(("on", "status"), [("2009-12-31", "undecided"), ("2010-01-01", "not-satisfied")])
    def test_a_finding_speaks_from_the_date_of_its_source(self, on: str, status: str) -> None:
        assert criterion(self.NETWORK, "grooming-law", on).status == status


class TestAges:
    @pytest.mark.parametrize(
        ("ages", "status"),
        [((18,), "satisfied"), ((14, 18), "satisfied"), ((19,), "satisfied"), ((16,), "not-satisfied"),
         ((14, 16), "not-satisfied"), ((None,), "no-record"), ((14, None), "undecided")],
    )  # fmt: skip
    def test_a_child_is_anyone_below_eighteen(self, ages: tuple[int | None, ...], status: str) -> None:
        rows = [offence("A", "csam-possession", provision=str(age), child_age_below=age) for age in ages]
        held = age_judgement(world(*rows), "A", "csam-possession", day())
        assert held is not None
        assert held.status == status

    def test_a_provision_of_unknown_day_may_reach_further(self) -> None:
        low = offence("A", "csam-possession", child_age_below=14)
        held = age_judgement(
            world(low, offence("A", "csam-possession", "undated", child_age_below=18)), "A", "csam-possession", day()
        )
        assert held is not None
        assert held.status == "undecided"

    def test_without_a_provision_there_is_nothing_to_measure(self) -> None:
        assert age_judgement(world(finding("A", "simple-possession", "yes")), "A", "csam-possession", day()) is None

    def test_the_age_for_grooming_is_each_states_own(self) -> None:
        report = gaps(world(offence("A", "grooming", child_age_below=14)), "A", TODAY)
        assert not [held for held in report.legislation if held.topic == "age"]


class TestPenalties:
    @pytest.mark.parametrize(("years", "result"), [(3.0, NOT_MET), (4.0, MET), (inf, MET)])
    def test_a_serious_crime_carries_four_years(self, years: float, result: str) -> None:
        (held,) = penalties(world(offence("A", "grooming", max_penalty_years=years)), "A", ("grooming",), day())
        assert (held.required_years, held.article, held.result) == (4.0, "2(b)", result)
        assert held.max_penalty_years == ("life" if years == inf else years)

    def test_the_union_asks_its_members_only(self) -> None:
        directive = treaty("eu-csa-2011-93", "child-protection", kind="eu-act")
        rows = [offence(state, "csam-production", max_penalty_years=2.0) for state in "AU"]
        network = world(directive, party("eu-csa-2011-93", "U"), *rows)
        asked = {state: penalties(network, state, ("csam-production",), day()) for state in "AU"}
        assert [held.instrument for held in asked["A"]] == ["un-untoc"]
        assert [(held.instrument, held.article, held.result) for held in asked["U"]] == [
            ("un-untoc", "2(b)", NOT_MET),
            ("eu-csa-2011-93", "5(6)", NOT_MET),
        ]


class TestGoodPractice:
    """A has the gap. B shares one organisation, one IPU group and one language with it, C one organisation, E one
    language, D nothing."""

    CLOSED = tuple(
        record
        for state in "EDCB"
        for record in (statute(state, enacted_on="2012"), offence(state, "grooming", statute=f"law-{state}"))
    )

    def test_the_nearest_come_first_and_say_why(self) -> None:
        found = good_practice(Survey(world(*self.CLOSED), day()), "A", "criterion", "grooming-law")
        assert [held.state for held in found.states] == ["B", "C", "E", "D"]
        near = found.states[0].near
        assert (near.organisations, near.ipu_groups, near.languages) == (("au",), ("african",), ("fr",))
        assert found.states[0].provisions[0].enacted_on == "2012"
        assert found.states[0].recorded_on == "2020-01-01"

    def test_a_limit_keeps_the_nearest_and_counts_all(self) -> None:
        found = good_practice(Survey(world(*self.CLOSED), day()), "A", "criterion", "grooming-law", limit=1)
        assert ([held.state for held in found.states], found.closed_by) == (["B"], 4)

    def test_a_state_known_by_review_alone_is_kept_apart(self) -> None:
        network = world(finding("B", "grooming-law", "yes"), *self.CLOSED[:2])
        found = good_practice(Survey(network, day()), "A", "criterion", "grooming-law")
        assert [held.state for held in found.states] == ["E"]
        assert [held.state for held in found.by_review] == ["B"]

    def test_who_has_the_gap_or_contradicts_itself_is_no_example(self) -> None:
        network = world(*self.CLOSED, finding("B", "grooming-law", "no"))
        found = good_practice(Survey(network, day()), "A", "criterion", "grooming-law")
        assert [held.state for held in found.states] == ["C", "E", "D"]

    def test_only_provisions_in_force_are_shown(self) -> None:
        older = offence("B", "grooming", statute="law-B", provision="s 1")
        newer = offence("B", "grooming", provision="s 2")
        network = world(statute("B", in_force_on="2012-01-01", repealed_on="2024-01-01"), older, newer)
        found = good_practice(Survey(network, day()), "A", "criterion", "grooming-law")
        assert (found.states, [held.state for held in found.by_review]) == ((), ["B"])

    def test_a_law_that_comes_later_is_no_example_yet(self) -> None:
        network = world(statute("B", in_force_on="2022-01-01"), offence("B", "grooming", statute="law-B"))
        before = good_practice(Survey(network, day("2021-12-31")), "A", "criterion", "grooming-law")
        after = good_practice(Survey(network, day("2022-01-01")), "A", "criterion", "grooming-law")
        assert (before.closed_by, after.closed_by) == (0, 1)


class TestPosition:
    def test_rank_and_median_are_among_those_with_a_record(self) -> None:
        network = world(
            finding("A", "grooming-law", "yes"),
            finding("B", "grooming-law", "yes"),
            finding("B", "csam-defined", "yes"),
            finding("E", "csam-defined", "yes"),
        )
        held = position(Survey(network, day()), "A")
        region = held.peers[0]
        # Among A (1), B (2) and C (no record): median of 1 and 2, A second.
        assert (region.id, region.members, region.recorded, region.median, region.rank) == ("au", 3, 2, 1.5, 2)
        assert [peers.id for peers in held.peers] == ["au", "african", "arab"]
        assert held.criteria["satisfied"] == 1

    def test_a_state_without_a_record_has_no_rank(self) -> None:
        held = position(Survey(world(finding("B", "grooming-law", "no")), day()), "A")
        assert (held.peers[0].recorded, held.peers[0].median, held.peers[0].rank) == (1, 0, None)


def test_the_union_has_members_and_no_law_of_its_own() -> None:
    with pytest.raises(QuestionError, match="no State"):
        gaps(world(), "EUE", TODAY)


DATED = some.sampled_from(["s2010", "s2020", "undated"])
ANSWERS = some.sampled_from(["yes", "no", "partial", "x"])
PUNISHED = some.sampled_from(["csam-possession", "grooming", "isp-reporting-duty"])
RECORDS = some.lists(
    some.builds(finding, some.just("A"), some.sampled_from(CRITERIA[:7]), ANSWERS, DATED)
    | some.builds(offence, some.just("A"), PUNISHED, DATED),
    max_size=6,
    unique_by=lambda record: record.id,
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, some.sampled_from(CRITERIA[:7]))
def test_one_more_yes_never_makes_a_gap(records: list[Record], key: str) -> None:
    more = finding("A", key, "yes", "s2020", edition="another")
    before = criterion(world(*records), key).status
    after = criterion(world(*(record for record in records if record.id != more.id), more), key).status
    assert after not in GAPS or before in GAPS


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_offences_agree_with_dual_criminality(records: list[Record]) -> None:
    network = world(*records)
    for key in ("csam-possession", "grooming"):
        held = offence_judgement(network, "A", key, day())
        if held.status in ("satisfied", "not-satisfied"):
            assert held.result == network.law("A").criminalises(key, day()).result
