"""What an operator does on the machine of an installation, recorded in the audit trail as what others do over HTTP."""

from __future__ import annotations

import os
from pathlib import Path

ROLE = "operator"


def record(data_dir: Path, command: str, did: str) -> None:
    """Record that the user of this process ``did`` something by ``command``.

    Raises:
        AuditUnavailable: it cannot be recorded.
    """
    from api.audit.chain import Act
    from api.audit.log import AuditLog

    AuditLog(data_dir).record(Act(who=who(), role=ROLE, route=f"comity {command}", asked=did))


def who() -> str:
    """The user of this process, as the audit trail names them."""
    return f"user:{_user()}"


def _user() -> str:
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # as in containers that run under a number without a name
        return str(number)
