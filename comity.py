"""The command line of Comity: it parses, calls and prints, and decides nothing.

Exit codes: 0 answered; 1 no path, or a check failed; 2 bad input, with one line on standard error; 3 a defect.
Every import that costs time stands inside the command that needs it, so that a single question stays fast.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from locales import texts
from locales.texts import _
from terminal import audit_command, keys_command, proposals_command, restricted_command, session
from terminal.brief_command import brief_command
from terminal.card_command import card_command
from terminal.commands import ANSWERED, BAD_INPUT, NOTHING, OneLineGroup, complain
from terminal.coverage_command import coverage_command
from terminal.diff_command import diff_command
from terminal.draft_command import draft_command
from terminal.export_command import export_command
from terminal.gaps_command import compare_command, gaps_command
from terminal.load_command import load_command
from terminal.network_command import network_command
from terminal.next_step_command import next_step_command
from terminal.options import Json, On
from terminal.path_command import path_command, why_not_command
from terminal.programs import builtins, write_json
from terminal.propose_command import propose_command
from terminal.serve_command import serve_command
from terminal.sparql_command import sparql_command
from terminal.what_if_command import what_if_command


class Comity(OneLineGroup):
    """The group of commands; knows which errors are due to the input."""

    def explain(self, error: Exception) -> str | None:
        """The reason where ``error`` is due to the input."""
        from graph.questions import QuestionError
        from graph.releases import BrokenRelease, Busy, NoRelease
        from graph.settings import SettingsError

        if isinstance(error, NoRelease):
            return _("no release in {place}; build one with: comity build").format(place=session.settings().data_dir)
        if isinstance(error, QuestionError | SettingsError | BrokenRelease | Busy):
            return str(error)
        if isinstance(error, OSError) and error.filename is not None:
            return f"{error.filename}: {error.strerror}"
        # What the heavy rooms raise is known only where they were loaded.
        for room, name in (
            ("graph.sparql", "SparqlError"),
            ("graph.exports", "ExportError"),
            ("graph.earlier", "NotHeld"),
            ("api.documents.sheets", "Unprintable"),
            ("graph.stores.neo4j.connection", "Neo4jProblem"),
            ("graph.restricted", "RestrictedContactsBroken"),
            ("graph.curation.store", "CurationBroken"),
            ("graph.curation.store", "NoProposal"),
            ("ingest.curation.by_hand", "UnreadableProposal"),
            ("ingest.curation.trial", "NotUpToDate"),
            ("ingest.curation.publishing", "WrongState"),
            ("api.identity.keys", "KeyProblem"),
            ("api.identity.roles", "RoleError"),
            ("api.audit.log", "AuditUnavailable"),
            ("dashboard.serving", "CannotServe"),
        ):
            kind = getattr(sys.modules.get(room), name, None)
            if kind is not None and isinstance(error, kind):
                return str(error)
        return None


app = typer.Typer(
    cls=Comity,
    name="comity",
    help=_("By which paths of law may one State ask another for help against online child sexual exploitation?"),
    epilog=_("Not legal advice. What is not on record is shown as that, never as a no."),
    invoke_without_command=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def start(ctx: typer.Context) -> None:
    """Show the commands where none is named."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(
    "build",
    short_help=_("Build the release from the fact tables."),
    help=_("Build the release from the fact tables; does nothing when it is up to date."),
)
def build_command(
    facts: Annotated[
        Path | None,
        typer.Option(help=_("Folder of fact tables; that of the settings, else the packaged ones, if left.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Build even when nothing has changed."))] = False,
    json: Json = False,
) -> int:
    """Build the release."""
    from ingest.build import build
    from ingest.report import BuildRefused
    from terminal import accounts, progress, screen

    settings = session.settings()
    facts = facts or settings.facts
    if facts is not None and not facts.is_dir():
        raise typer.BadParameter(_("{folder} is not a folder").format(folder=facts), param_hint="--facts")
    try:
        with progress.stages(screen.err(), accounts.stage_words()) as step:
            report = build(settings.data, facts, progress=step, force=force)
    except BuildRefused as refused:
        if json:
            write_json(refused.report)
        for problem in refused.report.errors:
            print(accounts.problem_line(problem), file=sys.stderr)
        count = len(refused.report.errors)
        told = texts.plural("{count} error", "{count} errors", count)
        complain(_("release refused: {errors}; the previous release stays in use").format(errors=told))
        return BAD_INPUT
    if json:
        write_json(report)
    else:
        accounts.show_build(screen.out(), builtins(report))
    return ANSWERED


