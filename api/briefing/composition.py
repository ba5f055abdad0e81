"""From a briefing to a document: its sections in their order, the figures to remember, map, time line and limits."""

from __future__ import annotations

from api.briefing.legislation import law_gaps, legislation, position
from api.briefing.naming import Names
from api.briefing.notes import Notes
from api.briefing.timeline import timeline
from api.briefing.treaties import next_steps, treaties, treaty_gaps
from api.briefing.world_map import world_map
from api.documents.blocks import (
    Block,
    Document,
    Figure,
    Number,
    Numbers,
    Paragraph,
    Points,
    Section,
    Table,
)
from graph.briefing.answer import Briefing
from graph.briefing.events import Event
from graph.dates import MET, UNKNOWN
from graph.network import Network
from graph.shapes import ADDRESS, AS_OF, SOURCE
from locales.texts import _, plural

CHANGES_SHOWN = 15


def compose(told: Briefing, network: Network, language: str) -> Document:
    """The document of ``told`` in ``language`` (BCP 47), in which the texts are spoken already."""
    notes, names = Notes(), Names(network, language)
    own = names.state(told.state)
    sections = (
        Section(_("At a glance"), _glance(told, notes)),
        Section(_("Whom it can ask"), _reach(told, names, notes)),
        Section(_("Treaties"), treaties(told, names, notes)),
        Section(_("Legislation"), legislation(told, names, notes)),
        Section(_("Position among others"), position(told, names, notes)),
        Section(_("Gaps, and who closed them"), (*treaty_gaps(told, names, notes), *law_gaps(told, names, notes))),
        Section(_("Best next steps"), next_steps(told, names, notes)),
        Section(_("Over time"), _time(told, own, notes)),
        Section(_("How to read this"), (_limits(told),)),
    )
    footer = _("Comity, release {release}, law as of {day} as known to the sources. Not legal advice.")
    return Document(
        language=language,
        title=_("{name}: law against online child sexual exploitation").format(name=own),
        subtitle=_("Briefing for a parliamentary committee, {day}").format(day=told.on),
        warning=_(
            "Provided by law as far as it is on record, never how effective it is. No record is never a no. Not legal "
            "advice: check a provision at its source before you rely on it."
        ),
        cover=(),
        sections=sections,
        notes=notes.numbered(),
        footer=footer.format(release=told.release, day=told.on),
        words={"blank": "", "check": _("Check before use"), "sources": _("Notes and sources"), "page": _("Page")},
        issued=told.on,
    )


def _glance(told: Briefing, notes: Notes) -> tuple[Block, ...]:
    held = told.gaps.position
    assert held is not None  # noqa: S101 - a report on everything has a position
    shown = told.reach.measures[0].asking
    in_force = sum(place.place == "in-force" for place in told.gaps.treaties)
    gaps, silent = (sum(place.gap == value for place in told.gaps.treaties) for value in (MET, UNKNOWN))
    law = len(told.gaps.legislative_gaps)
    participations, sources = told.counted
    reference = notes.counted(
        _("Release {release}: {participations} participations, {sources} sources; counted on {day}").format(
            release=told.release, participations=participations, sources=sources, day=told.on
        )
    )
    numbers = Numbers(
        (
            Number(str(in_force), plural("treaty in force on record", "treaties in force on record", in_force)),
            Number(str(gaps), plural("treaty gap on record", "treaty gaps on record", gaps)),
            Number(
                f"{held.criteria['satisfied']} / {sum(held.criteria.values())}", _("legislative criteria satisfied")
            ),
            Number(str(law), plural("gap in law named by a review", "gaps in law named by a review", law)),
            Number(f"{shown.met + shown.unknown} / {shown.states}", _reachable(told)),
        )
    )
    no_record = held.criteria["no-record"]
    points = [
        plural(
            "No record: {count} criterion; the true position may be better or worse.",
            "No record: {count} criteria; the true position may be better or worse.",
            no_record,
        )
        + " "
        + plural(
            "No participation, or nothing on who may join: {count} treaty.",
            "No participation, or nothing on who may join: {count} treaties.",
            silent,
        )
        + reference
    ]
    if told.next_steps.ranked:
        first = told.next_steps.ranked[0]
        words = _("Largest single step: {name}, {opened} pairs of partner and measure opened, {secured} made certain.")
        gain = first.gain
        step = words.format(name=first.step.name, opened=gain.opened, secured=gain.secured)
        points.append(step + reference)
    words = _(
        "{measure}: {met} States with every condition met, {unknown} with open questions, {none} without a path on "
        "record."
    )
    points.append(
        words.format(measure=_capital(told.reach.label), met=shown.met, unknown=shown.unknown, none=shown.none)
        + reference
    )
    return (numbers, Points(tuple(points)))


def _reachable(told: Briefing) -> str:
    return _("States with a path on record: {measure}").format(measure=told.reach.label)


