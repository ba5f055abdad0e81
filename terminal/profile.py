"""A profile (what ``graph.profiles`` gathers about one thing) as a page: its fields, then each relation as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.answers import Cite
from locales.texts import _, plural
from terminal.answer import footer, result_word
from terminal.screen import Screen
from terminal.sources import Footnotes

NOT_FIELDS = {
    "class",
    "id",
    "release",
    "on",
    "sources",
    "evidence",
    "counts",
    "basis",
    "contested",
    "protocols",
    "entry",
}
"""Entries of a profile that are shown in their own way."""

LINES: dict[str, tuple[str, ...]] = {
    "provisions": ("article", "heading", "role", "measures", "channels", "offences", "deadline_days", "text_status"),
    "request_rules": ("article", "kind", "summary", "conditional"),
    "declarations": ("instrument", "party", "articles", "kind", "summary", "languages"),
    "instruments": ("short_name", "instrument", "reason"),
    "memberships": ("organisation", "status", "joined_on", "left_on"),
    "members": ("state", "status", "joined_on", "left_on"),
    "channels": ("channel", "instrument", "article", "measures", "note"),
    "authorities": ("name", "kind", "id", "phone", "email", "website"),
    "parts": ("name", "kind", "id"),
    "designations": ("function", "instrument", "article", "role"),
    "statutes": ("title", "provision", "id"),
    "offences": ("offence", "provision", "conduct", "max_penalty_years"),
    "review_findings": ("criterion", "value", "review", "edition"),
    "establishments": ("entity", "service", "jurisdiction", "id"),
    "conflicts": ("about", "field", "readings"),
}
"""Relations that are shown as lines, with the fields of each line in order."""


def show_profile(screen: Screen, profile: Mapping[str, Any]) -> None:
    """Write a profile."""
    notes = Footnotes()
    name = next((profile[key] for key in ("name", "short_name", "title", "entity", "label") if profile.get(key)), "")
    head = f"{name} ({profile['class']} {profile['id']})" if name else f"{profile['class']} {profile['id']}"
    screen.line(head, style="bold")
    for field, value in profile.items():
        told = _told(value)
        if field not in NOT_FIELDS and not _is_relation(value) and told and told != name:
            screen.item(f"{_words(field)}:", told, indent=2)
    if profile["sources"]:
        screen.item(_("stated by:"), _refer(notes, profile["sources"]).strip(), indent=2)
    if "counts" in profile:
        _counts(screen, profile)
    if profile.get("parties"):
        _parties(screen, profile["parties"], notes)
    for section, title in titles().items():
        rows = profile.get(section, ())
        if section in LINES and _is_relation(rows):
            _section(screen, title, section, rows, notes)
    notes.show(screen)
    footer(screen, profile["release"], profile["on"])


def _is_relation(value: Any) -> bool:
    """Whether ``value`` lists other records, and not keys or texts."""
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def titles() -> dict[str, str]:
    """Headings of the relations, in the order in which they are shown."""
    return {
        "provisions": _("Provisions"),
        "parties": _("Parties"),
        "instruments": _("Instruments"),
        "memberships": _("Memberships"),
        "members": _("Members"),
        "channels": _("Channels"),
        "authorities": _("Authorities"),
        "parts": _("Parts"),
        "designations": _("Designations"),
        "request_rules": _("What a request must be like"),
        "declarations": _("Declarations and reservations"),
        "statutes": _("Statutes"),
        "offences": _("Offences"),
        "review_findings": _("Review findings"),
        "establishments": _("Establishments"),
        "conflicts": _("Sources contradict each other"),
    }


def _counts(screen: Screen, profile: Mapping[str, Any]) -> None:
    told = _("On {day}: {in_force} in force, {bound} bound, {signed_only} signed only, {unknown} unknown.")
    screen.line(told.format(day=profile["on"], **profile["counts"]), style="bold", indent=2)
    if profile["entry"]:
        entry = _("consents to be bound counted: {counted} of the {needed} needed for entry into force")
        screen.line(entry.format(**profile["entry"]), indent=2)
    if profile["protocols"]:
        screen.item(_("protocols:"), ", ".join(profile["protocols"]), indent=2)


def _parties(screen: Screen, parties: Sequence[Mapping[str, Any]], notes: Footnotes) -> None:
    screen.heading(f"{_('Parties')} ({len(parties)})")
    table = screen.table(_("party"), _("signed"), _("bound"), _("in force"), _("on the day"))
    for party in parties:
        mark = screen.result(party["status"], result_word(party["status"]))
        status = mark.append(f" ({party['code']})" if party["status"] != "met" else "", style="dim")
        table.add_row(
            party["party"],
            party["signed_on"] or "",
            party["bound_on"] or "",
            party["in_force_on"] or "",
            status,
        )
        _refer(notes, party["sources"])
    screen.show(table)


def _section(screen: Screen, title: str, section: str, rows: Sequence[Mapping[str, Any]], notes: Footnotes) -> None:
    screen.heading(f"{title} ({len(rows)})")
    for row in rows:
        told = "; ".join(text for field in LINES[section] if (text := _field(field, row.get(field))))
        lead = screen.result(row["status"], result_word(row["status"])) if section == "instruments" else None
        text = told + _refer(notes, row.get("sources", ()))
        screen.item(lead.append(":") if lead else screen.sign("bullet"), text, indent=2)


def _field(field: str, value: Any) -> str:
    told = _told(value)
    if not told:
        return ""
    if field in ("article", "articles"):
        return _("art. {article}").format(article=told)
    if field == "joined_on":
        return _("since {day}").format(day=told)
    if field == "left_on":
        return _("until {day}").format(day=told)
    if field == "max_penalty_years":
        if told == "life":
            return _("up to imprisonment for life")
        return _("up to {years} years").format(years=told)
    if field == "deadline_days":
        return plural("answer in {count} day", "answer in {count} days", value)
    return told


def _told(value: Any) -> str:
    """A value as text; empty for what says nothing."""
    if value is None or value is False or value == []:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return " ".join(str(value).split())


def _words(field: str) -> str:
    return field.replace("_", " ")


def _refer(notes: Footnotes, sources: Sequence[Mapping[str, Any]]) -> str:
    return notes.refer(Cite(source["url"], source["as_of"], source["publisher"]) for source in sources)
