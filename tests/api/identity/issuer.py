"""A real OpenID Connect issuer on this machine: publishes keys over HTTP, signs tokens, counts who asks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from jwt.algorithms import get_default_algorithms

AUDIENCE = "comity"


class Issuer:
    """The provider. ``private`` are its keys by id, each with its algorithm; all of them are published."""

    def __init__(self, url: str, series: int) -> None:
        self.url = url
        self._series = series
        self.private: dict[str, tuple[str, PrivateKeyTypes]] = {}
        self.asked: list[str] = []
        self.down = False
        self.replies: dict[str, Any] = {}
        """What is answered at a path in place of the right document."""
        self._going = threading.Event()
        self._going.set()

    def new_key(self, key_id: str, algorithm: str = "RS256", bits: int = 2048) -> None:
        """Make and publish a key."""
        self.private[key_id] = (algorithm, _made(algorithm, bits, self._series, len(self.private)))

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Let nobody have an answer until :meth:`go_on`."""
        self._going.clear()
        try:
            yield
        finally:
            self._going.set()

    def go_on(self) -> None:
        """Answer again."""
        self._going.set()

    def wait_until_asked(self, times: int) -> None:
        """Wait until so many requests have come."""
        ends = time.monotonic() + 10
        while len(self.asked) < times and time.monotonic() < ends:
            time.sleep(0.005)
        assert len(self.asked) >= times

    def published(self) -> list[dict[str, Any]]:
        """The public keys as JWKs."""
        keys = []
        for key_id, (algorithm, private) in self.private.items():
            public = private.public_key()
            said = json.loads(get_default_algorithms()[algorithm].to_jwk(public))
            keys.append(said | {"kid": key_id, "use": "sig"})
        return keys

    def token(self, key_id: str, headers: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token for a liaison that is valid for five minutes; a claim given as ``None`` is left out."""
        algorithm, private = self.private[key_id]
        now = int(time.time())
        said = {"iss": self.url, "aud": AUDIENCE, "sub": "ann", "iat": now, "exp": now + 300, "roles": ["liaisons"]}
        said = {name: value for name, value in (said | claims).items() if value is not None}
        return jwt.encode(said, private, algorithm=algorithm, headers={"kid": key_id, **(headers or {})})  # type: ignore[arg-type]

    def document(self, path: str) -> Any:
        """What is published at ``path``."""
        self._going.wait(10)
        if path in self.replies:
            return self.replies[path]
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        return {"keys": self.published()} if path == "/keys" else None


CURVES: dict[str, ec.EllipticCurve] = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}


@cache
def _made(algorithm: str, bits: int, series: int, number: int) -> PrivateKeyTypes:
    """A new key, made once: RSA keys take their time. Those of another series or number are others."""
    if algorithm.startswith(("RS", "PS")):
        return rsa.generate_private_key(65537, bits)
    return ed25519.Ed25519PrivateKey.generate() if algorithm == "EdDSA" else ec.generate_private_key(CURVES[algorithm])


@contextmanager
def serving(series: int = 0) -> Iterator[Issuer]:
    """An issuer that listens on a free port of this machine, with one RSA key called ``one``, of its ``series``."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            document = issuer.document(self.path)
            status = 503 if issuer.down else 404 if document is None else 200
            body = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}", series)
    issuer.new_key("one")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
