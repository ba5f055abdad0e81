"""Where the fact tables are: the packaged ones, or those in a directory of the same form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from ingest.problems import Problem
from ingest.review.known import FILE as KNOWN_FINDINGS


@contextmanager
def packaged_tables() -> Iterator[Path]:
    """The directory of the tables that come with the program."""
    with resources.as_file(resources.files("ingest") / "facts") as directory:
        yield directory


def tables(facts_dir: Path) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """All tables ``<area>/<table>.csv`` by name relative to ``facts_dir``; what is out of place is an error.

    The table of known findings holds no facts and is read by :mod:`ingest.review.known`.
    """
    if not facts_dir.is_dir():
        return [], [Problem(file=str(facts_dir), message="no such directory", cure="Name the directory of the tables")]
    paths = sorted((path.relative_to(facts_dir).as_posix(), path) for path in facts_dir.rglob("*.csv"))
    found = [(file, path) for file, path in paths if file != KNOWN_FINDINGS]
    problems = [
        Problem(file=file, message="the table is not in a folder of its area", cure="Move it to <area>/<table>.csv")
        for file, _ in found
        if file.count("/") != 1
    ]
    orphans = [path for path in facts_dir.rglob("*.yaml") if not path.with_suffix(".csv").is_file()]
    problems += [
        Problem(
            file=path.relative_to(facts_dir).as_posix(), message="describes no table", cure="Add the table beside it"
        )
        for path in sorted(orphans)
    ]
    if not found:
        problems.append(Problem(file=facts_dir.name, message="holds no tables", cure="Add <area>/<table>.csv"))
    return found, problems
