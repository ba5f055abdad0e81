"""Everything about one State's gaps on a day: treaties, legislation, good practice, position."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from graph.dates import MET
from graph.gaps.ages import Penalty, penalties
from graph.gaps.criteria import label
from graph.gaps.judgement import GAPS, Judgement
from graph.gaps.nearness import ORDER
from graph.gaps.position import Position, position
from graph.gaps.practice import GoodPractice, good_practice
from graph.gaps.survey import Survey
from graph.gaps.treaties import TreatyPlace, Worth, treaty_places
from graph.network import Network
from graph.questions import QuestionError, folded, nearest

Topic = Literal["treaties", "legislation", "all"]

CAVEAT = "Law on paper: what the law provides, not how it works in practice. No record is never a no."


class GapReport(msgspec.Struct, frozen=True, kw_only=True):
    """The gaps of ``state`` on the ISO day ``on`` under ``release``.

    ``practice`` has one entry for each judgement that is not satisfied, whatever the word, in the order of
    ``legislation``; ``practice_order`` names what "nearest" compares. ``only`` is the one criterion or offence
    asked about.
    """

    state: str
    name: str
    on: str
    release: str
    topic: str
    only: str | None = None
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
    only: str | None = None,
    worth: Callable[[str, str], Worth] | None = None,
) -> GapReport:
    """The gaps of ``state`` (id) on the ISO day ``on``, with at most ``limit`` States of good practice for each.

    ``only`` (a key or label) narrows the report to the legislation on one criterion or offence. ``worth`` says
    what joining an instrument (id) changes for a State (id); see :func:`graph.gaps.worth.worth_by_coverage`.

    Raises:
        QuestionError: ``state`` is the European Union, which has members and no criminal code; ``only`` is no criterion
            and no offence.
    """
    if network.states[state].kind == "union":
        raise QuestionError(f"{network.state_name(state)} is no State: name one of its members")
    day = date.fromisoformat(on).toordinal()
    survey = Survey(network, day)
    if only is not None:
        only, topic = _judged_key(survey, only), "legislation"
    legislation = survey.of_state(state) if topic != "treaties" else ()
    if only is not None:
        legislation = tuple(held for held in legislation if held.key == only)
    punished = tuple(key for key in survey.offences if only in (None, key))
    return GapReport(
        state=state,
        name=network.state_name(state),
        on=on,
        release=network.release,
        topic=topic,
        only=only,
        caveat=CAVEAT,
        treaties=treaty_places(network, state, day, worth) if topic != "legislation" else (),
        legislation=legislation,
        penalties=penalties(network, state, punished, day) if topic != "treaties" else (),
        practice=tuple(
            good_practice(survey, state, held.topic, held.key, limit)
            for held in legislation
            if held.status != "satisfied"
        ),
        position=position(survey, state) if topic != "treaties" and only is None else None,
    )


def _judged_key(survey: Survey, text: str) -> str:
    """The key of the criterion or offence that ``text`` names.

    Raises:
        QuestionError: neither is called so.
    """
    keys = {label(survey.network, key): key for key in survey.criteria}
    keys |= {survey.network.label("offence", key): key for key in survey.offences}
    names = {folded(name): key for told, key in keys.items() for name in (told, key)}
    found = names.get(folded(text))
    if found is None:
        close = ", ".join(dict.fromkeys(names[folded(name)] for name in nearest(text, [*keys, *keys.values()])))
        raise QuestionError(f"no criterion or offence is called {text[:60]!r}; nearest: {close or 'none'}")
    return found
