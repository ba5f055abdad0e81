"""Accounts of the machinery: what a build did, the state of the data directory, the result of checks, the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from rich.text import Text

from locales.texts import _, plural
from terminal.screen import Screen


class Problem(Protocol):
    """A defect of a table."""

    @property
    def file(self) -> str:
        """Relative to the tables."""

    @property
    def row(self) -> int | None:
        """Line in the file; 1 is the header."""

    @property
    def column(self) -> str | None:
        """Name of the column."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def cure(self) -> str:
        """What to do."""


def problem_line(problem: Problem) -> str:
    """``file:row: column: message. Cure: …`` on one line."""
    place = problem.file if problem.row is None else f"{problem.file}:{problem.row}"
    column = f" {problem.column}:" if problem.column else ""
    said = problem.message.rstrip(".")
    return " ".join(_("{place}:{column} {said}. Cure: {cure}").format(
        place=place, column=column, said=said, cure=problem.cure
    ).split())  # fmt: skip


def stage_words() -> dict[str, str]:
    """What each stage of a build does."""
    return {
        "read": _("reading the tables"),
        "references": _("checking references"),
        "reconcile": _("uniting rows that say the same"),
        "derive": _("deducing facts by rule"),
        "review": _("reviewing the facts"),
        "assertions": _("checking the assertions of the sources"),
        "quads": _("writing statements"),
        "shacl": _("validating against the shapes"),
        "write": _("keeping the release"),
    }


def show_build(screen: Screen, report: Mapping[str, Any]) -> None:
    """Write the account of a build that made a release, or found it up to date."""
    if report["unchanged"]:
        screen.line(_("Release {release} is up to date; nothing was built.").format(release=report["release"]))
        return
    table = screen.table()
    table.add_column(_("table"), overflow="fold", ratio=1)
    columns = {
        "read": _("read"), "accepted": _("accepted"), "merged": _("merged"), "dropped": _("dropped"),
        "refused": _("refused"),
    }  # fmt: skip
    for title in columns.values():
        table.add_column(title, justify="right")
    for row in report["tables"]:
        table.add_row(row["file"], *(str(row[key]) for key in columns))
    totals = [str(sum(row[key] for row in report["tables"])) for key in columns]
    table.add_section()
    table.add_row(_("all tables"), *totals, style="bold")
    screen.show(table)
    screen.console.print()
    conflicts = plural("{count} conflict kept visible", "{count} conflicts kept visible", len(report["conflicts"]))
    derived = sum(report["derived"].values())
    deduced = plural("{count} fact deduced by rule", "{count} facts deduced by rule", derived)
    warnings = sum(problem["severity"] == "warning" for problem in report["problems"])
    warned = plural("{count} warning", "{count} warnings", warnings)
    reviewed = plural(
        "{count} finding of the review (see: comity check --facts)",
        "{count} findings of the review (see: comity check --facts)",
        len(report["findings"]),
    )
    screen.line("; ".join((conflicts, deduced, warned, reviewed)) + ".")
    shacl = report["shacl"]
    if shacl:
        told = _("SHACL ({engine}): {triples} triples, {violations} violations.")
        screen.line(told.format(engine=shacl["engine"], triples=shacl["triples"], violations=shacl["violations"]))
    seconds = sum(report["seconds"].values())
    screen.line(_("Release {release} built in {seconds:.1f} s.").format(release=report["release"], seconds=seconds))


def show_status(screen: Screen, status: Mapping[str, Any]) -> None:
    """Write what the data directory holds."""
    screen.item(_("data directory:"), status["data_dir"])
    if status["release"] is None:
        screen.item(_("release:"), _("none; build one with: comity build"))
        return
    screen.item(_("release:"), f"{status['release']}, {_('built')} {status['built_at']}")
    screen.item(_("law as known to sources up to:"), status["newest_source"] or _("undated"))
    table = screen.table(_("records"))
    table.add_column(_("count"), justify="right")
    for name, count in status["records"].items():
        table.add_row(name.replace("_", " "), str(count))
    screen.console.print()
    screen.show(table)
    screen.heading(_("Sources by age"))
    for age, count in status["sources_by_age"].items():
        screen.item(f"{count:>6}", age, indent=2)
    screen.heading(_("Stores"))
    for store in status["stores"]:
        if store["problem"]:
            mark, told = screen.result("unknown", _("not known")), f"{store['name']}: {store['problem']}"
        else:
            fresh = store["current"]
            mark = screen.result("met", _("current")) if fresh else screen.result("unknown", _("not current"))
            told = f"{store['name']} ({store['release'] or _('empty')})"
        screen.item(mark.append(":"), told, indent=2)
    screen.line()
    told = plural("{count} conflict between sources", "{count} conflicts between sources", status["conflicts"])
    screen.line(told)


def show_checks(screen: Screen, checks: Sequence[Mapping[str, Any]]) -> None:
    """Write the result of each check."""
    for check in checks:
        good = check["ok"]
        mark = screen.result("met", _("good")) if good else screen.result("not met", _("failed"))
        screen.item(mark.append(":"), f"{check['name']}: {check['detail']}")


def show_findings(screen: Screen, findings: Mapping[str, Sequence[str]]) -> None:
    """Write what the build found about the facts, kind by kind."""
    titles = {
        "assertions": _("Assertions of the sources"),
        "warnings": _("Warnings"),
        "drops": _("Rows and fields that gave way to better sources"),
        "conflicts": _("Sources contradict each other"),
    }
    for kind, lines in findings.items():
        screen.heading(f"{titles[kind]} ({len(lines)})")
        for line in lines:
            screen.item(screen.sign("bullet"), line, indent=2)


def show_settings(screen: Screen, origins: Sequence[Mapping[str, Any]]) -> None:
    """Write each setting with where it comes from."""
    table = screen.table(_("setting"), _("value"), _("from"))
    for origin in origins:
        table.add_row(origin["name"], str(origin["value"]), origin["origin"])
    screen.show(table)


def show_result(screen: Screen, result: Mapping[str, Any]) -> None:
    """Write a SPARQL result, as in its JSON format: rows as a table, a yes-or-no answer as a word."""
    if "boolean" in result:
        screen.line(_("yes") if result["boolean"] else _("no"))
        return
    variables, rows = result["head"]["vars"], result["results"]["bindings"]
    table = screen.table(*variables)
    for row in rows:
        table.add_row(*(Text(row[name]["value"]) if name in row else "" for name in variables))
    screen.show(table)
    screen.line(plural("{count} row", "{count} rows", len(rows)), style="dim")


def show_next_steps(screen: Screen, folder: Path) -> None:
    """Write how the files for Neo4j's import are used."""
    screen.heading(_("On the server, while it does not run"))
    screen.link("  ", f"sh {folder}/import.sh neo4j")
    screen.heading(_("Then start it, and run"))
    screen.link("  ", f"cypher-shell --database neo4j --file {folder}/schema.cypher")


def show_written(screen: Screen, release: str, files: Sequence[str]) -> None:
    """Write which files an export made."""
    screen.line(_("Release {release} written to:").format(release=release))
    for file in files:
        screen.link("  ", file)
