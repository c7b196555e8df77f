"""What people agreed on outlives the processes that heard of it: killed in its midst, and left for another node."""

from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from clew.client.doors import Doors
from clew.client.retrying import pause
from tests.kit.cluster import Cluster, wait_for
from tests.kit.server import Server
from tests.kit.set_clock import SetClock
from tests.kit.table_play import Message, Viewer, command_of, table_server, tables_at

BIDS = "examples.bids.game:Bids"
STOPPED_S: Final = 4.0
BUSY_S: Final = 3.0
"""A busy machine takes so long to notice."""


async def agree(viewer: Viewer, to: str) -> None:
    await viewer.do({"type": "agree", "to": to})


def paused(view: Message) -> bool:
    return view["agreements"]["pause"] is not None


async def test_half_an_agreement_and_a_pause_outlive_a_killed_server_and_the_round_keeps_its_time(
    tmp_path: Path,
) -> None:
    async with table_server(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, ben = await tables.begun("Ada", "Ben", round_seconds=60)
        await ada.plan(bid=13)
        await agree(ada, "pause")

        await server.kill()
        await server.start()

        half = await ben.wait(lambda view: view["agreements"]["asked"] != [])
        assert half["agreements"]["asked"] == [{"to": "pause", "by": ["p1"], "missing": ["p2"]}]
        await agree(ben, "pause")
        stands = (await ada.wait(paused))["agreements"]["pause"]

        await server.kill()
        await server.start()

        for viewer in (ada, ben):
            await viewer.wait(paused)
            await agree(viewer, "go_on")
        goes = await ada.wait(lambda view: not paused(view))
        assert stands["left_ms"] > 40_000
        assert goes["you"]["plan"] == {"bid": 13}
        assert goes["round"] == 1
        assert "agreed" in [event["why"] for event in ben.told("clock_credited")]
        for viewer in (ada, ben):
            assert [event["seq"] for event in viewer.events] == list(range(1, len(viewer.events) + 1))
            await viewer.ready()
        await ada.wait_round(2)


async def test_a_pause_moves_to_another_node_and_the_replay_of_such_a_game_is_whole(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    try:
        await cluster.start_engines()
        for name in ("a", "b"):
            cluster.node(name, command=command_of(BIDS, "minotaur"))
        await cluster.start("a", "b")
        stays = cluster.nodes["b"].url
        async with tables_at(cluster.nodes["a"].url, "minotaur") as at_a, tables_at(stays, "minotaur") as at_b:
            ada, ben = await at_a.guest("Ada"), await at_b.guest("Ben")
            code = str((await ada.create_game(kind="minotaur", seats=2, round_seconds=60))["join_code"])
            await ben.join(code)
            viewers = [await at_a.watch(ada.at(Doors([ada.base_url, stays])), code), await at_b.watch(ben, code)]
            await ada.start(code)
            for viewer in viewers:
                await viewer.wait_round(1)
            for viewer in viewers:
                await agree(viewer, "pause")
            left = [(await viewer.wait(paused))["agreements"]["pause"]["left_ms"] for viewer in viewers]

            assert await cluster.nodes["a"].stop() == 0

            async def holds_it() -> bool:
                return len(await cluster.held_by("b")) == 1

            await wait_for(holds_it)
            for viewer in viewers:
                await agree(viewer, "go_on")
            goes = await viewers[0].wait(lambda view: not paused(view))
            await viewers[0].do({"type": "resign"})
            await viewers[1].wait_over()
            types = [event["type"] for event in (await ben.call("GET", f"/games/{code}/replay"))["events"]]

            assert min(left) > 40_000
            assert goes["round"] == 1
            agreed = [each for each in types if each in {"agreed", "paused", "went_on", "clock_credited"}]
            assert agreed == ["agreed", "agreed", "paused", "agreed", "agreed", "went_on", "clock_credited"]
    finally:
        await cluster.close()


async def test_a_server_that_was_stopped_in_a_pause_makes_it_as_much_longer_and_takes_nothing_from_the_round(
    tmp_path: Path,
) -> None:
    async with table_server(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, ben = await tables.begun("Ada", "Ben", round_seconds=60)
        before = await agreed_pause(ada, ben)

        server.pause()
        await pause(STOPPED_S)
        server.resume()
        after = await ada.wait(lambda view: paused(view) and view["agreements"]["pause"]["until"] != before["until"])

        moved_s = until_s(after["agreements"]["pause"]) - until_s(before)
        assert STOPPED_S - 1 <= moved_s <= STOPPED_S + BUSY_S
        assert after["agreements"]["pause"]["left_ms"] == before["left_ms"]
        await go_on_in_round_1(ada, ben)


@pytest.mark.parametrize("ahead_s", [-3_600, 3_600], ids=["back", "forward"])
async def test_a_clock_that_is_set_in_a_pause_neither_ends_it_nor_makes_it_longer(tmp_path: Path, ahead_s: int) -> None:
    clock = SetClock(tmp_path)
    server = Server(tmp_path / "data", "--rate-limits", "off", command=clock.command, environment=clock.environment)
    await server.start()
    try:
        async with tables_at(server.url, "minotaur") as tables:
            ada, ben = await tables.begun("Ada", "Ben", kind="minotaur", round_seconds=60)
            before = await agreed_pause(ada, ben)

            clock.set(ahead_s)
            after = await ada.wait(
                lambda view: paused(view) and view["agreements"]["pause"]["until"] != before["until"]
            )

            assert abs(until_s(after["agreements"]["pause"]) - until_s(before) - ahead_s) <= BUSY_S
            assert after["agreements"]["pause"]["left_ms"] == before["left_ms"]
            await go_on_in_round_1(ada, ben)
    finally:
        await server.kill()


async def agreed_pause(*viewers: Viewer) -> Message:
    """The pause that they agree on."""
    for viewer in viewers:
        await agree(viewer, "pause")
    return (await viewers[0].wait(paused))["agreements"]["pause"]


async def go_on_in_round_1(*viewers: Viewer) -> None:
    for viewer in viewers:
        await agree(viewer, "go_on")
    goes = await viewers[0].wait(lambda view: not paused(view))
    assert (goes["round"], goes["game_status"]) == (1, "active")


def until_s(agreed: Message) -> float:
    """When that pause ends at the latest."""
    return datetime.fromisoformat(agreed["until"]).timestamp()
