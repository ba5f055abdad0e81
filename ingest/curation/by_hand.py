"""A proposal as a curator writes it by hand, in YAML or JSON, read with the line of each change.

::

    reason: The treaty office corrected the date of the deposit on 3 November 2026.
    changes:
      - table: common/sources-added.csv
        action: add
        row: {url: "https://example.org/chart", publisher: example-org, as_of: 2026-11-03}
      - table: council-of-europe/participations.csv
        action: replace
        id: cets-185/FRA
        row: {bound_on: 2006-01-11, source: "https://example.org/chart"}
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from graph.curation.proposal import Draft

LARGEST = 1 << 20
"""Bytes that a proposal may have, as over HTTP."""

_AT = re.compile(r" - at `\$\.?(.*)`$")
_CHANGE = re.compile(r"changes\[(\d+)\]\.?")


class _Words(yaml.SafeLoader):
    """Safe YAML in which everything is a text as it is written: ``010``, ``no`` and ``2026-11-03`` too.

    A name that occurs twice is an error, since one of the two would be lost.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, whose keys are texts."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!s:.60} is written twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_NULL = "tag:yaml.org,2002:null"
_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag == _NULL]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Words.add_constructor(_NULL, lambda _loader, _node: "")


class UnreadableProposal(ValueError):
    """The file is no proposal; one line that names the place and the cure."""


class Written(NamedTuple):
    """A proposal and the line on which each of its changes begins."""

    draft: Draft
    lines: tuple[int, ...]


def read(file: Path) -> Written:
    """The proposal in ``file``.

    Raises:
        UnreadableProposal: it is none.
        OSError: it cannot be read.
    """
    raw = file.read_bytes()
    if len(raw) > LARGEST:
        raise UnreadableProposal(f"{file}: has {len(raw):,} bytes, more than {LARGEST:,}: divide the proposal")
    try:
        text = raw.decode("utf-8-sig")
        tree = yaml.compose(text, Loader=_Words)
        said = yaml.load(text, Loader=_Words)  # noqa: S506 - a safe loader
    except UnicodeDecodeError:
        raise UnreadableProposal(f"{file}: is not UTF-8: save it in that encoding") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "it cannot be read"
        raise UnreadableProposal(f"{file}{line}: no valid YAML or JSON: {what}") from None
    lines = _lines(tree)
    if isinstance(said, dict) and isinstance(said.get("changes"), list):
        said = {**said, "changes": [_joined(change) for change in said["changes"]]}
    try:
        draft = msgspec.convert(said, Draft)
    except msgspec.ValidationError as error:
        raise UnreadableProposal(_explained(file, str(error), lines)) from None
    for number, change in enumerate(draft.changes):
        if change.before is not None:
            told = "the row before is not written by hand: leave before, and name the row by id or where"
            raise UnreadableProposal(f"{file}:{lines[number]}: change {number + 1}: {told}")
    return Written(draft, lines)


def _lines(tree: Any) -> tuple[int, ...]:
    """The lines of the changes."""
    if not isinstance(tree, yaml.MappingNode):
        return ()
    for key, value in tree.value:
        if key.value == "changes" and isinstance(value, yaml.SequenceNode):
            return tuple(item.start_mark.line + 1 for item in value.value)
    return ()


def _joined(change: Any) -> Any:
    """A change whose lists are cells as in a table, with semicolons."""
    if not isinstance(change, dict):
        return change
    cells = {name: change[name] for name in ("row", "where") if isinstance(change.get(name), dict)}
    return {
        **change,
        **{name: {column: _cell(cell) for column, cell in found.items()} for name, found in cells.items()},
    }


def _cell(value: Any) -> Any:
    return ";".join(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value


def _explained(file: Path, said: str, lines: tuple[int, ...]) -> str:
    """What the conversion says, with the line of the change that is meant."""
    found = _AT.search(said)
    place = found[1] if found else ""
    reason = said[: found.start()] if found else said
    at = _CHANGE.match(place)
    if at is None:
        return f"{file}: {place + ': ' if place else ''}{reason}; a proposal has reason and changes"
    number, rest = int(at[1]), place[at.end() :]
    line = f":{lines[number]}" if number < len(lines) else ""
    cure = "a change has table, action (add, replace or withdraw), id or where, and row"
    return f"{file}{line}: change {number + 1}: {rest + ': ' if rest else ''}{reason}; {cure}"
