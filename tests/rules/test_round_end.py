"""RULES, A plan: when a round ends, who is waited for, and who is on autopilot."""

import pytest

from minotaur.rules.commands import CreditClock, EndRound, Ready, Refusal, Resign, Steps
from minotaur.rules.decide import Decided, decide, everyone_waits, seats_to_plan
from minotaur.rules.decide import play_round as play_on
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.notation import parse_plan
from minotaur.rules.settings import BOTS_ROUND_MS, labyrinth
from tests.rules.stage import NOON, P1, P2, P3, lines, planned, play_round, rounds, stage


def after_command(game: Game, command: Ready | Resign | CreditClock | EndRound, now: int = NOON) -> Game:
    answer = decide(game, command, now)
    assert isinstance(answer, Decided), answer
    return evolve_all(game, answer.events)


def ready(game: Game, *players: PlayerId) -> Game:
    for player in players:
        game = after_command(game, Ready(player, game.round))
    return game


def test_a_round_ends_thirty_seconds_after_it_began() -> None:
    game = new_game(labyrinth(2), 1, ["human", "human"], NOON)

    assert game.round_ends_at == NOON + 30_000
    assert after_command(game, EndRound(1), now=NOON + 31_000).round_ends_at == NOON + 61_000


def test_nobody_can_end_a_round_before_its_deadline() -> None:
    game = stage("p1@0,0 p2@3,0")

    early = decide(game, EndRound(1), game.round_ends_at - 1)

    assert isinstance(early, Refusal)
    assert (early.code, early.details) == ("too_early", {"ms_left": 1})
    assert after_command(game, EndRound(1), now=game.round_ends_at).round == 2


def test_a_round_ends_at_once_when_every_living_human_is_ready() -> None:
    game = ready(stage("p1@0,0 p2@3,0 p3@0,3:0+0x p4@1,1", bots="p4"), P1)

    assert game.round == 1
    assert ready(game, P2).round == 2


def test_who_is_ready_without_a_plan_plans_to_wait() -> None:
    game = ready(stage("p1@0,0 p2@3,0"), P1)

    assert game.heroes[P1].plan == ()


def test_ready_keeps_the_plan() -> None:
    game = ready(planned(stage("p1@0,0 p2@3,0"), p1="E"), P1)

    assert game.heroes[P1].plan == parse_plan("E")


def test_a_new_plan_takes_back_ready() -> None:
    game = planned(ready(stage("p1@0,0 p2@3,0"), P1), p1="E")

    assert not game.heroes[P1].ready
    assert ready(game, P2).round == 1


def test_nobody_is_ready_when_a_round_begins() -> None:
    game = ready(stage("p1@0,0 p2@3,0"), P1, P2)

    assert not any(hero.ready for hero in game.heroes.values())


def test_a_resignation_does_not_keep_the_ready_waiting() -> None:
    game = ready(stage("p1@0,0 p2@3,0 p3@0,3"), P1, P2)

    assert after_command(game, Resign(P3)).round == 2


def test_a_resignation_ends_no_round_that_nobody_is_ready_for() -> None:
    game = stage("p1@0,0 p2@3,0 p3@0,3")

    assert after_command(game, Resign(P3)).round == 1


def test_a_round_among_bots_lasts_no_longer_than_it_takes_to_tell() -> None:
    game = stage("p1@0,0:3+2 p2@0,0 p3@3,0", bots="p2 p3", round_seconds=3600)

    after = after_command(planned(game, p2="*p1"), EndRound(1), now=game.round_ends_at)

    assert not after.heroes[P1].alive
    assert (after.round, after.round_ends_at) == (2, game.round_ends_at + BOTS_ROUND_MS)
    assert (game.round_ms, after.round_ms) == (3_600_000, BOTS_ROUND_MS)


def test_when_the_last_player_resigns_the_bots_go_on_at_once() -> None:
    game = stage("p1@0,0 p2@3,0 p3@0,3", bots="p2 p3", round_seconds=3600)

    after = after_command(game, Resign(P1))

    assert (after.round, after.round_ends_at) == (2, NOON + BOTS_ROUND_MS)


def test_where_only_players_on_autopilot_are_left_rounds_keep_their_time() -> None:
    game = stage("p1@0,0 p2@3,0 p3@0,3", bots="p3", autopilot_after=1)

    after = after_command(game, EndRound(1), now=game.round_ends_at)

    assert after.heroes[P1].autopilot and after.heroes[P2].autopilot
    assert after.round_ends_at == game.round_ends_at + game.settings.round_ms


def test_three_rounds_in_a_row_without_a_plan_put_a_player_on_autopilot() -> None:
    game = stage("p1@0,0 p2@3,0 p3@-3,0", bots="p2")

    on_autopilot = [rounds(game, count, p3=".").heroes[P1].autopilot for count in range(5)]

    assert on_autopilot == [False, False, False, True, True]
    assert not rounds(game, 4, p3=".").heroes[P3].autopilot
    assert not rounds(game, 4).heroes[P2].autopilot, "a bot is a bot"


