"""Exports of the trail: nothing is lost in JSON, nothing is carried out in CSV."""

from __future__ import annotations

import csv
import io
import json

from api.audit.chain import EMPTY, Act, Entry, Head, chained
from api.audit.export import write


def trail(*acts: Act) -> list[Entry]:
    """The entries of ``acts``."""
    head, entries = EMPTY, []
    for act in acts:
        entries.append(chained(act, "2026-11-26T12:00:00.000Z", head))
        head = Head(entries[-1].sequence, entries[-1].hash)
    return entries


TRAIL = trail(
    Act(who="key:a", role="liaison", route="/v1/paths", asked='=HYPERLINK("x"),\nnext', restricted=("usa-1", "fra-2")),
    Act(who="@b", role="curator", route="/v1/paths", purpose="ordre du juge, n° 7", status=200),
)


def test_json_keeps_every_field() -> None:
    out = io.StringIO()
    assert write(TRAIL, out, "json") == 2
    first, second = json.loads(out.getvalue())
    assert first["asked"] == '=HYPERLINK("x"),\nnext'
    assert first["restricted"] == ["usa-1", "fra-2"]
    assert second["previous"] == first["hash"]
    assert second["purpose"] == "ordre du juge, n° 7"


def test_json_of_an_empty_trail_is_a_list() -> None:
    out = io.StringIO()
    assert write([], out, "json") == 0
    assert json.loads(out.getvalue()) == []


def test_csv_says_the_same_and_holds_no_formula() -> None:
    out = io.StringIO()
    assert write(TRAIL, out, "csv") == 2
    first, second = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert first["asked"] == '\'=HYPERLINK("x"),\nnext'
    assert first["restricted"] == "usa-1 fra-2"
    assert second["who"] == "'@b"
    assert second["hash"] == TRAIL[1].hash
