"""Finding a thing by id or by any of its names: State, instrument, authority, statute, provider, organisation, concept.

An exact id comes before a name, a whole name before words of one, and what is found must be unique; ``class:id``
(``organisation:eu``) settles doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from graph.model import (
    Authority,
    Concept,
    Establishment,
    Instrument,
    Organisation,
    Provider,
    Record,
    Source,
    State,
    Statute,
)
from graph.network import Network
from graph.questions import NEAREST, QuestionError, folded, nearest, resolve_state

NAME_FIELDS: dict[type[Record], tuple[str, ...]] = {
    State: ("name", "official_name", "alpha2"),
    Instrument: ("short_name", "title"),
    Organisation: ("name",),
    Provider: ("name",),
    Establishment: ("entity",),
    Authority: ("name", "local_name"),
    Statute: ("title", "local_title", "citation"),
    Concept: ("key", "label"),
    Source: ("url",),
}
"""What can be looked up, and under which of its fields."""


def find(network: Network, text: str) -> Record:
    """The one thing that ``text`` names.

    Raises:
        QuestionError: nothing is called so, or several things are; the message lists them or the nearest.
    """
    wanted = " ".join(text.split())
    prefix, _, rest = wanted.partition(":")
    kinds = {kind(cls): cls for cls in NAME_FIELDS}
    only = kinds.get(prefix.strip().casefold()) if rest else None
    if only:
        wanted = rest.strip()
    among = [record for record in things(network) if only is None or isinstance(record, only)]
    key = folded(wanted)
    stages: tuple[Callable[[Record], bool], ...] = (
        lambda record: record.id == wanted or (isinstance(record, State) and record.alpha2 == wanted),
        lambda record: folded(record.id) == key,
        lambda record: key in map(folded, names_of(record)),
    )
    for fits in stages if key else ():
        found = [record for record in among if fits(record)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(sorted(told_as(record) for record in found)[: 2 * NEAREST])
            raise QuestionError(f"{wanted!r} names several things: {listed}; use one of these")
    if only in (None, State):
        try:
            return network.states[resolve_state(network, wanted)]
        except QuestionError:
            if only is State:
                raise
    partly = [record for record in among if not isinstance(record, Source | Concept) and _holds_words(record, key)]
    if len(partly) == 1:
        return partly[0]
    names = {name: record for record in among for name in (record.id, *names_of(record))}
    likely = [*partly, *(names[name] for name in nearest(wanted, names, 2 * NEAREST))]
    close = list(dict.fromkeys(told_as(record) for record in likely))[:NEAREST]
    told = f"nearest: {', '.join(close)}" if close else "name a State, instrument, authority, statute, provider or body"
    raise QuestionError(f"nothing is called {wanted[:60]!r}; {told}")


def _holds_words(record: Record, key: str) -> bool:
    """Whether a name of ``record`` has the (folded) words in a row: ``lanzarote`` in "Lanzarote Convention"."""
    return bool(key) and any(f" {key} " in f" {folded(name)} " for name in names_of(record))


def resolve_instrument(network: Network, text: str) -> str:
    """Id of the instrument that ``text`` names.

    Raises:
        QuestionError: no instrument is called so, or several are.
    """
    if text in network.instruments:
        return text
    return find(network, f"{kind(Instrument)}:{text}").id


def kind(cls: type[Record]) -> str:
    """The word for a class of things in ids and outputs: ``instrument``, ``state`` …"""
    return cls.__name__.lower()


def things(network: Network) -> Iterator[Record]:
    """Everything that can be looked up."""
    records = network.records
    for listed in (
        records.states,
        records.instruments,
        records.organisations,
        records.providers,
        records.establishments,
        records.authorities,
        records.statutes,
        records.concepts,
        records.sources,
    ):
        yield from listed


def names_of(record: Record) -> list[str]:
    """The names of ``record`` on record, the usual one first."""
    return [name for field in NAME_FIELDS[type(record)] if (name := getattr(record, field))]


def told_as(record: Record) -> str:
    """How to name ``record`` without doubt, with its name where the id does not tell."""
    name = " ".join(next(iter(names_of(record)), "").split())
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    return f"{kind(type(record))}:{record.id}" + (f" ({shown})" if shown and shown != record.id else "")


def resolve_near_miss(network: Network, text: str) -> str:
    """Id of what a why-not line can be about: an instrument, the organisation behind a channel, an establishment.

    Raises:
        QuestionError: none of them is called so.
    """
    if text in network.organisations or text in network.establishments:
        return text
    try:
        return resolve_instrument(network, text)
    except QuestionError as error:
        for cls in (Organisation, Establishment):
            with suppress(QuestionError):
                return find(network, f"{kind(cls)}:{text}").id
        raise error
