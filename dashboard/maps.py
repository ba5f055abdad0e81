"""What the map component is given: outlines, States with what they have on each day, and all words in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
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

GAIN_STEPS = (0.05, 0.15, 0.3, 0.5)
"""Limits between the shades of what is gained, as shares of the number of measures."""

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


def of_gains(told: Any, title: str) -> dict[str, Any]:
    """The map of what assumptions change: how many questions (partner, measure, side) each State gains, or loses."""
    assumed = {one.state for one in told.states}
    gains = {one.state: one for one in told.gains}
    named = state_namer()
    limits = [1, *(max(place + 1, round(len(told.measures) * share)) for place, share in enumerate(GAIN_STEPS, 1))]
    rows = [
        {
            "id": id_,
            "name": named(row["alpha2"], row["name"]),
            "shown": True,
            "drawn": _gain(gains.get(id_), id_ in assumed, limits),
        }
        for id_, row in answers.states().items()
        if row["kind"] == "state"
    ]
    legend = [
        {"look": "own", "label": word("gain.own")},
        *(
            {"look": f"r{place}", "label": word("gain.some", range=_span(least, most))}
            for place, (least, most) in enumerate(pairwise(limits))
        ),
        {"look": f"r{len(limits) - 1}", "label": word("gain.many", least=limits[-1])},
        {"look": "unsure", "label": word("gain.more")},
        {"look": "void", "label": word("gain.nothing")},
    ]
    if any(one.lost > one.gained for one in told.gains):
        legend.insert(-1, {"look": "lost", "label": word("gain.lost")})
    others = [one for one in told.gains if one.state not in assumed]
    summed = word("gain.summed", gain=sum(one.gained > 0 for one in others), all=len(rows) - len(assumed))
    found = _map(title, [told.day], told.day, told.day, told.release, rows, None)
    return found | {"legend": legend, "sum": summed, "drawn": "; ".join(told.assumptions) + str(told.offence)}


def _span(least: int, limit: int) -> str:
    """The whole numbers from ``least`` to below ``limit``."""
    return str(least) if limit == least + 1 else f"{least}–{limit - 1}"


def _gain(held: Any, assumed: bool, limits: Sequence[int]) -> dict[str, Any]:
    """How one State is drawn, ranked and told."""
    if held is None:
        return {"look": "own" if assumed else "void", "rank": int(assumed) * 10**9, "short": "–",
                "told": word("gain.nothing")}  # fmt: skip
    told = word("gain.told", opened=held.opened, secured=held.secured, improved=held.improved, lost=held.lost)
    rank = held.gained * 1000 + min(held.improved, 999) - held.lost
    short = f"+{held.gained}" if held.gained or not held.lost else f"−{held.lost}"
    if assumed:
        return {"look": "own", "rank": 10**9, "short": short, "told": told}
    if held.lost > held.gained:
        return {"look": "lost", "rank": rank, "short": f"−{held.lost}", "told": told}
    shade = sum(held.gained >= limit for limit in limits) - 1
    return {"look": f"r{shade}" if shade >= 0 else "unsure", "rank": rank, "short": short, "told": told}


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