def _reach(told: Briefing, names: Names, notes: Notes) -> tuple[Block, ...]:
    shown, own = told.reach.measures[0].asking, names.state(told.state)
    counted = notes.counted(
        _("Counted in release {release}, again with: comity coverage {state} --on {day}").format(
            release=told.release, state=told.state, day=told.on
        )
    )
    outlines = notes.counted(f"{SOURCE}, {AS_OF}; {ADDRESS}")
    legend = (own, _("every condition met"), _("open questions"), _("no path on record"), _("territory, not counted"))
    svg = world_map(told.state, own, told.reach.on_map, legend)
    caption = _(
        "Whom {name} can ask for {measure} on {day}, by treaty or network, as provided by law{reference}. Outlines and "
        "names are no statement on the status of any place{outlines}."
    )
    alternative = _(
        "World map: {name} can ask {met} of {states} States with every condition met, {unknown} with open questions; "
        "for {none} there is no path on record."
    )
    figure = Figure(
        svg,
        caption.format(name=own, measure=told.reach.label, day=told.on, reference=counted, outlines=outlines),
        alternative.format(name=own, met=shown.met, states=shown.states, unknown=shown.unknown, none=shown.none),
    )
    rows = tuple(
        (
            held.label,
            *(str(count) for side in (held.asking, held.asked) for count in (side.met, side.unknown, side.none)),
        )
        for held in told.reach.measures
    )
    headers = (
        _("Measure"),
        _("Asks: all met"), _("open"), _("none"),
        _("Is asked: all met"), _("open"), _("none"),
    )  # fmt: skip
    caption = _("Number of States that {name} can ask, and that can ask it, of {states}{reference}")
    table = Table(
        caption.format(name=own, states=shown.states, reference=counted),
        headers, rows, (30, 16, 9, 9, 18, 9, 9), frozenset(range(1, 7)),
    )  # fmt: skip
    return (figure, table)


def _time(told: Briefing, own: str, notes: Notes) -> tuple[Block, ...]:
    listed = {place.instrument for place in told.gaps.treaties}
    events = [event for event in told.events if event.about in listed]
    blocks: list[Block] = []
    if events:
        legend = (_("signed"), _("consent to be bound"), _("in force"))
        cites = [cite for event in events for cite in event.sources]
        counts = {kind: sum(event.kind == kind for event in events) for kind in ("signed", "bound", "in-force")}
        caption = _("Treaties of {name} with a date on record, up to {day}; sources as in the list of treaties{notes}")
        alternative = _(
            "Time line of {count} treaties from {first} to {last}: {signed} signatures, {bound} consents to be bound, "
            "{in_force} entries into force. The dates are in the list of treaties."
        )
        blocks.append(
            Figure(
                timeline(events, told.on, legend),
                caption.format(name=own, day=told.on, notes=notes.refer(cites)),
                alternative.format(
                    count=len({event.about for event in events}),
                    first=events[0].on,
                    last=events[-1].on,
                    signed=counts["signed"],
                    bound=counts["bound"],
                    in_force=counts["in-force"],
                ),
            )
        )
    else:
        blocks.append(Paragraph(_("No treaty of the State has a date on record.")))
    since = _("since {day}").format(day=told.since)
    if not told.changes:
        blocks.append(Paragraph(_("Changes {since}: none with a date on record.").format(since=since)))
        return tuple(blocks)
    blocks.append(Paragraph(_("Changes {since}, the newest first:").format(since=since)))
    newest = told.changes[::-1]
    lines = [_change(event, notes) for event in newest[:CHANGES_SHOWN]]
    if len(newest) > CHANGES_SHOWN:
        more = len(newest) - CHANGES_SHOWN
        lines.append(plural("{count} earlier change (see the JSON)", "{count} earlier changes (see the JSON)", more))
    blocks.append(Points(tuple(lines)))
    return tuple(blocks)


def _change(event: Event, notes: Notes) -> str:
    words = {
        "signed": _("signed {name}"),
        "bound": _("{action} of {name}"),
        "in-force": _("{name} in force"),
        "ended": _("{name} ended for it"),
        "enacted": _("enacted: {name}"),
    }[event.kind]
    said = words.format(name=event.name, action=event.action or _("consent to be bound"))
    if event.derived:
        said += f" ({_('derived by its own rule')})"
    if event.contested:
        said += f" ({_('sources disagree')})"
    return f"{event.on}: {said}{notes.refer(event.sources)}"


def _limits(told: Briefing) -> Points:
    return Points(
        (
            _("Law on paper: what treaties and laws provide. Nothing here says that an office answers, or how soon."),
            _(
                "No record means that no source of this release speaks of it. It is never a no, and thin records lower "
                "counts and ranks."
            ),
            _(
                "Signed is not bound, and bound is not yet in force: a treaty counts only where it is in force for "
                "both sides on the day. Open questions are conditions that the record cannot decide."
            ),
            _(
                "A criterion is satisfied by a provision in force or by a review; a review is quoted with its year and "
                "may be out of date. Ages and dates of amendments are often not on record."
            ),
            _("At most two sources stand with a statement; all of them: comity brief {state} --json.").format(
                state=told.state
            ),
            _("Law and institutions only: no case, no person. Not legal advice."),
        )
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
