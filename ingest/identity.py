"""Ids of records whose tables carry none: made of what the record is about, stable from release to release."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from graph.model import (
    Declaration,
    Designation,
    Membership,
    Participation,
    Provision,
    Record,
    RequestRule,
    ReviewFinding,
    StatutoryOffence,
)

R = TypeVar("R", bound=Record)

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Lower-case letters and digits joined by hyphens: ``27(2)(a)`` gives ``27-2-a``."""
    return _NO_SLUG.sub("-", text.lower()).strip("-")


def source_id(url: str, as_of: str | None) -> str:
    """The id of a source: its host, then ten hexadecimal digits of its address and the date it speaks for."""
    host = "pypi" if url.startswith("pypi:") else slug((urlsplit(url).hostname or "").removeprefix("www."))
    digest = hashlib.sha256(f"{url}|{as_of or ''}".encode()).hexdigest()
    return f"{host}-{digest[:10]}"


def segment(record_type: type[Record]) -> str:
    """The class segment of an IRI: ``StatutoryOffence`` gives ``statutory-offence``."""
    return _CAPITAL.sub("-", record_type.__name__).lower()


def fingerprint(*parts: object) -> str:
    """Eight hexadecimal digits of the content."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:8]


def stem(record: Record) -> str:
    """The id of ``record`` as long as no other record has the same."""
    match record:
        case Membership():
            return f"{record.organisation}/{record.state}/{record.status}"
        case Provision():
            return f"{record.instrument}/{slug(record.article or '') or 'n'}"
        case Declaration():
            mark = fingerprint(record.kind, record.articles, record.effect, record.effect_articles, record.summary)
            return f"{record.instrument}/{record.party}/{mark}"
        case RequestRule():
            mark = fingerprint(record.kind, record.request_articles, record.measures, record.summary)
            return f"{record.instrument}/{slug(record.article)}/{mark}"
        case Designation():
            article = slug(record.article or "") or record.function
            return f"{record.authority}/{record.instrument or 'general'}/{article}"
        case StatutoryOffence():
            law = (record.statute, record.provision, record.conduct, record.child_age_below)
            mark = fingerprint(*law, str(record.max_penalty_years), record.technology_specific)
            return f"{record.state}/{record.offence}/{mark}"
        case ReviewFinding():
            return f"{record.state}/{record.criterion}/{fingerprint(record.review, record.edition, record.value)}"
    return record.id


def row_id(record: Record) -> str:
    """The id of the record to which a row contributes, before those with the same are numbered."""
    return f"{record.instrument}/{record.party}" if isinstance(record, Participation) else stem(record)


def _order(record: Record) -> tuple[str, str, bytes]:
    """Memberships of one State in order of time, everything else by content."""
    return stem(record), getattr(record, "joined_on", None) or "", msgspec.json.encode(record)


def numbered(records: Sequence[R]) -> list[R]:
    """Give each record its id; of several with the same stem the second becomes ``stem/2``, by content.

    Provisions without an article number are counted from 1: ``instrument/n1``.
    """
    taken: dict[str, int] = {}
    named: list[R] = []
    for record in sorted(records, key=_order):
        base = stem(record)
        taken[base] = count = taken.get(base, 0) + 1
        if isinstance(record, Provision) and not slug(record.article or ""):
            name = f"{base}{count}"
        else:
            name = base if count == 1 else f"{base}/{count}"
        named.append(msgspec.structs.replace(record, id=name))
    return sorted(named, key=lambda record: record.id)
