"""What people agree on while a game is on: pauses, and that a bot plans for who is away."""

from typing import Final

import pytest

from clew.game import Seat
from clew.sessions.records import Accepted, Refused
from clew.tables.agreeing.agreements import Agreements
from clew.tables.agreeing.bounds import PAUSE_MS, PAUSES_MAX
from clew.tables.agreeing.commands import Agree, CountAgreed, EndPause
from clew.tables.agreeing.events import Agreed, AutopilotBegan, Paused, WentOn
from clew.tables.commands import CreditClock, EndRound
from clew.tables.creating import NewTable
from clew.tables.events import ClockCredited, RoundStarted
from clew.testing.sitting import P1, P2, P3, Sitting, user_at
from tests.clew.tables.duel import Aim, Duel

P4: Final = Seat("p4")


def duel(people: int = 3, bots: int = 0, round_seconds: int = 30, away_after: int = 1) -> Sitting:
    asked = NewTable(seats=people + bots, bots=bots, round_seconds=round_seconds, away_after=away_after)
    return Sitting(Duel(), asked).begin()


def refused(sitting: Sitting, command: Agree) -> str:
    answer = sitting.ask(command)
    assert isinstance(answer, Refused)
    return answer.code


def asked(sitting: Sitting) -> list[tuple[str, tuple[Seat, ...], tuple[Seat, ...]]]:
    agreements = sitting.view(None).agreements
    assert agreements is not None
    return [(each.to, each.by, each.missing) for each in agreements.asked]


# --- a pause ---------------------------------------------------------------------------------------------------------


def test_the_clock_stands_as_soon_as_all_who_are_here_agree_and_not_before() -> None:
    sitting = duel()

    first = sitting.agree(P1, "pause", away=[P3])
    waits = asked(sitting)
    second = sitting.agree(P2, "pause", away=[P3])

    assert first == (Agreed(1, P1, "pause"),)
    assert waits == [("pause", (P1,), (P2, P3))], "the view has its own knowledge of who is away"
    assert second == (Agreed(1, P2, "pause"), Paused(1, sitting.now, sitting.now + PAUSE_MS))
    assert sitting.machine.deadline(sitting.table) == (sitting.now + PAUSE_MS, EndPause())
    assert sitting.machine.span(sitting.table) == PAUSE_MS


def test_a_round_has_after_a_pause_what_it_had_before() -> None:
    sitting = duel(2)
    sitting.now += 10_000
    for seat in (P1, P2):
        sitting.agree(seat, "pause")

    sitting.now += 60_000
    sitting.agree(P2, "go_on")
    stood = sitting.table.agreements.pause
    events = sitting.agree(P1, "go_on")

    assert stood is not None
    assert events == (Agreed(1, P1, "go_on"), WentOn(1), ClockCredited(1, 60_000, "agreed"))
    assert sitting.machine.deadline(sitting.table) == (sitting.now + 20_000, EndRound(1))
    assert sitting.table.round_ms == 30_000


def test_a_pause_ends_by_itself_and_the_round_goes_on() -> None:
    sitting = duel(2)
    for seat in (P1, P2):
        sitting.agree(seat, "pause")
    early = sitting.ask(EndPause())

    events = sitting.end_pause()

    assert isinstance(early, Refused) and early.code == "too_early"
    assert events == (WentOn(1), ClockCredited(1, PAUSE_MS, "agreed"))
    assert sitting.table.round_ends_at == sitting.now + 30_000
    assert isinstance(sitting.ask(EndPause()), Refused)


def test_a_pause_of_long_rounds_is_as_long_as_one_of_them() -> None:
    sitting = duel(1, bots=1, round_seconds=86_400)

    sitting.agree(P1, "pause")

    assert sitting.machine.span(sitting.table) == 86_400_000


def test_no_round_ends_by_its_clock_while_that_stands() -> None:
    sitting = duel(1, bots=1)
    sitting.agree(P1, "pause")
    sitting.now += 40_000

    answer = sitting.ask(EndRound(1))

    assert isinstance(answer, Refused)
    assert answer.code == "too_early"


def test_who_is_alone_pauses_alone_and_only_so_often() -> None:
    sitting = duel(2)

    for _ in range(PAUSES_MAX):
        sitting.agree(P1, "pause", away=[P2])
        sitting.agree(P1, "go_on", away=[P2])

    assert sitting.table.agreements == Agreements(pauses=PAUSES_MAX)
    assert refused(sitting, Agree(P1, "pause", sitting.here())) == "no_more_pauses"
    seen = sitting.view(P1).agreements
    assert seen is not None and seen.pauses_left == 0


def test_what_is_so_already_or_was_asked_for_before_is_nothing_new() -> None:
    sitting = duel(2)
    assert sitting.agree(P1, "go_on") == (), "the clock goes"
    sitting.agree(P1, "pause")

    assert sitting.agree(P1, "pause") == ()
    sitting.agree(P2, "pause")
    assert sitting.agree(P1, "pause") == (), "it stands already"


