"""Wall time of a whole build from the packaged tables, validation included, stage by stage."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import report, timed
from ingest.build import build


def run() -> None:
    """Print the figures for three builds into fresh data directories."""
    seconds = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as fresh:
            seconds.append(timed(lambda: build(Path(fresh))))
    report("comity build, packaged tables with SHACL", seconds, target=20)
