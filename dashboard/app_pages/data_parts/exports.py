"""The release as files."""

from __future__ import annotations

import streamlit as st

from api.client import exports
from dashboard import answers
from dashboard.texts import word


def show() -> None:
    """Draw it."""
    told = answers.ask(exports())
    st.subheader(word("data.exports"), anchor=False)
    st.caption(word("data.exports_under", release=told.release))
    for one in told.items:
        with st.container(border=True):
            left, right = st.columns([3, 1], vertical_alignment="center")
            with left:
                st.markdown(f"**{word(f'data.format.{one.format}')}**")
                size = f" · {one.bytes / 1e6:.1f} MB · SHA-256 {one.sha256}" if one.bytes and one.sha256 else ""
                st.caption(f"{one.file} · {one.media_type}{size}")
            with right:
                st.link_button(
                    word("data.download"), f"{answers.address()}{one.href}", icon=":material/download:", width="stretch"
                )
    st.caption(word("data.licence"))
