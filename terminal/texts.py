"""The fixed words of the command line, in one gettext catalogue: ``_`` marks and translates each of them.

The template ``locales/comity.pot`` is extracted from the sources (``python -m terminal.texts``); a translation lives
in ``locales/<language>/LC_MESSAGES/comity.mo``. What sources and records say is not translated here.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "comity"
LOCALES = Path(__file__).parent.parent / "locales"

HEADER = b"""\
# Words of the Comity command line. Renew with: python -m terminal.texts
msgid ""
msgstr ""
"Project-Id-Version: Comity\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Written by hand: Babel's header holds the date and its own version, which would make the template stale by itself."""


class _Speech:
    """The language spoken now: the environment's at the start, for the sake of the help texts."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str | None) -> None:
    """Use the catalogue of ``language`` from now on; English where there is none."""
    languages = [language.replace("-", "_")] if language else None
    _Speech.catalogue = gettext.translation(DOMAIN, LOCALES, languages=languages, fallback=True)


def languages() -> tuple[str, ...]:
    """The languages (BCP 47) that can be spoken: English, and each with a catalogue."""
    found = (file.parent.parent.name.replace("_", "-") for file in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return tuple(sorted({"en", *found}))


def _(message: str) -> str:
    """``message`` in the language spoken now."""
    return _Speech.catalogue.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The form of the message that fits ``count``, with ``{count}`` filled in."""
    return _Speech.catalogue.ngettext(one, many, count).format(count=count)


def template() -> bytes:
    """The catalogue template of all sources of the command line (needs Babel), the same bytes every time."""
    import io

    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file
    from babel.messages.pofile import write_po

    root = LOCALES.parent
    catalogue = Catalog(domain=DOMAIN)
    for file in sorted([root / "comity.py", *(root / "terminal").rglob("*.py")]):
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
