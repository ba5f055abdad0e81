"""``comity draft``: the kit of a request, saved on the user's own disk and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import Evidence, From, Json, Measure, Offence, On, To, Urgent, Via
from terminal.programs import builtins, write_json
from terminal.saving import save

if TYPE_CHECKING:
    from graph.answers import Answer
    from graph.network import Network

FORMATS = (".docx", ".html")
"""Suffixes of the files that can be written."""


def draft_command(
    from_: From,
    to: To,
    measure: Measure,
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    rank: Annotated[int, typer.Option(min=1, help=_("Draft for the path of this rank."))] = 1,
    output: Annotated[Path | None, typer.Option(help=_("The file to write: .docx or .html."))] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))] = False,
    json: Json = False,
) -> int:
    """Draft a request."""
    if output is None and not json:
        raise typer.BadParameter(_("name a file that ends in .docx or .html"), param_hint="--output")
    if output is not None:
        _check(output, force)
    from graph.paths import find_paths

    book = session.book()
    question = session.question(
        book, from_, to, measure, offence=offence, on=on, urgent=urgent, evidence=evidence, via=via
    )
    answer = find_paths(book, question)
    if not answer.paths:
        return _tell_alternatives(answer, book.network, json)
    if rank > len(answer.paths):
        said = _("there is no path of rank {rank}: the last is {last}").format(rank=rank, last=len(answer.paths))
        raise typer.BadParameter(said, param_hint="--rank")
    from graph.request_kit import request_kit

    kit = request_kit(book.network, answer, rank)
    if output is not None:
        from api.documents.formats import Format
        from api.drafting.composition import compose

        save(compose(kit, book.network), Format(output.suffix.lower()[1:]), output)
    if json:
        write_json(builtins(kit) | {"file": str(output) if output else None})
    elif output is not None:
        from terminal.draft_view import show_draft
        from terminal.screen import out

        show_draft(out(), kit, book.network, str(output))
    return ANSWERED


def _check(output: Path, force: bool) -> None:
    """Refuse a file that could not be written, before anything is worked out."""
    if output.suffix.lower() not in FORMATS:
        said = _("{file} names no format: let it end in .docx or .html").format(file=output)
        raise typer.BadParameter(said, param_hint="--output")
    from graph.exports import check_file_target

    check_file_target(output, force=force)


def _tell_alternatives(answer: Answer, network: Network, json: bool) -> int:
    """No path: nothing is written; say what can be had instead and how to draft it."""
    if json:
        built = answer.to_builtins()
        write_json({key: built[key] for key in ("query", "release", "as_of", "alternatives", "why_not")})
    else:
        from terminal.draft_view import show_no_draft
        from terminal.screen import out

        show_no_draft(out(), answer, network, session.today().isoformat())
    return NOTHING
