"""What every route begins with: the release to answer from, who asks, the day, and the means to answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from starlette.responses import Response

from api.access import Caller, caller
from api.answering import Answering, answering
from api.negotiation import JSON
from api.served import ReleaseHolder, Served, served, today
from graph.network import Network


class Asking(NamedTuple):
    """One request, from the moment it holds a release."""

    request: Request
    at: Served
    who: Caller
    answers: Answering
    today: date

    @property
    def network(self) -> Network:
        """The network of the release."""
        return self.at.network

    @property
    def data_dir(self) -> Path:
        """The data directory, which holds releases beside the one in use."""
        holder: ReleaseHolder = self.request.app.state.releases
        return holder.data_dir

    def question(self) -> Hashable:
        """The request as asked, and the day: all that an answer depends on beside release, form and caller."""
        url = self.request.url.path
        return url, tuple(sorted(self.request.query_params.multi_items())), self.today

    def at_once(
        self, work: Callable[[], bytes], media: str = JSON, question: Hashable = None, links: str | None = None
    ) -> Response:
        """The response to a question that takes a few milliseconds; ``links`` is its ``Link`` header."""
        asked = question or self.question()
        response = self.answers.at_once(self.request, self.at.id, self.who, asked, work, media)
        if links:
            response.headers["Link"] = links
        return response

    async def in_time(self, work: Callable[[], bytes], media: str = JSON) -> Response:
        """The response to a question that may take seconds, worked out on a thread."""
        return await self.answers.in_time(self.request, self.at.id, self.who, self.question(), work, media)


async def asking(
    request: Request, at: Annotated[Served, Depends(served)], who: Annotated[Caller, Depends(caller)]
) -> Asking:
    """The request with what it is answered from. Not on a thread, as every dependency here: that would cost more."""
    return Asking(request, at, who, answering(request), today(request))


Ask = Annotated[Asking, Depends(asking)]
