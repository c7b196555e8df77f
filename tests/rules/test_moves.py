"""RULES, How a round resolves: moves, and who sees them."""

import pytest

from minotaur.hexgrid.coord import Coord
from minotaur.rules.commands import Ready, RegisterPlan
from minotaur.rules.decide import Decided, decide
from minotaur.rules.notation import parse_plan
from tests.rules.stage import P1, P2, P3, P4, lines, minotaur_at, play_round, stage, told


def test_each_living_mover_goes_one_hex_a_step() -> None:
    _, after = play_round(stage("p1@0,0 p2@3,-3"), p1="E,SE,SW,SW")

    assert after.heroes[P1].at == Coord(-1, 3)


def test_a_plan_is_carried_out_step_by_step() -> None:
    events, _ = play_round(stage("p1@0,0 p2@3,-3"), p1="E,.,SE")

    assert [line.split(" ")[0] for line in lines(events, "pc_entered_hex")] == ["1.1", "1.3"]


@pytest.mark.parametrize(("rocks", "chasms", "start"), [("1,0", "", "0,0"), ("", "1,0", "0,0"), ("", "", "3,0")])
def test_against_rock_a_chasm_or_the_outside_it_bumps_and_stays(rocks: str, chasms: str, start: str) -> None:
    game = stage(f"p1@{start} p2@-3,0", rocks=rocks, chasms=chasms)

    events, after = play_round(game, p1="E")

    assert lines(events, "pc_bumped", "pc_left_hex", "pc_entered_hex") == ["1.1 pc_bumped id=p1 vector=E"]
    assert after.heroes[P1].at == game.heroes[P1].at
    assert after.heroes[P1].ap == 4


def test_hexes_are_shared_freely_and_there_is_no_collision() -> None:
    swap, after_swap = play_round(stage("p1@0,0 p2@1,0"), p1="E", p2="W")
    _, after_meeting = play_round(stage("p1@0,0 p2@2,0 minotaur@3,0"), p1="E", p2="W")

    assert (after_swap.heroes[P1].at, after_swap.heroes[P2].at) == (Coord(1, 0), Coord(0, 0))
    assert after_meeting.heroes[P1].at == after_meeting.heroes[P2].at == Coord(1, 0)
    assert minotaur_at(after_meeting) == Coord(1, 0)
    assert len(lines(swap, "pc_entered_hex")) == 2


def test_in_each_step_all_left_events_come_before_all_entered_events() -> None:
    events, _ = play_round(stage("p1@0,0 p2@1,0 minotaur@3,0"), p1="E,W", p2="W,E")

    kinds = [line.split(" ")[:2] for line in lines(events, "pc_left_hex", "pc_entered_hex")]
    assert [kind for when, kind in kinds if when == "1.1"] == ["pc_left_hex"] * 3 + ["pc_entered_hex"] * 3


def test_everyone_in_the_hex_after_the_moves_sees_who_entered_the_mover_too() -> None:
    events, _ = play_round(stage("p1@0,0 p2@1,0 p3@2,0 p4@1,0"), p1="E", p3="W", p4="E")

    enters = "1.1 pc_entered_hex id=p1 from_vector=W"
    assert told(events, P1, "pc_entered_hex") == [enters, "1.1 pc_entered_hex id=p3 from_vector=E"]
    assert told(events, P2, "pc_entered_hex") == [enters, "1.1 pc_entered_hex id=p3 from_vector=E"]
    assert told(events, P3, "pc_entered_hex") == [enters, "1.1 pc_entered_hex id=p3 from_vector=E"]
    assert told(events, P4, "pc_entered_hex") == ["1.1 pc_entered_hex id=p4 from_vector=W"]


def test_who_moved_to_the_west_arrived_from_the_east() -> None:
    events, _ = play_round(stage("p1@0,0 p2@3,0"), p1="W")

    assert told(events, P1, "pc_entered_hex", "pc_left_hex") == ["1.1 pc_entered_hex id=p1 from_vector=E"]


def test_everyone_who_was_there_before_sees_who_left_but_not_the_mover() -> None:
    events, _ = play_round(stage("p1@0,0 p2@0,0 p3@0,0 p4@1,0"), p1="E", p3="W")

    assert told(events, P1, "pc_left_hex") == ["1.1 pc_left_hex id=p3 to_vector=W"]
    assert told(events, P2, "pc_left_hex") == [
        "1.1 pc_left_hex id=p1 to_vector=E",
        "1.1 pc_left_hex id=p3 to_vector=W",
    ]
    assert told(events, P3, "pc_left_hex") == ["1.1 pc_left_hex id=p1 to_vector=E"]
    assert told(events, P4, "pc_left_hex") == []


