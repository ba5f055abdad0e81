"""``brief``: what the documents say and where from, how long they are, that they can be read aloud, and bad input."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import html5lib
import msgspec
import pypdf
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from docx.oxml.ns import qn

from api.briefing.composition import compose
from api.documents.blocks import Document, Figure, Paragraph, Table
from api.documents.page import html
from api.documents.paper import docx_bytes
from api.documents.sheets import Unprintable, pdf_bytes
from graph.briefing.answer import Briefing, briefing
from graph.coverage.index import Index
from graph.coverage.plan import Planner
from graph.offers import OfferBook
from locales import texts
from terminal import session
from tests.terminal.conftest import Run
from tests.terminal.small_world import RECORDS

DAY = "2026-11-24"

STATES = ("KEN", "FRA", "PLW", "GRC", "IRL", "TUV")
"""Some and many records; hardly any; those with the longest lists; a non-party to nearly everything."""

REFERENCE = re.compile(r"\[(\d+(?:,\s\d+)*)\]")


@pytest.fixture(scope="module")
def planner(packaged_book: OfferBook) -> Planner:
    """The packaged release, compiled for coverage."""
    return Planner(Index(packaged_book))


@pytest.fixture(scope="module")
def told(packaged_book: OfferBook, planner: Planner) -> dict[str, Briefing]:
    return {state: briefing(packaged_book, state, DAY, "preservation", planner=planner) for state in STATES}


@pytest.fixture(scope="module")
def documents(packaged_book: OfferBook, told: dict[str, Briefing]) -> dict[str, Document]:
    return {state: compose(held, packaged_book.network, "en") for state, held in told.items()}


@pytest.fixture(scope="module")
def sheets(documents: dict[str, Document]) -> dict[str, pypdf.PdfReader]:
    return {state: pypdf.PdfReader(io.BytesIO(pdf_bytes(document))) for state, document in documents.items()}


def texts_of(reader: pypdf.PdfReader) -> list[str]:
    """The text of each sheet."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def written(sheets: dict[str, pypdf.PdfReader]) -> dict[str, list[str]]:
    """The text of each sheet by State: to take it out of a PDF takes longer than to lay it out."""
    return {state: texts_of(reader) for state, reader in sheets.items()}


def closed_up(text: str) -> str:
    """A text without what a line break may add or take."""
    return re.sub(r"[\s-]", "", text)


def strings(value: Any) -> list[str]:
    """Every text of a document but its drawings and notes."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Figure):
        return [value.caption]
    if isinstance(value, Document):
        return strings(value.sections)
    return [text for part in value for text in strings(part)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("state", STATES)
def test_a_briefing_has_two_to_six_sheets_of_a4_with_their_numbers(
    state: str, sheets: dict[str, pypdf.PdfReader], written: dict[str, list[str]]
) -> None:
    pages = sheets[state].pages
    assert 2 <= len(pages) <= 6
    for number, (page, text) in enumerate(zip(pages, written[state], strict=True), start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"Page {number} / {len(pages)}" in text
        assert f"law as of {DAY}" in text
        assert "Not legal advice" in text


@pytest.mark.parametrize("state", STATES)
def test_the_pdf_can_be_read_aloud(state: str, sheets: dict[str, pypdf.PdfReader]) -> None:
    root: Any = sheets[state].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert sheets[state].metadata is not None
    assert "law against online child sexual exploitation" in str(sheets[state].metadata.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    figures = [one for one in structure(root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert figures
    assert all(str(one["/Alt"]) for one in figures)
    kinds = {str(one.get("/S")) for one in structure(root["/StructTreeRoot"])}
    assert {"/Table", "/TH", "/TD", "/H1", "/H2"} <= kinds


def structure(node: Any) -> list[Any]:
    """The elements of the structure of a PDF below ``node``."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        return [one for child in node for one in structure(child)]
    if not isinstance(node, pypdf.generic.DictionaryObject):
        return []
    return [node, *(structure(node.raw_get("/K")) if "/K" in node else [])]


@pytest.mark.parametrize("state", STATES)
def test_the_figures_of_the_first_page_are_those_of_the_content(
    state: str, told: dict[str, Briefing], written: dict[str, list[str]]
) -> None:
    held, first = told[state], written[state][0]
    in_force = sum(place.place == "in-force" for place in held.gaps.treaties)
    gap_count, law = len(held.gaps.treaty_gaps), len(held.gaps.legislative_gaps)
    shown = held.reach.measures[0].asking
    satisfied = sum(one.status == "satisfied" for one in held.gaps.legislation if one.topic == "criterion")
    assert re.search(rf"\b{in_force} treat(y|ies) in force on record", first)
    assert re.search(rf"\b{gap_count} treaty gaps? on record", first)
    assert re.search(rf"\b{satisfied} / 22 legislative criteria satisfied", first)
    assert re.search(rf"\b{law} gaps? in law named by a review", first)
    assert f"{shown.met + shown.unknown} / {shown.states}" in first
    assert "Not legal advice" in first


