"""The pages without a browser: what they say where the API is away, where there is no path, in other languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.frame import bold
from dashboard.serving import API, APP

ENOUGH_S = 60


@pytest.fixture
def app(api: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The application on the packaged release."""
    return _app(api, monkeypatch)


def _app(address: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(API, address)
    st.cache_resource.clear()
    return AppTest.from_file(Path(APP), default_timeout=ENOUGH_S)


def test_an_api_that_is_away_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    app = _app("http://127.0.0.1:9", monkeypatch).run()
    assert not app.exception
    assert "http://127.0.0.1:9" in app.error[0].value
    assert app.code[0].value == "comity serve"


def test_the_world_is_the_first_page(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "Who can ask whom"


def test_the_language_of_the_address_holds_for_words_and_vocabularies(app: AppTest) -> None:
    app.query_params["lang"] = "fr"
    app.run()
    assert not app.exception
    assert app.title[0].value == "Qui peut demander à qui"
    assert "conservation rapide" in app.selectbox(key="world_measure").options


def test_another_choice_of_language_translates_at_once(app: AppTest) -> None:
    app.run()
    app.selectbox(key="language").set_value("es").run()
    assert app.title[0].value == "Quién puede pedir a quién"


def test_choices_of_the_address_that_are_not_valid_take_their_default(app: AppTest) -> None:
    app.query_params.update({"layer": "colour", "measure": "nothing"})
    app.run()
    assert not app.exception
    assert app.selectbox(key="world_measure").value == "preservation"


def test_what_is_chosen_goes_into_the_address(app: AppTest) -> None:
    app.run()
    app.selectbox(key="world_measure").set_value("extradition").run()
    assert app.query_params["measure"] == "extradition"


def test_a_late_address_does_not_undo_what_was_just_chosen(app: AppTest) -> None:
    app.run()
    app.selectbox(key="world_measure").set_value("extradition").run()
    app.query_params.clear()  # as the browser sends it when choices follow quickly
    app.selectbox(key="world_measure").set_value("stored-data-access").run()
    assert app.selectbox(key="world_measure").value == "stored-data-access"
    assert app.query_params["measure"] in ("stored-data-access", ["stored-data-access"])
    app.query_params.clear()  # as the back button does
    app.run()
    assert app.selectbox(key="world_measure").value == "preservation"


def test_any_day_can_be_asked_for_and_one_out_of_range_is_today(app: AppTest) -> None:
    app.query_params["on"] = "2013-06-15"
    app.run()
    assert not app.exception
    assert app.date_input(key="world_on").value == date(2013, 6, 15)
    app.query_params["on"] = "1890-01-01"
    app.run()
    assert not app.exception
    assert app.date_input(key="world_on").value == date.today()


def test_names_in_a_text_with_bold_parts_are_text_and_never_markup() -> None:
    assert bold("Opens **12**, of <b> & **3**") == "Opens <b>12</b>, of &lt;b&gt; &amp; <b>3</b>"
