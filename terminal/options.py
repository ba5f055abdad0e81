"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from locales.texts import _

Json = Annotated[bool, typer.Option("--json", help=_("Write JSON for programs."))]
From = Annotated[str, typer.Argument(metavar="FROM", help=_("The State that asks: code or name."))]
To = Annotated[str, typer.Argument(metavar="TO", help=_("The State that is asked, or provider:NAME."))]
Measure = Annotated[str, typer.Option("--measure", "-m", help=_("What is asked for, such as preservation."))]
Offence = Annotated[str | None, typer.Option("--offence", "-o", help=_("The offence, such as csam-possession."))]
On = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help=_("The day asked about, YYYY-MM-DD; today if left."))
]
Urgent = Annotated[bool, typer.Option("--urgent", help=_("The request cannot wait."))]
Evidence = Annotated[bool, typer.Option("--evidence", help=_("The answer must serve as evidence."))]
EMBEDDED, NEO4J = "embedded", "neo4j"
Store = Annotated[str, typer.Option("--store", help=_("Where the release is read from: embedded or neo4j."))]
Explain = Annotated[bool, typer.Option("--explain", help=_("Explain as a tree down to articles, dates and sources."))]
Via = Annotated[str | None, typer.Option("--via", metavar="CHANNEL", help=_("Only by this channel, such as police."))]

Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar="STATE:INSTRUMENT:DAY",
        help=_("Answer as if this held, such as BRA:cets-224:2027-01-01; may be repeated (see what-if)."),
    ),
]


def text_of(file: Path, option: str) -> str:
    """The text of a file that ``option`` names.

    Raises:
        BadParameter: it is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise typer.BadParameter(_("{file} is not UTF-8 text").format(file=file), param_hint=option) from None
