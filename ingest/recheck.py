"""Checking a kept release again: is it still what was built, and would it be accepted today?

Every check says what it found in one line. Nothing is repaired or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from graph.releases import BrokenRelease, Release
from graph.review import Finding
from ingest.report import BuildReport


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check and its result."""

    name: str
    ok: bool
    detail: str


def recheck(release: Release) -> Iterator[Check]:
    """Run all checks of ``release``, quick ones first."""
    checks: tuple[tuple[str, Callable[[Release], tuple[bool, str]]], ...] = (
        ("files", _files),
        ("content", _content),
        ("round trip", _round_trip),
        ("ontology", _ontology),
        ("assertions", _assertions),
        ("shapes", _shapes),
    )
    for name, check in checks:
        try:
            ok, detail = check(release)
        except (BrokenRelease, OSError, ValueError, msgspec.MsgspecError) as error:
            ok, detail = False, " ".join(str(error).split())
        yield Check(name=name, ok=ok, detail=detail)


def _files(release: Release) -> tuple[bool, str]:
    """The files are those that were written, by their checksums."""
    damaged = release.verify()
    if damaged:
        return False, f"damaged: {', '.join(damaged)}; build again with: comity build --force"
    return True, f"{len(release.manifest.checksums)} files have the checksums of the manifest"


def _content(release: Release) -> tuple[bool, str]:
    """The identifier of a release is a digest of its statements: compute it anew from the records."""
    from graph.rdf import content_address, lines, quads
    from ontologies.schema import schema

    found = content_address(lines(quads(release.records(), schema())))
    if found == release.id:
        return True, f"the statements give the identifier {found}"
    return False, f"the statements give {found}, but the release is called {release.id}; build again with --force"


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
    from graph.rdf import quads
    from graph.records import RECORD_TYPES
    from ingest.shacl import as_graph, validate
    from ontologies.schema import schema, shapes_path

    graph = as_graph(quads(release.records(), schema()))
    report, problems = validate(graph, shapes_path(), schema(), RECORD_TYPES, {})
    if report.conforms:
        return True, f"{report.triples} triples fit ({report.engine})"
    first = problems[0].message if problems else "no details"
    return False, f"{report.violations} violations, the first: {first}"


def _assertions(release: Release) -> tuple[bool, str]:
    """What the descriptions of the tables assert held when the release was built."""
    made = _report(release).assertions
    failed = [checked for checked in made if not checked.holds]
    errors = [checked for checked in failed if checked.severity == "error"]
    if errors:
        return False, f"{len(errors)} of {len(made)} fail, the first: {errors[0].assertion} ({errors[0].found})"
    return True, f"{len(made) - len(failed)} of {len(made)} hold, {len(failed)} fail as a warning"


def findings(release: Release) -> dict[str, list[str]]:
    """What the build found about the facts, kind by kind, one line each."""
    report = _report(release)
    return {
        "assertions": [
            f"{'holds' if checked.holds else 'fails'}: {checked.file}: {checked.assertion} ({checked.found})"
            for checked in report.assertions
        ],
        "warnings": [str(problem) for problem in report.warnings],
        "drops": [f"{drop.file}, row {drop.row}: {drop.message} (rule {drop.rule})" for drop in report.drops],
        "conflicts": [
            f"{', '.join(conflict.about)}: {conflict.field}: {'; or: '.join(conflict.readings)}"
            for conflict in report.conflicts
        ],
    }


def reviewed(release: Release) -> list[Finding]:
    """What the review of the facts found when the release was built (:mod:`ingest.review`)."""
    return _report(release).findings


def _report(release: Release) -> BuildReport:
    return msgspec.convert(release.report(), type=BuildReport)
