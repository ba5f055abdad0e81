"""A table of the law as it is beside the law as it would be; on a telephone both stand below their measure."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.texts import word


class Line(NamedTuple):
    """A measure with what is told below it, and both states of the law; all but ``name`` is HTML."""

    name: str
    below: str
    before: str
    after: str


def show(lines: Iterable[Line]) -> None:
    """Draw it."""
    was, would = escape(word("whatif.was")), escape(word("whatif.would"))
    heads = "".join(f'<th scope="col">{told}</th>' for told in (escape(word("whatif.measure")), was, would))
    body = "".join(
        f'<tr><th scope="row">{escape(line.name)}{line.below}</th><td data-label="{was}">{line.before}</td>'
        f'<td data-label="{would}">{line.after}</td></tr>'
        for line in lines
    )
    st.html(f'<table class="beside"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>')
