"""No viewer can notice what they may not know; and where a leak is planted, these properties find it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon
from minotaur.rules.events import PlanAccepted
from minotaur.rules.game import Game, Hero, Minotaur
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import SIGHT_ALL, labyrinth
from minotaur.rules.sight import sight
from tests.rules import leaks
from tests.rules.blindness import HONEST, Senses, check_hidden_state, check_round, check_shift, check_turn, reseeded
from tests.rules.crowds import NOON, Pick, Rolled, legal_plan, living, picks, planned_game, with_plan

P1, P2 = PlayerId("p1"), PlayerId("p2")
SHIFT_MAX = 9
SEARCHED_MAX = 1500
"""So many worlds are searched for a planted leak before it counts as missed."""


# --- the properties: each returns whether there were two worlds to compare --------------------------------------------


def nobody_can_tell_where_the_board_lies(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    vector = Vector(pick.number(-SHIFT_MAX, SHIFT_MAX), pick.number(-SHIFT_MAX, SHIFT_MAX))
    check_shift(game, vector, _viewer(pick, game), senses)
    return vector != Vector(0, 0)


def nobody_can_tell_how_the_board_is_turned(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    check_turn(game, _viewer(pick, game), senses)
    return True


def nobody_knows_anothers_plan_before_the_round_ends(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    viewer, other = _two(pick, game)
    steps = legal_plan(pick, game, other)
    check_hidden_state(game, with_plan(game, other, steps), viewer, senses)
    assert senses.tell(PlanAccepted(round=game.round, player_id=other, steps=steps), viewer) is None
    return True


def anothers_plan_shows_only_in_what_one_may_learn(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    viewer, other = _two(pick, game)
    replanned = with_plan(game, other, legal_plan(pick, game, other))
    return check_round(game, replanned, viewer, senses) and replanned != game


def nobody_knows_what_is_out_of_sight(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    viewer = pick.of(living(game))
    alike = _alike_to(pick, game, viewer)
    check_hidden_state(game, alike, viewer, senses)
    return alike != game


def a_round_out_of_sight_shows_only_in_what_one_may_learn(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    viewer = pick.of(living(game))
    alike = _alike_to(pick, game, viewer)
    return check_round(game, alike, viewer, senses) and alike != game


def the_seed_shows_only_in_what_one_may_learn(pick: Pick, senses: Senses) -> bool:
    game = planned_game(pick)
    viewer = pick.of(living(game))
    other = reseeded(game, game.seed + 1)
    check_hidden_state(game, other, viewer, senses)
    return check_round(game, other, viewer, senses)


def nobody_can_tell_where_on_the_board_they_stand(pick: Pick, senses: Senses) -> bool:
    """On a wide open board, in a round in which a ring falls, with much of the board remembered."""
    settings = labyrinth(2, radius=7, rock=False, minotaur=False, sight=pick.number(1, 2), collapse_every=3)
    falling = pick.number(5, 7)
    standing, safe = hexagon(falling), list(hexagon(falling - 2))
    here, there = pick.of(safe), pick.of(safe)
    remembered = standing.shifted(ORIGIN - here) & standing.shifted(ORIGIN - there)

    def world(at: Coord) -> Game:
        floor_seen = remembered.shifted(at - ORIGIN)
        far = max(safe, key=lambda hex_: distance(hex_, at))
        return Game(
            settings=settings,
            seed=7,
            lair=ORIGIN,
            floor=standing,
            collapsed=hexagon(settings.radius) - standing,
            heroes={P1: Hero(at, 10, 4, floor_seen=floor_seen), P2: Hero(far, 10, 4)},
            minotaur=None,
            round=settings.collapse_round(falling),
            round_ends_at=NOON,
            round_ms=settings.round_ms,
            touched_in=settings.collapse_round(falling),
        )

    return check_round(world(here), world(there), P1, senses) and here != there


Property = Callable[[Pick, Senses], bool]
PROPERTIES: list[Property] = [
    nobody_can_tell_where_the_board_lies,
    nobody_can_tell_how_the_board_is_turned,
    nobody_can_tell_where_on_the_board_they_stand,
    nobody_knows_anothers_plan_before_the_round_ends,
    anothers_plan_shows_only_in_what_one_may_learn,
    nobody_knows_what_is_out_of_sight,
    a_round_out_of_sight_shows_only_in_what_one_may_learn,
    the_seed_shows_only_in_what_one_may_learn,
]
each_property = pytest.mark.parametrize("property_", PROPERTIES, ids=lambda property_: property_.__name__)


@each_property
@given(pick=picks())
def test_a_viewer_learns_nothing_else(property_: Property, pick: Pick) -> None:
    property_(pick, HONEST)


@each_property
def test_many_crowded_worlds_are_compared_and_nothing_leaks(property_: Property) -> None:
    compared = sum(property_(Rolled(seed), HONEST) for seed in range(200))

    assert compared >= 20, "else the property would hold because it compares nothing"


@pytest.mark.parametrize(
    ("leak", "property_"),
    [
        (Senses(tell=leaks.noise_for_all), anothers_plan_shows_only_in_what_one_may_learn),
        (Senses(tell=leaks.place_of_noise), nobody_can_tell_where_the_board_lies),
        (Senses(tell=leaks.arrivals), anothers_plan_shows_only_in_what_one_may_learn),
        (Senses(tell=leaks.departures), anothers_plan_shows_only_in_what_one_may_learn),
        (Senses(tell=leaks.blows), anothers_plan_shows_only_in_what_one_may_learn),
        (Senses(tell=leaks.plans), nobody_knows_anothers_plan_before_the_round_ends),
        (Senses(tell=leaks.row), nobody_can_tell_where_the_board_lies),
        (Senses(tell=leaks.orientation), nobody_can_tell_how_the_board_is_turned),
        (Senses(sight=leaks.minotaur), nobody_knows_what_is_out_of_sight),
        (Senses(sight=leaks.place), nobody_can_tell_where_the_board_lies),
        (Senses(sight=leaks.collapse), nobody_can_tell_where_on_the_board_they_stand),
        (Senses(sight=leaks.seed), the_seed_shows_only_in_what_one_may_learn),
        (Senses(sight=leaks.points), nobody_knows_what_is_out_of_sight),
        (Senses(sight=leaks.plans_in_sight), nobody_knows_anothers_plan_before_the_round_ends),
    ],
    ids=lambda value: value.name if isinstance(value, Senses) else "",
)
def test_a_planted_leak_is_found(leak: Senses, property_: Property) -> None:
    with pytest.raises(AssertionError):
        _search(property_, leak)


def _search(property_: Property, senses: Senses) -> None:
    for seed in range(SEARCHED_MAX):
        property_(Rolled(seed), senses)


# --- what is drawn ----------------------------------------------------------------------------------------------------


def _viewer(pick: Pick, game: Game) -> PlayerId | None:
    """A player, alive or not, or a spectator."""
    return pick.of([*game.heroes, None])


def _two(pick: Pick, game: Game) -> tuple[PlayerId, PlayerId]:
    """A living viewer and another living player."""
    viewer = pick.of(living(game))
    return viewer, pick.of([player for player in living(game) if player != viewer])


def _alike_to(pick: Pick, game: Game, viewer: PlayerId) -> Game:
    """Another world that the viewer may not tell from this one as it stands.

    Whoever is out of sight stands elsewhere out of sight, with other health; whoever else lives has other action points
    and other memories; terrain that the viewer neither sees nor remembers is another. (Next to floor in sight there is
    none such: rock and chasms that touch it are seen, so what is not seen there is floor.)
    """
    seen = sight(game, viewer)
    back = game.heroes[viewer].at - ORIGIN
    in_sight = (seen.floor | seen.rock | seen.chasm).shifted(back)
    floor = game.floor
    if game.settings.sight != SIGHT_ALL:
        known = in_sight | seen.floor.shifted(back).grown()
        known |= (seen.floor_remembered | seen.rock_remembered | seen.chasm_remembered).shifted(back)
        known |= HexSet.of([*(hero.at for hero in game.heroes.values()), game.lair])
        if game.minotaur is not None:
            known |= HexSet.of([game.minotaur.at])
        bits = pick.number(0, 2**61) & pick.number(0, 2**61)
        unknown = enumerate(game.board - known - game.collapsed)
        flipped = HexSet.of(hex_ for place, hex_ in unknown if bits >> place & 1)
        floor = (game.floor - flipped) | (flipped - game.floor)
    dark = list(floor - in_sight)
    heroes = dict(game.heroes)
    for player, hero in heroes.items():
        if player == viewer or not hero.alive:
            continue
        hidden = hero.at not in in_sight
        heroes[player] = replace(
            hero,
            at=pick.of(dark) if hidden else hero.at,
            health=pick.number(1, 10) if hidden else hero.health,
            ap=hero.ap if hero.plan else pick.number(0, 4),
            missed_rounds=pick.number(0, 2),
            floor_seen=hexagon(1),
            rock_seen=EMPTY,
            chasm_seen=EMPTY,
        )
    return replace(game, floor=floor, heroes=heroes, minotaur=_elsewhere(pick, game, dark, in_sight))


def _elsewhere(pick: Pick, game: Game, dark: list[Coord], in_sight: HexSet) -> Minotaur | None:
    minotaur = game.minotaur
    if minotaur is None or not minotaur.alive or minotaur.at in in_sight:
        return minotaur
    return replace(minotaur, at=pick.of(dark), health=pick.number(1, 20), noise=pick.of([None, *dark]))
