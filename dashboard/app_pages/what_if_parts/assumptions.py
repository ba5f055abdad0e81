"""What is assumed: as chips that can be taken away, and a form that adds one more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from api.client import Refused, assumable, what_if_counted
from dashboard import answers, links
from dashboard.texts import label, state_name, word

PAGE = "whatif"
SEPARATOR = ";"
MOST = 20
"""Assumptions that the API takes at once."""

EXAMPLE = ("KEN", "cets-185")
"""Who joins what where the address says nothing."""

KINDS = ("join", "offence", "criterion", "unreserve", "withdraw")
OPENINGS = ("open", "by-invitation", "unknown")
"""The treaties that a State may join for sure stand first."""

SUBJECTS = ("cybercrime", "child-protection")
"""The subjects whose treaties stand first among those that a State may join as easily."""

NOT_VALID = 422
"""What the API answers where something cannot be assumed."""

GAPS = ("not-satisfied", "partial")
"""The offences and criteria that a review misses stand first."""

AGE = 18
"""The age of the child that a reform has in mind at first (Convention on the Rights of the Child, article 1)."""


def example() -> str:
    """The assumption to begin with."""
    return f"{EXAMPLE[0]}:{EXAMPLE[1]}:{date.today().isoformat()}"


def held() -> list[str]:
    """What is assumed, each as the API takes it."""
    return [one for one in st.session_state[links.key(PAGE, "assume")].split(SEPARATOR) if one]


def hold(assumed: Sequence[str]) -> None:
    """Assume ``assumed``, and nothing else."""
    st.session_state[links.key(PAGE, "assume")] = SEPARATOR.join(assumed)


def adopt(more: Sequence[str]) -> None:
    """Assume ``more`` too, but for what is assumed already, on whatever day."""
    known = {_undated(one) for one in held()}
    hold([*held(), *(one for one in more if _undated(one) not in known)])


def chips(effects: Sequence[Any]) -> None:
    """Each assumption with what it does, and a button that takes it away."""
    told = {one.assumption: one.text for one in effects}
    if held():
        st.caption(word("whatif.assumed"))
    with st.container(horizontal=True, key="whatif_chips"):
        for one in held():
            st.button(
                spoken(one), key=f"whatif_drop_{one}", icon=":material/close:",
                on_click=hold, args=([other for other in held() if other != one],),
            )  # fmt: skip
    for text in told.values():
        st.caption(f"→ {text}")


def spoken(assumption: str) -> str:
    """An assumption in a few words."""
    who, what, *between, day = assumption.split(":")
    names = " + ".join(_state(one) for one in who.split("+"))
    known = answers.instruments()
    if what in ("offence", "criterion"):
        scheme = {"offence": "offence", "criterion": "review-criterion"}[what]
        key = between[0]
        told = label(scheme, key, answers.vocabulary(scheme).get(key, {}).get("label", key))
        return word("whatif.chip.reform", state=names, what=", ".join([told, *between[1:]]), day=day)
    kind = "like" if what == "like" else between[0] if between else "join"
    treaty = between[-1] if what == "like" else what
    article = between[-1] if kind == "unreserve" else ""
    name = known.get(treaty, {}).get("short_name", treaty)
    return word(f"whatif.chip.{kind}", state=names, what=name, day=day, article=article)


def form() -> None:
    """The fields for one assumption more, and the button that adds it; the API's refusal where it cannot be."""
    known = {key: row for key, row in answers.states().items() if row["kind"] == "state"}
    names = {key: state_name(row["alpha2"], row["name"]) for key, row in known.items()}
    own = st.session_state.setdefault("whatif_new_state", next((one[:3] for one in held()), EXAMPLE[0]))
    if own not in names:
        st.session_state["whatif_new_state"] = EXAMPLE[0]
    first, second = st.columns([2, 1], vertical_alignment="bottom")
    state = first.selectbox(
        word("state.pick"), sorted(names, key=lambda key: names[key].casefold()), format_func=names.__getitem__,
        key="whatif_new_state",
    )  # fmt: skip
    day: date = second.date_input(
        word("whatif.from"), date.today(), key="whatif_new_day", min_value=date(1950, 1, 1),
        max_value=date(2100, 1, 1), format="YYYY-MM-DD",
    )  # fmt: skip
    told = answers.ask(assumable(state, on=day.isoformat()))
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in told.items)]
    kind = st.segmented_control(
        word("whatif.kind"), kinds, format_func=lambda one: word(f"whatif.kind.{one}"), default=kinds[0],
        required=True, key=f"whatif_new_kind_{'-'.join(kinds)}",
    )  # fmt: skip
    options = {one.assumption: one for one in _ordered(told.items, kind or kinds[0])}
    first, second = st.columns([3.6, 1], vertical_alignment="bottom")
    chosen = first.selectbox(
        word(f"whatif.kind.{kind or kinds[0]}"), list(options), format_func=lambda one: _option(options[one]),
        key=f"whatif_new_{kind}_{state}_{day}",
    )  # fmt: skip
    if kind == "offence" and chosen:
        chosen = _limited(chosen)
    full = len(held()) >= MOST
    if (
        second.button(word("whatif.add"), icon=":material/add:", width="stretch", disabled=full or not chosen)
        and chosen
    ):
        try:
            with st.spinner(word("whatif.counting")):
                answers.ask_patiently(what_if_counted([*held(), chosen]))
        except Refused as error:
            if error.status != NOT_VALID:
                raise
            st.error(f"{word('whatif.refused')} {error}", icon=":material/error:")
        else:
            hold([*held(), chosen])
            st.rerun()


def _limited(assumption: str) -> str:
    """A reform with the age of the child and the penalty that it would have."""
    *front, day = assumption.split(":")
    first, second = st.columns(2)
    age = first.number_input(word("whatif.age"), 1, 25, AGE, key="whatif_new_age")
    years = second.number_input(word("whatif.penalty"), 0, 99, None, key="whatif_new_penalty", placeholder="–")
    limits = [f"age={age}", *([f"penalty={years}"] if years else [])]
    return ":".join([*front, *limits, day])


def _ordered(items: Sequence[Any], kind: str) -> list[Any]:
    found = [one for one in items if one.kind == kind]
    if kind == "join":
        known = answers.instruments()
        return sorted(found, key=lambda one: (OPENINGS.index(one.opening), known[one.key]["subject"] not in SUBJECTS))
    return sorted(found, key=lambda one: one.record not in GAPS) if kind in ("offence", "criterion") else found


def _option(one: Any) -> str:
    if one.kind == "join":
        return f"{one.label} ({word(f'place.{one.record}')}; {word(f'whatif.opening.{one.opening}')})"
    if one.kind in ("offence", "criterion"):
        scheme = {"offence": "offence", "criterion": "review-criterion"}[one.kind]
        return f"{label(scheme, one.key, one.label)} ({word(f'place.{one.record}')})"
    return f"{one.label}: {one.record}" if one.kind == "unreserve" else one.label


def _state(id_: str) -> str:
    row = answers.states().get(id_)
    return state_name(row["alpha2"], row["name"]) if row else id_


def _undated(assumption: str) -> str:
    return assumption.rpartition(":")[0]
