"""The sections of a briefing on treaties: where the State stands, who joined what it has not, best next steps."""

from __future__ import annotations

from api.briefing.naming import Names
from api.briefing.notes import Notes
from api.documents.blocks import Block, Paragraph, Points, Table
from api.wording.judgements import status_words
from graph.answers import PartyDates
from graph.briefing.answer import Briefing
from graph.briefing.joined import Joined, NearParty
from graph.dates import span
from graph.gaps.treaties import TreatyPlace
from graph.next_steps.answer import BestSet, Ranked
from graph.next_steps.waiting import Waiting
from locales.texts import _, plural

STEPS_SHOWN = 5

ORDER = ("in-force", "bound-not-in-force", "signed-only", "undecided", "opted-out", "ended", "not-yet", "not-party")
"""Places in the table of treaties, from bound to missing; what has no record is told below it."""


def treaties(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """The State's place in each treaty, with dates; then those without a record."""
    held = [place for place in told.gaps.treaties if place.place in ORDER]
    held.sort(key=lambda place: ORDER.index(place.place))
    counted = notes.counted(
        _("Counted in release {release}, again with: comity gaps {state} --topic treaties --on {day}").format(
            release=told.release, state=told.state, day=told.on
        )
    )
    caption = _("Treaties and acts of the European Union with a record for {name}, on {day} (–: no date on record)")
    caption = caption.format(name=names.state(told.state), day=told.on) + counted
    table = Table(
        caption,
        (_("Instrument"), _("Place"), _("Signed"), _("Consent to be bound"), _("In force from")),
        tuple(_row(place, told.on, names, notes) for place in held),
        (39, 15, 13, 19, 14),
    )
    silent = [place for place in told.gaps.treaties if place.place == "no-record"]
    open_ = [place.name for place in silent if place.opening != "unknown"]
    doubtful = [place.name for place in silent if place.opening == "unknown"]
    blocks: list[Block] = [table] if held else [Paragraph(_("No treaty on this subject has a record for the State."))]
    if open_:
        words = _("No participation on record (never a no), though {name} could join or be invited: {treaties}.")
        blocks.append(
            Paragraph(words.format(name=names.state(told.state), treaties="; ".join(open_)) + counted, "note")
        )
    if doubtful:
        words = _("No participation on record, nor who may join: {treaties}.")
        blocks.append(Paragraph(words.format(treaties="; ".join(doubtful)) + counted, "note"))
    return tuple(blocks)


def _row(place: TreatyPlace, on: str, names: Names, notes: Notes) -> tuple[str, ...]:
    """One treaty. What comes after the day is not told, but for the entry into force that follows from a consent."""
    dates = place.dates
    signed, bound = (text if _come(text, on) else None for text in (dates.signed_on, dates.bound_on))
    in_force = dates.in_force_on if bound or _come(dates.in_force_on, on) else None
    consent = " ".join(part for part in (dates.action, bound) if part and bound)
    word = status_words()[place.place]
    if place.place == "undecided":
        word = f"{word}: {place.reason}"
    return (
        names.full(place.instrument) + notes.refer(dates.sources),
        f"{word} ({_('sources disagree')})" if dates.contested else word,
        signed or "–",
        consent or "–",
        in_force or "–",
    )


def _come(text: str | None, on: str) -> bool:
    """Whether a partial date may have come by the ISO day ``on``."""
    return text is not None and span(text)[0] <= span(on)[0]


def treaty_gaps(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """The treaties that do not bind and are open, with the nearest States that joined."""
    places = {place.instrument: place for place in told.gaps.treaties}
    if not told.joined:
        return (Paragraph(_("No treaty on record as not binding is open to the State. What has no record is no gap.")),)
    rows = tuple(_gap(places[held.instrument], held, names, notes) for held in told.joined)
    table = Table(
        _("Treaties on record as not binding that are open, and the nearest States bound by them"),
        (_("Treaty"), _("Where it stands"), _("Who joined, nearest first")),
        rows,
        (28, 26, 46),
    )
    return (table,)


def _gap(place: TreatyPlace, held: Joined, names: Names, notes: Notes) -> tuple[str, ...]:
    stands = [status_words()[place.place]]
    if place.opening == "by-invitation":
        stands.append(_("may be invited to accede"))
    if place.needs:
        stands.append(_("first needs {parent}").format(parent=names.instrument(place.needs)))
    joined = "; ".join(_joined(party, names, notes) for party in held.nearest)
    if not held.count:
        joined = _("in force for no State on record on the day")
    elif held.count > len(held.nearest):
        more = held.count - len(held.nearest)
        joined += "; " + plural("and {count} State more", "and {count} States more", more)
    return (place.name + notes.refer(place.dates.sources), "; ".join(stands), joined)


def _joined(party: NearParty, names: Names, notes: Notes) -> str:
    near, since = names.common(party.near), _since(party.dates)
    return f"{names.state(party.state)}{near} {since}{notes.refer(party.dates.sources)}"


def _since(dates: PartyDates) -> str:
    if dates.bound_on:
        return f"{dates.action or _('bound')} {dates.bound_on}"
    return _("in force from {day}").format(day=dates.in_force_on) if dates.in_force_on else _("date not on record")


def next_steps(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    """The ratifications that change most, the best set, and treaties that are not in force yet."""
    steps = told.next_steps
    counted = notes.counted(
        _("Counted in release {release}, again with: comity next-step {state} --steps {most} --on {day}").format(
            release=told.release, state=told.state, most=steps.best.most if steps.best else 1, day=told.on
        )
    )
    unit = _(
        "Counted are pairs of a partner State and a measure, whether {name} asks or is asked, as if the treaty were in "
        "force for it on the day. Opened: there was no path and there is one. Made certain: none had every condition "
        "met, and one has. Provided by law, on record; never effective."
    )
    blocks: list[Block] = [Paragraph(unit.format(name=names.state(told.state)), "note")]
    if steps.ranked:
        blocks.append(
            Table(
                _("Ratifications that change most{reference}").format(reference=counted),
                (_("Step"), _("Opened"), _("Made certain"), _("Lost"), _("Who may join")),
                tuple(_step(held, names, notes) for held in steps.ranked[:STEPS_SHOWN]),
                (42, 10, 11, 8, 29),
                frozenset({1, 2, 3}),
            )
        )
    else:
        none = _("No treaty that the State may join on record changes a pair on the day.")
        blocks.append(Paragraph(none + counted))
    if steps.best and steps.best.instruments:
        blocks.append(Paragraph(_best(steps.best, names) + counted))
    if steps.waiting:
        blocks.append(Paragraph(_("Not in force yet, and therefore not ranked:")))
        blocks.append(Points(tuple(_waiting(held, notes) for held in steps.waiting)))
    if steps.not_on_record:
        words = _("Not ranked, as it is not on record who may join: {names}.")
        treaties_ = "; ".join(held.step.name for held in steps.not_on_record)
        blocks.append(Paragraph(words.format(names=treaties_) + counted, "note"))
    return tuple(blocks)


def _step(held: Ranked, names: Names, notes: Notes) -> tuple[str, ...]:
    gain, step = held.gain, held.step
    first = [names.instrument(other) for other in step.deposits if other != step.instrument]
    name = f"{step.name} ({_('together with {parents}').format(parents=', '.join(first))})" if first else step.name
    opening = {
        "open": _("open to it"),
        "by-invitation": _("may be invited to accede"),
        "unknown": _("not on record"),
    }[step.opening]
    if step.place == "no-record":
        opening = _("{opening}; participation: no record").format(opening=opening)
    return (
        name + notes.refer(step.sources),
        str(gain.opened),
        str(gain.secured),
        str(gain.closed + gain.unsettled),
        opening,
    )


def _best(best: BestSet, names: Names) -> str:
    told = "; ".join(names.instrument(instrument) for instrument in best.instruments)
    sure = {
        "exact": _("every set of at most {most} was compared"),
        "at least 63 % of the best": _("at least 63 % of the best"),
    }.get(best.guarantee, _("not compared with every set"))
    words = _("Best set of at most {most}: {names}: {opened} pairs opened, {secured} made certain ({sure}).")
    return words.format(
        most=best.most,
        names=told,
        opened=best.gain.opened,
        secured=best.gain.secured,
        sure=sure.format(most=best.most),
    )


def _waiting(held: Waiting, notes: Notes) -> str:
    words = _(
        "{name}. With a deposit on the day: {told}; once in force, among those that have consented on record, {opened} "
        "pairs opened and {secured} made certain"
    )
    return words.format(
        name=held.step.name, told=held.told, opened=held.gain.opened, secured=held.gain.secured
    ) + notes.refer(held.step.sources)
