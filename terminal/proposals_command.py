"""``comity proposals``: what was proposed, published and withdrawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _, plural
from terminal import recorded, session
from terminal.commands import ANSWERED, BAD_INPUT, complain
from terminal.options import Json
from terminal.programs import builtins, write_json

if TYPE_CHECKING:
    from graph.curation.proposal import Proposal

app = typer.Typer(help=_("List, publish and withdraw proposals of changes of facts."))

Name = Annotated[str, typer.Argument(metavar="ID", help=_("A proposal, such as p-0123456789ab."))]


@app.command("list", short_help=_("List the proposals."), help=_("List the proposals with their state, newest first."))
def list_command(json: Json = False) -> int:
    """List the proposals."""
    from graph.curation import store
    from graph.curation.proposal import listed

    data = session.settings().data
    held = store.corrections(data)
    found = [listed(one, held) for one in store.proposals(data)]
    if json:
        write_json(builtins(found))
        return ANSWERED
    from terminal import proposal_view, screen

    proposal_view.show_list(screen.out(), found)
    return ANSWERED


@app.command("show", short_help=_("Show a proposal."), help=_("Show the proposal ID: its changes and what follows."))
def show_command(name: Name, json: Json = False) -> int:
    """Show one proposal."""
    from graph.curation import store
    from graph.curation.proposal import told

    data = session.settings().data
    shown = told(store.proposal_named(data, name), store.corrections(data))
    if json:
        write_json(shown)
        return ANSWERED
    from terminal import proposal_view, screen

    proposal_view.show_proposal(screen.out(), shown)
    return ANSWERED


@app.command(
    "publish",
    short_help=_("Publish a proposal."),
    help=_("Publish the proposal ID: build the release with it and bring that into use. Rows changed since are kept."),
)
def publish_command(name: Name, json: Json = False) -> int:
    """Publish a proposal."""
    from ingest.curation.publishing import publish

    return _done(name, "publish", publish, json)


@app.command(
    "withdraw",
    short_help=_("Withdraw a proposal, or take it back."),
    help=_("Withdraw the proposal ID; if it is published, build the release without it and bring that into use."),
)
def withdraw_command(name: Name, json: Json = False) -> int:
    """Withdraw a proposal."""
    from ingest.curation.publishing import take_back

    return _done(name, "withdraw", take_back, json)


def _done(name: str, what: str, do: Callable[..., Proposal], json: bool) -> int:
    """Publish or withdraw, once it is recorded who does."""
    from graph.curation import store
    from graph.curation.proposal import digest, told
    from ingest.build import tables_in
    from ingest.curation.trial import ProposalRefused
    from terminal import accounts, progress, proposal_view, screen

    settings = session.settings()
    known = store.proposal_named(settings.data, name)
    recorded.record(settings.data, f"proposals {what}", f"{name}, SHA-256 {digest(known)}")
    try:
        with tables_in(settings.facts) as facts, progress.stages(screen.err(), accounts.stage_words()) as step:
            proposal = do(settings.data, facts, name, recorded.who(), step)
    except ProposalRefused as refused:
        if json:
            write_json({"faults": builtins(refused.faults)})
        for fault in refused.faults:
            print(" ".join(f"{name}: {fault}".split()), file=sys.stderr)
        count = plural("{count} fault", "{count} faults", len(refused.faults))
        complain(_("nothing was changed: {faults}").format(faults=count))
        return BAD_INPUT
    shown = told(proposal, store.corrections(settings.data))
    if json:
        write_json(shown)
    else:
        proposal_view.show_state(screen.out(), shown)
    return ANSWERED