@pytest.mark.parametrize("state", STATES)
def test_what_the_content_lists_is_in_the_document(
    state: str, told: dict[str, Briefing], written: dict[str, list[str]]
) -> None:
    held, text = told[state], closed_up(" ".join(written[state]))
    for place in held.gaps.treaties:
        assert closed_up(place.name) in text, place.name
    for judgement in held.gaps.legislation:
        assert closed_up(judgement.label) in text, judgement.label
    for step in held.next_steps.ranked[:5]:
        assert str(step.gain.opened) in text
    for joined in held.joined:
        assert all(closed_up(party.name) in text for party in joined.nearest)


@pytest.mark.parametrize("state", STATES)
def test_every_table_and_figure_has_its_sources_and_every_note_is_used(
    state: str, documents: dict[str, Document]
) -> None:
    document = documents[state]
    blocks = [block for section in document.sections for block in section.blocks]
    for block in blocks:
        if isinstance(block, Figure):
            assert REFERENCE.search(block.caption)
            assert block.alternative
        elif isinstance(block, Table):
            assert REFERENCE.search(block.caption) or all(
                any(REFERENCE.search(cell) for cell in row) for row in block.rows
            ), block.caption
            assert all(len(row) == len(block.headers) == len(block.shares) for row in block.rows)
    used = {
        int(number)
        for text in strings(document)
        for found in REFERENCE.findall(text)
        for number in re.findall(r"\d+", found)
    }
    assert used == set(range(1, len(document.notes) + 1))


@pytest.mark.parametrize("state", STATES)
def test_every_note_has_a_date_or_says_that_it_has_none(state: str, documents: dict[str, Document]) -> None:
    for note in documents[state].notes:
        assert re.search(r"\b\d{4}\b|undated", note.text), note.text
        assert note.address is None or re.fullmatch(r"https?://[!-~]+", note.address)


def test_the_record_is_never_said_to_be_a_no(documents: dict[str, Document]) -> None:
    for document in documents.values():
        told = " ".join(strings(document))
        assert "No record" in told
        assert "never a no" in told


@pytest.mark.parametrize("state", STATES)
def test_the_page_follows_the_standard_and_names_its_figures_and_headers(
    state: str, documents: dict[str, Document]
) -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html(documents[state]))
    assert page.get("lang") == "en"
    assert [heading.text for heading in page.iter("h2")][:-1] == [one.title for one in documents[state].sections]
    for table in page.iter("table"):
        assert table.find("caption") is not None
        heads = [cell.get("scope") for cell in table.find("thead").iter("th")]
        assert heads
        assert set(heads) == {"col"}
        assert all(row.find("th").get("scope") == "row" for row in table.find("tbody").iter("tr"))
    figures = list(page.iter("figure"))
    assert figures
    assert all(figure.find("div").get("aria-label") for figure in figures)
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert not list(page.iter("script"))
    assert not [one for one in page.iter() if one.get("src") or one.get("href")]


