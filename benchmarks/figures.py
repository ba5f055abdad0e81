"""How figures are taken and printed, the same way in every benchmark."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter


def timed(action: Callable[[], object]) -> float:
    """Seconds that one call of ``action`` takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def report(what: str, seconds: Sequence[float], *, target: float | None = None) -> float:
    """Print median, 95th percentile and count in milliseconds; return the median in seconds."""
    median = statistics.median(seconds)
    tail = sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    aim = f", target at most {target * 1e3:g} ms" if target is not None else ""
    print(f"{what}: median {median * 1e3:.3f} ms, p95 {tail * 1e3:.3f} ms over {len(seconds)} runs{aim}")
    return median
