"""The exam of ``sessions.ports.Lifelines``."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from clew.sessions.ids import Owner
from clew.sessions.ports.lifelines import Lifelines
from clew.stores.postgres import lifelines as postgres_lifelines
from clew.stores.postgres.lifelines import PostgresLifelines
from clew.testing.hand_clock import start
from clew.testing.memory.lifelines import MemoryLifelines
from tests.kit.postgres import new_database

A, B = Owner("a.1"), Owner("b.1")
SOON_S = 10.0
"""Far longer than any adapter takes, on a busy machine too."""
A_WHILE_S = 0.3
"""Long enough for any adapter to be wrong."""


@pytest.fixture(params=["memory", "postgres"])
async def lines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Lifelines]:
    monkeypatch.setattr(postgres_lifelines, "LIFELINE_LOOK_S", 0.01)
    if request.param == "memory":
        yield MemoryLifelines()
    else:
        async with new_database() as url:
            yield PostgresLifelines(url)


async def test_a_line_that_is_let_go_is_seen_cut(lines: Lifelines) -> None:
    holder, watcher = start(lines.hold(A)), start(lines.wait_cut(A))
    assert await _goes_on(watcher)

    await _end(holder)

    await asyncio.wait_for(watcher, SOON_S)


async def test_everyone_who_watches_a_line_sees_it_cut(lines: Lifelines) -> None:
    holder, watchers = start(lines.hold(A)), [start(lines.wait_cut(A)) for _ in range(3)]
    for watcher in watchers:
        assert await _goes_on(watcher)

    await _end(holder)

    await asyncio.wait_for(asyncio.gather(*watchers), SOON_S)


async def test_one_line_is_not_another(lines: Lifelines) -> None:
    holders = [start(lines.hold(A)), start(lines.hold(B))]
    watchers = [start(lines.wait_cut(A)), start(lines.wait_cut(B))]
    assert await _goes_on(watchers[0])

    await _end(holders[1])

    await asyncio.wait_for(watchers[1], SOON_S)
    assert await _goes_on(watchers[0])
    await _end(watchers[0], holders[0])


async def test_a_line_that_nobody_holds_yet_is_not_cut_and_is_watched_once_it_is_held(lines: Lifelines) -> None:
    watchers = [start(lines.wait_cut(A)) for _ in range(3)]
    for watcher in watchers:
        assert await _goes_on(watcher)

    holder = start(lines.hold(A))
    for watcher in watchers:
        assert await _goes_on(watcher)
    await _end(holder)

    await asyncio.wait_for(asyncio.gather(*watchers), SOON_S)


async def test_a_line_that_was_cut_before_anyone_looked_is_no_news(lines: Lifelines) -> None:
    holder, witness = start(lines.hold(A)), start(lines.wait_cut(A))
    assert await _goes_on(witness)
    await _end(holder)
    await asyncio.wait_for(witness, SOON_S)

    watcher = start(lines.wait_cut(A))

    assert await _goes_on(watcher)
    await _end(watcher)


async def test_one_who_stops_watching_disturbs_nobody(lines: Lifelines) -> None:
    holder, quitter, watcher = start(lines.hold(A)), start(lines.wait_cut(A)), start(lines.wait_cut(A))
    assert await _goes_on(quitter)

    await _end(quitter)

    assert await _goes_on(watcher)
    await _end(holder)
    await asyncio.wait_for(watcher, SOON_S)


async def _goes_on(watcher: asyncio.Task[None]) -> bool:
    done, _ = await asyncio.wait([watcher], timeout=A_WHILE_S)
    return not done


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=SOON_S)
