"""From a kit to a document: which sections it has, in which order, in which words."""

from __future__ import annotations

from api.documents.blocks import (
    Beside,
    Block,
    Document,
    Fact,
    Facts,
    Note,
    Paragraph,
    Points,
    Section,
    Steps,
    Tick,
    Ticks,
)
from api.drafting.blanks import blanks, origin_of
from api.drafting.language import language_name
from api.wording.paths import Names, told_articles, told_basis, told_deadline, told_language, told_party
from api.wording.sources import Footnotes, told_source
from graph.answers import Contact, Leg
from graph.request_kit import Desk, RequestKit
from graph.request_rules import AppliedRule
from locales.texts import _

IN_FORCE = frozenset({"in-force", "parent-in-force", "contested"})
"""Codes of the conditions that tell whether an instrument binds a side on the day."""


def compose(kit: RequestKit, names: Names) -> Document:
    """The document of ``kit``."""
    notes = Footnotes()
    cover = (
        Section(_("Offices"), _offices(kit, names, notes)),
        Section(_("The request at a glance"), (_glance(kit, names),)),
    )
    sections = [
        Section(_("Basis") if kit.policy else _("Legal basis"), _legal_basis(kit, names, notes)),
        Section(_("To be filled in by the drafter"), blanks(kit)),
        Section(_("To be settled before it is sent"), _open_questions(kit, notes)),
        Section(_("Documents to go with it"), _documents(kit, notes)),
        Section(_("Form, language and translation"), _form(kit, names, notes)),
        Section(_("Urgency and time limits"), _urgency(kit)),
        Section(_("Secrecy and use of the answer"), _use(kit, notes)),
        Section(_("Checklist"), (_checklist(kit),)),
        Section(_("What happens next"), (_next(kit, names),)),
    ]
    if kit.policy:
        sections.insert(1, Section(_("What the provider publishes"), (_policy(kit, names, notes),)))
    warning = _("Draft, not legal advice: check the instrument and the offices before use. Blanks hold no case facts.")
    footer = _("Comity, release {release}, law as of {day} as known to the sources. Not legal advice.")
    return Document(
        language="en",
        title=_title(kit, names),
        subtitle=_subtitle(kit, names),
        warning=warning,
        cover=cover,
        sections=tuple(sections),
        notes=tuple(Note(told_source(cite), cite.url) for cite in notes.listed()),
        footer=footer.format(release=kit.release, day=kit.as_of),
        words={
            "blank": _("to be filled in"),
            "check": _("Check before use"),
            "sources": _("Sources"),
            "page": _("Page"),
        },
    )


def _title(kit: RequestKit, names: Names) -> str:
    titles = {
        "request": _("Request: {measure}"),
        "police-request": _("Police request: {measure}"),
        "provider-order": _("Order to a service provider: {measure}"),
        "voluntary-disclosure": _("Letter to a service provider, which is free to help: {measure}"),
        "information": _("Information given without request: {measure}"),
    }
    return titles[kit.form].format(measure=names.label("measure", kit.path.measure))


def _subtitle(kit: RequestKit, names: Names) -> str:
    receiver = kit.receiver.office
    asked = names.state_name(kit.requested) if kit.requested else receiver.name
    if receiver.kind == "provider" and receiver.name not in asked:
        asked = f"{receiver.name}, {asked}" if kit.requested else receiver.name
    return _("From {requesting} to {requested}").format(
        requesting=names.state_name(kit.query.requesting), requested=asked
    )


def _offices(kit: RequestKit, names: Names, notes: Footnotes) -> tuple[Block, ...]:
    left = _desk(kit.sender, _("Requesting office"), notes)
    right = _desk(kit.receiver, _("Requested office"), notes)
    if kit.policy and kit.policy.request_channel:
        way = Fact(_("Way for authorities"), kit.policy.request_channel + notes.refer(kit.policy.sources))
        right = right._replace(facts=(right.facts[0], way))
    blocks: list[Block] = [Beside(left, right)]
    hints = [rule.summary + notes.refer(rule.sources) for rule in kit.of_kind("contact")]
    if hints and (kit.receiver.contact is None or kit.receiver.contact.stale):
        blocks.append(Points(tuple(hints)))
    others = [contact.authority for contact in kit.receiver.also]
    if others:
        told = _("Also named for the same role: {offices}").format(offices="; ".join(others))
        blocks.append(Paragraph(told, "note"))
    return tuple(blocks)


