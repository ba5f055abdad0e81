"""What the settings say about accounts, checked before anything listens, and the gate that follows from it.

Without accounts (no provider, no valid key) the server is for one user on this machine: nobody can prove who they are,
so that everybody sees what is public and nothing else, without limits, and only this machine can reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.identity import cors
from api.identity.gate import Gate
from api.identity.keyring import KeyRing, is_safe
from api.identity.keys import KeyStore
from api.identity.limits import Buckets
from api.identity.oidc import Provider, Tokens, roles_of
from api.settings import SECTION, ApiSettings
from graph.settings import PREFIX, SettingsError

T = TypeVar("T")


def guard(application: FastAPI, settings: ApiSettings, data_dir: Path) -> None:
    """Put the gate before ``application``, and before the gate what named sites may do.

    Raises:
        SettingsError: a setting is not valid.
    """
    buckets = Buckets(1 / settings.workers) if has_accounts(settings, data_dir) else None
    application.add_middleware(Gate, keys=KeyStore(data_dir), tokens=tokens(settings), buckets=buckets)
    origins = _valid("cors_origins", lambda: cors.origins_of(settings.cors_origins))
    if origins:
        application.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=cors.METHODS,
            allow_headers=cors.ASKED_WITH,
            expose_headers=cors.TOLD,
        )


def has_accounts(settings: ApiSettings, data_dir: Path) -> bool:
    """Whether callers can prove who they are."""
    return bool(settings.oidc_issuer) or KeyStore(data_dir).any_valid()


def check(settings: ApiSettings, data_dir: Path) -> None:
    """Check the settings, and refuse to listen where other machines can reach as long as nobody can say who they are.

    Raises:
        SettingsError: a setting is not valid, or the host is no loopback address and there are no accounts.
    """
    tokens(settings)
    _valid("cors_origins", lambda: cors.origins_of(settings.cors_origins))
    if not is_loopback(settings.host) and not has_accounts(settings, data_dir):
        raise SettingsError(
            f"host {settings.host!r} can be reached from other machines, which needs accounts, and there are none: use"
            " 127.0.0.1, ::1 or localhost, or see docs/accounts.md"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``; of names that is certain for ``localhost`` alone."""
    if host.casefold() == "localhost":
        return True
    try:
        address = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def tokens(settings: ApiSettings) -> Tokens | None:
    """What checks tokens by the settings; ``None`` where no provider is named.

    Raises:
        SettingsError: a setting of the provider is missing or not valid.
    """
    if not settings.oidc_issuer:
        return None
    if not is_safe(settings.oidc_issuer):
        raise _wrong("oidc_issuer", "the address of the provider must begin with https://")
    if not settings.oidc_audience:
        raise _wrong("oidc_audience", "name the audience that tokens for this service have")
    algorithms = tuple(filter(None, (name.strip() for name in settings.oidc_algorithms.split(","))))
    ring = _valid("oidc_algorithms", lambda: KeyRing(settings.oidc_issuer, algorithms))
    provider = Provider(
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        algorithms=algorithms,
        role_claim=settings.oidc_role_claim,
        roles=_valid("oidc_roles", lambda: roles_of(settings.oidc_roles)),
    )
    return Tokens(provider, ring)


def _valid(name: str, read: Callable[[], T]) -> T:
    """What ``read`` makes of the setting ``name``."""
    try:
        return read()
    except ValueError as error:
        raise _wrong(name, str(error)) from None


def _wrong(name: str, reason: str) -> SettingsError:
    return SettingsError(f"{PREFIX}{SECTION.upper()}_{name.upper()} (in the file {SECTION}.{name}): {reason}")
