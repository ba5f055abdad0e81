"""Building a release: tables, corrected → records → reconciled → derived → reviewed → asserted → RDF → SHACL → kept.

A release is written whole or not at all: any error refuses it and the previous release stays in use. The same tables
and corrections give the same release, whatever the order of rows. When nothing that goes into a release has changed
since the current one was built, nothing is done.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graph.review import TableReport
from ingest.report import BuildRefused, BuildReport, CorrectionOutdated

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from graph.curation.proposal import Correction
    from graph.model import Concept, Record
    from graph.records import Records
    from ingest.curation.overlay import Overlay
    from ingest.ledger import Ledger
    from ingest.review.known import Known
    from ingest.sources import Description
    from ingest.tables import Row, Table

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is to do (0: not known)."""

STAGES = ("read", "references", "reconcile", "derive", "review", "assertions", "quads", "shacl", "write")


def build(
    data_dir: Path,
    facts_dir: Path | None = None,
    *,
    progress: Progress | None = None,
    force: bool = False,
) -> BuildReport:
    """Build the release of the tables in ``facts_dir`` (default: the packaged ones) into ``data_dir``.

    ``force`` builds even when nothing has changed.

    The corrections published in ``data_dir`` are laid over the tables.

    Raises:
        BuildRefused: the tables hold errors, or a correction does not fit them any more; its report names each with
            file, row, column and cure.
        Busy: a correction is being published, or another build is writing.
        CurationBroken: the corrections cannot be read.
    """
    # What builds is imported only when something is built: to find that nothing has changed takes no time.
    from graph.curation import store

    with tables_in(facts_dir) as tables:
        if not force:
            held = _unchanged(data_dir, fingerprint(tables, store.corrections(data_dir)))
            if held is not None:
                return held
        with store.steady(data_dir):
            return Build(tables, store.corrections(data_dir), progress).run(data_dir)


@contextmanager
def tables_in(facts_dir: Path | None) -> Iterator[Path]:
    """The folder of the tables: ``facts_dir``, or that of the packaged ones."""
    if facts_dir is not None:
        yield facts_dir
        return
    from ingest.facts import packaged_tables

    with packaged_tables() as packaged:
        yield packaged


