"""Games that know nothing but the door, through what a machine and a deploy do to their servers."""

import asyncio
from pathlib import Path

from clew.client.doors import Doors
from tests.kit.cluster import Cluster, wait_for
from tests.kit.table_play import Viewer, command_of, table_server, tables_at

BIDS = "examples.bids.game:Bids"
TWO_KINDS = command_of(BIDS, "minotaur")
SOLD = {"type": "Sold", "to": "p1", "price": 613}


async def test_a_killed_server_comes_back_with_the_hidden_plans_of_the_round(tmp_path: Path) -> None:
    async with table_server(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, ben = await tables.begun("Ada", "Ben", options={"purse": 977}, round_seconds=600)
        await ada.plan(bid=613)
        await ben.plan(bid=4)
        await ada.ready()

        await server.kill()
        await server.start()

        await ben.ready()
        for viewer in (ada, ben):
            await viewer.wait_round(2)
            assert SOLD in [event["event"] for event in viewer.told("happened")]
            assert [event["seq"] for event in viewer.events] == list(range(1, len(viewer.events) + 1))
            assert viewer.welcome["resumed"] is True
        assert [event["why"] for event in ben.told("clock_credited")] == ["restart"]
        assert '"Paid"' not in ben.text


async def test_games_of_two_kinds_move_between_two_nodes_unnoticed(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    try:
        await cluster.start_engines()
        for name in ("a", "b"):
            cluster.node(name, command=TWO_KINDS)
        await cluster.start("a", "b")
        stays = cluster.nodes["b"].url
        async with tables_at(cluster.nodes["a"].url, "bids") as at_a, tables_at(stays, "bids") as at_b:
            ada, ben = await at_a.guest("Ada"), await at_b.guest("Ben")
            codes = {
                kind: str((await ada.create_game(kind=kind, seats=2))["join_code"]) for kind in ("bids", "minotaur")
            }
            viewers = dict[str, list[Viewer]]()
            for kind, code in codes.items():
                await ben.join(code)
                at_a.kind = at_b.kind = kind
                everywhere = ada.at(Doors([ada.base_url, stays]))
                viewers[kind] = [await at_a.watch(everywhere, code), await at_b.watch(ben, code)]
                await ada.start(code)
                for viewer in viewers[kind]:
                    await viewer.wait_round(1)
            await viewers["bids"][0].plan(bid=13)
            await viewers["minotaur"][0].do({"type": "plan", "round": 1, "steps": [{"type": "wait"}]})
            listed = (await ben.call("GET", "/games?mine=true"))["games"]

            assert await cluster.nodes["a"].stop() == 0

            async def holds_both() -> bool:
                return len(await cluster.held_by("b")) == 2

            await wait_for(holds_both)
            for kind in codes:
                async with asyncio.TaskGroup() as tasks:
                    for viewer in viewers[kind]:
                        tasks.create_task(viewer.ready())
                for viewer in viewers[kind]:
                    await viewer.wait_round(2)
            assert {game["kind"] for game in listed} == set(codes)
            sold = [event["event"] for event in viewers["bids"][1].told("happened")]
            assert sold == [{"type": "Sold", "to": "p1", "price": 13}]
            assert [event["why"] for viewer in viewers["bids"] for event in viewer.told("clock_credited")] == []
            assert (await ben.game(codes["minotaur"]))["latest_round"] == 2
    finally:
        await cluster.close()
