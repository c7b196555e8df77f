"""The manifests' probes, asked of real nodes as the kubelet asks them, in the states that a node is in."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from clew.client.retrying import pause
from clew.sessions.bounds import LEASE_MS
from clew.wiring.database import START_WAIT_S
from tests.deploy.reading import Document, pods
from tests.kit.client import Person, Player
from tests.kit.cluster import GATEWAY, HOST, Cluster, cluster_in, wait_for
from tests.kit.server import Server

PODS: Final = {"minotaur-host": HOST, "minotaur-gateway": GATEWAY}
LATE_S: Final = 1.5
"""What a busy machine adds."""
REFUSED: Final = 0
"""In the place of a status: there was no answer."""


@dataclass(frozen=True)
class Probe:
    """One of a container's, with Kubernetes' defaults for what it leaves out."""

    path: str
    period_s: float
    timeout_s: float
    failures: int

    @classmethod
    def of(cls, pod: Document, kind: str) -> "Probe":
        told: Document = pod["containers"][0][kind]
        return cls(
            told["httpGet"]["path"],
            told.get("periodSeconds", 10),
            told.get("timeoutSeconds", 1),
            told.get("failureThreshold", 3),
        )

    @property
    def given_up_after_s(self) -> float:
        return self.period_s * self.failures

    async def status(self, server: Server) -> int:
        async with httpx.AsyncClient(base_url=server.url, timeout=self.timeout_s) as http:
            try:
                return (await http.get(self.path)).status_code
            except httpx.TransportError:
                return REFUSED


class Kubelet:
    """Asks again and again; a verdict changes with the first success, and after enough failures in a row."""

    def __init__(self, probe: Probe, server: Server) -> None:
        self.verdict: bool | None = None
        self.statuses = list[int]()
        self._probe = probe
        self._server = server

    async def ask_on(self) -> None:
        """Until cancelled."""
        failed = 0
        while True:
            status = await self._probe.status(self._server)
            self.statuses.append(status)
            failed = 0 if 200 <= status < 400 else failed + 1
            if not failed:
                self.verdict = True
            elif failed >= self._probe.failures:
                self.verdict = False
            await pause(self._probe.period_s)

    async def wait(self, verdict: bool, within_s: float) -> None:
        """Raises ``TimeoutError``."""

        async def is_so() -> bool:
            return self.verdict is verdict

        await wait_for(is_so, within_s)


@asynccontextmanager
async def _asking(probes: dict[str, Probe], cluster: Cluster) -> AsyncGenerator[dict[str, Kubelet]]:
    asking = {name: Kubelet(probe, cluster.nodes[name]) for name, probe in probes.items()}
    tasks = [asyncio.get_running_loop().create_task(one.ask_on(), name="asks") for one in asking.values()]
    try:
        yield asking
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _probes(kind: str) -> dict[str, Probe]:
    return {name: Probe.of(pods()[name], kind) for name in PODS}


async def test_nodes_answer_the_probes_of_their_pods_when_ready_when_the_store_is_away_and_when_they_leave(
    tmp_path: Path,
) -> None:
    async with cluster_in(tmp_path) as cluster:
        for name, role in PODS.items():
            await cluster.node(name, role).launch()
        async with _asking(_probes("startupProbe"), cluster) as started:
            for name, one in started.items():
                await one.wait(True, _probes("startupProbe")[name].given_up_after_s)

        async with (
            _asking(_probes("readinessProbe"), cluster) as ready,
            _asking(_probes("livenessProbe"), cluster) as live,
        ):
            for one in ready.values():
                await one.wait(True, 10.0)
            await asyncio.to_thread(cluster.postgres.stop)
            for name, one in ready.items():
                await one.wait(False, LEASE_MS / 1_000 + _probes("readinessProbe")[name].given_up_after_s + LATE_S)
            away = {name: one.statuses[-1] for name, one in ready.items()}
            await asyncio.to_thread(cluster.postgres.start)
            for one in ready.values():
                await one.wait(True, 10.0)
            alive = {status for one in live.values() for status in one.statuses}

        leaving = await _answers_while_leaving(cluster)

    assert away == dict.fromkeys(PODS, 503)
    assert alive == {200}
    for name, (ready_then, live_then, reasons, code) in leaving.items():
        assert (ready_then - {REFUSED}, live_then - {REFUSED}) == ({503}, {200}), name
        assert reasons == {"draining"}
        assert code == 0


Answers = tuple[set[int], set[int], set[str], int]


async def _answers_while_leaving(cluster: Cluster) -> dict[str, Answers]:
    """Told to stop with somebody connected: what either path answers until it is gone, why, and its exit status."""
    url = cluster.nodes["minotaur-gateway"].url
    person = await Person.guest(url, "Ada")
    created = await person.create_game(seats=2, bots=1, round_seconds=60, preset="classic", seed=1)
    player = Player(person, str(created["join_code"]), str(created["player_id"]))
    staying = asyncio.get_running_loop().create_task(player.stay(), name="stays")
    await player.wait_until(lambda record: bool(record.views), 10.0)
    try:
        return {name: await _answers_of(cluster.nodes[name]) for name in reversed(PODS)}
    finally:
        staying.cancel()
        await person.close()


async def _answers_of(server: Server) -> Answers:
    ready, live, reasons = set[int](), set[int](), set[str]()
    async with httpx.AsyncClient(base_url=server.url, timeout=2.0) as http:

        async def ask(path: str, seen: set[int]) -> None:
            try:
                answer = await http.get(path)
            except httpx.TransportError:
                seen.add(REFUSED)
                return
            seen.add(answer.status_code)
            details: dict[str, Any] = answer.json().get("error", {}).get("details", {})
            reasons.update(reason["code"] for reason in details.get("reasons", ()))

        stopping = asyncio.get_running_loop().create_task(server.stop(30.0), name="stops")
        await wait_for(_once(lambda: ask("/health/ready", ready), lambda: 503 in ready))
        while not stopping.done():
            await ask("/health/ready", ready)
            await ask("/health/live", live)
        return ready - {200}, live, reasons, await stopping


def _once(ask: Callable[[], Any], condition: Callable[[], bool]) -> Callable[[], Any]:
    async def asked() -> bool:
        await ask()
        return condition()

    return asked


@pytest.mark.parametrize("name", PODS)
def test_a_pod_that_waits_for_its_database_is_not_killed_before_it_has_said_so(name: str) -> None:
    """It answers nothing meanwhile, and ends by itself with one line that says what it waited for."""
    assert _probes("startupProbe")[name].given_up_after_s >= START_WAIT_S + 15
