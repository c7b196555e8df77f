"""The strategist: the round it believes in is the rules', its plans are its best, and it is strong."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN, Coord, distance
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, index_of, ring
from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.strategist.belief import Belief
from minotaur.play.bots.strategist.board import NO_WAY, KnownBoard
from minotaur.play.bots.strategist.others import acts_of
from minotaur.play.bots.strategist.playing import After, World, play
from minotaur.play.bots.strategist.tempers import TEMPERS, temper_of
from minotaur.play.bots.strategist.thinking import devise
from minotaur.play.bots.strategist.worth import Judge, Temper
from minotaur.play.bots.wanderer import wander
from minotaur.play.standings import standings
from minotaur.play.tournament import tournament
from minotaur.rules.commands import Attack, Move, Steps, Wait
from minotaur.rules.decide import play_round
from minotaur.rules.game import Figure, Game
from minotaur.rules.names import MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.settings import labyrinth
from minotaur.rules.sight import OwnHero, Sight, sight

P1, P2 = player_id(1), player_id(2)

# --- the round it believes in -----------------------------------------------------------------------------------------


def crowded(seed: int, seats: int) -> Iterator[tuple[Game, dict[PlayerId, Steps], Game]]:
    """Rounds of a game on a small board, what was planned in them and how they ended; by lot is nothing decided.

    No two have the same health, nor ever will: all damage is in hundreds. The Minotaur smells everybody, so that no
    noise draws it.
    """
    settings = replace(
        labyrinth(seats, radius=3, collapse_first=4, ap_start=4),
        hero_damage=300,
        minotaur_damage=400,
        minotaur_reach=40,
    )
    taken: list[Seat] = ["bot"] * seats
    game = new_game(settings, seed, taken, now=0)
    heroes = {
        player: replace(hero, health=300 * (1 + (seed + place) % 4) + place)
        for place, (player, hero) in enumerate(game.heroes.items(), 1)
    }
    assert game.minotaur is not None
    game = replace(game, heroes=heroes, minotaur=replace(game.minotaur, health=600))
    while game.status == "active":
        plans = {
            player: wander(replace(sight(game, player), figures=game.figures), Chance(seed, game.round, place))
            for place, (player, hero) in enumerate(game.heroes.items(), 1)
            if hero.alive
        }
        after = play_round(game, 0, lambda _, player, plans=plans: plans[player]).game
        yield game, plans, after
        game = after


@given(st.integers(0, 2000), st.integers(2, 6))
def test_a_round_on_the_believed_board_comes_to_what_the_rules_come_to(seed: int, seats: int) -> None:
    for game, plans, after in crowded(seed, seats):
        beast = game.minotaur
        assert beast is not None
        names = [*plans, *([MINOTAUR] if beast.alive else [])]
        figures = {each.id: each for each in game.figures}
        world = World(
            game.settings,
            KnownBoard(game.floor.mask),
            [index_of(figures[name].at) for name in names],
            [figures[name].health for name in names],
            beast.alive,
        )
        number = game.settings.falling(game.round)
        world.lair = index_of(game.lair)
        world.hitters = frozenset(names.index(hitter) for hitter in beast.last_hitters if hitter in names)
        world.falls = 0 if number is None else ring(number, game.lair).mask
        world.drains = game.settings.drains(game.round)
        world.all_here = True

        come = play(world, [acts_of(steps, names) for steps in plans.values()], game.settings.health)

        for who, player in enumerate(plans):
            hero = after.heroes[player]
            assert hero.alive == (come.health[who] > 0), (game.round, player)
            if hero.alive:
                assert (index_of(hero.at), hero.health) == (come.at[who], come.health[who]), (game.round, player)
        assert after.minotaur is not None
        if beast.alive and after.minotaur.alive and after.status == "active" and not world.falls:
            assert index_of(after.minotaur.at) == come.at[-1], game.round


def test_a_board_knows_ways_and_that_there_is_none() -> None:
    board = KnownBoard(HexSet.of([ORIGIN, Coord(1, 0), Coord(2, 0), Coord(-2, 0)]).mask)
    here, there, nowhere = index_of(ORIGIN), index_of(Coord(2, 0)), index_of(Coord(-2, 0))

    assert (board.far(here, there), board.way(here, there)) == (2, [0, 0])
    assert (board.far(here, nowhere), board.way(here, nowhere)) == (NO_WAY, [])
    assert board.within(here, 1) == [here, index_of(Coord(1, 0))]


# --- one situation each -----------------------------------------------------------------------------------------------


def seen(*others: Figure, ap: int = 4, health: int = 10, living: int = 4, **more: HexSet) -> Sight:
    return Sight(
        round=5,
        round_seen=5,
        you=OwnHero(P1, health, ap, False, None, False),
        floor=more.get("floor", hexagon(2)),
        rock=EMPTY,
        chasm=EMPTY,
        cracked=EMPTY,
        floor_remembered=EMPTY,
        rock_remembered=EMPTY,
        chasm_remembered=EMPTY,
        figures=(Figure(P1, ORIGIN, health), *others),
        living=living,
    )


def plan(sight_: Sight, seed: int) -> Steps:
    return devise(sight_, labyrinth(4), Chance(seed, sight_.round, 1))


def end_of(steps: Steps) -> Coord:
    at = ORIGIN
    for step in steps:
        if isinstance(step, Move):
            at += step.vector.vector
    return at


@pytest.mark.parametrize("seed", range(6))
def test_it_ends_the_game_if_it_can(seed: int) -> None:
    steps = plan(seen(Figure(P2, ORIGIN, 3), living=2), seed)

    assert steps[0] == Attack(P2)


@pytest.mark.parametrize("seed", range(6))
def test_it_slays_a_minotaur_that_has_acted_already(seed: int) -> None:
    steps = plan(seen(Figure(MINOTAUR, ORIGIN, 3), health=5), seed)

    assert Attack(MINOTAUR) in steps


@pytest.mark.parametrize("seed", range(6))
def test_it_leaves_a_minotaur_that_it_can_not_slay(seed: int) -> None:
    minotaur = Figure(MINOTAUR, Coord(1, 0), 13)

    steps = plan(seen(minotaur, health=4), seed)

    assert not any(isinstance(step, Attack) for step in steps)
    assert distance(end_of(steps), minotaur.at) > 1


def test_without_action_points_it_waits() -> None:
    assert all(isinstance(step, Wait) for step in plan(seen(Figure(P2, ORIGIN, 3), ap=0), 1))


# --- its temper ------------------------------------------------------------------------------------------------------


def test_all_tempers_are_drawn_and_each_lasts_a_game() -> None:
    drawn = Counter(temper_of(seed, seat) for seed in range(100) for seat in range(1, 5))

    assert drawn.keys() == TEMPERS.keys()
    assert all(50 <= count <= 115 for count in drawn.values())
    assert temper_of(7, 2) == temper_of(7, 2)


def test_tempers_make_a_difference() -> None:
    beside_it = seen(Figure(MINOTAUR, Coord(1, 0), 9), Figure(P2, Coord(0, 1), 7))
    plans = {
        name: [devise(beside_it, labyrinth(4), Chance(seed, 5, 1), temper) for seed in range(12)]
        for name, temper in TEMPERS.items()
    }

    assert len({tuple(some) for some in plans.values()}) > 1


def test_fear_of_the_minotaur_drives_nobody_to_its_side() -> None:
    with_it = seen(Figure(MINOTAUR, ORIGIN, 6), health=9)
    assert with_it.you is not None
    settings = labyrinth(4)
    belief = Belief(with_it, with_it.you, settings, Ground(with_it, settings))
    stays, goes = After(belief.world), After(belief.world)
    goes.at[0] = index_of(Coord(-1, 0))

    def would_stay(temper: Temper) -> bool:
        judge = Judge(belief, temper)
        return judge.worth(stays, 0, [()]) > judge.worth(goes, 1, [()])

    assert would_stay(TEMPERS["slayer"])
    assert not would_stay(TEMPERS["shy"])
    assert not any(would_stay(replace(TEMPERS["shy"], dread=dread)) for dread in (2.0, 3.0, 4.0))


# --- how strong it is -------------------------------------------------------------------------------------------------


def test_a_strategist_beats_a_hunter_alone() -> None:
    kinds = ["strategist", "hunter"]

    played = standings(tournament(labyrinth(2), kinds, range(60), seed=11), kinds, 2)

    assert played.wins["strategist"].most > 0.65
    assert played.wins["strategist"].least > played.wins["hunter"].share
