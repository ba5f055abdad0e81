"""Notebooks with py2neo on a real server: the OGM is the ontology, nothing is lost, nothing can be written."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import urlsplit

import msgspec
import pandas
import pytest
from py2neo.ogm import Model, Property

from graph.records import Records
from graph.releases import Release
from graph.settings import Settings
from graph.stores import neo4j as neo4j_store
from graph.stores.neo4j import Account, Connection, Neo4jProblem
from graph.stores.neo4j.names import STATED_BY, UNRECORDED, by_label, projected, relationship_types
from graph.stores.neo4j.py2neo_bridge import ReadingGraph, models, opened
from tests.neo4j.proxy import Wire

DOCS = Path(__file__).parents[2] / "docs"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def graph(packaged: Connection, account: Account) -> Iterator[ReadingGraph]:
    one = ReadingGraph(account)
    yield one
    one.close()


@pytest.fixture(scope="module")
def held(packaged_release: Release) -> Records:
    return packaged_release.records()


def test_a_graph_comes_from_the_settings(packaged: Connection, account: Account, packaged_release: Release) -> None:
    graph = opened(Settings(neo4j_uri=account.uri, neo4j_password=account.password, neo4j_database=account.database))
    assert graph.release == packaged_release.id
    assert graph.name == account.database
    assert account.password not in repr(graph)
    graph.close()


def test_a_routed_graph(packaged: Connection, account: Account, packaged_release: Release) -> None:
    graph = ReadingGraph(msgspec.structs.replace(account, uri=account.uri.replace("bolt://", "neo4j://")))
    assert graph.evaluate("MATCH (r:Release) RETURN r.release") == packaged_release.id
    assert len(models()["State"].match(graph, "FRA").first().PARTICIPATES_IN)
    graph.close()


def test_the_notebook_of_the_guide(
    packaged: Connection, account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"COMITY_NEO4J_{name.upper()}", getattr(account, name))
    _, _, section = (DOCS / "neo4j.md").read_text(encoding="utf-8").partition("## Notebooks with py2neo")
    programs = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    assert len(programs) == 2
    exec("\n".join(programs), {})
    said = capsys.readouterr().out
    assert "Budapest Convention on Cybercrime party 2006-05-01" in said
    assert re.search(r"^[1-9]\d* statutes on record$", said, re.MULTILINE)
    certain, unknown, number = map(int, re.findall(r"\d+", said.splitlines()[-1]))
    assert 0 < certain + unknown <= number


def test_every_label_and_property_has_its_place() -> None:
    assert models().keys() == {*by_label(), UNRECORDED}
    for label, one in by_label().items():
        model = models()[label]
        assert (model.__primarylabel__, model.__primarykey__) == (label, "id")
        found = {name: what.key for name, what in vars(model).items() if isinstance(what, Property)}
        assert found == {key: key for key in one.property_keys()}


def test_every_relationship_type_has_its_place_at_both_ends() -> None:
    names = {name for model in models().values() for name in vars(model)}
    for kind in relationship_types():
        assert kind in names
        assert any(name.endswith(f"_{kind}") for name in names)


def test_no_attribute_hides_what_py2neo_needs() -> None:
    for model in models().values():
        assert not {name for name in vars(model) if not name.startswith("__")} & {
            name for name, _ in inspect.getmembers(Model)
        }


@pytest.mark.parametrize("label", sorted(by_label()))
def test_every_class_finds_all_its_records(graph: ReadingGraph, held: Records, label: str) -> None:
    records = {record.id: record for record in getattr(held, by_label()[label].spec.list_field)}
    found = {one.id: one for one in models()[label].match(graph)}
    assert found.keys() == records.keys()
    assert models()[label].match(graph).count() == len(records)
    for id_, one in list(found.items())[:50]:
        assert tuple(one.sources or ()) == records[id_].sources
        for name, prop in by_label()[label].properties.items():
            if isinstance(getattr(records[id_], name), str):
                assert getattr(one, prop.name) == getattr(records[id_], name)


def test_a_states_instruments_with_their_dates(graph: ReadingGraph, held: Records) -> None:
    france = models()["State"].match(graph, "FRA").first()
    wanted = sorted((one.instrument, one.standing, one.signed_on, one.in_force_on, one.id)
                    for one in held.participations if one.party == "FRA")  # fmt: skip
    found = sorted((instrument.id, stated["standing"], stated["signedOn"], stated["inForceOn"], stated["id"])
                   for _, (_, stated), instrument in france.PARTICIPATES_IN.triples())  # fmt: skip
    assert found == wanted
    assert len(found) > 30
    budapest = models()["Instrument"].match(graph, "cets-185").first()
    assert budapest in france.PARTICIPATES_IN
    assert france.PARTICIPATES_IN.get(budapest, "inForceOn") == "2006-05-01"
    assert france.PARTICIPATES_IN.get(budapest, "inForceOnLatest").to_native() == date(2006, 5, 1)
    assert france.PARTICIPATES_IN.get(budapest, "endedOn") is None
    assert france in budapest.State_PARTICIPATES_IN


def test_readings_that_contradict_each_other_are_all_kept(graph: ReadingGraph, held: Records) -> None:
    """py2neo by itself keeps the last relationship to a node, and so would choose a reading silently."""
    readings = Counter((one.party, one.instrument) for one in held.participations)
    (party, instrument), number = readings.most_common(1)[0]
    assert number > 1
    related = models()["State"].match(graph, party).first().PARTICIPATES_IN
    assert [one.id for one in related].count(instrument) == number
    target = models()["Instrument"].match(graph, instrument).first()
    with pytest.raises(ValueError, match=rf"has {number} readings of id: use triples"):
        related.get(target, "id")
    assert len(related) == sum(one.party == party for one in held.participations)


def test_what_points_to_a_state_is_told_apart_by_class(graph: ReadingGraph, held: Records) -> None:
    france = models()["State"].match(graph, "FRA").first()
    for label, name in (("Statute", "statutes"), ("Authority", "authorities"), ("ReviewFinding", "review_findings")):
        related = list(getattr(france, f"{label}_OF_STATE"))
        assert {one.id for one in related} == {one.id for one in getattr(held, name) if one.state == "FRA"}
        assert related
        assert all(type(one) is models()[label] for one in related)
        assert next(iter(related[0].OF_STATE)) == france


def test_a_contradiction_leads_to_records_of_any_class(graph: ReadingGraph, held: Records) -> None:
    nodes = {one.spec.slug for one in projected().values() if one.is_node}
    wanted = {about for one in held.conflicts for about in one.about if about.partition("/")[0] in nodes}
    found = {
        f"{by_label()[type(one).__name__].spec.slug}/{one.id}"
        for conflict in models()["Conflict"].match(graph)
        for one in conflict.ABOUT
    }
    assert found == wanted


def test_who_states_it(graph: ReadingGraph) -> None:
    provision = models()["Provision"].match(graph).first()
    assert [one.id for one in getattr(provision, STATED_BY)] == sorted(provision.sources)


def test_a_data_frame_keeps_unknown_apart_from_no(graph: ReadingGraph, held: Records) -> None:
    frame = graph.frame(
        "MATCH (o:StatutoryOffence) RETURN o.id AS id, o.technologySpecific AS specific, o.childAgeBelow AS age, "
        "o.maxPenaltyYears AS years ORDER BY id"
    )
    records = sorted(held.statutory_offences, key=lambda one: one.id)
    assert list(frame["id"]) == [one.id for one in records]
    assert list(frame["age"].isna()) == [one.child_age_below is None for one in records]
    assert frame["age"].isna().any()
    assert str(frame["age"].dtype) == "Int64"
    assert (frame["age"] < 18).isna().equals(frame["age"].isna())
    assert list(frame["years"].dropna()) == [
        one.max_penalty_years for one in records if one.max_penalty_years is not None
    ]


def test_days_in_a_data_frame_compare_and_stay_unknown(graph: ReadingGraph, held: Records) -> None:
    frame = graph.frame(
        "MATCH (:State {id: $state})-[p:PARTICIPATES_IN]->(i:Instrument) RETURN p.id AS id, p.inForceOn AS since, "
        "p.inForceOnLatest AS latest, i.offences AS offences",
        state="FRA",
    )
    latest = dict(zip(frame["id"], frame["latest"], strict=True))
    assert latest["cets-185/FRA"] == "2006-05-01"
    begun = frame["latest"] <= "2006-05-01"
    stated = {one.id: one.in_force_on for one in held.participations if one.party == "FRA"}
    for id_, said in zip(frame["id"], begun, strict=True):
        assert (said is pandas.NA) == (stated[id_] is None)
    assert begun.isna().any()
    assert begun.any()


def test_a_data_frame_without_rows_has_its_columns(graph: ReadingGraph) -> None:
    frame = graph.frame("MATCH (s:State {id: $id}) RETURN s.id AS id, s.name AS name", id="nowhere")
    assert isinstance(frame, pandas.DataFrame)
    assert (list(frame.columns), len(frame)) == (["id", "name"], 0)


WRITING = {
    "run": lambda graph: graph.run("CREATE (x:State {id: 'new'})").stats(),
    "evaluate": lambda graph: graph.evaluate("CREATE (x:State {id: 'new'}) RETURN 1"),
    "update": lambda graph: graph.update("CREATE (x:State {id: 'new'})"),
    "asked for": lambda graph: graph.begin(readonly=False).run("CREATE (x:State {id: 'new'})").stats(),
    "auto": lambda graph: graph.auto(readonly=False).run("CREATE (x:State {id: 'new'})").stats(),
    "create": lambda graph: graph.create(models()["State"](id="new")),
    "push": lambda graph: graph.push(models()["State"].match(graph, "FRA").first()),
    "delete all": lambda graph: graph.delete_all(),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITING)
def test_nothing_can_be_written(graph: ReadingGraph, packaged: Connection, way: str) -> None:
    def size() -> int:
        return packaged.read(lambda tx: tx.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"])

    before = size()
    with pytest.raises(Exception, match="read access mode"):
        WRITING[way](graph)
    assert size() == before
    assert graph.evaluate("RETURN 1") == 1  # of use afterwards


def one_line(of: pytest.ExceptionInfo[Neo4jProblem], account: Account) -> str:
    said = str(of.value)
    assert "\n" not in said
    assert account.password not in said
    return said


def test_a_mistake_in_a_query_is_one_line(graph: ReadingGraph) -> None:
    with pytest.raises(Neo4jProblem, match="Invalid input") as caught:
        graph.frame("MATCH (x RETURN x")
    one_line(caught, graph.account)


def test_a_wrong_password(packaged: Connection, account: Account) -> None:
    wrong = msgspec.structs.replace(account, password="wrong-password-1")
    with pytest.raises(Neo4jProblem, match="refuses user 'neo4j' or the password: set COMITY_NEO4J_USER") as caught:
        ReadingGraph(wrong)
    one_line(caught, wrong)


def test_nobody_there() -> None:
    nobody = Account(uri="bolt://127.0.0.1:1", user="neo4j", password="secret-word")
    with pytest.raises(Neo4jProblem, match="start it, or set COMITY_NEO4J_URI") as caught:
        ReadingGraph(nobody)
    one_line(caught, nobody)


def test_no_server_set() -> None:
    with pytest.raises(Neo4jProblem, match="set COMITY_NEO4J_URI"):
        opened(Settings())


class Modern(Wire):
    """A wire to a server that no longer speaks any Bolt before 5: it says so as servers do, with four zero bytes."""

    def _pass_on(self, source, target, back):  # type: ignore[no-untyped-def]
        if not back:
            offers = source.recv(20)
            if not {5, 0xFF} & set(offers[7::4]):
                with suppress(OSError):
                    source.sendall(bytes(4))
                source.close()
                return
            target.sendall(offers)
        super()._pass_on(source, target, back)


def test_a_server_too_new_for_py2neo(packaged: Connection, account: Account) -> None:
    to = urlsplit(account.uri)
    with Modern(str(to.hostname), int(to.port or 7687)) as wire:
        modern = msgspec.structs.replace(account, uri=f"bolt://127.0.0.1:{wire.port}")
        with Connection(modern) as official:
            assert official.server_version
        with pytest.raises(
            Neo4jProblem, match=r"py2neo cannot talk to .*: use graph\.stores\.neo4j\.Connection"
        ) as caught:
            ReadingGraph(modern)
    one_line(caught, modern)


def test_a_connection_that_breaks_is_one_line(packaged: Connection, account: Account) -> None:
    to = urlsplit(account.uri)
    with Wire(str(to.hostname), int(to.port or 7687)) as wire:
        graph = ReadingGraph(msgspec.structs.replace(account, uri=f"bolt://127.0.0.1:{wire.port}"))
        wire.cut()
        with pytest.raises(Neo4jProblem, match=r"no Neo4j answers at .* any more") as caught:
            graph.run("RETURN 1")
        assert graph.evaluate("RETURN 1") == 1  # it connects again by itself
    one_line(caught, account)


@pytest.mark.parametrize("package", ["py2neo", "pandas"])
def test_without_the_extra_it_says_how_to_get_it(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import graph.stores.neo4j.py2neo_bridge"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    last = done.stderr.strip().splitlines()[-1]
    assert last == f"ImportError: {package} is not installed: pip install 'comity[py2neo]'"


def test_nothing_else_needs_py2neo() -> None:
    """Every other module of the store, and the command line, are of use where neither package is installed."""
    others = sorted({one.name for one in iter_modules(neo4j_store.__path__)} - {"py2neo_bridge"})
    code = "; ".join(
        ["import sys", "sys.modules['py2neo'] = sys.modules['pandas'] = None", "import comity"]
        + [f"import {neo4j_store.__name__}.{name}" for name in others]
        + ["print('all there')"]
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert len(others) > 5
    assert done.stdout.strip() == "all there", done.stderr


def test_no_release(empty: Connection, account: Account) -> None:
    with pytest.raises(Neo4jProblem, match="holds no release: load one first"):
        ReadingGraph(account)
