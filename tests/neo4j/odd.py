"""Records that a reader of tables might take for something else. Never a source of law."""

from __future__ import annotations

from graph.model import Authority, Instrument, Provision, Source, State, StatutoryOffence
from graph.records import Records

ODD = (
    " between blanks ", "two\nlines", "three\r\nlines\rand", '"', '""', 'a "quoted", comma', "\\", '\\"', "a\\", "\t",
    ";", "|", "'", " ", "NULL", "null", "true", "1", "-", "=1+1", "#", "é€𝄞", "日本\u2028", "\x00", "\x1f", "\ufeff",
    "\ue000", "\x85", "$(date)", "`date`",
)  # fmt: skip
"""Texts that a reader of CSV might take for something else."""

NUMBERS = ((float("inf"), 18), (float("-inf"), -1), (0.0, 0), (1e300, 2**53), (-2.5e-300, None), (0.1, 2**62))


def odd_records() -> Records:
    """Records whose texts, lists, ids and numbers are as odd as can be."""
    cited = tuple(f"odd{text}" for text in ODD)
    return Records(
        sources=tuple(Source(id=f"odd{text}", url=text, publisher=text, as_of="2004-02") for text in ODD),
        states=tuple(
            State(
                id=f"{text}{number}",
                name=text,
                kind=text,
                official_name="" if number % 2 else None,
                official_languages=(text, f"{text}.", ""),
                sources=cited,
                evidence=(("kind", (f"odd{text}",)), ("name", ())),
            )
            for number, text in enumerate(ODD)
        ),
        statutory_offences=tuple(
            StatutoryOffence(
                id=f"odd {years}", state="Nowhere", offence="x", max_penalty_years=years, child_age_below=age
            )
            for years, age in NUMBERS
        ),
        authorities=(
            Authority(id="odd yes", state="FRA", name="", kind="k", available_24_7=True),
            Authority(id="odd no", state="FRA", name="n", kind="", languages=("", "a")),
            Authority(id="odd none", state="FRA", name="n", kind="", languages=("",)),
        ),
        instruments=(Instrument(id="odd", short_name="", title="", kind="", signed_on="0001", in_force_on="9998-12"),),
        provisions=(
            Provision(id="odd", instrument="none", role="r", channels=("b", "a"), channel_articles=("1", "2")),
        ),
    )
