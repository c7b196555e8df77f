"""A session finds out what became of it, whatever it was doing: it goes on, follows its new owner, or is put away."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.bounds import ANSWER_WAIT_S
from clew.sessions.faults import Busy, Crashed, Moved, Quarantined
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.records import Acknowledged, Answer, RowVersion
from clew.sessions.session.turn import Envelope
from clew.testing.faults.damage import spoil
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.fleet import ONE, Fleet
from tests.kit.hosting import GAME, Life, living, open_game, resume
from tests.kit.tally import Break, Sit, Tally, TallyCodec


async def test_a_crash_behind_a_commit_that_the_store_refused_is_followed_up(
    life: Life, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.STUCK)
    posted = [start(life.host.post(GAME, ONE))]
    await loop_passes()
    posted += [start(life.host.post(GAME, command)) for command in (ONE, Break("decide"))]
    await loop_passes()

    life.store.unstick()
    life.store.down = True
    await clock.advance(ANSWER_WAIT_S + 2)
    life.store.down = False
    await clock.advance(2)

    assert await posted[0] == Acknowledged(5)
    assert [type(each.exception()) for each in posted[1:]] == [Busy, Busy]
    assert [entry["game_id"] for entry in logged if entry["event"] == "session_crashed"] == [GAME]
    assert isinstance(await life.host.post(GAME, ONE), Acknowledged)


async def test_a_turn_that_cannot_be_written_down_is_a_crash_and_the_session_is_restarted(
    life: Life, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_game(life.host)
    monkeypatch.setattr(TallyCodec, "encode_state", _cannot_encode)
    with pytest.raises(Crashed):
        await life.host.post(GAME, Sit(PlayerId("p3"), UserId("cid")))
    monkeypatch.undo()
    before = life.store.fences

    again = start(life.host.post(GAME, ONE))
    await clock.advance(0.2)

    assert await again == Acknowledged(5)
    assert life.store.fences == before + 1, "what it had in memory is not believed"


async def test_a_session_that_cannot_be_read_where_it_belongs_to_another_is_followed_there(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    first.line.refused = second.line.refused = {"held_by"}
    await fleet.store.ownership.transfer(first.owner, second.owner, [RowVersion(GAME, 1, 4)])
    spoil(fleet.store, GAME)

    asking = start(first.host.post(GAME, ONE))
    await fleet.until(asking.done)

    assert isinstance(asking.exception(), Moved), "what is wrong with it is its owner's to say"
    assert told.ended == ["moved"]
    assert (await fleet.stored(GAME)).game_status == "active", "nobody put it away who does not own it"


async def test_a_session_that_cannot_be_read_any_more_is_put_away_by_its_owner(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    spoil(fleet.store, GAME)
    first.faults.troubles.append(Trouble.LOST)

    asking = start(first.host.post(GAME, ONE))
    await fleet.until(lambda: told.ended != [])

    with pytest.raises(Quarantined):
        await fleet.run(first.host.look(GAME))
    assert told.ended == ["quarantined"]
    assert isinstance(asking.exception(), Busy | Quarantined)


async def test_a_session_that_was_put_away_behind_its_owners_back_ends_here_too(
    life: Life, memory: MemoryStore, clock: HandClock
) -> None:
    await open_game(life.host)
    ended = list[str]()
    await life.host.watch(GAME, lambda _: None, ended.append)
    stored = await memory.journal.load(GAME)
    assert stored is not None and stored.owner is not None
    await memory.ownership.quarantine(GAME, stored.owner, "by an operator", clock.now())
    life.store.troubles.append(Trouble.LOST)

    asking = start(life.host.post(GAME, ONE))
    await clock.advance(2)

    assert ended == ["quarantined"]
    assert isinstance(asking.exception(), Busy)
    with pytest.raises(Quarantined, match="by an operator"):
        await life.host.look(GAME)


async def test_a_command_for_a_session_that_has_just_ended_hears_where_it_went(life: Life, clock: HandClock) -> None:
    """Between finding the session and posting to it whoever asks may have waited."""
    await open_game(life.host)
    session = await life.host.reach(GAME)
    session.end("moved")
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    with pytest.raises(Moved):
        session.post(Envelope(ONE, None, answer, clock.monotonic()))

    assert not answer.done()


async def test_an_end_without_a_gap_is_written_down_all_the_same(memory: MemoryStore, clock: HandClock) -> None:
    """Where not a millisecond passed, nothing is owed; unsaid, the row would count the time without an owner on."""
    async with living(memory, clock) as before:
        await open_game(before.host)
        await before.stop()

    async with living(memory, clock) as after:
        await resume(after.host)
        await clock.advance(0)

        stored = await memory.journal.load(GAME)
        assert stored is not None and stored.unowned_ms is None


async def test_a_part_that_broke_the_store_does_not_make_the_others_wait(life: Life) -> None:
    """Each was answered: there is nothing to pause for, and the clock stands still here."""
    other = GameId("other")
    await open_game(life.host)
    await open_game(life.host, other)
    life.store.poison = GAME
    with pytest.raises(Crashed):
        await life.host.post(GAME, ONE)

    asking = start(life.host.post(other, ONE))
    await loop_passes()

    assert asking.done() and await asking == Acknowledged(5)


def _cannot_encode(_codec: TallyCodec, _state: Tally) -> bytes:
    raise ArithmeticError("this state can't be written")