@pytest.mark.parametrize("state", ["KEN", "PLW"])
def test_the_docx_opens_with_headings_headers_and_described_pictures(
    state: str, documents: dict[str, Document]
) -> None:
    paper = docx.Document(io.BytesIO(docx_bytes(documents[state])))
    headings = [one.text for one in paper.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [*(one.title for one in documents[state].sections), "Notes and sources"]
    assert paper.core_properties.created is not None
    assert paper.core_properties.created.date().isoformat() == DAY
    pictures = list(paper.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == sum(
        isinstance(block, Figure) for section in documents[state].sections for block in section.blocks
    )
    assert all(one.get("descr") for one in pictures)
    tables = [one for section in documents[state].sections for one in section.blocks if isinstance(one, Table)]
    headed = [one for one in paper.tables if one.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")]
    assert [[cell.text for cell in one.rows[0].cells] for one in headed] == [list(one.headers) for one in tables]


def test_the_same_release_and_day_give_the_same_bytes(packaged_book: OfferBook, documents: dict[str, Document]) -> None:
    again = compose(briefing(packaged_book, "KEN", DAY, "preservation"), packaged_book.network, "en")
    for write in (html, pdf_bytes, docx_bytes):
        assert write(again) == write(documents["KEN"])


def test_another_day_gives_another_briefing(packaged_book: OfferBook, planner: Planner) -> None:
    early = briefing(packaged_book, "FRA", "2005-01-01", "preservation", planner=planner)
    text = " ".join(texts_of(pypdf.PdfReader(io.BytesIO(pdf_bytes(compose(early, packaged_book.network, "en"))))))
    assert "law as of 2005-01-01" in text
    assert "2006-01-10" not in text.split("Gaps, and who closed them")[0]
    budapest = next(place for place in early.gaps.treaties if place.instrument == "cets-185")
    assert budapest.place == "signed-only"


def test_the_command_writes_one_file_of_each_format(run: Run, tmp_path: Path) -> None:
    for suffix, start in (("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
        done = run("brief", "France", "--on", DAY, "--format", suffix)
        assert (done.code, done.err) == (0, "")
        file = tmp_path / f"brief-FRA-{DAY}.{suffix}"
        assert done.out == f"Written: {file.name}\n"
        assert file.read_bytes().startswith(start)
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"brief-FRA-{DAY}.{x}" for x in ("docx", "html", "pdf")]


def test_a_process_writes_a_file_and_gaps_are_those_of_their_command(shell: Run, command: Run, tmp_path: Path) -> None:
    done = shell("brief", "Kenya", "--on", DAY, "--format", "pdf")
    assert (done.code, done.out, done.err) == (0, f"Written: brief-KEN-{DAY}.pdf\n", "")
    assert (tmp_path / f"brief-KEN-{DAY}.pdf").read_bytes().startswith(b"%PDF-")
    gaps = command("gaps", "KEN", "--on", DAY, "--json").json
    brief = command("brief", "KEN", "--on", DAY, "--json").json
    assert brief["gaps"] == gaps
    assert brief["file"] is None
    assert [file.name for file in tmp_path.iterdir()] == [f"brief-KEN-{DAY}.pdf"]


BAD = {
    "no State": (("Kenja", "--format", "pdf"), "Kenja"),
    "the Union": (("EUE", "--format", "pdf"), "EUE"),
    "no day": (("FRA", "--format", "pdf", "--on", "2026-13-01"), "2026-13-01"),
    "no since": (("FRA", "--format", "pdf", "--since", "soon"), "soon"),
    "no measure": (("FRA", "--format", "pdf", "--measure", "telepathy"), "telepathy"),
    "no format": (("FRA", "--format", "odt"), "odt"),
    "no suffix": (("FRA", "--output", "brief.txt"), "let it end in .html, .pdf or .docx"),
    "two formats": (("FRA", "--output", "brief.pdf", "--format", "html"), "is not named as html"),
    "neither": (("FRA",), "name a format or a file"),
    "no language": (("FRA", "--format", "pdf", "--lang", "tlh"), "choose from en"),
    "no folder": (("FRA", "--output", "missing/brief.pdf"), "missing"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_writes_nothing(case: str, run: Run, tmp_path: Path) -> None:
    words, said = BAD[case]
    done = run("brief", *words)
    assert done.code == 2
    assert said in done.complaint
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "brief.html"
    there.write_text("mine")
    done = run("brief", "FRA", "--output", "brief.html")
    assert done.code == 2
    assert "brief.html" in done.complaint
    assert there.read_text() == "mine"
    assert run("brief", "FRA", "--output", "brief.html", "--force").code == 0
    assert there.read_text().startswith("<!DOCTYPE html>")


def test_a_disk_that_cannot_be_written_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")  # a full disk cannot be provoked here

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("brief", "FRA", "--output", "brief.html")
    assert done.code == 2
    assert "brief.html: No space left on device" in done.complaint
    assert not list(tmp_path.iterdir())


def test_names_are_text_and_never_markup(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = 'Ile <b>x</b> & #strong[y] $z$ "q"'
    states = tuple(msgspec.structs.replace(one, name=evil) if one.id == "FRA" else one for one in RECORDS.states)

    class Evil:
        id = "r-evil"

        def records(self) -> Any:
            return msgspec.structs.replace(RECORDS, states=states)

    monkeypatch.setattr(session, "release", Evil)
    for suffix in ("html", "pdf", "docx"):
        assert run("brief", "FRA", "--output", f"x.{suffix}").code == 0
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse((tmp_path / "x.html").read_text())
    assert page.find(".//h1").text.startswith(evil)
    assert not list(page.iter("b"))
    assert evil in [" ".join("".join(one.itertext()).split()) for one in page.iter("{http://www.w3.org/2000/svg}text")]
    assert evil in " ".join(texts_of(pypdf.PdfReader(tmp_path / "x.pdf")))
    assert docx.Document(str(tmp_path / "x.docx")).paragraphs[0].text.startswith(evil)


def test_a_catalogue_makes_another_language(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locales" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="fr")
    catalogue.add("Treaties", "Traités")
    catalogue.add("{name}: law against online child sexual exploitation", "{name} : le droit")
    with (folder / "comity.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(texts, "LOCALES", tmp_path / "locales")
    assert run("brief", "USA", "--output", "x.html", "--lang", "fr").code == 0
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse((tmp_path / "x.html").read_text())
    texts.speak("en")
    assert page.get("lang") == "fr"
    assert page.find(".//h1").text == "États-Unis : le droit"
    assert "Traités" in [heading.text for heading in page.iter("h2")]


def test_letters_without_a_typeface_are_named(documents: dict[str, Document]) -> None:
    title = documents["PLW"].title + " \U00013000"  # an Egyptian hieroglyph
    section = documents["PLW"].sections[0]._replace(blocks=(Paragraph("x"),))
    with pytest.raises(Unprintable, match="no typeface for the PDF"):
        pdf_bytes(documents["PLW"]._replace(title=title, sections=(section,)))
