"""What stands around every page: language, look, footer, and what is said when no answer can be had."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from api.client import Refused, Unreachable
from dashboard import answers, links
from dashboard.components import buttons
from dashboard.texts import LANGUAGES, language, right_to_left, word

STYLE = Path(__file__).with_name("style.css")
CONTACT = ("address", "phone", "email", "website")
"""The ways to reach an office, in the order in which they are shown."""
PRINTED = 500
"""Rows of a table that are put on paper: ten sheets where they are short, fifty where they hold addresses."""
MIRRORED = Path(__file__).with_name("mirrored.css")


def dress() -> None:
    """The look of all pages, mirrored where the language runs from right to left."""
    st.html(STYLE)
    if right_to_left():
        st.html(MIRRORED)


def choose_language() -> None:
    """The picker of the language, which stays while pages change."""
    if "language" not in st.session_state:
        st.session_state["language"] = language()
    st.selectbox(word("language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="language")


def title(text: str, under: str) -> None:
    """The title of a page, and one sentence under it."""
    st.title(text, anchor=False)
    st.caption(under)


def sources(cites: Sequence[Any]) -> None:
    """Publisher, date and address of each source, unfolded on demand."""
    if not cites:
        st.caption(word("no_source"))
        return
    with st.popover(word("sources", many=len(cites)), type="tertiary"):
        st.markdown("\n".join(f"- {source_line(cite)}" for cite in cites))


def source_line(cite: Any) -> str:
    """A source as a line of Markdown; takes a struct or a plain dictionary."""
    told = cite if isinstance(cite, dict) else {name: getattr(cite, name) for name in cite.__struct_fields__}
    dated = told["as_of"] or word("undated")
    official = "" if told["official"] else f" ({word('not_official')})"
    return f"[{told['publisher']}]({told['url']}), {dated}{official}"


def bold(text: str) -> str:
    """A text of the catalogue as HTML, with what stands between two pairs of asterisks in bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def chips(texts: Sequence[str]) -> None:
    """Short texts side by side."""
    st.html(f'<ul class="chips">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>')


def table(rows: Sequence[Mapping[str, Any]]) -> None:
    """A short table under the names of the first row; on a narrow screen each row stands by itself."""
    st.html(_html(rows, "rows"))


def sortable(rows: Sequence[Mapping[str, Any]], name: str, column_config: Mapping[str, Any] | None = None) -> None:
    """Rows to sort and search, for which Streamlit loads a megabyte; on paper, where they would be cut off, the first
    :data:`PRINTED` as a plain table. ``name`` is of this table alone."""
    with screen_only(name):
        st.dataframe(rows, hide_index=True, width="stretch", column_config=column_config)
    st.html(_html(rows[:PRINTED], "paper"))
    if len(rows) > PRINTED:
        st.html(f'<p class="paper">{escape(word("paper.more", printed=PRINTED, all=len(rows)))}</p>')


def _html(rows: Sequence[Mapping[str, Any]], look: str) -> str:
    heads = [escape(head) for head in (rows[0] if rows else ())]
    lines = (
        "".join(
            f'<td data-head="{head}">{escape("" if cell is None else str(cell))}</td>'
            for head, cell in zip(heads, row.values(), strict=True)
        )
        for row in rows
    )
    head = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def cite(suffix: str = "") -> None:
    """The address that reopens the view, to copy. Without the block for code of Streamlit, which loads all languages
    that there are to colour one line."""
    st.caption(word("cite"))
    told = f"{links.here()}{suffix}"
    st.html(f'<code class="address">{escape(told)}</code>')
    buttons(data={"copy": {"label": word("copy_link"), "text": told, "done": word("copied")}}, key="copy_link")


def screen_only(name: str, **options: Any) -> DeltaGenerator:
    """A container that is not printed."""
    return st.container(key=f"screen_only_{name}", **options)


def footer() -> None:
    """Release and limits, under every page."""
    st.divider()
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        st.caption(word("footer", release=answers.release()))
    with right:
        choose_language()
        buttons(data={"print": word("print")}, key="print")


def unreachable(error: Unreachable) -> None:
    """The API does not answer: what to do."""
    st.error(word("error.unreachable", address=answers.address()), icon=":material/cloud_off:")
    st.code("comity serve", language=None)
    st.caption(str(error))
    st.button(word("try_again"), key="try_again")


def refused(error: Refused) -> None:
    """The API refuses the question: its own sentence names the place and the cure."""
    st.error(f"{word('error.refused')} {error}", icon=":material/error:")
    st.button(word("try_again"), key="try_again")
