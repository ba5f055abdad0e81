"""``comity serve``: answer over HTTP until stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from terminal import session
from terminal.commands import ANSWERED
from terminal.texts import _

ApiOnly = Annotated[bool, typer.Option("--api-only", help=_("Serve the API and nothing else."))]
Host = Annotated[str | None, typer.Option("--host", help=_("Address to listen on; only this machine if left."))]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65_535, help=_("Port; 0 takes a free one."))]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=64, help=_("Processes that answer."))]


def serve_command(api_only: ApiOnly = False, host: Host = None, port: Port = None, workers: Workers = None) -> int:
    """Serve until stopped."""
    import msgspec

    from api.server import serve
    from api.settings import load

    settings = session.settings()
    given = {"host": host, "port": port, "workers": workers}
    served = msgspec.structs.replace(load(Path.cwd())[0], **{name: v for name, v in given.items() if v is not None})
    session.release()  # one line now rather than a refusal of every request
    serve(served, settings.data)
    return ANSWERED
