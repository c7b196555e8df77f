"""Three nodes that are killed, paused, cut off, drained and replaced at random, under play and troubles of the store.

Whatever happens: journals are gap-free, each epoch has one writer, what was answered is in the journal once and is
answered the same again, watchers heard the journal without a gap, no round ended early; in the end every game goes on.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from structlog.testing import capture_logs

from clew.sessions.faults import Busy, Moved
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.records import Acknowledged, Answer
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from tests.kit.fleet import Fleet, FleetNode, open_fleet, total
from tests.kit.hosting import ADA, BEN, HERE, open_game
from tests.kit.tally import Add, Nod

T = TypeVar("T")

GAMES = [GameId(f"g{number}") for number in range(3)]
SEATS = [0, 1, 2]
"""Places for nodes; a new node in one has a new name."""

Key = tuple[GameId, PlayerId, str]
Post = tuple[GameId, PlayerId, int, int]
posts = st.tuples(st.sampled_from(GAMES), st.sampled_from([ADA, BEN]), st.integers(0, 30), st.integers(-1, 9))
seats = st.sampled_from(SEATS)
troubles = st.lists(st.sampled_from([Trouble.BUSY, Trouble.LOST, Trouble.LANDED]), max_size=3)


class FleetAgainstModel(RuleBasedStateMachine):
    lifelines = True

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = HandClock()
        self.logs = capture_logs()
        self.logs.__enter__()
        self.opened: AbstractAsyncContextManager[Fleet] = open_fleet(self.clock, lifelines=self.lifelines)
        self.fleet = self.run(self.opened.__aenter__())
        self.nodes: dict[int, FleetNode] = {}
        self.named = 0
        self.first: dict[Key, Answer] = {}
        self.asked: set[Key] = set()
        self.asking: list[asyncio.Task[None]] = []
        self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _begin(self) -> None:
        for seat in SEATS:
            await self._join(seat)
        await self.fleet.pass_s(1.1)
        for game in GAMES:
            await self.fleet.run(open_game(self.nodes[0].host, game, 100_000))

    # --- what may happen -----------------------------------------------------------------------------------------

    @rule(batch=st.lists(posts, min_size=1, max_size=6), at=seats, passes=st.integers(0, 30))
    def post(self, batch: list[Post], at: int, passes: int) -> None:
        self.run(self._post(batch, at, passes))

    @rule(seat=seats)
    def kill(self, seat: int) -> None:
        self.run(self._kill(seat))

    @rule(seat=seats, release=st.sampled_from(["1.0.0", "1.1.0"]))
    def drain_and_replace(self, seat: int, release: str) -> None:
        self.run(self._drain_and_replace(seat, release))

    @rule(seat=seats)
    def pause(self, seat: int) -> None:
        self.nodes[seat].pause()

    @rule(seat=seats, backwards=st.booleans())
    def go_on(self, seat: int, backwards: bool) -> None:
        self.run(self.nodes[seat].go_on(backwards=backwards))

    @rule(
        seat=seats,
        call=st.sampled_from(["commit", "transfer", "claim", "refence", "renew", "declare_dead", "register"]),
        these=troubles,
    )
    def trouble_writing(self, seat: int, call: str, these: list[Trouble]) -> None:
        self.nodes[seat].line.troubles[call].extend(these)

    @rule(seat=seats, call=st.sampled_from(["load", "holding", "nodes", "held_by", "journal"]), times=st.integers(1, 3))
    def trouble_reading(self, seat: int, call: str, times: int) -> None:
        self.nodes[seat].line.troubles[call].extend([Trouble.BUSY] * times)

    @rule(seat=seats, away=st.booleans())
    def cut_store(self, seat: int, away: bool) -> None:
        self.nodes[seat].faults.down = away

    @rule(seat=seats, away=st.booleans())
    def cut_bus(self, seat: int, away: bool) -> None:
        self.run(self.nodes[seat].bus.cut() if away else self.nodes[seat].bus.mend())

    @rule(seat=seats, deaf=st.booleans())
    def lose_hand_overs(self, seat: int, deaf: bool) -> None:
        self.nodes[seat].bus.loses_request = is_take if deaf else lambda _: False

    @rule(messages=st.integers(1, 5))
    def lose_messages(self, messages: int) -> None:
        self.fleet.bus.drop_next(messages)

    @rule(seat=seats, game=st.sampled_from(GAMES))
    def watch(self, seat: int, game: GameId) -> None:
        if self.nodes[seat].host.held(game):
            self.run(self.fleet.watch(self.nodes[seat], game))

    @rule(tenths=st.integers(1, 70))
    def wait(self, tenths: int) -> None:
        self.run(self.fleet.pass_s(tenths / 10))

    # --- what must be true ---------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        self.run(self.fleet.check())

    def teardown(self) -> None:
        try:
            self.run(self._in_the_end())
        finally:
            try:
                self.run(self._end_asking())
            finally:
                self.run(self.opened.__aexit__(None, None, None))
                self.loop.close()
                self.logs.__exit__(None, None, None)

    # --- how -----------------------------------------------------------------------------------------------------

    async def _join(self, seat: int, release: str = "1.0.0") -> None:
        self.named += 1
        self.nodes[seat] = await self.fleet.begin(f"n{self.named}", release)

    async def _post(self, batch: list[Post], at: int, passes: int) -> None:
        for game, player, number, amount in batch:
            key = (game, player, f"c{number}")
            self.asked.add(key)
            self.asking.append(start(self._ask(key, self.nodes[at], amount)))
        await loop_passes(passes)

    async def _end_asking(self) -> None:
        """Those whose node died wait for ever."""
        for asking in self.asking:
            asking.cancel()
        done, _ = await asyncio.wait(self.asking) if self.asking else (set[asyncio.Task[None]](), None)
        for asking in done:
            if not asking.cancelled() and (wrong := asking.exception()) is not None:
                raise wrong

    async def _ask(self, key: Key, node: FleetNode, amount: int) -> None:
        """What a client does: it asks, and asks again."""
        game, player, command_id = key
        command = Add(player, HERE, amount) if amount else Nod()
        try:
            answer = await node.ask(game, command, player, command_id)
        except (Busy, Moved):
            return
        assert self.first.setdefault(key, answer) == answer, "a repeat got another answer"

    async def _kill(self, seat: int) -> None:
        await self.nodes[seat].kill()
        await self._join(seat)

    async def _drain_and_replace(self, seat: int, release: str) -> None:
        old = self.nodes[seat]
        if not old.gate.paused and not old.faults.down:
            await old.leave()
        else:
            await old.kill()
        await self._join(seat, release)

    async def _in_the_end(self) -> None:
        """All troubles over, every game answers, as it did before."""
        for node in self.nodes.values():
            await node.go_on()
            node.mend_store()
            await node.bus.mend()
            node.bus.loses_request = lambda _: False
            node.line.troubles.clear()
        self.fleet.bus.lose_no_more()
        await self.fleet.pass_s(15)
        asked = self.nodes[0]
        for key, answer in self.first.items():
            game, player, command_id = key
            assert await self.fleet.run(asked.ask(game, Nod(), player, command_id)) == answer
        for game in GAMES:
            assert isinstance(await self.fleet.run(asked.ask(game, Nod(), ADA, "last")), Acknowledged)
            seen = await self.fleet.run(asked.see(game))
            journal = await self.fleet.journal(game)
            assert seen.state.total == total(journal)
            receipts = {(game, entry.receipt.player_id, entry.receipt.command_id) for entry in journal if entry.receipt}
            assert receipts - {(game, ADA, "last")} <= self.asked, "a command came from nowhere"
            assert sum(node.host.held(game) is not None for node in self.nodes.values()) == 1, (
                "two nodes hold it, or none"
            )
        await self.fleet.check()


class WithoutLifelines(FleetAgainstModel):
    lifelines = False


@pytest.mark.hypothesis
def test_a_fleet_keeps_its_promises() -> None:
    run_state_machine_as_test(FleetAgainstModel, settings=settings(stateful_step_count=30))


@pytest.mark.hypothesis
def test_a_fleet_without_lifelines_keeps_its_promises() -> None:
    fewer = max(5, settings().max_examples // 2)
    run_state_machine_as_test(WithoutLifelines, settings=settings(max_examples=fewer, stateful_step_count=30))
