"""What every store does, whichever engine is behind it. The same tests run on each of them."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

import msgspec

from graph.records import Records


class StoreStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Which release a store holds, and how much of it."""

    kind: str
    place: str
    release: str
    statements: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A record found by its words: the record class, its id and the text that fitted."""

    record: str
    id: str
    label: str


class Store(Protocol):
    """A release held by an engine, read only."""

    @property
    def release_id(self) -> str:
        """The id of the release that the store holds."""

    def records(self) -> Records:
        """All records, in canonical form, read from the engine itself."""

    def look_up(self, words: str, *, limit: int = 20) -> list[Found]:
        """Records whose names hold ``words`` (any case), names that begin with them first."""

    def status(self) -> StoreStatus:
        """Which release the store holds, and how much of it."""

    def close(self) -> None:
        """Let go of the engine; the store is of no use afterwards."""

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
