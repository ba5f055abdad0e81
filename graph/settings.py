"""Settings: where the data are and what limits apply, from the environment, else ``comity.toml``, else the defaults.

The environment wins. An unknown name is an error, since a misspelt limit that is silently ignored is no limit.
Nothing else in ``graph`` reads the environment. Other rooms keep settings of their own in a section: a table of the
file (``[api]``) and a longer prefix in the environment (``COMITY_API_``), read by :func:`load_section`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

FILE = "comity.toml"
PREFIX = "COMITY_"
SECTIONS = ("api", "dashboard")
"""Tables of the file, and prefixes of variables after ``COMITY_``, that belong to another room."""

S = TypeVar("S", bound=msgspec.Struct)


class SettingsError(ValueError):
    """A setting is unknown or not valid. The message is one line and names the variable or the file and key."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings. ``data_dir`` is relative to the current directory; ``sparql_timeout_s`` is in seconds.

    ``facts_dir`` is a folder of fact tables from which releases are built; where it is empty, the packaged ones are.
    ``language`` is that of the messages (BCP 47); ``debug`` shows stack traces. ``neo4j_uri`` is empty where no Neo4j
    server is used; the writer's account is only for loading, and is the reader's where it is not given.
    """

    data_dir: Annotated[str, Meta(min_length=1)] = ".comity"
    facts_dir: str = ""
    sparql_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 30.0
    sparql_max_rows: Annotated[int, Meta(ge=1, le=10_000_000)] = 10_000
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$")] = "en"
    debug: bool = False
    neo4j_uri: str = ""
    neo4j_database: Annotated[str, Meta(min_length=1)] = "neo4j"
    neo4j_user: Annotated[str, Meta(min_length=1)] = "neo4j"
    neo4j_password: str = ""
    neo4j_writer_user: str = ""
    neo4j_writer_password: str = ""
    neo4j_read_timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 60.0
    neo4j_load_timeout_s: Annotated[float, Meta(gt=0, le=86_400)] = 1800.0

    @property
    def data(self) -> Path:
        """The data directory."""
        return Path(self.data_dir)

    @property
    def facts(self) -> Path | None:
        """The folder of fact tables; ``None``: the packaged ones."""
        return Path(self.facts_dir) if self.facts_dir else None


SECRET = frozenset({"neo4j_password", "neo4j_writer_password"})
"""Settings whose values are never shown."""

HIDDEN = "(set)"
"""What is shown in place of a secret that is set."""


class Origin(msgspec.Struct, frozen=True):
    """A setting, its value and where it comes from: ``default``, the variable's name or the file's."""

    name: str
    value: Any
    origin: str


def load(directory: Path, environment: Mapping[str, str] | None = None) -> tuple[Settings, tuple[Origin, ...]]:
    """The settings that hold in ``directory``, and the origin of each.

    Raises:
        SettingsError: a name is unknown or a value does not fit; the file cannot be read.
    """
    env = os.environ if environment is None else environment
    given: dict[str, tuple[Any, str]] = {}
    for key, value in _file(directory / FILE).items():
        if not (key in SECTIONS and isinstance(value, dict)):
            given[key] = (value, _in_file(key))
    elsewhere = tuple(f"{PREFIX}{section.upper()}_" for section in SECTIONS)
    for variable in sorted(env):
        if variable.startswith(PREFIX) and not variable.startswith(elsewhere):
            given[variable[len(PREFIX) :].lower()] = (env[variable], variable)
    return _settled(Settings, given, "", SECRET)


def load_section(
    kind: type[S],
    section: str,
    directory: Path,
    environment: Mapping[str, str] | None = None,
    secret: frozenset[str] = frozenset(),
) -> tuple[S, tuple[Origin, ...]]:
    """The settings of ``section`` (one of :data:`SECTIONS`) as ``kind``, and the origin of each; ``secret`` names those
    whose values are never shown.

    Raises:
        SettingsError: as :func:`load`.
    """
    env = os.environ if environment is None else environment
    table = _file(directory / FILE).get(section, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{FILE}, key {section}: write the settings of this section as a table, [{section}]")
    given: dict[str, tuple[Any, str]] = {key: (value, _in_file(f"{section}.{key}")) for key, value in table.items()}
    prefix = f"{PREFIX}{section.upper()}_"
    for variable in sorted(env):
        if variable.startswith(prefix):
            given[variable[len(prefix) :].lower()] = (env[variable], variable)
    return _settled(kind, given, f"{section}_", secret)


def _settled(
    kind: type[S], given: Mapping[str, tuple[Any, str]], prefix: str, secret: frozenset[str]
) -> tuple[S, tuple[Origin, ...]]:
    """Settings of ``kind`` from values and the places where they stand; the names of origins begin with ``prefix``."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for name, (_, place) in given.items():
        if name not in fields:
            raise SettingsError(_unknown(place, prefix, list(fields)))
    values: dict[str, Any] = {}
    origins = []
    for name, field in fields.items():
        value, place = given.get(name, (field.default, "default"))
        values[name] = _converted(name, value, field.type, place, name in secret)
        shown = HIDDEN if name in secret and values[name] else values[name]
        origins.append(Origin(prefix + name, shown, FILE if place.startswith(FILE) else place))
    return kind(**values), tuple(origins)


def _in_file(key: str) -> str:
    return f"{FILE}, key {key}"


def _file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None


def _converted(name: str, value: Any, wanted: Any, place: str, secret: bool) -> Any:
    """``value`` as the setting's type; texts from the environment are understood as numbers and truth values."""
    if name == "neo4j_uri" and "@" in str(value):  # it may hold a password, so it is not repeated
        raise SettingsError(f"{place}: give user and password in COMITY_NEO4J_USER and COMITY_NEO4J_PASSWORD instead")
    try:
        return msgspec.convert(value, wanted, strict=place.startswith(FILE))
    except msgspec.ValidationError as error:
        said = "the value" if secret else repr(value)
        raise SettingsError(f"{place}: {said} is not valid. {error}") from None


def _unknown(place: str, prefix: str, known: list[str]) -> str:
    """That there is no such setting, with the nearest: as a variable, or as a key of the file."""
    from difflib import get_close_matches

    in_file = place.startswith(FILE)
    written = known if in_file else [f"{PREFIX}{(prefix + key).upper()}" for key in known]
    wrong = place.rsplit(" ", 1)[-1].rsplit(".", 1)[-1] if in_file else place
    close = get_close_matches(wrong, written, n=1)
    cure = f"did you mean {close[0]}?" if close else f"valid: {', '.join(written)}"
    return f"{place}: no such setting; {cure}"
