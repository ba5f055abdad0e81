"""Changes between releases as an Atom feed (RFC 4287), for feed readers: one entry for each party and each record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import msgspec

from graph.changes import Changes, RecordChange, StandingChange, in_words
from graph.description import LICENCE
from ontologies.iris import THINGS

MEDIA = "application/atom+xml"

ATOM = "http://www.w3.org/2005/Atom"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""

Xml.register_namespace("", ATOM)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry tells; ``updated`` is when the release was built."""

    id: str
    title: str
    updated: str
    categories: tuple[str, ...]
    lines: tuple[str, ...]


def entries(changes: Changes, built_at: str) -> list[Entry]:
    """The entries of one step from a release to another: parties first, since that is what readers look for."""
    step = f"{THINGS}release/{quote(changes.until)}/since/{quote(changes.since)}"
    standings = [_standing(one, step, built_at, changes.on) for one in changes.standings]
    return standings + [_record(one, step, built_at) for one in changes.records]


def feed(found: Iterable[Entry], *, updated: str, here: str, following: str | None) -> bytes:
    """The feed document; ``here`` and ``following`` (the next page, RFC 5005) are addresses of its own."""
    root = Xml.Element(f"{{{ATOM}}}feed")
    _text(root, "id", f"{THINGS}changes")
    _text(root, "title", "Comity: changes between releases")
    _text(root, "updated", updated)
    _text(root, "rights", f"CC-BY-4.0 {LICENCE}")
    _text(Xml.SubElement(root, f"{{{ATOM}}}author"), "name", "Comity")
    Xml.SubElement(root, f"{{{ATOM}}}link", rel="self", type=MEDIA, href=here)
    if following:
        Xml.SubElement(root, f"{{{ATOM}}}link", rel="next", type=MEDIA, href=following)
    for one in found:
        entry = Xml.SubElement(root, f"{{{ATOM}}}entry")
        _text(entry, "id", one.id)
        _text(entry, "title", one.title)
        _text(entry, "updated", one.updated)
        for category in one.categories:
            Xml.SubElement(entry, f"{{{ATOM}}}category", term=category)
        _text(entry, "content", "\n".join(one.lines)).set("type", "text")
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _standing(one: StandingChange, step: str, built_at: str, on: str) -> Entry:
    return Entry(
        id=f"{step}/standing/{quote(one.instrument, safe='')}/{quote(one.party, safe='')}",
        title=f"{one.party_name}, {one.instrument_name}: {in_words(one.after)}",
        updated=built_at,
        categories=("standing",),
        lines=(f"On {on}", f"before: {in_words(one.before)}", f"now: {in_words(one.after)}"),
    )


def _record(one: RecordChange, step: str, built_at: str) -> Entry:
    name = f" ({one.label})" if one.label != one.id else ""
    lines = []
    for field in one.fields:
        lines.append(f"{field.field}: {_said(field.before)} → {_said(field.after)}")
        lines += [f"  {cite.url} ({cite.as_of or 'undated'})" for cite in field.sources_after or field.sources_before]
    return Entry(
        id=f"{step}/{one.record_class}/{quote(one.id, safe='')}",
        title=f"{one.kind}: {one.record_class} {one.id}{name}",
        updated=built_at,
        categories=(one.kind, one.record_class),
        lines=tuple(lines),
    )


def _said(value: Any) -> str:
    if value is None:
        return "no record"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _text(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _NOT_XML.sub("\ufffd", text)
    return element
