"""Two nodes that both take a game for theirs: one commits, and what the other had sent long before leaves no trace."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from clew.client.retrying import patiently, pause
from clew.sessions.bounds import LEASE_MS
from tests.chaos.fleet import Fleet, Way, fleet_with_ways_in
from tests.kit.client import Person, Player
from tests.kit.cluster import PATIENCE_S, wait_for
from tests.kit.moves import Written, check_writers, journal
from tests.kit.postgres import run

HOUR_S: Final = 3_600
WORKED_ON_S: Final = 0.5
"""Far longer than PostgreSQL works on one commit."""
LEFT: Final = "host-1"
"""Its connections to PostgreSQL come through a socket file, so they can be told from the others'."""
TALKATIVE: Final = {"log_statement": "all", "log_line_prefix": "%a %r "}
LATE_WRITE: Final = "clew commits [local] LOG:  execute"
"""What PostgreSQL notes when it begins a commit of that host."""


@dataclass(frozen=True)
class Table:
    """A game on the host that will be left behind, and its one player, who sits at the gateway."""

    game_id: str
    player: Player
    fleet: Fleet
    way: Way

    async def hold_a_commit_back(self) -> str:
        """Freeze the host's way to the store with a plan's commit on the wire; gives the plan's command id."""
        self.way.store.freeze()
        command_id = await self.player.plan(1, [{"type": "wait"}])
        await wait_for(self.is_held_back)
        return command_id

    async def wait_taken_over(self) -> None:
        """Until another host has the game."""
        await wait_for(self._is_taken_over)

    def noted(self) -> str:
        """All that PostgreSQL noted so far."""
        return (self.fleet.cluster.postgres.folder / "log").read_text(errors="replace")

    async def has_arrived(self, noted: int) -> bool:
        """Whether PostgreSQL, having noted so much, has worked on a late commit to this game."""
        since = self.noted()[noted:]
        return LATE_WRITE in since and self.game_id in since[since.index(LATE_WRITE) :]

    async def let_the_commit_arrive(self) -> None:
        """Thaw the way to the store; returns when PostgreSQL has begun to work on the commit."""
        noted = len(self.noted())
        self.way.store.thaw()
        await wait_for(lambda: self.has_arrived(noted))

    async def journal(self) -> list[Written]:
        return await journal(self.fleet.cluster.url, self.game_id)

    async def is_held_back(self) -> bool:
        return self.game_id.encode() in self.way.store.held_back

    async def _is_taken_over(self) -> bool:
        return self.game_id not in await self.fleet.cluster.held_by(LEFT)


@pytest.mark.long
async def test_a_write_that_arrives_after_the_heir_went_on_leaves_no_trace(tmp_path: Path) -> None:
    async with _table(tmp_path) as table:
        life = await table.fleet.cluster.owner(LEFT)
        first = await table.hold_a_commit_back()
        await table.wait_taken_over()
        second = await table.player.plan(1, [{"type": "wait"}, {"type": "wait"}])
        answers = [await table.player.wait_answer(command_id) for command_id in (first, second)]
        written = await table.journal()

        await table.let_the_commit_arrive()
        await wait_for(lambda: _lives_again(table.fleet, life))

        assert [answer["type"] for answer in answers] == ["accepted", "accepted"]
        assert await table.journal() == written
        assert await check_writers(table.fleet.cluster.url, table.game_id) == []
        assert {entry.epoch for entry in written if entry.seq >= answers[0]["seq"]} == {2}
        assert table.player.record.complaints == []
        assert table.player.connections == 1


async def test_a_write_that_would_fit_is_stopped_by_its_epoch_alone(tmp_path: Path) -> None:
    """In a lobby the heir has nothing to write, so the late write's number is the next one; and nobody asks again."""
    async with _table(tmp_path, started=False) as table:
        left, gate = table.fleet.server(LEFT), table.fleet.server(table.fleet.gate)
        ben, cy = [await Person.guest(gate.url, name) for name in ("Ben", "Cy")]
        await ben.join(table.player.join_code)  # from here on its commits go out in one piece, prepared
        written = await table.journal()
        async with asyncio.TaskGroup() as group:
            table.way.store.freeze()
            join = group.create_task(patiently(lambda: cy.join(table.player.join_code), PATIENCE_S), name="join")
            await wait_for(table.is_held_back)
            gate.pause()
            left.pause()
            await table.wait_taken_over()

            await table.let_the_commit_arrive()
            await pause(WORKED_ON_S)
            after = await table.journal()
            gate.resume()
            left.resume()

        for person in (ben, cy):
            await person.close()
        assert after == written
        assert [entry.epoch for entry in await table.journal()] == [1] * len(written) + [2]
        assert join.result() == "p3"
        assert await check_writers(table.fleet.cluster.url, table.game_id) == []


@pytest.mark.long
@pytest.mark.parametrize("offset_ms", range(-500, 1_501, 500))
async def test_of_a_late_write_and_a_takeover_at_the_same_moment_one_wins(tmp_path: Path, offset_ms: int) -> None:
    async with _table(tmp_path) as table:
        command_id = await table.hold_a_commit_back()
        await pause((LEASE_MS - 1_000 + offset_ms) / 1_000)

        table.way.store.thaw()

        answer = await table.player.wait_answer(command_id)
        assert answer["type"] == "accepted"
        again = await table.player.plan(1, [])
        assert (await table.player.wait_answer(again))["type"] == "accepted"
        assert await check_writers(table.fleet.cluster.url, table.game_id) == []
        own = "SELECT count(*) FROM game_events WHERE game_id = $1 AND event::text LIKE '%' || $2 || '%'"
        assert await run(table.fleet.cluster.url, own, table.game_id, command_id) == [(1,)]
        assert table.player.record.complaints == []


@asynccontextmanager
async def _table(folder: Path, *, started: bool = True) -> AsyncGenerator[Table]:
    """A game without deadlines to speak of, made on a host that is alone; then the other comes."""
    async with fleet_with_ways_in(folder, seed=1, hosts=1, settings=TALKATIVE) as (fleet, ways):
        ada = await Person.guest(fleet.server(fleet.gate).url, "Ada")
        game = await ada.create_game(seats=4, bots=3 if started else 1, round_seconds=HOUR_S)
        if started:
            await ada.start(str(game["join_code"]))
        heir = fleet.new_host()
        await fleet.cluster.start(heir)
        player = Player(ada, str(game["join_code"]), str(game["player_id"]))
        async with asyncio.TaskGroup() as group:
            socket = group.create_task(player.stay(), name="socket")
            await player.wait_until(lambda record: bool(record.views), within_s=10)
            try:
                yield Table(str(game["game_id"]), player, fleet, ways[LEFT])
            finally:
                socket.cancel()
                await ada.close()


async def _lives_again(fleet: Fleet, life: str) -> bool:
    return any(row.alive and row.owner != life for row in await fleet.cluster.lives(LEFT))
