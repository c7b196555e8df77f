"""What one socket sends while the game takes its time: pings go past, commands keep their order."""

import json
from typing import Any

from clew.testing.faults.store import FaultyStore, Trouble
from clew.testing.memory.store import memory_store
from clew.web.bounds import COMMANDS_WAITING_MAX
from clew.wiring.clock import RealClock
from tests.clew.web.table import heard, table_with

PLAN: dict[str, Any] = {"type": "plan", "round": 1, "steps": [{"type": "wait"}]}


def plan(command_id: str) -> str:
    return json.dumps({**PLAN, "command_id": command_id})


async def test_a_ping_is_answered_while_a_command_waits() -> None:
    store = FaultyStore(memory_store(RealClock()))
    async with table_with(games=store) as table, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        store.troubles.append(Trouble.STUCK)
        await socket.send(plan("slow"))

        await socket.send(json.dumps({"type": "ping", "nonce": "n1"}))
        first = json.loads(await socket.recv())
        store.unstick()
        second = await heard(socket, "accepted")

    assert (first["type"], first["nonce"]) == ("pong", "n1")
    assert second["command_id"] == "slow"


async def test_what_a_client_sends_in_one_breath_is_decided_in_that_order() -> None:
    store = FaultyStore(memory_store(RealClock()))
    async with table_with(games=store) as table, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        store.troubles.append(Trouble.STUCK)
        await socket.send(plan("plan"))
        await socket.send(json.dumps({"type": "ready", "command_id": "ready", "round": 1}))
        await socket.send(plan("again"))
        await socket.send(json.dumps({"type": "ping", "nonce": "n1"}))
        await heard(socket, "pong")

        store.unstick()
        answers = [await heard(socket, "accepted") for _ in range(3)]

    assert [answer["command_id"] for answer in answers] == ["plan", "ready", "again"]


async def test_who_sends_more_than_may_wait_is_answered_in_the_end() -> None:
    store = FaultyStore(memory_store(RealClock()))
    names = [f"c{number}" for number in range(3 * COMMANDS_WAITING_MAX)]
    async with table_with(games=store) as table, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        store.troubles.append(Trouble.STUCK)
        await socket.send(plan(names[0]))
        await socket.send(json.dumps({"type": "ping", "nonce": "first"}))
        await heard(socket, "pong")
        for name in names[1:]:
            await socket.send(plan(name))
        await socket.send(json.dumps({"type": "ping", "nonce": "last"}))

        store.unstick()
        told = list[str]()
        while not {names[-1], "pong"} <= set(told):
            message = json.loads(await socket.recv())
            if message["type"] in ("accepted", "pong"):
                told.append(message.get("command_id", "pong"))

    assert [name for name in told if name != "pong"] == names
    assert told.index("pong") >= len(names) - 1 - COMMANDS_WAITING_MAX
