"""The card of a State as a page: offices, ways in, languages, demands, limits, what a request contains, law.

Everything shown is in the card; a part without entries says that nothing is on record.
"""

from __future__ import annotations

from collections.abc import Iterable

from api.wording.paths import Names
from graph.answers import Contact
from graph.how_to_ask import Card, CardOffice, Declared
from graph.request_rules import AppliedRule
from graph.ways_in import WayIn
from locales.texts import _, plural
from terminal.answer import footer, result_word
from terminal.screen import Screen
from terminal.sources import Footnotes


def show_card(screen: Screen, card: Card, names: Names) -> None:
    """Write the card."""
    notes = Footnotes()
    title = _("How to ask {state}, on {day}").format(state=card.name, day=card.on)
    about = [title]
    if card.measure:
        about.append(names.label("measure", card.measure))
    if card.instrument:
        about.append(card.instrument)
    screen.line("; ".join(about), style="bold")
    if card.not_bound:
        screen.line(card.not_bound, style="yellow")
    _offices(screen, card, names, notes)
    _ways_in(screen, card, names, notes)
    _languages(screen, card, names, notes)
    _dual_criminality(screen, card, names, notes)
    _limits(screen, card, notes)
    _rules(screen, card, names, notes)
    _law(screen, card, notes)
    notes.show(screen)
    footer(screen, card.release, card.on)


def _offices(screen: Screen, card: Card, names: Names, notes: Footnotes) -> None:
    screen.heading(_("Offices"))
    kept = [rule for rule in card.rules if rule.kind == "contact"]
    for function in card.functions:
        label = names.label("designation-function", function.function)
        if not function.offices:
            screen.item(f"{label}:", _("no record"), indent=2)
        for office in function.offices:
            screen.item(f"{label}:", _office(office) + notes.refer(office.contact.sources), indent=2)
            _age(screen, office.contact)
    for rule in kept:
        screen.item(screen.sign("bullet"), rule.summary + notes.refer(rule.sources), indent=2)


def _office(office: CardOffice) -> str:
    contact = office.contact
    ways = [contact.address, contact.phone, contact.email, contact.website]
    told = "; ".join(" ".join(way.split()) for way in ways if way)
    reach = told or _("contact not on record")
    round_the_clock = f"; {_('round the clock')}" if contact.available_24_7 else ""
    return f"{office.name}: {reach}{round_the_clock}"


def _age(screen: Screen, contact: Contact) -> None:
    age = _("as of {day}").format(day=contact.as_of) if contact.as_of else _("the source has no date")
    if contact.stale:
        told = _("{age}: older than a year or undated, check before use").format(age=age)
        screen.line(told, style="yellow", indent=6)
    else:
        screen.line(age, style="dim", indent=6)
    if contact.note:
        screen.line(contact.note, style="dim", indent=6)


def _ways_in(screen: Screen, card: Card, names: Names, notes: Footnotes) -> None:
    screen.heading(_("Ways in"))
    by_channel: dict[str, list[WayIn]] = {}
    for way in card.ways_in:
        by_channel.setdefault(way.channel, []).append(way)
    if not by_channel:
        _nothing(screen)
    for channel, ways in by_channel.items():
        told = "; ".join(_way(way) + notes.refer(way.sources) for way in ways)
        screen.item(f"{names.label('channel', channel)}:", told, indent=2)
    if card.two_sided:
        told = plural(
            "{count} treaty with one other State is left out: name it with --instrument",
            "{count} treaties with one other State are left out: name one with --instrument",
            card.two_sided,
        )
        screen.line(told, style="dim", indent=2)


def _way(way: WayIn) -> str:
    articles = _(" art. {articles}").format(articles=", ".join(way.articles)) if way.articles else ""
    doubts = [result_word(way.status)] if way.status != "met" else []
    if not way.stated:
        doubts.append(_("customary, not on record"))
    return f"{way.name}{articles}" + (f" ({', '.join(doubts)})" if doubts else "")


