"""RULES, Heroes and A plan: what may be planned, what is refused, what it costs."""

import pytest

from minotaur.rules.commands import EndRound, Move, Ready, Refusal, RegisterPlan, Resign, WireVector
from minotaur.rules.decide import Decided, decide, legal_targets
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.notation import parse_plan
from minotaur.rules.settings import classic, labyrinth
from tests.rules.stage import NOON, P1, P2, lines, planned, play_round, refusal, rounds, stage


def test_each_seat_has_one_hero_with_ten_health_and_three_action_points() -> None:
    game = new_game(labyrinth(3), 5, ["human", "bot", "human"], NOON)

    assert [(name, hero.health, hero.ap, hero.is_bot) for name, hero in game.heroes.items()] == [
        ("p1", 10, 3, False),
        ("p2", 10, 3, True),
        ("p3", 10, 3, False),
    ]


def test_every_seat_must_be_taken_when_the_game_begins() -> None:
    with pytest.raises(AssertionError):
        new_game(labyrinth(3), 5, ["human", "bot"], NOON)


def test_at_the_start_of_every_later_round_each_hero_gains_two_action_points_up_to_four() -> None:
    game = stage("p1@0,0:10+2 p2@3,0:10+2", round_number=1)

    saved = [rounds(game, count).heroes[P1].ap for count in range(4)]

    assert saved == [2, 4, 4, 4]


def test_in_classic_there_is_one_action_point_a_round_and_none_is_kept() -> None:
    game = new_game(classic(2), 5, ["human", "human"], NOON)

    assert [rounds(game, count).heroes[P1].ap for count in range(3)] == [1, 1, 1]


def test_a_move_costs_one_an_attack_one_and_waiting_nothing() -> None:
    game = stage("p1@0,0:10+4 p2@0,0:10+4")

    _, after = play_round(game, p1="E,*p2,.,.", p2="E,.,.,.")

    assert (after.heroes[P1].ap, after.heroes[P2].ap) == (4, 4)
    _, after = play_round(stage("p1@0,0:10+4 p2@0,0:10+4", ap_gain=0), p1="E,*p2,.,.", p2="E,.,.,.")
    assert (after.heroes[P1].ap, after.heroes[P2].ap) == (2, 3)


def test_a_miss_still_costs_its_action_point() -> None:
    _, after = play_round(stage("p1@0,0:10+4 p2@3,0", ap_gain=0), p1="*p2")

    assert after.heroes[P1].ap == 3


def test_the_points_of_a_plan_are_spent_even_if_its_hero_dies_before_its_last_step() -> None:
    game = stage("p1@0,0:3+4 p2@0,0 p3@3,0", ap_gain=0)

    _, after = play_round(game, p1=".,E,W,.", p2="*p1")

    assert not after.heroes[P1].alive
    assert after.heroes[P1].ap == 2


def test_a_plan_may_not_cost_more_than_the_hero_has() -> None:
    game = stage("p1@0,0:10+2 p2@3,0")

    assert refusal(game, "p1", "E,E,W") == "too_expensive"
    assert planned(game, p1="E,.,.,W").heroes[P1].plan == parse_plan("E,.,.,W")


def test_a_plan_has_at_most_four_steps() -> None:
    assert refusal(stage("p1@0,0 p2@3,0"), "p1", ".,.,.,.,.") == "too_many_steps"


@pytest.mark.parametrize("vector", [(0, 0), (1, 1), (2, 0), (-1, -1), (10**9, 0)])
def test_a_move_goes_in_one_of_the_six_directions(vector: tuple[int, int]) -> None:
    game = stage("p1@0,0 p2@3,0")

    answer = decide(game, RegisterPlan(P1, 1, (Move(WireVector(*vector)),)), NOON)

    assert isinstance(answer, Refusal)
    assert answer.code == "bad_vector"
    assert answer.details == {"step": 1}


def test_a_plan_may_run_into_rock_since_nobody_is_told_by_a_refusal_what_is_there() -> None:
    game = stage("p1@0,0 p2@3,0", rocks="1,0")

    assert planned(game, p1="E").heroes[P1].plan == parse_plan("E")