def test_two_who_agree_at_once_have_one_pause() -> None:
    sitting = duel(2)
    answers = [sitting.ask(Agree(seat, "pause", sitting.here())) for seat in (P1, P2)]

    for seat in (P1, P2):
        sitting.agree(seat, "pause")

    assert [len(answer.events) for answer in answers if isinstance(answer, Accepted)] == [1, 1]
    assert [type(event) for event in sitting.journal].count(Paused) == 1


def test_what_is_given_back_during_a_pause_moves_its_end_and_takes_nothing_of_the_round() -> None:
    sitting = duel(1, bots=1)
    sitting.now += 10_000
    sitting.agree(P1, "pause")
    sitting.now += 5_000

    sitting.do(CreditClock(3_000, "restart"))
    deadline = sitting.machine.deadline(sitting.table)
    sitting.now += 4_000
    events = sitting.agree(P1, "go_on")

    assert deadline == (sitting.now - 9_000 + 3_000 + PAUSE_MS, EndPause())
    assert events[-1] == ClockCredited(1, 6_000, "agreed"), "the clock stood for 9 s, of which 3 were given back before"
    assert sitting.table.round_ends_at == sitting.now + 20_000


def test_a_clock_that_was_set_back_makes_no_pause_shorten_the_round() -> None:
    sitting = duel(1, bots=1)
    sitting.agree(P1, "pause")
    ends_at = sitting.table.round_ends_at
    sitting.now -= 500

    events = sitting.agree(P1, "go_on")

    assert events[-1] == ClockCredited(1, 1, "agreed")
    assert sitting.table.round_ends_at == ends_at + 1


def test_a_round_that_all_are_done_with_ends_with_its_pause() -> None:
    sitting = duel(2)
    for seat in (P1, P2):
        sitting.agree(seat, "pause")
    sitting.agree(P1, "go_on")

    sitting.ready(P1, P2)

    assert sitting.table.round == 2
    assert sitting.table.agreements == Agreements(pauses=1)
    assert sitting.table.round_ends_at == sitting.now + 30_000


def test_what_was_asked_for_in_one_round_is_not_carried_into_the_next() -> None:
    sitting = duel(2)
    sitting.agree(P1, "pause")

    sitting.end_round()

    assert sitting.table.agreements == Agreements()
    assert sitting.agree(P2, "pause") == (Agreed(2, P2, "pause"),)


# --- who counts ------------------------------------------------------------------------------------------------------


def test_who_fell_gave_up_or_never_played_has_no_say() -> None:
    sitting = duel(4)
    sitting.resign(P3)

    codes = [refused(sitting, Agree(seat, "pause", sitting.here())) for seat in (P3, Seat("p9"))]
    sitting.agree(P1, "pause")
    sitting.agree(P2, "pause")
    events = sitting.agree(P4, "pause")

    assert codes == ["not_playing", "not_playing"]
    assert isinstance(events[-1], Paused), "who gave up is not waited for"


def test_in_a_lobby_and_after_the_end_nothing_is_agreed_on() -> None:
    lobby = Sitting(Duel(), NewTable(seats=2))
    over = duel(2)
    over.agree(P1, "pause")
    over.resign(P1)

    assert refused(lobby, Agree(P1, "pause", lobby.here())) == "game_not_started"
    assert refused(over, Agree(P2, "pause", over.here())) == "game_over"
    assert over.table.agreements == Agreements()
    assert over.view(P1).agreements is None


def test_it_is_counted_again_when_who_had_not_agreed_goes_away() -> None:
    sitting = duel(2)
    sitting.agree(P1, "pause")

    nothing = sitting.do(CountAgreed(sitting.here()))
    events = sitting.do(CountAgreed(sitting.here(away=[P2])))

    assert nothing == ()
    assert [type(event) for event in events] == [Paused]


def test_nobody_has_agreed_where_nobody_is() -> None:
    sitting = duel(2)
    sitting.agree(P1, "pause")

    assert sitting.do(CountAgreed(())) == ()
    assert sitting.do(CountAgreed((user_at(9),))) == ()


def test_where_it_is_not_known_who_is_here_everybody_has_to_agree() -> None:
    sitting = duel(3)

    for seat in (P1, P2):
        sitting.do(Agree(seat, "pause", None))
    waits = sitting.table.agreements.pause
    events = sitting.do(Agree(P3, "pause", None))

    assert waits is None
    assert isinstance(events[-1], Paused)


def test_who_is_on_autopilot_is_not_waited_for_and_may_still_speak() -> None:
    sitting = duel(3)
    for seat in (P1, P2):
        sitting.agree(seat, "autopilot:p3", away=[P3])
    assert sitting.table.players[P3].autopilot

    sitting.agree(P3, "pause")
    sitting.agree(P1, "pause")
    events = sitting.agree(P2, "pause")

    assert isinstance(events[-1], Paused)


