"""The documents that describe the containers, parsed, and which files the engine is given."""

from __future__ import annotations

import re
import shlex
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]

Compose = dict[str, Any]


class Instruction(NamedTuple):
    """One instruction of a Dockerfile; ``stage`` counts from 0, and is -1 before the first ``FROM``."""

    word: str
    value: str
    stage: int


class Copy(NamedTuple):
    """A ``COPY`` from the build context."""

    sources: tuple[str, ...]
    target: str


Image = list[Instruction]


class Containers(NamedTuple):
    """All that describes the containers. ``example`` are the variables of ``.env.example``."""

    compose_text: str
    compose: Compose
    image: Image
    example: dict[str, str]
    ignored: list[str]

    @property
    def services(self) -> dict[str, Any]:
        """The services of the compose file."""
        services: dict[str, Any] = self.compose["services"]
        return services


def described() -> Containers:
    """What stands in the repository."""
    compose, dockerfile, example, ignored = map(
        _text, ("docker-compose.yml", "Dockerfile", ".env.example", ".dockerignore")
    )
    return Containers(compose, yaml.safe_load(compose), image(dockerfile), _variables(example), _lines(ignored))


def image(text: str) -> Image:
    """The instructions of a Dockerfile."""
    made: Image = []
    stage = -1
    for line in re.sub(r"\\\n\s*", "", "\n".join(_lines(text))).splitlines():
        word, _, value = line.partition(" ")
        stage += word == "FROM"
        made.append(Instruction(word, value.strip(), stage))
    return made


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _lines(text: str) -> list[str]:
    """The lines that are neither empty nor comments."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _variables(text: str) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition("=") for line in _lines(text))}


def is_ignored(path: str, patterns: list[str]) -> bool:
    """Whether the engine is not given ``path``: the last pattern that fits it or a folder above it decides."""
    place = PurePosixPath(path)
    upwards = [str(one) for one in (place, *place.parents) if str(one) != "."]
    ignored = False
    for pattern in patterns:
        wanted = pattern.removeprefix("!").rstrip("/")
        if any(_fits(one, wanted) for one in upwards):
            ignored = not pattern.startswith("!")
    return ignored


def _fits(path: str, pattern: str) -> bool:
    """As the engine matches: ``*`` stays within a folder, ``**/`` is any folders or none."""
    if pattern.startswith("**/"):
        parts = path.split("/")
        return any(_fits("/".join(parts[start:]), pattern[3:]) for start in range(len(parts)))
    wanted, given = pattern.split("/"), path.split("/")
    return len(wanted) == len(given) and all(map(fnmatchcase, given, wanted))


def copies(dockerfile: Image) -> list[Copy]:
    """What is copied from the build context, in order."""
    found = []
    for one in dockerfile:
        words = [word for word in shlex.split(one.value) if not word.startswith("--")]
        if one.word == "COPY" and "--from=" not in one.value:
            found.append(Copy(tuple(words[:-1]), words[-1]))
    return found


def environment(dockerfile: Image) -> dict[str, str]:
    """The ``ENV`` of the last stage."""
    last = dockerfile[-1].stage
    pairs = [pair for one in dockerfile if (one.word, one.stage) == ("ENV", last) for pair in shlex.split(one.value)]
    return dict(pair.split("=", 1) for pair in pairs)


def last(dockerfile: Image, word: str) -> str:
    """The value of the instruction that holds in the last stage, or an empty text."""
    stage = dockerfile[-1].stage
    return next((one.value for one in reversed(dockerfile) if (one.word, one.stage) == (word, stage)), "")


def built(document: Compose) -> dict[str, Any]:
    """The services that run the image of this repository."""
    return {name: service for name, service in document["services"].items() if "build" in service}


def server_settings(document: Compose) -> dict[str, str]:
    """Neo4j's settings that the image writes from ``NEO4J_*``: one underscore is a dot, two are an underscore.

    Source: the image's entry point, which passes over the variables in ``NO_SETTINGS``.
    """
    given = document["services"]["neo4j"]["environment"]
    return {
        name.removeprefix("NEO4J_").replace("_", ".").replace("..", "_"): str(value)
        for name, value in given.items()
        if name.startswith("NEO4J_") and name not in NO_SETTINGS
    }


NO_SETTINGS = frozenset(
    f"NEO4J_{name}"
    for name in (
        "ACCEPT_LICENSE_AGREEMENT", "AUTH", "AUTH_PATH", "DEBUG", "EDITION", "HOME", "PLUGINS", "SHA256", "TARBALL",
    )
)  # fmt: skip
"""Variables that steer the entry point of the Neo4j image and are no settings of the server."""
