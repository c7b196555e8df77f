"""RULES, How a round resolves: what the Minotaur does."""

from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord
from minotaur.rules.game import Game
from minotaur.rules.new_game import new_game
from minotaur.rules.settings import labyrinth
from tests.rules.stage import P1, P2, P3, at, lines, minotaur_at, minotaur_noise, play_round, rounds, stage


def attacks(game: Game, **plans: str) -> list[str]:
    """What the Minotaur struck, as ``step target``."""
    events, _ = play_round(game, **plans)
    words = [line.split(" ") for line in lines(events, "pc_attacked") if " id=minotaur " in line]
    return [f"{when.split('.')[1]} {target.removeprefix('target_id=')}" for when, _, _, target, *_ in words]


def path(game: Game, **plans: str) -> list[str]:
    """Where the Minotaur went, as ``step hex``."""
    events, _ = play_round(game, **plans)
    words = [line.split(" ") for line in lines(events, "pc_entered_hex") if " id=minotaur " in line]
    return [f"{when.split('.')[1]} {to.removeprefix('to_hex=')}" for when, _, _, _, to, _ in words]


def remembering_noise(game: Game, hex_: str) -> Game:
    assert game.minotaur is not None
    return replace(game, minotaur=replace(game.minotaur, noise=at(hex_)))


def test_it_starts_in_the_lair_with_thirteen_health() -> None:
    game = new_game(labyrinth(2), 3, ["bot", "bot"], 0)

    assert game.minotaur is not None
    assert (game.minotaur.at, game.minotaur.health, game.minotaur.alive) == (game.lair, 13, True)


def test_it_attacks_a_hero_in_its_hex_in_steps_one_and_two_only_and_takes_four_health() -> None:
    game = stage("p1@0,0 p2@3,0 minotaur@0,0")

    assert attacks(game) == ["1 p1", "2 p1"]
    assert rounds(game, 1).heroes[P1].health == 2


def test_it_acts_in_the_same_phase_as_the_attacks() -> None:
    _, after = play_round(stage("p1@0,0 p2@3,0 minotaur@0,0:3"), p1="*minotaur")

    assert after.heroes[P1].health == 10, "struck while it fell, and healed for slaying it"
    events, _ = play_round(stage("p1@0,0:4+4 p2@3,0 p3@3,0 minotaur@0,0:3"), p1="*minotaur")
    assert lines(events, "killed", "minotaur_slain") == [
        "1.1 killed id=p1 by=minotaur",
        "1.1 minotaur_slain by=p1 healed=-",
    ]


def test_it_attacks_the_one_who_hit_it_in_the_most_recent_step() -> None:
    game = stage("p1@0,0 p2@0,0:9+4 p3@0,0 minotaur@0,0")

    assert attacks(game, p1="*minotaur") == ["1 p2", "2 p1"]


def test_it_remembers_the_latest_hitters_into_the_next_round() -> None:
    game = rounds(stage("p1@1,0 p2@1,0:5+4 p3@3,0 minotaur@1,0:20", minotaur_damage=1), 1, p1=".,*minotaur")

    assert attacks(game) == ["1 p1", "2 p1"]


def test_a_later_hitter_takes_the_place_of_an_earlier_one() -> None:
    game = stage("p1@0,0 p2@0,0 minotaur@0,0", minotaur_damage=1)

    assert attacks(rounds(game, 1, p1="*minotaur", p2=".,*minotaur")) == ["1 p2", "2 p2"]
    assert attacks(rounds(game, 1, p1=".,*minotaur", p2="*minotaur")) == ["1 p1", "2 p1"]


def test_of_several_latest_hitters_it_attacks_the_one_with_least_health() -> None:
    game = stage("p1@0,0 p2@0,0:9+4 p3@0,0:8+4 minotaur@0,0", minotaur_damage=1)

    assert attacks(rounds(game, 1, p1=".,*minotaur", p2=".,*minotaur"))[0] == "1 p2"


def test_a_hitter_who_is_elsewhere_is_not_attacked() -> None:
    game = stage("p1@0,0 p2@0,0:10+4 p3@3,0 minotaur@0,0", minotaur_damage=1)

    assert attacks(game, p1="*minotaur,E", p2=".")[1:] == ["2 p1"]
    assert attacks(rounds(game, 1, p1="*minotaur,E"))[0] == "1 p2"


