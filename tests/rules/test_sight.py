"""RULES, What a player may know: sight and memory."""

import pytest
from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN, Coord, Vector
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon
from minotaur.rules.commands import Resign
from minotaur.rules.decide import Decided, decide
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Figure, Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.settings import SIGHT_ALL, classic
from minotaur.rules.sight import OwnHero, Sight, sight
from tests.rules.stage import P1, P2, at, planned, play_round, rounds, stage

GALLERY = [None, PlayerId("p2"), PlayerId("p3"), PlayerId("somebody else")]
"""A spectator, one who was killed, one who resigned, one who never played: in ``fallen``."""


def hexes(text: str) -> HexSet:
    return HexSet.of(map(at, text.split()))


def fallen(round_number: int, gallery_delay: int = 3) -> Game:
    """A game at the beginning of this round in which p2 is dead and p3 resigned; p1 walks east in each."""
    game = stage("p1@-3,0:100+4 p2@0,0:0+0x p3@1,0 p4@1,2:100+4", health=100, gallery_delay=gallery_delay)
    answer = decide(game, Resign(PlayerId("p3")), 0)
    assert isinstance(answer, Decided)
    return rounds(evolve_all(game, answer.events), round_number - 1, p1="E")


def test_a_player_sees_the_floor_within_two_steps_of_walking_and_the_rock_and_chasm_that_touch_it() -> None:
    corridor = stage("p1@0,0 p2@-3,3", rocks="1,-1 0,1 0,-1 2,-1 1,1 -1,0", chasms="-1,1")

    seen = sight(corridor, P1)

    assert seen.floor == hexes("0,0 1,0 2,0")
    assert seen.rock == hexes("1,-1 0,1 0,-1 2,-1 1,1 -1,0")
    assert seen.chasm == hexes("-1,1")


def test_what_is_near_but_a_long_walk_away_is_out_of_sight() -> None:
    walled = stage("p1@0,0 p2@2,0", rocks="1,0 1,-1 0,1 0,-1")

    assert Coord(2, 0) not in sight(walled, P1).floor
    assert sight(walled, P1).figures == (Figure("p1", ORIGIN, 10),)


def test_nothing_is_seen_outside_the_board() -> None:
    seen = sight(stage("p1@3,0 p2@-3,0"), P1)

    assert all((hex_ + Vector(3, 0)) in hexagon(3) for hex_ in seen.floor | seen.rock | seen.chasm)


def test_a_player_sees_who_stands_in_sight_and_with_what_health() -> None:
    game = stage("p1@1,0 p2@2,0:7+4 p3@-2,0 p4@1,1:0+0x minotaur@1,0")

    assert sight(game, P1).figures == (
        Figure("p1", Coord(0, 0), 10),
        Figure("p2", Coord(1, 0), 7),
        Figure("minotaur", Coord(0, 0), 20),
    )
    assert [figure.kind for figure in sight(game, P1).figures] == ["hero", "hero", "minotaur"]


def test_everything_is_relative_to_the_players_own_hero() -> None:
    game = stage("p1@1,0 p2@3,0", rocks="2,0")

    assert sight(game, P1).rock == hexes("1,0")
    assert sight(game, P2).rock == hexes("-1,0")
    assert next(figure for figure in sight(game, P1).figures if figure.id == P1).at == ORIGIN


def test_a_player_knows_their_own_health_points_and_plan_and_of_no_other_player_any() -> None:
    game = planned(stage("p1@1,0:9+3 p2@1,0:8+2"), p1="E", p2="W")

    seen = sight(game, P1)

    assert seen.you == OwnHero(P1, 9, 3, False, game.heroes[P1].plan, False)
    assert set(Sight.__struct_fields__) == {
        "round",
        "round_seen",
        "you",
        "floor",
        "rock",
        "chasm",
        "cracked",
        "floor_remembered",
        "rock_remembered",
        "chasm_remembered",
        "figures",
        "living",
    }
    assert set(Figure.__struct_fields__) == {"id", "at", "health"}


def test_terrain_once_seen_is_remembered() -> None:
    game = stage("p1@-3,0 p2@3,0", rocks="-2,-1 -1,0")

    _, after = play_round(game, p1="SE,E,E,E")

    seen = sight(after, P1)
    assert after.heroes[P1].at == Coord(0, 1)
    assert Coord(-2, -2) in seen.rock_remembered
    assert Coord(-3, -1) in seen.floor_remembered


def test_what_is_seen_on_the_way_is_remembered_too() -> None:
    _, after = play_round(stage("p1@-3,0 p2@3,0"), p1="E,E,E,W")

    assert after.heroes[P1].at == Coord(-1, -0)
    assert Coord(2, 0) + Vector(1, 0) in sight(after, P1).floor_remembered


def test_terrain_in_sight_is_not_called_remembered() -> None:
    _, after = play_round(stage("p1@-3,0 p2@3,0"), p1="E,E,E,E")

    seen = sight(after, P1)
    in_sight = seen.floor | seen.rock | seen.chasm
    remembered = seen.floor_remembered | seen.rock_remembered | seen.chasm_remembered
    assert in_sight & remembered == EMPTY
    assert remembered


def test_cracks_are_seen_where_terrain_is_in_sight_and_not_remembered() -> None:
    game = stage("p1@2,0 p2@-2,0", round_number=9, rocks="3,0")

    assert sight(game, P1).cracked == hexes("1,-2 1,-1 1,0 0,1 -1,2")
    assert Coord(1, 0) in sight(game, P1).rock, "rock cracks too"
    assert sight(rounds(game, 1, p1="W,W"), P1).cracked == hexes("3,0"), "only the rock is still in sight"
    assert sight(replace(game, round=8), P1).cracked == EMPTY


