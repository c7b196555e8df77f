"""Floods, each as small as shows it: what a client sends without reading, without end, or without coming in."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator

import httpx
import pytest
from structlog.testing import capture_logs

from clew.web.bounds import FRAGMENTS_MAX, FRAME_RATE, TOO_OFTEN_HELD_S
from tests.clew.web.live import StillClock, guest, live
from tests.clew.web.raw import CONTINUED, PING, TEXT, TEXT_BEGUN, Raw, frame, handshake, raw, until
from tests.clew.web.table import Table, closed, expect_still_playing, heard, table_with

FULL_PING = frame(PING, b"x" * 125)


@pytest.fixture
async def table() -> AsyncGenerator[Table]:
    async with table_with() as one:
        yield one


def address_of(table: Table) -> str:
    return f"/api/v1/games/{table.code}/socket"


async def come_in(connection: Raw, table: Table) -> None:
    await connection.send(handshake(address_of(table), table.ada))
    assert (await connection.head()).startswith(b"HTTP/1.1 101 ")


# --- strangers -------------------------------------------------------------------------------------------------------


async def test_a_stranger_is_told_and_never_has_a_socket(table: Table) -> None:
    async with raw(table.web) as connection:
        await connection.send(handshake(address_of(table)))

        head = await connection.head()
        answer = await connection.rest()
        held = table.web.upgraded

    assert head.startswith(b"HTTP/1.1 101 ")
    assert b'"code":"not_signed_in"' in answer
    assert answer.endswith(b"\x88\x0f" + (4401).to_bytes(2) + b"not_signed_in")
    assert not held


async def test_nothing_is_read_from_a_stranger(table: Table) -> None:
    async with raw(table.web) as connection:
        await connection.send(handshake(address_of(table)))
        sent = await connection.send_all_it_takes(FULL_PING * 100, 10_000)

    assert sent < 1_000
    await expect_still_playing(table)


async def test_a_page_can_read_why_it_was_turned_away(table: Table) -> None:
    async with table.socket(None, Origin=table.web.url) as socket:
        messages, code, reason = await closed(socket)

    assert [message["error"]["code"] for message in messages] == ["not_signed_in"]
    assert (code, reason) == (4401, "not_signed_in")


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "//api/v1/games/ABCDEF/socket", "/"])
async def test_a_socket_that_is_nowhere_is_no_fault_of_ours(
    table: Table, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        async with raw(table.web) as connection:
            await connection.send(handshake(path))
            answer = await connection.rest()

    assert b'{"error":{"code":' in answer
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [line for line in lines if line["log_level"] in ("warning", "error")]


@pytest.mark.parametrize(
    "wrong",
    [
        ("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Key: short"),
        ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"),
        ("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13\r\n"),
        ("GET ", "POST "),
    ],
)
async def test_a_handshake_that_is_none_gets_the_one_error_shape(table: Table, wrong: tuple[str, str]) -> None:
    sent = handshake(address_of(table), table.ada).decode().replace(*wrong).encode()
    async with raw(table.web) as connection:
        await connection.send(sent)

        head = await connection.head()

    assert head.split(b" ")[1] in (b"404", b"405")
    assert b"content-type: application/json" in head


# --- frames ----------------------------------------------------------------------------------------------------------


async def test_pings_count_and_too_many_close_the_socket() -> None:
    async with table_with(clock=StillClock(), rate_limits=True) as table, raw(table.web) as connection:
        await come_in(connection, table)
        await connection.send(frame(PING) * (2 * FRAME_RATE.burst))

        answer = await connection.rest_until((1008).to_bytes(2) + b"too_often")

    assert answer.count(b"\x8a\x00") <= FRAME_RATE.burst
    assert "clew_socket_frames_refused" in {metric.name for metric in table.web.web.metrics.registry.collect()}


@pytest.mark.parametrize(
    "flood",
    [
        frame(TEXT_BEGUN, b"{") + frame(CONTINUED) * (FRAGMENTS_MAX + 1),
        frame(TEXT_BEGUN) + frame(CONTINUED, b"x") * (FRAGMENTS_MAX + 1),
        frame(TEXT_BEGUN) + (frame(CONTINUED) + frame(PING)) * (FRAGMENTS_MAX + 1),
    ],
)
async def test_a_message_of_endless_fragments_is_too_big_however_small_they_are(table: Table, flood: bytes) -> None:
    async with raw(table.web) as connection:
        await come_in(connection, table)
        await connection.send(flood)

        await connection.rest_until((1009).to_bytes(2) + b"too many fragments")

    await expect_still_playing(table)


async def test_frames_cut_anywhere_are_the_same_frames(table: Table) -> None:
    ping = json.dumps({"type": "ping", "nonce": "n"}).encode()
    sent = frame(TEXT_BEGUN, ping[:5]) + frame(PING, b"mid") + frame(CONTINUED, ping[5:9]) + frame(0x80, ping[9:])
    async with raw(table.web) as connection:
        await come_in(connection, table)
        for at in range(len(sent)):
            await connection.send(sent[at : at + 1])
        await connection.send(frame(TEXT, ping) * 3)

        answer = await connection.rest_until(b'"type":"pong"', times=4)

    assert b"\x8a\x03mid" in answer


async def test_whoever_does_not_read_is_not_read_from(table: Table) -> None:
    async with raw(table.web) as connection:
        await come_in(connection, table)

        taken = await connection.send_all_it_takes(FULL_PING * 500, 2_000)
        waiting = [one.transport.get_write_buffer_size() for one in table.web.connections]

    assert taken < 2_000
    assert max(waiting) < 512 * 1024
    await expect_still_playing(table)


async def test_many_messages_at_once_are_handled_one_after_another(table: Table) -> None:
    ping = frame(TEXT, b'{"type":"ping","nonce":"n"}')
    async with raw(table.web) as connection:
        await come_in(connection, table)
        await connection.send(ping * 500)

        await connection.rest_until(b'"type":"pong"', times=500)


# --- requests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "beginning",
    [
        b"POST /api/v1/guests HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        b"PUT /api/v1/guests HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"POST /api/v1/guests HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
        b"GET /api/v1/games HTTP/1.1\r\nHost",
    ],
)
async def test_a_client_that_leaves_in_the_middle_is_no_error(
    beginning: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with live() as web:
        with caplog.at_level(logging.INFO), capture_logs() as lines:
            async with raw(web) as connection:
                await connection.send(beginning)
                await until(lambda: bool(web.connections))
                connection.abort()
                await until(lambda: not web.connections and not web.server.server_state.tasks)
        async with httpx.AsyncClient(base_url=web.url) as http:
            metrics = (await http.get("/metrics")).text

    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [line for line in lines if line["log_level"] in ("warning", "error")]
    assert 'status="500"' not in metrics


async def test_a_body_that_was_announced_is_asked_for_and_read(table: Table) -> None:
    async with raw(table.web) as connection:
        await connection.send(
            b"POST /api/v1/guests HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 23\r\n"
            b"Connection: close\r\nExpect: 100-continue\r\n\r\n"
        )
        assert (await connection.head()).startswith(b"HTTP/1.1 100 ")
        await connection.send(b'{"display_name":"Cleo"}')

        answer = await connection.rest()

    assert answer.startswith(b"HTTP/1.1 201 ")


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 99999999999999999999999\r\n",
        b"Content-Length: 0x2\r\n",
        b"Content-Length: 2, 2\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
    ],
)
async def test_a_body_of_two_lengths_is_refused(table: Table, lengths: bytes) -> None:
    async with raw(table.web) as connection:
        await connection.send(
            b"POST /api/v1/guests HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + lengths + b"\r\n{}"
        )

        answer = await connection.rest()

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"malformed"' in answer
    assert answer.count(b"HTTP/1.1 ") == 1


async def test_a_pile_of_requests_on_one_connection_loses_it(table: Table) -> None:
    async with raw(table.web) as connection:
        await connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n" * 5_000)

        answer = await connection.rest()

    assert answer.count(b"HTTP/1.1 200") < 100
    await expect_still_playing(table)


async def test_a_few_requests_at_once_are_answered_in_order(table: Table) -> None:
    async with raw(table.web) as connection:
        await connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n" * 4)
        await connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

        answer = await connection.rest()

    assert answer.count(b"HTTP/1.1 200") == 5


async def test_who_asks_on_and_on_waits_for_each_no() -> None:
    async with live(rate_limits=True) as web, httpx.AsyncClient(base_url=web.url) as http:
        answers, began = [await http.get("/metrics")], 0.0
        while answers[-1].status_code == 200 and len(answers) < 1_000:
            began = asyncio.get_running_loop().time()
            answers.append(await http.get("/metrics"))
        waited = asyncio.get_running_loop().time() - began
        other = await http.get("/health/live")
        token = await guest(http)

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert waited >= TOO_OFTEN_HELD_S
    assert (other.status_code, bool(token)) == (200, True)


async def test_a_vanished_socket_is_no_error(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        for told in (0, 40, 10_000):
            async with raw(table.web) as connection:
                await connection.send(handshake(address_of(table), table.ada)[: told or 60])
                if told == 10_000:
                    await connection.head()
                    await connection.send(frame(TEXT, b'{"type":"ping","nonce":"n"}')[:5])
                connection.abort()
        async with table.socket(table.bob) as socket:
            await heard(socket, "welcome")
        await until(lambda: not table.web.upgraded)

    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [line for line in lines if line["log_level"] in ("warning", "error")]
