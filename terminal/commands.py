"""A Typer group whose every failure is one line on standard error, with its exit code, and never a stack trace.

Exit codes: 0 answered; 1 no path, or a check failed; 2 bad input; 3 a defect of the program itself.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from typer import Context, TyperException
from typer.core import TyperGroup

from locales.texts import _

ANSWERED, NOTHING, BAD_INPUT, DEFECT = 0, 1, 2, 3

DEBUG = "COMITY_DEBUG"


class OneLineGroup(TyperGroup):
    """Runs the command line. Commands return their exit code (``None`` is 0)."""

    def explain(self, error: Exception) -> str | None:
        """The reason where ``error`` is due to the input, else ``None``; the application says which are."""
        return None

    def main(self, *args: Any, **options: Any) -> Any:
        """Run with ``args`` and leave the process with the exit code."""
        options["standalone_mode"] = False
        sys.exit(self._run(*args, **options))

    def _run(self, *args: Any, **options: Any) -> int:
        try:
            code = super().main(*args, **options)
            sys.stdout.flush()
            return code if isinstance(code, int) else ANSWERED
        except TyperException as error:
            complain(_usage(error))
            return error.exit_code
        except BrokenPipeError:  # the reader, such as head, has seen enough
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
            return ANSWERED
        except Exception as error:
            reason = self.explain(error)
            if reason is not None:
                complain(reason)
                return BAD_INPUT
            if os.environ.get(DEBUG):
                raise
            complain(
                _("a defect in Comity, please report it: {kind}: {error} (set {debug}=1 to see the trace)").format(
                    kind=type(error).__name__, error=error, debug=DEBUG
                )
            )
            return DEFECT


def complain(reason: str) -> None:
    """Write ``reason`` to standard error as one line."""
    print(f"comity: {' '.join(reason.split())}", file=sys.stderr)


def _usage(error: TyperException) -> str:
    """What is wrong with the words of the command, and where to read the right ones."""
    said = error.format_message().strip().rstrip(".?")
    context: Context | None = getattr(error, "ctx", None)
    path = context.command_path if context else "comity"
    return _("{said}. See: {path} --help").format(said=said, path=path)
