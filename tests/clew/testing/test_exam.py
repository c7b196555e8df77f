"""The exam finds whatever breaks a law: each has a planted bug, and the game without it passes."""

from pathlib import Path

import pytest

from clew.game import AnyGame
from clew.testing.exam.broken import LawBroken
from clew.testing.exam.crashing import a_crash_loses_nothing
from clew.testing.exam.laws import (
    LAWS,
    Law,
    a_refused_plan_changes_nothing,
    every_game_ends,
    json_there_and_back_is_the_same,
    nobody_can_tell_what_they_may_not_know,
    replaying_gives_the_same_state,
    the_same_inputs_give_the_same_events,
    who_sends_nothing_plans_legally,
)
from clew.testing.exam.running import try_law
from clew.testing.exam.versions import a_changed_shape_has_a_new_version, keep_present_version, old_states_play_on
from clew.testing.golden import read_goldens
from examples.bids.game import Bids
from tests.clew.testing import broken_games

GOLDEN = Path(__file__).parents[2] / "examples" / "golden" / "bids"

SECRETS = nobody_can_tell_what_they_may_not_know
PLANTED: list[tuple[type[AnyGame], Law, str]] = [
    (broken_games.Fickle, the_same_inputs_give_the_same_events, "decided twice it was"),
    (broken_games.Choosing, replaying_gives_the_same_state, "and replayed"),
    (broken_games.Lossy, json_there_and_back_is_the_same, "was read back as"),
    (broken_games.Endless, every_game_ends, "it is not over after 1000 rounds"),
    (broken_games.Grudging, a_refused_plan_changes_nothing, "was refused, and it changed the state"),
    (broken_games.Greedy, who_sends_nothing_plans_legally, "the bot's plan for p. is not legal"),
    (broken_games.Strict, who_sends_nothing_plans_legally, "the idle plan of p1 is refused: Bid something"),
    (broken_games.Chatty, SECRETS, "can tell that .*: told was .*Paid.*; their view is the same both times"),
    (broken_games.Hinting, SECRETS, "can tell that .*: the answer to Plan"),
    (broken_games.Ordering, SECRETS, "by the order in which their view is written"),
    (broken_games.Rustling, SECRETS, "by the number of things that are told"),
    (broken_games.Nudging, SECRETS, "the answer to Play"),
    (broken_games.Peeking, SECRETS, "can tell that .*: told was .*Drew"),
    (broken_games.Remembering, a_crash_loses_nothing, "and a crash it is"),
]


@pytest.mark.parametrize(("game", "law", "sentence"), PLANTED, ids=[game.__name__ for game, _, _ in PLANTED])
def test_a_planted_bug_is_found(game: type[AnyGame], law: Law, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence) as found:
        try_law(law, game, shrinks=False)

    assert any("a table of" in note for note in found.value.__notes__)


@pytest.mark.parametrize("law", LAWS)
def test_a_game_that_keeps_the_laws_passes(law: Law) -> None:
    try_law(law, Bids, examples=20)


def test_every_law_has_a_planted_bug() -> None:
    assert {law for _, law, _ in PLANTED} == set(LAWS)


def test_the_same_seed_finds_the_same_table() -> None:
    def found(seed: int) -> str:
        with pytest.raises(LawBroken) as broken:
            try_law(SECRETS, broken_games.Chatty, seed, shrinks=False)
        return "\n".join([str(broken.value), *broken.value.__notes__])

    assert found(3) == found(3)


# --- versions --------------------------------------------------------------------------------------------------------


def test_an_old_version_that_is_no_longer_read_is_found() -> None:
    (first, *_) = read_goldens(GOLDEN)

    with pytest.raises(ValueError, match="missing required field `lots`"):
        old_states_play_on(broken_games.Unbridged, first)
    with pytest.raises(LawBroken, match=r"was stored as State\(lots=6, purses={}.*and its journal makes State"):
        old_states_play_on(broken_games.Robbing, first)


def test_a_journal_that_makes_another_table_is_found() -> None:
    (first, *_) = read_goldens(GOLDEN)
    spoiled = first._replace(state=first.state.replace(b'"p1":30', b'"p1":29'))

    with pytest.raises(LawBroken, match="and its journal makes"):
        old_states_play_on(Bids, spoiled)


def test_a_changed_shape_without_a_new_version_is_found() -> None:
    with pytest.raises(LawBroken, match="looks otherwise than when it was kept"):
        a_changed_shape_has_a_new_version(broken_games.Reshaped, read_goldens(GOLDEN))


def test_a_version_that_is_not_kept_is_found_and_can_be(tmp_path: Path) -> None:
    with pytest.raises(LawBroken, match="nothing is kept of version 2"):
        a_changed_shape_has_a_new_version(Bids, read_goldens(tmp_path))

    keep_present_version(Bids, tmp_path)

    (kept,) = read_goldens(tmp_path)
    a_changed_shape_has_a_new_version(Bids, [kept])
    old_states_play_on(Bids, kept)