app.command(
    "path",
    short_help=_("Answer a question with ranked paths."),
    help=_("Rank the paths by which FROM may ask TO for a measure, and say why not the others."),
)(path_command)


app.command(
    "why-not",
    short_help=_("List what almost works, and why not."),
    help=_("List everything that almost works between FROM and TO, and what stands in the way."),
)(why_not_command)


app.command(
    "coverage",
    short_help=_("Tell for how many pairs of States there is a path."),
    help=_("Tell for how many pairs of States the law on record provides a path, by measure, State, group or month."),
)(coverage_command)


@app.command(
    "show",
    short_help=_("Show everything on record about a thing."),
    help=_("Show everything on record about a State, instrument, authority, statute or provider."),
)
def show_command(
    thing: Annotated[str, typer.Argument(metavar="ID_OR_NAME", help=_("An id or a name, such as cets-185."))],
    on: On = None,
    json: Json = False,
) -> int:
    """Show one thing."""
    from graph.lookup import find
    from graph.profiles import profile
    from graph.questions import resolve_day

    network = session.book().network
    day = resolve_day(on, session.today())
    shown = profile(network, find(network, thing), day)
    if json:
        write_json(shown)
    else:
        from terminal.profile import show_profile
        from terminal.screen import out

        show_profile(out(), shown)
    return ANSWERED


@app.command(
    "status",
    short_help=_("Tell what the data directory holds."),
    help=_("Tell what the data directory holds: release, records, sources by age, conflicts, stores."),
)
def status_command(json: Json = False) -> int:
    """Describe the data directory."""
    from graph.holdings import holdings, stores
    from graph.releases import NoRelease

    status: dict[str, Any] = {"data_dir": str(session.settings().data), "release": None}
    try:
        release = session.release()
    except NoRelease:
        pass
    else:
        status |= {"release": release.id, "built_at": release.manifest.built_at}
        status |= {**holdings(release.records(), session.today()), "stores": stores(release, session.settings())}
    if json:
        write_json(status)
    else:
        from terminal.accounts import show_status
        from terminal.screen import out

        show_status(out(), status)
    return ANSWERED if status["release"] else NOTHING


@app.command(
    "check",
    short_help=_("Check the release again."),
    help=_("Check the release again: its files and content, the ontology, the assertions, the shapes."),
)
def check_command(
    facts: Annotated[bool, typer.Option("--facts", help=_("Review the facts: list what does not fit."))] = False,
    json: Json = False,
) -> int:
    """Check the release again; with ``facts`` an error of the review that is not known fails the check."""
    from ingest.recheck import findings, recheck, reviewed

    release = session.release()
    checks = [builtins(check) for check in recheck(release)]
    found = findings(release) if facts else {}
    review = builtins(reviewed(release)) if facts else []
    if json:
        told = {"findings": {**found, "review": review}} if facts else {}
        write_json({"release": release.id, "checks": checks, **told})
    else:
        from terminal.accounts import show_checks, show_findings
        from terminal.screen import out

        show_checks(out(), checks)
        show_findings(out(), found)
        if facts:
            from terminal.review import show_review

            show_review(out(), review)
    wrong = [finding for finding in review if finding["severity"] == "error" and "known" not in finding]
    return ANSWERED if all(check["ok"] for check in checks) and not wrong else NOTHING


app.command(
    "sparql",
    short_help=_("Ask the release in SPARQL."),
    help=_("Ask the release in SPARQL, read only; prefixes such as comity: and skos: need not be declared."),
)(sparql_command)


