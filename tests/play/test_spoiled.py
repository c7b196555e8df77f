"""Whatever becomes of stored games, the node lives, the others play on, and none is ever silently a new one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from clew.sessions.bounds import REASON_CHARS_MAX
from clew.sessions.faults import Busy, Fault, Moved, Quarantined
from clew.sessions.flaws import flaw_of
from clew.sessions.ids import GameId, UserId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.records import OPEN, Acknowledged, Answer, Refused, Stored
from clew.tables.lobby.commands import Join
from clew.testing.hand_clock import HandClock, start
from clew.testing.hosts.life import host_of
from clew.testing.memory.rows import Row
from minotaur.play.codec import STATE_VERSION
from minotaur.play.kind import match_games
from minotaur.play.match import Match, MatchCommand
from minotaur.play.served import MatchHost
from minotaur.rules.commands import RegisterPlan, Wait
from minotaur.rules.names import player_id
from tests.play.spoiling import ROUND_S, Rows, fresh_store, spoil, stored_games

PATIENCE_ROUNDS = 4


@given(st.randoms(use_true_random=True))
def test_spoiled_games_are_put_aside_or_go_on_as_they_were(chance: Random) -> None:
    stored_games()

    asyncio.run(trial(chance))


async def trial(chance: Random) -> None:
    """Spoil, boot, look, watch, post, let deadlines pass, and look again."""
    clock = HandClock()
    store, rows = fresh_store(clock)
    spoiled = spoil_some(chance, rows)
    healthy = [game_id for game_id in rows if game_id not in spoiled]
    host = host_of(match_games(), store, clock)

    async with host.running():
        resumed = await asyncio.wait_for(host.resume_active_sessions(lambda _: None), 30)
        assert all(flaw_of(reason) for _, reason in resumed.quarantined)
        assert {game_id for game_id, _ in resumed.quarantined} <= spoiled
        before = {game_id: (await host.look(game_id)).state for game_id in healthy}
        for game_id in rows:
            await watched(host, game_id)
        for game_id in spoiled:
            await judge(host, rows[game_id], game_id, at_once=True)

        answers = await posted(host, clock, list(rows))
        await clock.advance(ROUND_S * PATIENCE_ROUNDS)

        for game_id in healthy:
            assert isinstance(answers[game_id], Refused if before[game_id].status == "concluded" else Acknowledged)
            assert goes_on(before[game_id], (await host.look(game_id)).state)
        for game_id in spoiled:
            await judge(host, rows[game_id], game_id)


def spoil_some(chance: Random, rows: Rows) -> set[GameId]:
    """Do something to one game, or a few things to one or a few."""
    chosen = chance.choices(list(rows), k=chance.randint(1, 3))
    for game_id in chosen:
        spoil(chance, rows[game_id], [row for other, row in rows.items() if other != game_id])
    return set(chosen)


async def watched(host: MatchHost, game_id: GameId) -> None:
    with suppress(Quarantined, Busy, Moved):
        await host.watch(game_id, lambda _: None)


async def posted(host: MatchHost, clock: HandClock, games: Sequence[GameId]) -> dict[GameId, Answer | BaseException]:
    """What a player of each game is told of something that is right in it."""
    originals = stored_games()[0]
    asking = {game_id: start(host.post(game_id, right_in(originals[game_id].stored))) for game_id in games}
    await clock.advance(2)
    answers = dict[GameId, Answer | BaseException]()
    for game_id, task in asking.items():
        try:
            answers[game_id] = await asyncio.wait_for(task, 10)
        except Fault as fault:
            answers[game_id] = fault
    return answers


def right_in(original: Stored) -> MatchCommand:
    if original.game_status == "lobby":
        return Join(UserId("late"), "Late")
    return RegisterPlan(player_id(1), original.latest_round, (Wait(), Wait()))


async def judge(host: MatchHost, row: Row, game_id: GameId, *, at_once: bool = False) -> None:
    """It is out of service with a reason, waits for a later release, or is the game it was."""
    try:
        state = (await host.look(game_id)).state
    except Quarantined as fault:
        assert_told(row.stored, fault.reason)
    except (Busy, Moved):
        assert row.stored.state_version > STATE_VERSION, game_id
    else:
        assert_the_same(stored_games()[0][game_id].stored, state, at_once=at_once)


def assert_told(stored: Stored, reason: str) -> None:
    """Whoever asks hears why, and so does an operator where there is anything to put aside."""
    assert reason
    if stored.quarantine_reason is None:
        assert stored.game_status not in OPEN
    else:
        assert stored.game_status == "quarantined"
        assert stored.quarantine_reason == reason
        assert flaw_of(reason) is not None
        assert len(reason) <= REASON_CHARS_MAX


def assert_the_same(original: Stored, state: Match, *, at_once: bool) -> None:
    """Never a new game: neither a lobby nor an early round of one that was further, nor another's.

    In a lobby somebody may be missing: then it is as it once was, which no check can tell (docs/decisions/0081).
    """
    assert (state.game_id, state.join_code) == (original.game_id, original.join_code)
    if original.game_status == "active":
        seats = list(stored_games()[0][original.game_id].players)
        assert [SeatId(member.player_id) for member in state.members] == seats
        assert state.game is not None
        assert state.game.round >= original.latest_round
        assert state.game.round == original.latest_round or not at_once


def goes_on(before: Match, after: Match) -> bool:
    """A lobby has the newcomer, a game is in a later round or at its end; what had ended is as it was."""
    if before.status == "concluded":
        return after == before
    if before.game is None or after.game is None:
        return len(after.members) == len(before.members) + 1
    return after.game.round > before.game.round or after.status == "concluded"
