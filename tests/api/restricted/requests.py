"""Requests of every kind to every route of an application, made from what the application says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import FastAPI
from hypothesis import strategies as st

from tests.api.restricted.conftest import CONTACTS, MARK
from tests.terminal.small_world import RECORDS

ACCEPTED = (
    "application/json", "application/ld+json", "text/csv", "text/html", "text/turtle", "application/n-quads",
    "application/sparql-results+json", "application/sparql-results+xml", "application/octet-stream", "*/*", "no/such",
)  # fmt: skip

SPARQL = (
    "SELECT * WHERE { ?s ?p ?o }",
    "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    f'SELECT * WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} FILTER(CONTAINS(STR(?o), "{MARK}")) }}',
    f'ASK {{ ?s ?p ?o FILTER(REGEX(CONCAT(STR(?s), STR(?o)), "{MARK}", "i")) }}',
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"DESCRIBE <https://w3id.org/comity/authority/{MARK}-desk>",
    "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT * FROM <file:restricted/contacts.json> WHERE { ?s ?p ?o }",
    "LOAD <file:restricted/contacts.json>",
    "SELECT * WHERE { SERVICE <file:restricted/contacts.json> { ?s ?p ?o } }",
)

RESTRICTED = tuple(text for one in CONTACTS for text in (one.id, one.phone or "", one.email or ""))
"""What a prober who guesses well would ask about."""

ON_RECORD = tuple(
    record.id
    for name in RECORDS.__struct_fields__
    for record in getattr(RECORDS, name)[:4]
)  # fmt: skip

KNOWN: dict[str, tuple[str, ...]] = {
    "from": ("FRA", "USA", "KOR"),
    "to": ("USA", "FRA", "provider:acme", "KOR"),
    "measure": ("preservation", "content-data", "police-information"),
    "on": ("2026-11-26", "2001-01-01"),
    "state": ("USA", "FRA"),
    "iso3": ("USA", "FRA"),
    "id": ("usa-ccips",),
    "instruments.id": ("cets-185",),
    "statutes.id": ("usa-2252a",),
    "providers.id": ("google",),
    "sources.id": ("chart",),
    "releases.id": ("current",),
    "docs.name": ("swagger-ui.css",),
    "id.name": ("state/USA",),
    "vocabulary.name": ("measure/preservation",),
    "things.name": ("id/state/USA",),
    "static.name": ("pages.css",),
    "name": ("FRA", "USA", "KOR"),
    "group": ("interpol",),
    "assume": ("CIV:cets-185:2027-01-01",),
    "kind": ("contact-point-24-7", "central-authority", "authority"),
    "function": ("contact-point-24-7",),
    "q": ("computer", "usa", "office", MARK),
    "query": SPARQL,
    "fields": ("id,name", "id,name,kind,state,phone,restricted_contacts", "restricted_contacts", "phone"),
    "since": ("current", "r-0123456789abcdef"),
    "until": ("current",),
    "class": ("authority", "state"),
    "exports.topic": ("USA", "state/USA", "cets-185", "usa-ccips", MARK),
    "exports.format": ("csv", "turtle", "nquads", "jsonld", "graphml", "node-link", "neo4j", "datapackage", "parquet"),
    "format": ("turtle", "nquads", "jsonld", "csv", "graphml", "node-link", "neo4j", "json"),
    "scheme": ("measure", "authority-kind"),
    "limit": ("1", "5", "1000"),
}
"""Good values by the names of parameters, some for one topic only, so that requests get past the checks."""

GIVEN = {"/v1/changes": ("since",), "/v1/world": ("measure",)}
"""Parameters that a route does not insist on, but has nothing to say without."""

MANY = {"name": 2}
"""Parameters that have to be given several times."""


BODIES = (
    *(("application/sparql-query", query.encode()) for query in SPARQL),
    ("application/json", b'{"questions": [{"from": "FRA", "to": "USA", "measure": "preservation"}]}'),
    ("application/json", b'{"from": "FRA", "to": "USA", "measure": "preservation"}'),
    ("application/json", b"{"),
    ("application/x-www-form-urlencoded", b"query=SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D"),
)

WELL_MADE = {"/v1/paths": BODIES[len(SPARQL)]}
"""The body that a route which takes one wants; a query in SPARQL where none is named."""


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def says(self) -> str:
        """All that the asker says."""
        return repr(self)


class Route(NamedTuple):
    """A method at a path with places for parameters, and its query parameters; ``needed`` are those it insists on."""

    method: str
    path: str
    query: tuple[str, ...]
    needed: tuple[str, ...]

    def good(self, name: str) -> tuple[str, ...]:
        """Values with which this route gets past the checks of a parameter."""
        topic = self.path.removeprefix("/v1").lstrip("/").partition("/")[0]
        return KNOWN.get(f"{topic}.{name}") or KNOWN.get(name) or ON_RECORD

    def asked(self, accepted: str) -> Asked:
        """The route asked as it wants to be."""
        path = filled(self.path, {name: self.good(name)[0] for name in places(self.path)})
        query = [
            (name, value)
            for name in (*self.needed, *GIVEN.get(self.path, ()))
            for value in self.good(name)[: MANY.get(name, 1)]
        ]
        headers = [("Accept", accepted)]
        if self.method == "GET":
            return Asked(self.method, path, tuple(query), tuple(headers), b"")
        kind, body = WELL_MADE.get(self.path, BODIES[0])
        return Asked(self.method, path, tuple(query), (*headers, ("Content-Type", kind)), body)


def routes_of(application: FastAPI) -> list[Route]:
    """Every route, those of included routers and those that the OpenAPI document hides among them."""
    documented: dict[str, Any] = application.openapi()["paths"]
    found = {(method, path) for methods, path in _walked(application.routes, "") for method in methods}
    plain = {(method.lower(), re.sub(r":path\}", "}", path)) for method, path in found}
    missing = {(method, path) for path, told in documented.items() for method in told} - plain
    assert not missing, f"routes that were not found: {missing}"
    routes = []
    for method, path in sorted(found - {("HEAD", path) for _, path in found}):
        said = documented.get(re.sub(r":path\}", "}", path), {}).get(method.lower(), {})
        told = [one for one in said.get("parameters", ()) if one["in"] == "query"]
        needed = tuple(one["name"] for one in told if one.get("required"))
        routes.append(Route(method, path, tuple(one["name"] for one in told), needed))
    return routes


def _walked(routes: Any, prefix: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for route in routes:
        inside = getattr(route, "original_router", None) or getattr(route, "app", None)
        if getattr(route, "original_router", None) is not None:
            yield from _walked(inside.routes, prefix + route.include_context.prefix)
        elif getattr(route, "methods", None):
            yield tuple(sorted(route.methods)), prefix + route.path
        else:  # something mounted, such as files
            yield ("GET",), f"{prefix}{route.path}/{{name:path}}"


def filled(path: str, values: dict[str, str]) -> str:
    """A path with its places filled."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: values[place.group(1)], path)


