"""RULES, The end: what the second revision changed, and that games of the first go on as they did."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from minotaur.rules.commands import EndRound, Resign
from minotaur.rules.decide import Decided, decide
from minotaur.rules.events import Event, GameOver, Killed, PcAttacked, PlanAccepted
from minotaur.rules.evolve import evolve, evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.revisions import NEWEST, REVISIONS, RevisionNumber
from minotaur.rules.settings import Overrides, Preset, Settings, chosen_in, preset, renewed
from tests.rules.crowds import living, planned_games, round_of
from tests.rules.stage import P1, P2, P3, P4, lines, play_round, stage, told

EVERY: Final = list(REVISIONS)
each_revision = pytest.mark.parametrize("revision", EVERY)
each_preset = pytest.mark.parametrize("name", ["labyrinth", "classic"])


def usual(revision: RevisionNumber, name: Preset = "labyrinth") -> Settings:
    return preset(name, 4, {}, revision)


# --- which revision a game goes by --------------------------------------------------------------------------------


@each_revision
@each_preset
def test_a_game_says_under_which_revision_it_was_made(revision: RevisionNumber, name: Preset) -> None:
    assert preset(name, 4, {}, revision).rules_revision == revision
    assert preset(name, 4, {}).rules_revision == NEWEST


def test_settings_that_do_not_say_are_of_the_first() -> None:
    before = msgspec.to_builtins(usual(1))
    del before["rules_revision"]

    assert msgspec.convert(before, Settings) == usual(1)


def test_a_revision_that_is_not_known_can_not_be_read() -> None:
    later = {**msgspec.to_builtins(usual(2)), "rules_revision": 3}

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(later, Settings)


def test_the_first_labyrinth_is_what_it_was() -> None:
    first = usual(1)

    assert (first.minotaur_health, first.collapse_first, first.radius) == (20, 10, 5)


def test_classic_has_rings_that_fall_since_the_second() -> None:
    assert not usual(1, "classic").collapse
    assert (usual(2, "classic").collapse, usual(2, "classic").falling(12)) == (True, 5)


@each_preset
def test_another_such_game_is_of_the_newest_with_what_was_chosen(name: Preset) -> None:
    chosen = Overrides(health=7, sight=3)

    again = renewed(preset(name, 4, chosen, 1))

    assert again == preset(name, 4, chosen)
    assert chosen_in(again) == chosen


# --- the end ------------------------------------------------------------------------------------------------------


def test_the_last_hero_alive_wins_at_that_moment_and_nothing_more_happens() -> None:
    game = stage("p1@0,0:3+4 p2@0,0:7+4 minotaur@1,0", revision=2)

    events, after = play_round(game, p1=".,E", p2="*p1,E,E")

    assert lines(events)[-2:] == ["1.1 killed id=p1 by=p2", "1.0 game_over winner_id=p2 why=-"]
    assert (after.winner_id, after.heroes[P2].health, after.heroes[P2].at) == (P2, 7, game.heroes[P2].at)


def test_the_last_hero_alive_does_not_fall_with_the_ring() -> None:
    events, after = play_round(stage("p1@3,0:3+4 p2@3,0", round_number=10, revision=2), p2="*p1")

    assert lines(events, "killed", "collapsed", "game_over") == [
        "10.1 killed id=p1 by=p2",
        "10.0 game_over winner_id=p2 why=-",
    ]
    assert after.winner_id == P2


def test_who_is_left_after_the_collapse_wins_before_the_next_round() -> None:
    events, after = play_round(stage("p1@3,0 p2@0,0", round_number=10, revision=2))

    assert lines(events) == [
        "10.0 collapsed ring=3 minotaur_leaps=no",
        "10.0 killed id=p1 by=collapse",
        "10.0 game_over winner_id=p2 why=-",
    ]
    assert after.winner_id == P2


def test_those_who_fall_together_last_draw_whoever_fell_before() -> None:
    game = stage("p1@0,0:3+4 p2@0,0:3+4 p3@1,0:3+4 p4@1,0:3+4", revision=2)

    events, after = play_round(game, p1=".,*p2", p2=".,*p1", p3="*p4", p4="*p3")

    assert lines(events, "killed", "game_over") == [
        "1.1 killed id=p3 by=p4",
        "1.1 killed id=p4 by=p3",
        "1.2 killed id=p1 by=p2",
        "1.2 killed id=p2 by=p1",
        "1.0 game_over winner_id=- why=-",
    ]
    assert [after.heroes[player].fell_after for player in (P1, P2, P3, P4)] == [2, 2, 0, 0]


def test_who_fell_later_in_a_round_fell_after_more() -> None:
    game = stage("p1@3,0 p2@3,0:3+4 p3@0,0:3+4 p4@0,0:8+4", round_number=10, revision=2)

    _, after = play_round(decided(game, Resign(P3)), p1="*p2", p4=".")

    assert [after.heroes[player].fell_after for player in (P3, P2, P1, P4)] == [0, 1, 2, None]


def test_who_gives_up_falls_alone() -> None:
    game = stage("p1@0,0 p2@1,0 p3@2,0 p4@3,0", revision=2)

    after = decided(decided(game, Resign(P4)), Resign(P1))

    assert [after.heroes[player].fell_after for player in (P4, P1, P2)] == [0, 1, None]


def decided(game: Game, command: Resign) -> Game:
    answer = decide(game, command, game.round_ends_at - 1)
    assert isinstance(answer, Decided), answer
    return answer.after


@given(planned_games())
def test_a_game_ends_as_soon_as_its_revision_looks_and_at_most_one_hero_lives(game: Game) -> None:
    events = tuple(event for event in round_of(game) if not isinstance(event, PlanAccepted))

    over = [number for number, event in enumerate(events) if isinstance(event, GameOver)]

    assert over in ([], [len(events) - 1]), "nothing happens after the end"
    looks = moments_of_death(events) if game.settings.rules.ends_within_rounds else [len(events)]
    for looked in looks:
        left = living(evolve_all(game, events[:looked]))
        last = events[looked] if looked < len(events) else events[-1]
        assert len(left) > 1 or (isinstance(last, GameOver) and last.winner_id == next(iter(left), None))


def moments_of_death(events: Sequence[Event]) -> list[int]:
    """How many events there are up to the end of each moment in which somebody died, the Minotaur among others."""
    moments, count = list[int](), 0
    for is_fatal, group in groupby(events, key=lambda event: str(event.__struct_config__.tag) in FATAL):
        count += len(list(group))
        moments += [count] if is_fatal else []
    return moments


FATAL: Final = {"killed", "minotaur_slain"}


@given(planned_games())
def test_falls_are_counted_as_they_came_where_the_revision_tells_them_apart(game: Game) -> None:
    if not game.settings.rules.ranks_within_rounds:
        assert all(hero.fell_after is None for hero in evolve_all(game, round_of(game)).heroes.values())
        return
    fallen_before = len(game.heroes) - len(living(game))
    for (_, _), group in groupby(kills(round_of(game)), key=lambda event: (event.step, event.by == ("lair",))):
        together = list(group)
        for event in together:
            game_after = evolve_all(game, together)
            assert game_after.heroes[event.id].fell_after == fallen_before
        game = evolve_all(game, together)
        fallen_before += len(together)


def kills(events: Sequence[Event]) -> list[Killed]:
    return [event for event in events if isinstance(event, Killed)]


# --- why it missed ------------------------------------------------------------------------------------------------


def test_a_miss_tells_those_who_see_it_why() -> None:
    game = stage("p1@1,0 p2@1,0:3+4 p3@2,0 p4@1,0", revision=2)

    events, _ = play_round(game, p1="*p2,*p2,*p3", p4=".")

    assert told(events, P4, "pc_attacked") == [
        "1.1 pc_attacked id=p1 target_id=p2 hit=yes damage=3",
        "1.2 pc_attacked id=p1 target_id=p2 hit=no damage=0 missed=fell",
        "1.3 pc_attacked id=p1 target_id=p3 hit=no damage=0 missed=moved_on",
    ]
    assert told(events, P3, "pc_attacked") == []


def test_the_minotaur_that_was_slain_has_fallen_and_one_that_went_has_moved_on() -> None:
    slain, _ = play_round(stage("p1@1,0 p2@3,0 minotaur@1,0:3", revision=2), p1="*minotaur,*minotaur")
    gone, _ = play_round(stage("p1@1,0 p2@3,0 minotaur@-1,0", revision=2), p1="*minotaur")

    assert [event.missed for event in attacks(slain) if not event.hit] == ["fell"]
    assert [event.missed for event in attacks(gone) if event.id == P1] == ["moved_on"]


@given(planned_games())
def test_a_miss_has_a_cause_from_the_second_revision_on_and_a_hit_has_none(game: Game) -> None:
    says = game.settings.rules.says_why_missed
    for event in round_of(game):
        if isinstance(event, PcAttacked):
            fallen = event.target_id in game.heroes and not game.heroes[PlayerId(event.target_id)].alive
            fallen = fallen or (event.target_id == "minotaur" and game.minotaur is not None and not game.minotaur.alive)
            expected = None if event.hit or not says else "fell" if fallen else "moved_on"
            assert event.missed == expected
        game = evolve(game, event)


def attacks(events: Sequence[Event]) -> list[PcAttacked]:
    return [event for event in events if isinstance(event, PcAttacked)]


# --- autopilots ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("revision", "on_autopilot"), [(1, True), (2, False)])
def test_who_falls_is_on_autopilot_no_more_since_the_second(revision: RevisionNumber, on_autopilot: bool) -> None:
    game = stage("p1@0,0:3+4 p2@0,0 p3@1,0", revision=revision)
    asleep = replace(game, heroes={**game.heroes, P1: replace(game.heroes[P1], autopilot=True)})

    _, after = play_round(asleep, p2="*p1")

    assert (after.heroes[P1].alive, after.heroes[P1].autopilot) == (False, on_autopilot)


@pytest.mark.parametrize(("revision", "length_ms"), [(1, 3_000), (2, 5_000)])
def test_a_round_of_sleepers_is_told_in_five_seconds_since_the_second(revision: RevisionNumber, length_ms: int) -> None:
    game = stage("p1@0,0 p2@3,0 p3@0,3:0+0x", bots="p2", round_seconds=20, revision=revision)
    asleep = replace(game, heroes={**game.heroes, P1: replace(game.heroes[P1], autopilot=True)})

    answer = decide(asleep, EndRound(1, away=frozenset([P1])), asleep.round_ends_at)

    assert isinstance(answer, Decided)
    assert answer.after.round_ms == length_ms
