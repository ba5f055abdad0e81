"""Publishing and taking back: in one step, kept by later builds, never over what has changed meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.curation import store
from graph.curation.proposal import Change, told
from graph.earlier import release_named
from graph.releases import Busy, current
from ingest.build import build
from ingest.curation.publishing import WrongState, publish, take_back
from ingest.curation.trial import ProposalRefused
from ingest.report import CorrectionOutdated
from tests.ingest.curation.conftest import BRAZIL, LATER, OFFICE, PARTICIPATIONS, Propose

BY = "key:bbbbbbbb"


def _state(data: Path, name: str) -> str:
    return told(store.proposal_named(data, name), store.corrections(data)).state


def _bound(data: Path) -> dict[str, str | None]:
    return {one.party: one.bound_on for one in current(data).records().participations}


def test_a_publication_is_in_use_and_stays_through_builds(data: Path, tables: Path, propose: Propose) -> None:
    old = current(data).id
    name = propose(BRAZIL, LATER).id
    assert _state(data, name) == "open"
    assert current(data).id == old
    published = publish(data, tables, name, BY)
    release = current(data)
    assert published.published is not None
    assert (published.published.by, published.published.release) == (BY, release.id)
    assert release.id != old
    assert _bound(data) == {"BRA": "2022-11-30", "FRA": "2006-02-10", "USA": "2006-09-29"}
    assert _state(data, name) == "published"
    again = build(data, tables)
    assert (again.unchanged, again.release) == (True, release.id)
    forced = build(data, tables, force=True)
    assert (forced.release, forced.corrections) == (release.id, [name])


def test_the_report_counts_every_row(data: Path, tables: Path, propose: Propose) -> None:
    name = propose(BRAZIL, LATER).id
    publish(data, tables, name, BY)
    report = build(data, tables, force=True)
    by_file = {one.file: one for one in report.tables}
    packaged, own = by_file[PARTICIPATIONS], by_file[f"curated/{name}/{PARTICIPATIONS}"]
    assert (packaged.read, packaged.accepted, packaged.merged, packaged.dropped) == (3, 1, 1, 1)
    assert (own.read, own.accepted) == (2, 2)
    assert [(one.rule, one.message) for one in report.drops] == [("corrected", f"replaced by {name}")]


def test_taken_back_the_release_is_the_old_one(data: Path, tables: Path, propose: Propose) -> None:
    old = current(data).id
    name = propose(BRAZIL).id
    publish(data, tables, name, BY)
    corrected = current(data).id
    time.sleep(1.1)  # releases on disk are told apart by the second in which they were built
    step = take_back(data, tables, name, BY).withdrawn
    assert step is not None
    assert (current(data).id, step.release) == (old, old)
    assert release_named(data, "previous").id == corrected  # so that what changed tells of the taking back
    assert _state(data, name) == "withdrawn"
    assert build(data, tables).unchanged
    with pytest.raises(WrongState, match="withdrawn already"):
        take_back(data, tables, name, BY)
    with pytest.raises(WrongState, match="is withdrawn"):
        publish(data, tables, name, BY)


def test_an_open_proposal_is_withdrawn_without_a_build(data: Path, tables: Path, propose: Propose) -> None:
    before = current(data)
    name = propose(BRAZIL).id
    assert take_back(data, tables, name, BY).withdrawn is not None
    assert _state(data, name) == "withdrawn"
    assert current(data).folder == before.folder


def test_files_are_for_their_owner_alone(data: Path, tables: Path, propose: Propose) -> None:
    publish(data, tables, propose(BRAZIL).id, BY)
    for folder in (data / "proposals", data / "curated"):
        assert folder.stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


def test_what_somebody_else_has_changed_is_never_overwritten(data: Path, tables: Path, propose: Propose) -> None:
    first = propose(LATER).id
    second = propose(
        Change(table=PARTICIPATIONS, action="replace", id="cets-185/FRA", row={"bound_on": "2006-03", "source": OFFICE})
    ).id
    same = propose(LATER).id
    publish(data, tables, first, BY)
    release = current(data).id
    for late, message in (
        (second, "the row says something else by now: bound_on was '2006-01-10' and is '2006-02-10'"),
        (same, "the table says this by itself now"),
    ):
        with pytest.raises(ProposalRefused) as caught:
            publish(data, tables, late, BY)
        assert caught.value.outdated
        assert caught.value.faults[0].message == message
        assert _state(data, late) == "open"
    assert current(data).id == release
    assert [one.proposal for one in store.corrections(data)] == [first]


def test_proposals_about_other_rows_are_both_published(data: Path, tables: Path, propose: Propose) -> None:
    one, other = propose(LATER).id, propose(BRAZIL).id
    publish(data, tables, one, BY)
    publish(data, tables, other, BY)
    assert _bound(data) == {"BRA": "2022-11-30", "FRA": "2006-02-10", "USA": "2006-09-29"}


def test_what_a_later_correction_builds_on_stays(data: Path, tables: Path, propose: Propose) -> None:
    one = propose(BRAZIL).id
    publish(data, tables, one, BY)
    row = {"bound_on": "2022-12-01", "source": OFFICE}
    other = propose(Change(table=PARTICIPATIONS, action="replace", id="cets-185/BRA", row=row)).id
    publish(data, tables, other, BY)
    assert _bound(data)["BRA"] == "2022-12-01"
    with pytest.raises(ProposalRefused) as caught:
        take_back(data, tables, one, BY)
    assert f"comity proposals withdraw {other}" in caught.value.faults[0].cure
    assert _bound(data)["BRA"] == "2022-12-01"
    take_back(data, tables, other, BY)
    take_back(data, tables, one, BY)
    assert "BRA" not in _bound(data)


def _upgraded(tables: Path, *replacements: tuple[str, str]) -> None:
    """The tables of another version of the program."""
    file = tables / PARTICIPATIONS
    text = file.read_text(encoding="utf-8")
    for before, after in replacements:
        assert text.count(before) == 1
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


def test_a_correction_stays_when_the_tables_are_renewed(data: Path, tables: Path, propose: Propose) -> None:
    publish(data, tables, propose(LATER).id, BY)
    _upgraded(tables, ("cets-185,USA,party,,2006,", "cets-185,USA,party,,2006-09,"))
    build(data, tables)
    assert _bound(data)["FRA"] == "2006-02-10"


def test_one_that_does_not_fit_renewed_tables_refuses_the_build(data: Path, tables: Path, propose: Propose) -> None:
    name = propose(LATER).id
    publish(data, tables, name, BY)
    release = current(data).id
    _upgraded(tables, ("2006-01-10", "2006-01-11"))
    with pytest.raises(CorrectionOutdated) as caught:
        build(data, tables)
    (problem,) = caught.value.report.errors
    assert (problem.file, problem.row) == (f"curated/{name}/{PARTICIPATIONS}", 1)
    assert "bound_on was '2006-01-10' and is '2006-01-11'" in problem.message
    assert f"comity proposals withdraw {name}" in problem.cure
    assert current(data).id == release
    take_back(data, tables, name, BY)
    assert _bound(data)["FRA"] == "2006-01-11"


def test_one_for_a_table_that_is_gone_can_be_let_go(data: Path, tables: Path, propose: Propose) -> None:
    name = propose(BRAZIL).id
    publish(data, tables, name, BY)
    for ending in ("csv", "yaml"):
        (tables / f"council-of-europe/participations.{ending}").rename(tables / f"common/participations.{ending}")
    with pytest.raises(CorrectionOutdated, match=f"no table .* comity proposals withdraw {name}"):
        build(data, tables)
    take_back(data, tables, name, BY)
    assert set(_bound(data)) == {"FRA", "USA"}


def test_one_that_renewed_tables_hold_is_told_to_be_superfluous(data: Path, tables: Path, propose: Propose) -> None:
    name = propose(
        LATER, Change(table=PARTICIPATIONS, action="withdraw", id="cets-185/USA", where={"bound_on": "2006"})
    )
    publish(data, tables, name.id, BY)
    release = current(data).id
    _upgraded(tables, ("2006-01-10", "2006-02-10"), ("cets-185,USA,party,,2006,,,example-org-9a442fd845\n", ""))
    report = build(data, tables)
    assert report.release == release
    assert [(one.row, one.severity) for one in report.warnings] == [(1, "warning"), (2, "warning")]
    take_back(data, tables, name.id, BY)
    assert current(data).id == release


def test_when_several_are_outdated_each_can_go(data: Path, tables: Path, propose: Propose) -> None:
    one, other = propose(LATER).id, propose(BRAZIL).id
    publish(data, tables, one, BY)
    publish(data, tables, other, BY)
    release = current(data).id
    by_another = "cets-185,BRA,party,,2022,accession,,example-org-9a442fd845\n"
    _upgraded(
        tables, ("2006-01-10", "2006-01-11"), ("cets-185,USA,party,,2006,", by_another + "cets-185,USA,party,,2006,")
    )
    states = tables / "common/states.csv"
    states.write_text(states.read_text(encoding="utf-8").replace("BRA,Brazil", "BRB,Barbados"), encoding="utf-8")
    with pytest.raises(CorrectionOutdated):
        build(data, tables)
    step = take_back(data, tables, one, BY).withdrawn
    assert step is not None
    assert step.release is None
    assert current(data).id == release
    assert [held.proposal for held in store.corrections(data)] == [other]


@pytest.mark.parametrize("name", ["p-000000000000", "../current", "p-../../../x"])
def test_there_is_no_other_proposal(data: Path, tables: Path, name: str) -> None:
    with pytest.raises(store.NoProposal, match="there is no proposal"):
        publish(data, tables, name, BY)


def test_a_damaged_file_of_corrections_stops_every_build(data: Path, tables: Path, propose: Propose) -> None:
    publish(data, tables, propose(BRAZIL).id, BY)
    store.corrections_file(data).write_bytes(b"[{]")
    with pytest.raises(store.CurationBroken, match=r"corrections\.json cannot be read"):
        build(data, tables)


def test_a_build_waits_for_nobody_and_takes_nothing_half(data: Path, tables: Path) -> None:
    with store.alone(data, 0), pytest.raises(Busy, match="wait until that is done"):
        build(data, tables, force=True)
    with store.steady(data), pytest.raises(Busy), store.alone(data, 0.3):
        pass


def test_no_corrections_leave_everything_as_it_was(data: Path, tables: Path, tmp_path: Path) -> None:
    store.write_corrections(data, ())
    assert build(data, tables).unchanged
    assert build(tmp_path / "other", tables).release == current(data).id


PUBLISH = """
import sys
from pathlib import Path
from ingest.curation.publishing import publish
publish(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], "key:bbbbbbbb")
"""


@pytest.mark.parametrize("steps", range(3))
def test_killed_at_any_moment_it_was_published_or_not(
    data: Path, tables: Path, propose: Propose, steps: int, tmp_path: Path
) -> None:
    """The process is stopped at the last writes, one after the other: the proposal, the corrections, the release."""
    old = current(data).id
    name = propose(BRAZIL).id
    code = "import os, signal, graph.durable\n" + PUBLISH.replace("publish(Path", _KILLED.format(steps=steps), 1)
    done = subprocess.run([sys.executable, "-c", code, str(data), str(tables), name], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    state = _state(data, name)
    assert (state, current(data).id == old) == (("open", True), ("open", True), ("published", True))[steps]
    assert build(data, tables).corrections == ([name] if state == "published" else [])
    if state == "open":
        publish(data, tables, name, BY)
    assert _bound(data)["BRA"] == "2022-11-30"


_KILLED = """
import graph.curation.store, graph.releases
left = {steps}
replace = graph.durable.replace_file
def replaced(path, *rest):
    global left
    if path.parent.name in ("proposals", "curated") or path.name == "current":
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
    replace(path, *rest)
