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
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import msgspec
import structlog
from structlog.typing import Processor

Level = Literal["debug", "info", "warning", "error"]

GIVEN = ("request_id", "method", "route", "status", "duration_ms", "role", "release", "format")
"""What the code may give to a line beside its event."""


def configure(level: Level, stream: TextIO | None = None) -> None:
    """Send what anybody logs at ``level`` or above to ``stream`` (standard error) in one form."""
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(_on_terminal(level) if target.isatty() else _Lines(told=level == "debug"))
    for unsaid in ("logThreads", "logProcesses", "logMultiprocessing", "logAsyncioTasks"):
        setattr(logging, unsaid, False)  # no line tells them, and finding them out for each costs
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        theirs = logging.getLogger(name)
        theirs.handlers, theirs.propagate = [], name != "uvicorn.access"
    for name in ("httpx", "httpcore", "httpx2"):  # they would log addresses
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


class _Lines(logging.Formatter):
    """One JSON object for each line; that of a defect tells its message where it is ``told``.

    Every request waits for its line, hence written here with what it says and nothing else.
    """

    def __init__(self, *, told: bool) -> None:
        super().__init__()
        self._told = told

    def format(self, record: logging.LogRecord) -> str:
        """The line for ``record``."""
        given = record.__dict__
        line = {"event": record.getMessage(), "level": record.levelname.lower(), "logger": record.name}
        line |= {name: given[name] for name in GIVEN if name in given}
        line["time"] = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return msgspec.json.encode(line | _defect(record.exc_info, self._told), enc_hook=str).decode()


def _on_terminal(level: Level) -> logging.Formatter:
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=GIVEN),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _Defects(told=level == "debug"),
    ]
    shown: Processor = structlog.dev.ConsoleRenderer(pad_event_to=0)
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)


class _Defects:
    """Puts a defect into the line in place of ``exc_info``."""

    def __init__(self, *, told: bool) -> None:
        self._told = told

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Replace ``exc_info`` in the line."""
        event.update(_defect(event.pop("exc_info", None), self._told))
        return event


def _defect(given: Any, told: bool) -> dict[str, Any]:
    """An exception by its kind and its places; by its message too where it is ``told``. Nothing where there is none."""
    error = given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return {}
    frames = traceback.extract_tb(error.__traceback__)
    found = {
        "error": type(error).__name__,
        "through": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    return found | {"message": str(error)} if told else found
