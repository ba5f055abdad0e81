"""Pages for readers: filled in from templates, with a policy that lets a browser load nothing from elsewhere."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import Response

from api.problems import not_found
from ontologies.iris import THINGS, VOCABULARIES

HERE = Path(__file__).parent.parent
HTML = "text/html"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content security policy of pages."""

ASKING_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
"""Policy of the page to ask on: its editor writes one style element itself, which is let through by its hash."""

FILES = {
    "pages.css": "text/css",
    "sparql.js": "text/javascript",
    "yasgui-4.6.2.min.css.gz": "text/css",
    "yasgui-4.6.2.min.js.gz": "text/javascript",
}
"""Files that pages use."""

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def page(template: str, **values: Any) -> bytes:
    """The page that ``template`` makes of ``values``; whatever they hold is shown as text."""
    return _templates.get_template(template).render(here=here, **values).encode()


def here(iri: str) -> str:
    """Where a link to ``iri`` leads: things of the graph are on this server, and nothing but web pages elsewhere."""
    home = THINGS.removesuffix("id/")
    if iri.startswith((THINGS, VOCABULARIES)):
        return "/" + iri.removeprefix(home)
    return iri if iri.startswith(("https://", "http://")) else "#"


def file(request: Request, name: str) -> Response:
    """A file that pages use, as it is packed where the client takes that.

    Raises:
        Problem: there is no such file.
    """
    media = FILES.get(name)
    if media is None:
        raise not_found(f"there is no file {name[:60]!r}")
    headers = {"Cache-Control": "public, max-age=86400", "Vary": "Accept-Encoding"}
    content = _content(name)
    if name.endswith(".gz"):
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(content, headers={**headers, "Content-Encoding": "gzip"}, media_type=media)
        content = gzip.decompress(content)
    return Response(content, headers=headers, media_type=media)


@cache
def _content(name: str) -> bytes:
    return (HERE / "static" / name).read_bytes()
