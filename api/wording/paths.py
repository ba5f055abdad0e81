"""How the parts of a path are worded: articles, time limits, languages, and what a party has done when."""

from __future__ import annotations

from typing import Protocol

from graph.answers import HYPOTHETICAL, Basis, Language, PartyDates, Path
from locales.texts import _, plural


class Names(Protocol):
    """What is called how."""

    def label(self, scheme: str, key: str) -> str:
        """The label of a concept."""

    def state_name(self, state: str) -> str:
        """The name of a State."""


def told_articles(path: Path) -> str:
    """The instruments with their articles, each once: ``Budapest Convention art. 29, 35``."""
    by_name: dict[str, list[str]] = {}
    for leg in path.legs:
        for basis in leg.basis:
            held = by_name.setdefault(basis.name, [])
            if basis.article and basis.article not in held:
                held.append(basis.article)
    return "; ".join(
        _("{instrument} art. {articles}").format(instrument=name, articles=", ".join(held)) if held else name
        for name, held in by_name.items()
    )


def told_deadline(path: Path) -> str:
    """How long the instrument allows until the answer: ``8 hours``, ``90 days``, ``no deadline``."""
    days = path.deadline_days
    if days is None:
        return _("no deadline")
    if days < 1:
        hours = round(days * 24)
        return plural("{count} hour", "{count} hours", hours)
    return plural("{count} day", "{count} days", round(days))


def told_language(held: Language, names: Names) -> str:
    """When a language is taken and who says so: ``always, declared``."""
    stated = {
        "declaration": _("declared"),
        "authority": _("as the office says"),
        "official-language": _("an official language; what it accepts is not on record"),
    }[held.stated_by]
    return stated if held.condition == "unknown" else f"{names.label('language-condition', held.condition)}, {stated}"


def told_basis(basis: Basis, names: Names) -> str:
    """``Budapest Convention on Cybercrime, article 35 (24/7 network)``."""
    article = _("{instrument}, article {article}").format(instrument=basis.name, article=basis.article)
    named = article if basis.article else basis.name
    return f"{named} ({basis.heading})" if basis.heading else named


def told_party(party: PartyDates, names: Names) -> str:
    """``France: signed 2001-11-23, ratification 2006-01-10, in force from 2006-05-01``."""
    dates = []
    if party.signed_on:
        dates.append(_("signed {day}").format(day=party.signed_on))
    if party.bound_on:
        dates.append(f"{names.label('action', party.action) if party.action else _('bound')} {party.bound_on}")
    if party.in_force_on:
        dates.append(_("in force from {day}").format(day=party.in_force_on))
    if party.ended_on:
        dates.append(_("ended {day}").format(day=party.ended_on))
    if party.basis == "derived" and party.rule:
        dates.append(_("deduced: {rule}").format(rule=party.rule))
    if party.basis == HYPOTHETICAL:
        dates.append(_("assumed: {rule}").format(rule=party.rule) if party.rule else _("assumed"))
    if party.contested:
        dates.append(_("sources contradict each other"))
    return f"{names.state_name(party.party)}: {', '.join(dates) or _('no dates on record')}"
