"""What a host does on an ordinary day, on every store."""

import asyncio

import pytest

from clew.sessions.bounds import CLOSED_KEPT_MAX, MAILBOX_MAX
from clew.sessions.faults import Busy, JoinCodeTaken, NoSuchSession
from clew.sessions.games import games_of
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Acknowledged, Refused
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.hosts.life import host_of
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, Life, Told, living, open_game, tally
from tests.kit.stores import AnyStore
from tests.kit.tally import Add, Added, Begin, Call, Cell, Nod, Opened, RoundBegan, Sat, Sit


async def test_an_answer_gives_the_number_of_its_first_entry(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await life.host.create(TALLY, GAME, "A", (Opened(10),))

        answers = [await life.host.post(GAME, command) for command in (Sit(ADA, None), Begin(), Add(ADA, HERE, 3))]

        assert answers == [Acknowledged(2), Acknowledged(3), Acknowledged(4)]
        seen = await life.host.look(GAME)
        assert (seen.seq, seen.state.cells) == (4, {HERE: 3})


async def test_the_journal_tells_everything_in_order(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        await life.host.post(GAME, Add(ADA, Cell(-3, 7), 5), player_id=ADA, command_id="c1")
        await life.host.post(GAME, Add(ADA, HERE, 5_000), player_id=ADA, command_id="c2")

        entries = await life.host.journal(GAME, 0, 100)

        ends_at = clock.now() + 30_000
        assert [entry.event for entry in entries] == [
            Opened(1_000),
            Sat(ADA, UserId("ada")),
            Sat(BEN, UserId("ben")),
            RoundBegan(1, ends_at),
            Added(ADA, Cell(-3, 7), 5),
            None,
        ]
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5, 6]
        assert {entry.recorded_at for entry in entries} == {clock.now()}
        assert [entry.receipt and entry.receipt.command_id for entry in entries] == [None] * 4 + ["c1", "c2"]
        assert entries[5].refusal == Refused("too_much", "That does not fit.", {"left": 995})


async def test_a_command_without_events_takes_a_number_only_to_be_remembered(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        forgotten = await life.host.post(GAME, Nod())
        remembered = await life.host.post(GAME, Nod(), player_id=ADA, command_id="c1")
        again = await life.host.post(GAME, Nod(), player_id=ADA, command_id="c1")

        assert (forgotten, remembered, again) == (Acknowledged(4), Acknowledged(5), Acknowledged(5))
        assert (await life.host.look(GAME)).seq == 5


async def test_a_refusal_that_nobody_could_repeat_is_not_journaled(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        answer = await life.host.post(GAME, Add(ADA, HERE, -1))

        assert isinstance(answer, Refused)
        assert (await life.host.look(GAME)).seq == 4


async def test_commands_that_come_together_are_committed_together(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        games = [GameId(f"g{number}") for number in range(20)]
        await asyncio.gather(*(open_game(life.host, game) for game in games))
        before = len(life.store.commits)

        await asyncio.gather(*(life.host.post(game, Add(ADA, HERE, 1)) for game in games for _ in range(10)))

        assert [(await life.host.look(game)).state.total for game in games] == [10] * 20
        assert len(life.store.commits) - before <= 4


async def test_a_join_code_is_one_open_sessions_only(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await life.host.create(TALLY, GAME, "A", (Opened(10),))

        with pytest.raises(JoinCodeTaken):
            await life.host.create(TALLY, GameId("other"), "A", (Opened(10),))
        with pytest.raises(NoSuchSession):
            await life.host.look(GameId("other"))


async def test_asking_for_a_session_never_makes_one(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        with pytest.raises(NoSuchSession):
            await life.host.post(GAME, Sit(ADA, None))
        with pytest.raises(NoSuchSession):
            await life.host.look(GAME)
        with pytest.raises(NoSuchSession):
            await life.host.watch(GAME, Told())

        assert await life.host.find("A") is None


async def test_a_closed_session_answers_but_journals_nothing_more(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host, limit=3)
        last = await life.host.post(GAME, Add(ADA, HERE, 3), player_id=ADA, command_id="last")

        refused = await life.host.post(GAME, Add(BEN, HERE, 1), player_id=BEN, command_id="late")
        again = await life.host.post(GAME, Add(ADA, HERE, 3), player_id=ADA, command_id="last")

        assert (last, again) == (Acknowledged(5), Acknowledged(5))
        assert isinstance(refused, Refused) and refused.code == "game_over"
        assert len(await life.host.journal(GAME, 0, 100)) == 6


async def test_a_closed_session_is_read_from_the_store_by_whoever_asks(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host, limit=3)
        await life.host.post(GAME, Add(ADA, HERE, 3), player_id=ADA, command_id="last")
        await life.stop()

    async with living(store, clock) as life:
        seen = await life.host.look(GAME)
        again = await life.host.post(GAME, Add(ADA, HERE, 3), player_id=ADA, command_id="last")
        late = await life.host.post(GAME, Call(), player_id=BEN, command_id="late")

        assert (seen.state.status, seen.seq) == ("concluded", 6)
        assert again == Acknowledged(5)
        assert isinstance(late, Refused) and late.code == "game_over"


async def test_of_closed_sessions_only_the_last_looked_at_stay_in_memory(life: Life) -> None:
    games = [GameId(f"g{number}") for number in range(CLOSED_KEPT_MAX + 2)]
    for game in games:
        await life.host.create(TALLY, game, f"code-{game}", (Opened(10),))
        await life.host.post(game, Call())
        await life.host.look(games[0])

    life.store.down = True

    for game in (games[0], *games[3:]):
        assert (await life.host.look(game)).state.status == "concluded"
    for game in games[1:3]:
        with pytest.raises(Busy):
            await life.host.look(game)


async def test_commands_behind_the_one_that_closes_the_session_are_refused(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        answers = await asyncio.gather(
            life.host.post(GAME, Add(ADA, HERE, 1)),
            life.host.post(GAME, Call()),
            life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1"),
            life.host.post(GAME, Add(ADA, HERE, 1)),
        )

        assert answers[:2] == [Acknowledged(5), Acknowledged(6)]
        assert [answer.code for answer in answers[2:] if isinstance(answer, Refused)] == ["game_over", "game_over"]
        assert len(await life.host.journal(GAME, 0, 100)) == 6


async def test_a_listing_shows_what_was_committed(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        page = await life.host.sessions_of([TALLY], UserId("ben"), ["active"], None, 10)

        assert [(item.game_id, item.player_id, item.latest_round) for item in page.items] == [(GAME, BEN, 1)]
        found = await life.host.find(f"code-{GAME}")
        assert found is not None and found.game_status == "active"


async def test_a_full_mailbox_turns_the_next_away_and_loses_none(life: Life) -> None:
    await open_game(life.host, limit=100_000)
    life.store.troubles.append(Trouble.STUCK)
    waiting = [start(life.host.post(GAME, Add(ADA, HERE, 1))) for _ in range(MAILBOX_MAX + 1)]
    await loop_passes()

    with pytest.raises(Busy):
        await life.host.post(GAME, Add(ADA, HERE, 1))
    life.store.unstick()

    assert len({await answer for answer in waiting}) == MAILBOX_MAX + 1
    assert (await life.host.look(GAME)).state.total == MAILBOX_MAX + 1


async def test_a_host_that_does_not_run_is_busy(store: AnyStore, clock: HandClock) -> None:
    host = host_of(games_of(tally()), store, clock)

    with pytest.raises(Busy):
        await host.post(GAME, Sit(ADA, None))
    with pytest.raises(Busy):
        await host.find("A")


async def test_the_caller_may_go_and_the_command_stands(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        posting = start(life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1"))
        await loop_passes(2)

        posting.cancel()
        await asyncio.wait({posting})
        again = await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1")

        assert again == Acknowledged(5)
        assert (await life.host.look(GAME)).state.total == 1
