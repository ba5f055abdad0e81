"""What would change most for the State: single steps, the best set of several, and reforms; one click assumes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from api.client import next_step
from dashboard import answers, frame, links
from dashboard.app_pages.what_if_parts import assumptions
from dashboard.texts import label, state_name, word

PAGE = "whatif"
SHOWN = 4
"""Single steps and reforms shown."""

STEPS = ("1", "2", "3", "4", "5")
GAINED = ("opened", "secured", "closed")

GUARANTEES = {
    "exact": "exact", "at least 63 % of the best": "share", "greedy, no guarantee": "none",
}  # fmt: skip


def show(state: str, english: str, day: str) -> None:
    """Draw it, counted on ``day`` on top of what is assumed."""
    name = state_name(answers.states()[state]["alpha2"], english)
    st.subheader(word("whatif.suggested", state=name), anchor=False)
    st.caption(word("whatif.suggested_under"))
    most = st.segmented_control(
        word("whatif.steps"), STEPS, required=True, key=links.key(PAGE, "steps"),
    ) or STEPS[-1]  # fmt: skip
    reforms = st.toggle(word("whatif.with_reforms"), key=links.key(PAGE, "reforms"), help=word("whatif.reforms_help"))
    with st.spinner(word("steps.counting")):
        told = answers.ask_patiently(
            next_step(state, steps=int(most), reforms="true" if reforms else None, assume=assumptions.held(), on=day)
        )
    if not told["ranked"]:
        st.info(word("steps.none"))
    if told["best"] and told["best"]["deposits"]:
        _best(state, told["best"])
    cards = [*_steps(state, told["ranked"][:SHOWN]), *_reforms(told["reforms"][:SHOWN])]
    for begin in range(0, len(cards), 2):  # a row for each two, so that a telephone, with one column, keeps the order
        for column, card in zip(st.columns(2), cards[begin : begin + 2], strict=False):
            with column:
                _card(*card)


def _steps(state: str, ranked: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for place, row in enumerate(ranked, 1):
        step = row["step"]
        title = answers.instruments()[step["instrument"]]["title"] or ""
        said = [title, word(f"place.{step['place']}"), word(f"whatif.opening.{step['opening']}")]
        deposits = _deposits(state, step["deposits"])
        yield step["instrument"], f"{place}. {step['name']}", said, row["gain"], deposits, step["sources"]


def _reforms(reforms: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for row in reforms:
        held = row["offence"]
        title = word("whatif.reform", what=label("offence", held["key"], held["label"]))
        said = [word(f"place.{held['status']}"), word("whatif.reform_unit")]
        cites = [cite for one in held["evidence"] for cite in one["sources"]]
        yield held["key"], title, said, row["gain"], [row["assumption"]], cites


def _best(state: str, best: dict[str, Any]) -> None:
    known = answers.instruments()
    names = [known[one]["short_name"] for one in best["deposits"]]
    guarantee = word(f"whatif.guarantee.{GUARANTEES[best['guarantee']]}", tried=best["tried"])
    said = [" + ".join(names), guarantee]
    if best["guarantee"] != "exact":
        said.append(word("whatif.bound", opened=best["bound"]["opened"], secured=best["bound"]["secured"]))
    _card("best", word("whatif.best", many=best["most"]), said, best["gain"], _deposits(state, best["deposits"]), ())


def _card(
    key: str, title: str, said: Sequence[str], gain: dict[str, int], adopted: Sequence[str], cites: Sequence[Any]
) -> None:
    gained = frame.bold(word("steps.gain", **{name: gain[name] for name in GAINED}))
    under = escape(" · ".join(filter(None, said)))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="card"><b>{escape(title)}</b><span>{gained}</span><small>{under}</small></div>')
        if cites:
            frame.sources(cites)
        st.button(
            word("whatif.adopt"), key=f"whatif_adopt_{key}", icon=":material/add:",
            on_click=assumptions.adopt, args=(adopted,),
        )  # fmt: skip


def _deposits(state: str, instruments: Sequence[str]) -> list[str]:
    return [f"{state}:{one}:{date.today().isoformat()}" for one in instruments]