graph.curation.store.replace_file = graph.releases.replace_file = replaced
publish(Path"""


def test_publications_at_once_happen_one_after_the_other(data: Path, tables: Path, propose: Propose) -> None:
    names = [propose(LATER).id, propose(BRAZIL).id]
    running = [subprocess.Popen([sys.executable, "-c", PUBLISH, str(data), str(tables), name]) for name in names]
    assert [process.wait(120) for process in running] == [0, 0]
    assert sorted(one.proposal for one in store.corrections(data)) == sorted(names)
    assert _bound(data) == {"BRA": "2022-11-30", "FRA": "2006-02-10", "USA": "2006-09-29"}


def test_killed_while_it_builds_nothing_has_changed(data: Path, tables: Path, propose: Propose, tmp_path: Path) -> None:
    name = propose(BRAZIL).id
    old = current(data).id
    for delay in (0.05, 0.3, 0.6):
        process = subprocess.Popen([sys.executable, "-c", PUBLISH, str(data), str(tables), name], env={**os.environ})
        time.sleep(delay)
        process.kill()
        process.wait()
        if _state(data, name) == "published":
            break
        assert current(data).id == old
    else:
        publish(data, tables, name, BY)
    build(data, tables)
    assert _bound(data)["BRA"] == "2022-11-30"
    shutil.rmtree(tmp_path)
