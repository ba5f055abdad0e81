"""Another release comes into use while requests are answered: none fails, and each answer is of one release."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.api.operations.streaming import Slow
from tests.api.operations.test_figures import value
from tests.api.running import Running, build, serving

PATH = "/v1/paths?from=FRA&to=USA&measure=preservation"
FRANCE = "2006-01-10,ratification,,coe-int-7d58c23dec\n"
PAUSE_S = 0.01
CHANGED = ("council-of-europe/participations", FRANCE, FRANCE.replace("2006-01-10", "2007-02-11"))


class Asking:
    """Some clients that ask again and again and note every answer."""

    def __init__(self, server: Running, clients: int) -> None:
        self.answers: list[tuple[int, str, str]] = []
        self.broken: list[Exception] = []
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(server.address,)) for _ in range(clients)]
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        self._end.set()
        for one in self._threads:
            one.join()

    def _ask(self, address: str) -> None:
        with httpx.Client(base_url=address, timeout=30, verify=False) as client:
            while not self._end.is_set():
                try:
                    response = client.get(PATH)
                    told = response.json()
                except Exception as error:
                    self.broken.append(error)
                    return
                bound = {
                    reading["bound_on"]
                    for path in told.get("paths", ())
                    for leg in path["legs"]
                    for basis in leg["basis"]
                    for reading in basis["participations"]
                    if reading["party"] == "FRA"
                }
                time.sleep(PAUSE_S)  # leaves a processor to what they wait for
                self.answers.append((response.status_code, str(told.get("release")), ",".join(sorted(bound))))


def test_no_request_fails_and_streams_end_on_the_release_they_began_with(data: Path) -> None:
    old = (data / "current").read_text().strip()
    with serving(data, COMITY_API_RELEASE_CHECK_S="0.2") as server:
        slow = Slow(server.address)
        first = slow.line()
        asking = Asking(server, 3)
        try:
            new = build(data, CHANGED)
            for _ in range(300):
                if server.get("/readyz").json().get("release") == new:
                    break
                time.sleep(0.1)
            assert server.get(PATH).json()["release"] == new
            figures = server.get("/metrics").text
            assert value(figures, "comity_http_requests_in_flight") >= 2  # the stream has not ended before the switch
            time.sleep(0.5)
        finally:
            asking.stop()
        lines = [first, *slow.rest()]
        switched = server.get("/metrics").text
    assert new != old
    assert asking.broken == []
    assert Counter(status for status, _, _ in asking.answers) == {200: len(asking.answers)}
    releases = [release for _, release, _ in asking.answers]
    assert set(releases) == {old, new}
    assert {line["answer"]["release"] for line in lines} == {old}
    assert len(lines) == Slow.QUESTIONS
    assert len({(release, bound) for _, release, bound in asking.answers}) == 2
    assert value(switched, "comity_release_switches_total") == 1
    assert value(switched, "comity_release_workers", release=new) == 1
    assert value(switched, "comity_release_workers", release=old) == 0


def test_a_build_that_is_refused_leaves_the_old_release_in_use(data: Path) -> None:
    old = (data / "current").read_text().strip()
    with serving(data, COMITY_API_RELEASE_CHECK_S="0.1") as server:
        (data / "current").write_text("r-0000000000000000\n")
        time.sleep(1)
        assert server.get(PATH).json()["release"] == old
        assert server.get("/readyz").status_code == 200


def test_several_processes_answer_and_their_figures_are_added_up(data: Path) -> None:
    with serving(data, "--workers", "2") as server:
        for _ in range(600):  # both processes have begun
            if value(server.get("/metrics").text, "comity_release_workers") == 2:
                break
            time.sleep(0.1)
        for _ in range(40):
            assert server.get(PATH).status_code == 200
        figures = server.get("/metrics").text
        assert value(figures, "comity_http_requests_total", route="/v1/paths", status="200") == 40
        assert value(figures, "comity_release_workers") == 2
        assert list(data.glob(".metrics-*"))
        server.stop()
    assert not list(data.glob(".metrics-*"))
    assert server.log.read_text(encoding="utf-8").count("Finished server process") == 2