def places(path: str) -> list[str]:
    """The names of the places in a path."""
    return re.findall(r"\{(\w+)(?::\w+)?\}", path)


SCRAPS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="/?#%\x7f"), min_size=1, max_size=12
)


def values_for(route: Route, name: str) -> st.SearchStrategy[str]:
    """Values for a parameter: mostly good ones, and those that a prober would try."""
    good = st.sampled_from(route.good(name))
    return good | good | st.sampled_from((*ON_RECORD, *RESTRICTED)) | SCRAPS


@st.composite
def requests(draw: st.DrawFn, routes: list[Route]) -> Asked:
    """Any request to any of ``routes``."""
    route = draw(st.sampled_from(routes))
    method = draw(st.sampled_from((*[route.method] * 9, "HEAD", "POST", "OPTIONS")))
    path = filled(route.path, {name: draw(values_for(route, name)) for name in places(route.path)})
    further = draw(st.lists(st.sampled_from(route.query), max_size=3)) if route.query else []
    query = tuple((name, draw(values_for(route, name))) for name in (*route.needed, *further))
    headers = [("Accept", draw(st.sampled_from(ACCEPTED)))]
    if draw(st.booleans()):
        headers.append(draw(st.sampled_from((
            ("If-None-Match", "*"), ("Range", "bytes=0-100"), ("Origin", "https://elsewhere.example"),
            ("Comity-Purpose", "to see"), ("Accept-Encoding", "gzip"), ("Cookie", "role=liaison"),
            ("X-Forwarded-User", "liaison"),
        ))))  # fmt: skip
    body = b""
    if method not in ("GET", "HEAD", "OPTIONS"):
        kind, body = draw(st.sampled_from(BODIES))
        headers.append(("Content-Type", kind))
    return Asked(method, path, query, tuple(headers), body)
