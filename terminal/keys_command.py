"""``comity keys``: API keys of the server: who has one, for which role, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _
from terminal import recorded, session
from terminal.commands import ANSWERED
from terminal.options import Json
from terminal.programs import builtins, write_json

if TYPE_CHECKING:
    from api.identity.keys import Key, KeyStore

app = typer.Typer(help=_("Create, list, rotate and revoke API keys."))

Prefix = Annotated[str, typer.Argument(metavar="PREFIX", help=_("The key's prefix, as comity keys list shows it."))]
Days = Annotated[int | None, typer.Option("--days", min=1, help=_("Days for which the key is valid; 365 if left."))]


@app.command("create", short_help=_("Create a key."), help=_("Create a key for HOLDER and show it, this once."))
def create_command(
    holder: Annotated[str, typer.Argument(metavar="HOLDER", help=_("Who will use it: an office or a program."))],
    role: Annotated[str, typer.Option("--role", help=_("researcher, liaison or curator."))],
    days: Days = None,
    json: Json = False,
) -> int:
    """Create a key."""
    from api.identity.keys import DEFAULT_DAYS

    key, written = _store().create(holder, role, days or DEFAULT_DAYS)
    return _shown(key, written, "keys create", json)


@app.command("list", short_help=_("List all keys."), help=_("List all keys, also those that have ended."))
def list_command(json: Json = False) -> int:
    """List the keys."""
    from api.identity.keys import now

    moment = now()
    held = _store().held()
    if json:
        write_json([builtins(key) | {"state": key.state(moment)} for key in held])
        return ANSWERED
    from terminal.screen import out

    screen = out()
    if not held:
        screen.line(_("No keys yet; make one with: comity keys create"))
        return ANSWERED
    states = {"valid": _("valid"), "expired": _("expired"), "revoked": _("revoked")}
    table = screen.table(_("prefix"), _("holder"), _("role"), _("state"), _("ends"), _("last used"))
    for key in held:
        used = key.last_used_on or screen.sign("dash")
        table.add_row(key.prefix, key.holder, key.role, states[key.state(moment)], key.expires_at[:10], used)
    screen.show(table)
    return ANSWERED


@app.command(
    "rotate",
    short_help=_("Replace a key by a new one."),
    help=_("Make a new key in the place of PREFIX and show it, this once; the old one ends after the overlap."),
)
def rotate_command(
    prefix: Prefix,
    overlap: Annotated[
        float | None, typer.Option("--overlap", min=0, help=_("Hours for which both are valid; 24 if left."))
    ] = None,
    days: Days = None,
    json: Json = False,
) -> int:
    """Rotate a key."""
    from api.identity.keys import DEFAULT_DAYS, DEFAULT_OVERLAP_HOURS

    hours = DEFAULT_OVERLAP_HOURS if overlap is None else overlap
    key, written = _store().rotate(prefix, days or DEFAULT_DAYS, hours)
    return _shown(key, written, "keys rotate", json)


@app.command("revoke", short_help=_("End a key now."), help=_("End the key PREFIX now."))
def revoke_command(prefix: Prefix, json: Json = False) -> int:
    """Revoke a key."""
    key = _store().revoke(prefix)
    recorded.record(session.settings().data, "keys revoke", prefix)
    if json:
        write_json(builtins(key))
    else:
        from terminal.screen import out

        out().line(_("Key {prefix} of {holder} is revoked.").format(prefix=key.prefix, holder=key.holder))
    return ANSWERED


def _store() -> KeyStore:
    from api.identity.keys import KeyStore

    return KeyStore(session.settings().data)


def _shown(key: Key, written: str, command: str, json: bool) -> int:
    """Show a new key, once it is recorded: a key that nobody could record is never shown."""
    replaced = f" in place of {key.replaces}" if key.replaces else ""
    did = f"{key.prefix} for {key.holder}, {key.role}, until {key.expires_at}{replaced}"
    recorded.record(session.settings().data, command, did)
    if json:
        write_json(builtins(key) | {"key": written})
        return ANSWERED
    from terminal.screen import out

    screen = out()
    told = _("Key {prefix} for {holder} ({role}), valid until {day}. It is shown this once and kept nowhere:")
    screen.line(told.format(prefix=key.prefix, holder=key.holder, role=key.role, day=key.expires_at[:10]))
    screen.link("", written)
    return ANSWERED
