"""An answer as a liaison reads it: the question, the ranked paths, the best one leg by leg, and why not the others.

Everything shown is in the answer; nothing is decided here. ``names`` gives labels and State names.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from api.wording.paths import Names, told_articles, told_basis, told_deadline, told_language, told_party
from graph.answers import Alternative, Answer, Contact, Leg, Path, WhyNot
from graph.dates import Tri
from locales.texts import _, plural
from terminal.screen import WIDE_ENOUGH, Screen
from terminal.sources import Footnotes

WHY_NOT_SHOWN = 12
"""Reasons shown with an answer; ``why-not`` shows all."""


def show_answer(
    screen: Screen, answer: Answer, names: Names, today: str, limit: int | None = None, rank: int = 1
) -> None:
    """Write the whole answer; ``limit`` bounds the paths listed, the path of ``rank`` is told leg by leg."""
    show_question(screen, answer, names, today)
    shown = answer.paths[:limit] if limit else answer.paths
    notes = Footnotes()
    if answer.paths:
        show_overview(screen, shown, len(answer.paths), names)
        _travel(screen, answer.paths[min(rank, len(answer.paths)) - 1], names, notes)
        if len(answer.paths) > 1:
            screen.line(_("Any other path leg by leg: --rank and its number."), style="dim")
    else:
        show_alternatives(screen, answer.alternatives, names)
    if answer.why_not:
        screen.heading(_("Why not otherwise"))
        show_why_not(screen, answer.why_not[:WHY_NOT_SHOWN], names)
        more = len(answer.why_not) - WHY_NOT_SHOWN
        if more > 0:
            screen.line(plural("{count} more: use why-not", "{count} more: use why-not", more), style="dim", indent=2)
    notes.show(screen)
    footer(screen, answer.release, answer.as_of, answer.assumptions)


def show_question(screen: Screen, answer: Answer, names: Names, today: str) -> None:
    """Write what was asked and how many paths there are."""
    question = answer.query
    asked = f"provider:{question.provider}" if question.provider else names.state_name(question.requested or "")
    day = _("{day} (today)").format(day=question.on) if question.on == today else question.on
    said = _("{requesting} {arrow} {requested}: {measure}, on {day}").format(
        requesting=names.state_name(question.requesting),
        arrow=screen.sign("arrow"),
        requested=asked,
        measure=names.label("measure", question.measure),
        day=day,
    )
    parts = [said]
    if question.offence:
        parts.append(_("offence: {offence}").format(offence=names.label("offence", question.offence)))
    if question.urgent:
        parts.append(_("urgent"))
    if question.evidence:
        parts.append(_("must serve as evidence"))
    if question.via:
        parts.append(_("only by: {channel}").format(channel=names.label("channel", question.via)))
    screen.line("; ".join(parts) + ".", style="bold")
    for assumption in answer.assumptions:
        screen.line(_("assumed: {assumption}").format(assumption=assumption), style="magenta")
    certain = sum(path.status == "met" for path in answer.paths)
    if not answer.paths:
        screen.line(_("No path is on record for this question."), style=STYLE_NONE)
    else:
        found = plural("{count} path", "{count} paths", len(answer.paths))
        screen.line(_("{found}; every condition met on {certain} of them.").format(found=found, certain=certain))


STYLE_NONE = "bold yellow"


def show_overview(screen: Screen, paths: Sequence[Path], total: int, names: Names) -> None:
    """The ranked paths: a table where it fits, else a few lines each."""
    screen.console.print()
    if screen.width >= WIDE_ENOUGH:
        table = screen.table()
        for title, share in (
            ("#", {"justify": "right", "no_wrap": True}),
            (_("channel"), {"min_width": 12}),
            (_("basis"), {"ratio": 1}),
            (_("conditions"), {"no_wrap": True}),
            (_("serves as"), {"no_wrap": True}),
            (_("answer in"), {"no_wrap": True}),
            (_("offices"), {"justify": "right", "no_wrap": True}),
        ):
            table.add_column(title, overflow="fold", **share)
        for path in paths:
            table.add_row(
                _rank(screen, path),
                _channel(path, names),
                told_articles(path),
                _status(screen, path),
                names.label("evidential-use", path.evidential_use),
                told_deadline(path),
                str(path.offices),
            )
        screen.show(table)
    else:
        for path in paths:
            head = Text(f"{_rank(screen, path)} {_channel(path, names)}: ").append_text(_status(screen, path))
            screen.item("", head)
            screen.line(told_articles(path), indent=4)
            facts = [names.label("evidential-use", path.evidential_use), told_deadline(path)]
            facts.append(plural("{count} office", "{count} offices", path.offices))
            screen.line("; ".join(facts), style="dim", indent=4)
    left = total - len(paths)
    if left:
        screen.line(plural("{count} more path not listed", "{count} more paths not listed", left), style="dim")
    mark = _("{sign} no other path is better on one criterion and as good on all others").format(
        sign=screen.sign("best")
    )
    screen.line(mark, style="dim")


def _rank(screen: Screen, path: Path) -> str:
    return f"{path.rank}{screen.sign('best') if path.pareto else ' '}"


def _channel(path: Path, names: Names) -> str:
    label = names.label("channel", path.channel)
    passed = [
        leg.to.name for leg in path.legs if leg.to.kind == "organisation" or (leg.to.kind == "provider" and leg.to.id)
    ]
    if path.by_consent:
        label = _("{channel}, by consent").format(channel=label)
    if path.hypothetical:
        label = _("{channel}, if assumed").format(channel=label)
    return f"{label} ({', '.join(passed)})" if passed else label


def _status(screen: Screen, path: Path) -> Text:
    if path.status == "met":
        return screen.result("met", _("all met"))
    return screen.result("unknown", plural("{count} open", "{count} open", path.open_questions))


def _travel(screen: Screen, path: Path, names: Names, notes: Footnotes) -> None:
    """The best path, leg by leg."""
    if path.hypothetical:
        screen.heading(_("Path {rank}, leg by leg (rests on what is assumed)").format(rank=path.rank))
    else:
        screen.heading(_("Path {rank}, leg by leg").format(rank=path.rank))
    for number, leg in enumerate(path.legs, start=1):
        route = Text(leg.from_.name).append(f" {screen.sign('arrow')} ").append(leg.to.name)
        inside = _("inside {state}, by its own rules")
        how = (
            _("across the border, {channel}").format(channel=names.label("channel", leg.channel))
            if leg.kind == "border"
            else inside.format(state=names.state_name(leg.to.state or leg.from_.state or ""))
        )
        screen.item(f"{number}.", route.append(f" ({how})", style="dim"))
        if leg.kind == "border" or leg.conditions or leg.basis:
            _leg(screen, leg, names, notes)
    if path.note:
        screen.item(_("Note:"), path.note)


def _leg(screen: Screen, leg: Leg, names: Names, notes: Footnotes) -> None:
    instruments: set[str] = set()
    for basis in leg.basis:
        screen.item(_("basis"), told_basis(basis, names) + notes.refer(basis.sources), indent=3)
        for party in () if basis.instrument in instruments else basis.participations:
            screen.line(told_party(party, names) + notes.refer(party.sources), indent=9)
        instruments.add(basis.instrument)
    for condition in leg.conditions:
        mark = screen.result(condition.status, result_word(condition.status))
        screen.item(mark.append(":"), condition.text + notes.refer(condition.sources), indent=3)
    for requirement in leg.requirements:
        mark = screen.result(requirement.status, _("language") if requirement.code == "language" else _("form"))
        screen.item(mark.append(":"), requirement.text + notes.refer(requirement.sources), indent=3)
    if leg.languages:
        told = [f"{held.language} ({told_language(held, names)})" for held in leg.languages]
        screen.item(_("languages"), ", ".join(told), indent=3)
    if leg.contact:
        _contact(screen, leg.contact, notes)
    elif leg.to.id is None and leg.kind == "border":
        screen.item(_("contact"), _("none on record"), indent=3)
    for other in leg.also:
        screen.item(_("also"), told_reach(other) + notes.refer(other.sources), indent=3)
    if leg.sources and not leg.basis and not leg.conditions:
        screen.item(_("sources"), notes.refer(leg.sources).strip(), indent=3)


def _contact(screen: Screen, contact: Contact, notes: Footnotes) -> None:
    screen.item(_("contact"), told_reach(contact) + notes.refer(contact.sources), indent=3)
    if contact.role:
        screen.line(_("its role: {role}").format(role=contact.role), style="dim", indent=11)
    if contact.named_under:
        screen.line(
            _("named for another basis ({basis}): check that it serves here").format(basis=contact.named_under),
            style="yellow",
            indent=11,
        )
    age = (
        _("contact as of {day}").format(day=contact.as_of)
        if contact.as_of
        else _("the source of the contact has no date")
    )
    if contact.stale:
        stale = _("{age}: older than a year or undated, check before use").format(age=age)
        screen.line(stale, style="yellow", indent=11)
    else:
        screen.line(age, style="dim", indent=11)
    if contact.note:
        screen.line(contact.note, style="dim", indent=11)


def told_reach(contact: Contact) -> str:
    """The office and every way to reach it, on one line."""
    ways = [contact.authority, contact.address, contact.phone, contact.email, contact.website]
    told = "; ".join(" ".join(way.split()) for way in ways if way)
    return f"{told}; {_('round the clock')}" if contact.available_24_7 else told


def result_word(status: Tri) -> str:
    """A three-valued result in words; ``open`` for unknown, since somebody has to find out."""
    return {"met": _("met"), "not met": _("not met"), "unknown": _("open")}[status]


def show_alternatives(screen: Screen, alternatives: Sequence[Alternative], names: Names) -> None:
    """Write which neighbouring measures can be had."""
    if not alternatives:
        return
    screen.heading(_("What can be had instead"))
    for other in alternatives:
        mark = screen.result(other.status, result_word(other.status))
        told = _("{measure}: {channel}").format(
            measure=names.label("measure", other.measure), channel=names.label("channel", other.channel)
        )
        count = plural("{count} path", "{count} paths", other.paths)
        screen.item(mark.append(":"), f"{told}; {count} (--measure {other.measure})", indent=2)


def show_why_not(screen: Screen, lines: Sequence[WhyNot], names: Names, notes: Footnotes | None = None) -> None:
    """Each instrument or channel that comes near, with what stands in the way; nearest first."""
    for line in lines:
        article = _(" art. {article}").format(article=line.article) if line.article else ""
        said = Text(f"{line.name}{article}", style="bold").append(f" [{line.code}] ", style="dim not bold")
        said.append(line.text + (notes.refer(line.sources) if notes else ""), style="not bold")
        screen.item(screen.sign("bullet"), said, indent=2)


def footer(screen: Screen, release: str, as_of: str, assumptions: Sequence[str] = ()) -> None:
    """What the answer rests on, and what it is not."""
    screen.console.print()
    told = _("Release {release}, law as of {day} as known to the sources. Not legal advice; verify before use.")
    screen.line(told.format(release=release, day=as_of), style="dim")
    if assumptions:
        screen.line(_("Hypothetical: what is assumed is no fact and stands in no release."), style="magenta")


def show_reasons(
    screen: Screen, answer: Answer, lines: Sequence[WhyNot], names: Names, opened: Sequence[int] = ()
) -> None:
    """Write all reasons with their sources; ``opened`` are the ranks of paths that the instrument asked about opens."""
    notes = Footnotes()
    show_question(screen, answer, names, "")
    screen.console.print()
    if opened:
        ranks = ", ".join(map(str, opened))
        screen.line(_("It opens a path: see path, rank {ranks}.").format(ranks=ranks))
    elif not lines:
        screen.line(_("Nothing on record comes near."))
    show_why_not(screen, lines, names, notes)
    notes.show(screen)
    footer(screen, answer.release, answer.as_of, answer.assumptions)
