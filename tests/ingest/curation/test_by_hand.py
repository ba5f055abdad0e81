"""Proposals written by hand: cells are texts as they stand, and what is wrong is named with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.curation.proposal import MOST_CHANGES, Change
from ingest.curation.by_hand import LARGEST, UnreadableProposal, read

GOOD = """\
reason: The office corrected the date.
changes:
  - table: council-of-europe/participations.csv
    action: replace
    id: cets-185/FRA
    where: {standing: party}
    row:
      bound_on: 2006-01-11
      ended_on:
      article: 010
      note: no
      source: [coe-int-7d58c23dec, example-org-9a442fd845]
  - table: common/states.csv
    action: withdraw
    id: BRA
"""


def test_cells_are_what_is_written(tmp_path: Path) -> None:
    file = tmp_path / "proposal.yaml"
    file.write_text(GOOD, encoding="utf-8")
    written = read(file)
    assert written.lines == (3, 13)
    assert written.draft.changes[0] == Change(
        table="council-of-europe/participations.csv",
        action="replace",
        id="cets-185/FRA",
        where={"standing": "party"},
        row={
            "bound_on": "2006-01-11", "ended_on": "", "article": "010", "note": "no",
            "source": "coe-int-7d58c23dec;example-org-9a442fd845",
        },
    )  # fmt: skip


def test_json_is_read_as_well(tmp_path: Path) -> None:
    change = {"table": "a/states.csv", "action": "add", "row": {"id": "FRA", "members": 5, "note": None}}
    file = tmp_path / "proposal.json"
    file.write_text(json.dumps({"reason": "so", "changes": [change]}), encoding="utf-8")
    assert read(file).draft.changes[0].row == {"id": "FRA", "members": "5", "note": ""}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("reason: The office corrected the date.\n", "", "reason"),
        ("reason: The", "raeson: The", "raeson"),
        ("action: replace", "action: change", ":3: change 1: action: "),
        ("    action: withdraw\n", "", ":13: change 2: "),
        ("id: BRA", "name: BRA", ":13: change 2: Object contains unknown field `name`"),
        ("note: no", "note: {a: b}", ":3: change 1: row"),
        ("id: BRA", "before: {}", "leave before"),
        ("    row:\n", "   row:\n", "no valid YAML"),
        ("id: BRA", "id: !!python/object:os.system x", "no valid YAML"),
        ("  - table: common", "  - tabel: common", "unknown field `tabel`"),
        ("id: BRA", "table: common/states.csv", ":15: no valid YAML or JSON: table is written twice"),
        ("BRA", "&a [*a]", ":13: change 2: id: "),
    ],
)
def test_what_is_no_proposal_is_named_by_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    file = tmp_path / "proposal.yaml"
    assert GOOD.count(before) == 1
    file.write_text(GOOD.replace(before, after), encoding="utf-8")
    with pytest.raises(UnreadableProposal) as caught:
        read(file)
    told = str(caught.value)
    assert told.startswith(str(file))
    assert said in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Expected `object`"),
        (b"- 1\n", "Expected `object`"),
        (b"reason: \xff\n", "not UTF-8"),
        (b"[" * 100_000, "no valid YAML"),
        (b"reason: x\nchanges: []\n", "changes: "),
        (b"#" * (LARGEST + 1), "divide the proposal"),
        (b"reason: x\nchanges:\n" + b"  - {table: a, action: add}\n" * (MOST_CHANGES + 1), "200"),
    ],
)
def test_what_is_no_proposal_at_all_gets_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "proposal.yaml"
    file.write_bytes(content)
    with pytest.raises(UnreadableProposal) as caught:
        read(file)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
