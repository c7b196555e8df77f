"""Sessions go on after any end of the process before: clocks credited, the unreadable put aside and named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from clew.sessions.bounds import CLAIM_BATCH
from clew.sessions.faults import Busy, Quarantined
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.records import Acknowledged, Progress
from clew.sessions.session.bodies import read_entry
from clew.stores.kinds import OTHERS_RAISED_BY
from clew.stores.sqlite.store import open_data
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.data import FILE_NAME, data_in
from tests.kit.hosting import ADA, GAME, HERE, TALLY, living, open_game, resume
from tests.kit.stores import AnyStore
from tests.kit.tally import Add, Begin, Delayed, Opened, Sit, TallyCodec

ONE = Add(ADA, HERE, 1)
CEM = PlayerId("p3")
SINCE_A_SIGN_MS = 150
"""Of a node that was killed 10.4 s after it began, and gave its last sign of life with the tick before."""


async def test_a_stopped_hosts_sessions_go_on_with_the_gap_credited(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        ends_at = (await life.host.look(GAME)).state.ends_at
        await life.stop()
    clock.leap(3_600_000)
    async with living(store, clock) as life:
        resumed = await resume(life.host)

        seen = await life.host.look(GAME)
        assert (resumed.sessions, resumed.quarantined) == (1, ())
        assert ends_at is not None and seen.state.ends_at == ends_at + 3_600_000
        assert (await life.host.journal(GAME, 4, 10))[0].event == Delayed(3_600_000, "restart")


async def test_a_killed_hosts_sessions_are_credited_since_it_last_lived(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        ends_at = (await life.host.look(GAME)).state.ends_at
        await clock.advance(10.4)
        await life.kill()
    clock.leap(60_000)
    async with living(memory, clock) as life:
        await resume(life.host)

        seen = await life.host.look(GAME)
        assert ends_at is not None and seen.state.ends_at == ends_at + 60_000 + SINCE_A_SIGN_MS
        await clock.advance(18)
        assert (await life.host.look(GAME)).state.round == 1


async def test_a_deadline_that_passed_while_nobody_ran_the_session_does_not_fire(
    memory: MemoryStore, clock: HandClock
) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await clock.advance(29)
        await life.stop()
    clock.leap(86_400_000)
    async with living(memory, clock) as life:
        await resume(life.host)
        await clock.advance(0.999)
        assert (await life.host.look(GAME)).state.round == 1

        await clock.advance(0.001)

        assert (await life.host.look(GAME)).state.round == 2


@pytest.mark.parametrize("trouble", [None, Trouble.LOST, Trouble.LANDED, Trouble.LATE, Trouble.STUCK])
async def test_a_gap_is_credited_once_though_the_resume_is_killed(
    memory: MemoryStore, clock: HandClock, trouble: Trouble | None
) -> None:
    """Killed after any number of loop passes, several times over, the credits add up to the time without a host."""
    for passes in range(8):
        game = GameId(f"{trouble}-{passes}")
        async with living(memory, clock) as life:
            await open_game(life.host, game)
            ends_at = (await life.host.look(game)).state.ends_at
            await life.stop()
        began = clock.now()
        for _ in range(3):
            clock.leap(5_000)
            async with living(memory, clock) as life:
                if trouble is not None:
                    life.store.troubles.append(trouble)
                resuming = start(resume(life.host))
                await loop_passes(passes)
                await life.kill()
                resuming.cancel()
                await life.store.arrive()
        clock.leap(5_000)
        async with living(memory, clock) as life:
            await resume(life.host)
            seen = await life.host.look(game)
            assert ends_at is not None and seen.state.ends_at is not None
            assert seen.state.ends_at - ends_at == clock.now() - began
            await life.stop()


async def test_who_resumes_on_a_clock_that_has_not_moved_leaves_no_time_for_the_next_to_give_back(
    memory: MemoryStore, clock: HandClock
) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await life.stop()
    async with living(memory, clock) as life:
        await resume(life.host)
        given = [entry.event.ms for entry in await life.host.journal(GAME, 0, 100) if isinstance(entry.event, Delayed)]
        assert given == [1]
        stored = await memory.journal.load(GAME)
        assert stored is not None and stored.unowned_since is None
        await clock.advance(20)

    async with living(memory, clock) as life:
        await resume(life.host)

        given = [entry.event.ms for entry in await life.host.journal(GAME, 0, 100) if isinstance(entry.event, Delayed)]
        assert given[0] == 1
        assert sum(given[1:]) <= 2_000, "since its last beat, and not since the first stop"


async def marks_of(store: AnyStore, game_id: GameId) -> list[str]:
    """Of each term in its journal that began since its snapshot."""
    stored = await store.journal.load(game_id)
    assert stored is not None
    entries = [read_entry(TallyCodec(), raw) for raw in stored.tail]
    return [entry.term for entry in entries if entry.term is not None]


async def test_each_start_writes_by_a_mark_that_no_memory_of_a_session_had_before(
    store: AnyStore, clock: HandClock
) -> None:
    other = GameId("g2")
    async with living(store, clock) as life:
        await open_game(life.host)
        await open_game(life.host, other)
        await life.kill()
    for _ in range(2):
        clock.leap(60_000)
        async with living(store, clock) as life:
            await resume(life.host)
            await life.kill()

    marks, others = await marks_of(store, GAME), await marks_of(store, other)

    assert len(marks) == len(set(marks)) >= 2
    assert others[-2:] == marks[-2:], "what was claimed together has one mark"


async def test_a_lobby_is_resumed_as_it_was(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await life.host.create(TALLY, GAME, "A", (Opened(10),))
        await life.kill()
    async with living(store, clock) as life:
        resumed = await resume(life.host)

        assert resumed.sessions == 1
        assert (await life.host.look(GAME)).seq == 1
        assert await life.host.post(GAME, Sit(ADA, None)) == Acknowledged(2)
        assert await life.host.post(GAME, Begin()) == Acknowledged(3)


async def test_what_is_read_back_is_what_was_there(store: AnyStore, clock: HandClock) -> None:
    """Whatever mixture of snapshot and journal it is read from."""
    async with living(store, clock) as life:
        await open_game(life.host)
        for number in range(5):
            await life.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}")
        before = await life.host.look(GAME)
        await life.kill()
    async with living(store, clock) as life:
        await resume(life.host)
        seen = await life.host.look(GAME)
        entries = await life.host.journal(GAME, 9, 10)

        credits_ms = sum(entry.event.ms for entry in entries if isinstance(entry.event, Delayed))
        assert before.state.ends_at is not None
        assert seen.state == msgspec.structs.replace(before.state, ends_at=before.state.ends_at + credits_ms)
        assert seen.seq == before.seq + len(entries)


async def test_a_long_round_takes_snapshots_so_that_loading_stays_short(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host, limit=100_000)
        for _ in range(600):
            await life.host.post(GAME, ONE)
        await life.kill()

    stored = await store.journal.load(GAME)

    assert stored is not None and len(stored.tail) < 300
    in_the_round = [part for (part,) in life.store.commits if part.after_seq >= 4]
    assert sum(part.snapshot is not None for part in in_the_round) == 2, "and no more of them than that takes"


ROW = "UPDATE game_session_summaries SET {} WHERE game_id = 'g1'"
STATE = ROW.format("game_state = replace(game_state, '{}', '{}')")
ENTRY = "UPDATE game_events SET {} WHERE game_id = 'g1' AND seq = 7"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (ROW.format("game_state = '{}'"), "state: it can't be read: it is empty"),
        (ROW.format("game_state = ''"), "state: it can't be read: it is empty"),
        (ROW.format("game_state = substr(game_state, 1, 40)"), "state: it can't be read: DecodeError"),
        (ROW.format("""game_state = '{"state":[],"answers":{}}'"""), "state: it can't be read: ValidationError"),
        (ROW.format("game_state = CAST(x'7b22ff00fe' AS TEXT)"), "state: it can't be read: DecodeError"),
        (
            ROW.format(f"""game_state = '{{"state":{"[" * 9_999}{"]" * 9_999},"answers":{{}}}}'"""),
            "state: it can't be read: RecursionError",
        ),
        (ROW.format("game_state = hex(zeroblob(5000000))"), "size: the state has more than 1048576 bytes"),
        (STATE.format("[[0,0],1]", "[[0,0],1001]"), "state: it can't be this session's: its cells hold 1001 of 1000"),
        (STATE.format('"limit":1000', '"limit":NaN'), "state: it can't be read: DecodeError"),
        (STATE.format('"recent":"', '"recent":"AAAA'), "state: it can't be read: ValueError: the answers kept for p1"),
        (STATE.format('"round":1', '"round":2'), "row: it says active, round 1; the state says active, round 2"),
        (ROW.format("latest_round = 7"), "row: it says active, round 7; the state says active, round 1"),
        (ROW.format("latest_round = 'x'"), "row: it says active, round 0; the state says active, round 1"),
        (ROW.format("game_status = 'lobby'"), "row: it says lobby, round 1; the state says active, round 1"),
        (
            ROW.format(f"state_version = {OTHERS_RAISED_BY}"),
            "version: state version 0 never was; this release reads 1 to 1",
        ),
        (ROW.format("epoch = -7"), "row: epoch -6 was never given"),
        (ROW.format("epoch = 9223372036854775807"), "row: epoch 4611686018427387905 was never given"),
        (ROW.format("seq = 9"), "journal: it ends at entry 7, the row says at 9"),
        (ROW.format("seq = 1"), "row: a snapshot after entry 6 of 1"),
        (ROW.format("snapshot_seq = -1"), "row: it says the state is after entry -1, the state says after 6"),
        (ROW.format("snapshot_seq = 4"), "row: it says the state is after entry 4, the state says after 6"),
        (ROW.format("snapshot_seq = 7"), "row: it says the state is after entry 7, the state says after 6"),
        (
            ROW.format("snapshot_seq = 9223372036854775807"),
            "row: it says the state is after entry 9223372036854775807, the state says after 6",
        ),
        ("DELETE FROM game_events WHERE game_id = 'g1' AND seq = 7", "journal: it ends at entry 6, the row says at 7"),
        (ENTRY.format("seq = 8"), "journal: it goes on with entry 8 where 7 belongs"),
        (ENTRY.format("event = '[]'"), "entry: number 7 can't be read: ValidationError"),
        (ENTRY.format("event = ''"), "entry: number 7 can't be read: DecodeError"),
        (ENTRY.format("event = CAST(x'ff' AS TEXT)"), "entry: number 7 can't be read: DecodeError"),
        (ENTRY.format("event = hex(zeroblob(5000000))"), "size: entry 7 has more than 262144 bytes"),
        (
            ENTRY.format("event = replace(event, '\"v\":1', '\"v\":7')"),
            "version: entry 7: event version 7 is newer than 1, the newest that this release reads",
        ),
        (
            ENTRY.format("event = replace(event, '\"amount\":1', '\"amount\":1000')"),
            "state: it can't be this session's: its cells hold 1001 of 1000",
        ),
        (
            ENTRY.format("""event = replace(event, '"type":"Added"', '"type":"Poisoned","where":"evolve"')"""),
            "entry: number 7 does not fit the state before it: ArithmeticError",
        ),
    ],
)
async def test_a_row_that_cannot_be_read_is_put_aside_and_named_and_the_rest_go_on(
    tmp_path: Path, clock: HandClock, spoil: str, reason: str
) -> None:
    games = [GameId(f"g{number}") for number in range(3)]
    with open_data(data_in(tmp_path), clock) as store:
        async with living(store, clock) as life:
            for game in games:
                await open_game(life.host, game)
                await life.host.post(game, ONE, player_id=ADA, command_id="c1")
                await life.host.post(game, Sit(CEM, None))
                await life.host.post(game, ONE)
            await life.stop()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        assert connection.execute(spoil).rowcount == 1

    with open_data(data_in(tmp_path), clock) as store:
        async with living(store, clock) as life:
            resumed = await resume(life.host)

            assert resumed.sessions == 2
            assert [game for game, _ in resumed.quarantined] == ["g1"]
            assert resumed.quarantined[0][1].startswith(reason)
            assert [await life.host.post(game, ONE) for game in (games[0], games[2])] == [Acknowledged(9)] * 2
            with pytest.raises(Quarantined):
                await life.host.post(games[1], ONE)
            found = await life.host.find(f"code-{games[1]}")
            assert found is not None and found.game_status == "quarantined"


async def test_progress_is_told_batch_by_batch(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        for number in range(CLAIM_BATCH + 7):
            await life.host.create(TALLY, GameId(f"g{number}"), f"c{number}", (Opened(10),))
        await life.stop()
    told = list[Progress]()

    async with living(memory, clock) as life:
        resumed = await resume(life.host, told.append)

    total = CLAIM_BATCH + 7
    assert resumed.sessions == total
    assert told == [Progress(0, total), Progress(CLAIM_BATCH, total), Progress(total, total)]


async def test_players_who_come_back_before_the_resume_reached_their_session_are_served(
    store: AnyStore, clock: HandClock
) -> None:
    games = [GameId(f"g{number}") for number in range(20)]
    async with living(store, clock) as life:
        for game in games:
            await open_game(life.host, game)
        await life.stop()
    async with living(store, clock) as life:
        resuming = start(resume(life.host))
        posting = [start(life.host.post(game, ONE)) for game in reversed(games)]

        answers = [await post for post in posting]
        resumed = await resuming

        assert all(isinstance(answer, Acknowledged) for answer in answers)
        assert resumed.quarantined == ()
        assert {(await life.host.look(game)).state.total for game in games} == {1}


async def test_a_resume_waits_for_the_store(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await life.stop()
    async with living(memory, clock) as life:
        life.store.down = True
        resuming = start(resume(life.host))
        await clock.advance(5)
        assert not resuming.done()

        life.store.down = False
        await clock.advance(2)

        assert (await resuming).sessions == 1


async def test_a_state_of_a_newer_release_stays_as_it_is_for_nodes_that_know_it(
    tmp_path: Path, clock: HandClock
) -> None:
    with open_data(data_in(tmp_path), clock) as store:
        async with living(store, clock) as life:
            await open_game(life.host)
            await life.stop()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(f"UPDATE game_session_summaries SET state_version = {OTHERS_RAISED_BY + 99}")

    with open_data(data_in(tmp_path), clock) as store:
        before = await store.journal.load(GAME)
        async with living(store, clock) as life:
            resumed = await resume(life.host)
            with pytest.raises(
                Busy, match="waits for a node that can play it: state version 99 is newer than 1, the newest"
            ):
                await life.host.post(GAME, ONE)

            assert (resumed.sessions, resumed.quarantined) == (0, ())
            assert await store.journal.load(GAME) == before
