"""How ``world.geojson`` was made, once, from the TopoJSON files of Natural Earth in the npm package world-atlas 2.0.2.

``python -m graph.shapes.conversion FOLDER`` with the folder of ``countries-110m.json``, ``countries-50m.json`` and
``countries-10m.json``. Outlines are those of 1:110 million. States and territories that are too small for that scale
become one point, the middle of their largest piece at the next finer scale that has them.

Natural Earth draws who administers a place. The map follows the United Nations instead, where it is kept apart: what
it calls Northern Cyprus and Somaliland is drawn as Cyprus and Somalia (Security Council resolutions 541 (1983) and
550 (1984); Somalia is one member of the United Nations), and Crimea as Ukraine (General Assembly resolution 68/262).
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

from graph.shapes import WORLD, Place

SCALES = ("110m", "50m", "10m")

WITHOUT_CODE = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
"""Names of features without an ISO code, and the State with which each is drawn."""

LEFT_OUT = frozenset({"ATA"})
"""Antarctica is nobody's territory (Antarctic Treaty, article IV)."""

CRIMEA = ((32.0, 44.0), (37.0, 47.0))
"""South-western and north-eastern corner of a box that holds Crimea and no other piece of land whole."""

Polygon = list[list[Place]]


def converted(folder: Path) -> dict[str, dict[str, Any]]:
    """GeoJSON geometries by ISO 3166-1 alpha-3 code."""
    found: dict[str, dict[str, Any]] = {}
    for scale in SCALES:
        pieces = polygons(json.loads((folder / f"countries-{scale}.json").read_text(encoding="utf-8")))
        for code, held in sorted(pieces.items()):
            if code in found or code in LEFT_OUT:
                continue
            outlines = {"type": "MultiPolygon", "coordinates": held}
            found[code] = outlines if scale == SCALES[0] else {"type": "Point", "coordinates": middle(held)}
    return dict(sorted(found.items()))


def polygons(topology: dict[str, Any]) -> dict[str, list[Polygon]]:
    """The polygons of each State of a TopoJSON topology, in degrees rounded to hundredths, by code."""
    arcs = [_unfolded(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        if code is None:
            continue
        held = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in held:
            rings = [_ring(ring, arcs) for ring in polygon]
            owner = "UKR" if code == "RUS" and _within(rings[0], CRIMEA) else code
            sides = [_cut(ring) for ring in rings]
            found.setdefault(owner, []).extend(list(filter(None, side)) for side in zip(*sides, strict=True) if side[0])
    return found


def middle(held: list[Polygon]) -> Place:
    """The centroid of the outer ring with the largest area."""
    area, x, y = max((_moments(polygon[0]) for polygon in held), key=lambda moments: abs(moments[0]))
    return round(x / (6 * area), 2), round(y / (6 * area), 2)


def _moments(ring: list[Place]) -> tuple[float, float, float]:
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return area, x, y


def _code(geometry: dict[str, Any]) -> str | None:
    if "id" not in geometry:
        return WITHOUT_CODE.get(geometry["properties"]["name"])
    found = pycountry.countries.get(numeric=geometry["id"])
    return found.alpha_3 if found else None


def _unfolded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Place]:
    """The places of an arc, which a topology keeps as whole steps from one to the next."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    places = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        places.append((round(x * scale_x + left, 2), round(y * scale_y + bottom, 2)))
    return places


def _ring(numbers: list[int], arcs: list[list[Place]]) -> list[Place]:
    """The arcs of these numbers in one line; the complement of a number is that arc backwards."""
    places: list[Place] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        places += arc[1:] if places else arc
    return places


def _cut(ring: list[Place]) -> tuple[list[Place], list[Place]]:
    """The parts of a ring on either side of the meridian of 180 degrees, across which the topology draws it on."""
    whole = [ring[0]]
    for x, y in ring[1:]:
        turns = round((whole[-1][0] - x) / 360)
        whole.append((x + 360 * turns, y))
    edge = 180 if max(x for x, _ in whole) > 180 else -180
    near = _clipped(whole, edge, 1 if edge > 0 else -1)
    beyond = _clipped(whole, edge, -1 if edge > 0 else 1)
    return near, [(round(x - 2 * edge, 2), y) for x, y in beyond]


def _clipped(ring: list[Place], edge: float, side: int) -> list[Place]:
    """The part of a closed ring on one side (1: west) of a meridian (Sutherland and Hodgman); empty where none is."""
    if not any(side * (edge - x) > 0 for x, _ in ring):
        return []
    kept: list[Place] = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        inside, next_inside = side * (edge - x0) >= 0, side * (edge - x1) >= 0
        if inside:
            kept.append((x0, y0))
        if inside != next_inside:
            kept.append((edge, round(y0 + (y1 - y0) * (edge - x0) / (x1 - x0), 2)))
    return [*kept, kept[0]]


def _within(ring: list[Place], box: tuple[Place, Place]) -> bool:
    (west, south), (east, north) = box
    return all(west < x < east and south < y < north for x, y in ring)


def _main(folder: Path) -> None:
    lines = [
        json.dumps({"type": "Feature", "id": code, "properties": {}, "geometry": geometry}, separators=(",", ":"))
        for code, geometry in converted(folder).items()
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    WORLD.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
