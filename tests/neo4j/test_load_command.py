"""``comity load`` and ``comity status`` against a real server; what loads and answers in processes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.records import Records
from graph.releases import Release
from graph.stores.neo4j import Account, Connection, Neo4jStore
from graph.stores.neo4j.projection import counts, elements
from tests.graph.conftest import every_class as every_class
from tests.neo4j.conftest import load_as
from tests.terminal.conftest import Done, Run
from tests.terminal.conftest import command as command
from tests.terminal.conftest import nowhere as nowhere
from tests.terminal.conftest import shell as shell

NOBODY = "bolt://127.0.0.1:1"


@pytest.fixture
def settings(account: Account) -> dict[str, str]:
    """The environment that names the server."""
    return {
        "COMITY_NEO4J_URI": account.uri,
        "COMITY_NEO4J_USER": account.user,
        "COMITY_NEO4J_PASSWORD": account.password,
        "COMITY_NEO4J_DATABASE": account.database,
    }


def neo4j_of(status: Done) -> dict[str, object]:
    """What the status says about the Neo4j store."""
    (store,) = (store for store in status.json["stores"] if store["name"] == "neo4j")
    return dict(store)


def test_the_packaged_release_is_loaded_whole_and_counted_and_then_nothing_is_to_do(
    empty_at_last: Connection, account: Account, packaged_release: Release, shell: Run, settings: dict[str, str]
) -> None:
    graph = elements(packaged_release.records())
    done = shell("load", **settings)
    assert done.code == 0, done.err
    assert f"Release {packaged_release.id} is now in {account.uri}/{account.database}" in done.out
    assert f"{graph.size():,} made, 0 changed, 0 removed" in " ".join(done.out.split())
    shown = dict(line.rsplit(maxsplit=1) for line in done.out.splitlines() if line[:1].isupper() and line[-1].isdigit())
    assert shown["Instrument"] == f"{len(packaged_release.records().instruments):,}"
    assert shown["PARTICIPATES_IN"] == f"{len(packaged_release.records().participations):,}"
    assert [line for line in done.err.splitlines() if "..." not in line] == []
    with Neo4jStore(account) as store:
        assert store.release_id == packaged_release.id
        assert store.records() == packaged_release.records()
    again = shell("load", "--json", **settings)
    assert again.code == 0
    assert again.json["nothing_to_do"]
    assert (again.json["release"], again.json["previous"]) == (packaged_release.id, packaged_release.id)
    assert again.json["made"] == again.json["changed"] == again.json["removed"] == 0
    assert again.json["counts"] == dict(counts(graph))
    assert account.password not in done.out + done.err + again.out + again.err


def test_it_says_when_nothing_is_to_do(packaged: Connection, shell: Run, settings: dict[str, str]) -> None:
    done = shell("load", **settings)
    assert (done.code, done.out.startswith("Nothing to do: ")) == (0, True)


def test_the_status_tells_the_store_and_its_release(
    packaged: Connection, packaged_release: Release, command: Run, settings: dict[str, str]
) -> None:
    told = neo4j_of(command("status", "--json", **settings))
    assert (told["release"], told["current"], told["problem"]) == (packaged_release.id, True, None)
    assert f"current: neo4j ({packaged_release.id})" in command("status", **settings).out
    assert "neo4j" not in command("status").out


def test_the_status_tells_another_release(
    empty: Connection, every_class: Records, command: Run, settings: dict[str, str]
) -> None:
    load_as(empty, every_class, "r-other")
    told = neo4j_of(command("status", "--json", **settings))
    assert (told["release"], told["current"]) == ("r-other", False)
    assert "not current: neo4j (r-other)" in command("status", **settings).out


def refused(done: Done, password: str) -> str:
    """The complaint of a command that was refused."""
    assert done.code == 2, done.out
    assert done.out == ""
    assert "Traceback" not in done.err
    assert password not in done.err
    return done.complaint


def test_a_wrong_password(command: Run, settings: dict[str, str]) -> None:
    wrong = settings | {"COMITY_NEO4J_PASSWORD": "wrong-password-1"}
    assert "refuses user 'neo4j' or the password" in refused(command("load", **wrong), "wrong-password-1")
    told = neo4j_of(command("status", "--json", **wrong))
    assert (told["release"], told["current"]) == (None, False)
    assert "refuses user" in str(told["problem"])


def test_other_peoples_data(empty: Connection, command: Run, settings: dict[str, str], account: Account) -> None:
    empty.write(lambda tx: tx.run("CREATE (:Suspect {name: 'x'})").consume())
    assert "holds other data (1 Suspect)" in refused(command("load", **settings), account.password)
    assert empty.read(lambda tx: tx.run("MATCH (n) RETURN labels(n) AS labels").data()) == [{"labels": ["Suspect"]}]


def test_an_empty_database_is_no_failure_of_the_status(
    empty: Connection, command: Run, settings: dict[str, str]
) -> None:
    done = command("status", **settings)
    assert done.code == 0
    assert "holds no release: load one first" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        (NOBODY, f"no Neo4j answers at {NOBODY}: start it, or set COMITY_NEO4J_URI"),
        ("localhost", "is no address of a Neo4j server"),
        ("bolt://neo4j:hidden-word@localhost", "give user and password in COMITY_NEO4J_USER"),
    ],
)
def test_nobody_there(command: Run, uri: str, said: str) -> None:
    given = {"COMITY_NEO4J_URI": uri, "COMITY_NEO4J_PASSWORD": "hidden-word"}
    assert said in refused(command("load", **given), "hidden-word")


def test_an_unreachable_server_does_not_fail_the_status(command: Run) -> None:
    given = {"COMITY_NEO4J_URI": NOBODY, "COMITY_NEO4J_PASSWORD": "hidden-word", "COLUMNS": "400"}
    done = command("status", **given)
    assert (done.code, done.err) == (0, "")
    (line,) = (line for line in done.out.splitlines() if "neo4j" in line)
    assert f"not known: neo4j: no Neo4j answers at {NOBODY}" in line
    assert "hidden-word" not in done.out + command("status", "--json", **given).out


def test_no_server_or_no_password_is_set(command: Run, tmp_path: Path) -> None:
    assert "set COMITY_NEO4J_URI" in refused(command("load"), "-")
    assert "set COMITY_NEO4J_PASSWORD" in refused(command("load", COMITY_NEO4J_URI=NOBODY), "hidden-word")
    given = {"COMITY_NEO4J_URI": NOBODY, "COMITY_NEO4J_PASSWORD": "x", "COMITY_NEO4J_WRITER_USER": "w"}
    assert "set COMITY_NEO4J_WRITER_PASSWORD" in refused(command("load", **given), "hidden-word")


def test_no_release_is_built(command: Run, tmp_path: Path) -> None:
    given = {"COMITY_NEO4J_URI": NOBODY, "COMITY_NEO4J_PASSWORD": "x", "COMITY_DATA_DIR": str(tmp_path / "none")}
    assert "comity build" in refused(command("load", **given), "hidden-word")


def test_the_configuration_hides_passwords(command: Run) -> None:
    given = {"COMITY_NEO4J_PASSWORD": "hidden-word", "COMITY_NEO4J_WRITER_PASSWORD": "other-word"}
    for done in (command("config", **given), command("config", "--json", **given)):
        assert done.code == 0
        assert "hidden-word" not in done.out
        assert "other-word" not in done.out
    shown = command("config", "--json", **given).json
    assert shown["neo4j_password"] == {"value": "(set)", "from": "COMITY_NEO4J_PASSWORD"}


@pytest.mark.parametrize("question", [("path",), ("why-not", "--instrument", "cets-224")])
def test_a_question_is_answered_from_the_database_as_from_the_embedded_release(
    packaged: Connection, shell: Run, settings: dict[str, str], question: tuple[str, ...]
) -> None:
    command, *options = question
    asked = (command, "FRA", "USA", "--measure", "subscriber-information", *options, "--on", "2026-11-24", "--json")
    embedded, shared = shell(*asked), shell(*asked, "--store", "neo4j", **settings)
    assert (shared.code, shared.err) == (0, "")
    assert shared.json == embedded.json


def test_a_store_that_cannot_be_used_is_one_line(command: Run) -> None:
    asked = ("path", "FRA", "USA", "--measure", "preservation", "--store")
    nowhere, unset = command(*asked, "elsewhere"), command(*asked, "neo4j")
    assert (nowhere.code, unset.code) == (2, 2)
    assert "choose from embedded, neo4j" in nowhere.err
    assert unset.err == "comity: no Neo4j server is set: set COMITY_NEO4J_URI, for example bolt://localhost:7687\n"
