"""Everything about one State's gaps on a day: treaties, legislation, good practice, position."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from graph.dates import MET
from graph.gaps.ages import Penalty, penalties
from graph.gaps.judgement import GAPS, Judgement
from graph.gaps.nearness import ORDER
from graph.gaps.position import Position, position
from graph.gaps.practice import GoodPractice, good_practice
from graph.gaps.survey import Survey
from graph.gaps.treaties import Gain, TreatyPlace, treaty_places
from graph.network import Network
from graph.questions import QuestionError

Topic = Literal["treaties", "legislation", "all"]

CAVEAT = "Law on paper: what the law provides, not how it works in practice. No record is never a no."


class GapReport(msgspec.Struct, frozen=True, kw_only=True):
    """The gaps of ``state`` on the ISO day ``on`` under ``release``.

    ``practice`` has one entry for each judgement that is not satisfied, whatever the word, in the order of
    ``legislation``; ``practice_order`` names what "nearest" compares.
    """

    state: str
    name: str
    on: str
    release: str
    topic: str
    caveat: str
    treaties: tuple[TreatyPlace, ...] = ()
    legislation: tuple[Judgement, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    practice: tuple[GoodPractice, ...] = ()
    practice_order: tuple[str, ...] = ORDER
    position: Position | None = None

    @property
    def legislative_gaps(self) -> tuple[Judgement, ...]:
        """The judgements that make a gap."""
        return tuple(held for held in self.legislation if held.status in GAPS)

    @property
    def treaty_gaps(self) -> tuple[TreatyPlace, ...]:
        """The treaties that do not bind the State and that it could join."""
        return tuple(held for held in self.treaties if held.gap == MET)


def gaps(
    network: Network,
    state: str,
    on: str,
    topic: Topic = "all",
    limit: int | None = None,
    gain: Gain | None = None,
) -> GapReport:
    """The gaps of ``state`` (id) on the ISO day ``on``, with at most ``limit`` States of good practice for each.

    ``gain`` counts what joining an instrument opens (:func:`graph.gaps.treaties.new_partners` if none is given).

    Raises:
        QuestionError: ``state`` is the European Union, which has members and no criminal code.
    """
    if network.states[state].kind == "union":
        raise QuestionError(f"{network.state_name(state)} is no State: name one of its members")
    day = date.fromisoformat(on).toordinal()
    survey = Survey(network, day)
    legislation = survey.of_state(state) if topic != "treaties" else ()
    return GapReport(
        state=state,
        name=network.state_name(state),
        on=on,
        release=network.release,
        topic=topic,
        caveat=CAVEAT,
        treaties=treaty_places(network, state, day, gain) if topic != "legislation" else (),
        legislation=legislation,
        penalties=penalties(network, state, survey.offences, day) if topic != "treaties" else (),
        practice=tuple(
            good_practice(survey, state, held.topic, held.key, limit)
            for held in legislation
            if held.status != "satisfied"
        ),
        position=position(survey, state) if topic != "treaties" else None,
    )
