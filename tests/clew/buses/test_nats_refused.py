"""A gateway whose password or credentials NATS refuses: a real one, which is never ready and says why once."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from clew.local.nats import LocalNats
from clew.local.process import free_port
from tests.kit.cluster import GATEWAY, Cluster, cluster_in, wait_for
from tests.kit.server import Server

SECRET: Final = "s3cr3t"
USERS: Final = f'authorization {{ users: [ {{ user: "ada", password: "{SECRET}" }} ] }}'
TRIES: Final = 4
"""After so many the server has stayed refused, and is not only late; the next line in the log is due later."""


@asynccontextmanager
async def guarded(folder: Path) -> AsyncGenerator[tuple[Cluster, LocalNats]]:
    """Engines without nodes, and a NATS beside them that lets in nobody but Ada."""
    nats = LocalNats(folder, free_port(), USERS)
    async with cluster_in(folder) as cluster:
        nats.start()
        try:
            yield cluster, nats
        finally:
            nats.kill()


async def readiness(server: Server) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(base_url=server.url) as http:
        answer = await http.get("/health/ready")
    return answer.status_code, answer.json()


def told(server: Server, *messages: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in server.log_path.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["message"] in messages]


async def test_a_gateway_with_a_wrong_password_is_never_ready_and_logs_why_once(tmp_path: Path) -> None:
    async with guarded(tmp_path) as (cluster, nats):
        wrong = cluster.node("wrong", GATEWAY, bus=f"nats://ada:oops@127.0.0.1:{nats.port}")
        await wrong.launch()

        async def was_refused_often() -> bool:
            tries = nats.log_path.read_text().count("authentication error")
            beaten = any(row.unfit for row in await cluster.lives("wrong"))
            return tries >= TRIES and beaten and bool(told(wrong, "not_ready"))

        await wait_for(was_refused_often)
        status, said = await readiness(wrong)
        (row,) = await cluster.lives("wrong")
        log = wrong.log_path.read_text()

    assert status == 503
    assert [reason["code"] for reason in said["error"]["details"]["reasons"]] == ["starting", "bus"]
    assert "NATS was not reached since the start" in said["error"]["message"]
    assert "Authorization Violation" in said["error"]["message"]
    assert (row.ready, "Authorization Violation" in row.unfit) == (False, True)
    assert [len(told(wrong, name)) for name in ("bus_not_reached", "not_ready", "ready")] == [1, 1, 0]
    assert "oops" not in log
    assert "oops" not in str(said)


async def test_it_is_ready_as_soon_as_it_is_let_in(tmp_path: Path) -> None:
    async with guarded(tmp_path) as (cluster, nats):
        gateway = cluster.node("gate", GATEWAY, bus=f"nats://eve:{SECRET}@127.0.0.1:{nats.port}")
        await gateway.launch()

        async def said(message: str) -> bool:
            return bool(told(gateway, message))

        await wait_for(lambda: said("not_ready"))
        nats.kill()
        learned = LocalNats(tmp_path, nats.port, USERS.replace("ada", "eve"))
        learned.start()
        try:
            await gateway.wait_ready()
            await wait_for(lambda: said("ready_again"))
        finally:
            learned.kill()

    assert [len(told(gateway, name)) for name in ("bus_connected", "ready_again")] == [1, 1]
