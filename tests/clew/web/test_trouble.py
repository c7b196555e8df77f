"""The store is down, or a game cannot be read: what those outside are told, and that the rest goes on."""

import json

import httpx
import pytest

from clew.testing.faults.store import FaultyStore, Trouble
from clew.testing.memory.store import memory_store
from clew.wiring.clock import RealClock
from tests.clew.web.table import Table, closed, heard, table_with

PLAN = json.dumps({"type": "plan", "command_id": "c1", "round": 1, "steps": [{"type": "wait"}]})


def person(table: Table, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"{table.web.url}/api/v1", headers={"authorization": f"Bearer {token}"})


async def put_away(table: Table, store: FaultyStore) -> None:
    """The game is out of service in the store, as one that cannot be read; its owner finds out when it reads again."""
    found = await store.listings.find(table.code)
    assert found is not None
    stored = await store.journal.load(found.game_id)
    assert stored is not None and stored.owner is not None
    await store.ownership.quarantine(found.game_id, stored.owner, "told to", 0)
    store.troubles.append(Trouble.LOST)


async def test_while_the_store_is_down_nothing_is_accepted_and_play_goes_on_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clew.sessions.session.session.ANSWER_WAIT_S", 0.2)
    store = FaultyStore(memory_store(RealClock()))
    async with table_with(games=store) as table, table.socket(table.ada) as socket, person(table, table.ada) as http:
        await heard(socket, "welcome")
        store.down = True

        await socket.send(PLAN)
        refused = await heard(socket, "refused")
        answer = await http.get("/games")
        store.down = False
        await socket.send(PLAN)
        accepted = await heard(socket, "accepted")

    assert refused["error"]["code"] == "busy"
    assert refused["error"]["details"]["retry_after_ms"] > 0
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) > 0
    assert accepted["command_id"] == "c1"


async def test_a_game_out_of_service_is_told_to_everyone_who_asks_and_every_other_goes_on() -> None:
    store = FaultyStore(memory_store(RealClock()))
    async with table_with(games=store) as table, table.socket(table.ada) as socket, person(table, table.ada) as http:
        await heard(socket, "welcome")
        other = (await http.post("/games", json={"seats": 2, "bots": 1})).json()["join_code"]
        await put_away(table, store)

        await socket.send(PLAN)
        watched = await closed(socket)
        async with table.socket(table.bob) as late:
            refused = await closed(late)
        about = await http.get(f"/games/{table.code}")
        mine = (await http.get("/games")).json()["games"]
        started = await http.post(f"/games/{other}/start")

    for messages, code, reason in (watched, refused):
        assert messages[-1]["type"] == "error"
        assert messages[-1]["error"]["code"] == "game_unreadable"
        assert (code, reason) == (1013, "game_unreadable")
    assert not [message for message in watched[0] if message["type"] in ("accepted", "events")]
    assert (about.status_code, about.json()["error"]["code"]) == (503, "game_unreadable")
    assert int(about.headers["retry-after"]) > 0
    assert [game["join_code"] for game in mine] == [other]
    assert started.status_code == 204
