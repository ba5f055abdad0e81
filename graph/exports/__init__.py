"""A release written to a file or folder, for other programs and other people: one module per format.

What is written appears under its name only when it is whole. Nothing that exists is replaced unless asked for, and a
folder only when it holds nothing but an earlier export.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from graph.exports.archive import pack
from graph.records import Records
from graph.releases import Release
from ontologies.schema import Schema

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is to do."""

FORMATS: dict[str, str] = {
    "turtle": "graph.exports.turtle",
    "nquads": "graph.exports.nquads",
    "jsonld": "graph.exports.jsonld",
    "csv": "graph.exports.tables",
    "graphml": "graph.exports.graphml",
    "node-link": "graph.exports.node_link",
    "neo4j": "graph.exports.neo4j_import",
    "datapackage": "graph.exports.data_package",
    "parquet": "graph.exports.parquet",
    "mappings": "graph.exports.mappings",
}
"""Name of each format and the module that writes it."""

FOLDERS = ("csv", "neo4j", "datapackage", "parquet")
"""Formats that make a folder of files, or a ZIP archive of them where the target is called so; their modules tell
which files are theirs (``is_ours``)."""

ARCHIVE = ".zip"


class ExportError(ValueError):
    """An export that cannot be made; one line that says why and what to do."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported: the records (all or those of a topic), where they come from and how to speak of them.

    ``statements`` counts those of the release in RDF; ``None`` where only a part of it, ``topic``, is exported.
    """

    records: Records
    schema: Schema
    release_id: str
    built_at: str
    statements: int | None
    topic: str | None = None


def export(
    release: Release,
    format: str,
    target: Path,
    *,
    topic: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Write ``release`` to ``target`` in ``format`` (a key of :data:`FORMATS`) and return the files written.

    The formats of :data:`FOLDERS` make a folder, or a ZIP archive where ``target`` ends in ``.zip``: the same records
    give the same bytes. With ``topic`` only what concerns it is written (see :mod:`graph.exports.topics`). ``force``
    replaces what is there.

    Raises:
        ExportError: unknown format or topic; the target is there already, or is none of ours to replace.
        OSError: the target cannot be written.
    """
    if format not in FORMATS:
        raise ExportError(f"unknown format {format!r}: choose from {', '.join(FORMATS)}")
    archive = format in FOLDERS and target.suffix.lower() == ARCHIVE
    folder = format in FOLDERS and not archive
    _check_target(target, format if folder else None, force)
    step = progress or _silent
    step("records", 0, 3)
    from graph.exports.topics import part
    from ontologies.schema import schema

    records = release.records()
    if topic is not None:
        records = part(records, topic, schema())
    content = Content(
        records=records,
        schema=schema(),
        release_id=release.id,
        built_at=release.manifest.built_at,
        statements=release.manifest.triples if topic is None else None,
        topic=topic,
    )
    step("writing", 1, 3)
    with written_whole(target) as draft:
        write = import_module(FORMATS[format]).write
        if archive:
            with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as aside:
                write(content, Path(aside) / "files")
                pack(Path(aside) / "files", draft)
        else:
            write(content, draft)
        step("in place", 2, 3)
    step("done", 3, 3)
    return sorted(target.iterdir()) if folder else [target]


def check_file_target(target: Path, *, force: bool = False) -> None:
    """Refuse a file that could not be written, before its content is made.

    Raises:
        ExportError: its folder is missing; it is there already (unless ``force``), or is no file.
    """
    _check_target(target, None, force)


GRAPH_FORMATS: dict[str, str] = {".graphml": "graph.exports.graphml", ".json": "graph.exports.node_link"}
"""Suffix of a file that holds a graph made for the occasion, and the module that writes it."""


def check_graph_target(target: Path, *, force: bool = False) -> None:
    """Refuse a file that :func:`export_graph` could not write, before the graph is made.

    Raises:
        ExportError: the suffix is none of :data:`GRAPH_FORMATS`; the target is there already, or is no file.
    """
    if target.suffix.lower() not in GRAPH_FORMATS:
        raise ExportError(f"{target} names no graph format: let it end in {' or '.join(GRAPH_FORMATS)}")
    _check_target(target, None, force)


def export_graph(graph: nx.Graph, target: Path, *, force: bool = False) -> None:
    """Write a graph of NetworkX to the file ``target``, in the format that its suffix names.

    Raises:
        ExportError: as :func:`check_graph_target`.
        OSError: the target cannot be written.
    """
    check_graph_target(target, force=force)
    with written_whole(target) as draft:
        import_module(GRAPH_FORMATS[target.suffix.lower()]).write_graph(graph, draft)


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A name beside ``target`` to write to; what is there in the end takes its place, unless writing failed."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part{target.suffix}")
    try:
        yield draft
        _put_in_place(draft, target)
    finally:
        _remove(draft)


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _check_target(target: Path, folder: str | None, force: bool) -> None:
    """Refuse what must not be replaced; ``folder`` is the format where it makes a folder."""
    if not target.name:
        raise ExportError(f"{target} names no file or folder to write")
    if not target.parent.is_dir():
        raise ExportError(f"{target.parent} is not a folder: make it first")
    if not target.exists() and not target.is_symlink():
        return
    if not force:
        raise ExportError(f"{target} is there already: choose another name, or replace it with --force")
    if (folder is not None) != target.is_dir() or target.is_symlink():
        raise ExportError(f"{target} is not {'a folder' if folder else 'a file'}: choose another name")
    if folder is not None:
        is_ours = import_module(FORMATS[folder]).is_ours
        foreign = sorted(path.name for path in target.iterdir() if not is_ours(path.name))
        if foreign:
            raise ExportError(f"{target} holds {foreign[0]}, which is no file of an export: choose another name")


def _put_in_place(draft: Path, target: Path) -> None:
    if not draft.is_dir():
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
        return
    replaced = target.with_name(f".{target.name}.{os.getpid()}.old")
    if target.exists():
        target.rename(replaced)
    draft.rename(target)
    _remove(replaced)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