def test_else_it_attacks_the_one_with_least_health() -> None:
    assert attacks(stage("p1@0,0:7+4 p2@0,0:5+4 p3@0,0:6+4 minotaur@0,0:20", minotaur_damage=1)) == ["1 p2", "2 p2"]


def test_a_miss_of_a_hero_makes_no_hitter() -> None:
    game = stage("p1@0,0 p2@0,0:5+4 p3@3,0 minotaur@0,0", minotaur_damage=1)

    assert attacks(game, p1="*p3") == ["1 p2", "2 p2"]


def test_ties_fall_by_lot_so_no_seat_is_luckier_than_another() -> None:
    first = [attacks(stage("p1@0,0 p2@0,0 p3@0,0 minotaur@0,0", seed=seed))[0] for seed in range(300)]

    assert all(80 <= first.count(f"1 {player}") <= 120 for player in ("p1", "p2", "p3"))


def test_the_lot_is_a_function_of_seed_round_and_step() -> None:
    def victim(seed: int, round_number: int) -> str:
        return attacks(stage("p1@0,0 p2@0,0 minotaur@0,0", seed=seed, round_number=round_number))[0]

    assert victim(1, 1) == victim(1, 1)
    assert len({victim(seed, 1) for seed in range(9)}) == 2
    assert len({victim(1, round_number) for round_number in range(1, 9)}) == 2


def test_if_it_did_not_attack_it_steps_towards_the_nearest_hero_within_three_steps_of_walking() -> None:
    assert path(stage("p1@2,0 p2@-3,0 minotaur@0,0"))[0] == "1 1,0"
    assert path(stage("p1@3,0 p2@-3,3 minotaur@1,0")) == ["1 2,0", "2 3,0"]


def test_having_attacked_it_does_not_move_in_that_step() -> None:
    assert path(stage("p1@0,0 p2@2,0 p3@3,0 minotaur@0,0"), p1="W,W") == ["2 -1,0"]


def test_near_is_by_walking_not_by_flying() -> None:
    walled = stage("p1@2,0 p2@-2,0 minotaur@0,0", rocks="1,0 1,-1 0,1 2,-1 1,1")
    assert path(walled)[0] == "1 -1,0"


def test_a_hero_further_off_than_its_reach_is_not_near() -> None:
    assert path(stage("p1@3,0 p2@3,0 minotaur@0,0", minotaur_reach=3)) == ["1 1,0", "2 2,0"]
    assert path(stage("p1@3,0 p2@3,0 minotaur@0,0", minotaur_reach=2)) == []


def test_of_the_nearest_it_chooses_the_one_with_least_health_then_by_lot() -> None:
    assert path(stage("p1@2,0:9+4 p2@-2,0:8+4 minotaur@0,0"))[0] == "1 -1,0"
    ways = [path(stage("p1@2,0 p2@-2,0 minotaur@0,0", seed=seed))[0] for seed in range(100)]
    assert 30 <= ways.count("1 1,0") <= 70
    assert set(ways) == {"1 1,0", "1 -1,0"}


def test_it_sees_where_all_stood_when_the_step_began() -> None:
    assert path(stage("p1@1,0 p2@3,-3 minotaur@0,0"), p1="E,E") == ["1 1,0", "2 2,0"]


def test_it_does_not_go_after_who_died_in_this_step() -> None:
    game = stage("p1@1,0:3+4 p2@1,0:9+4 p3@-1,0 minotaur@0,0")

    assert path(game, p2="*p1,*p1")[0] in {"1 1,0", "1 -1,0"}
    alone = stage("p1@1,0:3+4 p2@1,0:3+4 p3@-1,0:9+4 p4@3,0 minotaur@0,0")
    assert path(alone, p1="*p2", p2="*p1")[0] == "1 -1,0"


def test_of_equal_ways_it_takes_the_one_whose_first_step_comes_first() -> None:
    assert path(stage("p1@1,1 p2@-3,0 minotaur@0,0"))[0] == "1 1,0"
    assert path(stage("p1@1,1 p2@-3,0 minotaur@0,0", rocks="1,0"))[0] == "1 0,1"
    assert path(stage("p1@2,-1 p2@-3,0 minotaur@0,0"))[0] == "1 1,0"


def test_else_it_goes_to_the_newest_noise_it_remembers() -> None:
    game = remembering_noise(stage("p1@3,0 p2@3,0 minotaur@-1,0", minotaur_reach=0), "-3,0")

    assert path(game) == ["1 -2,0", "2 -3,0"]


