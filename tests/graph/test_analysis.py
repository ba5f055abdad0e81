"""Figures of the cooperation graph, each worked out by hand, and cuts in three values."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest

from graph.analysis.centrality import body_figures, state_figures
from graph.analysis.chains import betweenness
from graph.analysis.communities import communities
from graph.analysis.cooperation import Cooperation, cooperation
from graph.analysis.cuts import bridges, components, cut_bodies, cut_states
from graph.analysis.drawing import drawing
from graph.analysis.groups import members, region
from graph.analysis.openings import Asked
from graph.analysis.reach import reach
from graph.analysis.survey import survey
from graph.analysis.ties import ties
from graph.model import NetworkChannel, State
from graph.questions import QuestionError
from tests.graph import world
from tests.graph.analysis_worlds import ASKED, DAY, book, star, treaty, triangle, two_worlds, union_agreement


def test_a_hub_stands_between_all_others() -> None:
    """Three pairs among P, Q and R, each joined over H only: betweenness 3 of 3, and nobody else's."""
    figures = {one.state: one for one in state_figures(star())}
    assert (figures["H"].partners, figures["H"].pairs_between, figures["H"].betweenness) == (3, 3.0, 1.0)
    assert {figures[state].betweenness for state in "PQR"} == {0.0}
    assert "for 3.0 pairs of others" in figures["H"].text
    assert "no two others depend on it" in figures["P"].text


def test_a_treaty_of_the_hub_carries_its_pair_and_the_chains_over_it() -> None:
    """Of 6 pairs, hp carries H-P and the chains P-H-Q and P-H-R: 3 of 6."""
    assert [(one.body, one.betweenness, one.pairs, one.alone) for one in body_figures(star())] == [
        ("hp", 0.5, 1, 1), ("hq", 0.5, 1, 1), ("hr", 0.5, 1, 1),
    ]  # fmt: skip


def test_a_hub_is_a_cut_and_its_ties_are_bridges() -> None:
    (cut,) = cut_states(star())
    assert (cut.id, cut.result, cut.apart) == ("H", "met", (("Q",), ("R",)))  # P is as large a part, and first
    assert [(one.id, one.apart, one.bodies) for one in bridges(star())] == [
        ("H-P", (("P",),), ("hp",)), ("H-Q", (("Q",),), ("hq",)), ("H-R", (("R",),), ("hr",)),
    ]  # fmt: skip
    assert [one.id for one in cut_bodies(star())] == ["hp", "hq", "hr"]
    assert "State P would not be connected with the rest" in bridges(star())[0].text


def test_two_worlds_are_two_communities() -> None:
    """Seven ties, three within each; degrees 2+2+3 on each side: modularity 2 × (3/7 - (7/14)²) = 5/14."""
    found = communities(two_worlds())
    assert [one.states for one in found.communities] == [("A", "B", "C"), ("D", "E", "F")]
    assert found.modularity == pytest.approx(5 / 14, abs=1e-9)
    assert [one.held_by for one in found.communities] == [("north",), ("south",)]
    assert found.communities[0].inside == pytest.approx(6 / 7, abs=1e-9)  # 7 ends of ties, one of which leads to D
    assert "clearly marked" in found.text


def test_who_stands_between_two_worlds() -> None:
    """C lies between A, B and D, E, F: 6 of the 10 pairs of the others; D likewise. All 9 pairs across need cd,
    north carries its 3 pairs and the 6 from A and B across: 9 of 15 each."""
    figures = {one.state: one for one in state_figures(two_worlds())}
    assert {state: figures[state].betweenness for state in "ABCDEF"} == {
        "A": 0, "B": 0, "C": 0.6, "D": 0.6, "E": 0, "F": 0,
    }  # fmt: skip
    assert {one.body: one.betweenness for one in body_figures(two_worlds())} == {"north": 0.6, "south": 0.6, "cd": 0.6}


def test_what_holds_two_worlds_together() -> None:
    assert [(cut.id, cut.apart) for cut in cut_states(two_worlds())] == [("C", (("A", "B"),)), ("D", (("E", "F"),))]
    assert [cut.id for cut in bridges(two_worlds())] == ["C-D"]
    assert {cut.id: cut.apart for cut in cut_bodies(two_worlds())} == {
        "cd": (("D", "E", "F"),), "north": (("A",), ("B",)), "south": (("E",), ("F",)),
    }  # fmt: skip


