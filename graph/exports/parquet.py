"""Apache Parquet: one file for each record class, columns typed and named as the fields; lists stay lists.

``evidence`` is a map from field to sources. Partial dates are text, as everywhere. What is not on record is null; a
life sentence is infinity. The release stands in the metadata of each file under ``comity.release``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.canonical import list_fields
from graph.description import LICENCE
from graph.exports import Content, ExportError
from graph.exports.tables import columns_of, types_of
from graph.model import Record
from graph.records import RECORD_TYPES

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

MISSING = "Parquet needs the package pyarrow: install it with: pip install 'comity[parquet]'"


def write(content: Content, target: Path) -> None:
    """Write ``content`` to files in the new folder ``target``.

    Raises:
        ExportError: the extra ``parquet`` is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError:
        raise ExportError(MISSING) from None
    target.mkdir()
    told = {"comity.release": content.release_id, "comity.licence": LICENCE}
    for cls in RECORD_TYPES:
        shape = pa.schema([(name, _type(name, cls)) for name in columns_of(cls)], metadata=told)
        rows = [_row(record) for record in getattr(content.records, list_fields()[cls.__name__])]
        pq.write_table(pa.Table.from_pylist(rows, schema=shape), target / file_of(cls), compression="zstd")


def file_of(cls: type[Record]) -> str:
    """The name of the file with the records of ``cls``."""
    return f"{list_fields()[cls.__name__]}.parquet"


def is_ours(name: str) -> bool:
    """Whether an export makes a file of that name."""
    return name in {file_of(cls) for cls in RECORD_TYPES}


def _row(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _type(name: str, cls: type[Record]) -> pa.DataType:
    import pyarrow as pa

    if name == "evidence":
        return pa.map_(pa.string(), pa.list_(pa.string()))
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), tuple: pa.list_(pa.string())}
    return kinds[types_of(cls)[name]]
