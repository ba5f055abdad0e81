"""From longitude and latitude to a flat map on which areas keep their proportion: the Equal Earth projection.

B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical Information
Science 33 (2019), equations 5 to 7.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from graph.shapes import Place

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796

WIDEST = 2.7066
"""Half of the width of the world, in the units of :func:`projected`; half of its height is :data:`HIGHEST`."""
HIGHEST = 1.3173


def projected(place: Place) -> tuple[float, float]:
    """East and north of the middle of the map, on a globe of radius 1."""
    longitude, latitude = map(radians, place)
    theta = asin(sqrt(3) / 2 * sin(latitude))
    east = 2 * sqrt(3) * longitude * cos(theta)
    east /= 3 * (9 * A4 * theta**8 + 7 * A3 * theta**6 + 3 * A2 * theta**2 + A1)
    return east, A4 * theta**9 + A3 * theta**7 + A2 * theta**3 + A1 * theta