@pytest.mark.parametrize("made", [star, two_worlds])
def test_bodies_that_tie_all_their_states_have_the_betweenness_of_networkx(made: Callable[[], Cooperation]) -> None:
    graph = made()
    states = [("state", state) for state in graph.states]
    pairs = len(states) * (len(states) - 1) / 2
    expected = nx.betweenness_centrality_subset(graph.body_graph(), states, states)
    for one in body_figures(graph):
        assert one.betweenness == pytest.approx(expected["body", one.body] / pairs)


@pytest.mark.parametrize(
    ("day", "ties", "result"),
    [("2025-12-31", {"A-B": "met", "B-C": "met"}, ["met"]),
     ("2026-06-01", {"A-B": "met", "A-C": "unknown", "B-C": "met"}, ["unknown"]),
     ("2027-01-01", {"A-B": "met", "A-C": "met", "B-C": "met"}, [])],
)  # fmt: skip
def test_a_partial_date_makes_a_tie_and_a_cut_uncertain(day: str, ties: dict[str, str], result: list[str]) -> None:
    """While nobody knows whether A and C are bound, nobody knows whether B alone joins them."""
    graph = triangle(day)
    found = {"-".join(sorted(pair)): tie["result"] for *pair, tie in graph.state_graph(perhaps=True).edges(data=True)}
    assert found == ties
    certain = graph.state_graph(perhaps=False)
    assert {"-".join(sorted(pair)) for pair in certain.edges} == {one for one, held in ties.items() if held == "met"}
    assert [cut.result for cut in cut_states(graph)] == result
    figures = {one.state: one for one in state_figures(graph)}
    assert figures["A"].partners_uncertain == list(ties.values()).count("unknown")
    assert figures["B"].betweenness == (1.0 if len(certain.edges) == 2 else 0.0)


def test_only_uncertain_ties_join_nobody_for_certain() -> None:
    """A–B certain; B–C may be in force in 2026: without B, A and C would part if they are joined at all."""
    records = (*treaty("ab", "AB"), *treaty("bc", "BC", in_force_on="2026"))
    graph = cooperation(book("ABC", *records), ASKED)
    assert components(graph, perhaps=False) == (("A", "B"), ("C",))
    assert components(graph, perhaps=True) == (("A", "B", "C"),)
    assert [(cut.id, cut.result) for cut in cut_states(graph)] == [("B", "unknown")]
    assert [(cut.id, cut.result) for cut in bridges(graph)] == [("A-B", "met"), ("B-C", "unknown")]
    assert communities(graph).communities[0].states == ("A", "B")
    told = survey(graph)
    assert (told.ties, told.ties_uncertain, told.on_their_own) == (1, 1, ())


def test_an_agreement_of_the_union_ties_no_two_members() -> None:
    """Ties A–B and A–C alone; B and C are joined over A, by a chain that uses the agreement twice: (1+1+2)/3."""
    graph = union_agreement()
    assert sorted(graph.ties) == [("A", "B"), ("A", "C")]
    assert graph.states == ("A", "B", "C")  # the Union itself is no node
    (figure,) = body_figures(graph)
    assert figure.betweenness == pytest.approx(4 / 3)
    assert [cut.id for cut in cut_states(graph)] == ["A"]


def test_with_a_treaty_falls_its_protocol() -> None:
    """The protocol carries preservation and needs its parent, which carries nothing itself."""
    protocol = world.instrument("protocol", parent="parent")
    article = world.provision("protocol", "1", "preservation", channels=("central-authority",))
    parties = [world.party(held, state) for held in ("parent", "protocol") for state in "ABC"]
    held = book("ABC", world.instrument("parent"), protocol, article, *parties)
    graph = cooperation(held, ASKED)
    assert {cut.id: cut.result for cut in cut_bodies(graph)} == {"parent": "met", "protocol": "met"}
    assert not cooperation(held, ASKED, without=["parent"]).ties
    assert len(cooperation(held, ASKED, without=["unrelated"]).ties) == 3


def test_a_reservation_takes_its_state_out_of_the_graph() -> None:
    records = (*treaty("north", "ABC"), world.declaration("north", "C", "1", effect="excludes"))
    assert sorted(cooperation(book("ABC", *records), ASKED).ties) == [("A", "B")]


def test_settled_keeps_paths_without_open_questions() -> None:
    """The convention names preservation; the treaty covers assistance in general, which leaves a question open."""
    general = [
        world.instrument("general", kind="bilateral"),
        world.provision("general", "1", "general-mutual-assistance", channels=("central-authority",)),
        world.party("general", "C"),
        world.party("general", "D"),
    ]
    held = book("ABCD", *treaty("north", "ABC"), *general)
    assert ("C", "D") in cooperation(held, ASKED).ties
    assert sorted(cooperation(held, ASKED, settled=True).ties) == [("A", "B"), ("A", "C"), ("B", "C")]


