"""``draft`` and ``card``: what the documents hold, that blanks stay blank, and that nothing is half written."""

from __future__ import annotations

import itertools
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import html5lib
import msgspec
import pytest
from docx.oxml.ns import qn

from graph.model import Authority, Designation, RequestRule
from terminal import session
from tests.terminal.conftest import ROOT, Run
from tests.terminal.small_world import RECORDS

ASK = ("draft", "FRA", "USA", "--measure", "preservation")

RULES = tuple(
    RequestRule(id=f"cets-185/{article}", instrument="cets-185", article=article, kind=kind, summary=summary,
                request_articles=("29",), conditional=conditional, sources=("chart",))
    for article, kind, summary, conditional in (
        ("29(2)(a)", "content", "The authority & its <office>", False),
        ("29(2)(d)", "content", "Who holds the data", True),
        ("29(9)", "document", "A copy of the warrant", False),
        ("28(2)", "use", "For the named proceedings only", False),
    )
)  # fmt: skip


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """The small world with rules on requests."""
    records = msgspec.structs.replace(RECORDS, request_rules=RULES)

    class Ruled:
        id = "r-ruled"

        def records(self) -> Any:
            return records

    monkeypatch.setattr(session, "release", Ruled)
    return run


def page(path: Path) -> Any:
    """The page, parsed strictly by the HTML standard, without namespaces."""
    text = path.read_text(encoding="utf-8")
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def controls(paper: Any) -> dict[str, list[Any]]:
    """The content controls of a DOCX: blanks and check boxes."""
    found: dict[str, list[Any]] = {"blank": [], "box": []}
    for control in paper.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        found[tag.split("-")[0]].append(control)
    return found


def written(element: Any) -> str:
    """The text of the runs below an element of a DOCX."""
    return "".join(run.text or "" for run in element.iter(qn("w:t")))


def text_of(paper: Any) -> str:
    """All text of a DOCX, tables and controls included."""
    return " ".join(written(one) for one in paper.element.body.iter(qn("w:p")))


def test_a_page_is_valid_and_stands_alone(ruled: Run, tmp_path: Path) -> None:
    done = ruled(*ASK, "--urgent", "--output", "kit.html")
    assert (done.code, done.err) == (0, "")
    assert "Written: kit.html" in done.out
    tree = page(tmp_path / "kit.html")
    assert tree.get("lang") == "en"
    for element in tree.iter():
        assert element.tag not in ("script", "link", "iframe", "img", "object"), element.tag
        for attribute in element.attrib:
            assert not attribute.startswith("on")
            assert attribute not in ("src", "href", "action", "srcset", "style")
    style = tree.find(".//style").text
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in tree.find(".//meta[@http-equiv]").get("content")


def test_a_page_can_be_read_aloud_and_filled_by_keyboard(ruled: Run, tmp_path: Path) -> None:
    ruled(*ASK, "--output", "kit.html")
    tree = page(tmp_path / "kit.html")
    headings = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(headings))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in tree.iter("label")}
    fields = [*tree.iter("textarea"), *tree.iter("input")]
    assert fields
    assert {field.get("id") for field in fields} == labelled
    assert not any(field.get("tabindex") for field in fields)
    for section in tree.iter("section"):
        assert section.get("aria-labelledby") in ids


