"""What does not fit: findings of the review by rule, contradictions between sources, and what was read."""

from __future__ import annotations

from typing import Any

import streamlit as st

from api.client import quality
from dashboard import answers, frame, links
from dashboard.texts import state_name, word

PAGE = "data"
FIGURE_PX = 163
SHOWN = 50
"""Findings of a rule that are written out at once."""


def show() -> None:
    """Draw it."""
    found = answers.ask(quality(limit=1))
    st.caption(word("data.quality_under"))
    with st.container(horizontal=True):
        for severity, many in found.severities.items():
            st.metric(word(f"data.severity.{severity}"), many, border=True, width=FIGURE_PX)
        st.metric(word("data.conflicts"), len(found.conflicts), border=True, width=FIGURE_PX)
    st.subheader(word("data.rules"), anchor=False)
    if found.rules:
        _rules(found)
        _findings(found)
    else:
        st.info(word("data.no_findings"))
    _conflicts(found)
    _read(found)


def _rules(found: Any) -> None:
    frame.table(
        [
            {
                word("data.severity"): word(f"data.severity.{one.severity}"),
                word("data.rule"): one.rule,
                word("data.findings"): one.findings,
                word("data.explained"): one.known,
                word("data.demands"): one.demands,
                word("data.law"): one.source,
            }
            for one in found.rules
        ],
    )


def _findings(found: Any) -> None:
    rules = list(dict.fromkeys(one.rule for one in found.rules))
    held = links.key(PAGE, "rule")
    if st.session_state.get(held) not in rules:
        st.session_state[held] = rules[0]
    rule = st.selectbox(word("data.pick_rule"), rules, key=held)
    page = answers.ask(quality(rule=rule, limit=SHOWN))
    for one in page.items:
        with st.expander(one.says):
            st.markdown(f"{word('data.demands')}: {one.demands} [{one.source}]")
            if one.known:
                st.markdown(f"**{word('data.known')}**: {one.known}")
            for witness in one.witnesses:
                rows = ", ".join(f"{place.file}:{place.row}" for place in witness.rows)
                st.markdown(f"- `{witness.record}` {rows or (witness.derived or '')}")
                for cite in witness.sources:
                    st.caption(f"[{cite.url}]({cite.url}), {cite.as_of or word('undated')}")
    if page.total > SHOWN:
        st.caption(word("data.more_findings", shown=SHOWN, all=page.total))


def _conflicts(found: Any) -> None:
    st.subheader(word("data.conflicts"), anchor=False)
    st.caption(word("data.conflicts_under"))
    if not found.conflicts:
        st.info(word("data.no_conflicts"))
    else:
        frame.table(
            [
                {
                    word("data.about"): _about(one["about"][0] if one["about"] else one["id"]),
                    word("data.field"): one["field"].replace("_", " "),
                    word("data.readings"): " · ".join(one["readings"]),
                }
                for one in found.conflicts
            ],
        )
        cites = {(cite["url"], cite["as_of"]): cite for one in found.conflicts for cite in one["sources"]}
        frame.sources(list(cites.values()))


def _about(record: str) -> str:
    """What a record is about in words where it is a party's relation to an instrument, else its id."""
    kind, _, rest = record.partition("/")
    instrument, _, party = rest.partition("/")
    held, state = answers.instruments().get(instrument), answers.states().get(party[:3])
    if kind != "participation" or held is None or state is None:
        return record
    return f"{held['short_name']}: {state_name(state['alpha2'], state['name'])}"


def _read(found: Any) -> None:
    with st.expander(word("data.tables")):
        frame.table(
            [
                {
                    word("data.table"): one.title or one.file,
                    word("data.file"): one.file,
                    word("data.read"): one.read,
                    word("data.accepted"): one.accepted,
                    word("data.merged"): one.merged,
                    word("data.dropped"): one.dropped,
                    word("data.refused"): one.refused,
                }
                for one in found.tables
            ],
        )
        for rule, many in found.derived.items():
            st.markdown(f"- {word('data.derived', many=many)}: {rule}")
        if found.shacl:
            st.markdown(
                f"- SHACL ({found.shacl['engine']}): "
                + word("data.shacl", triples=found.shacl["triples"], violations=found.shacl["violations"])
            )
