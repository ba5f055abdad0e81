"""One path as a card: what it comes to, its drawing, and each leg with basis, conditions, contact and sources."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from api.client import Answer, Call, draft
from dashboard import answers, frame
from dashboard.components import path_graph
from dashboard.files import DOCX, offer
from dashboard.texts import label, right_to_left, state_name, tri, word

SIDES = ("from", "to", "measure")


def card(path: Any, question: Call[Answer]) -> None:
    """Draw it; ``question`` is what it answers."""
    channels = answers.vocabulary("channel")
    with st.container(border=True):
        channel = label("channel", path.channel, channels[path.channel]["label"])
        st.markdown(f"#### {path.rank}. {channel}: {_basis(path)}")
        frame.chips(_facts(path))
        path_graph(data=_drawing(path, channels), key=f"path_{path.rank}")
        if path.note:
            st.caption(path.note)
        with st.expander(word("paths.legs", many=len(path.legs))):
            st.markdown("\n\n".join(_leg(place, leg) for place, leg in enumerate(path.legs, 1)))
        _draft(path.rank, question.parameters)


def _draft(rank: int, asked: dict[str, Any]) -> None:
    """The request by this path, with blanks to be filled in elsewhere; made when it is asked for."""
    sides = [asked[name] for name in SIDES]
    more = {name: value for name, value in asked.items() if name not in SIDES}
    name = f"draft-{'-'.join(sides).replace(':', '-')}-{rank}.docx"
    made = partial(answers.file, draft(*sides, rank=rank, **more))
    offer(
        "paths.draft", made, name, DOCX, key=f"draft_{rank}", icon=":material/edit_document:", type="tertiary",
        help=word("paths.draft_help"),
    )  # fmt: skip


def no_path(answer: Any) -> None:
    """Nothing found: what is near, and where to look."""
    st.info(word("paths.none"), icon=":material/search_off:")
    measures = answers.vocabulary("measure")
    for near in answer.alternatives:
        st.markdown(
            f"- {label('measure', near.measure, measures[near.measure]['label'])}: {tri(near.status)}, "
            f"{word('paths.count', many=near.paths)}"
        )


def _basis(path: Any) -> str:
    border = next((leg for leg in path.legs if leg.basis), None)
    if border is None:
        return word("paths.no_basis")
    return _named(border.basis[0])


def _named(basis: Any) -> str:
    return f"{basis.name}, art. {basis.article}" if basis.article else str(basis.name)


def _facts(path: Any) -> list[str]:
    told = [f"{tri(path.status)}" if path.status == "met" else f"{tri('unknown')}: {path.open_questions}"]
    told.append(word(f"use.{path.evidential_use}"))
    told.append(
        word("paths.no_deadline")
        if path.deadline_days is None
        else word("paths.deadline", days=f"{path.deadline_days:g}")
    )
    told.append(word("paths.offices", many=path.offices))
    told += [word("paths.pareto")] if path.pareto else []
    told += [word("paths.by_consent")] if path.by_consent else []
    return told


def _drawing(path: Any, channels: Any) -> dict[str, Any]:
    """What the component draws: the offices in their order, and the legs between them."""
    offices = [path.legs[0].from_, *(leg.to for leg in path.legs)]
    own = offices[0].state
    return {
        "rtl": right_to_left(),
        "words": {"leg": word("paths.leg"), "path": word("paths.drawing")},
        "offices": [{"name": one.name, "state": state(one.state), "there": one.state != own} for one in offices],
        "legs": [
            {
                "channel": label("channel", leg.channel, channels[leg.channel]["label"])
                if leg.kind == "border"
                else word("paths.inside_of", state=state(leg.to.state)),
                "border": leg.kind == "border",
                "status": _worst(leg),
                "title": f"{place}. {leg.from_.name} → {leg.to.name}",
                "lines": _lines(leg),
                "conditions": [f"{tri(held.status)}: {held.text}" for held in leg.conditions],
            }
            for place, leg in enumerate(path.legs, 1)
        ],
    }


def state(iso3: str | None) -> str:
    """The name of a State (alpha-3) in the reader's language; what is none as it is."""
    row = answers.states().get(iso3 or "")
    return state_name(row["alpha2"], row["name"]) if row else (iso3 or "")


def _worst(leg: Any) -> str:
    if not leg.conditions:
        return word("paths.no_conditions")
    open_ = [held for held in leg.conditions if held.status == "unknown"]
    return tri("unknown") if open_ else tri("met")


def _lines(leg: Any) -> list[str]:
    told = [
        f"{word('paths.basis')}: {basis.name}{f', art. {basis.article}' if basis.article else ''}"
        for basis in leg.basis
    ] or [word("paths.inside")]
    if leg.languages:
        told.append(f"{word('languages')}: {', '.join(dict.fromkeys(one.language for one in leg.languages))}")
    return told


def _leg(place: int, leg: Any) -> str:
    """The leg as Markdown. One text for all of it, as each that Streamlit draws by itself takes the browser time."""
    lines = []
    for basis in leg.basis:
        lines.append(f"- {word('paths.basis')}: {basis.name}, art. {basis.article or '–'} ({basis.heading or '–'})")
        for party in basis.participations:
            dates = word("paths.dates", signed=party.signed_on or "–", bound=party.bound_on or "–",
                         force=party.in_force_on or "–")  # fmt: skip
            lines.append(f"    - {state(party.party)}: {dates}")
    lines += [f"- {tri(held.status)}: {held.text}" for held in (*leg.conditions, *leg.requirements)]
    if leg.languages:
        lines.append(
            f"- {word('languages')}: " + "; ".join(f"{one.language} ({one.condition})" for one in leg.languages)
        )
    if leg.contact:
        lines += _contact(leg.contact)
    elif leg.kind == "border":
        lines.append(f"- {word('paths.contact')}: {word('no_record')}")
    cites = dict.fromkeys(
        [*leg.sources, *(cite for held in leg.basis for party in held.participations for cite in party.sources)]
    )
    if cites:
        lines.append(f"- {word('source_of')}: " + " · ".join(frame.source_line(cite) for cite in cites))
    head = f"**{place}. {leg.from_.name} → {leg.to.name}**"
    return "\n".join([head, "", *lines])


def _contact(contact: Any) -> list[str]:
    told = [f"{word(f'contact.{name}')}: {getattr(contact, name)}" for name in frame.CONTACT if getattr(contact, name)]
    aged = f" ({word('paths.stale')})" if contact.stale else ""
    dated = f"{word('source_date')} {contact.as_of or word('undated')}"
    return [
        f"- {word('paths.contact')}: {contact.authority}{aged}, {dated}",
        *(f"    - {' '.join(line.split())}" for line in told),
    ]
