"""Briefings and drafts over HTTP are the files of the command line, under a name, and kept as other answers."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest
from starlette.testclient import TestClient

from api.briefing.composition import compose as compose_briefing
from api.client import Comity, draft
from api.documents.formats import Format, written
from api.drafting.composition import compose as compose_draft
from graph.briefing.answer import briefing
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.questions import ask
from graph.request_kit import request_kit
from tests.api.conftest import TODAY

BRIEFING = "/v1/states/Kenya/briefing"
DRAFT = "/v1/paths/draft?from=FRA&to=USA&measure=preservation&urgent=true"


def test_a_briefing_is_that_of_the_command_line(client: TestClient, packaged_book: OfferBook) -> None:
    told = briefing(packaged_book, "KEN", TODAY.isoformat(), "preservation")
    document = compose_briefing(told, packaged_book.network, "en")
    for format_, media in ((Format.pdf, "application/pdf"), (Format.html, "text/html; charset=utf-8")):
        answer = client.get(BRIEFING, params={"format": format_})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="brief-KEN-2026-11-26.{format_}"'
        assert answer.content == written(document, format_)


def test_the_form_is_negotiated_and_what_is_held_is_not_sent_again(client: TestClient) -> None:
    answer = client.get(BRIEFING, headers={"Accept": "application/*"})
    assert pypdf.PdfReader(io.BytesIO(answer.content)).pages
    other = client.get(BRIEFING, headers={"Accept": "text/html"})
    assert other.headers["ETag"] != answer.headers["ETag"]
    again = client.get(BRIEFING, headers={"Accept": "application/*", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        (f"{BRIEFING}?lang=tlh", 422, "choose from en"),
        (f"{BRIEFING}?format=csv", 422, "choose from pdf, docx, html"),
        ("/v1/states/Atlantis/briefing", 404, "no State is called 'Atlantis'"),
        ("/v1/states/EUE/briefing?format=html", 422, "European Union"),
        (f"{DRAFT}&format=pdf", 422, "choose from docx, html"),
        (f"{DRAFT}&rank=900", 422, "there is no path of rank 900: the last is "),
        (f"{DRAFT}&assume=FRA:cets-224", 422, "there is no such parameter"),
        ("/v1/paths/draft?from=PRK&to=NRU&measure=interception&on=1950-01-01", 404, "no path is on record"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_cure(client: TestClient, url: str, status: int, said: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text


def test_a_draft_is_that_of_the_command_line(address: str, packaged_book: OfferBook) -> None:
    network = packaged_book.network
    answer = find_paths(packaged_book, ask(network, "FRA", "USA", "preservation", urgent=True, today=TODAY))
    with Comity(address) as comity:
        found = comity.ask(draft("FRA", "USA", "preservation", "docx", urgent="true", rank=2))
    assert found == written(compose_draft(request_kit(network, answer, 2), network), Format.docx)
    assert "expedited preservation" in docx.Document(io.BytesIO(found)).paragraphs[0].text
