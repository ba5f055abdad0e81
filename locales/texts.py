"""The fixed words of the command line and of documents, in one gettext catalogue: ``_`` marks and translates each.

The template ``locales/comity.pot`` is extracted from the sources (``python -m locales.texts``); a translation lives
in ``locales/<language>/LC_MESSAGES/comity.mo``. What sources and records say is not translated here.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "comity"
LOCALES = Path(__file__).parent
SPEAKERS = ("comity.py", "api/**/*.py", "terminal/**/*.py")
"""Where words are marked."""

HEADER = b"""\
# Words of the Comity command line. Renew with: python -m locales.texts
msgid ""
msgstr ""
"Project-Id-Version: Comity\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Written by hand: Babel's header holds the date and its own version, which would make the template stale by itself."""


class _Speech:
    """The language of the process: the environment's at the start, for the sake of the help texts."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_HERE: ContextVar[gettext.NullTranslations | None] = ContextVar("spoken here", default=None)
"""The language of what runs now, where it is another than that of the process."""


def speak(language: str | None) -> None:
    """Use the catalogue of ``language`` in this process from now on; English where there is none."""
    _Speech.catalogue = _catalogue(language)


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Use the catalogue of ``language`` within a ``with`` statement, whatever other threads speak meanwhile."""
    before = _HERE.set(_catalogue(language))
    try:
        yield
    finally:
        _HERE.reset(before)


def _catalogue(language: str | None) -> gettext.NullTranslations:
    languages = [language.replace("-", "_")] if language else None
    return gettext.translation(DOMAIN, LOCALES, languages=languages, fallback=True)


def _now() -> gettext.NullTranslations:
    return _HERE.get() or _Speech.catalogue


def languages() -> tuple[str, ...]:
    """The languages (BCP 47) that can be spoken: English, and each with a catalogue."""
    found = (file.parent.parent.name.replace("_", "-") for file in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return tuple(sorted({"en", *found}))


def _(message: str) -> str:
    """``message`` in the language spoken now."""
    return _now().gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The form of the message that fits ``count``, with ``{count}`` filled in."""
    return _now().ngettext(one, many, count).format(count=count)


def template() -> bytes:
    """The catalogue template of all sources with words (needs Babel), the same bytes every time."""
    import io

    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file
    from babel.messages.pofile import write_po

    root = LOCALES.parent
    catalogue = Catalog(domain=DOMAIN)
    for file in sorted(file for where in SPEAKERS for file in root.glob(where)):
        keywords = {"_": None, "plural": (1, 2)}
        for line, message, comments, context in extract_from_file("python", file, keywords=keywords):
            place = [(file.relative_to(root).as_posix(), line)]
            catalogue.add(message, None, place, auto_comments=comments, context=context)
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=True, sort_output=True, no_location=True, width=120)
    return HEADER + written.getvalue()


if os.environ.get("COMITY_LANGUAGE"):
    speak(os.environ["COMITY_LANGUAGE"])

if __name__ == "__main__":
    (LOCALES / f"{DOMAIN}.pot").write_bytes(template())
