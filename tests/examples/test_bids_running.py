"""The example on real nodes: to its end, through a killed process, and from one node to another."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from clew.game import AnyGame
from clew.local.process import ServerProcess
from clew.sessions.faults import Busy
from clew.sessions.ids import GameId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Acknowledged
from clew.stores.sqlite.store import open_data
from clew.tables.commands import AnyCommand, Ready, RegisterPlan
from clew.tables.creating import NewTable
from clew.tables.events import ClockCredited, GameOver
from clew.tables.lobby.commands import Join, Start
from clew.testing.fleet import FleetNode, open_fleet
from clew.testing.hand_clock import HandClock, Timekeeper
from clew.testing.hosting import TableNode, node_of_tables
from clew.testing.memory.store import memory_store
from clew.testing.sitting import P1, P2, made, user_at
from clew.wiring.clock import RealClock
from examples.bids.game import Bids, Plan, Sold
from tests.examples.first_bids import FirstBids
from tests.kit.data import data_in

GAME = GameId("game-1")


async def begun(node: TableNode | FleetNode, seats: int, people: int, game: AnyGame | None = None) -> None:
    """A table in its first round; bots sit where people don't."""
    await node.make(made(game or Bids(), NewTable(seats=seats, bots=seats - people), seed=7), GAME)
    for place in range(2, people + 1):
        await accepted(node, Join(user_at(place), f"Player {place}"))
    await accepted(node, Start(user_at(1)))


async def planned(node: TableNode | FleetNode, game: AnyGame | None = None) -> None:
    """Two people have made their secret bids."""
    await begun(node, seats=2, people=2, game=game)
    await accepted(node, RegisterPlan(P1, 1, Plan(9)))
    await accepted(node, RegisterPlan(P2, 1, Plan(4)))


async def accepted(node: TableNode | FleetNode, command: AnyCommand) -> None:
    answer = await node.do(GAME, command)
    assert isinstance(answer, Acknowledged), answer


@asynccontextmanager
async def node_in(folder: Path, clock: Clock, game: AnyGame | None = None) -> AsyncGenerator[TableNode]:
    with open_data(data_in(folder), clock) as store:
        async with node_of_tables(game or Bids(), store, clock) as node:
            yield node


async def test_bots_play_it_to_the_end_by_its_deadlines() -> None:
    clock = HandClock()
    time = Timekeeper(clock)
    async with node_of_tables(Bids(), memory_store(clock), clock) as node:
        await time.run(begun(node, seats=4, people=1))

        await time.pass_s(6 * 20 + 1)

        table = await node.table(GAME)
        assert table.status == "concluded"
        assert len(table.state.sold) == 6
        assert table.winner_ids


async def test_bots_play_it_to_the_end_in_a_data_folder(tmp_path: Path) -> None:
    async with node_in(tmp_path, HandClock()) as node:
        await begun(node, seats=4, people=1)
        while (table := await node.table(GAME)).status == "active":
            await accepted(node, Ready(P1, table.round))

        journal = await node.journal(GAME)
        assert isinstance(journal[-1].event, GameOver)
        assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1))


UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from clew.wiring.clock import RealClock
from tests.examples.test_bids_running import node_in, planned

async def run() -> None:
    async with node_in(Path(sys.argv[1]), RealClock()) as node:
        await planned(node)
        print("planned", flush=True)
        await asyncio.Event().wait()

asyncio.run(run())
"""


async def test_a_killed_process_takes_no_hidden_plan_with_it(tmp_path: Path) -> None:
    process = ServerProcess("a node", (sys.executable, "-c", UNTIL_KILLED, str(tmp_path)), 0, tmp_path / "log")
    await process.launch()
    await process.wait_said("^planned$")
    await process.kill()

    async with node_in(tmp_path, RealClock()) as node:
        table = await node.table(GAME)

        assert (table.round, table.plans) == (1, {P1: Plan(9), P2: Plan(4)})
        await accepted(node, Ready(P1, 1))
        await accepted(node, Ready(P2, 1))
        assert (await node.table(GAME)).state.sold == (Sold(P1, 9),)


async def test_the_time_without_a_process_is_given_back(tmp_path: Path) -> None:
    clock = HandClock()
    async with node_in(tmp_path, clock) as killed:
        await planned(killed)
    clock.leap(60_000)

    async with node_in(tmp_path, clock) as node:
        await accepted(node, RegisterPlan(P1, 1, Plan(5)))

        table, journal = await node.table(GAME), await node.journal(GAME)
        assert (table.round, table.plans) == (1, {P1: Plan(5), P2: Plan(4)})
        assert table.round_ends_at > clock.now()
        assert [entry.event.why for entry in journal if isinstance(entry.event, ClockCredited)] == ["restart"]


async def test_a_game_of_the_first_version_plays_on_in_the_second(tmp_path: Path) -> None:
    clock = HandClock()
    async with node_in(tmp_path, clock, FirstBids()) as first:
        await planned(first, FirstBids())
        await accepted(first, Ready(P1, 1))

    async with node_in(tmp_path, clock) as node:
        taken = await node.table(GAME)
        await accepted(node, Ready(P2, 1))

        table = await node.table(GAME)
        assert (taken.state.lots, taken.plans) == (6, {P1: Plan(9), P2: Plan(4)})
        assert (table.round, table.state.sold) == (2, (Sold(P1, 9),))


async def test_a_game_of_a_later_version_is_left_to_who_reads_it(tmp_path: Path) -> None:
    clock = HandClock()
    async with node_in(tmp_path, clock) as second:
        await planned(second)
    async with node_in(tmp_path, clock, FirstBids()) as first:
        with pytest.raises(Busy):
            await first.table(GAME)

    async with node_in(tmp_path, clock) as node:
        assert (await node.table(GAME)).plans == {P1: Plan(9), P2: Plan(4)}


async def test_a_game_moves_between_nodes_with_its_hidden_plans() -> None:
    async with open_fleet(Bids(), HandClock()) as fleet:
        leaving, staying = await fleet.begin_all("a", "b")
        await fleet.run(planned(leaving))

        moved = await leaving.leave()

        table = await fleet.run(staying.table(GAME))
        assert (moved, await fleet.owner_of(GAME)) == (1, staying.owner)
        assert table.plans == {P1: Plan(9), P2: Plan(4)}
        await fleet.run(accepted(staying, Ready(P1, 1)))
        await fleet.run(accepted(staying, Ready(P2, 1)))
        assert (await fleet.run(staying.table(GAME))).state.sold == (Sold(P1, 9),)


async def test_a_game_outlives_its_node_and_a_partition_with_its_hidden_plans() -> None:
    async with open_fleet(Bids(), HandClock()) as fleet:
        first, second = await fleet.begin_all("a", "b")
        await fleet.run(planned(first))

        await first.kill()
        survived = await fleet.run(second.table(GAME))
        third = await fleet.begin("c")
        await second.cut_off()
        taken = await fleet.run(third.table(GAME))
        await second.come_back()

        assert survived.plans == taken.plans == {P1: Plan(9), P2: Plan(4)}
        assert await fleet.owner_of(GAME) == third.owner
        assert (await fleet.run(second.table(GAME))).plans == taken.plans
