"""A mistake for each check, and what the check says to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.containers import checks
from tests.containers.checks import Check
from tests.containers.documents import Compose

Change = Callable[[Compose], object]


def _env(document: Compose, service: str) -> dict[str, str]:
    environment: dict[str, str] = document["services"][service]["environment"]
    return environment


def _server(document: Compose) -> dict[str, Any]:
    service: dict[str, Any] = document["services"]["neo4j"]
    return service


def _job(document: Compose) -> dict[str, Any]:
    service: dict[str, Any] = document["services"]["ingest"]
    return service


def _ask(document: Compose, line: str) -> None:
    """Make ``line`` the check of the server's health."""
    _server(document)["healthcheck"]["test"] = ["CMD-SHELL", line]


def _asked(document: Compose) -> str:
    line: str = _server(document)["healthcheck"]["test"][1]
    return line


def _api(document: Compose) -> dict[str, Any]:
    service: dict[str, Any] = document["services"]["api"]
    return service


def _watch(document: Compose, address: str) -> None:
    """Make the health of the API that ``address`` answers."""
    _api(document)["healthcheck"]["test"][3] = f'import urllib.request; urllib.request.urlopen("{address}", timeout=5)'


IN_COMPOSE: dict[Check, list[tuple[Change, str]]] = {
    checks.settings_exist: [
        (lambda d: _env(d, "ingest").update(COMITY_NEO4J_PASWORD="x"), "no such setting"),
        (lambda d: _env(d, "api").update(COMITY_API_WORKER="2"), "no such setting"),
    ],
    checks.secrets_come_from_outside: [
        (lambda d: _env(d, "neo4j").update(NEO4J_AUTH="neo4j/letmein1"), "written out"),
        (lambda d: _env(d, "neo4j").update(NEO4J_AUTH="neo4j/${COMITY_NEO4J_PASSWORD:-changeme}"), "default"),
        (lambda d: _env(d, "ingest").update(COMITY_NEO4J_WRITER_PASSWORD="letmein1"), "written out"),
    ],
    checks.the_password_is_required: [
        (lambda d: _env(d, "neo4j").update(NEO4J_AUTH="neo4j/${COMITY_NEO4J_PASSWORD:-}"), "not required"),
        (lambda d: _env(d, "neo4j").pop("NEO4J_AUTH"), "no password"),
    ],
    checks.ports_are_local: [
        (lambda d: _server(d)["ports"].append("7473:7473"), "open to the network"),
        (lambda d: _server(d)["ports"].append("0.0.0.0:7473:7473"), "open to the network"),
        (lambda d: _server(d)["ports"].append("127.0.0.1:7687:7688"), "nothing listens"),
    ],
    checks.the_api_can_be_reached_and_asked: [
        (lambda d: _env(d, "api").pop("COMITY_API_HOST"), "only its own container"),
        (lambda d: _env(d, "api").update(COMITY_API_PORT="8001"), "does not listen"),
        (lambda d: _api(d)["ports"].clear(), "does not listen"),
        (lambda d: _watch(d, "http://127.0.0.1:8000/healthz"), "something else"),
        (lambda d: _watch(d, "http://127.0.0.1:8080/readyz"), "something else"),
        (lambda d: _api(d)["healthcheck"].update(test=["CMD", "curl", "http://127.0.0.1:8000/readyz"]), "no program"),
        (lambda d: _api(d).update(stop_grace_period="20s"), "killed"),
        (lambda d: _api(d).pop("stop_grace_period"), "killed"),
    ],
    checks.the_dashboard_can_be_reached_and_asks_the_api: [
        (lambda d: _env(d, "dashboard").pop("COMITY_DASHBOARD_HOST"), "only its own container"),
        (lambda d: _env(d, "dashboard").update(COMITY_DASHBOARD_PORT="8502"), "does not listen"),
        (lambda d: d["services"]["dashboard"]["healthcheck"].update(test=["CMD", "true"]), "something else"),
        (lambda d: _env(d, "dashboard").update(COMITY_DASHBOARD_API="http://neo4j:8000"), "no API"),
        (lambda d: _env(d, "dashboard").update(COMITY_DASHBOARD_API="http://127.0.0.1:8000"), "no API"),
        (lambda d: _env(d, "dashboard").update(API_KEY="${API_KEY:-}"), "needs no key"),
    ],
    checks.addresses_lead_to_services: [
        (lambda d: _env(d, "ingest").update(COMITY_NEO4J_URI="${U:-bolt://neo:7687}"), "no service"),
        (lambda d: _env(d, "ingest").update(COMITY_NEO4J_URI="${U:-bolt://neo4j:7474}"), "no service"),
        (lambda d: _env(d, "ingest").update(COMITY_NEO4J_URI="${U:-neo4j://neo4j:7687}"), "no service"),
    ],
    checks.volumes_are_declared: [
        (lambda d: d["volumes"].pop("releases"), "not declared"),
        (lambda d: d["volumes"].update(more=None), "not used"),
        (lambda d: _job(d)["volumes"].append("releases:/releases"), "does not look"),
        (lambda d: _server(d)["volumes"].append("neo4j-data:/var/data"), "does not look"),
    ],
    checks.dependencies_can_be_met: [
        (lambda d: _job(d).update(depends_on={"neo": {"condition": "service_healthy"}}), "no service"),
        (lambda d: _server(d).pop("healthcheck"), "nothing checks"),
    ],
    checks.commands_exist: [
        (lambda d: _job(d).update(command=["comity built"]), "no such command"),
        (lambda d: _job(d).update(command=[]), "no command"),
    ],
    checks.health_is_asked_through_bolt: [
        (lambda d: _ask(d, 'cypher-shell --password "$$NEO4J_AUTH" "RETURN 1"'), "argument"),
        (lambda d: _ask(d, 'cyphershell --address bolt://localhost:7687 "RETURN 1"'), "not known"),
        (lambda d: _ask(d, "wget -q http://localhost:7474"), "no query over Bolt"),
        (lambda d: _ask(d, _asked(d).replace("$$", "$")), "filled in by compose"),
    ],
    checks.containers_are_confined: [
        (lambda d: _job(d).pop("read_only"), "can change its own files"),
        (lambda d: _job(d).pop("cap_drop"), "keeps capabilities"),
        (lambda d: _server(d).update(cap_add=["SYS_ADMIN"]), "keeps capabilities"),
        (lambda d: _server(d).pop("security_opt"), "may gain privileges"),
        (lambda d: _server(d).pop("mem_limit"), "no limit"),
        (lambda d: _job(d).update(privileged=True), "is privileged"),
        (lambda d: _job(d).update(network_mode="host"), "shares"),
        (lambda d: _job(d)["volumes"].append("/var/run/docker.sock:/s"), "socket"),
    ],
    checks.memory_is_enough: [
        (lambda d: _server(d).update(mem_limit="1536m"), "mem_limit is below"),
        (lambda d: _env(d, "neo4j").update(NEO4J_server_memory_heap_max__size="2g"), "heap grows"),
    ],
    checks.the_server_tells_nobody: [
        (lambda d: _env(d, "neo4j").pop("NEO4J_client_allow__telemetry"), "is on"),
    ],
    checks.images_are_pinned: [
        (lambda d: _server(d).update(image="neo4j:latest"), "no version"),
        (lambda d: _server(d).update(image="neo4j"), "no version"),
    ],
    checks.nobody_is_root: [
        (lambda d: _server(d).pop("user"), "runs as root"),
        (lambda d: _job(d).update(user="0:0"), "runs as 0:0"),
        (lambda d: _job(d).update(user="1000:1000"), "the image as"),
    ],
}
"""Changes of the parsed compose file."""

