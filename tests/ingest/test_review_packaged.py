"""The review of the packaged tables: what it finds there, worked out by hand, and what it must not find."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import msgspec
import pytest

from graph.releases import Release
from graph.review import Finding, Witness
from ingest.facts import packaged_tables
from ingest.recheck import reviewed
from ingest.review import review

FOUND: list[tuple[str, str, str]] = [
    # Korea deposited on 2011-09-29; ninety days after (article 30(2)) is 2011-12-28: two days of September, 31 of
    # October, 30 of November make 63 on 2011-12-01, so that the 90th falls on 2011-12-28. The Swiss table has the 29th.
    ("entry-date-differs", "participation/ets-024/KOR", "gives 2011-12-28"),
    # Monaco: deposit 2009-01-30, ninety days: 2009-04-30. The Dutch series has 2009-05-01.
    ("entry-date-differs", "participation/ets-086/MCO", "gives 2009-04-30"),
    # Bolivia: 2004-03-02, three months: 2004-06-02, the next month begins on 2004-07-01. The Dutch series has June.
    ("entry-date-differs", "participation/ets-112/BOL", "gives 2004-07-01"),
    # Bhutan signed in 2005, ratified in 2016, left over a reservation and came back in 2023 by accession.
    ("accession-after-signature", "participation/un-uncac/BTN", "though signed 2005-09-15"),
    # Slovakia began on 1993-01-01; the ratification of 1992-04-15 is that of Czechoslovakia.
    ("bound-before-succession", "participation/ets-030/SVK/2", "succession 1993-01-01"),
    # Ratified 2017-11-10 by the Austrian gazette; that gazette does not repeat the day of signature.
    ("ratified-without-signature", "participation/cets-182/AUT", "no signature"),
    # The British register has 1935-09-07, the Swiss one 1935-09-06.
    ("two-sides-differ", "participation/bi-che-gbr-ext-1934/CHE", "1935-09-06"),
    # Spain ratified in 1999; of Bolivia only the signature of 1998 is on record.
    ("one-side-in-force", "participation/bi-bol-esp-mla-1998/BOL", "ESP is party"),
    # Palau is on a list of parties to the Trafficking Protocol, on none of the Convention (article 37(2) asks for it).
    ("parent-not-on-record", "participation/un-tip/PLW", "nothing is on record"),
    # A text of 2016 on the BIMSTEC Convention names the Indian ministry; the Convention waits for ratifications.
    ("designation-of-signatory", "designation/ind-mha-bimstec/bimstec-mla/15", "stands as signatory"),
    # The additional protocol of 1978 needed three ratifications for 1982-04-12; the oldest on record is of 1983.
    ("too-few-for-entry", "instrument/ets-099", "it needs 3"),
    # Liechtenstein excludes article 22 of ETS 73, of which articles 6 to 8, 13 and 27 are on record.
    ("effect-article-unknown", "declaration/ets-073/LIE/f3fe5564", "article 22"),
    # The Federal Criminal Police Office: once under ETS 141 and once as contact point.
    ("office-twice", "authority/deu-141-23", "bundeskriminalamt"),
    # Signed on 2004-09-29 by one source; another knows a treaty of the two without a date.
    ("treaty-perhaps-twice", "instrument/bi-nld-usa-mla-nd", "bi-nld-usa-mla-2004"),
    # Spain and the United States: treaty of 1970 with supplements until 2004, no end of it on record (VCLT 59).
    ("older-treaty-open", "instrument/bi-esp-usa-ext-1970", "bi-esp-usa-ext-2004"),
]

NOT_FOUND: list[tuple[str, str]] = [
    # Austria and Great Britain: signed 1873-12-03. The register has 1873-03-19, the Canadian series 1874-03-30.
    ("instrument-out-of-order", "instrument/bi-aut-gbr-ext-1873"),
    # Notes of 1988 let the Franco-Swiss treaty of 1869 go on with Côte d'Ivoire from 1960 (VCLT-SSP 1978 article 24).
    ("in-force-before-adoption", "participation/bi-che-civ-ext-1988/CIV"),
    # Austria ratified ETS 99 on 1983-05-02; ninety days later is 1983-07-31, as the Treaty Office has it.
    ("entry-date-differs", "participation/ets-099/AUT"),
    ("declaration-of-outsider", "declaration/ets-099/AUT/0ea1fe5f"),
    # Article 24 of ETS 30 and article 6 of ETS 182, under which judicial authorities are named, are on record now.
    ("designation-article-unknown", "designation/arm-moj/ets-030/24"),
    ("designation-article-unknown", "designation/arm-moj/cets-182/6"),
    # In force by exchange of notes on 1994-07-31 (Swiss collection of law 0.351.915.8).
    ("designation-of-signatory", "designation/aus-agd-che/bi-aus-che-mla-1991/6"),
    # France: signed 2001-11-23, ratified 2006-01-10, in force 2006-05-01 by article 36(4).
    ("entry-date-differs", "participation/cets-185/FRA"),
    # ILO 182 is ratified without signature (ILO Constitution, article 19(5)(d)).
    ("ratified-without-signature", "participation/ilo-182/AFG"),
    # The United States made reservations to articles 4, 6, 9, 10, 22 and 41, which article 42 all permits.
    ("reservation-not-permitted", "declaration/cets-185/USA"),
]


@pytest.fixture(scope="module")
def findings(packaged_release: Release) -> list[Finding]:
    """What the build of the packaged tables found."""
    return reviewed(packaged_release)


@pytest.mark.parametrize(("rule", "about", "said"), FOUND, ids=[f"{rule}-{about}" for rule, about, _ in FOUND])
def test_a_real_case(findings: list[Finding], rule: str, about: str, said: str) -> None:
    met = [finding for finding in findings if (finding.rule, finding.about) == (rule, about)]
    assert len(met) == 1
    assert said in met[0].says


@pytest.mark.parametrize(("rule", "about"), NOT_FOUND, ids=[f"{rule}-{about}" for rule, about in NOT_FOUND])
def test_a_real_case_that_is_sound(findings: list[Finding], rule: str, about: str) -> None:
    assert not [one for one in findings if one.rule == rule and one.about.startswith(about)]


def test_no_error_is_left_without_a_reason(findings: list[Finding]) -> None:
    assert [finding.says for finding in findings if finding.severity == "error" and not finding.known] == []


def test_every_finding_names_the_rows_behind_it(findings: list[Finding]) -> None:
    """The row named for a participation is about that instrument and party; derived records alone have none."""
    with packaged_tables() as tables:
        lines = {file: _rows(tables / file) for file in {row.file for one in _witnesses(findings) for row in one.rows}}
    for witness in _witnesses(findings):
        assert witness.rows or witness.derived, witness.record
        kind, _, name = witness.record.partition("/")
        for place in witness.rows:
            cells = lines[place.file][place.row]
            if kind == "participation":
                assert cells[:2] == name.split("/")[:2], place
            elif kind in ("instrument", "source", "authority", "publisher"):
                assert cells[0] == name, place


def _witnesses(findings: list[Finding]) -> list[Witness]:
    return [witness for finding in findings for witness in finding.witnesses]


def _rows(path: Path) -> dict[int, list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        found, start = {}, 1
        for cells in reader:
            found[start] = cells
            start = reader.line_num + 1
    return found


def test_an_unrelated_change_of_the_packaged_records_changes_no_finding(packaged_release: Release) -> None:
    records = packaged_release.records()
    before = {(one.rule, one.about, one.says) for one in review(records, {}, "2026-11-24")}
    states = tuple(
        msgspec.structs.replace(state, name=state.name.upper(), note="in capitals") for state in records.states
    )
    concepts = records.concepts[:-1]
    changed = msgspec.structs.replace(records, states=states, concepts=concepts)
    assert {(one.rule, one.about, one.says) for one in review(changed, {}, "2026-11-24")} == before


def test_the_review_takes_a_few_seconds_at_most(packaged_release: Release) -> None:
    records = packaged_release.records()
    began = time.process_time()
    review(records, {}, "2026-11-24")
    assert time.process_time() - began < 3
