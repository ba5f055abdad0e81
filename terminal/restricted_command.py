"""``comity restricted``: the contacts that an agency adds for its own liaisons."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from locales.texts import _, plural
from terminal import recorded, session
from terminal.commands import ANSWERED, BAD_INPUT, complain
from terminal.options import Json
from terminal.programs import builtins, write_json

app = typer.Typer(help=_("Import and list contacts for liaisons only."))


@app.command(
    "import",
    short_help=_("Take the restricted contacts of a table."),
    help=_("Take the restricted contacts of TABLE in the place of those held; a table with a bad row changes nothing."),
)
def import_command(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help=_("A CSV table, see docs/accounts.md."))],
    json: Json = False,
) -> int:
    """Import a table."""
    import hashlib

    from graph import restricted
    from graph.restricted import RestrictedContact
    from ingest.restricted import read_contacts
    from terminal.accounts import problem_line

    settings = session.settings()
    read = read_contacts(table, session.release().records(), session.today())
    if read.problems:
        if json:
            write_json({"imported": 0, "problems": builtins(read.problems)})
        for problem in read.problems:
            print(problem_line(problem), file=sys.stderr)
        count = plural("{count} error", "{count} errors", len(read.problems))
        complain(_("nothing imported: {errors}; the contacts held before stay").format(errors=count))
        return BAD_INPUT
    contacts = tuple(row.record for row in read.rows if isinstance(row.record, RestrictedContact))
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    recorded.record(settings.data, "restricted import", f"{len(contacts)} contacts of {table.name}, SHA-256 {digest}")
    file = restricted.write(settings.data, contacts)
    if json:
        write_json({"imported": len(contacts), "file": str(file)})
    else:
        from terminal.screen import out

        told = plural(
            "{count} restricted contact is held now.", "{count} restricted contacts are held now.", len(contacts)
        )
        out().line(told)
    return ANSWERED


@app.command(
    "list",
    short_help=_("List the restricted contacts held."),
    help=_("List the restricted contacts held, on this machine and for who may read its data directory."),
)
def list_command(json: Json = False) -> int:
    """List the contacts."""
    from graph import restricted

    held = restricted.read(session.settings().data).contacts
    if json:
        write_json(builtins(held))
        return ANSWERED
    from terminal.screen import out

    screen = out()
    if not held:
        screen.line(_("No restricted contacts are held; import some with: comity restricted import"))
        return ANSWERED
    table = screen.table(_("id"), _("office"), _("contact"), _("as of"), _("from"))
    for contact in held:
        office = contact.authority or f"{contact.state} {contact.kind}"
        table.add_row(contact.id, office, _ways(contact), contact.as_of, contact.origin)
    screen.show(table)
    return ANSWERED


def _ways(contact: Any) -> str:
    return "\n".join(filter(None, (contact.name, contact.phone, contact.email, contact.website, contact.address)))
