"""How judgements are worded: the word, the provision and the review, each with its source."""

from __future__ import annotations

from api.wording.sources import Footnotes
from graph.gaps.judgement import Evidence
from locales.texts import _


def status_words() -> dict[str, str]:
    """Every word of a judgement, of a place in a treaty and of an office, as shown."""
    return {
        "satisfied": _("satisfied"),
        "not-satisfied": _("not satisfied"),
        "partial": _("in part"),
        "contradictory": _("sources disagree"),
        "undecided": _("undecided"),
        "no-record": _("no record"),
        "in-force": _("in force"),
        "bound-not-in-force": _("bound, not yet in force"),
        "signed-only": _("signed only"),
        "opted-out": _("opted out"),
        "ended": _("ended"),
        "not-party": _("not a party"),
        "not-yet": _("not yet"),
        "on-record": _("on record"),
        "closed": _("not open to it"),
    }


def told(evidence: Evidence, notes: Footnotes) -> str:
    """One provision or finding in a line, with its references."""
    said = _provision(evidence) if evidence.kind == "provision" else _finding(evidence)
    return said + notes.refer(evidence.sources)


def _provision(evidence: Evidence) -> str:
    law = evidence.title or _("law not named")
    parts = [f"{law}, {evidence.provision}" if evidence.provision else law]
    if evidence.conduct:
        parts.append(evidence.conduct)
    if evidence.child_age_below is not None:
        parts.append(_("child below {age}").format(age=evidence.child_age_below))
    if evidence.max_penalty_years is not None:
        parts.append(years(evidence.max_penalty_years))
    parts.append(_dates(evidence))
    return "; ".join(part for part in parts if part)


def _dates(evidence: Evidence) -> str:
    """The dates of the law, which are not those of an amendment, and the day from which the provision is on record."""
    dates = [
        (_("law enacted {day}"), evidence.enacted_on),
        (_("law in force {day}"), evidence.in_force_on),
        (_("law repealed {day}"), evidence.repealed_on),
        (_("on record since {day}"), evidence.recorded_on),
    ]
    return ", ".join(words.format(day=day) for words, day in dates if day) or _("undated")


def _finding(evidence: Evidence) -> str:
    review = f"{evidence.review} {evidence.edition}" if evidence.edition else str(evidence.review)
    said = f"{review}: {evidence.answer}"
    return f"{said} ({evidence.note})" if evidence.note else said


def years(term: float | str) -> str:
    """A maximum penalty in words."""
    if isinstance(term, str):
        return _("up to imprisonment for life")
    return _("up to 1 year") if term == 1 else _("up to {years} years").format(years=f"{term:g}")