def test_the_colours_of_a_page_can_be_told_apart(ruled: Run, tmp_path: Path) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text."""
    ruled(*ASK, "--output", "kit.html")
    style = page(tmp_path / "kit.html").find(".//style").text
    colours = dict(re.findall(r"--(\w+): #([0-9a-f]{6})", style))
    grounds = {"white": "ffffff", "wash": colours["wash"]}
    for name in ("ink", "quiet", "deep", "mind"):
        for ground in grounds.values():
            assert contrast(colours[name], ground) >= 4.5, (name, ground)
    (placeholder,) = re.findall(r"placeholder \{ color: #([0-9a-f]{6})", style)
    assert contrast(placeholder, "ffffff") >= 4.5


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_blanks_are_empty_and_come_from_the_rules(ruled: Run, tmp_path: Path) -> None:
    ruled(*ASK, "--output", "kit.html")
    tree = page(tmp_path / "kit.html")
    assert all(not (field.text or "").strip() for field in tree.iter("textarea"))
    assert not any(box.get("checked") is not None for box in tree.iter("input"))
    labels = [words(label) for label in tree.iter("label")]
    assert "The authority & its <office> Budapest Convention, article 29(2)(a)" in labels
    assert "Who holds the data Budapest Convention, article 29(2)(d) (if it applies)" in labels
    assert labels.index("Own reference") < labels.index("Date") < labels.index("Place, date and signature")
    assert not any("customary" in label for label in labels)


def test_the_checklist_is_that_of_the_records(ruled: Run, run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    def ticks(file: str) -> list[str]:
        tree = page(tmp_path / file)
        section = next(held for held in tree.iter("section") if words(held.find("h2")) == "Checklist")
        return [words(label) for label in section.iter("label")]

    ruled(*ASK, "--output", "ruled.html")
    with_rules = ticks("ruled.html")
    for rule in RULES[:3]:
        assert any(tick.startswith(rule.summary) and f"article {rule.article}" in tick for tick in with_rules)
    monkeypatch.setattr(session, "release", lambda: Plain())
    run(*ASK, "--output", "plain.html")
    without = ticks("plain.html")
    assert not any(rule.summary in tick for rule in RULES for tick in without)
    assert any("Contents compared with the text" in tick and "Budapest Convention" in tick for tick in without)
    text = words(page(tmp_path / "plain.html"))
    assert "No list of contents is on record for Budapest Convention" in text
    assert "customary, not from the record" in text


class Plain:
    """The small world as it is."""

    id = "r-small"

    def records(self) -> Any:
        return RECORDS


def test_a_docx_says_the_same_as_the_page(ruled: Run, tmp_path: Path) -> None:
    for file in ("kit.docx", "kit.html"):
        assert ruled(*ASK, "--output", file).code == 0
    paper = docx.Document(str(tmp_path / "kit.docx"))
    said = " ".join(text_of(paper).split())
    tree = page(tmp_path / "kit.html")
    for heading in (words(one) for one in tree.iter("h2")):
        assert heading in [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    for value in (words(one) for one in tree.iter("dd")):
        assert value.replace(" ", "") in said.replace(" ", "")
    for point in (words(one) for one in tree.iter("li")):
        assert point.replace(" ", "") in said.replace(" ", "").replace("☐", ""), point
    found = controls(paper)
    assert len(found["blank"]) == len(list(tree.iter("textarea")))
    assert len(found["box"]) == len(list(tree.iter("input")))
    assert paper.core_properties.title.startswith("Request: expedited preservation")


def test_the_blanks_of_a_docx_are_placeholders(ruled: Run, tmp_path: Path) -> None:
    ruled(*ASK, "--output", "kit.docx")
    found = controls(docx.Document(str(tmp_path / "kit.docx")))
    for control in found["blank"]:
        properties = control.find(qn("w:sdtPr"))
        assert properties.find(qn("w:showingPlcHdr")) is not None
        assert properties.find(qn("w:alias")).get(qn("w:val"))
        assert written(control.find(qn("w:sdtContent"))) == "to be filled in"
    for control in found["box"]:
        assert written(control.find(qn("w:sdtContent"))) == "☐"
        checked = [one for one in control.iter() if one.tag.endswith("}checked")]
        assert [value for one in checked for value in one.attrib.values()] == ["0"]
    ids = [
        control.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for held in found.values() for control in held
    ]
    assert len(ids) == len(set(ids))


def test_the_parts_of_a_docx_stand_in_the_order_of_the_standard(ruled: Run, tmp_path: Path) -> None:
    """ISO/IEC 29500-1 gives the children of these elements in a sequence; here as far as they are used."""
    orders = {
        "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
        "tcPr": "tcW shd",
        "pPr": "pStyle keepNext shd tabs spacing ind",
        "sdtPr": "alias tag id showingPlcHdr text checkbox",
    }
    ruled(*ASK, "--output", "kit.docx")
    paper = docx.Document(str(tmp_path / "kit.docx"))
    for name, order in orders.items():
        found = list(paper.element.body.iter(qn(f"w:{name}")))
        assert found, name
        for properties in found:
            held = [order.split().index(one.tag.rpartition("}")[2]) for one in properties]
            assert held == sorted(held), [one.tag for one in properties]


@pytest.mark.parametrize("file", ["kit.html", "kit.docx"])
def test_an_old_contact_is_marked_and_a_fresh_one_is_not(file: str, run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    def told() -> str:
        path = tmp_path / file
        return words(page(path)) if path.suffix == ".html" else text_of(docx.Document(str(path)))

    run(*ASK, "--output", file)
    assert "Computer Crime and Intellectual Property Section" in told()
    assert "Check before use: older than a year or undated" in told()
    assert "Office and contact of the requested side checked" in told()
    fresh = msgspec.structs.replace(
        RECORDS,
        authorities=tuple(_fresh(held) for held in RECORDS.authorities),
        designations=tuple(_fresh(held) for held in RECORDS.designations),
    )
    monkeypatch.setattr(session, "release", lambda: _Holding(fresh))
    assert run(*ASK, "--output", file, "--force").code == 0
    assert "Computer Crime and Intellectual Property Section" in told()
    assert "older than a year or undated" not in told()
    assert "Office and contact of the requested side checked" not in told()


def _fresh(record: Authority | Designation) -> Any:
    return msgspec.structs.replace(record, sources=("iso",))


class _Holding:
    id = "r-fresh"

    def __init__(self, records: Any) -> None:
        self._records = records

    def records(self) -> Any:
        return self._records


def test_programs_get_the_kit_with_or_without_a_file(ruled: Run, tmp_path: Path) -> None:
    done = ruled(*ASK, "--json")
    assert done.json["file"] is None
    assert done.json["form"] == "request"
    assert [rule["article"] for rule in done.json["rules"] if rule["kind"] == "content"] == ["29(2)(a)", "29(2)(d)"]
    assert list(tmp_path.iterdir()) == []
    assert ruled(*ASK, "--json", "--output", "kit.docx").json["file"] == "kit.docx"
    assert [path.name for path in tmp_path.iterdir()] == ["kit.docx"]


def test_without_a_path_the_nearest_measures_are_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    done = run("draft", "FRA", "USA", "-m", "police-information", "--evidence", "--output", "kit.docx")
    assert done.code == 1
    assert "No path is on record" in done.out
    assert "comity draft FRA USA --measure preservation --output FILE.docx" in " ".join(done.out.split())
    told = run("draft", "FRA", "USA", "-m", "police-information", "--evidence", "--json")
    assert told.code == 1
    assert told.json["alternatives"][0]["measure"] == "preservation"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "name a file that ends in .docx or .html"),
        (("--output", "kit.pdf"), "let it end in .docx or .html"),
        (("--output", "missing/kit.docx"), "missing is not a folder"),
        (("--output", "there.docx"), "replace it with --force"),
        (("--output", "folder.docx", "--force"), "is not a file"),
        (("--output", "kit.docx", "--rank", "9"), "there is no path of rank 9: the last is 2"),
        (("--output", "kit.docx", "--rank", "0"), "greater than or equal to 1"),
        (("--output", "kit.docx", "--offence", "theft"), "theft"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(run: Run, tmp_path: Path, more: tuple[str, ...], said: str) -> None:
    (tmp_path / "there.docx").write_text("kept")
    (tmp_path / "folder.docx").mkdir()
    done = run(*ASK, *more)
    assert done.code == 2
    assert said in done.complaint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.docx", "there.docx"]
    assert (tmp_path / "there.docx").read_text() == "kept"


@pytest.mark.parametrize("file", ["kit.html", "kit.docx"])
def test_a_disk_that_is_full_leaves_what_was_there(packaged_data: Path, tmp_path: Path, file: str) -> None:
    """A limit on the size of files stands in for the full disk."""
    (tmp_path / file).write_text("kept")
    done = subprocess.run(
        [sys.executable, "-m", "comity", *ASK, "--output", file, "--force"],
        env={"COMITY_DATA_DIR": str(packaged_data), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines() == [f"comity: {file}: File too large"]
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert (tmp_path / file).read_text() == "kept"


def test_real_kits_of_every_form_are_whole(shell: Run, tmp_path: Path) -> None:
    asked: tuple[tuple[str, ...], ...] = (
        ("DEU", "FRA", "--measure", "content-data", "--via", "judicial-direct"),
        ("FRA", "provider:google", "--measure", "content-data"),
        ("FRA", "GBR", "--measure", "extradition", "--via", "central-authority"),
        ("FRA", "USA", "--measure", "police-information", "--via", "police"),
        ("FRA", "DEU", "--measure", "spontaneous-information"),
    )
    for number, question in enumerate(asked):
        done = shell("draft", *question, "--output", f"{number}.html")
        assert (done.code, done.err) == (0, ""), question
        tree = page(tmp_path / f"{number}.html")
        assert all(not (field.text or "") for field in tree.iter("textarea"))
        said = words(tree)
        assert "None" not in said.replace("None of", "")
        assert "Not legal advice" in said
        assert "release r-" in said
    assert "Annex A" in words(page(tmp_path / "0.html"))
    assert "Order to a service provider" in words(page(tmp_path / "1.html"))
    assert "Speciality" in words(page(tmp_path / "2.html"))
    assert "Police request" in words(page(tmp_path / "3.html"))
    assert "Nothing is asked for" in words(page(tmp_path / "4.html"))


def test_a_card_tells_what_is_on_record_and_what_is_not(ruled: Run) -> None:
    done = ruled("card", "USA", "--measure", "preservation")
    assert done.code == 0
    told = " ".join(done.out.split())
    assert "How to ask United States, on 2026-11-24; expedited preservation" in told
    assert "Computer Crime and Intellectual Property Section" in told
    assert "older than a year or undated, check before use" in told
    assert "extradition: no record" in told
    assert "24/7 contact point: Budapest Convention art. 29, 35" in told
    assert "art. 29(2)(a), content: The authority & its <office>" in told
    assert "For the named proceedings only" in told
    assert "Law • 18 U.S.C. § 2252A" in told
    assert "Not legal advice" in told


def test_a_card_for_programs_and_its_bad_input(ruled: Run) -> None:
    found = ruled("card", "usa", "--json").json
    assert found["state"] == "USA"
    assert {way["channel"] for way in found["ways_in"]} >= {"contact-point-24-7"}
    assert ruled("card", "Atlantis").code == 2
    assert "preservation" in ruled("card", "USA", "--measure", "preservatoin").complaint
    assert ruled("card", "USA", "--instrument", "cets-999").code == 2
