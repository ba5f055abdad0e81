"""A client that asks for much at once and reads it slowly, so that the server has to hold the rest back."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import urlsplit

QUESTION = {"from": "FRA", "to": "USA", "measure": "preservation"}


class Slow:
    """One request with many questions; its lines are read when they are wanted."""

    QUESTIONS = 1000

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.settimeout(60)
        self._socket.connect((place.hostname, place.port))
        body = json.dumps({"questions": [QUESTION] * self.QUESTIONS}).encode()
        head = f"POST /v1/paths HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        self._socket.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._file = self._socket.makefile("rb", buffering=0)
        self._left = b""
        while self._row():  # the head of the response
            pass

    def line(self) -> Any:
        """The next line of the answer; ``None`` after the last."""
        size = int(self._row(), 16)
        content = self._bytes(size)
        assert self._row() == b""
        return json.loads(content) if size else None

    def rest(self) -> list[Any]:
        """All lines that are left."""
        return list(iter(self.line, None))

    def close(self) -> None:
        """Go away without reading the rest."""
        self._file.close()
        self._socket.close()

    def _row(self) -> bytes:
        while b"\r\n" not in self._left:
            self._more()
        row, _, self._left = self._left.partition(b"\r\n")
        return row

    def _bytes(self, size: int) -> bytes:
        while len(self._left) < size:
            self._more()
        content, self._left = self._left[:size], self._left[size:]
        return content

    def _more(self) -> None:
        got = self._socket.recv(65536)
        if not got:
            raise AssertionError("the answer was cut off")
        self._left += got
