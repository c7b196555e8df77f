"""What operators' tools make of any game's tables: they are tried out before a release, and shown in lines."""

from collections.abc import Iterator, Mapping

import pytest

from clew.game import AnyGame, Seat
from clew.operators.rehearsal import Finding, rehearse
from clew.sessions.ids import GameId
from clew.sessions.records import StoredStatus
from clew.tables.commands import Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable
from clew.tables.lobby.commands import Join, Start
from clew.tables.operated import OperatedTable
from clew.testing.hand_clock import HandClock
from clew.testing.hosting import TableNode, node_of_tables
from clew.testing.memory.store import memory_store
from clew.testing.sitting import P1, P2, Sitting, made, user_at
from examples.bids.game import Bids, Paid, Plan, Sold, State
from examples.hanabi.game import Hanabi

GAME = GameId("game-1")


class SellsNothing(Bids):
    """A later release of the game, with a bug."""

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: object) -> Iterator[Sold | Paid]:
        raise ZeroDivisionError(f"{len(plans)} plans")


async def lobby(node: TableNode) -> None:
    await node.make(made(Bids(), NewTable(seats=2), seed=7), GAME)


async def in_mid_round(node: TableNode) -> None:
    await lobby(node)
    await node.do(GAME, Join(user_at(2), "Ben"))
    await node.do(GAME, Start(user_at(1)))
    await node.do(GAME, RegisterPlan(P1, 1, Plan(9)), P1, "one")


async def over(node: TableNode) -> None:
    await in_mid_round(node)
    await node.do(GAME, Ready(P1, 1))
    await node.do(GAME, Ready(P2, 1))
    await node.do(GAME, Resign(P2))


async def tried(game: AnyGame, stand: str) -> Finding:
    clock = HandClock()
    store = memory_store(clock)
    async with node_of_tables(Bids(), store, clock) as node:
        await {"lobby": lobby, "active": in_mid_round, "concluded": over}[stand](node)
        stored = await store.journal.load(GAME)
        assert stored is not None and stored.game_status == stand
        return rehearse(OperatedTable(game), stored, await store.journal.entries(GAME, 0, 500))


@pytest.mark.parametrize("stand", ["lobby", "active", "concluded"])
async def test_a_table_that_this_release_plays_is_fine(stand: StoredStatus) -> None:
    assert await tried(Bids(), stand) == Finding(GAME, "code-game-1", stand, 2, "fine", None)


@pytest.mark.parametrize("stand", ["lobby", "active"])
async def test_a_bug_in_the_game_is_found_before_its_release(stand: str) -> None:
    finding = await tried(SellsNothing(), stand)

    assert finding.verdict == "failing"
    assert str(finding.reason).startswith("ZeroDivisionError: 2 plans (test_operated.py:")


def test_every_event_of_a_table_is_one_line() -> None:
    for game in (Bids(), Hanabi()):
        sitting = Sitting(game, NewTable(seats=3, bots=1)).begin()
        operated = OperatedTable(game)
        sitting.ready()
        sitting.end_round()
        sitting.do(Resign(P1))

        lines = [operated.line(event) for event in sitting.journal]

        assert all(line and "\n" not in line for line in lines)
        assert lines[0].startswith("table_created seats=3 round_seconds=")
        assert "1 ready_accepted id=p1" in lines
        assert operated.names(sitting.table, ()) == ["Ada", "Player 2", "Daedalus"]


def test_everybody_who_may_watch_is_shown_their_own() -> None:
    sitting = Sitting(Bids(), NewTable(seats=2)).begin()
    sitting.plan(P2, Plan(13))

    shown = OperatedTable(Bids()).shown(sitting.table)

    assert [b'{"bid":13}' in text for text in shown] == [False, False, True]
