"""Bodies over a real connection: bounded in size however they are declared, and in time however they come."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI, Request

from api.limits import Limits

MOST, WITHIN_S = 2000, 0.4


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server that tells how many bytes a body had."""
    application = FastAPI()

    @application.post("/")
    async def length(request: Request) -> int:
        return len(await request.body())

    application.add_middleware(Limits, max_body=MOST, receive_timeout_s=WITHIN_S)
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def answer(port: int, head: str, *parts: bytes, pause_s: float = 0.0) -> str:
    """The response to a request that is sent in parts with pauses between them."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
        try:
            for part in parts:
                time.sleep(pause_s)
                connection.sendall(part)
        except OSError:
            pass  # it has answered and closed before all was sent
        try:
            return connection.recv(4000).decode()
        except ConnectionResetError:
            return "reset"


def chunk(size: int) -> bytes:
    """A chunk of a body."""
    return f"{size:x}\r\n".encode() + b"a" * size + b"\r\n"


CHUNKED, LAST = "Transfer-Encoding: chunked", b"0\r\n\r\n"


def test_a_body_within_the_limits_passes_whole(port: int) -> None:
    assert answer(port, f"Content-Length: {MOST}", b"a" * MOST).endswith(str(MOST))
    assert answer(port, CHUNKED, chunk(MOST // 2), chunk(MOST // 2), LAST, pause_s=0.05).endswith(str(MOST))


@pytest.mark.parametrize("declared", [MOST + 1, 10**12, 10**30])
def test_a_body_declared_too_large_is_refused_before_it_is_sent(port: int, declared: int) -> None:
    started = time.monotonic()
    told = answer(port, f"Content-Length: {declared}")
    assert " 413 " in told or " 400 " in told  # a number beyond all bounds the server itself refuses
    assert time.monotonic() - started < WITHIN_S


def test_a_body_in_chunks_is_counted_as_it_comes(port: int) -> None:
    told = answer(port, CHUNKED, *[chunk(500)] * 8, LAST, pause_s=0.005)
    assert " 413 " in told
    assert "application/problem+json" in told


def test_a_body_that_drips_is_not_waited_for(port: int) -> None:
    """Each part comes soon after the one before, and the whole never."""
    started = time.monotonic()
    told = answer(port, CHUNKED, *[chunk(1)] * 12, pause_s=WITHIN_S / 6)
    assert " 408 " in told
    assert time.monotonic() - started < 5 * WITHIN_S


def test_a_body_that_never_comes_is_not_waited_for(port: int) -> None:
    assert " 408 " in answer(port, "Content-Length: 10")
