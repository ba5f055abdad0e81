"""What ``draft`` says when it is done: what was written and what is left to the drafter, or what can be had instead."""

from __future__ import annotations

from api.wording.paths import Names, told_articles
from graph.answers import Answer
from graph.request_kit import RequestKit
from locales.texts import _, plural
from terminal.answer import footer, show_alternatives, show_question, show_why_not
from terminal.screen import Screen

REASONS = 3
"""Reasons shown with an answer without a path; ``why-not`` shows all."""


def show_draft(screen: Screen, kit: RequestKit, names: Names, file: str) -> None:
    """Write where the kit is, on what it rests, and what the drafter has to do."""
    screen.line(_("Written: {file}").format(file=file), style="bold")
    path = kit.path
    channel = names.label("channel", path.legs[kit.border].channel)
    told = _("Path {rank}: {measure}; {channel}; {basis}")
    screen.line(
        told.format(
            rank=kit.rank, measure=names.label("measure", path.measure), channel=channel, basis=told_articles(path)
        )
    )
    rules = len(kit.of_kind("content", "document", "form", "language"))
    points = []
    if rules:
        points.append(plural("checklist of {count} rule on record", "checklist of {count} rules on record", rules))
    else:
        points.append(_("no rule on such a request is on record: see the text"))
    if kit.unread:
        unread = ", ".join(kit.unread)
        points.append(_("contents not on record for {instruments}: see the text").format(instruments=unread))
    if kit.to_settle:
        points.append(plural("{count} open question to settle", "{count} open questions to settle", len(kit.to_settle)))
    contact = kit.receiver.contact
    if contact is None and not (kit.policy and kit.policy.request_channel):
        points.append(_("the contact of the requested office is not on record"))
    elif contact is not None and contact.stale:
        points.append(_("the contact of the requested office is old or undated: check before use"))
    for point in points:
        screen.item(screen.sign("bullet"), point, indent=2)
    screen.line(_("The blanks are yours to fill. Nothing but this file was stored."))
    footer(screen, kit.release, kit.as_of)


def show_no_draft(screen: Screen, answer: Answer, names: Names, today: str) -> None:
    """Write that there is nothing to draft, which neighbouring measures there are, and the nearest reasons."""
    show_question(screen, answer, names, today)
    show_alternatives(screen, answer.alternatives, names)
    if answer.alternatives:
        question = answer.query
        asked = f"provider:{question.provider}" if question.provider else question.requested
        command = f"comity draft {question.requesting} {asked} --measure {answer.alternatives[0].measure}"
        screen.item(_("To draft the first:"), f"{command} --output FILE.docx", indent=2)
    if answer.why_not:
        screen.heading(_("Why not otherwise"))
        show_why_not(screen, answer.why_not[:REASONS], names)
    footer(screen, answer.release, answer.as_of)
