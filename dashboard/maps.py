"""What the map component is given: outlines, States with what they have on each day, and all words in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from api.client import shapes
from dashboard import answers
from dashboard.texts import language, right_to_left, state_namer, word

LOOKS = {
    "in-force": "best", "satisfied": "best", "met": "best",
    "bound-not-in-force": "nearly", "not-yet": "nearly",
    "signed-only": "half", "partial": "half",
    "ended": "lost", "opted-out": "lost", "contradictory": "lost", "not-satisfied": "lost",
    "undecided": "unsure", "unknown": "unsure",
    "not-party": "none", "none": "none",
    "no-record": "void",
}  # fmt: skip
"""How each word is drawn. What is open is hatched, what is not on record is left blank: neither looks like a no."""

SHARES = ("under5", "under15", "under30", "under50", "over50")


def of_years(told: Any, day: str, today: str, title: str, shown: Callable[[Any], bool]) -> dict[str, Any]:
    """The map of an answer of ``/v1/world``, first on ``day``; States that are not ``shown`` are faded.

    ``today`` is marked, if it is among the days.
    """
    named = state_namer()
    places = {text: place for place, text in enumerate(told.words)}
    rows = [
        {
            "id": state.id,
            "name": named(state.alpha2, state.name),
            "shown": shown(state),
            **(
                {"words": [places[text] for text in state.words]}
                if told.words
                else {"met": state.met, "unknown": state.unknown}
            ),
        }
        for state in told.states
    ]
    scale = [{"look": LOOKS[text], "label": word(f"place.{text}")} for text in told.words] if told.words else None
    return _map(title, told.days, day, today, told.release, rows, scale, told.pairs)


def of_words(
    title: str, day: str, release: str, held: Mapping[str, str], states: Mapping[str, Any], scale: Sequence[str]
) -> dict[str, Any]:
    """The map of one day, on which each State (alpha-3) has one of the words of ``scale``."""
    named = state_namer()
    rows = [
        {
            "id": id_,
            "name": named(states[id_]["alpha2"], states[id_]["name"]),
            "shown": True,
            "words": [scale.index(text)],
        }
        for id_, text in held.items()
    ]
    looks = [{"look": LOOKS[text], "label": word(f"reach.{text}")} for text in scale]
    return _map(title, [day], day, day, release, rows, looks)


def _map(
    title: str,
    days: Sequence[str],
    day: str,
    today: str,
    release: str,
    rows: list[dict[str, Any]],
    scale: list[dict[str, str]] | None,
    pairs: int = 0,
) -> dict[str, Any]:
    return {
        "title": title,
        "days": list(days),
        "day": day,
        "today": today,
        "states": rows,
        "shown": [row["id"] for row in rows if row["shown"]],
        "scale": scale,
        "pairs": pairs,
        "outlines": _outlines(answers.release()),
        "language": language(),
        "rtl": right_to_left(),
        "words": {
            "asof": word("map.asof", release=release),
            "shares": [word(f"map.{share}") for share in SHARES],
            **{
                name: word(f"map.{name}")
                for name in (
                    "keys", "legend", "ranked", "day", "today", "play", "pause", "future", "hint", "counted", "summed",
                    "only_open", "no_path", "borders",
                )
            },
        },
    }  # fmt: skip


@st.cache_resource(max_entries=2, show_spinner=False)
def _outlines(release_: str) -> dict[str, Any]:
    """The outlines as the drawing takes them: the path of each State, or the place of one drawn as a point; ``frame``
    is the part of the world that has States, without the empty sea in the south."""
    told = answers.ask(shapes())
    drawn: dict[str, Any] = {}
    heights = []
    for state, shape in told.states.items():
        if shape.point is not None:
            drawn[state] = shape.point
            heights.append(shape.point[1])
        else:
            drawn[state] = "".join(f"M{'L'.join(f'{east:g} {down:g}' for east, down in ring)}Z" for ring in shape.rings)
            heights += [down for ring in shape.rings for _, down in ring]
    top = min(heights) - 8
    return {"frame": f"0 {top:g} {told.width} {max(heights) + 10 - top:g}", "states": drawn}
