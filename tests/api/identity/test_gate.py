"""The gate before the application: who gets in as whom, how often, and what named sites may do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from api import problems
from api.access import caller
from api.headers import Headers
from api.identity import gate
from api.identity.guard import check, guard, has_accounts, is_loopback
from api.identity.keys import KeyStore
from api.identity.roles import RIGHTS, Rights
from api.settings import ApiSettings
from graph.settings import SettingsError
from tests.api.identity.issuer import AUDIENCE, Issuer, serving


def behind_the_gate(data: Path, settings: ApiSettings | None = None) -> TestClient:
    """A client of an application that tells who it takes the caller for."""
    application = FastAPI()
    problems.install(application)

    @application.get("/who")
    @application.get("/healthz")
    async def who(request: Request) -> dict[str, str | None]:
        found = await caller(request)
        return {"role": found.role, "name": found.name}

    @application.get("/defect")
    def defect() -> None:
        raise RuntimeError("a defect")

    guard(application, settings or ApiSettings(), data)
    application.add_middleware(Headers)
    return TestClient(application, raise_server_exceptions=False)


def bearer(text: str) -> dict[str, str]:
    """The header that carries a key or token."""
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A running issuer."""
    with serving() as one:
        yield one


def with_provider(issuer: Issuer, **further: object) -> ApiSettings:
    """Settings that accept tokens of ``issuer``."""
    said = {"oidc_issuer": issuer.url, "oidc_audience": AUDIENCE, "oidc_roles": "liaisons=liaison"}
    return ApiSettings(**(said | further))  # type: ignore[arg-type]


def test_who_says_nothing_is_anonymous(tmp_path: Path) -> None:
    assert behind_the_gate(tmp_path).get("/who").json() == {"role": "anonymous", "name": None}


@pytest.mark.parametrize("role", ["researcher", "liaison", "curator"])
def test_a_key_gives_its_role(tmp_path: Path, role: str) -> None:
    key, written = KeyStore(tmp_path).create("Unit 7", role)
    told = behind_the_gate(tmp_path).get("/who", headers=bearer(written)).json()
    assert told == {"role": role, "name": f"key:{key.prefix} (Unit 7)"}


def test_a_token_gives_the_role_of_its_claim(tmp_path: Path, issuer: Issuer) -> None:
    client = behind_the_gate(tmp_path, with_provider(issuer))
    told = client.get("/who", headers=bearer(issuer.token("one"))).json()
    assert told == {"role": "liaison", "name": "oidc:ann"}
    told = client.get("/who", headers=bearer(issuer.token("one", roles=[]))).json()
    assert told == {"role": "anonymous", "name": "oidc:ann"}


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic dTpw", "Bearer x", "comity_a_b", "Bearer comity_", "Bearer a.b.c", "Bearer é"],
)
def test_a_header_that_proves_nothing_is_refused_and_not_anonymous(tmp_path: Path, issuer: Issuer, header: str) -> None:
    KeyStore(tmp_path).create("Unit 7", "liaison")
    client = behind_the_gate(tmp_path, with_provider(issuer))
    answer = client.get("/who", headers=[("Authorization", header.encode())])  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert answer.headers["cache-control"] == "no-store"


def test_two_headers_are_refused(tmp_path: Path) -> None:
    _, written = KeyStore(tmp_path).create("Unit 7", "liaison")
    twice = [("Authorization", f"Bearer {written}")] * 2
    assert behind_the_gate(tmp_path).get("/who", headers=twice).status_code == 401  # type: ignore[arg-type]


def test_a_refusal_repeats_nothing_of_a_secret(tmp_path: Path) -> None:
    _, written = KeyStore(tmp_path).create("Unit 7", "liaison")
    wrong = written[:-1] + ("0" if written[-1] != "0" else "1")
    answer = behind_the_gate(tmp_path).get("/who", headers=bearer(wrong))
    assert answer.status_code == 401
    assert wrong.split("_")[2][:8] not in answer.text + repr(answer.headers)


def test_an_expired_key_is_refused_as_any_wrong_one(tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=400)
    _, expired = KeyStore(tmp_path, lambda: long_ago).create("Unit 7", "liaison")
    client = behind_the_gate(tmp_path)
    told = [client.get("/who", headers=bearer(text)).json()["detail"] for text in (expired, "comity_a_b")]
    assert told[0] == told[1]


def test_a_provider_that_is_down_is_no_verdict_on_a_token(tmp_path: Path, issuer: Issuer) -> None:
    issuer.down = True
    answer = behind_the_gate(tmp_path, with_provider(issuer)).get("/who", headers=bearer(issuer.token("one")))
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"


def test_keys_go_on_where_the_provider_is_down(tmp_path: Path, issuer: Issuer) -> None:
    issuer.down = True
    _, written = KeyStore(tmp_path).create("Unit 7", "liaison")
    assert behind_the_gate(tmp_path, with_provider(issuer)).get("/who", headers=bearer(written)).status_code == 200


