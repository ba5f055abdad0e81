"""A real Neo4j server for tests: the one that is given, else one in Docker, else one staged from Maven artifacts.

* ``NEO4J_URI`` (with ``NEO4J_USER``, ``NEO4J_PASSWORD``, ``NEO4J_DATABASE``) names a running server. The tests empty
  the database first, and only if ``NEO4J_MAY_BE_EMPTIED`` is ``yes``.
* Docker: the official image, if the engine answers.
* Maven and Java 17 or newer: ``pom.xml`` beside this file lists the server's jars. They are copied once into a cache
  outside the tree (``COMITY_TEST_NEO4J_CACHE``, else one in ``~/.cache/comity`` that is named after ``pom.xml``).

A server that is started here has its own home, its own password and free ports, and is ended by the process that
started it; nothing else is. Run as a program it starts a server, prints how to reach it, and ends it with Ctrl-C:
``python -m tests.neo4j.server``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POM = HERE / "pom.xml"
IMAGE = "neo4j:5.26-community"

HEAP, PAGE_CACHE = "512m", "64m"
MEASURED_HEAP = "2g"
"""Of a server whose speed is measured: what one in use has at least."""

START_S = 120.0
"""How long a server may take to answer."""

NOTHING = "no Neo4j: give NEO4J_URI, or have Docker running, or install Maven and Java 17"
"""What is said where no server can be had."""

_OPENED = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-exports=jdk.management/com.sun.management.internal=ALL-UNNAMED",
)
"""What the server asks of the Java module system, as in its own start script."""

_SHORT_LIVED = (
    "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
    "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote",
)  # fmt: skip
"""Compile quickly rather than thoroughly, and take the jars for well-formed: much less to do for a process that lives a
few minutes."""


class NoServer(RuntimeError):
    """No server is given and none can be started; the message is one line and says what is missing."""


class Server(NamedTuple):
    """A running server and how to reach it. ``started_in_s`` is ``None`` for one that ran already."""

    uri: str
    user: str
    password: str
    database: str
    kind: str
    started_in_s: float | None
    pid: int | None = None


def version() -> str:
    """The server version that ``pom.xml`` asks for."""
    found = re.search(r"<neo4j\.version>([0-9.]+)</neo4j\.version>", POM.read_text(encoding="utf-8"))
    if found is None:
        raise NoServer(f"{POM} names no neo4j.version")
    return found[1]


def available() -> str | None:
    """How a server can be had (``given``, ``docker``, ``maven``), or ``None``."""
    if os.environ.get("NEO4J_URI"):
        return "given"
    if _docker_answers():
        return "docker"
    return "maven" if can_stage() else None


def can_stage() -> bool:
    """Whether a server can be staged from Maven artifacts here."""
    return shutil.which("java") is not None and (shutil.which("mvn") is not None or _complete(_cache()))


@contextmanager
def running(settings: Mapping[str, str] | None = None, *, measured: bool = False) -> Iterator[Server]:
    """A server for the length of the block. ``settings`` are added to the configuration of a staged one.

    ``measured`` has it run as a server in use does, for the sake of its speed once it is warmed up.

    Raises:
        NoServer: none is given and none can be started.
    """
    how = available()
    if how == "given":
        if os.environ.get("NEO4J_MAY_BE_EMPTIED") != "yes":
            raise NoServer("NEO4J_URI is given: the tests empty that database; agree with NEO4J_MAY_BE_EMPTIED=yes")
        env = os.environ
        user, database = env.get("NEO4J_USER", "neo4j"), env.get("NEO4J_DATABASE", "neo4j")
        yield Server(env["NEO4J_URI"], user, env.get("NEO4J_PASSWORD", ""), database, "given", None)
    elif how == "docker" and settings is None:
        with _docker() as server:
            yield server
    elif how is not None and shutil.which("java"):
        with staged(settings or {}, measured=measured) as server:
            yield server
    else:
        raise NoServer(NOTHING)


@contextmanager
def staged(
    settings: Mapping[str, str], prepared: Callable[[Path], None] | None = None, *, measured: bool = False
) -> Iterator[Server]:
    """A server from the Maven artifacts, in a home of its own under ``build/`` that is removed at the end.

    ``prepared`` is called before the start with the path of the server's ``neo4j-admin``.
    """
    jars = _jars()
    (ROOT / "build").mkdir(exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="neo4j-", dir=ROOT / "build"))
    password = secrets.token_hex(18)
    bolt = _free_port()
    try:
        _configure(home, bolt, settings)
        heap = MEASURED_HEAP if measured else HEAP
        java = ["java", *(() if measured else _SHORT_LIVED), "-cp", f"{jars}/*", *_OPENED]
        place = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        admin = _admin(java, home)
        _set_password(admin, password)
        if prepared is not None:
            prepared(admin)
        begun = time.monotonic()
        with (home / "server.log").open("w") as log:
            process = subprocess.Popen(
                [*java[:1], f"-Xms{heap}", f"-Xmx{heap}", *java[1:], "-Dio.netty.tryReflectionSetAccessible=true",
                 "org.neo4j.server.CommunityEntryPoint", *place],
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            uri = f"bolt://127.0.0.1:{bolt}"
            _await(uri, password, process, home / "server.log")
            yield Server(uri, "neo4j", password, "neo4j", "staged", time.monotonic() - begun, process.pid)
        finally:
            _end(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _cache() -> Path:
    named = os.environ.get("COMITY_TEST_NEO4J_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "comity" / f"neo4j-{version()}-{_wanted()[:8]}"


def _wanted() -> str:
    """What tells a cache filled from this ``pom.xml`` from one of another."""
    return hashlib.sha256(POM.read_bytes()).hexdigest()


def _complete(cache: Path) -> bool:
    return (cache / "complete").is_file() and (cache / "complete").read_text(encoding="utf-8").strip() == _wanted()


def _jars() -> Path:
    """The folder of the server's jars, filled by Maven the first time."""
    cache = _cache()
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _complete(cache):
            (cache / "complete").unlink(missing_ok=True)
            shutil.rmtree(cache / "lib", ignore_errors=True)
            command = ["mvn", "-B", "-q", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime",
                       f"-DoutputDirectory={cache / 'lib'}"]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
            if done.returncode != 0:
                why = next((line for line in done.stdout.splitlines() if "ERROR" in line), "no reason given")
                raise NoServer(f"Maven could not copy the jars of Neo4j {version()}: {why.strip()}")
            (cache / "complete").write_text(_wanted(), encoding="utf-8")
    return cache / "lib"


