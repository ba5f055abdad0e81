"""Imports run downwards only: each room imports the rooms that it may, and no other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("api", "dashboard", "graph", "ingest", "ontologies", "terminal", "locales")
ALLOWED = {
    "ontologies": set(),
    "graph": {"ontologies"},
    "locales": set(),
    "ingest": {"graph", "ontologies"},
    "api": {"graph", "locales", "ontologies"},
    "dashboard": {"api"},
    "terminal": {"api", "dashboard", "graph", "ingest", "locales", "ontologies"},
}


def imported(file: Path) -> set[str]:
    """The rooms that ``file`` imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found & {*ROOMS, "comity", "tests", "benchmarks"}


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    wrong = {str(file.relative_to(ROOT)): imported(file) - ALLOWED[room] - {room} for file in files}
    assert not {name: rooms for name, rooms in wrong.items() if rooms}


def test_the_dashboard_knows_the_api_by_its_client_alone() -> None:
    named = {
        node.module if isinstance(node, ast.ImportFrom) else name.name
        for file in (ROOT / "dashboard").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert {name for name in named if name and name.partition(".")[0] == "api"} == {"api.client"}
