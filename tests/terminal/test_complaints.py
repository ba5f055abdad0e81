"""Bad input: exit code 2 and one line that names what is wrong and what would be right; never a stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal import session
from tests.terminal.conftest import Run

PATH = ("path", "FRA", "USA", "--measure", "preservation")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("path", "Frannce", "USA", "-m", "preservation"), "no State is called 'Frannce'; nearest: France (FRA)"),
        (("path", "FRA", "ZZZ", "-m", "preservation"), "no State is called 'ZZZ'"),
        (("path", "FRA", "fr", "-m", "preservation"), "France (FRA) stands on both sides"),
        (("path", "FRA", "USA", "-m", "preserve"), "no measure is called 'preserve'; nearest: preservation"),
        ((*PATH, "--offence", "csam-posession"), "nearest: csam-possession"),
        ((*PATH, "--via", "pigeon"), "no channel is called 'pigeon'"),
        ((*PATH, "--on", "2006"), "not a whole day"),
        ((*PATH, "--on", "2006-02-30"), "day is out of range"),
        ((*PATH, "--limit", "0"), "--limit"),
        ((*PATH, "--limit", "many"), "--limit"),
        ((*PATH, "--urgnt"), "--urgent"),
        (("path", "FRA", "USA"), "--measure"),
        (("path", "FRA"), "TO"),
        (("path", "FRA", "provider:gogle", "-m", "preservation"), "provider:google"),
        (("pth",), "path"),
        (("show", "cets-158"), "instrument:cets-185"),
        (("show", ""), "nothing is called"),
        (("show", "line one\nline two"), "nothing is called"),
        (("show", "cets-185", "--on", "soon"), "YYYY-MM-DD"),
        (("why-not", "FRA", "USA", "-m", "preservation", "--instrument", "cets-999"), "nearest: instrument:cets"),
        (("build", "--facts", "nowhere"), "nowhere is not a folder"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_2(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.code == 2, done.out + done.err
    assert done.out == ""
    assert said in done.complaint
    assert done.complaint.startswith("comity: ")


def test_an_ambiguous_name_lists_the_candidates(run: Run) -> None:
    assert run("show", "Korea").code == 2
    assert "KOR" in run("show", "Korea").complaint


def test_without_a_release_the_cure_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    done = run(*PATH, COMITY_DATA_DIR="empty")
    assert done.code == 2
    assert done.complaint == "comity: no release in empty; build one with: comity build"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("COMITY_DATADIR", "x", "COMITY_DATADIR: no such setting; did you mean COMITY_DATA_DIR?"),
        ("COMITY_SPARQL_TIMEOUT_S", "soon", "COMITY_SPARQL_TIMEOUT_S: 'soon' is not valid"),
        ("COMITY_SPARQL_MAX_ROWS", "0", "COMITY_SPARQL_MAX_ROWS: '0' is not valid"),
    ],
)
def test_a_wrong_setting_in_the_environment(run: Run, name: str, value: str, said: str) -> None:
    done = run("config", **{name: value})
    assert done.code == 2
    assert said in done.complaint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'datadir = "x"', "comity.toml, key datadir: no such setting; did you mean data_dir?"),
        (b"sparql_max_rows = 'many'", "comity.toml, key sparql_max_rows: 'many' is not valid"),
        (b"data_dir = ", "comity.toml cannot be read"),
        (b"\xff\xfe", "comity.toml cannot be read"),
    ],
)
def test_a_wrong_settings_file(run: Run, content: bytes, said: str) -> None:
    Path("comity.toml").write_bytes(content)
    done = run("config")
    assert done.code == 2
    assert said in done.complaint


def test_the_environment_wins_over_the_file_and_the_origin_is_told(run: Run) -> None:
    Path("comity.toml").write_text('sparql_max_rows = 5\ndata_dir = "here"\n', encoding="utf-8")
    told = run("config", "--json", COMITY_SPARQL_MAX_ROWS="7").json
    assert told["sparql_max_rows"] == {"value": 7, "from": "COMITY_SPARQL_MAX_ROWS"}
    assert told["data_dir"] == {"value": "here", "from": "comity.toml"}
    assert told["language"]["from"] == "default"
    assert "comity.toml" in run("config").out


def test_a_defect_is_one_line_with_the_way_to_the_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("inside\nout")

    monkeypatch.setattr(session, "release", broken)
    done = run(*PATH)
    assert done.code == 3
    assert done.complaint.startswith("comity: a defect in Comity")
    assert "ZeroDivisionError: inside out" in done.complaint
    assert "COMITY_DEBUG=1" in done.complaint


def test_help_is_shown_without_a_command(run: Run) -> None:
    done = run()
    assert done.code == 0
    assert "why-not" in done.out
