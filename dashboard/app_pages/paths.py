"""The path explorer: a question, the paths that answer it, their conditions, and why nothing else serves."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import msgspec
import streamlit as st

from dashboard import answers, frame, links
from dashboard.app_pages.path_parts import cards, reasons
from dashboard.app_pages.path_parts.form import choices, form
from dashboard.components import buttons
from dashboard.files import JSON, TEXT, offer
from dashboard.path_text import as_text
from dashboard.texts import label, word

PAGE = "paths"
AT_FIRST = 3
"""Paths shown at first; the rest is one click away."""


def page() -> None:
    """The page."""
    told = choices()
    wrong = links.read(PAGE, told)
    frame.title(word("paths.title"), word("paths.under"))
    if wrong:
        st.warning(word("paths.wrong", names=", ".join(wrong)))
    question = form()
    links.write(PAGE, told)
    if question is None:
        st.info(word("paths.same"), icon=":material/info:")
        return
    answer = answers.ask(question)
    _summary(answer)
    if answer.paths:
        for path in answer.paths[: len(answer.paths) if st.session_state.get("paths_all") else AT_FIRST]:
            cards.card(path, question)
        if len(answer.paths) > AT_FIRST:
            st.toggle(word("paths.more", many=len(answer.paths) - AT_FIRST), key="paths_all")
    else:
        cards.no_path(answer)
    reasons.panel(answer)
    _take_along(answer)


def _summary(answer: Any) -> None:
    st.markdown(f"**{_asked(answer.query)}**")
    met = sum(path.status == "met" for path in answer.paths)
    st.subheader(word("paths.found", many=len(answer.paths), met=met), anchor=False)
    st.caption(word("paths.as_of", day=answer.as_of, release=answer.release))


def _as_json(answer: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(answer), indent=1)


def _asked(query: Any) -> str:
    """The question in words, as the form is not printed."""
    to = query.requested or answers.providers()[query.provider]["name"]
    told = [f"{cards.state(query.requesting)} → {cards.state(to)}", _label("measure", query.measure)]
    told += [_label("offence", query.offence)] if query.offence else []
    told += [word(f"paths.{name}") for name in ("urgent", "evidence") if getattr(query, name)]
    return " · ".join(told)


def _label(scheme: str, key: str) -> str:
    return label(scheme, key, answers.vocabulary(scheme)[key]["label"])


def _take_along(answer: Any) -> None:
    st.subheader(word("take_along"), anchor=False)
    text = as_text(answer)
    name = "-".join(
        (answer.query.requesting, answer.query.requested or answer.query.provider or "", answer.query.measure)
    )
    buttons(data={"copy": {"label": word("copy"), "text": text, "done": word("copied")}}, key="copy")
    with st.container(horizontal=True):
        made = partial(_as_json, answer)
        offer("download.json", made, f"comity-{name}.json", JSON)
        offer("download.text", lambda: text, f"comity-{name}.txt", TEXT)
    frame.cite()
    with frame.screen_only("text"), st.expander(word("paths.as_text")):
        st.html(f'<pre class="text">{escape(text)}</pre>')
