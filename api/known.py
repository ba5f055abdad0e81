"""Parameters that a route does not know are refused: a limit or a day that is misspelt and ignored is none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.problems import Problem, not_valid
from graph.questions import nearest


async def known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not know, and those given twice that may be given once.

    Raises:
        Problem: there is such a parameter.
    """
    given = request.query_params
    route = request.scope.get("route")
    if not given or not isinstance(route, APIRoute):
        return
    takes = _parameters(route)
    seen: set[str] = set()
    for name, _ in given.multi_items():
        if name not in takes:
            raise unknown(name, takes)
        if name in seen and not takes[name]:
            raise repeated(name)
        seen.add(name)


def unknown(name: str, takes: Collection[str]) -> Problem:
    """There is no parameter ``name``; the route ``takes`` others."""
    close = nearest(name, takes)
    told = f"did you mean {close[0]}?" if close else f"valid: {', '.join(sorted(takes)) or 'none'}"
    return not_valid(name[:40], f"there is no such parameter; {told}")


def repeated(name: str) -> Problem:
    """The parameter ``name`` is given twice."""
    return not_valid(name, "it may be given once only")


_FOUND: dict[int, tuple[APIRoute, dict[str, bool]]] = {}


def _parameters(route: APIRoute) -> dict[str, bool]:
    """The parameters of the query that ``route`` takes, and whether each may be repeated."""
    held = _FOUND.get(id(route))
    if held is None or held[0] is not route:
        held = _FOUND[id(route)] = (route, dict(_walked(route.dependant)))
    return held[1]


def _walked(dependant: Dependant) -> list[tuple[str, bool]]:
    found = [(field.alias, _repeats(field.field_info.annotation)) for field in dependant.query_params]
    for below in dependant.dependencies:
        found += _walked(below)
    return found


def _repeats(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(get_origin(one) is list for one in get_args(annotation))
