"""Output for programs: any answer as JSON on standard output."""

from __future__ import annotations

import sys
from typing import Any

import msgspec


def builtins(value: Any) -> Any:
    """``value`` in plain dictionaries and lists."""
    return msgspec.to_builtins(value)


def parsed(text: str) -> Any:
    """What a JSON text says."""
    return msgspec.json.decode(text)


def write_json(value: Any) -> None:
    """Write ``value`` as indented JSON."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
