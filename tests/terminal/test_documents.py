"""What is generated from the command line is fresh: the reference of commands and the catalogue of words."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from locales import texts

ROOT = Path(__file__).parent.parent.parent


def test_the_reference_of_commands_is_fresh() -> None:
    """Renew it with ``make docs``, or ``typer comity.py utils docs --name comity --output docs/commands.md``."""
    command = [sys.executable, "-m", "typer", "comity.py", "utils", "docs", "--name", "comity"]
    made = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").strip() == made.stdout.strip()


def test_the_catalogue_of_words_is_fresh() -> None:
    """Renew it with ``python -m locales.texts``."""
    assert (texts.LOCALES / "comity.pot").read_bytes() == texts.template()


def test_every_fixed_text_of_a_view_is_in_the_catalogue() -> None:
    """No screen method is given a literal sentence: words come through ``_`` or ``plural``."""
    for file in (ROOT / "terminal").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("line", "heading", "item"):
                for argument in node.args:
                    literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                    assert not (literal and any(map(str.isalpha, argument.value))), (file.name, ast.unparse(node))


def test_a_translation_is_spoken_and_english_is_the_fallback(tmp_path: Path) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="fr", domain="comity")
    catalogue.add("met", "remplie")
    target = tmp_path / "fr" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "comity.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    home, texts.LOCALES = texts.LOCALES, tmp_path
    try:
        texts.speak("fr")
        assert texts._("met") == "remplie"
        texts.speak("xx")
        assert texts._("met") == "met"
    finally:
        texts.LOCALES = home
        texts.speak("en")
