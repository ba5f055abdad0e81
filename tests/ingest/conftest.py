"""A small world of fact tables, sound as it stands, to be broken one cell at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

DESCRIPTION = """\
title: A small table
publishers:
  - name: Treaty office
coverage: what the test needs
rhythm: never
carried_over: Written for the test.
"""

WORLD: dict[str, str] = {
    "common/publishers": "id,name,official\ncoe-int,Council of Europe,yes\nexample-org,Example,no\n",
    "common/sources": (
        "id,url,publisher,as_of\n"
        "coe-int-7d58c23dec,https://www.coe.int/chart,coe-int,2026-04-25\n"
        "example-org-9a442fd845,https://example.org/list,example-org,2014\n"
        "example-org-596c66dedd,https://example.org/undated,example-org,\n"
    ),
    "common/states": (
        "id,name,kind,source\n"
        "FRA,France,state,coe-int-7d58c23dec\n"
        "USA,United States,state,coe-int-7d58c23dec\n"
        "BRA,Brazil,state,coe-int-7d58c23dec\n"
    ),
    "council-of-europe/instruments": (
        "id,short_name,title,kind,in_force_on,status,entry_rule,entry_delay,entry_article,source\n"
        "cets-185,Budapest Convention,Convention on Cybercrime,multilateral,2004-07-01,in-force,"
        "first-of-month-after,P3M,36(4),coe-int-7d58c23dec\n"
    ),
    "council-of-europe/participations": (
        "instrument,party,standing,signed_on,bound_on,action,in_force_on,source\n"
        "cets-185,FRA,party,2001-11-23,2006-01-10,ratification,,coe-int-7d58c23dec\n"
        "cets-185,USA,party,2001-11-23,2006-09-29,ratification,2007-01-01,coe-int-7d58c23dec\n"
        "cets-185,USA,party,,2006,,,example-org-9a442fd845\n"
    ),
}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A directory of sound tables with their descriptions."""
    return written(WORLD, tmp_path / "facts")


def written(world: Mapping[str, str], directory: Path) -> Path:
    """``directory`` with the tables of ``world``, each beside its description."""
    for name, text in world.items():
        table = directory / f"{name}.csv"
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_text(text, encoding="utf-8")
        table.with_suffix(".yaml").write_text(DESCRIPTION, encoding="utf-8")
    return directory


@pytest.fixture
def change(facts: Path) -> Callable[[str, str, str], None]:
    """Replace one text of a table, which must be in it."""

    def replace(name: str, old: str, new: str) -> None:
        table = facts / f"{name}.csv"
        text = table.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        table.write_text(text.replace(old, new), encoding="utf-8")

    return replace
