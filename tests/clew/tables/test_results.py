"""What became of each seat of a table: by the outcome, unless the game says more."""

from collections.abc import Collection, Sequence

import pytest

from clew import Seat
from clew.sessions.result_records import SeatResult
from clew.tables.creating import NewTable
from clew.tables.results import table_results
from clew.testing.sitting import P1, P2, P3, Sitting
from tests.clew.tables.duel import Aim, Duel, State


class Ranked(Duel):
    kind = "ranked"

    def ranking(self, state: State) -> Sequence[Collection[Seat]]:
        living = [seat for seat, lives in state.lives.items() if lives]
        return [living, *([seat] for seat, lives in state.lives.items() if not lives)]

    def fate(self, state: State, seat: Seat) -> str:
        return "" if state.lives[seat] else "shot"


class Chatty(Duel):
    kind = "chatty"

    def fate(self, state: State, seat: Seat) -> str:
        return "It was a dark and stormy night"


def played(game: Duel, seats: int = 3, **options: object) -> Sitting:
    return Sitting(game, NewTable(seats=seats, bots=0, options=options)).begin()


def results(sitting: Sitting) -> list[tuple[int, str, str]]:
    return [(each.place, each.outcome, each.fate) for each in sitting.machine.results(sitting.table)]


def test_the_last_one_has_won_and_all_others_share_the_place_after() -> None:
    sitting = played(Duel())
    sitting.plan(P1, Aim(P2))
    sitting.plan(P2, Aim(P3))

    sitting.end_round()

    assert sitting.table.status == "concluded"
    assert results(sitting) == [(1, "won", ""), (2, "lost", ""), (2, "lost", "")]


def test_who_gave_up_is_behind_those_who_drew() -> None:
    sitting = played(Duel(), rounds=1)
    sitting.resign(P1)

    sitting.end_round()

    assert results(sitting) == [(3, "lost", "resigned"), (1, "drawn", ""), (1, "drawn", "")]


def test_a_game_may_say_who_came_where_and_what_became_of_them() -> None:
    sitting = played(Ranked(), rounds=1)
    sitting.plan(P1, Aim(P2))

    sitting.end_round()

    assert results(sitting) == [(1, "drawn", ""), (3, "lost", "shot"), (1, "drawn", "")]


def test_people_and_bots_are_told_apart() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, bots=1, options={"rounds": 1})).begin()
    sitting.end_round()

    ada, bot = table_results(sitting.game, sitting.table)

    assert ada == SeatResult(P1, ada.user_id, 1, "drawn", "")
    assert ada.user_id is not None and bot.user_id is None


def test_a_fate_that_is_no_word_is_the_games_bug() -> None:
    sitting = played(Chatty(), rounds=1)
    sitting.end_round()

    with pytest.raises(AssertionError, match="no word"):
        results(sitting)