def test_a_collapse_in_sight_is_seen_and_one_out_of_sight_is_remembered_as_floor() -> None:
    game = stage("p1@2,0 p2@0,0", round_number=9)

    _, stayed = play_round(rounds(game, 1))
    _, left = play_round(rounds(game, 1, p1="W,W,W,W"))

    assert Coord(1, 0) in sight(stayed, P1).chasm
    assert left.heroes[P1].at == Coord(-2, 0)
    assert Coord(5, 0) in sight(left, P1).floor_remembered
    assert Coord(5, 0) not in sight(left, P1).chasm_remembered


def test_a_chasm_once_seen_is_remembered_as_one() -> None:
    game = rounds(stage("p1@2,0 p2@0,0", round_number=10), 1)

    _, after = play_round(game, p1="W,W,W,W")

    assert Coord(5, 0) in sight(after, P1).chasm_remembered
    assert Coord(5, 0) not in sight(after, P1).floor_remembered


def test_in_classic_players_see_every_hex_and_everyone() -> None:
    game = new_game(classic(4), 3, ("human",) * 4, 0)

    seen = sight(game, P1)

    assert len(seen.floor) == len(hexagon(5))
    assert [figure.id for figure in seen.figures] == ["p1", "p2", "p3", "p4"]
    assert seen.floor_remembered == EMPTY


@pytest.mark.parametrize("viewer", GALLERY)
def test_the_gallery_sees_the_whole_board_as_it_stood_three_rounds_ago(viewer: PlayerId | None) -> None:
    game = fallen(5)

    seen = sight(game, viewer)

    assert (seen.round, seen.round_seen, seen.you) == (5, 2, None)
    assert seen.floor == hexagon(3)
    assert seen.figures == (Figure("p1", Coord(-2, 0), 100), Figure("p4", Coord(1, 2), 100))


@pytest.mark.parametrize("viewer", GALLERY)
@pytest.mark.parametrize("round_number", [1, 2, 3])
def test_before_the_fourth_round_the_gallery_sees_nothing(viewer: PlayerId | None, round_number: int) -> None:
    seen = sight(fallen(round_number), viewer)

    assert seen.round_seen is None
    assert seen.floor | seen.rock | seen.chasm | seen.floor_remembered == EMPTY
    assert seen.figures == ()


@pytest.mark.parametrize("viewer", GALLERY)
def test_a_closed_gallery_never_sees_the_board(viewer: PlayerId | None) -> None:
    game = stage("p1@-3,0 p2@0,0:0+0x p3@1,0:9+0x p4@1,2", gallery="closed")

    assert all(sight(rounds(game, count), viewer).round_seen is None for count in range(2))
    assert rounds(game, 5, p1="E").pictures == ()


def test_the_delay_of_the_gallery_can_be_chosen() -> None:
    assert sight(fallen(5, gallery_delay=1), None).round_seen == 4
    assert sight(fallen(6, gallery_delay=5), None).round_seen == 1


@pytest.mark.parametrize("viewer", GALLERY)
def test_where_players_see_every_hex_the_gallery_sees_the_present_round(viewer: PlayerId | None) -> None:
    start = "p1@-3,0:100+4 p2@0,0:0+0x p3@1,0:9+0x p4@1,2:100+4"
    game = stage(start, health=100, sight=SIGHT_ALL)

    played = rounds(game, 2, p1="E")

    seen, alive = sight(played, viewer), sight(played, P1)
    assert seen.round_seen == played.round
    assert len(seen.floor) == len(alive.floor)
    assert [(each.id, each.health) for each in seen.figures] == [(each.id, each.health) for each in alive.figures]
    under_the_first = replace(game, settings=replace(game.settings, rules_revision=1))
    assert sight(rounds(under_the_first, 2, p1="E"), viewer).round_seen is None


def test_the_gallery_sees_cracks_and_chasms_as_they_were() -> None:
    game = stage("p1@0,0:100+4 p2@0,0:100+4 p3@1,0:0+0x", round_number=8)

    cracked, fallen_ring = sight(rounds(game, 5), None), sight(rounds(game, 6), None)

    assert cracked.round_seen == 10
    assert len(cracked.cracked) == 18
    assert cracked.chasm == EMPTY
    assert fallen_ring.round_seen == 11
    assert len(fallen_ring.chasm) == 18
    assert fallen_ring.cracked == EMPTY


@pytest.mark.parametrize("viewer", [None, P1, P2])
@pytest.mark.parametrize("gallery", ["delayed", "closed"])
def test_when_the_game_is_over_everything_is_open(viewer: PlayerId | None, gallery: str) -> None:
    game = stage("p1@0,0:3+4 p2@3,0 p3@0,0", rocks="1,0 0,1", gallery="closed" if gallery == "closed" else "delayed")
    _, over = play_round(game, p2=".", p3="*p1")
    answer = decide(over, Resign(PlayerId("p3")), 0)
    assert isinstance(answer, Decided)
    over = evolve_all(over, answer.events)

    seen = sight(over, viewer)

    centre = Vector(3, 0) if viewer == P2 else Vector(0, 0)
    assert over.winner_id == P2
    assert seen.floor == over.floor.shifted(-centre)
    assert seen.rock == over.rock.shifted(-centre)
    assert seen.figures == (Figure("p2", Coord(3, 0) + -centre, 10),)
