"""``/id/...`` and ``/vocabulary/...``: what the IRIs of the graph name, as a page or as data (303 See Other).

The IRIs begin with ``https://w3id.org/comity/``, which leads here; ``/v1/things/...`` are the documents about them.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse
from starlette.responses import Response

from api.asking import Ask
from api.negotiation import by_accept
from api.problems import not_found, not_valid
from api.sparql import things
from api.sparql.dataset import dataset
from api.sparql.graphs import encoded as graph
from api.sparql.web import HTML, POLICY, file, page
from ontologies.iris import THINGS, encoded
from ontologies.schema import HERE

router = APIRouter(tags=["linked data"])

HOME = THINGS.removesuffix("id/")
FORMATS: dict[str, str] = {
    "html": HTML,
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""What ``format`` may say."""

Responses = dict[int | str, dict[str, Any]]
Format = Annotated[
    str | None, Query(description="The form; else the `Accept` header decides.", json_schema_extra={"enum": [*FORMATS]})
]
Name = Annotated[
    str, Path(max_length=1000, description="What stands after `https://w3id.org/comity/` in the IRI.",
              examples=["id/instrument/cets-185"])
]  # fmt: skip
_SEE: Responses = {303: {"description": "The document about it"}, 404: {"description": "No record of it"}}
_TELLS: Responses = {200: {"description": "The document", "content": {media: {} for media in FORMATS.values()}}}


@router.get("/id/{name:path}", summary="What an IRI names", status_code=303, responses=_SEE, response_class=Response)
def thing_named(request: Request, ask: Ask, name: Name) -> Response:
    """See the page about a thing, or its data, as the `Accept` header says."""
    return _see(request, ask, f"id/{name}")


@router.get("/vocabulary/{name:path}", summary="What the IRI of a concept names", status_code=303, responses=_SEE,
            response_class=Response)  # fmt: skip
def concept_named(request: Request, ask: Ask, name: Name) -> Response:
    """See the page about a concept, or its data, as the `Accept` header says."""
    return _see(request, ask, f"vocabulary/{name}")


@router.get("/v1/things/{name:path}", summary="A thing with its sources", responses=_TELLS, response_class=Response)
def told(request: Request, ask: Ask, name: Name, format: Format = None) -> Response:
    """Tell what the release says of a thing, with names of what it links to, and its sources."""
    media = _media(request, format)
    iri = _known(ask, name)
    store = things.store_of(ask.at.release)

    def work() -> bytes:
        if media == HTML:
            return page("thing.html", thing=things.thing(store, iri), release=ask.at.id, name=encoded(name))
        return graph(things.triples(store, iri), media)

    response = ask.at_once(work, media, question=("thing", iri))
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    if media == HTML:
        response.headers["Content-Security-Policy"] = POLICY
    return response


@router.get("/v1/dataset", summary="The release as a data set", responses=_TELLS, response_class=Response)
def described(request: Request, ask: Ask, format: Format = None) -> Response:
    """Describe the release in VoID and DCAT: counts, terms of use, vocabularies, sources, service and files."""
    media = _media(request, format, pages=False)
    base = str(request.base_url)
    exports = any(getattr(route, "path", "") == "/v1/exports/{format}" for route in request.app.routes)
    return ask.at_once(
        lambda: graph(dataset(base, ask.at.release, exports), media), media, question=("dataset", base, exports)
    )


@router.get("/.well-known/void", summary="Where the data set is described", status_code=303, response_class=Response)
def void(ask: Ask) -> Response:
    """See the description of the data set."""
    return RedirectResponse("/v1/dataset", 303)


@router.get("/ontology", summary="The ontology", responses=_TELLS, response_class=Response)
def ontology(request: Request, ask: Ask, format: Format = None) -> Response:
    """Give the ontology: classes and properties with their definitions."""
    media = _media(request, format, pages=False)

    return ask.at_once(lambda: graph(_ontology(), media), media, question=("ontology",))


@router.get("/static/{name}", include_in_schema=False)
def static(request: Request, name: str) -> Response:
    """A file that pages use."""
    return file(request, name)


def _ontology() -> list[Triple]:
    """The statements of the ontology, its nameless nodes called the same every time."""
    files = (HERE / "comity.ttl", HERE / "answers.ttl")
    held = Dataset(quad for file in files for quad in parse(path=file, format=RdfFormat.TURTLE))
    held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in held]


def _see(request: Request, ask: Ask, name: str) -> Response:
    media = by_accept(request.headers.get("accept") or "*/*", tuple(FORMATS.values()))
    _known(ask, name)
    form = next(form for form, one in FORMATS.items() if one == media)
    return RedirectResponse(f"/v1/things/{encoded(name)}?format={form}", 303, {"Vary": "Accept"})


def _known(ask: Ask, name: str) -> str:
    """The IRI of what is called ``name``.

    Raises:
        Problem: the release says nothing of it.
    """
    iri = HOME + encoded(name)
    if not things.is_there(things.store_of(ask.at.release), iri):
        raise not_found(f"this release says nothing of {iri[:200]}")
    return iri


def _media(request: Request, format: str | None, pages: bool = True) -> str:
    formats = FORMATS if pages else {name: media for name, media in FORMATS.items() if media != HTML}
    if format is None:
        return by_accept(request.headers.get("accept") or "*/*", tuple(formats.values()))
    if format not in formats:
        raise not_valid("format", f"{format[:20]!r} is not offered here; choose from {', '.join(formats)}")
    return formats[format]
