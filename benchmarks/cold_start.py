"""Wall time of the command line from a cold interpreter, beside an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.figures import report, timed

COMITY = str(Path(sys.executable).with_name("comity"))


def run() -> None:
    """Print the figures for ``comity path`` and for ``python -c pass``."""
    question = [COMITY, "path", "FRA", "USA", "--measure", "preservation", "--json"]
    subprocess.run(question, check=True, capture_output=True)
    cold = [timed(lambda: subprocess.run(question, check=True, capture_output=True)) for _ in range(15)]
    bare = [timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)) for _ in range(15)]
    ours = report("comity path, cold", cold, target=0.8)
    print(f"  ratio to a bare interpreter: {ours / report('python -c pass', bare):.1f}")