def _languages(screen: Screen, card: Card, names: Names, notes: Footnotes) -> None:
    screen.heading(_("Languages"))
    if not card.languages:
        _nothing(screen)
    for taken in card.languages:
        if taken.stated_by == "official-language":
            told = _("an official language; what it accepts is not on record")
        else:
            label = names.label("language-condition", taken.condition)
            told = _("{condition}, said by {who}").format(condition=label, who=taken.by)
        detail = f" ({taken.text})" if taken.text else ""
        screen.item(f"{taken.language}:", told + detail + notes.refer(taken.sources), indent=2)


def _dual_criminality(screen: Screen, card: Card, names: Names, notes: Footnotes) -> None:
    screen.heading(_("Dual criminality"))
    if not card.dual_criminality and not card.dual_criminality_declared:
        _nothing(screen)
    for demand in card.dual_criminality:
        article = _(" art. {article}").format(article=demand.article) if demand.article else ""
        told = names.label("dual-criminality", demand.demand)
        if demand.min_penalty_years:
            told += "; " + _("offences of at least {years:g} years").format(years=demand.min_penalty_years)
        said = f"{demand.name}{article}: {told}{notes.refer(demand.sources)}"
        screen.item(screen.sign("bullet"), said, indent=2)
    _declared(screen, card.dual_criminality_declared, notes)


def _limits(screen: Screen, card: Card, notes: Footnotes) -> None:
    screen.heading(_("Limits, secrecy and use"))
    rules = [rule for rule in card.rules if rule.kind in ("use", "confidentiality")]
    if not card.limits and not rules:
        _nothing(screen)
    _declared(screen, card.limits, notes)
    for rule in rules:
        _rule(screen, rule, notes)


def _declared(screen: Screen, declared: Iterable[Declared], notes: Footnotes) -> None:
    for held in declared:
        article = _(" art. {article}").format(article=", ".join(held.articles)) if held.articles else ""
        detail = f" ({held.note})" if held.note else ""
        said = f"{held.kind}: {held.summary}{detail}{notes.refer(held.sources)}"
        screen.item(screen.sign("bullet"), f"{held.name}{article}: {said}", indent=2)


def _rules(screen: Screen, card: Card, names: Names, notes: Footnotes) -> None:
    screen.heading(_("What a request must be like"))
    rules = [rule for rule in card.rules if rule.kind in ("content", "document", "form", "language")]
    if not rules:
        screen.line(_("no record: see the instruments"), style="dim", indent=2)
    instrument = None
    for rule in rules:
        if rule.instrument != instrument:
            screen.line(rule.name, style="bold", indent=2)
            instrument = rule.instrument
        lead = _("art. {article}, {kind}:").format(article=rule.article, kind=names.label("request-rule", rule.kind))
        screen.item(lead, _said(rule) + notes.refer(rule.sources), indent=4)


def _rule(screen: Screen, rule: AppliedRule, notes: Footnotes) -> None:
    lead = _("{instrument} art. {articles}").format(instrument=rule.name, articles=rule.article)
    screen.item(screen.sign("bullet"), f"{lead}: {_said(rule)}{notes.refer(rule.sources)}", indent=2)


def _said(rule: AppliedRule) -> str:
    limits = [_("not always"), rule.note] if rule.conditional else [rule.note]
    told = "; ".join(limit for limit in limits if limit)
    return f"{rule.summary} ({told})" if told else rule.summary


def _law(screen: Screen, card: Card, notes: Footnotes) -> None:
    screen.heading(_("Law"))
    if not card.law:
        _nothing(screen)
    for law in card.law:
        citation = f", {law.citation}" if law.citation else ""
        screen.item(screen.sign("bullet"), f"{law.title}{citation}" + notes.refer(law.sources), indent=2)
        if law.url:
            screen.link("    ", law.url)


def _nothing(screen: Screen) -> None:
    screen.line(_("no record"), style="dim", indent=2)
