"""The IRIs of the graph: namespaces, and the way from an id to an IRI and back.

Things are ``https://w3id.org/comity/id/<class segment>/<id>``, concepts
``https://w3id.org/comity/vocabulary/<scheme>/<key>``. Ids keep their letters, slashes, colons and brackets, so that
``participation/cets-185/FRA`` can be read in the IRI; whatever an IRI may not hold as it is, and the per cent sign,
is percent-encoded in UTF-8 (RFC 3986 section 2.1). The way back is exact.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

ONTOLOGY = "https://w3id.org/comity/ontology#"
THINGS = "https://w3id.org/comity/id/"
VOCABULARIES = "https://w3id.org/comity/vocabulary/"

_KEPT = "/:@!$&'()*+,;=~"
"""Characters that stand in the path of an IRI as they are (RFC 3986 section 3.3: pchar, and the slash)."""


def encoded(name: str) -> str:
    """``name`` as it stands in the path of an IRI."""
    return quote(name, safe=_KEPT)


def decoded(path: str) -> str:
    """The name that :func:`encoded` made into ``path``."""
    return unquote(path, errors="strict")


def thing_iri(slug: str, record_id: str) -> str:
    """The IRI of the record ``record_id`` of the class whose segment is ``slug``."""
    return f"{THINGS}{slug}/{encoded(record_id)}"


def thing_id(iri: str) -> tuple[str, str]:
    """The class segment and the id of a thing.

    Raises:
        ValueError: the IRI is not one of a thing of the graph.
    """
    slug, slash, path = iri.removeprefix(THINGS).partition("/")
    if not iri.startswith(THINGS) or not slash or not path:
        raise ValueError(f"{iri} is not the IRI of a thing: it must begin with {THINGS}<class>/")
    return slug, decoded(path)


def scheme_iri(scheme: str) -> str:
    """The IRI of the vocabulary ``scheme``, for example ``measure``."""
    return VOCABULARIES + encoded(scheme)


def concept_iri(scheme: str, key: str) -> str:
    """The IRI of the concept ``key`` of the vocabulary ``scheme``."""
    return f"{VOCABULARIES}{encoded(scheme)}/{encoded(key)}"


def concept_key(iri: str) -> tuple[str, str]:
    """The vocabulary and the key of a concept.

    Raises:
        ValueError: the IRI is not one of a concept of the vocabularies.
    """
    scheme, slash, path = iri.removeprefix(VOCABULARIES).partition("/")
    if not iri.startswith(VOCABULARIES) or not slash or not path:
        raise ValueError(f"{iri} is not the IRI of a concept: it must begin with {VOCABULARIES}<vocabulary>/")
    return decoded(scheme), decoded(path)
