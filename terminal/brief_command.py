"""``comity brief``: a briefing on one State for a parliamentary committee, to print or to go on writing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from terminal import session, texts
from terminal.commands import ANSWERED
from terminal.options import Json, On
from terminal.programs import builtins, write_json
from terminal.texts import _

if TYPE_CHECKING:
    from graph.briefing.answer import Briefing
    from graph.network import Network


class Format(StrEnum):
    """What can be written."""

    html = "html"
    pdf = "pdf"
    docx = "docx"


def brief_command(
    state: Annotated[str, typer.Argument(metavar="STATE", help=_("The State: code or name."))],
    on: On = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help=_("Tell changes from this day on; five years if left."))
    ] = None,
    measure: Annotated[str, typer.Option("--measure", "-m", help=_("What the map is about."))] = "preservation",
    language: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help=_("The language, such as en."))] = "en",
    format_: Annotated[
        Format | None, typer.Option("--format", help=_("html, pdf or docx; by the name of the file if left."))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help=_("The file to write; brief-STATE-DAY here if left."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))] = False,
    json: Json = False,
) -> int:
    """Write a briefing."""
    wanted = _format(format_, output, json)
    _known(language)
    from graph.briefing.answer import briefing
    from graph.exports import check_file_target
    from graph.questions import resolve_concept, resolve_day, resolve_state

    book = session.book()
    texts.speak(language)
    network = book.network
    day = resolve_day(on, session.today())
    start = resolve_day(since, session.today()) if since is not None else None
    asked, shown = resolve_state(network, state), resolve_concept(network, "measure", measure)
    target = output if output is not None or json else Path(f"brief-{asked}-{day}.{wanted}")
    if target is not None:
        check_file_target(target, force=force)
    told = briefing(book, asked, day, shown, start)
    if target is not None and wanted is not None:
        _write(told, network, language, wanted, target)
    if json:
        write_json(builtins(told) | {"file": str(target) if target else None})
    elif target is not None:
        typer.echo(_("Written: {file}").format(file=target))
    return ANSWERED


def _format(format_: Format | None, output: Path | None, json: bool) -> Format | None:
    """The format that is asked for, or that the file's name says.

    Raises:
        BadParameter: neither says one, or the two contradict each other.
    """
    suffix = output.suffix.lower().removeprefix(".") if output is not None else None
    if suffix is not None and suffix not in list(Format):
        said = _("{file} names no format: let it end in .html, .pdf or .docx").format(file=output)
        raise typer.BadParameter(said, param_hint="--output")
    if format_ is not None and suffix is not None and suffix != format_:
        said = _("{file} is not named as {format}").format(file=output, format=format_.value)
        raise typer.BadParameter(said, param_hint="--format/--output")
    if format_ is None and suffix is None and not json:
        raise typer.BadParameter(_("name a format or a file: html, pdf or docx"), param_hint="--format/--output")
    return format_ or (Format(suffix) if suffix else None)


def _known(language: str) -> None:
    if language not in texts.languages():
        said = _("no words in {language}: choose from {languages}").format(
            language=language, languages=", ".join(texts.languages())
        )
        raise typer.BadParameter(said, param_hint="--lang")


def _write(told: Briefing, network: Network, language: str, wanted: Format, target: Path) -> None:
    """Write the document whole or not at all.

    Raises:
        OSError: it cannot be written; names ``target``.
    """
    from graph.exports import written_whole
    from terminal.briefing.composition import compose

    document = compose(told, network, language)
    if wanted is Format.pdf:
        from terminal.documents.sheets import pdf_bytes

        content = pdf_bytes(document)
    elif wanted is Format.docx:
        from terminal.documents.paper import docx_bytes

        content = docx_bytes(document)
    else:
        from terminal.documents.page import html

        content = html(document).encode()
    try:
        with written_whole(target) as unfinished:
            unfinished.write_bytes(content)
    except OSError as error:  # a full disk names no file, and the unfinished one says nothing to the user
        raise OSError(error.errno, error.strerror, str(target)) from error
