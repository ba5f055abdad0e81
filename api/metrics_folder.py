"""The folder in which several processes keep their figures: one for each server, gone when the server is.

A server that was killed leaves its folder behind, and the next one to start takes it away. Whose server still runs is
told by a lock on the folder, which ends with the process that holds it, however that ends; an id of a process would
not do, since in containers it is the same each time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PREFIX = ".metrics-"


@contextmanager
def folder(data_dir: Path) -> Iterator[str]:
    """A folder in ``data_dir`` for the figures of this server, which is locked until the end."""
    with _locked(data_dir) as starting, TemporaryDirectory(dir=data_dir, prefix=PREFIX) as made, _locked(Path(made)):
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield made


def clear(data_dir: Path) -> None:
    """Remove what servers have left that do not run any more."""
    with _locked(data_dir):  # nobody is about to lock a folder just made
        for left in data_dir.glob(f"{PREFIX}*"):
            with suppress(OSError), _locked(left, fcntl.LOCK_NB):
                shutil.rmtree(left)


@contextmanager
def _locked(place: Path, how: int = 0) -> Iterator[int]:
    """Hold the lock of a folder.

    Raises:
        BlockingIOError: somebody else holds it, and ``how`` says not to wait (``LOCK_NB``).
    """
    held = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | how)
        yield held
    finally:
        os.close(held)
