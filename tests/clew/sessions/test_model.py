"""A host that is killed, cut off and taken over at random, against a model that is a handful of lines.

The model is the game itself, run on the commands whose answers were given. Whatever happens: what was acknowledged is
in the journal exactly once and at its number, what was refused is not, a repeat gets the first answer, watchers heard
exactly the journal, and the credits add up to the time without a host.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from structlog.testing import capture_logs

from clew.sessions.faults import Busy, Crashed
from clew.sessions.ids import GameId, Owner, PlayerId
from clew.sessions.node_records import Beat
from clew.sessions.records import OPEN, Acknowledged, Answer, Entry, Refused
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from tests.kit.hosting import ADA, BEN, HERE, Told, life_of, open_game, resume
from tests.kit.stores import ADAPTERS
from tests.kit.tally import Add, Added, Break, Delayed, Event, Nod, RoundBegan

T = TypeVar("T")
GAMES = [GameId("g0"), GameId("g1")]
TROUBLES = [Trouble.BUSY, Trouble.LOST, Trouble.LANDED, Trouble.LATE]

Post = tuple[GameId, PlayerId, str, Add | Nod]
posts = st.tuples(
    st.sampled_from(GAMES),
    st.sampled_from([ADA, BEN]),
    st.integers(0, 25).map(lambda number: f"c{number}"),
    st.one_of(st.just(Nod()), st.integers(-1, 40).map(lambda amount: Add(ADA, HERE, amount))),
)


class HostAgainstModel(RuleBasedStateMachine):
    adapter = "memory"

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.clock = HandClock()
        self.opened = ADAPTERS[self.adapter](Path(self.folder.name), self.clock)
        self.store = self.run(self.opened.__aenter__())
        self.first: dict[tuple[GameId, PlayerId, str], Answer] = {}
        self.unanswered: set[tuple[GameId, PlayerId, str]] = set()
        self.told: list[tuple[GameId, int, Told]] = []
        self.gap_ms = dict.fromkeys(GAMES, 0)
        self.logs = capture_logs()
        self.logs.__enter__()
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _begin(self) -> None:
        self.life = life_of(self.store, self.clock)
        await self.life.up()
        for game in GAMES:
            await open_game(self.life.host, game, 300)
            await self._watch(game)

    # --- what may happen -----------------------------------------------------------------------------------------

    @rule(batch=st.lists(posts, min_size=1, max_size=12), troubles=st.lists(st.sampled_from(TROUBLES), max_size=3))
    def post(self, batch: list[Post], troubles: list[Trouble]) -> None:
        self.life.store.troubles.extend(troubles)
        self.run(self._post(batch))

    @rule(
        batch=st.lists(posts, min_size=1, max_size=8),
        troubles=st.lists(st.sampled_from([*TROUBLES, Trouble.STUCK]), max_size=2),
        passes=st.integers(0, 25),
        away_ms=st.integers(0, 100_000),
    )
    def kill_while_posting(self, batch: list[Post], troubles: list[Trouble], passes: int, away_ms: int) -> None:
        self.life.store.troubles.extend(troubles)
        self.run(self._kill_while_posting(batch, passes, away_ms))

    @rule(away_ms=st.integers(0, 100_000))
    def stop_and_start(self, away_ms: int) -> None:
        self.run(self._stop_and_start(away_ms))

    @rule(game=st.sampled_from(GAMES))
    def watch(self, game: GameId) -> None:
        self.run(self._watch(game))

    @rule(seconds=st.integers(0, 45))
    def wait(self, seconds: int) -> None:
        self.run(self._advance(seconds))

    @rule(game=st.sampled_from(GAMES), where=st.sampled_from(["decide", "evolve", "encode"]))
    def crash(self, game: GameId, where: Any) -> None:
        self.run(self._crash(game, Break(where)))

    # --- what must be true ---------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        self.run(self._check())

    def teardown(self) -> None:
        self.run(self.life.kill())
        self.run(self.opened.__aexit__(None, None, None))
        self.folder.cleanup()
        self.loop.close()
        self.logs.__exit__(None, None, None)

    # --- how ------------------------------------------------------------------------------------------------------

    async def _post(self, batch: Sequence[Post]) -> None:
        posted = [(post, start(self._ask(post))) for post in batch]
        await self._until_all_done([asking for _, asking in posted])
        for post, asking in posted:
            self._note(post, asking)
        await self.life.store.arrive()
        await self._settle()

    async def _kill_while_posting(self, batch: Sequence[Post], passes: int, away_ms: int) -> None:
        posted = [(post, start(self._ask(post))) for post in batch]
        await loop_passes(passes)
        dying = self.life
        await dying.kill()
        for post, asking in posted:
            if asking.done():
                self._note(post, asking)
            else:
                asking.cancel()
                self.unanswered.add(post[:3])
        await asyncio.wait([asking for _, asking in posted])
        self._revive_at(away_ms)
        self.life = life_of(self.store, self.clock)
        await self.life.up()
        await resume(self.life.host)
        await dying.store.arrive()

    async def _stop_and_start(self, away_ms: int) -> None:
        going_on = [game for game in GAMES if (await self.life.host.look(game)).state.status in OPEN]
        await self.life.stop()
        self._revive_at(away_ms)
        self.life = life_of(self.store, self.clock)
        await self.life.up()
        resumed = await resume(self.life.host)
        assert (resumed.sessions, resumed.quarantined) == (len(going_on), ())

    def _revive_at(self, away_ms: int) -> None:
        self.clock.leap(away_ms)
        for game in GAMES:
            self.gap_ms[game] += away_ms

    async def _ask(self, post: Post) -> Answer:
        game, player, command_id, command = post
        return await self.life.host.post(game, command, player_id=player, command_id=command_id)

    def _note(self, post: Post, asking: "asyncio.Task[Answer]") -> None:
        key = post[:3]
        fault = asking.exception()
        if fault is None:
            assert self.first.setdefault(key, asking.result()) == asking.result(), "a repeat got another answer"
        else:
            assert isinstance(fault, Busy)
            self.unanswered.add(key)

    async def _watch(self, game: GameId) -> None:
        told = Told()
        watch = await self.life.host.watch(game, told, told.ended.append)
        self.told.append((game, watch.seq, told))

    async def _advance(self, seconds: int) -> None:
        for _ in range(seconds):
            await self.clock.advance(1)
            await self._drain()
        await self._settle()

    async def _settle(self) -> None:
        await self._until_all_done([start(self.life.host.wait_quiet())])

    async def _until_all_done(self, tasks: "Sequence[asyncio.Task[Any]]") -> None:
        """Move the clock for whoever waits for it, but never past what a thread of the store is doing."""
        await self._drain()
        while not all(task.done() for task in tasks):
            await self.clock.advance(0.05)
            await self._drain()

    async def _drain(self) -> None:
        """Until the store has done what it was asked before: it does things in order."""
        for _ in range(3):
            await self.store.nodes.renew(Owner("nobody.0"), 0, Beat(ready=False, draining=False, sessions=0))
            await self.store.journal.load(GameId("none"))
            await loop_passes()

    async def _crash(self, game: GameId, command: Break) -> None:
        crashing = start(self.life.host.post(game, command))
        await self._until_all_done([crashing])
        with pytest.raises(Crashed):
            await crashing
        await self._advance(61)

    async def _check(self) -> None:
        for game in GAMES:
            journal = await self._journal(game)
            assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1))
            self._check_answers(game, journal)
            state = (await self.life.host.look(game)).state
            if state.status in OPEN:
                self._check_time(game, journal)
            for watched, seq, told in self.told:
                if watched == game:
                    assert told.seqs == list(range(seq + 1, seq + 1 + len(told.seqs)))
                    for entry in (entry for committed in told.commits for entry in committed.entries):
                        assert entry == journal[entry.seq - 1], "something was told that is not so"
                    assert told.ended or not told.seqs or told.seqs[-1] == len(journal)
            total = sum(entry.event.amount for entry in journal if isinstance(entry.event, Added))
            assert state.total == total

    def _check_answers(self, game: GameId, journal: list[Entry[Event]]) -> None:
        receipts = [(entry.receipt.player_id, entry.receipt.command_id) for entry in journal if entry.receipt]
        assert len(receipts) == len(set(receipts)), "a command took effect twice"
        for (where, player, command_id), answer in self.first.items():
            if where == game and not _came_after_the_end(answer):
                entry = next(e for e in journal if e.receipt and (player, command_id) == _key(e))
                assert entry.refusal == (None if isinstance(answer, Acknowledged) else answer)
                assert not isinstance(answer, Acknowledged) or entry.seq == answer.seq
        asked = {key[1:] for key in (*self.first, *self.unanswered) if key[0] == game}
        assert set(receipts) <= asked, "a command came from nowhere"

    def _check_time(self, game: GameId, journal: list[Entry[Event]]) -> None:
        credited_ms = sum(entry.event.ms for entry in journal if isinstance(entry.event, Delayed))
        assert credited_ms >= self.gap_ms[game], "players lost time while nobody ran their game"
        ends_at = 0
        for entry in journal:
            if isinstance(entry.event, RoundBegan):
                assert entry.recorded_at >= ends_at, "a round ended before its time"
                ends_at = entry.event.ends_at
            elif isinstance(entry.event, Delayed):
                ends_at += entry.event.ms

    async def _journal(self, game: GameId) -> list[Entry[Event]]:
        entries = list[Entry[Event]]()
        while page := await self.life.host.journal(game, len(entries), 100):
            entries += page
        return entries


def _key(entry: Entry[Event]) -> tuple[PlayerId, str] | None:
    return entry.receipt and (entry.receipt.player_id, entry.receipt.command_id)


def _came_after_the_end(answer: Answer) -> bool:
    """Of a game that is over nothing more is journaled; it refuses everything in the same way."""
    return isinstance(answer, Refused) and answer.code == "game_over"


class OnSqlite(HostAgainstModel):
    adapter = "sqlite"


@pytest.mark.hypothesis
def test_a_host_on_the_store_in_memory_agrees_with_the_model() -> None:
    run_state_machine_as_test(HostAgainstModel, settings=settings(stateful_step_count=25))


@pytest.mark.hypothesis
def test_a_host_on_sqlite_agrees_with_the_model() -> None:
    """Fewer examples: every one opens a file, and its commits are real."""
    fewer = max(4, settings().max_examples // 5)
    run_state_machine_as_test(OnSqlite, settings=settings(max_examples=fewer, stateful_step_count=12))
