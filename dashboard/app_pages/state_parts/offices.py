"""The offices of the State with what they are designated for, their public contact, and its source and date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import answers, frame
from dashboard.texts import label, word


def show(profile: Mapping[str, Any], day: str) -> None:
    """Draw it."""
    if not profile["authorities"]:
        st.info(word("offices.none"))
        return
    kinds = answers.vocabulary("authority-kind")
    left, right = st.columns(2)
    for place, office in enumerate(profile["authorities"]):
        with (left, right)[place % 2], st.container(border=True):
            st.markdown(f"**{office['name']}**")
            told = [label("authority-kind", office["kind"], kinds[office["kind"]]["label"])]
            told += [word("offices.always")] if office["available_24_7"] else []
            told += [f"{word('languages')}: {', '.join(office['languages'])}"] if office["languages"] else []
            st.caption(" · ".join(told))
            for held in office["designations"]:
                for_ = " ".join(filter(None, (held["instrument"], held["article"]))) or held["function"]
                st.markdown(f"- {held['role'] or held['function']} ({for_})")
            contact = [f"{word(f'contact.{name}')}: {office[name]}" for name in frame.CONTACT if office[name]]
            st.markdown("  \n".join(contact) if contact else f"*{word('offices.no_contact')}*")
            frame.sources(office["sources"])
