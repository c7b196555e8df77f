"""RULES, After step 4: collapse and the end."""

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import EMPTY, hexagon, ring
from tests.rules.stage import P1, P2, P3, lines, minotaur_at, play_round, rounds, stage, told


def test_the_outermost_ring_falls_at_the_end_of_round_ten() -> None:
    game = stage("p1@0,0 p2@1,0", round_number=9)

    before, after = rounds(game, 1), rounds(game, 2)

    assert before.collapsed == EMPTY
    assert after.collapsed == ring(3)
    assert after.floor == hexagon(2)


def test_the_whole_ring_falls_its_rock_too() -> None:
    after = rounds(stage("p1@0,0 p2@1,0", round_number=10, rocks="3,0 -3,0 2,0"), 1)

    assert after.collapsed == ring(3)
    assert list(after.rock) == [Coord(2, 0)]


def test_the_next_ring_falls_three_rounds_later_down_to_ring_one() -> None:
    game = stage("p1@0,0:100+4 p2@0,0:100+4", round_number=10)

    fallen = {game.round + count: len(rounds(game, count + 1).collapsed) for count in range(8)}

    assert fallen == {10: 18, 11: 18, 12: 18, 13: 30, 14: 30, 15: 30, 16: 36, 17: 36}


def test_heroes_on_it_fall_and_die() -> None:
    game = stage("p1@3,0 p2@2,0 p3@0,0", round_number=10)

    events, after = play_round(game, p2="E,.,.,W", p3=".")

    assert lines(events, "collapsed", "killed") == [
        "10.0 collapsed ring=3 minotaur_leaps=no",
        "10.0 killed id=p1 by=collapse",
    ]
    assert after.heroes[P1].killed_by == ("collapse",)
    assert after.heroes[P2].alive


def test_it_falls_after_step_four() -> None:
    _, after = play_round(stage("p1@3,0 p2@2,0 p3@0,0", round_number=10), p1=".,.,.,W", p2=".,.,.,E")

    assert (after.heroes[P1].alive, after.heroes[P2].alive) == (True, False)


def test_the_minotaur_on_it_leaps_to_its_lair() -> None:
    on_it = stage("p1@0,0 p2@1,0 minotaur@3,0", round_number=10, minotaur_reach=0, ap_gain=0)
    events, after = play_round(on_it, p1=".", p2=".")
    not_on_it = rounds(stage("p1@0,0 p2@-2,0 minotaur@-2,0", round_number=10), 1)

    assert "leaps=no" in lines(events, "collapsed")[0], "it had two steps to walk inward"
    assert minotaur_at(after) == Coord(1, 0)
    assert minotaur_at(not_on_it) == Coord(-2, 0)


def test_the_minotaur_fighting_on_the_ring_leaps_when_it_falls() -> None:
    game = stage("p1@0,0 p2@1,0 p3@3,0 minotaur@3,0", round_number=10, minotaur_damage=1)

    events, after = play_round(game)

    assert lines(events, "collapsed", "killed") == [
        "10.0 collapsed ring=3 minotaur_leaps=yes",
        "10.0 killed id=p3 by=collapse",
    ]
    assert minotaur_at(after) == after.lair


def test_a_tremor_tells_everyone_when_a_ring_begins_to_crack() -> None:
    events, _ = play_round(stage("p1@0,0 p2@1,0", round_number=8))

    assert lines(events) == ["9.0 round_started ends_at=1060000 length_ms=30000 watched=no away=-", "9.0 tremor ring=3"]
    assert told(events, P1, "tremor") == told(events, None, "tremor") == ["9.0 tremor"]


def test_there_is_one_tremor_for_each_ring() -> None:
    game = stage("p1@0,0:100+4 p2@0,0:100+4", round_number=7)
    tremors: list[str] = []
    for _ in range(12):
        events, game = play_round(game)
        tremors += lines(events, "tremor")

    assert tremors == ["9.0 tremor ring=3", "12.0 tremor ring=2", "15.0 tremor ring=1"]


def test_from_the_round_after_ring_one_fell_every_hero_loses_two_health_at_each_rounds_end() -> None:
    game = stage("p1@0,0:10+4 p2@0,0:8+4", round_number=16)

    health = [(at.heroes[P1].health, at.heroes[P2].health) for at in (rounds(game, count) for count in range(1, 4))]

    assert health == [(10, 8), (8, 6), (6, 4)]


def test_who_has_no_health_left_dies_of_the_lair_and_all_at_once_is_a_draw() -> None:
    game = stage("p1@0,0:2+4 p2@0,0:1+4 p3@0,0:0+4x", round_number=17, chasms="1,0 0,1 -1,1 -1,0 0,-1 1,-1")

    events, after = play_round(game)

    assert lines(events) == [
        "17.0 drained damage=2",
        "17.0 killed id=p1 by=lair",
        "17.0 killed id=p2 by=lair",
        "17.0 game_over winner_id=- why=-",
    ]
    assert (after.status, after.winner_id) == ("over", None)
    assert told(events, P3, "drained") == ["17.0 drained damage=2"]


def test_one_hero_alive_wins() -> None:
    events, after = play_round(stage("p1@0,0:3+4 p2@0,0 p3@3,0:1+0x"), p2="*p1")

    assert lines(events)[-1] == "1.0 game_over winner_id=p2 why=-"
    assert after.winner_id == P2


def test_in_the_first_revision_the_end_comes_after_step_four_so_the_last_hero_may_yet_die() -> None:
    game = stage("p1@0,0:3+4 p2@0,0:7+4 minotaur@1,0", minotaur_damage=4, revision=1)

    events, after = play_round(game, p2="*p1")

    assert lines(events, "killed", "game_over") == ["1.1 killed id=p1 by=p2", "1.0 game_over winner_id=p2 why=-"]
    assert after.heroes[P2].health == 3
    events, after = play_round(stage("p1@3,0:3+4 p2@3,0", round_number=10, revision=1), p2="*p1")
    assert lines(events, "killed", "game_over") == [
        "10.1 killed id=p1 by=p2",
        "10.0 killed id=p2 by=collapse",
        "10.0 game_over winner_id=- why=-",
    ]
    assert after.winner_id is None


def test_no_hero_alive_is_a_draw() -> None:
    _, after = play_round(stage("p1@0,0:3+4 p2@0,0:3+4"), p1="*p2", p2="*p1")

    assert (after.status, after.winner_id) == ("over", None)


def test_after_round_one_hundred_the_hero_with_most_health_wins() -> None:
    events, after = play_round(stage("p1@0,0:5+4 p2@1,0:6+4 p3@2,0:4+4", round_number=100, collapse=False))

    assert lines(events) == ["100.0 game_over winner_id=p2 why=-"]
    assert after.winner_id == P2
    assert rounds(stage("p1@0,0:5+4 p2@1,0:6+4", round_number=99, collapse=False), 1).status == "active"


def test_equal_health_after_the_last_round_is_a_draw() -> None:
    _, after = play_round(stage("p1@0,0:6+4 p2@1,0:6+4 p3@2,0:4+4", round_number=100, collapse=False))

    assert (after.status, after.winner_id) == ("over", None)


def test_otherwise_the_next_round_begins() -> None:
    events, after = play_round(stage("p1@0,0 p2@1,0", round_number=4))

    assert lines(events) == ["5.0 round_started ends_at=1060000 length_ms=30000 watched=no away=-"]
    assert (after.round, after.round_ends_at) == (5, 1_060_000)
    assert P3 not in after.heroes
