"""Run the benchmarks named on the command line, or all."""

from __future__ import annotations

import argparse
import sys

from benchmarks import (
    analysis,
    answers,
    api,
    build,
    cold_start,
    coverage,
    dashboard,
    engines,
    loading,
    next_step,
    soak,
    sparql,
    what_if,
)

BENCHMARKS = {
    "cold": cold_start.run,
    "answers": answers.run,
    "build": build.run,
    "analysis": analysis.run,
    "coverage": coverage.run,
    "what-if": what_if.run,
    "next-step": next_step.run,
    "loading": loading.run,
    "engines": engines.run,
    "api": api.run,
    "sparql": sparql.run,
    "dashboard": dashboard.run,
}

given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
given.add_argument("names", nargs="*", help=f"{', '.join(BENCHMARKS)}; soak, by its name only")
given.add_argument("--minutes", type=float, default=10.0, help="how long soak takes")
chosen = given.parse_args()
known = {**BENCHMARKS, "soak": lambda: soak.run(chosen.minutes)}
unknown = [name for name in chosen.names if name not in known]
if unknown:
    sys.exit(f"unknown benchmark {unknown[0]!r}: choose from {', '.join(known)}")
for name in chosen.names or BENCHMARKS:
    known[name]()
