"""One spoilt fact for each rule of the review: rule, severity, the record found, and how the world is spoilt."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from graph.model import Declaration, Membership, Participation, Provision, ReviewFinding, Source, StatutoryOffence
from graph.records import Records
from ingest.identity import source_id
from tests.ingest.review_world import (
    PACT,
    SOUND,
    S,
    added,
    changed,
    office,
    party,
    removed,
)

Spoil = Callable[[Records], Records]


def participation(name: str, /, **new: object) -> Spoil:
    return lambda records: changed(records, "participations", name, **new)


def record(field: str, name: str, /, **new: object) -> Spoil:
    return lambda records: changed(records, field, name, **new)


def both(*spoils: Spoil) -> Spoil:
    def spoil(records: Records) -> Records:
        for one in spoils:
            records = one(records)
        return records

    return spoil


def more(field: str, *records: object) -> Spoil:
    return lambda held: added(held, field, *records)  # type: ignore[arg-type]


def third(instrument: str, name: str, **new: object) -> Participation:
    """One more party to the Convention, sound but for ``new``."""
    sound = party(instrument, name, signed="2003-06-01", bound="2005-01-10", force="2005-05-01")
    return msgspec.structs.replace(sound, **new)


def membership(name: str, status: str, joined: str | None, left: str | None) -> Membership:
    return Membership(
        id=f"interpol/{name}/{status}/2", organisation="interpol", state=name, status=status, joined_on=joined,
        left_on=left, sources=S,
    )  # fmt: skip


def reviewed(criterion: str, value: str) -> ReviewFinding:
    return ReviewFinding(
        id=f"FRA/{criterion}/1", state="FRA", review="A review", criterion=criterion, value=value, sources=S
    )


UNDATED = "https://treaties.example.org/undated"

OTHER = msgspec.structs.replace(
    SOUND.instruments[0], id="other", in_force_on=None, status=None, entry_threshold=None, entry_rule=None
)
"""A further convention of 2001-11-23 without a day of its own entry into force."""

CASES: list[tuple[str, str, str, Spoil]] = [
    # A signature of 2001-11-22 precedes the opening for signature on 2001-11-23 by a day.
    ("signed-before-adoption", "error", "participation/conv/FRA", participation("conv/FRA", signed_on="2001-11-22")),
    # The month 2001-10 ended before the text was adopted; 2001-11 would not be certain. Whatever its day, the
    # Convention could not be in force for it before 2004-07-01, which therefore is no second mistake.
    (
        "bound-before-adoption", "error", "participation/conv/BRA",
        more(
            "participations",
            third("conv", "BRA", signed_on=None, bound_on="2001-10", in_force_on="2004-07-01", action="accession"),
        ),
    ),
    # Ratified on 2004-02-10: a signature of 2004-02-11 comes a day late (VCLT article 14).
    ("signed-after-bound", "error", "participation/conv/FRA", participation("conv/FRA", signed_on="2004-02-11")),
    # Who signed in 2001 ratifies; accession is for others (VCLT article 15).
    ("accession-after-signature", "doubt", "participation/conv/FRA", participation("conv/FRA", action="accession")),
    # Two of three parties by ratification have their signature on record, so that the third stands out.
    (
        "ratified-without-signature", "gap", "participation/conv/BRA",
        more("participations", third("conv", "BRA", signed_on=None)),
    ),
    # A mere signatory has not deposited on 2005-01-10.
    (
        "standing-against-dates", "error", "participation/conv/BRA",
        more("participations", third("conv", "BRA", standing="signatory", in_force_on=None)),
    ),
    # Succession took effect on 2006-06-06: the State did not act on 2005-01-10 itself.
    (
        "bound-before-succession", "doubt", "participation/conv/MNE",
        more(
            "participations", third("conv", "MNE"),
            third("other", "MNE", action="succession", bound_on=None, in_force_on="2006-06-06"),
        ),
    ),
    # The only source speaks for 2020-05-01 and cannot know of a deposit of 2020-05-02.
    (
        "dated-after-source", "doubt", "participation/conv/BRA",
        more("participations", third("conv", "BRA", bound_on="2020-05-02", in_force_on="2020-09-01")),
    ),
    # In force 1998-12-09, a day before its signature of 1998-12-10; its parties keep no date, to spoil nothing else.
    (
        "instrument-out-of-order", "error", "instrument/pact",
        both(
            record("instruments", "pact", in_force_on="1998-12-09"),
            participation("pact/FRA", in_force_on=None), participation("pact/USA", in_force_on=None),
        ),
    ),
    # The Protocol has no day of its own here, so that only its adoption on 2003-01-28 is left to compare with.
    (
        "in-force-before-adoption", "error", "participation/other/FRA",
        more("participations", third("other", "FRA", bound_on=None, action=None, in_force_on="2001-11-22")),
    ),
    # 2006-02-28 is a day before the Protocol itself (2006-03-01).
    (
        "in-force-before-instrument", "error", "participation/prot/FRA",
        participation("prot/FRA", in_force_on="2006-02-28"),
    ),
    # A treaty that is not in force is in force for nobody.
    (
        "in-force-without-instrument", "error", "participation/prot/FRA",
        record("instruments", "prot", status="not-in-force", in_force_on=None),
    ),
    # Bound on 2006-03-02, a day after the Protocol is said to be in force for France.
    ("in-force-before-bound", "error", "participation/prot/FRA", participation("prot/FRA", bound_on="2006-03-02")),
    # Ended 2006-02, in force from 2006-03-01.
    ("ended-before-in-force", "error", "participation/prot/FRA", participation("prot/FRA", ended_on="2006-02")),
    (
        "suspended-before-in-force", "error", "participation/prot/FRA",
        participation("prot/FRA", suspended_on="2006-02-28"),
    ),
    # The Protocol ended in 2010; a deposit of 2011 comes too late (VCLT article 54).
    (
        "outlives-instrument", "error", "participation/prot/USA",
        both(
            record("instruments", "prot", ended_on="2010"),
            more("participations", third("prot", "USA", bound_on="2011-02-01", in_force_on=None)),
        ),
    ),
    # Deposit 2005-01-10: three months expire on 2005-04-10, the month that follows begins on 2005-05-01.
    (
        "entry-date-differs", "doubt", "participation/conv/BRA",
        more("participations", third("conv", "BRA", in_force_on="2005-06-01")),
    ),
    # Two of the three parties that the Convention would need had consented before it was in force.
    ("too-few-for-entry", "gap", "instrument/conv", record("instruments", "conv", entry_threshold=3)),
    # One day for France, the next for the United States.
    ("two-sides-differ", "doubt", "participation/pact/FRA", participation("pact/USA", in_force_on="2001-12-02")),
    # France is bound, of the United States only the signature is known.
    (
        "one-side-in-force", "doubt", "participation/pact/USA",
        participation("pact/USA", standing="signed", in_force_on=None),
    ),
    # Brazil is party to the Protocol and unknown under the Convention.
    (
        "parent-not-on-record", "doubt", "participation/prot/BRA",
        more("participations", third("prot", "BRA", in_force_on="2006-03-01")),
    ),
    # A source calls the United States a mere signatory of the Convention, another a party to its Protocol.
    (
        "parent-not-bound", "error", "participation/prot/USA",
        both(
            participation("conv/USA", standing="signatory", bound_on=None, action=None, in_force_on=None),
            record("instruments", "conv", entry_threshold=1),
            more("participations", third("prot", "USA", in_force_on="2006-03-01")),
        ),
    ),
    # The Protocol from 2006-03-01, the Convention for Brazil from 2007-05-01 only.
    (
        "protocol-before-parent", "error", "participation/prot/BRA",
        more(
            "participations", third("prot", "BRA", in_force_on="2006-03-01"),
            third("conv", "BRA", bound_on="2007-01-10", in_force_on="2007-05-01"),
        ),
    ),
    (
        "protocol-outlives-parent", "doubt", "participation/prot/FRA",
        both(
            participation("conv/FRA", ended_on="2015-01-01"),
            record("designations", "fra-bureau/conv/27-2-a", valid_until="2015-01-01"),
        ),
    ),
    # A protocol of the year 2000 cannot add to a convention of 2001.
    ("protocol-older-than-parent", "error", "instrument/prot", record("instruments", "prot", signed_on="2000")),
    # Brazil names an office under the Convention, where nothing is on record of it.
    (
        "designation-without-participation", "doubt", "designation/fra-bureau/conv/27-2-a",
        both(
            record("designations", "fra-bureau/conv/27-2-a", state="BRA"),
            record("authorities", "fra-bureau", state="BRA"),
        ),
    ),
    (
        "designation-of-signatory", "doubt", "designation/fra-bureau/conv/27-2-a",
        both(
            participation("conv/FRA", standing="signatory", bound_on=None, action=None, in_force_on=None),
            record("instruments", "conv", entry_threshold=1),
            lambda records: removed(records, "participations", "prot/FRA"),
        ),
    ),
    # Signed on 2001-11-23: an office cannot have been named the day before.
    (
        "designation-before-consent", "error", "designation/fra-bureau/conv/27-2-a",
        record("designations", "fra-bureau/conv/27-2-a", valid_from="2001-11-22"),
    ),
    # Denounced from 2015 on: what the Convention gave ends with it; the Protocol ended too.
    (
        "designation-after-end", "doubt", "designation/fra-bureau/conv/27-2-a",
        both(participation("conv/FRA", ended_on="2015-01-01"), participation("prot/FRA", ended_on="2015-01-01")),
    ),
    # Articles 27, 29 and 35 are on record, 24 is not.
    (
        "designation-article-unknown", "gap", "designation/fra-bureau/conv/27-2-a",
        record("designations", "fra-bureau/conv/27-2-a", article="24(7)(a)"),
    ),
    # A hotline takes reports from the public; it sends no requests for assistance.
    (
        "designation-kind-unfit", "doubt", "designation/fra-bureau/conv/27-2-a",
        record("authorities", "fra-bureau", kind="hotline"),
    ),
    (
        "designation-of-other-state", "error", "designation/fra-bureau/conv/27-2-a",
        record("designations", "fra-bureau/conv/27-2-a", authority="usa-oia"),
    ),
    (
        "designation-out-of-order", "error", "designation/fra-bureau/conv/27-2-a",
        record("designations", "fra-bureau/conv/27-2-a", valid_from="2010", valid_until="2009-12-31"),
    ),
    ("declaration-of-outsider", "doubt", "declaration/conv/FRA/1", record("declarations", "conv/FRA/1", party="BRA")),
    # Article 42 of the Budapest Convention does not list article 25; the row on article 42 must be on record.
    (
        "reservation-not-permitted", "error", "declaration/cets-185/FRA/1",
        both(
            more("instruments", msgspec.structs.replace(OTHER, id="cets-185")),
            more("participations", third("cets-185", "FRA")),
            more(
                "provisions",
                Provision(id="cets-185/42", instrument="cets-185", article="42", role="scope", sources=S),
            ),
            more(
                "declarations",
                Declaration(
                    id="cets-185/FRA/1", instrument="cets-185", party="FRA", kind="reservation", summary="Not 25",
                    articles=("29(4)", "25(1)"), sources=S,
                ),
            ),
        ),
    ),
    # France signed on 2001-11-23: nothing can have been withdrawn in 2000.
    (
        "withdrawn-before-consent", "error", "declaration/conv/FRA/1",
        record("declarations", "conv/FRA/1", withdrawn_on="2000"),
    ),
    (
        "effect-article-unknown", "gap", "declaration/conv/FRA/1",
        record("declarations", "conv/FRA/1", effect_articles=("29", "31")),
    ),
    (
        "effect-without-article", "gap", "declaration/conv/FRA/1",
        record("declarations", "conv/FRA/1", effect_articles=()),
    ),
    # Founded in 1923: nobody joined in 1922.
    (
        "joined-before-founding", "error", "membership/interpol/FRA/member",
        record("memberships", "interpol/FRA/member", joined_on="1922"),
    ),
    (
        "left-before-joining", "error", "membership/interpol/USA/former-member",
        record("memberships", "interpol/USA/former-member", left_on="1937"),
    ),
    # Member since 1923 and at the same time no member.
    (
        "statuses-contradict", "error", "membership/interpol/FRA/member",
        more("memberships", membership("FRA", "not-member", None, None)),
    ),
    # 1923 until now, and 1950 to 1960 again.
    (
        "periods-overlap", "doubt", "membership/interpol/FRA/member",
        more("memberships", membership("FRA", "member", "1950", "1960")),
    ),
    (
        "former-without-end", "gap", "membership/interpol/BRA/former-member/2",
        more("memberships", membership("BRA", "former-member", "1950", None)),
    ),
    (
        "member-that-left", "doubt", "membership/interpol/FRA/member",
        record("memberships", "interpol/FRA/member", left_on="1990"),
    ),
    # In force a day before it was enacted.
    ("statute-out-of-order", "error", "statute/fra-code", record("statutes", "fra-code", in_force_on="1992-07-21")),
    (
        "offence-of-repealed-statute", "doubt", "statutory-offence/FRA/csam-possession/1",
        record("statutes", "fra-code", repealed_on="2020-01-01"),
    ),
    (
        "offence-of-other-state", "error", "statutory-offence/FRA/csam-possession/1",
        record("statutory_offences", "FRA/csam-possession/1", state="USA"),
    ),
    (
        "implausible-penalty", "error", "statutory-offence/FRA/csam-possession/1",
        record("statutory_offences", "FRA/csam-possession/1", max_penalty_years=101.0),
    ),
    (
        "implausible-age", "doubt", "statutory-offence/FRA/csam-possession/1",
        record("statutory_offences", "FRA/csam-possession/1", child_age_below=9),
    ),
    # A review says: from ten years, up to five.
    (
        "penalties-reversed", "error", "review-finding/FRA/csam-minimum-penalty-years/1",
        more(
            "review_findings",
            *(reviewed(f"csam-{which}-penalty-years", years) for which, years in (("minimum", "10"), ("maximum", "5"))),
        ),
    ),
    # One article, one offence, five years and ten.
    (
        "penalties-differ", "doubt", "statutory-offence/FRA/csam-possession/1",
        more(
            "statutory_offences",
            StatutoryOffence(
                id="FRA/csam-possession/2", state="FRA", offence="csam-possession", statute="fra-code",
                provision="227-23", child_age_below=18, max_penalty_years=10.0, sources=S,
            ),
        ),
    ),
    # The same name but for signs and capitals.
    (
        "office-twice", "doubt", "authority/fra-bureau",
        more("authorities", office("fra-office", "FRA", "bureau of Assistance.")),
    ),
    (
        "treaty-twice", "doubt", "instrument/pact",
        both(
            more("instruments", msgspec.structs.replace(PACT, id="pact-again", in_force_on=None)),
            more(
                "participations", party("pact-again", "FRA", signed="1998-12-10", bound=None, force=None),
                party("pact-again", "USA", signed="1998-12-10", bound=None, force=None),
            ),
        ),
    ),
    (
        "treaty-perhaps-twice", "gap", "instrument/pact-nd",
        both(
            more("instruments", msgspec.structs.replace(PACT, id="pact-nd", signed_on=None, in_force_on=None)),
            more(
                "participations", party("pact-nd", "FRA", signed="1998", bound=None, force=None),
                party("pact-nd", "USA", signed="1998", bound=None, force=None),
            ),
        ),
    ),
    # A treaty of 1900 beside that of 1998 in force: it may have ended (VCLT article 59).
    (
        "older-treaty-open", "gap", "instrument/pact-old",
        both(
            more("instruments", msgspec.structs.replace(PACT, id="pact-old", signed_on="1900", in_force_on=None)),
            more(
                "participations", party("pact-old", "FRA", signed="1900", bound=None, force=None),
                party("pact-old", "USA", signed="1900", bound=None, force=None),
            ),
        ),
    ),
    ("address-malformed", "error", f"source/{S[0]}", record("sources", S[0], url="treaties.example.org/chart")),
    ("source-from-the-future", "error", f"source/{S[0]}", record("sources", S[0], as_of="2026-11-25")),
    # The address has changed and the id was left.
    ("source-misnamed", "doubt", f"source/{S[0]}", record("sources", S[0], url="https://treaties.example.org/map")),
    ("publisher-unknown", "gap", "publisher/office", record("publishers", "office", name="treaties.example.org")),
    (
        "source-undated", "gap", f"source/{source_id(UNDATED, None)}",
        both(
            more("sources", Source(id=source_id(UNDATED, None), url=UNDATED, publisher="office")),
            record("states", "FRA", sources=(source_id(UNDATED, None), *S)),
        ),
    ),
    (
        "source-unused", "gap", f"source/{source_id(UNDATED, '2019')}",
        more("sources", Source(id=source_id(UNDATED, "2019"), url=UNDATED, publisher="office", as_of="2019")),
    ),
]  # fmt: skip

WORLD = added(SOUND, "instruments", OTHER)
"""The sound world of which the cases spoil one fact each."""
