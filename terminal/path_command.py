"""``comity path`` and ``comity why-not``: one question, answered with ranked paths, or with what stands in the way."""

from __future__ import annotations

from typing import Annotated

import typer

from locales.texts import _
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
from terminal.programs import write_json


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
        from graph.explanations import explained

        answer.paths = answer.paths[:limit]
        write_json(explained(book.network, answer) if explain else answer)
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
    from graph.reasons import reasons_of

    book = session.book(assume, store)
    question = session.question(
        book, from_, to, measure, offence=offence, on=on, urgent=urgent, evidence=evidence, via=via
    )
    wanted = resolve_near_miss(book.network, instrument) if instrument is not None else None
    answer = find_paths(book, question)
    told = reasons_of(answer, wanted)
    if json:
        from graph.explanations import explained

        write_json(explained(book.network, told) if explain else told)
    elif explain:
        from terminal.explanation import show_explained_reasons
        from terminal.screen import out

        show_explained_reasons(out(), answer, told.why_not, book.network)
    else:
        from terminal.answer import show_reasons
        from terminal.screen import out

        show_reasons(out(), answer, told.why_not, book.network, told.opened_paths)
    return ANSWERED
