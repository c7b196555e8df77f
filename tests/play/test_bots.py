"""Bots: legal, deterministic, blind to what their seat can't see, and of different strength."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN, Coord, distance
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, ring
from minotaur.hexgrid.walk import reach
from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.hunter import hunt
from minotaur.play.bots.kinds import plan_of
from minotaur.play.machine import PLANNERS
from minotaur.play.standings import Standings, standings
from minotaur.play.tournament import play_game, tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Attack, EndRound, Move, RegisterPlan, Steps, Wait
from minotaur.rules.decide import Decided, decide, play_round
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Figure, Game
from minotaur.rules.looking import look
from minotaur.rules.names import MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game, opened
from minotaur.rules.settings import SIGHT_ALL, Settings, classic, labyrinth
from minotaur.rules.sight import OwnHero, Sight, sight
from tests.play.driving import Table, tables

P1, P2 = player_id(1), player_id(2)
KINDS: list[BotKind] = ["hunter", "wanderer", "strategist"]


@given(tables(), st.sampled_from(KINDS), st.integers(0, 2**53))
def test_a_bots_plan_is_legal_whatever_it_sees(table: Table, kind: BotKind, seed: int) -> None:
    if table.match.status != "active":
        return
    game = table.game
    for player, hero in game.heroes.items():
        if hero.alive:
            plan = plan_of(kind, seed, game.settings, sight(game, player))
            answer = decide(game, RegisterPlan(player, game.round, plan), table.now)
            assert isinstance(answer, Decided), (answer, plan)


@given(st.integers(0, 2000), st.integers(2, 8), st.sampled_from(KINDS))
def test_no_bot_strikes_where_it_would_not_survive_the_answer(seed: int, seats: int, kind: BotKind) -> None:
    for game, player, steps in planned_on_a_crowded_board(seed, seats, kind):
        hero = game.heroes[player]
        if len(reach(game.floor, hero.at, 1)) == 1 or (game.cracked & reach(game.floor, hero.at, 1)):
            continue  # cornered, or about to be
        if not steps or not isinstance(steps[0], Attack):
            continue
        here = [each for each in game.figures if each.at == hero.at and each.id != player]
        left = [each for each in here if each.health > (3 if each.id == steps[0].target_id else 0)]
        answer = sum(4 if each.id == MINOTAUR else 3 for each in left)
        assert answer < hero.health, (seed, game.round, player, steps)


@given(st.integers(0, 2000), st.integers(2, 8), st.sampled_from(KINDS), st.integers(1, 2))
def test_no_bot_walks_onto_a_ring_that_it_sees_falling(seed: int, seats: int, kind: BotKind, every: int) -> None:
    for game, player, steps in planned_on_a_crowded_board(seed, seats, kind, every):
        number = game.settings.falling(game.round)
        at = game.heroes[player].at
        if number is None or distance(at, game.lair) == number:
            continue
        in_sight = look(game, at).floor
        for step in steps:
            if isinstance(step, Move) and at + step.vector.vector in game.floor:
                at += step.vector.vector
        assert at not in in_sight or distance(at, game.lair) != number, (seed, game.round, player, steps)


def planned_on_a_crowded_board(
    seed: int, seats: int, kind: BotKind, every: int = 2
) -> Iterator[tuple[Game, PlayerId, Steps]]:
    """What bots plan on a board of radius 3, where all begin in the middle and rings fall from the third round on."""
    settings = labyrinth(seats, radius=3, collapse_first=3, collapse_every=every, ap_start=4)
    taken: list[Seat] = ["bot"] * seats
    game = new_game(settings, seed, taken, now=0)
    middle = list(reach(game.floor, game.lair, 1))
    heroes = {
        player: replace(hero, at=middle[(seed + place) % min(3, len(middle))], health=1 + (seed + 3 * place) % 10)
        for place, (player, hero) in enumerate(game.heroes.items())
    }
    game = opened(replace(game, heroes=heroes))
    while game.status == "active":
        plans = {player: PLANNERS[kind](game, player) for player, hero in game.heroes.items() if hero.alive}
        for player, steps in plans.items():
            yield game, player, steps
        game = play_round(game, 0, lambda _, player, plans=plans: plans[player]).game


@given(st.integers(0, 500), st.integers(2, 8), st.sampled_from(KINDS))
def test_a_game_of_bots_replays_to_the_same_end(seed: int, seats: int, kind: BotKind) -> None:
    kinds: list[BotKind] = [kind] * seats

    assert play_game(labyrinth(seats), seed, kinds) == play_game(labyrinth(seats), seed, kinds)


def many(settings: Settings, kinds: list[BotKind], games: int = 120) -> Standings:
    return standings(tournament(settings, kinds, range(games), seed=11), kinds, settings.seats)


def test_a_hunter_beats_a_wanderer_alone() -> None:
    played = many(labyrinth(2), ["hunter", "wanderer"])

    assert played.wins["hunter"].share > 0.75


def test_hunters_beat_wanderers_in_company() -> None:
    played = many(labyrinth(4), ["hunter", "wanderer"])

    assert played.wins["hunter"].share > 0.75


def test_a_hunter_beats_a_wanderer_in_the_open() -> None:
    played = many(classic(2), ["hunter", "wanderer"], games=60)

    assert played.wins["hunter"].least > played.wins["wanderer"].most


def test_hunters_seldom_fall_and_often_fight() -> None:
    played = many(labyrinth(4), ["hunter"])

    assert played.deaths["collapse"].least < 0.1
    assert played.deaths["hero"].share > 0.4


def test_the_kinds_move_on_by_one_seat_with_every_game() -> None:
    outcomes = list(tournament(labyrinth(2), ["hunter", "wanderer"], range(4), seed=3))
    swapped = play_game(labyrinth(2), 3 * 1_000_003 + 1, ["wanderer", "hunter"])

    assert outcomes[1] == swapped


@pytest.mark.parametrize("sight_steps", [SIGHT_ALL, 0, 1, 6, 20])
@pytest.mark.parametrize("radius", [3, 5, 7])
def test_hunters_play_to_the_end_however_far_they_see(sight_steps: int, radius: int) -> None:
    settings = labyrinth(4, sight=sight_steps, radius=radius)

    played = list(tournament(settings, ["hunter"], range(3), seed=5))

    assert all(outcome.rounds > 0 for outcome in played)


# --- the hunter, one situation each ----------------------------------------------------------------------------------


def seen(
    *others: Figure, ap: int = 4, health: int = 10, round_number: int = 1, floor: HexSet | None = None, **more: HexSet
) -> Sight:
    floor = hexagon(2) if floor is None else floor
    return Sight(
        round=round_number,
        round_seen=round_number,
        you=OwnHero(P1, health, ap, False, None, False),
        floor=floor,
        rock=EMPTY,
        chasm=EMPTY,
        cracked=more.get("cracked", EMPTY),
        floor_remembered=more.get("floor_remembered", EMPTY),
        rock_remembered=EMPTY,
        chasm_remembered=EMPTY,
        figures=(Figure(P1, ORIGIN, health), *others),
    )


def plan(sight_: Sight, seed: int = 1, settings: Settings | None = None) -> Steps:
    return hunt(sight_, settings or labyrinth(4), Chance(seed, sight_.round, 1))


def end_of(steps: Steps) -> Coord:
    at = ORIGIN
    for step in steps:
        if isinstance(step, Move):
            at += step.vector.vector
    return at


@pytest.mark.parametrize("seed", range(8))
def test_it_fells_who_shares_its_hex_if_it_can(seed: int) -> None:
    steps = plan(seen(Figure(P2, ORIGIN, 6)), seed)

    assert steps[0] == Attack(P2)
    assert steps in ((Attack(P2), Attack(P2)), (Attack(P2), *steps[1:]))


@pytest.mark.parametrize("there", [ORIGIN, Coord(2, 0)])
def test_no_seat_is_its_first_choice_among_equals(there: Coord) -> None:
    others = [Figure(player_id(seat), there, 3) for seat in (2, 3, 4)]

    plans = [plan(seen(*others), seed) for seed in range(300)]

    aims = [next(step.target_id for step in steps if isinstance(step, Attack)) for steps in plans]
    assert all(70 <= aims.count(other.id) <= 130 for other in others)


def test_it_flees_the_minotaur() -> None:
    minotaur = Figure("minotaur", Coord(1, 0), 20)

    steps = plan(seen(minotaur))

    assert not any(isinstance(step, Attack) for step in steps)
    assert distance(end_of(steps), minotaur.at) > 1


def test_it_slays_a_minotaur_that_will_fall() -> None:
    assert plan(seen(Figure("minotaur", ORIGIN, 11))) == (Attack("minotaur"),) * 4


def test_it_flees_who_is_too_strong() -> None:
    strong = Figure(P2, Coord(0, 1), 10)

    steps = plan(seen(strong, ap=2, health=3))

    assert distance(end_of(steps), strong.at) > 1


@pytest.mark.parametrize("seed", range(8))
def test_it_leaves_a_cracked_ring_for_firm_ground(seed: int) -> None:
    cracked = HexSet.of([ORIGIN, Coord(0, 1), Coord(1, 0), Coord(0, -1)])

    steps = plan(seen(round_number=9, cracked=cracked), seed)

    assert end_of(steps) not in cracked


def test_it_saves_action_points_while_nobody_is_near() -> None:
    steps = plan(seen(ap=4, floor_remembered=ring(3)))

    assert sum(not isinstance(step, Wait) for step in steps) <= 2


def test_it_waits_without_action_points() -> None:
    assert plan(seen(Figure(P2, ORIGIN, 1), ap=0)) == ()


@given(st.integers(0, 300), st.integers(2, 8))
def test_the_middle_it_works_out_agrees_with_all_it_knows(seed: int, seats: int) -> None:
    settings = labyrinth(seats)
    table = Table.laid(settings, seed)
    table.start(humans=1)

    middle = Ground(sight(table.game, P1), settings).middle

    assert middle is not None
    assert distance(middle, ORIGIN) <= settings.radius
    true_middle = Coord(0, 0) + (table.game.lair - table.game.heroes[P1].at)
    assert distance(middle, true_middle) <= settings.radius


@given(st.integers(0, 300), st.integers(2, 8))
def test_of_two_cracked_rings_it_overlooks_nothing_that_falls_first(seed: int, seats: int) -> None:
    settings = labyrinth(seats, collapse_first=3)
    taken: list[Seat] = ["bot"] * seats
    game = replace(new_game(settings, seed, taken, now=0), round=3)
    falls = ring(settings.radius, game.lair)

    for player, hero in game.heroes.items():
        seen = sight(game, player)
        falling = Ground(seen, settings).falling.shifted(hero.at - ORIGIN)
        in_sight = seen.cracked.shifted(hero.at - ORIGIN)

        assert (in_sight & falls) - falling == EMPTY, "what falls is never overlooked"
        assert falling - in_sight == EMPTY


def test_where_it_knows_the_boards_edge_it_tells_two_cracked_rings_apart() -> None:
    settings = labyrinth(4, collapse_first=3, rock=False)
    taken: list[Seat] = ["bot"] * 4
    game = replace(new_game(settings, 5, taken, now=0), round=3)
    hero = replace(game.heroes[P1], floor_seen=game.floor)
    game = replace(game, heroes={**game.heroes, P1: hero})

    falling = Ground(sight(game, P1), settings).falling.shifted(hero.at - ORIGIN)

    assert falling == ring(settings.radius, game.lair) & look(game, hero.at).floor


def test_it_knows_the_middle_well_once_it_has_seen_the_boards_edge() -> None:
    table = Table.laid(labyrinth(4, rock=False), 5)
    table.start(humans=1)
    game = replace(table.game, heroes={**table.game.heroes})

    middle = Ground(sight(game, P1), game.settings).middle

    assert middle is not None
    assert distance(middle, ORIGIN + (game.lair - game.heroes[P1].at)) <= 3


@given(st.integers(0, 500), st.integers(2, 8))
def test_a_round_played_at_a_stretch_is_the_round_that_sessions_play(seed: int, seats: int) -> None:
    table = Table.laid(labyrinth(seats), seed)
    table.start(humans=1)
    planner = PLANNERS["hunter"]

    tale = play_round(table.game, table.game.round_ends_at, planner)
    answer = decide(table.game, EndRound(1), table.game.round_ends_at, planner)

    assert answer == Decided(tuple(tale.events), tale.game)
    assert evolve_all(table.game, tale.events) == tale.game