def _desk(desk: Desk, title: str, notes: Footnotes) -> Facts:
    contact = desk.contact
    facts = [Fact(_("Office"), desk.office.name + (notes.refer(contact.sources) if contact else ""))]
    if contact is None:
        facts.append(Fact(_("Contact"), _("none on record"), _("find the office and its address")))
        return Facts(tuple(facts), title)
    ways = (
        (_("Address"), contact.address),
        (_("Telephone"), contact.phone),
        (_("E-mail"), contact.email),
        (_("Website"), contact.website),
    )
    told = [Fact(label, " ".join(way.split())) for label, way in ways if way]
    facts += told or [Fact(_("Contact"), _("none on record"))]
    if contact.available_24_7:
        facts.append(Fact(_("Hours"), _("round the clock")))
    if contact.role:
        facts.append(Fact(_("Role"), contact.role))
    facts.append(Fact(_("Record of"), contact.as_of or _("undated"), _check(contact)))
    if contact.note:
        facts.append(Fact(_("Note"), contact.note))
    return Facts(tuple(facts), title)


def _check(contact: Contact) -> str | None:
    """What to mind about a contact: its age, and that it was named for something else."""
    warnings = [_("older than a year or undated")] if contact.stale else []
    if contact.named_under == "general":
        warnings.append(_("named in general, not for this basis: check that it serves here"))
    elif contact.named_under:
        warnings.append(
            _("named for another basis ({basis}): check that it serves here").format(basis=contact.named_under)
        )
    return "; ".join(warnings) or None


def _glance(kit: RequestKit, names: Names) -> Facts:
    path = kit.path
    certain = _("every condition on record is met") if not kit.to_settle else _("open questions, see below")
    return Facts(
        (
            Fact(_("Measure"), names.label("measure", path.measure)),
            Fact(_("Basis"), told_articles(path)),
            Fact(_("Channel"), names.label("channel", path.legs[kit.border].channel)),
            Fact(_("Answer serves as"), names.label("evidential-use", path.evidential_use)),
            Fact(_("Time limit"), _time_limit(kit)),
            Fact(_("Urgent"), _("yes") if kit.query.urgent else _("no")),
            Fact(_("Law as of"), kit.as_of),
            Fact(_("Conditions"), certain),
        )
    )


def _legal_basis(kit: RequestKit, names: Names, notes: Footnotes) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(_statement(kit, names))]
    told: set[str] = set()
    for basis in kit.basis:
        blocks.append(Paragraph(told_basis(basis, names) + notes.refer(basis.sources)))
        if basis.participations and basis.instrument not in told:
            parties = basis.participations
            blocks.append(Points(tuple(told_party(party, names) + notes.refer(party.sources) for party in parties)))
        told.add(basis.instrument)
    if kit.settled:
        blocks.append(Paragraph(_("Met on the day, as far as on record:")))
        blocks.append(Points(tuple(held.text + notes.refer(held.sources) for held in kit.settled)))
    return tuple(blocks)


def _statement(kit: RequestKit, names: Names) -> str:
    """One sentence for the request itself: who asks whom for what, on which articles, and that they are in force."""
    measure, articles = names.label("measure", kit.path.measure), told_articles(kit.path)
    requesting, receiver = names.state_name(kit.query.requesting), kit.receiver.office
    if kit.form == "information":
        said = _("{requesting} gives information under {articles}.")
    elif kit.form == "voluntary-disclosure":
        said = _("{requesting} invites {requested} to grant {measure} of its own will, on the footing of {articles}.")
    elif kit.form == "provider-order":
        said = _("{requesting} addresses an order to {requested} under {articles}: {measure}.")
    else:
        said = _("{requesting} asks {requested} under {articles}: {measure}.")
    addressed = receiver.name if receiver.kind == "provider" else names.state_name(kit.requested or "")
    told = said.format(requesting=requesting, requested=addressed, measure=measure, articles=articles)
    standing = [held for held in (*kit.settled, *kit.to_settle) if held.code in IN_FORCE]
    if standing and not any(held in kit.to_settle for held in standing):
        told += " " + _("In force for both sides on {day}.").format(day=kit.as_of)
    elif standing:
        told += " " + _("Whether it is in force for both sides on {day} is an open question.").format(day=kit.as_of)
    return told


def _open_questions(kit: RequestKit, notes: Footnotes) -> tuple[Block, ...]:
    if not kit.to_settle:
        return (Paragraph(_("No question is open on record.")),)
    asked = _("The records cannot decide these; the answers belong into the request.")
    ticks = tuple(Tick(held.text + notes.refer(held.sources), held.party) for held in kit.to_settle)
    return (Paragraph(asked, "note"), Ticks(ticks))


