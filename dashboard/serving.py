"""The dashboard as a process: which command runs it, and what it is told. Loads nothing of Streamlit itself."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

APP = Path(__file__).with_name("app.py")
HOST = "127.0.0.1"
"""This machine alone: pages do not ask who is reading."""
API = "COMITY_DASHBOARD_API"
"""The variable that tells the pages where the API answers."""


class CannotServe(Exception):
    """The dashboard cannot be started; the message is one line with the cure."""


def start(
    api: str, port: int, host: str = HOST, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start the dashboard on ``host`` and ``port``, as a client of the API at ``api``, until it is told to stop.

    Raises:
        CannotServe: Streamlit is not installed, or the port is taken.
    """
    if importlib.util.find_spec("streamlit") is None:
        raise CannotServe('the dashboard needs Streamlit; install it with: pip install "comity[dashboard]"')
    _free(host, port)
    command = [
        sys.executable,
        "-m",
        "dashboard.running",
        "run",
        str(APP),
        "--server.address",
        host,
        "--server.port",
        str(port),
    ]
    told = {**(os.environ if environment is None else environment), API: api}
    return subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)


def _free(host: str, port: int) -> None:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            raise CannotServe(f"port {port} of {host} is taken; name another with --dashboard-port") from None
