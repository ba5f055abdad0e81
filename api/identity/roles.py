"""The roles, in order, and what each may do: one table, read by everything that decides by role.

Each role may do what those before it may. Who has not said who they are is ``anonymous``.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Role = Literal["anonymous", "researcher", "liaison", "curator"]

ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most."""


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """What a role may do. ``per_minute`` and ``burst`` bound its requests.

    ``restricted``: sees restricted contacts. ``publishes``: proposes and publishes facts. ``audited``: everything that
    it asks or does is recorded.
    """

    per_minute: int
    burst: int
    restricted: bool = False
    publishes: bool = False
    audited: bool = False


RIGHTS: dict[Role, Rights] = {
    "anonymous": Rights(per_minute=60, burst=60),
    "researcher": Rights(per_minute=600, burst=300),
    "liaison": Rights(per_minute=600, burst=300, restricted=True, audited=True),
    "curator": Rights(per_minute=600, burst=300, restricted=True, publishes=True, audited=True),
}


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a role, and a name (``key:…``, ``oidc:…``) that is ``None`` where nobody has said who they are."""

    role: Role = "anonymous"
    name: str | None = None

    @property
    def rights(self) -> Rights:
        """What they may do."""
        return RIGHTS[self.role]


ANONYMOUS = Caller()


class RoleError(ValueError):
    """There is no such role. One line that names those there are."""


def role_of(name: str) -> Role:
    """The role called ``name``, in any case.

    Raises:
        RoleError: there is none; also for ``anonymous``, which nobody is given.
    """
    for role in ROLES[1:]:
        if role == name.casefold():
            return role
    raise RoleError(f"{name!r} is no role that can be given: choose from {', '.join(ROLES[1:])}")


def highest(roles: list[Role]) -> Role:
    """The highest of ``roles``; ``anonymous`` where there are none."""
    return max(roles, key=ROLES.index, default="anonymous")
