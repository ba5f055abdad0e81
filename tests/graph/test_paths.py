"""Path search rule by rule, on an invented world; each rule names the article that it stands for."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Authority, Designation
from tests.graph import world
from tests.graph.asking import ask, codes, statuses, treaty

SEARCH = world.provision("treaty", "5", "search-and-seizure", channels=("central-authority",))


def test_a_treaty_in_force_for_both_opens_a_path_with_article_dates_and_source() -> None:
    answer = ask(*treaty(SEARCH))
    (path,) = answer.paths
    assert (path.status, path.channel, path.specificity) == ("met", "central-authority", 2)
    (border,) = [leg for leg in path.legs if leg.kind == "border"]
    (basis,) = border.basis
    assert (basis.instrument, basis.article) == ("treaty", "5")
    assert [(held.party, held.in_force_on) for held in basis.participations] == [
        ("A", "2001-01-01"),
        ("B", "2001-01-01"),
    ]
    assert {cite.url for cite in border.sources} == {"https://example.org/chart"}
    assert [language.stated_by for language in border.languages] == ["official-language"]


def test_without_one_partys_record_there_is_no_path_but_a_reason() -> None:
    records = [world.instrument(), world.party("treaty", "A"), SEARCH]
    assert codes(ask(*records)) == [("treaty", "no-record", "B")]
    complete = [world.instrument(parties_complete_on="2024-01-01"), world.party("treaty", "A"), SEARCH]
    assert codes(ask(*complete)) == [("treaty", "not-party", "B")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"standing": "signatory", "in_force_on": None, "signed_on": "2021-05-01"}, "signed-only"),
        ({"in_force_on": "2027-01-01", "bound_on": "2026-09-20"}, "not-in-force"),
        ({"ended_on": "2025-01-01"}, "ended"),
        ({"standing": "excluded", "in_force_on": None}, "opted-out"),
    ],
)
def test_a_party_that_is_not_bound_in_force_is_the_reason(fields: dict[str, Any], code: str) -> None:
    answer = ask(world.instrument(), world.party("treaty", "A"), world.party("treaty", "B", **fields), SEARCH)
    assert answer.paths == ()
    assert codes(answer) == [("treaty", code, "B")]


def test_a_future_date_gives_the_answer_that_will_hold() -> None:
    future = [
        world.instrument(),
        world.party("treaty", "A"),
        world.party("treaty", "B", in_force_on="2027-01-01"),
        SEARCH,
    ]
    assert not ask(*future, on="2026-12-31").paths
    assert ask(*future, on="2027-01-01").paths[0].status == "met"


def test_an_instrument_of_the_field_that_lacks_the_measure_is_named() -> None:
    answer = ask(*treaty(world.provision("treaty", "7", "service-of-documents", channels=("central-authority",))))
    assert codes(answer) == [("treaty", "measure-not-covered", None)]


def test_assistance_in_general_leaves_a_measure_open_that_it_does_not_name() -> None:
    clause = world.provision("treaty", "1", "general-mutual-assistance", channels=("central-authority",))
    answer = ask(*treaty(clause))
    assert answer.paths[0].status == "unknown"
    assert statuses(answer, "general-clause") == ["unknown"]


def test_police_information_is_no_matter_of_general_assistance() -> None:
    clause = world.provision("treaty", "1", "general-mutual-assistance", channels=("central-authority",))
    assert not ask(*treaty(clause), measure="police-information").paths


def test_a_reservation_of_either_side_switches_the_article_off() -> None:
    # VCLT article 21(1): a reservation changes the relation for both sides.
    for state in "AB":
        answer = ask(*treaty(SEARCH, world.declaration("treaty", state, "5", effect="excludes")))
        assert codes(answer) == [("treaty", "reserved", state)]


def test_a_reservation_to_another_article_or_withdrawn_does_nothing() -> None:
    other = world.declaration("treaty", "B", "50", effect="excludes")
    assert ask(*treaty(SEARCH, other)).paths[0].status == "met"
    withdrawn = world.declaration("treaty", "B", "5", effect="excludes", withdrawn_on="2019-07-05")
    assert not ask(*treaty(SEARCH, withdrawn), on="2019-07-04").paths
    assert ask(*treaty(SEARCH, withdrawn), on="2019-07-05").paths


def test_removing_a_reservation_never_worsens_a_path() -> None:
    limits = world.declaration("treaty", "B", "5", effect="limits")
    assert ask(*treaty(SEARCH, limits)).paths[0].open_questions > ask(*treaty(SEARCH)).paths[0].open_questions


def test_a_declaration_may_close_direct_channels() -> None:
    # cets-185 article 27(9)(e): requests go to the central authority.
    urgent = world.provision("treaty", "27(9)(a)", role="channel", channels=("judicial-direct",), urgency="only")
    only = world.declaration("treaty", "B", "27(9)", effect="central-authority-only")
    open_to_all = ask(*treaty(SEARCH, urgent), urgent=True)
    assert {path.channel for path in open_to_all.paths} == {"central-authority", "judicial-direct"}
    closed = ask(*treaty(SEARCH, urgent, only), urgent=True)
    assert {path.channel for path in closed.paths} == {"central-authority"}
    assert ("treaty", "reserved", "B") in codes(closed)


def test_dual_criminality_is_open_without_the_offence_and_decided_by_both_laws() -> None:
    demanding = world.provision(
        "treaty", "5", "search-and-seizure", channels=("central-authority",), dual_criminality="required"
    )
    laws = [world.offence("A", "grooming"), world.offence("B", "grooming")]
    assert statuses(ask(*treaty(demanding, *laws)), "dual-criminality") == ["unknown"]
    assert statuses(ask(*treaty(demanding, *laws), offence="grooming"), "dual-criminality") == ["met"]
    assert statuses(ask(*treaty(demanding, laws[0]), offence="grooming"), "dual-criminality") == ["unknown"]


def test_a_reservation_on_dual_criminality_spares_its_exceptions() -> None:
    # cets-185 article 29(4): not for the offences of articles 2 to 11.
    preserve = world.provision("treaty", "29", "preservation", channels=("contact-point-24-7",))
    reserve = world.declaration("treaty", "B", "29", effect="dual-criminality", except_offences=("csam-distribution",))
    spared = ask(*treaty(preserve, reserve), measure="preservation", offence="csam-distribution")
    assert spared.paths[0].status == "met"
    other = ask(*treaty(preserve, reserve), measure="preservation", offence="grooming")
    assert other.paths[0].status == "unknown"


def test_offences_outside_a_list_are_out_of_scope() -> None:
    listed = {"offence_scope": "listed", "offences": ("sale-of-children",)}
    assert ask(*treaty(SEARCH, **listed), offence="sale-of-children").paths[0].status == "met"
    assert ask(*treaty(SEARCH, **listed)).paths[0].status == "unknown"
    assert codes(ask(*treaty(SEARCH, **listed), offence="grooming")) == [("treaty", "offence-out-of-scope", None)]


def test_a_minimum_penalty_is_measured_in_the_requesting_law() -> None:
    # UNTOC article 2(b): a maximum of at least four years.
    serious = world.provision(
        "treaty", "18", "search-and-seizure", channels=("central-authority",),
        requirements=("serious-crime",), min_penalty_years=4.0,
    )  # fmt: skip
    heavy, light = (world.offence("A", "grooming", max_penalty_years=years) for years in (5.0, 2.0))
    assert statuses(ask(*treaty(serious, heavy), offence="grooming"), "serious-crime") == ["met"]
    assert codes(ask(*treaty(serious, light), offence="grooming")) == [("treaty", "not-met", None)]
    assert statuses(ask(*treaty(serious), offence="grooming"), "serious-crime") == ["unknown"]


def test_a_protocol_needs_its_parent() -> None:
    protocol = [
        world.instrument("protocol", parent="treaty"),
        world.party("protocol", "A"),
        world.party("protocol", "B"),
        world.provision("protocol", "9", "search-and-seizure", channels=("judicial-direct",)),
    ]
    lacking = [world.instrument(), world.party("treaty", "A")]
    assert ("treaty", "no-record", "B") in codes(ask(*protocol, *lacking))
    answer = ask(*protocol, *lacking, world.party("treaty", "B"))
    assert [basis.instrument for basis in answer.paths[0].legs[0].basis] == ["protocol", "treaty"]


def test_a_protocols_channel_serves_the_parents_measures_between_its_parties() -> None:
    # cets-182 article 4 opens direct transmission for the measures of ets-030.
    parent = treaty(world.provision("treaty", "5", "search-and-seizure"))
    ministries = world.provision("treaty", "15", role="channel", channels=("central-authority",))
    protocol = [
        world.instrument("protocol", parent="treaty"),
        world.provision("protocol", "4", role="channel", channels=("judicial-direct",)),
    ]
    both = [world.party("protocol", "A"), world.party("protocol", "B")]
    assert [path.channel for path in ask(*parent, ministries, *protocol).paths] == ["central-authority"]
    assert {path.channel for path in ask(*parent, ministries, *protocol, *both).paths} == {
        "central-authority",
        "judicial-direct",
    }


def test_urgent_channels_are_for_urgent_requests() -> None:
    urgent = world.provision("treaty", "15", role="channel", channels=("police",), urgency="only")
    records = treaty(SEARCH, urgent)
    assert {path.channel for path in ask(*records).paths} == {"central-authority"}
    assert ("treaty", "not-met", None) in codes(ask(*records))
    assert ask(*records, urgent=True).paths[0].channel == "police"


def test_where_evidence_is_asked_for_intelligence_drops_out_with_a_reason() -> None:
    police = world.provision("treaty", "27", "police-information", channels=("police",))
    assert ask(*treaty(police), measure="police-information").paths
    answer = ask(*treaty(police), measure="police-information", evidence=True)
    assert not answer.paths
    assert codes(answer) == [("treaty", "not-met", None)]


def test_the_office_named_under_the_article_receives_and_its_age_is_told() -> None:
    office = Authority(id="b-ca", state="B", name="Ministry of Justice", kind="central-authority", sources=("s",))
    other = Authority(id="b-old", state="B", name="Foreign Office", kind="central-authority", sources=("s",))
    named = Designation(
        id="1", authority="b-ca", state="B", function="mutual-assistance", instrument="treaty", article="5(2)",
        sources=("s",),
    )  # fmt: skip
    general = Designation(id="2", authority="b-old", state="B", function="mutual-assistance", sources=("s",))
    answer = ask(*treaty(SEARCH), office, other, named, general)
    (border,) = [leg for leg in answer.paths[0].legs if leg.kind == "border"]
    assert border.to.name == "Ministry of Justice"
    assert border.contact is not None
    assert (border.contact.as_of, border.contact.stale) == ("2020-01-01", True)
    assert "not on record" in border.from_.name


def test_certain_paths_rank_before_open_ones_and_all_criteria_are_shown() -> None:
    clause = world.provision("treaty", "1", "general-mutual-assistance", channels=("judicial-direct",))
    answer = ask(*treaty(SEARCH, clause))
    assert [(path.rank, path.status, path.channel) for path in answer.paths] == [
        (1, "met", "central-authority"),
        (2, "unknown", "judicial-direct"),
    ]
    assert [path.pareto for path in answer.paths] == [True, True]  # fewer offices against fewer open questions


def test_where_nothing_serves_the_nearest_measure_is_offered() -> None:
    preserve = world.provision("treaty", "29", "preservation", channels=("contact-point-24-7",))
    answer = ask(*treaty(preserve), measure="police-information")
    assert not answer.paths
    assert [(other.measure, other.channel) for other in answer.alternatives] == [("preservation", "contact-point-24-7")]


def test_one_channel_can_be_asked_for() -> None:
    clause = world.provision("treaty", "1", "general-mutual-assistance", channels=("judicial-direct",))
    answer = ask(*treaty(SEARCH, clause), via="judicial-direct")
    assert [path.channel for path in answer.paths] == ["judicial-direct"]
    assert answer.paths[0].rank == 1


def newer(state_b: Any, **fields: Any) -> list[Any]:
    """A treaty that replaces ``treaty`` between its parties A and B."""
    return [
        world.instrument("newer", replaces=("treaty",), replaces_article="34(1)", **fields),
        world.party("newer", "A"),
        state_b,
        world.provision("newer", "10", "search-and-seizure", channels=("judicial-direct",)),
    ]


def test_a_treaty_that_is_replaced_between_the_two_opens_no_path() -> None:
    # Directive 2014/41/EU article 34(1) for ets-030, Framework Decision 2002/584 article 31(1) for ets-024.
    answer = ask(*treaty(SEARCH), *newer(world.party("newer", "B")))
    assert [path.channel for path in answer.paths] == ["judicial-direct"]
    (line,) = [line for line in answer.why_not if line.instrument == "treaty"]
    assert (line.code, line.article) == ("not-met", "34(1)")


def test_what_replaces_only_perhaps_leaves_the_older_treaty_open() -> None:
    answer = ask(*treaty(SEARCH), *newer(world.party("newer", "B", standing="named", in_force_on=None)))
    assert statuses(answer, "replaced") == ["unknown"]
    assert {path.status for path in answer.paths} == {"unknown"}


def test_a_treaty_is_replaced_only_for_what_the_newer_one_carries() -> None:
    serve = world.provision("treaty", "7", "preservation", channels=("central-authority",))
    answer = ask(*treaty(serve), *newer(world.party("newer", "B")), measure="preservation")
    assert [path.status for path in answer.paths] == ["met"]


def test_where_declarations_are_not_on_record_what_they_may_demand_stays_open() -> None:
    # ets-030 article 5(1): a party may demand dual criminality for searches by declaration.
    by_declaration = world.provision(
        "treaty", "5", "search-and-seizure", channels=("central-authority",), dual_criminality="by-declaration"
    )
    assert statuses(ask(*treaty(by_declaration)), "dual-criminality") == ["unknown"]
    other = world.declaration("treaty", "B", "16", effect="languages", effect_articles=())
    assert statuses(ask(*treaty(by_declaration, other)), "dual-criminality") == ["unknown"]
    known = world.declaration("treaty", "B", "5", effect="limits")
    assert statuses(ask(*treaty(by_declaration, known)), "dual-criminality") == []


def test_what_needs_somebodys_consent_comes_after_what_must_be_done() -> None:
    # cets-185 article 32(b) against article 31.
    consent = world.provision(
        "treaty", "32(b)", "search-and-seizure", channels=("provider-direct",), requirements=("consent-of-data-holder",)
    )
    asked = world.provision(
        "treaty", "31", "search-and-seizure", channels=("central-authority",), dual_criminality="as-applicable-law"
    )
    answer = ask(*treaty(consent, asked))
    assert [path.by_consent for path in answer.paths] == [False, True]


def test_the_first_place_goes_to_a_path_that_no_other_beats() -> None:
    # The default order looks at open questions before evidence; a path as certain and better for evidence goes first.
    police = world.provision("treaty", "5", "search-and-seizure", channels=("police",))
    central = world.provision("other", "5", "search-and-seizure", channels=("central-authority",))
    other = [world.instrument("other"), world.party("other", "A"), world.party("other", "B"), central]
    answer = ask(*treaty(police), *other)
    assert [(path.channel, path.pareto) for path in answer.paths] == [("central-authority", True), ("police", False)]
    urgent = ask(*treaty(police), *other, urgent=True)
    assert [(path.channel, path.pareto) for path in urgent.paths] == [("police", True), ("central-authority", True)]


def test_that_no_bilateral_treaty_is_on_record_is_said_and_proves_nothing() -> None:
    (line,) = ask(measure="search-and-seizure").why_not
    assert (line.instrument, line.code) == ("bilateral", "no-record")
    assert "incomplete" in line.text


def test_an_empty_answer_always_has_a_reason() -> None:
    (line,) = ask(measure="police-information").why_not
    assert line.code == "no-record"


def test_an_office_named_for_another_treaty_is_marked() -> None:
    office = Authority(id="b-ca", state="B", name="Ministry of Justice", kind="central-authority", sources=("s",))
    elsewhere = Designation(
        id="1", authority="b-ca", state="B", function="mutual-assistance", instrument="other", sources=("s",)
    )
    answer = ask(*treaty(SEARCH), world.instrument("other"), office, elsewhere)
    (border,) = [leg for leg in answer.paths[0].legs if leg.kind == "border"]
    assert border.contact is not None
    assert border.contact.named_under == "other"


def test_a_protocol_falls_with_the_treaty_that_it_supplements() -> None:
    protocol = [
        world.instrument("protocol", parent="treaty"),
        world.party("protocol", "A"),
        world.party("protocol", "B"),
        world.provision("protocol", "9", "search-and-seizure", channels=("police",), evidential_use="evidence"),
    ]
    answer = ask(*treaty(SEARCH), *protocol, *newer(world.party("newer", "B")))
    assert [path.channel for path in answer.paths] == ["judicial-direct"]
    assert ("protocol", "not-met", None) in codes(answer)


def test_what_the_requesting_state_reserved_the_other_may_claim_too() -> None:
    # VCLT article 21(1)(b).
    reserve = world.declaration("treaty", "A", "5", effect="dual-criminality")
    answer = ask(*treaty(SEARCH, reserve))
    assert statuses(answer, "dual-criminality") == ["unknown"]
    own = world.declaration("treaty", "A", "5", effect="dual-criminality", kind="declaration")
    assert ask(*treaty(SEARCH, own)).paths[0].status == "met"


def test_a_penalty_that_is_not_on_record_may_be_higher() -> None:
    serious = world.provision(
        "treaty", "18", "search-and-seizure", channels=("central-authority",),
        requirements=("serious-crime",), min_penalty_years=4.0,
    )  # fmt: skip
    light = world.offence("A", "grooming", max_penalty_years=2.0)
    open_form = world.offence("A", "grooming", provision="aggravated")
    answer = ask(*treaty(serious, light, open_form), offence="grooming")
    assert statuses(answer, "serious-crime") == ["unknown"]


def test_what_certainly_replaces_a_treaty_counts_before_what_perhaps_does() -> None:
    perhaps = [
        world.instrument("zz", replaces=("treaty",), replaces_article="9"),
        world.party("zz", "A"),
        world.party("zz", "B", in_force_on="2026"),
        world.provision("zz", "1", "search-and-seizure"),
    ]
    answer = ask(*treaty(SEARCH), *newer(world.party("newer", "B")), *perhaps)
    assert "treaty" not in {basis.instrument for path in answer.paths for leg in path.legs for basis in leg.basis}
    assert [line.article for line in answer.why_not if line.instrument == "treaty"] == ["34(1)"]


def test_the_order_of_paths_does_not_depend_on_that_of_the_records() -> None:
    openers = [
        world.provision("treaty", "8", role="channel", channels=("police",)),
        world.provision("treaty", "9", role="channel", channels=("police",), urgency="only"),
    ]
    one = ask(*treaty(world.provision("treaty", "5", "search-and-seizure"), *openers), urgent=True)
    other = ask(*treaty(*reversed(openers), world.provision("treaty", "5", "search-and-seizure")), urgent=True)
    assert len(one.paths) == 2
    assert one.paths == other.paths