def _configure(home: Path, bolt: int, settings: Mapping[str, str]) -> None:
    lines = {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": PAGE_CACHE,
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "dbms.cypher.min_replan_interval": "1h",  # a plan takes longer than a better one saves here
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "keep_none",
        **settings,
    }
    (home / "conf").mkdir()
    written = "".join(f"{key}={value}\n" for key, value in lines.items())
    (home / "conf" / "neo4j.conf").write_text(written, encoding="utf-8")


def _admin(java: list[str], home: Path) -> Path:
    """The program ``neo4j-admin`` of the server, as its distribution has one."""
    program = home / "bin" / "neo4j-admin"
    program.parent.mkdir()
    command = " ".join(map(shlex.quote, [*java[:1], f"-Xmx{HEAP}", *java[1:], "org.neo4j.cli.AdminTool"]))
    place = f"NEO4J_HOME={shlex.quote(str(home))} NEO4J_CONF={shlex.quote(str(home / 'conf'))}"
    program.write_text(f'#!/bin/sh\n{place} exec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def _set_password(admin: Path, password: str) -> None:
    """The supported way, before the first start."""
    command = [str(admin), "dbms", "set-initial-password", password]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise NoServer(f"the initial password could not be set: {(done.stderr or done.stdout).strip()[-300:]}")


def _await(uri: str, password: str, process: subprocess.Popen[bytes] | None, log: Path | None) -> None:
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process is not None and process.poll() is not None:
            break
        if _port_answers(uri):
            try:
                with GraphDatabase.driver(uri, auth=("neo4j", password), max_transaction_retry_time=0) as driver:
                    driver.execute_query("RETURN 1", database_="neo4j")
                return
            except (DriverError, Neo4jError):
                pass
        time.sleep(0.2)
    tail = "" if log is None else log.read_text(encoding="utf-8", errors="replace").strip()[-600:]
    raise NoServer(f"the server at {uri} did not answer: {tail}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server that was started here; what it holds is thrown away, so it need not put its house in order."""
    process.kill()
    process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _port_answers(uri: str) -> bool:
    host, _, port = uri.partition("://")[2].partition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def _docker_answers() -> bool:
    if shutil.which("docker") is None:
        return False
    try:
        asked = subprocess.run(["docker", "info"], capture_output=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0


@contextmanager
def _docker() -> Iterator[Server]:
    password, port, name = secrets.token_hex(18), _free_port(), f"comity-test-{secrets.token_hex(4)}"
    begun = time.monotonic()
    command = ["docker", "run", "--rm", "--detach", "--name", name, "--publish", f"127.0.0.1:{port}:7687",
               "--env", f"NEO4J_AUTH=neo4j/{password}", "--env", f"NEO4J_server_memory_heap_max__size={HEAP}",
               IMAGE]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    try:
        uri = f"bolt://127.0.0.1:{port}"
        _await(uri, password, None, None)
        yield Server(uri, "neo4j", password, "neo4j", "docker", time.monotonic() - begun)
    finally:
        subprocess.run(["docker", "stop", name], check=False, capture_output=True, timeout=60)


if __name__ == "__main__":
    with running() as one:
        print(f"NEO4J_URI={one.uri} NEO4J_USER={one.user} NEO4J_PASSWORD={one.password}", flush=True)
        print(f"started in {one.started_in_s:.1f} s; Ctrl-C ends it" if one.started_in_s else "", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
