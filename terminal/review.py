"""The review of the facts as a curator reads it: by severity, then rule by rule, each finding with rows and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from locales.texts import _, plural
from terminal.screen import Screen

MOST_SHOWN = 20
"""Findings of one rule that are written out; JSON has them all."""


def show_review(screen: Screen, findings: Sequence[Mapping[str, Any]]) -> None:
    """Write the findings, which are sorted by severity and rule."""
    titles = {
        "error": _("Errors: what cannot be"),
        "doubt": _("Doubts: what is unlikely"),
        "gap": _("Gaps: what is missing"),
    }
    for severity, title in titles.items():
        found = [finding for finding in findings if finding["severity"] == severity]
        known = sum("known" in finding for finding in found)
        told = plural("{count} finding", "{count} findings", len(found))
        screen.heading(f"{title} ({told}; {_('{known} of them known').format(known=known)})")
        for _rule, same in groupby(found, key=lambda finding: finding["rule"]):
            _show_rule(screen, list(same))


def _show_rule(screen: Screen, findings: Sequence[Mapping[str, Any]]) -> None:
    first = findings[0]
    screen.item(screen.sign("bullet"), f"{first['rule']} ({len(findings)})", indent=2)
    screen.line(_("rule: {demands} [{source}]").format(demands=first["demands"], source=first["source"]), indent=4)
    for finding in findings[:MOST_SHOWN]:
        screen.item(screen.sign("dash"), finding["says"], indent=4)
        if "known" in finding:
            screen.line(_("known: {reason}").format(reason=finding["known"]), indent=6)
        for witness in finding["witnesses"]:
            _show_witness(screen, witness)
    if len(findings) > MOST_SHOWN:
        screen.line(_("{count} more: see --json").format(count=len(findings) - MOST_SHOWN), indent=4)


def _show_witness(screen: Screen, witness: Mapping[str, Any]) -> None:
    rows = ", ".join(f"{place['file']}:{place['row']}" for place in witness.get("rows", ()))
    derived = _("by rule: {rule}").format(rule=witness["derived"]) if "derived" in witness else ""
    screen.line(f"{witness['record']}: {'; '.join(filter(None, (rows, derived)))}", indent=6)
    for source in witness.get("sources", ()):
        dated = _("as of {date}").format(date=source["as_of"]) if "as_of" in source else _("undated")
        screen.link(" " * 8, source["url"], f" ({dated})")