app.command(
    "export",
    short_help=_("Write the release to a file or folder."),
    help=_(
        "Write the release, or what concerns one topic, to a file or folder: turtle, nquads, jsonld, csv, datapackage,"
        " parquet, graphml, node-link, neo4j, mappings. Tables go into one ZIP archive where TARGET ends in .zip."
    ),
)(export_command)


app.command(
    "diff",
    short_help=_("Tell what changed between two releases."),
    help=_("Tell what changed between two releases on disk: records field by field, and how parties now stand."),
)(diff_command)


app.command(
    "load",
    short_help=_("Load the release into Neo4j."),
    help=_("Load the release into the Neo4j server of COMITY_NEO4J_URI: only what differs, in one transaction."),
)(load_command)


@app.command(
    "config",
    short_help=_("Print the settings and their origin."),
    help=_("Print the settings and where each comes from."),
)
def config_command(json: Json = False) -> int:
    """Print the settings."""
    from api import settings as api
    from graph.settings import load
    from terminal import dashboard_settings as dashboard

    origins = [builtins(origin) for read in (load, api.load, dashboard.load) for origin in read(Path.cwd())[1]]
    if json:
        write_json({origin["name"]: {"value": origin["value"], "from": origin["origin"]} for origin in origins})
    else:
        from terminal.accounts import show_settings
        from terminal.screen import out

        show_settings(out(), origins)
    return ANSWERED


app.command(
    "network",
    short_help=_("Survey the cooperation graph of a day."),
    help=_(
        "Survey the cooperation graph of a day: what carries it, who stands between, communities, cuts, States reached."
    ),
)(network_command)


app.command(
    "gaps",
    short_help=_("Show the gaps of a State and who closed them."),
    help=_("Show where a State's treaties and laws have gaps, and which States closed each, the nearest first."),
)(gaps_command)


app.command(
    "compare",
    short_help=_("Put States or groups side by side."),
    help=_(
        "Put 2 to 6 States, regions, organisations or IPU groups side by side: criteria, offences, treaties, offices."
    ),
)(compare_command)


app.command(
    "next-step",
    short_help=_("Tell which ratification gains most."),
    help=_("Tell which ratification or reform gains a State most, or a region, organisation, IPU group or the world."),
)(next_step_command)


app.command(
    "brief",
    short_help=_("Write a briefing on a State for a committee."),
    help=_(
        "Write a briefing on STATE for a parliamentary committee, two to six pages: position, gaps, good practice, "
        "next steps, map and time line, each with its sources."
    ),
)(brief_command)


app.command(
    "what-if",
    short_help=_("Compare the law with what it would be."),
    help=_("Compare the paths of today's law with those under assumptions: a ratification, a withdrawal, a reform."),
)(what_if_command)


app.command(
    "card",
    short_help=_("Tell how to ask a State, on one page."),
    help=_("Tell how to ask STATE: its offices, ways in, languages, demands and limits, as far as on record."),
)(card_command)


app.command(
    "draft",
    short_help=_("Save the kit of a request for a path."),
    help=_(
        "Save the kit of a request from FROM to TO on your own disk: offices, basis, blanks, checklist. "
        "Facts of a case are neither asked for nor kept."
    ),
)(draft_command)


app.command(
    "serve",
    short_help=_("Answer over HTTP and show the dashboard until stopped."),
    help=_("The API, with its documentation at /docs, and the dashboard beside it, until stopped."),
)(serve_command)


app.command(
    "propose",
    short_help=_("Propose a sourced change of facts."),
    help=_("Check the proposal in FILE (YAML or JSON), show what it would change, and keep it to be published."),
)(propose_command)


app.add_typer(proposals_command.app, name="proposals", short_help=_("Publish and withdraw proposals."))
app.add_typer(keys_command.app, name="keys", short_help=_("Manage the API keys of the server."))
app.add_typer(audit_command.app, name="audit", short_help=_("Check and export the audit trail."))
app.add_typer(restricted_command.app, name="restricted", short_help=_("Manage contacts for liaisons only."))


def main() -> None:
    """Run the command line."""
    app(prog_name="comity")


if __name__ == "__main__":
    main()
