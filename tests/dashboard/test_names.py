"""Names of States and regions: found in every language, with and without marks, and shown in the reader's."""

from __future__ import annotations

import pytest

from api.client import Comity, world
from dashboard import texts


@pytest.mark.parametrize(
    ("alpha2", "english", "typed"),
    [
        ("DE", "Germany", ("germany", "allemagne", "alemania", "ألمانيا")),
        ("CI", "Côte d'Ivoire", ("cote d'ivoire", "côte d'ivoire", "côte d’ivoire")),
        ("CH", "Switzerland", ("suisse", "suiza", "سويسرا")),
    ],
)
def test_a_state_is_found_by_each_of_its_names(alpha2: str, english: str, typed: tuple[str, ...]) -> None:
    names = [name.lower() for name in texts.names_to_find(alpha2, english)]
    assert all(any(text in name for name in names) for text in typed), names
    assert len(names) == len(set(texts.names_to_find(alpha2, english)))


def test_a_state_without_a_code_has_the_name_of_the_record() -> None:
    assert texts.names_to_find(None, "Somewhere") == ["Somewhere"]


def test_every_region_of_the_map_has_a_name_in_each_language(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Comity(api) as comity:
        regions = {state.region for state in comity.ask(world(instrument="cets-185")).states if state.region}
    assert len(regions) > 15
    for language in texts.LANGUAGES.keys() - {"en"}:
        monkeypatch.setattr(texts, "language", lambda language=language: language)
        same = {region for region in regions if texts.region_name(region) == region}
        assert same <= {"Micronesia", "Melanesia", "Australasia"}, language  # as they are spelt in Spanish
