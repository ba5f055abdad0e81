"""Offices named under instruments: by whom, under which article, for what."""

from __future__ import annotations

from collections.abc import Iterator

from graph.articles import root
from graph.dates import before
from graph.model import Designation
from ingest.review.finding import Hit, Rule
from ingest.review.material import Material

_BOUND = frozenset({"party", "named", "not-in-force"})

UNFIT: dict[str, frozenset[str]] = {
    "mutual-assistance": frozenset({"hotline", "regulator", "europol-national-unit", "contact-point-24-7"}),
    "extradition": frozenset({"hotline", "regulator", "europol-national-unit", "eurojust-member"}),
    "contact-point-24-7": frozenset({"hotline", "regulator", "court", "eurojust-member", "extradition-authority"}),
    "police": frozenset({"hotline", "court", "eurojust-member", "extradition-authority"}),
    "prosecution": frozenset({"hotline", "regulator", "interpol-ncb", "europol-national-unit"}),
    "transfer-of-sentenced-persons": frozenset({"hotline", "regulator", "interpol-ncb", "contact-point-24-7"}),
    "public-reports": frozenset({"court", "extradition-authority", "eurojust-member", "central-authority"}),
}
"""For each function the kinds of office that do not perform it, by the definitions of the two vocabularies."""


def designation_without_participation(held: Material) -> Iterator[Hit]:
    """Only a party names an authority under an instrument (cets-185 articles 24(7), 27(2) and 35(1): each Party)."""
    for record in held.records.designations:
        parties = held.participations.get(record.instrument or "")
        if parties and record.state not in parties:
            says = f"{record.state} names {record.authority} under {record.instrument}, nothing on record of it there"
            yield Hit((record,), says)


def designation_of_signatory(held: Material) -> Iterator[Hit]:
    """Who has only signed has no authority to name yet (cets-185 article 27(2)(c): when signing or depositing)."""
    for record in held.records.designations:
        readings = held.readings(record.instrument, record.state)
        if readings and all(reading.standing not in _BOUND for reading in readings):
            stands = f"it stands as {readings[0].standing} there"
            says = f"{record.state} names {record.authority} under {record.instrument}; {stands}"
            yield Hit((record, *readings), says)


def designation_before_consent(held: Material) -> Iterator[Hit]:
    """An office is named when signing or depositing, or later (cets-185 article 27(2)(c), UNTOC article 18(13))."""
    for record in held.records.designations:
        readings = held.readings(record.instrument, record.state)
        began = [reading.signed_on or reading.bound_on or reading.in_force_on for reading in readings]
        if readings and all(before(record.valid_from, date) for date in began):
            says = f"{record.authority} named under {record.instrument} from {record.valid_from}, consent {began[0]}"
            yield Hit((record, *readings), says)


def designation_after_end(held: Material) -> Iterator[Hit]:
    """What an instrument gave ends with it (VCLT article 70(1)(a))."""
    for record in held.records.designations:
        readings = held.readings(record.instrument, record.state)
        ended = [reading.ended_on for reading in readings if before(reading.ended_on, held.today)]
        if ended and len(ended) == len(readings) and record.valid_until is None:
            says = f"{record.state} names {record.authority} under {record.instrument}, which ended for it {ended[0]}"
            yield Hit((record, *readings), says)


def designation_article_unknown(held: Material) -> Iterator[Hit]:
    """The article under which an office is named is on record, if articles of the instrument (or its parent) are."""
    for record in held.records.designations:
        instrument = held.instruments.get(record.instrument or "")
        if instrument is None or not record.article:
            continue
        known = held.articles(instrument.id) | held.articles(instrument.parent or "")
        missing = [article for article in _articles(record) if root(article) not in known]
        if known and missing:
            says = f"{record.authority} under {instrument.id}: article {', '.join(missing)} is not on record"
            yield Hit((record,), says)


def _articles(record: Designation) -> list[str]:
    return [part.strip() for part in (record.article or "").replace(",", ";").split(";") if part.strip()]


def designation_kind_unfit(held: Material) -> Iterator[Hit]:
    """The kind of the office performs the function (definitions of authority-kind and designation-function)."""
    authorities = {record.id: record for record in held.records.authorities}
    for record in held.records.designations:
        office = authorities[record.authority]
        if office.kind in UNFIT.get(record.function, frozenset()):
            yield Hit((record, office), f"{office.id} is of kind {office.kind}, named for {record.function}")


def designation_of_other_state(held: Material) -> Iterator[Hit]:
    """A State names its own offices; for a territory that of the State which answers for it may be named."""
    authorities = {record.id: record for record in held.records.authorities}
    territories = {record.id for record in held.records.states if record.kind == "territory"}
    for record in held.records.designations:
        office = authorities[record.authority]
        if office.state != record.state and record.state not in territories:
            yield Hit((record, office), f"{record.state} names {office.id}, an office of {office.state}")


def designation_out_of_order(held: Material) -> Iterator[Hit]:
    """A designation begins before it ends."""
    for record in held.records.designations:
        if before(record.valid_until, record.valid_from):
            says = f"{record.authority} named from {record.valid_from} until {record.valid_until}"
            yield Hit((record,), says)


RULES = (
    Rule(
        key="designation-without-participation", severity="doubt", check=designation_without_participation,
        demands="who names an office under an instrument is on record there",
        source="the designating articles, such as cets-185 articles 24(7), 27(2), 35(1)",
    ),
    Rule(
        key="designation-of-signatory", severity="doubt", check=designation_of_signatory,
        demands="who names an office under an instrument is bound by it", source="such as cets-185 article 27(2)(c)",
    ),
    Rule(
        key="designation-before-consent", severity="error", check=designation_before_consent,
        demands="an office is named when its State signs or consents, or later",
        source="such as cets-185 article 27(2)(c) and UNTOC article 18(13)",
    ),
    Rule(
        key="designation-after-end", severity="doubt", check=designation_after_end,
        demands="an office is named under an instrument that has not ended for its State",
        source="VCLT article 70(1)(a)",
    ),
    Rule(
        key="designation-article-unknown", severity="gap", check=designation_article_unknown,
        demands="the article under which an office is named is on record", source="the provisions of the instrument",
    ),
    Rule(
        key="designation-kind-unfit", severity="doubt", check=designation_kind_unfit,
        demands="the kind of an office fits its function",
        source="definitions of the vocabularies authority-kind and designation-function",
    ),
    Rule(
        key="designation-of-other-state", severity="error", check=designation_of_other_state,
        demands="a State names its own offices", source="such as UNTOC article 18(13)",
    ),
    Rule(
        key="designation-out-of-order", severity="error", check=designation_out_of_order,
        demands="a designation begins before it ends", source="the meaning of valid_from and valid_until",
    ),
)  # fmt: skip
