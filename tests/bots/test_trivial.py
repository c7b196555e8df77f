"""The strategies of one idea: legal, the same again from the same sight, and each true to its idea."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.kit.pairs import STRATEGIES, pairs, won
from minotaur.hexgrid.coord import ORIGIN, Coord, distance
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon
from minotaur.play.tournament import play_game
from minotaur.rules.commands import Attack, Move, RegisterPlan, Steps, Wait
from minotaur.rules.decide import Decided, decide
from minotaur.rules.game import Figure
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from minotaur.rules.sight import OwnHero, Sight, sight
from tests.bots.trivial import IDEAS, TRIVIAL, plan_by
from tests.play.driving import Table, tables

P1, P2 = player_id(1), player_id(2)


@given(tables(), st.sampled_from(sorted(IDEAS)), st.integers(0, 2**53))
def test_a_plan_of_one_idea_is_legal_whatever_is_seen(table: Table, name: str, seed: int) -> None:
    if table.match.status != "active":
        return
    game = table.game
    for player, hero in game.heroes.items():
        if hero.alive:
            plan = plan_by(IDEAS[name], seed, game.settings, sight(game, player))
            answer = decide(game, RegisterPlan(player, game.round, plan), table.now)
            assert isinstance(answer, Decided), (answer, plan)


@pytest.mark.parametrize("name", TRIVIAL)
def test_a_game_of_one_idea_replays_to_the_same_end(name: str) -> None:
    first, second = (play_game(labyrinth(4), 5, [name] * 4, TRIVIAL) for _ in range(2))

    assert first == second


def plan_of(name: str, *others: Figure, ap: int = 4, cracked: HexSet = EMPTY) -> Steps:
    seen = Sight(
        round=1 if not cracked else 8,
        round_seen=1,
        you=OwnHero(P1, 10, ap, False, None, False),
        floor=hexagon(2),
        rock=EMPTY,
        chasm=EMPTY,
        cracked=cracked,
        floor_remembered=hexagon(3) - hexagon(2),
        rock_remembered=EMPTY,
        chasm_remembered=EMPTY,
        figures=(Figure(P1, ORIGIN, 10), *others),
    )
    return plan_by(IDEAS[name], 1, labyrinth(4), seen)


def end_of(steps: Steps) -> Coord:
    at = ORIGIN
    for step in steps:
        if isinstance(step, Move):
            at += step.vector.vector
    return at


NEAR, HERE = Figure(P2, Coord(1, 0), 10), Figure(P2, ORIGIN, 10)


@pytest.mark.parametrize("name", IDEAS)
def test_each_leaves_ground_that_falls(name: str) -> None:
    assert end_of(plan_of(name, cracked=HexSet.of([ORIGIN, Coord(0, 1)]))) not in (ORIGIN, Coord(0, 1))


def test_a_camper_stays_and_strikes_who_comes() -> None:
    assert plan_of("camper") == plan_of("camper", NEAR) == ()
    assert plan_of("camper", HERE) == (Attack(P2),) * 4


def test_a_runaway_runs_and_never_strikes() -> None:
    for other in (NEAR, HERE):
        steps = plan_of("runaway", other)
        assert not any(isinstance(step, Attack) for step in steps)
        assert distance(end_of(steps), other.at) > 1


def test_a_follower_goes_there_and_strikes_once() -> None:
    assert end_of(plan_of("follower", NEAR)) == NEAR.at
    assert plan_of("follower", HERE) == (Attack(P2),)


def test_a_saver_spends_all_or_nothing() -> None:
    assert plan_of("saver", HERE, ap=2) == plan_of("saver", NEAR) == ()
    assert plan_of("saver", HERE) == (Attack(P2),) * 4


def test_an_attacker_goes_and_strikes_in_one_round() -> None:
    steps = plan_of("attacker", NEAR)

    assert end_of(steps[:1]) == NEAR.at
    assert steps[1:] == (Attack(P2),) * 3


def test_an_ambusher_waits_a_step_for_who_is_near() -> None:
    assert plan_of("ambusher", NEAR) == (Wait(), *(Attack(P2),) * 3)


def test_the_table_has_every_pair_both_ways_alone_and_against_three() -> None:
    count = len(STRATEGIES)

    assert len(set(pairs(()))) == 2 * count * (count - 1)
    assert {*TRIVIAL} < {*STRATEGIES}
    assert {("camper", "hunter", 1), ("hunter", "camper", 1), ("camper", "hunter", 3)} <= set(pairs({"camper"}))
    assert all("camper" in (one, other) for one, other, _ in pairs({"camper"}))


def test_the_one_who_fights_beats_the_one_who_stays() -> None:
    fights, stays = won(60, 3, ("hunter", "wanderer", 1)), won(60, 3, ("wanderer", "hunter", 1))

    assert fights.share > 0.6
    assert stays.share < 0.3
