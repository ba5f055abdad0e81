"""The garbage collector of a process that serves: it must not walk through the whole release again and again.

A compiled release is a hundred thousand objects that live until another one takes its place. A full collection looks at
each of them, which takes a tenth of a second in which nobody is answered, and finds nothing.
"""

from __future__ import annotations

import gc

OFTEN = (50_000, 20, 100)
"""Objects made after which the young are looked at, and how many times that before the older ones are."""


def settle() -> None:
    """Leave what is in use now out of all further collections; what a release before this one has left goes."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
