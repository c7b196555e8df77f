"""How plans come and go, and how a round ends."""

from clew import Outcome, Seat
from clew.sessions.records import Accepted, Refused
from clew.tables.commands import AnyCommand, CreditClock, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable
from clew.tables.events import ClockCredited, GameOver, Happened, ReadyAccepted, Resigned, RoundStarted
from clew.tables.lobby.commands import Join, Start
from clew.testing.sitting import BEGAN, P1, P2, P3, Sitting, user_at
from tests.clew.tables.duel import Aim, Duel, Flinched, Passed, Shot, State
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


def test_a_credit_moves_the_deadline_and_says_why() -> None:
    sitting = duel()

    assert sitting.do(CreditClock(1_234, "paused")) == (ClockCredited(1, 1_234, "paused"),)

    assert sitting.machine.credit(sitting.table, 1_234, "paused") == CreditClock(1_234, "paused")
    assert sitting.machine.deadline(sitting.table) == (BEGAN + 31_234, EndRound(1))
    assert sitting.machine.span(sitting.table) == 30_000


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
    attended = sitting.machine.attended(sitting.table, EndRound(26), True, None)
    assert attended == EndRound(26, watched=True)


def test_a_game_does_not_end_for_want_of_people_before_somebodys_eyes() -> None:
    sitting = duel(2, rounds=50)
    for _ in range(20):
        sitting.end_round()

    sitting.end_round(watched=True)

    assert (sitting.table.status, sitting.table.round) == ("active", 22)


def test_nothing_happens_behind_the_end_that_giving_up_brings() -> None:
    sitting = duel(2)

    events = sitting.resign(P1)

    assert isinstance(events[0], Resigned)
    assert [nth for nth, event in enumerate(events, 1) if isinstance(event, GameOver)] == [len(events)]
    assert not any(isinstance(event, Happened) and isinstance(event.event, Passed) for event in events)


def test_who_never_played_is_told_otherwise_than_who_plays_no_more() -> None:
    sitting = duel(3)
    sitting.resign(P2)

    answers = [sitting.ask(Ready(seat, sitting.table.round)) for seat in (STRANGER, P2)]

    assert [(answer.code, answer.message) for answer in answers if isinstance(answer, Refused)] == [
        ("not_playing", "You are not playing in this game."),
        ("not_playing", "You are not playing in this game any more."),
    ]


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


def test_a_plan_is_gone_when_the_game_is_over() -> None:
    sitting = duel(2)
    sitting.plan(P2, Aim())

    sitting.resign(P1)

    assert (sitting.table.status, sitting.table.plans, sitting.table.on_turn) == ("concluded", {}, ())


def test_a_look_counts_as_much_as_a_plan() -> None:
    sitting = duel(2, rounds=50)
    for _ in range(10):
        sitting.end_round(watched=True)

    sitting.play_out()

    assert sitting.journal[-1] == GameOver(30, (), why="untouched")


class Friendly(Duel):
    """Nobody plays against anybody."""

    kind = "friendly"
    last_one_wins = False


def test_where_nobody_plays_against_anybody_the_last_one_plays_on() -> None:
    sitting = Sitting(Friendly(), NewTable(seats=2)).begin()
    sitting.resign(P1)
    assert sitting.table.status == "active"

    sitting.resign(P2)

    assert sitting.journal[-1] == GameOver(sitting.table.round, ())


class Rigged(Duel):
    """The first seat has won it, as soon as a round is over."""

    kind = "rigged"
    rounds = 1

    def outcome(self, state: State) -> Outcome | None:
        return Outcome((P1, P2)) if state.played >= self.rounds else None


def test_who_gave_up_has_not_won_whatever_the_game_says() -> None:
    sitting = Sitting(Rigged(), NewTable(seats=4)).begin()
    sitting.resign(P1)

    sitting.end_round()

    assert sitting.journal[-1] == GameOver(1, (P2,))
    assert statuses(sitting)[:2] == ["resigned", "won"]


class Dealt(Rigged):
    """Over with the deal."""

    kind = "dealt"
    rounds = 0


def test_a_deal_may_leave_nothing_to_play() -> None:
    sitting = Sitting(Dealt(), NewTable(seats=2)).begin()

    assert sitting.journal[-1] == GameOver(1, (P1, P2))
    assert sitting.machine.deadline(sitting.table) is None
