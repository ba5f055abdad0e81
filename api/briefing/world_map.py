"""The map of a briefing: which States the State can ask, as far as on record. Dark, hatched and pale are told apart
without colour; States too small for the scale are circles, and the State itself has a ring and its name."""

from __future__ import annotations

from collections.abc import Mapping

from api.briefing.drawing import DEEP, EDGE, LINE, OWN, PALE, WIDTH, figure, text
from graph.dates import MET, UNKNOWN, Tri
from graph.shapes import Place, Shape, shapes
from graph.shapes.projection import WIDEST, projected

SCALE = WIDTH / (2 * WIDEST)
NORTH, SOUTH = 1.30, -1.02
"""Edges of the map in the units of the projection: from the north of Greenland to south of Cape Horn."""

LEGEND = 62
HATCH = "hatch-map"
DOT = 4.2


def world_map(state: str, name: str, on_map: Mapping[str, Tri], legend: tuple[str, str, str, str, str]) -> str:
    """The SVG of the map. ``on_map``: how the best path to each other State stands; what it lacks is not counted.

    ``legend`` names the State, the three values met, unknown and none, and what is not counted.
    """
    held = shapes()
    order = sorted(held, key=lambda code: (held[code].point is not None, code))
    parts = [_drawn(held[code], *_look(on_map.get(code), code in on_map)) for code in order if code != state]
    height = (NORTH - SOUTH) * SCALE
    if state in held:
        parts += _own(held[state], name)
    return figure(height + LEGEND, [*parts, *_legend(height, legend)], HATCH)


def _look(value: Tri | None, counted: bool) -> tuple[str, str]:
    """Fill and stroke."""
    if not counted:
        return "#fff", "#c9d0d6"
    if value == MET:
        return DEEP, "#fff"
    return (f"url(#{HATCH})", EDGE) if value == UNKNOWN else (PALE, LINE)


def _drawn(shape: Shape, fill: str, stroke: str) -> str:
    if shape.point is not None:
        x, y = _at(shape.point)
        edge = DEEP if fill.startswith("url") else stroke if fill != DEEP else "#fff"
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{fill}" stroke="{edge}" '
            f'stroke-width="{1.6 if fill.startswith("url") else 1}"/>'
        )
    return f'<path d="{_outline(shape)}" fill="{fill}" stroke="{stroke}" stroke-width="0.7"/>'


def _own(shape: Shape, name: str) -> list[str]:
    """The State itself: filled, ringed and named."""
    x, y = _at(middle(shape))
    drawn = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{OWN}" stroke="#000"/>'
        if shape.point is not None
        else f'<path d="{_outline(shape)}" fill="{OWN}" stroke="#000" stroke-width="1.4"/>'
    )
    beyond = x > WIDTH * 0.78
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="17" fill="none" stroke="#000" stroke-width="2.2"/>'
    label = text(x - 23 if beyond else x + 23, y + 6, name, anchor="end" if beyond else "start", bold=True)
    return [drawn, ring, label]


def middle(shape: Shape) -> Place:
    """The middle of the box around the largest outline."""
    if shape.point is not None:
        return shape.point
    boxes = [(min(xs), max(xs), min(ys), max(ys)) for xs, ys in (zip(*ring, strict=True) for ring in shape.rings)]
    west, east, south, north = max(boxes, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))
    return (west + east) / 2, (south + north) / 2


def _outline(shape: Shape) -> str:
    lines = []
    for ring in shape.rings:
        points = (f"{x:.1f} {y:.1f}" for x, y in map(_at, ring[:-1]))
        lines.append("M" + "L".join(dict.fromkeys(points)) + "Z")
    return "".join(lines)


def _at(place: Place) -> tuple[float, float]:
    east, north = projected(place)
    return (east + WIDEST) * SCALE, (NORTH - north) * SCALE


def _legend(top: float, words: tuple[str, str, str, str, str]) -> list[str]:
    looks = ((OWN, "#000"), _look(MET, True), _look(UNKNOWN, True), _look(None, True), _look(None, False))
    parts = []
    for place, (word, (fill, stroke)) in enumerate(zip(words, looks, strict=True)):
        x, y = 10 + (place % 3) * 330, top + 22 + (place // 3) * 26
        edge = "#8b969f" if stroke in ("#fff", "#c9d0d6") else stroke
        parts.append(f'<rect x="{x}" y="{y - 13:.1f}" width="26" height="16" fill="{fill}" stroke="{edge}"/>')
        parts.append(text(x + 34, y + 1, word))
    return parts