def test_damaged_keys_let_nobody_in_and_keep_nobody_anonymous_out(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    _, written = store.create("Unit 7", "liaison")
    client = behind_the_gate(tmp_path)
    store.file.write_bytes(b"no database" * 100)
    assert client.get("/who", headers=bearer(written)).status_code == 503
    assert client.get("/who").status_code == 200


def test_who_asks_too_often_is_told_when_to_return(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RIGHTS, "anonymous", Rights(per_minute=60, burst=3))
    _, written = KeyStore(tmp_path).create("Unit 7", "researcher")
    client = behind_the_gate(tmp_path)
    answers = [client.get("/who") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit"] == '"60 a minute";r=2;t=1'
    assert answers[3].headers["retry-after"] == "1"
    assert answers[3].json()["code"] == "too-often"
    assert client.get("/who", headers=bearer(written)).status_code == 200  # another identity
    assert client.get("/healthz").status_code == 200


def test_who_tries_keys_has_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FAILURES", Rights(per_minute=6, burst=5))
    _, written = KeyStore(tmp_path).create("Unit 7", "researcher")
    client = behind_the_gate(tmp_path)
    statuses = [client.get("/who", headers=bearer(f"comity_00000000_{number}")).status_code for number in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    assert client.get("/who", headers=bearer(written)).status_code == 200  # others at the place are not kept out


def test_without_accounts_nothing_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RIGHTS, "anonymous", Rights(per_minute=60, burst=1))
    client = behind_the_gate(tmp_path)
    answers = [client.get("/who") for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


def test_a_defect_is_told_with_all_headers_and_no_trace(tmp_path: Path) -> None:
    answer = behind_the_gate(tmp_path).get("/defect")
    assert answer.status_code == 500
    assert answer.json()["code"] == "defect"
    assert "a defect" in answer.json()["detail"]
    assert "RuntimeError" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/who", "/nothing", "/defect"])
def test_every_response_tells_browsers_to_do_nothing_with_it(tmp_path: Path, path: str) -> None:
    for headers in ({}, bearer("x")):
        answer = behind_the_gate(tmp_path).get(path, headers=headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" not in answer.headers


def test_over_tls_browsers_are_told_to_stay_with_it(tmp_path: Path) -> None:
    client = behind_the_gate(tmp_path)
    client.base_url = "https://testserver"  # type: ignore[assignment]
    assert client.get("/who").headers["strict-transport-security"] == "max-age=31536000"


SITE = "https://desk.example.org"


def test_no_other_site_reads_answers(tmp_path: Path) -> None:
    client = behind_the_gate(tmp_path)
    assert not [name for name in client.get("/who", headers={"Origin": SITE}).headers if name.startswith("access-")]
    preflight = {"Origin": SITE, "Access-Control-Request-Method": "GET"}
    answer = client.options("/who", headers=preflight)
    assert "access-control-allow-origin" not in answer.headers


def test_a_named_site_reads_answers_but_not_with_a_browsers_credentials(tmp_path: Path) -> None:
    client = behind_the_gate(tmp_path, ApiSettings(cors_origins=f"{SITE}, http://localhost:8501"))
    assert client.get("/who", headers={"Origin": SITE}).headers["access-control-allow-origin"] == SITE
    for origin in ("https://elsewhere.example", "null", f"{SITE}.elsewhere.example", f"{SITE}:8443"):
        assert "access-control-allow-origin" not in client.get("/who", headers={"Origin": origin}).headers
    preflight = {
        "Origin": SITE,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "Authorization, Comity-Purpose",
    }
    answer = client.options("/who", headers=preflight)
    assert answer.status_code == 200
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST", "::ffff:127.0.0.1"]
)
def test_this_machine_alone(host: str, tmp_path: Path) -> None:
    assert is_loopback(host)
    check(ApiSettings(host=host), tmp_path)


PUBLIC = ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "example.org", "127.0.0.1.example.org", "0", "::ffff:192.0.2.1"]


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_address_needs_accounts(host: str, tmp_path: Path, issuer: Issuer) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match="needs accounts"):
        check(ApiSettings(host=host), tmp_path)
    check(with_provider(issuer, host=host), tmp_path)
    key, _ = KeyStore(tmp_path).create("Unit 7", "researcher")
    check(ApiSettings(host=host), tmp_path)
    KeyStore(tmp_path).revoke(key.prefix)
    with pytest.raises(SettingsError, match="needs accounts"):
        check(ApiSettings(host=host), tmp_path)
    shutil.rmtree(tmp_path / "accounts")
    assert not has_accounts(ApiSettings(), tmp_path)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"oidc_issuer": "https://x.example"}, "OIDC_AUDIENCE .*: name the audience"),
        ({"oidc_issuer": "http://x.example", "oidc_audience": "a"}, "OIDC_ISSUER .*https://"),
        ({"oidc_issuer": "https://x.example", "oidc_audience": "a", "oidc_algorithms": "HS256"}, "ALGORITHMS .*HS256"),
        ({"oidc_issuer": "https://x.example", "oidc_audience": "a", "oidc_algorithms": "none"}, "ALGORITHMS .*none"),
        ({"oidc_issuer": "https://x.example", "oidc_audience": "a", "oidc_algorithms": ""}, "choose signature"),
        ({"oidc_issuer": "https://x.example", "oidc_audience": "a", "oidc_roles": "x=admin"}, "OIDC_ROLES .*admin"),
        ({"cors_origins": "*"}, "CORS_ORIGINS .*is not one site"),
        ({"cors_origins": "https://*.example.org"}, "is not one site"),
        ({"cors_origins": "https://desk.example.org/"}, "is not one site"),
        ({"cors_origins": "null"}, "is not one site"),
    ],
)
def test_settings_that_would_open_a_door_are_refused(settings: dict[str, str], reason: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=reason):
        check(ApiSettings(**settings), tmp_path)  # type: ignore[arg-type]
