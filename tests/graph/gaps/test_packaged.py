"""Real States, worked out by hand from the packaged tables; the comments say from which rows."""

from __future__ import annotations

import pytest

from graph.answers import Question
from graph.coverage.demands import Flags
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.coverage.report import account
from graph.dates import MET, NOT_MET, UNKNOWN
from graph.gaps.comparison import column, compare
from graph.gaps.groups import groups
from graph.gaps.judgement import STATUSES, Judgement
from graph.gaps.reach import reach_rows
from graph.gaps.report import GapReport, gaps
from graph.gaps.survey import Survey
from graph.gaps.worth import worth_by_coverage
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.what_if import assume
from tests.graph.gaps.world import TODAY, day


@pytest.fixture(scope="module")
def network(packaged_book: OfferBook) -> Network:
    return packaged_book.network


def judgement(network: Network, state: str, topic: str, key: str, on: str = TODAY) -> Judgement:
    found = Survey(network, day(on)).judgement(state, topic, key)
    assert found is not None
    return found


def practice(report: GapReport, topic: str, key: str) -> list[str]:
    (found,) = [held for held in report.practice if (held.topic, held.key) == (topic, key)]
    return [held.state for held in found.states]


@pytest.mark.parametrize(
    ("state", "topic", "key", "status"),
    [
        # review-findings: the report of 2023 says "no" for both; no row on csam-possession in statutory-offences.
        ("JOR", "criterion", "simple-possession", "not-satisfied"),
        ("KGZ", "criterion", "simple-possession", "not-satisfied"),
        # Penal Code art. 155(3) is on record as possession, the finding on the same text says "no" (only for sale).
        ("AND", "criterion", "simple-possession", "contradictory"),
        # Ley 17.815 art. 2 is on record; the finding of 2026-06-23 says "partial" (habitual consumption).
        ("URY", "criterion", "simple-possession", "partial"),
        # An encyclopaedia says "no" and bears no date: proves nothing for a day.
        ("BLR", "criterion", "simple-possession", "undecided"),
        # "general-pornography-law" is the review's own word.
        ("KWT", "criterion", "csam-specific-law", "undecided"),
        ("FRA", "criterion", "grooming-law", "satisfied"),
        ("FRA", "criterion", "data-preservation", "no-record"),
        # Labour review of 2022: the report recommends that the law prohibit this form.
        ("GHA", "criterion", "legal-gap-pornographic-performances", "not-satisfied"),
        # s 184b protects children below 14, s 184c those below 18.
        ("DEU", "age", "csam-possession", "satisfied"),
        # The only row says below 16.
        ("BFA", "age", "child-trafficking", "not-satisfied"),
    ],
)
def test_words(network: Network, state: str, topic: str, key: str, status: str) -> None:
    assert judgement(network, state, topic, key).status == status


def test_the_provision_that_satisfies_is_named(network: Network) -> None:
    held = judgement(network, "FRA", "criterion", "simple-possession")
    (provision,) = [row for row in held.evidence if row.kind == "provision" and row.statute]
    assert (provision.statute, provision.provision) == ("fra-code-penal", "art. 227-23(4)")
    assert (provision.child_age_below, provision.max_penalty_years) == (18, 5.0)
    assert provision.recorded_on == "2026-04-02"


@pytest.mark.parametrize(
    ("state", "key", "on", "status"),
    [
        # Act 13 of 2009, in force 2009-10-21; the summary of 2023 says nothing about the time before it.
        ("JAM", "simple-possession", "2009-10-20", "undecided"),
        ("JAM", "simple-possession", "2009-10-21", "satisfied"),
        # China: own words in the report of 2023, "no" by the text of 2025-04-19.
        ("CHN", "csam-specific-law", "2024-06-01", "undecided"),
        ("CHN", "csam-specific-law", "2025-04-19", "not-satisfied"),
    ],
)
def test_as_of_a_day(network: Network, state: str, key: str, on: str, status: str) -> None:
    assert judgement(network, state, "criterion", key, on).status == status


def test_good_practice_for_uruguay_begins_in_its_own_region(network: Network) -> None:
    """Simple possession, by the rows on csam-possession whose statute is named and whose source bears a date.

    In South America Argentina and Paraguay share OAS and MERCOSUR with Uruguay, Peru the OAS (Colombia's source is
    undated). Outside it, Panama shares OAS, the continent, GRULAC and Spanish; Trinidad and Tobago OAS, the continent
    and GRULAC; Jamaica and the United States OAS and the continent. Jamaica's statute is dated, its provision rests on
    it; Canada's source is undated.
    """
    found = practice(gaps(network, "URY", TODAY, "legislation"), "criterion", "simple-possession")
    assert found[:7] == ["ARG", "PRY", "PER", "PAN", "TTO", "JAM", "USA"]


def test_good_practice_for_jordan_begins_in_the_arab_league(network: Network) -> None:
    """Qatar and the United Arab Emirates lie in Western Asia too and share the League and Arabic; no other State there
    has a statute named by a dated source (Egypt, Mauritania and Tunisia, of the League too, are undated)."""
    report = gaps(network, "JOR", TODAY, "legislation", limit=2)
    assert practice(report, "criterion", "simple-possession") == ["QAT", "ARE"]


