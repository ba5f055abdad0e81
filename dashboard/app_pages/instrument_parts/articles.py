"""The articles of an instrument: for each measure those that carry it, then what the others do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import answers, frame
from dashboard.texts import label, word

Profile = Mapping[str, Any]
Article = Mapping[str, Any]


def show(profile: Profile, day: str) -> None:
    """Draw it."""
    held = profile["provisions"]
    if not held:
        st.info(word("instrument.no_articles"))
        return
    st.subheader(word("instrument.measures"), anchor=False)
    measures = answers.vocabulary("measure")
    lines = [
        (label("measure", measure, measures[measure]["label"]), article)
        for article in held
        for measure in article["measures"]
    ]
    if lines:
        st.caption(word("instrument.measures_under"))
        _table([{word("layer.measure"): name, **_line(article)} for name, article in sorted(lines, key=_order)])
    else:
        st.info(word("instrument.no_measures"))
    others = [article for article in held if not article["measures"]]
    if others:
        roles = answers.vocabulary("provision-role")
        st.subheader(word("instrument.others"), anchor=False)
        _table(
            [
                {word("instrument.role"): label("provision-role", article["role"], roles[article["role"]]["label"])}
                | _line(article)
                for article in sorted(others, key=lambda one: (one["role"], _number(one)))
            ]
        )
    frame.sources(_cites(held))


def _table(rows: list[dict[str, Any]]) -> None:
    """The rows without columns in which nothing is told."""
    told = [name for name in rows[0] if any(row[name] for row in rows)]
    frame.table([{name: row[name] for name in told} for row in rows])


def _order(line: tuple[str, Article]) -> tuple[Any, ...]:
    return line[0].casefold(), _number(line[1])


def _number(article: Article) -> tuple[int, str]:
    """Article 7 stands before article 18."""
    text = article["article"] or ""
    digits = "".join(sign for sign in text.partition("(")[0] if sign.isdigit())
    return int(digits or 0), text


def _line(article: Article) -> dict[str, Any]:
    channels = answers.vocabulary("channel")
    criminality = answers.vocabulary("dual-criminality")
    read = answers.vocabulary("text-status")
    days = article["deadline_days"]
    dual = article["dual_criminality"]
    return {
        word("instrument.article"): article["article"] or "–",
        word("instrument.heading"): article["heading"] or "",
        word("instrument.channels"): "; ".join(
            label("channel", one, channels[one]["label"]) for one in article["channels"]
        ),
        word("instrument.dual"): label("dual-criminality", dual, criminality[dual]["label"]) if dual else "",
        word("instrument.deadline"): "" if days is None else word("paths.deadline", days=f"{days:g}"),
        word("instrument.note"): article["note"] or "",
        word("instrument.read"): label("text-status", article["text_status"], read[article["text_status"]]["label"]),
    }


def _cites(held: list[Article]) -> list[Any]:
    """The sources of all articles, each once."""
    return list({(cite["url"], cite["as_of"]): cite for article in held for cite in article["sources"]}.values())
