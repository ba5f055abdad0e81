"""How a party stands to an instrument on any day: participations turned into a timeline.

A :class:`Timeline` is a step function of the day. Each step holds a three-valued result, the reason code
of the answer format, and the sentence that explains it, so that asking costs one bisection.

Rules, from the Vienna Convention on the Law of Treaties and the domain rules of this project:

* Signature alone does not bind (VCLT article 18); consent to be bound (articles 11 to 16) does not yet mean in force
  (article 24); a treaty that has ended for a party no longer holds (articles 54 to 56).
* Nothing binds before the instrument's own entry into force.
* A party that a dated source names without dates is in force from the source's date and unknown before it.
* An undated source proves nothing for any day: unknown.
* Contradicting readings decide a day only where they all agree on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from graph.dates import MET, NEVER, NOT_MET, UNKNOWN, Tri, span
from graph.model import Instrument, Participation

BEGINNING = 1
"""The first day of the calendar: every timeline has a step from here."""

CONSENT_ACTIONS = frozenset({"ratification", "accession", "acceptance", "approval", "succession"})
"""Acts of consent that bind a party; whether the instrument is in force is another question (VCLT article 24)."""


class Step(NamedTuple):
    """From ``start`` (an ordinal day) until the next step: the result, its reason and its sentence."""

    start: int
    result: Tri
    code: str
    text: str


class Timeline:
    """Steps in order of time, the first from :data:`BEGINNING`."""

    __slots__ = ("starts", "steps")

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps: tuple[Step, ...] = tuple(steps)
        self.starts = [step.start for step in self.steps]

    def index_on(self, day: int) -> int:
        """Position of the step that holds on ``day`` (an ordinal)."""
        return bisect_right(self.starts, day) - 1

    def on(self, day: int) -> Step:
        """The step that holds on ``day`` (an ordinal)."""
        return self.steps[bisect_right(self.starts, day) - 1]


def timeline(
    readings: Sequence[Participation], instrument: Instrument, named_on: Callable[[Participation], str | None]
) -> Timeline:
    """Turn one party's readings of its participation in ``instrument`` into a timeline.

    ``named_on`` gives the earliest date of a source that names the party as such, or ``None`` when undated.
    """
    if len(readings) == 1:
        return Timeline(_steps_of(readings[0], instrument, named_on(readings[0])))
    return _agreement([Timeline(_steps_of(reading, instrument, named_on(reading))) for reading in readings])


def _agreement(timelines: Sequence[Timeline]) -> Timeline:
    """Keep what every reading says; where they differ the day is unknown, with the readings quoted."""
    steps: list[Step] = []
    for start in sorted({step.start for line in timelines for step in line.steps}):
        held = [line.on(start) for line in timelines]
        results = {step.result for step in held}
        if len(results) == 1:
            steps.append(held[0]._replace(start=start))
        else:
            said = "; or: ".join(dict.fromkeys(step.text for step in held))
            steps.append(Step(start, UNKNOWN, "contested", f"the sources contradict each other: {said}"))
    return Timeline(steps)


def _steps_of(reading: Participation, instrument: Instrument, named_on: str | None) -> list[Step]:
    settled = _settled_by_standing(reading, instrument, named_on)
    if settled is not None:
        return settled
    return _end(_entry(reading, instrument, named_on), reading, instrument)


def _settled_by_standing(reading: Participation, instrument: Instrument, named_on: str | None) -> list[Step] | None:
    """Standings that never come into force, as far as the record goes; ``None`` for the others."""
    signed = f"signed {reading.signed_on}" if reading.signed_on else "signed (date not on record)"
    if reading.standing == "excluded":
        left_out = (
            f"left out: {reading.territorial_note}" if reading.territorial_note else "does not take part (opt-out)"
        )
        return [Step(BEGINNING, NOT_MET, "opted-out", left_out)]
    if reading.standing == "signatory":
        said = f"the source of {named_on}" if named_on else "an undated source"
        return [Step(BEGINNING, NOT_MET, "signed-only", f"{signed}, not bound according to {said}")]
    if reading.standing == "signed" and reading.bound_on is None:
        nothing = f"{signed}; no consent to be bound on record"
        return [Step(BEGINNING, NOT_MET, "signed-only", nothing)]
    if reading.standing == "not-in-force":
        bound = f"; bound {reading.bound_on}" if reading.bound_on else ""
        return [Step(BEGINNING, NOT_MET, "not-in-force", f"{signed}{bound}, not in force according to the source")]
    if instrument.status == "not-in-force" and instrument.in_force_on is None:
        bound = f"{reading.action or 'bound'} {reading.bound_on}" if reading.bound_on else signed
        threshold = f" (needs {instrument.entry_threshold} parties)" if instrument.entry_threshold else ""
        text = f"{bound}, but the instrument is not in force{threshold}"
        code = "not-in-force" if reading.standing == "party" else "signed-only"
        return [Step(BEGINNING, NOT_MET, code, text)]
    return None


def _entry(reading: Participation, instrument: Instrument, named_on: str | None) -> list[Step]:
    """Steps up to and including entry into force for the party."""
    floor = span(instrument.in_force_on) if instrument.in_force_on else (BEGINNING, BEGINNING)
    if reading.in_force_on and reading.standing == "party":
        first, last = span(reading.in_force_on)
        first, last = max(first, floor[0]), max(last, floor[1])
        how = f"{reading.action} {reading.bound_on}, " if reading.action and reading.bound_on else ""
        text = f"{how}in force from {reading.in_force_on}"
        steps = [Step(BEGINNING, NOT_MET, "not-in-force", text)]
        if first < last:
            unsure = f"{text}: the day is not on record"
            return [*steps, Step(first, UNKNOWN, "in-force", unsure), Step(last + 1, MET, "in-force", text)]
        return [*steps, Step(first, MET, "in-force", text)]
    return _entry_without_date(reading, instrument, named_on, floor)


def _entry_without_date(
    reading: Participation, instrument: Instrument, named_on: str | None, floor: tuple[int, int]
) -> list[Step]:
    """No date of entry into force on record: what the source's own date and the deposit allow to say."""
    spans = [floor, *([span(reading.bound_on)] if reading.bound_on else [])]
    earliest = max(first for first, _ in spans)
    surely = max(last if first == last else last + 1 for first, last in spans)
    if reading.signed_on and not reading.bound_on:
        earliest = max(earliest, span(reading.signed_on)[0])
    if reading.bound_on:
        said = f"{reading.action or 'bound'} {reading.bound_on}; entry into force for it not on record"
    elif reading.standing == "party":
        said = "named as a party without dates"
    else:
        said = "named by the source without saying whether it is bound"
    steps: list[Step] = []
    if earliest > BEGINNING:
        before = f"{said}; not in force before the instrument was" if earliest == floor[0] else said
        steps.append(Step(BEGINNING, NOT_MET, "not-in-force", before))
    own_entry_unknown = (
        instrument.in_force_on is None and instrument.status != "in-force" and reading.action in CONSENT_ACTIONS
    )
    if reading.standing != "party" or own_entry_unknown:
        why = "; the instrument's own entry into force is not on record" if own_entry_unknown else ""
        return [*steps, Step(earliest, UNKNOWN, "in-force", f"{said}{why}")]
    if named_on is None:
        return [*steps, Step(earliest, UNKNOWN, "in-force", f"{said}; the source is undated")]
    proven = max(span(named_on)[1], surely)
    if proven > earliest:
        steps.append(Step(earliest, UNKNOWN, "in-force", f"{said}; certain only from {named_on}, the source's date"))
    return [*steps, Step(max(proven, earliest), MET, "in-force", f"{said}; the source of {named_on} names it")]