def test_reach_tells_treaties_from_organisations() -> None:
    """A may ask B by treaty and both B and C as members of INTERPOL; nothing is on record for D."""
    channel = NetworkChannel(
        id="interpol", organisation="interpol", measures=("preservation",), channel="police", statuses=("member",),
        evidential_use="intelligence", hub=True, sources=("s",),
    )  # fmt: skip
    joined = [world.membership("interpol", state, joined_on="1960") for state in "ABC"]
    held = book("ABCD", *treaty("ab", "AB"), channel, *joined)
    found = reach(held, ASKED, "A", "ABCD")
    assert [(one.state, one.directly, one.by_organisation, one.bodies) for one in found.reached] == [
        ("B", "met", "met", ("ab", "interpol")), ("C", None, "met", ("interpol",)),
    ]  # fmt: skip
    assert found.no_record == ("D",)
    assert "2 States or territories" in found.text
    assert [one.state for one in reach(held, ASKED, "A", "ABCD", without=["interpol"]).reached] == ["B"]
    figures = {one.body: (one.kind, one.pairs, one.alone) for one in body_figures(cooperation(held, ASKED))}
    assert figures == {"interpol": ("organisation", 3, 2), "ab": ("instrument", 1, 0)}


def test_nothing_on_record_is_told_as_that() -> None:
    told = survey(cooperation(book("AB"), ASKED))
    assert (told.ties, told.on_their_own, told.bodies, told.communities.communities) == (0, ("A", "B"), (), ())
    assert survey(cooperation(book("AB"), ASKED, [])).among == 0


def test_groups_by_region_and_by_membership_on_the_day() -> None:
    states = tuple(
        State(id=id_, name=id_, kind="state", ipu_group=group, sources=("s",))
        for id_, group in (("XAA", "grulac"), ("XBB", "grulac;arab"), ("XCC", None))
    )
    joined = (
        world.membership("eu", "XAA", joined_on="2000-01-01"),
        world.membership("eu", "XBB", joined_on="2026"),
        world.membership("eu", "XCC", joined_on="2027"),
    )
    network = book("A", *joined, more=states, bodies=("eu",)).network
    assert region(network, "GRULAC").states == ("XAA", "XBB")
    assert region(network, "arab").states == ("XBB",)
    lands = tuple(
        State(id=id_, name=id_, kind="state", alpha2=alpha2)
        for id_, alpha2 in (("GHA", "GH"), ("KEN", "KE"), ("GRC", "GR"))
    )
    placed = book("A", more=lands).network
    assert (region(placed, "western africa").states, region(placed, "Africa").states) == (("GHA",), ("GHA", "KEN"))
    found = members(network, "eu", Asked((), DAY).day)
    assert (found.states, found.uncertain) == (("XAA", "XBB"), ("XBB",))
    with pytest.raises(QuestionError, match="valid: arab, grulac"):
        region(network, "nowhere")
    with pytest.raises(QuestionError, match="no membership of INTERPOL"):
        members(network, "interpol", Asked((), DAY).day)


def test_the_drawing_holds_both_views() -> None:
    drawn = drawing(triangle(DAY))
    assert drawn.edges["state/A", "state/C"]["result"] == "unknown"
    assert drawn.edges["state/A", "instrument/ab"] == {"type": "TIED_BY", "result": "met", "partners": 1}
    assert (drawn.graph["release"], drawn.graph["on"]) == ("r-test", DAY)
    assert drawn.nodes["instrument/ab"] == {"label": "ab", "class": "Instrument"}


def test_the_drawing_tie_by_tie_tells_both_ways_and_what_is_certain() -> None:
    found = ties(triangle(DAY))
    assert [one.state for one in found.states] == ["A", "B", "C"]
    told = {(one.one, one.other): (one.result, one.forth, one.back, one.bodies) for one in found.ties}
    assert told[("A", "B")] == ("met", True, True, ("ab",))
    assert told[("A", "C")][0] == "unknown"


def test_betweenness_by_matrices_is_that_of_networkx() -> None:
    for seed in range(5):
        drawn = nx.gnp_random_graph(24, 0.15, seed=seed, directed=True)
        for ends in (24, 9):
            ours = betweenness(nx.to_numpy_array(drawn, nodelist=range(24)), ends)
            theirs = nx.betweenness_centrality_subset(drawn, range(ends), range(ends))
            assert ours == pytest.approx([theirs[node] for node in range(24)])
