"""What is ready before the first answer, and what stays bounded however much is asked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import answering, collecting, languages
from api.settings import ApiSettings
from graph import questions
from tests.api.conftest import on_a_fixed_day

PATHS = "/v1/paths?from=FRA&to=USA&measure=preservation"


@pytest.fixture
def collector() -> Iterator[None]:
    """The garbage collector is put back as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_names_in_all_languages_are_there_before_the_first_question(small_data: Path) -> None:
    questions._territories.cache_clear()
    languages._names.cache_clear()
    with TestClient(on_a_fixed_day(ApiSettings(), small_data)) as client:
        assert questions._territories.cache_info().currsize == len(questions.LANGUAGES)
        assert languages._names.cache_info().currsize == len(languages.TAGS)
        assert client.get(PATHS.replace("FRA", "Frankreich")).json()["query"]["requesting"] == "FRA"


def test_a_release_is_out_of_the_reach_of_the_collector_and_a_new_one_takes_its_place(
    small_data: Path, collector: None
) -> None:
    application = on_a_fixed_day(ApiSettings(), small_data)
    releases = application.state.releases
    releases.taken = collecting.settle
    gc.unfreeze()
    releases.open()
    once = gc.get_freeze_count()
    assert once > 0
    collecting.settle()
    assert gc.get_freeze_count() <= once * 1.1


def test_words_that_are_noted_are_few_and_short(small_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_NOTED", 3)
    application = on_a_fixed_day(ApiSettings(), small_data)
    with TestClient(application) as client:
        for limit in range(1, 9):
            assert client.get(f"{PATHS}&limit={limit}").status_code == 200
        noted = application.state.answering._said
        assert 0 < len(noted) <= 3
        noted.clear()
        many = "".join(f"&assume=CIV:cets-185:20{year}-01-01" for year in range(27, 46))
        assert client.get(PATHS + many).status_code == 200
        assert not noted


def test_who_does_not_ask_for_a_coding_gets_none(small_data: Path) -> None:
    with TestClient(on_a_fixed_day(ApiSettings(), small_data)) as client:
        del client.headers["accept-encoding"]
        answer = client.get(PATHS)
        assert len(answer.content) > 1000
        assert "content-encoding" not in answer.headers
        assert "Accept-Encoding" in answer.headers["vary"]
