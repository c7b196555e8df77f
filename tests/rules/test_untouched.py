"""A game that its people have left does not go on for ever."""

import pytest

from minotaur.rules.commands import CreditClock, EndRound, Ready, Refusal, Resign
from minotaur.rules.decide import Decided, decide
from minotaur.rules.decide import play_round as play_on
from minotaur.rules.events import (
    GameOver,
)
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import BOUNDS, Settings, classic, labyrinth
from tests.rules.stage import NOON, P1, P2, lines, play_round, rounds, stage

FIGURES = "p1@0,0 p2@3,0 p3@-3,0"


def table(*, bots: str = "p3", untouched_max: int = 4, rounds_max: int = 100) -> Game:
    return stage(FIGURES, kind="classic", bots=bots, untouched_max=untouched_max, rounds_max=rounds_max, collapse=False)


def after(game: Game, command: Ready | Resign | CreditClock | EndRound) -> Game:
    answer = decide(game, command, game.round_ends_at if isinstance(command, EndRound) else NOON)
    assert isinstance(answer, Decided), answer
    return evolve_all(game, answer.events)


def test_a_game_ends_with_its_reason_and_without_a_winner_once_nobody_touched_it_for_so_many_rounds() -> None:
    last = rounds(table(), 4)

    events, over = play_round(last)

    assert (last.status, last.round) == ("active", 5)
    assert lines(events, "game_over", "round_started") == ["5.0 game_over winner_id=- why=untouched"]
    assert (over.status, over.winner_id, over.over_why, over.round) == ("over", None, "untouched", 5)
    assert isinstance(decide(over, EndRound(5), over.round_ends_at), Refusal)


def test_each_plan_of_a_person_begins_the_count_again_however_slow_they_are() -> None:
    game = table()

    for _ in range(5):
        _, game = play_round(rounds(game, 3), p1=".")

    assert game.status == "active"
    assert rounds(game, 3).status == "active"
    assert rounds(game, 4).over_why == "untouched"


def test_so_does_a_person_who_is_ready_on_autopilot_or_not() -> None:
    left = rounds(table(), 4)
    assert left.heroes[P1].autopilot

    game = after(left, Ready(P1, left.round))

    assert (game.touched_in, game.round) == (5, 6)
    assert rounds(game, 3).status == "active"
    assert rounds(game, 4).over_why == "untouched"


def test_so_does_who_gives_up_and_leaves_the_game_to_bots() -> None:
    game = after(stage(FIGURES, kind="classic", bots="p2 p3", untouched_max=4), Resign(P1))

    assert (game.round, game.touched_in) == (2, 1)
    assert rounds(game, 3).status == "active"
    assert rounds(game, 4).over_why == "untouched"


def test_what_bots_plan_and_what_the_server_does_touches_nothing() -> None:
    game = rounds(table(), 3, p3="E")

    credited = after(game, CreditClock(1_000, "restart"))

    assert credited.touched_in == 1
    assert rounds(credited, 2, p3="E").over_why == "untouched"


def test_it_does_not_end_before_the_eyes_of_who_watches_but_so_many_rounds_after_they_have_gone() -> None:
    game = rounds(table(), 4)

    for _ in range(10):
        game = after(game, EndRound(game.round, watched=True))

    assert (game.status, game.round, game.touched_in) == ("active", 15, 14)
    assert rounds(game, 3).status == "active"
    assert rounds(game, 4).over_why == "untouched"


def test_a_watched_game_ends_in_every_other_way() -> None:
    game = rounds(table(rounds_max=5), 4)

    over = after(game, EndRound(game.round, watched=True))

    assert (over.status, over.over_why) == ("over", None)


def test_who_wins_in_the_last_round_has_won() -> None:
    game = rounds(stage("p1@0,0:3+4 p2@0,0 p3@3,0:0+0x", kind="classic", bots="p2", untouched_max=4), 4)

    events, over = play_round(game, p2="*p1")

    assert isinstance(events[-1], GameOver)
    assert (over.winner_id, over.over_why) == (P2, None)


def test_bots_that_nobody_ever_sat_with_play_to_the_end() -> None:
    game = table(bots="p1 p2 p3", rounds_max=40)

    while game.status == "active":
        game = play_on(game, game.round_ends_at, lambda _game, _player: ()).game

    assert (game.round, game.over_why) == (40, None)


def test_a_game_of_day_long_rounds_counts_rounds_and_not_days() -> None:
    game = stage(FIGURES, kind="classic", round_seconds=86_400, untouched_max=4, collapse=False)

    for _ in range(30):
        game = rounds(game, 2)
        _, game = play_round(game, p2="E")

    assert (game.status, game.round) == ("active", 91)


@pytest.mark.parametrize("settings", [labyrinth(4), classic(8)])
def test_by_default_autopilots_play_for_long_before_it_ends(settings: Settings) -> None:
    assert settings.untouched_max >= 5 * settings.autopilot_after
    assert settings.untouched_max < BOUNDS["untouched_max"].greatest < BOUNDS["rounds_max"].greatest


def test_the_same_plan_again_is_a_touch_but_a_refused_one_is_not() -> None:
    game = rounds(table(), 2)

    assert isinstance(decide(game, Ready(PlayerId("p9"), game.round), NOON), Refusal)
    assert isinstance(decide(game, Ready(P1, 1), NOON), Refusal)

    assert game.touched_in == 1
