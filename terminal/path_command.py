"""``comity path`` and ``comity why-not``: one question, answered with ranked paths, or with what stands in the way."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal import session
from terminal.commands import ANSWERED, NOTHING
from terminal.options import (
    EMBEDDED,
    Assume,
    Evidence,
    Explain,
    From,
    Json,
    Measure,
    Offence,
    On,
    Store,
    To,
    Urgent,
    Via,
)
from terminal.programs import builtins, write_json
from terminal.texts import _


def path_command(
    from_: From,
    to: To,
    measure: Measure,
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    limit: Annotated[int | None, typer.Option(min=1, help=_("List at most so many paths."))] = None,
    rank: Annotated[int, typer.Option(min=1, help=_("Tell the path of this rank leg by leg."))] = 1,
    assume: Assume = None,
    explain: Explain = False,
    store: Store = EMBEDDED,
    json: Json = False,
) -> int:
    """Answer one question."""
    from graph.paths import find_paths

    book = session.book(assume, store)
    question = session.question(
        book, from_, to, measure, offence=offence, on=on, urgent=urgent, evidence=evidence, via=via
    )
    answer = find_paths(book, question)
    if json:
        built = answer.to_builtins()
        built["paths"] = built["paths"][:limit]
        if explain:
            from graph.explanations import explain as explained

            built["explanations"] = builtins(explained(book.network, answer.paths[:limit], answer.why_not))
        write_json(built)
    else:
        from terminal.screen import out

        if explain:
            from terminal.explanation import show_explained_answer

            show_explained_answer(out(), answer, book.network, session.today().isoformat(), limit, rank)
        else:
            from terminal.answer import show_answer

            show_answer(out(), answer, book.network, session.today().isoformat(), limit, rank)
    return ANSWERED if answer.paths else NOTHING


def why_not_command(
    from_: From,
    to: To,
    measure: Measure,
    offence: Offence = None,
    on: On = None,
    urgent: Urgent = False,
    evidence: Evidence = False,
    via: Via = None,
    instrument: Annotated[str | None, typer.Option(help=_("Only this instrument, such as cets-224."))] = None,
    assume: Assume = None,
    explain: Explain = False,
    store: Store = EMBEDDED,
    json: Json = False,
) -> int:
    """List the reasons."""
    from graph.lookup import resolve_near_miss
    from graph.paths import find_paths

    book = session.book(assume, store)
    question = session.question(
        book, from_, to, measure, offence=offence, on=on, urgent=urgent, evidence=evidence, via=via
    )
    wanted = resolve_near_miss(book.network, instrument) if instrument is not None else None
    answer = find_paths(book, question)
    lines = tuple(line for line in answer.why_not if wanted in (None, line.instrument))
    opened = [
        path.rank
        for path in answer.paths
        if wanted and any(basis.instrument == wanted for leg in path.legs for basis in leg.basis)
    ]
    if json:
        built = answer.to_builtins()
        built["why_not"] = builtins(lines)
        kept = ("query", "release", "as_of", "why_not", "assumptions")
        told = {key: built[key] for key in kept} | {"opened_paths": opened}
        if explain:
            from graph.explanations import explain as explained

            told["explanations"] = builtins(explained(book.network, (), lines))
        write_json(told)
    elif explain:
        from terminal.explanation import show_explained_reasons
        from terminal.screen import out

        show_explained_reasons(out(), answer, lines, book.network)
    else:
        from terminal.answer import show_reasons
        from terminal.screen import out

        show_reasons(out(), answer, lines, book.network, opened)
    return ANSWERED
