"""Two games on one server: each is played, killed and gone on with as if alone; who has one leaves the other alone."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from clew.sessions.faults import Moved, NoSuchSession, Waits
from clew.sessions.games import GameKind, games_of
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.records import Acknowledged, EndOfFeed, Refused, Stored
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from clew.testing.memory.store import MemoryStore
from tests.kit.data import data_in
from tests.kit.hosting import ADA, GAME, HERE, TALLY, Life, living, open_game, resume, tally
from tests.kit.relay import LEG_MS, RELAY, RUNNERS, Pass, Passed, Relay, Started, relay
from tests.kit.stores import AnyStore
from tests.kit.tally import Add, Added, Begin, Tally

RUN = GameId("run-1")
ONE = Add(ADA, HERE, 1)
BOTH: tuple[GameKind[Any, Any, Any], ...] = (tally(), relay())


async def open_run(life: Life, clock: HandClock, game_id: GameId = RUN, legs: int = 9) -> None:
    host: Any = life.host
    await host.create(RELAY, game_id, f"code-{game_id}", [Started(legs, clock.now())])


async def test_both_are_played_killed_and_gone_on_with(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock, games=BOTH) as life:
        await open_game(life.host)
        await open_run(life, clock)
        host: Any = life.host
        assert await host.post(GAME, ONE, player_id=ADA, command_id="a", of=TALLY) == Acknowledged(5)
        assert await host.post(RUN, Pass(), player_id=RUNNERS[0], command_id="b", of=RELAY) == Acknowledged(2)
        await life.kill()
    clock.leap(1_000)

    async with living(store, clock, games=BOTH) as life:
        host = life.host
        resumed = await resume(life.host)
        again = [
            await host.post(GAME, ONE, player_id=ADA, command_id="a"),
            await host.post(RUN, Pass(), player_id=RUNNERS[0], command_id="b"),
        ]
        states = [(await host.look(game)).state for game in (GAME, RUN)]
        events = [[entry.event for entry in await host.journal(game, 0, 100)] for game in (GAME, RUN)]

    assert (resumed.sessions, resumed.quarantined) == (2, ())
    assert again == [Acknowledged(5), Acknowledged(2)], "each once"
    assert isinstance(states[0], Tally) and states[0].total == 1
    assert isinstance(states[1], Relay) and states[1].run == 1
    assert Added(ADA, HERE, 1) in events[0]
    assert isinstance(events[1][1], Passed)


async def test_the_deadlines_of_both_come(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock, games=BOTH) as life:
        await open_game(life.host)
        await open_run(life, clock)

        await clock.advance(LEG_MS / 1000 + 1)

        assert (await life.host.look(GAME)).state.round == 3
        run: Any = (await life.host.look(RUN)).state
        assert run.run == 1


async def test_a_command_of_one_game_never_reaches_a_session_of_the_other(
    memory: MemoryStore, clock: HandClock
) -> None:
    ended = list[EndOfFeed]()
    async with living(memory, clock, games=BOTH) as life:
        await open_run(life, clock)
        for ask in (
            life.host.post(RUN, Begin(), of=TALLY),
            life.host.look(RUN, of=TALLY),
            life.host.watch(RUN, lambda _: None, ended.append, of=TALLY),
        ):
            with pytest.raises(NoSuchSession):
                await ask

        host: Any = life.host
        assert isinstance(await host.post(RUN, Pass(), of=RELAY), Acknowledged)
        assert len(await host.journal(RUN, 0, 10)) == 2


async def test_both_are_listed_each_for_its_own_asker(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock, games=BOTH) as life:
        await open_game(life.host)
        await open_run(life, clock)

        mine = await life.host.sessions_of([RELAY], UserId("ann"), [], None, 10)
        none = await life.host.sessions_of([TALLY], UserId("ann"), [], None, 10)
        found = await life.host.find(f"code-{RUN}")
    rows = (await store.listings.list_sessions([], None, None, 10)).items

    assert [item.game_id for item in mine.items] == [RUN]
    assert none.items == ()
    assert found is not None and found.kind == RELAY
    assert {row.game_id: row.kind for row in rows} == {GAME: TALLY, RUN: RELAY}


async def test_who_has_one_game_leaves_the_other_as_it_is_and_who_has_both_goes_on(
    store: AnyStore, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    async with living(store, clock, games=BOTH) as life:
        await open_game(life.host)
        await open_run(life, clock)
        await open_run(life, clock, GameId("over"), legs=1)
        host: Any = life.host
        await host.post(GameId("over"), Pass())
        await life.kill()
    before = [await _stored(store, game) for game in (RUN, GameId("over"))]

    async with living(store, clock, games=[tally()]) as life:
        resumed = await resume(life.host)
        for game in (RUN, GameId("over")):
            for ask in (life.host.look(game), life.host.journal(game, 0, 10), life.host.post(game, ONE)):
                with pytest.raises(Waits, match="no node there is has its game, relay"):
                    await ask
        with pytest.raises(Moved):
            await life.host.create(RELAY, GameId("other"), "X", [])
        assert (await life.host.look(GAME)).state.round == 1
        after = [await _stored(store, game) for game in (RUN, GameId("over"))]
        await life.kill()
    async with living(store, clock, games=BOTH) as life:
        again = await resume(life.host)
        host = life.host
        assert isinstance(await host.post(RUN, Pass()), Acknowledged)
        assert isinstance(await host.post(GameId("over"), Pass()), Refused)

    assert (resumed.sessions, resumed.quarantined) == (1, ())
    assert after == before
    assert again.sessions == 2
    assert not [line for line in logged if "unreadable" in line["event"]]


async def test_what_waits_for_its_game_is_told_once(
    memory: MemoryStore, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    async with living(memory, clock, games=BOTH) as life:
        await open_run(life, clock)
        await open_run(life, clock, GameId("run-2"))
        await life.kill()
    async with living(memory, clock, games=[tally()]) as life:
        await resume(life.host)
        await clock.advance(60)
        told = [line for line in logged if line["event"] == "sessions_wait_for_a_node_with_their_game"]
        await clock.advance(60)

    assert [(line["kind"], line["sessions"]) for line in told] == [(RELAY, 2)]
    assert [line for line in logged if line["event"] == "sessions_wait_for_a_node_with_their_game"] == told


async def test_a_later_version_of_one_game_waits_while_the_other_goes_on(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock, games=[tally(), relay(2)]) as life:
        await open_game(life.host)
        await open_run(life, clock)
        await life.kill()

    async with living(store, clock, games=BOTH) as life:
        resumed = await resume(life.host)
        with pytest.raises(Waits, match="state version 2 is newer than 1"):
            await life.host.look(RUN)

    assert (resumed.sessions, resumed.quarantined) == (1, ())


async def test_two_games_in_one_data_folder_are_there_after_it_is_opened_again(
    tmp_path: Path, clock: HandClock
) -> None:
    with open_data(data_in(tmp_path), clock) as store:
        async with living(store, clock, games=BOTH) as life:
            await open_game(life.host)
            await open_run(life, clock)
            await life.stop()
    with open_data(data_in(tmp_path), clock) as store:
        async with living(store, clock, games=BOTH) as life:
            assert (await resume(life.host)).sessions == 2


@pytest.mark.parametrize("kind", ["", "Chess", "1st", "a b", "x" * 33, "a.b", "ä"])
def test_a_kind_has_a_name_that_can_stand_in_a_row_a_log_and_a_metric(kind: str) -> None:
    game = relay()

    with pytest.raises(ValueError, match="is no kind"):
        games_of(GameKind(Kind(kind), game.machine, game.codec))


def test_a_node_has_a_game_at_least_and_each_once() -> None:
    for games in ([], [relay(), relay(2)]):
        with pytest.raises(ValueError, match="each has a kind of its own"):
            games_of(*games)


async def _stored(store: AnyStore, game_id: GameId) -> Stored:
    stored = await store.journal.load(game_id)
    assert stored is not None
    return stored
