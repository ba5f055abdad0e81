"""``comity audit``: check the audit trail and export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import Json
from terminal.programs import builtins, write_json

if TYPE_CHECKING:
    from api.audit.chain import Head
    from api.audit.log import AuditLog

app = typer.Typer(help=_("Check and export the audit trail."))


@app.command(
    "verify",
    short_help=_("Check the audit trail."),
    help=_("Follow the chain of the audit trail; names the first line that does not hold, and shows the head to keep."),
)
def verify_command(
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="NUMBER:HASH", help=_("A head kept from an earlier check; may be repeated.")),
    ] = None,
    json: Json = False,
) -> int:
    """Verify the trail."""
    log = _log()
    verdict = log.verify(*map(_head, head or []))
    if json:
        write_json(builtins(verdict) | {"file": str(log.file)})
    else:
        from terminal.screen import out

        screen = out()
        if verdict.broken is None:
            screen.line(_("{count} entries; the chain holds.").format(count=f"{verdict.entries:,}"))
        else:
            told = _("{file}:{line}: the chain does not hold: {reason}. {count} entries before it hold.")
            broken = verdict.broken
            screen.line(
                told.format(file=log.file, line=broken.line, reason=broken.reason, count=f"{verdict.entries:,}")
            )
        if verdict.entries:
            screen.line(_("Keep this head elsewhere, to find out later whether the log was cut or rewritten:"))
            screen.link("", str(verdict.head))
    return ANSWERED if verdict.broken is None else NOTHING


@app.command(
    "export",
    short_help=_("Write the audit trail to a file."),
    help=_("Write the audit trail to TARGET, as JSON with every field or as CSV for a spreadsheet."),
)
def export_command(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help=_("The file to write."))],
    format_: Annotated[str, typer.Option("--format", help=_("json or csv."))] = "json",
    force: Annotated[bool, typer.Option("--force", help=_("Replace what is there."))] = False,
    json: Json = False,
) -> int:
    """Export the trail; only a trail that holds is exported."""
    import os

    from api.audit.export import FORMATS, write

    if format_ not in FORMATS:
        raise typer.BadParameter(_("choose from {formats}").format(formats=", ".join(FORMATS)), param_hint="--format")
    if target.exists() and not force:
        raise typer.BadParameter(_("{file} exists; --force replaces it").format(file=target), param_hint="TARGET")
    log = _log()
    verdict = log.verify()
    if verdict.broken is not None:
        reason = _("the chain does not hold, see: comity audit verify")
        raise typer.BadParameter(reason, param_hint="TARGET")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8", newline="") as stream:
            count = write(log.entries(), stream, format_)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    if json:
        write_json({"file": str(target), "format": format_, "entries": count, "head": str(verdict.head)})
    else:
        from terminal.screen import out

        out().line(_("{count} entries written to {file}.").format(count=f"{count:,}", file=target))
    return ANSWERED


def _log() -> AuditLog:
    from api.audit.log import AuditLog

    return AuditLog(session.settings().data)


def _head(text: str) -> Head:
    """The head that ``audit verify`` had shown."""
    from api.audit.chain import Head

    number, _sign, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise typer.BadParameter(_("{head} is no head such as 12:ab34…").format(head=text), param_hint="--head")
    return Head(int(number), digest)