def _end(steps: list[Step], reading: Participation, instrument: Instrument) -> list[Step]:
    """Cut the steps where participation or instrument ended or was suspended."""
    ends = [
        (reading.ended_on, "ended for it on"),
        (reading.suspended_on, "suspended on"),
        (instrument.ended_on, "the instrument ended on"),
    ]
    dated = [(span(text), text, ended) for text, ended in ends if text]
    if instrument.status == "ended" and not instrument.ended_on:
        gone = "the instrument has ended; the date is not on record"
        steps = [
            step if step.result == NOT_MET else step._replace(result=UNKNOWN, code="ended", text=gone) for step in steps
        ]
    if not dated:
        return steps
    first, said, how = min((days[0], text, words) for days, text, words in dated)
    over, final, words = min(
        (days[0] if days[0] == days[1] else days[1] + 1, text, words) for days, text, words in dated
    )
    kept = [step for step in steps if step.start < first]
    if first < over:
        perhaps = f"{how} {said}: the day is not on record"
        begun = Timeline(steps).on(first)._replace(start=first)
        within = [begun, *(step for step in steps if first < step.start < over)]
        # What had not begun has not ended either: it stays not in force.
        kept += [step if step.result == NOT_MET else Step(step.start, UNKNOWN, "ended", perhaps) for step in within]
    return [*kept, Step(min(over, NEVER), NOT_MET, "ended", f"{words} {final}")]
