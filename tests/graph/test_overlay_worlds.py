"""An overlay over small invented worlds, and the same world compiled with the facts inside: equal in every answer."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.answers import Answer, Question
from graph.comparison import Cell, changed, compare, touched_pairs
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import find_paths
from graph.records import Records
from graph.what_if import assume
from tests.graph import world

DAYS = ("2015-06-15", "2026-11-24", "2027-02-01", "2031-01-01")

MEASURES = ("preservation", "content-data", "search-and-seizure", "general-mutual-assistance", "extradition")

INSTRUMENTS = {
    "open": world.instrument(
        "open", entry_rule="days-after", entry_delay="P30D", withdrawal_rule="months-after", withdrawal_delay="P6M"
    ),
    "waiting": world.instrument(
        "waiting", status="not-in-force", in_force_on=None, entry_threshold=2, entry_rule="days-after",
        entry_delay="P30D", entry_first_delay="P90D",
    ),
    "protocol": world.instrument("protocol", parent="open", entry_rule="first-of-month-after", entry_delay="P3M"),
}  # fmt: skip

PROVISIONS = (
    world.provision("open", "1", "general-mutual-assistance", channels=("central-authority",), subsidiary=True),
    world.provision("open", "2", "search-and-seizure", dual_criminality="reservable"),
    world.provision("waiting", "5", "preservation", channels=("contact-point-24-7",), deadline_days=1),
    world.provision("protocol", "7", "content-data", channels=("provider-direct",)),
    world.provision("protocol", "9", "extradition", channels=("judicial-direct",), dual_criminality="required"),
)

PARTIES = st.fixed_dictionaries(
    {
        (instrument, state): st.sampled_from(("", "signatory", "party", "2010-05-05"))
        for instrument in INSTRUMENTS
        for state in "AB"
    }
)

DECLARED = st.lists(
    st.builds(
        lambda instrument, state, article, effect: world.declaration(instrument, state, article, effect=effect),
        st.sampled_from(("open", "protocol")),
        st.sampled_from("AB"),
        st.sampled_from(("1", "2", "7", "9")),
        st.sampled_from(("excludes", "dual-criminality", "limits", "central-authority-only")),
    ),
    max_size=4,
    unique_by=lambda record: record.id,
)


def built(parties: dict[tuple[str, str], str], declared: list[Any]) -> OfferBook:
    """The world in which A and B stand as drawn, and C is no party to anything."""
    records: list[Any] = [*INSTRUMENTS.values(), *PROVISIONS, *declared]
    for (instrument, state), how in parties.items():
        if how == "signatory":
            records.append(world.party(instrument, state, standing="signatory", in_force_on=None, signed_on="2009"))
        elif how:
            bound = {} if how == "party" else {"bound_on": how, "action": "ratification"}
            waiting = instrument == "waiting"
            bound |= {"in_force_on": None} if waiting else {}
            records.append(world.party(instrument, state, **bound))
    return world.network(*records)


def answers(book: OfferBook) -> dict[tuple[str, ...], Answer]:
    return {
        (one, other, measure, on): find_paths(
            book, Question(requesting=one, requested=other, measure=measure, on=on), brief=True
        )
        for one, other in (("A", "B"), ("B", "A"), ("A", "C"), ("C", "B"))
        for measure in MEASURES
        for on in DAYS
    }


def with_facts_inside(book: OfferBook) -> OfferBook:
    """A book compiled from scratch out of the facts that the overlay ``book`` shows."""
    network = book.network
    held = msgspec.structs.replace(
        network.records,
        instruments=tuple(network.instruments.values()),
        participations=tuple(
            reading
            for instrument in network.instruments
            for readings in network.parties(instrument).values()
            for reading in readings
        ),
        declarations=tuple(
            record
            for instrument in network.instruments
            for state in network.states
            for record in network.declarations(instrument, state)
        ),
    )
    return OfferBook(Network(held, network.release))


ASSUMED = st.lists(
    st.sampled_from(
        (
            "A:open:2026-12-15", "B:open:2026-12-15", "C:open:2026-12-15", "A:waiting:2026-12-15",
            "B:waiting:2026-11-01", "C:waiting:2026-12-01", "A:protocol:2026-12-15", "A:open:withdraw:2026-12-15",
            "B:protocol:withdraw:2026-12-15", "A:open:unreserve:all:2026-12-15", "B:protocol:unreserve:7:2020-01-01",
        )
    ),
    min_size=1,
    max_size=3,
    unique=True,
)  # fmt: skip


def possible(book: OfferBook, texts: list[str]) -> list[str]:
    """Those of ``texts`` that can be assumed of ``book`` one by one, one for each participation."""
    found: list[str] = []
    for text in texts:
        try:
            assume(book, [*found, text])
        except ValueError:
            continue
        if not any(text.split(":")[:2] == earlier.split(":")[:2] for earlier in found):
            found.append(text)
    return found


@settings(deadline=None, max_examples=40)
@given(PARTIES, DECLARED, ASSUMED)
def test_an_overlay_answers_as_a_network_that_holds_the_facts(
    parties: dict[tuple[str, str], str], declared: list[Any], texts: list[str]
) -> None:
    book = built(parties, declared)
    before = answers(book)
    overlay = assume(book, possible(book, texts)).book
    scratch = answers(with_facts_inside(overlay))
    for asked, answer in answers(overlay).items():
        assert msgspec.structs.replace(answer, assumptions=()) == scratch[asked], asked
    assert answers(book) == before


@settings(deadline=None, max_examples=40)
@given(PARTIES, DECLARED)
def test_removing_reservations_never_worsens_a_path(parties: dict[tuple[str, str], str], declared: list[Any]) -> None:
    book = built(parties, declared)
    texts = sorted({f"{record.party}:{record.instrument}:unreserve:all:2001-01-01" for record in declared})
    overlay = assume(book, texts).book
    after = answers(overlay)
    for asked, answer in answers(book).items():
        found: dict[tuple[object, ...], int] = {}
        for path in after[asked].paths:
            found.setdefault(_identity(path), path.open_questions)
        assert all(found[_identity(path)] <= path.open_questions for path in answer.paths), asked


@settings(deadline=None, max_examples=40)
@given(PARTIES, DECLARED, st.sampled_from(("A:open:2012-01-01", "B:open:2012-01-01", "A:waiting:2012-01-01")))
def test_a_participation_more_loses_no_path(
    parties: dict[tuple[str, str], str], declared: list[Any], text: str
) -> None:
    """Without declarations of the newcomer, which would come with it."""
    newcomer, instrument, _ = text.split(":")
    kept = [record for record in declared if (record.party, record.instrument) != (newcomer, instrument)]
    book = built(parties, kept)
    after = answers(assume(book, possible(book, [text])).book)
    for asked, answer in answers(book).items():
        assert {_identity(path) for path in answer.paths} <= {_identity(path) for path in after[asked].paths}


def _identity(path: Any) -> tuple[object, ...]:
    return path.channel, tuple((held.instrument, held.article) for leg in path.legs for held in leg.basis)


@settings(deadline=None, max_examples=40)
@given(PARTIES, DECLARED, ASSUMED)
def test_comparing_forwards_and_backwards_mirrors(
    parties: dict[tuple[str, str], str], declared: list[Any], texts: list[str]
) -> None:
    book = built(parties, declared)
    overlay = assume(book, possible(book, texts))
    day = overlay.last_day or "2027-02-01"
    pairs = touched_pairs(book, overlay.book, overlay.effects, day)
    there = compare(book, overlay.book, pairs, MEASURES, day)
    back = compare(overlay.book, book, pairs, MEASURES, day)
    for one, other in (("gained", "lost"), ("certain", "uncertain"), ("sooner", "later"), ("more", "fewer")):
        assert (there.counts[one], there.counts[other]) == (back.counts[other], back.counts[one])
    assert {(change.requesting, change.requested) for change in there.changes} <= set(pairs)
    assumed = {state for effect in overlay.effects for state in effect.assumption.states}
    assert all(assumed & set(pair) for pair in pairs)
    # Nothing changes between pairs that hold an assumed State and are left out.
    every = [(one, other) for one in "ABC" for other in "ABC" if one != other and assumed & {one, other}]
    assert compare(book, overlay.book, every, MEASURES, day).changes == there.changes


def test_what_a_change_is_called() -> None:
    nothing, open_ = Cell(), Cell(status="unknown", paths=1, evidential_use="evidence", open_questions=2, specificity=3)
    met = Cell(status="met", paths=2, evidential_use="evidence", deadline_days=20, specificity=1)
    assert changed(nothing, nothing) == changed(met, met) == ()
    assert changed(nothing, open_) == ("gained",)
    assert changed(met, nothing) == ("lost",)
    assert changed(open_, met) == ("certain", "sooner", "better", "more")
    assert changed(met, open_) == ("uncertain", "later", "worse", "fewer")
    failing = msgspec.structs.replace(met, dual_criminality_open=("treaty",))
    cured = msgspec.structs.replace(met, dual_criminality_met=("treaty",))
    assert changed(failing, cured) == ("cured",)
    assert changed(cured, failing) == changed(failing, met) == ()


def test_another_way_to_work_out_cells_can_take_its_place() -> None:
    book = built({("open", "A"): "party", ("open", "B"): "party"}, [])
    asked: list[tuple[str, str]] = []

    def counting(book: OfferBook, requesting: str, requested: str, measures: Any, day: str, offence: Any) -> Any:
        asked.append((requesting, requested))
        return {measure: Cell() for measure in measures}

    found = compare(book, book, [("A", "B")], MEASURES, "2026-11-24", by=counting)
    assert asked == [("A", "B")] * 2
    assert (found.compared, found.changes) == (len(MEASURES), ())


def test_records_of_the_world_are_never_touched() -> None:
    book = built({("open", "A"): "party", ("open", "B"): "signatory"}, [])
    records: Records = book.network.records
    copied = msgspec.json.encode(records)
    overlay = assume(book, ["B:open:2026-12-15", "C:open:2026-12-15"])
    find_paths(overlay.book, Question(requesting="A", requested="B", measure="search-and-seizure", on="2027-06-01"))
    assert msgspec.json.encode(book.network.records) == copied == msgspec.json.encode(overlay.book.network.records)
