"""A connection to a server that says whatever one has to be ready for."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from clew.client.commands import CommandAccepted, CommandRefused, CommandSuperseded
from clew.client.connection import Connection, connect
from clew.client.faults import Closed
from clew.client.news import News
from tests.clew.client.worked_server import WITHIN_S, Worked, worked

READY = {"type": "ready", "round": 1}


@pytest.fixture
async def server() -> AsyncGenerator[Worked]:
    async with worked() as one:
        yield one


async def heard(game: Connection, until: int) -> list[News]:
    """The news up to that number."""
    pieces = list[News]()
    async with asyncio.timeout(WITHIN_S):
        async for news in game:
            pieces.append(news)
            if news.seq >= until:
                break
    return pieces


def numbers(pieces: list[News]) -> list[int]:
    return [event["seq"] for news in pieces for event in news.events]


async def test_it_resumes_after_the_last_number_by_its_mark_and_tells_nothing_twice(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game:
        first = await server.next()
        await first.welcome(0)
        await first.events(1, 2)
        before = await heard(game, 2)
        first.break_off()
        second = await server.next()
        await second.welcome(2, resumed=True, mark="m2")
        await second.events(1, 2, 3)
        after = await heard(game, 3)

    assert (first.query, second.query) == ("changes=1", "changes=1&after=2&mark=m2")
    assert numbers(before + after) == [1, 2, 3]
    assert (game.seq, game.mark) == (3, "m3")


async def test_what_has_changed_of_a_view_is_made_to_the_one_told_before_on_the_same_socket(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game:
        first = await server.next()
        await first.welcome(0)
        news = {"type": "changes", "seq": 1, "mark": "m1", "events": [{"type": "told", "seq": 1}]}
        await first.say({**news, "changes": {"more": 5}})
        before = await heard(game, 1)
        first.break_off()
        second = await server.next()
        await second.welcome(1, resumed=True, mark="m1")
        await second.say({**news, "seq": 2, "events": [{"type": "told", "seq": 2}], "changes": {"other": 6}})
        after = await heard(game, 2)

    assert before[-1].view == {"at": 0, "more": 5}
    assert after[-1].view == {"at": 1, "other": 6}


async def test_it_goes_on_from_what_an_earlier_one_had(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1", after=7, mark="m7"):
        line = await server.next()

    assert line.query == "changes=1&after=7&mark=m7"


async def test_a_gap_is_loss_and_is_asked_for_again(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game:
        first = await server.next()
        await first.welcome(0)
        await first.events(1)
        await first.events(3)
        second = await server.next()
        await second.welcome(1, resumed=True)
        await second.events(2, 3)

        assert numbers(await heard(game, 3)) == [1, 2, 3]
    assert second.query == "changes=1&after=1&mark=m1"


async def test_a_command_is_sent_again_under_its_id_until_it_is_answered(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game, asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(game.send(READY), name="send")
        first = await server.next()
        await first.welcome(0)
        sent = await first.command()
        assert game.pending == [sent]
        first.break_off()
        second = await server.next()
        await second.welcome(0)
        again = await second.command()
        await second.say({"type": "accepted", "command_id": again["command_id"], "seq": 4})

        assert await answer == CommandAccepted(sent["command_id"], 4)
        assert again == sent
        assert game.pending == []


async def test_busy_is_no_answer_and_a_refusal_is(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game, asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(game.send(READY), name="send")
        line = await server.next()
        await line.welcome(0)
        sent = await line.command()
        await line.say({"type": "refused", "command_id": sent["command_id"], "error": {"code": "busy"}})
        assert await line.command() == sent
        error = {"code": "stale_round", "message": "That round is over."}
        await line.say({"type": "refused", "command_id": sent["command_id"], "error": error})

        assert await answer == CommandRefused(sent["command_id"], error)


async def test_another_history_voids_what_was_told_and_what_waited(server: Worked) -> None:
    async with (
        connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1", after=9, mark="m9") as game,
        asyncio.TaskGroup() as tasks,
    ):
        first = await server.next()
        await first.welcome(9, resumed=True)
        await heard(game, 9)
        answer = tasks.create_task(game.send(READY), name="send")
        sent = await first.command()
        first.break_off()
        second = await server.next()
        await second.welcome(3, history="changed", log=[{"type": "told", "seq": 3}])
        await second.events(4)
        pieces = await heard(game, 4)

        async with asyncio.timeout(WITHIN_S):
            assert await answer == CommandSuperseded(sent["command_id"])
        assert numbers(pieces) == [3, 4]
        assert "changed" in {news.kind for news in pieces}


async def test_it_comes_back_when_the_server_asked_it_to(server: Worked) -> None:
    loop = asyncio.get_running_loop()
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1"):
        first = await server.next()
        await first.welcome(0)
        began_s = loop.time()
        await first.say({"type": "reconnect", "after_ms": 700})
        await first.close(1012)
        await server.next()

    assert 0.65 <= loop.time() - began_s < 5


async def test_what_only_a_newer_server_says_is_passed_over(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game:
        line = await server.next()
        await line.welcome(0)
        await line.say({"type": "confetti"})
        await line.events(1)

        assert numbers(await heard(game, 1)) == [1]


async def test_a_close_that_is_final_ends_the_news_and_whoever_waits_for_an_answer(server: Worked) -> None:
    async with connect(server.guest(), "K7QM2X", subprotocol="minotaur.v1") as game, asyncio.TaskGroup() as tasks:
        line = await server.next()
        await line.welcome(0)
        answer = tasks.create_task(_closed(game), name="send")
        await line.command()
        await line.close(4404)

        async with asyncio.timeout(WITHIN_S):
            assert [news.kind async for news in game] == ["fresh"]
        assert await answer == 4404
        assert await _closed(game) == 4404


async def _closed(game: Connection) -> int | None:
    with pytest.raises(Closed) as closed:
        await game.send(READY)
    return closed.value.code
