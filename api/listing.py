"""Lists of records in pages, as JSON, JSON-LD or a table; and everything on record about one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from api.asking import Asking
from api.fields import named, only
from api.negotiation import CSV, JSON_LD
from api.pages import USUAL, Page
from api.problems import not_found, not_valid
from graph.canonical import list_fields
from graph.lookup import find, kind
from graph.model import Record
from graph.profiles import plain, profile
from graph.questions import QuestionError, resolve_day
from graph.records import Records

LINK = '<{}>; rel="next"'


def listed(
    ask: Asking, cls: type[Record], records: Sequence[Record], page: Page, fields: str | None, media: str
) -> Response:
    """A page of ``records``, all of ``cls``. A table has all rows unless the client limits it."""
    part, following = page.cut(records, ask.at.id, None if media == CSV else USUAL)
    links = LINK.format(following) if following else None
    if media == CSV:
        from graph.exports.tables import columns_of, table

        columns = named(fields, columns_of(cls)) or columns_of(cls)
        return ask.at_once(lambda: table(part, columns).encode(), media, links=links)
    if media == JSON_LD:
        if fields is not None:
            raise not_valid("fields", "linked data come whole: leave fields, or ask for json")
        return ask.at_once(lambda: linked(ask, part), media, links=links)
    names = named(fields, ("id", *cls.__struct_fields__))

    def work() -> bytes:
        items = only((plain(ask.network, record) for record in part), names)
        return msgspec.json.encode({"release": ask.at.id, "total": len(records), "items": items, "next": following})

    return ask.at_once(work, links=links)


def linked(ask: Asking, records: Sequence[Record]) -> bytes:
    """``records`` as JSON-LD."""
    from graph.exports.jsonld import document
    from ontologies.schema import schema

    by_list: dict[str, list[Record]] = {}
    for record in records:
        by_list.setdefault(list_fields()[type(record).__name__], []).append(record)
    chosen: dict[str, Any] = {field: tuple(held) for field, held in by_list.items()}
    return msgspec.json.encode(document(Records(**chosen), schema()))


async def told(ask: Asking, record: Record, on: str | None, fields: str | None, media: str) -> Response:
    """Everything on record about ``record`` on the day; as JSON-LD the part of the release that concerns it."""
    if media == JSON_LD:
        return await ask.in_time(lambda: _concerning(ask, record), media)
    day = resolve_day(on, ask.today)

    def work() -> bytes:
        shown = profile(ask.network, record, day)
        return msgspec.json.encode(only([shown], named(fields, shown))[0])

    return ask.at_once(work)


def _concerning(ask: Asking, record: Record) -> bytes:
    from graph.exports.topics import part
    from ontologies.schema import schema

    concerned = part(ask.network.records, f"{schema().record(type(record).__name__).slug}/{record.id}", schema())
    return linked(ask, [one for field in list_fields().values() for one in getattr(concerned, field)])


def one(ask: Asking, cls: type[Record], text: str) -> Record:
    """The thing of ``cls`` that ``text`` names, by id or by name.

    Raises:
        Problem: there is none (404), with the nearest.
    """
    found: Record = existing(lambda: find(ask.network, f"{kind(cls)}:{text}"))
    return found


def existing(look: Callable[[], Any]) -> Any:
    """What ``look`` finds; what it cannot find is not there (404), with the nearest."""
    try:
        return look()
    except QuestionError as error:
        raise not_found(str(error)) from None
