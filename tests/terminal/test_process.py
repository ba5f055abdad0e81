"""The command as it is installed, in a process of its own, over the release of the packaged tables."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.terminal.conftest import ROOT, Run

COMITY = (sys.executable, "-m", "comity")
PATH = ("path", "FRA", "USA", "--measure", "preservation")

COLD_START_S = 0.8
"""Wall time that a cold question may take."""

HEAVY = ("rdflib", "pyoxigraph", "networkx", "numpy", "pyshacl", "babel", "pycountry", "rapidfuzz", "yaml")
"""What a question in codes has no use for."""


def test_a_cold_question_is_quick(shell: Run) -> None:
    shell(*PATH)  # bytecode and disk cache, as on every machine after the first question
    seconds = []
    for _ in range(5):
        start = perf_counter()
        assert shell(*PATH).code == 0
        seconds.append(perf_counter() - start)
    assert min(seconds) <= COLD_START_S, seconds


def test_a_question_in_codes_loads_nothing_heavy(packaged_data: Path) -> None:
    program = (
        "import sys, comity\n"
        f"sys.argv = ['comity', {', '.join(map(repr, PATH))}]\n"
        "try:\n    comity.main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"COMITY_DATA_DIR": str(packaged_data)},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr.strip() == "[]"


def test_the_budapest_convention_is_named_with_its_dates(shell: Run) -> None:
    told = shell(*PATH, COLUMNS="160").out
    for part in ("24/7 contact point", "art. 29, 35", "in force from 2006-05-01", "in force from 2007-01-01"):
        assert part in told
    before = shell(*PATH, "--on", "2006-12-31", "--json").json
    assert not any(
        basis["instrument"] == "cets-185" for path in before["paths"] for leg in path["legs"] for basis in leg["basis"]
    )
    reasons = [line for line in before["why_not"] if line["instrument"] == "cets-185"]
    assert any(line["party"] == "USA" and "2007-01-01" in line["text"] for line in reasons)


def test_the_parties_of_the_budapest_convention_on_a_published_day(shell: Run) -> None:
    """The depositary counted 75 ratifications and accessions on 2024-06-20."""
    shown = shell("show", "cets-185", "--on", "2024-06-20", "--json").json
    assert shown["counts"]["bound"] == 75
    assert shown["counts"]["in_force"] < 75


@pytest.mark.parametrize("columns", [60, 80])
def test_narrow_terminals_lose_nothing(shell: Run, columns: int) -> None:
    for line in shell(*PATH, COLUMNS=str(columns)).out.splitlines():
        assert len(line) <= columns or "://" in line


def _in_terminal(words: tuple[str, ...], data: Path, **environment: str) -> str:
    """Standard output as a terminal receives it."""
    main, end = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    env |= {"COMITY_DATA_DIR": str(data), "TERM": "xterm-256color", "COLUMNS": "100"} | environment
    with subprocess.Popen([*COMITY, *words], stdout=end, env=env, cwd=ROOT, stdin=subprocess.DEVNULL) as process:
        os.close(end)
        received = b""
        while True:
            try:
                block = os.read(main, 65536)
            except OSError:  # the other end is closed
                break
            if not block:
                break
            received += block
        process.wait()
    os.close(main)
    return received.decode("utf-8")


def test_colour_in_a_terminal_and_none_with_no_color(packaged_data: Path) -> None:
    assert "\x1b[" in _in_terminal(PATH, packaged_data)
    assert "\x1b" not in _in_terminal(PATH, packaged_data, NO_COLOR="1")


def test_an_ascii_stream_gets_ascii_signs(shell: Run) -> None:
    done = shell(*PATH, PYTHONIOENCODING="ascii:replace")
    assert done.code == 0
    assert "+ all met" in done.out
    assert "✓" not in done.out


def test_a_reader_that_stops_early_is_no_error(packaged_data: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{' '.join(COMITY)} show USA | head -n 1"],
        env=os.environ | {"COMITY_DATA_DIR": str(packaged_data)},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert "USA" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("path", "Frankreich", "Etats-Unis", "-m", "preservation"), 0, ""),
        (("path", "FRA", "TUV", "-m", "content-data"), 1, ""),
        (("path", "Franse", "USA", "-m", "preservation"), 2, "France (FRA)"),
        (("path", "FRA", "USA", "-m", "preservation", "--on", "2006"), 2, "such as 2006-01-01"),
        (("show", "cets-1855"), 2, "instrument:cets-185"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_exit_codes(shell: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = shell(*words)
    assert done.code == code
    if said:
        assert said in done.complaint
    else:
        assert done.err == ""


def test_status_and_check_of_the_packaged_release(shell: Run) -> None:
    status = shell("status", "--json").json
    assert status["records"]["participations"] > 1000
    assert [store["current"] for store in status["stores"]] == [True]
    assert sum(status["sources_by_age"].values()) == status["records"]["sources"]
    assert status["release"] in shell("status").out
    checked = shell("check", "--facts", "--json")
    assert checked.code == 0
    assert {check["name"] for check in checked.json["checks"]} >= {
        "files",
        "content",
        "round trip",
        "ontology",
        "shapes",
    }
    assert all(check["ok"] for check in checked.json["checks"])
    assert set(checked.json["findings"]) == {"assertions", "warnings", "drops", "conflicts"}


def test_without_a_release_status_says_so(shell: Run, tmp_path: Path) -> None:
    done = shell("status", COMITY_DATA_DIR=str(tmp_path / "none"))
    assert done.code == 1
    assert "comity build" in done.out
    assert shell("check", COMITY_DATA_DIR=str(tmp_path / "none")).code == 2


def test_a_damaged_release_is_one_line(shell: Run, packaged_data: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(packaged_data, damaged)
    (file,) = damaged.glob("releases/*/records.msgpack")
    file.write_bytes(b"not what was written")
    done = shell(*PATH, COMITY_DATA_DIR=str(damaged))
    assert done.code == 2
    assert "comity build --force" in done.complaint
    assert shell("check", COMITY_DATA_DIR=str(damaged)).code == 1


COUNT = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n) LIMIT 3"


def test_sparql_as_table_and_in_other_formats(shell: Run, tmp_path: Path) -> None:
    assert "3 rows" in shell("sparql", COUNT).out
    assert len(shell("sparql", COUNT, "--json").json["results"]["bindings"]) == 3
    assert shell("sparql", COUNT, "--format", "csv").out.splitlines()[0] == "class,n"
    (tmp_path / "query.rq").write_text("ASK { ?state a comity:State }", encoding="utf-8")
    assert shell("sparql", "--file", "query.rq").out == "yes\n"
    (tmp_path / "query.rq").write_bytes(b"ASK { ?s a '\xff' }")
    assert "query.rq is not UTF-8 text" in shell("sparql", "--file", "query.rq").complaint
    cut = shell("sparql", "SELECT * { ?a ?b ?c }", "--max-rows", "2", "--json")
    assert len(cut.json["results"]["bindings"]) == 2
    assert "cut off after 2 rows" in cut.complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sparql", "DELETE WHERE { ?a ?b ?c }"), "DELETE is refused"), (("sparql", "SELECT nonsense"), "malformed"),
        (("sparql",), "give either a query or a file"), (("sparql", "--file", "none.rq"), "none.rq: No such file"),
        (("sparql", COUNT, "--format", "pdf"), "unknown format 'pdf'"),
        (("sparql", COUNT, "--max-rows", "0"), "--max-rows"),
    ],
)  # fmt: skip
def test_a_bad_query_is_one_line(shell: Run, words: tuple[str, ...], said: str) -> None:
    done = shell(*words)
    assert done.code == 2
    assert said in done.complaint


def test_a_build_says_what_it_did_and_nothing_when_up_to_date(shell: Run) -> None:
    done = shell("build")
    assert done.code == 0
    assert "up to date" in done.out


def test_a_broken_fact_is_refused_by_file_row_and_cure(shell: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(ROOT / "ingest" / "facts", facts)
    table = facts / "memberships" / "memberships.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    state = lines[0].split(",").index("state")
    cells = lines[1].split(",")
    cells[state] = "FRX"
    table.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    done = shell("build", "--facts", "facts", COMITY_DATA_DIR=str(tmp_path / "data"))
    assert done.code == 2
    complaints = [line for line in done.err.splitlines() if "memberships.csv:2:" in line]
    assert complaints
    assert "FRX" in complaints[0]
    assert "Cure: " in complaints[0]
    assert done.err.splitlines()[-1].startswith("comity: release refused: ")
