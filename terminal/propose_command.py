"""The command ``propose``: a sourced change of facts, checked, shown, and kept to be published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _, plural
from terminal import recorded, session
from terminal.commands import ANSWERED, BAD_INPUT, complain
from terminal.options import Json
from terminal.programs import builtins, write_json

if TYPE_CHECKING:
    from graph.curation.proposal import Fault
    from ingest.curation.by_hand import Written

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Check and show, and keep nothing."))]


def propose_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A proposal in YAML or JSON, see docs/curating.md."))],
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Propose what a file says."""
    from graph.curation import store
    from graph.curation.proposal import Step, digest, made, new_id, told
    from ingest.build import tables_in
    from ingest.curation.by_hand import read
    from ingest.curation.trial import ProposalRefused, tried
    from terminal import accounts, progress, proposal_view, screen

    settings = session.settings()
    written = read(file)
    name = new_id()
    try:
        with tables_in(settings.facts) as facts, progress.stages(screen.err(), accounts.stage_words()) as step:
            trial = tried(settings.data, facts, written.draft, name, session.today().isoformat(), step)
    except ProposalRefused as refused:
        return _refused(file, written, refused.faults, json)
    if dry_run:
        if json:
            write_json(trial)
        else:
            proposal_view.show_effect(screen.out(), trial.effect)
            screen.out().line(_("Nothing was kept; without --dry-run it would be."))
        return ANSWERED
    proposal = made(name, written.draft, trial, Step(at=store.now(), by=recorded.who()))
    recorded.record(settings.data, "propose", f"{name}, SHA-256 {digest(proposal)}, of {file.name}")
    store.write_proposal(settings.data, proposal)
    if json:
        write_json(told(proposal, ()))
    else:
        proposal_view.show_effect(screen.out(), proposal.effect)
        screen.out().line(_("Proposal {name} is open. Publish it with:").format(name=name))
        screen.out().link("  ", f"comity proposals publish {name}")
    return ANSWERED


def _refused(file: Path, written: Written, faults: tuple[Fault, ...], json: bool) -> int:
    """Tell why it cannot stand, each fault with its line in the file."""
    if json:
        write_json({"faults": builtins(faults)})
    for fault in faults:
        line = f":{written.lines[fault.change - 1]}" if fault.change is not None else ""
        print(" ".join(f"{file}{line}: {fault}".split()), file=sys.stderr)
    count = plural("{count} fault", "{count} faults", len(faults))
    complain(_("proposal refused: {faults}; nothing was kept").format(faults=count))
    return BAD_INPUT
