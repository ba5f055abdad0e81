"""From what a person writes to a question that can be searched: States, keys, providers and days by any usual name.

Every error is one line that names what is wrong and the nearest valid values. The network's own records are tried
first; names in other languages and likeness come from libraries that are loaded only on a miss, so that a question
in ids costs nothing. No clock in here: who calls says what day it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from graph.answers import Question
from graph.dates import is_partial_date
from graph.network import Network
from graph.providers import NO_MATTER_OF_PROVIDERS

PROVIDER_PREFIX = "provider:"

EVERYDAY_NAMES = {
    "birmanie": "MMR",
    "burma": "MMR",
    "drc": "COD",
    "eu": "EUE",
    "england": "GBR",
    "great britain": "GBR",
    "holland": "NLD",
    "ivory coast": "CIV",
    "rdc": "COD",
    "swaziland": "SWZ",
    "u k": "GBR",
    "u s a": "USA",
    "uae": "ARE",
    "uk": "GBR",
    "us of a": "USA",
    "vatican": "VAT",
}
"""Short forms and former names in daily use that the name data of the libraries leave out."""

SHARED_NAMES = {"congo": ("COD", "COG")}
"""Names that several States go by in daily use: which is meant has to be said."""

LANGUAGES = (
    "en", "fr", "es", "ar", "pt", "de", "ru", "zh", "zh_Hant", "ja", "ko", "it", "nl", "pl", "tr", "uk", "vi", "th",
    "id", "hi", "fa", "sw", "ro", "el", "cs", "sv",
)  # fmt: skip
"""Languages in which names of States are understood (CLDR locales)."""

NEAREST = 3
"""How many valid values an error names."""

LIKENESS = 60
"""Similarity (0 to 100) below which a value is not offered as what may have been meant."""


class QuestionError(ValueError):
    """A question names something that does not exist. The message is one line, with the nearest valid values."""


def ask(
    network: Network,
    from_: str,
    to: str,
    measure: str,
    *,
    offence: str | None = None,
    on: str | None = None,
    urgent: bool = False,
    evidence: bool = False,
    via: str | None = None,
    today: date | None = None,
) -> Question:
    """The question in ids and keys. ``to`` is a State, or ``provider:<id or name>``; ``today`` stands in for ``on``.

    Raises:
        QuestionError: a name, key or day is not valid, or both sides are the same State.
    """
    requesting = resolve_state(network, from_)
    requested = provider = None
    if to.strip().casefold().startswith(PROVIDER_PREFIX):
        provider = resolve_provider(network, to)
    else:
        requested = resolve_state(network, to)
        if requested == requesting:
            name = network.state_name(requesting)
            raise QuestionError(f"{name} ({requesting}) stands on both sides: name two different States")
    wanted = resolve_concept(network, "measure", measure)
    if provider is not None and wanted in NO_MATTER_OF_PROVIDERS:
        label = network.label("measure", wanted)
        raise QuestionError(f"{label} is nothing that a provider can be asked for: name the State instead")
    return Question(
        requesting=requesting,
        requested=requested,
        provider=provider,
        measure=wanted,
        offence=resolve_concept(network, "offence", offence) if offence is not None else None,
        on=resolve_day(on, today),
        urgent=urgent,
        evidence=evidence,
        via=resolve_concept(network, "channel", via) if via is not None else None,
    )


def resolve_state(network: Network, text: str) -> str:
    """Id of the State that ``text`` names: alpha-3, alpha-2 or numeric code, or a name in many languages, in any case.

    Raises:
        QuestionError: no State is called so, or several are.
    """
    states = network.states
    wanted = text.strip()
    if wanted.upper() in states:
        return wanted.upper()
    key = folded(wanted)
    found = {
        state.id
        for state in states.values()
        if key and key in (folded(state.name), folded(state.official_name or ""), folded(state.alpha2 or ""))
    }
    found |= {id_ for id_ in SHARED_NAMES.get(key, ()) if id_ in states}
    if wanted.isdecimal():
        digits = wanted.lstrip("0")
        found |= {state.id for state in states.values() if state.numeric and state.numeric.lstrip("0") == digits}
    if not found:
        found = {id_ for id_ in _by_library(key) if id_ in states}
    if len(found) == 1:
        return found.pop()
    if found:
        raise QuestionError(f"{_quoted(text)} names several States: {_listed(network, sorted(found))}; use the code")
    names = {name: state.id for state in states.values() for name in (state.name, state.official_name) if name}
    close = list(dict.fromkeys(names[name] for name in nearest(wanted, names, 2 * NEAREST)))[:NEAREST]
    told = f"nearest: {_listed(network, close)}" if close else "use an ISO 3166 code or a name, such as FRA or France"
    raise QuestionError(f"no State is called {_quoted(text)}; {told}")


def resolve_concept(network: Network, scheme: str, text: str) -> str:
    """Key of the concept of ``scheme`` (``measure``, ``offence``, ``channel`` …) named by its key or label.

    Raises:
        QuestionError: the vocabulary has no such concept.
    """
    if f"{scheme}/{text}" in network.concepts:
        return text
    concepts = {concept.key: concept.label for concept in network.concepts.values() if concept.scheme == scheme}
    key = text.strip().casefold().removeprefix(f"{scheme}/").replace("_", "-").replace(" ", "-")
    if key in concepts:
        return key
    for known, label in concepts.items():
        if folded(label) == folded(text):
            return known
    by_label = {**{label: known for known, label in concepts.items()}, **{known: known for known in concepts}}
    close = list(dict.fromkeys(by_label[name] for name in nearest(text, by_label, 2 * NEAREST)))[:NEAREST]
    told = f"nearest: {', '.join(close)}" if close else f"valid: {', '.join(sorted(concepts))}"
    raise QuestionError(f"no {scheme} is called {_quoted(text)}; {told}")


def resolve_provider(network: Network, text: str) -> str:
    """Id of a provider or of one of its establishments, with or without ``provider:``, by id or name.

    Raises:
        QuestionError: no provider is called so, or several are.
    """
    wanted = text.strip()
    if wanted.casefold().startswith(PROVIDER_PREFIX):
        wanted = wanted[len(PROVIDER_PREFIX) :].strip()
    key = folded(wanted)
    for id_ in (*network.providers, *network.establishments):
        if key and folded(id_) == key:
            return id_
    names: dict[str, str] = {provider.name: provider.id for provider in network.providers.values()}
    found = {id_ for name, id_ in names.items() if key and folded(name) == key}
    found = found or {
        held.provider
        for held in network.establishments.values()
        if key and f" {key} " in f" {folded(held.service or '')} "
    }
    entities = {held.entity: held.id for held in network.establishments.values() if held.entity}
    found = found or {id_ for name, id_ in entities.items() if folded(name) == key}
    if len(found) == 1:
        return found.pop()
    if found:
        raise QuestionError(f"{_quoted(text)} names several providers: {', '.join(sorted(found))}; use the id")
    names |= {id_: id_ for id_ in (*network.providers, *network.establishments)} | entities
    close = list(dict.fromkeys(names[name] for name in nearest(wanted, names, 2 * NEAREST)))[:NEAREST]
    offered = close or sorted(network.providers)[: 2 * NEAREST]
    told = ", ".join(PROVIDER_PREFIX + id_ for id_ in offered)
    raise QuestionError(
        f"no provider is called {_quoted(text)}; {'nearest' if close else 'for example'}: {told or 'none on record'}"
    )


def resolve_day(text: str | None, today: date | None = None) -> str:
    """The day asked about as ``YYYY-MM-DD``; ``today`` where ``text`` is ``None``.

    Raises:
        QuestionError: not a whole day of the calendar.
    """
    if text is None:
        if today is None:
            raise QuestionError("no day given: write it as YYYY-MM-DD")
        return today.isoformat()
    wanted = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted, flags=re.ASCII):
        try:
            return date.fromisoformat(wanted).isoformat()
        except ValueError as error:
            raise QuestionError(f"{_quoted(text)} is not a day: {error}") from None
    if wanted.isascii() and is_partial_date(wanted):
        whole = wanted + "-01" * (3 - len(wanted.split("-")))
        raise QuestionError(f"{_quoted(text)} is not a whole day; name one, such as {whole}")
    raise QuestionError(f"{_quoted(text)} is not a day: write it as YYYY-MM-DD, such as 2026-12-31")


@lru_cache(maxsize=1 << 14)  # the names of all States in all languages, and what people write
def folded(text: str) -> str:
    """``text`` without case, accents and punctuation, single-spaced: what two spellings of a name share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(kept.split())