def test_those_who_end_in_the_same_destination_see_who_arrives_not_who_left() -> None:
    events, _ = play_round(stage("p1@0,0 p2@0,0 p3@0,0"), p1="E", p2="E")

    assert told(events, P1, "pc_left_hex") == told(events, P2, "pc_left_hex") == []
    assert len(told(events, P1, "pc_entered_hex")) == len(told(events, P2, "pc_entered_hex")) == 2
    assert len(told(events, P3, "pc_left_hex")) == 2
    assert told(events, P3, "pc_entered_hex") == []


def test_the_minotaur_is_seen_to_come_and_go_like_a_hero() -> None:
    events, _ = play_round(stage("p1@1,0 p2@2,0 p3@2,0 minotaur@1,0", minotaur_damage=1), p1="E", p2="W")

    assert told(events, P2, "pc_attacked", "pc_left_hex", "pc_entered_hex") == [
        "1.1 pc_entered_hex id=p2 from_vector=E",
        "1.2 pc_attacked id=minotaur target_id=p2 hit=yes damage=1",
    ]
    arrives, _ = play_round(stage("p1@1,0 p2@-3,0 minotaur@0,0"))
    assert told(arrives, P1, "pc_entered_hex") == ["1.1 pc_entered_hex id=minotaur from_vector=W"]
    leaves, _ = play_round(stage("p1@1,0 p2@1,0:9+4 p3@-3,0 minotaur@0,0", minotaur_reach=0, chasms="0,-1"), p3="*p1")
    assert told(leaves, P1, "pc_left_hex") == []


def test_the_dead_see_nothing_more() -> None:
    events, _ = play_round(stage("p1@0,0:3+4 p2@0,0 p3@1,0"), p2="*p1,E", p3="W")

    assert told(events, P1) == [
        "1.1 pc_attacked id=p2 target_id=p1 hit=yes damage=3",
        "1.1 killed id=p1 by=p2",
        "2.0 round_started",
    ]


def test_a_bump_is_told_to_the_hero_who_bumped_and_to_nobody_else() -> None:
    events, _ = play_round(stage("p1@3,0 p2@3,0"), p1="E")

    assert told(events, P1, "pc_bumped") == ["1.1 pc_bumped id=p1 vector=E"]
    assert told(events, P2, "pc_bumped") == told(events, None, "pc_bumped") == []


def test_an_attack_is_told_to_everyone_who_stood_in_the_attackers_hex_when_the_step_began() -> None:
    events, _ = play_round(stage("p1@0,0 p2@1,0 p3@0,0 p4@1,0"), p1="*p2", p3="E", p4="W")

    miss = ["1.1 pc_attacked id=p1 target_id=p2 hit=no damage=0 missed=moved_on"]
    assert told(events, P1, "pc_attacked") == told(events, P3, "pc_attacked") == miss
    assert told(events, P2, "pc_attacked") == told(events, P4, "pc_attacked") == []


def test_noise_tells_heroes_within_five_hexes_the_direction_only() -> None:
    game = stage("p1@0,0 p2@0,0 p3@5,0 p4@-5,1", radius=7)

    events, _ = play_round(game, p1="*p2", p2="*p1")

    assert told(events, P3, "noise", "pc_attacked") == ["1.1 noise direction=W"]
    assert told(events, P4, "noise", "pc_attacked") == ["1.1 noise direction=E"]
    assert told(events, P1, "noise") == told(events, P2, "noise") == told(events, None, "noise") == []


def test_noise_is_not_heard_beyond_five_hexes_but_through_rock() -> None:
    far, _ = play_round(stage("p1@0,0 p2@0,0 p3@6,0", radius=7), p1="*p2")
    walled, _ = play_round(stage("p1@0,0 p2@0,0 p3@2,0", rocks="1,0 1,-1 0,1"), p1="*p2")

    assert told(far, P3, "noise") == []
    assert told(walled, P3, "noise") == ["1.1 noise direction=W"]


def test_many_attacks_in_one_hex_and_step_are_one_noise() -> None:
    events, _ = play_round(stage("p1@0,0 p2@0,0 p3@2,0 p4@-2,0"), p1="*p2,*p2", p2="*p1", p4="*p1")

    assert told(events, P3, "noise") == [
        "1.1 noise direction=W",
        "1.1 noise direction=W",
        "1.2 noise direction=W",
    ]


def test_the_minotaurs_attacks_are_heard_too() -> None:
    events, _ = play_round(stage("p1@0,0 p2@3,0 minotaur@0,0"))

    assert told(events, P2, "noise") == ["1.1 noise direction=W", "1.2 noise direction=W"]


def test_a_plan_and_ready_are_told_to_their_player_only() -> None:
    game = stage("p1@0,0 p2@0,0")

    for command, text in (
        (RegisterPlan(P1, 1, parse_plan("E,.")), "1.0 plan_accepted steps=E,."),
        (Ready(P1, 1), "1.0 ready_accepted"),
    ):
        answer = decide(game, command, 0)
        assert isinstance(answer, Decided)
        assert told(answer.events, P1) == [text]
        assert told(answer.events, P2) == told(answer.events, None) == []
