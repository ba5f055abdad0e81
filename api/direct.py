"""Routes that are asked most: FastAPI documents them, and hands them the request without looking into it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response


class Direct(APIRoute):
    """A route whose function takes the request, reads what it needs itself (:mod:`api.query`), and gives a response.

    To solve the dependencies that it does not have would take as long as to read its parameters.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function of the route itself."""
        return self.endpoint