@pytest.mark.parametrize("target", ["p3", "p9", "nobody", "p1"])
def test_only_another_hero_or_the_minotaur_alive_when_the_round_began_may_be_attacked(target: str) -> None:
    game = stage("p1@0,0 p2@3,0 p3@1,0:0+2x p4@0,3 minotaur@0,0")

    assert refusal(game, "p1", f"*{target}") == "unknown_target"
    assert legal_targets(game, P1) == ("p2", "p4", "minotaur")


def test_a_slain_or_absent_minotaur_may_not_be_attacked() -> None:
    assert refusal(stage("p1@0,0 p2@3,0 minotaur@0,0:0x"), "p1", "*minotaur") == "unknown_target"
    assert refusal(stage("p1@0,0 p2@3,0"), "p1", "*minotaur") == "unknown_target"


def test_who_resigned_in_this_round_was_alive_when_it_began_and_may_still_be_aimed_at() -> None:
    game = stage("p1@0,0 p2@3,0 p3@0,0")
    resigned = after_command(game, Resign(PlayerId("p3")))

    events, after = play_round(resigned, p1="*p3")

    assert lines(events, "pc_attacked") == [
        "1.1 pc_attacked id=p1 target_id=p3 hit=no damage=0 at=0,0 witnesses=p1 missed=fell"
    ]
    assert refusal(after, "p1", "*p3") == "unknown_target"


def test_the_last_accepted_plan_counts() -> None:
    game = planned(planned(stage("p1@0,0 p2@3,0"), p1="E,E"), p1="W")

    _, after = play_round(game)

    assert after.heroes[P1].at.q == -1


def test_a_refused_plan_leaves_the_plan_before() -> None:
    game = planned(stage("p1@0,0:10+2 p2@3,0"), p1="W")

    assert refusal(game, "p1", "E,E,E") == "too_expensive"
    _, after = play_round(game)

    assert after.heroes[P1].at.q == -1


def test_no_plan_is_a_plan_to_wait() -> None:
    game = stage("p1@0,0 p2@3,0")

    events, after = play_round(game)

    assert lines(events) == ["2.0 round_started ends_at=1060000 length_ms=30000 watched=no away=-"]
    assert after.heroes[P1].at == game.heroes[P1].at


@pytest.mark.parametrize("round_number", [0, 1, 3, -5, 10**12])
def test_a_plan_for_another_round_is_stale(round_number: int) -> None:
    game = stage("p1@0,0 p2@3,0", round_number=2)

    assert refusal(game, "p1", "E", round_number) == "stale_round"
    assert code(game, Ready(P1, round_number)) == "stale_round"
    assert code(game, EndRound(round_number)) == "stale_round"


def test_a_stale_plan_is_told_which_round_it_is() -> None:
    game = stage("p1@0,0 p2@3,0", round_number=4)

    answer = decide(game, RegisterPlan(P1, 3, ()), NOON)

    assert answer == Refusal("stale_round", "Round 3 is over; it is round 4 now.", {"round": 4})


def test_who_was_eliminated_has_resigned_or_only_watches_is_not_playing() -> None:
    game = after_command(stage("p1@0,0 p2@3,0:0+2x p3@0,3 p4@1,1"), Resign(PlayerId("p3")))

    for name in ("p2", "p3", "p7", "minotaur"):
        assert refusal(game, name, ".") == "not_playing"
        assert code(game, Ready(PlayerId(name), game.round)) == "not_playing"
        assert code(game, Resign(PlayerId(name))) == "not_playing"


def test_when_the_game_is_over_everything_is_refused() -> None:
    game = after_command(stage("p1@0,0 p2@3,0"), Resign(P2))

    assert game.status == "over"
    assert refusal(game, "p1", ".") == "game_over"
    assert code(game, Ready(P1, 1)) == code(game, Resign(P1)) == code(game, EndRound(1)) == "game_over"


def code(game: Game, command: Ready | Resign | EndRound) -> str:
    answer = decide(game, command, NOON)
    assert isinstance(answer, Refusal)
    return answer.code


def after_command(game: Game, command: Ready | Resign) -> Game:
    answer = decide(game, command, NOON)
    assert isinstance(answer, Decided)
    return evolve_all(game, answer.events)
