"""New sources of a proposal: their ids follow from address and date, so that nobody has to work one out.

A row that is added to a table of sources without ``id`` gets it; other rows of the proposal may name that source by
its address.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec

from graph.curation.proposal import Change, Draft
from graph.model import Source
from ingest.fields import table_class
from ingest.identity import source_id


def with_ids(draft: Draft) -> Draft:
    """``draft`` with the ids of its new sources, where they are declared and where they are named."""
    changes = [_with_id(change) for change in draft.changes]
    ids = {one.row["url"].strip(): one.row["id"] for one in changes if _new_source(one) and "id" in one.row}
    return msgspec.structs.replace(draft, changes=tuple(_named(change, ids) for change in changes))


def _new_source(change: Change) -> bool:
    stem = PurePosixPath(change.table).stem
    return change.action == "add" and table_class(stem) is Source and bool(change.row.get("url", "").strip())


def _with_id(change: Change) -> Change:
    if not _new_source(change) or change.row.get("id", "").strip():
        return change
    made = source_id(change.row["url"].strip(), change.row.get("as_of", "").strip() or None)
    return msgspec.structs.replace(change, row={"id": made, **{k: v for k, v in change.row.items() if k != "id"}})


def _named(change: Change, ids: dict[str, str]) -> Change:
    """The change with ids in the place of addresses in the cell ``source``."""
    if "source" not in change.row:
        return change
    named = (part.strip() for part in change.row["source"].split(";"))
    source = ";".join(ids.get(part, part) for part in named)
    return msgspec.structs.replace(change, row={**change.row, "source": source})