def test_else_to_its_lair_and_there_it_stays() -> None:
    assert path(stage("p1@3,0 p2@3,0 minotaur@0,-1", minotaur_reach=0)) == ["1 0,0"]


def test_every_attack_of_a_hero_makes_noise_that_it_remembers_from_the_next_step_on() -> None:
    game = stage("p1@3,0 p2@3,-3 minotaur@0,0", minotaur_reach=0)

    assert path(game, p1="*p2") == ["2 1,0"]
    _, after = play_round(game, p1=".,.,*p2")
    assert minotaur_noise(after) == Coord(3, 0)


def test_its_own_attacks_are_no_noise_to_it() -> None:
    _, after = play_round(stage("p1@2,0 p2@-3,0 minotaur@2,0", minotaur_reach=0), p1=".,E")

    assert minotaur_noise(after) is None


def test_the_newest_noise_replaces_an_older_one() -> None:
    game = remembering_noise(stage("p1@3,0 p2@0,3 minotaur@-3,0", minotaur_reach=0), "-3,3")

    _, after = play_round(game, p1=".,.,.,*p2")

    assert minotaur_noise(after) == Coord(3, 0)


def test_of_several_noises_in_one_step_it_remembers_the_nearest_by_walking() -> None:
    game = stage("p1@3,0 p2@0,-2 minotaur@0,0", minotaur_reach=0)
    walled = stage("p1@3,0 p2@0,-2 minotaur@0,0", minotaur_reach=0, rocks="0,-1 1,-1 1,-2 1,-3 -1,0 -2,0 -1,-1 -2,-1")

    assert minotaur_noise(rounds(game, 1, p1=".,.,*p2", p2=".,.,*p1")) == Coord(0, -2)
    assert minotaur_noise(rounds(walled, 1, p1=".,.,*p2", p2=".,.,*p1")) == Coord(3, 0)


def test_of_equally_near_noises_it_remembers_one_by_lot() -> None:
    noises = [
        minotaur_noise(
            rounds(stage("p1@3,0 p2@-3,0 minotaur@0,0", minotaur_reach=0, seed=seed), 1, p1=".,.,*p2", p2=".,.,*p1")
        )
        for seed in range(100)
    ]

    assert 30 <= noises.count(Coord(3, 0)) <= 70
    assert set(noises) == {Coord(3, 0), Coord(-3, 0)}


def test_it_forgets_a_noise_when_it_stands_there() -> None:
    game = remembering_noise(stage("p1@3,0 p2@3,0 minotaur@-1,0", minotaur_reach=0), "-2,0")

    assert path(game) == ["1 -2,0", "2 -1,0"]


def test_noise_where_it_stands_is_forgotten_at_once() -> None:
    game = remembering_noise(stage("p1@0,0 p2@3,0 minotaur@0,0"), "3,0")

    assert minotaur_noise(rounds(game, 1, p1=".,.,*p2")) is None


def test_it_forgets_a_noise_when_the_hex_collapses() -> None:
    game = stage("p1@3,0 p2@0,1 minotaur@0,0", minotaur_reach=0, collapse_first=3, round_number=3)

    assert minotaur_noise(rounds(game, 1, p1=".,.,.,*p2")) is None
    assert minotaur_noise(rounds(replace(game, round=2), 1, p1=".,.,.,*p2")) == Coord(3, 0)


def test_what_no_way_leads_to_any_more_is_passed_over() -> None:
    island = stage("p1@3,0 p2@3,0 minotaur@1,0", chasms="2,0 2,-1 1,1 3,-1 2,1 1,-1 0,1 0,-1", minotaur_reach=9)
    far = remembering_noise(stage("p1@3,0 p2@3,0 minotaur@1,0", rocks="2,0 2,-1 1,1 3,-1 2,1"), "3,0")

    assert path(island) == ["1 0,0"]
    assert path(far) == ["1 0,0"]
    cut_off = stage("p1@3,0 p2@3,0 minotaur@-3,0", chasms="-2,0 -2,-1 -3,1 -2,-1", minotaur_reach=9)
    assert path(cut_off) == []


def test_a_game_may_have_no_minotaur() -> None:
    game = new_game(labyrinth(2, minotaur=False), 3, ["bot", "bot"], 0)

    assert game.minotaur is None
    assert minotaur_at(new_game(labyrinth(2), 3, ["bot", "bot"], 0)) == game.lair
    assert P3 not in game.heroes
    assert P2 in game.heroes