def test_the_places_of_ghana(network: Network) -> None:
    """OPSC: signed, on the complete list not as a party. cets-185: in force from 2019-04-01. EU acts: closed to it."""
    places = {held.instrument: held for held in gaps(network, "GHA", TODAY, "treaties").treaties}
    assert (places["un-opsc"].place, places["un-opsc"].gap) == ("signed-only", MET)
    assert (places["cets-185"].place, places["cets-185"].gap) == ("in-force", NOT_MET)
    assert (places["cets-201"].place, places["cets-201"].gap) == ("no-record", UNKNOWN)
    assert places["cets-201"].opening == "by-invitation"
    assert places["au-malabo-2014"].opening == "open"
    assert "eu-eio-2014-41" not in places


def test_a_gap_in_treaties_is_as_of_a_day(network: Network) -> None:
    """Brazil acceded to cets-185 on 2022-11-30, in force from 2023-03-01."""
    words = {
        on: {held.instrument: held.place for held in gaps(network, "BRA", on, "treaties").treaties}["cets-185"]
        for on in ("2022-11-29", "2022-12-01", "2023-03-01")
    }
    assert words == {"2022-11-29": "not-yet", "2022-12-01": "bound-not-in-force", "2023-03-01": "in-force"}


def test_what_joining_is_worth_is_what_the_what_if_finds(packaged_book: OfferBook, network: Network) -> None:
    """Uruguay under cets-185: each cell that it makes sure is sure under the assumption, and was not before."""
    held = worth_by_coverage(packaged_book, TODAY)("cets-185", "URY")
    assumed = assume(packaged_book, ["URY:cets-185:2026-01-01"]).book
    measures = [concept.key for concept in network.records.concepts if concept.scheme == "measure"]
    partners = [state.id for state in network.records.states if state.kind == "state" and state.id != "URY"]

    def sure(book: OfferBook, one: str, other: str, measure: str) -> bool:
        question = Question(requesting=one, requested=other, measure=measure, on=TODAY)
        return any(path.status == MET for path in find_paths(book, question).paths)

    pairs = [(one, other) for partner in partners for one, other in (("URY", partner), (partner, "URY"))]
    bound = {state for state in partners if network.standings(state).get("cets-185")}
    touched = [(one, other) for one, other in pairs if one in bound or other in bound]
    gained = sum(
        sure(assumed, one, other, measure) and not sure(packaged_book, one, other, measure)
        for one, other in touched
        for measure in measures
    )
    assert held.secured == gained > 0


def test_every_state_has_a_word_for_everything(network: Network) -> None:
    """Counts add up, and what offences say agrees with the dual-criminality rule."""
    survey = Survey(network, day())
    for state in survey.states:
        assert sum(survey.counts(state, "criterion").values()) == len(survey.criteria)
        for held in survey.of_state(state):
            assert held.status in STATUSES
            if held.topic == "offence" and held.result != UNKNOWN:
                assert held.result == network.law(state).criminalises(held.key, survey.on).result


def test_every_statement_names_a_source(network: Network) -> None:
    for state in ("FRA", "JOR", "GHA", "URY", "AND", "PHL"):
        report = gaps(network, state, TODAY)
        evidence = [row for held in report.legislation for row in (*held.evidence, *held.beside)]
        evidence += [row for held in report.practice for one in held.states for row in one.provisions]
        assert evidence
        assert all(row.sources for row in evidence)
        assert all(held.dates.sources for held in report.treaties)


def test_states_beside_a_group(network: Network) -> None:
    """GRULAC by the IPU group of the table of States; France and Ghana have their own words."""
    comparison = compare(network, ["FRA", "Ghana", "grulac"], TODAY)
    cells = {(row.topic, row.key): row.cells for row in comparison.rows}
    assert [cell.status for cell in cells["treaty", "un-opsc"][:2]] == ["in-force", "signed-only"]
    members = len(comparison.columns[2].states)
    assert members == 21
    assert all(sum(row[2].counts.values()) == members for row in cells.values())


def test_every_group_is_a_column_with_its_members(network: Network) -> None:
    told = groups(network, TODAY)
    assert {held.kind for held in told.items} == {"ipu-group", "continent", "region", "organisation"}
    survey = Survey(network, day(TODAY))
    assert {held.id: held.members for held in told.items} == {
        held.id: len(column(survey, held.id).states) for held in told.items
    }


def test_measures_count_the_partners_of_the_coverage(packaged_book: OfferBook) -> None:
    """A group has the median of its members: of Australia and New Zealand the mean of both."""
    planner = Planner(Index(packaged_book))
    told = compare(planner.index.network, ["AUS", "NZL", "Australasia"], TODAY, reach_rows(planner, TODAY))
    rows = {row.key: row for row in told.rows if row.topic == "measure"}
    for state, place in (("AUS", 0), ("NZL", 1)):
        for held in account(planner, "measure", TODAY, Flags(), None, state):
            cell = rows[held["id"]].cells[place].partners
            assert cell is not None
            assert (cell.met, cell.unknown) == (held["asking"]["met"], held["asking"]["unknown"])
    first, second, both = (cell.partners for cell in rows["preservation"].cells)
    assert first is not None
    assert second is not None
    assert both is not None
    assert both.met == (first.met + second.met) / 2
    assert (both.least, both.most) == tuple(sorted((int(first.met), int(second.met))))
    assert rows["preservation"].differs == (len({first, second, both}) > 1)