# --- an autopilot by agreement ---------------------------------------------------------------------------------------


def test_a_bot_plans_for_who_is_away_as_soon_as_the_others_agree_until_they_say_something() -> None:
    sitting = duel(3)

    sitting.agree(P1, "autopilot:p3", away=[P3])
    events = sitting.agree(P2, "autopilot:p3", away=[P3])
    sitting.ready(P1, P2)

    assert events[-1] == AutopilotBegan(1, P3)
    assert sitting.table.round == 2, "they are not waited for"
    sitting.plan(P3, Aim())
    assert not sitting.table.players[P3].autopilot


def test_the_round_ends_at_once_if_it_waited_for_nobody_else() -> None:
    sitting = duel(3)
    sitting.ready(P1, P2)

    sitting.agree(P1, "autopilot:p3", away=[P3])
    events = sitting.agree(P2, "autopilot:p3", away=[P3])

    assert isinstance(events[-1], RoundStarted)


def test_what_somebody_planned_before_they_went_counts() -> None:
    sitting = duel(3)
    sitting.plan(P3, Aim(P1))
    for seat in (P1, P2):
        sitting.agree(seat, "autopilot:p3", away=[P3])

    assert sitting.table.plans == {P3: Aim(P1)}


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("autopilot:p2", "not_away"),
        ("autopilot:p1", "not_away"),
        ("autopilot:p4", "no_such_player"),
        ("autopilot:p9", "no_such_player"),
    ],
)
def test_nobody_is_put_on_autopilot_who_is_here_or_is_a_bot(to: str, code: str) -> None:
    sitting = duel(3, bots=1)

    assert refused(sitting, Agree(P1, to, sitting.here(away=[P3]))) == code


def test_who_comes_back_in_time_plays_for_themselves() -> None:
    sitting = duel(3)
    sitting.agree(P1, "autopilot:p3", away=[P3])

    back = sitting.do(CountAgreed(sitting.here()))
    none_left = sitting.do(CountAgreed(sitting.here(away=[P2])))

    assert back == none_left == ()
    assert asked(sitting) == []


def test_after_a_restart_an_autopilot_waits_until_it_is_known_who_is_away() -> None:
    sitting = duel(2)

    unknown = sitting.do(Agree(P1, "autopilot:p2", None))
    known = sitting.do(CountAgreed(sitting.here(away=[P2])))

    assert unknown == (Agreed(1, P1, "autopilot:p2"),)
    assert known == (AutopilotBegan(1, P2),)


# --- who is away, and who sleeps -------------------------------------------------------------------------------------


def test_a_bot_plans_for_who_was_away_in_one_round_and_for_who_is_here_after_three() -> None:
    sitting = duel(3)

    sitting.end_round(away=[P3])

    assert [sitting.table.players[seat].autopilot for seat in (P1, P2, P3)] == [False, False, True]
    started = sitting.journal[-1]
    assert isinstance(started, RoundStarted) and started.away == (P3,)


@pytest.mark.parametrize("away_after", [0, 2])
def test_after_how_many_rounds_is_a_setting_and_0_is_as_for_others(away_after: int) -> None:
    sitting = duel(2, away_after=away_after)
    rounds = 0

    while not sitting.table.players[P2].autopilot:
        sitting.plan(P1, Aim())
        sitting.end_round(away=[P2])
        rounds += 1

    assert rounds == (away_after or 3)


def test_who_planned_before_they_went_away_has_let_nothing_pass() -> None:
    sitting = duel(2)
    sitting.plan(P2, Aim())

    sitting.end_round(away=[P2])

    assert not sitting.table.players[P2].autopilot
    started = sitting.journal[-1]
    assert isinstance(started, RoundStarted) and started.away == ()


def test_where_it_is_not_known_who_is_away_nobody_is() -> None:
    sitting = duel(2)

    sitting.end_round()

    assert not any(player.autopilot for player in sitting.table.players.values())


def test_a_round_of_bots_and_sleepers_is_short_for_who_has_fallen_and_waits() -> None:
    sitting = duel(3, bots=1, round_seconds=60)
    sitting.resign(P1)
    sitting.end_round(away=[P2, P3])

    assert sitting.table.round_ms == 6_000


def test_a_round_of_sleepers_keeps_its_time_where_nobody_waits_or_one_of_them_is_here_or_nobody_knows() -> None:
    nobody_waits, is_here, unknown, awake = (duel(3) for _ in range(4))
    for sitting in (is_here, unknown, awake, nobody_waits):
        sitting.resign(P1)
    for sitting in (is_here, unknown, nobody_waits):
        sitting.end_round(away=[P2, P3])  # both are on autopilot after it

    nobody_waits.end_round(away=[P1, P2, P3])
    is_here.end_round(away=[P2])
    unknown.end_round()
    awake.plan(P2, Aim())
    awake.end_round(away=[P2, P3])

    assert [each.table.round_ms for each in (nobody_waits, is_here, unknown, awake)] == [30_000] * 4
