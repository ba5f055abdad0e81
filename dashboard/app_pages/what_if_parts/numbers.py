"""The headline numbers: how many questions of a State have an answer by law, before and after."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard import answers
from dashboard.texts import grouped_digits, label, word


def show(told: Any, state: Any, name: str) -> None:
    """Draw it."""
    total = state.total
    before, after = total.met_before + total.unknown_before, total.met_after + total.unknown_after
    partners = [one for one in state.partners if one.asked_opened or one.asking_opened]
    figures = [
        ("with_path", grouped_digits(after), _change(before, after)),
        ("met", grouped_digits(total.met_after), _change(total.met_before, total.met_after)),
        ("improved", grouped_digits(total.improved), ""),
        ("partners", str(len(partners)), ""),
        ("cured", grouped_digits(total.cured) if told.offence else "–", ""),
    ]
    st.caption(word("whatif.numbers_under", state=name, day=told.day, cells=grouped_digits(total.cells)))
    st.html(f'<ul class="cards figures">{"".join(_figure(*one) for one in figures)}</ul>')
    lines = [word("whatif.about", offence=_offence(told.offence))] if told.offence else []
    if total.lost:
        lost = {"closed": grouped_digits(total.closed), "unsettled": grouped_digits(total.unsettled)}
        lines.append(word("whatif.lost", **lost))
    first = sum(one.first_asked or one.first_asking for one in state.partners)
    if first:
        lines.append(word("whatif.first", many=first))
    world = told.total
    if world.gained != total.gained or world.lost != total.lost:
        gained = {"opened": grouped_digits(world.opened), "secured": grouped_digits(world.secured)}
        lines.append(word("whatif.world", **gained))
    if lines:
        st.markdown(" ".join(lines))
    with st.expander(word("whatif.counted")):
        st.markdown("\n".join(f"- **{word(f'whatif.{key}')}**: {word(f'whatif.{key}_help')}" for key, *_ in figures))


def _offence(key: str) -> str:
    return label("offence", key, answers.vocabulary("offence")[key]["label"])


def _figure(key: str, value: str, change: str) -> str:
    told = f"<small>{escape(change)}</small>" if change else ""
    return f"<li><span>{escape(word(f'whatif.{key}'))}</span><b>{escape(value)}</b>{told}</li>"


def _change(before: int, after: int) -> str:
    """The number before and the difference."""
    arrow = "▲ " if after > before else "▼ " if after < before else ""
    return word("whatif.change", before=grouped_digits(before), change=f"{arrow}{after - before:+d}")
