"""How plans come and go, and how a round ends."""

import pytest

from clew.game import Seat
from clew.sessions.records import Accepted, Refused
from clew.tables.commands import AnyCommand, CreditClock, EndRound, Join, Ready, RegisterPlan, Resign, Start
from clew.tables.creating import NewTable
from clew.tables.events import ClockCredited, GameOver, Happened, PlanAccepted, ReadyAccepted, Resigned, RoundStarted
from clew.testing.sitting import BEGAN, P1, P2, P3, Sitting, user_at
from tests.clew.tables.duel import Aim, Duel, Flinched, Passed, Shot
from tests.clew.tables.test_lobby import code

STRANGER = Seat("p9")


def duel(seats: int = 3, bots: int = 0, **options: object) -> Sitting:
    return Sitting(Duel(), NewTable(seats=seats, bots=bots, options=options)).begin()


def statuses(sitting: Sitting) -> list[str]:
    return [each.player_status for each in sitting.view(None).players]


def test_a_plan_may_be_changed_and_the_last_one_counts() -> None:
    sitting = duel()
    sitting.plan(P1, Aim(P2))
    sitting.plan(P1, Aim(P3))

    sitting.end_round()

    assert [event for event in sitting.happened if isinstance(event, Shot)] == [Shot(P3)]


def test_a_changed_plan_takes_back_a_ready() -> None:
    sitting = duel()
    sitting.ready(P1)

    sitting.plan(P1, Aim(P2))

    assert not sitting.table.players[P1].ready


def test_a_round_ends_when_the_last_of_those_on_turn_is_ready() -> None:
    sitting = duel()
    assert [type(event) for event in sitting.ready(P1, P2)] == [ReadyAccepted, ReadyAccepted]

    events = sitting.ready(P3)

    assert isinstance(events[0], ReadyAccepted)
    assert isinstance(events[-1], RoundStarted)
    assert sitting.table.round == 2
    assert not any(player.ready for player in sitting.table.players.values())


def test_who_is_ready_twice_says_nothing_new() -> None:
    sitting = duel()
    sitting.ready(P1)

    assert sitting.ask(Ready(P1, 1)) == Accepted(())


def test_a_deadline_ends_its_own_round_and_not_before_its_time() -> None:
    sitting = duel()
    early = sitting.ask(EndRound(1))
    stale = sitting.ask(EndRound(2))

    sitting.end_round()

    assert isinstance(early, Refused)
    assert (early.code, early.details) == ("too_early", {"ms_left": 30_000})
    assert isinstance(stale, Refused)
    assert (stale.code, stale.details) == ("stale_round", {"round": 1})
    assert sitting.machine.deadline(sitting.table) == (BEGAN + 60_000, EndRound(2))


def test_plans_reach_the_game_in_the_order_of_seats_whenever_they_came() -> None:
    first, second = duel(), duel()
    for seat, target in ((P1, P2), (P2, P3), (P3, P1)):
        first.plan(seat, Aim(target))
    for seat, target in ((P3, P1), (P1, P2), (P2, P3)):
        second.plan(seat, Aim(target))

    assert first.end_round() == second.end_round()


def test_plans_are_gone_when_the_round_is() -> None:
    sitting = duel()
    sitting.plan(P1, Aim())

    sitting.end_round()

    assert sitting.table.plans == {}


def test_what_is_wrong_is_refused_by_name() -> None:
    sitting = duel(in_turn=True)

    assert code(sitting, RegisterPlan(P1, 2, Aim())) == "stale_round"
    assert code(sitting, RegisterPlan(P2, 1, Aim())) == "not_your_turn"
    assert code(sitting, Ready(P2, 1)) == "not_your_turn"
    assert code(sitting, RegisterPlan(P1, 1, Aim(STRANGER))) == "unknown_target"
    assert code(sitting, Ready(STRANGER, 1)) == "not_playing"


def test_only_who_is_on_turn_is_waited_for() -> None:
    sitting = duel(in_turn=True)

    sitting.ready(P1)

    assert (sitting.table.round, sitting.table.on_turn) == (2, (P2,))
    assert sitting.happened == [Flinched(P1), Passed()]


def test_who_is_out_of_the_game_needs_no_plan() -> None:
    sitting = duel()
    sitting.plan(P1, Aim(P3))
    sitting.end_round()

    sitting.ready(P1, P2)

    assert sitting.table.on_turn == (P1, P2)
    assert code(sitting, RegisterPlan(P3, 3, Aim())) == "not_playing"
    assert sitting.table.round == 3
    assert statuses(sitting) == ["playing", "playing", "eliminated"]


def test_the_last_one_who_plays_has_won() -> None:
    sitting = duel(2)
    sitting.plan(P1, Aim(P2))

    sitting.end_round()

    assert sitting.journal[-1] == GameOver(1, (P1,))
    assert [each.player_status for each in sitting.machine.summary(sitting.table).players] == ["won", "eliminated"]


def test_nobody_has_won_where_nobody_is_left() -> None:
    sitting = duel(2)
    sitting.plan(P1, Aim(P2))
    sitting.plan(P2, Aim(P1))

    sitting.end_round()

    assert sitting.journal[-1] == GameOver(1, ())


