"""A table that was read and can't be the one it is kept as is refused, with what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from clew import Seat
from clew.sessions.ids import GameId, UserId
from clew.tables.creating import NewTable
from clew.tables.lobby.members import Member, seat_at
from clew.tables.table import AnyTable, TableSettings
from clew.testing.sitting import P1, P2, Sitting, user_at
from tests.clew.tables.duel import Aim, Duel

Spoiled = Callable[[AnyTable], AnyTable]


def lobby() -> AnyTable:
    return Sitting(Duel(), NewTable(seats=3)).table


def begun() -> AnyTable:
    sitting = Sitting(Duel(), NewTable(seats=3)).begin()
    sitting.plan(P1, Aim(P2))
    return sitting.table


def checked(table: AnyTable, game_id: str = "game-1") -> None:
    Sitting(Duel()).machine.check(table, GameId(game_id), f"code-{game_id}")


def settings(**changes: Any) -> Spoiled:
    return lambda table: replace(table, settings=replace(table.settings, **changes))


def members(*seats: Seat, bot: bool = False) -> Spoiled:
    users = [None if bot and seat == seats[-1] else UserId(f"user-{seat}") for seat in seats]
    return lambda table: replace(
        table, members=tuple(Member(seat, user, "Name") for seat, user in zip(seats, users, strict=True))
    )


def with_(**changes: Any) -> Spoiled:
    return lambda table: replace(table, **changes)


def test_tables_as_they_are_made_and_played_are_taken() -> None:
    checked(lobby())
    checked(begun())
    checked(Sitting(Duel(), NewTable(seats=3)).begin().play_out().table)


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (with_(game_id=GameId("another")), "it is of game another"),
        (with_(join_code="OTHER"), "with join code OTHER"),
        (settings(seats=0), "seats is 0"),
        (settings(seats=17), "seats is 17"),
        (settings(round_seconds=4), "round_seconds is 4"),
        (settings(autopilot_after=0), "autopilot_after is 0"),
        (settings(untouched_max=0), "untouched_max is 0"),
        (with_(status="active"), "it is active without a game"),
        (members(), "its members are none"),
        (members(P2), "its people are p2, and others arrived"),
        (members(P2, P1), "its members are p2, p1, in 3 seats"),
        (members(P1, P1), "its members are p1, p1, in 3 seats"),
        (members(P1, P2, seat_at(3), seat_at(4)), "its members are p1, p2, p3, p4, in 3 seats"),
        (members(P1, bot=True), "its people are none, and others arrived"),
        (with_(host_id=P2), "its host sits in p2, and no person does"),
        (with_(arrived=(P1, P2)), "its people are p1, and others arrived"),
        (with_(sent_away=(user_at(1),)), "somebody sits in it twice, or was sent away"),
        (with_(bots=3), "it has too many bots"),
        (with_(bots=-1), "it has too many bots"),
    ],
)
def test_a_lobby_that_can_not_be_is_refused(spoiled: Spoiled, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        checked(spoiled(lobby()))


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (with_(status="lobby"), "it is lobby with a game"),
        (with_(players={}), "its players are not its members"),
        (members(P1, P2), "began with 2 of 3 seats taken"),
        (with_(round=0), "round is 0"),
        (with_(touched_in=2), "touched_in is 2"),
        (with_(round_ends_at=-1), "round_ends_at is -1"),
        (with_(round_ms=0), "round_ms is 0"),
        (with_(on_turn=(Seat("p9"),), plans={}), "p9 plan or win"),
        (with_(plans={Seat("p9"): Aim()}), "p9 plan or win"),
        (with_(winner_ids=(Seat("p9"),)), "p9 plan or win"),
        (with_(on_turn=(P2,)), "not on turn"),
        (with_(winner_ids=(P1,)), "it goes on, and is won"),
    ],
)
def test_a_game_that_can_not_stand_so_is_refused(spoiled: Spoiled, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        checked(spoiled(begun()))


def test_settings_are_looked_at_before_all_else() -> None:
    settings_of_nothing = TableSettings(0, 0)

    with pytest.raises(ValueError, match="seats is 0"):
        checked(replace(begun(), settings=settings_of_nothing, members=()))