def _documents(kit: RequestKit, notes: Footnotes) -> tuple[Block, ...]:
    rules = kit.of_kind("document")
    if not rules:
        return (Paragraph(_("no record: see the instrument"), "note"),)
    return (Ticks(tuple(Tick(_said(rule) + notes.refer(rule.sources), origin_of(rule)) for rule in rules)),)


def _form(kit: RequestKit, names: Names, notes: Footnotes) -> tuple[Block, ...]:
    rules = kit.of_kind("form", "language")
    blocks: list[Block] = [Points(_cited(rules, notes))] if rules else []
    languages = [Fact(language_name(held.language), told_language(held, names)) for held in kit.languages]
    if languages:
        blocks.append(Facts(tuple(languages), _("Languages of the requested side")))
        told = _("Attach a translation into one of them unless the request is written in it.")
        blocks.append(Paragraph(told, "note"))
    if not blocks:
        blocks.append(Paragraph(_("no record: see the instrument"), "note"))
    return tuple(blocks)


def _urgency(kit: RequestKit) -> tuple[Block, ...]:
    points = [_("Time limit for the answer: {limit}").format(limit=_time_limit(kit))]
    points += [held.text for held in (*kit.settled, *kit.to_settle) if held.code in ("urgent-only", "emergency")]
    if kit.path.note:
        points.append(kit.path.note)
    if kit.query.urgent:
        points.append(_("Asked as urgent: say so in the first line, and why it cannot wait."))
    return (Points(tuple(points)),)


def _time_limit(kit: RequestKit) -> str:
    return told_deadline(kit.path) if kit.path.deadline_days is not None else _("none on record")


def _use(kit: RequestKit, notes: Footnotes) -> tuple[Block, ...]:
    rules = kit.of_kind("confidentiality", "use")
    if not rules:
        return (Paragraph(_("no record: see the instrument"), "note"),)
    return (Points(_cited(rules, notes)),)


def _policy(kit: RequestKit, names: Names, notes: Footnotes) -> Facts:
    policy = kit.policy
    assert policy is not None  # noqa: S101 - only called for a kit that has one
    accepts = ", ".join(names.label("provider-accepts", key) for key in policy.accepts)
    lines = (
        (_("Way for authorities"), policy.request_channel),
        (_("Accepts"), accepts),
        (_("Preservation"), policy.preservation),
        (_("Emergencies"), policy.emergency),
        (_("Tells its users"), policy.user_notice),
    )
    facts = [Fact(_("Entity"), policy.entity + notes.refer(policy.sources))]
    facts += [Fact(label, text or _("no record")) for label, text in lines]
    return Facts(tuple(facts))


def _checklist(kit: RequestKit) -> Ticks:
    """What must be true before it is sent: one box for each rule on record, then those of every request."""
    ticks = [Tick(_said(rule), origin_of(rule)) for rule in kit.of_kind("content", "document", "form", "language")]
    if kit.unread:
        unread = "; ".join(entry.name for entry in kit.basis if entry.instrument in kit.unread)
        ticks.append(Tick(_("Contents compared with the text of the instrument"), unread))
    if kit.to_settle:
        ticks.append(Tick(_("Open questions answered")))
    contact = kit.receiver.contact
    if contact is None or contact.stale or contact.named_under:
        ticks.append(Tick(_("Office and contact of the requested side checked")))
    if kit.languages:
        ticks.append(Tick(_("Language or translation right for the requested side")))
    ticks.append(Tick(_("Signed by the competent authority of the requesting side")))
    return Ticks(tuple(ticks))


def _next(kit: RequestKit, names: Names) -> Steps:
    return Steps(tuple(_step(leg, names) for leg in kit.path.legs))


def _step(leg: Leg, names: Names) -> str:
    if leg.kind == "border":
        how = _("across the border, {channel}").format(channel=names.label("channel", leg.channel))
    else:
        inside = leg.to.state or leg.from_.state or ""
        how = _("inside {state}, by its own rules").format(state=names.state_name(inside))
    return _("{sender} to {receiver} ({how})").format(sender=leg.from_.name, receiver=leg.to.name, how=how)


def _cited(rules: tuple[AppliedRule, ...], notes: Footnotes) -> tuple[str, ...]:
    return tuple(f"{_said(rule)} ({origin_of(rule)}){notes.refer(rule.sources)}" for rule in rules)


def _said(rule: AppliedRule) -> str:
    """The rule as something to do, with what limits it."""
    limits = [_("if it applies")] if rule.conditional else []
    limits += [rule.note] if rule.note else []
    return f"{rule.summary} ({'; '.join(limits)})" if limits else rule.summary