def test_one_alone_at_a_table_plays_on() -> None:
    sitting = duel(1, rounds=2)

    sitting.end_round()

    assert sitting.table.status == "active"
    sitting.end_round()
    assert sitting.journal[-1] == GameOver(2, ())


def test_who_gives_up_is_out_at_once_and_the_game_hears_of_it() -> None:
    sitting = duel()
    sitting.plan(P2, Aim(P1))

    events = sitting.resign(P2)

    assert events == (Resigned(1, P2), Happened(1, Shot(P2)))
    assert P2 not in sitting.table.plans
    assert code(sitting, Resign(P2)) == "not_playing"


def test_giving_up_ends_the_round_if_nobody_else_is_waited_for() -> None:
    sitting = duel()
    sitting.ready(P1, P2)

    sitting.resign(P3)

    assert sitting.table.round == 2


def test_giving_up_ends_the_game_if_one_is_left() -> None:
    sitting = duel(2)

    sitting.resign(P1)

    assert sitting.journal[-1] == GameOver(1, (P2,))
    assert statuses(sitting) == ["resigned", "won"]


def test_a_round_of_bots_alone_is_short() -> None:
    sitting = duel(3, bots=2)

    sitting.resign(P1)

    assert sitting.table.round_ms == 3_000
    assert sitting.table.round_ends_at == sitting.now + 3_000


def test_a_credit_moves_the_deadline_and_says_why() -> None:
    sitting = duel()

    assert sitting.do(CreditClock(1_234, "paused")) == (ClockCredited(1, 1_234, "paused"),)

    assert sitting.machine.credit(sitting.table, 1_234, "paused") == CreditClock(1_234, "paused")
    assert sitting.machine.deadline(sitting.table) == (BEGAN + 31_234, EndRound(1))
    assert sitting.machine.span(sitting.table) == 30_000


def test_a_bot_plans_for_who_let_three_rounds_pass_until_they_say_something() -> None:
    sitting = duel(2)
    for _ in range(3):
        sitting.ready(P2)
        sitting.end_round()
    assert sitting.table.players[P1].autopilot

    sitting.ready(P2)
    assert sitting.table.round == 5, "who is on autopilot is not waited for"
    sitting.plan(P1, Aim())

    assert not sitting.table.players[P1].autopilot
    sitting.end_round()
    assert sitting.table.players[P1].missed_rounds == 0


def test_where_all_are_on_autopilot_the_round_keeps_its_time() -> None:
    sitting = duel(3, rounds=50)
    for _ in range(3):
        sitting.end_round()
    assert all(player.autopilot for player in sitting.table.players.values())

    events = sitting.resign(P3)

    assert not any(isinstance(event, RoundStarted) for event in events)


def test_who_is_not_on_turn_lets_nothing_pass() -> None:
    sitting = duel(3, in_turn=True, rounds=50)
    for _ in range(6):
        sitting.end_round()

    assert [player.missed_rounds for player in sitting.table.players.values()] == [2, 2, 2]


def test_a_game_that_its_people_have_left_ends_and_nobody_wins_it() -> None:
    sitting = duel(2, rounds=50)

    sitting.play_out()

    assert sitting.table.round == 21
    assert sitting.journal[-1] == GameOver(21, (), why="untouched")
    assert statuses(sitting) == ["survived", "survived"]


def test_a_game_that_somebody_watches_goes_on() -> None:
    sitting = duel(2, rounds=50)
    for _ in range(25):
        sitting.end_round(watched=True)

    assert sitting.table.status == "active"
    assert sitting.machine.while_watched(EndRound(1)) == EndRound(1, watched=True)


def test_an_ended_game_refuses_everything() -> None:
    sitting = duel(2, rounds=1)
    sitting.end_round()

    commands: list[AnyCommand] = [
        RegisterPlan(P1, 1, Aim()),
        Ready(P1, 1),
        Resign(P1),
        EndRound(1),
        CreditClock(5, "paused"),
        Join(user_at(1), "Ada"),
        Join(user_at(9), "Late"),
        Start(user_at(1)),
    ]
    assert {code(sitting, command) for command in commands} == {"game_over"}
    assert sitting.machine.deadline(sitting.table) is None
    assert sitting.machine.credit(sitting.table, 5, "paused") is None


class Biased(Duel):
    """Its bot aims at the third seat, which only sometimes somebody sits in."""

    kind = "biased"

    def bot(self, view: object, seat: object, lot: object) -> Aim:
        return Aim(P3)


def test_a_bot_plans_by_the_rules_or_it_is_a_bug() -> None:
    three = Sitting(Biased(), NewTable(seats=3, bots=2)).begin()
    planned = three.ready(P1)
    two = Sitting(Biased(), NewTable(seats=2, bots=1)).begin()

    assert [each.player_id for each in planned if isinstance(each, PlanAccepted) and each.by_bot] == [P2, P3]
    with pytest.raises(AssertionError, match="the bot's plan for p2 is not legal"):
        two.ready(P1)
