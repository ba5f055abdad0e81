"""What must be true of the containers. Each check takes their description and returns the faults.

``tests/containers/test_checks.py`` plants a mistake for each.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable
from typing import Any

import msgspec

import comity
from api.settings import SECTION, ApiSettings
from graph.settings import PREFIX, SECRET, Settings
from terminal import dashboard_settings
from tests.containers.documents import ROOT, Containers, built, copies, environment, is_ignored, last, server_settings

SETTINGS = {f"{PREFIX}{field.name.upper()}" for field in msgspec.structs.fields(Settings)} | {
    f"{PREFIX}{section.upper()}_{field.name.upper()}"
    for section, kind in ((SECTION, ApiSettings), (dashboard_settings.SECTION, dashboard_settings.DashboardSettings))
    for field in msgspec.structs.fields(kind)
}
SECRETS = {f"{PREFIX}{name.upper()}" for name in SECRET}
COMMANDS = {command.name for command in comity.app.registered_commands}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

PORTS = {"neo4j": {7474, 7473, 7687}, "api": {8000}, "dashboard": {8501}}
"""What the image of a service listens on."""

PROGRAMS = {"neo4j": {"cypher-shell", "neo4j", "neo4j-admin"}}
"""What the image of a service has on its path, as far as these documents may call it."""

VOLUMES = {"neo4j": {"/data", "/logs", "/ssl", "/conf", "/plugins", "/import"}}
"""Folders that the image of a service looks at."""

BESIDES_HEAP = 512 << 20
"""Bytes that the server and the health check need beside heap and page cache."""

_VARIABLE = re.compile(r"(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)(:[-?+][^}]*)?\}")


def settings_exist(containers: Containers) -> list[str]:
    """Every ``COMITY_*`` is a setting; a misspelt one would stop every command."""
    named = {name for service in containers.services.values() for name in service.get("environment", {})}
    named |= set(environment(containers.image))
    return [f"{name}: no such setting" for name in sorted(named) if name.startswith(PREFIX) and name not in SETTINGS]


def variables_are_explained(containers: Containers) -> list[str]:
    """``.env.example`` names what the compose file reads, only that, and real settings."""
    read = {found[1] for found in _VARIABLE.finditer(containers.compose_text)}
    faults = [f"{name}: read, and not in .env.example" for name in sorted(read - set(containers.example))]
    faults += [f"{name}: in .env.example, and nothing reads it" for name in sorted(set(containers.example) - read)]
    return faults + [f"{name}: no such setting" for name in sorted(set(containers.example) - SETTINGS)]


def secrets_come_from_outside(containers: Containers) -> list[str]:
    """No password stands in the open, and none has a value to fall back on."""
    faults = [
        f"{name} in .env.example has a value"
        for name in sorted(SECRETS & set(containers.example))
        if containers.example[name]
    ]
    faults += [f"{name} in the Dockerfile" for name in environment(containers.image) if _is_secret(name)]
    faults += [f"{one.word} {one.value}" for one in containers.image if one.word == "ARG" and _is_secret(one.value)]
    for service, parts in containers.services.items():
        for name, value in parts.get("environment", {}).items():
            if _is_secret(name) and not re.fullmatch(r"(neo4j/)?\$\{\w+(:\?[^}]+|:-)\}", str(value)):
                faults.append(f"{service}: {name} is written out or has a default")
    return faults


def the_password_is_required(containers: Containers) -> list[str]:
    """Without a password nothing starts."""
    passwords = [
        (service, name, str(value))
        for service, parts in containers.services.items()
        for name, value in parts.get("environment", {}).items()
        if name in {"NEO4J_AUTH", "COMITY_NEO4J_PASSWORD"}
    ]
    faults = [f"{service}: {name} is not required" for service, name, value in passwords if ":?" not in value]
    return faults + ([] if len(passwords) > 1 else ["the server or the job has no password"])


def ports_are_local(containers: Containers) -> list[str]:
    """Ports are reachable from this machine only, and the image listens on them."""
    faults = []
    for service, parts in containers.services.items():
        for port in parts.get("ports", []):
            place, _, inside = str(port).rpartition(":")
            if not place.startswith("127.0.0.1:"):
                faults.append(f"{service}: port {port} is open to the network")
            if int(inside) not in PORTS.get(service, set()):
                faults.append(f"{service}: nothing listens on {inside}")
    return faults


def addresses_lead_to_services(containers: Containers) -> list[str]:
    """An address that is filled in names a service and its Bolt port, and does not ask for routing."""
    faults = []
    for service, parts in containers.services.items():
        for name, value in parts.get("environment", {}).items():
            found = re.search(r"\$\{\w+:-(\w[\w+]*)://([^:}]+):(\d+)\}", str(value))
            if name == "COMITY_NEO4J_URI" and (
                not found or found[1] != "bolt" or found[2] not in containers.services or found[3] != "7687"
            ):
                faults.append(f"{service}: {value} leads to no service")
    return faults


def volumes_are_declared(containers: Containers) -> list[str]:
    """Volumes are declared and used, and lie where the image looks; our own where the data directory is."""
    declared, used, faults = set(containers.compose.get("volumes", {})), set(), []
    ours = {last(containers.image, "VOLUME")}
    if environment(containers.image).get("COMITY_DATA_DIR") not in ours:
        faults.append("the data directory is no volume")
    for service, parts in containers.services.items():
        for volume in parts.get("volumes", []):
            name, target = str(volume).split(":")[:2]
            used.add(name)
            if target not in (ours if "build" in parts else VOLUMES.get(service, set())):
                faults.append(f"{service}: the image does not look at {target}")
    faults += [f"{name}: used, and not declared" for name in sorted(used - declared)]
    return faults + [f"{name}: declared, and not used" for name in sorted(declared - used)]


def dependencies_can_be_met(containers: Containers) -> list[str]:
    """What is waited for exists, and can be healthy."""
    faults = []
    for service, parts in containers.services.items():
        for name, how in parts.get("depends_on", {}).items():
            other = containers.services.get(name)
            if other is None:
                faults.append(f"{service}: waits for {name}, which is no service")
            elif how["condition"] == "service_healthy" and not other.get("healthcheck", {}).get("test"):
                faults.append(f"{service}: waits for {name} to be healthy, which nothing checks")
    return faults


def commands_exist(containers: Containers) -> list[str]:
    """What is run is a command of ``comity``, and ``comity`` is a program of the package."""
    entry = ast.literal_eval(last(containers.image, "ENTRYPOINT") or "[]")
    faults = [] if entry and entry[0] in PROJECT["scripts"] else [f"{entry}: no program of the package"]
    for service, parts in built(containers.compose).items():
        words = " ".join([*parts.get("entrypoint", []), *parts.get("command", [])])
        named = re.findall(r"\bcomity ([a-z-]+)", words)
        if "entrypoint" not in parts and parts.get("command"):
            named.append(parts["command"][0])
        if not named:
            faults.append(f"{service}: runs no command")
        faults += [f"{service}: comity {name}: no such command" for name in named if name not in COMMANDS]
    return faults


def health_is_asked_through_bolt(containers: Containers) -> list[str]:
    """The check of the server runs a program of the image, a query over Bolt, and no password among its arguments."""
    test = containers.services["neo4j"]["healthcheck"]["test"]
    if test[0] != "CMD-SHELL" or len(test) != 2:
        return ["the check is no line for a shell"]
    line = re.sub(r'\b[A-Z0-9_]+="[^"]*"\s*', "", test[1])
    program = line.split()[0]
    faults = [] if program in PROGRAMS["neo4j"] else [f"{program}: not known to be in the image"]
    if not re.search(r'bolt://localhost:7687 .*"RETURN 1"', line):
        faults.append("no query over Bolt")
    if "NEO4J_PASSWORD=" not in test[1] or "$" in line or re.search(r"(?<!\$)(\$\$)*\$(?!\$)", test[1]):
        faults.append("the password is an argument, or is filled in by compose")
    return faults


def the_api_can_be_reached_and_asked(containers: Containers) -> list[str]:
    """It listens where the port leads, its health is whether it is ready, and it is given time to finish requests."""
    parts = containers.services["api"]
    told = {name: str(value) for name, value in parts["environment"].items()}
    faults = []
    if told.get("COMITY_API_HOST") != "0.0.0.0":
        faults.append("only its own container reaches it")
    inside = {str(port).rpartition(":")[2] for port in parts.get("ports", [])}
    if inside != {told.get("COMITY_API_PORT")}:
        faults.append(f"it does not listen on {', '.join(sorted(inside)) or 'any port that is open'}")
    program, *words = parts["healthcheck"]["test"][1:]
    asked = re.search(r'urlopen\("http://127\.0\.0\.1:(\d+)(/\w+)"', " ".join(words))
    if parts["healthcheck"]["test"][0] != "CMD" or program != "python" or not asked:
        faults.append("the check is no program of the image")
    elif asked[1] != told.get("COMITY_API_PORT") or asked[2] != "/readyz":
        faults.append("the check asks something else than whether it is ready")
    grace = re.fullmatch(r"(\d+)s", str(parts.get("stop_grace_period", "10s")))
    if not grace or int(grace[1]) <= int(told.get("COMITY_API_STOP_WITHIN_S", ApiSettings().stop_within_s)):
        faults.append("it is killed before requests in flight can finish")
    return faults


def the_dashboard_can_be_reached_and_asks_the_api(containers: Containers) -> list[str]:
    """It listens where the port leads, its check asks itself, and it asks the API where that listens, with no key."""
    parts = containers.services["dashboard"]
    told = {name: str(value) for name, value in parts["environment"].items()}
    faults = []
    if told.get("COMITY_DASHBOARD_HOST") != "0.0.0.0":
        faults.append("only its own container reaches it")
    port = told.get("COMITY_DASHBOARD_PORT")
    if {str(one).rpartition(":")[2] for one in parts.get("ports", [])} != {port}:
        faults.append("it does not listen on the port that is open")
    if f'urlopen("http://127.0.0.1:{port}/_stcore/health"' not in " ".join(parts["healthcheck"]["test"]):
        faults.append("the check asks something else than whether it answers")
    asked = re.fullmatch(r"http://([a-z]+):(\d+)", told.get("COMITY_DASHBOARD_API", ""))
    api = containers.services.get(asked[1], {}).get("environment", {}) if asked else {}
    if not asked or str(api.get("COMITY_API_PORT")) != asked[2]:
        faults.append("there is no API where it asks")
    return faults + [f"{name}: it shows what everybody may see, and needs no key" for name in told if _is_secret(name)]


def sources_are_copied(containers: Containers) -> list[str]:
    """What is copied exists and is given to the engine; stages that are named exist."""
    faults = []
    for copy in copies(containers.image):
        for source in copy.sources:
            if not (ROOT / source).exists():
                faults.append(f"{source}: no such file")
            elif is_ignored(source, containers.ignored):
                faults.append(f"{source}: kept away by .dockerignore")
    stages = {one.value.split(" AS ")[1] for one in containers.image if one.word == "FROM" and " AS " in one.value}
    wanted = {
        found for one in containers.image if one.word == "COPY" for found in re.findall(r"--from=(\S+)", one.value)
    }
    return faults + [f"{name}: no such stage" for name in sorted(wanted - stages)]


def images_are_pinned(containers: Containers) -> list[str]:
    """Images are named with a version, and the base has a Python that the package supports."""
    bases = [one.value.split()[0] for one in containers.image if one.word == "FROM"]
    named = bases + [parts["image"] for parts in containers.services.values() if "image" in parts]
    faults = [f"{name}: no version" for name in named if not re.search(r":\d+\.\d+[\w.-]*$", name)]
    oldest = tuple(int(part) for part in PROJECT["requires-python"].removeprefix(">=").split("."))
    for base in bases:
        found = re.match(r"python:(\d+)\.(\d+)\.\d+-slim", base)
        if not found or (int(found[1]), int(found[2])) < oldest:
            faults.append(f"{base}: no slim Python {PROJECT['requires-python']}")
    return faults


def nothing_comes_from_the_net(containers: Containers) -> list[str]:
    """Only packages are fetched, by pip in the first stage; the last one installs nothing."""
    faults = [f"{one.word} {one.value}" for one in containers.image if one.word == "ADD"]
    faults += [
        one.value for one in containers.image if one.word == "RUN" and re.search(r"\b(curl|wget|git) ", one.value)
    ]
    final = containers.image[-1].stage
    installing = r"\b(apt-get|apk|gcc|pip (install|wheel|download))\b"
    return faults + [
        f"last stage: {one.value}"
        for one in containers.image
        if one.stage == final and re.search(installing, one.value)
    ]


def nobody_is_root(containers: Containers) -> list[str]:
    """Each container runs as a user with a number, our own as that of the image."""
    user = last(containers.image, "USER")
    faults = [] if re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) else [f"the image runs as {user or 'root'}"]
    made = " ".join(one.value for one in containers.image if one.word == "RUN")
    faults += [f"the image has no user {number}" for number in set(user.split(":")) if f"id {number} " not in made]
    for service, parts in containers.services.items():
        runs_as = str(parts.get("user", user if "build" in parts else ""))
        if not re.fullmatch(r"[1-9]\d*:[1-9]\d*", runs_as):
            faults.append(f"{service}: runs as {runs_as or 'root'}")
        elif "build" in parts and runs_as != user:
            faults.append(f"{service}: runs as {runs_as}, the image as {user}")
    return faults


def containers_are_confined(containers: Containers) -> list[str]:
    """No capabilities, no new privileges, a limit of memory; our own cannot change their files either."""
    faults = []
    for service, parts in containers.services.items():
        confined = {
            "keeps capabilities": parts.get("cap_drop") == ["ALL"] and "cap_add" not in parts,
            "may gain privileges": "no-new-privileges:true" in parts.get("security_opt", []),
            "has no limit of memory": "mem_limit" in parts,
            "is privileged": not parts.get("privileged"),
            "shares the machine's network or processes": not {"network_mode", "pid", "ipc"} & set(parts),
            "holds the engine's socket": not any("docker.sock" in str(one) for one in parts.get("volumes", [])),
            "can change its own files": "build" not in parts or parts.get("read_only") is True,
        }
        faults += [f"{service}: {fault}" for fault, well in confined.items() if not well]
    return faults


def memory_is_enough(containers: Containers) -> list[str]:
    """Heap, page cache and the rest of the server fit into what the container may use."""
    settings, parts = server_settings(containers.compose), containers.services["neo4j"]
    first, heap = (_bytes(settings[f"server.memory.heap.{end}_size"]) for end in ("initial", "max"))
    needed = heap + _bytes(settings["server.memory.pagecache.size"]) + BESIDES_HEAP
    faults = [] if first == heap else ["the heap grows, which stops the server"]
    return faults + ([] if needed <= _bytes(parts["mem_limit"]) else [f"mem_limit is below {needed} bytes"])


def the_server_tells_nobody(containers: Containers) -> list[str]:
    """Neither the server nor its Browser reports its use."""
    settings = server_settings(containers.compose)
    return [
        f"{name} is on"
        for name in ("dbms.usage_report.enabled", "client.allow_telemetry")
        if settings.get(name) != "false"
    ]


def _is_secret(name: str) -> bool:
    return bool(re.search(r"PASSWORD|AUTH$|SECRET|TOKEN|_KEY", name))


def _bytes(size: str) -> int:
    return int(size[:-1]) << {"k": 10, "m": 20, "g": 30}[size[-1].lower()]


Check = Callable[[Containers], list[str]]

CHECKS: tuple[Check, ...] = (
    settings_exist,
    variables_are_explained,
    secrets_come_from_outside,
    the_password_is_required,
    ports_are_local,
    addresses_lead_to_services,
    volumes_are_declared,
    dependencies_can_be_met,
    commands_exist,
    health_is_asked_through_bolt,
    the_api_can_be_reached_and_asked,
    the_dashboard_can_be_reached_and_asks_the_api,
    sources_are_copied,
    images_are_pinned,
    nothing_comes_from_the_net,
    nobody_is_root,
    containers_are_confined,
    memory_is_enough,
    the_server_tells_nobody,
)
