"""Reservations and declarations: who can make them, under which articles, until when."""

from __future__ import annotations

from collections.abc import Iterator

from graph.articles import root
from graph.dates import before
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

PERMITTED: dict[str, tuple[str, frozenset[str]]] = {
    "cets-185": ("42", frozenset({"4", "6", "9", "10", "11", "14", "20", "21", "22", "29", "41"})),
}
"""Where a treaty closes the list of its reservations: the article that does, and the articles that they may touch.

Budapest Convention article 42: 4(2), 6(3), 9(4), 10(3), 11(3), 14(3), which is about 20 and 21, 22(2), 29(4), 41(1).
"""


def declaration_of_outsider(held: Material) -> Iterator[Hit]:
    """Reservations are made when signing, ratifying or acceding (VCLT article 19): by signatories and parties."""
    for record in held.records.declarations:
        readings = held.readings(record.instrument, record.party)
        if not readings and held.participations.get(record.instrument):
            yield Hit((record,), f"{record.party} declared under {record.instrument}, nothing on record of it there")
        elif readings and all(reading.standing == "excluded" for reading in readings):
            says = f"{record.party} declared under {record.instrument}, from which it is excluded"
            yield Hit((record, *readings), says, "error")


def reservation_not_permitted(held: Material) -> Iterator[Hit]:
    """A treaty may close the list of its reservations (VCLT article 19(b)); its article that does so is on record."""
    for record in held.records.declarations:
        article, permitted = PERMITTED.get(record.instrument, ("", frozenset()))
        if record.kind != "reservation" or article not in held.articles(record.instrument):
            continue
        others = [one for one in record.articles if root(one) not in permitted]
        if others:
            says = f"{record.party}: reservation to article {', '.join(others)} of {record.instrument}"
            yield Hit((record,), f"{says}, not among those of article {article}")


def withdrawn_before_consent(held: Material) -> Iterator[Hit]:
    """What is withdrawn was made, at signature or consent at the earliest (VCLT articles 19 and 22)."""
    for record in held.records.declarations:
        readings = held.readings(record.instrument, record.party)
        dates = [date for reading in readings if (date := reading.signed_on or reading.bound_on)]
        if dates and all(before(record.withdrawn_on, date) for date in dates):
            says = f"{record.id} withdrawn {record.withdrawn_on}; signed or bound {dates[0]}"
            yield Hit((record, *readings), says)


def effect_article_unknown(held: Material) -> Iterator[Hit]:
    """An effect works on articles of the instrument (or its parent) that are on record, else it works on nothing."""
    for record in held.records.declarations:
        instrument = held.instruments[record.instrument]
        known = held.articles(instrument.id) | held.articles(instrument.parent or "")
        missing = [article for article in record.effect_articles if root(article) not in known]
        if known and missing:
            says = f"{record.party}: {record.effect} article {', '.join(missing)} of {instrument.id}, not on record"
            yield Hit((record,), says)


def effect_without_article(held: Material) -> Iterator[Hit]:
    """A reservation excludes or modifies the effect of certain provisions (VCLT article 2(1)(d)): it names them."""
    for record in held.records.declarations:
        if record.effect in ("excludes", "dual-criminality", "central-authority-only") and not record.effect_articles:
            yield Hit((record,), f"{record.party} under {record.instrument}: {record.effect}, no article named")


RULES = (
    Rule(
        key="declaration-of-outsider", severity="doubt", check=declaration_of_outsider,
        demands="who declares under an instrument has signed it or is bound", source="VCLT article 19",
    ),
    Rule(
        key="reservation-not-permitted", severity="error", check=reservation_not_permitted,
        demands="a reservation is one of those that the treaty permits, where it closes the list",
        source="VCLT article 19(b) and the reservations article of the treaty",
    ),
    Rule(
        key="withdrawn-before-consent", severity="error", check=withdrawn_before_consent,
        demands="what is withdrawn was made before", source="VCLT articles 19 and 22",
    ),
    Rule(
        key="effect-article-unknown", severity="gap", check=effect_article_unknown,
        demands="the articles on which a declaration works are on record", source="VCLT article 2(1)(d)",
    ),
    Rule(
        key="effect-without-article", severity="gap", check=effect_without_article,
        demands="a declaration with an effect names the articles on which it works", source="VCLT article 2(1)(d)",
    ),
)  # fmt: skip
