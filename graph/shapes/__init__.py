"""The outlines of States and territories, for small maps: Natural Earth at 1:110 million, small ones as points.

``world.geojson`` is a GeoJSON feature collection (RFC 7946) with one feature a line, whose ``id`` is the ISO 3166-1
alpha-3 code; ``world.geojson.license`` says where it is from. A line on a map is no statement on anybody's status.

* :mod:`graph.shapes.conversion`: how the file was made, once
* :mod:`graph.shapes.projection`: from longitude and latitude to a flat map
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

WORLD = Path(__file__).with_name("world.geojson")

SOURCE = "Natural Earth, 1:110 million, version 4.1.0 (public domain)"
ADDRESS = "https://www.naturalearthdata.com/"
AS_OF = "2018"
"""The year in which that version of the outlines was published."""

Place = tuple[float, float]
"""Longitude and latitude in degrees."""


class Shape(msgspec.Struct, frozen=True):
    """Outlines of one State: ``rings`` are closed, holes among them. Or one ``point`` where it is too small for any."""

    rings: tuple[tuple[Place, ...], ...] = ()
    point: Place | None = None


@cache
def shapes() -> dict[str, Shape]:
    """The shape of each State and territory, by ISO 3166-1 alpha-3 code (Kosovo: ``XKX``)."""
    features = msgspec.json.decode(WORLD.read_bytes())["features"]
    return {feature["id"]: _shape(feature["geometry"]) for feature in features}


def _shape(geometry: dict[str, object]) -> Shape:
    if geometry["type"] == "Point":
        return Shape(point=msgspec.convert(geometry["coordinates"], Place))
    polygons = msgspec.convert(geometry["coordinates"], tuple[tuple[tuple[Place, ...], ...], ...])
    return Shape(rings=tuple(ring for polygon in polygons for ring in polygon))
