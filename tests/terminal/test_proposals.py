"""The commands ``propose`` and ``proposals``, from a file written by hand to a release and back."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from api.audit.log import AuditLog
from graph.curation import store
from graph.releases import current
from tests.ingest.curation.conftest import data, first, place, tables
from tests.terminal.conftest import Done, Run

__all__ = ["data", "first", "place", "tables"]

PROPOSAL = """\
reason: The chart gives another day.
changes:
  - table: council-of-europe/participations.csv
    action: replace
    id: cets-185/FRA
    row: {bound_on: 2006-02-10, source: coe-int-7d58c23dec}
"""


@pytest.fixture
def command(run: Run, data: Path, tables: Path) -> Run:
    """Run the command line over the small world's tables."""
    return partial(run, COMITY_DATA_DIR=str(data), COMITY_FACTS_DIR=str(tables))


@pytest.fixture
def file(run: Run) -> Path:
    """A proposal in the folder where the command line runs."""
    Path("proposal.yaml").write_text(PROPOSAL, encoding="utf-8")
    return Path("proposal.yaml")


def test_from_a_file_to_a_release_and_back(command: Run, file: Path, data: Path) -> None:
    old = current(data).id
    tried = command("propose", str(file), "--dry-run")
    assert tried.code == 0
    assert "bound_on: 2006-01-10 → 2006-02-10" in tried.out
    assert "Nothing was kept" in tried.out
    assert command("proposals", "list").out.startswith("No proposals yet")

    made = command("propose", str(file))
    assert made.code == 0
    (held,) = store.proposals(data)
    assert f"comity proposals publish {held.id}" in made.out
    shown = command("proposals", "show", held.id)
    assert "bound_on: 2006-01-10 → 2006-02-10" in shown.out
    assert "in_force_on: 2006-05-01 → 2006-06-01" in shown.out
    assert "reason: The chart gives another day." in shown.out

    done = command("proposals", "publish", held.id)
    new = current(data).id
    assert new != old
    assert f"Release {new} came of it." in done.out
    assert command("build", "--json").json["unchanged"]
    again = command("proposals", "publish", held.id)
    assert (again.code, again.complaint) == (2, f"comity: proposal {held.id} is published already")

    back = command("proposals", "withdraw", held.id, "--json").json
    assert (back["state"], back["withdrawn"]["release"]) == ("withdrawn", old)
    (listed,) = command("proposals", "list", "--json").json
    assert (listed["id"], listed["state"], listed["count"]) == (held.id, "withdrawn", 1)
    told = [entry.route for entry in AuditLog(data).entries()]
    assert told == ["comity propose", *["comity proposals publish"] * 2, "comity proposals withdraw"]


def _last(done: Done) -> str:
    return done.err.splitlines()[-1]


def test_what_is_wrong_is_named_by_line(command: Run, file: Path, data: Path) -> None:
    file.write_text(PROPOSAL.replace("2006-02-10", "2006-02-31"), encoding="utf-8")
    done = command("propose", str(file))
    assert (done.code, done.out) == (2, "")
    faults = [line for line in done.err.splitlines() if line.startswith("proposal.yaml")]
    assert faults == [
        "proposal.yaml:3: change 1, council-of-europe/participations.csv, column bound_on: '2006-02-31' is not a date"
        " (day is out of range for month). Write YYYY, YYYY-MM or YYYY-MM-DD, a day that exists"
    ]
    assert _last(done) == "comity: proposal refused: 1 fault; nothing was kept"
    assert command("propose", str(file), "--json").json["faults"][0]["change"] == 1
    assert store.proposals(data) == []


def test_a_change_that_came_first_is_not_overwritten(command: Run, file: Path, data: Path) -> None:
    first = command("propose", str(file), "--json").json["id"]
    file.write_text(PROPOSAL.replace("2006-02-10", "2006-03"), encoding="utf-8")
    second = command("propose", str(file), "--json").json["id"]
    assert command("proposals", "publish", first, "--json").json["state"] == "published"
    release = current(data).id
    late = command("proposals", "publish", second)
    assert late.code == 2
    assert _last(late) == "comity: nothing was changed: 1 fault"
    assert "bound_on was '2006-01-10' and is '2006-02-10'" in late.err
    assert current(data).id == release


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("propose", "none.yaml"), "No such file"),
        (("propose", "broken.yaml"), "broken.yaml:3: no valid YAML"),
        (("propose", "empty.json"), "a proposal has reason and changes"),
        (("proposals", "show", "p-000000000000"), "there is no proposal 'p-000000000000'"),
        (("proposals", "publish", "../current"), "there is no proposal '../current'"),
        (("proposals", "withdraw", "x"), "list them with: comity proposals list"),
    ],
)
def test_bad_input_gets_one_line(command: Run, words: tuple[str, ...], complaint: str) -> None:
    Path("broken.yaml").write_text("reason: x\nchanges: {[\n", encoding="utf-8")
    Path("empty.json").write_text(json.dumps({}), encoding="utf-8")
    done = command(*words)
    assert (done.code, done.out) == (2, "")
    assert complaint in done.complaint


def test_what_cannot_be_recorded_is_not_done(command: Run, file: Path, data: Path) -> None:
    (data / "audit").write_text("no folder", encoding="utf-8")
    done = command("propose", str(file))
    assert done.code == 2
    assert "cannot be written" in _last(done)
    assert store.proposals(data) == []


def test_a_release_of_other_tables_is_told(command: Run, file: Path, tables: Path) -> None:
    states = tables / "common/states.csv"
    states.write_text(states.read_text(encoding="utf-8").replace("Brazil", "Brasil"), encoding="utf-8")
    done = command("propose", str(file))
    assert done.code == 2
    assert "run comity build first" in _last(done)
