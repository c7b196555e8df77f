"""Connections that are passed on: byte by byte, both ways, in bounded memory, to whoever is there."""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from clew.local import balancer as balancing
from clew.local.balancer import BUFFER_BYTES_MAX, Address, Balancer

Talk = Callable[[StreamReader, StreamWriter], Awaitable[None]]
PORT_OF_NOBODY = ("127.0.0.1", 1)


@asynccontextmanager
async def backend(talk: Talk) -> AsyncGenerator[Address]:
    """Who talks so on each connection; it is waited for until all that began has ended."""
    talking = set[asyncio.Task[None] | None]()

    async def handle(reader: StreamReader, writer: StreamWriter) -> None:
        talking.add(asyncio.current_task())
        with suppress(ConnectionError):
            await talk(reader, writer)
        await closed(writer)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[:2]
    async with asyncio.timeout(10):
        await asyncio.gather(*filter(None, talking))


@asynccontextmanager
async def before(*backends: Address) -> AsyncGenerator[tuple[Balancer, Address]]:
    """A running balancer and its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()[:2]
    one = Balancer()
    one.send_to(backends)
    async with asyncio.timeout(20), one.running(listener):
        yield one, address


async def echo(reader: StreamReader, writer: StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()


def says(words: bytes) -> Talk:
    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        del reader
        writer.write(words)

    return talk


async def heard_at(address: Address) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    try:
        return await reader.read()
    finally:
        await closed(writer)


async def closed(writer: StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def test_megabytes_go_both_ways_unchanged() -> None:
    sent = bytes(range(256)) * 20_000
    async with backend(echo) as one, before(one) as (_, address):
        reader, writer = await asyncio.open_connection(*address)

        async def send() -> None:
            for start in range(0, len(sent), 100_000):
                writer.write(sent[start : start + 100_000])
                await writer.drain()
            writer.write_eof()

        _, received = await asyncio.gather(send(), reader.read())
        await closed(writer)

    assert received == sent


async def test_who_has_finished_sending_still_hears_the_answer() -> None:
    async def count(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"%d bytes" % len(await reader.read()))

    async with backend(count) as one, before(one) as (balancer, address):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"x" * 1_000)
        writer.write_eof()

        assert await reader.read() == b"1000 bytes"
        await until(lambda: len(balancer) == 0)
        await closed(writer)


async def test_a_backend_that_has_finished_sending_still_hears_its_client() -> None:
    heard = asyncio.get_running_loop().create_future()

    async def greet(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"hello")
        writer.write_eof()
        heard.set_result(await reader.read())

    async with backend(greet) as one, before(one) as (_, address):
        reader, writer = await asyncio.open_connection(*address)
        assert await reader.read() == b"hello"
        writer.write(b"good bye")
        await closed(writer)

        assert await heard == b"good bye"


async def test_connections_go_to_the_backends_in_turn() -> None:
    async with backend(says(b"a")) as a, backend(says(b"b")) as b, before(a, b) as (_, address):
        heard = [await heard_at(address) for _ in range(6)]

    assert sorted(heard[:2]) == [b"a", b"b"]
    assert heard[:2] * 3 == heard


async def test_a_backend_that_takes_no_connection_is_passed_over() -> None:
    async with backend(says(b"a")) as a, before(a, PORT_OF_NOBODY) as (_, address):
        heard = [await heard_at(address) for _ in range(4)]

    assert heard == [b"a"] * 4


async def test_a_connection_waits_until_there_is_a_backend() -> None:
    async with backend(says(b"a")) as a, before() as (balancer, address), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(heard_at(address), name="waits")
        await until(lambda: len(balancer) == 1)

        balancer.send_to([a])

    assert waiting.result() == b"a"


async def test_a_connection_outlives_that_all_backends_go_while_it_tries_one() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as hung, socket.socket() as waiting:
        waiting.connect(hung.getsockname())  # its only place is taken: whoever knocks now hears nothing
        async with (
            backend(says(b"late")) as late,
            before(PORT_OF_NOBODY, hung.getsockname()[:2]) as (balancer, address),
            asyncio.TaskGroup() as tasks,
        ):
            heard = tasks.create_task(heard_at(address), name="waits")
            await until(lambda: len(balancer) == 1)
            given_up_s = asyncio.get_running_loop().time() + 1.5 * balancing.CONNECT_WITHIN_S

            balancer.send_to(())
            await until(lambda: asyncio.get_running_loop().time() > given_up_s)
            balancer.send_to([late])

    assert heard.result() == b"late"


async def test_a_connection_that_finds_no_backend_in_time_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancing, "BACKEND_WITHIN_S", 0.01)
    async with before(PORT_OF_NOBODY) as (balancer, address):
        with suppress(ConnectionError):
            assert await heard_at(address) == b""

        await until(lambda: len(balancer) == 0)


async def test_connections_beyond_the_bound_are_closed_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancing, "CONNECTIONS_MAX", 2)
    async with backend(echo) as one, before(one) as (balancer, address):
        held = [await asyncio.open_connection(*address) for _ in range(2)]
        await until(lambda: len(balancer) == 2)

        with suppress(ConnectionError):
            assert await heard_at(address) == b""

        reader, writer = held[0]
        writer.write(b"still here")
        assert await reader.readexactly(10) == b"still here"
        for _, each in held:
            await closed(each)


async def test_a_connection_stays_where_it_went() -> None:
    async with backend(echo) as a, backend(says(b"b")) as b, before(a) as (balancer, address):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"one")
        assert await reader.readexactly(3) == b"one"

        balancer.send_to([b])

        writer.write(b"two")
        assert await reader.readexactly(3) == b"two"
        assert await heard_at(address) == b"b"
        await closed(writer)


async def test_where_a_backend_breaks_its_client_hears_of_it_at_once() -> None:
    async def break_off(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async with backend(break_off) as one, before(one) as (balancer, address):
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"xy")

        with suppress(ConnectionError):
            assert await reader.read() == b""
        await closed(writer)
        await until(lambda: len(balancer) == 0)


async def test_where_a_client_breaks_its_backend_hears_of_it() -> None:
    ended = asyncio.Event()

    async def listen(reader: StreamReader, _writer: StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.read()
        ended.set()

    async with backend(listen) as one, before(one) as (balancer, address):
        _, writer = await asyncio.open_connection(*address)
        writer.write(b"x")
        await until(lambda: len(balancer) == 1)

        writer.transport.abort()

        await ended.wait()
        await until(lambda: len(balancer) == 0)
        await closed(writer)


async def test_who_does_not_read_slows_the_other_end_down_and_fills_no_memory() -> None:
    sent = 0
    full = asyncio.Event()

    async def pour(_reader: StreamReader, writer: StreamWriter) -> None:
        nonlocal sent
        writer.transport.set_write_buffer_limits(high=0)
        while sent < 2_000 * BUFFER_BYTES_MAX:
            writer.write(b"x" * BUFFER_BYTES_MAX)
            try:
                await asyncio.wait_for(writer.drain(), 0.5)
            except TimeoutError:
                break
            sent += BUFFER_BYTES_MAX
        full.set()

    async with backend(pour) as one, before(one) as (_, address):
        _, writer = await asyncio.open_connection(*address, limit=1_024)
        await full.wait()
        writer.transport.abort()
        await closed(writer)

    assert sent < 2_000 * BUFFER_BYTES_MAX


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until it holds; the test's own timeout ends what never does."""
    while not condition():
        await asyncio.to_thread(lambda: None)
