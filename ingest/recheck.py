"""Checking a kept release again: is it still what was built, and would it be accepted today?

Every check says what it found in one line. Nothing is repaired or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from graph.releases import Release


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check and its result."""

    name: str
    ok: bool
    detail: str


def recheck(release: Release) -> Iterator[Check]:
    """Run all checks of ``release``, quick ones first."""
    checks: tuple[tuple[str, Callable[[Release], tuple[bool, str]]], ...] = (
        ("content", _content),
        ("round trip", _round_trip),
        ("ontology", _ontology),
        ("shapes", _shapes),
    )
    for name, check in checks:
        try:
            ok, detail = check(release)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            ok, detail = False, " ".join(str(error).split())
        yield Check(name=name, ok=ok, detail=detail)


def _content(release: Release) -> tuple[bool, str]:
    """The identifier of a release is a digest of its statements: compute it anew from the records."""
    from graph.rdf import quads, release_id
    from ontologies.schema import schema

    found = release_id(quads(release.records(), schema()))
    if found == release.id:
        return True, f"the statements give the identifier {found}"
    return False, f"the statements give {found}, but the release is called {release.id}: build it again with --force"


def _round_trip(release: Release) -> tuple[bool, str]:
    """Records and statements say the same in both directions."""
    from graph.canonical import canonical
    from graph.rdf import quads, records
    from ontologies.schema import schema

    held = canonical(release.records())
    same = records(quads(held, schema()), schema()) == held
    return same, "the statements give back the same records" if same else "the statements give back other records"


def _ontology(release: Release) -> tuple[bool, str]:
    """Each key that a record holds is a concept of the ontology, with the same words."""
    from ingest.concepts import concept_records
    from ontologies.schema import concepts

    today = {concept.id for concept in concept_records(concepts())}
    kept = {concept.id for concept in release.records().concepts}
    if today == kept:
        return True, f"all {len(kept)} concepts are those of the ontology"
    changed = sorted(today ^ kept)
    return False, f"{len(changed)} concepts differ from the ontology, such as {changed[0]}: build a new release"


def _shapes(release: Release) -> tuple[bool, str]:
    """The statements fit the shapes of the ontology (SHACL)."""
    from graph.model import RECORD_TYPES
    from graph.rdf import quads
    from ingest.shacl import as_graph, validate
    from ontologies.schema import schema, shapes_path

    graph = as_graph(quads(release.records(), schema()))
    report, problems = validate(graph, shapes_path(), schema(), RECORD_TYPES, {})
    if report.conforms:
        return True, f"{report.triples} triples fit ({report.engine})"
    first = problems[0].message if problems else "no details"
    return False, f"{report.violations} violations, the first: {first}"
