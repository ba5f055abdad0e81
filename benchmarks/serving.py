"""Servers in processes of their own, as users run them, and the cheapest client that can ask them."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from api.server import serve
from api.settings import ApiSettings

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
"""A connection."""


class Server(NamedTuple):
    """A running server."""

    port: int
    pid: int


def comity(data: str, port: int) -> None:
    """Serve the releases of ``data`` as ``comity serve`` does."""
    serve(ApiSettings(port=port), Path(data))


@contextmanager
def serving(serve: object, argument: object) -> Iterator[Server]:
    """``serve(argument, port)`` in a process of its own; yields it once it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(argument, port), daemon=True)  # type: ignore[arg-type]
    process.start()
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield Server(port, process.pid or 0)
    finally:
        process.terminate()
        process.join()


def worked(server: Server) -> float:
    """Seconds of processor time that the server has used; that of other processes does not count."""
    fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def connected(port: int) -> Line:
    """A connection to the server at ``port`` of this machine."""
    return await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)


async def get(line: Line, url: str) -> int:
    """Size of the body of the answer, which must be 200."""
    status, size = await asked(line, url)
    assert status == 200, status
    return size


async def asked(line: Line, url: str) -> tuple[int, int]:
    """Status and size of the body of the answer."""
    reader, writer = line
    writer.write(f"GET {url} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(one.split(b":")[1]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length"))
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), length
