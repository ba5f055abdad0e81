"""The command ``export``: the release, or a part of it, in a file or folder for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json
from terminal.programs import write_json

Topic = Annotated[
    str | None,
    typer.Option(
        "--topic",
        help=_("Only what concerns it: an id such as FRA, cets-185 or organisation/eu, or a subject of instruments."),
    ),
]


def export_command(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=_("The format, such as turtle."))],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help=_("The file or folder to write."))],
    topic: Topic = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace what is there."))] = False,
    json: Json = False,
) -> int:
    """Export the release."""
    from graph.exports import export

    release = session.release()
    written = export(release, format_, target, topic=topic, force=force)
    if json:
        told = {} if topic is None else {"topic": topic}
        write_json({"release": release.id, "format": format_, **told, "files": [str(file) for file in written]})
    else:
        from terminal.accounts import show_next_steps, show_written
        from terminal.screen import out

        show_written(out(), release.id, [str(file) for file in written])
        if format_ == "neo4j" and target.is_dir():
            show_next_steps(out(), target)
    return ANSWERED
