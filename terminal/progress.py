"""Progress on standard error: a bar for each stage in a terminal, a plain line for each stage otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from locales.texts import _
from terminal.screen import Screen


class Step(Protocol):
    """Called with the stage, what is done and what there is to do (0: not known)."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


@contextmanager
def stages(screen: Screen, words: dict[str, str]) -> Iterator[Step]:
    """A callback that shows how far the work is; ``words`` tells what each stage does."""
    if not screen.terminal:
        yield _lines(screen, words)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen.console, transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for earlier in progress.tasks:
                    progress.update(earlier.id, total=1, completed=1, visible=True)
                tasks[stage] = progress.add_task(words.get(stage, stage), total=None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield step


def _lines(screen: Screen, words: dict[str, str]) -> Step:
    seen: set[str] = set()

    def step(stage: str, done: int, total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            screen.line(_("{stage} ...").format(stage=words.get(stage, stage)))

    return step
