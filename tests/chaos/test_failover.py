"""A standby that lags is promoted: what it does not have is lost by the world's fault, and everybody is told."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from clew.client.faults import Rejected
from clew.client.retrying import patiently
from clew.local.postgres import LocalPostgres
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId
from clew.stores.postgres.store import open_postgres
from tests.chaos.moments import now_ms
from tests.kit.client import Person, Player
from tests.kit.cluster import Cluster, cluster_in, wait_for
from tests.kit.proxy import Proxy, proxy_to
from tests.kit.standby import Standby

NOTICED_WITHIN_S = 5.0
PATIENCE_S = 30.0
NODES = ("a", "b", "gate")


class Site:
    """Two hosts and a gateway, which reach PostgreSQL by a way that leads to whoever is primary."""

    def __init__(self, cluster: Cluster, way: Proxy, primary: LocalPostgres, held: AsyncExitStack) -> None:
        self.cluster = cluster
        self.way = way
        self.primary = primary
        self.standby: Standby
        self._held = held

    def url(self, node: str) -> str:
        return self.cluster.nodes[node].url

    async def follow(self) -> None:
        """Have a standby that has everything."""
        self.standby = await asyncio.to_thread(Standby, self.primary)  # the way is carried by this loop
        self._held.callback(self.standby.server.remove)
        await asyncio.to_thread(self.standby.start)
        await self.standby.wait_caught_up()

    async def lose_the_rest(self) -> None:
        """From here on nothing reaches the standby."""
        await self.standby.wait_caught_up()
        await self.standby.fall_behind()

    async def fail_over(self) -> int:
        """The primary dies, its standby takes its place; gives when nodes can reach it."""
        self.way.refuse()
        self.primary.kill()
        await self.standby.promote()
        self.primary = self.standby.server
        assert self.primary.port is not None
        self.way.lead_to(self.primary.port)
        return now_ms()

    async def game_id(self, join_code: str) -> GameId:
        async with open_postgres(self.primary.url()) as store:
            found = await store.listings.find(join_code)
            assert found is not None
            return found.game_id

    async def setbacks(self, join_code: str) -> Sequence[Setback]:
        """What operators are shown of a game."""
        game_id = await self.game_id(join_code)
        async with open_postgres(self.primary.url()) as store:
            return await store.histories.setbacks(game_id, 10)

    def said(self, event: str) -> list[dict[str, Any]]:
        """What all nodes have logged of it."""
        lines = [line for node in NODES for line in self.cluster.nodes[node].log_path.read_text().splitlines()]
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in told if line.get("message") == event]


@asynccontextmanager
async def site_in(folder: Path) -> AsyncGenerator[Site]:
    async with AsyncExitStack() as held:
        cluster = await held.enter_async_context(cluster_in(folder))
        assert cluster.postgres.port is not None
        way = await held.enter_async_context(proxy_to(cluster.postgres.port))
        url = cluster.postgres.url().replace(f":{cluster.postgres.port}/", f":{way.port}/")
        for name in NODES:
            cluster.node(name, "gateway" if name == "gate" else "host,gateway", database_url=url)
        await cluster.start(*NODES)
        site = Site(cluster, way, cluster.postgres, held)
        await site.follow()
        yield site


async def test_a_lagging_standby_is_promoted_and_everybody_goes_on_from_what_it_has(tmp_path: Path) -> None:
    async with site_in(tmp_path) as site:
        await fail_over_under_play(site)


@pytest.mark.long
async def test_two_failovers_in_a_row_are_as_one(tmp_path: Path) -> None:
    async with site_in(tmp_path) as site:
        for _ in range(2):
            await fail_over_under_play(site)
            await site.follow()


async def fail_over_under_play(site: Site) -> None:
    """A game between two gateways, a lobby where nobody moves, and a game and a person the standby never hears of."""
    people = [await Person.guest(site.url(node), name) for node, name in (("a", "Ada"), ("gate", "Ben"))]
    ada, ben = people
    game, lobby = [await a_game(ada) for _ in range(2)]
    await ben.join(game)
    await ada.start(game)
    players = [Player(ada, game, "p1"), Player(ben, game, "p2")]
    ada_at, _ = players
    waiting = Player(ben, lobby, None)
    pids = {node: site.cluster.nodes[node].pid for node in NODES}
    ids = [await site.game_id(code) for code in (game, lobby)]
    async with asyncio.TaskGroup() as group:
        sockets = [group.create_task(player.stay(), name="socket") for player in (*players, waiting)]
        for player in (*players, waiting):
            await player.wait_until(lambda record: bool(record.views), PATIENCE_S)
        await end_round(players, 1)
        await site.lose_the_rest()
        late = await Person.guest(site.url("gate"), "Cyd")
        made_late = await a_game(late)
        await late.join(lobby)
        await end_round(players, 2)
        await end_round(players, 3)
        assert {player.record.view["round"] for player in players} == {4}

        reached_ms = await site.fail_over()

        await wait_for(lambda: noticed(site, ids), PATIENCE_S)
        took_s = (now_ms() - reached_ms) / 1_000
        assert took_s < NOTICED_WITHIN_S, f"noticed after {took_s:.1f} s"
        await wait_for(lambda: shown_to_operators(site, game), PATIENCE_S)
        for player in (*players, waiting):
            await told_of_it(player, 0 if player is waiting else 2)
        for node in NODES:
            assert await round_at(site.url(node), ada, game) == 2
        await refused(late, made_late)
        assert (await ada_at.wait_answer(await ada_at.plan(2, []), PATIENCE_S))["type"] == "accepted"
        await end_round(players, 2)
        assert (await patiently(lambda: ada.game(game), PATIENCE_S))["latest_round"] == 3
        assert len((await patiently(lambda: ada.game(lobby), PATIENCE_S))["players"]) == 1
        assert [len(player.record.complaints) for player in (*players, waiting)] == [1, 1, 1]
        for socket in sockets:
            socket.cancel()
    assert {node: site.cluster.nodes[node].pid for node in NODES if site.cluster.nodes[node].is_running} == pids
    for person in (*people, late):
        await person.close()


async def told_of_it(player: Player, round_number: int) -> None:
    """Told once that the game was set back, to this round, and shown what there is."""
    await player.wait_until(lambda record: bool(record.set_back), PATIENCE_S)
    (welcome,) = player.record.set_back
    assert (welcome["resumed"], welcome["view"]["round"]) == (False, round_number)


async def a_game(person: Person) -> str:
    made = await person.create_game(seats=2, bots=0, round_seconds=120, preset="classic", settings={})
    return str(made["join_code"])


async def end_round(players: list[Player], number: int) -> None:
    """Everybody is done with it."""
    for player in players:
        await player.wait_answer(await player.ready(number), PATIENCE_S)
    for player in players:
        await player.wait_until(lambda record: record.view["round"] == number + 1, PATIENCE_S)


async def noticed(site: Site, ids: list[GameId]) -> bool:
    """Hosts have said of each of them that it went back."""
    return set(ids) <= {line["game_id"] for line in site.said("history_went_back") if line.get("who") == "host"}


async def shown_to_operators(site: Site, game: str) -> bool:
    return [setback.latest_round for setback in await site.setbacks(game)] == [2]


async def round_at(url: str, person: Person, game: str) -> int:
    """How far a game is, asked through these doors."""
    there = person.at(url)
    try:
        return int((await patiently(lambda: there.game(game), PATIENCE_S))["latest_round"])
    finally:
        await there.close()


async def refused(person: Person, game: str) -> None:
    """The standby knows neither the game nor who made it."""
    with pytest.raises(Rejected) as nobody:
        await patiently(lambda: person.call("GET", "/me"), PATIENCE_S)
    assert nobody.value.status == 401
    with pytest.raises(Rejected) as nothing:
        await patiently(lambda: person.game(game), PATIENCE_S)
    assert nothing.value.status in (401, 404)
