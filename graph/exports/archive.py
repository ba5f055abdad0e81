"""A folder as one ZIP archive whose bytes follow from its files alone: no times, no owners, always the same order."""

from __future__ import annotations

import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive."""

COMPRESSED = (".parquet",)
"""Endings of files that would not become smaller."""


def pack(folder: Path, target: Path) -> None:
    """Write the files of ``folder``, which has no folders within, to the archive ``target``."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in COMPRESSED else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
