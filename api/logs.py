"""The log of the server on standard error: one JSON object a line, or plain lines on a terminal.

Beside time, level, logger and event a line holds what the code gives explicitly, and nothing else. A defect is told by
the kind of the error and the places it came through; its message, which may quote what was asked, only at the level
``debug``.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import Processor

Level = Literal["debug", "info", "warning", "error"]

GIVEN = ("request_id", "method", "route", "status", "duration_ms", "role", "release", "format")
"""What the code may give to a line beside its event."""


def configure(level: Level, stream: TextIO | None = None) -> None:
    """Send what anybody logs at ``level`` or above to ``stream`` (standard error) in one form."""
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=GIVEN),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _Defects(told=level == "debug"),
    ]
    shown: Processor = (
        structlog.dev.ConsoleRenderer(pad_event_to=0)
        if target.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        theirs = logging.getLogger(name)
        theirs.handlers, theirs.propagate = [], name != "uvicorn.access"
    for name in ("httpx", "httpcore", "httpx2"):  # they would log addresses
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


class _Defects:
    """Tells an exception by its kind and its places; by its message too where it is ``told``."""

    def __init__(self, *, told: bool) -> None:
        self._told = told

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Replace ``exc_info`` in the line."""
        given = event.pop("exc_info", None)
        error = given[1] if isinstance(given, tuple) else given
        if isinstance(error, BaseException):
            frames = traceback.extract_tb(error.__traceback__)
            event["error"] = type(error).__name__
            event["through"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            if self._told:
                event["message"] = str(error)
        return event
