"""What became of each hero: who came where, and by what they fell."""

import pytest
from hypothesis import assume, given
from msgspec.structs import replace

from minotaur.play.match import Match
from minotaur.play.results import Fate, match_results
from minotaur.rules.game import Hero
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import MACHINE, Table, tables, user

P1, P2, P3, P4 = map(player_id, range(1, 5))


def over(winner: PlayerId | None, **fallen: tuple[int, str]) -> Match:
    """A match of two people and two bots that ended in round 9; of who fell, in which round and by what."""
    table = Table.laid(labyrinth(4))
    table.start(humans=2)
    heroes = {
        player: hero if player not in fallen else _fell(hero, *fallen[player])
        for player, hero in table.game.heroes.items()
    }
    game = replace(table.game, heroes=heroes, round=9, status="over", winner_id=winner)
    return replace(table.match, game=game, status="concluded")


def _fell(hero: Hero, in_round: int, by: str) -> Hero:
    return replace(hero, alive=False, died_in_round=in_round, killed_by=tuple(by.split()), resigned=by == "")


def test_heroes_stand_in_the_order_in_which_they_fell_and_those_of_one_round_together() -> None:
    match = over(P2, p1=(9, "p2"), p3=(4, "minotaur"), p4=(4, "collapse"))

    one, two, three, four = match_results(match)

    assert [(each.place, each.outcome) for each in (two, one, three, four)] == [
        (1, "won"),
        (2, "lost"),
        (3, "lost"),
        (3, "lost"),
    ]
    assert [each.fate for each in (one, two, three, four)] == ["hero", "won", "minotaur", "collapse"]
    assert [each.user_id for each in (one, two, three, four)] == [user(1), user(2), None, None]


def test_where_nobody_is_left_those_who_fell_last_have_drawn() -> None:
    results = match_results(over(None, p1=(9, "lair"), p2=(9, "lair"), p3=(8, ""), p4=(2, "p1 minotaur")))

    assert [(each.place, each.outcome) for each in results] == [(1, "drawn"), (1, "drawn"), (3, "lost"), (4, "lost")]
    assert [each.fate for each in results] == ["lair", "lair", "resigned", "minotaur"]


def test_where_nobody_played_on_those_who_stand_have_drawn() -> None:
    results = match_results(over(None, p4=(2, "p1")))

    assert [each.place for each in results] == [1, 1, 1, 4]
    assert [each.outcome for each in results] == ["drawn", "drawn", "drawn", "lost"]
    assert [each.fate for each in results] == ["survived", "survived", "survived", "hero"]


@pytest.mark.parametrize(
    ("by", "fate"), [("p2 p3", "hero"), ("p2 minotaur", "minotaur"), ("collapse", "collapse"), ("lair", "lair")]
)
def test_what_felled_somebody_is_one_word(by: str, fate: Fate) -> None:
    assert match_results(over(P2, p1=(3, by)))[0].fate == fate


@given(tables())
def test_of_every_game_that_is_over_each_seat_has_a_place_and_one_at_most_has_won(table: Table) -> None:
    assume(table.match.status != "lobby")
    table.play_out()

    results = MACHINE.results(table.match)

    assert tuple(each.player_id for each in results) == table.match.seats
    assert all(each.place == 1 + sum(other.place < each.place for other in results) for each in results)
    won = [each.player_id for each in results if each.outcome == "won"]
    assert won == ([] if table.game.winner_id is None else [table.game.winner_id])
    assert all(each.place == 1 for each in results if each.outcome != "lost")
    assert {each.player_id for each in results if each.fate == "resigned"} == {
        player for player, hero in table.game.heroes.items() if hero.resigned and not hero.alive
    }
