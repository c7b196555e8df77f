"""The client as a bot's writer uses it, on a real server."""

import asyncio
import re

import pytest

import clew.client
from clew.client.commands import CommandAccepted, CommandRefused
from clew.client.connection import Connection, connect
from clew.client.doors import Doors
from clew.client.faults import Closed, Rejected
from clew.client.guest import Guest
from clew.client.retrying import patiently
from clew.wiring.clock import RealClock
from tests.clew.web.live import live

V1 = "minotaur.v1"
WITHIN_S = 20.0


async def in_round(game: Connection, number: int) -> None:
    """Hear the news until this round is on."""
    async with asyncio.timeout(WITHIN_S):
        async for news in game:
            if news.view["round"] >= number:
                return


async def test_two_play_a_round_and_one_of_them_over_a_bad_network() -> None:
    async with live() as web, await Guest.sign_in(web.url, "Ada") as ada, await Guest.sign_in(web.url, "Bob") as bob:
        code = (await ada.create_game(seats=2, bots=0, round_seconds=600))["join_code"]
        assert await bob.join(code) == "p2"
        await ada.start(code)
        async with connect(ada, code, subprotocol=V1) as hers, connect(bob, code, subprotocol=V1) as his:
            await in_round(hers, 1)
            await hers.break_off()
            first = await hers.send({"type": "plan", "round": 1, "steps": [{"type": "wait"}]})
            refused = await hers.send({"type": "ready", "round": 7})
            await asyncio.gather(*(game.send({"type": "ready", "round": 1}) for game in (hers, his)))
            await asyncio.gather(in_round(hers, 2), in_round(his, 2))

            assert isinstance(first, CommandAccepted)
            assert isinstance(refused, CommandRefused)
            assert refused.code == "stale_round"
            assert hers.seq is not None
            assert abs(hers.server_now_s() - RealClock().now() / 1000) < 1.0


async def test_the_server_says_no_in_its_own_words() -> None:
    async with live() as web, await Guest.sign_in(web.url, "Ada") as ada:
        with pytest.raises(Rejected) as rejected:
            await ada.game("NOSUCH")
        async with connect(ada, "NOSUCH", subprotocol=V1) as game:
            assert [news async for news in game] == []
            with pytest.raises(Closed):
                await game.send({"type": "resign"})

    assert (rejected.value.status, rejected.value.code) == (404, "no_such_game")


async def test_a_closed_door_is_passed_by(unused_tcp_port: int) -> None:
    async with live() as web:
        doors = Doors([f"http://127.0.0.1:{unused_tcp_port}", web.url])
        ada = await patiently(lambda: Guest.sign_in(doors, "Ada"), WITHIN_S)
        await ada.close()

    assert ada.base_url == web.url


async def test_the_example_in_the_docs_plays() -> None:
    assert clew.client.__doc__ is not None
    example = re.search(r"::\n\n(.*)", clew.client.__doc__, re.DOTALL)
    assert example is not None
    async with live() as web:
        lines = example[1].replace("http://127.0.0.1:8765", web.url).splitlines()
        program = "async def main():\n" + "\n".join(lines)
        names = dict[str, object]()
        exec(program, names)
        async with asyncio.timeout(60):
            await names["main"]()  # type: ignore[operator]
