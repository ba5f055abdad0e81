"""Run the benchmarks named on the command line, or all."""

from __future__ import annotations

import sys

from benchmarks import (
    analysis,
    answers,
    api,
    build,
    cold_start,
    coverage,
    engines,
    loading,
    next_step,
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
}

chosen = sys.argv[1:] or list(BENCHMARKS)
unknown = [name for name in chosen if name not in BENCHMARKS]
if unknown:
    sys.exit(f"unknown benchmark {unknown[0]!r}: choose from {', '.join(BENCHMARKS)}")
for name in chosen:
    BENCHMARKS[name]()
