"""What is decided while the game is on: plans, and how a round ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clew.game import AnyGame, Seat
from clew.lot import Lot
from clew.sessions.ids import Millis
from clew.sessions.records import Refused
from clew.tables.agreeing.counting import Circle
from clew.tables.agreeing.deciding import Come
from clew.tables.autopilot import plan_for_bots, plans_of
from clew.tables.bounds import BOTS_ROUND_MS, SLEEPERS_SHARE
from clew.tables.commands import CreditClock, EndRound, Ready, RegisterPlan, Resign
from clew.tables.events import ClockCredited, GameOver, PlanAccepted, ReadyAccepted, Resigned, RoundStarted
from clew.tables.evolving import after_round, lets_pass
from clew.tables.table import AnyTable
from clew.tables.tale import Tale, planning, playing, turn_of


def plan(game: AnyGame, table: AnyTable, command: RegisterPlan[object]) -> Tale | Refused:
    """A plan is taken if its seat is on turn and the game agrees; it is told to its player alone."""
    seat = command.player_id
    refused = _refuse_turn(game, table, seat, command.round) or game.legal(table.game, seat, command.plan)
    return refused or Tale(game, table, PlanAccepted(table.round, seat, command.plan))


def ready(game: AnyGame, table: AnyTable, command: Ready, now: Millis) -> Tale | Refused:
    """Who is on turn is done; the round ends with the last of those who are present."""
    seat = command.player_id
    refused = _refuse_turn(game, table, seat, command.round)
    if refused is not None:
        return refused
    if table.players[seat].ready:
        return Tale(game, table)  # nothing new: who is still waited for has not said so
    return _go_on(Tale(game, table, ReadyAccepted(table.round, seat)), now)


def resign(game: AnyGame, table: AnyTable, command: Resign, now: Millis) -> Tale | Refused:
    """Whoever plays may give up, on turn or not; what it does to the game is the game's business."""
    seat = command.player_id
    refused = _refuse_player(game, table, seat, table.round)
    if refused is not None:
        return refused
    tale = Tale(game, table, Resigned(table.round, seat))
    tale.happens_in_game(game.resign(table.game, seat))
    # Before the round is looked at: who is left alone has won, and must not be asked to wait for nobody.
    return tale if end_if_over(tale) else _go_on(tale, now)


def end_round(game: AnyGame, table: AnyTable, command: EndRound, now: Millis) -> Tale | Refused:
    """The deadline ends the round it was set for, and not before its time."""
    if command.round != table.round:
        return _stale(table, command.round)
    if table.agreements.pause is not None:
        return Refused("too_early", f"The clock of round {table.round} stands still.")
    if now < table.round_ends_at:
        left = table.round_ends_at - now
        return Refused("too_early", f"Round {table.round} has {left} ms left.", {"ms_left": left})
    return _end_round(Tale(game, table), now, watched=command.watched, away=command.away)


def credit_clock(game: AnyGame, table: AnyTable, command: CreditClock) -> Tale:
    """Never refused: it is the runtime that asks."""
    assert command.ms != 0, "a credit moves the deadline"
    assert command.ms > 0 or command.why == "clock_step", "only a clock takes time back"
    return Tale(game, table, ClockCredited(table.round, command.ms, command.why))


def agree(game: AnyGame, table: AnyTable, come: Come, now: Millis) -> Tale:
    """What people have agreed on comes to be."""
    tale = Tale(game, table, *come.events)
    if come.stood_ms:
        tale.happens(ClockCredited(table.round, come.stood_ms, "agreed"))
    return _go_on(tale, now) if come.changes_who_plans else tale


def circle_of(game: AnyGame, table: AnyTable) -> Circle:
    """Those who play, as they agree on something, the game being on."""
    return Circle(
        table.agreements,
        table.round,
        table.round_ends_at,
        table.round_ms,
        {seat: user_id for seat in playing(game, table) if (user_id := table.member_at(seat).user_id) is not None},
        [seat for seat, player in table.players.items() if player.autopilot],
    )


def round_length_ms(table: AnyTable, on_turn: Sequence[Seat]) -> int:
    """Bots need no time to think."""
    people = any(not table.is_bot(seat) for seat in on_turn)
    return table.settings.round_ms if people else min(table.settings.round_ms, BOTS_ROUND_MS)


