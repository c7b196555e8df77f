"""Where sessions went that were here: a hint, for a while, and an epoch that no late message may undercut."""

import pytest

from clew.sessions.bounds import DEPARTED_FRESH_S
from clew.sessions.ids import GameId, Owner
from clew.sessions.node import departed as departed_module
from clew.sessions.node.departed import Departed

GAME, THERE = GameId("g"), Owner("b.1")


def test_who_asks_is_sent_there_for_a_while_and_then_to_the_store() -> None:
    departed = Departed()
    departed.note(GAME, 3, THERE, 100.0)

    assert departed.to(GAME, 100.0 + DEPARTED_FRESH_S) == THERE
    assert departed.to(GAME, 100.1 + DEPARTED_FRESH_S) is None
    assert departed.since(GAME) == 3


def test_what_was_doubted_sends_nobody_anywhere_and_keeps_its_epoch() -> None:
    departed = Departed()
    departed.note(GAME, 3, THERE, 100.0)

    departed.doubt(GAME)
    departed.doubt(GameId("never here"))

    assert departed.to(GAME, 100.0) is None
    assert (departed.since(GAME), departed.since(GameId("never here"))) == (3, 0)


def test_that_a_session_left_says_nothing_new_of_one_that_was_given_away_since() -> None:
    departed = Departed()
    departed.note(GAME, 3, THERE, 100.0)

    departed.left(GAME, 2)
    assert departed.to(GAME, 100.0) == THERE
    departed.left(GAME, 4)

    assert (departed.to(GAME, 100.0), departed.since(GAME)) == (None, 4)


def test_what_came_back_is_forgotten_and_so_are_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departed_module, "DEPARTED_KEPT_MAX", 2)
    departed = Departed()
    for number in range(4):
        departed.note(GameId(f"g{number}"), 1, THERE, 0.0)
    departed.note(GameId("g2"), 2, THERE, 0.0)
    departed.note(GameId("g4"), 1, THERE, 0.0)

    assert [departed.since(GameId(f"g{number}")) for number in range(5)] == [0, 0, 2, 0, 1]
    departed.forget(GameId("g4"))
    assert departed.since(GameId("g4")) == 0
    departed.forget_all()
    assert departed.since(GameId("g2")) == 0
