"""The keys that an identity provider publishes: fetched when needed, kept, and never fetched in a flood.

Found through the discovery document of the issuer (OpenID Connect Discovery 1.0, section 4), whose ``issuer`` must be
the one asked. Keys are kept for an hour. A token that names an unknown key may mean that the provider has changed its
keys: then they are fetched anew, but at most once in :data:`PAUSE_S`, whatever is sent here. Where the provider cannot
be reached the keys that are held serve on for a day.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import msgspec

Keys = Mapping[tuple[str, str], jwt.PyJWK]
"""Keys by their id and the algorithm that each is bound to."""

_RSA = frozenset({("RSA", None)})
ALGORITHMS: Mapping[str, frozenset[tuple[str, str | None]]] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), _RSA),
    "ES256": frozenset({("EC", "P-256")}),
    "ES384": frozenset({("EC", "P-384")}),
    "ES512": frozenset({("EC", "P-521")}),
    "EdDSA": frozenset({("OKP", "Ed25519")}),
}
"""Algorithms that can be pinned, with the kinds and curves of their keys: only the provider has what signs."""

PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
"""Members of a published key that are no part of a public one."""

FRESH_S = 3600.0
USABLE_S = 24 * 3600.0
PAUSE_S = 60.0
"""Seconds between two attempts to fetch, successful or not."""

TIMEOUT_S = 5.0
LARGEST = 256 * 1024
"""Bytes of a document that are read at most."""

MOST_KEYS = 50
SMALLEST_RSA = 2048

log = logging.getLogger("comity.api")


class ProviderUnavailable(RuntimeError):
    """The keys of the provider cannot be had now."""


class KeyRing:
    """The keys of one issuer for signatures by ``algorithms``. Several threads may ask; one fetches.

    Raises:
        ValueError: an algorithm is none of :data:`ALGORITHMS`.
    """

    def __init__(self, issuer: str, algorithms: Iterable[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._algorithms = tuple(algorithms)
        if not self._algorithms or not ALGORITHMS.keys() >= set(self._algorithms):
            wrong = ", ".join(sorted(set(self._algorithms) - ALGORITHMS.keys())) or "none"
            raise ValueError(f"{wrong}: choose signature algorithms from {', '.join(ALGORITHMS)}")
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: Keys | None = None
        self._fetched_at = 0.0
        self._tried_at: float | None = None

    def key(self, key_id: str, algorithm: str) -> jwt.PyJWK | None:
        """The key of that id that signs by that algorithm; ``None`` where the provider publishes none.

        Raises:
            ProviderUnavailable: no keys are held, and they cannot be fetched now.
        """
        return self._current((key_id, algorithm)).get((key_id, algorithm))

    def _current(self, wanted: tuple[str, str]) -> Keys:
        held = self._keys
        if held is not None and wanted in held and self._clock() - self._fetched_at < FRESH_S:
            return held
        # While one thread fetches, others wait only where there is nothing to answer from: the provider may be slow.
        if not self._lock.acquire(blocking=held is None):
            if held is not None and wanted in held and self._clock() - self._fetched_at < USABLE_S:
                return held
            raise ProviderUnavailable("the keys of the identity provider are being fetched: try again in a moment")
        try:
            return self._renewed(wanted)
        finally:
            self._lock.release()

    def _renewed(self, wanted: tuple[str, str]) -> Keys:
        """The keys after an attempt to fetch them, where one is due."""
        age = self._clock() - self._fetched_at
        fresh = self._keys is not None and wanted in self._keys and age < FRESH_S  # another thread has fetched
        if not fresh and (self._tried_at is None or self._clock() - self._tried_at >= PAUSE_S):
            self._fetch()
            age = self._clock() - self._fetched_at
        if self._keys is None or age >= USABLE_S:
            raise ProviderUnavailable("the identity provider cannot be reached: try again in a minute")
        return self._keys

    def _fetch(self) -> None:
        self._tried_at = self._clock()
        try:
            self._keys = fetched(self._issuer, self._algorithms)
        except ProviderUnavailable as error:
            log.warning("keys of %s: %s", self._issuer, error)
        else:
            self._fetched_at = self._tried_at


def fetched(issuer: str, algorithms: Iterable[str]) -> Keys:
    """The keys that ``issuer`` publishes for signatures by ``algorithms``.

    Raises:
        ProviderUnavailable: it cannot be reached, or does not publish keys as the standards have it.
    """
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
        told = _document(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise ProviderUnavailable(f"its discovery document names another issuer, {told.get('issuer')!r}")
        place = told.get("jwks_uri")
        if not isinstance(place, str) or not is_safe(place):
            raise ProviderUnavailable("its discovery document names no place of keys that can be trusted")
        published = _document(client, place).get("keys")
    if not isinstance(published, list):
        raise ProviderUnavailable("its key set holds no list of keys")
    keys: dict[tuple[str, str], jwt.PyJWK] = {}
    for one in published[:MOST_KEYS]:
        keys |= _signing_keys(one, algorithms)
    return keys


def is_safe(url: str) -> bool:
    """Whether nobody on the way can change what ``url`` gives: HTTPS, or this machine itself."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    if parts.scheme != "http":
        return False
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _document(client: httpx.Client, url: str) -> dict[str, Any]:
    """The JSON object at ``url``."""
    content = b""
    try:
        with client.stream("GET", url, headers={"Accept": "application/json"}) as response:
            if response.status_code != 200:
                raise ProviderUnavailable(f"{url} answers {response.status_code}")
            for part in response.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise ProviderUnavailable(f"{url} is larger than {LARGEST:,} bytes")
        document: dict[str, Any] = msgspec.json.decode(content, type=dict[str, Any])
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderUnavailable(f"{url}: {type(error).__name__}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ProviderUnavailable(f"{url} is no JSON object") from None
    return document


def _signing_keys(said: Any, algorithms: Iterable[str]) -> dict[tuple[str, str], jwt.PyJWK]:
    """A published key for each of ``algorithms`` by which it can sign; none where it is not one for signatures."""
    if not isinstance(said, dict) or said.get("use", "sig") != "sig" or not isinstance(said.get("kid"), str):
        return {}
    public = {name: value for name, value in said.items() if name not in PRIVATE}
    keys = {}
    for algorithm in algorithms:
        if said.get("alg", algorithm) != algorithm or (said.get("kty"), said.get("crv")) not in ALGORITHMS[algorithm]:
            continue
        try:
            key = jwt.PyJWK.from_dict(public, algorithm)
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
        if said["kty"] == "RSA" and key.key.key_size < SMALLEST_RSA:
            log.warning("key %s has fewer than %d bits and is not used", said["kid"], SMALLEST_RSA)
            continue
        keys[said["kid"], algorithm] = key
    return keys
