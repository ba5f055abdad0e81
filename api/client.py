"""A typed client of the API, for programs that wait (:class:`Comity`) and for those that do not (:class:`AsyncComity`).

::

    from api.client import Comity, paths

    with Comity("http://127.0.0.1:8000") as comity:
        answer = comity.ask(paths("FRA", "USA", "preservation", urgent=True))

Questions are made by the functions of :mod:`api.calls`, which say what type the answer has. Answers are remembered with
their entity tags, so that one that has not changed is not sent again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar, cast

import httpx2 as httpx
import msgspec

from api.calls import (
    Call,
    Listed,
    Post,
    Profile,
    assumable,
    briefing,
    card,
    changes,
    compare,
    concepts,
    coverage,
    draft,
    exports,
    gaps,
    group_next_step,
    groups,
    listed,
    network,
    next_step,
    paths,
    proposal,
    proposals,
    propose,
    publish,
    quality,
    queries,
    reach,
    release,
    releases,
    search,
    shapes,
    shown,
    ties,
    try_out,
    vocabularies,
    what_if,
    what_if_counted,
    why_not,
    withdraw,
    world,
)
from graph.answers import Answer

__all__ = [
    "Answer",
    "AsyncComity",
    "Call",
    "Comity",
    "Listed",
    "Post",
    "Profile",
    "Refused",
    "Result",
    "Unreachable",
    "assumable",
    "briefing",
    "card",
    "changes",
    "compare",
    "concepts",
    "coverage",
    "draft",
    "exports",
    "gaps",
    "group_next_step",
    "groups",
    "listed",
    "network",
    "next_step",
    "paths",
    "proposal",
    "proposals",
    "propose",
    "publish",
    "quality",
    "queries",
    "reach",
    "release",
    "releases",
    "search",
    "shapes",
    "shown",
    "ties",
    "try_out",
    "vocabularies",
    "what_if",
    "what_if_counted",
    "why_not",
    "withdraw",
    "world",
]

T = TypeVar("T")

TIMEOUT_S = 60.0

LONG_S = 600.0
"""What is to be done may take as long as building a release, and waiting for others to be done."""

REMEMBERED = 256
"""Answers that a client keeps."""


class Refused(Exception):
    """The API does not answer; ``problem`` is its RFC 9457 document, with ``status``, ``code`` and ``detail``."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail", problem.get("title", "refused"))))
        self.problem = problem

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(self.problem.get("status", 0))

    @property
    def code(self) -> str:
        """The kind of problem as a stable word."""
        return str(self.problem.get("code", ""))


class Unreachable(Exception):
    """Nothing answers at the address, or not in time."""


class Result(NamedTuple):
    """What a query in SPARQL came to: ``content`` in the form ``media``."""

    media: str
    content: bytes


SPARQL_HEADERS = {
    "Accept": "application/sparql-results+json, text/turtle;q=0.9",
    "Content-Type": "application/sparql-query",
}
"""What is asked for: rows as JSON, graphs as Turtle."""


class _Kept(NamedTuple):
    tag: str
    content: bytes