def test_a_plan_or_a_ready_in_between_starts_the_count_again() -> None:
    game = rounds(stage("p1@0,0 p2@3,0", bots="p2"), 2)

    assert not rounds(planned(game, p1="."), 3).heroes[P1].autopilot
    assert not rounds(ready(game, P1), 2).heroes[P1].autopilot


def test_a_player_on_autopilot_is_not_waited_for() -> None:
    game = rounds(stage("p1@0,0 p2@3,0"), 3, p2=".")

    assert game.heroes[P1].autopilot
    assert ready(game, P2).round == game.round + 1


def test_planning_again_ends_the_autopilot() -> None:
    game = planned(rounds(stage("p1@0,0 p2@3,0"), 3), p1="E")

    assert not game.heroes[P1].autopilot
    assert not rounds(game, 2).heroes[P1].autopilot


def test_a_bot_plans_for_bots_and_for_players_on_autopilot_when_the_round_ends() -> None:
    game = rounds(stage("p1@0,0 p2@3,0 p3@-3,0", bots="p2"), 3, p3=".")

    answer = decide(game, EndRound(4), game.round_ends_at, lambda _game, _player: parse_plan("E"))

    assert isinstance(answer, Decided)
    assert seats_to_plan(game) == (P1, P2)
    assert lines(answer.events, "plan_accepted") == [
        "4.0 plan_accepted player_id=p1 steps=E by_bot=yes",
        "4.0 plan_accepted player_id=p2 steps=E by_bot=yes",
    ]
    assert evolve_all(game, answer.events).heroes[P1].autopilot, "a bot's plan does not wake the player"


def test_a_bots_plan_does_not_replace_one_that_was_accepted() -> None:
    game = planned(stage("p1@0,0 p2@3,0", bots="p1 p2"), p2="W")

    assert seats_to_plan(game) == (P1,)


def test_a_bot_must_plan_legally() -> None:
    def cheat(_game: Game, _player: PlayerId) -> Steps:
        return parse_plan("E,E,E,E,E")

    game = stage("p1@0,0 p2@3,0", bots="p2")

    with pytest.raises(AssertionError):
        decide(game, EndRound(1), game.round_ends_at, cheat)
    assert everyone_waits(game, P2) == ()


def test_a_round_played_at_a_stretch_is_the_round_that_its_deadline_ends() -> None:
    game = planned(stage("p1@0,0 p2@0,0 p3@1,0 minotaur@2,0", bots="p3"), p1="E", p2="*p1")

    tale = play_on(game, game.round_ends_at, everyone_waits)

    assert decide(game, EndRound(1), game.round_ends_at) == Decided(tuple(tale.events), tale.game)
    assert tale.game == evolve_all(game, tale.events)


def test_time_without_an_owner_is_credited_to_the_round() -> None:
    game = stage("p1@0,0 p2@3,0")

    credited = after_command(game, CreditClock(2_500, "restart"))

    assert credited.round_ends_at == game.round_ends_at + 2_500
    assert isinstance(decide(credited, EndRound(1), game.round_ends_at), Refusal)


def test_a_clock_that_was_set_back_takes_back_what_it_gave() -> None:
    game = stage("p1@0,0 p2@3,0")

    credited = after_command(game, CreditClock(-600_000, "clock_step"))

    assert credited.round_ends_at == game.round_ends_at - 600_000


@pytest.mark.parametrize("credit", [CreditClock(0, "paused"), CreditClock(-1, "paused")])
def test_no_time_is_no_credit_and_only_a_clock_takes_time_back(credit: CreditClock) -> None:
    with pytest.raises(AssertionError):
        decide(stage("p1@0,0 p2@3,0"), credit, NOON)


def test_a_resigning_hero_dies_at_once() -> None:
    game = after_command(stage("p1@0,0 p2@3,0 p3@0,3"), Resign(P1))

    hero = game.heroes[P1]
    assert (hero.alive, hero.resigned, hero.died_in_round, hero.health) == (False, True, 1, 10)
    assert game.status == "active"


def test_after_a_resignation_the_end_is_checked() -> None:
    game = after_command(stage("p1@0,0 p2@3,0"), Resign(P1))

    assert (game.status, game.winner_id) == ("over", P2)


def test_the_plan_of_a_hero_who_resigned_is_not_carried_out() -> None:
    game = after_command(planned(stage("p1@0,0 p2@3,0 p3@0,3"), p1="E"), Resign(P1))

    events, after = play_round(game)

    assert lines(events, "pc_entered_hex", "pc_left_hex") == []
    assert after.heroes[P1].at.q == 0
