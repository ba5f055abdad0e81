"""``POST /v1/paths``: up to a thousand questions in one request, answered line by line, or as one graph."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from api import schemas
from api.asking import Ask, Asking
from api.negotiation import JSON, JSON_LD, NDJSON, by_accept
from api.parameters import MOST
from api.problems import Problem, body_of
from api.questions import Asked, understood
from api.shapes import BatchLine
from graph.answers import Question
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.what_if import assume as lay

router = APIRouter(prefix="/v1", tags=["paths"])

MOST_QUESTIONS = 1000

Name = Annotated[str, Field(min_length=1, max_length=MOST)]


class BatchQuestion(BaseModel):
    """One question; the fields are the parameters of `GET /v1/paths`."""

    model_config = ConfigDict(extra="forbid")

    from_: Annotated[Name, Field(alias="from", examples=["FRA"])]
    to: Annotated[Name, Field(examples=["USA"])]
    measure: Annotated[Name, Field(examples=["preservation"])]
    offence: Name | None = None
    on: Annotated[Name | None, Field(examples=["2026-11-26"])] = None
    urgent: bool = False
    evidence: bool = False
    via: Name | None = None


class Batch(BaseModel):
    """Questions, and what is assumed for all of them."""

    model_config = ConfigDict(extra="forbid")

    questions: Annotated[list[BatchQuestion], Field(min_length=1, max_length=MOST_QUESTIONS)]
    assume: Annotated[list[Name], Field(max_length=20)] = []
    limit: Annotated[int | None, Field(ge=1, le=1000, description="List at most so many paths for each.")] = None


@router.post(
    "/paths",
    summary="Answer many questions, one line each",
    response_class=StreamingResponse,
    responses=schemas.streamed(schemas.of(BatchLine), "A line for each question, in their order.", JSON_LD),
)
async def batch(ask: Ask, asked: Batch) -> Response:
    """Each line is `{"index", "answer"}`, or `{"index", "problem"}` where a question is not valid.

    All lines are of one release, however long it takes to read them. As linked data (`Accept: application/ld+json`) all
    answers are one graph with the records that they rest on; there every question has to be valid.
    """
    media = by_accept(ask.request.headers.get("accept", "*/*"), (NDJSON, JSON, JSON_LD))
    book = lay(ask.at.book, asked.assume).book if asked.assume else ask.at.book
    if media == JSON_LD:
        questions = [_understood(ask, index, question) for index, question in enumerate(asked.questions)]
        graph = _graph(ask, book, questions, asked.limit)
        return StreamingResponse(graph, media_type=JSON_LD, headers={"Cache-Control": "no-store"})
    return StreamingResponse(_lines(ask, book, asked), media_type=NDJSON, headers={"Cache-Control": "no-store"})


async def _lines(ask: Asking, book: OfferBook, asked: Batch) -> AsyncIterator[bytes]:
    for index, question in enumerate(asked.questions):
        yield _line(ask, book, index, question, asked.limit) + b"\n"
        await asyncio.sleep(0)  # others have their turn between two answers


def _line(ask: Asking, book: OfferBook, index: int, asked: BatchQuestion, limit: int | None) -> bytes:
    try:
        answer = find_paths(book, _understood(ask, index, asked))
    except Problem as problem:
        told = {"index": index, "problem": body_of(problem, ask.request.url.path)}
        return msgspec.json.encode(told)
    answer.paths = answer.paths[:limit]
    return msgspec.json.encode(BatchLine(index=index, answer=answer))


def _understood(ask: Asking, index: int, asked: BatchQuestion) -> Question:
    return understood(ask.network, Asked(**dict(asked)), ask.today, f"questions.{index}")


async def _graph(
    ask: Asking, book: OfferBook, questions: Sequence[Question], limit: int | None
) -> AsyncIterator[bytes]:
    """One JSON-LD document, a line for each answer and then one for each record. Written on a thread: it takes long."""
    from graph.linked_answers import LinkedAnswers
    from ontologies.schema import context

    writer = await asyncio.to_thread(LinkedAnswers, ask.network)

    def line(question: Question) -> bytes:
        answer = find_paths(book, question)
        answer.paths = answer.paths[:limit]
        return msgspec.json.encode(writer.node(answer))

    yield b'{"@context": ' + msgspec.json.encode(context()["@context"]) + b',\n"@graph": [\n'
    for index, question in enumerate(questions):
        yield (b",\n" if index else b"") + await asyncio.to_thread(line, question)
    for record in await asyncio.to_thread(writer.records):
        yield b",\n" + msgspec.json.encode(record)
    yield b"\n]}\n"
