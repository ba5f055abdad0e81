"""An assumption laid over a network, beside compiling the network again: what sharing saves."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.figures import report, timed
from graph.network import Network
from graph.offers import OfferBook
from graph.releases import current
from graph.what_if import assume
from ingest.build import build

ASSUMPTIONS = {
    "a deposit that completes the number": "BRA:cets-224:2027-01-01",
    "a deposit": "FRA:un-cybercrime-2024:2027-01-01",
    "a denunciation": "USA:cets-185:withdraw:2027-01-01",
    "a reservation withdrawn": "JPN:cets-224:unreserve:7:2027-01-01",
    "a reform": "BRA:offence:grooming:age=18:penalty=5:2027-01-01",
    "a treaty like another": "FRA+GHA:like:bi-fra-usa-mla-1998:2027-01-01",
}

TARGET = 0.005
"""Seconds that the assumptions of one State may take."""


def run() -> None:
    """Print the figures for one assumption of each kind, all standings of the base being worked out already."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        release = current(Path(fresh))
        records = release.records()
    network = Network(records, release.id)
    for state in network.states:
        network.standings(state)
    book = OfferBook(network)
    slowest = 0.0
    for told, text in ASSUMPTIONS.items():
        assume(book, [text])
        seconds = [timed(lambda: assume(book, [text])) for _ in range(100)]  # noqa: B023
        slowest = max(slowest, report(f"overlay: {told}", seconds, target=TARGET))
    again = report("the network compiled again", [timed(lambda: Network(records, release.id)) for _ in range(20)])
    print(f"  ratio compiling again to the slowest overlay: {again / slowest:.1f}")