def nearest(value: str, choices: Iterable[str], limit: int = NEAREST) -> list[str]:
    """The choices most like ``value``, best first; empty when none is like it."""
    from rapidfuzz import fuzz, process  # slow to load, needed only for errors

    found = process.extract(
        value, sorted(choices), scorer=fuzz.WRatio, processor=folded, score_cutoff=LIKENESS, limit=limit
    )
    return [str(choice) for choice, _, _ in found]


def _by_library(key: str) -> set[str]:
    """Alpha-3 codes of the States that the libraries' name data call ``key`` (folded), in any known language."""
    if not key:
        return set()
    if key in EVERYDAY_NAMES:
        return {EVERYDAY_NAMES[key]}
    alpha3, by_name = _countries()
    found = by_name.get(key)
    if found:
        return set(found)
    for language in LANGUAGES:
        known = {alpha3[code] for code in _territories(language).get(key, ()) if code in alpha3}
        if known:
            return known
    return set()


@cache
def _countries() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Alpha-2 code → alpha-3 code, and folded name → alpha-3 codes, as ISO 3166 has them."""
    import pycountry

    alpha3: dict[str, str] = {"XK": "XKX", "EU": "EUE"}
    by_name: dict[str, set[str]] = {}
    for country in pycountry.countries:
        alpha3[country.alpha_2] = country.alpha_3
        for name in (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")):
            by_name.setdefault(folded(name), set()).add(country.alpha_3)
    return alpha3, by_name


@cache
def _territories(language: str) -> dict[str, set[str]]:
    """Folded name of a territory in ``language`` → alpha-2 codes, from CLDR."""
    from babel import Locale

    names: dict[str, set[str]] = {}
    for code, name in Locale.parse(language).territories.items():
        names.setdefault(folded(name), set()).add(code)
    return names


def _listed(network: Network, states: Iterable[str]) -> str:
    return ", ".join(f"{network.state_name(state)} ({state})" for state in states)


def _quoted(text: str) -> str:
    """The input as shown in an error: on one line, cut where it is very long."""
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 60 else flat[:57] + "...")
