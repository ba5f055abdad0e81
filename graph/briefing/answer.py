"""The whole content of a briefing on one State and one day."""

from __future__ import annotations

from datetime import date

import msgspec

from graph.briefing.events import Event, law_events, since, treaty_events
from graph.briefing.joined import Joined, joined
from graph.briefing.reach import Reach, reach
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.dates import MET
from graph.gaps.report import GapReport, gaps
from graph.gaps.survey import Survey
from graph.next_steps.answer import NextSteps, next_steps
from graph.offers import OfferBook

MEASURES = (
    "preservation", "subscriber-information", "traffic-data", "content-data", "police-information", "extradition",
)  # fmt: skip
"""The measures in the table of reach, in the order in which a case over the internet asks for them."""

NEAREST = 3
"""States of good practice for each gap."""

STEPS = 3
"""Steps in the best set at most."""

YEARS = 5
"""How far back the changes reach where no day is given."""


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """The briefing on ``state`` on the ISO day ``on`` under ``release``; every part carries its sources.

    ``gaps`` and ``next_steps`` are the answers of the commands of those names. ``joined``: near parties of each treaty
    that is a gap. ``events``: every dated treaty event up to the day; ``changes``: treaty events and laws enacted from
    ``since`` on. ``counted``: how many records and sources of the release the figures are counted over.
    """

    state: str
    name: str
    on: str
    release: str
    since: str
    gaps: GapReport
    next_steps: NextSteps
    reach: Reach
    joined: tuple[Joined, ...]
    events: tuple[Event, ...]
    changes: tuple[Event, ...]
    counted: tuple[int, int]


def briefing(
    book: OfferBook, state: str, on: str, measure: str, since_day: str | None = None, planner: Planner | None = None
) -> Briefing:
    """The briefing on ``state`` (id) on the ISO day ``on``, with a map of ``measure`` (key).

    ``since_day``: the ISO day from which changes are told; :data:`YEARS` years before ``on`` where left. ``planner``:
    one of ``book``, for those who have it already.

    Raises:
        QuestionError: ``state`` is the European Union.
    """
    network = book.network
    report = gaps(network, state, on, limit=NEAREST)
    planner = planner or Planner(Index(book))
    survey = Survey(network, date.fromisoformat(on).toordinal())
    start = since_day or years_before(on, YEARS)
    events = treaty_events(network, state, on)
    changes = (*since(events, start), *since(law_events(network, state, on), start))
    return Briefing(
        state=state,
        name=network.state_name(state),
        on=on,
        release=network.release,
        since=start,
        gaps=report,
        next_steps=next_steps(planner, state, on, STEPS),
        reach=reach(planner, state, on, measure, MEASURES),
        joined=tuple(joined(survey, state, place, NEAREST) for place in report.treaties if place.gap == MET),
        events=events,
        changes=tuple(sorted(changes, key=lambda event: event.on)),
        counted=(len(network.records.participations), len(network.records.sources)),
    )


def years_before(on: str, years: int) -> str:
    """The ISO day so many years earlier; 28 February for a 29th that the year lacks."""
    day = date.fromisoformat(on)
    try:
        return day.replace(year=day.year - years).isoformat()
    except ValueError:
        return day.replace(year=day.year - years, day=28).isoformat()
