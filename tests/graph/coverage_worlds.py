"""Small random worlds with everything that a cell of the coverage may depend on, and how a cell is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from graph.answers import Question
from graph.coverage.demands import Flags
from graph.coverage.matrix import Matrix
from graph.dates import MET
from graph.model import NetworkChannel
from graph.offers import OfferBook
from graph.paths import find_paths
from tests.graph.world import declaration, instrument, membership, network, offence, party, provision

STATES = "ABC"
INSTRUMENTS = ("treaty", "protocol", "newer", "pact")
MEASURES = ("preservation", "content-data", "search-and-seizure", "general-mutual-assistance", "police-information",
            "extradition")  # fmt: skip
CONDUCTS = ("csam-possession", "grooming", "csam-unspecified")
DATES = ("1999", "2001-02", "2001-02-11", "2003-06-30", "2005", "2005-08", "2020-01-01", "2026-11-24")
CHANNELS = ("central-authority", "judicial-direct", "police", "contact-point-24-7", "diplomatic")
ARTICLES = ("3", "3(1)", "7", "29", None)

dates = st.sampled_from(DATES)
maybe_dates = st.none() | dates


def cell(book: OfferBook, question: Question) -> tuple[int, int, int, int, int]:
    """The counts of :class:`graph.coverage.matrix.Tally` for one cell, from the path search."""
    paths = find_paths(book, question).paths
    sure = [path for path in paths if path.status == MET]
    return (
        len(sure),
        len(paths) - len(sure),
        sum(path.hub is not None for path in sure),
        sum(path.hub is not None and path.status != MET for path in paths),
        sum(path.by_consent for path in paths),
    )


def differences(book: OfferBook, matrix: Matrix, cells: Sequence[tuple[str, str, str]]) -> list[str]:
    """Those of ``cells`` (measure, requesting, requested) in which the matrix and the path search disagree."""
    found = []
    flags = matrix.flags
    for measure, requesting, requested in cells:
        question = Question(
            requesting=requesting, requested=requested, measure=measure, on=matrix.on, offence=flags.offence,
            urgent=flags.urgent, evidence=flags.evidence,
        )  # fmt: skip
        at = matrix.measures.index(measure), matrix.states.index(requesting), matrix.states.index(requested)
        counted = tuple(int(counts[at]) for counts in matrix.tally)
        expected = cell(book, question)
        if counted != expected:
            found.append(f"{question}: path search {expected}, coverage {counted}")
    return found


def questions() -> st.SearchStrategy[tuple[str, Flags]]:
    """A day and the flags of a question."""
    days = st.sampled_from(["1998-12-31", "2001-02-10", "2001-02-11", "2004-01-01", "2005-08-09", "2020-01-01",
                            "2026-11-24"])  # fmt: skip
    flags = st.builds(
        Flags, offence=st.none() | st.sampled_from(CONDUCTS), urgent=st.booleans(), evidence=st.booleans()
    )
    return st.tuples(days, flags)


@st.composite
def worlds(draw: st.DrawFn) -> list[Any]:
    """Records of a world of three States, four instruments, laws, declarations and a police network."""
    older = draw(st.sampled_from([("treaty",), ("treaty", "pact"), ("protocol",)]))
    records: list[Any] = [
        instrument("treaty", kind=draw(st.sampled_from(["multilateral", "bilateral"])),
                   offence_scope=draw(st.sampled_from(["any", "any", "listed", "other-field", None])),
                   offences=("csam-possession",),
                   status=draw(st.sampled_from([None, None, None, "ended", "not-in-force"])),
                   in_force_on=draw(maybe_dates)),
        instrument("protocol", parent="treaty", in_force_on=draw(st.just("2000-01-01") | maybe_dates)),
        instrument("newer", kind="eu-act", replaces=older,
                   subject=draw(st.sampled_from(["surrender", "mutual-assistance"]))),
        instrument("pact", kind=draw(st.sampled_from(["bilateral", "multilateral", "scheme"])), subject="extradition",
                   replaces=draw(st.sampled_from([(), ("treaty",)]))),
    ]  # fmt: skip
    for held in INSTRUMENTS:
        for state in STATES:
            readings = draw(st.sampled_from([1, 1, 1, 1, 0, 2]))
            records += (_participation(draw, held, state, number, readings > 1) for number in range(readings))
        records += (_provision(draw, held, number) for number in range(draw(st.integers(1, 2))))
        if draw(st.booleans()):
            records.append(
                provision(held, "35", role="channel", channels=(draw(st.sampled_from(CHANNELS)),),
                          urgency=draw(st.sampled_from([None, "only"])), subsidiary=draw(st.booleans()))
            )  # fmt: skip
    for number in range(draw(st.integers(0, 5))):
        records.append(_declaration(draw, number))
    for state in STATES:
        for number in range(draw(st.integers(0, 2))):
            made = offence(state, draw(st.sampled_from(CONDUCTS)),
                           max_penalty_years=draw(st.sampled_from([None, 0.5, 1.0, 5.0])),
                           child_age_below=draw(st.sampled_from([None, 14, 18, 21])))  # fmt: skip
            records.append(_renamed(made, number))
    if draw(st.booleans()):
        records.append(party("pact", "EUE"))
        records += (membership("eu", state) for state in STATES if draw(st.booleans()))
    return records + _police(draw)


def _participation(draw: st.DrawFn, held: str, state: str, number: int, contested: bool) -> Any:
    standing = draw(st.sampled_from(["party"] * 9 + ["signed", "named", "excluded"]))
    made = party(held, state, standing=standing, bound_on=draw(maybe_dates),
                 in_force_on=draw(st.just("2001-02-11") | maybe_dates),
                 ended_on=draw(st.none() | st.none() | dates), contested=contested,
                 sources=draw(st.sampled_from([("s",), ()])))  # fmt: skip
    return _renamed(made, number)


def _provision(draw: st.DrawFn, held: str, number: int) -> Any:
    measures = draw(st.lists(st.sampled_from(MEASURES), min_size=2, max_size=4, unique=True))
    demands = ["required", "as-applicable-law", "optional-refusal", "required-coercive", "optional-coercive",
               "by-declaration", None, None]  # fmt: skip
    requirements = ["emergency", "consent-of-data-holder", "serious-crime", "transnational"]
    made = provision(
        held, draw(st.sampled_from(ARTICLES)), *measures,
        channels=tuple(draw(st.lists(st.sampled_from(CHANNELS), max_size=2, unique=True))),
        dual_criminality=draw(st.sampled_from(demands)),
        min_penalty_years=draw(st.sampled_from([None, None, 1.0, 4.0])),
        requirements=tuple(draw(st.lists(st.sampled_from(requirements), max_size=1))),
        offence_scope=draw(st.sampled_from([None, None, "listed", "any"])), offences=("grooming",),
        urgency=draw(st.sampled_from([None, None, "only"])), subsidiary=draw(st.booleans()),
        text_status=draw(st.sampled_from(["read", "read", "title"])),
        evidential_use=draw(st.sampled_from([None, "unknown", "intelligence"])),
    )  # fmt: skip
    return _renamed(made, number)


def _declaration(draw: st.DrawFn, number: int) -> Any:
    effects = ["excludes", "dual-criminality", "dual-criminality", "central-authority-only", "limits", "text-not-read",
               "languages", "territories-left-out", "territory-in-doubt", None]  # fmt: skip
    made = declaration(
        draw(st.sampled_from(INSTRUMENTS)), draw(st.sampled_from(STATES)), draw(st.sampled_from(["3", "7", "29"])),
        effect=draw(st.sampled_from(effects)), kind=draw(st.sampled_from(["reservation", "declaration"])),
        withdrawn_on=draw(st.none() | st.none() | dates),
        except_offences=draw(st.sampled_from([(), ("csam-possession",)])),
    )  # fmt: skip
    return _renamed(made, number)


def _police(draw: st.DrawFn) -> list[Any]:
    channel = NetworkChannel(
        id="interpol", organisation="interpol", instrument=draw(st.sampled_from([None, "pact"])),
        measures=("police-information", "preservation"), channel="police", statuses=("member",),
        partner_statuses=draw(st.sampled_from([(), ("observer",)])),
        evidential_use=draw(st.sampled_from(["intelligence", "unknown"])), hub=draw(st.booleans()), sources=("s",),
    )  # fmt: skip
    statuses = st.lists(st.sampled_from(["member", "observer", "former-member", "suspended"]), max_size=2, unique=True)
    joined = [
        membership("interpol", state, status, joined_on=draw(maybe_dates), left_on=draw(st.none() | st.none() | dates))
        for state in STATES
        for status in draw(statuses)
    ]
    return [channel, *joined]


def _renamed(record: Any, number: int) -> Any:
    import msgspec

    return msgspec.structs.replace(record, id=f"{record.id}#{number}")


def compiled(records: list[Any]) -> OfferBook:
    """The network of a world."""
    return network(*records)
