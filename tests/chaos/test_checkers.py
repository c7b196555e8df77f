"""The checkers find nothing in a clean game, and find every kind of lie that is planted in it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.chaos.checkers import Evidence, check
from tests.chaos.served import Outage, check_clock
from tests.chaos.small_game import BEGAN_MS, EAST, ENDED_MS, P1_PLAN, WEST, rfc3339, small_game
from tests.chaos.truth import Message, Truth
from tests.kit.record import Record

Spoil = Callable[[Evidence], Evidence | None]


def test_a_clean_game_has_no_complaints() -> None:
    assert check(small_game()) == []


def test_a_clean_game_of_the_second_revision_has_none_either() -> None:
    evidence = small_game()
    evidence.replay["initial"]["settings"]["rules_revision"] = 2

    assert check(evidence) == []


def _replay_event(seq: int, **changes: Any) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        for event in evidence.replay["events"]:
            if event["seq"] == seq:
                event.update(changes)

    return spoil


def _replay_without(*numbers: int) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        evidence.replay["events"] = [e for e in evidence.replay["events"] if e["seq"] not in numbers]

    return spoil


def _seq(event: Message) -> int:
    return event["seq"]


def _replay_with(event: Message) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        like = next(e for e in evidence.replay["events"] if e["seq"] == 7)
        evidence.replay["events"].append({"at": like["at"], "round": 1, "step": 0, **event})
        evidence.replay["events"].sort(key=_seq)

    return spoil


def _terrain(q: int, r: int, terrain: str) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        next(h for h in evidence.replay["initial"]["hexes"] if (h["q"], h["r"]) == (q, r))["terrain"] = terrain

    return spoil


def _record(index: int, change: Callable[[Record], object]) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        change(evidence.records[index][1])

    return spoil


def _outages(*outages: Outage) -> Spoil:
    return lambda evidence: replace(evidence, outages=outages)


def _ended_later(by_ms: int) -> Spoil:
    def spoil(evidence: Evidence) -> None:
        for event in evidence.replay["events"]:
            if event["at"] == rfc3339(ENDED_MS):
                event["at"] = rfc3339(ENDED_MS + by_ms)

    return spoil


def _both(first: Spoil, then: Spoil) -> Spoil:
    return lambda evidence: then(first(evidence) or evidence)


def _setting(**changes: Any) -> Spoil:
    return lambda evidence: evidence.replay["initial"]["settings"].update(changes)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        # accepted once, at the number told
        (_replay_without(7), "p1: p1-1 was accepted at 7, the replay has it at []"),
        (_record(0, lambda r: r.accepted.update({"p1-1": 8})), "p1: p1-1 was accepted at 8, the replay has it at [7]"),
        (
            _replay_with({"seq": 8, "type": "plan_accepted", "id": "p1", "steps": P1_PLAN, "command_id": "p1-1"}),
            "p1: p1-1 took effect 2 times",
        ),
        (_replay_event(7, steps=P1_PLAN[:1]), "p1: p1-1 asked for"),
        (_replay_event(7, type="ready_accepted"), "p1: p1-1 was a plan, the replay has a ready_accepted"),
        (_replay_event(7, command_id="p1-9"), "p1: the replay has p1-9 at [7], which was never sent"),
        (
            _record(0, lambda r: r.refused.update({"p1-1": {"code": "bad_vector"}}) or r.accepted.clear()),
            "p1: p1-1 was refused, yet the replay has it at [7]",
        ),
        # shown as they may know it, nothing missing
        (_record(1, lambda r: r.events.pop(12)), "p2: never shown: [12]"),
        (_record(1, lambda r: r.events[12].update(damage=2)), "p2: shown {'seq': 12"),
        (_record(1, lambda r: r.events.update({7: {"seq": 7, "type": "plan_accepted"}})), "p2: shown {'seq': 7"),
        (_record(1, lambda r: r.events.update({11: {"seq": 11, "type": "skip"}})), "p2: shown {'seq': 11"),
        (_record(1, lambda r: r.events.update({16: {"seq": 16, "type": "skip"}})), "p2: shown beyond the game: [16]"),
        (
            _record(0, lambda r: r.events.update({16: {"seq": 16, "type": "killed", "round": 1}})),
            "p1: shown {'seq': 16, 'type': 'killed', 'round': 1}, of which the replay knows nothing",
        ),
        (_record(0, lambda r: r.events.update({8: {"seq": 8, "type": "killed", "round": 1}})), "p1: shown {'seq': 8"),
        (_record(1, lambda r: r.events[2].update(display_name="p9")), "p2: shown {'seq': 2, 'type': 'player_joined'"),
        # refused for good
        (_record(0, lambda r: r.accepted.update({"p1-b": 8})), "p1: p1-b was accepted, the replay has it refused"),
        (
            _record(0, lambda r: r.refused.update({"p1-b": {"code": "bad_vector"}})),
            "p1: p1-b was refused as bad_vector, the replay says too_expensive",
        ),
        (_replay_without(4), "the replay's numbers do not rise by one"),
        # views
        (_record(0, lambda r: r.views[2].view["you"].update(plan=[])), "p1: round 1 at 9: the plan is []"),
        (_record(0, lambda r: r.views[1].view["you"].update(health=2)), "p1: round 1: told to be p1 with health 2"),
        (_record(0, lambda r: r.views[1].view["characters"].pop()), "p1: round 1: sees"),
        (_record(0, lambda r: r.views[1].view["characters"][1].update(q=0)), "p1: round 1: sees"),
        (_record(0, lambda r: r.views[1].view["hexes"][0].update(terrain="rock")), "p1: round 1: sees rock"),
        # the rules
        (_replay_event(15, winner_id="p2"), "p2 won, but ['p1'] was left"),
        (_replay_event(15, why="untouched"), "it ended in round 1 for want of people, who were there in round 1"),
        (_replay_event(15, why="untouched"), "p1 won, or nobody could, and yet nobody was said to play"),
        (_replay_without(15), "0 game_over events"),
        (_replay_without(14), "round 1 step 2: without health are ['p2'], dead are []"),
        (_replay_event(14, by=["minotaur"]), "round 1 step 2: p2 was killed by ['p1'], told is ['minotaur']"),
        (_replay_event(12, hit=False, damage=0), "round 1 step 2: p1 on p2: told False/0, true is True"),
        (_replay_event(12, damage=2), "round 1 step 2: p1 on p2: told True/2"),
        (_replay_event(12, target_id="p1"), "round 1 step 2: p1 planned to strike p2, struck p1"),
        (_replay_without(12, 13), "round 1 step 2: p1 planned to strike p2, struck None"),
        (_replay_event(10, to_vector=WEST), "round 1 step 1: p1 went from (-1, 0) by (-1, 0)"),
        (_replay_event(11, hex=EAST), "round 1 step 1: p1 went from (-1, 0) by (1, 0) to (1, 0)"),
        (_replay_without(10), "round 1 step 1: left [], entered ['p1']"),
        (_terrain(0, 0, "rock"), "round 1 step 1: p1 went into (0, 0), which is no floor"),
        (
            _replay_with({"seq": 8, "type": "killed", "id": "p2", "by": ["collapse"]}),
            "round 1: p2 died by ['collapse']",
        ),
        (_replay_with({"seq": 8, "type": "collapsed", "ring": 3}), "ring 3 fell in round 1, due is 10"),
        (_setting(ap_start=1), "round 1: p1 had 1 AP and a plan of 2"),
        (
            _both(_setting(rules_revision=2), _replay_event(12, hit=False, damage=0, missed="fell")),
            "round 1 step 2: p1 missed because fell, true is None",
        ),
        (
            _both(_setting(rules_revision=2), _replay_with({"seq": 14, "type": "collapsed", "ring": 3})),
            "round 1: more happens, collapsed, with ['p1'] alive",
        ),
        # the clock
        (_outages(), "round 1 was credited 2000 ms for 0 ms without a server"),
        (_outages(Outage(BEGAN_MS, BEGAN_MS + 4_000)), "round 1 had 3000 ms of 5000 to plan in"),
        (_setting(round_seconds=9), "round 1 had 5000 ms of 9000 to plan in"),
        (_replay_event(9, ms=2_500), "round 1 ended 500 ms before its time"),
        (_ended_later(4_000), "round 1 had 9000 ms of 5000 to plan in, at most 6650 are right"),
        (_both(_ended_later(2_000), _outages()), "round 1 had 9000 ms of 5000 to plan in, at most 6650 are right"),
        (_replay_event(9, why="moved"), "round 1 was credited 2000 ms as moved, it can have been ['restart']"),
        (_replay_event(9, why="clock_step", ms=-700), "credited -700 ms as clock_step, it can have been ['restart']"),
        (_replay_event(9, why="paused", ms=2_500), "credited 2500 ms as paused, it can have been ['restart']"),
    ],
)
def test_a_planted_lie_is_found(spoil: Spoil, complaint: str) -> None:
    evidence = small_game()

    complaints = check(spoil(evidence) or evidence)

    assert any(complaint in found for found in complaints), complaints


def test_whoever_counts_only_what_they_were_told_has_told_the_truth_and_is_found_out_where_they_have_not() -> None:
    honest, forgetful = small_game(), small_game()
    for evidence in (honest, forgetful):
        for _, record in evidence.records:
            _count_without_skips(record)
    del forgetful.records[0][1].events[5]

    assert check(honest) == []
    assert check(forgetful) == ["p1: never shown: [11]"]


def _count_without_skips(record: Record) -> None:
    """As servers count since 0.3.0."""
    shown = [event for _, event in sorted(record.events.items()) if event["type"] != "skip"]
    own = {event["seq"]: number for number, event in enumerate(shown, start=1)}
    record.events = {own[event["seq"]]: {**event, "seq": own[event["seq"]]} for event in shown}
    record.accepted = {command_id: own[seq] for command_id, seq in record.accepted.items()}
    record.views = [replace(one, seq=sum(seq <= one.seq for seq in own)) for one in record.views]


def test_a_round_may_end_before_its_time_where_a_resignation_leaves_nobody_to_fight() -> None:
    replay, soon = small_game().replay, rfc3339(BEGAN_MS + 600)
    started, over = (event for event in replay["events"] if event["type"] in ("game_started", "game_over"))
    resigned = {"seq": 6, "type": "resigned", "round": 1, "step": 0, "id": "p2", "command_id": "p2-9", "at": soon}

    replay["events"] = [started, resigned, {**over, "seq": 7, "at": soon}]
    assert list(check_clock(Truth(replay), [])) == []

    replay["events"] = [started, {**over, "seq": 6, "at": soon}]
    assert len(list(check_clock(Truth(replay), []))) == 2


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ({"type": "events", "seq": 12, "events": [{"seq": 12, "type": "skip"}]}, "event 12 told again after 15"),
        ({"type": "events", "seq": 12, "events": [{"seq": 12, "type": "skip"}]}, "event 12 was {"),
        ({"type": "events", "seq": 17, "events": [{"seq": 17, "type": "skip"}]}, "a gap: 17 came after 15"),
        ({"type": "events", "seq": 18, "events": [{"seq": 16, "type": "skip"}]}, "events end at 16"),
        ({"type": "accepted", "command_id": "p1-1", "seq": 8}, "p1-1 was accepted at 7, now at 8"),
        ({"type": "accepted", "command_id": "p1-5", "seq": 8}, "p1-5 was accepted but never sent"),
        ({"type": "refused", "command_id": "p1-1", "error": {"code": "game_over"}}, "was accepted, now it is refused"),
        ({"type": "welcome", "seq": 9, "resumed": True}, "welcomed back to 9, but 15 was the last one shown"),
        ({"type": "welcome", "seq": 20, "resumed": False}, "not resumed at 15, told to begin again at 20"),
        ({"type": "gossip"}, "a message of unknown type 'gossip'"),
    ],
)
def test_a_client_notices_a_broken_promise_by_itself(message: Message, complaint: str) -> None:
    record = small_game().records[0][1]

    record.take({"view": record.view, **message})

    assert any(complaint in found for found in record.complaints), record.complaints


def test_a_second_different_refusal_is_noticed_but_not_after_a_busy_one() -> None:
    record = Record()
    for command_id, codes in {"a": ("bad_vector", "stale_round"), "b": ("busy", "stale_round")}.items():
        for code in codes:
            record.take({"type": "refused", "command_id": command_id, "error": {"code": code}})

    assert record.complaints == ["a was refused with bad_vector, now with stale_round"]
