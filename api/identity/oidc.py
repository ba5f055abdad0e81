"""Tokens of an OpenID Connect provider: signed by a key that it publishes, for this service, not yet expired.

What is relied on: OpenID Connect Discovery 1.0 (where the keys are), RFC 7517 (keys), RFC 7519 (claims), RFC 8725 (best
practice: the algorithm is pinned here, and never taken from the token alone). Symmetric algorithms and ``none`` cannot
be configured. Headers in a token that point to keys (``jku``, ``jwk``, ``x5u``) are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt
import msgspec

from api.identity.keyring import ALGORITHMS, KeyRing
from api.identity.roles import Role, highest, role_of

LEEWAY_S = 30
"""Seconds by which the clocks of the provider and of this machine may differ."""

LONGEST_TOKEN = 16 * 1024
REQUIRED = ["exp", "iss", "aud", "sub"]


class NotAccepted(ValueError):
    """A token does not prove who its bearer is. The reason is one for the bearer and says nothing secret."""


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """Which tokens are accepted, and which role they give.

    ``role_claim`` is the name of the claim, with dots where it is nested (``realm_access.roles``). ``roles`` maps its
    values to roles; a value that is not in it gives none.
    """

    issuer: str
    audience: str
    algorithms: tuple[str, ...] = ("RS256",)
    role_claim: str = "roles"
    roles: Mapping[str, Role] = {}


class Bearer(msgspec.Struct, frozen=True):
    """Whom a token names: the subject, and the role that its claims give."""

    subject: str
    role: Role


class Tokens:
    """Checks tokens of one provider, with the keys that it publishes."""

    def __init__(self, provider: Provider, ring: KeyRing) -> None:
        self._provider = provider
        self._ring = ring

    def check(self, token: str) -> Bearer:
        """Who bears ``token``.

        Raises:
            NotAccepted: it is not a token, not from this provider, not for this service, or not valid now.
            ProviderUnavailable: its key cannot be had now, so that it can be neither accepted nor refused.
        """
        if len(token) > LONGEST_TOKEN:
            raise NotAccepted("the token is too long")
        key_id, algorithm = self._named(token)
        key = self._ring.key(key_id, algorithm)
        if key is None:
            raise NotAccepted("the token is signed with a key that its provider does not publish")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._provider.audience,
                issuer=self._provider.issuer,
                leeway=LEEWAY_S,
                options={"require": REQUIRED},
            )
        except jwt.ExpiredSignatureError:
            raise NotAccepted("the token has expired") from None
        except jwt.ImmatureSignatureError:
            raise NotAccepted("the token is not valid yet") from None
        except jwt.InvalidAudienceError:
            raise NotAccepted("the token is for another service") from None
        except jwt.InvalidIssuerError:
            raise NotAccepted("the token is from another provider") from None
        except jwt.MissingRequiredClaimError as error:
            raise NotAccepted(f"the token lacks the claim {error.claim}") from None
        except jwt.PyJWTError:
            raise NotAccepted("the token is not valid") from None
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject or len(subject) > 255 or not subject.isprintable():
            raise NotAccepted("the token names no subject")
        return Bearer(subject, role_in(claims, self._provider))

    def _named(self, token: str) -> tuple[str, str]:
        """Key id and algorithm of the token; the algorithm is one of those that are pinned."""
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise NotAccepted("it is neither an API key nor a token") from None
        algorithm = header.get("alg")
        if algorithm not in self._provider.algorithms or algorithm not in ALGORITHMS:
            raise NotAccepted("the token is signed with an algorithm that is not accepted here")
        key_id = header.get("kid")
        if not isinstance(key_id, str) or not key_id:
            raise NotAccepted("the token does not name its key (kid)")
        return key_id, algorithm


def role_in(claims: Mapping[str, Any], provider: Provider) -> Role:
    """The highest role that the claim gives; ``anonymous`` where it gives none."""
    found: Any = claims.get(provider.role_claim)  # a name with dots may also be one claim, such as an address
    if found is None:
        found = claims
        for step in provider.role_claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    values = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return highest([provider.roles[value] for value in values if isinstance(value, str) and value in provider.roles])


def roles_of(text: str) -> dict[str, Role]:
    """The mapping that a setting such as ``eu-liaisons=liaison, editors=curator`` tells.

    Raises:
        ValueError: a pair is not written like that, or gives a role that there is not.
    """
    mapping: dict[str, Role] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        value, sign, role = pair.rpartition("=")
        if not sign or not value.strip():
            raise ValueError(f"{pair!r} is not VALUE=ROLE")
        mapping[value.strip()] = role_of(role.strip())
    return mapping
