"""``comity network``: tables, JSON, files, and one line for whatever is wrong with the input."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from tests.terminal.conftest import Run

ASK = ("network", "--measure", "preservation")


def test_the_survey_in_tables_and_words(run: Run) -> None:
    """In the small world France and the United States have two bodies in force, and nobody else has a tie."""
    done = run(*ASK)
    assert done.code == 0
    assert "Of the 15 pairs of 6 States and territories 1 (7%) have a certain tie" in done.out.replace("\n", " ")
    assert "Budapest Convention" in done.out
    assert "No such tie on record" in done.out
    assert "Ivory Coast, South Korea, North Korea, Tuvalu" in done.out
    assert "Law on paper" in done.out
    assert "Not legal advice" in done.out


def test_the_survey_for_programs(run: Run) -> None:
    told = run(*ASK, "--json").json
    assert (told["release"], told["on"], told["measures"]) == ("r-small", "2026-11-24", ["preservation"])
    assert (told["ties"], told["ties_uncertain"], told["components"]) == (1, 0, [["FRA", "USA"]])
    assert {one["body"]: (one["kind"], one["pairs"]) for one in told["bodies"]} == {
        "cets-185": ("instrument", 1), "mlat": ("instrument", 1),
    }  # fmt: skip
    assert len(told["states"]) == 6
    assert len(run(*ASK, "--top", "2", "--json").json["states"]) == 2
    everything = run("network", "--json").json
    assert {one["body"] for one in everything["bodies"]} == {"cets-185", "mlat", "interpol"}


def test_before_the_treaty_there_is_nothing(run: Run) -> None:
    done = run(*ASK, "--on", "1999-01-01")
    assert done.code == 1
    assert "No such tie is on record." in done.out
    assert run(*ASK, "--on", "1999-01-01", "--json").json["ties"] == 0


def test_without_and_settled_narrow_the_graph(run: Run) -> None:
    told = run(*ASK, "--without", "mlat", "--json").json
    assert (told["without"], [one["body"] for one in told["bodies"]]) == (["mlat"], ["cets-185"])
    told = run(*ASK, "--settled", "--json").json
    assert (told["settled"], [one["body"] for one in told["bodies"]]) == (True, ["cets-185"])
    assert run(*ASK, "--without", "mlat", "--without", "Budapest Convention").code == 1
    assert "left out: mlat" in run(*ASK, "--without", "mlat").out


def test_members_of_an_organisation(run: Run) -> None:
    told = run(*ASK, "--group", "interpol", "--json").json
    assert (told["groups"], told["among"], told["membership_uncertain"]) == (["INTERPOL"], 2, [])
    assert "only States of: INTERPOL" in run(*ASK, "--group", "INTERPOL").out


def test_the_reach_of_a_state(run: Run) -> None:
    done = run("network", "--state", "france", "--measure", "police-information")
    assert done.code == 0
    assert "Every condition met, through an organisation (1)" in done.out
    assert "United States" in done.out
    assert "No path on record (4)" in done.out
    told = run("network", "--state", "FRA", "--json").json
    counts = {one["measure"]: [held["state"] for held in one["reached"]] for one in told["reach"]}
    assert counts == {
        "content-data": ["USA"], "general-mutual-assistance": ["USA"], "police-information": ["USA"],
        "preservation": ["USA"],
    }  # fmt: skip
    assert "With --measure each State is named." in run("network", "--state", "FRA").out
    nobody = run("network", "--state", "Tuvalu", "--measure", "preservation")
    assert nobody.code == 1
    assert "For 5 no path is on record" in nobody.out


@pytest.mark.parametrize("name", ["graph.graphml", "graph.json"])
def test_the_graph_as_a_file(run: Run, tmp_path: Path, name: str) -> None:
    done = run(*ASK, "--output", name)
    assert done.code == 0
    assert name in done.out
    if name.endswith("json"):
        graph = nx.node_link_graph(json.loads((tmp_path / name).read_text(encoding="utf-8")), edges="edges")
    else:
        graph = nx.read_graphml(tmp_path / name)
    assert graph.edges["state/FRA", "state/USA"]["certain"] == 2
    assert graph.edges["state/FRA", "instrument/cets-185"]["type"] == "TIED_BY"
    assert graph.nodes["state/TUV"]["label"] == "Tuvalu"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    kept = (tmp_path / name).read_bytes()
    assert "is there already" in run(*ASK, "--output", name).complaint
    assert run(*ASK, "--on", "1999-01-01", "--output", name, "--force").code == 1
    assert (tmp_path / name).read_bytes() != kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "preservatoin"), "nearest: preservation"), (("--on", "2026-13-01"), "not a day"),
        (("--on", "2026"), "such as 2026-01-01"), (("--group", "nobody"), "nothing is called 'nobody'"),
        (("--region", "grulac"), "no IPU group or region is called 'grulac'; valid: "),
        (("--state", "Franse"), "France (FRA)"), (("--store", "paper"), "choose from embedded, neo4j"),
        (("--store", "neo4j"), "set COMITY_NEO4J_URI"), (("--without", "cets-1855"), "cets-185"),
        (("--without", "google-us"), "ties no States"), (("--top", "0"), "--top"),
        (("--output", "graph.pdf"), "let it end in .graphml or .json"),
        (("--output", "none/graph.json"), "none is not a folder"),
        (("--state", "FRA", "--output", "a.json"), "--state"), (("--state", "FRA", "--settled"), "--state"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_nothing_is_written(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("network", *words)
    assert done.code == 2
    assert said in done.complaint
    assert done.out == ""
    assert list(tmp_path.iterdir()) == []


def test_the_same_figures_in_every_process(shell: Run) -> None:
    """Hashes of names differ from process to process; figures, communities and cuts do not."""
    words = ("network", "-m", "preservation", "--on", "2026-11-24", "--group", "oas", "--json")
    assert shell(*words, PYTHONHASHSEED="1").out == shell(*words, PYTHONHASHSEED="2").out
