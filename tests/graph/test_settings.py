"""Settings: where they come from, what is refused, and that secrets are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.settings import HIDDEN, SECRET, Settings, SettingsError, load
from graph.stores.neo4j import Neo4jProblem, account

SECRET_WORD = "hidden-word"
URI = "bolt://localhost:7687"


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "comity.toml").write_text('neo4j_uri = "bolt://file:7687"\nsparql_max_rows = 5\n', encoding="utf-8")
    held, origins = load(tmp_path, {"COMITY_NEO4J_URI": URI, "OTHER": "x"})
    assert (held.neo4j_uri, held.sparql_max_rows, held.neo4j_database) == (URI, 5, "neo4j")
    by_name = {origin.name: origin.origin for origin in origins}
    assert by_name["neo4j_uri"] == "COMITY_NEO4J_URI"
    assert (by_name["sparql_max_rows"], by_name["neo4j_user"]) == ("comity.toml", "default")


@pytest.mark.parametrize("name", sorted(SECRET))
def test_secrets_are_held_and_not_shown(tmp_path: Path, name: str) -> None:
    held, origins = load(tmp_path, {f"COMITY_{name.upper()}": SECRET_WORD})
    assert getattr(held, name) == SECRET_WORD
    assert {origin.name: origin.value for origin in origins}[name] == HIDDEN
    assert SECRET_WORD not in repr(origins)
    unset = {origin.name: origin.value for origin in load(tmp_path, {})[1]}
    assert unset[name] == ""


def test_every_password_is_a_secret() -> None:
    assert {name for name in Settings.__struct_fields__ if "password" in name} == SECRET


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"neo4j_password = [1, '{SECRET_WORD}']", "comity.toml, key neo4j_password: the value is not valid"),
        (f"neo4j_writer_password = {{a = '{SECRET_WORD}'}}", "comity.toml, key neo4j_writer_password"),
        (f"neo4j_pasword = '{SECRET_WORD}'", "did you mean neo4j_password?"),
        (f"neo4j_uri = 'bolt://neo4j:{SECRET_WORD}@localhost'", "comity.toml, key neo4j_uri: give user and password"),
        (f"neo4j_password = '{SECRET_WORD}", "comity.toml cannot be read"),
    ],
)
def test_a_wrong_value_in_the_file_is_named_and_a_secret_not_repeated(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "comity.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, {})
    assert named in str(caught.value)
    assert SECRET_WORD not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("COMITY_NEO4J_PASWORD", SECRET_WORD, "did you mean COMITY_NEO4J_PASSWORD?"),
        ("COMITY_NEO4J_URI", f"bolt://neo4j:{SECRET_WORD}@localhost", "COMITY_NEO4J_URI: give user and password in"),
        ("COMITY_NEO4J_LOAD_TIMEOUT_S", "0", "COMITY_NEO4J_LOAD_TIMEOUT_S: '0' is not valid"),
        ("COMITY_NEO4J_READ_TIMEOUT_S", "soon", "COMITY_NEO4J_READ_TIMEOUT_S: 'soon' is not valid"),
        ("COMITY_NEO4J_DATABASE", "", "COMITY_NEO4J_DATABASE: '' is not valid"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, variable: str, value: str, named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, {variable: value})
    assert named in str(caught.value)
    assert SECRET_WORD not in str(caught.value)


def test_the_account_is_the_readers_or_for_loading_the_writers() -> None:
    held = Settings(
        neo4j_uri=URI, neo4j_user="reader", neo4j_password="r", neo4j_database="law", neo4j_read_timeout_s=5,
        neo4j_load_timeout_s=7, neo4j_writer_user="writer", neo4j_writer_password="w",
    )  # fmt: skip
    reader, writer = account(held), account(held, loading=True)
    assert (reader.user, reader.password, writer.user, writer.password) == ("reader", "r", "writer", "w")
    assert (writer.uri, writer.database, writer.read_timeout_s, writer.write_timeout_s) == (URI, "law", 5, 7)


def test_without_a_writer_the_reader_loads() -> None:
    held = Settings(neo4j_uri=URI, neo4j_password=SECRET_WORD)
    assert account(held, loading=True) == account(held)
    assert account(held).user == "neo4j"
    assert SECRET_WORD not in f"{account(held)!r} {account(held)}"


@pytest.mark.parametrize(
    ("held", "loading", "cure"),
    [
        (Settings(), False, "set COMITY_NEO4J_URI"),
        (Settings(neo4j_uri=URI), False, "set COMITY_NEO4J_PASSWORD"),
        (Settings(neo4j_uri=URI), True, "set COMITY_NEO4J_PASSWORD"),
        (Settings(neo4j_uri=URI, neo4j_password="r", neo4j_writer_user="w"), True, "set COMITY_NEO4J_WRITER_PASSWORD"),
        (Settings(neo4j_uri=URI, neo4j_writer_user="w", neo4j_writer_password="w"), False, "set COMITY_NEO4J_PASSWORD"),
    ],
)
def test_what_is_missing_is_named(held: Settings, loading: bool, cure: str) -> None:
    with pytest.raises(Neo4jProblem, match=cure) as caught:
        account(held, loading=loading)
    assert "\n" not in str(caught.value)
