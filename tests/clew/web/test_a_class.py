"""A class behind one address comes in at once, with the limits as they are by default."""

import asyncio
from contextlib import AsyncExitStack
from typing import Final

import httpx

from tests.clew.web.live import Live, game, guest, live
from tests.clew.web.table import Table, heard

PUPILS: Final = 100
SEATS: Final = 4


async def test_a_hundred_pupils_of_one_address_come_in_join_and_watch_within_a_minute() -> None:
    async with live(rate_limits=True) as web, httpx.AsyncClient(base_url=web.url) as anybody:
        tokens = [await guest(anybody, f"Pupil {number}") for number in range(PUPILS)]
        rows = [tokens[start : start + SEATS] for start in range(0, PUPILS, SEATS)]
        welcomed = await asyncio.gather(*(play_together(web, row) for row in rows))

    assert sum(welcomed) == PUPILS


async def play_together(web: Live, row: list[str]) -> int:
    """The first makes a game, all look at its page, join and are welcomed over sockets of their own."""
    code = ""
    for token in row:
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=web.url, headers=headers) as http:
            if not code:
                code = await game(http, seats=SEATS)
            for answer in (
                await http.get("/"),
                await http.get("/api/v1/me"),
                await http.get(f"/api/v1/games/{code}"),
                await http.post(f"/api/v1/games/{code}/join"),
            ):
                assert answer.status_code in (200, 404), answer.text
    table = Table(web, code, row[0], row[1])
    async with AsyncExitStack() as open_ones:
        for token in row:
            await heard(await open_ones.enter_async_context(table.socket(token)), "welcome")
    return len(row)
