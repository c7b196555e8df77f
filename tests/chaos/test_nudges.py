"""A game of day-long rounds on two nodes, and somebody who is not there: told of each round once, whoever dies."""

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final, Self

import httpx
from websockets.asyncio.client import connect

from clew.client.retrying import pause
from clew.people.pushes.bounds import NUDGE_AFTER_S
from tests.kit.cluster import Cluster, cluster_in, wait_for
from tests.kit.push_maker import LOCAL, claims_of, push_maker

NODES: Final = ("a", "b")
WITHIN_S: Final = 60.0


async def test_each_round_is_told_once_though_its_owner_is_killed_between(tmp_path: Path) -> None:
    async with cluster_in(tmp_path) as cluster, push_maker() as maker:
        for name in NODES:
            cluster.node(name, options=("--push-network", LOCAL))
        await cluster.start(*NODES)
        async with Person(cluster.nodes["a"].url) as ada:
            mine = await ada.ask("GET", "/me/pushes")
            await ada.ask("POST", "/me/pushes", maker.subscription)
            await ada.ask("POST", "/me/pushes", maker.subscription)
            code = await ada.day_long_game()
            await asyncio.wait_for(maker.wait_asked(), WITHIN_S)

            owner = await owner_of(cluster)
            await cluster.nodes[owner].kill()
            left = next(name for name in NODES if name != owner)
            await ada.play_round(cluster.nodes[left].url, code, 1)
            await asyncio.wait_for(maker.wait_asked(2), WITHIN_S)
            await cluster.node(owner, options=("--push-network", LOCAL)).start()
            await pause(NUDGE_AFTER_S + 2)  # nothing more is to come

        assert [(each["what"], each["join_code"], each["round"]) for each in maker.said] == [
            ("your_turn", code, 1),
            ("your_turn", code, 2),
        ]
        assert all(set(each) == {"what", "game", "join_code", "round", "ends_at"} for each in maker.said)
        assert len({head["topic"] for head in maker.heads}) == 1
        for head in maker.heads:
            assert "sub" not in claims_of(head["authorization"], mine["public_key"])


async def test_who_is_there_is_not_told_and_who_signed_out_is_not_either(tmp_path: Path) -> None:
    async with cluster_in(tmp_path) as cluster, push_maker() as maker:
        cluster.node("a", options=("--push-network", LOCAL))
        await cluster.start("a")
        url = cluster.nodes["a"].url
        async with Person(url) as ada:
            await ada.ask("POST", "/me/pushes", maker.subscription)
            code = await ada.day_long_game()
            async with ada.socket(url, code):
                await pause(NUDGE_AFTER_S + 3)  # nothing is to come
            await ada.play_round(url, code, 1)
            await ada.ask("DELETE", "/sessions?all=true")
            await pause(NUDGE_AFTER_S + 3)

        assert maker.said == []


async def test_who_is_asked_to_a_rematch_and_is_not_there_is_told_by_whom(tmp_path: Path) -> None:
    async with cluster_in(tmp_path) as cluster, push_maker() as adas, push_maker() as bos, push_maker() as cys:
        cluster.node("a", options=("--push-network", LOCAL))
        await cluster.start("a")
        url = cluster.nodes["a"].url
        async with Person(url) as ada, Person(url, "Bo") as bo, Person(url, "Cy") as cy:
            code = str((await ada.ask("POST", "/games", {"seats": 3}))["join_code"])
            for one, maker in ((ada, adas), (bo, bos), (cy, cys)):
                await one.ask("POST", "/me/pushes", maker.subscription)
                await one.ask("POST", f"/games/{code}/join")
            await ada.ask("POST", f"/games/{code}/start")
            for one in (ada, cy):
                await one.ask("POST", f"/games/{code}/leave")

            again = await bo.ask("POST", f"/games/{code}/rematch")
            await cy.ask("POST", f"/games/{code}/rematch")
            await asyncio.wait_for(adas.wait_asked(), WITHIN_S)
            await pause(2)  # nothing more is to come

        asked = {"what": "rematch", "game": "Minotaur", "join_code": again["join_code"], "round": 0, "name": "Bo"}
        assert (adas.said, bos.said, cys.said) == ([asked], [], [])


async def test_who_sees_that_they_are_asked_to_a_rematch_is_not_told_as_well_whichever_node_they_are_at(
    tmp_path: Path,
) -> None:
    async with cluster_in(tmp_path) as cluster, push_maker() as adas, push_maker() as cys:
        for name in NODES:
            cluster.node(name, options=("--push-network", LOCAL))
        await cluster.start(*NODES)
        owner, other = [cluster.nodes[name].url for name in NODES]
        async with (
            Person(owner) as ada,
            Person(owner, "Bo") as bo,
            Person(owner, "Cy") as cy,
            Person(other, "Di") as di,
        ):
            for one, maker in ((ada, adas), (cy, cys)):
                await one.ask("POST", "/me/pushes", maker.subscription)
            again = list[str]()
            async with AsyncExitStack() as stack:
                for there in (owner, other):
                    code = str((await bo.ask("POST", "/games", {"seats": 4}))["join_code"])
                    for one in (ada, cy, di):
                        await one.ask("POST", f"/games/{code}/join")
                    await bo.ask("POST", f"/games/{code}/start")
                    await stack.enter_async_context(ada.socket(there, code))
                    for one in (ada, cy, di):
                        await one.ask("POST", f"/games/{code}/leave")
                    again.append((await di.ask("POST", f"/games/{code}/rematch"))["join_code"])
                await asyncio.wait_for(cys.wait_asked(2), WITHIN_S)
                await pause(3)  # nothing more is to come

        assert sorted(each["join_code"] for each in cys.said) == sorted(again)
        assert adas.said == []


class Person:
    """A guest, by HTTP and sockets."""

    def __init__(self, url: str, name: str = "Ada") -> None:
        self._name = name
        self._http = httpx.AsyncClient(base_url=url)
        self._token = ""

    async def __aenter__(self) -> Self:
        made = await self._http.post("/api/v1/guests", json={"display_name": self._name})
        self._token = made.json()["token"]
        self._http.cookies.clear()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"authorization": f"Bearer {self._token}"}
        answer = await self._http.request(method, f"/api/v1{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def day_long_game(self) -> str:
        made = await self.ask("POST", "/games", {"seats": 2, "bots": 1, "round_seconds": 86400})
        await self.ask("POST", f"/games/{made['join_code']}/start")
        return str(made["join_code"])

    def socket(self, url: str, code: str) -> connect:
        address = f"{url.replace('http', 'ws', 1)}/api/v1/games/{code}/socket"
        headers = {"authorization": f"Bearer {self._token}"}
        return connect(address, subprotocols=["minotaur.v1"], additional_headers=headers)  # pyright: ignore[reportArgumentType]

    async def play_round(self, url: str, code: str, number: int) -> None:
        """Look in for as long as it takes to say that they are ready."""
        async with asyncio.timeout(WITHIN_S), self.socket(url, code) as socket:
            await socket.send(json.dumps({"type": "ready", "command_id": f"ready-{number}", "round": number}))
            while json.loads(await socket.recv())["type"] != "accepted":
                pass


async def owner_of(cluster: Cluster) -> str:
    found = list[str]()

    async def is_held() -> bool:
        found[:] = [name for name in NODES if await cluster.held_by(name)]
        return bool(found)

    await wait_for(is_held, WITHIN_S)
    return found[0]
