"""Below which age the law speaks of a child, and how heavily it punishes, beside what treaties ask for.

A child is every human being below eighteen (CRC article 1; cets-201 article 3(a); cets-197 article 4(d)). For child
sexual abuse material cets-185 article 9(3) allows a lower limit of not less than sixteen. The age below which sexual
activities are prohibited as such is each State's own (cets-201 article 18(2)), so that offences built on it,
solicitation among them (article 23), are not measured here.
"""

from __future__ import annotations

import msgspec

from graph.answers import Cite
from graph.criminalisation import CSAM_CONDUCTS
from graph.dates import MET, NOT_MET, UNKNOWN, Tri
from graph.gaps.judgement import RESULTS, Evidence, Judgement, Status, provisions_on
from graph.network import Network

MAJORITY = 18
"""Years below which everyone is a child (CRC article 1, cets-201 article 3(a))."""

AGE_OFFENCES: tuple[str, ...] = (*sorted(CSAM_CONDUCTS), "performances", "child-prostitution", "child-trafficking")
"""Offences that protect all below eighteen (cets-201 articles 19 to 21, OPSC article 3, UN TIP article 3(d))."""

SERIOUS_CRIME_YEARS = 4.0
"""A serious crime is punishable by a maximum of at least four years (UNTOC article 2(b))."""

UNION_DIRECTIVE = "eu-csa-2011-93"
UNION_MINIMA: dict[str, tuple[float, str]] = {
    "csam-possession": (1.0, "5(2)"),
    "csam-access": (1.0, "5(3)"),
    "csam-distribution": (2.0, "5(4)"),
    "csam-production": (3.0, "5(6)"),
    "grooming": (1.0, "6(1)"),
}
"""Offence → the maximum term that Directive 2011/93/EU asks for at least, in years, and the article."""


class Penalty(msgspec.Struct, frozen=True, kw_only=True):
    """The heaviest maximum penalty on record for an offence beside a term that an instrument asks for.

    ``required_years`` by ``instrument`` article ``article``; ``result``: met, not met or unknown.
    """

    offence: str
    label: str
    max_penalty_years: float | str | None
    required_years: float
    instrument: str
    article: str
    result: Tri
    reason: str
    sources: tuple[Cite, ...] = ()


def age_judgement(network: Network, state: str, offence: str, on: int) -> Judgement | None:
    """Whether ``offence`` protects everyone below eighteen in ``state``; ``None`` where no provision is on record.

    Met where any provision in force reaches eighteen. A gap only where every provision states a lower age.
    """
    rows = provisions_on(network, state, (offence,), on)
    held = [row for row in rows if row.holds == MET]
    if not rows:
        return None
    status, reason = _weigh_ages(held, any(row.holds == UNKNOWN for row in rows))
    return Judgement(
        topic="age",
        key=offence,
        label=network.label("offence", offence),
        status=status,
        result=RESULTS.get(status, UNKNOWN),
        reason=reason,
        evidence=rows,
    )


def _weigh_ages(held: list[Evidence], more: bool) -> tuple[Status, str]:
    stated = [row.child_age_below for row in held if row.child_age_below is not None]
    highest = max(stated, default=None)
    if highest is not None and highest >= MAJORITY:
        return "satisfied", f"a child is anyone below {highest}"
    if highest is None:
        return "no-record", "the age of the child is not on record"
    if more or len(stated) < len(held):
        return "undecided", f"below {highest} in one provision; another on record does not state the age or the day"
    return "not-satisfied", f"a child is only someone below {highest}"


def penalties(network: Network, state: str, offences: tuple[str, ...], on: int) -> tuple[Penalty, ...]:
    """Maximum penalties on record beside the minimum of the instruments that bind ``state`` on day ``on``."""
    bound = network.standings(state)
    directive = bound.get(UNION_DIRECTIVE)
    found: list[Penalty] = []
    for offence in offences:
        if not any(row.max_penalty_years is not None for row in provisions_on(network, state, (offence,), on)):
            continue
        found.append(_penalty(network, state, offence, SERIOUS_CRIME_YEARS, "un-untoc", "2(b)", on))
        if directive is not None and directive.timeline.on(on).result == MET and offence in UNION_MINIMA:
            years, article = UNION_MINIMA[offence]
            found.append(_penalty(network, state, offence, years, UNION_DIRECTIVE, article, on))
    return tuple(found)


def _penalty(
    network: Network, state: str, offence: str, years: float, instrument: str, article: str, on: int
) -> Penalty:
    finding = network.law(state).punishable_by(offence, years, on)
    rows = [row for row in provisions_on(network, state, (offence,), on) if row.holds != NOT_MET]
    terms = [row.max_penalty_years for row in rows if row.holds == MET and row.max_penalty_years is not None]
    heaviest = "life" if "life" in terms else max((term for term in terms if isinstance(term, float)), default=None)
    return Penalty(
        offence=offence,
        label=network.label("offence", offence),
        max_penalty_years=heaviest,
        required_years=years,
        instrument=instrument,
        article=article,
        result=finding.result,
        reason=finding.text,
        sources=network.cites(finding.sources),
    )
