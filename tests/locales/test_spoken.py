"""Two documents made at the same time in two languages keep apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from locales import texts


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="fr", domain=texts.DOMAIN)
    catalogue.add("met", "remplie")
    catalogue.add(("{count} office", "{count} offices"), ("{count} bureau", "{count} bureaux"))
    target = tmp_path / "fr" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / f"{texts.DOMAIN}.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    monkeypatch.setattr(texts, "LOCALES", tmp_path)


@pytest.mark.usefixtures("french")
def test_each_thread_speaks_its_own_language() -> None:
    both = Barrier(2, timeout=10)

    def said(language: str) -> tuple[str, str]:
        with texts.spoken(language):
            both.wait()  # now both have begun
            return texts._("met"), texts.plural("{count} office", "{count} offices", 2)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(said, ("fr", "en"))) == [("remplie", "2 bureaux"), ("met", "2 offices")]
    assert texts._("met") == "met"
