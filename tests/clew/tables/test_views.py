"""What a viewer sees of a table: before, while and after it is played, from a seat and from outside."""

from functools import partial

from clew import Seat
from clew.tables.creating import NewTable
from clew.tables.log.told_once import Tellings
from clew.tables.telling import told_once
from clew.testing.sitting import BEGAN, P1, P2, Sitting
from clew.wire.moments import rfc3339
from tests.clew.tables.duel import Aim, Duel

STRANGER = Seat("p9")


def duel(*, in_turn: bool = False) -> Sitting:
    return Sitting(Duel(), NewTable(seats=2, options={"in_turn": in_turn}))


def test_a_lobby_has_no_round_that_would_end_and_shows_who_sits_in_it() -> None:
    view = duel().view(P1)

    assert (view.game_status, view.round_ends_at, view.round_ms, view.game) == ("lobby", None, None, None)
    assert view.you is not None and (view.you.player_status, view.you.on_turn) == ("waiting", False)
    assert [(each.player_id, each.autopilot, each.is_bot) for each in view.players] == [(P1, False, False)]


def test_a_round_is_seen_with_its_end_and_the_viewers_own_seat() -> None:
    sitting = duel().begin()
    sitting.plan(P1, Aim(P2))

    view = sitting.view(P1)

    assert (view.round_ends_at, view.round_ms) == (rfc3339(BEGAN + 30_000), 30_000)
    assert view.viewer == "player"
    assert view.you is not None and (view.you.player_id, view.you.plan, view.you.on_turn) == (P1, Aim(P2), True)
    assert view.game is not None and view.game.you == P1


def test_who_is_not_on_turn_sees_so() -> None:
    sitting = duel(in_turn=True).begin()

    seen = {seat: sitting.view(seat).you for seat in (P1, P2)}

    assert {seat: you.on_turn for seat, you in seen.items() if you is not None} == {P1: True, P2: False}


def test_who_has_no_seat_sees_the_table_from_outside() -> None:
    sitting = duel().begin()

    for viewer in (None, STRANGER):
        view = sitting.view(viewer)

        assert (view.viewer, view.you) == ("spectator", None)
        assert view.game is not None and view.game.you is None


def test_who_let_rounds_pass_is_seen_on_autopilot() -> None:
    sitting = duel().begin()
    for _ in range(3):
        sitting.plan(P1, Aim())
        sitting.end_round()

    assert [each.autopilot for each in sitting.view(None).players] == [False, True]


def test_when_it_is_over_no_round_ends_any_more() -> None:
    sitting = duel().begin()
    sitting.resign(P1)

    view = sitting.view(P2)

    assert (view.game_status, view.round_ends_at, view.round_ms) == ("concluded", None, None)
    assert [each.player_status for each in view.players] == ["resigned", "won"]


def test_what_everybody_is_told_the_same_of_is_one_line_and_what_somebody_may_not_know_is_theirs_alone() -> None:
    sitting = duel().begin()
    tellings, people = sitting.machine.tellings, sitting.table.people
    (planned,) = sitting.plan(P1, Aim())
    ended = sitting.end_round()

    lines = [tellings.of(event).lines(seq, people) for seq, event in enumerate((planned, *ended), 1)]

    assert [line.to for line in lines[0]] == [(P1,)], "a plan is its player's"
    assert [[line.to for line in each] for each in lines[1:3]] == [[(P1,)], [(P2,)]], "that somebody flinched is theirs"
    assert [line.to for line in lines[3]] == [None], "that a round passed is one line for all"


def test_an_event_is_told_once_for_all_who_ask_as_long_as_it_is_one_of_the_latest() -> None:
    sitting = duel().begin()
    tellings = Tellings(partial(told_once, sitting.game), most=2)
    first, second, third = sitting.journal[:3]
    told = tellings.of(first)

    tellings.of(second)
    assert tellings.of(first) is told
    tellings.of(third)

    assert tellings.of(first) is not told
