"""Limits for each identity."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.identity import limits
from api.identity.limits import Buckets, headers_of, identity_of
from api.identity.roles import RIGHTS, ROLES, Rights

TEN = Rights(per_minute=60, burst=10)


class Clock:
    """Seconds, put forward by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_passes_and_then_the_rate_holds() -> None:
    clock = Clock()
    buckets = Buckets(clock=clock)
    assert [buckets.take("a", TEN).allowed for _ in range(11)] == [True] * 10 + [False]
    refused = buckets.take("a", TEN)
    assert refused.retry_after_s == pytest.approx(1.0)
    clock.seconds += refused.retry_after_s
    assert buckets.take("a", TEN).allowed
    assert not buckets.take("a", TEN).allowed


def test_one_does_not_use_up_what_is_anothers() -> None:
    buckets = Buckets(clock=Clock())
    while buckets.take("a", TEN).allowed:
        pass
    assert buckets.take("b", TEN).allowed


@given(st.lists(st.floats(0, 5), min_size=1, max_size=300))
def test_never_more_than_burst_and_rate_pass(pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(clock=clock)
    passed = 0
    for pause in pauses:
        clock.seconds += pause
        passed += buckets.take("a", TEN).allowed
    assert passed <= 10 + clock.seconds * TEN.per_minute / 60 + 1e-6


@given(st.lists(st.floats(0, 3), max_size=60))
def test_who_waits_as_told_is_let_through(pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(clock=clock)
    for pause in pauses:
        clock.seconds += pause
        decision = buckets.take("a", TEN)
        if not decision.allowed:
            clock.seconds += float(headers_of(decision, TEN)["Retry-After"])
            assert buckets.take("a", TEN).allowed


def test_workers_share_a_limit() -> None:
    clock = Clock()
    workers = [Buckets(0.5, clock) for _ in range(2)]
    assert sum(worker.take("a", TEN).allowed for worker in workers for _ in range(20)) == 10


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 50)
    buckets = Buckets(clock=Clock())
    for number in range(500):
        buckets.take(f"at:{number}", TEN)
    assert len(buckets._held) == 50


def test_headers_tell_what_is_left() -> None:
    buckets = Buckets(clock=Clock())
    told = headers_of(buckets.take("a", TEN), TEN)
    assert told == {"RateLimit-Policy": '"60 a minute";q=60;w=60', "RateLimit": '"60 a minute";r=9;t=1'}


def test_higher_roles_have_no_lower_limits() -> None:
    for lower, higher in pairwise(ROLES):
        assert RIGHTS[lower].per_minute <= RIGHTS[higher].per_minute
        assert RIGHTS[lower].restricted <= RIGHTS[higher].restricted
        assert RIGHTS[lower].audited <= RIGHTS[higher].audited
    assert RIGHTS["researcher"].per_minute > RIGHTS["anonymous"].per_minute


@pytest.mark.parametrize(
    ("name", "host", "identity"),
    [
        ("key:ab", "192.0.2.1", "key:ab"),
        (None, "192.0.2.1", "at:192.0.2.1"),
        (None, "2001:db8:1:2:3::4", "at:2001:db8:1:2::/64"),
        (None, "::ffff:192.0.2.1", "at:192.0.2.1"),
        (None, "testclient", "at:testclient"),
        (None, None, "at:None"),
    ],
)
def test_an_identity_is_a_name_or_a_place(name: str | None, host: str | None, identity: str) -> None:
    assert identity_of(name, host) == identity