IN_IMAGE: dict[Check, list[tuple[str, str, str]]] = {
    checks.settings_exist: [
        ("COMITY_DATA_DIR=/data", "COMITY_DATADIR=/data", "no such setting"),
    ],
    checks.secrets_come_from_outside: [
        ("COMITY_DATA_DIR=/data", "COMITY_DATA_DIR=/data COMITY_NEO4J_PASSWORD=x", "in the Dockerfile"),
        ("WORKDIR /source", "ARG NEO4J_PASSWORD=x", "ARG"),
    ],
    checks.volumes_are_declared: [
        ("VOLUME /data", "VOLUME /releases", "no volume"),
    ],
    checks.commands_exist: [
        ('["comity"]', '["comity-cli"]', "no program"),
    ],
    checks.sources_are_copied: [
        ("COPY graph graph", "COPY graphs graphs", "no such file"),
        ("COPY graph graph", "COPY tests tests", "kept away"),
        ("--from=build", "--from=builder", "no such stage"),
    ],
    checks.images_are_pinned: [
        ("python:3.11.16-slim-bookworm", "python:latest", "no version"),
        ("python:3.11.16-slim-bookworm", "python:3.10.2-slim", "no slim Python"),
    ],
    checks.nothing_comes_from_the_net: [
        ("WORKDIR /source", "ADD https://example.org/x.tar /x", "ADD"),
        ("WORKDIR /source", "RUN curl -O https://example.org/x", "curl"),
        ("USER 10001:10001", "RUN apt-get install -y gcc", "last stage"),
    ],
    checks.nobody_is_root: [
        ("USER 10001:10001", "USER root", "runs as root"),
        ("USER 10001:10001", "", "runs as root"),
        ("USER 10001:10001", "USER 10002:10002", "no user 10002"),
    ],
}
"""Words of the Dockerfile, those that take their place, and what is said."""
