"""No route shows anything of a restricted contact to the wrong role, whatever is asked and however.

Two servers have the same release; one of them has restricted contacts. Whoever may not see these must not be able to
tell the two apart: by no body, header, status, count, error, cache or form. Before each question a liaison asks the
same, so that what is kept of their answer would be found. Routes are taken from the application, so that a new one is
covered by itself.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from api.application import create_application
from api.identity import gate, roles
from api.settings import ApiSettings
from graph import restricted
from graph.restricted import RestrictedContact
from tests.api.restricted.conftest import CONTACTS, MARK, QUESTION, TODAY, contact, keys_of
from tests.api.restricted.requests import ACCEPTED, KNOWN, Asked, Route, requests, routes_of
from tests.terminal.small_world import RECORDS

VOLATILE = frozenset({"date", "ratelimit", "x-request-id", "server-timing"})
"""Headers that differ from one request to the next."""

OFTEN = 10**9
"""Requests a minute: limits are tested elsewhere."""

MEASURED = frozenset({"/metrics"})
"""Paths whose answers tell about earlier requests; they are searched for marks only."""

CURATORS_ONLY = "/v1/proposals"
"""What lies here says nothing to anybody else, and takes nothing from them: see tests/api/curation."""

ROUTES = routes_of(create_application(ApiSettings()))


class Pair(NamedTuple):
    """The server that has restricted contacts, the one that has none, and callers of every kind."""

    data: Path
    having: httpx.AsyncClient
    lacking: httpx.AsyncClient
    keys: dict[str, dict[str, str]]
    portal: BlockingPortal


@asynccontextmanager
async def serving(data: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on ``data``; defects come back as responses.

    Both run in one loop, where thousands of requests take a third of what they take from thread to thread.
    """
    application = create_application(ApiSettings(), data)
    application.state.today = lambda: TODAY
    transport = httpx.ASGITransport(application, raise_app_exceptions=False, client=("127.0.0.1", 50_000))
    async with (
        application.router.lifespan_context(application),
        httpx.AsyncClient(transport=transport, base_url="http://testserver", follow_redirects=True) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def pair(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both servers, without limits on how often is asked."""
    having, lacking = (tmp_path_factory.mktemp(name) / "data" for name in ("having", "lacking"))
    shutil.copytree(small_release, having)
    keys = keys_of(having)
    keys["somebody with a wrong key"] = {"Authorization": "Bearer comity_00000000_" + "0" * 64}
    keys["somebody with a made-up token"] = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoibGlhaXNvbiJ9."}
    shutil.copytree(having, lacking)
    restricted.write(having, CONTACTS)
    with pytest.MonkeyPatch.context() as patched:
        for role, rights in roles.RIGHTS.items():
            patched.setitem(roles.RIGHTS, role, replace(rights, per_minute=OFTEN, burst=OFTEN))
        patched.setattr(gate, "FAILURES", replace(gate.FAILURES, per_minute=OFTEN, burst=OFTEN))
        with (
            start_blocking_portal() as portal,
            portal.wrap_async_context_manager(serving(having)) as one,
            portal.wrap_async_context_manager(serving(lacking)) as other,
        ):
            yield Pair(having, one, other, keys, portal)


STRANGERS = ("somebody with a wrong key", "somebody with a made-up token")
OTHERS = ("anonymous", "researcher", *STRANGERS)


async def sent(client: httpx.AsyncClient, asked: Asked, who: dict[str, str]) -> httpx.Response:
    """The response to a request."""
    request = client.build_request(
        asked.method, asked.path, params=asked.query, headers=[*asked.headers, *who.items()], content=asked.body
    )
    return await client.send(request)


def told(response: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that a response tells."""
    headers = sorted((name, value) for name, value in response.headers.multi_items() if name not in VOLATILE)
    return response.status_code, headers, response.content


def check(pair: Pair, asked: Asked, role: str) -> httpx.Response:
    """Ask both servers as somebody who may not see restricted contacts; returns the answer."""
    return pair.portal.call(_checked, pair, asked, role)


async def _checked(pair: Pair, asked: Asked, role: str) -> httpx.Response:
    await sent(pair.having, asked, pair.keys["liaison"])
    answer = await sent(pair.having, asked, pair.keys[role])
    if MARK not in asked.says:
        assert MARK not in answer.text
        assert MARK not in repr(answer.headers)
    if asked.path not in MEASURED:
        assert told(answer) == told(await sent(pair.lacking, asked, pair.keys[role]))
    return answer


def test_the_routes_are_found() -> None:
    found = {(route.method, route.path) for route in ROUTES}
    assert {("GET", "/v1/paths"), ("POST", "/v1/paths"), ("GET", "/openapi.json")} <= found


def test_the_test_would_find_a_leak(pair: Pair) -> None:
    """A liaison tells the two servers apart by the very same comparison."""
    asked = Asked("GET", "/v1/paths", tuple(QUESTION.items()), (), b"")
    answers = [pair.portal.call(sent, client, asked, pair.keys["liaison"]) for client in (pair.having, pair.lacking)]
    assert told(answers[0]) != told(answers[1])
    assert MARK in answers[0].text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_route_shows_anything_in_any_form(pair: Pair, route: Route) -> None:
    """Every route as it wants to be asked, in every form, by everybody who may not see."""
    statuses = set()
    for accepted in ACCEPTED:
        for role in ("anonymous", "researcher"):
            statuses.add(check(pair, route.asked(accepted), role).status_code)
    if route.path.startswith(CURATORS_ONLY):
        assert statuses == {403}
    else:
        assert 200 in statuses, "name good values for this route in tests/api/restricted/requests.py: it only refused"
        assert statuses <= {200, 406, 422}
    for stranger in STRANGERS:
        assert check(pair, route.asked("*/*"), stranger).status_code == 401


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests(ROUTES), st.sampled_from(OTHERS))
def test_no_question_tells_the_servers_apart(pair: Pair, asked: Asked, role: str) -> None:
    check(pair, asked, role)


OFFICES = st.one_of(
    st.fixed_dictionaries({"authority": st.sampled_from([one.id for one in RECORDS.authorities])}),
    st.fixed_dictionaries(
        {
            "state": st.sampled_from([state.id for state in RECORDS.states]),
            "kind": st.sampled_from(("contact-point-24-7", "central-authority", "investigation", "provider")),
        }
    ),
)
LISTS = st.lists(
    st.builds(lambda number, office: contact(f"{number}", **office), st.integers(0, 10**6), OFFICES),
    max_size=5,
    unique_by=lambda one: one.id,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    LISTS,
    st.sampled_from(KNOWN["from"]),
    st.sampled_from(("FRA", "USA", "KOR")),
    st.sampled_from(KNOWN["measure"]),
    st.sampled_from(("anonymous", "researcher")),
)
def test_no_contacts_change_what_others_see(
    pair: Pair, contacts: list[RestrictedContact], from_: str, to: str, measure: str, role: str
) -> None:
    restricted.write(pair.data, tuple(contacts))
    try:
        check(pair, Asked("GET", "/v1/paths", (("from", from_), ("to", to), ("measure", measure)), (), b""), role)
    finally:
        restricted.write(pair.data, CONTACTS)
