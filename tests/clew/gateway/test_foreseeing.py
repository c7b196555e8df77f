"""What a round's end will ask of a game is worked out beside the loop, and nothing depends on it."""

from collections.abc import Callable
from threading import Event, get_ident
from typing import Any

import pytest
from structlog.testing import capture_logs

from clew.gateway.foreseeing import FORESEEN_WAITING_MAX, Foreseeing
from clew.sessions.ids import GameId
from minotaur.play.kind import KIND
from minotaur.play.match import Match
from minotaur.play.served import ServedMinotaur
from minotaur.rules.settings import labyrinth
from tests.play.driving import Table

GAME = GameId("g1")


class Pondering(ServedMinotaur):
    """Minotaur, with whatever work a test gives it."""

    def __init__(self, work: Callable[[], None] | None) -> None:
        super().__init__()
        self.work = work

    def foresee(self, state: Match) -> Callable[[], None] | None:
        return self.work


def foreseeing(work: Callable[[], None] | None) -> Foreseeing:
    return Foreseeing({KIND: Pondering(work)})


STATE: Any = Table.laid(labyrinth(2)).match


async def test_it_is_done_in_another_thread() -> None:
    where: list[int] = []
    them = foreseeing(lambda: where.append(get_ident()))

    them.went_on(KIND, GAME, STATE)
    await them.wait_done()

    assert len(where) == 1
    assert where[0] != get_ident()
    them.close()


async def test_too_much_is_left_undone() -> None:
    go, done = Event(), list[int]()

    def work() -> None:
        go.wait()
        done.append(1)

    them = foreseeing(work)
    for _ in range(FORESEEN_WAITING_MAX + 5):
        them.went_on(KIND, GAME, STATE)
    go.set()
    await them.wait_done()

    assert len(done) == FORESEEN_WAITING_MAX
    them.close()


async def test_a_bug_in_it_is_logged_and_ends_nothing() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    them = foreseeing(broken)
    with capture_logs() as logs:
        them.went_on(KIND, GAME, STATE)
        await them.wait_done()
        them.went_on(KIND, GAME, STATE)
        await them.wait_done()

    assert [line["event"] for line in logs] == ["foreseeing_broke"] * 2
    them.close()


async def test_nothing_is_begun_once_it_is_closed() -> None:
    done = list[int]()
    them = foreseeing(lambda: done.append(1))

    them.close()
    them.went_on(KIND, GAME, STATE)
    await them.wait_done()

    assert done == []


@pytest.mark.parametrize("bot", ["hunter", "wanderer"])
async def test_quick_bots_are_not_foreseen(bot: Any) -> None:
    table = Table.laid(labyrinth(2), bots=1, bot=bot)
    table.start(humans=1)

    assert ServedMinotaur().foresee(table.match) is None
