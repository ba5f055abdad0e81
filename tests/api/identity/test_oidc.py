"""Tokens, checked against a real issuer that publishes its keys over HTTP on this machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from api.identity.keyring import PAUSE_S, USABLE_S, KeyRing, ProviderUnavailable, is_safe
from api.identity.oidc import NotAccepted, Provider, Tokens, role_in, roles_of
from api.identity.roles import Role
from tests.api.identity.issuer import AUDIENCE, Issuer, serving

ROLES: dict[str, Role] = {"liaisons": "liaison", "editors": "curator", "readers": "researcher"}


class Clock:
    """Seconds, put forward by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A running issuer."""
    with serving() as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    """The clock of the ring of keys."""
    return Clock()


def tokens_of(issuer: Issuer, clock: Clock | None = None, algorithms: tuple[str, ...] = ("RS256",)) -> Tokens:
    """What checks the tokens of ``issuer``."""
    provider = Provider(issuer=issuer.url, audience=AUDIENCE, algorithms=algorithms, roles=ROLES)
    return Tokens(provider, KeyRing(issuer.url, algorithms, clock or Clock()))


def part(said: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def test_a_token_names_its_bearer_and_gives_the_role(issuer: Issuer) -> None:
    bearer = tokens_of(issuer).check(issuer.token("one"))
    assert (bearer.subject, bearer.role) == ("ann", "liaison")


@pytest.mark.parametrize("algorithm", ["PS256", "RS512", "ES256", "ES384", "ES512", "EdDSA"])
def test_every_algorithm_that_can_be_pinned_works(issuer: Issuer, algorithm: str) -> None:
    issuer.new_key("two", algorithm)
    assert tokens_of(issuer, algorithms=(algorithm,)).check(issuer.token("two")).subject == "ann"


def test_keys_are_fetched_once(issuer: Issuer) -> None:
    tokens = tokens_of(issuer)
    for _ in range(20):
        tokens.check(issuer.token("one"))
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


def test_keys_are_fetched_once_for_many_threads(issuer: Issuer) -> None:
    tokens, token = tokens_of(issuer), issuer.token("one")
    with ThreadPoolExecutor(8) as threads:
        assert {bearer.subject for bearer in threads.map(tokens.check, [token] * 32)} == {"ann"}
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


def test_a_slow_provider_keeps_nobody_waiting_whose_key_is_held(issuer: Issuer, clock: Clock) -> None:
    tokens = tokens_of(issuer, clock)
    tokens.check(issuer.token("one"))
    issuer.new_key("two")
    clock.seconds += PAUSE_S
    with issuer.held_up(), ThreadPoolExecutor(1) as thread:
        fetching = thread.submit(tokens.check, issuer.token("two"))
        issuer.wait_until_asked(3)
        assert tokens.check(issuer.token("one")).subject == "ann"
        with pytest.raises(ProviderUnavailable, match="being fetched"):
            tokens.check(issuer.token("two"))
        issuer.go_on()
        assert fetching.result().subject == "ann"


def test_a_new_key_of_the_provider_is_found(issuer: Issuer, clock: Clock) -> None:
    tokens = tokens_of(issuer, clock)
    tokens.check(issuer.token("one"))
    issuer.new_key("two")
    clock.seconds += PAUSE_S
    assert tokens.check(issuer.token("two")).subject == "ann"


def test_a_key_that_the_provider_took_back_stops_within_the_hour(issuer: Issuer, clock: Clock) -> None:
    tokens, token = tokens_of(issuer, clock), issuer.token("one")
    tokens.check(token)
    issuer.new_key("two")
    del issuer.private["one"]
    clock.seconds += 3600
    with pytest.raises(NotAccepted, match="does not publish"):
        tokens.check(token)


def test_a_flood_of_unknown_keys_fetches_nothing(issuer: Issuer, clock: Clock) -> None:
    tokens = tokens_of(issuer, clock)
    tokens.check(issuer.token("one"))
    for number in range(100):
        with pytest.raises(NotAccepted):
            tokens.check(issuer.token("one", headers={"kid": f"other-{number}"}))
    assert len(issuer.asked) == 2
    clock.seconds += PAUSE_S
    for number in range(100):
        with pytest.raises(NotAccepted):
            tokens.check(issuer.token("one", headers={"kid": f"other-{number}"}))
    assert len(issuer.asked) == 4
    assert tokens.check(issuer.token("one")).subject == "ann"


def test_a_provider_that_is_down_is_asked_rarely_and_told_of(issuer: Issuer, clock: Clock) -> None:
    issuer.down = True
    tokens, token = tokens_of(issuer, clock), issuer.token("one")
    for _ in range(10):
        with pytest.raises(ProviderUnavailable):
            tokens.check(token)
    assert len(issuer.asked) == 1
    issuer.down = False
    clock.seconds += PAUSE_S
    assert tokens.check(token).subject == "ann"


def test_keys_serve_on_for_a_day_where_the_provider_is_down(issuer: Issuer, clock: Clock) -> None:
    tokens = tokens_of(issuer, clock)
    tokens.check(issuer.token("one"))
    issuer.down = True
    clock.seconds += USABLE_S - 1
    assert tokens.check(issuer.token("one")).subject == "ann"
    clock.seconds += PAUSE_S
    with pytest.raises(ProviderUnavailable):
        tokens.check(issuer.token("one"))


NOW = time.time()


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": NOW - 3600}, "expired"),
        ({"exp": None}, "lacks the claim exp"),
        ({"nbf": NOW + 3600}, "not valid yet"),
        ({"aud": "another"}, "another service"),
        ({"aud": None}, "lacks the claim aud"),
        ({"iss": "https://another.example"}, "another provider"),
        ({"iss": None}, "lacks the claim iss"),
        ({"sub": None}, "lacks the claim sub"),
        ({"sub": ""}, "names no subject"),
        ({"sub": "a\nb"}, "names no subject"),
        ({"sub": "x" * 256}, "names no subject"),
    ],
)
def test_claims_that_do_not_hold_are_refused(issuer: Issuer, claims: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotAccepted, match=reason):
        tokens_of(issuer).check(issuer.token("one", **claims))


def test_clocks_may_differ_a_little(issuer: Issuer) -> None:
    tokens = tokens_of(issuer)
    now = int(time.time())
    assert tokens.check(issuer.token("one", exp=now - 10)).subject == "ann"
    assert tokens.check(issuer.token("one", nbf=now + 10)).subject == "ann"


def test_a_token_may_be_for_several_services(issuer: Issuer) -> None:
    assert tokens_of(issuer).check(issuer.token("one", aud=["another", AUDIENCE])).subject == "ann"


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", "HS256", "HS512", "RS384", "ES256", 7, None])
def test_another_algorithm_is_refused(issuer: Issuer, name: Any) -> None:
    _, claims, signature = issuer.token("one").split(".")
    for end in (signature, ""):
        with pytest.raises(NotAccepted):
            tokens_of(issuer).check(f"{part({'alg': name, 'kid': 'one'})}.{claims}.{end}")


def test_the_public_key_is_no_secret_to_sign_with(issuer: Issuer) -> None:
    """The attack on libraries that take the algorithm from the token: HMAC with the published key."""
    _, private = issuer.private["one"]
    pem = private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    claims = issuer.token("one").split(".")[1]
    signed = f"{part({'alg': 'HS256', 'kid': 'one'})}.{claims}"
    signature = base64.urlsafe_b64encode(hmac.new(pem, signed.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    with pytest.raises(NotAccepted, match="algorithm"):
        tokens_of(issuer).check(f"{signed}.{signature}")


@pytest.mark.parametrize("algorithms", [("HS256",), ("RS256", "none"), ()])
def test_what_is_no_signature_by_a_private_key_cannot_be_pinned(algorithms: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="choose signature algorithms from"):
        KeyRing("https://login.example.org", algorithms)


def test_a_key_that_a_token_brings_is_not_used(issuer: Issuer) -> None:
    with serving(series=1) as other:
        (jwk,) = other.published()
        for headers in ({"jwk": jwk}, {"jku": f"{other.url}/keys"}, {"x5u": f"{other.url}/keys"}):
            with pytest.raises(NotAccepted):
                tokens_of(issuer).check(other.token("one", headers=headers, iss=issuer.url))
        assert other.asked == []


def test_a_token_without_the_id_of_its_key_is_refused(issuer: Issuer) -> None:
    _, claims, signature = issuer.token("one").split(".")
    with pytest.raises(NotAccepted, match="kid"):
        tokens_of(issuer).check(f"{part({'alg': 'RS256'})}.{claims}.{signature}")


def test_a_key_of_another_kind_than_the_algorithm_is_not_used(issuer: Issuer) -> None:
    issuer.new_key("two", "ES256")
    with pytest.raises(NotAccepted, match="algorithm"):
        tokens_of(issuer).check(issuer.token("two"))
    with pytest.raises(NotAccepted, match="does not publish"):
        tokens_of(issuer).check(issuer.token("one", headers={"kid": "two"}))


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_short_key_is_not_used(issuer: Issuer) -> None:
    issuer.new_key("short", bits=1024)
    with pytest.raises(NotAccepted, match="does not publish"):
        tokens_of(issuer).check(issuer.token("short"))


def test_a_key_for_encryption_is_not_used(issuer: Issuer) -> None:
    issuer.replies["/keys"] = {"keys": [key | {"use": "enc"} for key in issuer.published()]}
    with pytest.raises(NotAccepted, match="does not publish"):
        tokens_of(issuer).check(issuer.token("one"))


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        (
            "/.well-known/openid-configuration",
            {"issuer": "https://another.example", "jwks_uri": "http://127.0.0.1/keys"},
        ),
        ("/.well-known/openid-configuration", {}),
        ("/.well-known/openid-configuration", []),
        ("/.well-known/openid-configuration", b"<html>"),
        ("/keys", {"keys": {}}),
        ("/keys", b"\xff"),
        ("/keys", b"[" + b"0," * 200_000 + b"0]"),
    ],
)
def test_a_provider_that_answers_something_else_is_not_trusted(issuer: Issuer, path: str, reply: Any) -> None:
    issuer.replies[path] = reply
    with pytest.raises(ProviderUnavailable):
        tokens_of(issuer).check(issuer.token("one"))


def test_a_key_set_with_other_things_in_it_serves(issuer: Issuer) -> None:
    junk: list[Any] = [None, 7, {}, {"kty": "oct", "k": "AAAA", "kid": "one"}, {"kty": "RSA", "kid": "bad", "n": "?"}]
    issuer.replies["/keys"] = {"keys": [*junk, *issuer.published()]}
    assert tokens_of(issuer).check(issuer.token("one")).subject == "ann"


@given(st.text(max_size=200) | st.binary(max_size=100).map(lambda raw: raw.decode("latin-1")))
def test_what_is_no_token_is_refused_without_asking_anyone(text: str) -> None:
    provider = Provider(issuer="http://127.0.0.1:1", audience=AUDIENCE)
    with pytest.raises(NotAccepted):
        Tokens(provider, KeyRing(provider.issuer, provider.algorithms)).check(text)


def test_an_endless_token_is_refused() -> None:
    provider = Provider(issuer="http://127.0.0.1:1", audience=AUDIENCE)
    with pytest.raises(NotAccepted, match="too long"):
        Tokens(provider, KeyRing(provider.issuer, provider.algorithms)).check("a" * 20_000)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"roles": ["liaisons", "readers"]}, "liaison"),
        ({"roles": ["readers", "editors"]}, "curator"),
        ({"roles": "readers"}, "researcher"),
        ({"roles": ["liaison", "curator", "admin"]}, "anonymous"),  # the provider's words, not ours
        ({"roles": [["liaisons"], None, 7]}, "anonymous"),
        ({"roles": {"liaisons": True}}, "anonymous"),
        ({}, "anonymous"),
    ],
)
def test_only_mapped_values_give_a_role(claims: dict[str, Any], role: str) -> None:
    provider = Provider(issuer="x", audience="x", roles=ROLES)
    assert role_in(claims, provider) == role


def test_a_nested_claim_gives_a_role() -> None:
    provider = Provider(issuer="x", audience="x", role_claim="realm_access.roles", roles=ROLES)
    assert role_in({"realm_access": {"roles": ["editors"]}}, provider) == "curator"
    assert role_in({"realm_access": "editors"}, provider) == "anonymous"


def test_a_claim_with_dots_in_its_name_gives_a_role() -> None:
    claim = "https://comity.example.org/roles"
    assert (
        role_in({claim: ["readers"]}, Provider(issuer="x", audience="x", role_claim=claim, roles=ROLES)) == "researcher"
    )


def test_the_mapping_of_roles_is_read() -> None:
    assert roles_of("eu-liaisons=liaison, editors = Curator,") == {"eu-liaisons": "liaison", "editors": "curator"}
    assert roles_of("") == {}


@pytest.mark.parametrize("text", ["liaison", "=liaison", "a=admin", "a=anonymous"])
def test_a_mapping_that_is_not_valid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is n"):
        roles_of(text)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://login.example.org/keys", True),
        ("http://127.0.0.1:8080/keys", True),
        ("http://[::1]/keys", True),
        ("http://localhost/keys", True),
        ("http://login.example.org/keys", False),
        ("http://127.0.0.1.example.org/keys", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("http://[::1", False),
        ("keys", False),
    ],
)
def test_keys_come_only_from_where_nobody_can_change_them(url: str, safe: bool) -> None:
    assert is_safe(url) is safe