def _now() -> str:
    """The only clock of a build; the time is no part of the release id."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def fingerprint(facts_dir: Path, corrections: Sequence[Correction] = ()) -> str:
    """SHA-256 of everything that a release depends on: tables, descriptions, corrections, the ontology and the code."""
    digest = hashlib.sha256()
    for name, path in sorted(_inputs(facts_dir)):
        digest.update(f"{name}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    if corrections:
        digest.update(msgspec.json.encode(corrections))
    return digest.hexdigest()


def _inputs(facts_dir: Path) -> Iterator[tuple[str, Path]]:
    """Every file that a release depends on, with a name that does not depend on where the files lie."""
    rooms = [("facts", facts_dir, ("csv", "yaml"))]
    rooms += [(room, Path(str(resources.files(room))), ("py", "ttl")) for room in ("ontologies", "graph", "ingest")]
    for room, home, endings in rooms:
        for ending in endings:
            for path in home.rglob(f"*.{ending}"):
                yield f"{room}/{path.relative_to(home).as_posix()}", path


def _unchanged(data_dir: Path, mark: str) -> BuildReport | None:
    """A short report when the current release was built from the same inputs."""
    from graph.releases import BrokenRelease, NoRelease, current

    try:
        release = current(data_dir)
    except (NoRelease, BrokenRelease):
        return None
    if release.manifest.fingerprint != mark:
        return None
    return BuildReport(release=release.id, unchanged=True, fingerprint=mark)


class Build:
    """One run: the stages in order, each timed, all problems collected.

    ``corrections`` are laid over the tables in ``facts_dir``; ``new`` names the one of them that is not published yet.
    """

    def __init__(
        self,
        facts_dir: Path,
        corrections: Sequence[Correction] = (),
        progress: Progress | None = None,
        new: str | None = None,
    ) -> None:
        from ingest.ledger import Ledger

        self.facts_dir, self.corrections, self.new = facts_dir, corrections, new
        self.progress = progress or _silent
        told = [one.proposal for one in corrections]
        self.report = BuildReport(fingerprint=fingerprint(facts_dir, corrections), corrections=told)
        self.ledger: Ledger = Ledger()
        self.tables: list[Table] = []
        self.rows: defaultdict[type[Record], list[Row]] = defaultdict(list)
        self.descriptions: dict[str, Description] = {}
        self.known: list[Known] = []
        self.overlay: Overlay | None = None

    def run(self, data_dir: Path, before_use: Callable[[], None] | None = None) -> BuildReport:
        """Make the release and keep it in ``data_dir``; ``before_use`` as in :func:`graph.releases.write_release`.

        Raises:
            BuildRefused: there are errors.
        """
        from graph.releases import write_release

        records = self.made()
        with self._stage("write"):
            write_release(
                data_dir,
                records,
                self.report,
                fingerprint=self.report.fingerprint,
                built_at=_now(),
                before_use=before_use,
            )
        return self.report

    def made(self) -> Records:
        """The records of the release, checked in every way; ``report.release`` is its id. Nothing is written.

        Raises:
            BuildRefused: there are errors.
        """
        from graph.rdf import quads, release_id
        from ontologies.schema import schema

        with self._stage("read"):
            concepts = self._read()
        with self._stage("references"):
            self._check_references()
        self._refuse_if_broken()
        with self._stage("reconcile"):
            records = self._reconcile(concepts)
        with self._stage("derive"):
            records = self._derive(records)
        self._refuse_if_broken()
        with self._stage("review"):
            self._review(records)
        with self._stage("assertions"):
            self._check_assertions(records)
        self._refuse_if_broken()
        with self._stage("quads"):
            statements = list(quads(records, schema()))
        with self._stage("shacl"):
            self._validate(statements)
        self._refuse_if_broken()
        self._tally(records)
        self.report.release = release_id(statements)
        return records

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.progress(name, 0, 0)
        began = time.perf_counter()
        yield
        self.report.seconds[name] = round(time.perf_counter() - began, 3)

    def _refuse_if_broken(self) -> None:
        self.report.problems.sort(key=lambda problem: (problem.severity, problem))
        if self.report.errors:
            self._tally()
            outdated = self.overlay is not None and self.overlay.outdated
            raise (CorrectionOutdated if outdated else BuildRefused)(self.report)

    def _read(self) -> list[Concept]:
        from ingest.concepts import concept_records, keys_by_scheme
        from ingest.facts import tables
        from ingest.review import RULES
        from ingest.review.known import read_known
        from ingest.sources import read_description
        from ingest.tables import read_table
        from ontologies.schema import concepts

        records = concept_records(concepts())
        vocabulary = keys_by_scheme(records)
        found, problems = tables(self.facts_dir)
        self.report.problems += problems
        for position, (file, path) in enumerate(found, start=1):
            self.tables.append(read_table(path, file, vocabulary))
            described, problems = read_description(path.with_suffix(".yaml"), file.removesuffix(".csv") + ".yaml")
            self.report.problems += problems
            if described is not None:
                self.descriptions[file] = described
            self.progress("read", position, len(found))
        if self.corrections:
            self._correct(dict(found), vocabulary)
        for table in self.tables:
            if table.record_type is not None:
                self.rows[table.record_type] += table.rows
            self.report.problems += table.problems
        self.known, problems = read_known(self.facts_dir, [rule.key for rule in RULES])
        self.report.problems += problems
        return records

    def _correct(self, paths: Mapping[str, Path], vocabulary: Mapping[str, frozenset[str]]) -> None:
        from ingest.curation.overlay import Overlay

        self.overlay = Overlay(self.tables, paths, vocabulary)
        for correction in self.corrections:
            self.overlay.lay(correction, new=correction.proposal == self.new)
        self.tables = self.overlay.tables()
        self.report.problems += self.overlay.problems
        for row, why in self.overlay.taken:
            self.ledger.dropped(row, "corrected", why)

    def _check_references(self) -> None:
        from ingest.references import clashing_ids, names_by_id, unresolved

        # What could not be read counts as there: one bad cell shall not make a hundred bad references.
        refused = frozenset(name for table in self.tables for name in table.refused_ids)
        unread = frozenset(table.record_type for table in self.tables if table.record_type and table.unreadable)
        names = names_by_id(self.rows)
        self.report.problems += unresolved(self.rows, names, refused=refused, unread=unread)
        self.report.problems += clashing_ids(self.rows)

    def _reconcile(self, concepts: Iterable[Concept]) -> Records:
        from ingest.reconcile import reconcile

        return reconcile(self.rows, concepts, self.ledger)

    def _derive(self, records: Records) -> Records:
        from ingest.derive import derive

        records, problems = derive(records, self.ledger)
        self.report.problems += problems
        conflicts = tuple(sorted(self.ledger.conflicts, key=lambda conflict: conflict.id))
        return msgspec.structs.replace(records, conflicts=conflicts)

    def _review(self, records: Records) -> None:
        from ingest.review import review
        from ingest.review.known import with_reasons

        today = _now().partition("T")[0]
        self.report.findings, stale = with_reasons(review(records, self.ledger.origins, today), self.known)
        self.report.problems += stale

    def _check_assertions(self, records: Records) -> None:
        from ingest.problems import Problem
        from ingest.sources import check

        for table in self.tables:
            description = self.descriptions.get(table.file)
            if description is None:
                continue
            rows, read = self._as_corrected(table)
            for checked in check(table.file, description, rows, read, records):
                self.report.assertions.append(checked)
                if not checked.holds:
                    problem = Problem(
                        file=table.file.removesuffix(".csv") + ".yaml",
                        message=f"the assertion '{checked.assertion}' fails: {checked.found}",
                        cure="Complete the table, or correct the assertion if it asks too much",
                        severity="error" if checked.severity == "error" else "warning",
                    )
                    self.report.problems.append(problem)

    def _as_corrected(self, table: Table) -> tuple[list[Row], int]:
        """The rows of ``table`` with those of corrections, and how many there are; for what is asserted of it."""
        if self.overlay is None:
            return table.rows, table.read
        own = [row for one in self.tables if self.overlay.file_of.get(one.file) == table.file for row in one.rows]
        gone = sum(row.file == table.file for row, _ in self.overlay.taken)
        return table.rows + own, table.read - gone + len(own)

    def _validate(self, statements: Sequence[Quad]) -> None:
        from graph.records import RECORD_TYPES
        from ingest.shacl import as_graph, validate
        from ontologies.schema import schema, shapes_path

        graph = as_graph(statements)
        self.report.shacl, problems = validate(graph, shapes_path(), schema(), RECORD_TYPES, self.ledger.origins)
        self.report.problems += problems

    def _tally(self, records: Records | None = None) -> None:
        """Fill in the figures of the report."""
        ledger, report = self.ledger, self.report
        for table in self.tables:
            merged, dropped = ledger.merged_in_file[table.file], ledger.dropped_in_file[table.file]
            description = self.descriptions.get(table.file)
            report.tables.append(
                TableReport(
                    file=table.file,
                    title=description.title if description else "",
                    read=table.read,
                    accepted=table.read - merged - dropped - table.refused,
                    merged=merged,
                    dropped=dropped,
                    refused=table.refused,
                )
            )
        report.merged = dict(sorted(ledger.merged_by_rule.items()))
        report.derived = dict(sorted(ledger.derived_by_rule.items()))
        report.drops = sorted(ledger.drops)
        if records is not None:
            report.conflicts = list(records.conflicts)
            fields = msgspec.structs.fields(records)
            report.records = {field.name: len(getattr(records, field.name)) for field in fields}
