"""The outlines of States: whole, in place, and drawn as the United Nations knows the States."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.offers import OfferBook
from graph.shapes import Place, Shape, shapes
from graph.shapes.conversion import middle, polygons
from graph.shapes.projection import HIGHEST, WIDEST, projected


def inside(place: Place, shape: Shape) -> bool:
    """Whether a place lies within the outlines, by the even-odd rule."""
    x, y = place
    crossings = 0
    for ring in shape.rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
    return crossings % 2 == 1


def test_every_state_of_the_release_has_a_shape_and_every_shape_is_one_of_it(packaged_book: OfferBook) -> None:
    states = packaged_book.network.states
    assert {state.id for state in states.values() if state.kind == "state"} - set(shapes()) == set()
    assert set(shapes()) - set(states) == set()


def test_outlines_are_closed_on_the_globe_and_never_jump_over_it() -> None:
    for code, shape in shapes().items():
        assert bool(shape.rings) != (shape.point is not None), code
        for ring in shape.rings:
            assert ring[0] == ring[-1], code
            assert len(ring) >= 4, code
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), code
            assert all(abs(x1 - x0) < 180 for (x0, _), (x1, _) in pairwise(ring)), code


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("KEN", (36.82, -1.29)),  # Nairobi
        ("FRA", (2.35, 48.86)),  # Paris
        ("FRA", (-53.0, 4.0)),  # French Guiana
        ("RUS", (177.5, 64.7)),  # Anadyr, before the meridian of 180 degrees
        ("RUS", (-175.0, 66.5)),  # Chukotka beyond it
        ("UKR", (34.1, 45.2)),  # Crimea: General Assembly resolution 68/262
        ("CYP", (33.6, 35.25)),  # the north of Cyprus: Security Council resolution 541 (1983)
        ("SOM", (44.6, 9.5)),  # Somaliland
        ("XKX", (20.9, 42.6)),
    ],
)
def test_places_lie_in_the_state_to_which_they_belong_and_in_no_other(code: str, place: Place) -> None:
    assert [held for held, shape in shapes().items() if inside(place, shape)] == [code]


def test_a_small_state_is_a_point_where_it_lies() -> None:
    point = shapes()["PLW"].point
    assert point is not None
    assert abs(point[0] - 134.5) < 0.5
    assert abs(point[1] - 7.4) < 0.5


def test_the_equal_earth_projection_has_the_published_extent_and_keeps_areas() -> None:
    assert projected((180, 0)) == pytest.approx((WIDEST, 0), abs=1e-3)
    assert projected((0, 90)) == pytest.approx((0, HIGHEST), abs=1e-3)
    assert pytest.approx(2.05458, abs=1e-3) == WIDEST / HIGHEST  # Šavrič, Patterson and Jenny 2019
    equator, arctic = _cell(0), _cell(69)
    from math import radians, sin

    true = (sin(radians(70)) - sin(radians(69))) / sin(radians(1))
    assert arctic / equator == pytest.approx(true, rel=1e-3)


def _cell(south: float) -> float:
    """The area of one square degree on the map (shoelace formula)."""
    corners = [projected(place) for place in ((10, south), (11, south), (11, south + 1), (10, south + 1))]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]]))) / 2


def test_a_ring_across_the_meridian_of_180_degrees_becomes_one_on_either_side() -> None:
    square = [[170, 0], [20, 0], [0, 10], [-20, 0], [0, -10]]  # from 170 east to 170 west, in steps
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [square],
        "objects": {
            "countries": {"geometries": [{"type": "Polygon", "arcs": [[0]], "id": "242", "properties": {}}]},
        },
    }
    west, east = polygons(topology)["FJI"]
    assert {x for x, _ in west[0]} == {170, 180}
    assert {x for x, _ in east[0]} == {-180, -170}
    assert middle([west]) == (175, 5)
