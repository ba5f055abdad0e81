"""An answer as plain text, to copy into a mail or a file."""

from __future__ import annotations

from typing import Any

from dashboard.texts import tri, word


def as_text(answer: Any) -> str:
    """The question, each path leg by leg, and the reasons."""
    asked = answer.query
    to = asked.provider or asked.requested
    lines = [f"{asked.requesting} → {to}: {asked.measure}, {answer.as_of} (release {answer.release})", ""]
    for path in answer.paths:
        lines.append(f"{path.rank}. {path.channel}: {tri(path.status)}; {word(f'use.{path.evidential_use}')}")
        for place, leg in enumerate(path.legs, 1):
            lines.append(f"   {place}. {leg.from_.name} → {leg.to.name}")
            lines += [f"      {held.name}, art. {held.article or '–'}" for held in leg.basis]
            lines += [f"      {tri(held.status)}: {held.text}" for held in leg.conditions]
            lines += [f"      {cite.url} ({cite.as_of or word('undated')})" for cite in leg.sources]
        lines.append("")
    lines += [f"- {held.name} [{held.code}]: {held.text}" for held in answer.why_not]
    return "\n".join([*lines, "", word("footer", release=answer.release)])
