"""The socket's bounds: frames, floods, numbers, and everybody sent away."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from clew.web.bounds import (
    COMMANDS_WAITING_MAX,
    FRAME_BYTES_MAX,
    MESSAGE_RATE,
    REFUSALS_IN_A_ROW_MAX,
    SOCKETS_PER_USER_MAX,
)
from tests.clew.web.live import StillClock
from tests.clew.web.table import ANSWER_WITHIN_S, Table, closed, expect_still_playing, heard, table_with


@pytest.fixture
async def table() -> AsyncGenerator[Table]:
    async with table_with() as one:
        yield one


@pytest.mark.parametrize("size", [FRAME_BYTES_MAX + 1, 10 * 1024 * 1024])
async def test_a_frame_too_large_closes_its_own_socket_with_1009(table: Table, size: int) -> None:
    async with table.socket(table.bob) as calm, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        with suppress(ConnectionClosed):
            await socket.send("x" * size)
        _, code, _ = await closed(socket)
        await calm.send('{"type": "ping", "nonce": "calm"}')
        await heard(calm, "pong")

    assert code == 1009


async def test_a_message_of_many_fragments_is_bounded_too(table: Table) -> None:
    async def fragments() -> AsyncGenerator[str]:
        for _ in range(200):
            yield "x" * 1_000

    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        with suppress(ConnectionClosed):
            await socket.send(fragments())
        _, code, _ = await closed(socket)

    assert code == 1009
    await expect_still_playing(table)


async def test_a_message_as_large_as_allowed_is_read(table: Table) -> None:
    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        filler = " " * (FRAME_BYTES_MAX - len('{"type": "ping", "nonce": "n"}'))

        await socket.send('{"type": "ping", "nonce": "n"}' + filler)

        assert (await heard(socket, "pong"))["nonce"] == "n"


async def send_a_million(socket: ClientConnection) -> int:
    """How many of a million commands were sent before the socket closed."""
    for sent in range(1_000_000):
        try:
            await socket.send(json.dumps({"type": "ready", "command_id": f"c{sent}", "round": 99}))
        except ConnectionClosed:
            return sent
    return 1_000_000


async def test_a_flood_is_refused_then_shut_out_and_nobody_else_notices() -> None:
    async with table_with(rate_limits=True) as table, table.socket(table.bob) as calm:
        await heard(calm, "welcome")
        async with table.socket(table.ada) as flood:
            await heard(flood, "welcome")
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(send_a_million(flood))
                messages, code, reason = await closed(flood)
            sent = await sending
        await calm.send('{"type": "ping", "nonce": "calm"}')
        await heard(calm, "pong")

    refusals = [message["error"]["code"] for message in messages if message["type"] == "refused"]
    assert (code, reason) == (1008, "too_often")
    assert sent < 1_000_000
    assert refusals.count("stale_round") >= MESSAGE_RATE.burst - 1 - COMMANDS_WAITING_MAX
    assert 0 < refusals.count("too_often") <= REFUSALS_IN_A_ROW_MAX * 2


async def test_more_sockets_do_not_buy_more_messages() -> None:
    async with table_with(clock=StillClock(), rate_limits=True) as table:
        async with table.socket(table.ada) as first, table.socket(table.ada) as second:
            for number in range(MESSAGE_RATE.burst):
                await first.send(json.dumps({"type": "ready", "command_id": f"c{number}", "round": 99}))
                await heard(first, "refused")

            await second.send(json.dumps({"type": "ready", "command_id": "other", "round": 99}))
            await second.send(json.dumps({"type": "ready", "command_id": "more", "round": 99}))
            codes = {(await heard(second, "refused"))["error"]["code"] for _ in range(2)}

        assert "too_often" in codes
        await expect_still_playing(table)


async def test_one_person_has_only_so_many_sockets(table: Table) -> None:
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        done = asyncio.Event()

        async def hold(opened: asyncio.Event) -> None:
            async with table.socket(table.ada) as socket:
                await heard(socket, "welcome")
                opened.set()
                await done.wait()

        opened = [asyncio.Event() for _ in range(SOCKETS_PER_USER_MAX)]
        for event in opened:
            tasks.create_task(hold(event))
        for event in opened:
            await event.wait()
        async with table.socket(table.ada) as one_more:
            messages, code, _ = await closed(one_more)
        await expect_still_playing(table)
        done.set()

    assert ([message["error"]["code"] for message in messages], code) == (["too_often"], 1013)


async def test_a_socket_that_is_gone_is_forgotten(table: Table) -> None:
    sockets = table.web.web.sockets
    async with table.socket(table.ada) as first, table.socket(table.bob) as second:
        await heard(first, "welcome")
        await heard(second, "welcome")
        assert len(sockets) == 2
        second.transport.abort()

    async with asyncio.timeout(ANSWER_WITHIN_S):
        await sockets.wait_all_gone()


async def test_everybody_is_told_when_to_come_back_and_not_all_at_once(table: Table) -> None:
    async with table.socket(table.ada) as first, table.socket(table.bob) as second:
        await heard(first, "welcome")
        await heard(second, "welcome")

        table.web.web.sockets.send_away()
        (one, code, _), (other, _, _) = await closed(first), await closed(second)

    assert code == 1012
    delays = [messages[-1]["after_ms"] for messages in (one, other)]
    assert delays[0] != delays[1]
    assert all(0 < delay <= 2_000 for delay in delays)
