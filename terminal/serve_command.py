"""``comity serve``: answer over HTTP, and show the dashboard, until stopped."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locales.texts import _
from terminal import session
from terminal.commands import ANSWERED

if TYPE_CHECKING:
    from subprocess import Popen

    from api.settings import ApiSettings

ApiOnly = Annotated[bool, typer.Option("--api-only", help=_("Serve the API and nothing else."))]
DashboardOnly = Annotated[
    bool, typer.Option("--dashboard-only", help=_("Serve the dashboard of an API that runs already."))
]
DashboardPort = Annotated[
    int | None, typer.Option("--dashboard-port", min=1, max=65_535, help=_("Port of the dashboard; 8501 if left."))
]
Host = Annotated[str | None, typer.Option("--host", help=_("Address to listen on; only this machine if left."))]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65_535, help=_("Port; 0 takes a free one."))]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=64, help=_("Processes that answer."))]


def serve_command(
    api_only: ApiOnly = False,
    dashboard_only: DashboardOnly = False,
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    dashboard_port: DashboardPort = None,
) -> int:
    """Serve until stopped."""
    import msgspec

    from api.settings import load
    from dashboard.serving import start
    from terminal import dashboard_settings

    if api_only and dashboard_only:
        raise typer.BadParameter(_("choose one of --api-only and --dashboard-only"), param_hint="--dashboard-only")
    settings = session.settings()
    given = {"host": host, "port": port, "workers": workers}
    served = msgspec.structs.replace(load(Path.cwd())[0], **{name: v for name, v in given.items() if v is not None})
    if not api_only and not served.port:
        raise typer.BadParameter(_("the dashboard has to know the port: name one"), param_hint="--port")
    if not dashboard_only:
        session.release()  # one line now rather than a refusal of every request
    if api_only:
        _serve(served, settings.data, settings.facts)
        return ANSWERED
    shown = dashboard_settings.load(Path.cwd())[0]
    asked = shown.api if dashboard_only and shown.api else f"http://{served.host}:{served.port}"
    signal.signal(signal.SIGTERM, _stop)  # else the dashboard would outlive what started it
    shown_at = dashboard_port or shown.port
    dashboard = start(asked, shown_at, shown.host)
    typer.echo(_("Dashboard: {address}").format(address=f"http://{shown.host}:{shown_at}"), err=True)
    try:
        if dashboard_only:
            return dashboard.wait()
        _serve(served, settings.data, settings.facts)
    finally:
        _end(dashboard)
    return ANSWERED


def _serve(served: ApiSettings, data: Path, facts: Path | None) -> None:
    """Answer until stopped. What that takes is loaded here: a bad option is refused before, and the dashboard starts
    meanwhile."""
    from api.server import serve

    serve(served, data, facts)


def _stop(*_signal: object) -> None:
    sys.exit(ANSWERED)


def _end(process: Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=10)