def end_if_over(tale: Tale) -> bool:
    """End the game if it says so, or if nobody is left in it, or one alone where that one wins.

    Who gave up has not won, whatever the game says.
    """
    table = tale.table
    outcome = tale.rules.outcome(table.game)
    if outcome is not None:
        assert set(outcome.winners) <= set(table.seats), f"{outcome.winners} have won, and are not at the table"
        winners = [seat for seat in table.seats if seat in outcome.winners and not table.players[seat].resigned]
        tale.happens(GameOver(table.round, tuple(winners)))
        return True
    still = playing(tale.rules, table)
    is_won = len(still) == 1 and len(table.seats) > 1 and tale.rules.last_one_wins
    if still and not is_won:
        return False
    tale.happens(GameOver(table.round, still))
    return True


def _refuse_player(game: AnyGame, table: AnyTable, seat: Seat, round_number: int) -> Refused | None:
    if seat not in table.players:
        return Refused("not_playing", "You are not playing in this game.")
    if seat not in playing(game, table):
        return Refused("not_playing", "You are not playing in this game any more.")
    return None if round_number == table.round else _stale(table, round_number)


def _refuse_turn(game: AnyGame, table: AnyTable, seat: Seat, round_number: int) -> Refused | None:
    refused = _refuse_player(game, table, seat, round_number)
    if refused is None and seat not in table.on_turn:
        return Refused("not_your_turn", "It is not your turn in this round.")
    return refused


def _stale(table: AnyTable, round_number: int) -> Refused:
    over = f"Round {round_number} is over" if round_number < table.round else f"Round {round_number} has not begun"
    return Refused("stale_round", f"{over}; it is round {table.round} now.", {"round": table.round})


def _go_on(tale: Tale, now: Millis) -> Tale:
    """End the round at once if nobody is waited for: all who are present are ready, or only bots are on turn.

    Where people are on turn, but all of them on autopilot, the round keeps its time: any of them may come back.
    """
    table = tale.table
    people = [table.players[seat] for seat in planning(tale.rules, table) if not table.is_bot(seat)]
    present = [player for player in people if not player.autopilot]
    if not people or (present and all(player.ready for player in present)):
        return _end_round(tale, now, watched=False)
    return tale


def _end_round(tale: Tale, now: Millis, *, watched: bool, away: Collection[Seat] | None = None) -> Tale:
    """Plan for who has no plan, resolve all plans at once, and begin the next round or end the game.

    ``watched``: somebody looks on, before whose eyes the game does not end for want of people. ``away``: of the people
    who are; None: it is not known.
    """
    plan_for_bots(tale)
    game, table = tale.rules, tale.table  # only now: with the bots' plans in it
    tale.happens_in_game(game.resolve(table.game, plans_of(game, table), Lot.of_round(table.seed, table.round)))
    if not end_if_over(tale) and (watched or not _end_untouched(tale)):
        _start_round(tale, now, away, watched=watched)
    return tale


def _end_untouched(tale: Tale) -> bool:
    """End a game that its people have left. Nobody wins what nobody plays."""
    if not tale.table.untouched:
        return False
    tale.happens(GameOver(tale.table.round, (), why="untouched"))
    return True


def _start_round(tale: Tale, now: Millis, away: Collection[Seat] | None, *, watched: bool) -> None:
    table, on_turn = tale.table, turn_of(tale.rules, tale.table)
    # Who planned or was done needs no mention: whether they are away makes no difference.
    missing = [seat for seat in table.people if seat in (away or ()) and lets_pass(table, seat)]
    length_ms = round_length_ms(table, on_turn)
    if away is not None and _is_waited_out(table, on_turn, missing, away):
        length_ms = min(length_ms, max(BOTS_ROUND_MS, table.settings.round_ms // SLEEPERS_SHARE))
    tale.happens(RoundStarted(table.round + 1, now + length_ms, length_ms, on_turn, watched, tuple(missing)))


def _is_waited_out(table: AnyTable, on_turn: Sequence[Seat], missing: Collection[Seat], away: Collection[Seat]) -> bool:
    """Whether somebody waits for a round in which nobody plans but bots, for themselves and for who is away.

    Somebody with a seat: strangers must not hasten what others may come back to. And whoever is on autopilot and here
    has all the time there is to say something again.
    """
    asleep = [seat for seat in table.people if seat in away and after_round(table, seat, missing).autopilot]
    return any(seat not in away for seat in table.people) and all(
        table.is_bot(seat) or seat in asleep for seat in on_turn
    )
