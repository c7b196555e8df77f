"""RULES, How a round resolves: attacks and deaths."""

from minotaur.hexgrid.coord import Coord
from tests.rules.stage import P1, P2, P3, lines, play_round, stage


def test_an_attack_hits_if_both_stand_in_the_same_hex_and_takes_three_health() -> None:
    events, after = play_round(stage("p1@1,0 p2@1,0 p3@3,0"), p1="*p2")

    assert lines(events, "pc_attacked") == [
        "1.1 pc_attacked id=p1 target_id=p2 hit=yes damage=3 at=1,0 witnesses=p1,p2"
    ]
    assert after.heroes[P2].health == 7


def test_an_attack_on_someone_elsewhere_misses() -> None:
    events, after = play_round(stage("p1@1,0 p2@2,0"), p1="*p2")

    assert lines(events, "pc_attacked") == [
        "1.1 pc_attacked id=p1 target_id=p2 hit=no damage=0 at=1,0 witnesses=p1 missed=moved_on"
    ]
    assert after.heroes[P2].health == 10


def test_attacks_read_the_world_as_it_was_when_the_step_began() -> None:
    flees, hit = play_round(stage("p1@1,0 p2@1,0"), p1="*p2", p2="E")
    chases, missed = play_round(stage("p1@1,0 p2@2,0"), p1="*p2", p2="W")

    assert hit.heroes[P2].health == 7, "who leaves in this step is still hit in it"
    assert missed.heroes[P2].health == 10, "who comes in this step is not yet hit in it"
    assert len(lines(flees, "pc_attacked")) == len(lines(chases, "pc_attacked")) == 1


def test_two_heroes_can_kill_each_other() -> None:
    events, after = play_round(stage("p1@0,0:3+4 p2@0,0:2+4 p3@3,0"), p1="*p2", p2="*p1")

    assert lines(events, "killed") == ["1.1 killed id=p1 by=p2", "1.1 killed id=p2 by=p1"]
    assert after.winner_id == P3


def test_several_hitters_in_one_step_share_a_kill_and_all_are_named() -> None:
    events, after = play_round(stage("p1@0,0:4+4 p2@0,0 p3@0,0 p4@0,0"), p2="*p1", p3="*p1", p4="*p2")

    assert lines(events, "killed") == ["1.1 killed id=p1 by=p2,p3"]
    assert after.heroes[P1].killed_by == ("p2", "p3")
    assert after.heroes[P1].died_in_round == 1


def test_who_hit_in_an_earlier_step_has_no_part_in_the_kill() -> None:
    events, _ = play_round(stage("p1@0,0:4+4 p2@0,0 p3@0,0"), p2="*p1", p3=".,*p1")

    assert lines(events, "killed") == ["1.2 killed id=p1 by=p3"]


def test_the_dead_neither_attack_nor_move_nor_are_hit_again() -> None:
    events, after = play_round(stage("p1@0,0:3+4 p2@0,0 p3@0,0"), p1="E,*p2,*p2", p2="*p1,*p1", p3=".")

    assert lines(events, "pc_left_hex", "pc_entered_hex", "pc_bumped") == []
    assert lines(events, "pc_attacked") == [
        "1.1 pc_attacked id=p2 target_id=p1 hit=yes damage=3 at=0,0 witnesses=p1,p2,p3",
        "1.2 pc_attacked id=p2 target_id=p1 hit=no damage=0 at=0,0 witnesses=p2,p3 missed=fell",
    ]
    assert after.heroes[P1].at == Coord(0, 0)


def test_who_dies_in_a_step_dies_before_anyone_moves() -> None:
    events, _ = play_round(stage("p1@0,0:3+4 p2@0,0 p3@1,0"), p1="E", p2="*p1", p3="W")

    assert lines(events, "killed", "pc_entered_hex") == [
        "1.1 killed id=p1 by=p2",
        "1.1 pc_entered_hex id=p3 from_hex=1,0 to_hex=0,0 witnesses=p2,p3",
    ]


def test_health_never_falls_below_nothing() -> None:
    _, after = play_round(stage("p1@0,0:1+4 p2@0,0 p3@3,0"), p2="*p1")

    assert after.heroes[P1].health == 0


def test_those_who_slay_the_minotaur_and_live_are_healed_to_full() -> None:
    game = stage("p1@0,0:6+4 p2@0,0:4+4 p3@0,0:5+4 minotaur@0,0:6")

    events, after = play_round(game, p1="*minotaur", p2="*minotaur")

    assert lines(events, "killed", "minotaur_slain") == [
        "1.1 killed id=p2 by=minotaur",
        "1.1 minotaur_slain by=p1,p2 healed=p1",
    ]
    assert after.heroes[P1].health == 10
    assert after.heroes[P3].health == 5, "only the slayers are healed"
    assert not after.heroes[P2].alive


def test_an_earlier_blow_at_the_minotaur_does_not_make_a_slayer() -> None:
    game = stage("p1@0,0:6+4 p2@0,0:9+4 minotaur@0,0:6")

    events, _ = play_round(game, p1="*minotaur", p2=".,*minotaur")

    assert lines(events, "minotaur_slain") == ["1.2 minotaur_slain by=p2 healed=p2"]


def test_a_slain_minotaur_does_nothing_any_more() -> None:
    events, after = play_round(stage("p1@0,0 p2@1,0 minotaur@0,0:3"), p1="*minotaur,.,E")

    assert lines(events, "pc_attacked") == [
        "1.1 pc_attacked id=p1 target_id=minotaur hit=yes damage=3 at=0,0 witnesses=p1",
        "1.1 pc_attacked id=minotaur target_id=p1 hit=yes damage=4 at=0,0 witnesses=p1",
    ]
    assert after.minotaur is not None
    assert not after.minotaur.alive
    assert not any("id=minotaur" in line for line in lines(events, "pc_left_hex"))


def test_a_kill_of_the_minotaur_is_its_own() -> None:
    events, after = play_round(stage("p1@0,0:4+4 p2@3,0 p3@3,0 minotaur@0,0"))

    assert lines(events, "killed") == ["1.1 killed id=p1 by=minotaur"]
    assert after.heroes[P1].killed_by == ("minotaur",)


def test_the_minotaur_and_heroes_share_a_kill_of_one_step() -> None:
    events, _ = play_round(stage("p1@0,0:4+4 p2@0,0 p3@3,0 minotaur@0,0"), p2="*p1")

    assert lines(events, "killed") == ["1.1 killed id=p1 by=p2,minotaur"]
