"""How what is said to a client becomes writes to its connection."""

import json
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.clew.web.table import Table, heard, table_with


class Counted:
    """A transport that notes what is written to it."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.writes: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        self._inner.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def counted(table: Table) -> Counted:
    [connection] = table.web.upgraded
    connection.transport = Counted(connection.transport)
    return connection.transport


async def plan(socket: ClientConnection, round_number: int) -> None:
    steps = [{"type": "wait"}]
    await socket.send(json.dumps({"type": "plan", "command_id": "p", "round": round_number, "steps": steps}))


async def test_what_a_command_brings_its_player_goes_out_in_one_write() -> None:
    async with table_with() as table, table.socket(table.ada) as socket:
        view = (await heard(socket, "welcome"))["view"]
        transport = counted(table)

        await plan(socket, view["round"])
        await heard(socket, "accepted")

        [written] = transport.writes
        assert b'"type":"events"' in written and b'"type":"accepted"' in written


async def test_a_close_takes_along_what_was_said_before_it() -> None:
    async with table_with() as table, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        await table.web.web.sockets.send_away_over(0.0)
        await heard(socket, "reconnect")
        await socket.wait_closed()

        assert socket.close_code == 1012


async def test_who_takes_nothing_is_written_no_more_than_the_buffer_takes() -> None:
    async with table_with() as table, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        [connection] = table.web.upgraded
        transport = counted(table)
        connection.pause_writing()

        await socket.send(json.dumps({"type": "ping", "nonce": "n"}))
        await table.web.web.sockets.send_away_over(0.0)
        assert transport.writes == []
        connection.resume_writing()
        await heard(socket, "reconnect")
        await socket.wait_closed()

        assert socket.close_code == 1012