class _Exchange:
    """What both clients do with requests and responses, apart from waiting."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def headers(self, url: str) -> dict[str, str]:
        """Headers that ask for an answer only if it is another than the one that is held."""
        held = self._kept.get(url)
        return {"If-None-Match": held.tag} if held else {}

    def content(self, url: str, response: httpx.Response) -> bytes:
        """The content of the answer, new or held.

        Raises:
            Refused: there is none.
        """
        if response.status_code == httpx.codes.NOT_MODIFIED and url in self._kept:
            self._kept.move_to_end(url)
            return self._kept[url].content
        if response.status_code != httpx.codes.OK:
            raise refusal(response.status_code, response.content)
        tag = response.headers.get("etag")
        if tag:
            self._kept[url] = _Kept(tag, response.content)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return response.content


def refusal(status: int, content: bytes) -> Refused:
    """The refusal that a response tells, also where something between the two has answered."""
    try:
        told = msgspec.json.decode(content)
    except msgspec.DecodeError:
        told = None
    return Refused(told if isinstance(told, dict) else {"status": status, "title": f"HTTP status {status}"})


def _result(response: httpx.Response) -> Result:
    if response.status_code != httpx.codes.OK:
        raise refusal(response.status_code, response.content)
    return Result(response.headers.get("content-type", "").partition(";")[0], response.content)


def _done(response: httpx.Response, post: Post[T]) -> T:
    if response.status_code not in (httpx.codes.OK, httpx.codes.CREATED):
        raise refusal(response.status_code, response.content)
    return msgspec.json.decode(response.content, type=post.kind)


def _sent(post: Post[Any]) -> dict[str, Any]:
    """A request as both clients send it."""
    if post.body is None:
        return {"url": post.path, "params": post.parameters, "timeout": LONG_S}
    content = msgspec.json.encode(post.body)
    headers = {"Content-Type": "application/json"}
    return {"url": post.path, "params": post.parameters, "content": content, "headers": headers, "timeout": LONG_S}


def _url(call: Call[Any]) -> httpx.URL:
    given = {name.rstrip("_"): value for name, value in call.parameters.items() if value is not None}
    return httpx.URL(call.path, params=given) if given else httpx.URL(call.path)


def _decoded(content: bytes, call: Call[T]) -> T:
    return cast(T, content) if call.kind is bytes else msgspec.json.decode(content, type=call.kind)


def _next(page: Listed) -> Call[Listed] | None:
    return Call(page.next, {}, Listed) if page.next else None


def _batch(questions: Sequence[dict[str, Any]], assume: Sequence[str], limit: int | None) -> dict[str, Any]:
    return {"questions": list(questions), "assume": list(assume), "limit": limit}


class _Line(msgspec.Struct):
    index: int
    answer: Answer | None = None
    problem: dict[str, Any] | None = None


def _read(line: str) -> Answer | Refused:
    told = msgspec.json.decode(line, type=_Line)
    return told.answer if told.answer is not None else Refused(told.problem or {})


class Comity:
    """A client that waits for its answers. To be closed, or used in a ``with`` statement."""

    def __init__(self, address: str, *, timeout_s: float = TIMEOUT_S, headers: dict[str, str] | None = None) -> None:
        self._http = httpx.Client(base_url=address, timeout=timeout_s, headers=headers)
        self._exchange = _Exchange()

    def ask(self, call: Call[T]) -> T:
        """The answer to ``call``.

        Raises:
            Refused: the API refuses; the message says why.
            Unreachable: nothing answers.
        """
        url = _url(call)
        try:
            response = self._http.get(url, headers=self._exchange.headers(str(url)))
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _decoded(self._exchange.content(str(url), response), call)

    def send(self, post: Post[T]) -> T:
        """What comes of ``post``; raises as :meth:`ask`."""
        try:
            response = self._http.post(**_sent(post))
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _done(response, post)

    def rows(self, call: Call[Listed]) -> Iterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        following: Call[Listed] | None = call
        while following is not None:
            page = self.ask(following)
            yield from page.items
            following = _next(page)

    def batch(
        self, questions: Sequence[dict[str, Any]], *, assume: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Answer | Refused]:
        """The answer to each question (parameters of ``/v1/paths``), in their order, as they come."""
        try:
            with self._http.stream("POST", "/v1/paths", json=_batch(questions, assume, limit)) as response:
                if response.status_code != httpx.codes.OK:
                    raise refusal(response.status_code, response.read())
                for line in response.iter_lines():
                    yield _read(line)
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None

    def sparql(self, query: str) -> Result:
        """The result of a query in SPARQL: JSON (SELECT, ASK) or Turtle (CONSTRUCT, DESCRIBE).

        Raises:
            Refused: the API refuses; the message says why.
            Unreachable: nothing answers.
        """
        try:
            response = self._http.post("/sparql", content=query.encode(), headers=SPARQL_HEADERS)
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _result(response)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AsyncComity:
    """A client for programs that do other things meanwhile; as :class:`Comity`."""

    def __init__(self, address: str, *, timeout_s: float = TIMEOUT_S, headers: dict[str, str] | None = None) -> None:
        self._http = httpx.AsyncClient(base_url=address, timeout=timeout_s, headers=headers)
        self._exchange = _Exchange()

    async def ask(self, call: Call[T]) -> T:
        """The answer to ``call``; raises as :meth:`Comity.ask`."""
        url = _url(call)
        try:
            response = await self._http.get(url, headers=self._exchange.headers(str(url)))
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _decoded(self._exchange.content(str(url), response), call)

    async def send(self, post: Post[T]) -> T:
        """What comes of ``post``; raises as :meth:`Comity.ask`."""
        try:
            response = await self._http.post(**_sent(post))
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _done(response, post)

    async def sparql(self, query: str) -> Result:
        """The result of a query in SPARQL; raises as :meth:`Comity.sparql`."""
        try:
            response = await self._http.post("/sparql", content=query.encode(), headers=SPARQL_HEADERS)
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None
        return _result(response)

    async def rows(self, call: Call[Listed]) -> AsyncIterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        following: Call[Listed] | None = call
        while following is not None:
            page = await self.ask(following)
            for row in page.items:
                yield row
            following = _next(page)

    async def batch(
        self, questions: Sequence[dict[str, Any]], *, assume: Sequence[str] = (), limit: int | None = None
    ) -> AsyncIterator[Answer | Refused]:
        """The answer to each question, in their order, as they come."""
        try:
            async with self._http.stream("POST", "/v1/paths", json=_batch(questions, assume, limit)) as response:
                if response.status_code != httpx.codes.OK:
                    raise refusal(response.status_code, await response.aread())
                async for line in response.aiter_lines():
                    yield _read(line)
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url}: {error or type(error).__name__}") from None

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()
