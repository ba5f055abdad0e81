"""``comity brief``: a briefing on one State for a parliamentary committee, to print or to go on writing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.documents.formats import Format
from locales import texts
from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED
from terminal.options import Json, On
from terminal.programs import builtins, write_json
from terminal.saving import save


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
        from api.briefing.composition import compose

        save(compose(told, network, language), wanted, target)
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
