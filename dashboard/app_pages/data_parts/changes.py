"""The releases on disk, and what changed between two of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from api.client import changes, releases
from dashboard import answers, frame, links
from dashboard.texts import tri, word

PAGE = "data"
SHOWN = 100
"""Changed records that are listed; the feed and ``comity diff`` have all."""


def show() -> None:
    """Draw it."""
    held = answers.ask(releases()).items
    st.subheader(word("data.releases"), anchor=False)
    frame.table(
        [
            {
                word("data.release"): one.id,
                word("data.built"): one.built_at.replace("T", " ")[:16],
                word("data.triples"): one.triples,
                word("data.records"): sum(one.counts.values()),
                word("data.in_use"): "✓" if one.in_use else "",
            }
            for one in held
        ],
    )
    st.subheader(word("data.changes"), anchor=False)
    st.caption(word("data.changes_under"))
    if len(held) < 2:
        st.info(word("data.one_release"))
        return
    since, until = _pick([one.id for one in held])
    if since == until:
        st.info(word("data.same_release"))
        return
    found = answers.ask(changes(since=since, until=until, limit=SHOWN))
    _counts(found)
    _standings(found)
    _records(found)


def _pick(ids: list[str]) -> tuple[str, str]:
    """The two releases: by default the one in use and the one before it."""
    chosen = []
    for column, name, default in zip(st.columns(2), ("since", "until"), (ids[1], ids[0]), strict=True):
        held = links.key(PAGE, name)
        if st.session_state.get(held) not in ids:
            st.session_state[held] = default
        with column:
            chosen.append(st.selectbox(word(f"data.{name}"), ids, key=held))
    return chosen[0], chosen[1]


def _counts(found: Any) -> None:
    if not found.counts:
        st.info(word("data.no_changes"))
        return
    kinds = ("added", "changed", "removed")
    frame.table(
        [
            {word("data.class"): name} | {word(f"data.{kind}"): many.get(kind, 0) for kind in kinds}
            for name, many in found.counts.items()
        ],
    )


def _standings(found: Any) -> None:
    if not found.standings:
        return
    st.subheader(word("data.standings", many=len(found.standings), day=found.on), anchor=False)
    frame.sortable(
        [
            {
                word("treaty"): one.instrument_name,
                word("instrument.party"): one.party_name,
                word("data.before"): _place(one.before),
                word("data.after"): _place(one.after),
            }
            for one in found.standings
        ],
        "standings",
    )


def _place(place: Any) -> str:
    if place is None:
        return word("no_record")
    told = {"signed_on": place.signed, "instrument.bound_on": place.bound, "in_force_word": place.in_force}
    return " · ".join(f"{word(key)}: {tri(value)}" for key, value in told.items())


def _records(found: Any) -> None:
    with st.expander(word("data.changed_records", shown=len(found.items), all=found.total)):
        frame.sortable(
            [
                {
                    word("data.change"): word(f"data.{one.kind}"),
                    word("data.class"): one.record_class,
                    word("record"): one.label,
                    word("data.fields"): "; ".join(
                        f"{held.field}: {_said(held.before)} → {_said(held.after)}" for held in one.fields
                    ),
                }
                for one in found.items
            ],
            "changed_records",
        )


def _said(value: Any) -> str:
    return "–" if value is None else str(value)
